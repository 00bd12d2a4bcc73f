import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { InvariantError } from './assert.ts';
import { createReplay, fold } from './replay.ts';
import type { LogEvent } from './table-types.ts';
import { DANA, HOST, openTable } from './testing.ts';

/** A whole game of two humans and two bots. */
function wholeGame(): readonly LogEvent[] {
	const table = openTable({ game: EL_DORADO, seed: 5 });
	table.sit(DANA);
	table.addBot(2);
	table.addBot(3);
	table.take(HOST, { type: 'start_game' });
	table.playUntil(({ stage }) => stage === 'finished');
	return table.events;
}
const EVENTS = wholeGame();

describe('a replay', () => {
	it('shows at any position what folding the events up to there gives', () => {
		const replay = createReplay(EL_DORADO, EVENTS);
		expect(replay.length).toBe(EVENTS.length);
		expect(EVENTS.length).toBeGreaterThan(340);
		for (let count = 1; count <= EVENTS.length; count++) {
			expect(replay.at(count)).toEqual(fold(EL_DORADO, EVENTS.slice(0, count)));
		}
	});

	it('may be jumped through in any order', () => {
		const replay = createReplay(EL_DORADO, EVENTS);
		for (const count of [EVENTS.length, 1, 200, 32, 33, 31, 64, 199, 1]) {
			expect(replay.at(count)).toEqual(fold(EL_DORADO, EVENTS.slice(0, count)));
		}
	});

	it('of a log shorter than a step works as well', () => {
		const replay = createReplay(EL_DORADO, EVENTS.slice(0, 3));
		expect(replay.at(3)).toEqual(fold(EL_DORADO, EVENTS.slice(0, 3)));
		expect(() => createReplay(EL_DORADO, []).at(1)).toThrow(RangeError);
	});

	it.each([0, -1, 1.5, NaN, EVENTS.length + 1])('has no position %d', (count) => {
		expect(() => createReplay(EL_DORADO, EVENTS).at(count)).toThrow(RangeError);
	});
});

describe('a corrupt log', () => {
	it('says at which event it stops making sense', () => {
		for (const index of [0, 6, 31, 32, 100, EVENTS.length - 1]) {
			const without = EVENTS.toSpliced(index, 1);
			const twice = EVENTS.toSpliced(index, 0, EVENTS[index] as LogEvent);
			for (const events of index === EVENTS.length - 1 ? [twice] : [without, twice]) {
				const error = failure(() => fold(EL_DORADO, events));
				const at = Number(/^event (\d+)/.exec(error.message)?.[1]);
				expect(at).toBeGreaterThanOrEqual(index);
				// Everything before it folds, it does not.
				if (at > 0) expect(() => fold(EL_DORADO, events.slice(0, at))).not.toThrow();
				expect(() => fold(EL_DORADO, events.slice(0, at + 1))).toThrow(`event ${at} (`);
				expect(failure(() => createReplay(EL_DORADO, events).at(at + 1)).message).toBe(error.message);
			}
		}
	});

	it('that is empty has no state', () => {
		expect(failure(() => fold(EL_DORADO, [])).message).toBe('an empty log has no state');
	});

	function failure(run: () => unknown): InvariantError {
		try {
			run();
		} catch (error) {
			if (error instanceof InvariantError) return error;
		}
		throw new Error('it folds');
	}
});
