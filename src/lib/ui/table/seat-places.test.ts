import { describe, expect, it } from 'vitest';
import { ovalPlace, placeOf, rowColumns, rowPlace, trickPlace } from './seat-places.ts';

describe('where people sit on the screen', () => {
	it('puts the viewer at the bottom and counts clockwise from there', () => {
		expect(placeOf(3, 3, 4)).toBe(0);
		expect(placeOf(0, 3, 4)).toBe(1);
		expect(placeOf(2, 3, 4)).toBe(3);
		expect(placeOf(2, null, 4)).toBe(2);
	});

	it('seats the next player to the left, in the order of play over the top to the right', () => {
		const xs = Array.from({ length: 9 }, (_, i) => ovalPlace(i + 1, 10, true).x);
		expect(xs[0]).toBeLessThan(0.3);
		expect(xs[4]).toBeCloseTo(0.5);
		expect(xs[8]).toBeGreaterThan(0.7);
		expect(ovalPlace(1, 2, true)).toMatchObject({ y: 0 });
	});

	it('keeps every plate apart from the hand at the bottom', () => {
		for (let seats = 2; seats <= 10; seats++) {
			for (let place = 1; place < seats; place++) expect(ovalPlace(place, seats, true).y).toBeLessThan(0.85);
		}
	});

	it('gives every plate of a phone its own cell, inside the grid, for every number of players', () => {
		for (let plates = 1; plates <= 10; plates++) {
			const taken = new Set<string>();
			for (let index = 0; index < plates; index++) {
				const { row, column } = rowPlace(index, plates);
				expect(column).toBeGreaterThanOrEqual(1);
				expect(column + 1).toBeLessThanOrEqual(rowColumns(plates));
				for (const cell of [`${row}:${column}`, `${row}:${column + 1}`]) {
					expect(taken.has(cell), `${plates} plates, number ${index}`).toBe(false);
					taken.add(cell);
				}
			}
		}
	});

	it('puts six to ten players into two rows, the neighbours of the viewer below', () => {
		expect(rowPlace(0, 9)).toEqual({ row: 2, column: 1 });
		expect(rowPlace(8, 9)).toEqual({ row: 2, column: 9 });
		expect(rowPlace(4, 9)).toEqual({ row: 1, column: 5 });
		expect(rowPlace(0, 4).row).toBe(1);
	});

	it('lays a card on its player\u2019s side of the trick', () => {
		expect(trickPlace(0, 4)).toMatchObject({ x: 0, y: 1 });
		expect(trickPlace(1, 4)).toMatchObject({ x: -1, y: 0 });
		expect(trickPlace(2, 4)).toMatchObject({ x: 0, y: -1 });
		expect(Math.abs(trickPlace(7, 10).angle)).toBeLessThanOrEqual(7);
	});
});
