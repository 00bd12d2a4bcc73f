/** What follows from a state by itself: the second half of a decision whose first half is all that was kept. */
import { roundScores } from './scoring.ts';
import { isPlayedOut, isTrickFull, type ElDoradoState } from './state.ts';
import type { ElDoradoEvent } from './types.ts';

/** The trick to be taken or the round to be scored, or null when everything is settled. */
export function owed(state: ElDoradoState): ElDoradoEvent | null {
	const { winning, round } = state;
	if (isTrickFull(state) && winning !== null) {
		return { type: 'trick_taken', seat: winning.seat, card: winning.card };
	}
	return isPlayedOut(state) ? { type: 'round_scored', round, scores: roundScores(state, null) } : null;
}
