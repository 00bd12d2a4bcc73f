/** The deal (El Dorado 1.2-1.4, 2.1, 2.2): which decks, who deals, and a shuffled deck as the event that opens a round. */
import type { CardId } from '../../cards/card.ts';
import { cardsOf } from '../../cards/deck.ts';
import { assert } from '../../game/assert.ts';
import type { DealPlan, SeatIndex } from '../../game/game.ts';
import { nextSeat, seatsFrom } from '../trick-play/seats.ts';
import { MIN_SEATS, type ElDoradoState } from './state.ts';
import { ROUNDS, type CardsDealt } from './types.ts';

/** Two decks from six seats on (1.2). */
const SEATS_FOR_TWO_DECKS = 6;

export function decksFor(activeSeats: number): number {
	return activeSeats >= SEATS_FOR_TWO_DECKS ? 2 : 1;
}

/** Round 1 deals ten cards, round 10 one (1.3). */
export function cardsEachIn(round: number): number {
	return ROUNDS + 1 - round;
}

/** The drawn seat, or the next active one if it is absent; after that one active seat clockwise each round (1.4). */
export function dealerOfNext(
	state: Pick<ElDoradoState, 'round' | 'dealer'>,
	active: readonly SeatIndex[],
): SeatIndex {
	return state.round === 0 && active.includes(state.dealer) ? state.dealer : nextSeat(active, state.dealer);
}

/** The deal that is due, or null: in mid-round, after the last one, with fewer than two seats (6.3), or with real cards. */
export function dealDue(state: ElDoradoState, active: readonly SeatIndex[]): DealPlan | null {
	if (state.phase !== 'dealing' || state.kept !== null || active.length < MIN_SEATS) return null;
	return { round: state.round + 1, decks: decksFor(active.length) };
}

/**
 * The event that deals this shuffled deck: one card at a time, clockwise from the dealer's left, then the next
 * card is turned up for trump.
 * @throws {InvariantError} when no deal is due to these seats, or the deck has the wrong size
 */
export function deal(
	state: ElDoradoState,
	active: readonly SeatIndex[],
	deck: readonly CardId[],
): CardsDealt {
	const plan = dealDue(state, active);
	assert(plan !== null, 'no deal is due');
	assert(deck.length === cardsOf(plan.decks).length, `${deck.length} cards are not ${plan.decks} decks`);
	const cardsEach = cardsEachIn(plan.round);
	const dealer = dealerOfNext(state, active);
	const order = seatsFrom(active, nextSeat(active, dealer));
	const hands = state.seats.map(({ seat }) => {
		const first = order.indexOf(seat);
		return first < 0 ? [] : deck.filter((_, place) => place % order.length === first).slice(0, cardsEach);
	});
	const trumpCard = deck[order.length * cardsEach];
	assert(trumpCard !== undefined, 'no card is left for trump');
	return {
		type: 'cards_dealt',
		round: plan.round,
		dealer,
		active: [...active],
		cardsEach,
		trumpCard,
		hands,
	};
}
