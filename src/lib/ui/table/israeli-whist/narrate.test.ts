import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../../cards/deck.ts';
import type { SeatIndex } from '../../../game/game.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../../../games/israeli-whist/index.ts';
import type {
	IsraeliWhistCommand,
	IsraeliWhistOptions,
	IsraeliWhistView,
} from '../../../games/israeli-whist/types.ts';
import { narrate, type Fact } from './narrate.ts';
import { plateFacts } from './plates.ts';
import { whistText } from '../../messages/whist.en.ts';

const SEATS = [0, 1, 2, 3] as SeatIndex[];
const ME = 0 as SeatIndex;

/** A game with the deck in order, dealt by this player: seat 1 speaks first, this player last. */
function game(options: Partial<IsraeliWhistOptions> = {}) {
	let state: IsraeliWhistState = ISRAELI_WHIST.start(
		{ ...ISRAELI_WHIST.defaultOptions(), ...options },
		4,
		ME,
	);
	let seen: IsraeliWhistView = ISRAELI_WHIST.view(state, ME);
	const look = (): readonly Fact[] => {
		const before = seen;
		seen = ISRAELI_WHIST.view(state, ME);
		return narrate(before, seen);
	};
	const act = (seat: number, command: IsraeliWhistCommand): readonly Fact[] => {
		const decision = ISRAELI_WHIST.decide(state, command, seat as SeatIndex);
		if (!decision.ok) throw new Error(decision.code);
		for (const event of decision.events) state = ISRAELI_WHIST.evolve(state, event);
		return look();
	};
	return {
		view: () => seen,
		deal(): readonly Fact[] {
			state = ISRAELI_WHIST.evolve(state, ISRAELI_WHIST.deal(state, SEATS, [...cardsOf(1)]));
			return look();
		},
		call: (seat: number, amount: number | null) =>
			act(seat, { type: 'make_call', bid: amount === null ? null : { amount, strain: 'spades' } }),
		pass: (seat: number) => act(seat, { type: 'pass_cards', cards: (state.hands[seat] ?? []).slice(0, 3) }),
		contract: (seat: number, contract: number) => act(seat, { type: 'make_contract', contract }),
		play(seat: number): readonly Fact[] {
			const card = ISRAELI_WHIST.view(state, seat as SeatIndex).hand.find(({ refusal }) => refusal === null);
			if (card === undefined) throw new Error('no card');
			return act(seat, { type: 'play_card', card: card.card });
		},
	};
}
const types = (facts: readonly Fact[]): string => facts.map(({ type }) => type).join(' ');

describe('what is read aloud of Israeli Whist', () => {
	it('is each call, and the listener’s own turn after it', () => {
		const table = game();
		expect(types(table.deal())).toBe('dealt');
		expect(table.call(1, null)).toEqual([{ type: 'called', seat: 1, bid: null }]);
		expect(types(table.call(2, 5))).toBe('called');
		expect(table.call(3, null)).toEqual([
			{ type: 'called', seat: 3, bid: null },
			{ type: 'turn', move: 'call' },
		]);
	});

	it('is a frisch: to whom, who has chosen, what came', () => {
		const table = game();
		table.deal();
		for (const seat of [1, 2, 3]) table.call(seat, null);
		expect(table.call(0, null)).toEqual([
			{ type: 'frisch', to: 1, direction: 'left' },
			{ type: 'turn', move: 'pass' },
		]);
		expect(table.pass(2)).toEqual([{ type: 'chosen', seat: 2 }]);
		expect(table.pass(0)).toEqual([]);
		table.pass(1);
		const [received, ...others] = table.pass(3);
		expect(received).toEqual({ type: 'received', cards: table.view().received });
		expect(others).toEqual([]);
		expect(table.view().receivedFrom).toBe(3);
	});

	it('is who plays what, the contracts, and whether they are over or under', () => {
		const table = game();
		table.deal();
		table.call(1, 6);
		table.call(2, null);
		table.call(3, null);
		expect(types(table.call(0, null))).toBe('called won');
		expect(types(table.contract(1, 6))).toBe('contract');
		table.contract(2, 3);
		expect(types(table.contract(3, 2))).toBe('contract turn');
		expect(table.contract(0, 0)).toEqual([
			{ type: 'contract', seat: 0, contract: 0 },
			{ type: 'all_named', sum: 11 },
		]);
		expect(types(table.play(1))).toBe('played');
	});

	it('is that nobody scores, and that the round is dealt again', () => {
		const table = game({ maxFrisch: 0 });
		table.deal();
		for (const seat of [1, 2, 3]) table.call(seat, null);
		expect(types(table.call(0, null))).toBe('called passed_out');
		expect(table.deal()).toEqual([{ type: 'dealt_again', round: 1 }]);
	});

	it('is nothing at the first look, but for the listener’s own turn', () => {
		const table = game();
		table.deal();
		for (const seat of [1, 2, 3]) table.call(seat, null);
		expect(narrate(null, table.view())).toEqual([{ type: 'turn', move: 'call' }]);
		expect(narrate(table.view(), table.view())).toEqual([]);
	});
});

describe('a plate of Israeli Whist', () => {
	const noteOf = (view: IsraeliWhistView, seat: number) =>
		plateFacts(view, seat as SeatIndex, whistText.english, 'Dana', String)?.note;

	it('tells in each phase what there is to know of a player', () => {
		const table = game();
		table.deal();
		expect(noteOf(table.view(), 1)).toBe('No call yet');
		for (const seat of [1, 2, 3, 0]) table.call(seat, null);
		expect(
			SEATS.map((seat) => plateFacts(table.view(), seat, whistText.english, '', String)?.isTurn),
		).toEqual([true, true, true, true]);
		for (const seat of SEATS) table.pass(seat);
		table.call(1, 6);
		for (const seat of [2, 3, 0]) table.call(seat, null);
		expect(noteOf(table.view(), 2)).toBe('No contract yet');
		for (const [seat, contract] of [6, 3, 2, 0].entries()) table.contract((seat + 1) % 4, contract);
		expect(noteOf(table.view(), 1)).toBe('Contract 6, took 0, declarer');
		expect(plateFacts(table.view(), ME, whistText.english, 'Noa', String)?.standing).toBe('met');
	});
});
