/**
 * Exact counts of legal sequences on tiny deals: the engine against a naive player of the same rules that is
 * written here from the rules file alone, on words instead of numbers. Counts and scores of all ends must agree;
 * the table of counts keeps both from drifting together.
 */
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../cards/deck.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle, uniform } from '../../cards/shuffle.ts';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import { dealNamed } from './testing.ts';
import type { ElDoradoCommand } from './types.ts';

interface Deal {
	readonly hands: readonly string[];
	readonly trump: string;
	readonly dealer: number;
	readonly hook?: boolean;
	readonly free?: boolean;
	/** Bids to play with, by seat; all sequences of bids when left out. */
	readonly bids?: readonly number[];
}
/** How many sequences end in these scores. */
type Ends = Map<string, number>;

// The naive player. It knows nothing of the engine.

interface Naive {
	readonly hands: readonly (readonly string[])[];
	readonly bids: readonly number[];
	readonly broken: boolean;
	readonly trick: readonly (readonly [number, string])[];
	readonly leader: number;
	readonly won: readonly number[];
}
const ORDER = '23456789TJQKA';

function naiveEnds(deal: Deal): Ends {
	const hands = deal.hands.map((hand) => hand.split(' '));
	const players = hands.length;
	const trump = deal.trump[1]!;
	const tricks = hands[0]!.length;
	const ends: Ends = new Map();

	function bid(bids: readonly (readonly [number, number])[]): void {
		if (bids.length === players) {
			const bySeat = hands.map((_, seat) => bids.find(([who]) => who === seat)![1]);
			const leader = (deal.dealer + 1) % players;
			play({ hands, bids: bySeat, broken: false, trick: [], leader, won: hands.map(() => 0) });
			return;
		}
		const seat = (deal.dealer + 1 + bids.length) % players;
		const sum = bids.reduce((total, [, made]) => total + made, 0);
		for (let made = 0; made <= tricks; made += 1) {
			if (deal.bids && deal.bids[seat] !== made) continue;
			if (deal.hook && bids.length === players - 1 && sum + made === tricks) continue;
			bid([...bids, [seat, made]]);
		}
	}

	function play(table: Naive): void {
		if (table.trick.length === players) {
			closeTrick(table);
			return;
		}
		if (table.hands.every((hand) => hand.length === 0)) {
			end(table);
			return;
		}
		const seat = (table.leader + table.trick.length) % players;
		const hand = table.hands[seat]!;
		for (const card of hand.filter((held) => isLegal(table, hand, held))) {
			const led = table.trick[0]?.[1][1];
			play({
				...table,
				hands: table.hands.map((held, who) => (who === seat ? held.filter((one) => one !== card) : held)),
				broken: table.broken || (led !== undefined && led !== trump && card[1] === trump),
				trick: [...table.trick, [seat, card]],
			});
		}
	}

	function isLegal(table: Naive, hand: readonly string[], card: string): boolean {
		const led = table.trick[0]?.[1][1];
		if (led !== undefined) return card[1] === led || hand.every((held) => held[1] !== led);
		if (deal.free || table.broken || card[1] !== trump) return true;
		return hand.every((held) => held[1] === trump);
	}

	function closeTrick(table: Naive): void {
		const led = table.trick[0]![1][1];
		const suit = table.trick.some(([, card]) => card[1] === trump) ? trump : led;
		const inSuit = table.trick.filter(([, card]) => card[1] === suit);
		const top = Math.max(...inSuit.map(([, card]) => ORDER.indexOf(card[0]!)));
		const winner = inSuit.findLast(([, card]) => ORDER.indexOf(card[0]!) === top)![0];
		const won = table.won.map((tricksWon, seat) => (seat === winner ? tricksWon + 1 : tricksWon));
		play({ ...table, trick: [], leader: winner, won });
	}

	function end(table: Naive): void {
		const scores = table.bids
			.map((made, seat) => (table.won[seat] === made ? 5 + made : -5 - made))
			.join(' ');
		ends.set(scores, (ends.get(scores) ?? 0) + 1);
	}

	bid([]);
	return ends;
}

// The engine, asked for every bid and every card there is.

function engineEnds(deal: Deal): Ends {
	const ends: Ends = new Map();
	const bids = Array.from({ length: 12 }, (_, index) => index - 1);
	const cards = cardsOf(deal.hands.length >= 6 ? 2 : 1);

	function visit(state: ElDoradoState): void {
		const { turn } = state;
		if (turn === null) {
			const scores = state.sheet.at(-1)!.scores.join(' ');
			ends.set(scores, (ends.get(scores) ?? 0) + 1);
			return;
		}
		const commands: ElDoradoCommand[] =
			state.phase === 'bidding'
				? bids
						.filter((bid) => deal.bids === undefined || deal.bids[turn] === bid)
						.map((bid) => ({ type: 'make_bid', bid }))
				: cards.map((card) => ({ type: 'play_card', card }));
		for (const command of commands) {
			const decision = EL_DORADO.decide(state, command, turn);
			if (decision.ok) visit(decision.events.reduce(EL_DORADO.evolve, state));
		}
	}

	const trumpLead = deal.free ? 'free' : 'broken';
	visit(dealNamed({ ...deal, options: { hook: deal.hook ?? false, trumpLead } }));
	return ends;
}

function countOf(ends: Ends): number {
	return [...ends.values()].reduce((sum, count) => sum + count, 0);
}
const sorted = (ends: Ends) => [...ends].sort();

const TABLE: readonly (Deal & { readonly what: string; readonly sequences: number })[] = [
	{ what: 'one card each: only bids differ', hands: ['AH', 'KH'], trump: '2C', dealer: 0, sequences: 4 },
	{ what: 'the hook takes a bid', hands: ['AH', 'KH'], trump: '2C', dealer: 0, hook: true, sequences: 2 },
	{
		what: 'two suits, two seats',
		hands: ['AH 2D', 'KH 3D'],
		trump: '2C',
		dealer: 1,
		sequences: 18,
	},
	{
		what: 'trump may not be led before it is broken',
		hands: ['AC 2D 3D', 'KC QC 3H'],
		trump: '2C',
		dealer: 1,
		bids: [0, 0],
		sequences: 16,
	},
	{
		what: 'trump may be led freely',
		hands: ['AC 2D 3D', 'KC QC 3H'],
		trump: '2C',
		dealer: 1,
		free: true,
		bids: [0, 0],
		sequences: 28,
	},
	{
		what: 'nothing but trump: a forced lead',
		hands: ['AC 3C 4C', 'KC QC 3H', '2H 2D 5D'],
		trump: '2C',
		dealer: 2,
		bids: [3, 0, 0],
		sequences: 56,
	},
	{
		what: 'three seats, three cards, all bids, hook',
		hands: ['AC 3D 4S', 'KC QD 3H', '2H 2D 5C'],
		trump: '2C',
		dealer: 0,
		hook: true,
		sequences: 540,
	},
	{
		what: 'three seats, four cards',
		hands: ['AC 3D 4S 5S', 'KC QD 3H 6H', '2H 2D 5C 7D'],
		trump: '2C',
		dealer: 0,
		bids: [1, 1, 1],
		sequences: 552,
	},
	{
		what: 'four seats, three cards',
		hands: ['AC 3D 4D', 'KC QH 3H', '2H 2S 5C', 'AS KS 9D'],
		trump: '2C',
		dealer: 2,
		bids: [1, 1, 1, 0],
		sequences: 384,
	},
	{
		what: 'two decks: six seats with twins, the later one wins',
		hands: ['AH KC', 'AH* 2D', 'KC* 3D', '2D* 2S', 'AC AC*', '5S 5S*'],
		trump: '2C',
		dealer: 5,
		bids: [0, 1, 0, 1, 1, 0],
		sequences: 16,
	},
];

describe('El Dorado perft', () => {
	it.each(TABLE)('$what: $sequences sequences', ({ sequences, ...deal }) => {
		const ends = engineEnds(deal);
		expect(sorted(ends)).toEqual(sorted(naiveEnds(deal)));
		expect(countOf(ends)).toBe(sequences);
	});

	it('plays random tiny deals to the same ends as the naive player, as often', () => {
		let sequences = 0;
		for (let seed = 0; seed < 300; seed += 1) {
			const deal = randomDeal(seed);
			const ends = engineEnds(deal);
			expect(sorted(ends), `seed ${seed}: ${JSON.stringify(deal)}`).toEqual(sorted(naiveEnds(deal)));
			sequences += countOf(ends);
		}
		expect(sequences).toBeGreaterThan(5_000);
	});
});

/** A deal from a deck of few ranks, where following, ruffing and twins happen all the time. */
function randomDeal(seed: number): Deal {
	const source = seeded(seed);
	const seats = 2 + uniform(source, 5);
	const cardsEach = 1 + uniform(source, seats === 2 ? 4 : seats <= 4 ? 3 : 2);
	const ranks = seats >= 6 ? ['2', 'K', 'A'] : ['2', '3', 'K', 'A'];
	const names = ranks.flatMap((rank) => ['C', 'D', 'H', 'S'].map((suit) => rank + suit));
	const deck = shuffle(seats >= 6 ? [...names, ...names.map((name) => `${name}*`)] : names, source);
	return {
		hands: Array.from({ length: seats }, (_, seat) =>
			deck.slice(seat * cardsEach, (seat + 1) * cardsEach).join(' '),
		),
		trump: deck[seats * cardsEach]!,
		dealer: uniform(source, seats),
		free: uniform(source, 4) === 0,
		bids: Array.from({ length: seats }, () => uniform(source, cardsEach + 1)),
	};
}
