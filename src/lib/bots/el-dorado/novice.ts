/**
 * A cheerful beginner at El Dorado: counts high cards and trumps for a bid, with a mood, and plays as beginners do.
 * `noviceCommand` moves on a state without making a view, so that a bench of the engine measures the engine.
 */
import { rankOf, suitIndexOf } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { Hand, SeatIndex } from '../../game/game.ts';
import { legalBids } from '../../games/el-dorado/bidding.ts';
import { dutyOf } from '../../games/el-dorado/playing.ts';
import { trumpOf, type ElDoradoState } from '../../games/el-dorado/state.ts';
import type { CardCommand, ElDoradoView } from '../../games/el-dorado/types.ts';
import { FREE } from '../../games/trick-play/duty.ts';
import { noviceCard, scatter } from '../trick-play/novice-card.ts';

/** Worth of a card by rank, two .. ace, in hundredths of a trick. */
const PLAIN_WORTH = [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 15, 45, 75] as const;
const TRUMP_WORTH = [15, 15, 15, 20, 20, 25, 30, 35, 45, 55, 70, 85, 100] as const;
const HUNDREDTHS = 100;
/** More players beat more cards: in hundredths, what a worth is multiplied by among ever so many, and more among few. */
const SCALE = 20;
const SCALE_SHARED = 400;

/** How far the mood of the moment moves a bid, in hundredths of a trick either way. */
const MOOD = 90;

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
	return { type: 'play_card', card: noviceCard(legal, { duty: FREE, trump, best, need }, seed) };
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
