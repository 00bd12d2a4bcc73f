import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	CARDS_PER_DECK,
	MAX_DECKS,
	RANKS,
	SUITS,
	copyOf,
	parseCardId,
	rankOf,
	suitIndexOf,
	suitOf,
} from './card.ts';
import { cardsOf, isInDecks } from './deck.ts';
import { formatCard, parseCard } from './notation.ts';

const ALL = cardsOf(MAX_DECKS);

describe('cards', () => {
	it('are 52 a deck, each of a suit, a rank and a copy of its own', () => {
		const faces = ALL.map((card) => `${copyOf(card)}${suitOf(card)}${rankOf(card)}`);
		expect(new Set(faces).size).toBe(CARDS_PER_DECK * MAX_DECKS);
		expect(ALL.every((card) => suitOf(card) === SUITS[suitIndexOf(card)])).toBe(true);
	});

	it('have names that read back as the same card', () => {
		for (const card of ALL) expect(parseCard(formatCard(card))).toBe(card);
	});

	it('are named rank then suit, with a star for the second deck', () => {
		expect(parseCard('2C')).toBe(0);
		expect(parseCard('AS')).toBe(51);
		expect(parseCard('2C*')).toBe(52);
		expect(formatCard(ALL[52 + 26 + 10]!)).toBe('QH*');
	});

	it('have no other names', () => {
		const names = new Set(SUITS.flatMap((suit) => RANKS.flatMap((rank) => [rank + suit, `${rank}${suit}*`])));
		fc.assert(
			fc.property(fc.string({ maxLength: 4 }), (text) => (parseCard(text) !== null) === names.has(text)),
		);
		for (const text of ['10H', 'qh', 'HQ', 'QH**', ' QH', '__proto__', 'constructor']) {
			expect(parseCard(text)).toBeNull();
		}
	});

	it('are no other numbers', () => {
		for (const value of [-1, 104, 0.5, NaN, Infinity, '3', null, undefined, {}, 3n]) {
			expect(parseCardId(value)).toBeNull();
		}
		expect(Object.is(parseCardId(-0), 0)).toBe(true);
	});

	it('without a number of their own have no name', () => {
		expect(() => formatCard(104 as never)).toThrow(RangeError);
	});
});

describe('decks', () => {
	it('hold 52 and 104 different cards, in the same order every time', () => {
		expect(cardsOf(1)).toEqual(Array.from({ length: 52 }, (_, id) => id));
		expect(cardsOf(2)).toEqual(Array.from({ length: 104 }, (_, id) => id));
		expect(cardsOf(1)).toBe(cardsOf(1));
	});

	it('come by one or two and not otherwise', () => {
		for (const decks of [0, 3, -1, 0.5, NaN]) expect(() => cardsOf(decks)).toThrow(RangeError);
	});

	it('know their own cards', () => {
		expect(isInDecks(parseCard('AS')!, 1)).toBe(true);
		expect(isInDecks(parseCard('2C*')!, 1)).toBe(false);
		expect(isInDecks(parseCard('2C*')!, 2)).toBe(true);
	});
});
