/** The order of arrival: totals as the view gives them, equal totals sharing a place. */
import type { ElDoradoView } from '../../games/el-dorado/types.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';

export interface Standing {
	readonly seat: SeatSnapshot;
	/** 1-based; equal totals have the same. */
	readonly place: number;
	readonly total: number;
	/** Rounds in which the seat took exactly its bid. */
	readonly made: number;
	/** Rounds in which it was dealt in. */
	readonly played: number;
}

export function standings(
	view: Pick<ElDoradoView, 'seats' | 'sheet'>,
	seats: readonly SeatSnapshot[],
): readonly Standing[] {
	const rows = seats.flatMap((seat) => {
		const rounds = view.sheet.filter((row) => (row.scores[seat.seat] ?? null) !== null);
		if (seat.kind === 'empty' && rounds.length === 0) return [];
		const made = rounds.filter((row) => row.bids[seat.seat] === row.tricks[seat.seat]).length;
		return [{ seat, total: view.seats[seat.seat]?.total ?? 0, made, played: rounds.length }];
	});
	return rows
		.map((row) => ({ ...row, place: 1 + rows.filter((other) => other.total > row.total).length }))
		.sort((a, b) => a.place - b.place || a.seat.seat - b.seat.seat);
}
