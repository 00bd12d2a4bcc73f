/**
 * The frisch (Israeli Whist 2.4, 2.5): three cards face down to another seat, and the auction again from one
 * higher. Nobody sees what comes before all four have chosen.
 */
import type { CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { Hand, RefusalCode, SeatIndex } from '../../game/game.ts';
import { bySeat, leftOf, type IsraeliWhistState } from './state.ts';
import { FRISCH_CARDS, SEAT_COUNT, type Direction, type IsraeliWhistOptions } from './types.ts';

/** `rotate`, by frisch. */
const ROTATION = ['left', 'across', 'right'] as const satisfies readonly Direction[];
/** Places to the left. */
const STEPS = { left: 1, across: 2, right: 3 } as const satisfies Record<Direction, number>;

/** The way of the n-th frisch of a round, 1-based. */
export function directionOf(option: IsraeliWhistOptions['frischDirection'], frisch: number): Direction {
	return option === 'rotate' ? (ROTATION[(frisch - 1) % ROTATION.length] ?? 'left') : option;
}

export function receiverOf(giver: SeatIndex, direction: Direction): SeatIndex {
	return leftOf(giver, STEPS[direction]);
}

export function giverOf(receiver: SeatIndex, direction: Direction): SeatIndex {
	return leftOf(receiver, SEAT_COUNT - STEPS[direction]);
}

/** Why a hand may not pass these on, or null. */
export function passRefusal(hand: Hand, cards: readonly CardId[]): RefusalCode | null {
	if (new Set(cards).size !== FRISCH_CARDS || cards.length !== FRISCH_CARDS) return 'need_three_cards';
	return cards.every((card) => hand.includes(card)) ? null : 'card_not_in_hand';
}

/** A hand after the exchange: what was kept, in its order, then what came. */
export function handAfter(hand: Hand, gives: Hand, gets: Hand): Hand {
	return [...hand.filter((card) => !gives.includes(card)), ...gets];
}

/** The way of the frisch under way. */
export function directionNow(state: IsraeliWhistState): Direction {
	return directionOf(state.options.frischDirection, state.frischs);
}

/** All hands after the exchange; null where this peer does not know every hand and every choice. */
export function exchangedHands(state: IsraeliWhistState): Hand[] | null {
	const direction = directionNow(state);
	const cards = bySeat((seat) => state.chosen[seat]?.cards ?? null);
	const hands = bySeat((seat) => {
		const [hand, gives, gets] = [state.hands[seat], cards[seat], cards[giverOf(seat, direction)]];
		return hand == null || gives == null || gets == null ? null : handAfter(hand, gives, gets);
	});
	const known = hands.filter((hand) => hand !== null);
	return known.length === SEAT_COUNT ? known : null;
}

/**
 * What came to a seat whose hand before and after are known here; null where one is not.
 */
export function receivedBy(before: Hand | null, after: Hand | null): Hand | null {
	return before === null || after === null ? null : after.filter((card) => !before.includes(card));
}

/** Why these hands cannot come of the exchange, as far as this peer can tell; null when they can. */
export function exchangeFault(state: IsraeliWhistState, hands: readonly (Hand | null)[]): string | null {
	if (hands.length !== SEAT_COUNT) return `${hands.length} hands come of an exchange`;
	const known = hands.flatMap((hand) => hand ?? []);
	if (new Set(known).size !== known.length) return 'a card comes twice of an exchange';
	const direction = directionNow(state);
	for (const seat of bySeat((one) => one)) {
		const after = hands[seat] ?? null;
		if (after === null) continue;
		const fault = handFault(state, seat, after, state.chosen[giverOf(seat, direction)]?.cards ?? null);
		if (fault !== null) return fault;
	}
	return null;
}

/** @param gets what the giver laid down, where it is known */
function handFault(state: IsraeliWhistState, seat: SeatIndex, after: Hand, gets: Hand | null): string | null {
	const before = state.hands[seat] ?? null;
	const gives = state.chosen[seat]?.cards ?? null;
	const size = state.seats[seat]?.cardsLeft;
	if (after.length !== size) return `seat ${seat} has ${after.length} cards after an exchange`;
	if (gets !== null && !gets.every((card) => after.includes(card))) return `seat ${seat} misses what it got`;
	if (before === null) return null;
	const kept = before.filter((card) => after.includes(card));
	if (kept.length !== before.length - FRISCH_CARDS) return `seat ${seat} keeps ${kept.length} cards`;
	if (gives === null) return null;
	assert(gives.length === FRISCH_CARDS, 'three cards were laid down');
	return kept.some((card) => gives.includes(card)) ? `seat ${seat} keeps what it gave` : null;
}
