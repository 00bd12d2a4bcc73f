import { describe, expect, it } from 'vitest';
import { fan } from './fan.ts';

describe('the fan of a hand', () => {
	it('shows at least a readable strip of each of ten cards on a phone 360 px wide', () => {
		const places = fan({ count: 10, width: 344, cardWidth: 72, gapBefore: 6 });
		const strips = places.slice(1).map((place, i) => place.x - (places[i]?.x ?? 0));
		expect(Math.min(...strips)).toBeGreaterThan(28);
		expect(places.at(-1)?.x).toBeCloseTo(344 - 72);
		expect(places[0]?.x).toBeCloseTo(0);
	});

	it('sets trump apart by more than the other cards are', () => {
		const places = fan({ count: 4, width: 900, cardWidth: 100, gapBefore: 2 });
		const steps = places.slice(1).map((place, i) => place.x - (places[i]?.x ?? 0));
		expect(steps[1]).toBeGreaterThan((steps[0] ?? 0) + 10);
		expect(steps[0]).toBeCloseTo(steps[2] ?? 0);
	});

	it('keeps a small hand together in the middle instead of spreading it over the table', () => {
		const [first, last] = fan({ count: 2, width: 1000, cardWidth: 100, gapBefore: null });
		expect((last?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo(70);
		expect((first?.x ?? 0) + (last?.x ?? 0) + 100).toBeCloseTo(1000);
	});

	it('lays a single card straight in the middle, and nothing for an empty hand', () => {
		expect(fan({ count: 1, width: 300, cardWidth: 80, gapBefore: null })).toEqual([
			{ x: 110, y: 0, angle: 0 },
		]);
		expect(fan({ count: 0, width: 300, cardWidth: 80, gapBefore: null })).toEqual([]);
	});

	it('is the same seen in a mirror when there is no gap', () => {
		const places = fan({ count: 7, width: 400, cardWidth: 80, gapBefore: null });
		for (const [i, place] of places.entries()) {
			const twin = places[6 - i];
			expect(place.y).toBeCloseTo(twin?.y ?? NaN);
			expect(place.angle).toBeCloseTo(-(twin?.angle ?? NaN));
		}
	});

	it('never goes below no step at all, however narrow the page', () => {
		const places = fan({ count: 10, width: 40, cardWidth: 72, gapBefore: null });
		expect(places.every((place) => Number.isFinite(place.x))).toBe(true);
	});
});
