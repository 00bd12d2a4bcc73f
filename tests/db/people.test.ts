/** Profiles, groups, open tables, and what pages ask for: with good, bad, foreign, repeated and oversized input. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { counted, hasPostgres, openDatabase, refusal, type Member, type TestDatabase } from './database.ts';
import { personNumbered, type PlayedGame } from './games.ts';

describe.skipIf(!hasPostgres)('the archive of people', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let dana: Member;
	let stranger: Member;
	const games: PlayedGame[] = [];
	let group: string;

	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, dana, stranger] = (await Promise.all(
			[81, 82, 83, 84].map((n) => db.signIn(personNumbered(n, `P${n}`))),
		)) as [Member, Member, Member, Member];
		group = await noa.rpc<string>('create_group', { name: ' Home ', description: 'Thursdays' });
		const code = await noa.rpc<string>('invite_to_group', { group_id: group, uses: 2 });
		await ben.rpc('join_group', { code: code.toLowerCase().replace(/(.{4})/, '$1-') });
		await dana.rpc('join_group', { code });
		for (let n = 0; n < 12; n++) {
			const players = n % 3 === 0 ? [noa, ben] : [noa, ben, dana];
			games.push(
				await counted(
					players,
					{ seed: 8_000 + n * 4, variant: 'el_dorado', mode: 'keeper' },
					n < 6 ? { group_id: group } : {},
				),
			);
		}
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	describe('a profile', () => {
		it('keeps what is not named, and takes back what is set to null', async () => {
			await ben.rpc('save_profile', {
				profile: {
					username: 'Ben',
					avatar_url: 'https://example.org/ben.png',
					preferences: { theme: 'dark' },
				},
			});
			await ben.rpc('save_profile', { profile: { color: 4 } });
			expect(await ben.rpc('my_profile')).toMatchObject({
				username: 'Ben',
				display_name: 'P82',
				color: 4,
				avatar_url: 'https://example.org/ben.png',
				preferences: { theme: 'dark' },
			});
			await ben.rpc('save_profile', { profile: { avatar_url: null } });
			expect(await ben.rpc('my_profile')).toMatchObject({ avatar_url: null, username: 'Ben' });
		});

		it('never touches games that were played', async () => {
			await dana.rpc('save_profile', { profile: { display_name: 'Somebody else' } });
			const names = await db.sql<{ display_name: string }>(
				'select distinct display_name from public.game_players where player_id = $1',
				[dana.playerId],
			);
			expect(names).toEqual([{ display_name: 'P83' }]);
		});

		it('has a user name of its own, whatever the case', async () => {
			await ben.rpc('save_profile', { profile: { username: 'Ben' } });
			expect(await refusal(noa.rpc('save_profile', { profile: { username: 'BEN' } }))).toBe(
				'PT409 username_taken',
			);
		});

		it.each([
			['no object', []],
			['a field that is not its own', { user_id: 'x' }],
			['a key', { public_key: 'x' }],
			['a name of nothing', { display_name: '' }],
			['a name of 65 letters', { display_name: 'x'.repeat(65) }],
			['a name with a line break', { display_name: 'a\nb' }],
			['a user name of two letters', { username: 'ab' }],
			['a user name with a space', { username: 'a b c' }],
			['a picture without https', { avatar_url: 'javascript:alert(1)' }],
			['a colour there is not', { color: 10 }],
			['a colour that is a word', { color: 'red' }],
			['an avatar beyond its numbers', { avatar_seed: 2 ** 32 }],
			['preferences that are a list', { preferences: [] }],
			['preferences of five kilobytes', { preferences: { x: 'y'.repeat(5_000) } }],
		])('with %s is refused', async (_, profile) => {
			expect(await refusal(noa.rpc('save_profile', { profile }))).toMatch(/^PT422 bad_(shape|profile)$/);
		});
	});

	describe('a group', () => {
		it('is opened by anybody, ten an hour, with a name', async () => {
			for (const name of ['', '   ', 'x'.repeat(65), 'a\tb'])
				expect(await refusal(stranger.rpc('create_group', { name }))).toBe('PT422 bad_group');
			expect(await refusal(stranger.rpc('create_group', { name: 'x', description: 'y'.repeat(501) }))).toBe(
				'PT422 bad_group',
			);
			for (let n = 0; n < 10; n++) await stranger.rpc('create_group', { name: `G${n}` });
			expect(await refusal(stranger.rpc('create_group', { name: 'one too many' }))).toBe(
				'PT429 rate_limited',
			);
		});

		it('is joined by a code that exists, is not used up and has not expired', async () => {
			expect(await stranger.rpc('join_group', { code: 'AAAAAAAAAAAA' })).toBeNull();
			expect(await stranger.rpc('join_group', { code: '' })).toBeNull();
			expect(await stranger.rpc('join_group', { code: "'; drop table games; --" })).toBeNull();
			const code = await noa.rpc<string>('invite_to_group', { group_id: group });
			await db.sql("update public.group_invites set expires_at = now() - interval '1 second'");
			expect(await stranger.rpc('join_group', { code })).toBeNull();
			const next = await noa.rpc<string>('invite_to_group', { group_id: group });
			// Who is in already uses nothing up.
			expect(await ben.rpc('join_group', { code: next })).toBe(group);
			expect(await db.sql('select uses_left from public.group_invites where code = $1', [next])).toEqual([
				{ uses_left: 1 },
			]);
		});

		it('counts tries at codes that are none, and stops at thirty a minute', async () => {
			for (let n = 0; n < 30; n++) await stranger.rpc('join_group', { code: 'BBBBBBBBBBBB' });
			expect(await refusal(stranger.rpc('join_group', { code: 'BBBBBBBBBBBB' }))).toBe('PT429 rate_limited');
		});

		it('gives out codes by its owner, within limits', async () => {
			expect(await refusal(ben.rpc('invite_to_group', { group_id: group }))).toBe('PT403 not_the_owner');
			expect(await refusal(stranger.rpc('invite_to_group', { group_id: group }))).toBe('PT403 not_the_owner');
			expect(await refusal(noa.rpc('invite_to_group', { group_id: group, uses: 11 }))).toBe(
				'PT422 bad_shape',
			);
			expect(await refusal(noa.rpc('invite_to_group', { group_id: group, hours: 1_000 }))).toBe(
				'PT422 bad_shape',
			);
			expect(await noa.rpc<string>('invite_to_group', { group_id: group })).toMatch(/^[A-HJKMNP-Z]{12}$/);
		});

		it('keeps its last owner while others are in it', async () => {
			expect(await refusal(noa.rpc('leave_group', { group_id: group }))).toBe('PT409 last_owner');
			expect(
				await refusal(
					noa.sql("update public.group_members set role = 'member' where group_id = $1 and player_id = $2", [
						group,
						noa.playerId,
					]),
				),
			).toBe('PT409 last_owner');
			expect(await refusal(stranger.rpc('leave_group', { group_id: group }))).toBe('PT403 not_in_the_group');
			await noa.sql("update public.group_members set role = 'owner' where group_id = $1 and player_id = $2", [
				group,
				ben.playerId,
			]);
			await noa.sql(
				"update public.group_members set role = 'member' where group_id = $1 and player_id = $2",
				[group, noa.playerId],
			);
			expect(await refusal(noa.rpc('invite_to_group', { group_id: group }))).toBe('PT403 not_the_owner');
			await ben.sql("update public.group_members set role = 'owner' where group_id = $1 and player_id = $2", [
				group,
				noa.playerId,
			]);
		});

		it('does not shrink below its members, nor grow beyond ten', async () => {
			const resize = (size: number) =>
				noa.sql('update public.groups set max_members = $2 where id = $1', [group, size]);
			expect(await refusal(resize(2))).toBe('PT409 group_full');
			expect(await refusal(resize(11))).toMatch(/^23514/);
			expect(await refusal(resize(10))).toBe('no refusal');
		});

		it('is handed on when its only owner deletes the account', async () => {
			const [owner, heir] = [await db.signIn(personNumbered(90)), await db.signIn(personNumbered(91))];
			const theirs = await owner.rpc<string>('create_group', { name: 'Inheritance' });
			await heir.rpc('join_group', {
				code: await owner.rpc<string>('invite_to_group', { group_id: theirs }),
			});
			await owner.rpc('delete_my_account');
			expect(
				await db.sql('select player_id, role::text from public.group_members where group_id = $1', [theirs]),
			).toEqual([{ player_id: heir.playerId, role: 'owner' }]);
		});

		it('has a page with totals, records and days, for its members', async () => {
			const page = await dana.rpc<{
				total_games: number;
				by_weekday: Record<string, number>;
				members: unknown[];
				records: Record<string, number>;
			}>('group_page', { group_id: group });
			expect(page.total_games).toBe(6);
			expect(page.members).toHaveLength(3);
			expect(Object.values(page.by_weekday).reduce((sum, one) => sum + one, 0)).toBe(6);
			expect(page.records['highest_score']).toBeGreaterThan(0);
			expect(await refusal(stranger.rpc('group_page', { group_id: group }))).toBe('PT403 not_in_the_group');
			expect(await refusal(stranger.rpc('group_rivals', { group_id: group }))).toBe('PT403 not_in_the_group');
			expect(await refusal(stranger.rpc('leaderboard', { variant: 'el_dorado', group_id: group }))).toBe(
				'PT403 not_in_the_group',
			);
		});

		it('shows how each does against each in one game alone', async () => {
			const pairs = async (variant: string | null) =>
				[await noa.rpc<{ games: number }[]>('group_rivals', { group_id: group, variant })].flat();
			const all = await pairs(null);
			expect(all.length).toBeGreaterThan(0);
			// All of the group's games were of El Dorado.
			expect(await pairs('el_dorado')).toEqual(all);
			expect(await pairs('israeli_whist')).toEqual([]);
		});

		it('shows how each does against each, the same from both sides', async () => {
			const rivals = await noa.rpc<
				{
					player_id: string;
					rival_id: string;
					games: number;
					wins: number;
					losses: number;
					mean_difference: number;
				}[]
			>('group_rivals', { group_id: group });
			const one = rivals.find((row) => row.player_id === noa.playerId && row.rival_id === ben.playerId)!;
			const other = rivals.find((row) => row.player_id === ben.playerId && row.rival_id === noa.playerId)!;
			expect(one.games).toBe(6);
			expect([one.wins, one.losses, one.mean_difference]).toEqual([
				other.losses,
				other.wins,
				-other.mean_difference,
			]);
		});
	});

	describe('lists', () => {
		it.each(['wins', 'points', 'best_game', 'best_streak', 'win_rate', 'mean_score', 'contract_rate'])(
			'rank by %s, best first, and go on from a cursor',
			async (metric) => {
				const board = await noa.rpc<{ player_id: string; value: number; games_played: number }[]>(
					'leaderboard',
					{ variant: 'el_dorado', metric },
				);
				expect(board).toHaveLength(3);
				expect(board.map(({ value }) => value)).toEqual(
					board.map(({ value }) => value).sort((a, b) => b - a),
				);
				const [first, ...rest] = board;
				const next = await noa.rpc<unknown[]>('leaderboard', {
					variant: 'el_dorado',
					metric,
					cursor: { value: first!.value, player_id: first!.player_id },
				});
				expect([next].flat()).toEqual(rest);
				expect(
					await noa.rpc<unknown[]>('leaderboard', { variant: 'el_dorado', metric, group_id: group }),
				).toHaveLength(3);
			},
		);

		it('rank nobody by a metric there is not', async () => {
			expect(await refusal(noa.rpc('leaderboard', { variant: 'el_dorado', metric: 'user_id' }))).toBe(
				'PT422 bad_metric',
			);
			expect(await refusal(noa.rpc('leaderboard', { variant: 'poker' }))).toMatch(/^22P02/);
			expect(await noa.rpc('leaderboard', { variant: 'israeli_whist' })).toEqual([]);
		});

		it("give one's own games, newest first, by pages; of others those that one has seen oneself", async () => {
			const read = async (by: Member, args: object) =>
				[await by.rpc<{ game_id: string; completed_at: string }[]>('player_history', { ...args })].flat();
			const first = await read(noa, { most: 5 });
			const { game_id, completed_at } = first.at(-1)!;
			const second = await read(noa, { most: 100, cursor: { game_id, completed_at } });
			expect(first.length + second.length).toBe(12);
			expect(new Set([...first, ...second].map((game) => game.game_id)).size).toBe(12);
			const times = [...first, ...second].map((game) => Date.parse(game.completed_at));
			expect(times).toEqual(times.toSorted((a, b) => b - a));
			// Dana was in eight of them, and her group has two more.
			expect((await read(dana, { player_id: noa.playerId })).length).toBe(10);
			expect((await read(stranger, { player_id: noa.playerId })).length).toBe(0);
			expect(await refusal(db.anon.rpc('player_history', { player_id: noa.playerId }))).toMatch(/^42501/);
		});

		it('compare two who know each other, and nobody else', async () => {
			const mine = await noa.rpc<Record<string, number>>('head_to_head', {
				a: noa.playerId,
				b: dana.playerId,
			});
			const hers = await dana.rpc<Record<string, number>>('head_to_head', {
				a: dana.playerId,
				b: noa.playerId,
			});
			expect(mine['games']).toBe(8);
			expect([mine['wins'], mine['losses'], mine['mean_difference']]).toEqual([
				hers['losses'],
				hers['wins'],
				-Number(hers['mean_difference']),
			]);
			expect(await ben.rpc('head_to_head', { a: noa.playerId, b: dana.playerId })).toEqual(mine);
			expect(await refusal(stranger.rpc('head_to_head', { a: noa.playerId, b: dana.playerId }))).toBe(
				'PT403 strangers',
			);
			expect(await refusal(noa.rpc('head_to_head', { a: noa.playerId, b: noa.playerId }))).toBe(
				'PT422 bad_shape',
			);
		});
	});

	describe('an open table', () => {
		const room = {
			room_code: 'ABCDEF',
			game_id: 'AAAAAAAAAAAAAAAAAAAAAA',
			variant: 'el_dorado',
			current_players: 1,
			max_players: 4,
			spectators_allowed: true,
		};

		it('is published, renewed, closed; by its host alone', async () => {
			await noa.rpc('publish_room', { room });
			expect(await refusal(ben.rpc('renew_room', { room_code: 'ABCDEF' }))).toBe('PT404 no_such_room');
			expect(await noa.rpc<string>('renew_room', { room_code: 'ABCDEF', current_players: 99 })).toBeTruthy();
			expect(await db.anon.rpc('open_rooms')).toMatchObject({
				room_code: 'ABCDEF',
				current_players: 4,
				host_name: 'P81',
			});
			await ben.rpc('close_room', { room_code: 'ABCDEF' });
			expect(await db.sql('select from public.room_directory')).toHaveLength(1);
			await noa.rpc('close_room', { room_code: 'ABCDEF' });
			await noa.rpc('close_room', { room_code: 'ABCDEF' });
			expect(await db.sql('select from public.room_directory')).toHaveLength(0);
		});

		it('is swept when its lease has run out, and its code is free again', async () => {
			await noa.rpc('publish_room', { room });
			await db.sql("update public.room_directory set lease_expires_at = now() - interval '1 second'");
			expect(await refusal(ben.rpc('publish_room', { room }))).toBe('no refusal');
			await db.sql("update public.room_directory set lease_expires_at = now() - interval '1 second'");
			await db.sql('select private.sweep()');
			expect(await db.sql('select from public.room_directory')).toHaveLength(0);
		});

		it('is published ten times an hour at most', async () => {
			for (let n = 0; n < 10; n++) await dana.rpc('publish_room', { room });
			expect(await refusal(dana.rpc('publish_room', { room }))).toBe('PT429 rate_limited');
			await dana.rpc('close_room', { room_code: room.room_code });
		});

		it.each([
			['no object', 7],
			['a field too many', { ...room, host_id: 'x' }],
			['a field too few', { room_code: 'ABCDEF' }],
			['a code of digits', { ...room, room_code: '123456' }],
			['a game that is none', { ...room, game_id: 'x' }],
			['a game there is not', { ...room, variant: 'poker' }],
			['eleven seats', { ...room, max_players: 11 }],
			['more players than seats', { ...room, current_players: 5 }],
		])('with %s is refused', async (_, bad) => {
			expect(await refusal(noa.rpc('publish_room', { room: JSON.stringify(bad) }))).toMatch(
				/^PT422 bad_(shape|room)$/,
			);
		});
	});

	it('old games are compacted, newer ones stay', async () => {
		await db.sql('alter table public.games disable trigger user');
		await db.sql(
			"update public.games set created_at = now() - interval '1 year' where id = private.game_uuid($1)",
			[games[0]!.id],
		);
		await db.sql('alter table public.games enable trigger user');
		expect(await db.sql("select private.compact_old_games('90 days', 10) as n")).toEqual([{ n: 1 }]);
		expect(await db.sql('select from public.game_event_archives')).toHaveLength(1);
	});
});
