/** Whatever opens above lobby and table is free of accessibility findings in both themes, and can be shut again. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';
import {
	gameOver,
	hand,
	join,
	openTable,
	plate,
	playUntil,
	ready,
	roundOf,
	seatRows,
	sheetOf,
	sit,
	start,
	strip,
} from './table-driver.ts';

const DIALOG = 'dialog[open]';

/** The dialog that is open now has this title and no finding. */
async function expectSound(page: Page, title: string | RegExp): Promise<void> {
	await test.step(String(title), async () => {
		await expect(page.getByRole('dialog', { name: title })).toBeVisible();
		await expectNoAxeFindings(page, DIALOG);
	});
}

/** Opens each of the pages that rows of the open menu lead to, and the menu again. */
async function walkMenu(page: Page, rows: readonly (readonly [row: string | RegExp, title: string])[]) {
	for (const [row, title] of rows) {
		await page.getByRole('dialog').getByRole('button', { name: row }).click();
		await expectSound(page, title);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Table menu' }).click();
	}
}

test('no dialog of lobby, table and end has an axe finding; who is put out leaves a seat to a late comer', async ({
	player,
}) => {
	test.setTimeout(240_000);
	const noa = await player('Noa', { viewport: PHONE, touch: true });
	const dan = await player('Dan');
	const { page } = noa;
	const link = await openTable(noa, { seats: 3 });
	await join(dan, link);
	await sit(dan);
	await seatRows(page).nth(2).getByRole('button', { name: 'Add bot' }).click();
	for (const index of [0, 2]) {
		const name = await seatRows(page).nth(index).locator('bdi').innerText();
		await page.getByRole('button', { name: `${name}: more` }).click();
		await expectSound(page, name);
		await page.keyboard.press('Escape');
	}
	await page.getByRole('button', { name: 'Dan: more' }).click();
	await expectSound(page, 'Dan');
	await page.getByRole('button', { name: /^Remove for good/ }).click();
	await expectSound(page, 'Remove Dan from this table?');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Connections' }).click();
	await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Dan' })).toBeVisible();
	await expectSound(page, 'Connections');
	await page.keyboard.press('Escape');

	await ready(dan);
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
	await page.getByRole('button', { name: 'Say something' }).click();
	await expectSound(page, /./);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Score sheet' }).click();
	await expectSound(page, 'Score sheet');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Table menu' }).click();
	await expectSound(page, /^Table /);
	await walkMenu(page, [
		['Invite', 'Invite'],
		['Connections', 'Connections'],
		['Settings', 'Settings'],
		['Rules', 'Rules'],
		[/^Leave for good/, 'Leave the game for good?'],
		[/^End the game/, 'End the game for everybody?'],
		['Name and looks', 'How you look to the others'],
	]);
	await page.getByRole('button', { name: 'Remove Dan' }).click();
	await expectSound(page, 'Remove Dan from this table?');

	// Dan is put out in mid-round: a bot plays his cards, and then the seat is free for Yael, points and all.
	await page.getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Remove Dan' })).toBeHidden();
	await page.keyboard.press('Escape');
	await expect(plate(page, 'Dan')).toContainText('left');
	await playUntil([noa], async () => (await roundOf(page)) === 2);
	await page.getByRole('button', { name: 'Table menu' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
	const yael = await player('Yael');
	const shown = page.getByRole('dialog').getByText(/^https?:/);
	await join(yael, (await shown.innerText()).trim());
	await page.keyboard.press('Escape');
	await expect(yael.page.getByText('You go on with the points of Dan, from the next round')).toBeVisible();
	await yael.page.getByRole('button', { name: 'Take the free seat' }).click();
	await expect(plate(page, 'Yael')).toContainText('next round');
	const { players, rows } = await sheetOf(yael.page);
	expect(players).toEqual(['Noa', 'Yael', expect.any(String)]);
	expect(rows[0]?.[2]).toMatch(/\//);

	await page.getByRole('button', { name: 'Table menu' }).click();
	await page.getByRole('button', { name: /^End the game/ }).click();
	await page.getByRole('button', { name: 'End it' }).click();
	await expect(gameOver(page)).toBeVisible();
	await page.getByRole('button', { name: 'Share' }).click();
	await expectSound(page, /./);
});

test('a fault of the page says so and what to do, and the table is as it was after it', async ({
	player,
}) => {
	const noa = await player('Noa', {
		// A part of the running game that throws, for as long as this is asked for.
		initScript: `Object.defineProperty(Navigator.prototype, 'wakeLock', { get() {
			if (sessionStorage.getItem('broken') !== null) throw new Error('broken on purpose');
		} });`,
	});
	noa.allowErrors(/broken on purpose/);
	const { page } = noa;
	await openTable(noa, { seats: 2, bots: 'Club', firstDealer: 'The first seat' });
	// Bots think on a thread of their own, which begins with their first move.
	expect(page.workers()).toEqual([]);
	await page.evaluate(() => {
		sessionStorage.setItem('broken', 'yes');
	});
	await page.getByRole('button', { name: 'Start the game' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'A card fell off the table' })).toBeVisible();
	await expectNoAxeFindings(page);
	await page.getByText('What happened').click();
	await expect(page.getByText('broken on purpose')).toBeVisible();

	await page.evaluate(() => {
		sessionStorage.clear();
	});
	await page.getByRole('button', { name: 'Load again' }).click();
	await expect(hand(page)).toHaveAccessibleName('Your hand, 10 cards');
	await playUntil([noa], async () => (await hand(page).getByRole('button').count()) === 9);
	expect(page.workers()).toHaveLength(1);
});
