/**
 * Losing the host in real browsers, over and over in one game; two minutes in all.
 *
 * - `room.takeover_ms_p50`, `_p95`: the host's page is killed in mid-trick while another is to play, and that one plays
 *   at once: from the kill until a third page shows the card. Five seconds of it are the heartbeat's: a page that is
 *   killed says no goodbye.
 */
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import type { Player } from '../e2e/fixtures.ts';
import { openPerson } from '../e2e/person.ts';
import {
	asked,
	crash,
	playTurn,
	playUntil,
	startedTable,
	statusNow,
	strip,
	trickOf,
} from '../e2e/table-driver.ts';
import { quantile } from './quantile.ts';

const KILLS = 16;
const SEEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 20;

export const keys: readonly string[] = ['room.takeover_ms_p50', 'room.takeover_ms_p95'];

export default async function measure(): Promise<Record<string, number>> {
	const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
	try {
		const names = ['Noa', 'Dan', 'Yael'] as const;
		const [noa, ...guests] = await Promise.all(names.map((name) => openPerson(browser, app.url, name)));
		if (noa === undefined) throw new Error('a table has a host');
		let people: Player[] = [noa, ...guests];
		const link = await startedTable([noa, ...guests], { seats: 3, grace: '10 seconds' });
		const delays: number[] = [];
		for (let host = 0; delays.length < KILLS; host = host === 0 ? 1 : 0) {
			delays.push(await killAndPlayOn(people, host));
			people = await Promise.all(people.map((one, seat) => (seat === host ? comeBack(one, link) : one)));
		}
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

/**
 * Kills the page of the host. Of three who are here the first of the other two takes over: the host is by turns the
 * first and the second.
 */
async function killAndPlayOn(people: readonly Player[], host: number): Promise<number> {
	const victim = people[host];
	const survivors = people.filter((_, seat) => seat !== host);
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
