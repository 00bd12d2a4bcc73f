/**
 * The score sheet as the screen shows it: ten rows whatever has been played, each cell what is known of it. Nothing
 * is computed that the view does not say; a running row has bids and tricks, a finished one scores and totals too.
 */
import type { CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';
import { ROUNDS, type ElDoradoView } from '../../games/el-dorado/types.ts';

export interface SheetCell {
	readonly bid: number | null;
	readonly tricks: number | null;
	/** Null while the round is played. */
	readonly score: number | null;
	/** Running total after the round; null while it is played. */
	readonly total: number | null;
}

export interface ShownRow {
	/** 1-based. */
	readonly round: number;
	readonly state: 'done' | 'running' | 'to_come';
	/** Null for a round that has not been dealt. */
	readonly cardsEach: number | null;
	readonly dealer: SeatIndex | null;
	readonly trumpCard: CardId | null;
	/** By seat; null for a seat that was not dealt in (El Dorado 6.3). */
	readonly cells: readonly (SheetCell | null)[];
}

export function sheetRows(view: ElDoradoView): readonly ShownRow[] {
	return Array.from({ length: ROUNDS }, (_, index) => rowOf(view, index));
}

function rowOf(view: ElDoradoView, index: number): ShownRow {
	const round = index + 1;
	const done = view.sheet[index];
	if (done !== undefined) {
		return {
			round,
			state: 'done',
			cardsEach: done.cardsEach,
			dealer: done.dealer,
			trumpCard: done.trumpCard,
			cells: done.scores.map((score, seat) =>
				score === null
					? null
					: {
							bid: done.bids[seat] ?? null,
							tricks: done.tricks[seat] ?? null,
							score,
							total: done.totals[seat] ?? null,
						},
			),
		};
	}
	if (round === view.round) {
		return {
			round,
			state: 'running',
			cardsEach: view.cardsEach,
			dealer: view.dealer,
			trumpCard: view.trumpCard,
			cells: view.seats.map((seat) =>
				seat.active ? { bid: seat.bid, tricks: seat.tricks, score: null, total: null } : null,
			),
		};
	}
	return { round, state: 'to_come', cardsEach: null, dealer: null, trumpCard: null, cells: [] };
}
