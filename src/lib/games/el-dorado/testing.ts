/**
 * Whole games from one seed, for tests and benches: by random legal moves out of the view of the seat to act, or
 * by any other mover.
 */
import type { CardId } from '../../cards/card.ts';
import { cardsOf } from '../../cards/deck.ts';
import { parseCard } from '../../cards/notation.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle, uniform, type RandomSource } from '../../cards/shuffle.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import {
	ROUNDS,
	type ElDoradoCommand,
	type ElDoradoEvent,
	type ElDoradoOptions,
	type ElDoradoView,
} from './types.ts';

export interface SampleGame {
	readonly seed: number;
	readonly seats: number;
	readonly options?: ElDoradoOptions;
	readonly firstDealer?: number;
	/** Seats that are not dealt in, by round; none by default. */
	readonly absent?: (round: number) => readonly number[];
	/** The player in every seat; `randomMove` on the seat's view by default. */
	readonly move?: (state: ElDoradoState, seat: SeatIndex, seed: number) => ElDoradoCommand;
	/** Called with every event and the state it leads to. */
	readonly onEvent?: (event: ElDoradoEvent, state: ElDoradoState) => void;
}

export function seatAt(index: number): SeatIndex {
	return index as SeatIndex;
}

export function allSeats(seats: number): SeatIndex[] {
	return Array.from({ length: seats }, (_, seat) => seatAt(seat));
}

/** The state before the first deal of a sample game. */
export function startOf({ seats, options, firstDealer }: SampleGame): ElDoradoState {
	return EL_DORADO.start(options ?? EL_DORADO.defaultOptions(), seats, seatAt(firstDealer ?? 0));
}

/** Plays all ten rounds; gives the last state. */
export function playGame(game: SampleGame): ElDoradoState {
	const source = seeded(game.seed);
	let state = startOf(game);
	const fold = (event: ElDoradoEvent) => {
		state = EL_DORADO.evolve(state, event);
		game.onEvent?.(event, state);
	};
	while (!state.over) {
		const { turn } = state;
		if (turn === null) {
			fold(dealNext(state, game, source));
			continue;
		}
		const command = game.move
			? game.move(state, turn, source.next32())
			: randomMove(EL_DORADO.view(state, turn), source);
		const decision = EL_DORADO.decide(state, command, turn);
		assert(decision.ok, `seed ${game.seed}: a legal move is refused`);
		for (const event of decision.events) fold(event);
	}
	return state;
}

function dealNext(state: ElDoradoState, game: SampleGame, source: RandomSource): ElDoradoEvent {
	const away = game.absent?.(state.round + 1) ?? [];
	const active = allSeats(game.seats).filter((seat) => !away.includes(seat));
	const due = EL_DORADO.dealDue(state, active);
	assert(due !== null, `seed ${game.seed}: no deal is due after round ${state.round}`);
	return EL_DORADO.deal(state, active, shuffle(cardsOf(due.decks), source));
}

/** Any legal move, low bids rather than high ones so that some are made. */
export function randomMove(view: ElDoradoView, source: RandomSource): ElDoradoCommand {
	if (view.phase === 'bidding') {
		const bid = view.legalBids[uniform(source, Math.min(4, view.legalBids.length))];
		assert(bid !== undefined, 'there is always a legal bid');
		return { type: 'make_bid', bid };
	}
	let legal = 0;
	for (const { refusal } of view.hand) if (refusal === null) legal += 1;
	let skip = uniform(source, legal);
	for (const { card, refusal } of view.hand) {
		if (refusal === null && skip-- === 0) return { type: 'play_card', card };
	}
	throw new InvariantError('there is always a legal card');
}

/** A deal by card names: `hands: ['AH 2C', 'KH 3C'], trump: 'QC'`. All hands have the same number of cards. */
export interface NamedDeal {
	readonly hands: readonly string[];
	readonly trump: string;
	readonly dealer: number;
	readonly options?: Partial<ElDoradoOptions>;
}

/** The state after this deal, in the round that deals so many cards, as if the rounds before had been played. */
export function dealNamed({ hands, trump, dealer, options }: NamedDeal): ElDoradoState {
	const seats = hands.length;
	const held = hands.map(handNamed);
	const cardsEach = held[0]?.length ?? 0;
	const before = {
		...EL_DORADO.start({ ...EL_DORADO.defaultOptions(), ...options }, seats, seatAt(dealer)),
		// The deal moves on from the seat that dealt before (1.4); in round 1 the drawn seat deals.
		dealer: seatAt(cardsEach === ROUNDS ? dealer : (dealer + seats - 1) % seats),
		round: ROUNDS - cardsEach,
	};
	return EL_DORADO.evolve(before, {
		type: 'cards_dealt',
		round: before.round + 1,
		dealer: seatAt(dealer),
		active: allSeats(seats),
		cardsEach,
		trumpCard: cardNamed(trump),
		hands: held,
	});
}

export function cardNamed(name: string): CardId {
	const card = parseCard(name);
	assert(card !== null, `no card is called ${name}`);
	return card;
}

export function handNamed(names: string): CardId[] {
	return names.split(' ').map(cardNamed);
}
