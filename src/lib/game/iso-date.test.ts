import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsoDate } from './iso-date.ts';
import { MAX_TIME_MS } from './log-limits.ts';

describe('a date as a text', () => {
	it('is every moment that a log may hold', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: MAX_TIME_MS }), (time) => {
				const text = new Date(time).toISOString();
				expect(isIsoDate(text)).toBe(true);
				expect(isIsoDate(text.replace(/\.\d+/, ''))).toBe(true);
			}),
		);
	});

	it('is no day and no hour that there is not', () => {
		const wrong = [
			'2026-19-39T29:59:59Z',
			'2026-00-10T00:00:00Z',
			'2026-02-29T00:00:00Z',
			'2100-02-29T00:00:00Z',
			'2026-04-31T00:00:00Z',
			'2026-04-00T00:00:00Z',
			'2026-04-01T24:00:00Z',
			'2026-04-01T23:60:00Z',
			'2026-04-01T23:59:60Z',
			'1969-12-31T23:59:59Z',
			'+012026-04-01T00:00:00Z',
			'2026-04-01',
			'2026-04-01T00:00:00+02:00',
			'',
		];
		for (const text of wrong) expect(isIsoDate(text), text).toBe(false);
		expect(isIsoDate('2028-02-29T23:59:59.999Z')).toBe(true);
	});
});
