/**
 * Asks the browser to keep what this site stores when it runs short of room: keys, games, the outbox. Asked once a
 * game has gone some way, not at a first look, when nothing is there to be kept; and once, for some browsers ask
 * their user in turn.
 */
import { browserStorage, readStored, writeStored, type KeyValue } from './stored.ts';

const ASKED_KEY = 'overtrick.storage-asked';

type Keeper = Partial<Pick<StorageManager, 'persist' | 'persisted'>>;

export async function keepStorage(
	keeper: Keeper | null = navigator.storage,
	memory: KeyValue | null = browserStorage(),
): Promise<void> {
	// None where the page has no secure origin.
	if (keeper?.persist === undefined || readStored(memory, ASKED_KEY) === true) return;
	writeStored(memory, ASKED_KEY, true);
	try {
		if ((await keeper.persisted?.()) !== true) await keeper.persist();
	} catch (error) {
		// The games are kept all the same, as long as there is room.
		console.warn('The browser was not asked to keep this site\u2019s data:', error);
	}
}
