/** What a player's fingers and keys find at the table: settings as they are applied, answers to what is not allowed, dialogs. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';
import { bidding, cardsOf, hand, startedTable, status } from './table-driver.ts';

const DIALOG = 'dialog[open]';
const RANKS = [
	'Two',
	'Three',
	'Four',
	'Five',
	'Six',
	'Seven',
	'Eight',
	'Nine',
	'Ten',
	'Jack',
	'Queen',
	'King',
	'Ace',
];
/** From the page's head to the hand there are fewer stops than this. */
const MOST_STOPS = 30;

test('settings are applied to the hand, and what may not be done says why', async ({ player }) => {
	const settings = {
		fourColours: false,
		handOrder: 'fixed',
		rankOrder: 'low_first',
		confirmSecondTap: 'always',
	};
	const noa = await player('Noa', { viewport: PHONE, settings });
	const { page } = noa;
	// The dealer bids last, and is the one whom the hook binds.
	await startedTable([noa], { seats: 2, bots: 'Club', hook: true, firstDealer: 'The first seat' });

	await expect(page).toHaveTitle(/^Your turn/);
	const colours = await page.evaluate(() => {
		const style = getComputedStyle(document.documentElement);
		return ['spades', 'clubs', 'hearts', 'diamonds'].map((suit) => style.getPropertyValue(`--suit-${suit}`));
	});
	expect(colours[1]).toBe(colours[0]);
	expect(colours[3]).toBe(colours[2]);
	const cards = await cardsOf(page);
	expect(cards).toEqual([...cards].sort((a, b) => placeOf(a) - placeOf(b)));

	// A card before the bids are made, and the bid that the hook forbids: both answer.
	await hand(page)
		.getByRole('button')
		.first()
		.click({ position: { x: 8, y: 24 } });
	await expect(status(page)).toHaveText('First everybody bids, then cards are played');
	const forbidden = bidding(page).getByRole('button', { name: /is not allowed/ });
	const reason = await forbidden.getAttribute('aria-label');
	expect(reason).toMatch(/^\d+ is not allowed: the bids would add up to 10$/);
	await expect(bidding(page).getByText(reason ?? '', { exact: true })).toBeVisible();
	await expect(forbidden).toHaveCSS('text-decoration-line', 'line-through');
	await forbidden.click({ force: true });
	await expect(status(page)).toHaveText('Not this one: the bids may not add up to 10');

	await page
		.getByRole('button', { name: /^Bid \d+$/ })
		.first()
		.click();
	await expect(status(page)).toHaveText(/^(You lead|Your turn)$/);
	const illegal = hand(page).getByRole('button', { name: /cannot be played now$/ });
	if ((await illegal.count()) > 0) {
		await illegal.first().click({ position: { x: 8, y: 24 }, force: true });
		await expect(status(page)).toHaveText(/^(You can follow, so it has to be|Trump is not broken yet)/);
	}

	// A mouse, too, needs the second tap now.
	const card = hand(page)
		.getByRole('button', { name: /^\w+ of \w+$/ })
		.first();
	await card.click({ position: { x: 8, y: 24 } });
	await expect(card).toHaveAttribute('aria-pressed', 'true');
	await expect(hand(page).getByRole('button')).toHaveCount(10);
	await card.click({ position: { x: 8, y: 24 } });
	await expect(hand(page).getByRole('button')).toHaveCount(9);

	await page.getByRole('button', { name: 'Last trick' }).click();
	const last = page.getByRole('dialog', { name: 'The last trick' });
	await expect(last.getByRole('listitem')).toHaveCount(2);
	await expect(last).toContainText(/took it with the/);
	await expectNoAxeFindings(page, DIALOG);
});

/** By the fixed order of suits, then from low to high. */
function placeOf(card: string): number {
	const [rank = '', , suit = ''] = card.split(' ');
	return ['spades', 'hearts', 'clubs', 'diamonds'].indexOf(suit) * RANKS.length + RANKS.indexOf(rank);
}

test('a bid and a card go by Tab, digits and arrows', async ({ player }) => {
	const noa = await player('Noa');
	const { page } = noa;
	const { keyboard } = page;
	await startedTable([noa], { seats: 2, bots: 'Club', firstDealer: 'The first seat' });

	await expect(status(page)).toHaveText('Your bid');
	const chip = (bid: number) => bidding(page).getByRole('button', { name: `Bid ${bid}`, exact: true });
	await keyboard.press('1');
	await expect(chip(1)).toBeFocused();
	await keyboard.press('ArrowRight');
	await expect(chip(2)).toBeFocused();
	await keyboard.press('ArrowLeft');
	await keyboard.press('Enter');
	await expect(chip(1)).toBeHidden();

	await expect(status(page)).toHaveText(/^(You lead|Your turn)$/);
	const cards = hand(page).getByRole('button');
	for (let stop = 0; stop < MOST_STOPS && !(await isInHand(page)); stop++) await keyboard.press('Tab');
	await keyboard.press('Home');
	await expect(cards.first()).toBeFocused();
	await keyboard.press('3');
	await expect(cards.nth(2)).toBeFocused();
	await keyboard.press('End');
	await expect(cards.nth(9)).toBeFocused();
	// Back to the first card that may be played.
	for (let step = 0; step < 9 && (await isOnIllegal(page)); step++) await keyboard.press('ArrowLeft');
	await keyboard.press('Enter');
	await expect(cards).toHaveCount(9);
	await expect.poll(() => isInHand(page)).toBe(true);
});

function isInHand(page: Page): Promise<boolean> {
	return hand(page).evaluate((group) => group.contains(document.activeElement));
}

function isOnIllegal(page: Page): Promise<boolean> {
	return page.evaluate(() => document.activeElement?.getAttribute('aria-disabled') === 'true');
}
