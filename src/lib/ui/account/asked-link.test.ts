import { describe, expect, it } from 'vitest';
import { keepAsked, wasAsked } from './asked-link.ts';

function memory() {
	const map = new Map<string, string>();
	return {
		getItem: (key: string) => map.get(key) ?? null,
		setItem: (key: string, value: string) => void map.set(key, value),
	};
}
const HOUR_MS = 3_600_000;

describe('a link to sign in by', () => {
	it('was asked for here for an hour, by the address it went to', () => {
		const storage = memory();
		expect(wasAsked('noa@example.org', 0, storage)).toBe(false);
		keepAsked(' Noa@example.org ', 1_000, storage);
		expect(wasAsked('noa@example.org', 1_000 + HOUR_MS, storage)).toBe(true);
		expect(wasAsked(null, 1_000 + HOUR_MS, storage)).toBe(true);
		expect(wasAsked('ben@example.org', 2_000, storage)).toBe(false);
		expect(wasAsked('noa@example.org', 1_001 + HOUR_MS, storage)).toBe(false);
		expect(wasAsked('noa@example.org', 999, storage)).toBe(false);
	});
});
