import { describe, expect, it } from 'vitest';
import { createBox, decodeBase64Url, encodeBase64Url, MAX_SEALED_CHARS } from './sealing.ts';

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const key = new Uint8Array(32).fill(7);

describe('a sealed payload', () => {
	it('opens to what was sealed, and never looks the same twice', () => {
		const box = createBox(key, 'topic', random);
		const payload = { type: 'announce', name: 'Noa בר' };
		expect(box.open(box.seal(payload))).toEqual(payload);
		expect(box.seal(payload)).not.toBe(box.seal(payload));
		expect(box.seal(payload)).not.toContain('announce');
	});

	it('opens neither with another key nor on another topic', () => {
		const sealed = createBox(key, 'topic', random).seal({ a: 1 });
		expect(createBox(new Uint8Array(32), 'topic', random).open(sealed)).toBe(null);
		expect(createBox(key, 'other', random).open(sealed)).toBe(null);
	});

	it('does not open when any character was changed, cut or added', () => {
		const box = createBox(key, 'topic', random);
		const sealed = box.seal({ a: 1 });
		for (let index = 0; index < sealed.length - 1; index++) {
			const turned = sealed[index] === 'A' ? 'B' : 'A';
			expect(box.open(sealed.slice(0, index) + turned + sealed.slice(index + 1))).toBe(null);
			expect(box.open(sealed.slice(0, index))).toBe(null);
		}
		expect(box.open(`${sealed}AAAA`)).toBe(null);
	});

	it('takes noise of any length and kind without complaint', () => {
		const box = createBox(key, 'topic', random);
		for (let length = 0; length < 80; length++) expect(box.open(encodeBase64Url(random(length)))).toBe(null);
		for (const noise of ['%%%', '====', 'a', 'ש', ' ', 'A'.repeat(MAX_SEALED_CHARS + 1)]) {
			expect(box.open(noise)).toBe(null);
		}
	});
});

describe('base64url', () => {
	it('brings every length of bytes back', () => {
		for (let length = 0; length < 50; length++) {
			const bytes = random(length);
			expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes);
		}
	});
});
