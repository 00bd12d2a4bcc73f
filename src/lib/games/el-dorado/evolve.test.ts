import { describe, expect, it } from 'vitest';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import { allSeats, cardNamed, dealNamed, handNamed, seatAt, startOf } from './testing.ts';
import type { CardsDealt, ElDoradoEvent } from './types.ts';

const DEALT = dealNamed({ hands: ['AH 2D', 'KH 3D', 'QH 4C'], trump: '2C', dealer: 2 });

function fold(state: ElDoradoState, ...events: ElDoradoEvent[]): ElDoradoState {
	return events.reduce(EL_DORADO.evolve, state);
}
const bidMade = (seat: number, bid: number): ElDoradoEvent => ({ type: 'bid_made', seat: seatAt(seat), bid });
const cardPlayed = (seat: number, name: string): ElDoradoEvent => ({
	type: 'card_played',
	seat: seatAt(seat),
	card: cardNamed(name),
});
const trickTaken = (seat: number, name: string): ElDoradoEvent => ({
	type: 'trick_taken',
	seat: seatAt(seat),
	card: cardNamed(name),
});
const PLAYING = fold(DEALT, bidMade(0, 1), bidMade(1, 0), bidMade(2, 1));
const FULL = fold(PLAYING, cardPlayed(0, 'AH'), cardPlayed(1, 'KH'), cardPlayed(2, 'QH'));
const LAST = fold(
	FULL,
	trickTaken(0, 'AH'),
	cardPlayed(0, '2D'),
	cardPlayed(1, '3D'),
	cardPlayed(2, '4C'),
	trickTaken(2, '4C'),
);

describe('folding a log of El Dorado', () => {
	it('a full trick waits with no turn until it is taken', () => {
		expect([FULL.turn, FULL.trick.length, FULL.winning?.seat]).toEqual([null, 3, 0]);
		expect(fold(FULL, trickTaken(0, 'AH'))).toMatchObject({ turn: 0, leader: 0, trick: [] });
	});

	it('a round that is played out waits for its score, then rests with everything still to be seen', () => {
		expect([LAST.turn, LAST.phase]).toEqual([null, 'playing']);
		const rested = fold(LAST, { type: 'round_scored', round: 9, scores: [6, 5, 6] });
		expect(rested).toMatchObject({ phase: 'dealing', turn: null, round: 9, over: false });
		expect(rested.tricks).toHaveLength(2);
		expect(rested.seats.map(({ bid, total }) => [bid, total])).toEqual([
			[1, 6],
			[0, 5],
			[1, 6],
		]);
	});

	it.each<[string, ElDoradoState, ElDoradoEvent]>([
		['a bid out of turn', DEALT, bidMade(1, 0)],
		['a bid above the cards dealt', DEALT, bidMade(0, 3)],
		['a bid of no seat', DEALT, bidMade(7, 0)],
		['a second bid', PLAYING, bidMade(0, 0)],
		['a card before the bids', DEALT, cardPlayed(0, 'AH')],
		['a card out of turn', PLAYING, cardPlayed(1, 'KH')],
		['a card of another hand', PLAYING, cardPlayed(0, 'KH')],
		['a revoke', fold(PLAYING, cardPlayed(0, 'AH')), cardPlayed(1, '3D')],
		['a card to a full trick', FULL, cardPlayed(0, '2D')],
		['a trick that is not full', PLAYING, trickTaken(0, 'AH')],
		['a trick taken by a loser', FULL, trickTaken(1, 'KH')],
		['a trick taken with another card', FULL, trickTaken(0, 'KH')],
		['a score before the end', FULL, { type: 'round_scored', round: 9, scores: [6, 5, 6] }],
		['a wrong score', LAST, { type: 'round_scored', round: 9, scores: [6, 5, -6] }],
		['a score of another round', LAST, { type: 'round_scored', round: 8, scores: [6, 5, 6] }],
		['too few scores', LAST, { type: 'round_scored', round: 9, scores: [6, 5] }],
		[
			'an absent seat\u2019s dash for one that played',
			LAST,
			{ type: 'round_scored', round: 9, scores: [6, 5, null] },
		],
		['an event of no game', PLAYING, { type: 'coin_flipped' } as never],
	])('throws on %s', (_, state, event) => {
		const before = JSON.stringify(state);
		expect(() => EL_DORADO.evolve(state, event)).toThrow();
		expect(JSON.stringify(state)).toBe(before);
	});

	it('says what is wrong', () => {
		expect(() => EL_DORADO.evolve(PLAYING, cardPlayed(1, 'KH'))).toThrow('seat 1 plays out of turn');
		expect(() => EL_DORADO.evolve(LAST, { type: 'round_scored', round: 9, scores: [6, 5, -6] })).toThrow(
			'round 9 is scored 6, 5, -6 instead of 6, 5, 6',
		);
	});
});

describe('folding a deal of El Dorado', () => {
	const start = startOf({ seed: 0, seats: 2 });
	const cards = '2H 3H 4H 5H 6H 7H 8H 9H TH JH';
	const others = '2S 3S 4S 5S 6S 7S 8S 9S TS JS';
	const good: CardsDealt = {
		type: 'cards_dealt',
		round: 1,
		dealer: seatAt(0),
		active: allSeats(2),
		cardsEach: 10,
		trumpCard: cardNamed('AC'),
		hands: [handNamed(cards), handNamed(others)],
	};

	it('takes open and closed hands', () => {
		expect(EL_DORADO.evolve(start, good).turn).toBe(1);
		expect(EL_DORADO.evolve(start, { ...good, hands: [null, null] }).seats[1]?.cardsLeft).toBe(10);
	});

	it.each<[string, Partial<CardsDealt>]>([
		['another round', { round: 2 }],
		['another dealer', { dealer: seatAt(1) }],
		['too many cards', { cardsEach: 11 }],
		['one seat alone', { active: [seatAt(0)] }],
		['a seat that is not there', { active: [seatAt(0), seatAt(5)] }],
		['seats twice', { active: [seatAt(0), seatAt(0)] }],
		['seats out of order', { active: [seatAt(1), seatAt(0)] }],
		['too few hands', { hands: [null] }],
		['a hand too short', { hands: [handNamed('2H 3H'), null] }],
		['a card twice in a hand', { hands: [handNamed(cards.replace('3H', '2H')), null] }],
		['a card in two hands', { hands: [handNamed(cards), handNamed(others.replace('2S', '2H'))] }],
		['the trump card in a hand', { hands: [handNamed(cards.replace('2H', 'AC')), null] }],
		['a card of the second deck', { hands: [handNamed(cards.replace('2H', '2H*')), null] }],
		['a trump card of the second deck', { trumpCard: cardNamed('AC*') }],
		['no card', { trumpCard: 104 as never }],
	])('throws on %s', (_, wrong) => {
		expect(() => EL_DORADO.evolve(start, { ...good, ...wrong })).toThrow();
	});

	it('knows that an absent seat holds nothing, whatever the event says of its hand', () => {
		const three = startOf({ seed: 0, seats: 3 });
		const dealt = EL_DORADO.evolve(three, { ...good, hands: [null, null, null] });
		expect(dealt.hands).toEqual([null, null, []]);
	});

	it('throws when the round before is still on', () => {
		const dealt = EL_DORADO.evolve(start, good);
		expect(() => EL_DORADO.evolve(dealt, { ...good, round: 2 })).toThrow('not due');
	});

	it('without a hand, still knows a card that was seen', () => {
		const dealt = EL_DORADO.evolve(start, { ...good, hands: [handNamed(cards), null] });
		const state = fold(dealt, bidMade(1, 0), bidMade(0, 0));
		expect(() => fold(state, cardPlayed(1, 'AC'))).toThrow('turned up for trump');
		expect(() => fold(state, cardPlayed(1, '2H'))).toThrow('in the hand of another seat');
		expect(() => fold(state, cardPlayed(1, '2S*'))).toThrow('not in the deck');
		const played = fold(state, cardPlayed(1, 'AH'), cardPlayed(0, '2H'), trickTaken(1, 'AH'));
		expect(() => fold(played, cardPlayed(1, 'AH'))).toThrow('played before');
		expect(() => fold(played, cardPlayed(1, '2H'))).toThrow('played before');
		expect(fold(played, cardPlayed(1, 'KD')).seats[1]?.cardsLeft).toBe(8);
	});
});
