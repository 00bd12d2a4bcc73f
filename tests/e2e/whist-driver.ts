/**
 * People at a table of Israeli Whist, who see and do only what a page shows; what any table has is in
 * `table-driver.ts`.
 *
 *     await openWhist(noa, { end: '3 rounds', bots: 'Club' });
 *     await playWhist([noa], () => isOver(noa.page));
 */
import type { Locator, Page } from '@playwright/test';
import { expect as impatient, type Player } from './fixtures.ts';
import { choose, linkOf, lobby, numberIn, playUntil, press, statusNow, type Habits } from './table-driver.ts';

const expect = impatient.configure({ timeout: 30_000 });

/** When the game is over, as the page words it. */
type WhistEnd = '3 rounds' | '4 rounds' | '8 rounds' | '100 points';

export interface WhistWishes {
	readonly end: WhistEnd;
	readonly bots?: 'None' | 'Novice' | 'Club';
}

/** Opens a quick table of four from the page for it; gives the link that the lobby shows. */
export async function openWhist({ page }: Player, { end, bots = 'None' }: WhistWishes): Promise<string> {
	await page.goto('/new');
	await chooseWhist(page, end);
	await choose(page.getByRole('group', { name: 'Bots in the other seats' }), bots);
	await page.getByText('Every rule by itself').click();
	await page.getByLabel('Pace').selectOption('Quick');
	await page.getByLabel('First dealer').selectOption('The first seat');
	await page.getByRole('button', { name: 'Open the table' }).click();
	await expect(lobby(page)).toBeVisible();
	return linkOf(page);
}

/** On the page for a new table, or for a game alone. */
export async function chooseWhist(page: Page, end: WhistEnd): Promise<void> {
	await choose(page.getByRole('group', { name: 'Game' }), 'Israeli Whist');
	const isScore = end.endsWith('points');
	await page.getByLabel('The game ends').selectOption(isScore ? 'At a score' : 'After some rounds');
	await page.getByLabel(isScore ? 'Points to reach' : 'Rounds').selectOption(end);
}

// What the table shows.

export function auction(page: Page): Locator {
	return page.getByRole('group', { name: 'Your call' });
}

export function contracts(page: Page): Locator {
	return page.getByRole('group', { name: 'How many tricks will you take?' });
}

export interface WhistSheet {
	readonly players: readonly string[];
	/** One a round: a cell for each player, `3/3 +19 19` (contract/taken, score, total). */
	readonly rows: readonly (readonly string[])[];
	readonly totals: readonly string[];
}

/** The score sheet, wherever on the page it stands. */
export async function whistSheetOf(page: Page): Promise<WhistSheet> {
	const table = page.getByRole('table', { name: 'Contract, tricks taken and score of every round' });
	await expect(table).toBeVisible();
	return table.evaluate((element) => {
		const text = (node: Element) => (node.textContent ?? '').replace(/\s+/g, ' ').trim();
		const cells = (row: Element) => Array.from(row.querySelectorAll('td'), text);
		return {
			players: Array.from(element.querySelectorAll('thead bdi'), text),
			rows: Array.from(element.querySelectorAll('tbody tr'), cells),
			totals: Array.from(element.querySelectorAll('tfoot tr'), cells).flat(),
		};
	});
}

const CELL = /^(\d+)\/(\d+)(?: D)? ([+\u2212]?\d+) (\u2212?\d+)$/;

/** A sheet of so many rounds adds up by Israeli Whist 5.1 and 5.2, standard points. */
export function expectSoundWhistSheet(sheet: WhistSheet, played: number): void {
	expect(sheet.rows).toHaveLength(played);
	const totals = sheet.players.map(() => 0);
	for (const [index, cells] of sheet.rows.entries()) {
		const parts = cells.map((cell) => (CELL.exec(cell) ?? []).slice(1).map(numberIn));
		const sum = parts.reduce((all, [contract = 0]) => all + contract, 0);
		expect(sum, `contracts of round ${index + 1}: ${cells.join()}`).not.toBe(13);
		expect(parts.reduce((all, [, taken = 0]) => all + taken, 0)).toBe(13);
		for (const [seat, [contract = NaN, taken = NaN, score, total]] of parts.entries()) {
			const points = pointsOf(contract, taken, sum > 13);
			totals[seat] = (totals[seat] ?? 0) + points;
			expect(score, `round ${index + 1}, ${cells[seat] ?? ''}`).toBe(points);
			expect(total, `round ${index + 1}, ${cells[seat] ?? ''}`).toBe(totals[seat]);
		}
	}
	expect(sheet.totals.map(numberIn)).toEqual(totals);
}

function pointsOf(contract: number, taken: number, isOver: boolean): number {
	if (contract > 0) return contract === taken ? contract ** 2 + 10 : -10 * Math.abs(contract - taken);
	if (taken === 0) return isOver ? 25 : 50;
	return -50 + 10 * (taken - 1);
}

// What players do.

export interface WhistHabits extends Habits {
	/** Whether this player passes though it could bid; a bid is the lowest there is. */
	readonly passes?: (player: Player) => boolean | Promise<boolean>;
	/** Before each thing that is not a card, for a look at the page. */
	readonly before?: (player: Player, asked: 'call' | 'pass' | 'contract') => Promise<void>;
}

/** Everybody does what their page asks of them, until the condition holds. */
export function playWhist(
	players: readonly Player[],
	isReached: () => Promise<boolean>,
	habits: WhistHabits = {},
): Promise<void> {
	return playUntil(players, isReached, {
		...habits,
		also: async (player, line) => {
			const what = whistAsked(line);
			if (what === null) return false;
			await habits.before?.(player, what);
			await answer(player, what, habits);
			return true;
		},
	});
}

/** What the line of status asks beside cards. */
export function whistAsked(line: string | null): 'call' | 'pass' | 'contract' | null {
	switch (line) {
		case 'Your call':
			return 'call';
		case 'Choose three cards to pass on':
			return 'pass';
		case 'Your contract':
			return 'contract';
		default:
			return null;
	}
}

async function answer(
	player: Player,
	what: 'call' | 'pass' | 'contract',
	habits: WhistHabits,
): Promise<void> {
	switch (what) {
		case 'call':
			return call(player, habits);
		case 'pass':
			return passCards(player, habits);
		case 'contract':
			return nameContract(player, habits);
	}
}

/** The lowest bid there is while nobody has bid, else a pass. */
async function call(player: Player, habits: WhistHabits): Promise<void> {
	const { page } = player;
	const isOpen = await page
		.getByText('Nobody has called')
		.or(page.getByText(/^From \d up$/))
		.first()
		.isVisible();
	// The line may ask for the next call already, the others having passed: then the table shows more calls than before.
	const shown = async () =>
		[await statusNow(page), ...(await page.locator('.felt').allTextContents())].join('\n');
	const before = await shown();
	if (!isOpen || (await habits.passes?.(player)) === true) {
		await press(page, auction(page).getByRole('button', { name: 'Pass' }), habits);
	} else {
		await press(page, auction(page).getByRole('button', { name: 'clubs' }), habits);
		await press(page, auction(page).getByRole('button', { name: /^Call \d+ clubs$/ }), habits);
	}
	await expect.poll(shown).not.toBe(before);
}

/** The first three cards that may be taken out of the hand. */
async function passCards({ page }: Player, habits: WhistHabits): Promise<void> {
	const cards = page.getByRole('group', { name: /^Your hand/ }).getByRole('button', { pressed: false });
	for (let chosen = 0; chosen < 3; chosen++) await press(page, cards.first(), habits);
	const confirm = page.getByRole('button', { name: /^Pass to / });
	await press(page, confirm, habits);
	await expect.poll(async () => whistAsked(await statusNow(page))).not.toBe('pass');
}

/** What is asked at least, but three where that is nothing: twelve or fewer tricks are named by four. */
async function nameContract({ page }: Player, habits: WhistHabits): Promise<void> {
	const chips = contracts(page).getByRole('button', { name: /^Contract \d+$/ });
	const legal = await chips.evaluateAll((buttons) =>
		buttons.map((button) => Number((button.textContent ?? '').trim())),
	);
	const wanted = legal.find((number) => number >= 2) ?? legal[0] ?? 0;
	const chip = contracts(page).getByRole('button', { name: `Contract ${wanted}`, exact: true });
	await press(page, chip, habits);
	await expect(chip).toBeHidden();
}
