/**
 * At which table a game was played, kept in this browser's storage: a game that is sent later is found among the tables
 * that others have opened for a group. Apart from `group-tables.ts`, for whatever lists a game that has ended needs it.
 */
import { parseRoomCode } from '../../game/room-code.ts';
import type { GameId, RoomCode } from '../../game/table-types.ts';
import { browserStorage, fieldsOf, readStored, writeStored, type KeyValue } from '../stored.ts';

const TABLE_OF_GAME_KEY = 'overtrick.game-tables';
/** More than anybody has waiting to be sent. */
const MOST_KEPT = 200;

/** null where this browser has not seen the game's end. */
export function tableOfGame(game: GameId, storage = browserStorage()): RoomCode | null {
	const code = fieldsOf(readStored(storage, TABLE_OF_GAME_KEY))[game];
	return typeof code === 'string' ? parseRoomCode(code) : null;
}

/** A game has ended at this table: others of it may have opened the table for a group. */
export function keepGameTable(game: GameId, code: RoomCode, storage = browserStorage()): void {
	keepEntry(storage, TABLE_OF_GAME_KEY, game, code);
}

/** The newest stay: names that are no numbers keep the order in which they came. */
export function keepEntry(storage: KeyValue | null, key: string, name: string, value: unknown): void {
	const others = Object.entries(fieldsOf(readStored(storage, key))).filter(([other]) => other !== name);
	const all = value === null ? others : [...others, [name, value] as const];
	writeStored(storage, key, Object.fromEntries(all.slice(-MOST_KEPT)));
}
