/** The tables this browser remembers, for the home page: those that can be resumed and those that are over. */
import { loadGame } from '../../games/load.ts';
import type { Face, RoomCode, TableStage } from '../../game/table-types.ts';
import type { Variant } from '../../game/game.ts';
import type { TableRecord } from '../../room/store.ts';
import { isIdle } from '../idle.ts';

export interface RecentTable {
	readonly id: string;
	readonly variant: Variant;
	/** Below the base path: `/t/ABCDEF`; the device keeps the rest. */
	readonly href: `/t/${string}`;
	/** The replay of a game that is over; null for any other. */
	readonly replay: `/replay/${string}` | null;
	/** Real cards on a real table: this device keeps the score. */
	readonly isKept: boolean;
	/** null for a game that never leaves this device. */
	readonly code: RoomCode | null;
	readonly stage: TableStage;
	/** Nobody has touched it for a day: it lies with the games that are over, and opens again where it was. */
	readonly isClosed: boolean;
	/** 1-based; 0 before the first deal. */
	readonly round: number;
	/** null when the table decides how many there are. */
	readonly rounds: number | null;
	/** Everybody seated, bots included, this person left out. */
	readonly others: readonly Face[];
	/** Of this person, once the game is over: 1 has won. null for a spectator. */
	readonly result: { readonly place: number; readonly players: number; readonly score: number } | null;
	/** Of this device's clock, ms. */
	readonly changedAt: number;
}

/** As many as a home page can show. */
const MAX_TABLES = 20;
/** Of all that are remembered: older ones nobody looks for in a list that is not searched. */
const MAX_REMEMBERED = 200;

/** Games that were begun, and closed because nobody touched them for a day: newest first. */
export async function closedGames(now = Date.now()): Promise<readonly RecentTable[]> {
	const tables = await recentTables(now, MAX_REMEMBERED);
	return tables.filter(({ isClosed, stage }) => isClosed && stage === 'playing');
}

/** Newest first. The database is opened, and its code loaded, only where there is one. */
export async function recentTables(now = Date.now(), limit = MAX_TABLES): Promise<readonly RecentTable[]> {
	if (!(await hasDatabase())) return [];
	const { createDexieStore } = await import('../../store/dexie.ts');
	const store = createDexieStore();
	try {
		const tables = await store.tables(limit);
		const shown = tables.map(async (table): Promise<RecentTable> => ({
			id: table.code,
			variant: table.variant,
			href: `/t/${table.code}`,
			replay: table.stage === 'finished' && table.game !== null ? `/replay/${table.game}` : null,
			isKept: table.mode === 'keeper',
			code: table.solo ? null : table.code,
			stage: table.stage,
			isClosed: isClosed(table, now),
			round: table.round,
			rounds: (await loadGame(table.variant)).rounds,
			others: table.others,
			result: table.result,
			changedAt: table.updatedAt,
		}));
		return await Promise.all(shown);
	} finally {
		store.close();
	}
}

/** @param now of this device's clock, ms */
export function isClosed(
	{ stage, updatedAt }: Pick<TableRecord, 'stage' | 'updatedAt'>,
	now: number,
): boolean {
	return stage !== 'finished' && isIdle(updatedAt, now);
}

/** Kept apart from the store, so that a newcomer's first page need not load it. */
const DATABASE_NAME = 'overtrick';

async function hasDatabase(): Promise<boolean> {
	try {
		return (await indexedDB.databases()).some(({ name }) => name === DATABASE_NAME);
	} catch {
		// Storage is refused to this page (a private window): nothing is remembered.
		return false;
	}
}
