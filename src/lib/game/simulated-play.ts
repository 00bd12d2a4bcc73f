/**
 * A whole game played at the level of the engine: deals from a seed, every move named by a function, no table, no
 * clock, no network. Benches, statistics and property tests need games by the thousand; this gives them, and the
 * same seed and choices always give the same events.
 *
 *     const { events } = simulatePlay({ game: EL_DORADO, seats: 4, seed: 1, choose: byBots(EL_DORADO, levels) });
 */
import type { CardId } from '../cards/card.ts';
import { cardsOf } from '../cards/deck.ts';
import { seeded } from '../cards/seeded.ts';
import { shuffle, uniform, type RandomSource } from '../cards/shuffle.ts';
import { InvariantError, assert } from './assert.ts';
import type {
	DealPlan,
	Decision,
	GameCommand,
	GameEvent,
	GameOptions,
	GameState,
	SeatIndex,
} from './game.ts';

/** The part of a `Game` that playing needs; every `Game` is one, and its own types are kept. */
export interface Playable<S extends GameState, E extends GameEvent, C extends GameCommand> {
	defaultOptions(): GameOptions;
	start(options: GameOptions, seats: number, firstDealer: SeatIndex): S;
	dealDue(state: S, active: readonly SeatIndex[]): DealPlan | null;
	deal(state: S, active: readonly SeatIndex[], deck: readonly CardId[]): E;
	decide(state: S, command: C, seat: SeatIndex): Decision<E>;
	evolve(state: S, event: E): S;
}

/** Names the move of the seat whose turn it is. The seed is 32-bit and fresh for every move. */
export type Choose<S extends GameState, C extends GameCommand> = (
	state: S,
	seat: SeatIndex,
	seed: number,
) => C;

export interface SimulatedPlay<S extends GameState, E extends GameEvent, C extends GameCommand> {
	readonly game: Playable<S, E, C>;
	/** Size of the table, absent seats included. */
	readonly seats: number;
	/** Any whole number; its low 32 bits count. Deals, first dealer and the seeds of the moves follow from it. */
	readonly seed: number;
	readonly choose: Choose<S, C>;
	/** The game's default options when left out. */
	readonly options?: GameOptions;
	/** Seats dealt in to a round (1-based), rising; everybody when left out. */
	readonly activeIn?: (round: number) => readonly SeatIndex[];
}

export interface SimulatedGame<S extends GameState, E extends GameEvent> {
	/** The events from the first deal to the end, hands included: what the host of such a game holds. */
	readonly events: readonly E[];
	/** The state after the last of them. */
	readonly state: S;
}

/** A rule that never ends a game must not hang a test: the longest game here, ten seats, makes about 650 moves. */
const MAX_STEPS = 10_000;

/**
 * Plays from the first deal to the end.
 * @throws {InvariantError} when a chosen move is refused, or fewer seats are active than the game needs
 */
export function simulatePlay<S extends GameState, E extends GameEvent, C extends GameCommand>(
	play: SimulatedPlay<S, E, C>,
): SimulatedGame<S, E> {
	const { game, seats } = play;
	const source = seeded(play.seed);
	const everybody = seatIndexes(seats);
	const firstDealer = everybody[uniform(source, seats)];
	assert(firstDealer !== undefined, 'nobody can deal');
	const events: E[] = [];
	let state = game.start(play.options ?? game.defaultOptions(), seats, firstDealer);
	for (let step = 0; !state.over; step++) {
		assert(step < MAX_STEPS, `the game of seed ${play.seed} does not end`);
		const active = state.turn === null ? (play.activeIn?.(state.round + 1) ?? everybody) : everybody;
		for (const event of stepOf(play, state, active, source)) {
			state = game.evolve(state, event);
			events.push(event);
		}
	}
	return { events, state };
}

function stepOf<S extends GameState, E extends GameEvent, C extends GameCommand>(
	{ game, choose, seed }: SimulatedPlay<S, E, C>,
	state: S,
	active: readonly SeatIndex[],
	source: RandomSource,
): readonly E[] {
	const seat = state.turn;
	if (seat === null) {
		const plan = game.dealDue(state, active);
		if (plan === null) throw new InvariantError(`seed ${seed}: no one is to act and no deal is due`);
		return [game.deal(state, active, shuffle(cardsOf(plan.decks), source))];
	}
	const command = choose(state, seat, source.next32());
	const decision = game.decide(state, command, seat);
	if (decision.ok) return decision.events;
	const refused = `seed ${seed}, round ${state.round}, seat ${seat}: ${JSON.stringify(command)}`;
	throw new InvariantError(`${refused} is refused as ${decision.code}`);
}

function seatIndexes(seats: number): SeatIndex[] {
	return Array.from({ length: seats }, (_, seat) => seat as SeatIndex);
}
