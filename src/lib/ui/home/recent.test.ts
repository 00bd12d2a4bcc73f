import { describe, expect, it } from 'vitest';
import { isClosed } from './recent.ts';

const HOUR_MS = 3_600_000;

describe('a table that nobody touches', () => {
	it.each(['lobby', 'playing'] as const)('is closed after a day in the stage %s, and not before', (stage) => {
		expect(isClosed({ stage, updatedAt: 0 }, 24 * HOUR_MS - 1)).toBe(false);
		expect(isClosed({ stage, updatedAt: 0 }, 24 * HOUR_MS)).toBe(true);
		// Whoever opens it again touches it.
		expect(isClosed({ stage, updatedAt: 24 * HOUR_MS }, 25 * HOUR_MS)).toBe(false);
	});

	it('is over and not closed when its game has ended', () => {
		expect(isClosed({ stage: 'finished', updatedAt: 0 }, 1_000 * HOUR_MS)).toBe(false);
	});
});
