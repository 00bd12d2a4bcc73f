/**
 * The database in IndexedDB and its versions. A version that was released is never changed: a new one is added below
 * it, and says what it does to what is there.
 */
import { Dexie } from 'dexie';

export const DATABASE_NAME = 'overtrick';

export function openDatabase(name: string): Dexie {
	const database = new Dexie(name);
	database.version(1).stores({
		identity: 'id',
		tables: 'code, updatedAt',
		events: '[game+index]',
		secrets: 'game',
	});
	// Finished games in short. Those of version 1 are listed when somebody first asks for them (archive/local.ts).
	database.version(2).stores({
		games: 'game, [newest+game]',
		summaries: 'game',
		marks: 'id',
	});
	// What has to go to the site's archive, where it has one.
	database.version(3).stores({ outbox: 'game' });
	return database;
}
