import { describe, expect, it } from 'vitest';
import { LOG_OFFENCES } from '../../room/log-book.ts';
import { FAULTS } from '../../transport/transport.ts';
import { troubleOf } from './trouble.ts';

const well = { otherVersion: null, fault: null, twoHosts: false } as const;

describe('what stands in the way of a table', () => {
	it('is nothing when all is well', () => {
		expect(troubleOf(well)).toBeNull();
	});

	it('is the host where what it sent does not fit its own log, and never the network', () => {
		for (const fault of [...LOG_OFFENCES, 'malformed_update']) {
			expect(troubleOf({ ...well, fault })).toBe('log');
		}
		expect(LOG_OFFENCES).toContain('forked_log');
	});

	it('has words of its own for each fault that a transport tells, and for a full disk', () => {
		for (const fault of [...FAULTS, 'storage']) expect(troubleOf({ ...well, fault })).toBe(fault);
		expect(troubleOf({ ...well, fault: 'TypeError' })).toBe('other');
	});

	it('is the version first where this page is the old one, and last where another is', () => {
		const faulty = { otherVersion: 'newer', fault: 'signalling', twoHosts: true } as const;
		expect(troubleOf(faulty)).toBe('newer_version');
		expect(troubleOf({ ...faulty, otherVersion: 'older' })).toBe('signalling');
		expect(troubleOf({ ...faulty, otherVersion: 'older', fault: null })).toBe('two_hosts');
		expect(troubleOf({ ...well, otherVersion: 'older' })).toBe('older_version');
	});
});
