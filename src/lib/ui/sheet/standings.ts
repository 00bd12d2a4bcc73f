/** The order of arrival: totals as the view gives them, equal totals sharing a place. */
import type { SeatSnapshot } from '../../room/table-client.ts';

export interface Standing {
	readonly seat: SeatSnapshot;
	/** 1-based; equal totals have the same. */
	readonly place: number;
	readonly total: number;
	/** Rounds in which the seat took exactly what it had promised. */
	readonly made: number;
	/** Rounds in which it was dealt in. */
	readonly played: number;
}

/** A round as any sheet has it: by seat, null for one that was not dealt in. */
interface ScoredRound {
	readonly promised: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly scores: readonly (number | null)[];
}

/** @param totals by seat */
export function standings(
	totals: readonly number[],
	sheet: readonly ScoredRound[],
	seats: readonly SeatSnapshot[],
): readonly Standing[] {
	const rows = seats.flatMap((seat) => {
		const rounds = sheet.filter((row) => (row.scores[seat.seat] ?? null) !== null);
		if (seat.kind === 'empty' && rounds.length === 0) return [];
		const made = rounds.filter((row) => row.promised[seat.seat] === row.tricks[seat.seat]).length;
		return [{ seat, total: totals[seat.seat] ?? 0, made, played: rounds.length }];
	});
	return rows
		.map((row) => ({ ...row, place: 1 + rows.filter((other) => other.total > row.total).length }))
		.sort((a, b) => a.place - b.place || a.seat.seat - b.seat.seat);
}
