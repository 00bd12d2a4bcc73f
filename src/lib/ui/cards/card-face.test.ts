import { describe, expect, it } from 'vitest';
import { parseCard } from '../../cards/notation.ts';
import { faceOf, placed } from './card-face.ts';

const marksOf = (outline: string): number => outline.match(/M/g)?.length ?? 0;

describe('an outline that is placed', () => {
	it('has the middle of its box there, in its size, whatever its commands', () => {
		expect(placed('M50 50L100 0h10v-20H0V100z', 10, 20, 50)).toBe('M10 20L35 -5h5v-10H-15V45z');
		expect(placed('M0 0a7 7 30 0 1 8-4A7 7 30 1 0 60 50', 50, 50, 200)).toBe(
			'M-50 -50a14 14 30 0 1 16 -8A14 14 30 1 0 70 50',
		);
		expect(placed('M50 0q15 26 37 48C1.5.5 2-3 50 50', 0, 0, 100)).toBe(
			'M0 -50q15 26 37 48C-48.5 -49.5 -48 -53 0 0',
		);
	});

	it('stands on its head with a size below zero', () => {
		expect(placed('M50 0A5 5 0 0 1 100 50', 20, 20, -10)).toBe('M20 25A0.5 0.5 0 0 1 15 20');
	});
});

describe('the face of a card', () => {
	it('has its index, and as many marks as it counts beside those of its corners', () => {
		const faces = ['2C', '7D', 'TH', 'AS'].map((name) => faceOf(parseCard(name)!));
		expect(faces.map(({ index }) => index)).toEqual(['2', '7', '10', 'A']);
		expect(faces.map(({ full }) => marksOf(full) - 2)).toEqual([2, 7, 10, 1]);
		expect(faces.map(({ plain }) => marksOf(plain))).toEqual([2, 2, 2, 2]);
	});

	it('of a court says that it is one', () => {
		expect(faceOf(parseCard('JC')!)).toMatchObject({ index: 'J', isCourt: true });
	});
});
