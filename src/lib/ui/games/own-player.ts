/** Who plays on this device, for pages that look back: the key alone, without all that a table needs. */
import type { PlayerId } from '../../game/table-types.ts';
import { createKeys, newIdentitySeeds, randomBytes, type Identity } from '../../room/keys.ts';
import { createDexieStore } from '../../store/dexie.ts';

export async function ownPlayer(): Promise<PlayerId> {
	return (await ownIdentity()).player;
}

/** The same with what signs for it. */
export async function ownIdentity(): Promise<Identity> {
	const store = createDexieStore();
	try {
		const [keys, seeds] = await Promise.all([
			createKeys(),
			store.identity(() => newIdentitySeeds(randomBytes)),
		]);
		return await keys.identity(seeds);
	} finally {
		store.close();
	}
}
