/**
 * The state of El Dorado: public knowledge plus the hands this peer holds. Values are never changed, only
 * replaced; what did not change is shared with the state before, and much of it is in the shape a view shows,
 * so that a view costs little.
 *
 * Between rounds (`dealing`) everything of the round that ended still stands: bids, tricks, trump.
 */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import { MAX_SEATS, type GameState, type Hand, type SeatIndex } from '../../game/game.ts';
import { NO_TRUMP } from '../trick-play/trick.ts';
import type { ElDoradoOptions, Kept, Phase, Play, SeatView, SheetRow, Trick } from './types.ts';

export interface ElDoradoState extends GameState {
	readonly variant: 'el_dorado';
	readonly phase: Phase;
	readonly options: ElDoradoOptions;
	/** Before the first deal the seat that was drawn (1.4). */
	readonly dealer: SeatIndex;
	readonly cardsEach: number;
	/** Seats dealt in this round, rising. */
	readonly active: readonly SeatIndex[];
	readonly trumpCard: CardId | null;
	readonly trumpBroken: boolean;
	/** All seats of the table, absent ones included. */
	readonly seats: readonly SeatView[];
	/** Cards still held, by seat; null for a hand this peer may not see (2.3). */
	readonly hands: readonly (Hand | null)[];
	readonly bidOrder: readonly SeatIndex[];
	readonly sumOfBids: number;
	/** Who leads, or led, the current trick; null outside play. */
	readonly leader: SeatIndex | null;
	/** In order of play. Full, with no turn, until the trick is taken. */
	readonly trick: readonly Play[];
	/** The play that wins the current trick so far. */
	readonly winning: Play | null;
	/** Finished tricks of the round, oldest first. */
	readonly tricks: readonly Trick[];
	readonly sheet: readonly SheetRow[];
	/** null where cards are dealt. */
	readonly kept: Kept | null;
}

export const MIN_SEATS = 2;

/** The state before the first deal (1.1, 1.4). */
export function start(options: ElDoradoOptions, seats: number, firstDealer: SeatIndex): ElDoradoState {
	assert(
		Number.isInteger(seats) && seats >= MIN_SEATS && seats <= MAX_SEATS,
		`a table of El Dorado has ${MIN_SEATS} to ${MAX_SEATS} seats, not ${seats}`,
	);
	assert(
		Number.isInteger(firstDealer) && firstDealer >= 0 && firstDealer < seats,
		`seat ${firstDealer} cannot deal`,
	);
	return {
		variant: 'el_dorado',
		phase: 'dealing',
		round: 0,
		deal: 0,
		turn: null,
		over: false,
		options,
		dealer: firstDealer,
		cardsEach: 0,
		active: [],
		trumpCard: null,
		trumpBroken: false,
		seats: Array.from({ length: seats }, (_, seat) => ({
			seat: seat as SeatIndex,
			active: false,
			cardsLeft: 0,
			bid: null,
			tricks: 0,
			total: 0,
		})),
		hands: Array.from({ length: seats }, () => []),
		bidOrder: [],
		sumOfBids: 0,
		leader: null,
		trick: [],
		winning: null,
		tricks: [],
		sheet: [],
		kept: options.mode === 'keeper' ? keptFrom(seats, firstDealer) : null,
	};
}

function keptFrom(seats: number, lastDealer: SeatIndex): Kept {
	return { noted: new Array<null>(seats).fill(null), adjustments: [], changes: [], lastDealer };
}

/** A state that nobody has seen yet: only its maker may set its fields, before handing it on. */
export type Draft = { -readonly [Field in keyof ElDoradoState]: ElDoradoState[Field] };

/**
 * A copy to make the next state from. Every field by name: `{ ...state }` with overrides costs half a
 * microsecond, eight times as much, and folds are measured in millions of events a second.
 */
export function draftOf(state: ElDoradoState): Draft {
	return {
		variant: state.variant,
		phase: state.phase,
		round: state.round,
		deal: state.deal,
		turn: state.turn,
		over: state.over,
		options: state.options,
		dealer: state.dealer,
		cardsEach: state.cardsEach,
		active: state.active,
		trumpCard: state.trumpCard,
		trumpBroken: state.trumpBroken,
		seats: state.seats,
		hands: state.hands,
		bidOrder: state.bidOrder,
		sumOfBids: state.sumOfBids,
		leader: state.leader,
		trick: state.trick,
		winning: state.winning,
		tricks: state.tricks,
		sheet: state.sheet,
		kept: state.kept,
	};
}

/** Suit number of the round's trump; none before the first deal. */
export function trumpOf(state: ElDoradoState): number {
	return state.trumpCard === null ? NO_TRUMP : suitIndexOf(state.trumpCard);
}

/** All active seats have played to the current trick: it waits to be taken. */
export function isTrickFull(state: ElDoradoState): boolean {
	return state.trick.length > 0 && state.trick.length === state.active.length;
}

/** All cards of the round are played and all tricks taken, or noted: it waits for its score. */
export function isPlayedOut(state: ElDoradoState): boolean {
	if (state.phase !== 'playing') return false;
	return state.kept === null ? state.tricks.length === state.cardsEach : areTricksIn(state, state.kept);
}

/** Every trick is noted, or follows as the remainder (9.3). */
function areTricksIn({ active, seats, cardsEach }: ElDoradoState, { noted }: Kept): boolean {
	const missing = active.filter((seat) => (noted[seat] ?? null) === null).length;
	return missing <= 1 && seats.reduce((sum, { tricks }) => sum + tricks, 0) === cardsEach;
}
