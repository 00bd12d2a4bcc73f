/** What must hold in every game of El Dorado, tried on random ones. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf, isInDecks } from '../../cards/deck.ts';
import { formatCard } from '../../cards/notation.ts';
import { REFUSAL_CODES, type Hand, type RefusalCode, type SeatIndex, type Viewer } from '../../game/game.ts';
import { decksFor } from './dealing.ts';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import { allSeats, playGame, seatAt, startOf, type SampleGame } from './testing.ts';
import { SCORINGS, TRUMP_LEADS, type ElDoradoCommand, type ElDoradoEvent } from './types.ts';

/** Any table: its size, house rules, first dealer, and seats that miss some of the rounds. */
const anyGame: fc.Arbitrary<SampleGame> = fc
	.record({
		seed: fc.integer(),
		seats: fc.integer({ min: 2, max: 10 }),
		hook: fc.boolean(),
		trumpLead: fc.constantFrom(...TRUMP_LEADS),
		scoring: fc.constantFrom(...SCORINGS),
		dealer: fc.nat(9),
		absences: fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 10 })), { maxLength: 6 }),
	})
	.map(({ seed, seats, dealer, absences, ...house }) => ({
		seed,
		seats,
		options: { v: 2, mode: 'cards', ...house } as const,
		firstDealer: dealer % seats,
		absent: (round: number) => {
			const away = absences.filter(([seat, out]) => out === round && seat < seats).map(([seat]) => seat);
			return [...new Set(away)].slice(0, seats - 2);
		},
	}));

interface Step {
	readonly event: ElDoradoEvent;
	readonly state: ElDoradoState;
}

function stepsOf(game: SampleGame): Step[] {
	const steps: Step[] = [];
	playGame({ ...game, onEvent: (event, state) => steps.push({ event, state }) });
	return steps;
}

/** What a peer receives: the public payload, through the text of a log, with the hands that were sealed to it. */
function received(event: ElDoradoEvent, opens: (seat: number) => boolean): ElDoradoEvent {
	const { v, payload } = EL_DORADO.formatEvent(event);
	const parsed = EL_DORADO.parseEvent(event.type, v, JSON.parse(JSON.stringify(payload)));
	if (parsed === null) throw new Error(`${event.type} does not read back`);
	const hands = EL_DORADO.handsOf(event);
	if (hands === null) return parsed;
	return EL_DORADO.openHands(
		parsed,
		hands.map((hand, seat) => (opens(seat) ? hand : null)),
	);
}

const check = (property: (game: SampleGame) => void, numRuns: number) =>
	fc.assert(fc.property(anyGame, property), { numRuns });

describe('El Dorado, in every game', () => {
	it('cards are conserved: every card is in one hand, played, turned up or undealt', () => {
		check((game) => {
			for (const { state } of stepsOf(game)) {
				const { active, cardsEach } = state;
				const held = state.hands.flatMap((hand) => hand ?? []);
				const played = [...state.tricks.flatMap(({ plays }) => plays), ...state.trick].map(
					({ card }) => card,
				);
				const known = [...held, ...played, state.trumpCard!];
				expect(known.length).toBe(active.length * cardsEach + 1);
				expect(new Set(known).size).toBe(known.length);
				expect(known.every((card) => isInDecks(card, decksFor(active.length)))).toBe(true);
				expect(state.seats.map(({ cardsLeft }) => cardsLeft)).toEqual(
					state.hands.map((hand) => hand?.length),
				);
			}
		}, 25);
	});

	it('tricks and points add up: all tricks of a round are taken, totals are sums of rounds', () => {
		check((game) => {
			const state = playGame(game);
			const sums = state.seats.map(() => 0);
			expect(state.sheet.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
			for (const row of state.sheet) {
				expect(row.tricks.reduce<number>((sum, tricks) => sum + (tricks ?? 0), 0)).toBe(row.cardsEach);
				row.scores.forEach((score, seat) => (sums[seat]! += score ?? 0));
				expect(row.totals).toEqual(sums);
			}
		}, 50);
	});

	it('the log folds to the live state, at every event', () => {
		check((game) => {
			let folded = startOf(game);
			for (const { event, state } of stepsOf(game)) {
				const read = received(event, () => true);
				expect(read).toEqual(event);
				folded = EL_DORADO.evolve(folded, read);
				expect(folded).toEqual(state);
			}
		}, 15);
	});

	it('a public payload holds no hand, and closed hands stay closed when it is read', () => {
		check((game) => {
			for (const { event } of stepsOf(game)) {
				if (event.type !== 'cards_dealt') continue;
				const { payload } = EL_DORADO.formatEvent(event);
				const text = JSON.stringify(payload);
				const named = cardsOf(2).filter((card) => text.includes(`"${formatCard(card)}"`));
				expect(named).toEqual([event.trumpCard]);
				const read = EL_DORADO.parseEvent(event.type, 1, payload)!;
				const isActive = (seat: number) => event.active.includes(seatAt(seat));
				expect(EL_DORADO.handsOf(read)).toEqual(event.hands.map((_, seat) => (isActive(seat) ? null : [])));
			}
		}, 20);
	});

	it('no view shows an unseen card: a peer that never had the other hands sees exactly the same', () => {
		check((game) => {
			const viewers: Viewer[] = [...allSeats(game.seats), null];
			const peers = viewers.map(() => startOf(game));
			for (const { event, state } of stepsOf(game)) {
				viewers.forEach((viewer, index) => {
					const known = received(event, (seat) => seat === viewer);
					const peer = EL_DORADO.evolve(peers[index]!, known);
					peers[index] = peer;
					expect(unseenBy(viewer, peer)).toEqual([]);
					expect(EL_DORADO.view(state, viewer)).toEqual(EL_DORADO.view(peer, viewer));
				});
			}
		}, 8);
	});

	it('the legal moves of a view are exactly those that are taken, each other one is refused with its code', () => {
		check((game) => {
			for (const { state } of stepsOf(game)) tryEverything(state, game.seats);
		}, 4);
	});

	it('a refused card is a corrupt event to a peer that holds the hand', () => {
		check((game) => {
			for (const { state } of stepsOf(game)) {
				if (state.turn === null || state.phase !== 'playing') continue;
				for (const { card, refusal } of EL_DORADO.view(state, state.turn).hand) {
					const play = () => EL_DORADO.evolve(state, { type: 'card_played', seat: state.turn!, card });
					if (refusal === null) expect(play).not.toThrow();
					else expect(play).toThrow(refusal);
				}
			}
		}, 10);
	});

	it('the forced move is legal, and a game of nothing else comes to its end', () => {
		check((game) => {
			const state = playGame({ ...game, move: EL_DORADO.forcedMove });
			expect(state.over).toBe(true);
		}, 40);
	});

	it('the same seed gives the same game', () => {
		check((game) => {
			expect(playGame(game)).toEqual(playGame(game));
		}, 10);
	});

	it('no state is changed by what comes after it', () => {
		check((game) => {
			const steps = stepsOf(game);
			const texts = new Map<ElDoradoState, string>();
			playGame({ ...game, onEvent: (_, state) => texts.set(state, JSON.stringify(state)) });
			expect(texts.size).toBe(steps.length);
			for (const [state, text] of texts) expect(JSON.stringify(state)).toBe(text);
		}, 10);
	});
});

/** Seats other than the viewer's of which a peer knows a card. */
function unseenBy(viewer: Viewer, peer: ElDoradoState): number[] {
	return peer.hands.flatMap((hand: Hand | null, seat) =>
		seat !== viewer && hand !== null && hand.length > 0 ? [seat] : [],
	);
}

const SOME_CARDS = [...cardsOf(2), 104, -1, 0.5, NaN];
const SOME_BIDS = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0.5, NaN, Infinity];

/** Every bid and card from every seat: taken exactly when the view says so, else refused, the state untouched. */
function tryEverything(state: ElDoradoState, seats: number): void {
	const before = JSON.stringify(state);
	for (const seat of [...allSeats(seats), seatAt(seats)]) {
		const view = EL_DORADO.view(state, seat);
		const shown = new Map(view.hand.map(({ card, refusal }) => [Number(card), refusal]));
		for (const card of SOME_CARDS) {
			const code = codeOf(state, { type: 'play_card', card: card as never }, seat);
			const isRight = shown.has(card) ? code === shown.get(card) : code !== null;
			if (!isRight) throw new Error(`seat ${seat}, card ${card}: ${code} instead of ${shown.get(card)}`);
		}
		for (const bid of SOME_BIDS) {
			const code = codeOf(state, { type: 'make_bid', bid }, seat);
			if ((code === null) !== view.legalBids.includes(bid))
				throw new Error(`seat ${seat}, bid ${bid}: ${code}`);
		}
	}
	expect(JSON.stringify(state)).toBe(before);
}

/** The code it is refused with, one of the list, or null. */
function codeOf(state: ElDoradoState, command: ElDoradoCommand, seat: SeatIndex): RefusalCode | null {
	const decision = EL_DORADO.decide(state, command, seat);
	if (decision.ok) return null;
	if (!REFUSAL_CODES.includes(decision.code)) throw new Error(`refused with ${decision.code}`);
	return decision.code;
}
