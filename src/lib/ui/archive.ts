/** The archive as the pages have it; its code and the database's are loaded by who asks for games. */
import type { Archive } from '../archive/archive.ts';
import { createCloudArchive } from '../archive/cloud.ts';
import { createLocalArchive } from '../archive/local.ts';
import { RemoteError, type Remote } from '../archive/remote.ts';
import type { GameId, RoomCode } from '../game/table-types.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { ownKeys } from './account/own-keys.ts';
import type { SiteArchiveState } from './account/site-archive.svelte.ts';
import { keepGameTable } from './groups/game-tables.ts';
import { browserStorage, fieldsOf, readStored, writeStored } from './stored.ts';

/** A remote's list is read to its end so often: another device may have brought older games. */
const WHOLE_EVERY_MS = 86_400_000;
/** In storage: when it was last, and of which account. */
const PULLED_KEY = 'overtrick.archive-read';

interface Listeners {
	/** Why the site's archive could not be asked; null: it could. */
	readonly onProblem?: (code: string | null) => void;
	/** Games came after a list had been given. */
	readonly onNews?: () => void;
}

/** What is in this browser, and what the account has on the site where there is one. */
export function openArchive(site: SiteArchiveState, listeners: Listeners = {}): Archive {
	const local = createLocalArchive(createDexieShelf());
	const remote: Pick<Remote, 'games' | 'log'> = {
		games: async (after, limit) => {
			const opened = await site.open();
			// Who has no account has nothing there, and to look is no reason to make one.
			const isSomebody = opened !== null && (await opened.account.known()).type !== 'nobody';
			return isSomebody ? opened.remote.games(after, limit) : [];
		},
		log: async (game) => {
			const opened = await site.open();
			if (opened === null && site.status === 'failed') throw new RemoteError('unreachable', false);
			return (await opened?.remote.log(game)) ?? [];
		},
	};
	const storage = browserStorage();
	const account = (): string => site.profile?.player ?? '';
	return createCloudArchive({
		local,
		remote,
		isSound: async (envelopes) => (await site.open())?.isSound(envelopes) ?? false,
		own: ownKeys,
		onTaken: async (game) => (await site.open())?.outbox.received(game),
		whole: {
			isDue() {
				const { at, of } = fieldsOf(readStored(storage, PULLED_KEY));
				return of !== account() || !(Number(at) > Date.now() - WHOLE_EVERY_MS);
			},
			done: () => void writeStored(storage, PULLED_KEY, { at: Date.now(), of: account() }),
		},
		...listeners,
	});
}

/** Puts a game that has just ended at a table on the list; its log is in the database already. */
export async function listEnded(game: GameId, code: RoomCode): Promise<void> {
	keepGameTable(game, code);
	const archive = createLocalArchive(createDexieShelf());
	try {
		await archive.summary(game);
	} finally {
		archive.close();
	}
}
