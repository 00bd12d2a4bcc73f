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
});
