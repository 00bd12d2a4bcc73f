/**
 * Which three cards a club player passes on (Israeli Whist 2.4): those that are worth least to the suit it hopes to
 * name, low cards of short suits first, so that it may ruff; never an honour of the suit it keeps.
 */
import { SUITS, rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { FRISCH_CARDS } from '../../games/israeli-whist/types.ts';

/** Worth of a card by rank, two .. ace, in tricks. */
const RANK_WORTH = [0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.4, 0.7, 1] as const;
/** A card of the suit that is to be trump, for its length alone. */
const LENGTH_WORTH = 0.6;
/** Each card of a plain suit costs a ruff: the fewer there are, the nearer the void. */
const CROWD_COST = 0.05;

/** @param hand at least three cards */
export function cardsToPass(hand: readonly CardId[]): CardId[] {
	const long = bestSuit(hand);
	const lengths = SUITS.map((_, suit) => hand.filter((card) => suitIndexOf(card) === suit).length);
	const worth = (card: CardId): number => {
		const suit = suitIndexOf(card);
		const rank = RANK_WORTH[rankOf(card)] ?? 0;
		return suit === long ? LENGTH_WORTH + rank : rank + CROWD_COST * (lengths[suit] ?? 0);
	};
	return hand
		.toSorted((a, b) => worth(a) - worth(b) || rankOf(a) - rankOf(b) || a - b)
		.slice(0, FRISCH_CARDS);
}

/** The suit with the most length and honours, a higher one of equals. */
function bestSuit(hand: readonly CardId[]): number {
	const strength = SUITS.map((_, suit) =>
		hand
			.filter((card) => suitIndexOf(card) === suit)
			.reduce((sum, card) => sum + 1 + (RANK_WORTH[rankOf(card)] ?? 0), 0),
	);
	return strength.lastIndexOf(Math.max(...strength));
}
