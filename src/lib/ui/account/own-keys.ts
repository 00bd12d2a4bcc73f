/** Keys of one's own devices as this browser knows them: what was played under any of them is one's own. */
import type { OwnKeys } from '../../archive/one-person.ts';
import { rememberedKeys } from '../../archive/profile-sync.ts';
import { ownPlayer } from '../games/own-player.ts';
import { browserStorage, readStored } from '../stored.ts';

/** In storage: the account's player, its keys, and what its profile was when last seen. */
export const ACCOUNT_KEY = 'overtrick.account-profile';

export async function ownKeys(): Promise<OwnKeys> {
	const player = await ownPlayer();
	const keys = rememberedKeys({ read: () => readStored(browserStorage(), ACCOUNT_KEY) });
	return { player, others: keys.filter((key) => key !== player) };
}
