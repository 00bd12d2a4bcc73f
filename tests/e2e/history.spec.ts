/** History and statistics in a real browser: a game played here, games that were brought, and no game at all. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { recordFile } from '../sim/recorded-file.ts';
import { madeUpSummary } from '../../src/lib/stats/testing.ts';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';
import { movedBack, putGames } from './own-games.ts';
import { gameOver, isOver, playUntil, roundOf } from './table-driver.ts';

async function keep(page: Page, text: string): Promise<void> {
	await page.goto('/replay');
	await page.locator('input[type=file]').setInputFiles({
		name: 'game.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text),
	});
	await page.getByRole('button', { name: 'Save and share' }).click();
	await page.getByRole('button', { name: 'Keep in history' }).click();
	await expect(page.getByRole('region', { name: 'Notices' })).toContainText('in your history now');
}

test('without a game both pages say what will be there', async ({ page }) => {
	await page.goto('/history');
	await expect(page.getByText('No games yet')).toBeVisible();
	await expectNoAxeFindings(page);
	await page.goto('/stats');
	await expect(page.getByText('Nothing to count yet')).toBeVisible();
	await expectNoAxeFindings(page);
});

test('games that were brought are listed, filtered, and opened', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE, touch: true });
	const people = ['Ruth', 'Dan'];
	await keep(page, await recordFile({ seed: 41, variant: 'el_dorado', people, seats: 3 }));
	await keep(page, await recordFile({ seed: 42, variant: 'israeli_whist', people, seats: 4 }));
	await page.goto('/history');
	const games = page.getByRole('list', { name: 'Your games' }).getByRole('listitem');
	await expect(games).toHaveCount(2);
	await expectNoAxeFindings(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
	await page.getByRole('combobox', { name: 'Game' }).selectOption('Israeli Whist');
	await expect(games).toHaveCount(1);
	await page.getByRole('combobox', { name: 'With' }).selectOption('Bots only');
	await expect(page.getByText('No game fits')).toBeVisible();
	await page.getByRole('button', { name: 'Show all games' }).click();
	await expect(games).toHaveCount(2);
	// All of it into a file, and that file into another browser; there again it is no news.
	const files = page.getByRole('button', { name: 'Save or bring all games' });
	await files.click();
	const dialog = page.getByRole('dialog');
	await expectNoAxeFindings(page);
	const saved = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save all games' }).click();
	const file = await (await saved).path();
	const sheet = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save as a table' }).click();
	expect((await sheet).suggestedFilename()).toMatch(/^overtrick-\d{4}-\d\d-\d\d\.csv$/);
	const [heads, ...rows] = (await readFile(await (await sheet).path(), 'utf8')).split('\r\n');
	expect(heads).toMatch(/^\ufeffgame,ended,variant,mode,status,.*,player,.*,score,/);
	for (const [variant, seats] of [
		['el_dorado', 3],
		['israeli_whist', 4],
	] as const) {
		const lines = rows.filter((row) => row.includes(`,${variant},cards,completed,`));
		expect(lines).toHaveLength(seats);
		expect(lines.filter((row) => row.includes(',Dan,'))).toHaveLength(1);
	}
	expect(rows).toHaveLength(3 + 4 + 1);
	await dialog.getByRole('button', { name: 'Close' }).click();
	// Whoever sat at the table has a page, made of the games that are here.
	await games
		.first()
		.getByRole('button', { name: /^Who played: .*Dan/ })
		.click();
	await dialog.getByRole('link', { name: /Dan/ }).click();
	await expect(page.getByRole('heading', { name: 'Dan', level: 1 })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Games together' }).getByRole('listitem')).toHaveCount(1);
	await expect(page.getByText('One game says little')).toBeVisible();
	await expectNoAxeFindings(page);
	await page.getByRole('region', { name: 'Games together' }).getByRole('link').click();
	await page.getByRole('link', { name: 'Host' }).click();
	await expect(page.getByRole('heading', { name: 'Host', level: 1 })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('slider', { name: 'Position in the game' })).toBeVisible();
	// The same in Hebrew, from right to left, on a phone.
	await page.evaluate(() => {
		const stored = JSON.parse(localStorage.getItem('overtrick.settings') ?? '{}') as object;
		localStorage.setItem('overtrick.settings', JSON.stringify({ ...stored, language: 'he' }));
	});
	for (const [address, heading] of [
		[page.url(), /ויסט ישראלי|אל דוראדו/],
		['/history', 'המשחקים שלך'],
		['/stats', 'איך הולך'],
	] as const) {
		await page.goto(address);
		await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
		await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
		expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBe(PHONE.width);
	}
	const other = await player('Noa at home');
	await other.page.goto('/history');
	const steps = [
		['Bring games from another device', '2 games are in your history now'],
		['Save or bring all games', 'all 2 games were here already'],
	] as const;
	for (const [way, said] of steps) {
		await other.page.getByRole('button', { name: way }).click();
		await other.page.locator('input[type=file]').setInputFiles(file);
		await expect(other.page.getByRole('region', { name: 'Notices' })).toContainText(said);
		await expect(other.page.getByRole('list', { name: 'Your games' }).getByRole('listitem')).toHaveCount(2);
	}
	await other.page.getByRole('button', { name: 'Save or bring all games' }).click();
	await other.page.locator('input[type=file]').setInputFiles({
		name: 'bad.json',
		mimeType: 'application/json',
		buffer: Buffer.from('{"format":"overtrick-history","v":1,"games":[7]}'),
	});
	await expect(other.page.getByRole('dialog')).toContainText(
		'Game 1 of the file cannot be read: it is no game',
	);
});

test('a solo game played to its end is in the history, in the numbers, and one tap from its replay', async ({
	player,
}) => {
	const noa = await player('Noa', { viewport: PHONE, touch: true });
	const { page } = noa;
	await page.goto('/solo');
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	await playUntil([noa], async () => (await roundOf(page)) > 1);
	// The round that is over, looked at beside the table, which goes on meanwhile.
	await page.getByRole('button', { name: 'Table menu' }).click();
	const beside = noa.context.waitForEvent('page');
	await page.getByRole('link', { name: 'Rounds so far, as a replay' }).click();
	const replay = await beside;
	await expect(replay.getByRole('slider', { name: 'Position in the game' })).toBeVisible();
	await expect(replay.getByRole('button', { name: 'Go to round 1' })).toBeVisible();
	await replay.close();
	await page.keyboard.press('Escape');
	await playUntil([noa], () => isOver(page));
	await gameOver(page).waitFor();
	await expect(page.getByRole('note', { name: 'Remarks' })).toBeVisible();
	await page.getByRole('link', { name: 'Replay' }).click();
	await expect(page.getByRole('slider', { name: 'Position in the game' })).toBeVisible();
	await expect(page.getByText('All 10 rounds were dealt again')).toBeVisible();
	await page.keyboard.press('End');
	await expect(page.getByRole('note', { name: 'Remarks' })).toBeVisible();
	await page.keyboard.press('Home');
	await expect(page.getByRole('note', { name: 'Remarks' })).toBeHidden();
	await page.goto('/history');
	const score = (await page.getByRole('list', { name: 'Your games' }).locator('.score').innerText()).trim();
	await page.goto('/stats');
	await expect(page.getByText('One game says little')).toBeVisible();
	// One game: its points are the mean, the sum, the best and the worst; ten rounds of fifty-five tricks.
	const figure = (label: string) => page.locator('dl div', { hasText: label }).locator('dd').first();
	for (const label of ['Points a game', 'Points in all', 'Best game', 'Worst game'])
		await expect(figure(label), label).toHaveText(score);
	await expect(figure('Played')).toHaveText('1');
	await expect(figure('All bids met')).toHaveText(/\b(10|\d) of 10$/);
	const tricks = page.getByRole('table', { name: 'By number of cards' }).getByRole('row');
	await expect(tricks).toHaveCount(11);
	await expectNoAxeFindings(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
	await page.goto('/');
	await page.getByRole('link', { name: 'All games' }).click();
	const games = page.getByRole('list', { name: 'Your games' }).getByRole('listitem');
	await expect(games).toHaveCount(1);
	const ending = ((await games.innerText()).match(/Won|\d of \d/) ?? ['as somebody who played'])[0];

	// On another device of hers it is somebody's game until she says that it is her own; and may be that again.
	await page.getByRole('button', { name: 'Save or bring all games' }).click();
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save all games' }).click();
	const file = await (await saved).path();
	const home = (await player('Noa at home')).page;
	await home.goto('/history');
	await home.getByRole('button', { name: 'Bring games from another device' }).click();
	await home.locator('input[type=file]').setInputFiles(file);
	const there = home.getByRole('list', { name: 'Your games' }).getByRole('listitem');
	await expect(home.getByRole('heading', { name: 'Was Noa you?' })).toBeVisible();
	await expect(there).toContainText('Watched');
	await expectNoAxeFindings(home);
	await home.getByRole('button', { name: 'Yes, these are my games' }).click();
	await expect(there).toContainText(ending);
	await home.getByRole('button', { name: 'Save or bring all games' }).click();
	await home.getByRole('button', { name: 'No longer count them' }).click();
	await expect(there).toContainText('Watched');
});

test('whoever comes back to a page about games finds it as it was left', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE, touch: true });
	const made = Array.from({ length: 90 }, (_, seed) => madeUpSummary(seed));
	await putGames(page, movedBack(made, Date.now()), []);
	await page.goto('/history');
	const games = page.getByRole('list', { name: 'Your games' }).getByRole('listitem');
	await page.getByRole('combobox', { name: 'Game' }).selectOption('Israeli Whist');
	await expect(games.first()).toContainText('Israeli Whist');
	await page.getByRole('button', { name: 'Show more' }).click();
	await expect(games).not.toHaveCount(20);
	const rows = await games.count();
	await games.nth(25).getByRole('link').scrollIntoViewIfNeeded();
	const top = await page.evaluate(() => scrollY);
	expect(top).toBeGreaterThan(PHONE.height);
	await games.nth(25).getByRole('link').click();
	await expect(page).toHaveURL(/replay/);
	// A replay of a game that was made up: that it does not open is all the same here.
	for (const back of [() => page.goBack(), () => page.reload()]) {
		await back();
		await expect(games).toHaveCount(rows);
		await expect(page.getByRole('combobox', { name: 'Game' })).toHaveValue('israeli_whist');
		await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(Math.round(top));
	}
	await page.goto('/stats');
	await page.getByRole('combobox', { name: 'Game' }).selectOption('El Dorado');
	await page.getByRole('combobox', { name: 'With' }).selectOption('Other people');
	const played = page.locator('dl dd').first();
	const count = await played.innerText();
	await page.getByRole('heading', { name: 'Achievements' }).scrollIntoViewIfNeeded();
	const read = await page.evaluate(() => scrollY);
	expect(read).toBeGreaterThan(PHONE.height);
	await page.getByRole('link', { name: 'Look at the game' }).first().click();
	await expect(page).toHaveURL(/replay/);
	await page.goBack();
	await expect(page.getByRole('combobox', { name: 'Game' })).toHaveValue('el_dorado');
	await expect(page.getByRole('combobox', { name: 'With' })).toHaveValue('people');
	await expect(played).toHaveText(count);
	await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(Math.round(read));
});
