/** The deal (Israeli Whist 1.1, 2.5): all 52 cards, singly and clockwise from the dealer's left. */
import type { CardId } from '../../cards/card.ts';
import { CARDS_PER_DECK } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { DealPlan, SeatIndex } from '../../game/game.ts';
import { bySeat, dealerOf, isKeeper, leftOf, nextRound, roundFrom, type IsraeliWhistState } from './state.ts';
import { SEAT_COUNT, TRICKS, type CardsDealt } from './types.ts';

/** The deal that is due, or null: in mid-round, after the last round, with a seat missing, with real cards. */
export function dealDue(state: IsraeliWhistState, active: readonly SeatIndex[]): DealPlan | null {
	if (state.phase !== 'dealing' || isKeeper(state) || active.length !== SEAT_COUNT) return null;
	return { round: state.deal + 1, decks: 1 };
}

/**
 * The event that deals this shuffled deck.
 * @throws {InvariantError} when no deal is due, or the deck has the wrong size
 */
export function deal(
	state: IsraeliWhistState,
	active: readonly SeatIndex[],
	deck: readonly CardId[],
): CardsDealt {
	const plan = dealDue(state, active);
	assert(plan !== null, 'no deal is due');
	assert(deck.length === CARDS_PER_DECK, `${deck.length} cards are no deck`);
	const round = nextRound(state);
	const dealer = dealerOf(state, round);
	const order = roundFrom(leftOf(dealer));
	const hands = bySeat((seat) => {
		const first = order.indexOf(seat);
		return deck.filter((_, place) => place % SEAT_COUNT === first).slice(0, TRICKS);
	});
	return { type: 'cards_dealt', round, deal: plan.round, dealer, hands };
}
