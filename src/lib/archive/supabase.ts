/**
 * The Remote port over Supabase: the functions of `supabase/migrations`, called by supabase-js. What comes back is
 * looked at whole before anything believes it.
 *
 *     const remote = createSupabaseRemote(client, account);
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database-types.ts';
import * as z from 'zod/mini';
import { decodeBase64url, encodeBase64url, utf8 } from '../game/bytes.ts';
import { joinEnvelope, parseEnvelope, SIGNATURE_BYTES } from '../game/log.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import { parseGameId } from '../game/table-parse.ts';
import type { GameId } from '../game/table-types.ts';
import { RemoteError, VISIBILITIES, type Remote } from './remote.ts';

type Bytes = Uint8Array<ArrayBuffer>;

type FunctionName = keyof Database['public']['Functions'];
/** By the names that the function has. */
type Arguments<Name extends FunctionName> = {
	readonly [Key in keyof Database['public']['Functions'][Name]['Args']]: unknown;
};

/** Events in one answer; the function gives no more. */
const LOG_PAGE = 500;
/** Refused now, not for ever: a time-out, too many requests. */
const PASSING: readonly number[] = [401, 408, 425, 429];

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const uploaded = z.object({ status: z.enum(['archived', 'exists']), log_hash: hash });
const confirmed = z.object({ agrees: z.boolean() });
const card = z.object({ game_id: z.string(), completed_at: z.string(), log_hash: hash });
const standing = z.object({
	id: z.string(),
	counted_at: z.nullable(z.string()),
	visibility: z.enum(VISIBILITIES),
});
const logRow = z.object({ event_index: z.int(), record: z.string(), signature: z.string() });

/** Who asks. */
export interface Asker {
	/** Resolves once somebody is signed in; what it rejects with is told to who asked. */
	ready(): Promise<void>;
	/** Whoever is signed in already, if anybody is. */
	known(): Promise<{ readonly type: string }>;
}

export function createSupabaseRemote(client: SupabaseClient, asker: Asker): Remote {
	async function call<Name extends FunctionName, T>(
		name: Name,
		args: Arguments<Name>,
		schema: z.ZodMiniType<T>,
	): Promise<T> {
		await asker.ready();
		return ask(name, args, schema);
	}

	/** For what anybody may ask: to look at a game is no reason to have an account. */
	async function callAsIs<Name extends FunctionName, T>(
		name: Name,
		args: Arguments<Name>,
		schema: z.ZodMiniType<T>,
	): Promise<T> {
		if ((await asker.known()).type !== 'nobody') await asker.ready();
		return ask(name, args, schema);
	}

	async function ask<Name extends FunctionName, T>(
		name: Name,
		args: Arguments<Name>,
		schema: z.ZodMiniType<T>,
	): Promise<T> {
		const answer: { data: unknown; error: { message: string } | null; status: number } = await client.rpc(
			name,
			args,
		);
		const { data, error, status } = answer;
		if (error !== null) throw failureOf(status, error.message);
		const parsed = schema.safeParse(data);
		// By a remote of another version: it may be brought up to date.
		if (!parsed.success) throw new RemoteError('unknown_answer', false);
		return parsed.data;
	}

	async function page(game: GameId, after: number): Promise<readonly Bytes[]> {
		const rows = await callAsIs(
			'game_log',
			{ game_id: game, after_index: after, most: LOG_PAGE },
			z.array(logRow).check(z.maxLength(LOG_PAGE)),
		);
		return rows.map(({ event_index: index, record, signature }, place) => {
			const bytes = decodeBase64url(signature);
			if (index !== after + 1 + place || bytes?.length !== SIGNATURE_BYTES) {
				throw new RemoteError('unknown_answer', false);
			}
			return joinEnvelope(bytes, utf8(record));
		});
	}

	return {
		async upload(game, envelopes) {
			const upload = { id: game, envelopes: envelopes.map(textOf) };
			const { status, log_hash: head } = await call('archive_game', { game: upload }, uploaded);
			return { status, hash: head };
		},
		async confirm(game, head) {
			return (await call('confirm_game', { game_id: game, log_hash: head }, confirmed)).agrees;
		},
		async games(after, limit) {
			const cursor =
				after === null ? null : { completed_at: new Date(after.endedAt).toISOString(), game_id: after.game };
			const cards = await call('player_history', { cursor, most: limit }, z.array(card));
			return cards.flatMap(({ game_id: id, completed_at: ended, log_hash: head }) => {
				const game = parseGameId(id);
				const endedAt = Date.parse(ended);
				return game === null || Number.isNaN(endedAt) ? [] : [{ game, endedAt, hash: head }];
			});
		},
		async standings(games) {
			const byRow = new Map(games.map((game) => [uuidOf(game), game]));
			await asker.ready();
			const answer: { data: unknown; error: { message: string } | null; status: number } = await client
				.from('games')
				.select('id, counted_at, visibility')
				.in('id', [...byRow.keys()]);
			if (answer.error !== null) throw failureOf(answer.status, answer.error.message);
			const rows = z.array(standing).safeParse(answer.data);
			if (!rows.success) throw new RemoteError('unknown_answer', false);
			return rows.data.flatMap(({ id, counted_at: countedAt, visibility }) => {
				const game = byRow.get(id);
				return game === undefined ? [] : [{ game, isCounted: countedAt !== null, visibility }];
			});
		},
		share: (game, visibility) => call('share_game', { game_id: game, visibility }, z.enum(VISIBILITIES)),
		async log(game) {
			const envelopes: Bytes[] = [];
			while (envelopes.length <= MAX_EVENTS) {
				let news: readonly Bytes[];
				try {
					news = await page(game, envelopes.length - 1);
				} catch (error) {
					if (error instanceof RemoteError && error.code === 'no_such_game') return [];
					throw error;
				}
				envelopes.push(...news);
				if (news.length < LOG_PAGE) break;
			}
			return envelopes;
		},
	};
}

/** The 16 bytes of a game's id as the database writes them. */
function uuidOf(game: GameId): string {
	const hex = Array.from(decodeBase64url(game) ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The id of a game that the database writes so. @throws {RemoteError} for what is none */
export function gameOfUuid(uuid: string): GameId {
	const pairs = uuid.replaceAll('-', '').match(/../g) ?? [];
	const game = parseGameId(encodeBase64url(Uint8Array.from(pairs, (pair) => parseInt(pair, 16))));
	if (game === null) throw new RemoteError('unknown_answer', false);
	return game;
}

/** The record as the very text that was hashed, and the signature. */
function textOf(bytes: Bytes): { readonly record: string; readonly signature: string } {
	const envelope = parseEnvelope(bytes);
	if (envelope === null) throw new RemoteError('bad_envelope', true);
	const { recordBytes, signature } = envelope;
	return { record: new TextDecoder().decode(recordBytes), signature: encodeBase64url(signature) };
}

/** @param status of the answer; 0 when there was none */
export function failureOf(status: number, message: string): RemoteError {
	if (status === 0) return new RemoteError('unreachable', false);
	const isFinal = status >= 400 && status < 500 && !PASSING.includes(status);
	// Functions refuse with one word of ours; what PostgREST itself says is no code.
	return new RemoteError(/^[a-z_]+$/.test(message) ? message : `status_${status}`, isFinal);
}
