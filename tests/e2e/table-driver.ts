/**
 * People at a table, who see and do only what a page shows: roles, names and words, a mouse, a finger or a key.
 *
 *     const link = await openTable(noa, { seats: 4 });
 *     await join(dan, link);
 *     await sit(dan);
 *     await ready(dan);
 *     await start(noa);
 *     await playUntil([noa, dan], () => isOver(noa.page));
 */
import type { Locator, Page } from '@playwright/test';
import { expect as impatient, type Player } from './fixtures.ts';

/** Also outside the test runner, which reads the configuration: under load all takes three times as long. */
const expect = impatient.configure({ timeout: 30_000 });

/** A whole game of four waits for the rate of actions the host allows: a guest makes 74 at one a second. */
export const WHOLE_GAME_MS = 300_000;
/** Nothing on a quick table takes longer, a bot's thought, a rest and a busy machine included. */
const IDLE_LIMIT_MS = 45_000;
/** A button that is there for two and a half seconds. */
const TAP_LIMIT_MS = 3_000;
/** Between two rounds of looking at the pages when nobody is asked anything; looking takes the pages' time, too. */
const LOOK_EVERY_MS = 100;

export interface TableWishes {
	readonly seats: number;
	readonly bots?: 'None' | 'Novice' | 'Club';
	readonly pace?: 'Quick' | 'Calm';
	/** When somebody is away, wait so long. */
	readonly grace?: '10 seconds' | '30 seconds' | '1 minute';
	readonly turnTimer?: '30 seconds' | '1 minute' | '2 minutes';
	readonly firstDealer?: 'Drawn by lot' | 'The first seat';
	readonly hook?: boolean;
	readonly isPrivate?: boolean;
	/** Of another server than the one that all tests share, without a slash at its end. */
	readonly origin?: string;
}

/** Opens a table from the page for it; gives the link that the lobby shows. */
export async function openTable({ page }: Player, wishes: TableWishes): Promise<string> {
	await page.goto(`${wishes.origin ?? ''}/new`);
	await choose(page.getByRole('group', { name: 'Seats' }), `${wishes.seats} seats`);
	await choose(page.getByRole('group', { name: 'Bots in the other seats' }), wishes.bots ?? 'None');
	await page.getByText('Every rule by itself').click();
	await page.getByLabel('Pace').selectOption(wishes.pace ?? 'Quick');
	await page.getByLabel('First dealer').selectOption(wishes.firstDealer ?? 'Drawn by lot');
	if (wishes.grace !== undefined) {
		await page.getByLabel('When somebody is away, wait').selectOption(wishes.grace);
	}
	if (wishes.turnTimer !== undefined) await page.getByLabel('Time for a turn').selectOption(wishes.turnTimer);
	if (wishes.hook === true) await page.getByRole('switch', { name: 'The hook' }).check();
	if (wishes.isPrivate === true) await page.getByRole('switch', { name: 'Private table' }).check();
	await page.getByRole('button', { name: 'Open the table' }).click();
	await expect(lobby(page)).toBeVisible();
	return linkOf(page);
}

/** The radio itself is drawn by its label and cannot be seen. */
export function choose(group: Locator, name: string): Promise<void> {
	return group.getByRole('radio', { name, exact: true }).check({ force: true });
}

export function lobby(page: Page): Locator {
	return page.getByRole('heading', { name: 'Waiting for players' });
}

/** The link as the invitation shows it. */
export async function linkOf(page: Page): Promise<string> {
	const shown = page.getByRole('region', { name: 'Invite' }).getByText(/^https?:/);
	return (await shown.innerText()).trim();
}

export async function join({ page }: Player, link: string): Promise<void> {
	await page.goto(link);
	await expect(lobby(page).or(strip(page)).first()).toBeVisible();
}

/** Seats of the lobby, in their order. */
export function seatRows(page: Page): Locator {
	return page.getByRole('region', { name: 'Seats', exact: true }).locator('ol').getByRole('listitem');
}

/** Sits down on a seat (1-based), or on any. */
export async function sit({ page, name }: Player, seat?: number): Promise<void> {
	const within = seat === undefined ? page : seatRows(page).nth(seat - 1);
	await within.getByRole('button', { name: 'Sit here' }).last().click();
	await expect(seatRows(page).filter({ hasText: name }).filter({ hasText: 'You' })).toBeVisible();
}

export async function ready({ page }: Player): Promise<void> {
	await page.getByRole('button', { name: 'I am ready' }).click();
	await expect(page.getByRole('button', { name: 'You are ready' })).toBeVisible();
}

export async function start({ page }: Player): Promise<void> {
	await page.getByRole('button', { name: 'Start the game' }).click();
	await expect(strip(page)).toBeVisible();
}

/** A table of these people, everybody seated in this order and ready, bots in the other seats, the cards dealt. */
export async function startedTable(
	[host, ...guests]: readonly [Player, ...Player[]],
	wishes: TableWishes & { readonly fill?: boolean },
): Promise<string> {
	const link = await openTable(host, wishes);
	for (const guest of guests) {
		await join(guest, link);
		await sit(guest);
		await ready(guest);
	}
	if (wishes.fill === true) {
		await host.page.getByRole('button', { name: 'Fill with bots' }).click();
		await expect(host.page.getByText(`${wishes.seats} of ${wishes.seats} taken`)).toBeVisible();
	}
	await start(host);
	await Promise.all(guests.map(({ page }) => expect(strip(page)).toBeVisible()));
	return link;
}

// What the table shows.

/** `Round 3 of 10`, `Round 2`: there as long as a game is on the table. */
export function strip(page: Page): Locator {
	return page.getByRole('img', { name: /^Round \d+( of \d+)?$/ });
}

export async function roundOf(page: Page): Promise<number> {
	const label = await strip(page).getAttribute('aria-label');
	return Number(/\d+/.exec(label ?? '')?.[0] ?? 0);
}

/** The one line that says what is waited for. */
export function status(page: Page): Locator {
	return page.getByRole('main').locator('p.status');
}

/** The line as it is at this moment; null where there is none. */
export function statusNow(page: Page): Promise<string | null> {
	return status(page).evaluateAll((lines) => lines[0]?.textContent?.trim() ?? null);
}

export function hand(page: Page): Locator {
	return page.getByRole('group', { name: /^Your hand/ });
}

/** Names of the cards in hand, in the order they lie. */
export async function cardsOf(page: Page): Promise<string[]> {
	const labels = await hand(page)
		.getByRole('button')
		.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
	return labels.map((label) => label.replace(/,.*/, ''));
}

export function trick(page: Page): Locator {
	return page.getByRole('list', { name: 'The trick' });
}

/** The cards of the trick, in the order they were played: `Queen of hearts, led by Noa`. */
export async function trickOf(page: Page): Promise<string[]> {
	return trick(page)
		.getByRole('img')
		.evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label') ?? ''));
}

export function bidding(page: Page): Locator {
	return page.getByRole('group', { name: 'How many tricks will you take?' });
}

export function roundSummary(page: Page): Locator {
	return page.getByRole('region', { name: /^Round \d+$/ });
}

export function gameOver(page: Page): Locator {
	return page.getByRole('heading', { level: 1, name: /wins$|^You win$|share the win$|was ended/ });
}

export function isOver(page: Page): Promise<boolean> {
	return gameOver(page).isVisible();
}

/** A player's plate around the table, as it is read. */
export function plate(page: Page, name: string): Locator {
	return page.getByRole('list', { name: 'Players' }).getByRole('listitem').filter({ hasText: name });
}

export interface Sheet {
	readonly players: readonly string[];
	/** One a round: the round, then a cell for each player, `3/3 +8 8` (bid/taken, score, total) or `–`. */
	readonly rows: readonly (readonly string[])[];
	readonly totals: readonly string[];
}

/** The score sheet, wherever on the page it stands. */
export async function sheetOf(page: Page): Promise<Sheet> {
	const table = page.getByRole('table', { name: 'Bid, tricks taken and score of every round' });
	await expect(table).toBeVisible();
	return table.evaluate((element) => {
		const text = (node: Element) => (node.textContent ?? '').replace(/\s+/g, ' ').trim();
		const cells = (row: Element) => Array.from(row.querySelectorAll('td'), text);
		return {
			players: Array.from(element.querySelectorAll('thead bdi'), text),
			rows: Array.from(element.querySelectorAll('tbody tr'), (row) => [
				row.querySelector('th .number')?.textContent ?? '',
				...cells(row),
			]),
			totals: Array.from(element.querySelectorAll('tfoot tr'), cells).flat(),
		};
	});
}

// What players do.

export interface Habits {
	/** Out of what may be bid; about a third of the cards when left out. */
	readonly bid?: (legal: readonly number[]) => number;
	/** Everything by keyboard; else by the pointer this player has. */
	readonly keyboard?: boolean;
	/** Before leading, for the others to see the last trick off. */
	readonly lookBeforeLeadMs?: number;
	/** What only this game asks, by the line of status; gives whether anything was done. */
	readonly also?: (player: Player, line: string | null) => Promise<boolean>;
	/** A page that is measured is looked at more rarely. */
	readonly lookEveryMs?: number;
}

/** What a page can ask of its player; null: nothing now. */
export type Asked = 'bid' | 'card' | 'next_round';

export async function asked({ page }: Player): Promise<Asked | null> {
	// In one look, and not by role: it is asked far more often than anything else.
	const { isNext, line } = await page.evaluate(() => {
		const text = (element: Element | null) => element?.textContent?.trim() ?? '';
		const buttons = Array.from(document.querySelectorAll('main button, dialog button'));
		return {
			isNext: buttons.some((button) => text(button).startsWith('Next round') && button.checkVisibility()),
			line: text(document.querySelector('main p.status')),
		};
	});
	if (isNext) return 'next_round';
	switch (line) {
		case 'Your bid':
			return 'bid';
		case 'You lead':
		case 'Your turn':
			return 'card';
		default:
			return null;
	}
}

function nextRound(page: Page): Locator {
	return page.getByRole('button', { name: /^Next round/ });
}

/** Does what the page asks of its player now, and waits until the page shows it done. False: nothing is asked. */
export async function playTurn(player: Player, habits: Habits = {}): Promise<boolean> {
	switch (await asked(player)) {
		case 'bid':
			await bid(player, habits);
			return true;
		case 'card':
			await playCard(player, habits);
			return true;
		case 'next_round':
			await goOn(player, habits);
			return true;
		case null:
			return (await habits.also?.(player, await statusNow(player.page))) ?? false;
	}
}

/** The button counts the seconds; whoever comes too late finds the next round dealt. */
async function goOn({ page }: Player, habits: Habits): Promise<void> {
	const button = nextRound(page);
	try {
		await press(page, button, { ...habits, timeout: TAP_LIMIT_MS });
	} catch (error) {
		if (await button.isVisible()) throw error;
	}
	await expect(button).toBeHidden();
}

async function bid(player: Player, habits: Habits): Promise<void> {
	const { page } = player;
	const chips = bidding(page).getByRole('button', { name: /^Bid \d+$/, disabled: false });
	const legal = await chips.evaluateAll((buttons) =>
		buttons.map((button) => Number((button.textContent ?? '').trim())),
	);
	const wanted = (habits.bid ?? thirdOf)(legal);
	const chip = bidding(page).getByRole('button', { name: `Bid ${wanted}`, exact: true, disabled: false });
	await press(page, chip, habits);
	await expect(chip).toBeHidden();
}

function thirdOf(legal: readonly number[]): number {
	return legal[Math.floor(legal.length / 3)] ?? 0;
}

async function playCard({ page }: Player, habits: Habits): Promise<void> {
	const { lookBeforeLeadMs: look = 0 } = habits;
	if (look > 0 && (await statusNow(page)) === 'You lead') await page.waitForTimeout(look);
	const label = (await hand(page).getAttribute('aria-label')) ?? '';
	const before = page.getByRole('group', { name: label, exact: true });
	// A card that may not be played says so in its name.
	const card = before.getByRole('button', { name: /^\w+ of \w+$/ }).first();
	await press(page, card, habits);
	// With a finger the first tap lifts the card.
	if (habits.keyboard !== true && (await hasTouch(page))) {
		await expect(card).toHaveAttribute('aria-pressed', 'true');
		await press(page, card, habits);
	}
	await expect(before).toBeHidden();
}

/** On the part of a card that the next one leaves free. */
export async function press(
	page: Page,
	control: Locator,
	{ keyboard = false, timeout }: Pick<Habits, 'keyboard'> & { readonly timeout?: number },
): Promise<void> {
	const options = { position: { x: 12, y: 24 }, ...(timeout === undefined ? {} : { timeout }) };
	if (keyboard) await control.press('Enter', { ...(timeout === undefined ? {} : { timeout }) });
	else if (await hasTouch(page)) await control.tap(options);
	else await control.click(options);
}

function hasTouch(page: Page): Promise<boolean> {
	return page.evaluate(() => navigator.maxTouchPoints > 0);
}

/**
 * Everybody plays whenever they are asked to, until the condition holds. It is looked at before every move, so that
 * a table can be stopped in the middle of anything.
 */
export async function playUntil(
	players: readonly Player[],
	isReached: () => Promise<boolean>,
	habits: Habits = {},
): Promise<void> {
	let movedAt = Date.now();
	while (!(await isReached())) {
		let moved = false;
		const questions = await Promise.all(players.map(asked));
		for (const [index, player] of players.entries()) {
			if (habits.also === undefined && questions[index] === null) continue;
			if (!(await playTurn(player, habits))) continue;
			moved = true;
			if (await isReached()) return;
		}
		if (moved) movedAt = Date.now();
		else if (Date.now() - movedAt > IDLE_LIMIT_MS) throw new Error(await standstill(players));
		else await players[0]?.page.waitForTimeout(habits.lookEveryMs ?? LOOK_EVERY_MS);
	}
}

async function standstill(players: readonly Player[]): Promise<string> {
	const lines = players.map(async ({ name, page }) => {
		return `${name}: ${(await statusNow(page)) ?? (await page.title())}`;
	});
	return `nobody has been asked anything for ${IDLE_LIMIT_MS} ms; ${(await Promise.all(lines)).join('; ')}`;
}

// What always holds.

/**
 * Nothing of the page in play lies outside the window, cut off or to be scrolled to; the score sheet at the side of a
 * wide window scrolls by itself.
 */
export async function expectAllInSight(
	page: Page,
	when: string,
	lastTrickName = 'Last trick',
): Promise<void> {
	const { scroll, outside } = await page.evaluate(() => {
		const { scrollWidth, scrollHeight } = document.documentElement;
		const controls = Array.from(
			document.querySelectorAll('main button, main .status, main li .name, main .card'),
		);
		const isOutside = (element: Element) => {
			const { left, top, right, bottom, width } = element.getBoundingClientRect();
			// Half a pixel is rounding.
			return (
				width > 0 && (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5)
			);
		};
		return {
			scroll: [scrollWidth - innerWidth, scrollHeight - innerHeight],
			outside: controls
				.filter((element) => element.checkVisibility({ visibilityProperty: true }) && isOutside(element))
				.map((element) => `${element.className}: ${(element.textContent ?? '').trim() || element.ariaLabel}`),
		};
	});
	expect(outside, `outside the window ${when}`).toEqual([]);
	const lastTrick = page.getByRole('button', { name: lastTrickName });
	const [button, frame] = [await lastTrick.boundingBox(), await lastTrick.locator('..').boundingBox()];
	if (button !== null && frame !== null) {
		expect(button.x + button.width, `right edge in its strip ${when}`).toBeLessThanOrEqual(
			frame.x + frame.width,
		);
	}
	expect(Math.max(...scroll), `px to scroll ${when}`).toBeLessThanOrEqual(0);
}

const SCORE = /^(\d+)\/(\d+)(?: D)? ([+\u2212]\d+) (\u2212?\d+)$/;

/** A sheet adds up by El Dorado 5.1 and 5.2; `played` rounds of it have numbers, and all were dealt in. */
export function expectSoundSheet(sheet: Sheet, played: number): void {
	expect(sheet.rows).toHaveLength(10);
	const totals = sheet.players.map(() => 0);
	for (const [index, [round, ...cells]] of sheet.rows.slice(0, played).entries()) {
		expect(round).toBe(String(index + 1));
		let tricks = 0;
		for (const [seat, cell] of cells.entries()) {
			const [, bids = '', taken = '', score = '', total = ''] = SCORE.exec(cell) ?? [];
			const points = 5 + Number(bids);
			tricks += Number(taken);
			totals[seat] = (totals[seat] ?? 0) + (bids === taken ? points : -points);
			expect(numberIn(score), `round ${round}, ${cell}`).toBe(bids === taken ? points : -points);
			expect(numberIn(total), `round ${round}, ${cell}`).toBe(totals[seat]);
		}
		expect(tricks, `tricks of round ${round}`).toBe(10 - index);
	}
	expect(sheet.totals.map(numberIn)).toEqual(totals);
}

/** A number as a sheet writes it, with a real minus. */
export function numberIn(text: string): number {
	return Number(text.replace('\u2212', '-'));
}

/** As a browser that is killed, or a phone without power: no goodbye. What it has stored stays. */
export async function crash({ page, context }: Player): Promise<void> {
	const devtools = await context.newCDPSession(page);
	const crashed = page.waitForEvent('crash');
	// The answer never comes: the page that would give it is gone.
	devtools.send('Page.crash').catch(() => undefined);
	await crashed;
}
