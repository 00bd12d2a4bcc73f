import { describe, expect, it } from 'vitest';
import { parseCard } from '../../cards/notation.ts';
import type { CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';
import { follows, holdsOnly, holdsSuit, without } from './following.ts';
import { nextSeat, seatsFrom } from './seats.ts';
import { NO_TRUMP, beats, winningPlay } from './trick.ts';

const [CLUBS, , HEARTS, SPADES] = [0, 1, 2, 3];

function card(name: string): CardId {
	return parseCard(name)!;
}
function hand(text: string): CardId[] {
	return text.split(' ').map(card);
}
function winnerOf(text: string, trump: number): number | null {
	const plays = hand(text).map((played, place) => ({ place, card: played }));
	return winningPlay(plays, trump)?.place ?? null;
}
const seats = (...numbers: number[]) => numbers as SeatIndex[];

describe('following suit', () => {
	it('a hand with the led suit must play it, copies of the second deck included', () => {
		expect(follows(hand('2H KS 3H*'), card('3H*'), HEARTS)).toBe(true);
		expect(follows(hand('2H KS'), card('KS'), HEARTS)).toBe(false);
	});

	it('a hand void in the led suit may play anything', () => {
		expect(follows(hand('2C KS'), card('KS'), HEARTS)).toBe(true);
	});

	it('knows what a hand holds', () => {
		expect(holdsSuit(hand('2C KS'), SPADES)).toBe(true);
		expect(holdsSuit([], SPADES)).toBe(false);
		expect(holdsOnly(hand('2S KS*'), SPADES)).toBe(true);
		expect(holdsOnly(hand('2S KC'), SPADES)).toBe(false);
	});

	it('a played card leaves the hand in its order and its twin in it', () => {
		const held = hand('QH 2C QH* AS');
		expect(without(held, card('QH'))).toEqual(hand('2C QH* AS'));
		expect(held).toEqual(hand('QH 2C QH* AS'));
	});
});

describe('winning a trick', () => {
	it('the highest card of the led suit wins without trump', () => {
		expect(winnerOf('TH AS KH 2H', CLUBS)).toBe(2);
		expect(winnerOf('TH AS KH 2H', NO_TRUMP)).toBe(2);
	});

	it('the highest trump beats any card of the led suit', () => {
		expect(winnerOf('AH 2C 3C KH', CLUBS)).toBe(2);
	});

	it('of two identical cards the one played later wins', () => {
		expect(winnerOf('AH AH* KH', CLUBS)).toBe(1);
		expect(winnerOf('AH* AH KH', CLUBS)).toBe(1);
		expect(winnerOf('2H 5C* 5C', CLUBS)).toBe(2);
	});

	it('a card of another plain suit never wins, however high', () => {
		expect(winnerOf('2H AS AD', CLUBS)).toBe(0);
		expect(beats(card('AS'), card('2H'), CLUBS)).toBe(false);
	});

	it('nobody wins a trick that nobody has played to', () => {
		expect(winnerOf('2H', CLUBS)).toBe(0);
		expect(winningPlay([], CLUBS)).toBeNull();
	});
});

describe('going round the table', () => {
	it('goes clockwise and steps over seats that are not dealt in', () => {
		expect(nextSeat(seats(0, 2, 5), seats(0)[0]!)).toBe(2);
		expect(nextSeat(seats(0, 2, 5), seats(3)[0]!)).toBe(5);
		expect(nextSeat(seats(0, 2, 5), seats(5)[0]!)).toBe(0);
		expect(nextSeat(seats(4), seats(4)[0]!)).toBe(4);
	});

	it('needs somebody to go to', () => {
		expect(() => nextSeat([], seats(0)[0]!)).toThrow('nobody is dealt in');
	});

	it('names all seats from the first one on', () => {
		expect(seatsFrom(seats(0, 2, 5), seats(2)[0]!)).toEqual([2, 5, 0]);
	});
});
