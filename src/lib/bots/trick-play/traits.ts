/**
 * What is worth knowing about a card that is kept for later, in numbers: how many higher ones are out, how the
 * hand is shaped around it, how badly the others want tricks. `weights.ts` says how much each number counts.
 *
 * Hot loop: filled into one reused row, so nothing is allocated for a card.
 */
import { CARDS_PER_SUIT, rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { faceOf, higherUnseen, type Knowledge } from './knowledge.ts';

/**
 * `Out` means: expected in the opponents' hands, so undealt cards are left out. The last ones count by how much we
 * want tricks.
 */
export const TRAITS = [
	'base',
	/** Higher cards of its suit out, and the chance that there are none. */
	'higherOut',
	'top',
	/** Our own higher and lower cards of its suit. */
	'ownHigher',
	'ownLower',
	/** Cards of its suit out for each opponent. */
	'suitEach',
	'rank',
	/** Plain suits run dry and are trumped: a top card of a suit that is long elsewhere is the safer one. */
	'topSuitEach',
	'topOwnHigher',
	/** Our trumps, in parts of the hand. */
	'trumpShare',
	/** One divided by the cards in hand, and by the opponents. */
	'perCard',
	'perOpponent',
	'topPerOpponent',
	/** A single opponent. */
	'duel',
	/** Tricks the others still want, in parts of the tricks left. */
	'demand',
	'demandPerOpponent',
	/** Bidding only: we lead the first trick, in parts of the hand (with one card left it is all). */
	'leads',
	'want',
	'wantTop',
	'wantSuitEach',
] as const;
export type Trait = (typeof TRAITS)[number];
/** Traits from here on are multiplied by the part of the cards left that should win, 0 .. 1. */
export const FIRST_WANT = TRAITS.indexOf('want');

/** How a hand divides over the suits; counted once for a hand, used for each of its cards. */
export interface Shape {
	readonly size: number;
	/** By suit. */
	readonly lengths: readonly number[];
}

/** @param without a card that is left out, or null */
export function shapeOf(hand: readonly CardId[], without: CardId | null): Shape {
	const lengths = [0, 0, 0, 0];
	let size = 0;
	for (const card of hand) {
		if (card === without) continue;
		const suit = suitIndexOf(card);
		lengths[suit] = (lengths[suit] ?? 0) + 1;
		size++;
	}
	return { size, lengths };
}

/**
 * Fills `row` with the traits of a card of the hand, in the order of `TRAITS`, wants not yet multiplied.
 * @param without a card of the hand that is gone, or null
 */
export function fillTraits(
	row: Float64Array,
	known: Knowledge,
	shape: Shape,
	card: CardId,
	without: CardId | null,
): void {
	const suit = suitIndexOf(card);
	const opponents = known.opponents.length;
	let ownHigher = 0;
	for (const held of known.hand) {
		if (held !== card && held !== without && suitIndexOf(held) === suit && faceOf(held) > faceOf(card))
			ownHigher++;
	}
	const higherOut = higherUnseen(known.unseen, faceOf(card), false) * known.density;
	const top = Math.exp(-higherOut);
	const suitEach = ((known.unseenInSuit[suit] ?? 0) * known.density) / opponents;

	row[0] = 1;
	row[1] = higherOut;
	row[2] = top;
	row[3] = ownHigher;
	row[4] = (shape.lengths[suit] ?? 0) - 1 - ownHigher;
	row[5] = suitEach;
	row[6] = rankOf(card) / (CARDS_PER_SUIT - 1);
	row[7] = top * suitEach;
	row[8] = top * ownHigher;
	row[9] = (shape.lengths[known.trump] ?? 0) / shape.size;
	row[10] = 1 / shape.size;
	row[11] = 1 / opponents;
	row[12] = top / opponents;
	row[13] = opponents === 1 ? 1 : 0;
	row[14] = known.demand;
	row[15] = known.demand / opponents;
	row[16] = known.leadsRound ? 1 / shape.size : 0;
	row[17] = 1;
	row[18] = top;
	row[19] = suitEach;
}
