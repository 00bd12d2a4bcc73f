/**
 * Calls to a migrated database, wherever it is, as whoever it may be.
 *
 *     const db = overDatabase('overtrick', server.uri);
 *     const noa = await db.signIn(personNumbered(1));
 *     await noa.rpc('archive_game', { game });
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
	claimOf,
	playGame,
	uploadOf,
	type GamePlan,
	type Person,
	type PlayedGame,
	type Upload,
} from './games.ts';
import type { Postgres } from './stack/postgres.ts';

/** What the database refused with. */
export class DatabaseRefusal extends Error {
	constructor(
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

export interface Caller {
	readonly userId: string | null;
	/** A function of the API as this caller, its arguments by name. @throws {DatabaseRefusal} */
	rpc<T = unknown>(name: string, args?: Readonly<Record<string, unknown>>): Promise<T>;
	/** Any statement as this caller. @throws {DatabaseRefusal} */
	sql<Row extends object = Record<string, unknown>>(
		text: string,
		values?: readonly unknown[],
	): Promise<Row[]>;
}

export interface Member extends Caller {
	readonly userId: string;
	readonly person: Person;
	readonly playerId: string;
}

export interface TestDatabase {
	readonly name: string;
	/** As `postgres`, whom no policy binds. */
	sql<Row extends object = Record<string, unknown>>(
		text: string,
		values?: readonly unknown[],
	): Promise<Row[]>;
	readonly anon: Caller;
	/** An account with a profile whose device holds the person's key. */
	signIn(person: Person): Promise<Member>;
	/** An account that has nothing yet. */
	newcomer(): Promise<Caller & { readonly userId: string }>;
	/** Nobody waits for an hour in a test. */
	forgetRates(): Promise<void>;
	close(): Promise<void>;
}

/** Calls to a database wherever it is. */
export function overDatabase(name: string, uri: Postgres['uri'], connections = 10): TestDatabase {
	const pool = new pg.Pool({ connectionString: uri(name, 'postgres'), max: connections });
	// A connection that breaks while it rests is told to whoever takes it next.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => void client.on('error', () => undefined));

	async function query<Row extends object>(
		claims: object | null,
		text: string,
		values: readonly unknown[],
	): Promise<Row[]> {
		const client = await pool.connect();
		let isBroken = false;
		try {
			await client.query('begin');
			if (claims !== null) {
				const role = 'role' in claims ? String(claims.role) : 'anon';
				await client.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claims)]);
				await client.query(`set local role ${role}`);
			}
			const { rows } = await client.query<Row>(text, [...values]);
			await client.query('commit');
			return rows;
		} catch (error) {
			await client.query('rollback').catch(() => (isBroken = true));
			if (error instanceof pg.DatabaseError) throw new DatabaseRefusal(error.code ?? '', error.message);
			throw error;
		} finally {
			client.release(isBroken);
		}
	}

	function caller<Id extends string | null>(userId: Id): Caller & { readonly userId: Id } {
		const claims =
			userId === null ? { role: 'anon' } : { role: 'authenticated', sub: userId, is_anonymous: true };
		return {
			userId,
			sql: (text, values = []) => query(claims, text, values),
			async rpc<T>(name: string, args: Readonly<Record<string, unknown>> = {}) {
				const names = Object.keys(args);
				const list = names.map((one, index) => `${one} => $${index + 1}`).join(', ');
				// A list of ids is the function's own list; anything else that is no plain value goes as JSON.
				const values = Object.values(args).map((value) =>
					typeof value === 'object' && value !== null && !isListOfText(value) ? JSON.stringify(value) : value,
				);
				const rows = await query<{ answer: T }>(
					claims,
					`select to_jsonb(r) as answer from public.${name}(${list}) as r`,
					values,
				);
				return (rows.length === 1 ? rows[0]?.answer : rows.map(({ answer }) => answer)) as T;
			},
		};
	}

	return {
		name,
		sql: (text, values = []) => query(null, text, values),
		anon: caller(null),
		async newcomer() {
			const userId = randomUUID();
			await query(null, 'insert into auth.users (id, is_anonymous) values ($1, true)', [userId]);
			return caller(userId);
		},
		async signIn(person) {
			const one = await this.newcomer();
			const playerId = await one.rpc<string>('save_profile', { profile: { display_name: person.name } });
			await one.rpc('claim_key', claimOf(person, one.userId));
			return { ...one, person, playerId };
		},
		async forgetRates() {
			await query(null, 'delete from private.rate_limits', []);
		},
		close: () => pool.end(),
	};
}

export function isListOfText(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

/** Plays a game of these players and archives it as the first of them; nobody has confirmed it yet. */
export async function archived(
	players: readonly Member[],
	plan: Omit<GamePlan, 'people'>,
	more: Partial<Upload> = {},
): Promise<PlayedGame> {
	const [uploader] = players;
	if (uploader === undefined) throw new Error('somebody uploads');
	const played = playGame({ ...plan, people: players.map(({ person }) => person) });
	await uploader.rpc('archive_game', { game: uploadOf(played, more) });
	return played;
}

/** The same, confirmed by all. */
export async function counted(
	players: readonly Member[],
	plan: Omit<GamePlan, 'people'>,
	more: Partial<Upload> = {},
): Promise<PlayedGame> {
	const played = await archived(players, plan, more);
	for (const player of players.slice(1)) {
		await player.rpc('confirm_game', { game_id: played.id, log_hash: played.hash });
	}
	return played;
}

/** The refusal a call ends with, `PT409 another_log`; or that there was none. */
export async function refusal(call: Promise<unknown>): Promise<string> {
	try {
		await call;
		return 'no refusal';
	} catch (error) {
		if (error instanceof DatabaseRefusal) return `${error.code} ${error.message}`;
		throw error;
	}
}
