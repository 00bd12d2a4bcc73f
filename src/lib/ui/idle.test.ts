import { describe, expect, it } from 'vitest';
import { IDLE_MS, isIdle } from './idle.ts';

describe('a table', () => {
	it('is idle a whole day after it was touched, and not a moment before', () => {
		expect(isIdle(1_000, 1_000 + IDLE_MS - 1)).toBe(false);
		expect(isIdle(1_000, 1_000 + IDLE_MS)).toBe(true);
	});
});
