/**
 * What a code and a link say. The code finds the table; a private table's link carries a secret besides; every
 * link carries a fingerprint of the founding host's key. Signalling sees a topic and sealed payloads, both derived
 * from code and secret by a slow hash, so that guessing codes from a topic is dear.
 */
import { encodeBase64url, utf8 } from '../game/bytes.ts';
import { CODE_LETTERS, type PlayerId, type RoomCode } from '../game/table-types.ts';

/** About 30 ms on a phone; guessing all 148 million codes takes 50 core-days for one topic. */
const ITERATIONS = 50_000;
const SALT = utf8('overtrick/table/1');
/** Of the founder's 43 characters: 132 bits, more than anyone can search. */
const FINGERPRINT_LENGTH = 22;

export interface TableKeys {
	readonly topic: string;
	/** 32 bytes. */
	readonly key: Uint8Array;
}

export async function tableKeysOf(code: RoomCode, secret: string | null): Promise<TableKeys> {
	const bytes = await stretch(utf8(`${code}/${secret ?? ''}`), 64);
	return { topic: encodeBase64url(bytes.subarray(0, 32)), key: bytes.slice(32) };
}

async function stretch(password: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array> {
	// `subtle` is missing outside secure contexts, whatever the types say.
	const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
	if (subtle === undefined) {
		const [{ pbkdf2Async }, { sha256 }] = await Promise.all([
			import('@noble/hashes/pbkdf2.js'),
			import('@noble/hashes/sha2.js'),
		]);
		return pbkdf2Async(sha256, password, SALT, { c: ITERATIONS, dkLen: length });
	}
	const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
	const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: SALT, iterations: ITERATIONS };
	return new Uint8Array(await subtle.deriveBits(parameters, key, length * 8));
}

/** A code of six letters, each equally likely. */
export function newRoomCode(random: (bytes: number) => Uint8Array): RoomCode {
	const letters = CODE_LETTERS.length;
	let code = '';
	while (code.length < 6) {
		for (const byte of random(8)) {
			// 253 = 11 * 23: larger bytes would favour the first letters.
			if (byte < 256 - (256 % letters) && code.length < 6) code += CODE_LETTERS[byte % letters] ?? '';
		}
	}
	return code as RoomCode;
}

export interface LinkFragment {
	/** A private table's secret. */
	readonly secret: string | null;
	/** What the founder's key begins with. */
	readonly founder: string | null;
}

/** `#h=...&k=...`; an empty string says nothing. */
export function formatFragment(secret: string | null, founder: PlayerId | null): string {
	const parts = [
		...(founder === null ? [] : [`h=${founder.slice(0, FINGERPRINT_LENGTH)}`]),
		...(secret === null ? [] : [`k=${secret}`]),
	];
	return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

export function parseFragment(hash: string): LinkFragment {
	const fields = new URLSearchParams(hash.replace(/^#/, ''));
	const read = (name: string) => {
		const value = fields.get(name);
		return value !== null && /^[A-Za-z0-9_-]{22}$/.test(value) ? value : null;
	};
	return { secret: read('k'), founder: read('h') };
}

export function hasFingerprint(player: PlayerId, fingerprint: string): boolean {
	return player.startsWith(fingerprint);
}
