/**
 * Signalling payloads are sealed with the table's key: the server that carries them sees a topic, sizes and times,
 * never who sits there or where they are. XChaCha20-Poly1305, whose nonce of 24 bytes may be random for ever; the
 * topic is bound in, so a payload cannot be moved to another table that has the same key.
 *
 *     const box = createBox(key, topic, random);
 *     box.open(box.seal({ type: 'announce' }))  // { type: 'announce' }
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** An offer with all its candidates is about 1.5 kB; Supabase Realtime takes much more, y-webrtc's server anything. */
export const MAX_SEALED_CHARS = 16_384;

export interface Box {
	/** Base64url of nonce and ciphertext. */
	seal(payload: unknown): string;
	/** What was sealed, still to be checked; null for anything that was not sealed with this key for this topic. */
	open(sealed: string): unknown;
}

export function createBox(key: Uint8Array, topic: string, random: (bytes: number) => Uint8Array): Box {
	const bound = new TextEncoder().encode(topic);
	return {
		seal(payload) {
			const nonce = random(NONCE_BYTES);
			const plain = new TextEncoder().encode(JSON.stringify(payload));
			const cipher = xchacha20poly1305(key, nonce, bound).encrypt(plain);
			const sealed = new Uint8Array(NONCE_BYTES + cipher.length);
			sealed.set(nonce);
			sealed.set(cipher, NONCE_BYTES);
			return encodeBase64Url(sealed);
		},
		open(sealed) {
			if (sealed.length > MAX_SEALED_CHARS) return null;
			const bytes = decodeBase64Url(sealed);
			if (bytes === null || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
			try {
				const plain = xchacha20poly1305(key, bytes.subarray(0, NONCE_BYTES), bound).decrypt(
					bytes.subarray(NONCE_BYTES),
				);
				const payload: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
				return payload;
			} catch {
				// Another table's payload, another key, or noise: all the same to us.
				return null;
			}
		},
	};
}

export function encodeBase64Url(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null for what is not base64url. */
export function decodeBase64Url(text: string): Uint8Array | null {
	if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
	const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}
