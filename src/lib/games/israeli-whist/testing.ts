/**
 * Whole games from one seed, for tests and benches: by random legal moves out of the view of the seat to act, or by
 * any other mover; and rounds dealt by card names.
 */
import type { CardId } from '../../cards/card.ts';
import { cardsOf } from '../../cards/deck.ts';
import { parseCard } from '../../cards/notation.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle, uniform, type RandomSource } from '../../cards/shuffle.ts';
import { assert } from '../../game/assert.ts';
import type { Asking, Decision, SeatIndex } from '../../game/game.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from './index.ts';
import { SEATS, leftOf, roundFrom } from './state.ts';
import {
	FRISCH_CARDS,
	type Bid,
	type IsraeliWhistCommand,
	type IsraeliWhistEvent,
	type IsraeliWhistOptions,
	type IsraeliWhistView,
	type Strain,
} from './types.ts';

export interface SampleGame {
	readonly seed: number;
	readonly options?: Partial<IsraeliWhistOptions>;
	readonly firstDealer?: number;
	/** Out of a hundred calls, how many are passes; 70 by default. 100 never ends. */
	readonly passes?: number;
	/** Called with every event and the state it leads to. */
	readonly onEvent?: (event: IsraeliWhistEvent, state: IsraeliWhistState) => void;
}

/** A game of the rules' own options but for these; three rounds long unless they say otherwise. */
export function optionsWith(options: Partial<IsraeliWhistOptions> = {}): IsraeliWhistOptions {
	return { ...ISRAELI_WHIST.defaultOptions(), end: { type: 'rounds', rounds: 3 }, ...options };
}

export function startOf({ options, firstDealer = 0 }: Omit<SampleGame, 'seed'> = {}): IsraeliWhistState {
	const seat = SEATS[firstDealer];
	assert(seat !== undefined, 'four seats can deal');
	return ISRAELI_WHIST.start(optionsWith(options), SEATS.length, seat);
}

/** Plays to the end by random legal moves; gives the last state. */
export function playGame(game: SampleGame): IsraeliWhistState {
	const source = seeded(game.seed);
	let state = startOf(game);
	const fold = (event: IsraeliWhistEvent): void => {
		state = ISRAELI_WHIST.evolve(state, event);
		game.onEvent?.(event, state);
	};
	while (!state.over) {
		const seat = anySeatToAct(state, source);
		if (seat === null) {
			fold(ISRAELI_WHIST.deal(state, SEATS, shuffle(cardsOf(1), source)));
			continue;
		}
		const move = randomMove(ISRAELI_WHIST.view(state, seat), source, game.passes);
		const decision = ISRAELI_WHIST.decide(state, move, seat);
		assert(decision.ok, `seed ${game.seed}: ${JSON.stringify(move)} is refused`);
		for (const event of decision.events) fold(event);
	}
	return state;
}

/** In a frisch the seats choose in any order. */
function anySeatToAct(state: IsraeliWhistState, source: RandomSource): SeatIndex | null {
	if (state.pending.length === 0) return state.turn;
	return state.pending[uniform(source, state.pending.length)] ?? state.turn;
}

/** Any legal move, low bids and contracts rather than high ones so that some are made. */
export function randomMove(view: IsraeliWhistView, source: RandomSource, passes = 70): IsraeliWhistCommand {
	switch (view.phase) {
		case 'auction': {
			const bid = view.legalBids[uniform(source, Math.max(1, Math.min(8, view.legalBids.length)))];
			const isPass = bid === undefined || uniform(source, 100) < passes;
			return { type: 'make_call', bid: isPass ? null : bid };
		}
		case 'frisch':
			return {
				type: 'pass_cards',
				cards: shuffle(view.hand, source)
					.slice(0, FRISCH_CARDS)
					.map(({ card }) => card),
			};
		case 'contracts': {
			const contract = view.legalContracts[uniform(source, Math.min(5, view.legalContracts.length))];
			assert(contract !== undefined, 'there is always a legal contract');
			return { type: 'make_contract', contract };
		}
		default: {
			const legal = view.hand.filter(({ refusal }) => refusal === null);
			const held = legal[uniform(source, legal.length)];
			assert(held !== undefined, 'there is always a legal card');
			return { type: 'play_card', card: held.card };
		}
	}
}

// Rounds as people say them.

export function cardNamed(name: string): CardId {
	const card = parseCard(name);
	assert(card !== null, `no card is called ${name}`);
	return card;
}

/** `'AS KS'`, in that order. */
export function handNamed(names: string): CardId[] {
	return names.split(' ').map(cardNamed);
}

/** `'6H'`, `'5NT'`, or `'-'` for a pass. */
export function callNamed(name: string): Bid | null {
	if (name === '-') return null;
	const strains: Record<string, Strain> = {
		C: 'clubs',
		D: 'diamonds',
		H: 'hearts',
		S: 'spades',
		NT: 'no_trump',
	};
	const strain = strains[name.replace(/^\d+/, '')];
	assert(strain !== undefined, `no bid is called ${name}`);
	return { amount: Number.parseInt(name, 10), strain };
}

/** The deck that deals these hands (by seat) when this seat deals. */
export function deckOf(hands: readonly (readonly CardId[])[], dealer: SeatIndex): CardId[] {
	const order = roundFrom(leftOf(dealer));
	const deck: CardId[] = [];
	for (let card = 0; card < (hands[0]?.length ?? 0); card += 1) {
		for (const seat of order) {
			const held = hands[seat]?.[card];
			assert(held !== undefined, 'hands are of one size');
			deck.push(held);
		}
	}
	return deck;
}

/** A table in one hand: commands that must be taken, or give their refusal. */
export class Trial {
	state: IsraeliWhistState;
	readonly events: IsraeliWhistEvent[] = [];
	/** Who asks beyond the seat; the admin is seat 0. */
	timeMs = 0;

	constructor(options: Partial<IsraeliWhistOptions> = {}, firstDealer = 0) {
		this.state = startOf({ options, firstDealer });
		if (this.state.options.mode === 'keeper') this.settle();
	}

	fold(...events: readonly IsraeliWhistEvent[]): this {
		for (const event of events) {
			this.state = ISRAELI_WHIST.evolve(this.state, event);
			this.events.push(event);
		}
		return this;
	}
	/** Folds what follows by itself, as a host does. */
	settle(): this {
		for (let next = ISRAELI_WHIST.owed(this.state); next !== null; next = ISRAELI_WHIST.owed(this.state)) {
			this.fold(next);
		}
		return this;
	}
	/** Deals a deck from a seed, or these hands. */
	deal(hands: number | readonly string[] = 1): this {
		const deck =
			typeof hands === 'number'
				? shuffle(cardsOf(1), seeded(hands))
				: deckOf(hands.map(handNamed), leftOf(this.state.firstDealer, this.state.sheet.length));
		return this.fold(ISRAELI_WHIST.deal(this.state, SEATS, deck));
	}
	decide(seat: number, command: IsraeliWhistCommand, asking?: Partial<Asking>): Decision<IsraeliWhistEvent> {
		const by = { isAdmin: seat === 0, timeMs: this.timeMs, ...asking };
		return ISRAELI_WHIST.decide(this.state, command, SEATS[seat] ?? (seat as SeatIndex), by);
	}
	take(seat: number, command: IsraeliWhistCommand, asking?: Partial<Asking>): this {
		const decision = this.decide(seat, command, asking);
		assert(decision.ok, `${JSON.stringify(command)} is refused: ${decision.ok ? '' : decision.code}`);
		return this.fold(...decision.events);
	}
	/** The code it is refused with; null when it would be taken. */
	refusal(seat: number, command: IsraeliWhistCommand, asking?: Partial<Asking>): string | null {
		const decision = this.decide(seat, command, asking);
		return decision.ok ? null : decision.code;
	}
	/** Calls in turn: `'- - 6H - - -'`. */
	calls(names: string): this {
		for (const name of names.split(' ')) {
			this.take(this.#turn, { type: 'make_call', bid: callNamed(name) });
		}
		return this;
	}
	/** Contracts in turn, the declarer's first. */
	contracts(...contracts: readonly number[]): this {
		for (const contract of contracts) this.take(this.#turn, { type: 'make_contract', contract });
		return this;
	}
	/** Every seat passes on the first three cards of its hand. */
	passFirstThree(): this {
		for (const seat of SEATS) {
			const cards = (this.state.hands[seat] ?? []).slice(0, FRISCH_CARDS);
			this.take(seat, { type: 'pass_cards', cards });
		}
		return this;
	}
	/** A keeper's round: so many tricks claimed by each seat. */
	claims(...tricks: readonly number[]): this {
		tricks.forEach((count, seat) => {
			for (let trick = 0; trick < count; trick += 1) this.take(seat, { type: 'claim_trick' });
		});
		return this;
	}
	/** Plays the rest of the round by the lowest legal cards. */
	playOut(): this {
		while (this.state.phase === 'playing' && this.state.turn !== null) {
			this.take(this.state.turn, ISRAELI_WHIST.forcedMove(this.state, this.state.turn));
		}
		return this;
	}
	get totals(): readonly number[] {
		return ISRAELI_WHIST.totals(this.state);
	}
	get #turn(): SeatIndex {
		assert(this.state.turn !== null, `somebody is to act while it is ${this.state.phase}`);
		return this.state.turn;
	}
}

/** A quick entry by the admin. */
export function entry(
	declarer: number,
	contracts: readonly number[],
	strain: Strain = 'hearts',
): IsraeliWhistCommand {
	return { type: 'enter_contracts', declarer: declarer as SeatIndex, strain, contracts, frischs: 0 };
}
