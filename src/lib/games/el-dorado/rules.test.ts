/** The rules of El Dorado, section by section, as docs/rules-el-dorado.md numbers them. */
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../cards/deck.ts';
import { formatCard } from '../../cards/notation.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle } from '../../cards/shuffle.ts';
import type { RefusalCode } from '../../game/game.ts';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import { pointsFor } from './scoring.ts';
import {
	allSeats,
	cardNamed,
	dealNamed,
	handNamed,
	playGame,
	seatAt,
	startOf,
	type SampleGame,
} from './testing.ts';
import type { CardsDealt, ElDoradoCommand, ElDoradoEvent } from './types.ts';

function start(seats: number, firstDealer = 0): ElDoradoState {
	return startOf({ seed: 0, seats, firstDealer });
}

/** The next deal to these seats, shuffled by a seed. */
function dealTo(state: ElDoradoState, active: readonly number[], seed = 1): CardsDealt {
	const seats = active.map(seatAt);
	const due = EL_DORADO.dealDue(state, seats);
	return EL_DORADO.deal(state, seats, shuffle(cardsOf(due!.decks), seeded(seed)));
}

function act(
	state: ElDoradoState,
	command: ElDoradoCommand,
): { state: ElDoradoState; events: ElDoradoEvent[] } {
	const decision = EL_DORADO.decide(state, command, state.turn);
	if (!decision.ok) throw new Error(`${JSON.stringify(command)}: ${decision.code}`);
	return { state: decision.events.reduce(EL_DORADO.evolve, state), events: [...decision.events] };
}
function bid(state: ElDoradoState, ...bids: number[]): ElDoradoState {
	return bids.reduce((now, made) => act(now, { type: 'make_bid', bid: made }).state, state);
}
function play(state: ElDoradoState, names: string): ElDoradoState {
	return handNamed(names).reduce((now, card) => act(now, { type: 'play_card', card }).state, state);
}
function codeOfCard(state: ElDoradoState, name: string, seat: number = state.turn!): RefusalCode | null {
	const decision = EL_DORADO.decide(state, { type: 'play_card', card: cardNamed(name) }, seatAt(seat));
	return decision.ok ? null : decision.code;
}
function codeOfBid(state: ElDoradoState, made: number, seat: number = state.turn!): RefusalCode | null {
	const decision = EL_DORADO.decide(state, { type: 'make_bid', bid: made }, seatAt(seat));
	return decision.ok ? null : decision.code;
}
function eventsOf(game: SampleGame): ElDoradoEvent[] {
	const events: ElDoradoEvent[] = [];
	playGame({ ...game, onEvent: (event) => events.push(event) });
	return events;
}
const dealsOf = (game: SampleGame) =>
	eventsOf(game).filter((event): event is CardsDealt => event.type === 'cards_dealt');

describe('El Dorado 1 Table', () => {
	it('El Dorado 1.1: two to ten seats sit down, others do not', () => {
		for (const seats of [2, 3, 4, 5, 6, 7, 8, 9, 10]) expect(start(seats).seats).toHaveLength(seats);
		for (const seats of [0, 1, 11, 2.5, NaN]) expect(() => start(seats)).toThrow('seats');
		expect(() => start(4, 4)).toThrow('cannot deal');
	});

	it('El Dorado 1.1: the turn goes clockwise by seat', () => {
		const state = dealNamed({ hands: ['AH', 'KH', 'QH'], trump: '2C', dealer: 1 });
		expect(bid(state, 0, 0, 0).bidOrder).toEqual([2, 0, 1]);
	});

	it('El Dorado 1.2: one deck for up to five active seats, two from six on', () => {
		const state = start(10);
		for (const [seats, decks] of [
			[2, 1],
			[5, 1],
			[6, 2],
			[10, 2],
		] as const) {
			expect(EL_DORADO.dealDue(state, allSeats(seats))).toEqual({ round: 1, decks });
		}
		expect(
			dealTo(state, [0, 1, 2, 3, 4])
				.hands.flat()
				.every((card) => Number(card) < 52),
		).toBe(true);
	});

	it('El Dorado 1.3: ten rounds deal 10, 9, ... 1 cards to each active seat', () => {
		const deals = dealsOf({ seed: 3, seats: 10 });
		expect(deals.map(({ cardsEach }) => cardsEach)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
		for (const { cardsEach, hands } of deals)
			expect(hands.every((hand) => hand?.length === cardsEach)).toBe(true);
		expect(playGame({ seed: 3, seats: 10 }).over).toBe(true);
	});

	it('El Dorado 1.4: the drawn seat deals first, then the deal moves one active seat clockwise', () => {
		const dealers = dealsOf({ seed: 4, seats: 4, firstDealer: 2 }).map(({ dealer }) => dealer);
		expect(dealers).toEqual([2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
	});

	it('El Dorado 1.4: the deal steps over seats that are absent', () => {
		const absent = (round: number) => (round === 2 ? [3] : round === 3 || round === 4 ? [0] : []);
		const dealers = dealsOf({ seed: 4, seats: 4, firstDealer: 2, absent }).map(({ dealer }) => dealer);
		expect(dealers.slice(0, 6)).toEqual([2, 0, 1, 2, 3, 0]);
	});

	it('El Dorado 1.4: when the drawn seat is absent the next active one deals', () => {
		expect(dealTo(start(4, 2), [0, 1]).dealer).toBe(0);
	});
});

describe('El Dorado 2 Deal and trump', () => {
	it('El Dorado 2.1: cards go one at a time, clockwise, from the dealer\u2019s left', () => {
		const event = EL_DORADO.deal(start(3, 1), allSeats(3), cardsOf(1));
		expect(event.hands[2]).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
		expect(event.hands[0]).toEqual([1, 4, 7, 10, 13, 16, 19, 22, 25, 28]);
		expect(event.hands[1]).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
	});

	it('El Dorado 2.1: a deal needs the whole deck and a round that is due', () => {
		const state = start(3);
		expect(() => EL_DORADO.deal(state, allSeats(3), cardsOf(2))).toThrow('are not 1 decks');
		const dealt = EL_DORADO.evolve(state, dealTo(state, [0, 1, 2]));
		expect(() => EL_DORADO.deal(dealt, allSeats(3), cardsOf(1))).toThrow('no deal is due');
	});

	it('El Dorado 2.2: the next card is turned up for trump, public and out of play', () => {
		const state = start(3, 1);
		const event = EL_DORADO.deal(state, allSeats(3), cardsOf(1));
		expect(event.trumpCard).toBe(30);
		const view = EL_DORADO.view(EL_DORADO.evolve(state, event), null);
		expect([view.trumpCard, view.trump]).toEqual([30, 'H']);
		const dealt = bid(EL_DORADO.evolve(state, event), 0, 0, 0);
		expect(codeOfCard(dealt, formatCard(event.trumpCard))).toBe('card_not_in_hand');
	});

	it('El Dorado 2.3: a hand is seen by its owner only, in the order it was dealt', () => {
		const state = dealNamed({ hands: ['AH 2C', 'KH 3C'], trump: 'QC', dealer: 0 });
		const names = (viewer: number | null) =>
			EL_DORADO.view(state, viewer === null ? null : seatAt(viewer)).hand.map(({ card }) => formatCard(card));
		expect(names(0)).toEqual(['AH', '2C']);
		expect(names(1)).toEqual(['KH', '3C']);
		expect(names(null)).toEqual([]);
	});
});

describe('El Dorado 3 Bidding', () => {
	const state = dealNamed({ hands: ['AH 2C', 'KH 3C', '5D 6D'], trump: 'QC', dealer: 0 });

	it('El Dorado 3.1: starts at the dealer\u2019s left, the dealer is last', () => {
		expect(state.turn).toBe(1);
		expect(bid(state, 0, 2, 1).bidOrder).toEqual([1, 2, 0]);
	});

	it('El Dorado 3.1: a bid is a whole number from 0 to the cards dealt', () => {
		expect(EL_DORADO.view(state, seatAt(1)).legalBids).toEqual([0, 1, 2]);
		for (const legal of [0, 1, 2]) expect(codeOfBid(state, legal)).toBeNull();
		for (const wrong of [-1, 3, 0.5, NaN]) expect(codeOfBid(state, wrong)).toBe('invalid_bid');
		const zero = act(state, { type: 'make_bid', bid: -0 }).events[0];
		expect(zero?.type === 'bid_made' && Object.is(zero.bid, 0)).toBe(true);
	});

	it('El Dorado 3.1: one bid each, public as it is made', () => {
		const after = bid(state, 2);
		expect(codeOfBid(after, 0, 1)).toBe('not_your_turn');
		expect(EL_DORADO.view(after, null).seats.map((seat) => seat.bid)).toEqual([null, 2, null]);
		expect(EL_DORADO.view(after, null).sumOfBids).toBe(2);
	});

	it('El Dorado 3.2: without the hook the bids may add up to the tricks', () => {
		expect(codeOfBid(bid(state, 1, 0), 1)).toBeNull();
		expect(EL_DORADO.view(bid(state, 1, 0), seatAt(0)).forbiddenBid).toBeNull();
	});

	it('El Dorado 3.2: with the hook the last bidder, and nobody else, may not make the bids add up', () => {
		const hooked = dealNamed({
			hands: ['AH 2C', 'KH 3C', '5D 6D'],
			trump: 'QC',
			dealer: 0,
			options: { hook: true },
		});
		expect(codeOfBid(bid(hooked, 2), 0)).toBeNull();
		const last = bid(hooked, 1, 0);
		expect(codeOfBid(last, 1)).toBe('invalid_bid');
		const view = EL_DORADO.view(last, seatAt(0));
		expect([view.forbiddenBid, view.legalBids]).toEqual([1, [0, 2]]);
		expect(EL_DORADO.view(last, seatAt(1)).forbiddenBid).toBeNull();
		// The bids are over the tricks already: nothing is forbidden.
		expect(EL_DORADO.view(bid(hooked, 2, 2), seatAt(0)).legalBids).toEqual([0, 1, 2]);
	});
});

describe('El Dorado 4 Play', () => {
	it('El Dorado 4.1: the dealer\u2019s left leads, then the winner of each trick', () => {
		let state = bid(dealNamed({ hands: ['AH 2D', 'KH 3D', 'QH 4D'], trump: '2C', dealer: 2 }), 0, 0, 0);
		expect([state.leader, state.turn]).toEqual([0, 0]);
		state = play(state, '2D 3D 4D');
		expect([state.leader, state.turn]).toEqual([2, 2]);
		expect(state.tricks[0]).toMatchObject({ leader: 0, winner: 2, winningCard: cardNamed('4D') });
	});

	it('El Dorado 4.2: follow the led suit if you can', () => {
		const state = play(bid(dealNamed({ hands: ['AH 2D', 'KH 3C'], trump: '2C', dealer: 1 }), 0, 0), 'AH');
		expect(codeOfCard(state, '3C')).toBe('must_follow_suit');
		expect(EL_DORADO.view(state, seatAt(1)).hand.map(({ refusal }) => refusal)).toEqual([
			null,
			'must_follow_suit',
		]);
	});

	it('El Dorado 4.2: void in the led suit, any card will do, trump or not', () => {
		const state = play(bid(dealNamed({ hands: ['AH 2D', 'KS 3C'], trump: '2C', dealer: 1 }), 0, 0), 'AH');
		expect(codeOfCard(state, 'KS')).toBeNull();
		expect(codeOfCard(state, '3C')).toBeNull();
	});

	it('El Dorado 4.3: trump may not be led until it is broken', () => {
		const state = bid(dealNamed({ hands: ['AC 2D', 'KS 3C'], trump: '2C', dealer: 1 }), 0, 0);
		expect(codeOfCard(state, 'AC')).toBe('cannot_lead_trump');
		const broken = play(state, '2D 3C');
		expect(broken.trumpBroken).toBe(true);
	});

	it('El Dorado 4.3: once broken, trump may be led with other suits in hand', () => {
		const state = bid(dealNamed({ hands: ['2D 3D 4S', 'AC KC 5S'], trump: '2C', dealer: 1 }), 0, 0);
		const broken = play(state, '2D KC');
		expect([broken.trumpBroken, broken.turn]).toEqual([true, 1]);
		expect(codeOfCard(broken, 'AC')).toBeNull();
	});

	it('El Dorado 4.3: a hand of nothing but trump may lead it, and that does not break trump', () => {
		const state = bid(dealNamed({ hands: ['AC KC', 'KS 3C', '4C 4D'], trump: '2C', dealer: 2 }), 0, 0, 0);
		expect(codeOfCard(state, 'AC')).toBeNull();
		const led = play(state, 'AC 3C 4C');
		expect(led.trumpBroken).toBe(false);
	});

	it('El Dorado 4.4: trump breaks when a seat void in a led plain suit plays it, at that card', () => {
		const state = bid(dealNamed({ hands: ['AH 2D', '3C KS', 'QH 4D'], trump: '2C', dealer: 2 }), 0, 0, 0);
		const led = play(state, 'AH');
		expect(led.trumpBroken).toBe(false);
		expect(play(led, '3C').trumpBroken).toBe(true);
		expect(play(led, 'KS').trumpBroken).toBe(false);
	});

	it('El Dorado 4.4: a new round begins unbroken', () => {
		let sawBroken = false;
		playGame({
			seed: 5,
			seats: 4,
			onEvent: (event, state) => {
				sawBroken ||= state.trumpBroken;
				if (event.type === 'cards_dealt') expect(state.trumpBroken).toBe(false);
			},
		});
		expect(sawBroken).toBe(true);
	});

	it('El Dorado 4.5: the highest trump wins, else the highest card of the led suit', () => {
		const hands = ['AH 2D', '3C KS', '5C 4D', 'KH AS'];
		const state = bid(dealNamed({ hands, trump: '2C', dealer: 3 }), 0, 0, 0, 0);
		expect(play(state, 'AH 3C 5C KH').tricks[0]).toMatchObject({ winner: 2, winningCard: cardNamed('5C') });
		expect(play(state, 'AH KS 4D KH').tricks[0]).toMatchObject({ winner: 0, winningCard: cardNamed('AH') });
	});

	it('El Dorado 4.5: of two identical cards the one played later wins', () => {
		const hands = ['AH', 'KH', 'AH*', 'QH', '2D', '3D'];
		const state = bid(dealNamed({ hands, trump: '2C', dealer: 5 }), 0, 0, 0, 0, 0, 0);
		expect(play(state, 'AH KH AH* QH 2D 3D').sheet.at(-1)?.tricks).toEqual([0, 0, 1, 0, 0, 0]);
	});

	it('El Dorado 4.6: `free` lets trump be led at any time', () => {
		const deal = { hands: ['AC 2D', 'KS 3C'], trump: '2C', dealer: 1 };
		const state = bid(dealNamed({ ...deal, options: { trumpLead: 'free' } }), 0, 0);
		expect(codeOfCard(state, 'AC')).toBeNull();
		expect(EL_DORADO.defaultOptions().trumpLead).toBe('broken');
	});
});

describe('El Dorado 5 Score', () => {
	it('El Dorado 5.1: tricks equal to the bid give 5 + bid, anything else takes it', () => {
		expect([0, 3, 10].map((made) => pointsFor('eldorado', made, made))).toEqual([5, 8, 15]);
		expect(pointsFor('eldorado', 3, 2)).toBe(-8);
		expect(pointsFor('eldorado', 3, 7)).toBe(-8);
		expect(pointsFor('eldorado', 0, 1)).toBe(-5);
	});

	it('El Dorado 5.1: the round is scored with its last trick', () => {
		const state = bid(dealNamed({ hands: ['AH', 'KH'], trump: '2C', dealer: 1 }), 1, 1);
		const led = act(state, { type: 'play_card', card: cardNamed('AH') });
		const last = act(led.state, { type: 'play_card', card: cardNamed('KH') });
		expect(last.events.map(({ type }) => type)).toEqual(['card_played', 'trick_taken', 'round_scored']);
		expect(last.state.sheet).toMatchObject([
			{ bids: [1, 1], tricks: [1, 0], scores: [6, -6], totals: [6, -6], trumpCard: cardNamed('2C') },
		]);
	});

	it('El Dorado 5.2: the highest total wins, negative or not, and equal totals share the win', () => {
		const shared = bid(dealNamed({ hands: ['AH', 'KH', 'QH'], trump: '2C', dealer: 2 }), 0, 0, 0);
		const over = play(shared, 'AH KH QH');
		expect(over.over).toBe(true);
		expect(EL_DORADO.view(over, null).winners).toEqual([1, 2]);
		const lost = play(bid(dealNamed({ hands: ['AH', 'KH'], trump: '2C', dealer: 1 }), 0, 1), 'AH KH');
		expect(lost.sheet[0]?.totals).toEqual([-5, -6]);
		expect(EL_DORADO.view(lost, null).winners).toEqual([0]);
	});

	it('El Dorado 5.2: there is no winner before the end, and an empty seat never wins', () => {
		const state = playGame({
			seed: 1,
			seats: 3,
			absent: () => [1],
			onEvent: (_, now) => {
				if (!now.over) expect(EL_DORADO.view(now, null).winners).toEqual([]);
			},
		});
		expect(state.seats[1]?.total).toBe(0);
		expect(EL_DORADO.view(state, null).winners).not.toContain(1);
	});

	it('El Dorado 5.3: the house scorings', () => {
		expect([pointsFor('ten-plus', 3, 3), pointsFor('ten-plus', 3, 5)]).toEqual([13, 0]);
		expect([
			pointsFor('ten-minus', 3, 3),
			pointsFor('ten-minus', 3, 5),
			pointsFor('ten-minus', 3, 0),
		]).toEqual([13, -2, -3]);
		const deal = { hands: ['AH', 'KH'], trump: '2C', dealer: 1 };
		const state = bid(dealNamed({ ...deal, options: { scoring: 'ten-plus' } }), 1, 1);
		expect(play(state, 'AH KH').sheet[0]?.scores).toEqual([11, 0]);
	});
});

describe('El Dorado 6 People who drop, leave, come back', () => {
	const forced = (state: ElDoradoState) => EL_DORADO.forcedMove(state, state.turn!);

	it('El Dorado 6.1: forced, the lowest legal bid', () => {
		const deal = { hands: ['AH', 'KH'], trump: '2C', dealer: 1 };
		expect(forced(dealNamed(deal))).toEqual({ type: 'make_bid', bid: 0, by: 'forced' });
		const hooked = bid(dealNamed({ ...deal, options: { hook: true } }), 1);
		expect(forced(hooked)).toEqual({ type: 'make_bid', bid: 1, by: 'forced' });
	});

	it('El Dorado 6.1: forced, the highest card of the led suit, else the lowest plain card, else the lowest trump', () => {
		const card = (second: string) => {
			const state = bid(dealNamed({ hands: ['2H 2D 2S', second], trump: '2C', dealer: 1 }), 0, 0);
			const move = forced(play(state, '2H'));
			return move.type === 'play_card' ? formatCard(move.card) : null;
		};
		expect(card('9H KH 3C')).toBe('KH');
		expect(card('9S KD 3C')).toBe('9S');
		expect(card('9C KC 3C')).toBe('3C');
	});

	it('El Dorado 6.1: forced to lead, the lowest plain card', () => {
		const lead = (hand: string) => {
			const move = forced(bid(dealNamed({ hands: [hand, 'KH QH JH'], trump: '2C', dealer: 1 }), 0, 0));
			return move.type === 'play_card' ? formatCard(move.card) : null;
		};
		expect(lead('3C 9S AD')).toBe('9S');
		expect(lead('9C KC 3C')).toBe('3C');
		// Of one rank the lower suit, whatever the order they were dealt in.
		expect(lead('9S 9D 9H')).toBe('9D');
	});

	it('El Dorado 6.1: who acted for a seat stands in the event', () => {
		const state = dealNamed({ hands: ['AH', 'KH'], trump: '2C', dealer: 1 });
		expect(act(state, forced(state)).events).toEqual([{ type: 'bid_made', seat: 0, bid: 0, by: 'forced' }]);
		const bot = act(bid(state, 0, 0), { type: 'play_card', card: cardNamed('AH'), by: 'bot' });
		expect(bot.events[0]).toMatchObject({ type: 'card_played', by: 'bot' });
		expect(act(state, { type: 'make_bid', bid: 0 }).events[0]).not.toHaveProperty('by');
	});

	it('El Dorado 6.2: the forced move is there for the seat in turn only', () => {
		const state = dealNamed({ hands: ['AH', 'KH'], trump: '2C', dealer: 1 });
		expect(() => EL_DORADO.forcedMove(state, seatAt(1))).toThrow('not to act');
	});

	it('El Dorado 6.3: an absent seat has no cards, no points and a dash, and may return in a later round', () => {
		const state = playGame({ seed: 6, seats: 4, absent: (round) => (round === 3 || round === 4 ? [2] : []) });
		const scores = state.sheet.map((row) => row.scores[2]);
		expect(scores.map((score) => score === null)).toEqual([
			false,
			false,
			true,
			true,
			false,
			false,
			false,
			false,
			false,
			false,
		]);
		const [, second, third, fourth] = state.sheet;
		expect([third?.bids[2], third?.tricks[2]]).toEqual([null, null]);
		expect(fourth?.totals[2]).toBe(second?.totals[2]);
	});

	it('El Dorado 6.3: an absent seat is refused, dealt nothing and passed over', () => {
		const state = start(4);
		const dealt = EL_DORADO.evolve(state, dealTo(state, [0, 1, 3]));
		expect(dealt.seats[2]).toMatchObject({ active: false, cardsLeft: 0, bid: null });
		expect(codeOfBid(dealt, 0, 2)).toBe('not_your_turn');
		expect(bid(dealt, 0, 0, 0).bidOrder).toEqual([1, 3, 0]);
	});

	it('El Dorado 6.3: with fewer than two active seats the game waits', () => {
		expect(EL_DORADO.dealDue(start(4), [seatAt(1)])).toBeNull();
		expect(EL_DORADO.dealDue(start(4), [])).toBeNull();
		expect(EL_DORADO.dealDue(playGame({ seed: 1, seats: 2 }), allSeats(2))).toBeNull();
	});

	it('El Dorado 6.3: the number of decks follows the seats of the round', () => {
		const absent = (round: number) => (round === 2 ? [5] : []);
		const [first, second, third] = dealsOf({ seed: 7, seats: 6, absent });
		const hasTwins = (deal?: CardsDealt) => deal?.hands.flat().some((card) => Number(card) >= 52);
		expect([hasTwins(first), hasTwins(second), hasTwins(third)]).toEqual([true, false, true]);
	});

	it('El Dorado 6.4: a late seat is absent for the rounds it missed', () => {
		const state = playGame({ seed: 8, seats: 3, absent: (round) => (round < 6 ? [2] : []) });
		expect(state.sheet.map((row) => row.scores[2] === null)).toEqual([
			true,
			true,
			true,
			true,
			true,
			false,
			false,
			false,
			false,
			false,
		]);
		expect(state.sheet[4]?.totals[2]).toBe(0);
	});
});

describe('El Dorado 7 Refusals', () => {
	const bidding = dealNamed({ hands: ['AC 2D', 'KS 3C'], trump: '2C', dealer: 1 });
	const playing = bid(bidding, 0, 0);

	it.each<[RefusalCode, RefusalCode | null]>([
		['not_your_turn', codeOfBid(bidding, 0, 1)],
		['not_your_turn', codeOfCard(playing, 'KS', 1)],
		['invalid_phase', codeOfCard(bidding, 'AC')],
		['invalid_phase', codeOfBid(playing, 0)],
		['invalid_phase', codeOfBid(start(4), 0, 0)],
		['invalid_bid', codeOfBid(bidding, 3)],
		['card_not_in_hand', codeOfCard(playing, 'KS')],
		[
			'must_follow_suit',
			codeOfCard(
				play(bid(dealNamed({ hands: ['AH 2D', 'KH 3C'], trump: '2C', dealer: 1 }), 0, 0), 'AH'),
				'3C',
			),
		],
		['cannot_lead_trump', codeOfCard(playing, 'AC')],
		['unknown_card', codeOfCard(playing, 'AC*')],
		['not_seated', codeOfBid(bidding, 0, 2)],
		['game_over', codeOfBid(playGame({ seed: 1, seats: 2 }), 0, 0)],
	])('El Dorado 7: %s', (code, given) => {
		expect(given).toBe(code);
	});

	it('El Dorado 7: a number that is no card is refused as such, a command that is none as well', () => {
		const decide = (command: unknown) => EL_DORADO.decide(playing, command as ElDoradoCommand, seatAt(0));
		for (const card of [104, -1, 0.5, NaN, '3', null, undefined, {}]) {
			expect(decide({ type: 'play_card', card })).toEqual({ ok: false, code: 'unknown_card' });
		}
		for (const command of [null, undefined, 3, 'play_card', {}, { type: 'fold' }, []]) {
			expect(decide(command)).toEqual({ ok: false, code: 'unknown_command' });
		}
	});

	it('El Dorado 7: the hand shows why no card of it can be played', () => {
		const refusals = (state: ElDoradoState, seat: number) =>
			EL_DORADO.view(state, seatAt(seat)).hand.map(({ refusal }) => refusal);
		expect(refusals(bidding, 0)).toEqual(['invalid_phase', 'invalid_phase']);
		expect(refusals(playing, 1)).toEqual(['not_your_turn', 'not_your_turn']);
		expect(refusals(playing, 0)).toEqual(['cannot_lead_trump', null]);
	});
});
