/**
 * The database in IndexedDB and its versions. A version that was released is never changed: a new one is added below
 * it, and says what it does to what is there.
 */
import { Dexie } from 'dexie';

export const DATABASE_NAME = 'overtrick';

export interface Connection {
	readonly database: Dexie;
	/** Said once by whoever asked for it. */
	readonly close: () => void;
}

interface Shared {
	readonly database: Dexie;
	users: number;
	closing: ReturnType<typeof setTimeout> | undefined;
}

/** From page to page each asks anew, and a database takes longer to open than to read: it stays open in between. ms */
const LINGER_MS = 5_000;
const shared = new Map<string, Shared>();

/** One for all who ask on this thread; it closes soon after the last of them has gone. */
export function openDatabase(name: string): Connection {
	const connection = shared.get(name) ?? { database: newDatabase(name), users: 0, closing: undefined };
	shared.set(name, connection);
	clearTimeout(connection.closing);
	connection.users += 1;
	return { database: connection.database, close: () => leave(name, connection) };
}

function leave(name: string, connection: Shared): void {
	connection.users -= 1;
	if (connection.users > 0) return;
	connection.closing = setTimeout(() => {
		shared.delete(name);
		connection.database.close();
	}, LINGER_MS);
}

function newDatabase(name: string): Dexie {
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
