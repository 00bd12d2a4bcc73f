/** Points (El Dorado 5): by round, by seat, and who has won. */
import { assertNever } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import type { ElDoradoState } from './state.ts';
import type { ElDoradoOptions } from './types.ts';

export type Scoring = ElDoradoOptions['scoring'];

/** Points of one seat for one round (5.1, 5.3). */
export function pointsFor(scoring: Scoring, bid: number, tricks: number): number {
	const made = tricks === bid;
	switch (scoring) {
		case 'eldorado':
			return made ? 5 + bid : -(5 + bid);
		case 'ten-plus':
			return made ? 10 + bid : 0;
		case 'ten-minus':
			return made ? 10 + bid : -Math.abs(tricks - bid);
		default:
			return assertNever(scoring);
	}
}

/**
 * The scores of the round by seat, null for an absent one (6.3).
 * @param taker a seat whose last trick is not counted in the state yet
 */
export function roundScores(state: ElDoradoState, taker: SeatIndex | null): (number | null)[] {
	return state.seats.map(({ active, seat, bid, tricks }) =>
		active && bid !== null
			? pointsFor(state.options.scoring, bid, seat === taker ? tricks + 1 : tricks)
			: null,
	);
}

/** Seats with the highest total, negative or not (5.2). A seat that was never dealt in has not played. */
export function winnersOf(state: ElDoradoState): SeatIndex[] {
	const players = state.seats.filter(({ seat }) =>
		state.sheet.some((row) => (row.scores[seat] ?? null) !== null),
	);
	const best = Math.max(...players.map(({ total }) => total));
	return players.filter(({ total }) => total === best).map(({ seat }) => seat);
}
