import { describe, expect, it } from 'vitest';
import { formatCard } from '../../cards/notation.ts';
import { chooseClub } from './club.ts';
import { positionOf, type Position } from './testing.ts';

function bidOf(position: Position): number | null {
	const command = chooseClub(positionOf(position));
	return command.type === 'make_bid' ? command.bid : null;
}

function cardOf(position: Position): string | null {
	const command = chooseClub(positionOf(position));
	return command.type === 'play_card' ? formatCard(command.card) : null;
}

describe('a club player bids', () => {
	it('one on a bare ace of trump, none on a bare two', () => {
		expect(bidOf({ hand: 'AH', trump: '7H', bids: [null, null, null, null] })).toBe(1);
		expect(bidOf({ hand: '2C', trump: '7H', bids: [null, 0, 0, 1] })).toBe(0);
	});

	it('no trick on ten low cards, all of them on the five highest trumps', () => {
		const low = '2C 3C 4C 2D 3D 4D 2S 3S 4S 2H';
		expect(bidOf({ hand: low, trump: '7H', bids: [null, null, null, null] })).toBe(0);
		expect(bidOf({ hand: 'AH KH QH JH TH', trump: '7H', bids: [null, null, null, null] })).toBe(5);
	});

	it('more on the same cards when their suit is trump', () => {
		const hand = 'AC QC 9C 8C 3D 2S 7D';
		const asTrump = bidOf({ hand, trump: '2C', bids: [null, null, null, null] });
		const asPlain = bidOf({ hand, trump: '2H', bids: [null, null, null, null] });
		expect(asTrump).toBeGreaterThan(asPlain ?? 0);
	});

	it('around the bid that the hook takes away', () => {
		const position = { hand: 'AH', trump: '7H', bids: [null, 0, 0, 0], options: { hook: true } };
		expect(positionOf(position).forbiddenBid).toBe(1);
		expect(bidOf(position)).toBe(0);
	});
});

describe('a club player that has its bid', () => {
	it('does not lead its only ace of trump when it bid none', () => {
		expect(cardOf({ hand: 'AH 2C', trump: '7H', bids: [0, 1, 1, 0], trumpBroken: true })).toBe('2C');
	});

	it('ducks with the highest card that loses', () => {
		const position = { hand: 'KC JC 3C', trump: '7H', bids: [0, 1, 1, 1], trick: '4C QC 9C' };
		expect(cardOf(position)).toBe('JC');
	});

	it('throws off a dangerous high card when it is void', () => {
		expect(cardOf({ hand: 'AD 3D 2S', trump: '7H', bids: [0, 1, 1, 1], trick: '4C QC 9C' })).toBe('AD');
	});

	it('does not trump a trick that it does not want', () => {
		expect(cardOf({ hand: '2H 3D', trump: '7H', bids: [0, 1, 1, 0], trick: '4C QC 9C' })).toBe('3D');
	});

	it('gets rid of a trump under a higher one', () => {
		const position = { hand: 'TH 3D', trump: '7H', bids: [0, 1, 1, 0], trick: '4C JH 9C' };
		expect(cardOf(position)).toBe('TH');
	});
});

describe('a club player that wants tricks', () => {
	it('takes as cheaply as it can when it plays last', () => {
		const position = { hand: 'AC 9C', trump: '7H', bids: [2, 0, 0, 0], trick: '4C 8C 5C' };
		expect(cardOf(position)).toBe('9C');
	});

	it('takes with a trump that will make no trick later rather than keep it', () => {
		const position = { hand: '2H 3D 4S', trump: '7H', bids: [1, 1, 1, 0], trick: '4C QC 9C' };
		expect(cardOf(position)).toBe('2H');
	});

	it('takes with its twin, since the later of two identical cards wins', () => {
		const bids = [1, 1, 1, 0, 0, 0];
		expect(cardOf({ hand: 'KC* 3C', trump: '7H', bids, trick: '2C KC 9C 3C* 5C' })).toBe('KC*');
	});

	it('does not waste a high card on a trick that is lost', () => {
		const position = { hand: 'KC 3C', trump: '7H', bids: [1, 1, 1, 0], trick: '4C AC 9C' };
		expect(cardOf(position)).toBe('3C');
	});

	it('plays a king that has become the highest of its suit, once the ace is gone', () => {
		const tricks = [[1, 'AC 5C 6C 2C']] as const;
		const position = { hand: 'KC 2S 3S', trump: '7H', bids: [1, 1, 0, 0], tricks };
		expect(cardOf(position)).toBe('KC');
	});
});

describe('a club player', () => {
	it('is not asked out of turn', () => {
		const view = positionOf({ hand: 'AH 2C', trump: '7H', bids: [0, 1, 1, 0] });
		expect(() => chooseClub({ ...view, turn: view.seats[1]?.seat ?? null })).toThrow('its turn');
	});

	it('does not look at who is ahead, nor at anything but this round', () => {
		const view = positionOf({ hand: 'AH KD 2C', trump: '7H', bids: [1, 1, 1, 0] });
		const later = { ...view, seats: view.seats.map((seat) => ({ ...seat, total: 40 - 9 * seat.seat })) };
		expect(chooseClub(later)).toEqual(chooseClub(view));
	});
});
