/**
 * Games in a page's own database that nobody has played there: for benches and pictures of pages that look back.
 *
 *     await putGames(page, movedBack(summaries, Date.now()), []);
 */
import type { Page } from '@playwright/test';
import { createKeys } from '../../src/lib/room/keys.ts';
import { gameCardOf } from '../../src/lib/stats/summary-parse.ts';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import { ME } from '../../src/lib/stats/testing.ts';

/** Rows that go to the browser in one message. */
const CHUNK = 500;

interface Row {
	readonly game: string;
	readonly newest: number;
	readonly card: string;
	readonly summary: string;
}
interface EventRow {
	readonly game: string;
	readonly index: number;
	readonly bytes: readonly number[];
}
interface Log {
	readonly game: string;
	readonly envelopes: readonly Uint8Array[];
}

/** The same games, the newest of which ended then: made-up ones end in years to come. @param end ms since 1970 */
export function movedBack(summaries: readonly GameSummary[], end: number): readonly GameSummary[] {
	const back = Math.max(...summaries.map(({ endedAt }) => endedAt)) - end;
	return summaries.map((one) => ({
		...one,
		startedAt: one.startedAt - back,
		endedAt: one.endedAt - back,
	}));
}

/** Puts games on the shelf of the page's own database; those of `ME` become those of who looks. */
export async function putGames(
	page: Page,
	summaries: readonly GameSummary[],
	logs: readonly Log[],
): Promise<void> {
	await page.goto('/history');
	await page.getByText('No games yet').waitFor();
	const me = await ownPlayer(page);
	const rows = summaries.map((one): Row => ({
		game: one.game,
		newest: -one.endedAt,
		card: JSON.stringify(gameCardOf(one)).replaceAll(ME, me),
		summary: JSON.stringify(one).replaceAll(ME, me),
	}));
	for (let from = 0; from < rows.length; from += CHUNK) await put(page, rows.slice(from, from + CHUNK), []);
	for (const { game, envelopes } of logs) {
		const events = envelopes.map((bytes, index) => ({ game, index, bytes: [...bytes] }));
		await put(page, [], events);
	}
}

async function put(page: Page, rows: readonly Row[], events: readonly EventRow[]): Promise<void> {
	await page.evaluate(
		([games, logs]) =>
			new Promise<void>((done, fail) => {
				const request = indexedDB.open('overtrick');
				request.onerror = fail;
				request.onsuccess = () => {
					const database = request.result;
					const work = database.transaction(['games', 'summaries', 'events'], 'readwrite');
					for (const { game, newest, card, summary } of games) {
						work.objectStore('games').put({ game, newest, card });
						work.objectStore('summaries').put({ game, summary });
					}
					for (const { game, index, bytes } of logs)
						work.objectStore('events').put({ game, index, envelope: Uint8Array.from(bytes) });
					work.onerror = fail;
					work.oncomplete = () => {
						database.close();
						done();
					};
				};
			}),
		[rows, events] as const,
	);
}

/** The key that the page's statistics are counted for, from the seeds it has made. */
async function ownPlayer(page: Page): Promise<string> {
	const seeds = await page.evaluate(
		() =>
			new Promise<{ sign: number[]; box: number[] }>((done, fail) => {
				const request = indexedDB.open('overtrick');
				request.onerror = fail;
				request.onsuccess = () => {
					const database = request.result;
					const all = database.transaction('identity').objectStore('identity').getAll();
					all.onsuccess = () => {
						const [own] = all.result as { sign: Uint8Array; box: Uint8Array }[];
						database.close();
						done({ sign: [...(own?.sign ?? [])], box: [...(own?.box ?? [])] });
					};
				};
			}),
	);
	const keys = await createKeys();
	return (await keys.identity({ sign: Uint8Array.from(seeds.sign), box: Uint8Array.from(seeds.box) })).player;
}
