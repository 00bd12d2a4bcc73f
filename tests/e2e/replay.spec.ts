/**
 * The replay in a real browser: recorded games, brought as files, are opened at chosen moments and compared with what
 * the engine makes of the same logs; every key, the address, what is refused, and a game played here.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { formatCard } from '../../src/lib/cards/notation.ts';
import { RANKS, rankOf, suitOf, type CardId } from '../../src/lib/cards/card.ts';
import type { Scene } from '../../src/lib/stats/scene.ts';
import { timelineOf, whereIs } from '../../src/lib/stats/timeline.ts';
import { inOneLine, openRecording, recordings } from '../golden/recordings.ts';
import { expect, expectNoAxeFindings, PHONE, test } from './fixtures.ts';
import { bidding, hand } from './table-driver.ts';
import { playWhist } from './whist-driver.ts';

const RECORDED = recordings();
function fileOf(name: string): string {
	const recording = RECORDED.find((one) => one.name === name);
	if (recording === undefined) throw new Error(`no game is called ${name}`);
	return recording.text;
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

/** When it was played: a record is text within the file. */
function startOf(text: string): number {
	return Number(/\\"time\\":(\d+),[^{}]*\\"type\\":\\"game_started\\"/.exec(text)?.[1]);
}

/** So many at a time: a browser on a busy machine takes seconds for each. */
const AT_ONCE = 5;
for (let from = 0; from < RECORDED.length; from += AT_ONCE) {
	const some = RECORDED.slice(from, from + AT_ONCE);
	test(`${some.map(({ name }) => name).join(', ')}: two moments of each look as they did when they were recorded`, async ({
		page,
	}) => {
		for (const recording of some) {
			await test.step(recording.name, () => expectRecorded(page, recording));
		}
	});
}

async function expectRecorded(
	page: Page,
	{ name, text, positions }: (typeof RECORDED)[number],
): Promise<void> {
	const { events, sceneAt } = await openRecording(text);
	await openAs(page, text);
	const places = Object.keys(positions).map(Number);
	for (const at of [places[Math.floor(places.length / 2)], places.at(-1)]) {
		if (at === undefined) throw new Error(`${name} has places to look at`);
		// What the engine says of it now is what was written down then.
		expect(inOneLine(sceneAt(at)), `${name} at ${at}`).toBe(positions[at]);
		await slider(page).fill(String(at));
		await expectScene(page, sceneAt(at));
	}
	await expect(slider(page)).toHaveAttribute('max', String(events.length));
	const isSigned = text.startsWith('{') && !name.includes('keeper');
	if (isSigned) await expect(page.getByText('were dealt again and compared: everything fits')).toBeVisible();
}

test('every key walks as it says, and the position is read out', async ({ page }) => {
	const text = fileOf('el-dorado-taken-over');
	const timeline = timelineOf((await openRecording(text)).events);
	await openAs(page, text);
	const at = async () => Number(await slider(page).inputValue());
	const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(startOf(text));
	await expect(page.getByRole('banner')).toContainText(day);
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
	// Who has won, for the eye and the ear; hands that are played out take no room.
	await expect(page.getByText('The game is over. Dan wins.')).toHaveCount(3);
	await expect(page.getByRole('status')).toHaveText(/^The end\. The game is over\. Dan wins\./);
	expect((await page.getByRole('list', { name: 'Hands' }).boundingBox())?.height).toBeLessThan(120);
	// What the slider says by itself is not said twice.
	await slider(page).press('ArrowLeft');
	await expect(slider(page)).toHaveAttribute('aria-valuetext', /Round 10 is scored/);
	await expect(page.getByRole('status')).toHaveText(/^The end/);
	await expect(slider(page)).toHaveAccessibleDescription(/^Arrow keys go step by step/);
	await page.keyboard.press('2');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('1');
	await page.keyboard.press('PageUp');
	await page.keyboard.press('PageUp');
	const hands = page.getByRole('list', { name: 'Hands' }).getByRole('listitem');
	await expect(hands.nth(0)).toContainText('closed');
	await expect(hands.nth(1)).toContainText(/ of (clubs|diamonds|hearts|spades)/);
	// The key of a Hebrew keyboard at that place.
	await page.evaluate(() => {
		const key = { key: 'ש', code: 'KeyA', bubbles: true };
		document.body.dispatchEvent(new KeyboardEvent('keydown', key));
	});
	await expect(hands.nth(0)).not.toContainText('closed');
	// A digit of nobody leaves it as it is; the tenth seat has the last one.
	await page.keyboard.press('0');
	await expect(hands.nth(0)).not.toContainText('closed');
	await page.keyboard.press('Home');
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await expect.poll(at).toBeGreaterThan(timeline.first);
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
	// A mark has its words, and leads there.
	await page.getByTitle('Host is away: the table goes on without waiting.').click();
	expect(await at()).toBe(timeline.marks.find(({ type }) => type === 'seat_away')?.at);
	await page.getByRole('button', { name: 'Keys' }).click();
	await expect(page.getByText('Arrow keys go step by step')).toBeVisible();
	await openAs(page, fileOf('el-dorado-ten-absent'));
	await page.keyboard.press('0');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('9');
});

test('a line of the log and a round of the strip lead there', async ({ page }) => {
	const text = fileOf('el-dorado-taken-over');
	const timeline = timelineOf((await openRecording(text)).events);
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
	// The keys go on walking from there; a list that has the focus keeps those that scroll it, and no other.
	const strip = page.getByRole('region', { name: 'Rounds' });
	expect(await strip.evaluate((box) => box.scrollWidth - box.clientWidth), 'ten rounds fit').toBe(0);
	await page.keyboard.press('ArrowRight');
	await expect(slider(page)).toHaveValue(String((timeline.rounds[4]?.from ?? 0) + 1));
	await page.getByRole('region', { name: 'What happened' }).focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowLeft');
	await expect(slider(page)).toHaveValue(String(timeline.rounds[4]?.from));
	await page.getByRole('button', { name: 'To the next round' }).click();
	await expect(slider(page)).toHaveValue(String(timeline.rounds[5]?.from));
	// Rounds and tricks are headings of the log, and the strip says where a bid was lost.
	await expect(page.getByRole('heading', { name: 'Round 6', level: 3 })).toBeAttached();
	await expect(page.getByRole('heading', { name: 'Trick 1', level: 4, exact: true })).toHaveCount(10);
	await expect(page.getByRole('region', { name: 'Rounds' }).getByText(/lost at trick/)).toHaveCount(12);
	const numbers = page.getByRole('region', { name: 'Each player in numbers' });
	await expect(numbers.getByRole('row', { name: /^Dan 29 7\/10 16 / })).toBeVisible();
	// A line that is clicked stops what plays by itself.
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await page.getByRole('button', { name: 'Go to round 2' }).click();
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
	await page.keyboard.press('Home');
	await expect(page.getByRole('heading', { name: 'Before the first deal' })).toBeVisible();
	await expect(page.getByText('not in this round')).toHaveCount(0);
});

test('a file that was changed, cut short or is none is refused, and another can follow', async ({ page }) => {
	const text = fileOf('el-dorado-taken-over');
	await page.goto('/replay');
	const refused = page.getByRole('main');
	const wrong: readonly (readonly [string, RegExp])[] = [
		[text.slice(0, text.length / 2), /ends too early/],
		['{"format":"other"}', /another kind/],
		['{"__proto__":{"format":"overtrick-log"}}', /another kind/],
		['[1,2,3]', /neither a record nor the notation/],
		[text.replace('"v":1,"game"', '"v":2,"game"'), /newer version/],
		[text.replace('\\"bid\\":1', '\\"bid\\":2'), /The signature of event \d+ is wrong/],
		['\u0000\u0001', /neither a record/],
	];
	for (const [content, message] of wrong) {
		await bring(page, content);
		await expect(refused).toContainText(message);
	}
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
	// Another may be dropped on it, and is told of as well.
	const drop = async (content: string) => {
		const dataTransfer = await page.evaluateHandle((dropped) => {
			const data = new DataTransfer();
			data.items.add(new File([dropped], 'game.txt'));
			return data;
		}, content);
		await page.dispatchEvent('body', 'drop', { dataTransfer });
	};
	await drop('{"format":"other"}');
	const dialog = page.getByRole('dialog', { name: 'That file cannot be opened' });
	await expect(dialog).toContainText('another kind');
	await page.keyboard.press('Escape');
	await drop(fileOf('el-dorado-of-2'));
	await expect(page.getByText('nobody has signed it')).toBeVisible();
	await page.getByRole('button', { name: 'Save and share' }).click();
	await page.getByRole('button', { name: 'Open another game' }).click();
	await expect(page.getByText('Drop a game file here')).toBeVisible();
});

test('what reads a file comes when there is one; where it cannot be fetched, the page says so and can try again', async ({
	page,
	allowErrors,
}) => {
	allowErrors(/ERR_FAILED/);
	const text = fileOf('el-dorado-taken-over');
	await page.goto('/replay');
	await expect(page.locator('input[type=file]')).toBeAttached();
	const code = '**/_app/immutable/**';
	await page.route(code, (route) => route.abort());
	await bring(page, text);
	await expect(page.getByText('A part of this page could not be fetched')).toBeVisible();
	await page.unroute(code);
	await page.getByRole('button', { name: 'Try again' }).click();
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
});

test('it is for everybody: no finding of axe, nothing wider than a phone', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE, touch: true });
	await page.goto('/replay');
	await expectNoAxeFindings(page);
	await bring(page, fileOf('el-dorado-ten-absent'));
	await expect(slider(page)).toBeVisible();
	await page.keyboard.press('Shift+ArrowRight');
	await page.keyboard.press('Shift+ArrowRight');
	await expectNoAxeFindings(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
	const players = page.getByRole('list', { name: 'The trick' }).locator('bdi');
	await expect(players).toHaveCount(10);
	const cut = await players.evaluateAll((names) => names.filter((one) => one.scrollWidth > one.clientWidth));
	expect(cut, 'names that are cut off').toHaveLength(0);
	const before = Number(await slider(page).inputValue());
	// A finger goes from right to left over the cards, and back.
	for (const [from, to] of [
		[260, 120],
		[120, 260],
	] as const) {
		const hands = page.getByRole('list', { name: 'Hands' });
		const finger = { pointerType: 'touch', isPrimary: true, bubbles: true, clientY: 300 };
		await hands.dispatchEvent('pointerdown', { ...finger, clientX: from });
		await hands.dispatchEvent('pointerup', { ...finger, clientX: to });
		if (to < from) await expect(slider(page)).not.toHaveValue(String(before));
	}
	await expect(slider(page)).toHaveValue(String(before));
	// Ten rounds are wider than a phone: the one that is looked at is in sight.
	await page.keyboard.press('End');
	await expect(async () => {
		const strip = await page.getByRole('region', { name: 'Rounds' }).boundingBox();
		const column = await page.getByRole('button', { name: 'Go to round 10' }).boundingBox();
		if (strip === null || column === null) throw new Error('there is a strip');
		expect(column.x + column.width).toBeLessThan(strip.x + strip.width);
	}).toPass();
	await page.getByRole('button', { name: 'Save and share' }).click();
	await expectNoAxeFindings(page);
	await page.getByRole('button', { name: 'Score sheet' }).click();
	await expect(page.getByRole('img', { name: 'The score sheet as a picture' })).toBeVisible();
});

test('a game that was brought is kept, listed and opened again by its address, at the same moment', async ({
	page,
	context,
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const text = fileOf('israeli-whist-frisch');
	const { game } = JSON.parse(text) as { game: string };
	// A link to a moment waits for the game it names.
	await page.goto(`/replay/${game}?at=120&seat=2`);
	await expect(page.getByRole('heading', { name: 'This game is not on this device' })).toBeVisible();
	await bring(page, text);
	await expect(slider(page)).toHaveValue('120');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('1');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/at=121&seat=2/);
	await openAs(page, text);
	// From here on it has an address.
	await page.keyboard.press('PageDown');
	await page.keyboard.press('3');
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await page.getByRole('button', { name: 'Save and share' }).click();
	const at = await slider(page).inputValue();
	await page.getByRole('button', { name: 'Keep in history' }).click();
	await expect(page.getByRole('region', { name: 'Notices' }).getByText('in your history now')).toBeVisible();
	await expect(page).toHaveURL(new RegExp(`/replay/${game}\\?at=${at}&seat=3$`));
	// It stands still, and a link is of what is seen, not of where the address was when it last came to rest.
	await page.keyboard.press('ArrowRight');
	await page.getByRole('button', { name: 'Save and share' }).click();
	await page.getByRole('button', { name: 'Copy the link to this moment' }).click();
	await expect(page.getByRole('region', { name: 'Notices' }).getByText('Link copied')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link).toMatch(new RegExp(`/replay/${game}\\?at=${Number(at) + 1}&seat=3$`));
	await page.reload();
	await expect(slider(page)).toHaveValue(String(Number(at) + 1));
	await page.goto(`/replay/${game}?at=120&seat=2`);
	await expect(slider(page)).toHaveValue('120');
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('1');
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/at=121&seat=2/);
	// A seat that the table does not have: everybody's hands.
	await page.goto(`/replay/${game}?at=99999&seat=9`);
	await expect(slider(page)).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveValue('all');
	await page.goto('/replay/AAAAAAAAAAAAAAAAAAAAAA');
	await expect(page.getByRole('heading', { name: 'This game is not on this device' })).toBeVisible();
});

test('a game is saved as text, and the text opens again, or says where it is wrong', async ({ page }) => {
	await openAs(page, fileOf('israeli-whist-frisch'));
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
	await expect(page.getByRole('main')).toContainText(
		/Line \d+, column 7: The rules do not allow this\. \(It was not your turn any more\)/,
	);
	await bring(page, text);
	await expect(slider(page)).toBeVisible();
	expect(Number(await slider(page).getAttribute('max'))).toBeLessThan(Number(last));
	await expect(page.getByText('nobody has signed it')).toBeVisible();
});

test('real cards: where a claimed trick lost a bid is marked, and what needs hands is not offered', async ({
	page,
}) => {
	const text = fileOf('israeli-whist-keeper');
	await openAs(page, text);
	await expect(page.getByText('Played with real cards: nothing was dealt here.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play it yourself' })).toHaveCount(0);
	await expect(page.getByRole('combobox', { name: 'Seen by' })).toHaveCount(0);
	// Its first round was put right when it was over: where it went wrong nobody knows.
	const strip = page.getByRole('region', { name: 'Rounds' });
	await expect(strip.getByText(/lost at trick/)).toHaveCount(8);
	await expect(strip.getByText(/^\s*missed/)).toHaveCount(12);
	const log = page.getByRole('region', { name: 'What happened' });
	await log
		.getByRole('button', { name: /is passed|is out of reach/ })
		.first()
		.click();
	await expect(log.locator('[aria-current="step"]')).toBeVisible();
	await page.getByRole('button', { name: 'Save and share' }).click();
	await expect(page.getByRole('dialog')).toContainText('it was played with real cards');
});

test('what if: the last round is played otherwise, compared with the record, and kept nowhere', async ({
	player,
}) => {
	const { page } = await player('Ada', { viewport: PHONE, touch: true });
	await openAs(page, fileOf('el-dorado-taken-over'));
	await page.keyboard.press('End');
	await page.keyboard.press('PageUp');
	const at = await slider(page).inputValue();
	await page.getByRole('button', { name: 'Play it yourself' }).click();
	const dialog = page.getByRole('dialog', { name: 'Play it yourself' });
	await expect(dialog).toBeVisible();
	await expectNoAxeFindings(page);
	await dialog.getByRole('button', { name: 'Play on from here' }).click();
	await expect(page.getByRole('banner')).toContainText('What if');
	expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(PHONE.height);
	await bidding(page).getByRole('button', { disabled: false }).first().click();
	await hand(page).getByRole('button').first().click();
	const heading = page.getByRole('heading', { name: /points? (more|less) than|Exactly as many/ });
	// A tap may have lifted the card only.
	await expect(async () => {
		if (await hand(page).isVisible()) await hand(page).getByRole('button').first().click({ timeout: 1_000 });
		await expect(heading).toBeVisible({ timeout: 1_500 });
	}).toPass();
	await expect(page.getByRole('table', { name: /in the record, and yours/ }).getByRole('row')).toHaveCount(3);
	await expectNoAxeFindings(page);
	await page.getByRole('button', { name: 'Open the replay' }).click();
	await expect(slider(page)).toHaveValue(at);
	// Out of the midst of one by the browser's own way back.
	await page.getByRole('button', { name: 'Play it yourself' }).click();
	await dialog.getByRole('button', { name: 'Play on from here' }).click();
	await expect(page.getByRole('banner')).toContainText('What if');
	await page.goBack();
	await expect(slider(page)).toHaveValue(at);
	await page.goto('/history');
	await expect(page.getByText('No games yet')).toBeVisible();
});

test('the same cards, by a link: a friend takes a seat and has the hand that was dealt there', async ({
	player,
}) => {
	const noa = await player('Noa');
	await noa.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const text = fileOf('el-dorado-of-4');
	await openAs(noa.page, text);
	await noa.page.getByRole('button', { name: 'Play it yourself' }).click();
	await noa.page.getByRole('button', { name: 'Copy a link for friends' }).click();
	const notices = noa.page.getByRole('region', { name: 'Notices' });
	await expect(notices.getByText('Link copied')).toBeVisible();
	const link = await noa.page.evaluate(() => navigator.clipboard.readText());
	const { page } = await player('Ben', { viewport: PHONE, touch: true });
	await page.goto(link);
	await expect(page.getByRole('heading', { name: 'The same cards' })).toBeVisible();
	await expectNoAxeFindings(page);
	await page.getByLabel('Your seat').selectOption({ index: 2 });
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	const { events, sceneAt } = await openRecording(text);
	const [first] = timelineOf(events).rounds;
	const dealt = sceneAt(first?.from ?? 0).seats[2]?.hand ?? [];
	await expect(hand(page).getByRole('button')).toHaveCount(dealt.length);
	for (const { card } of dealt)
		await expect(
			hand(page)
				.getByRole('button', { name: inWords(card) })
				.first(),
		).toBeVisible();
	await page.getByRole('button', { name: 'Back to the replay' }).click();
	await expect(slider(page)).toBeVisible();
	await page.goto('about:blank');
	await page.goto(link.slice(0, -40));
	await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible();
});

/** A game of three rounds as it would have been with one. */
function oneRound(text: string): string {
	const [start = ''] = text.split('\nRound 2');
	return `${start.replace('"rounds":3', '"rounds":1')}\nEnd\n`;
}

test('the same cards once more: the result is kept, sent on as a link, and set beside the others', async ({
	player,
}) => {
	const ada = await player('Ada', { viewport: PHONE, touch: true });
	const { page } = ada;
	await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.clock.install();
	await openAs(page, oneRound(fileOf('israeli-whist-1')));
	await page.getByRole('button', { name: 'Play it yourself' }).click();
	await page.getByRole('button', { name: 'Play the same cards' }).click();
	await expect(page.getByRole('banner')).toContainText('The same cards');
	const heading = page.getByRole('heading', { name: /points? (more|less) than|Exactly as many/ });
	await playWhist([ada], async () => {
		// Bots think, and tricks lie, as long as among people.
		await page.clock.fastForward(1_500);
		return heading.isVisible();
	});
	const known = page.getByRole('region', { name: 'All who played this hand' });
	await expect(known.getByRole('row')).toHaveCount(3);
	await expect(known.getByRole('row', { name: /Ada you Club bots/ })).toBeVisible();
	await expect(known.getByRole('row', { name: /Player AQE people/ })).toBeVisible();
	await expectNoAxeFindings(page);
	await page.getByRole('button', { name: 'Copy a link with my result' }).click();
	await expect(page.getByRole('region', { name: 'Notices' }).getByText('Link copied')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	// Whoever has not played them sees nothing of how it went; this device has.
	const { page: friend } = await player('Ben');
	await friend.goto(link);
	await expect(friend.getByRole('button', { name: 'Deal the cards' })).toBeVisible();
	await expect(friend.getByRole('table')).toHaveCount(0);
	await page.goto('about:blank');
	await page.goto(link);
	await expect(page.getByRole('region', { name: 'The same cards as Ada' }).getByRole('row')).toHaveCount(3);
});
