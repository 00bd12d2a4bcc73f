import { describe, expect, it } from 'vitest';
import { outlookOf, trickChances, winChance } from '../trick-play/chances.ts';
import { WEIGHTS } from './weights.ts';
import { knowledgeOf } from './knowledge.ts';
import { cardOf, positionOf, type Position } from './testing.ts';

function winChanceIn(position: Position, name: string): number {
	return winChance(knowledgeOf(positionOf(position)), cardOf(name));
}

describe('the chance that a card wins the trick', () => {
	const last = { hand: 'KC 4C', trump: '7H', bids: [1, 1, 1, 1] };

	it('is certain for the last to play', () => {
		expect(winChanceIn({ ...last, trick: '2C QC 9C' }, 'KC')).toBe(1);
		expect(winChanceIn({ ...last, trick: '2C QC 9C' }, '4C')).toBe(0);
		expect(winChanceIn({ ...last, trick: '2C 2H 9C' }, 'KC')).toBe(0);
	});

	it('is certain for a twin played after the first copy', () => {
		const table = { hand: 'KC* 4C', trump: '7H', bids: [1, 1, 1, 1, 0, 0] };
		expect(winChanceIn({ ...table, trick: '2C KC 9C 3C 5C' }, 'KC*')).toBe(1);
	});

	it('is none for a discard', () => {
		expect(winChanceIn({ hand: 'AD 4S', trump: '7H', bids: [1, 1, 1, 1], trick: '2C' }, 'AD')).toBe(0);
	});

	it('is certain for the highest trump, whoever is still to play', () => {
		const lead = { hand: 'AH 4S', trump: '7H', bids: [1, 1, 1, 1], trumpBroken: true };
		expect(winChanceIn(lead, 'AH')).toBe(1);
	});

	it('falls when those who are still to play want tricks', () => {
		const lead = { hand: 'JC 4S', trump: '7H' };
		const wanted = winChanceIn({ ...lead, bids: [1, 2, 2, 2] }, 'JC');
		const avoided = winChanceIn({ ...lead, bids: [1, 0, 0, 0] }, 'JC');
		expect(avoided).toBeGreaterThan(wanted);
	});

	it('is small for a plain ace when everybody has shown to be void and wants a trick', () => {
		const tricks = [[0, '2C 2S 2D 3D']] as const;
		const position = { hand: 'AC 9S', trump: '7H', bids: [1, 3, 3, 3], tricks };
		expect(winChanceIn(position, 'AC')).toBeLessThan(0.5);
	});
});

describe('the outlook of a hand', () => {
	const known = knowledgeOf(
		positionOf({ hand: 'AH KH AC 3D 2D', trump: '7H', bids: [null, null, null, null] }),
	);

	it('gives chances that add up to one', () => {
		for (let wanted = 0; wanted <= 5; wanted++) {
			const chances = trickChances(outlookOf(known, null, WEIGHTS), wanted);
			expect(chances).toHaveLength(6);
			expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
		}
	});

	it('leaves out the card about to be played', () => {
		const rest = outlookOf(known, cardOf('3D'), WEIGHTS);
		expect(rest.size).toBe(4);
		expect(trickChances(rest, 3)).toHaveLength(5);
	});

	it('is settled when no card is left', () => {
		const single = knowledgeOf(positionOf({ hand: 'AH', trump: '7H', bids: [1, 0, 0, 0] }));
		expect(trickChances(outlookOf(single, cardOf('AH'), WEIGHTS), 0)).toEqual([1]);
	});
});
