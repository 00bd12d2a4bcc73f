/**
 * How fast the engine is on one thread: whole four-seat games by novice bots through decide and evolve, and the fold of
 * finished logs. Wall time, after a warm-up, best of a few runs, because other programs only ever slow it down.
 */
import { noviceCommand } from '../../src/lib/bots/el-dorado/novice.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { playGame, startOf } from '../../src/lib/games/el-dorado/testing.ts';
import type { ElDoradoEvent } from '../../src/lib/games/el-dorado/types.ts';

export const keys = ['engine.games_per_s', 'engine.fold_events_per_s'];

const SEATS = 4;
const RUNS = 5;
const RUN_MS = 500;
const LOGS = 100;

/** Work per second: `work` is repeated for a while and says how much it did each time. */
function bestRate(work: (round: number) => number): number {
	let best = 0;
	for (let run = 0; run <= RUNS; run += 1) {
		const from = performance.now();
		let done = 0;
		let round = 0;
		while (performance.now() - from < RUN_MS) done += work((round += 1));
		const rate = (done / (performance.now() - from)) * 1000;
		// The first run warms the compiler up.
		if (run > 0) best = Math.max(best, rate);
	}
	return best;
}

function logOf(seed: number): ElDoradoEvent[] {
	const events: ElDoradoEvent[] = [];
	playGame({ seed, seats: SEATS, onEvent: (event) => events.push(event) });
	return events;
}

export default async function engine(): Promise<Record<string, number>> {
	const games = bestRate((seed) => {
		playGame({ seed, seats: SEATS, move: noviceCommand });
		return 1;
	});
	const logs = Array.from({ length: LOGS }, (_, seed) => logOf(seed));
	const folded = bestRate((round) => {
		const log = logs[round % LOGS] ?? [];
		let state = startOf({ seed: round, seats: SEATS });
		for (const event of log) state = EL_DORADO.evolve(state, event);
		if (!state.over) throw new Error('a finished log folds to a finished game');
		return log.length;
	});
	return { 'engine.games_per_s': Math.round(games), 'engine.fold_events_per_s': Math.round(folded) };
}
