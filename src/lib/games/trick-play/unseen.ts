/** What a peer can say of a card that comes from a hand it has never seen. */
import type { CardId } from '../../cards/card.ts';
import { parseCardId } from '../../cards/card.ts';
import { isInDecks } from '../../cards/deck.ts';
import type { Hand } from '../../game/game.ts';

interface PlayedCards {
	readonly plays: readonly { readonly card: CardId }[];
}
export interface Seen {
	readonly decks: number;
	readonly trick: readonly { readonly card: CardId }[];
	readonly tricks: readonly PlayedCards[];
	/** By seat; null where it is not known. */
	readonly hands: readonly (Hand | null)[];
}

/** Why the card cannot come from an unseen hand, or null. */
export function unseenFault({ decks, trick, tricks, hands }: Seen, card: CardId): string | null {
	if (parseCardId(card) === null || !isInDecks(card, decks)) return 'not in the deck';
	const isPlayed =
		trick.some((play) => play.card === card) ||
		tricks.some(({ plays }) => plays.some((play) => play.card === card));
	if (isPlayed) return 'played before';
	return hands.some((hand) => hand?.includes(card)) ? 'in the hand of another seat' : null;
}
