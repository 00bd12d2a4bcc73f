/** Finished games that have to go to the site's archive, in the browser's database: they wait there for a network. */
import type { EntityTable } from 'dexie';
import * as z from 'zod/mini';
import { parseGameId } from '../game/table-parse.ts';
import type { GameId } from '../game/table-types.ts';
import { DATABASE_NAME, openDatabase } from './database.ts';

/** `held`: until somebody else is signed in. */
export const OUTBOX_STATES = ['waiting', 'sent', 'refused', 'held'] as const;

export interface OutboxRow {
	readonly game: GameId;
	readonly state: (typeof OUTBOX_STATES)[number];
	/** When the game ended, ms: they go in this order. */
	readonly endedAt: number;
	/** Tries that failed. */
	readonly attempts: number;
	/** Not before this time, ms. */
	readonly dueAt: number;
	/** What the archive refused it with. */
	readonly code: string | null;
}

/** A port: rows that survive the page. */
export interface OutboxRows {
	all(): Promise<readonly OutboxRow[]>;
	put(row: OutboxRow): Promise<void>;
	/** Adds those that are not there yet; gives how many were new. */
	add(rows: readonly OutboxRow[]): Promise<number>;
	close(): void;
}

const rowSchema = z.object({
	game: z.string(),
	state: z.enum(OUTBOX_STATES),
	endedAt: z.number(),
	attempts: z.int(),
	dueAt: z.number(),
	code: z.nullable(z.string()),
});

export function createDexieOutbox(name: string = DATABASE_NAME): OutboxRows {
	const { database, close } = openDatabase(name);
	const rows: EntityTable<OutboxRow, 'game'> = database.table('outbox');
	return {
		async all() {
			const stored: readonly unknown[] = await rows.toArray();
			return stored.flatMap((row) => {
				const parsed = rowSchema.safeParse(row);
				const game = parsed.success ? parseGameId(parsed.data.game) : null;
				// Of another version: it is added anew with the games of this browser.
				return parsed.success && game !== null ? [{ ...parsed.data, game }] : [];
			});
		},
		async put(row) {
			await rows.put(row);
		},
		add: (added) =>
			database.transaction('rw', rows, async () => {
				const known = await rows.bulkGet(added.map(({ game }) => game));
				const news = added.filter((_, place) => known[place] === undefined);
				await rows.bulkAdd(news);
				return news.length;
			}),
		close,
	};
}
