/**
 * The replay in a real browser: recorded games, brought as files, are opened at chosen moments and compared with what
 * the engine makes of the same logs; every key, the address, what is refused, and a game played here.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { formatCard } from '../../src/lib/cards/notation.ts';
import { RANKS, rankOf, suitOf, type CardId } from '../../src/lib/cards/card.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import { parseLogFile } from '../../src/lib/game/log-file.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { createReplay } from '../../src/lib/game/replay.ts';
import { openLog } from '../../src/lib/room/open-log.ts';
import { sceneOf, type Scene } from '../../src/lib/stats/scene.ts';
import { timelineOf, whereIs } from '../../src/lib/stats/timeline.ts';
import { nodeKeys } from '../sim/node-keys.ts';
import { recordFile } from '../sim/recorded-file.ts';
import type { Recording } from '../sim/recorded-game.ts';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';

const GAMES: Readonly<Record<string, Recording>> = {
	'El Dorado of four': { seed: 31, variant: 'el_dorado', people: ['Noa', 'Dan', 'Yael'], seats: 4 },
	'ten players, one of them away': {
		seed: 33,
		variant: 'el_dorado',
		people: ['Noa', 'Dan', 'Yael'],
		seats: 10,
		isAbsent: true,
	},
	'Israeli Whist with a frisch': {
		seed: 32,
		variant: 'israeli_whist',
		people: ['Noa', 'Dan'],
		seats: 4,
		isFrisch: true,
	},
	'a host that was lost': {
		seed: 34,
		variant: 'el_dorado',
		people: ['Noa', 'Dan', 'Yael'],
		seats: 4,
		isTakenOver: true,
	},
};

const files = new Map<string, Promise<string>>();
/** Recorded once for all tests. */
function fileOf(name: string): Promise<string> {
	const recording = GAMES[name];
	if (recording === undefined) throw new Error(`no game is called ${name}`);
	const file = files.get(name) ?? recordFile(recording);
	files.set(name, file);
	return file;
}

async function engineOf(text: string) {
	const parsed = parseLogFile(text);
	const log = parsed.ok ? await readLog(parsed.envelopes, loadGame) : null;
	if (log === null) throw new Error('a recorded file can be read');
	const events = await openLog(log, nodeKeys());
	const replay = createReplay(log.game, events);
	return {
		timeline: timelineOf(events),
		sceneAt: (at: number): Scene => {
			const scene = sceneOf(log.game, replay.at(at), 'all');
			if (scene === null) throw new Error(`there is nothing to see at ${at}`);
			return scene;
		},
	};
}

const slider = (page: Page) => page.getByRole('slider', { name: 'Position in the game' });

async function bring(page: Page, text: string): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({
		name: 'game.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text),
	});
}
async function openAs(page: Page, text: string): Promise<void> {
	await page.goto('/replay');
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
}

const SUIT_NAMES = { C: 'clubs', D: 'diamonds', H: 'hearts', S: 'spades' } as const;
const RANK_NAMES = [
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
const inWords = (card: CardId): string =>
	`${RANK_NAMES[rankOf(card)] ?? RANKS[0]} of ${SUIT_NAMES[suitOf(card)]}`;

/** The page, as a screen reader finds it, against the engine. */
async function expectScene(page: Page, scene: Scene): Promise<void> {
	const trick = page.getByRole('list', { name: 'The trick' }).getByRole('img');
	await expect(trick).toHaveCount(scene.trick.length);
	for (const [at, { card }] of scene.trick.entries()) {
		await expect(trick.nth(at), formatCard(card)).toHaveAccessibleName(inWords(card));
	}
	const rows = page.getByRole('list', { name: 'Hands' }).getByRole('listitem');
	const shown = await rows.allInnerTexts();
	for (const [at, seat] of scene.seats.filter(({ face }) => face !== null).entries()) {
		const text = shown[at] ?? '';
		expect(text).toContain(seat.face?.name);
		for (const { card } of seat.hand ?? []) expect(text, seat.face?.name ?? '').toContain(inWords(card));
		if (seat.isActive && seat.bid !== null) expect(text).toContain(`bid ${seat.bid}, took ${seat.tricks}`);
		if (!seat.isActive) expect(text).toContain('not in this round');
	}
}

for (const name of Object.keys(GAMES)) {
	test(`${name}: positions are those of the engine`, async ({ page }) => {
		const text = await fileOf(name);
		const { timeline, sceneAt } = await engineOf(text);
		await openAs(page, text);
		const { stops, rounds, last } = timeline;
		const places = [
			rounds[0]?.tricks[0]?.to,
			rounds[1]?.tricks[2]?.to,
			stops[Math.floor(stops.length * 0.7)],
			last,
		];
		for (const at of places) {
			if (at === undefined) continue;
			await slider(page).fill(String(at));
			await expectScene(page, sceneAt(at));
		}
		await expect(page.getByText('were dealt again and compared: everything fits')).toBeVisible();
	});
}

test('every key walks as it says, and the position is read out', async ({ page }) => {
	const text = await fileOf('El Dorado of four');
	const { timeline } = await engineOf(text);
	await openAs(page, text);
	const at = async () => Number(await slider(page).inputValue());
	const first = timeline.rounds[0]?.from ?? 0;
	expect(await at()).toBe(first);
	await page.keyboard.press('ArrowRight');
	expect(await at()).toBe(timeline.stops.find((stop) => stop > first));
	await page.keyboard.press('Shift+ArrowRight');
	expect(whereIs(timeline, await at()).trick?.trick).toBe(0);
	await page.keyboard.press('Shift+ArrowRight');
	await expect(slider(page)).toHaveAttribute('aria-valuetext', /^Round 1, trick 1\. .* takes the trick\.$/);
	await expect(page.getByRole('heading', { name: 'Round 1, trick 1' })).toBeVisible();
	await page.keyboard.press('PageDown');
	expect(await at()).toBe(timeline.rounds[1]?.from);
	await page.keyboard.press('PageUp');
	await page.keyboard.press('Home');
	expect(await at()).toBe(timeline.first);
	await page.keyboard.press('End');
	expect(await at()).toBe(timeline.last);
	await page.keyboard.press('2');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('1');
	await page.keyboard.press('PageUp');
	await page.keyboard.press('PageUp');
	const hands = page.getByRole('list', { name: 'Hands' }).getByRole('listitem');
	await expect(hands.nth(0)).toContainText('closed');
	await expect(hands.nth(1)).toContainText(/ of (clubs|diamonds|hearts|spades)/);
	await page.keyboard.press('0');
	await expect(hands.nth(0)).not.toContainText('closed');
	await page.keyboard.press('Home');
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await expect.poll(at).toBeGreaterThan(timeline.first);
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a line of the log and a round of the strip lead there', async ({ page }) => {
	const text = await fileOf('El Dorado of four');
	const { timeline } = await engineOf(text);
	await openAs(page, text);
	await page.getByRole('button', { name: 'Go to round 3' }).click();
	await expect(slider(page)).toHaveValue(String(timeline.rounds[2]?.from));
	const current = page.getByRole('region', { name: 'What happened' }).locator('[aria-current="step"]');
	await expect(current).toContainText('Round 3');
	await expect(current).toBeInViewport();
	await page
		.getByRole('region', { name: 'What happened' })
		.getByRole('button', { name: /Round 5:/ })
		.click();
	await expect(slider(page)).toHaveValue(String(timeline.rounds[4]?.from));
});

test('a file that was changed, cut short or is none is refused, and another can follow', async ({ page }) => {
	const text = await fileOf('El Dorado of four');
	await page.goto('/replay');
	const refused = page.getByRole('main');
	const wrong: readonly (readonly [string, RegExp])[] = [
		[text.slice(0, text.length / 2), /ends too early/],
		['{"format":"other"}', /another kind/],
		['{"__proto__":{"format":"overtrick-log"}}', /another kind/],
		['[1,2,3]', /neither a record nor the notation/],
		[text.replace('"v":1,"game"', '"v":2,"game"'), /newer version/],
		[text.replace('\\"bid\\":1', '\\"bid\\":2'), /something was changed/],
		['\u0000\u0001', /neither a record/],
	];
	for (const [content, message] of wrong) {
		await bring(page, content);
		await expect(refused).toContainText(message);
	}
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
});

test('it is for everybody: no finding of axe, nothing wider than a phone', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE, touch: true });
	await page.goto('/replay');
	await expectNoAxeFindings(page);
	await bring(page, await fileOf('ten players, one of them away'));
	await expect(slider(page)).toBeVisible();
	await page.keyboard.press('Shift+ArrowRight');
	await page.keyboard.press('Shift+ArrowRight');
	await expectNoAxeFindings(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
	await page.getByRole('button', { name: 'Save and share' }).click();
	await expectNoAxeFindings(page);
});

test('a game that was brought is kept, listed and opened again by its address, at the same moment', async ({
	page,
}) => {
	const text = await fileOf('Israeli Whist with a frisch');
	await openAs(page, text);
	await page.getByRole('button', { name: 'Save and share' }).click();
	await page.getByRole('button', { name: 'Keep in history' }).click();
	await expect(page.getByRole('region', { name: 'Notices' }).getByText('in your history now')).toBeVisible();
	const { game } = JSON.parse(text) as { game: string };
	await page.goto(`/replay/${game}?at=120&seat=2`);
	await expect(slider(page)).toHaveValue('120');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('1');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/at=121&seat=2/);
	await page.goto(`/replay/${game}?at=99999&seat=77`);
	await expect(slider(page)).toBeVisible();
	await page.goto('/replay/AAAAAAAAAAAAAAAAAAAAAA');
	await expect(page.getByRole('heading', { name: 'This game is not on this device' })).toBeVisible();
});

test('a game is saved as text, and the text opens again, or says where it is wrong', async ({ page }) => {
	await openAs(page, await fileOf('Israeli Whist with a frisch'));
	const last = await slider(page).getAttribute('max');
	await page.getByRole('button', { name: 'Save and share' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Notation' }).click(),
	]);
	const text = await readFile(await download.path(), 'utf8');
	expect(text).toContain('Calls 2:- 3:- 4:- 1:-');
	await page.goto('/replay');
	await bring(page, text.replace('Calls 2:-', 'Calls 3:-'));
	await expect(page.getByRole('main')).toContainText(/Line \d+, column 7: The rules do not allow this/);
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
	expect(Number(await slider(page).getAttribute('max'))).toBeLessThan(Number(last));
	await expect(page.getByText('nobody has signed it')).toBeVisible();
});
