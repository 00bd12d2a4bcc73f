/**
 * The Remote port over Supabase: the functions of `supabase/migrations`, called by supabase-js. What comes back is
 * looked at whole before anything believes it.
 *
 *     const remote = createSupabaseRemote(client, account);
 */
import * as z from 'zod/mini';
import { decodeBase64url, encodeBase64url, utf8 } from '../game/bytes.ts';
import { joinEnvelope, parseEnvelope, SIGNATURE_BYTES } from '../game/log.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import { parseGameId } from '../game/table-parse.ts';
import type { GameId } from '../game/table-types.ts';
import { callsOf, type ArchiveClient } from './calls.ts';
import { RemoteError, VISIBILITIES, type Remote } from './remote.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Events in one answer; the function gives no more. */
const LOG_PAGE = 500;

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const uploaded = z.object({ status: z.enum(['archived', 'exists']), log_hash: hash });
const confirmed = z.object({ agrees: z.boolean() });
const card = z.object({ game_id: z.string(), completed_at: z.string(), log_hash: hash });
const standing = z.object({
	game_id: z.string(),
	is_counted: z.boolean(),
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

export function createSupabaseRemote(client: ArchiveClient, asker: Asker): Remote {
	const call = callsOf(client, () => asker.ready());
	/** For what anybody may ask: to look at a game is no reason to have an account. */
	const callAsIs = callsOf(client, async () => {
		if ((await asker.known()).type !== 'nobody') await asker.ready();
	});

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
		async upload(game, envelopes, table = null) {
			const where =
				table === null ? {} : { room_code: table.code, visibility: table.isPublic ? 'public' : 'private' };
			const upload = { id: game, envelopes: envelopes.map(textOf), ...where };
			const { status, log_hash: head } = await call('archive_game', { game: upload }, uploaded);
			return { status, hash: head };
		},
		async confirm(game, head) {
			return (await call('confirm_game', { game_id: game, log_hash: head }, confirmed)).agrees;
		},
		publish: (game, code) => call('publish_game', { game_id: game, room_code: code }, z.enum(VISIBILITIES)),
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
			const rows = await call('game_standings', { game_ids: [...games] }, z.array(standing));
			return rows.flatMap(({ game_id: id, is_counted: isCounted, visibility }) => {
				const game = parseGameId(id);
				return game === null ? [] : [{ game, isCounted, visibility }];
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

/** The record as the very text that was hashed, and the signature. */
function textOf(bytes: Bytes): { readonly record: string; readonly signature: string } {
	const envelope = parseEnvelope(bytes);
	if (envelope === null) throw new RemoteError('bad_envelope', true);
	const { recordBytes, signature } = envelope;
	return { record: new TextDecoder().decode(recordBytes), signature: encodeBase64url(signature) };
}
