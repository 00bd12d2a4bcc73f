/**
 * The state of Israeli Whist: public knowledge plus the cards this peer holds. One machine for both modes; a
 * keeper's table has no hands, no tricks of cards and no deals, and takes claims instead. Values are never changed,
 * only replaced; what did not change is shared with the state before.
 *
 * Between rounds (`dealing`) everything of the round that ended still stands.
 */
import { assert } from '../../game/assert.ts';
import type { GameState, Hand, SeatIndex } from '../../game/game.ts';
import type { Adjustment } from '../keeper/ledger.ts';
import { seatsFrom } from '../trick-play/seats.ts';
import { NO_TRUMP } from '../trick-play/trick.ts';
import {
	FIRST_MINIMUM,
	SEAT_COUNT,
	SUIT_STRAINS,
	TRICKS,
	type Call,
	type Change,
	type Claim,
	type IsraeliWhistOptions,
	type Phase,
	type Play,
	type SeatBid,
	type SheetRow,
	type Strain,
	type Trick,
} from './types.ts';

/** What the round under way says of a seat. */
export interface SeatState {
	readonly seat: SeatIndex;
	readonly cardsLeft: number;
	readonly contract: number | null;
	readonly tricks: number;
}

/** Cards laid down in a frisch: known to the seat and the host, null elsewhere. */
export interface Chosen {
	readonly cards: Hand | null;
}

export interface IsraeliWhistState extends GameState {
	readonly variant: 'israeli_whist';
	readonly phase: Phase;
	readonly options: IsraeliWhistOptions;
	/** Who deals round 1; each later dealer follows from it (1.1). */
	readonly firstDealer: SeatIndex;
	readonly dealer: SeatIndex;
	readonly pending: readonly SeatIndex[];
	readonly seats: readonly SeatState[];
	/** Cards still held, by seat; null for a hand this peer may not see. Empty at a keeper's table. */
	readonly hands: readonly (Hand | null)[];
	/** Calls of this auction. */
	readonly calls: readonly Call[];
	readonly frischs: number;
	readonly highest: SeatBid | null;
	/** By seat, in a frisch; null before the seat has chosen. */
	readonly chosen: readonly (Chosen | null)[];
	/** By seat, what the last frisch of the round brought; null where this peer may not see it. */
	readonly received: readonly (Hand | null)[];
	readonly declarer: SeatIndex | null;
	readonly trump: Strain | null;
	/** What won the auction; null before, and after a quick entry. */
	readonly winningBid: number | null;
	readonly sumOfContracts: number;
	readonly leader: SeatIndex | null;
	/** In order of play. Full, with no turn, until the trick is taken. */
	readonly trick: readonly Play[];
	readonly winning: Play | null;
	/** Finished tricks of the round, oldest first. */
	readonly tricks: readonly Trick[];
	readonly claims: readonly Claim[];
	readonly sheet: readonly SheetRow[];
	readonly totals: readonly number[];
	readonly adjustments: readonly Adjustment[];
	readonly changes: readonly Change[];
	readonly endCalled: boolean;
}

/** All four, rising. */
export const SEATS: readonly SeatIndex[] = Object.freeze(
	Array.from({ length: SEAT_COUNT }, (_, seat) => seat as SeatIndex),
);

/** One value a seat. */
export function bySeat<T>(of: (seat: SeatIndex) => T): T[] {
	return SEATS.map(of);
}

/** The same list with another value for one seat. */
export function withSeat<T>(list: readonly T[], seat: SeatIndex, value: T): T[] {
	return list.with(seat, value);
}

/** The seat so many places to the left. */
export function leftOf(seat: SeatIndex, places = 1): SeatIndex {
	const found = SEATS[(seat + places) % SEAT_COUNT];
	assert(found !== undefined, `seat ${seat} is not at this table`);
	return found;
}

/** All four clockwise, that one first. */
export function roundFrom(seat: SeatIndex): SeatIndex[] {
	return seatsFrom(SEATS, seat);
}

/** The state before the first deal (1.1). */
export function start(
	options: IsraeliWhistOptions,
	seats: number,
	firstDealer: SeatIndex,
): IsraeliWhistState {
	assert(seats === SEAT_COUNT, `a table of Israeli Whist has ${SEAT_COUNT} seats, not ${seats}`);
	assert(SEATS.includes(firstDealer), `seat ${firstDealer} cannot deal`);
	return {
		variant: 'israeli_whist',
		phase: 'dealing',
		round: 0,
		deal: 0,
		turn: null,
		pending: [],
		over: false,
		options,
		firstDealer,
		dealer: firstDealer,
		hands: bySeat(() => []),
		...freshRound(0),
		sheet: [],
		totals: bySeat(() => 0),
		adjustments: [],
		changes: [],
		endCalled: false,
	};
}

/** What a round begins with. */
export function freshRound(cardsEach: number) {
	return {
		seats: bySeat((seat): SeatState => ({ seat, cardsLeft: cardsEach, contract: null, tricks: 0 })),
		calls: [],
		frischs: 0,
		highest: null,
		chosen: bySeat(() => null),
		received: bySeat(() => null),
		declarer: null,
		trump: null,
		winningBid: null,
		sumOfContracts: 0,
		leader: null,
		trick: [],
		winning: null,
		tricks: [],
		claims: [],
	} as const satisfies Partial<IsraeliWhistState>;
}

/** A seat, or the admin who has none. */
export function isMaker(seat: SeatIndex | null): boolean {
	return seat === null || SEATS.includes(seat);
}

export function isKeeper(state: IsraeliWhistState): boolean {
	return state.options.mode === 'keeper';
}

/** Suit number of the round's trump. */
export function trumpSuitOf({ trump }: IsraeliWhistState): number {
	return trump === null || trump === 'no_trump' ? NO_TRUMP : SUIT_STRAINS.indexOf(trump);
}

/** The lowest amount of the auction under way (2.4). */
export function minimumOf({ frischs }: IsraeliWhistState): number {
	return FIRST_MINIMUM + frischs;
}

export function isTrickFull({ trick }: IsraeliWhistState): boolean {
	return trick.length === SEAT_COUNT;
}

/** Thirteen tricks are taken, or claimed: the round waits for its score. */
export function isPlayedOut(state: IsraeliWhistState): boolean {
	return state.phase === 'playing' && state.tricks.length + state.claims.length === TRICKS;
}

/** The round that is opened next: one more than are scored, so that a void one is played again (2.5). */
export function nextRound({ sheet }: IsraeliWhistState): number {
	return sheet.length + 1;
}

/** 1.1: one seat to the left each round. */
export function dealerOf({ firstDealer }: IsraeliWhistState, round: number): SeatIndex {
	return leftOf(firstDealer, round - 1);
}

/** All contracts are named. */
export function hasContracts({ seats }: IsraeliWhistState): boolean {
	return seats.every(({ contract }) => contract !== null);
}

export function contractsOf({ seats }: IsraeliWhistState): number[] {
	return seats.map(({ contract }) => {
		assert(contract !== null, 'a contract is asked for before it is named');
		return contract;
	});
}

export function tricksOf({ seats }: IsraeliWhistState): number[] {
	return seats.map(({ tricks }) => tricks);
}
