/** The calls of an auction as a table: a column a player, beginning with who spoke first (Israeli Whist 2.1). */
import type { Call } from '../../../games/israeli-whist/types.ts';
import { SEAT_COUNT } from '../../../games/israeli-whist/types.ts';

/**
 * Rows of four, each call in the column of its seat; null where a seat has not spoken, or is passed over because its
 * pass was final.
 */
export function auctionRows(calls: readonly Call[], dealer: number): readonly (readonly (Call | null)[])[] {
	const rows: (Call | null)[][] = [];
	let last = SEAT_COUNT;
	for (const call of calls) {
		const column = (call.seat - dealer - 1 + 2 * SEAT_COUNT) % SEAT_COUNT;
		if (column <= last || rows.length === 0) rows.push(Array.from({ length: SEAT_COUNT }, () => null));
		const row = rows.at(-1);
		if (row !== undefined) row[column] = call;
		last = column;
	}
	return rows;
}
