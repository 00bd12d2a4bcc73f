/**
 * Which of this browser's tables belong to a group, and so which games; which tables are open to anybody. Kept in
 * storage: a table outlives the page that opened it.
 */
import { parseGroupId, type GroupId, type TableGroup } from '../../archive/groups.ts';
import { parseRoomCode } from '../../game/room-code.ts';
import { parseGameId } from '../../game/table-parse.ts';
import type { GameId, RoomCode } from '../../game/table-types.ts';
import { browserStorage, fieldsOf, readStored } from '../stored.ts';
import { keepEntry } from './game-tables.ts';

const TABLES_KEY = 'overtrick.group-tables';
const GAMES_KEY = 'overtrick.group-games';
const OPEN_KEY = 'overtrick.open-tables';
const OPEN_GAMES_KEY = 'overtrick.open-games';

/** When bots are to take the free seats, ms; null: when somebody says so. */
export interface OpenTable {
	readonly fillAt: number | null;
}

export function groupOfTable(code: RoomCode, storage = browserStorage()): TableGroup | null {
	const { id, name } = fieldsOf(fieldsOf(readStored(storage, TABLES_KEY))[code]);
	const group = typeof id === 'string' ? parseGroupId(id) : null;
	return group === null || typeof name !== 'string' ? null : { id: group, name };
}

export function keepTableGroup(code: RoomCode, group: TableGroup, storage = browserStorage()): void {
	keepEntry(storage, TABLES_KEY, code, group);
}

export function groupOfGame(game: GameId, storage = browserStorage()): GroupId | null {
	const id = fieldsOf(readStored(storage, GAMES_KEY))[game];
	return typeof id === 'string' ? parseGroupId(id) : null;
}

/** Of the group's games those that this browser has played, sent to the site or not. */
export function gamesOfGroup(group: GroupId, storage = browserStorage()): readonly GameId[] {
	const all = Object.entries(fieldsOf(readStored(storage, GAMES_KEY)));
	return all.flatMap(([name, id]) => {
		const game = id === group ? parseGameId(name) : null;
		return game === null ? [] : [game];
	});
}

export function keepGameGroup(game: GameId, group: GroupId, storage = browserStorage()): void {
	keepEntry(storage, GAMES_KEY, game, group);
}

/** null for a table that is not open to anybody. */
export function openTableOf(code: RoomCode, storage = browserStorage()): OpenTable | null {
	const entry = fieldsOf(readStored(storage, OPEN_KEY))[code];
	if (entry === undefined || entry === null) return null;
	const { fillAt } = fieldsOf(entry);
	return { fillAt: typeof fillAt === 'number' ? fillAt : null };
}

/** @param open null: it is no longer open */
export function keepOpenTable(code: RoomCode, open: OpenTable | null, storage = browserStorage()): void {
	keepEntry(storage, OPEN_KEY, code, open);
}

/** The table at which this game was begun, where this browser hosted it and it was open to anybody; null for any other. */
export function openTableOfGame(game: GameId, storage = browserStorage()): RoomCode | null {
	const code = fieldsOf(readStored(storage, OPEN_GAMES_KEY))[game];
	return typeof code === 'string' ? parseRoomCode(code) : null;
}

/** @param code null: its table is not open to anybody, or no longer this browser's to open */
export function keepOpenGame(game: GameId, code: RoomCode | null, storage = browserStorage()): void {
	keepEntry(storage, OPEN_GAMES_KEY, game, code);
}
