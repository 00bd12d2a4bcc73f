/** Two plays of the same seat beside each other: the record's, and the one that went another way. */
import type { SeatIndex } from '../../game/game.ts';
import type { TableState } from '../../game/table-types.ts';
import { readerOf } from '../../stats/readers.ts';
import type { ReadRound } from '../../stats/sheet-rounds.ts';
import type { Trump } from '../../stats/summary-types.ts';

/** One side's part in a round; null where it was not played to its end. */
export interface Part {
	readonly bid: number;
	readonly tricks: number;
	readonly score: number;
	readonly total: number;
}

export interface ComparedRound {
	readonly round: number;
	readonly trump: Trump | null;
	readonly record: Part | null;
	readonly yours: Part | null;
}

export interface Comparison {
	/** Rounds that can differ: from the one in which the ways part. */
	readonly rounds: readonly ComparedRound[];
	readonly record: { readonly total: number; readonly place: number };
	readonly yours: { readonly total: number; readonly place: number };
}

/** @param from the round in which the ways part, 1-based */
export function compare(record: TableState, yours: TableState, seat: SeatIndex, from: number): Comparison {
	const [then, now] = [roundsOf(record), roundsOf(yours)];
	const numbers = [...new Set([...then, ...now].map(({ round }) => round))].filter((round) => round >= from);
	const rounds = numbers
		.sort((a, b) => a - b)
		.map((round): ComparedRound => {
			const [before, here] = [then, now].map((rows) => rows.find((row) => row.round === round));
			return {
				round,
				trump: before?.trump ?? here?.trump ?? null,
				record: partOf(before, seat),
				yours: partOf(here, seat),
			};
		});
	return { rounds, record: standing(then, record, seat), yours: standing(now, yours, seat) };
}

function roundsOf({ inner }: TableState): readonly ReadRound[] {
	return inner === null ? [] : readerOf(inner).rounds;
}

function partOf(row: ReadRound | undefined, seat: SeatIndex): Part | null {
	const [bid, tricks, score, total] = [
		row?.bids[seat],
		row?.tricks[seat],
		row?.scores[seat],
		row?.totals[seat],
	];
	if (bid == null || tricks == null || score == null || total === undefined) return null;
	return { bid, tricks, score, total };
}

function standing(rows: readonly ReadRound[], { seats }: TableState, seat: SeatIndex): Comparison['record'] {
	const totals = rows.at(-1)?.totals ?? [];
	const total = totals[seat] ?? 0;
	const taken = totals.filter((_, index) => seats[index] !== undefined && seats[index].kind !== 'empty');
	return { total, place: 1 + taken.filter((other) => other > total).length };
}
