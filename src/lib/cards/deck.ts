/**
 * Whole decks in one fixed order: the first deck 0..51, then the second 52..103 (El Dorado 1.2). Every shuffle
 * starts from this order, so the order is part of what a replayed deal depends on and never changes.
 */
import { CARDS_PER_DECK, MAX_DECKS, parseCardId, type CardId } from './card.ts';

const ALL_CARDS: readonly CardId[] = Array.from({ length: CARDS_PER_DECK * MAX_DECKS }, (_, id) => {
	const card = parseCardId(id);
	if (card === null) throw new RangeError(`no card has the number ${id}`);
	return card;
});

const DECKS: readonly (readonly CardId[])[] = [
	[],
	Object.freeze(ALL_CARDS.slice(0, CARDS_PER_DECK)),
	Object.freeze(ALL_CARDS),
];

/**
 * The cards of 1 or 2 decks, unshuffled; the same frozen list at every call.
 * @throws {RangeError} for any other number of decks
 */
export function cardsOf(decks: number): readonly CardId[] {
	const cards = DECKS[decks];
	if (cards === undefined || cards.length === 0) throw new RangeError(`there are no ${decks} decks`);
	return cards;
}

/** Is it a card of these decks? One deck holds no second copy. */
export function isInDecks(card: CardId, decks: number): boolean {
	return card < decks * CARDS_PER_DECK;
}
