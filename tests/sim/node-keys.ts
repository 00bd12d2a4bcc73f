/**
 * The curves by Node's own OpenSSL, answering at once: about ten times faster than plain JavaScript, and nothing
 * runs on threads behind the fake clock's back.
 */
import { createPrivateKey, createPublicKey, diffieHellman, sign, verify, type KeyObject } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { PlayerId } from '../../src/lib/game/table-types.ts';
import type { Keys } from '../../src/lib/room/keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Curve = 'Ed25519' | 'X25519';

// RFC 8410: fixed headers before the 32 bytes of a private and of a public key.
const PRIVATE = {
	Ed25519: '302e020100300506032b657004220420',
	X25519: '302e020100300506032b656e04220420',
} as const;
const PUBLIC = { Ed25519: '302a300506032b6570032100', X25519: '302a300506032b656e032100' } as const;

function privateKey(curve: Curve, secret: Uint8Array): KeyObject {
	const key = Buffer.concat([Buffer.from(PRIVATE[curve], 'hex'), secret]);
	return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicKey(curve: Curve, bytes: Uint8Array): KeyObject {
	const key = Buffer.concat([Buffer.from(PUBLIC[curve], 'hex'), bytes]);
	return createPublicKey({ key, format: 'der', type: 'spki' });
}

const publicBytes = (key: KeyObject): Bytes =>
	new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));

/** What OpenSSL has read once it keeps: reading a key takes it longer than using one, and every peer reads the same. */
function kept(read: (bytes: Uint8Array) => KeyObject): (bytes: Uint8Array) => KeyObject {
	const keys = new Map<string, KeyObject>();
	return (bytes) => {
		const name = encodeBase64url(bytes);
		const key = keys.get(name) ?? read(bytes);
		keys.set(name, key);
		return key;
	};
}

export function nodeKeys(): Keys {
	const verifier = kept((bytes) => publicKey('Ed25519', bytes));
	const boxOf = kept((bytes) => publicKey('X25519', bytes));
	const boxSecret = kept((bytes) => privateKey('X25519', bytes));
	const agree = (secret: Bytes, other: Bytes): Bytes =>
		new Uint8Array(diffieHellman({ privateKey: boxSecret(secret), publicKey: boxOf(other) }));

	return {
		identity(seeds) {
			const signKey = privateKey('Ed25519', seeds.sign);
			return Promise.resolve({
				player: encodeBase64url(publicBytes(signKey)) as PlayerId,
				boxKey: encodeBase64url(publicBytes(boxSecret(seeds.box))),
				sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, signKey))),
				agree: (other) => Promise.resolve(agree(seeds.box, other)),
			});
		},
		verify(player, message, signature) {
			const bytes = decodeBase64url(player);
			if (bytes?.length !== 32) return Promise.resolve(false);
			return Promise.resolve(verify(null, message, verifier(bytes), signature));
		},
		boxPublicKey: (secret) => Promise.resolve(publicBytes(boxSecret(secret))),
		agree: (secret, other) => Promise.resolve(agree(secret, other)),
	};
}
