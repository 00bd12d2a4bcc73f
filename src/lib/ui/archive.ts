/** The archive as the pages have it; its code and the database's are loaded by who asks for games. */
import type { Archive } from '../archive/archive.ts';
import { createLocalArchive } from '../archive/local.ts';
import type { GameId } from '../game/table-types.ts';
import { createDexieShelf } from '../store/shelf.ts';

export function openArchive(): Archive {
	return createLocalArchive(createDexieShelf());
}

/** Puts a game that has just ended on the list; its log is in the database already. */
export async function listEnded(game: GameId): Promise<void> {
	const archive = openArchive();
	try {
		await archive.summary(game);
	} finally {
		archive.close();
	}
}
