import { describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { decodeBase64url, encodeBase64url } from '../game/bytes.ts';
import type { PlayerId } from '../game/table-types.ts';
import { fallbackKeys } from './keys-fallback.ts';
import { nativeKeys, newIdentitySeeds, randomBytes, type Keys } from './keys.ts';

const KINDS: readonly [name: string, keys: Keys][] = [
	['native', nativeKeys()],
	['fallback', fallbackKeys()],
	['node', nodeKeys()],
];

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
// RFC 7748, section 6.1.
const ALICE = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const BOB = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
const BOB_PUBLIC = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
const SHARED = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';

const message = new TextEncoder().encode('the ace of spades');

describe.each(KINDS)('%s keys', (_, keys) => {
	it('sign as RFC 8032 says (section 7.1, test 2)', async () => {
		const identity = await keys.identity({
			sign: hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
			box: randomBytes(32),
		});
		expect(Buffer.from(decodeBase64url(identity.player) ?? []).toString('hex')).toBe(
			'3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
		);
		expect(Buffer.from(await identity.sign(hex('72'))).toString('hex')).toBe(
			'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
				'085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
		);
	});

	it('agree as RFC 7748 says (section 6.1)', async () => {
		const alice = hex(ALICE);
		const bob = await keys.boxPublicKey(hex(BOB));
		expect(Buffer.from(bob).toString('hex')).toBe(BOB_PUBLIC);
		expect(Buffer.from(await keys.agree(alice, bob)).toString('hex')).toBe(SHARED);
	});

	it('verify what was signed, and neither another message, another key nor garbage', async () => {
		const identity = await keys.identity(newIdentitySeeds(randomBytes));
		const other = await keys.identity(newIdentitySeeds(randomBytes));
		const signature = await identity.sign(message);
		expect(await keys.verify(identity.player, message, signature)).toBe(true);
		expect(await keys.verify(identity.player, message.slice(1), signature)).toBe(false);
		expect(await keys.verify(other.player, message, signature)).toBe(false);
		expect(await keys.verify('!' as PlayerId, message, signature)).toBe(false);
		expect(await keys.verify(identity.player, message, new Uint8Array(3))).toBe(false);
	});
});

describe('the kinds of keys', () => {
	it('are one and the same to each other: keys, signatures and shared secrets', async () => {
		const seeds = newIdentitySeeds(randomBytes);
		const identities = await Promise.all(KINDS.map(([, keys]) => keys.identity(seeds)));
		const oneTime = randomBytes(32);
		const results = await Promise.all(
			KINDS.map(async ([, keys], index) => {
				const identity = identities[index];
				if (identity === undefined) throw new Error('an identity for each');
				const publicKey = await keys.boxPublicKey(oneTime);
				const boxKey = new Uint8Array(decodeBase64url(identity.boxKey) ?? []);
				return [
					identity.player,
					identity.boxKey,
					encodeBase64url(await identity.sign(message)),
					encodeBase64url(await identity.agree(publicKey)),
					encodeBase64url(await keys.agree(oneTime, boxKey)),
				];
			}),
		);
		for (const result of results) {
			expect(result).toEqual(results[0]);
			expect(result[3]).toBe(result[4]);
		}
	});
});
