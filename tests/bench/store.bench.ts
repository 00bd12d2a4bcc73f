/**
 * The browser's archive with 5,000 games: how long the history page waits for its first games, worst of plain and
 * filtered, and the statistics page for its numbers. Once on IndexedDB in memory, whose copies cost more than a
 * browser's, and once in a real browser from the tap on a link; the worse of both counts. There the largest game is
 * opened as well.
 */
import 'fake-indexeddb/auto';
import { countGames } from '../../src/lib/archive/counting.ts';
import { createLocalArchive } from '../../src/lib/archive/local.ts';
import type { GameFilter } from '../../src/lib/archive/archive.ts';
import { gameCardOf } from '../../src/lib/stats/summary-parse.ts';
import { madeUpSummary, ME } from '../../src/lib/stats/testing.ts';
import { playerNumbered } from '../../src/lib/game/testing.ts';
import { createDexieShelf } from '../../src/lib/store/shelf.ts';
import { pageTimes } from './store-pages.ts';

export const keys = ['store.history_ms', 'store.stats_ms', 'store.replay_ms'];

const GAMES = 5_000;
const PAGE = 50;
const RUNS = 3;
/** As the page opens, and a filter that has to look at every game there is. */
const FILTERS: readonly GameFilter[] = [{}, { players: [playerNumbered(88)] }];

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	let best = Infinity;
	for (let run = 0; run < RUNS; run += 1) {
		const from = performance.now();
		await work();
		best = Math.min(best, performance.now() - from);
	}
	return Math.round(best);
}

export default async function store(): Promise<Record<string, number>> {
	const shelf = createDexieShelf('bench');
	const summaries = Array.from({ length: GAMES }, (_, seed) => madeUpSummary(seed));
	await shelf.put(summaries, summaries.map(gameCardOf));
	const archive = createLocalArchive(shelf);
	const pages: number[] = [];
	for (const filter of FILTERS) {
		pages.push(await timeOf(() => archive.games(filter, null, PAGE)));
		console.log(`${JSON.stringify(filter)}: ${String(pages.at(-1))} ms`);
	}
	const stats = await timeOf(async () => {
		const { report } = await countGames(archive, { own: { player: ME, others: [] }, filter: {} });
		const { gamesPlayed } = report.lifetime;
		if (gamesPlayed < GAMES / 2) throw new Error(`${gamesPlayed} games are counted`);
	});
	archive.close();
	console.log(`statistics: ${stats} ms`);
	const { historyMs, statsMs, replayMs } = await pageTimes(summaries);
	return {
		'store.history_ms': Math.max(...pages, historyMs),
		'store.stats_ms': Math.max(stats, statsMs),
		'store.replay_ms': replayMs,
	};
}
