/** What a browser reads of other people, through supabase-js, PostgREST and Postgres: with an account and without. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	createSupabasePeople,
	parsePersonId,
	periodOf,
	type People,
	type PersonId,
} from '../../src/lib/archive/people.ts';
import { hasApi, openApi, type ApiWorld, type Visitor } from './api.ts';
import { personNumbered, playGame, uploadOf } from './games.ts';

const [NOA, BEN, STRANGER] = [personNumbered(91), personNumbered(92), personNumbered(93)];

const idOf = ({ playerId }: Visitor): PersonId => {
	const id = parsePersonId(playerId);
	if (id === null) throw new Error(`no id: ${playerId}`);
	return id;
};
const peopleOf = ({ client }: Pick<Visitor, 'client'>, type: 'anonymous' | 'nobody' = 'anonymous'): People =>
	createSupabasePeople(client, {
		ready: () =>
			type === 'nobody' ? Promise.reject(new Error('nobody is asked to sign in')) : Promise.resolve(),
		known: () => Promise.resolve({ type }),
	});

describe.skipIf(!hasApi)('people of the archive', () => {
	let world: ApiWorld;
	let [noa, ben, stranger]: Visitor[] = [];
	const games = [31, 32, 33].map((seed) => playGame({ seed, people: [NOA, BEN], variant: 'el_dorado' }));
	beforeAll(async () => {
		world = await openApi();
		[noa, ben, stranger] = [
			await world.visitor(NOA),
			await world.visitor(BEN),
			await world.visitor(STRANGER),
		];
		for (const game of games) {
			const { data } = await noa.client.rpc('archive_game', { game: uploadOf(game) }).throwOnError();
			const { log_hash: hash } = data as { log_hash: string };
			await ben.client.rpc('confirm_game', { game_id: game.id, log_hash: hash }).throwOnError();
		}
	});
	afterAll(() => world.close());
	const visitors = () => {
		if (noa === undefined || ben === undefined || stranger === undefined) throw new Error('nobody is here');
		return { noa, ben, stranger };
	};

	it('are ranked by every measure, for anybody', async () => {
		const { noa, ben } = visitors();
		const people = peopleOf({ client: world.stranger() }, 'nobody');
		const board = { variant: 'el_dorado', metric: 'points', group: null, period: null } as const;
		const { rows, next } = await people.leaderboard(board, null);
		expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([idOf(noa), idOf(ben)]));
		expect(rows.map(({ value }) => value)).toEqual(rows.map(({ value }) => value).toSorted((a, b) => b - a));
		expect(rows.every(({ gamesPlayed }) => gamesPlayed === games.length)).toBe(true);
		expect(next).toBeNull();
		const [first] = rows;
		const after = await people.leaderboard(board, first ?? null);
		expect(after.rows).toEqual(rows.slice(1));
		// Shares say nothing before the fifth game.
		expect(await people.leaderboard({ ...board, metric: 'win_rate' }, null)).toEqual({
			rows: [],
			next: null,
		});
	});

	it('are ranked by the games of a year or a month alone, for anybody', async () => {
		const people = peopleOf({ client: world.stranger() }, 'nobody');
		const board = { variant: 'el_dorado', metric: 'wins', group: null } as const;
		const ends = games.map(({ timesMs }) => timesMs.at(-1) ?? 0);
		for (const span of ['month', 'year'] as const) {
			const period = periodOf(span, Math.max(...ends));
			const { rows } = await people.leaderboard({ ...board, period }, null);
			const inIt = ends.filter((at) => periodOf(span, at) === period);
			expect(rows.map(({ gamesPlayed }) => gamesPlayed)).toEqual([inIt.length, inIt.length]);
		}
		expect(await people.leaderboard({ ...board, period: '2001' }, null)).toEqual({ rows: [], next: null });
	});

	it('have a public page, without an account too', async () => {
		const { noa, ben } = visitors();
		const people = peopleOf({ client: world.stranger() }, 'nobody');
		const page = await people.person(idOf(noa));
		// Somebody has won the first of three games.
		const pages = [page, await people.person(idOf(ben))];
		expect(pages.flatMap((one) => one?.achievements ?? [])).toContainEqual(
			expect.objectContaining({ achievement: 'first_win' }),
		);
		expect(page).toMatchObject({ face: { name: NOA.name }, isGone: false });
		expect(page?.stats).toHaveLength(1);
		expect(page?.stats[0]).toMatchObject({ variant: 'el_dorado', gamesPlayed: games.length });
		expect(page?.stats[0]?.recentForm).toHaveLength(games.length);
		expect(page?.achievements.every(({ game }) => game === null)).toBe(true);
		expect(await people.person('00000000-0000-0000-0000-000000000000' as PersonId)).toBeNull();
		expect(await people.games(idOf(noa), null, 10)).toEqual([]);
		expect(await people.headToHead(idOf(noa), 'el_dorado')).toBeNull();
		expect(await people.me()).toBeNull();
	});

	it('show those they have played with their games, page by page, and how they stand', async () => {
		const { noa, ben } = visitors();
		const people = peopleOf(noa);
		expect(await people.me()).toBe(idOf(noa));
		const first = await people.games(idOf(ben), null, 2);
		const rest = await people.games(idOf(ben), first.at(-1) ?? null, 2);
		expect(new Set([...first, ...rest].map(({ game }) => game))).toEqual(new Set(games.map(({ id }) => id)));
		expect([first.length, rest.length]).toEqual([2, 1]);
		expect(first[0]?.players.find(({ person }) => person === idOf(ben))?.face.name).toBe(BEN.name);
		expect(first.every(({ isCounted }) => isCounted)).toBe(true);
		const mine = await people.headToHead(idOf(ben), 'el_dorado');
		const theirs = await peopleOf(ben).headToHead(idOf(noa), 'el_dorado');
		expect(mine?.games).toBe(games.length);
		expect([theirs?.wins, theirs?.losses, theirs?.ties]).toEqual([mine?.losses, mine?.wins, mine?.ties]);
		// Somebody has won: the game that earned it is one of those, for whoever sat in it.
		const earned = await Promise.all(
			[noa, ben].map(async (one) => (await people.person(idOf(one)))?.achievements),
		);
		const wins = earned.flat().filter((one) => one?.achievement === 'first_win');
		expect(wins.length).toBeGreaterThan(0);
		for (const win of wins) expect(games.map(({ id }) => id)).toContain(win?.game);
		const [game] = games;
		if (game === undefined) throw new Error('there are games');
		expect((await people.playersOf(game.id)).map(({ person }) => person)).toContain(idOf(ben));
	});

	it('show a stranger none of their games', async () => {
		const { noa, stranger } = visitors();
		const people = peopleOf(stranger);
		expect(await people.games(idOf(noa), null, 10)).toEqual([]);
		const page = await people.person(idOf(noa));
		expect(page?.achievements.every(({ game }) => game === null)).toBe(true);
		const [game] = games;
		await expect(people.playersOf(game?.id ?? ('' as never))).rejects.toThrow('no_such_game');
	});
});
