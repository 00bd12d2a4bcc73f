/**
 * The round key in parts: with two guests or more the host splits it at each deal (Shamir over GF(256)), so that
 * more than half of them together, and never one alone, can open the round when the host is gone.
 */
import { combine, split } from 'shamir-secret-sharing';
import type { SeatIndex } from '../game/game.ts';
import { openBox, oneTimeSecretOf, sealBox } from './deal.ts';
import type { Identity, Keys } from './keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Holder {
	readonly seat: SeatIndex;
	/** X25519 public key, base64url. */
	readonly boxKey: string;
}

/** One guest's share would be the key itself. */
const FEWEST_HOLDERS = 2;
const SHARE_LABEL = 'share';
const PASSED_LABEL = 'passed';

/** How many shares open the key: more than half of the holders, and never fewer than two. */
export function sharesNeeded(holders: number): number {
	return Math.max(2, Math.floor(holders / 2) + 1);
}

/** Each holder's share, sealed to it, by seat; empty where there are too few holders to share with. */
export async function sealShares(
	keys: Keys,
	roundKey: Bytes,
	holders: readonly Holder[],
): Promise<ReadonlyMap<SeatIndex, string>> {
	if (holders.length < FEWEST_HOLDERS) return new Map();
	const shares = await split(roundKey, holders.length, sharesNeeded(holders.length));
	const sealed = holders.map(async ({ seat, boxKey }, index) => {
		const secret = oneTimeSecretOf(roundKey, boxKey, `one-time-share/${seat}`);
		const box = await sealBox(keys, secret, boxKey, SHARE_LABEL, shares[index] ?? new Uint8Array());
		return box === null ? [] : [[seat, box] as const];
	});
	return new Map((await Promise.all(sealed)).flat());
}

/** This player's share, or null when the box does not open. */
export function openShare(identity: Identity, box: string): Promise<Bytes | null> {
	return openBox(identity, box, SHARE_LABEL);
}

/**
 * The key that the shares give, or null when they give none. Wrong shares give a wrong key: the caller compares what
 * follows from it with the commitments of the deal.
 */
export async function joinShares(shares: readonly Bytes[]): Promise<Bytes | null> {
	try {
		return new Uint8Array(await combine([...shares]));
	} catch {
		// The library throws on too few, equal or uneven shares: no key.
		return null;
	}
}

/** A share sealed on to the player who claims the table; with a fresh secret, since it is sent and not dealt. */
export function passShare(
	keys: Keys,
	oneTimeSecret: Bytes,
	boxKey: string,
	share: Bytes,
): Promise<string | null> {
	return sealBox(keys, oneTimeSecret, boxKey, PASSED_LABEL, share);
}
export function openPassed(identity: Identity, box: string): Promise<Bytes | null> {
	return openBox(identity, box, PASSED_LABEL);
}
