/**
 * `npm run screenshots`: pictures of real games, in both themes, for looking at: El Dorado with people on a phone, a tablet
 * and a desktop at one table, Israeli Whist against bots, a score keeper, and the pages that look back. Five minutes.
 *
 *     npm run screenshots                  into test-results/screenshots
 *     npm run screenshots -- some/folder
 *     npm run screenshots -- --docs        those of the README as well, into docs/screenshots
 *     npm run screenshots -- --only whist --hebrew
 *     npm run screenshots -- --only back --hebrew     replays, history, statistics, who was met; `site`: a group, a player
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join as pathOf, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { createClient } from '@supabase/supabase-js';
import { WebSocket } from 'ws';
import { createSupabaseGroups } from '../../src/lib/archive/groups.ts';
import { claimOf, personNumbered, playGame, uploadOf, type Person } from '../db/games.ts';
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { parseNotation } from '../../src/lib/game/game-notation.ts';
import { createReplay } from '../../src/lib/game/replay.ts';
import { playerNumbered } from '../../src/lib/game/testing.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import { madeUpSummary } from '../../src/lib/stats/testing.ts';
import { RESULTS_KEY } from '../../src/lib/ui/side/has-results.ts';
import { resultsIn } from '../../src/lib/ui/side/known-results.ts';
import { fragmentOf } from '../../src/lib/ui/side/link-code.ts';
import { packGame } from '../../src/lib/ui/side/same-link.ts';
import { recordings } from '../golden/recordings.ts';
import { PHONE, settled, TABLET, type Player } from './fixtures.ts';
import { startArchiveSite, type ArchiveSite } from './archive-site.ts';
import { movedBack, putGames } from './own-games.ts';
import { openPerson } from './person.ts';
import {
	cardsOf,
	gameOver,
	isOver,
	join,
	openTable,
	playUntil,
	ready,
	roundOf,
	roundSummary,
	sit,
	start,
	statusNow,
	trickOf,
} from './table-driver.ts';
import { chooseWhist, playWhist } from './whist-driver.ts';

const project = resolve(import.meta.dirname, '../..');
const THEMES = ['light', 'dark'] as const;
/** Who has no others at the table: the page can begin anew at any moment. */
const ALONE = 'Noa alone';
/** A phone on its side. */
const LANDSCAPE = { width: 740, height: 360 };

interface Guest {
	readonly person: Player;
	/** As files call it. */
	readonly device: string;
}

const { values, positionals } = parseArgs({
	options: {
		docs: { type: 'boolean', default: false },
		/** The same in Hebrew beside it: at a table that one keeps or plays alone. */
		hebrew: { type: 'boolean', default: false },
		/** One of the scenes below. */
		only: { type: 'string' },
	},
	allowPositionals: true,
});
const folder = resolve(project, positionals[0] ?? 'test-results/screenshots');

async function picture({ person, device }: Guest, moment: string, fullPage = false): Promise<void> {
	const { page } = person;
	for (const colorScheme of THEMES) {
		await page.emulateMedia({ colorScheme });
		await settled(page);
		await page.screenshot({ path: pathOf(folder, `${moment}-${device}-${colorScheme}.png`), fullPage });
	}
	await page.emulateMedia({ colorScheme: null });
	if (values.hebrew && person.name === ALONE) await hebrewPicture({ person, device }, moment, fullPage);
}

/** In another language the page begins anew, and is where it was. */
async function hebrewPicture(
	{ person: { page }, device }: Guest,
	moment: string,
	fullPage: boolean,
): Promise<void> {
	const speak = async (language: 'he' | 'en'): Promise<void> => {
		await page.evaluate((code) => {
			const KEY = 'overtrick.settings';
			const settings: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
			localStorage.setItem(KEY, JSON.stringify({ ...Object(settings), language: code }));
		}, language);
		await page.reload();
		await page.locator('h1').first().waitFor();
		await page.locator('.skeleton').first().waitFor({ state: 'hidden' });
		await settled(page);
	};
	await speak('he');
	await page.screenshot({ path: pathOf(folder, `${moment}-${device}-he.png`), fullPage });
	await speak('en');
}

/** The two that stand in the README. As JPEG: the soft light on the table makes a PNG of 400 kB. */
async function forDocs({ person, device }: Guest): Promise<void> {
	if (!values.docs || device === 'tablet') return;
	const { page } = person;
	const path = pathOf(project, 'docs/screenshots', device === 'phone' ? 'table-phone.jpg' : 'table.jpg');
	await page.emulateMedia({ colorScheme: device === 'phone' ? 'light' : 'dark' });
	await settled(page);
	await page.screenshot({ path, type: 'jpeg', quality: 88 });
	await page.emulateMedia({ colorScheme: null });
}

async function play(guests: readonly Guest[]): Promise<void> {
	const people = guests.map(({ person }) => person);
	const [host, ...others] = people;
	if (host === undefined) return;
	const link = await openTable(host, { seats: 5 });
	for (const other of others) await join(other, link);
	for (const other of others) await sit(other);
	for (const other of others.slice(0, 1)) await ready(other);
	await host.page.getByRole('button', { name: 'Add bot' }).first().click();
	for (const guest of guests) await picture(guest, 'lobby');
	await host.page.getByRole('button', { name: 'Fill with bots' }).click();
	await host.page.getByText('5 of 5 taken').waitFor();
	for (const other of others.slice(1)) await ready(other);
	await start(host);

	for (const guest of guests) {
		const { page } = guest.person;
		await playUntil(people, async () => (await statusNow(page)) === 'Your bid');
		await picture(guest, 'bidding');
	}
	await playUntil(people, async () => (await roundOf(host.page)) === 3);
	for (const guest of guests) {
		await playUntil(people, () => isFullTrick(guest.person));
		await picture(guest, 'trick');
		await forDocs(guest);
	}
	// A round rests for two and a half seconds: one device a round.
	for (const guest of guests) {
		await playUntil(people, async () => !(await roundSummary(guest.person.page).isVisible()));
		await playUntil(people, () => roundSummary(guest.person.page).isVisible());
		await picture(guest, 'round-end');
	}
	await playUntil(people, () => isOver(host.page));
	for (const guest of guests) {
		await gameOver(guest.person.page).waitFor();
		await picture(guest, 'game-end');
	}
}

/** A short game against bots: each thing a page asks, once, and the end. */
async function playWhistAlone(guest: Guest): Promise<void> {
	const { person } = guest;
	const { page } = person;
	await page.goto('/solo');
	await chooseWhist(page, '3 rounds');
	await picture(guest, 'whist-solo');
	// In Hebrew the page began anew, and with it the choice.
	await chooseWhist(page, '3 rounds');
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	const seen = new Set<string>();
	const look = async (moment: string): Promise<void> => {
		if (seen.has(moment)) return;
		seen.add(moment);
		await picture(guest, `whist-${moment}`);
	};
	const before = (_: Player, asked: string): Promise<void> => look(asked);
	// Passes until there was a frisch, or a bot has bid.
	const habits = { before, passes: () => !seen.has('pass') };
	await playWhist([person], () => isFullTrick(person), habits);
	await look('trick');
	await playWhist([person], () => isOver(page), habits);
	await look('end');
}

const NAMES = ['Noa', 'Dan', 'Ruth', 'Gil'] as const;

async function setUpKeeper({ person: { page } }: Guest, game: string): Promise<void> {
	await page.goto('/keeper');
	await page.getByRole('group', { name: 'Game' }).getByRole('radio', { name: game }).check({ force: true });
	await page.getByRole('radio', { name: 'One phone' }).check({ force: true });
	for (const [place, name] of NAMES.entries())
		await page.getByRole('textbox', { name: `Name of player ${place + 1}`, exact: true }).fill(name);
}

/** One phone for the table: a round of bids and tricks, as the admin enters them. */
async function keepElDorado(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const enter = async (numbers: readonly number[]): Promise<void> => {
		for (const number of numbers)
			await page
				.locator('.panel')
				.getByRole('button', { name: String(number), exact: true })
				.click();
	};
	await setUpKeeper(guest, 'El Dorado');
	await picture(guest, 'keeper-line-up');
	// Another language began the page anew.
	if (values.hebrew) await setUpKeeper(guest, 'El Dorado');
	await page.getByRole('button', { name: 'Begin' }).click();
	await enter([2, 3, 4]);
	await picture(guest, 'keeper-bids');
	await enter([2, 2, 3, 4]);
	await picture(guest, 'keeper-tricks');
}

/** One phone for the table: a frisch, a round as it is spoken, two that are entered at once, and the end. */
async function keepWhist(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
	const pass = async (times: number): Promise<void> => {
		for (let passed = 0; passed < times; passed++) await button('Pass').click();
	};
	await setUpKeeper(guest, 'Israeli Whist');
	await page.getByLabel('First dealer').selectOption('The first seat', { force: true });
	await button('Begin').click();
	await pass(4);
	await button('Tricks: more').click();
	await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
	await picture(guest, 'keeper-whist-auction');
	if (values.hebrew) {
		await button('Tricks: more').click();
		await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
	}
	await button('Call').click();
	await pass(3);
	for (const contract of [7, 0, 4])
		await page
			.locator('.panel')
			.getByRole('button', { name: String(contract), exact: true })
			.click();
	await page.locator('.panel').getByRole('button', { name: '2', exact: true }).click({ force: true });
	await picture(guest, 'keeper-whist-contracts');
	await page.locator('.panel').getByRole('button', { name: '5', exact: true }).click();
	await take([3, 7, 1, 2], 1);
	await picture(guest, 'keeper-whist-tricks');
	await button(/^My trick/).click();
	await button('Score the round').click();
	for (const [contracts, tricks] of [
		[
			[2, 6, 0, 4],
			[3, 6, 0, 4],
		],
		[
			[0, 6, 5, 0],
			[2, 6, 5, 0],
		],
	] as const) {
		await button('Quick entry').click();
		const entry = page.getByRole('dialog', { name: 'Quick entry' });
		await entry.getByRole('radio', { name: 'Dan' }).check({ force: true });
		for (const [seat, said] of contracts.entries())
			for (let more = 0; more < said; more++)
				await entry.getByRole('button', { name: `${NAMES[seat]}, Contract: more` }).click();
		if (tricks[0] === 2) await picture(guest, 'keeper-whist-quick');
		if (values.hebrew && tricks[0] === 2) break;
		await entry.getByRole('button', { name: 'Enter', exact: true }).click();
		await take(tricks, 0);
		await button('Score the round').click();
	}
	await picture(guest, 'keeper-whist-between');
	if (guest.device === 'phone') {
		await page.setViewportSize(LANDSCAPE);
		await picture(guest, 'keeper-whist-landscape');
		await page.setViewportSize(PHONE);
	}
	await button('Menu').click();
	await picture(guest, 'keeper-whist-menu');
	await page.reload();
	await button('Menu').click();
	await button('Share the score').click();
	const image = page.getByRole('dialog').getByRole('img');
	await picture(guest, 'keeper-whist-share');
	if (!values.hebrew) {
		const png = await image.evaluate(async (one) => {
			const bytes = await (await fetch((one as HTMLImageElement).src)).arrayBuffer();
			return Array.from(new Uint8Array(bytes));
		});
		await writeFile(pathOf(folder, `share-${guest.device}.png`), Uint8Array.from(png));
	}
	await page.reload();
	await button('Menu').click();
	await button('End the game\u2026').click();
	await button('End it').click();
	await page.getByRole('heading', { name: /wins|share the win/ }).waitFor();
	await picture(guest, 'keeper-whist-end');

	async function take(tricks: readonly number[], kept: number): Promise<void> {
		for (const [seat, count] of tricks.entries())
			for (let took = seat === 0 ? kept : 0; took < count; took++)
				await (seat === 0 ? button(/^My trick/) : button(new RegExp(`^Trick for ${NAMES[seat]}`))).click();
	}
}

/** Names instead of numbers, for those who made-up games are played with. */
const MET = ['Dan', 'Ruth', 'Gil', 'Yael', 'Omer', 'Tamar', 'Ben', 'Ella', 'Amos'];
function named(summary: GameSummary): GameSummary {
	const players = summary.players.map((line) => {
		const number = Number(line.face.name.replace(/\D/g, ''));
		const name = number === 1 ? ALONE : (MET[number - 2] ?? 'Shira');
		return { ...line, face: { name, color: number % 10, avatar: number * 7 } };
	});
	return { ...summary, players };
}

/** Pages that look back, over games that were recorded and games that are made up. */
async function lookBack(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const made = Array.from({ length: 60 }, (_, seed) => named(madeUpSummary(seed)));
	const recorded = ['el-dorado-taken-over', 'el-dorado-ten-absent', 'israeli-whist-keeper'].map(fileOf);
	await putGames(page, movedBack(made, Date.now()), []);
	await page.goto('/history');
	await page.getByRole('list', { name: 'Your games' }).waitFor();
	await picture(guest, 'history');
	await page.goto('/stats');
	await page.locator('dl dd').first().waitFor();
	await picture(guest, 'stats', true);
	await page.goto(`/player/${playerNumbered(2)}`);
	await page.locator('dl dd').first().waitFor();
	await picture(guest, 'met', true);
	for (const [at, text] of recorded.entries()) {
		await page.goto('/replay');
		await bringFile(page, text);
		await page.getByRole('button', { name: 'Save and share' }).click();
		await page.getByRole('button', { name: 'Keep in history' }).click();
		await page.getByText('in your history now').first().waitFor();
		const { game, events } = JSON.parse(text) as { readonly game: string; readonly events: unknown[] };
		await page.goto(`/replay/${game}?at=${Math.round(events.length * (at === 2 ? 0.5 : 0.62))}`);
		await page.getByRole('slider').waitFor();
		await page.getByRole('region', { name: 'Rounds' }).waitFor();
		await picture(guest, `replay-${at + 1}`);
		if (at !== 1) await picture(guest, `replay-${at + 1}-whole`, true);
	}
	await sameCards(guest);
}

/** A friend's link of cards that were played here already: who has done how. */
async function sameCards(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const text = fileOf('el-dorado-of-4');
	const read = await parseNotation(text, loadGame);
	const code = await packGame(text);
	if (!read.ok || code === null) throw new Error('a recorded game fits into a link');
	const { game, events } = read;
	const [first] = resultsIn({ game, events, replay: createReplay(game, events) }, () => false);
	if (first === undefined) throw new Error('somebody has played it');
	const others = [ALONE, 'Dan', 'Ruth'].map((name, at) => ({
		...first,
		face: { name, color: at * 3, avatar: at + 5 },
		isYou: at === 0,
		level: 'club' as const,
		total: [41, 17, -23][at] ?? 0,
		scores: first.scores.with(0, at),
	}));
	await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
		RESULTS_KEY,
		JSON.stringify(others),
	] as const);
	await page.goto(`/replay${fragmentOf(code)}`);
	await page.getByRole('table').waitFor();
	await picture(guest, 'same-cards');
}

const GAMES_OF_GROUP = 8;

/** Somebody with an account, whose device is not there to be looked at. */
async function visitor({ api, anonKey }: ArchiveSite, person: Person) {
	const client = createClient(api, anonKey, {
		auth: { persistSession: false, autoRefreshToken: false },
		// Node 20 has none of its own, and createClient wants one.
		realtime: { transport: WebSocket as never },
	});
	const { data } = await client.auth.signInAnonymously();
	const profile = { display_name: person.name, color: person.name.length };
	const player = (await client.rpc('save_profile', { profile }).throwOnError()).data as string;
	await client.rpc('claim_key', claimOf(person, data.user?.id ?? '')).throwOnError();
	return { client, player };
}

/** A site with an archive: the page of a group that plays regularly, and of one of its members. */
async function onSite(site: ArchiveSite, guest: Guest, first: number): Promise<void> {
	const { page } = guest.person;
	const people = ['Dan', 'Ruth', 'Gil'].map((name, at) => personNumbered(first + at, name));
	const [dan, ruth, gil] = await Promise.all(people.map((person) => visitor(site, person)));
	if (dan === undefined || ruth === undefined || gil === undefined) throw new Error('three have come');
	const groups = createSupabaseGroups(dan.client, () => Promise.resolve());
	const group = await groups.create('Thursday cards');
	await groups.change(group, { description: 'At eight, at Noa\u2019s. Bring something to drink.' });
	const code = await groups.invite(group, { uses: 5, hours: 24 });
	for (const { client } of [ruth, gil])
		await createSupabaseGroups(client, () => Promise.resolve()).join(code);
	for (let at = 0; at < GAMES_OF_GROUP; at += 1) {
		const variant = at % 3 === 0 ? 'israeli_whist' : 'el_dorado';
		const game = playGame({ seed: first + at, people, variant, bots: 1 });
		const upload = uploadOf(game, { group_id: group });
		const { data } = await dan.client.rpc('archive_game', { game: upload }).throwOnError();
		const { log_hash: hash } = data as { readonly log_hash: string };
		for (const { client } of [ruth, gil])
			await client.rpc('confirm_game', { game_id: game.id, log_hash: hash }).throwOnError();
	}
	await page.goto(`/groups/join#${code}`);
	await page.getByRole('button', { name: 'Join the group' }).click();
	await page.getByRole('heading', { name: 'Thursday cards', level: 1 }).waitFor();
	await page.locator('.skeleton').first().waitFor({ state: 'hidden' });
	await picture(guest, 'group', true);
	await page.goto(`/player/${dan.player}`);
	await page.locator('dl dd').first().waitFor();
	await picture(guest, 'player', true);
	await page.goto('/leaderboard');
	await page.getByRole('table').waitFor();
	await picture(guest, 'leaderboard');
}

function fileOf(name: string): string {
	const recording = recordings().find((one) => one.name === name);
	if (recording === undefined) throw new Error(`no game is called ${name}`);
	return recording.text;
}
async function bringFile(page: Page, text: string): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({
		name: 'game.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text),
	});
	await page.getByRole('slider').waitFor();
}

/** A choice to make with most cards on the table; with all five it would be a trick that rests. */
async function isFullTrick({ page }: Player): Promise<boolean> {
	const played = (await trickOf(page)).length;
	if (played < 3 || played > 4 || (await statusNow(page)) !== 'Your turn') return false;
	return (await cardsOf(page)).length >= 4;
}

const DEVICES = ['phone', 'desktop'] as const;
function looksOf(device: (typeof DEVICES)[number]) {
	return device === 'phone' ? { viewport: PHONE, touch: true } : { viewport: { width: 1280, height: 800 } };
}

await mkdir(folder, { recursive: true });
if (values.docs) await mkdir(pathOf(project, 'docs/screenshots'), { recursive: true });
const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
try {
	const { only } = values;
	if (only === undefined || only === 'people')
		await play([
			{ person: await openPerson(browser, app.url, 'Noa', { color: 0, avatar: 3 }), device: 'desktop' },
			{
				person: await openPerson(browser, app.url, 'Dan', {
					viewport: PHONE,
					touch: true,
					color: 5,
					avatar: 8,
				}),
				device: 'phone',
			},
			{
				person: await openPerson(browser, app.url, 'Yael', {
					viewport: TABLET,
					touch: true,
					color: 2,
					avatar: 21,
				}),
				device: 'tablet',
			},
		]);
	for (const device of DEVICES) {
		const person = await openPerson(browser, app.url, ALONE, { ...looksOf(device), color: 0, avatar: 3 });
		const guest = { person, device };
		if (only === undefined || only === 'whist') await playWhistAlone(guest);
		if (only === undefined || only === 'keeper') {
			await keepElDorado(guest);
			await keepWhist(guest);
		}
		if (only === undefined || only === 'back') await lookBack(guest);
		await person.close();
	}
	if (only === undefined || only === 'site') {
		const site = await startArchiveSite();
		for (const [at, device] of DEVICES.entries()) {
			const person = await openPerson(browser, site.url, ALONE, { ...looksOf(device), color: 0, avatar: 3 });
			await onSite(site, { person, device }, 1_000 * (at + 1));
			await person.close();
		}
		await site.close();
	}
	console.log(folder);
} finally {
	await browser.close();
	await app.close();
}
