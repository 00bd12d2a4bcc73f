/** The way of a game into the archive: what is taken, what is refused and as what, what counts, and how it is read back. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	archived,
	counted,
	hasPostgres,
	openDatabase,
	refusal,
	type Member,
	type TestDatabase,
} from './database.ts';
import { claimOf, personNumbered, playGame, rewrite, uploadOf, type PlayedGame } from './games.ts';

describe.skipIf(!hasPostgres)('the archive', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let dana: Member;
	let stranger: Member;
	let seed = 5_000;
	/** A game of its own for each test. */
	const nextSeed = (): number => (seed += 4);
	const fresh = (...players: readonly Member[]): PlayedGame =>
		playGame({
			seed: nextSeed(),
			people: players.map(({ person }) => person),
			variant: 'el_dorado',
			mode: 'cards',
		});
	const upload = (by: Pick<Member, 'rpc'>, game: unknown) =>
		by.rpc<Record<string, unknown>>('archive_game', { game });

	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, dana, stranger] = (await Promise.all(
			[51, 52, 53, 54].map((n) => db.signIn(personNumbered(n))),
		)) as [Member, Member, Member, Member];
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	const countRows = async () => {
		const names = [
			'games',
			'game_players',
			'game_events',
			'rounds',
			'round_players',
			'trump_bids',
			'game_summaries',
			'player_lifetime_stats',
			'players',
		];
		const counts = await Promise.all(
			names.map((name) => db.sql<{ n: string }>(`select count(*) as n from public.${name}`)),
		);
		return counts.map((rows) => Number(rows[0]?.n));
	};

	describe('an upload', () => {
		it('is stored once; the same again, by anybody at the table, changes nothing', async () => {
			const played = fresh(noa, ben);
			expect(await upload(noa, uploadOf(played))).toEqual({
				status: 'archived',
				log_hash: played.hash,
				counted: false,
			});
			const before = await countRows();
			expect(await upload(noa, uploadOf(played))).toMatchObject({ status: 'exists', log_hash: played.hash });
			expect(await upload(ben, uploadOf(played, { visibility: 'public' }))).toMatchObject({
				status: 'exists',
			});
			expect(await countRows()).toEqual(before);
			expect(
				await db.sql('select visibility::text from public.games where id = private.game_uuid($1)', [
					played.id,
				]),
			).toEqual([{ visibility: 'private' }]);
		});

		it('of another log under the same id is refused, and the first one stands', async () => {
			const played = fresh(noa, ben);
			await upload(noa, uploadOf(played));
			const other = rewrite(
				played,
				(records) => (records.at(-1)!['time'] = Number(records.at(-1)!['time']) + 1),
			);
			expect(await refusal(upload(noa, uploadOf(other)))).toBe('PT409 another_log');
			expect(
				await db.sql(
					"select encode(log_hash, 'hex') as hash from public.games where id = private.game_uuid($1)",
					[played.id],
				),
			).toEqual([{ hash: played.hash }]);
		});

		it('is the business of those at the table: not of others, not of who has no key, no profile or no account', async () => {
			const played = fresh(noa, ben);
			expect(await refusal(upload(stranger, uploadOf(played)))).toBe('PT403 not_at_the_table');
			const keyless = await db.newcomer();
			expect(await refusal(upload(keyless, uploadOf(played)))).toBe('PT403 no_profile');
			await keyless.rpc('save_profile', { profile: { display_name: 'Keyless' } });
			expect(await refusal(upload(keyless, uploadOf(played)))).toBe('PT403 not_at_the_table');
			expect(await refusal(upload(db.anon, uploadOf(played)))).toMatch(/^42501/);
			expect(await upload(ben, uploadOf(played))).toMatchObject({ status: 'archived' });
		});

		it('goes to a group only of who belongs to it', async () => {
			const group = await stranger.rpc<string>('create_group', { name: 'Not theirs' });
			expect(await refusal(upload(noa, uploadOf(fresh(noa, ben), { group_id: group })))).toBe(
				'PT403 not_in_the_group',
			);
		});

		it.each<[string, (game: ReturnType<typeof uploadOf>) => unknown, RegExp]>([
			['null', () => null, /PT422 bad_shape|PT401/],
			['a list', () => [], /bad_shape/],
			['an unknown field', (game) => ({ ...game, admin: true }), /bad_shape/],
			['no envelopes', ({ id }) => ({ id }), /bad_shape/],
			['envelopes that are no list', ({ id }) => ({ id, envelopes: 'all' }), /bad_shape/],
			['an id that is none', (game) => ({ ...game, id: '../../etc/passwd' }), /bad_game_id/],
			['the id of another game', (game) => ({ ...game, id: 'AAAAAAAAAAAAAAAAAAAAAA' }), /bad_beginning/],
			['a room code with an I', (game) => ({ ...game, room_code: 'ABCDEI' }), /bad_shape/],
			['a visibility there is not', (game) => ({ ...game, visibility: 'everybody' }), /bad_shape/],
			['a group that is no id', (game) => ({ ...game, group_id: 'mine' }), /bad_shape/],
			['no events at all', (game) => ({ ...game, envelopes: [] }), /not_finished/],
			[
				'the first events only',
				(game) => ({ ...game, envelopes: game.envelopes.slice(0, 40) }),
				/not_finished/,
			],
			[
				'an event missing in the middle',
				(game) => ({ ...game, envelopes: game.envelopes.toSpliced(20, 1) }),
				/bad_index/,
			],
			[
				'two events exchanged',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(20, game.envelopes[21]!).with(21, game.envelopes[20]!),
				}),
				/bad_index/,
			],
			[
				'an envelope that is a number',
				(game) => ({ ...game, envelopes: game.envelopes.with(3, 7 as never) }),
				/bad_envelope/,
			],
			[
				'an envelope with more in it',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(3, { ...game.envelopes[3]!, more: 1 } as never),
				}),
				/bad_envelope/,
			],
			[
				'a signature that is too short',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(3, { ...game.envelopes[3]!, signature: 'AAAA' }),
				}),
				/bad_envelope/,
			],
			[
				'a record that is no JSON',
				(game) => ({ ...game, envelopes: game.envelopes.with(3, { ...game.envelopes[3]!, record: '{' }) }),
				/bad_record/,
			],
			[
				'a record that is a list',
				(game) => ({ ...game, envelopes: game.envelopes.with(3, { ...game.envelopes[3]!, record: '[]' }) }),
				/bad_record/,
			],
			[
				'a record of 10 kB',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(3, {
						...game.envelopes[3]!,
						record: JSON.stringify('x'.repeat(10_000)),
					}),
				}),
				/PT413 event_too_large/,
			],
			[
				'a last event signed by nobody',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(-1, { ...game.envelopes.at(-1)!, signature: 'A'.repeat(86) }),
				}),
				/bad_signature/,
			],
			[
				'one letter of a record changed',
				(game) => ({
					...game,
					envelopes: game.envelopes.with(1, {
						...game.envelopes[1]!,
						record: game.envelopes[1]!.record.replace('Player', 'Prayer'),
					}),
				}),
				/bad_signature/,
			],
			[
				'more events than a game can have',
				(game) => ({ ...game, envelopes: Array.from({ length: 20_001 }, () => 0) }),
				/PT413 too_many_events/,
			],
			[
				'nine megabytes',
				(game) => ({
					...game,
					envelopes: Array.from({ length: 900 }, () => ({ record: 'x'.repeat(10_200), signature: '' })),
				}),
				/PT413 too_large/,
			],
		])('of %s is refused with a code, and nothing of it stays', async (_, change, code) => {
			const before = await countRows();
			expect(await refusal(upload(noa, change(uploadOf(fresh(noa, ben)))))).toMatch(code);
			expect(await countRows()).toEqual(before);
		});

		it.each<[string, (records: Record<string, unknown>[]) => void, RegExp]>([
			['an event that no game knows', (records) => (records[30]!['type'] = 'points_given'), /unknown_event/],
			['an event of the other game', (records) => (records[30]!['type'] = 'auction_won'), /unknown_event/],
			['a version that is not written yet', (records) => (records[30]!['v'] = 2), /unknown_version/],
			['a term that falls', (records) => (records[10]!['term'] = 3), /bad_term/],
			[
				'a time in a month',
				(records) => (records.at(-1)!['time'] = Date.now() + 2_600_000_000),
				/from_the_future/,
			],
			['a field that is none of ours', (records) => (records[10]!['admin'] = true), /bad_record/],
			[
				'a payload that names its own version',
				(records) => (records[10]!['payload'] = { _v: 9 }),
				/bad_record/,
			],
			['two beginnings', (records) => (records[5] = { ...records[0], index: 5 }), /bad_event/],
			[
				'an end before the end',
				(records) => (records[30] = { ...records.at(-1), index: 30 }),
				/events_after_the_end/,
			],
			[
				'a seat beyond the table',
				(records) => (records[1]!['payload'] = { ...(records[1]!['payload'] as object), seat: 9 }),
				/bad_event/,
			],
			[
				'an end of its own kind',
				(records) => (records.at(-1)!['payload'] = { reason: 'won', secret: 'x' }),
				/bad_event/,
			],
			[
				'tricks beyond the cards',
				(records) => {
					const index = records.findIndex(({ type }) => type === 'bid_made');
					records[index]!['payload'] = { seat: 0, bid: 999 };
				},
				/does_not_derive|bad_event/,
			],
		])('signed by its own host but with %s is refused all the same', async (_, change, code) => {
			const before = await countRows();
			const forged = rewrite(fresh(noa, ben), change);
			expect(await refusal(upload(noa, uploadOf(forged)))).toMatch(code);
			expect(await countRows()).toEqual(before);
		});

		it('with a result made up by a guest is refused: only the host of the last term can have signed it', async () => {
			const played = fresh(noa, ben);
			const forged = rewrite(
				played,
				(records) => {
					for (const record of records) {
						if (record['type'] === 'round_scored')
							record['payload'] = { ...(record['payload'] as object), scores: [-15, 15] };
					}
				},
				ben.person,
			);
			expect(await refusal(upload(ben, uploadOf(forged)))).toBe('PT422 bad_signature');
		});

		it('is limited to sixty an hour', async () => {
			await db.sql("insert into private.rate_limits values ($1, 'upload', now(), 60)", [noa.userId]);
			expect(await refusal(upload(noa, uploadOf(fresh(noa, ben))))).toBe('PT429 rate_limited');
			await db.sql("update private.rate_limits set window_start = now() - interval '61 minutes'");
			expect(await upload(noa, uploadOf(fresh(noa, ben)))).toMatchObject({ status: 'archived' });
		});

		it('of a game that was broken off is kept and counts for nobody', async () => {
			const played = playGame({
				seed: nextSeed(),
				people: [noa.person, ben.person],
				variant: 'el_dorado',
				mode: 'cards',
				isAbandoned: true,
			});
			await upload(noa, uploadOf(played));
			expect(await ben.rpc('confirm_game', { game_id: played.id, log_hash: played.hash })).toEqual({
				agrees: true,
				counted: false,
			});
			expect(
				await db.sql('select status::text from public.games where id = private.game_uuid($1)', [played.id]),
			).toEqual([{ status: 'abandoned' }]);
		});
	});

	describe('a confirmation', () => {
		const confirm = (by: Member, played: PlayedGame, hash = played.hash) =>
			by.rpc<{ agrees: boolean; counted: boolean }>('confirm_game', { game_id: played.id, log_hash: hash });
		const gamesOf = async (member: Member) =>
			Number(
				(
					await db.sql<{ n: number }>(
						'select coalesce(sum(games_played), 0) as n from public.player_lifetime_stats where player_id = $1',
						[member.playerId],
					)
				)[0]?.n,
			);

		it('by more than half of the seats with an account makes a game count, once', async () => {
			const played = await archived([noa, ben, dana], {
				seed: nextSeed(),
				variant: 'el_dorado',
				mode: 'cards',
			});
			const before = await gamesOf(dana);
			expect(await confirm(noa, played)).toEqual({ agrees: true, counted: false });
			expect(await gamesOf(dana)).toBe(before);
			expect(await confirm(ben, played)).toEqual({ agrees: true, counted: true });
			expect(await gamesOf(dana)).toBe(before + 1);
			await confirm(ben, played);
			await confirm(dana, played);
			expect(await gamesOf(dana)).toBe(before + 1);
		});

		it('of another hash is kept, and does not make it count', async () => {
			const played = await archived([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			expect(await confirm(ben, played, 'ab'.repeat(32))).toEqual({ agrees: false, counted: false });
			expect(await confirm(ben, played)).toEqual({ agrees: true, counted: true });
		});

		it('of a game of one account is never enough: nobody else was there to say so', async () => {
			const played = await archived([noa], {
				seed: nextSeed(),
				variant: 'el_dorado',
				mode: 'cards',
				bots: 3,
			});
			expect(await confirm(noa, played)).toEqual({ agrees: true, counted: false });
		});

		it('is not for strangers, and tells them nothing', async () => {
			const played = await archived([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			expect(await refusal(confirm(stranger, played))).toBe('PT403 not_at_the_table');
			expect(await refusal(confirm(stranger, { ...played, id: 'AAAAAAAAAAAAAAAAAAAAAA' as never }))).toBe(
				'PT403 not_at_the_table',
			);
			expect(await refusal(confirm(noa, played, 'nonsense'))).toBe('PT422 bad_shape');
		});
	});

	describe('a key', () => {
		it('is bound by a signature of its own over that account, and brings what it has played', async () => {
			const later = personNumbered(60, 'Later');
			const played = playGame({
				seed: nextSeed(),
				people: [noa.person, later],
				variant: 'el_dorado',
				mode: 'cards',
			});
			await upload(noa, uploadOf(played));
			const account = await db.newcomer();
			const playerId = await account.rpc<string>('save_profile', { profile: { display_name: 'Later' } });
			expect(await refusal(account.rpc('claim_key', claimOf(later, noa.userId)))).toBe('PT422 bad_signature');
			expect(
				await refusal(account.rpc('claim_key', { public_key: later.player, signature: 'A'.repeat(86) })),
			).toBe('PT422 bad_signature');
			expect(await refusal(account.rpc('claim_key', { public_key: 'x', signature: 'y' }))).toBe(
				'PT422 bad_shape',
			);
			expect(await account.rpc('claim_key', claimOf(later, account.userId))).toEqual({ adopted: 1 });
			expect(await account.rpc('claim_key', claimOf(later, account.userId))).toEqual({ adopted: 0 });
			expect(await account.rpc('confirm_game', { game_id: played.id, log_hash: played.hash })).toEqual({
				agrees: true,
				counted: true,
			});
			const history = await account.rpc<unknown[] | object>('player_history');
			expect(JSON.stringify(history)).toContain(played.id);
			expect(JSON.stringify(history)).toContain(playerId);
		});

		it('belongs to one account, once somebody could sign in to it elsewhere', async () => {
			await db.sql("update auth.users set is_anonymous = false, email = 'noa@example.org' where id = $1", [
				noa.userId,
			]);
			const thief = await db.newcomer();
			await thief.rpc('save_profile', { profile: { display_name: 'Thief' } });
			expect(await refusal(thief.rpc('claim_key', claimOf(noa.person, thief.userId)))).toBe(
				'PT409 key_of_another_account',
			);
		});

		it('of a second device makes both devices one player, also at one table', async () => {
			const phone = await db.signIn(personNumbered(61, 'Phone'));
			const tablet = personNumbered(62, 'Tablet');
			await phone.rpc('claim_key', claimOf(tablet, phone.userId));
			const played = playGame({
				seed: nextSeed(),
				people: [phone.person, tablet, noa.person],
				variant: 'el_dorado',
				mode: 'cards',
			});
			expect(await upload(phone, uploadOf(played))).toMatchObject({ status: 'archived' });
			const rows = await db.sql<{ player_id: string | null }>(
				'select player_id from public.game_players where game_id = private.game_uuid($1) and not is_bot',
				[played.id],
			);
			expect(rows.filter(({ player_id }) => player_id === phone.playerId)).toHaveLength(1);
			expect(rows.filter(({ player_id }) => player_id === null)).toHaveLength(1);
		});
	});

	describe('a log', () => {
		const page = (by: Pick<Member, 'rpc'>, played: PlayedGame, args: object = {}) =>
			by.rpc<{ event_index: number; record: string; signature: string }[]>('game_log', {
				game_id: played.id,
				...args,
			});

		it('is read as it was written, whole or by pages, before and after it has been compacted', async () => {
			const played = await counted([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			const read = async () => {
				const all: unknown[] = [];
				for (let after = -1; ;) {
					const rows = await page(noa, played, { after_index: after, most: 100 });
					if (rows.length === 0) return all;
					all.push(...rows.map(({ record, signature }) => ({ record, signature })));
					after = rows.at(-1)!.event_index;
				}
			};
			expect(await read()).toEqual(played.envelopes);
			await db.sql('select private.compact_game($1)', [played.id]);
			expect(
				await db.sql('select from public.game_events where game_id = private.game_uuid($1)', [played.id]),
			).toHaveLength(0);
			expect(await read()).toEqual(played.envelopes);
			expect(await db.sql('select private.compact_game($1) as moved', [played.id])).toEqual([
				{ moved: false },
			]);
			// Uploaded again by a device that comes late: still the same game.
			expect(await upload(ben, uploadOf(played))).toMatchObject({ status: 'exists' });
		});

		it('is chained in the table by hashes that SHA-256 gives', async () => {
			const played = await archived([noa, ben], {
				seed: nextSeed(),
				variant: 'israeli_whist',
				mode: 'cards',
				bots: 2,
			});
			const rows = await db.sql<{ record: string; prev_hash: Buffer; hash: Buffer; payload: { _v: number } }>(
				'select record, prev_hash, hash, payload from public.game_events where game_id = private.game_uuid($1) order by event_index',
				[played.id],
			);
			let previous = Buffer.alloc(32);
			for (const row of rows) {
				expect(row.prev_hash.equals(previous)).toBe(true);
				previous = createHash('sha256').update(previous).update(row.record).digest();
				expect(row.hash.equals(previous)).toBe(true);
				expect(row.payload._v).toBe(1);
			}
			expect(previous.toString('hex')).toBe(played.hash);
		});

		it('is changed by nobody, whatever rights they have', async () => {
			const played = await archived([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			const where = `where game_id = private.game_uuid('${played.id}')`;
			expect(await refusal(db.sql(`update public.game_events set type = 'x' ${where}`))).toBe(
				'PT409 append_only',
			);
			expect(await refusal(db.sql(`delete from public.game_events ${where}`))).toBe('PT409 append_only');
			expect(await refusal(db.sql('truncate public.game_events'))).toBe('PT409 append_only');
			for (let part = 0; part < 8; part++) {
				expect(await refusal(db.sql(`truncate private.game_events_${part}`))).toBe('PT409 append_only');
			}
			expect(
				await refusal(db.sql(`delete from public.games where id = private.game_uuid('${played.id}')`)),
			).toMatch(/PT409 games_are_kept|23503/);
			await db.sql('select private.compact_game($1)', [played.id]);
			expect(await refusal(db.sql(`update public.game_event_archives set records = '' ${where}`))).toBe(
				'PT409 append_only',
			);
			expect(await refusal(db.sql(`delete from public.game_event_archives ${where}`))).toBe(
				'PT409 append_only',
			);
		});

		it('of a game that is over keeps its status and hash, and a finished game its summary', async () => {
			const played = await archived([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			const where = `where id = private.game_uuid('${played.id}')`;
			expect(
				await refusal(db.sql(`update public.games set status = 'in_progress', completed_at = null ${where}`)),
			).toBe('PT409 status_moves_forward');
			expect(await refusal(db.sql(`update public.games set log_hash = sha256('x') ${where}`))).toBe(
				'PT409 a_finished_game_stands',
			);
			expect(
				await refusal(
					db.sql(
						"insert into public.games (id, variant, mode, status, completed_at) values (gen_random_uuid(), 'el_dorado', 'cards', 'completed', now())",
					),
				),
			).toBe('PT409 a_finished_game_has_a_summary');
		});

		it('is opened to the link and closed again by a player, not by others', async () => {
			const played = await archived([noa, ben], { seed: nextSeed(), variant: 'el_dorado', mode: 'cards' });
			expect(await refusal(page(stranger, played))).toBe('PT404 no_such_game');
			expect(await refusal(stranger.rpc('share_game', { game_id: played.id, visibility: 'shared' }))).toBe(
				'PT403 not_at_the_table',
			);
			expect(await refusal(ben.rpc('share_game', { game_id: played.id, visibility: 'public' }))).toBe(
				'PT422 bad_shape',
			);
			expect(await ben.rpc('share_game', { game_id: played.id, visibility: 'shared' })).toBe('shared');
			expect((await page(stranger, played, { most: 5 })).length).toBe(5);
			expect((await page(db.anon, played, { most: 5 })).length).toBe(5);
			expect(await ben.rpc('share_game', { game_id: played.id, visibility: 'private' })).toBe('private');
			expect(await refusal(page(db.anon, played))).toBe('PT404 no_such_game');
		});
	});

	it('verifies Ed25519 as RFC 8032 does', async () => {
		// Its first test vectors, and the ways to spoil one.
		const vectors = [
			[
				'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
				'',
				'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
			],
			[
				'3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
				'72',
				'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
			],
			[
				'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
				'af82',
				'6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
			],
		];
		const verify = async (key = '', message = '', signature = '') =>
			(
				await db.sql<{ ok: boolean }>(
					"select private.ed25519_verify(decode($1, 'hex'), decode($2, 'hex'), decode($3, 'hex')) as ok",
					[key, message, signature],
				)
			)[0]?.ok;
		for (const [key, message, signature] of vectors) {
			expect(await verify(key, message, signature)).toBe(true);
			expect(await verify(key, `${message ?? ''}00`, signature)).toBe(false);
			expect(await verify(key, message, signature?.replace(/^../, '00'))).toBe(false);
			expect(await verify(key, message, signature?.replace(/..$/, '7f'))).toBe(false);
			expect(await verify('00'.repeat(31) + '80', message, signature)).toBe(false);
		}
		// s + l is the same number to who does not look.
		const order = 2n ** 252n + 27742317777372353535851937790883648493n;
		const [key = '', message = '', signature = ''] = vectors[1]!;
		const reversed = (hex: string): string => Buffer.from(hex, 'hex').reverse().toString('hex');
		const other = (BigInt(`0x${reversed(signature.slice(64))}`) + order).toString(16).padStart(64, '0');
		expect(await verify(key, message, signature.slice(0, 64) + reversed(other))).toBe(false);
		expect(await verify(vectors[1]![0], '72', `${vectors[1]![2]!.slice(0, 64)}${'f'.repeat(64)}`)).toBe(
			false,
		);
	});
});
