/**
 * Who saved a history: in the file the device says under which keys its player has sat, and signs it, so that nobody can
 * pass for a key of somebody else. It gives no right to anything: whether that player is oneself is asked of whoever
 * brings the file.
 */
import { concatBytes, decodeBase64url, encodeBase64url, utf8 } from '../game/bytes.ts';
import type { HistoryOwner } from '../game/history-file.ts';
import type { Identity, Keys } from '../room/keys.ts';
import type { OwnKeys } from './one-person.ts';

const DOMAIN = utf8('overtrick/history-owner/1\0');

function messageOf({ player, others }: OwnKeys): Uint8Array<ArrayBuffer> {
	return concatBytes(DOMAIN, utf8([player, ...others].join(' ')));
}

/** @param others keys of the same person's other devices, as far as this one knows them */
export async function signOwner(
	identity: Pick<Identity, 'player' | 'sign'>,
	others: OwnKeys['others'],
): Promise<HistoryOwner> {
	const own = { player: identity.player, others };
	return { ...own, signature: encodeBase64url(await identity.sign(messageOf(own))) };
}

/** Whether the device that holds the key has said so. */
export async function isOwnerProved(keys: Pick<Keys, 'verify'>, owner: HistoryOwner): Promise<boolean> {
	const signature = decodeBase64url(owner.signature);
	return signature !== null && keys.verify(owner.player, messageOf(owner), new Uint8Array(signature));
}
