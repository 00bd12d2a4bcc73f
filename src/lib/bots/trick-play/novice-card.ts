/**
 * The card of a cheerful beginner, who plays high when it wants tricks and low when it does not, remembers nothing, and
 * slips now and then. Allocates next to nothing and takes well under a microsecond, so that a bench of the engine
 * measures the engine.
 */
import { CARDS_PER_SUIT, rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { InvariantError } from '../../game/assert.ts';
import type { Hand } from '../../game/game.ts';
import { dutyRefusal, type Duty } from '../../games/trick-play/duty.ts';
import { beats } from '../../games/trick-play/trick.ts';

/** One move in so many is not thought about. */
const SLIP_ONE_IN = 4;
/** The trick as a seat meets it when its turn comes. */
export interface TrickAsked {
	/** What the hand must do by the rules. */
	readonly duty: Duty;
	/** Suit number. */
	readonly trump: number;
	/** The card that wins so far; null for the leader. */
	readonly best: CardId | null;
	/** Tricks bid less tricks taken. */
	readonly need: number;
}

/**
 * Wants a trick: the highest card that takes it, else the lowest. Wants none: the highest that does not take it,
 * else the lowest. One play in `SLIP_ONE_IN` is simply the first legal card.
 * @param hand with at least one legal card
 * @param seed 32-bit
 */
export function noviceCard(hand: Hand, { duty, trump, best, need }: TrickAsked, seed: number): CardId {
	const slips = scatter(seed) % SLIP_ONE_IN === 0;
	let lowest: CardId | null = null;
	let highest: CardId | null = null;
	let lowestStrength = Infinity;
	let highestStrength = -1;
	for (const card of hand) {
		if (dutyRefusal(duty, card) !== null) continue;
		if (slips) return card;
		// Any trump above any plain card.
		const strength = suitIndexOf(card) === trump ? rankOf(card) + CARDS_PER_SUIT : rankOf(card);
		if (strength < lowestStrength) {
			lowest = card;
			lowestStrength = strength;
		}
		if (strength > highestStrength && (best === null || beats(card, best, trump)) === need > 0) {
			highest = card;
			highestStrength = strength;
		}
	}
	const card = highest ?? lowest;
	if (card === null) throw new InvariantError('a seat in turn has a legal card');
	return card;
}

/**
 * A well-mixed number from a seed (the finalizer of MurmurHash3, public domain): neighbours give unlike results.
 * Of 28 bits, because remainders of numbers that fit a machine's small integers are several times faster.
 */
export function scatter(seed: number): number {
	let mixed = seed | 0;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 4;
}
