import { describe, expect, it } from 'vitest';
import { timeSpentOf } from './time-spent.ts';

describe('how long something took', () => {
	it('is in hours and minutes, and never nothing', () => {
		const spent = timeSpentOf('en');
		expect([0, 29_000, 60_000, 3_600_000, 12_000_000, 360_000_000].map(spent)).toEqual([
			'1 min',
			'1 min',
			'1 min',
			'1 hr',
			'3 hr 20 min',
			'100 hr',
		]);
	});

	it('has the words of the language', () => {
		expect(timeSpentOf('he')(12_000_000)).not.toMatch(/[A-Za-z]/);
	});
});
