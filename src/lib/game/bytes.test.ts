import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	concatBytes,
	decodeBase64url,
	decodeJson,
	decodeUtf8,
	encodeBase64url,
	equalBytes,
	utf8,
} from './bytes.ts';

const anyBytes = fc.uint8Array({ maxLength: 200 });

describe('base64url', () => {
	it('writes what everybody else writes, and reads it back', () => {
		fc.assert(
			fc.property(anyBytes, (bytes) => {
				const text = encodeBase64url(bytes);
				expect(text).toBe(Buffer.from(bytes).toString('base64url'));
				expect(decodeBase64url(text)).toEqual(bytes);
			}),
		);
	});

	it('has one spelling for each value: whatever it reads, it would write so', () => {
		const letters = fc.string({
			unit: fc.constantFrom('A', 'B', 'Q', 'w', 'z', '0', '8', '9', '-', '_', '+', '/', '=', ' ', 'é'),
			maxLength: 12,
		});
		fc.assert(
			fc.property(letters, (text) => {
				const bytes = decodeBase64url(text);
				if (bytes !== null) expect(encodeBase64url(bytes)).toBe(text);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		['left-over bits after one byte', 'AB'],
		['left-over bits after two bytes', 'AAB'],
		['a length that no bytes have', 'AAAAA'],
		['padding', 'AA=='],
		['the letters of plain base64', '+/+/'],
		['a space', 'AA A'],
		['a letter outside ASCII', 'AAAé'],
		['a character of two code units', 'AA\u{1F0A1}'],
	])('refuses %s', (_, text) => {
		expect(decodeBase64url(text)).toBeNull();
	});
});

describe('bytes', () => {
	it('are joined in order and compared whole', () => {
		fc.assert(
			fc.property(anyBytes, anyBytes, (a, b) => {
				const both = concatBytes(a, b);
				expect(Array.from(both)).toEqual([...a, ...b]);
				expect(equalBytes(both.subarray(0, a.length), a)).toBe(true);
				expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)));
			}),
		);
	});

	it('that are not UTF-8 or not JSON are null, never an exception', () => {
		expect(decodeUtf8(Uint8Array.of(0xc3, 0x28))).toBeNull();
		expect(decodeJson(Uint8Array.of(0xff))).toBeNull();
		expect(decodeJson(utf8('{"seat":'))).toBeNull();
		expect(decodeJson(utf8('{"name":"יעל"}'))).toEqual({ name: 'יעל' });
	});
});
