/**
 * A playing card is one small number: copy * 52 + suit * 13 + rank, so 0..51 is the first deck and 52..103
 * the second (El Dorado 1.2). Numbers compare and index fast; people and logs read the notation (`notation.ts`).
 *
 *     suitOf(card)  // 'H'
 *     rankOf(card)  // 12 is the ace, 0 is the two
 */

declare const brand: unique symbol;
/** A number or string that only a parse function may call by this name. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** In rising order of strain: clubs < diamonds < hearts < spades (Israeli Whist 2.2). */
export const SUITS = ['C', 'D', 'H', 'S'] as const;
export type Suit = (typeof SUITS)[number];

/** In rising order: a card's rank number is its place here. */
export const RANKS = ['2', '3', '4', '5', '6', '7', '8', '9', 'T', 'J', 'Q', 'K', 'A'] as const;
export type Rank = (typeof RANKS)[number];

export type CardId = Brand<number, 'CardId'>;

export const CARDS_PER_SUIT = 13;
export const CARDS_PER_DECK = 52;
/** Two decks are the most any game here uses (El Dorado 1.2). */
export const MAX_DECKS = 2;

/** 0 clubs .. 3 spades. */
export function suitIndexOf(card: CardId): number {
	return ((card % CARDS_PER_DECK) / CARDS_PER_SUIT) | 0;
}

export function suitOf(card: CardId): Suit {
	return SUITS[suitIndexOf(card)] as Suit;
}

/** 0 is the two, 12 the ace. */
export function rankOf(card: CardId): number {
	return (card % CARDS_PER_DECK) % CARDS_PER_SUIT;
}

/** 0 for the first deck, 1 for the second. */
export function copyOf(card: CardId): number {
	return (card / CARDS_PER_DECK) | 0;
}

/** The card with this number, or null when there is none. Minus zero comes out as zero: a log knows only one. */
export function parseCardId(value: unknown): CardId | null {
	return typeof value === 'number' &&
		Number.isInteger(value) &&
		value >= 0 &&
		value < CARDS_PER_DECK * MAX_DECKS
		? ((value + 0) as CardId)
		: null;
}
