/** Groups as their pages need them: invitations looked at, evenings, and games put in a group afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPostgres, openDatabase, refusal, type Member, type TestDatabase } from './database.ts';
import { personNumbered, playGame, uploadOf } from './games.ts';

const PATH = '/t/ABCDEF#h=abc_-9';

describe.skipIf(!hasPostgres)('a group and its evenings', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let stranger: Member;
	let group: string;

	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, stranger] = (await Promise.all(
			[71, 72, 73].map((n) => db.signIn(personNumbered(n, `P${n}`))),
		)) as [Member, Member, Member];
		group = await noa.rpc<string>('create_group', { name: 'Home' });
		await ben.rpc('join_group', { code: await noa.rpc<string>('invite_to_group', { group_id: group }) });
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	it('is listed for its members, with their part in it', async () => {
		expect(await ben.rpc('my_groups')).toMatchObject([
			{ id: group, name: 'Home', role: 'member', members: 2, total_games: 0, tonight: 0 },
		]);
		expect(await noa.rpc('my_groups')).toMatchObject([{ role: 'owner' }]);
		expect(await stranger.rpc('my_groups')).toEqual([]);
		expect(await refusal(db.anon.rpc('my_groups'))).toMatch(/^42501/);
	});

	it('shows whose group an invitation opens, as often as it is looked at, until it is used up', async () => {
		const code = await noa.rpc<string>('invite_to_group', { group_id: group });
		for (let n = 0; n < 2; n++)
			expect(await stranger.rpc('group_invite', { code })).toMatchObject({
				group_id: group,
				name: 'Home',
				members: 2,
				invited_by: 'P71',
				is_member: false,
			});
		expect(await ben.rpc('group_invite', { code })).toMatchObject({ is_member: true });
		await stranger.rpc('join_group', { code });
		expect(await stranger.rpc('group_invite', { code })).toBeNull();
		await stranger.rpc('leave_group', { group_id: group });
		expect(await stranger.rpc('group_invite', { code: '' })).toBeNull();
		expect(await refusal(db.anon.rpc('group_invite', { code }))).toMatch(/^42501/);
	});

	it('counts a look at a code as a try at it', async () => {
		for (let n = 0; n < 15; n++) {
			await stranger.rpc('group_invite', { code: 'BBBBBBBBBBBB' });
			await stranger.rpc('join_group', { code: 'BBBBBBBBBBBB' });
		}
		expect(await refusal(stranger.rpc('group_invite', { code: 'BBBBBBBBBBBB' }))).toBe('PT429 rate_limited');
	});

	it('knows who plays tonight, for its members, until the night is over or somebody thinks better of it', async () => {
		await noa.rpc('play_tonight', { group_id: group, plays: true });
		await ben.rpc('play_tonight', { group_id: group, plays: true });
		expect(await ben.rpc('group_evening', { group_id: group })).toEqual({
			tonight: [noa.playerId, ben.playerId],
			tables: [],
		});
		await ben.rpc('play_tonight', { group_id: group, plays: false });
		expect(await noa.rpc('my_groups')).toMatchObject([{ tonight: 1 }]);
		await db.sql("update private.group_evenings set plays_until = now() - interval '1 second'");
		expect(await ben.rpc('group_evening', { group_id: group })).toMatchObject({ tonight: [] });
		expect(await refusal(stranger.rpc('group_evening', { group_id: group }))).toBe('PT403 not_in_the_group');
		expect(await refusal(stranger.rpc('play_tonight', { group_id: group, plays: true }))).toBe(
			'PT403 not_in_the_group',
		);
	});

	it('shows the tables that its members have opened, and takes nothing for one that is no link to a table', async () => {
		await noa.rpc('offer_group_table', { group_id: group, path: PATH });
		expect(await ben.rpc('group_evening', { group_id: group })).toMatchObject({
			tables: [{ player_id: noa.playerId, path: PATH }],
		});
		for (const path of ['https://example.org', '/t/ABCDEI', '/t/ABCDEF#<b>', `${PATH}${'x'.repeat(200)}`])
			expect(await refusal(noa.rpc('offer_group_table', { group_id: group, path }))).toBe('PT422 bad_shape');
		expect(await refusal(stranger.rpc('offer_group_table', { group_id: group, path: PATH }))).toBe(
			'PT403 not_in_the_group',
		);
		await noa.rpc('offer_group_table', { group_id: group });
		expect(await ben.rpc('group_evening', { group_id: group })).toMatchObject({ tables: [] });
	});

	it('forgets the evening of who leaves', async () => {
		const code = await noa.rpc<string>('invite_to_group', { group_id: group });
		await stranger.rpc('join_group', { code });
		await stranger.rpc('play_tonight', { group_id: group, plays: true });
		await stranger.rpc('offer_group_table', { group_id: group, path: PATH });
		await stranger.rpc('leave_group', { group_id: group });
		expect(await ben.rpc('group_evening', { group_id: group })).toEqual({ tonight: [], tables: [] });
	});

	it('takes a game that one of its members has played, once, whoever sent it', async () => {
		const other = await noa.rpc<string>('create_group', { name: 'Other' });
		const played = playGame({
			seed: 91_001,
			variant: 'el_dorado',
			mode: 'keeper',
			people: [noa.person, stranger.person],
		});
		const game = uploadOf(played);
		await stranger.rpc('archive_game', { game });
		const put = (by: Member, to: string) => by.rpc('put_game_in_group', { game_id: game.id, group_id: to });
		expect(await refusal(put(stranger, group))).toBe('PT403 not_in_the_group');
		expect(await refusal(put(ben, group))).toBe('PT403 not_at_the_table');
		expect(await put(noa, group)).toBe(true);
		expect(await put(noa, group)).toBe(true);
		expect(await put(noa, other)).toBe(false);
		const [row] = await db.sql<{ total_games: number; total_rounds: number }>(
			'select total_games, total_rounds from public.groups where id = $1',
			[group],
		);
		const [{ status, rounds } = { status: '', rounds: 0 }] = await db.sql<{ status: string; rounds: number }>(
			`select g.status::text, s.rounds::integer from public.games g join public.game_summaries s on s.game_id = g.id
			where g.group_id = $1`,
			[group],
		);
		expect(row).toEqual(
			status === 'completed' ? { total_games: 1, total_rounds: rounds } : { total_games: 0, total_rounds: 0 },
		);
		expect(await refusal(noa.rpc('put_game_in_group', { game_id: 'nonsense', group_id: group }))).toBe(
			'PT422 bad_shape',
		);
	});

	describe('and a table that a member has opened for it', () => {
		const tables = (by: Member) => by.rpc<readonly { room_code: string }[]>('group_tables');
		const offer = (by: Member, code: string, to = group) =>
			by.rpc('offer_group_table', { group_id: to, path: `/t/${code}#h=abc_-9` });
		const put = (by: Member, game: string, code: string, to = group) =>
			by.rpc('put_game_in_group', { game_id: game, group_id: to, room_code: code });
		let seed = 91_100;
		async function played(by: Member, ...others: Member[]): Promise<string> {
			const people = [by, ...others].map(({ person }) => person);
			const game = uploadOf(playGame({ seed: (seed += 4), variant: 'el_dorado', mode: 'keeper', people }));
			await by.rpc('archive_game', { game });
			return game.id;
		}
		const groupOf = async (game: string) =>
			(
				await db.sql<{ group_id: string | null }>(
					'select group_id from public.games where id = private.game_uuid($1)',
					[game],
				)
			)[0]?.group_id;

		it('is known to the other members by its code alone, also when it is shown no more, and to nobody else', async () => {
			await offer(noa, 'GHJKMN');
			await noa.rpc('offer_group_table', { group_id: group });
			expect(await ben.rpc('group_evening', { group_id: group })).toMatchObject({ tables: [] });
			expect(await tables(ben)).toContainEqual({ group_id: group, name: 'Home', room_code: 'GHJKMN' });
			expect(await tables(stranger)).toEqual([]);
			expect(await refusal(db.anon.rpc('group_tables'))).toMatch(/^42501/);
			expect(await refusal(ben.sql('select * from private.group_tables'))).toMatch(/^42501/);
		});

		it('is played at: any member who sat there tells the group, when the device that opened it has gone', async () => {
			await offer(noa, 'GHJKMP');
			const game = await played(stranger, noa, ben);
			expect(await put(ben, game, 'GHJKMP')).toBe(true);
			expect(await put(ben, game, 'GHJKMP')).toBe(true);
			expect(await put(noa, game, 'GHJKMP')).toBe(true);
			expect(await groupOf(game)).toBe(group);
		});

		it('is told by nobody who is not of the group, did not sit there, or names another table', async () => {
			await offer(noa, 'GHJKMQ');
			const game = await played(stranger, noa);
			expect(await refusal(put(stranger, game, 'GHJKMQ'))).toBe('PT403 not_in_the_group');
			expect(await refusal(put(ben, game, 'GHJKMQ'))).toBe('PT403 not_at_the_table');
			expect(await refusal(put(noa, game, 'QQQQQQ'))).toBe('PT403 not_a_table_of_the_group');
			expect(await refusal(put(noa, game, ''))).toBe('PT403 not_a_table_of_the_group');
			expect(await refusal(db.anon.rpc('put_game_in_group', { game_id: game, group_id: group }))).toMatch(
				/^42501/,
			);
			expect(await groupOf(game)).toBeNull();
		});

		it('is no way to see the games of others: who shows it must have played', async () => {
			// Noa knows the code of a table where Ben plays with a stranger, and shows it to their group.
			await offer(noa, 'GHJKMR');
			const game = await played(ben, stranger);
			expect(await refusal(put(ben, game, 'GHJKMR'))).toBe('PT403 not_a_table_of_the_group');
			expect(await groupOf(game)).toBeNull();
		});

		it('is forgotten after a month, and thirty of one member are enough', async () => {
			await db.sql('delete from private.group_tables');
			await offer(noa, 'AAAAAA');
			await db.sql("update private.group_tables set shown_at = now() - interval '31 days'");
			expect(await tables(ben)).toEqual([]);
			await offer(ben, 'BBBBBB');
			expect(await db.sql('select room_code from private.group_tables')).toEqual([{ room_code: 'BBBBBB' }]);
			for (const letter of 'ABCDEFGHJKMNPQRSTUVWXYZ') {
				await offer(noa, `AAAAA${letter}`);
				await offer(noa, `AAAAB${letter}`);
			}
			const kept = (await tables(ben)).map(({ room_code: code }) => code);
			expect(kept).toHaveLength(31);
			expect(kept.slice(0, 2)).toEqual(['AAAABZ', 'AAAAAZ']);
			expect(kept).toContain('BBBBBB');
		});

		it('goes with the member who opened it', async () => {
			const code = await noa.rpc<string>('invite_to_group', { group_id: group });
			await stranger.rpc('join_group', { code });
			await offer(stranger, 'CCCCCC');
			await stranger.rpc('leave_group', { group_id: group });
			expect((await tables(ben)).map(({ room_code: one }) => one)).not.toContain('CCCCCC');
		});
	});
});
