/**
 * The store in IndexedDB. Events are rows keyed by game and index, so two pages of one device cannot both write
 * event n: the second one's transaction fails and nothing of it stays.
 */
import type { EntityTable, Table } from 'dexie';
import * as z from 'zod/mini';
import { parseRoomCode } from '../game/room-code.ts';
import { faceSchema, parseGameId, parsePlayerId } from '../game/table-parse.ts';
import { TABLE_STAGES, type GameId } from '../game/table-types.ts';
import { MODES, VARIANTS } from '../game/game.ts';
import type { IdentitySeeds } from '../room/keys.ts';
import {
	LogConflictError,
	type GameSecret,
	type Store,
	type StoredEvent,
	type TableRecord,
} from '../room/store.ts';
import { DATABASE_NAME, openDatabase } from './database.ts';

interface IdentityRow extends IdentitySeeds {
	readonly id: 'self';
}

/** A number past every index of a log. */
const LAST_INDEX = Number.MAX_SAFE_INTEGER;

const bytes32 = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length === 32));
const identityRow = z.object({ sign: bytes32, box: bytes32 });
const orNull =
	<T>(parse: (input: unknown) => T | null) =>
	(input: unknown) =>
		input === null ? null : parse(input);

const tableRow = z.object({
	code: z.string(),
	secret: z.nullable(z.string()),
	former: z.optional(z.nullable(z.object({ secret: z.nullable(z.string()), isLeft: z.boolean() }))),
	isPutOut: z.optional(z.boolean()),
	founder: z.nullable(z.string()),
	solo: z.boolean(),
	game: z.nullable(z.string()),
	variant: z.enum(VARIANTS),
	mode: z.optional(z.enum(MODES)),
	stage: z.enum(TABLE_STAGES),
	round: z.number(),
	others: z.array(faceSchema),
	result: z.nullable(z.object({ place: z.number(), players: z.number(), score: z.number() })),
	votedTerm: z.number(),
	contributions: z.optional(
		z.object({
			game: z.string(),
			given: z.array(z.string()),
			openedFor: z.optional(z.record(z.string(), z.string())),
		}),
	),
	updatedAt: z.number(),
});

/** A stored row is input like any other: an older or damaged one is left alone and not shown. */
function parseTable(row: unknown): TableRecord | null {
	const parsed = tableRow.safeParse(row);
	if (!parsed.success) return null;
	const code = parseRoomCode(parsed.data.code);
	if (code === null) return null;
	const founder = orNull(parsePlayerId)(parsed.data.founder);
	const game = orNull(parseGameId)(parsed.data.game);
	const { former = null, isPutOut = false, mode = 'cards', contributions, ...fields } = parsed.data;
	const contributed = parseGameId(contributions?.game);
	return {
		...fields,
		...(contributed === null ? {} : { contributions: { given: [], ...contributions, game: contributed } }),
		former,
		isPutOut,
		mode,
		code,
		founder,
		game,
	};
}

/**
 * Lets a page draw what it has just shown before the database costs it 2 ms. Not by a timer: those of a page in the
 * background come once a second.
 */
function afterThisTask(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}

export function createDexieStore(name: string = DATABASE_NAME): Store {
	const { database, close } = openDatabase(name);
	const identities: EntityTable<IdentityRow, 'id'> = database.table('identity');
	const tables: EntityTable<TableRecord, 'code'> = database.table('tables');
	const events: Table<StoredEvent, [GameId, number]> = database.table('events');
	const secrets: EntityTable<GameSecret, 'game'> = database.table('secrets');

	return {
		identity: (make) =>
			database.transaction('rw', identities, async () => {
				const kept = identityRow.safeParse(await identities.get('self'));
				if (kept.success) return { sign: new Uint8Array(kept.data.sign), box: new Uint8Array(kept.data.box) };
				const made = make();
				await identities.put({ id: 'self', ...made });
				return made;
			}),
		table: async (code) => parseTable(await tables.get(code)),
		async putTable(table) {
			await tables.put(table);
		},
		async tables(limit) {
			const rows = await tables.orderBy('updatedAt').reverse().limit(limit).toArray();
			return rows.map(parseTable).filter((table) => table !== null);
		},
		events: (game) => events.where('[game+index]').between([game, 0], [game, LAST_INDEX]).toArray(),
		async append(added) {
			await afterThisTask();
			await database.transaction('rw', events, async () => {
				const first = added[0];
				if (first === undefined) return;
				const last = await events
					.where('[game+index]')
					.between([first.game, 0], [first.game, LAST_INDEX])
					.last();
				const length = last === undefined ? 0 : last.index + 1;
				if (!added.every(({ game, index }, place) => game === first.game && index === length + place)) {
					throw new LogConflictError(`event ${first.index} on a log of ${length}`);
				}
				await events.bulkAdd([...added]);
			});
		},
		replace: (added) =>
			database.transaction('rw', events, async () => {
				const first = added[0];
				if (first === undefined) return;
				const { game, index } = first;
				await events.where('[game+index]').between([game, index], [game, LAST_INDEX]).delete();
				const length = await events.where('[game+index]').between([game, 0], [game, LAST_INDEX]).count();
				if (length !== index) throw new LogConflictError(`event ${index} on a log of ${length}`);
				await events.bulkAdd([...added]);
			}),
		secret: async (game) => (await secrets.get(game)) ?? null,
		async putSecret(secret) {
			await secrets.put(secret);
		},
		close,
	};
}
