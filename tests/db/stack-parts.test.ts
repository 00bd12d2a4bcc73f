import { describe, expect, it } from 'vitest';
import { reachedAt } from './stack/api.ts';
import { skipOrFail } from './stack/needed.ts';

describe('a system without a database', () => {
	it('fails the run where CI is set, with the reason', () => {
		expect(() => skipOrFail('no binaries', { CI: '1' })).toThrow(/CI is set: no binaries$/);
	});

	it('has its tests skipped anywhere else', () => {
		expect(() => skipOrFail('no binaries', {})).not.toThrow();
		expect(() => skipOrFail('no binaries', { CI: '' })).not.toThrow();
		expect(() => skipOrFail(null, { CI: '1' })).not.toThrow();
	});
});

describe('the address of the local stack', () => {
	it('is one that the phones in the room reach, also in the links of mails', () => {
		expect(reachedAt('0.0.0.0', ['192.168.1.5', '10.0.0.2'])).toBe('192.168.1.5');
		expect(reachedAt('0.0.0.0', [])).toBe('127.0.0.1');
		expect(reachedAt('127.0.0.1', ['192.168.1.5'])).toBe('127.0.0.1');
		expect(reachedAt('fd00::1', [])).toBe('[fd00::1]');
	});
});
