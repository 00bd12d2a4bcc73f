import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf } from './deck.ts';
import { formatCard } from './notation.ts';
import { seeded } from './seeded.ts';
import { shuffle, uniform, type RandomSource } from './shuffle.ts';

/** Gives these numbers, then fails. */
function sourceOf(...numbers: number[]): RandomSource {
	return {
		next32() {
			const next = numbers.shift();
			if (next === undefined) throw new Error('drew more than expected');
			return next;
		},
	};
}

/** Chi-square of counts against an even spread. */
function chiSquare(counts: readonly number[]): number {
	const even = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
}

describe('uniform', () => {
	it('throws away the draws that would favour low numbers', () => {
		// 2^32 = 3 * 1431655765 + 1: the last number fills no whole group of three.
		expect(uniform(sourceOf(0xffffffff, 5), 3)).toBe(2);
		expect(uniform(sourceOf(0xfffffffe), 3)).toBe(2);
		expect(uniform(sourceOf(0xffffffff), 2 ** 32)).toBe(0xffffffff);
		expect(uniform(sourceOf(0xffffffff), 1)).toBe(0);
	});

	it('draws only of 1 .. 2^32', () => {
		for (const n of [0, -1, 1.5, NaN, 2 ** 32 + 1]) expect(() => uniform(sourceOf(0), n)).toThrow(RangeError);
	});

	it('gives every number equally often', () => {
		const source = seeded(7);
		const counts = new Array<number>(52).fill(0);
		for (let draw = 0; draw < 520_000; draw += 1) counts[uniform(source, 52)]! += 1;
		// 51 degrees of freedom: above 100 in one of 50,000 runs; the seed is fixed.
		expect(chiSquare(counts)).toBeLessThan(100);
	});
});

describe('shuffle', () => {
	it('keeps every card exactly once and leaves the deck it was given', () => {
		fc.assert(
			fc.property(fc.integer(), fc.constantFrom(1, 2), (seed, decks) => {
				const shuffled = shuffle(cardsOf(decks), seeded(seed));
				expect([...shuffled].sort((a, b) => a - b)).toEqual(cardsOf(decks));
			}),
		);
	});

	it('swaps from the last place down with one draw a place: a known answer', () => {
		expect(shuffle(['a', 'b', 'c', 'd'], sourceOf(1, 0, 1))).toEqual(['c', 'd', 'a', 'b']);
		expect(shuffle([], sourceOf())).toEqual([]);
		expect(shuffle(['a'], sourceOf())).toEqual(['a']);
	});

	it('brings every order of four cards equally often', () => {
		const source = seeded(11);
		const counts = new Map<string, number>();
		for (let deal = 0; deal < 240_000; deal += 1) {
			const order = shuffle(['a', 'b', 'c', 'd'], source).join('');
			counts.set(order, (counts.get(order) ?? 0) + 1);
		}
		expect(counts.size).toBe(24);
		// 23 degrees of freedom: above 60 in one of 30,000 runs; the seed is fixed.
		expect(chiSquare([...counts.values()])).toBeLessThan(60);
	});
});

describe('seeded', () => {
	it('gives the same numbers for the same seed, for ever', () => {
		const source = seeded(42);
		expect([source.next32(), source.next32(), source.next32()]).toEqual([3578742640, 3751902994, 1877406420]);
	});

	it('deals the same deck for the same seed, for ever', () => {
		expect(shuffle(cardsOf(1), seeded(1)).slice(0, 8).map(formatCard).join(' ')).toBe(
			'AD KC TS 9C QC 2H 3H 6C',
		);
	});

	it('gives other numbers for another seed', () => {
		const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => seeded(seed).next32()));
		expect(firsts.size).toBe(1000);
	});
});
