/**
 * A cheerful beginner: counts high cards and trumps for a bid, plays high when it wants tricks and low when it does
 * not, remembers nothing, and slips now and then. Allocates next to nothing and takes well under a microsecond,
 * so that a bench of the engine measures the engine: `noviceCommand` moves on a state without making a view.
 */
import { rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import type { Hand, SeatIndex } from '../../game/game.ts';
import { legalBids } from '../../games/el-dorado/bidding.ts';
import { dutyOf, dutyRefusal, type Duty } from '../../games/el-dorado/playing.ts';
import { trumpOf, type ElDoradoState } from '../../games/el-dorado/state.ts';
import type { CardCommand, ElDoradoView } from '../../games/el-dorado/types.ts';
import { beats } from '../../games/trick-play/trick.ts';

/** Worth of a card by rank, two .. ace, in hundredths of a trick. */
const PLAIN_WORTH = [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 15, 45, 75] as const;
const TRUMP_WORTH = [15, 15, 15, 20, 20, 25, 30, 35, 45, 55, 70, 85, 100] as const;
const HUNDREDTHS = 100;
/** More players beat more cards: in hundredths, what a worth is multiplied by among ever so many, and more among few. */
const SCALE = 20;
const SCALE_SHARED = 400;

/** One move in so many is not thought about. */
const SLIP_ONE_IN = 4;
/** How far the mood of the moment moves a bid, in hundredths of a trick either way. */
const MOOD = 90;

/** Everything is playable: for cards that have been found legal already. */
const NO_DUTY: Duty = { follow: null, barred: null };

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

/** @throws {InvariantError} when it is not the viewer's turn */
export function chooseNovice(view: ElDoradoView, seed: number): CardCommand {
	assert(view.viewer !== null && view.trumpCard !== null, 'a bot plays for a seat in a round');
	const trump = suitIndexOf(view.trumpCard);
	const own = view.seats[view.viewer];
	if (view.phase === 'bidding') {
		const hand = view.hand.map((held) => held.card);
		const opponents = view.seats.filter((seat) => seat.active).length - 1;
		return { type: 'make_bid', bid: noviceBid(hand, trump, opponents, view.legalBids, seed) };
	}
	const legal = view.hand.filter((held) => held.refusal === null).map((held) => held.card);
	const best = view.trick.find((play) => play.seat === view.winning)?.card ?? null;
	const need = (own?.bid ?? 0) - (own?.tricks ?? 0);
	return { type: 'play_card', card: noviceCard(legal, { duty: NO_DUTY, trump, best, need }, seed) };
}

/**
 * The move on a state, for benches and simulated games by the thousand. Looks at the seat's own hand and at what is
 * public, and chooses as `chooseNovice` does from the view.
 * @throws {InvariantError} when it is not the seat's turn or its hand is not known here
 */
export function noviceCommand(state: ElDoradoState, seat: SeatIndex, seed: number): CardCommand {
	const hand = state.hands[seat] ?? null;
	const own = state.seats[seat];
	assert(hand !== null && own !== undefined && state.turn === seat, 'a bot plays for the seat in turn');
	const trump = trumpOf(state);
	if (state.phase === 'bidding') {
		const bid = noviceBid(hand, trump, state.active.length - 1, legalBids(state), seed);
		return { type: 'make_bid', bid };
	}
	const best = state.winning === null ? null : state.winning.card;
	const need = (own.bid ?? 0) - own.tricks;
	return {
		type: 'play_card',
		card: noviceCard(hand, { duty: dutyOf(state, hand), trump, best, need }, seed),
	};
}

/**
 * @param legalBids rising, at least one (the hook may have taken one out, El Dorado 3.2)
 * @param seed 32-bit
 */
export function noviceBid(
	hand: Hand,
	trump: number,
	opponents: number,
	legalBids: readonly number[],
	seed: number,
): number {
	const dice = scatter(seed);
	const scale = SCALE + SCALE_SHARED / (opponents + 1);
	let worth = 0;
	for (const card of hand) {
		worth += (suitIndexOf(card) === trump ? TRUMP_WORTH : PLAIN_WORTH)[rankOf(card)] ?? 0;
	}
	const mood = (dice % (2 * MOOD + 1)) - MOOD;
	const wish = Math.round((worth * scale) / HUNDREDTHS / HUNDREDTHS + mood / HUNDREDTHS);
	let nearest = legalBids[0] ?? 0;
	for (const bid of legalBids) if (Math.abs(bid - wish) < Math.abs(nearest - wish)) nearest = bid;
	return nearest;
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
		const strength = suitIndexOf(card) === trump ? rankOf(card) + TRUMP_WORTH.length : rankOf(card);
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
function scatter(seed: number): number {
	let mixed = seed | 0;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 4;
}
