/**
 * Who a player is: an Ed25519 key that signs and an X25519 key that hands are sealed to, both made once per
 * device. Native WebCrypto where the browser has it (about twenty times faster); plain JavaScript, loaded only
 * then, where it has not: a page opened over http on a home network is no secure context.
 */
import { concatBytes, decodeBase64url, encodeBase64url } from '../game/bytes.ts';
import { assert } from '../game/assert.ts';
import type { PlayerId } from '../game/table-types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What is kept on the device: two 32-byte secrets. Everything else follows from them. */
export interface IdentitySeeds {
	readonly sign: Bytes;
	readonly box: Bytes;
}

export interface Identity {
	readonly player: PlayerId;
	/** X25519 public key, base64url. */
	readonly boxKey: string;
	/** Ed25519 signature, 64 bytes. */
	sign(message: Bytes): Promise<Bytes>;
	/** X25519 shared secret with another public key, 32 bytes. */
	agree(publicKey: Bytes): Promise<Bytes>;
}

/** The curve operations; two implementations, chosen by `createKeys`. */
export interface Keys {
	identity(seeds: IdentitySeeds): Promise<Identity>;
	/** False for a wrong signature and for a key or signature that is malformed. */
	verify(player: PlayerId, message: Bytes, signature: Bytes): Promise<boolean>;
	/** X25519 public key of a secret, for the one-time key of a sealed box. */
	boxPublicKey(secret: Bytes): Promise<Bytes>;
	/** X25519 shared secret, 32 bytes. */
	agree(secret: Bytes, publicKey: Bytes): Promise<Bytes>;
}

export function newIdentitySeeds(random: (bytes: number) => Bytes): IdentitySeeds {
	return { sign: random(32), box: random(32) };
}

export function randomBytes(length: number): Bytes {
	return crypto.getRandomValues(new Uint8Array(length));
}

/** Native keys where the browser knows both curves, else the JavaScript ones. */
export async function createKeys(): Promise<Keys> {
	return (await hasNativeCurves()) ? nativeKeys() : (await import('./keys-fallback.ts')).fallbackKeys();
}

async function hasNativeCurves(): Promise<boolean> {
	// `subtle` is missing outside secure contexts, whatever the types say.
	const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
	if (subtle === undefined) return false;
	try {
		await subtle.importKey('pkcs8', pkcs8(ED25519_OID, new Uint8Array(32)), 'Ed25519', false, ['sign']);
		await subtle.importKey('pkcs8', pkcs8(X25519_OID, new Uint8Array(32)), 'X25519', false, ['deriveBits']);
		return true;
	} catch {
		return false;
	}
}

// RFC 8410: a private key is its 32 bytes behind a fixed header that names the curve.
const ED25519_OID = 0x70;
const X25519_OID = 0x6e;
function pkcs8(curve: number, secret: Bytes): Bytes {
	return concatBytes(
		Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, curve, 4, 0x22, 4, 0x20),
		secret,
	);
}

/** Imported public keys are kept: a table has at most a few dozen. */
const MAX_KEPT_KEYS = 256;

export function nativeKeys(): Keys {
	const { subtle } = globalThis.crypto;
	const verifiers = new Map<PlayerId, Promise<CryptoKey>>();

	const importBox = (secret: Bytes, extractable: boolean) =>
		subtle.importKey('pkcs8', pkcs8(X25519_OID, secret), 'X25519', extractable, ['deriveBits']);

	async function publicOf(key: CryptoKey): Promise<Bytes> {
		const { x } = await subtle.exportKey('jwk', key);
		const bytes = x === undefined ? null : decodeBase64url(x);
		assert(bytes !== null, 'a JWK of these curves has an x');
		return new Uint8Array(bytes);
	}

	async function derive(key: CryptoKey, publicKey: Bytes): Promise<Bytes> {
		const other = await subtle.importKey('raw', publicKey, 'X25519', false, []);
		return new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: other }, key, 256));
	}

	function verifierOf(player: PlayerId): Promise<CryptoKey> {
		const kept = verifiers.get(player);
		if (kept !== undefined) return kept;
		const bytes = decodeBase64url(player) ?? new Uint8Array();
		const key = subtle.importKey('raw', new Uint8Array(bytes), 'Ed25519', false, ['verify']);
		if (verifiers.size >= MAX_KEPT_KEYS) verifiers.clear();
		verifiers.set(player, key);
		return key;
	}

	return {
		async identity(seeds) {
			const signKey = await subtle.importKey('pkcs8', pkcs8(ED25519_OID, seeds.sign), 'Ed25519', true, [
				'sign',
			]);
			const boxKey = await importBox(seeds.box, true);
			return {
				player: encodeBase64url(await publicOf(signKey)) as PlayerId,
				boxKey: encodeBase64url(await publicOf(boxKey)),
				sign: async (message) => new Uint8Array(await subtle.sign('Ed25519', signKey, message)),
				agree: (publicKey) => derive(boxKey, publicKey),
			};
		},
		async verify(player, message, signature) {
			try {
				return await subtle.verify('Ed25519', await verifierOf(player), signature, message);
			} catch {
				return false;
			}
		},
		boxPublicKey: async (secret) => publicOf(await importBox(secret, true)),
		agree: async (secret, publicKey) => derive(await importBox(secret, false), publicKey),
	};
}
