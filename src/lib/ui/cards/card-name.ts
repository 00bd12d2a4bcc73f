/** A card in words, "Queen of hearts": what is read aloud, and what a button that plays it is called. */
import { RANKS, rankOf, suitOf, type CardId } from '../../cards/card.ts';
import type { TableMessages } from '../messages/table.en.ts';

export function cardName(words: TableMessages, card: CardId): string {
	return words.cards.card(RANKS[rankOf(card)] ?? '2', suitOf(card));
}
