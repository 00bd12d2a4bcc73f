import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import { summarizeGame } from './game-summary.ts';
import { gameCardOf, parseGameCard, parseSummary } from './summary-parse.ts';
import { madeUpSummary, playedTable, timed } from './testing.ts';

const real = [
	summarizeGame(EL_DORADO, timed(playedTable('el_dorado', 3).events)),
	summarizeGame(ISRAELI_WHIST, timed(playedTable('israeli_whist', 3).events)),
];

/** Every place in a value where another could stand. */
function* places(
	value: unknown,
	path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
	yield path;
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) yield* places(inner, [...path, key]);
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
	if (key === undefined) return by;
	const copy = structuredClone(value) as Record<string, unknown>;
	copy[key] = replaced(copy[key], rest, by);
	return copy;
}

describe('a stored summary', () => {
	it('comes back as it was, from its JSON', () => {
		for (const summary of [...real, madeUpSummary(1)]) {
			expect(parseSummary(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
			const card = gameCardOf(summary);
			expect(parseGameCard(JSON.parse(JSON.stringify(card)))).toEqual(card);
		}
	});

	it('is refused with anything foreign in any place of it', () => {
		const [summary] = real;
		for (const path of places(summary)) {
			expect(parseSummary(replaced(summary, path, { foreign: true })), path.join('.')).toBeNull();
			expect(parseSummary(replaced(summary, path, 0.5)), path.join('.')).toBeNull();
		}
	});

	it('is refused with a time that no calendar has, as is its card', () => {
		const summary = madeUpSummary(1);
		for (const time of ['startedAt', 'endedAt']) {
			expect(parseSummary({ ...summary, [time]: 9e15 })).toBeNull();
			expect(parseGameCard({ ...gameCardOf(summary), [time]: 9e15 })).toBeNull();
		}
	});

	it('is refused when its dealer has no seat: who counts round the table from there never ends', () => {
		const summary = madeUpSummary(1);
		const rounds = summary.rounds.map((round) => ({ ...round, dealer: 7 }));
		expect(parseSummary({ ...summary, rounds })).toBeNull();
	});
});
