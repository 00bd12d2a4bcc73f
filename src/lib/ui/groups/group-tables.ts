/**
 * Which of this browser's tables belong to a group, and so which games; which tables are open to anybody. Kept in
 * storage: a table outlives the page that opened it.
 */
import { parseGroupId, type GroupId } from '../../archive/groups.ts';
import { parseGameId } from '../../game/table-parse.ts';
import type { GameId, RoomCode } from '../../game/table-types.ts';
import { browserStorage, fieldsOf, readStored, writeStored, type KeyValue } from '../stored.ts';

const TABLES_KEY = 'overtrick.group-tables';
const GAMES_KEY = 'overtrick.group-games';
const OPEN_KEY = 'overtrick.open-tables';
/** More than anybody has waiting to be sent. */
const MOST_KEPT = 200;

export interface TableGroup {
	readonly id: GroupId;
	readonly name: string;
}

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
	keep(storage, TABLES_KEY, code, group);
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
	keep(storage, GAMES_KEY, game, group);
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
	keep(storage, OPEN_KEY, code, open);
}

/** The newest stay: names that are no numbers keep the order in which they came. */
function keep(storage: KeyValue | null, key: string, name: string, value: unknown): void {
	const others = Object.entries(fieldsOf(readStored(storage, key))).filter(([other]) => other !== name);
	const all = value === null ? others : [...others, [name, value] as const];
	writeStored(storage, key, Object.fromEntries(all.slice(-MOST_KEPT)));
}
