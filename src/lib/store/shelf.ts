/**
 * Finished games in the browser's database, beside their logs: a card for lists and a summary for statistics. What the
 * local archive stands on.
 */
import type { Table } from 'dexie';
import * as z from 'zod/mini';
import { parseGameId } from '../game/table-parse.ts';
import type { GameId } from '../game/table-types.ts';
import type { StoredEvent } from '../room/store.ts';
import { parseGameCard, parseSummary, type GameCard } from '../stats/summary-parse.ts';
import type { GameSummary } from '../stats/summary-types.ts';
import { DATABASE_NAME, openDatabase } from './database.ts';

/** A place in the list of games, newest first. */
export interface ShelfPlace {
	/** End of the game below zero, so that the newest comes first: a browser reads many rows at once only upwards. */
	readonly newest: number;
	readonly game: GameId;
}

// As JSON: 5,000 texts are read in a quarter of the time that as many objects take.
interface CardRow extends ShelfPlace {
	readonly card: string;
}
interface SummaryRow {
	readonly game: GameId;
	readonly summary: string;
}
interface MarkRow {
	readonly id: 'listed';
	/** Tables that changed up to then have been looked at, ms. */
	readonly until: number;
}

export interface Shelf {
	/** Puts a game on the shelf, or in place of what was there of it. */
	put(summaries: readonly GameSummary[], cards: readonly GameCard[]): Promise<void>;
	/** Up to `limit` cards after that place, newest first; damaged ones are left out. */
	cards(
		after: ShelfPlace | null,
		limit: number,
	): Promise<{ cards: readonly GameCard[]; end: ShelfPlace | null }>;
	summary(game: GameId): Promise<GameSummary | null>;
	/** Every summary there is but those, in no order, and games whose row is of another version. */
	summaries(
		but?: ReadonlySet<GameId>,
	): Promise<{ readonly summaries: readonly GameSummary[]; readonly stale: readonly GameId[] }>;
	/** Logs that may be of finished games and have no card; `done` is said once they were looked at. */
	unlisted(): Promise<{ readonly games: readonly GameId[]; readonly done: () => Promise<void> }>;
	log(game: GameId): Promise<readonly StoredEvent[]>;
	/** Stores a whole log, unless there is one; says whether it did. */
	putLog(game: GameId, envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean>;
	close(): void;
}

export function placeOf({ endedAt, game }: Pick<GameCard, 'endedAt' | 'game'>): ShelfPlace {
	return { newest: -endedAt, game };
}

function jsonOf(text: unknown): unknown {
	try {
		return typeof text === 'string' ? JSON.parse(text) : null;
	} catch {
		// A damaged row is made again from its log.
		return null;
	}
}

function read({ summary }: SummaryRow): GameSummary | null {
	return parseSummary(jsonOf(summary));
}

const tableRow = z.object({ game: z.nullable(z.string()), stage: z.string(), updatedAt: z.number() });
const LAST_INDEX = Number.MAX_SAFE_INTEGER;
/**
 * Tables of the day before the last look are looked at again: a page that was closed in the moment its game ended may
 * not have written so, and its table seems to be playing still. ms
 */
const LOOK_BACK_MS = 86_400_000;
/** Summaries that are fetched at once, some 3 kB each. */
const PIECE = 500;
/** Above every id: base64url has nothing behind it. */
const LAST_ID = '\uffff';

export function createDexieShelf(name: string = DATABASE_NAME): Shelf {
	const { database, close } = openDatabase(name);
	const cardRows: Table<CardRow, GameId> = database.table('games');
	const summaryRows: Table<SummaryRow, GameId> = database.table('summaries');
	const marks: Table<MarkRow, 'listed'> = database.table('marks');
	const tables: Table<unknown, string> = database.table('tables');
	const events: Table<StoredEvent, [GameId, number]> = database.table('events');

	const logOf = (game: GameId) => events.where('[game+index]').between([game, 0], [game, LAST_INDEX]);

	/** Every game that has a log, each found from the one before. */
	async function allLogs(): Promise<GameId[]> {
		const found: GameId[] = [];
		for (let after = ''; ;) {
			const [key] = await events
				.where('[game+index]')
				.between([after, LAST_INDEX], [LAST_ID, 0], false, false)
				.limit(1)
				.primaryKeys();
			if (key === undefined) return found;
			found.push(key[0]);
			after = key[0];
		}
	}

	/** Rows of these games, in pieces, all asked for at once: the database reads the next while one is looked at. */
	function piecesOf(games: readonly GameId[], isAll: boolean): Promise<(SummaryRow | undefined)[]>[] {
		const pieces: Promise<(SummaryRow | undefined)[]>[] = [];
		for (let from = 0; from < games.length; from += PIECE) {
			const piece = games.slice(from, from + PIECE);
			const [first = '', last = ''] = [piece[0], piece.at(-1)];
			// One range takes a fraction of the time of as many keys, and has others in between unless all are wanted.
			const rows = summaryRows.where('game').between(first, last, true, true);
			pieces.push(isAll ? rows.toArray() : summaryRows.bulkGet(piece));
		}
		return pieces;
	}

	return {
		put: (summaries, cards) =>
			database.transaction('rw', cardRows, summaryRows, async () => {
				await summaryRows.bulkPut(
					summaries.map((summary) => ({ game: summary.game, summary: JSON.stringify(summary) })),
				);
				await cardRows.bulkPut(cards.map((card) => ({ ...placeOf(card), card: JSON.stringify(card) })));
			}),
		async cards(after, limit) {
			const from = after === null ? [-Infinity, ''] : [after.newest, after.game];
			const rows = await cardRows.where('[newest+game]').above(from).limit(limit).toArray();
			const last = rows.at(-1);
			return {
				cards: rows.map(({ card }) => parseGameCard(jsonOf(card))).filter((card) => card !== null),
				end: last === undefined || rows.length < limit ? null : { newest: last.newest, game: last.game },
			};
		},
		async summary(game) {
			const row = await summaryRows.get(game);
			return row === undefined ? null : read(row);
		},
		async summaries(but = new Set()) {
			const keys = await summaryRows.toCollection().primaryKeys();
			const summaries: GameSummary[] = [];
			const stale: GameId[] = [];
			const pieces = piecesOf(
				keys.filter((game) => !but.has(game)),
				but.size === 0,
			);
			await Promise.all(
				pieces.map(async (piece) => {
					for (const row of await piece) {
						if (row === undefined) continue;
						const summary = read(row);
						if (summary === null) stale.push(row.game);
						else summaries.push(summary);
					}
				}),
			);
			return { summaries, stale };
		},
		async unlisted() {
			const until = (await marks.get('listed'))?.until ?? null;
			const changed = await tables
				.where('updatedAt')
				.above(until === null ? -1 : until - LOOK_BACK_MS)
				.toArray();
			const seen = changed
				.map((row) => tableRow.safeParse(row))
				.flatMap((row) => (row.success ? [row.data] : []));
			const begun = seen.filter(({ stage }) => stage !== 'lobby').map(({ game }) => parseGameId(game));
			const logs = until === null ? await allLogs() : begun.filter((game) => game !== null);
			const listed = new Set(await cardRows.where('game').anyOf(logs).primaryKeys());
			const now = Math.max(until ?? 0, ...seen.map(({ updatedAt }) => updatedAt));
			return {
				games: logs.filter((game) => !listed.has(game)),
				async done() {
					await marks.put({ id: 'listed', until: now });
				},
			};
		},
		log: (game) => logOf(game).toArray(),
		putLog: (game, envelopes) =>
			database.transaction('rw', events, async () => {
				if ((await logOf(game).count()) > 0) return false;
				await events.bulkAdd(envelopes.map((envelope, index) => ({ game, index, envelope })));
				return true;
			}),
		close,
	};
}
