/**
 * What a keeper's table adds to any score sheet: points given by hand, and totals that follow when a row before
 * them changes (Israeli Whist 5.5, El Dorado 9.5).
 */
import type { SeatIndex } from '../../game/game.ts';

/** By whom and when something was entered or changed. */
export interface Made {
	/** Round it was done in or to, 1-based. */
	readonly round: number;
	/** The seat of the admin who did it; null for one who keeps the score without sitting at the table. */
	readonly by: SeatIndex | null;
	/** Host's clock, ms since 1970. */
	readonly at: number;
}

/** Points by hand, counted from the row of `round` on; 0 for before the first. */
export interface Adjustment {
	readonly round: number;
	readonly seat: SeatIndex;
	readonly points: number;
	readonly by: SeatIndex | null;
	readonly at: number;
}

/** A fine or a gift beyond this is a slip of the finger. */
export const MAX_ADJUSTMENT = 1_000;

interface Scored {
	readonly round: number;
	readonly scores: readonly (number | null)[];
	readonly totals: readonly number[];
}

/** The same rows, each with its totals added up anew from the scores and adjustments up to it. */
export function withTotals<Row extends Scored>(
	rows: readonly Row[],
	adjustments: readonly Adjustment[],
	seats: number,
): Row[] {
	let totals = new Array<number>(seats).fill(0);
	let counted = -1;
	return rows.map((row) => {
		const from = counted;
		counted = row.round;
		const added = adjustments.filter(({ round }) => round > from && round <= row.round);
		totals = totals.map((total, seat) => total + (row.scores[seat] ?? 0) + sumFor(added, seat));
		return { ...row, totals };
	});
}

/** What stands now: the last row's totals, or before it what was given by hand. */
export function currentTotals(
	rows: readonly Scored[],
	adjustments: readonly Adjustment[],
	seats: number,
): readonly number[] {
	return rows.at(-1)?.totals ?? Array.from({ length: seats }, (_, seat) => sumFor(adjustments, seat));
}

function sumFor(adjustments: readonly Adjustment[], seat: number): number {
	return adjustments.reduce((sum, one) => (one.seat === seat ? sum + one.points : sum), 0);
}
