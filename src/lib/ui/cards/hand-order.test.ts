import { describe, expect, it } from 'vitest';
import type { CardId } from '../../cards/card.ts';
import { formatCard, parseCard } from '../../cards/notation.ts';
import { arrangeHand } from './hand-order.ts';

function hand(text: string): CardId[] {
	return text.split(' ').map((name) => {
		const card = parseCard(name);
		if (card === null) throw new Error(`no card ${name}`);
		return card;
	});
}
const names = (cards: readonly CardId[]) => cards.map(formatCard).join(' ');

describe('the order of a hand', () => {
	it('puts trump last, set apart by a gap, high cards first', () => {
		const arranged = arrangeHand(hand('2H KD AS TH 3C AH'), 'H', {
			handOrder: 'trump_last',
			rankOrder: 'high_first',
		});
		expect(names(arranged.cards)).toBe('AS KD 3C AH TH 2H');
		expect(arranged.gapBefore).toBe(3);
	});

	it('puts trump first when the settings say so', () => {
		const arranged = arrangeHand(hand('2H KD AS TH'), 'H', {
			handOrder: 'trump_first',
			rankOrder: 'low_first',
		});
		expect(names(arranged.cards)).toBe('2H TH AS KD');
		expect(arranged.gapBefore).toBe(2);
	});

	it('alternates colours among the other suits whichever suit is trump', () => {
		const red = (card: CardId) => 'HD'.includes(formatCard(card).charAt(1));
		for (const trump of ['C', 'D', 'H', 'S'] as const) {
			const { cards } = arrangeHand(hand('2C 2D 2H 2S'), trump, {
				handOrder: 'trump_last',
				rankOrder: 'high_first',
			});
			const others = cards.slice(0, 3).map(red);
			expect(others[0] !== others[1] && others[1] !== others[2], trump).toBe(true);
		}
	});

	it('makes no gap in a hand of trump only, or of none', () => {
		const orders = { handOrder: 'trump_last', rankOrder: 'high_first' } as const;
		expect(arrangeHand(hand('2H 3H'), 'H', orders).gapBefore).toBeNull();
		expect(arrangeHand(hand('2S 3S'), 'H', orders).gapBefore).toBeNull();
	});

	it('keeps the suits in their places with `fixed`, and everything with `dealt`', () => {
		const cards = hand('2H KD AS 3C');
		expect(names(arrangeHand(cards, 'S', { handOrder: 'fixed', rankOrder: 'high_first' }).cards)).toBe(
			'AS 2H 3C KD',
		);
		expect(names(arrangeHand(cards, 'S', { handOrder: 'dealt', rankOrder: 'high_first' }).cards)).toBe(
			'2H KD AS 3C',
		);
	});

	it('lays two identical cards of two decks side by side', () => {
		const { cards } = arrangeHand(hand('QH* 3H QH'), null, {
			handOrder: 'trump_last',
			rankOrder: 'high_first',
		});
		expect(names(cards)).toBe('QH QH* 3H');
	});
});
