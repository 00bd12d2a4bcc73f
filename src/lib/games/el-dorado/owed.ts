/** What follows from a state by itself: the second half of a decision whose first half is all that was kept. */
import { roundScores } from './scoring.ts';
import { isPlayedOut, isTrickFull, type ElDoradoState } from './state.ts';
import type { SeatIndex } from '../../game/game.ts';
import { roundToOpen } from './keeping.ts';
import type { ElDoradoEvent } from './types.ts';

/**
 * The trick to be taken or the round to be scored, or null when everything is settled.
 * @param active seats at the table: a keeper's first round opens with them
 */
export function owed(state: ElDoradoState, active: readonly SeatIndex[]): ElDoradoEvent | null {
	// A keeper's tricks are scored when somebody says they are right, and the next round opens by itself (9.1).
	if (state.kept !== null) return roundToOpen(state, active);
	const { winning, round } = state;
	if (isTrickFull(state) && winning !== null) {
		return { type: 'trick_taken', seat: winning.seat, card: winning.card };
	}
	return isPlayedOut(state) ? { type: 'round_scored', round, scores: roundScores(state, null) } : null;
}
