/** What must hold in every game of Israeli Whist, tried on random ones. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../cards/deck.ts';
import { formatCard } from '../../cards/notation.ts';
import { seeded } from '../../cards/seeded.ts';
import { uniform } from '../../cards/shuffle.ts';
import { REFUSAL_CODES, type Hand, type RefusalCode, type Viewer } from '../../game/game.ts';
import { BIDS } from './auction.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from './index.ts';
import { PRESETS, PRESET_NAMES } from './options.ts';
import { SEATS } from './state.ts';
import { Trial, playGame, startOf, type SampleGame } from './testing.ts';
import { FRISCH_DIRECTIONS, type IsraeliWhistCommand, type IsraeliWhistEvent } from './types.ts';

/** Any game with cards: its house rules, first dealer, and how willing its players are to bid. */
const anyGame: fc.Arbitrary<SampleGame> = fc.record({
	seed: fc.integer(),
	firstDealer: fc.nat(3),
	passes: fc.constantFrom(30, 70, 92),
	options: fc.record({
		passIsFinal: fc.boolean(),
		maxFrisch: fc.nat(3),
		frischDirection: fc.constantFrom(...FRISCH_DIRECTIONS),
		scoring: fc.constantFrom(...PRESET_NAMES).map((name) => PRESETS[name]),
		end: fc.integer({ min: 1, max: 3 }).map((rounds) => ({ type: 'rounds', rounds }) as const),
	}),
});

interface Step {
	readonly event: IsraeliWhistEvent;
	readonly state: IsraeliWhistState;
}

function stepsOf(game: SampleGame): Step[] {
	const steps: Step[] = [];
	playGame({ ...game, onEvent: (event, state) => steps.push({ event, state }) });
	return steps;
}

/** What a peer receives: the public payload, through the text of a log, with what was sealed to it. */
function received(event: IsraeliWhistEvent, opens: (seat: number) => boolean): IsraeliWhistEvent {
	const { v, payload } = ISRAELI_WHIST.formatEvent(event);
	const parsed = ISRAELI_WHIST.parseEvent(event.type, v, JSON.parse(JSON.stringify(payload)));
	if (parsed === null) throw new Error(`${event.type} does not read back`);
	const down = ISRAELI_WHIST.faceDownOf(event);
	if (down?.cards != null && opens(down.seat)) return ISRAELI_WHIST.openFaceDown(parsed, down.cards);
	const hands = ISRAELI_WHIST.handsOf(event);
	if (hands === null) return parsed;
	return ISRAELI_WHIST.openHands(
		parsed,
		hands.map((hand, seat) => (opens(seat) ? hand : null)),
	);
}

const check = (property: (game: SampleGame) => void, numRuns: number) =>
	fc.assert(fc.property(anyGame, property), { numRuns });

describe('Israeli Whist, in every game', () => {
	it('cards are conserved: each of the 52 is in one hand or played, frischs or not', () => {
		let exchanges = 0;
		check((game) => {
			for (const { event, state } of stepsOf(game)) {
				if (event.type === 'cards_exchanged') exchanges += 1;
				const held = state.hands.flatMap((hand) => hand ?? []);
				const played = [...state.tricks.flatMap(({ plays }) => plays), ...state.trick].map(
					({ card }) => card,
				);
				expect(new Set([...held, ...played]).size).toBe(52);
				expect(held.length + played.length).toBe(52);
				expect(state.seats.map(({ cardsLeft }) => cardsLeft)).toEqual(
					state.hands.map((hand) => hand?.length),
				);
			}
		}, 30);
		expect(exchanges).toBeGreaterThan(0);
	});

	it('tricks sum to thirteen, contracts never do, and totals are sums of rounds', () => {
		check((game) => {
			const { sheet } = playGame(game);
			const sums = [0, 0, 0, 0];
			const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
			for (const row of sheet) {
				expect(total(row.tricks)).toBe(13);
				expect(total(row.contracts)).not.toBe(13);
				expect(row.type).toBe(total(row.contracts) > 13 ? 'over' : 'under');
				expect(row.contracts[row.declarer]).toBeGreaterThanOrEqual(row.winningBid!);
				row.scores.forEach((score, seat) => (sums[seat]! += score));
				expect(row.totals).toEqual(sums);
			}
			expect(sheet.map(({ round }) => round)).toEqual(sheet.map((_, index) => index + 1));
		}, 60);
	});

	it('the auction always ends: after at most one call for each bid and three passes between', () => {
		check((game) => {
			for (const { state } of stepsOf(game)) {
				expect(state.calls.length).toBeLessThanOrEqual(4 * (BIDS.length + 1));
				expect(state.frischs).toBeLessThanOrEqual(state.options.maxFrisch);
			}
		}, 40);
	});

	it('the longest auction of all ends too: every bid made, three passes before each', () => {
		const table = new Trial().deal();
		let calls = 0;
		while (table.state.phase === 'auction') {
			const seat = table.state.turn!;
			const [lowest] = ISRAELI_WHIST.view(table.state, seat).legalBids;
			const isTime = calls % 4 === 3 || (table.state.calls.length > 0 && calls % 3 === 2);
			table.take(seat, { type: 'make_call', bid: isTime ? lowest! : null });
			calls += 1;
			expect(calls).toBeLessThanOrEqual(4 * BIDS.length);
		}
		expect(table.state).toMatchObject({ phase: 'contracts', winningBid: 13, trump: 'no_trump' });
	});

	it('the forbidden number is exact: the last to speak, and only then, misses what makes thirteen', () => {
		let forbidden = 0;
		check((game) => {
			for (const { state } of stepsOf(game)) {
				if (state.phase !== 'contracts') continue;
				const named = state.seats.filter(({ contract }) => contract !== null).length;
				const rest = 13 - state.sumOfContracts;
				const view = ISRAELI_WHIST.view(state, state.turn);
				expect(view.forbiddenContract).toBe(named === 3 && rest >= 0 ? rest : null);
				expect(view.legalContracts.includes(rest)).toBe(
					named < 3 && rest >= (named === 0 ? state.winningBid! : 0),
				);
				if (view.forbiddenContract !== null) forbidden += 1;
			}
		}, 40);
		expect(forbidden).toBeGreaterThan(20);
	});

	it('the log folds to the live state, at every event', () => {
		check((game) => {
			let folded = startOf(game);
			for (const { event, state } of stepsOf(game)) {
				const read = received(event, () => true);
				expect(read).toEqual(event);
				folded = ISRAELI_WHIST.evolve(folded, read);
				expect(folded).toEqual(state);
			}
		}, 20);
	});

	it('a public payload names no card but those that are played', () => {
		check((game) => {
			for (const { event } of stepsOf(game)) {
				const text = JSON.stringify(ISRAELI_WHIST.formatEvent(event).payload);
				const named = cardsOf(1).filter((card) => text.includes(`"${formatCard(card)}"`));
				expect(named).toEqual('card' in event ? [event.card] : []);
			}
		}, 20);
	});

	it('no view shows an unseen card: a peer that never had the other hands sees exactly the same', () => {
		check((game) => {
			const viewers: Viewer[] = [...SEATS, null];
			const peers = viewers.map(() => startOf(game));
			for (const { event, state } of stepsOf(game)) {
				viewers.forEach((viewer, index) => {
					const peer = ISRAELI_WHIST.evolve(
						peers[index]!,
						received(event, (seat) => seat === viewer),
					);
					peers[index] = peer;
					expect(unseenBy(viewer, peer)).toEqual([]);
					expect(ISRAELI_WHIST.view(state, viewer)).toEqual(ISRAELI_WHIST.view(peer, viewer));
				});
			}
		}, 10);
	});

	it('the legal moves of a view are exactly those that are taken, each other one is refused with its code', () => {
		check((game) => {
			const source = seeded(game.seed);
			for (const { state } of stepsOf(game)) if (uniform(source, 4) === 0) tryEverything(state);
		}, 6);
	});

	it('the forced move is legal, in any seat that is to act', () => {
		check((game) => {
			for (const { state } of stepsOf(game)) {
				const seats = state.pending.length > 0 ? state.pending : state.turn === null ? [] : [state.turn];
				for (const seat of seats) {
					const move = ISRAELI_WHIST.forcedMove(state, seat);
					expect(ISRAELI_WHIST.decide(state, move, seat).ok).toBe(true);
				}
			}
		}, 15);
	});

	it('a decision broken off after any of its events is made up for by what is owed', () => {
		check((game) => {
			const steps = stepsOf(game);
			steps.forEach(({ state }, index) => {
				const owed = ISRAELI_WHIST.owed(state);
				const next = steps[index + 1]?.event;
				if (owed !== null) expect(next).toEqual(owed);
			});
		}, 20);
	});

	it('no state is changed by what comes after it', () => {
		check((game) => {
			const kept: { state: IsraeliWhistState; text: string }[] = [];
			playGame({ ...game, onEvent: (_, state) => kept.push({ state, text: JSON.stringify(state) }) });
			for (const { state, text } of kept) expect(JSON.stringify(state)).toBe(text);
		}, 8);
	});
});

/** Cards of other hands that this peer's state knows. */
function unseenBy(viewer: Viewer, state: IsraeliWhistState): Hand[] {
	const others = SEATS.filter((seat) => seat !== viewer);
	return others.flatMap((seat) => {
		const hand = state.hands[seat] ?? null;
		const known = [hand, state.chosen[seat]?.cards ?? null, state.received[seat] ?? null];
		return known.filter((cards) => cards !== null && cards.length > 0) as Hand[];
	});
}

/** Every command there is, by every seat: taken when the seat's view offers it, else refused with a known code. */
function tryEverything(state: IsraeliWhistState): void {
	const before = JSON.stringify(state);
	for (const seat of SEATS) {
		const view = ISRAELI_WHIST.view(state, seat);
		const legal = new Set<string>();
		if (view.mayPass) legal.add('call null');
		for (const bid of view.legalBids) legal.add(`call ${JSON.stringify(bid)}`);
		for (const contract of view.legalContracts) legal.add(`contract ${contract}`);
		if (state.phase === 'playing') {
			for (const { card, refusal } of view.hand) if (refusal === null) legal.add(`card ${card}`);
		}
		const attempt = (name: string, command: IsraeliWhistCommand, shown?: RefusalCode | null) => {
			const decision = ISRAELI_WHIST.decide(state, command, seat);
			expect(decision.ok, `${name} by ${seat} in ${state.phase}`).toBe(legal.has(name));
			if (decision.ok) return;
			expect(REFUSAL_CODES).toContain(decision.code);
			if (shown !== undefined) expect(shown).toBe(decision.code);
		};
		for (const bid of [null, ...BIDS]) attempt(`call ${JSON.stringify(bid)}`, { type: 'make_call', bid });
		for (let contract = -1; contract <= 14; contract += 1) {
			attempt(`contract ${contract}`, { type: 'make_contract', contract });
		}
		if (state.phase !== 'playing') continue;
		for (const card of cardsOf(1)) {
			const held = view.hand.find((one) => one.card === card);
			attempt(`card ${card}`, { type: 'play_card', card }, state.over ? undefined : held?.refusal);
		}
	}
	expect(JSON.stringify(state)).toBe(before);
}
