/** Games that somebody made up under the id of a real one: both are kept, and each is shown its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	hasPostgres,
	openDatabase,
	refusal,
	type Caller,
	type Member,
	type TestDatabase,
} from './database.ts';
import { personNumbered, playGame, rewrite, uploadOf, type PlayedGame } from './games.ts';

interface Card {
	readonly game_id: string;
	readonly completed_at: string;
	readonly log_hash: string;
}

describe.skipIf(!hasPostgres)('a game that is made up under the id of a real one', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let liar: Member;
	let friend: Member;
	let seed = 9_000;

	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, liar, friend] = (await Promise.all(
			[81, 82, 83, 84].map((n) => db.signIn(personNumbered(n))),
		)) as [Member, Member, Member, Member];
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	/** The seed gives the id; who founds the table is in the first event. */
	function gamesOfOneId(): { real: PlayedGame; invented: PlayedGame } {
		seed += 4;
		const plan = { seed, variant: 'el_dorado', mode: 'cards' } as const;
		const real = playGame({ ...plan, people: [noa.person, ben.person] });
		const invented = playGame({ ...plan, people: [liar.person, noa.person, ben.person] });
		expect(invented.id).toBe(real.id);
		return { real, invented };
	}
	const upload = (by: Caller, played: PlayedGame) =>
		by.rpc<{ status: string; counted: boolean }>('archive_game', { game: uploadOf(played) });
	const confirm = (by: Caller, { id, hash }: PlayedGame) =>
		by.rpc<{ agrees: boolean; counted: boolean }>('confirm_game', { game_id: id, log_hash: hash });
	const hashFor = async (by: Caller, id: string) =>
		(await by.rpc<Card>('game_summary', { game_id: id })).log_hash;
	/** Of the record with that index, as it is read back. */
	const recordFor = (by: Caller, id: string) =>
		by
			.sql<{ record: string }>('select record from public.game_log($1, 0, 1)', [id])
			.then(([row]) => row?.record);
	const inHistory = async (by: Caller, id: string) =>
		(await by.sql<{ card: Card }>('select * from public.player_history(most => 100) as card'))
			.map(({ card }) => card)
			.filter((card) => card.game_id === id)
			.map((card) => card.log_hash);

	it('keeps nobody’s game out: what was played is archived, confirmed and counts', async () => {
		const { real, invented } = gamesOfOneId();
		expect(await upload(liar, invented)).toMatchObject({ status: 'archived' });
		expect(await upload(noa, real)).toMatchObject({ status: 'archived', counted: false });
		expect(await upload(ben, real)).toMatchObject({ status: 'exists' });
		expect(await confirm(ben, real)).toEqual({ agrees: true, counted: true });
		expect(await upload(liar, invented)).toMatchObject({ status: 'exists', counted: false });

		for (const player of [noa, ben]) {
			expect(await hashFor(player, real.id)).toBe(real.hash);
			expect(await recordFor(player, real.id)).toBe(real.envelopes[1]?.record);
			expect(await inHistory(player, real.id)).toEqual([real.hash]);
			expect(await player.rpc('game_standings', { game_ids: [real.id] })).toEqual({
				game_id: real.id,
				is_counted: true,
				visibility: 'private',
			});
		}
		expect(await inHistory(liar, real.id)).toEqual([invented.hash]);
		expect(await hashFor(liar, real.id)).toBe(invented.hash);
		expect(await refusal(friend.rpc('game_log', { game_id: real.id }))).toBe('PT404 no_such_game');
		expect(await friend.rpc('game_standings', { game_ids: [real.id] })).toEqual([]);
	});

	it('is nothing to those who played when it comes afterwards', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(noa, real);
		expect(await upload(liar, invented)).toMatchObject({ status: 'archived', counted: false });
		expect(await hashFor(noa, real.id)).toBe(real.hash);
		// Has not confirmed yet: of two that name it, the first.
		expect(await hashFor(ben, real.id)).toBe(real.hash);
		expect(await confirm(ben, real)).toEqual({ agrees: true, counted: true });
		expect(await inHistory(ben, real.id)).toEqual([real.hash]);
	});

	it('is not what the link of a shared game opens', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(liar, invented);
		await upload(noa, real);
		await confirm(ben, real);
		expect(await noa.rpc('share_game', { game_id: real.id, visibility: 'shared' })).toBe('shared');
		expect(await hashFor(db.anon, real.id)).toBe(real.hash);
		await liar.rpc('share_game', { game_id: real.id, visibility: 'shared' });
		expect(await hashFor(db.anon, real.id)).toBe(real.hash);
		expect(await hashFor(friend, real.id)).toBe(real.hash);
	});

	it('does not keep the host from saying that its table was open, nor a group from its game', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(liar, invented);
		await upload(ben, real);
		// Noa founded the real one and has confirmed nothing yet.
		expect(await noa.rpc('publish_game', { game_id: real.id, room_code: 'ABCDEF' })).toBe('public');
		expect(await hashFor(db.anon, real.id)).toBe(real.hash);
		const group = await ben.rpc<string>('create_group', { name: 'Tuesdays' });
		expect(await ben.rpc('put_game_in_group', { game_id: real.id, group_id: group })).toBe(true);
		expect(await ben.rpc('group_games', { group_id: group })).toMatchObject({ game_id: real.id });
		expect(
			await db.sql("select encode(log_hash, 'hex') as hash from public.games where group_id = $1", [group]),
		).toEqual([{ hash: real.hash }]);
		expect(
			await db.sql(
				`select count(*)::integer as lines from public.game_players p join public.games g on g.id = p.game_id
				where g.group_id = $1 and p.group_id = $1`,
				[group],
			),
		).toEqual([{ lines: 2 }]);
		expect(
			await db.sql('select count(*)::integer as summaries from public.game_summaries where group_id = $1', [
				group,
			]),
		).toEqual([{ summaries: 1 }]);
	});

	it('and another end of the same game are different things: that is refused, compacted or not', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(liar, invented);
		await upload(noa, real);
		const other = rewrite(real, (records) => (records.at(-1)!['time'] = Number(records.at(-1)!['time']) + 1));
		expect(await refusal(upload(ben, other))).toBe('PT409 another_log');
		expect(await db.sql('select private.compact_game($1) as moved', [real.id])).toEqual([{ moved: true }]);
		expect(await db.sql('select private.compact_game($1) as moved', [real.id])).toEqual([{ moved: false }]);
		expect(await refusal(upload(ben, other))).toBe('PT409 another_log');
		expect(await upload(ben, real)).toMatchObject({ status: 'exists' });
		expect(await recordFor(noa, real.id)).toBe(real.envelopes[1]?.record);
		expect(await recordFor(liar, real.id)).toBe(invented.envelopes[1]?.record);
	});

	it('is brought once by an account: an id is not filled with many', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(liar, invented);
		const more = playGame({
			seed,
			variant: 'el_dorado',
			mode: 'cards',
			people: [liar.person, friend.person],
		});
		expect(more.id).toBe(real.id);
		expect(await refusal(upload(liar, more))).toBe('PT409 another_log');
	});

	it('does not stop a list that is read one by one', async () => {
		const { real, invented } = gamesOfOneId();
		await upload(liar, invented);
		await upload(noa, real);
		await db.forgetRates();
		const ids: string[] = [];
		const next = async (cursor: object | null): Promise<Card | null> => {
			const rows = await noa.sql<{ card: Card }>(
				'select * from public.player_history(cursor => $1, most => 1) as card',
				[cursor === null ? null : JSON.stringify(cursor)],
			);
			return rows[0]?.card ?? null;
		};
		for (let card = await next(null); card !== null && ids.length < 100; card = await next(card)) {
			ids.push(card.game_id);
		}
		expect(ids).toContain(real.id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is asked about within bounds', async () => {
		const ids = Array.from({ length: 201 }, () => 'AAAAAAAAAAAAAAAAAAAAAA');
		expect(await refusal(noa.rpc('game_standings', { game_ids: ids }))).toBe('PT413 too_many_games');
		expect(await noa.rpc('game_standings', { game_ids: ['AAAAAAAAAAAAAAAAAAAAAA', 'no id'] })).toEqual([]);
		expect(await refusal(db.anon.rpc('game_standings', { game_ids: ['x'] }))).toMatch(/^42501/);
	});
});
