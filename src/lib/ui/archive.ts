/** The archive as the pages have it; its code and the database's are loaded by who asks for games. */
import type { Archive } from '../archive/archive.ts';
import { createCloudArchive } from '../archive/cloud.ts';
import { createLocalArchive } from '../archive/local.ts';
import type { Remote } from '../archive/remote.ts';
import type { SiteArchive } from '../archive/site.ts';
import type { GameId } from '../game/table-types.ts';
import { createDexieShelf } from '../store/shelf.ts';
import type { SiteArchiveState } from './account/site-archive.svelte.ts';

/** What is in this browser, and what the account has on the site where there is one. */
export function openArchive(site: SiteArchiveState): Archive {
	const local = createLocalArchive(createDexieShelf());
	const open = async (): Promise<SiteArchive | null> => {
		const opened = await site.open();
		// Who has no account has nothing there, and to look is no reason to make one.
		return opened === null || opened.account.state.type === 'nobody' ? null : opened;
	};
	const remote: Pick<Remote, 'games' | 'log'> = {
		games: async (after, limit) => (await open())?.remote.games(after, limit) ?? [],
		log: async (game) => (await open())?.remote.log(game) ?? [],
	};
	return createCloudArchive({
		local,
		remote,
		isSound: async (envelopes) => (await open())?.isSound(envelopes) ?? false,
	});
}

/** Puts a game that has just ended on the list; its log is in the database already. */
export async function listEnded(game: GameId): Promise<void> {
	const archive = createLocalArchive(createDexieShelf());
	try {
		await archive.summary(game);
	} finally {
		archive.close();
	}
}
