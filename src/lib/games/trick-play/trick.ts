/**
 * Who wins a trick: the highest trump, else the highest card of the led suit; of two identical cards (two decks)
 * the one played later (El Dorado 4.5, Israeli Whist 4.1).
 *
 *     winningPlay([{ seat: 0, card: QH }, { seat: 1, card: KH }], SPADES)  // seat 1's
 */
import { rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';

/** Trump suit of a game without one. */
export const NO_TRUMP = -1;

/**
 * Does a card played later take the trick from the best so far? The best is of the led suit or a trump, so a
 * card of another plain suit never does.
 */
export function beats(later: CardId, best: CardId, trump: number): boolean {
	const suit = suitIndexOf(later);
	return suit === suitIndexOf(best) ? rankOf(later) >= rankOf(best) : suit === trump;
}

/** The play that wins among these, in order of play; null when nothing is played. */
export function winningPlay<P extends { readonly card: CardId }>(
	plays: readonly P[],
	trump: number,
): P | null {
	let best: P | null = null;
	for (const play of plays) if (best === null || beats(play.card, best.card, trump)) best = play;
	return best;
}
