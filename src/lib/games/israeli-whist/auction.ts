/** The auction (Israeli Whist 2.1-2.3): which calls there are, who speaks next, and when it closes. */
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import { isOneOf } from '../payload.ts';
import { leftOf, minimumOf, SEATS, type IsraeliWhistState } from './state.ts';
import { FIRST_MINIMUM, SEAT_COUNT, STRAINS, TRICKS, type Bid, type Call } from './types.ts';

/** Every bid there is, rising (2.2). */
export const BIDS: readonly Bid[] = Array.from({ length: TRICKS - FIRST_MINIMUM + 1 }, (_, step) =>
	STRAINS.map((strain) => Object.freeze({ amount: FIRST_MINIMUM + step, strain })),
).flat();

/** BIDS_FROM[place]: the bids from that place on. Made once, because a view is made after every event. */
const BIDS_FROM = Array.from({ length: BIDS.length + 1 }, (_, place) => Object.freeze(BIDS.slice(place)));

/** Place among `BIDS`: of two bids the one with the higher place is the higher, by number first, then by strain. */
function placeOf({ amount, strain }: Bid): number {
	return (amount - FIRST_MINIMUM) * STRAINS.length + STRAINS.indexOf(strain);
}

/** The one object of that bid. The bid must be one. */
export function bidAs({ amount, strain }: Bid): Bid {
	return BIDS[placeOf({ amount, strain })] ?? { amount, strain };
}

/** Bids of the seat whose turn it is, rising. */
export function legalBids(state: IsraeliWhistState): readonly Bid[] {
	const { highest } = state;
	const lowest = (minimumOf(state) - FIRST_MINIMUM) * STRAINS.length;
	const place = highest === null ? lowest : Math.max(lowest, placeOf(highest.bid) + 1);
	return BIDS_FROM[place] ?? [];
}

/** Why this bid may not be made now, or null. Whatever it holds, it is an answer. */
export function bidRefusal(state: IsraeliWhistState, bid: Bid): RefusalCode | null {
	const { amount, strain } = bid;
	if (!Number.isInteger(amount) || amount > TRICKS || !isOneOf(strain, STRAINS)) return 'invalid_bid';
	if (amount < minimumOf(state)) return 'bid_below_minimum';
	const { highest } = state;
	return highest !== null && placeOf(bid) <= placeOf(highest.bid) ? 'bid_not_higher' : null;
}

/** Passes in a row, as they stand. */
export function passesInARow(calls: readonly Call[]): number {
	const lastBid = calls.findLastIndex(({ bid }) => bid !== null);
	return calls.length - 1 - lastBid;
}

/**
 * Who speaks after these calls of an auction, or null when it is closed (2.3): by three passes after a bid, by four
 * without one, by the highest bid there is, or, where a pass is final, when nobody but the bidder is left.
 */
export function nextSpeaker(calls: readonly Call[], passIsFinal: boolean): SeatIndex | null {
	const last = calls.at(-1);
	if (last === undefined) return null;
	const highest = calls.findLast(({ bid }) => bid !== null) ?? null;
	const isHighest = highest?.bid != null && placeOf(highest.bid) === BIDS.length - 1;
	if (isHighest || passesInARow(calls) >= SEAT_COUNT - (highest === null ? 0 : 1)) return null;
	if (!passIsFinal) return leftOf(last.seat);
	const isIn = (seat: SeatIndex): boolean =>
		seat !== highest?.seat && !calls.some((call) => call.seat === seat && call.bid === null);
	return SEATS.map((_, step) => leftOf(last.seat, step + 1)).find(isIn) ?? null;
}
