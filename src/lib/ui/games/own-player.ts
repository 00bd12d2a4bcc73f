/** Who plays on this device, for pages that look back: the key alone, without all that a table needs. */
import type { PlayerId } from '../../game/table-types.ts';
import { createKeys, newIdentitySeeds, randomBytes } from '../../room/keys.ts';
import { createDexieStore } from '../../store/dexie.ts';

export async function ownPlayer(): Promise<PlayerId> {
	const store = createDexieStore();
	try {
		const [keys, seeds] = await Promise.all([
			createKeys(),
			store.identity(() => newIdentitySeeds(randomBytes)),
		]);
		return (await keys.identity(seeds)).player;
	} finally {
		store.close();
	}
}
