import { describe, expect, it } from 'vitest';
import { scoreChart } from './score-series.ts';

describe('the chart of points over time', () => {
	it('keeps every game inside its box, lowest at the bottom, and zero in sight', () => {
		const games = [-40, 12, 95, 3, -7].map((score) => ({ score, isWon: score > 10 }));
		const { points, ticks, mean } = scoreChart(games);
		for (const { x, y } of points) {
			expect(x).toBeGreaterThanOrEqual(0);
			expect(x).toBeLessThanOrEqual(320);
			expect(y).toBeGreaterThanOrEqual(0);
			expect(y).toBeLessThanOrEqual(120);
		}
		expect(ticks.map(({ value }) => value)).toEqual([-40, 0, 95]);
		expect(Math.max(...points.map(({ y }) => y))).toBe(points[0]?.y);
		expect(mean.split(' ')).toHaveLength(5);
	});

	it('draws one game, and none', () => {
		expect(scoreChart([{ score: 0, isWon: true }]).points).toHaveLength(1);
		expect(scoreChart([]).mean).toBe('');
	});
});
