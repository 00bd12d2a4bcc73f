import { describe, expect, it } from 'vitest';
import { he } from './account.he.ts';
import { accountText } from './account.en.ts';
import { keepingSaid } from './keeping.ts';

const ADDRESS = 'noa@example.org';

describe('who keeps an account under an address', () => {
	it('is told of the mail that has to be opened first, whose link this browser then knows', () => {
		for (const t of [accountText.english, he]) {
			const asked: string[] = [];
			const said = keepingSaid(t, { ok: true, isSent: true }, ADDRESS, (one) => asked.push(one));
			expect(said).toContain(ADDRESS);
			expect(said).not.toBe(t.done);
			expect(asked).toEqual([ADDRESS]);
		}
	});

	it('is told that it is done where the address holds at once, and no link is waited for', () => {
		const t = accountText.english;
		const asked: string[] = [];
		expect(keepingSaid(t, { ok: true, isSent: false }, ADDRESS, (one) => asked.push(one))).toBe(t.done);
		expect(asked).toEqual([]);
	});
});
