import fc from 'fast-check';
import { pbkdf2Sync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { seededBytes } from '../../../tests/sim/simulated-table.ts';
import { encodeBase64url } from '../game/bytes.ts';
import { parseRoomCode } from '../game/room-code.ts';
import { CODE_LETTERS, type RoomCode } from '../game/table-types.ts';
import { bytes32, DANA, playerNumbered } from '../game/testing.ts';
import { formatFragment, hasFingerprint, newRoomCode, parseFragment, tableKeysOf } from './table-keys.ts';

const CODE = 'QWERTY' as RoomCode;
const SECRET = encodeBase64url(new Uint8Array(16).fill(200));

describe('a new code', () => {
	it('has six letters, none of which looks like another', () => {
		const random = seededBytes(1);
		for (let n = 0; n < 500; n++) {
			const code = newRoomCode(random);
			expect(code).toMatch(/^[ABCDEFGHJKMNPQRSTUVWXYZ]{6}$/);
			expect(parseRoomCode(code)).toBe(code);
		}
	});

	it('has each letter equally often at each place (chi-square over 9,200 codes)', () => {
		const random = seededBytes(2);
		const codes = Array.from({ length: 9_200 }, () => newRoomCode(random));
		for (let place = 0; place < 6; place++) {
			const counts = new Map<string, number>();
			for (const code of codes) counts.set(code.charAt(place), (counts.get(code.charAt(place)) ?? 0) + 1);
			const chiSquare = Array.from(CODE_LETTERS).reduce(
				(sum, letter) => sum + ((counts.get(letter) ?? 0) - 400) ** 2 / 400,
				0,
			);
			// 0.9999 quantile for 22 degrees of freedom: six places, one seed.
			expect(chiSquare).toBeLessThan(54.8);
		}
	});

	it('throws the bytes away that would favour the first letters', () => {
		const bytes = [253, 254, 255, 0, 22, 23, 252, 1, 2];
		let at = 0;
		const random = (length: number) => Uint8Array.from({ length }, () => bytes[at++ % bytes.length] ?? 0);
		expect(newRoomCode(random)).toBe('AZAZBC');
	});
});

describe('topic and key', () => {
	afterEach(() => vi.unstubAllGlobals());

	it('follow from code and secret by PBKDF2, as anybody can compute them', async () => {
		for (const secret of [null, SECRET]) {
			const { topic, key } = await tableKeysOf(CODE, secret);
			const expected = pbkdf2Sync(`QWERTY/${secret ?? ''}`, 'overtrick/table/1', 50_000, 64, 'sha256');
			expect(topic).toBe(expected.subarray(0, 32).toString('base64url'));
			expect(Buffer.from(key).equals(expected.subarray(32))).toBe(true);
		}
	});

	it('are others for another code, another secret or none: the code alone does not find a private table', async () => {
		const made = await Promise.all([
			tableKeysOf(CODE, null),
			tableKeysOf(CODE, SECRET),
			tableKeysOf(CODE, encodeBase64url(new Uint8Array(16))),
			tableKeysOf('QWERTZ' as RoomCode, null),
		]);
		expect(new Set(made.map(({ topic }) => topic)).size).toBe(4);
		expect(new Set(made.map(({ key }) => encodeBase64url(key))).size).toBe(4);
		for (const { topic, key } of made) {
			expect(topic).not.toContain(CODE);
			expect(topic).not.toBe(encodeBase64url(key));
		}
	});

	it('are the same on a page without WebCrypto', async () => {
		const native = await tableKeysOf(CODE, SECRET);
		vi.stubGlobal('crypto', { subtle: undefined });
		expect(await tableKeysOf(CODE, SECRET)).toEqual(native);
	});
});

describe('a link’s fragment', () => {
	const founder = DANA;

	it.each([
		[null, null],
		[SECRET, null],
		[null, founder],
		[SECRET, founder],
	])('says secret %j and founder %j, and is read so', (secret, host) => {
		const text = formatFragment(secret, host);
		expect(text === '' || text.startsWith('#')).toBe(true);
		const read = parseFragment(text);
		expect(read.secret).toBe(secret);
		expect(read.founder).toBe(host === null ? null : host.slice(0, 22));
		expect(parseFragment(text.replace('#', ''))).toEqual(read);
	});

	it('comes back whatever the bytes are', () => {
		const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(encodeBase64url);
		fc.assert(
			fc.property(fc.option(secrets), fc.option(fc.nat({ max: 255 })), (secret, n) => {
				const host = n === null ? null : playerNumbered(n);
				const read = parseFragment(formatFragment(secret, host));
				expect(read.secret).toBe(secret);
				expect(read.founder === null ? host : hasFingerprint(host ?? DANA, read.founder)).toBe(
					read.founder === null ? null : true,
				);
			}),
		);
	});

	it('tells one founder from another', () => {
		const { founder: fingerprint } = parseFragment(formatFragment(null, founder));
		expect(hasFingerprint(founder, fingerprint ?? '')).toBe(true);
		expect(hasFingerprint(playerNumbered(200), fingerprint ?? '')).toBe(false);
	});

	it.each([
		'',
		'#',
		'#h=',
		'#k=short',
		'#h=Dana&k=Ben',
		`#k=${'x'.repeat(23)}`,
		`#k=${'!'.repeat(22)}`,
		`#h=${bytes32(1)}`,
		'#k=%00',
		'#%E0%A4%A',
		'#__proto__=1',
		`#${'&'.repeat(10_000)}`,
		'#K=AAAAAAAAAAAAAAAAAAAAAA',
	])('of garbage says nothing: %j', (hash) => {
		expect(parseFragment(hash)).toEqual({ secret: null, founder: null });
	});

	it('keeps one half when the other is garbage', () => {
		expect(parseFragment(`#h=nobody&k=${SECRET}`)).toEqual({ secret: SECRET, founder: null });
		expect(parseFragment(`${formatFragment(null, founder)}&k=1&x=2`)).toEqual({
			secret: null,
			founder: founder.slice(0, 22),
		});
	});
});
