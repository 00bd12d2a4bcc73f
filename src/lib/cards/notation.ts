/**
 * Cards as people and logs write them: rank then suit, `QH`, `TS`; a trailing `*` marks the second deck's
 * copy, `QH*`. `parseCard(formatCard(card)) === card` for every card.
 */
import { CARDS_PER_DECK, CARDS_PER_SUIT, MAX_DECKS, RANKS, SUITS, type CardId } from './card.ts';

const NAMES: readonly string[] = Array.from({ length: CARDS_PER_DECK * MAX_DECKS }, (_, id) => {
	const face = id % CARDS_PER_DECK;
	const name = `${RANKS[face % CARDS_PER_SUIT]}${SUITS[(face / CARDS_PER_SUIT) | 0]}`;
	return id < CARDS_PER_DECK ? name : `${name}*`;
});
const IDS: ReadonlyMap<string, CardId> = new Map(NAMES.map((name, id) => [name, id as CardId]));

export function formatCard(card: CardId): string {
	const name = NAMES[card];
	if (name === undefined) throw new RangeError(`no card has the number ${card}`);
	return name;
}

/** The card of that name, or null: the caller says what was wrong with the text. */
export function parseCard(text: string): CardId | null {
	return IDS.get(text) ?? null;
}
