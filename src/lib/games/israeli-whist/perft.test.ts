/**
 * Exact counts of legal sequences: the engine against a naive player of the same rules that is written here from the
 * rules file alone, on words instead of numbers. Auctions with a few bids to choose from, all contracts, and the last
 * tricks of a round. Counts and outcomes of all ends must agree; the tables of counts keep both from drifting together.
 */
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../cards/deck.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle, uniform } from '../../cards/shuffle.ts';
import { BIDS } from './auction.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from './index.ts';
import { SEATS } from './state.ts';
import { Trial, callNamed, handNamed } from './testing.ts';
import type { Bid, IsraeliWhistCommand, Strain, Trick } from './types.ts';

/** How many sequences end so. */
type Ends = Map<string, number>;
const add = (ends: Ends, end: string, count = 1) => ends.set(end, (ends.get(end) ?? 0) + count);
const sorted = (ends: Ends) => [...ends].sort();
const countOf = (ends: Ends) => [...ends.values()].reduce((sum, count) => sum + count, 0);

function nextStates(state: IsraeliWhistState, seat: number, commands: readonly IsraeliWhistCommand[]) {
	return commands.flatMap((command) => {
		const decision = ISRAELI_WHIST.decide(state, command, SEATS[seat]!);
		return decision.ok ? [decision.events.reduce(ISRAELI_WHIST.evolve, state)] : [];
	});
}

// Auctions.

interface Auctions {
	readonly what: string;
	readonly dealer: number;
	/** The bids anybody may think of. */
	readonly bids: string;
	readonly maxFrisch: number;
	readonly passIsFinal?: boolean;
	readonly sequences: number;
}

const NAIVE_STRAINS = ['C', 'D', 'H', 'S', 'NT'];

/** Rules 2.1 to 2.5, read again. */
function naiveAuctions({ dealer, bids, maxFrisch, passIsFinal = false }: Auctions): Ends {
	const ends: Ends = new Map();
	const worth = (bid: string) => parseInt(bid, 10) * 10 + NAIVE_STRAINS.indexOf(bid.replace(/\d+/, ''));

	function speak(frischs: number, said: readonly string[], seat: number): void {
		const best = said.filter((word) => !word.endsWith('pass')).at(-1);
		if (best?.endsWith(':13NT')) return void add(ends, `${best} after ${frischs}`);
		const tail = said.slice(best === undefined ? 0 : said.indexOf(best) + 1);
		if (best !== undefined && tail.length === 3) return void add(ends, `${best} after ${frischs}`);
		if (best === undefined && tail.length === 4) {
			if (frischs === maxFrisch) return void add(ends, 'void');
			return speak(frischs + 1, [], (dealer + 1) % 4);
		}
		const isOut = (who: number) => passIsFinal && said.includes(`${who}:pass`);
		if (passIsFinal && best !== undefined) {
			const others = [0, 1, 2, 3].filter((who) => !isOut(who) && who !== Number(best[0]));
			if (others.length === 0) return void add(ends, `${best} after ${frischs}`);
		}
		if (isOut(seat) || (passIsFinal && best?.startsWith(`${seat}:`) === true)) {
			return speak(frischs, said, (seat + 1) % 4);
		}
		speak(frischs, [...said, `${seat}:pass`], (seat + 1) % 4);
		for (const bid of bids.split(' ')) {
			if (parseInt(bid, 10) < 5 + frischs) continue;
			if (best !== undefined && worth(bid) <= worth(best.slice(2))) continue;
			speak(frischs, [...said, `${seat}:${bid}`], (seat + 1) % 4);
		}
	}
	speak(0, [], (dealer + 1) % 4);
	return ends;
}

const nameOf = ({ amount, strain }: Bid) =>
	`${amount}${{ clubs: 'C', diamonds: 'D', hearts: 'H', spades: 'S', no_trump: 'NT' }[strain]}`;

function engineAuctions({ dealer, bids, maxFrisch, passIsFinal = false }: Auctions): Ends {
	const ends: Ends = new Map();
	const thought = new Set(bids.split(' '));
	const calls = [null, ...BIDS.filter((bid) => thought.has(nameOf(bid)))];
	const commands = calls.map((bid): IsraeliWhistCommand => ({ type: 'make_call', bid }));

	function visit(state: IsraeliWhistState): void {
		if (state.phase === 'contracts') {
			const bid = { amount: state.winningBid!, strain: state.trump! };
			return void add(ends, `${state.declarer}:${nameOf(bid)} after ${state.frischs}`);
		}
		for (const command of commands) {
			const decision = ISRAELI_WHIST.decide(state, command, state.turn);
			if (!decision.ok) continue;
			if (decision.events.some(({ type }) => type === 'round_passed_out')) add(ends, 'void');
			else visit(decision.events.reduce(ISRAELI_WHIST.evolve, state));
		}
	}
	visit(new Trial({ mode: 'keeper', maxFrisch, passIsFinal }, dealer).state);
	return ends;
}

const AUCTIONS: readonly Auctions[] = [
	{ what: 'one bid to make', dealer: 0, bids: '5C', maxFrisch: 0, sequences: 5 },
	{ what: 'two bids', dealer: 3, bids: '5C 5D', maxFrisch: 0, sequences: 21 },
	{
		what: 'two bids, passes final',
		dealer: 3,
		bids: '5C 5D',
		maxFrisch: 0,
		passIsFinal: true,
		sequences: 15,
	},
	{ what: 'the highest bid there is', dealer: 1, bids: '13S 13NT', maxFrisch: 0, sequences: 21 },
	{ what: 'four bids and a frisch', dealer: 2, bids: '5C 5NT 6C 7H', maxFrisch: 1, sequences: 361 },
	{ what: 'three frischs', dealer: 1, bids: '5D 6C 7S 8NT 9C', maxFrisch: 3, sequences: 1809 },
	{
		what: 'three frischs, passes final',
		dealer: 1,
		bids: '5D 6C 7S 8NT 9C',
		maxFrisch: 3,
		passIsFinal: true,
		sequences: 438,
	},
];

describe('Israeli Whist perft: auctions', () => {
	it.each(AUCTIONS)('$what: $sequences sequences', (auctions) => {
		const ends = engineAuctions(auctions);
		expect(sorted(ends)).toEqual(sorted(naiveAuctions(auctions)));
		expect(countOf(ends)).toBe(auctions.sequences);
	});
});

// Contracts.

/** Rules 3.1 to 3.3: how many ways for four to name contracts, over and under. */
function naiveContracts(bid: number): Ends {
	const ends: Ends = new Map();
	for (let first = bid; first <= 13; first += 1)
		for (let second = 0; second <= 13; second += 1)
			for (let third = 0; third <= 13; third += 1)
				for (let last = 0; last <= 13; last += 1) {
					const total = first + second + third + last;
					if (total !== 13) add(ends, total > 13 ? 'over' : 'under');
				}
	return ends;
}

describe('Israeli Whist perft: contracts', () => {
	it.each([
		[5, 24_531],
		[9, 13_685],
		[13, 2_743],
	])('after a bid of %i: %i ways, the forbidden number exact in each', (bid, ways) => {
		const ends: Ends = new Map();
		const commands = Array.from({ length: 16 }, (_, n): IsraeliWhistCommand => ({
			type: 'make_contract',
			contract: n - 1,
		}));
		const visit = (state: IsraeliWhistState): void => {
			if (state.phase === 'playing') return void add(ends, ISRAELI_WHIST.view(state, null).type!);
			nextStates(state, state.turn!, commands).forEach(visit);
		};
		visit(new Trial({ mode: 'keeper' }, 2).calls(`${bid}C - - -`).state);
		expect(sorted(ends)).toEqual(sorted(naiveContracts(bid)));
		expect(countOf(ends)).toBe(ways);
	});
});

// The last tricks of a round.

interface LastTricks {
	readonly hands: readonly string[];
	readonly trump: string;
	readonly declarer: number;
	readonly contracts: readonly number[];
	/** Tricks taken before these. */
	readonly taken: readonly number[];
}

const ORDER = '23456789TJQKA';

/** Rules 4.1, 5.1 and 5.2, read again. */
function naiveTricks({ hands, trump, declarer, contracts, taken }: LastTricks): Ends {
	const ends: Ends = new Map();
	const isOver = contracts.reduce((sum, contract) => sum + contract, 0) > 13;

	function points(contract: number, tricks: number): number {
		if (contract > 0) return tricks === contract ? contract ** 2 + 10 : -10 * Math.abs(tricks - contract);
		if (tricks > 0) return -60 + 10 * tricks;
		return isOver ? 25 : 50;
	}
	function play(
		held: readonly (readonly string[])[],
		leader: number,
		trick: readonly string[],
		won: readonly number[],
	): void {
		if (trick.length === 4) {
			const suit = trick.some((card) => card[1] === trump) ? trump : trick[0]![1]!;
			const ranks = trick.map((card) => (card[1] === suit ? ORDER.indexOf(card[0]!) : -1));
			const winner = (leader + ranks.indexOf(Math.max(...ranks))) % 4;
			return play(
				held,
				winner,
				[],
				won.map((tricks, seat) => tricks + (seat === winner ? 1 : 0)),
			);
		}
		const seat = (leader + trick.length) % 4;
		const hand = held[seat]!;
		if (hand.length === 0) {
			return void add(ends, contracts.map((contract, who) => points(contract, won[who]!)).join(' '));
		}
		const canFollow = hand.some((card) => card[1] === trick[0]?.[1]);
		for (const card of hand) {
			if (canFollow && card[1] !== trick[0]![1]) continue;
			const rest = held.map((cards, who) => (who === seat ? cards.filter((one) => one !== card) : cards));
			play(rest, leader, [...trick, card], won);
		}
	}
	play(
		hands.map((hand) => hand.split(' ')),
		declarer,
		[],
		taken,
	);
	return ends;
}

const TRUMPS: Record<string, Strain> = { C: 'clubs', D: 'diamonds', H: 'hearts', S: 'spades', N: 'no_trump' };

/** The state before them: earlier tricks are of no cards, so all 52 can be tried. */
function stateOf({ hands, trump, declarer, contracts, taken }: LastTricks): IsraeliWhistState {
	const held = hands.map(handNamed);
	const before = new Trial().deal().state;
	const winner = SEATS[declarer]!;
	const blank: Trick = { leader: winner, plays: [], winner, winningCard: held[0]![0]! };
	return {
		...before,
		phase: 'playing',
		turn: winner,
		leader: winner,
		declarer: winner,
		trump: TRUMPS[trump]!,
		winningBid: 5,
		hands: held,
		seats: SEATS.map((seat) => ({
			seat,
			cardsLeft: held[seat]!.length,
			contract: contracts[seat]!,
			tricks: taken[seat]!,
		})),
		tricks: Array<Trick>(13 - held[0]!.length).fill(blank),
	};
}

function engineTricks(position: LastTricks): Ends {
	const ends: Ends = new Map();
	const commands = cardsOf(1).map((card): IsraeliWhistCommand => ({ type: 'play_card', card }));
	const visit = (state: IsraeliWhistState): void => {
		if (state.turn === null) return void add(ends, state.sheet[0]!.scores.join(' '));
		nextStates(state, state.turn, commands).forEach(visit);
	};
	visit(stateOf(position));
	return ends;
}

const TRICKS: readonly (LastTricks & { readonly what: string; readonly sequences: number })[] = [
	{
		what: 'one card each',
		hands: ['AH', 'KH', '2C', '3D'],
		trump: 'C',
		declarer: 1,
		contracts: [4, 5, 0, 3],
		taken: [4, 5, 0, 3],
		sequences: 1,
	},
	{
		what: 'following and ruffing',
		hands: ['AH 2C', 'KH 3H', '2S 3C', '3D 4D'],
		trump: 'C',
		declarer: 0,
		contracts: [6, 3, 0, 5],
		taken: [5, 3, 0, 3],
		sequences: 12,
	},
	{
		what: 'no trump',
		hands: ['AH 2C 9D', 'KH 3H 4C', '2S 3C KS', '3D 4D AS'],
		trump: 'N',
		declarer: 2,
		contracts: [5, 0, 5, 2],
		taken: [3, 0, 5, 2],
		sequences: 216,
	},
];

describe('Israeli Whist perft: the last tricks', () => {
	it.each(TRICKS)('$what: $sequences sequences', ({ sequences, ...position }) => {
		const ends = engineTricks(position);
		expect(sorted(ends)).toEqual(sorted(naiveTricks(position)));
		expect(countOf(ends)).toBe(sequences);
	});

	it('random positions are played to the same ends as by the naive player, as often', () => {
		let sequences = 0;
		for (let seed = 0; seed < 200; seed += 1) {
			const position = randomPosition(seed);
			const ends = engineTricks(position);
			expect(sorted(ends), `seed ${seed}: ${JSON.stringify(position)}`).toEqual(
				sorted(naiveTricks(position)),
			);
			sequences += countOf(ends);
		}
		expect(sequences).toBeGreaterThan(10_000);
	});
});

/** From a deck of few ranks, where following and ruffing happen all the time. */
function randomPosition(seed: number): LastTricks {
	const source = seeded(seed);
	const cardsEach = 1 + uniform(source, 3);
	const names = ['2', '9', 'A', 'K'].flatMap((rank) => ['C', 'D', 'H', 'S'].map((suit) => rank + suit));
	const deck = shuffle(names, source);
	const taken = [0, 0, 0, 0];
	for (let trick = 0; trick < 13 - cardsEach; trick += 1) taken[uniform(source, 4)]! += 1;
	const contracts = taken.map((tricks) => tricks + uniform(source, 2));
	if (contracts.reduce((sum, contract) => sum + contract, 0) === 13) contracts[0]! += 1;
	return {
		hands: SEATS.map((seat) => deck.slice(seat * cardsEach, (seat + 1) * cardsEach).join(' ')),
		trump: 'CDHSN'[uniform(source, 5)]!,
		declarer: uniform(source, 4),
		contracts,
		taken,
	};
}

it('names bids as the trials do', () => {
	expect(BIDS.every((bid) => JSON.stringify(callNamed(nameOf(bid))) === JSON.stringify(bid))).toBe(true);
});
