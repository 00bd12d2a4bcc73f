/** The curves in plain JavaScript (@noble/curves), for browsers and pages without native ones. */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { decodeBase64url, encodeBase64url } from '../game/bytes.ts';
import type { PlayerId } from '../game/table-types.ts';
import type { Keys } from './keys.ts';

const copy = (bytes: Uint8Array) => new Uint8Array(bytes);

export function fallbackKeys(): Keys {
	return {
		identity: async (seeds) => ({
			player: encodeBase64url(ed25519.getPublicKey(seeds.sign)) as PlayerId,
			boxKey: encodeBase64url(x25519.getPublicKey(seeds.box)),
			sign: async (message) => copy(ed25519.sign(message, seeds.sign)),
			agree: async (publicKey) => copy(x25519.getSharedSecret(seeds.box, publicKey)),
		}),
		async verify(player, message, signature) {
			const key = decodeBase64url(player);
			if (key?.length !== 32 || signature.length !== 64) return false;
			try {
				return ed25519.verify(signature, message, key);
			} catch {
				return false;
			}
		},
		boxPublicKey: async (secret) => copy(x25519.getPublicKey(secret)),
		agree: async (secret, publicKey) => copy(x25519.getSharedSecret(secret, publicKey)),
	};
}
