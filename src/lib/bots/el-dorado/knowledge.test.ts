import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../../games/el-dorado/index.ts';
import { faceOf, higherUnseen } from '../trick-play/knowledge.ts';
import { knowledgeOf } from './knowledge.ts';
import { cardOf, positionOf } from './testing.ts';

const CLUBS = 0;
const DIAMONDS = 1;
const HEARTS = 2;

const MIDDLE = positionOf({
	hand: 'KC 4D 9S',
	trump: '7H',
	bids: [1, 2, 0, 1],
	// Seat 2 has no club, seat 3 has neither club nor diamond.
	tricks: [
		[1, 'QC 5H 3S TC'],
		[2, '8D 2H QD JD'],
	],
});

describe('what a seat knows of a round', () => {
	it('counts every card it has not seen as unseen, and no other', () => {
		const { unseen, unseenInSuit } = knowledgeOf(MIDDLE);
		const seen = ['KC', '4D', '9S', '7H', 'QC', '5H', '3S', 'TC', '8D', '2H', 'QD', 'JD'];
		for (const name of seen) expect(unseen[faceOf(cardOf(name))], name).toBe(0);
		expect(unseen.reduce((sum, count) => sum + count, 0)).toBe(52 - seen.length);
		expect(unseenInSuit).toEqual([10, 9, 10, 11]);
	});

	it('has two of every face when two decks are dealt', () => {
		const { unseen } = knowledgeOf(positionOf({ hand: 'KC 4D', trump: '7H', bids: [null, 1, 0, 1, 0, 1] }));
		expect(unseen.reduce((sum, count) => sum + count, 0)).toBe(104 - 3);
		expect(unseen[faceOf(cardOf('KC'))]).toBe(1);
		expect(unseen[faceOf(cardOf('AC'))]).toBe(2);
	});

	it('remembers who did not follow suit', () => {
		const { opponents } = knowledgeOf(MIDDLE);
		expect(opponents.map(({ seat, isVoid }) => [seat, isVoid[CLUBS], isVoid[DIAMONDS]])).toEqual([
			[1, false, false],
			[2, true, false],
			[3, true, true],
		]);
		expect(opponents[1]?.share[CLUBS]).toBe(0);
		expect(opponents[1]?.share[HEARTS]).toBeGreaterThan(opponents[0]?.share[HEARTS] ?? 1);
	});

	it('knows what everybody still wants', () => {
		const { need, opponents, demand } = knowledgeOf(MIDDLE);
		expect(need).toBe(1);
		expect(opponents.map((opponent) => opponent.need)).toEqual([2, -1, 0]);
		expect(demand).toBeCloseTo(2 / 3);
	});

	it('leaves the seats out that are not dealt in', () => {
		const whole = positionOf({ hand: 'KC 4D', trump: '7H', bids: [null, null, null, null] });
		const view = {
			...whole,
			seats: whole.seats.map((seat) => (seat.seat === 2 ? { ...seat, active: false, cardsLeft: 0 } : seat)),
		};
		const { opponents, density } = knowledgeOf(view);
		expect(opponents.map(({ seat }) => seat)).toEqual([1, 3]);
		expect(density).toBeCloseTo(4 / 49);
	});

	it('counts the twin of a card as higher only for who plays it later', () => {
		const { unseen } = knowledgeOf(positionOf({ hand: 'KC 4D', trump: '7H', bids: [null, 1, 0, 1, 0, 1] }));
		expect(higherUnseen(unseen, faceOf(cardOf('KC')), false)).toBe(2);
		expect(higherUnseen(unseen, faceOf(cardOf('KC')), true)).toBe(3);
	});

	it('is nothing a spectator has', () => {
		const state = EL_DORADO.start(EL_DORADO.defaultOptions(), 4, MIDDLE.dealer);
		expect(() => knowledgeOf(EL_DORADO.view(state, null))).toThrow('only a seat');
	});
});
