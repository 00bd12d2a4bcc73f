/**
 * The order of a hand on the screen: suits together with colours alternating, trump set apart at one end (or
 * where the settings say). Only the order on screen: the game knows nothing of it.
 *
 *     arrangeHand(cards, 'H', { handOrder: 'trump_last', rankOrder: 'high_first' })
 */
import { rankOf, suitOf, type CardId, type Suit } from '../../cards/card.ts';
import type { HandOrder, RankOrder } from '../settings.svelte.ts';

export interface ArrangedHand {
	readonly cards: readonly CardId[];
	/** The thin gap that sets trump apart lies before the card at this place; null without one. */
	readonly gapBefore: number | null;
}

/** Black and red in turn: what lies side by side differs also for an eye that sees two colours. */
const FIXED: readonly Suit[] = ['S', 'H', 'C', 'D'];
/** The three others, colours alternating, when this suit is trump. */
const OTHERS: Readonly<Record<Suit, readonly Suit[]>> = {
	S: ['H', 'C', 'D'],
	H: ['S', 'D', 'C'],
	C: ['D', 'S', 'H'],
	D: ['S', 'H', 'C'],
};

export function arrangeHand(
	cards: readonly CardId[],
	trump: Suit | null,
	orders: { readonly handOrder: HandOrder; readonly rankOrder: RankOrder },
): ArrangedHand {
	const { handOrder, rankOrder } = orders;
	if (handOrder === 'dealt') return { cards, gapBefore: null };
	const suits = suitsInOrder(trump, handOrder);
	const way = rankOrder === 'high_first' ? -1 : 1;
	const sorted = [...cards].sort(
		(a, b) =>
			suits.indexOf(suitOf(a)) - suits.indexOf(suitOf(b)) ||
			way * (rankOf(a) - rankOf(b)) ||
			// Two identical cards of two decks keep one order, so that neither jumps when the other is played.
			a - b,
	);
	return { cards: sorted, gapBefore: handOrder === 'fixed' ? null : gapOf(sorted, trump, handOrder) };
}

function suitsInOrder(trump: Suit | null, handOrder: HandOrder): readonly Suit[] {
	if (trump === null || handOrder === 'fixed') return FIXED;
	return handOrder === 'trump_first' ? [trump, ...OTHERS[trump]] : [...OTHERS[trump], trump];
}

function gapOf(sorted: readonly CardId[], trump: Suit | null, handOrder: HandOrder): number | null {
	const trumps = sorted.filter((card) => suitOf(card) === trump).length;
	if (trumps === 0 || trumps === sorted.length) return null;
	return handOrder === 'trump_first' ? trumps : sorted.length - trumps;
}
