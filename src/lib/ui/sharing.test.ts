import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharing } from './sharing.ts';

const plain = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('sharing', () => {
	it('gives the value before when nothing has changed', () => {
		fc.assert(
			fc.property(plain, (value) => {
				const share = sharing<unknown>();
				const first = share(value);
				expect(share(structuredClone(value))).toBe(first);
			}),
		);
	});

	it('gives what is equal to the new value, whatever was before', () => {
		fc.assert(
			fc.property(plain, plain, (before, after) => {
				const share = sharing<unknown>();
				share(before);
				expect(share(structuredClone(after))).toEqual(after);
			}),
		);
	});

	it('keeps the parts that have not changed', () => {
		const share = sharing<{ hand: { card: number }[]; seats: { name: string; tricks: number }[] }>();
		const before = share({
			hand: [{ card: 3 }, { card: 9 }],
			seats: [
				{ name: 'Noa', tricks: 0 },
				{ name: 'Dan', tricks: 1 },
			],
		});
		const after = share({
			hand: [{ card: 3 }, { card: 9 }],
			seats: [
				{ name: 'Noa', tricks: 1 },
				{ name: 'Dan', tricks: 1 },
			],
		});
		expect(after.hand).toBe(before.hand);
		expect(after.seats[0]).toEqual({ name: 'Noa', tricks: 1 });
		expect(after.seats[1]).toBe(before.seats[1]);
	});

	it('tells a field that is there and undefined from one that is not', () => {
		const share = sharing<{ at?: number | undefined; by?: number | undefined }>();
		share({ at: undefined });
		expect(Object.keys(share({ by: undefined }))).toEqual(['by']);
	});

	it('takes anything that is no plain data as it is', () => {
		const share = sharing<Uint8Array>();
		share(Uint8Array.of(1));
		const next = Uint8Array.of(1);
		expect(share(next)).toBe(next);
	});
});
