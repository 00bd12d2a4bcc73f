/** The app in Hebrew: from right to left, with cards and numbers as they are everywhere. */
import type { Locator, Page } from '@playwright/test';
import { he as app } from '../../src/lib/ui/messages/app.he.ts';
import { he as frame } from '../../src/lib/ui/messages/frame.he.ts';
import { he as table } from '../../src/lib/ui/messages/table.he.ts';
import { he as telling } from '../../src/lib/ui/messages/telling.he.ts';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';
import { expectAllInSight } from './table-driver.ts';

const HEBREW = { locale: 'he-IL' } as const;

function direction(page: Page): Promise<string> {
	return page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`);
}

/** What is read on the page, in words, at every moment from its first paint on. */
const WATCH_WORDS = `{
	const seen = (globalThis.seenWords = []);
	const look = () => {
		const isShown = document.body !== null && getComputedStyle(document.body).visibility === 'visible';
		const heading = document.querySelector('h1')?.textContent ?? '';
		if (isShown && heading !== '' && seen.at(-1) !== heading) seen.push(heading);
		requestAnimationFrame(look);
	};
	look();
}`;

test('a ready-made page is read in the browser’s language, and never flashes English', async ({ player }) => {
	const { page } = await player('נועה', { ...HEBREW, initScript: WATCH_WORDS });
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(app.home.line);
	expect(await direction(page)).toBe('he rtl');
	await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', /manifest\.he\.webmanifest$/);
	await page.goto('/rules');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(app.rules.title);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('הרעיון');
	await page.waitForFunction(() => document.body.checkVisibility({ visibilityProperty: true }));
	const seen = await page.evaluate(() => (globalThis as unknown as { seenWords: string[] }).seenWords);
	expect(seen).toEqual([app.rules.title]);
	await expectNoAxeFindings(page);
});

test('the language is chosen in the settings, at once and for good, and back again', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE });
	await page.goto('/settings');
	await page.getByRole('radio', { name: 'עברית' }).check({ force: true });
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(app.settings.title);
	expect(await direction(page)).toBe('he rtl');
	await expectNoAxeFindings(page);
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(app.settings.title);
	await page.getByRole('link', { name: frame.app.home }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(app.home.line);
	// What stands first stands to the right: the app's name before the way to the settings.
	const [brand, you] = await Promise.all([leftOf(page.locator('.brand')), leftOf(page.locator('.you'))]);
	expect(brand).toBeGreaterThan(you);

	await page.getByRole('link', { name: app.home.settings }).click();
	await page.getByRole('radio', { name: 'English' }).check({ force: true });
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You and settings');
	expect(await direction(page)).toBe('en ltr');
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Card games with friends, phone to phone.',
	);
});

test('a language that cannot be fetched leaves the page as it is, and says so', async ({ player }) => {
	const { page, allowErrors } = await player('Noa');
	allowErrors(/ERR_FAILED/);
	await page.goto('/settings');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.route('**/*.js', (route) => route.abort());
	await page.getByRole('radio', { name: 'עברית' }).check({ force: true });
	await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
		'That language could not be fetched',
	);
	expect(await direction(page)).toBe('en ltr');
});

test('somebody plays in Hebrew: cards from left to right, a minus before its number', async ({ player }) => {
	const { page } = await player('נועה', { ...HEBREW, viewport: PHONE });
	await page.goto('/solo');
	await page.getByRole('button', { name: app.solo.deal }).click();
	const hand = page.getByRole('group', { name: /^היד שלך/u });
	const status = page.locator('.status');

	await expect(status).toHaveText(table.status.yourBid);
	await expectAllInSight(page, 'while bidding', table.strip.lastTrick);
	await expectNoAxeFindings(page);
	// More than anybody makes: this round ends below nothing.
	await page.getByRole('button', { name: table.bids.bid(10), exact: true }).click();
	await playOn();
	await expectAllInSight(page, 'while playing', table.strip.lastTrick);
	expect(await isLeftToRight(hand.getByRole('button')), 'the hand').toBe(true);
	expect(await seatsClockwise(page), 'the seats').toBe(true);
	await expectNoAxeFindings(page);

	for (let cards = await hand.getByRole('button').count(); cards > 0; cards--) {
		await playOn();
		await expect(hand.getByRole('button')).toHaveCount(cards - 1);
	}
	const summary = page.getByRole('region', { name: telling.summary.over(1) });
	await expect(summary).toBeVisible();
	const score = summary.locator('.you .missed bdi');
	await expect(score).toHaveText('\u221215');
	expect(await firstCharacterIsLeftmost(score), 'the minus of the score').toBe(true);
	const total = page.locator('.points bdi');
	await expect(total).toHaveText('\u221215');
	expect(await firstCharacterIsLeftmost(total), 'the minus of the total').toBe(true);
	await expectNoAxeFindings(page);

	/** The first card that may be played, when it is this player's turn. */
	async function playOn(): Promise<void> {
		await expect(status).toHaveText(new RegExp(`^(${table.status.yourLead}|${table.status.yourPlay})$`, 'u'));
		await hand
			.getByRole('button', { disabled: false })
			.first()
			.click({ position: { x: 12, y: 24 } });
	}
});

async function leftOf(locator: Locator): Promise<number> {
	return (await locator.boundingBox())?.x ?? Number.NaN;
}

/** Each lies further to the right than the one before, as they are read. */
async function isLeftToRight(cards: Locator): Promise<boolean> {
	const places = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().left));
	return places.length > 2 && places.every((x, i) => i === 0 || x > (places[i - 1] ?? 0));
}

/** The next to play sits to the viewer's left, the last to the right: rows of plates begin at the left. */
async function seatsClockwise(page: Page): Promise<boolean> {
	return isLeftToRight(page.locator('.plates > li .face'));
}

/** Of the text as it is painted, whatever the order of its letters is. */
function firstCharacterIsLeftmost(text: Locator): Promise<boolean> {
	return text.evaluate((element) => {
		const node = element.firstChild;
		if (node === null) return false;
		const at = (index: number): number => {
			const range = document.createRange();
			range.setStart(node, index);
			range.setEnd(node, index + 1);
			return range.getBoundingClientRect().left;
		};
		const places = Array.from({ length: node.textContent?.length ?? 0 }, (_, index) => at(index));
		return places.length > 1 && places.every((x, i) => i === 0 || x > (places[i - 1] ?? 0));
	});
}
