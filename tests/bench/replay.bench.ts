/**
 * What a replay and a late joiner cost: a jump to any position of a whole game, and taking in its whole signed log
 * with the curves a browser has. The game is played by a real host: four players, ten rounds, a misplay now and
 * then, 435 events.
 */
import { seeded } from '../../src/lib/cards/seeded.ts';
import { uniform } from '../../src/lib/cards/shuffle.ts';
import { createReplay } from '../../src/lib/game/replay.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { nativeKeys } from '../../src/lib/room/keys.ts';
import { openLog } from '../../src/lib/room/open-log.ts';
import { sceneOf } from '../../src/lib/stats/scene.ts';
import { timelineOf } from '../../src/lib/stats/timeline.ts';
import { LogBook } from '../../src/lib/room/log-book.ts';
import type { Command } from '../../src/lib/game/table-types.ts';
import { openLoneHost, type LoneHost } from '../sim/lone-host.ts';
import { gameNamed } from '../sim/simulated-table.ts';

export const keys = ['engine.jump_ms_p95', 'engine.verify_ms', 'replay.open_ms', 'replay.scene_ms_p95'];

const EVENTS = 435;
const JUMPS = 4_000;
const VERIFICATIONS = 9;

async function playedTable(): Promise<LoneHost> {
	const table = await openLoneHost({ seed: 8, humans: 4 });
	await table.ask(0, { type: 'start_game' });
	// 391 events without a slip: the rest are slips, in the order of play.
	let slips = EVENTS - 391;
	while (table.host.state.stage !== 'finished') {
		const { length } = table.host.book;
		await table.playUntil(({ stage }) => stage === 'finished' || table.host.book.length >= length + 4);
		if (slips > 0 && (table.host.state.inner?.turn ?? null) !== null) {
			const waiting = (Number(table.host.state.inner?.turn) + 1) % 4;
			const outcome = await table.ask(waiting, { type: 'make_bid', bid: 0 } as Command);
			// One that came too soon after the last is not even counted.
			if (!outcome.ok && outcome.code !== 'rate_limited') slips--;
		}
	}
	if (table.host.book.length !== EVENTS) throw new Error(`a game of ${table.host.book.length} events`);
	return table;
}

function percentile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function jumps({ host }: LoneHost): number {
	const events = host.book.entries.map(({ event }) => event);
	const replay = createReplay(EL_DORADO, events);
	const source = seeded(1);
	const samples: number[] = [];
	for (let jump = 0; jump < 2 * JUMPS; jump++) {
		const count = 1 + uniform(source, events.length);
		const from = performance.now();
		const state = replay.at(count);
		const ms = performance.now() - from;
		if (state.seats.length !== 4) throw new Error('a position of the replay has its table');
		// The first half warms the compiler up.
		if (jump >= JUMPS) samples.push(ms);
	}
	return percentile(samples, 0.95);
}

/** The best of a few, because other programs only ever slow it down; each with keys that have seen no signature. */
async function verification({ host, gameId, players }: LoneHost): Promise<number> {
	const envelopes = host.book.envelopes();
	let best = Infinity;
	for (let run = 0; run < VERIFICATIONS; run++) {
		const book = new LogBook({
			keys: nativeKeys(),
			gameId,
			gameOf: gameNamed,
			acceptsFounder: (player) => player === players[0]?.player,
			openCards: (event) => Promise.resolve(event),
		});
		const from = performance.now();
		const { taken } = await book.receive(envelopes);
		best = Math.min(best, performance.now() - from);
		if (taken !== EVENTS) throw new Error(`${taken} of ${EVENTS} events verify`);
	}
	return best;
}

/** A stored log until it can be walked through, every hand open; then what a page draws of any position. */
async function replays({ host }: LoneHost): Promise<Record<string, number>> {
	const envelopes = host.book.envelopes();
	const opening: number[] = [];
	const drawing: number[] = [];
	for (let run = 0; run < VERIFICATIONS; run++) {
		const from = performance.now();
		const log = await readLog(envelopes, loadGame);
		if (log === null) throw new Error('a stored log can be read');
		const events = await openLog(log, nativeKeys());
		const walk = createReplay(log.game, events);
		const { stops } = timelineOf(events);
		opening.push(performance.now() - from);
		for (const at of stops) {
			const start = performance.now();
			const scene = sceneOf(log.game, walk.at(at), 'all');
			if (scene?.seats.length !== 4) throw new Error('a position has its seats');
			drawing.push(performance.now() - start);
		}
	}
	return {
		'replay.open_ms': Math.round(Math.min(...opening)),
		'replay.scene_ms_p95': percentile(drawing.slice(drawing.length / 2), 0.95),
	};
}

export default async function replay(): Promise<Record<string, number>> {
	const table = await playedTable();
	return {
		'engine.jump_ms_p95': jumps(table),
		'engine.verify_ms': await verification(table),
		...(await replays(table)),
	};
}
