import { describe, expect, it } from 'vitest';
import { MAX_OWN_KEYS } from '../../game/log-limits.ts';
import { playerNumbered } from '../../game/testing.ts';
import { forgetFormerKeys, formerKeys, keepFormerKeys } from './former-keys.ts';

function storage() {
	const all = new Map<string, string>();
	return {
		getItem: (key: string) => all.get(key) ?? null,
		setItem: (key: string, value: string) => void all.set(key, value),
	};
}

describe('keys somebody has called their own', () => {
	it('are remembered once each, however often they are brought, and forgotten together', () => {
		const here = storage();
		expect(formerKeys(here)).toEqual([]);
		keepFormerKeys([playerNumbered(2), playerNumbered(3)], here);
		keepFormerKeys([playerNumbered(3)], here);
		expect(formerKeys(here)).toEqual([playerNumbered(2), playerNumbered(3)]);
		forgetFormerKeys(here);
		expect(formerKeys(here)).toEqual([]);
	});

	it('are no more than a person can have had, and what is no key is passed over', () => {
		const here = storage();
		for (let n = 1; n <= MAX_OWN_KEYS + 5; n++) keepFormerKeys([playerNumbered(n)], here);
		expect(formerKeys(here)).toHaveLength(MAX_OWN_KEYS);
		expect(formerKeys(here).at(-1)).toBe(playerNumbered(MAX_OWN_KEYS + 5));
		here.setItem('overtrick.former-keys', JSON.stringify({ keys: ['nobody', 7, playerNumbered(2)] }));
		expect(formerKeys(here)).toEqual([playerNumbered(2)]);
		here.setItem('overtrick.former-keys', '[');
		expect(formerKeys(here)).toEqual([]);
		expect(formerKeys(null)).toEqual([]);
	});
});
