/**
 * Any point of a game, from its events. `fold` gives the end; `createReplay` keeps a state every few events and
 * folds at most that many to reach any other, so a scrubber can jump anywhere at once.
 */
import { InvariantError } from './assert.ts';
import type { Game } from './game.ts';
import { tableOf } from './table.ts';
import type { LogEvent, TableState } from './table-types.ts';

/** States kept: one every 32 events is 14 for a whole game, and at most 31 events are folded for a jump. */
const CHECKPOINT_EVERY = 32;

/** The state after all events. Throws an InvariantError naming the index of the first that does not fit. */
export function fold(game: Game, events: readonly LogEvent[]): TableState {
	return foldFrom(game, null, events, 0, events.length);
}

function foldFrom(
	game: Game,
	start: TableState | null,
	events: readonly LogEvent[],
	from: number,
	to: number,
): TableState {
	const { evolve } = tableOf(game);
	let state = start;
	for (let index = from; index < to; index++) {
		const event = events[index];
		if (event === undefined) throw new InvariantError(`event ${index} is missing`);
		try {
			state = evolve(state, event);
		} catch (error) {
			throw new InvariantError(`event ${index} (${event.type}) does not fit: ${String(error)}`, {
				cause: error,
			});
		}
	}
	if (state === null) throw new InvariantError('an empty log has no state');
	return state;
}

export interface Replay {
	readonly length: number;
	/** The state after `count` events, 1 .. length. */
	at(count: number): TableState;
}

export function createReplay(game: Game, events: readonly LogEvent[]): Replay {
	const checkpoints: TableState[] = [];
	for (let to = CHECKPOINT_EVERY; to <= events.length; to += CHECKPOINT_EVERY) {
		checkpoints.push(foldFrom(game, checkpoints.at(-1) ?? null, events, to - CHECKPOINT_EVERY, to));
	}
	return {
		length: events.length,
		at(count) {
			if (!Number.isInteger(count) || count < 1 || count > events.length) {
				throw new RangeError(`a position is 1 .. ${events.length}, not ${count}`);
			}
			const kept = Math.floor(count / CHECKPOINT_EVERY);
			return foldFrom(game, checkpoints[kept - 1] ?? null, events, kept * CHECKPOINT_EVERY, count);
		},
	};
}
