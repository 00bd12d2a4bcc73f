/** Keys of one's own devices as this browser knows them: what was played under any of them is one's own. */
import type { OwnKeys } from '../../archive/one-person.ts';
import { rememberedKeys } from '../../archive/profile-sync.ts';
import { ownPlayer } from '../games/own-player.ts';
import { browserStorage, readStored } from '../stored.ts';
import { formerKeys } from './former-keys.ts';

/** In storage: the account's player, its keys, and what its profile was when last seen. */
export const ACCOUNT_KEY = 'overtrick.account-profile';

/** Of the account's devices, and of those whose games somebody has brought as their own. */
export async function ownKeys(): Promise<OwnKeys> {
	const player = await ownPlayer();
	const account = rememberedKeys({ read: () => readStored(browserStorage(), ACCOUNT_KEY) });
	const others = new Set([...account, ...formerKeys()]);
	others.delete(player);
	return { player, others: [...others] };
}
