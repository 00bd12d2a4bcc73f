/** What functions make of input that is unusual, repeated or beyond a limit: a code of ours, or nothing, and never an error. */
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
import { summaryOf } from './differential.ts';
import { claimOf, personNumbered, playGame, type PlayedGame } from './games.ts';

const NO_GAME = 'AAAAAAAAAAAAAAAAAAAAAA';
const NO_PLAYER = '00000000-0000-0000-0000-000000000000';

describe.skipIf(!hasPostgres)('functions of the archive', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let stranger: Member;
	let open: PlayedGame;
	let seed = 40_000;
	const plan = (more: object = {}) =>
		({ seed: (seed += 4), variant: 'el_dorado', mode: 'keeper', ...more }) as const;
	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, stranger] = (await Promise.all([331, 332, 333].map((n) => db.signIn(personNumbered(n))))) as [
			Member,
			Member,
			Member,
		];
		open = await counted([noa, ben], plan(), { visibility: 'public' });
		await counted([noa, ben], { ...plan(), variant: 'israeli_whist', mode: 'cards', bots: 2 });
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	const list = async <T>(by: Pick<Member, 'rpc'>, name: string, args: object): Promise<T[]> =>
		[await by.rpc<T | T[]>(name, { ...args })].flat() as T[];
	const roomOf = (code: string, more: object = {}) => ({
		room_code: code,
		game_id: NO_GAME,
		variant: 'el_dorado',
		current_players: 1,
		max_players: 4,
		spectators_allowed: true,
		...more,
	});

	it.each([
		['leaderboard', { variant: 'el_dorado' }, { value: 1, player_id: 'noa' }],
		['leaderboard', { variant: 'el_dorado' }, { value: 'most', player_id: NO_PLAYER }],
		['leaderboard', { variant: 'el_dorado' }, { value: 1e300, player_id: NO_PLAYER }],
		['leaderboard', { variant: 'el_dorado' }, { value: 'NaN', player_id: NO_PLAYER }],
		['leaderboard', { variant: 'el_dorado' }, { value: 1 }],
		['leaderboard', { variant: 'el_dorado' }, [1, NO_PLAYER]],
		['player_history', {}, { completed_at: 'yesterday evening', game_id: NO_GAME }],
		['player_history', {}, { completed_at: '2026-01-01T00:00:00Z', game_id: '../etc' }],
		['player_history', {}, { game_id: NO_GAME }],
		['group_games', { group_id: NO_PLAYER }, { completed_at: 'soon', game_id: NO_GAME }],
		['group_games', { group_id: NO_PLAYER }, { completed_at: '2026-01-01T00:00:00Z', game_id: 7 }],
		['player_history', {}, 'the next'],
		['open_rooms', {}, { created_at: 'not a time', room_code: 'ABCDEF' }],
		['open_rooms', {}, { created_at: '2026-01-01T00:00:00Z' }],
		['open_rooms', {}, 7],
	])('%s(%j) with the cursor %j: a code of ours', async (name, args, cursor) => {
		expect(await refusal(noa.rpc(name, { ...args, cursor: JSON.stringify(cursor) }))).toBe(
			'PT422 bad_cursor',
		);
	});

	it('lists begin at the beginning with a cursor that is null', async () => {
		const games = await list(noa, 'player_history', {});
		expect(await list(noa, 'player_history', { cursor: 'null' })).toEqual(games);
		expect(await list(db.anon, 'leaderboard', { variant: 'el_dorado', cursor: 'null' })).toHaveLength(2);
	});

	it('a history is of one game or of both, and never longer than a hundred', async () => {
		const read = (args: object) => list<{ variant: string }>(noa, 'player_history', args);
		expect((await read({})).map(({ variant }) => variant).sort()).toEqual(['el_dorado', 'israeli_whist']);
		for (const variant of ['el_dorado', 'israeli_whist'] as const) {
			expect((await read({ variant })).map((game) => game.variant)).toEqual([variant]);
			const ofBen = await list<{ variant: string }>(noa, 'player_history', {
				player_id: ben.playerId,
				variant,
			});
			expect(ofBen.map((game) => game.variant)).toEqual([variant]);
		}
		expect(await read({ player_id: NO_PLAYER })).toEqual([]);
		await db.sql(
			`with made as (
				insert into public.games (id, variant, mode, status, phase)
				select gen_random_uuid(), 'el_dorado', 'cards', 'in_progress', 'playing' from generate_series(1, 120) returning id
			)
			insert into public.game_players (game_id, seat, player_id, display_name, variant, completed_at)
			select id, 0, $1, 'many', 'el_dorado', now() from made`,
			[stranger.playerId],
		);
		const most = async (wanted: number | null) =>
			(await list(stranger, 'player_history', { most: wanted })).length;
		expect(await most(1_000)).toBe(100);
		expect(await most(null)).toBe(25);
		expect(await most(0)).toBe(1);
		expect(await most(-5)).toBe(1);
	});

	it('a log and a summary are of a game that is there', async () => {
		for (const id of [NO_GAME, '', 'x', '../../etc/passwd', "'; drop table games; --", null]) {
			expect(await refusal(noa.rpc('game_log', { game_id: id })), String(id)).toBe('PT404 no_such_game');
			expect(await refusal(noa.rpc('game_summary', { game_id: id })), String(id)).toBe('PT404 no_such_game');
		}
	});

	it('a log begins after an index, and a page has one event at least', async () => {
		const read = async (args: object) =>
			(await list<{ event_index: number }>(noa, 'game_log', { game_id: open.id, ...args })).map(
				(event) => event.event_index,
			);
		const last = open.envelopes.length - 1;
		expect(await read({ after_index: last - 2, most: 10_000 })).toEqual([last - 1, last]);
		expect(await read({ after_index: last })).toEqual([]);
		expect(await read({ after_index: 2_000_000_000 })).toEqual([]);
		expect(await read({ after_index: -7, most: 0 })).toEqual([0]);
		expect(await read({ after_index: null, most: -3 })).toEqual([0]);
	});

	it('a group’s leaderboard counts what was played since a time', async () => {
		const group = await noa.rpc<string>('create_group', { name: 'Since' });
		const code = await noa.rpc<string>('invite_to_group', { group_id: group });
		await ben.rpc('join_group', { code });
		const [early, late] = [Date.UTC(2026, 0, 5), Date.UTC(2026, 5, 5)];
		for (const startMs of [early, late]) await counted([noa, ben], plan({ startMs }), { group_id: group });
		const played = async (since: string | null) => {
			const rows = await list<{ games_played: number }>(noa, 'leaderboard', {
				variant: 'el_dorado',
				group_id: group,
				since,
			});
			return rows.map(({ games_played: games }) => games);
		};
		expect(await played(null)).toEqual([2, 2]);
		expect(await played('2026-03-01T00:00:00Z')).toEqual([1, 1]);
		expect(await played('2026-12-01T00:00:00Z')).toEqual([]);
	});

	it('a group’s page has the records and days of its games', async () => {
		const group = await noa.rpc<string>('create_group', { name: 'Days' });
		const code = await noa.rpc<string>('invite_to_group', { group_id: group });
		await ben.rpc('join_group', { code });
		// Two in the month before last, one beyond the two years that are shown by month.
		const now = new Date();
		const monthAgo = (months: number, day: number) =>
			Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, day, 12);
		const games = [
			await counted([noa, ben], plan({ startMs: monthAgo(2, 3) }), { group_id: group }),
			await counted(
				[noa, ben],
				plan({ startMs: monthAgo(2, 4), variant: 'israeli_whist', mode: 'cards', bots: 2 }),
				{ group_id: group },
			),
			await counted([noa, ben], plan({ startMs: monthAgo(30, 10) }), { group_id: group }),
		];
		// Played, the longest of all, and confirmed by nobody else: it has a day, and holds no record.
		const sums = games.map(summaryOf);
		const longest = Math.max(...sums.map(({ durationMs }) => durationMs));
		const people = [noa.person, ben.person];
		let longer = plan({ mode: 'cards', startMs: monthAgo(1, 20) });
		while (summaryOf(playGame({ ...longer, people })).durationMs <= longest) {
			longer = plan({ mode: 'cards', startMs: monthAgo(1, 20) });
		}
		const alone = await archived([noa, ben], longer, { group_id: group });
		const page = await ben.rpc<Record<string, unknown>>('group_page', { group_id: group });
		const ended = (played: PlayedGame) => new Date(played.timesMs.at(-1)!).toISOString();
		const count = (labels: readonly string[]) =>
			labels.reduce<Record<string, number>>((all, one) => ({ ...all, [one]: (all[one] ?? 0) + 1 }), {});
		const weekday = (iso: string) => String(new Date(iso).getUTCDay() || 7);
		const all = [...games, alone];
		expect(page['by_weekday']).toEqual(count(all.map(ended).map(weekday)));
		const shown = [games[0]!, games[1]!, alone];
		expect(page['by_month']).toEqual(count(shown.map((played) => ended(played).slice(0, 7))));
		expect(page['records']).toEqual({
			highest_score: Math.max(...sums.map(({ highestScore }) => highestScore!)),
			lowest_score: Math.min(...sums.map(({ lowestScore }) => lowestScore!)),
			highest_round_score: Math.max(...sums.map(({ highestRoundScore }) => highestRoundScore!)),
			longest_made_run: Math.max(...sums.map(({ mostConsecutiveWins }) => mostConsecutiveWins!)),
			most_frischs: Math.max(...sums.map(({ frischs }) => frischs)),
			longest_ms: longest,
		});
		const rounds = [...sums, summaryOf(alone)].reduce((sum, one) => sum + one.rounds.length, 0);
		expect(page).toMatchObject({ total_games: 4, total_rounds: rounds });
		expect(Date.parse(String(page['last_played_at']))).toBe(Date.parse(ended(alone)));
	});

	it('open tables are of one game or of both', async () => {
		await noa.rpc('publish_room', { room: roomOf('AAAAAA') });
		await ben.rpc('publish_room', { room: roomOf('BBBBBB', { variant: 'israeli_whist' }) });
		const codes = async (wanted_variant: string | null) =>
			(await list<{ room_code: string }>(db.anon, 'open_rooms', { wanted_variant })).map(
				(room) => room.room_code,
			);
		expect(await codes(null)).toEqual(['BBBBBB', 'AAAAAA']);
		expect(await codes('el_dorado')).toEqual(['AAAAAA']);
		expect(await codes('israeli_whist')).toEqual(['BBBBBB']);
		expect(await refusal(db.anon.rpc('open_rooms', { wanted_variant: 'poker' }))).toMatch(/^22P02/);
	});

	describe('have their limits:', () => {
		it('three open tables of one host', async () => {
			for (const code of ['CCCCCC', 'DDDDDD', 'EEEEEE']) {
				await stranger.rpc('publish_room', { room: roomOf(code) });
			}
			expect(await refusal(stranger.rpc('publish_room', { room: roomOf('FFFFFF') }))).toBe(
				'PT409 too_many_rooms',
			);
			await stranger.rpc('close_room', { room_code: 'CCCCCC' });
			expect(await refusal(stranger.rpc('publish_room', { room: roomOf('FFFFFF') }))).toBe('no refusal');
		});

		it('fifty groups of one account, made or joined', async () => {
			const many = await db.signIn(personNumbered(340));
			const group = await noa.rpc<string>('create_group', { name: 'One more' });
			const code = await noa.rpc<string>('invite_to_group', { group_id: group });
			await db.sql(
				`with made as (
					insert into public.groups (name, created_by) select 'G' || n, $1 from generate_series(1, 50) n returning id
				)
				insert into public.group_members (group_id, player_id, role) select id, $1, 'owner' from made`,
				[many.playerId],
			);
			expect(await refusal(many.rpc('create_group', { name: 'x' }))).toBe('PT409 too_many_groups');
			expect(await refusal(many.rpc('join_group', { code }))).toBe('PT409 too_many_groups');
		});

		it('twenty open invitations of a group', async () => {
			const group = await noa.rpc<string>('create_group', { name: 'Open doors' });
			for (let n = 0; n < 20; n++) await noa.rpc('invite_to_group', { group_id: group });
			const next = () => refusal(noa.rpc('invite_to_group', { group_id: group }));
			expect(await next()).toBe('PT409 too_many_invites');
			await db.sql(
				"update public.group_invites set expires_at = now() - interval '1 second' where group_id = $1",
				[group],
			);
			expect(await next()).toBe('no refusal');
		});

		it.each<[string, number, (group: string) => Promise<unknown>]>([
			['profile', 120, () => noa.rpc('save_profile', { profile: { color: 1 } })],
			['confirm', 300, () => noa.rpc('confirm_game', { game_id: open.id, log_hash: open.hash })],
			['claim_key', 20, () => noa.rpc('claim_key', claimOf(noa.person, noa.userId))],
			['invite', 60, (group) => noa.rpc('invite_to_group', { group_id: group })],
			['offer_table', 60, (group) => noa.rpc('offer_group_table', { group_id: group, path: '/t/ABCDEF' })],
		])('%s, %i an hour', async (action, most, call) => {
			const group = await noa.rpc<string>('create_group', { name: action });
			const used = (count: number) =>
				db.sql(
					`insert into private.rate_limits values ($1, $2, now(), $3)
					on conflict (subject, action) do update set count = excluded.count, window_start = excluded.window_start`,
					[noa.userId, action, count],
				);
			await used(most - 1);
			expect(await refusal(call(group))).toBe('no refusal');
			expect(await refusal(call(group))).toBe('PT429 rate_limited');
			await db.sql("update private.rate_limits set window_start = now() - interval '61 minutes'");
			expect(await refusal(call(group))).toBe('no refusal');
		});
	});

	describe('said twice, or of nothing:', () => {
		it('an account is deleted once; that it is gone already is no fault, nor that it had no profile', async () => {
			const gone = await db.signIn(personNumbered(341));
			await gone.rpc('delete_my_account');
			expect(await refusal(gone.rpc('delete_my_account'))).toBe('no refusal');
			const nameless = await db.newcomer();
			expect(await refusal(nameless.rpc('delete_my_account'))).toBe('no refusal');
			expect(
				await db.sql('select from auth.users where id = any ($1)', [[gone.userId, nameless.userId]]),
			).toEqual([]);
		});

		it('who has left a group is not in it', async () => {
			const group = await noa.rpc<string>('create_group', { name: 'In and out' });
			await ben.rpc('join_group', { code: await noa.rpc<string>('invite_to_group', { group_id: group }) });
			await ben.rpc('leave_group', { group_id: group });
			expect(await refusal(ben.rpc('leave_group', { group_id: group }))).toBe('PT403 not_in_the_group');
			expect(await refusal(ben.rpc('leave_group', { group_id: NO_PLAYER }))).toBe('PT403 not_in_the_group');
		});

		it('a game of a public table stays public', async () => {
			for (const visibility of ['private', 'shared']) {
				expect(await ben.rpc('share_game', { game_id: open.id, visibility })).toBe('public');
			}
			expect(await list(db.anon, 'game_log', { game_id: open.id, most: 1 })).toHaveLength(1);
		});
	});
});
