/** Bids (El Dorado 3): one each, 0 .. cards dealt, the dealer last; the hook when the house plays it. */
import type { RefusalCode } from '../../game/game.ts';
import type { ElDoradoState } from './state.ts';
import { ROUNDS } from './types.ts';

/** BIDS[cards][forbidden + 1]: made once, because a view is made after every event. */
const BIDS: readonly (readonly (readonly number[])[])[] = Array.from({ length: ROUNDS + 1 }, (_, cards) =>
	Array.from({ length: cards + 2 }, (_, column) =>
		Object.freeze(Array.from({ length: cards + 1 }, (_, bid) => bid).filter((bid) => bid !== column - 1)),
	),
);

/** The bid the hook forbids the seat whose turn it is (3.2), else null. */
export function forbiddenBid(state: ElDoradoState): number | null {
	if (!state.options.hook || state.phase !== 'bidding') return null;
	if (state.bidOrder.length !== state.active.length - 1) return null;
	const bid = state.cardsEach - state.sumOfBids;
	return bid >= 0 ? bid : null;
}

/** Bids of the seat whose turn it is to bid, rising (3.1). */
export function legalBids(state: ElDoradoState): readonly number[] {
	return BIDS[state.cardsEach]?.[(forbiddenBid(state) ?? -1) + 1] ?? [];
}

/** Why this bid may not be made by the seat whose turn it is, or null. Any number is an answer. */
export function bidRefusal(state: ElDoradoState, bid: number): RefusalCode | null {
	const isInRange = Number.isInteger(bid) && bid >= 0 && bid <= state.cardsEach;
	return isInRange && bid !== forbiddenBid(state) ? null : 'invalid_bid';
}
