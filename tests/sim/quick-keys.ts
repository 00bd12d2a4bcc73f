/**
 * Curves that cost nothing: what a signature and a shared secret promise, kept by a register in place of mathematics.
 * Only who holds the secret can sign, only the two who hold one of the secrets can agree; a thousand games of the
 * simulated table would otherwise be nothing but elliptic curves. A share of the games plays with the real ones.
 */
import { createHash } from 'node:crypto';
import { decodeBase64url, encodeBase64url, equalBytes } from '../../src/lib/game/bytes.ts';
import type { PlayerId } from '../../src/lib/game/table-types.ts';
import type { Keys } from '../../src/lib/room/keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

function digest(label: string, ...parts: readonly Uint8Array[]): Bytes {
	const hash = createHash('sha256').update(label);
	for (const part of parts) hash.update(part);
	return new Uint8Array(hash.digest());
}

function signatureOf(secret: Bytes, message: Uint8Array): Bytes {
	const half = digest('signature', secret, message);
	const signature = new Uint8Array(64);
	signature.set(half);
	signature.set(half, 32);
	return signature;
}

/** One register a table: its players know nobody else. */
export function quickKeys(): Keys {
	const signers = new Map<PlayerId, Bytes>();
	const boxes = new Map<string, Bytes>();

	const boxKeyOf = (secret: Bytes): Bytes => {
		const key = digest('box', secret);
		boxes.set(encodeBase64url(key), secret);
		return key;
	};
	const agree = (secret: Bytes, other: Bytes): Bytes => {
		const theirs = boxes.get(encodeBase64url(other)) ?? other;
		return digest('agreed', ...[secret, theirs].sort(Buffer.compare));
	};

	return {
		async identity(seeds) {
			const player = encodeBase64url(digest('player', seeds.sign)) as PlayerId;
			signers.set(player, seeds.sign);
			return {
				player,
				boxKey: encodeBase64url(boxKeyOf(seeds.box)),
				sign: async (message) => signatureOf(seeds.sign, message),
				agree: async (other) => agree(seeds.box, other),
			};
		},
		async verify(player, message, signature) {
			const secret = decodeBase64url(player)?.length === 32 ? signers.get(player) : undefined;
			return secret !== undefined && equalBytes(signatureOf(secret, message), signature);
		},
		boxPublicKey: async (secret) => boxKeyOf(secret),
		agree: async (secret, other) => agree(secret, other),
	};
}
