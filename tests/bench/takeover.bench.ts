/**
 * Losing the host in real browsers, over and over in one game; two minutes in all.
 *
 * - `room.takeover_ms_p50`, `_p95`: the host's page is killed in mid-trick while another is to play, and that one plays
 *   at once: from the kill until a third page shows the card. Five seconds of it are the heartbeat's: a page that is
 *   killed says no goodbye.
 */
import type { Browser } from '@playwright/test';
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import type { Player } from '../e2e/fixtures.ts';
import { openPerson } from '../e2e/person.ts';
import {
	asked,
	crash,
	playTurn,
	playUntil,
	roundOf,
	startedTable,
	statusNow,
	strip,
	trickOf,
} from '../e2e/table-driver.ts';
import { quantile } from './quantile.ts';

const GAMES = 2;
const ROUNDS = 8;
const SEEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 20;

export const keys: readonly string[] = ['room.takeover_ms_p50', 'room.takeover_ms_p95'];

export default async function measure(): Promise<Record<string, number>> {
	const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
	try {
		const delays: number[] = [];
		for (let game = 0; game < GAMES; game++) delays.push(...(await measureGame(browser, app.url)));
		console.error(`  ${delays.map((delay) => Math.round(delay)).join(' ')}`);
		return {
			'room.takeover_ms_p50': quantile(delays, 0.5),
			'room.takeover_ms_p95': quantile(delays, 0.95),
		};
	} finally {
		await browser.close();
		await app.close();
	}
}

/** One kill a round: the shares of its key are dealt out once, and a second loss in it would void it. */
async function measureGame(browser: Browser, url: string): Promise<number[]> {
	const noa = await openPerson(browser, url, 'Noa');
	const dan = await openPerson(browser, url, 'Dan');
	const yael = await openPerson(browser, url, 'Yael');
	const link = await startedTable([noa, dan, yael], { seats: 3, grace: '10 seconds' });
	let people: Player[] = [noa, dan, yael];
	const delays: number[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		// Of three who are here the first of the other two takes over: the host is by turns the first and the second.
		const host = (round - 1) % 2;
		await playUntil(people, async () => (await roundOf(yael.page)) === round);
		const victim = people[host] ?? noa;
		delays.push(await killAndPlayOn(victim, people));
		const back = await comeBack(victim, link);
		people = people.map((one) => (one === victim ? back : one));
	}
	for (const { context } of people) await context.close();
	return delays;
}

/** Kills the host's page while another is to play, who does so at once: until the third page shows the card, ms. */
async function killAndPlayOn(victim: Player, people: readonly Player[]): Promise<number> {
	const survivors = people.filter((player) => player !== victim);
	const toPlay = async (): Promise<Player | undefined> => {
		for (const player of survivors) if ((await asked(player)) === 'card') return player;
		return undefined;
	};
	await playUntil(people, async () => (await toPlay()) !== undefined);
	const mover = await toPlay();
	const watcher = survivors.find((player) => player !== mover);
	if (victim === undefined || mover === undefined || watcher === undefined)
		throw new Error('three at a table');
	const isShown = async () => (await trickOf(watcher.page)).some((card) => card.includes(mover.name));
	if (await isShown()) throw new Error('the card of who is to play is not on the table yet');
	await crash(victim);
	const killedAt = performance.now();
	await playTurn(mover);
	while (!(await isShown())) {
		if (performance.now() - killedAt > SEEN_WITHIN_MS) {
			const lines = survivors.map(async ({ name, page }) => `${name}: ${(await statusNow(page)) ?? ''}`);
			throw new Error(`nobody took over: ${(await Promise.all(lines)).join('; ')}`);
		}
		await watcher.page.waitForTimeout(LOOK_EVERY_MS);
	}
	return performance.now() - killedAt;
}

async function comeBack(player: Player, link: string): Promise<Player> {
	await player.page.close();
	const page = await player.context.newPage();
	await page.goto(link);
	await strip(page).waitFor();
	return { ...player, page };
}
