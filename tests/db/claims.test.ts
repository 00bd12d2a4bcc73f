/** A key that goes to another account, and what it has played: numbers go along whole, or stay whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, hasPostgres, openDatabase, type Member, type TestDatabase } from './database.ts';
import { claimOf, personNumbered, type Person } from './games.ts';

const PLAN = { variant: 'el_dorado', mode: 'cards' } as const;

describe.skipIf(!hasPostgres)('a key that another account claims', () => {
	let db: TestDatabase;
	let ben: Member;
	beforeAll(async () => {
		db = await openDatabase();
		ben = await db.signIn(personNumbered(301));
	});
	afterAll(() => db.close());

	const claim = (by: Pick<Member, 'rpc' | 'userId'>, person: Person) =>
		by.rpc('claim_key', claimOf(person, by.userId));
	const gamesOf = async (playerId: string) =>
		(
			await db.sql<{ games_played: number }>(
				'select games_played from public.player_lifetime_stats where player_id = $1',
				[playerId],
			)
		).map(({ games_played: games }) => games);
	const achievementsOf = async (playerId: string) =>
		(
			await db.sql<{ achievement: string }>(
				'select achievement::text from public.player_achievements where player_id = $1 order by 1',
				[playerId],
			)
		).map(({ achievement }) => achievement);

	it('takes all games, numbers and achievements along, and leaves none', async () => {
		const noa = await db.signIn(personNumbered(302));
		for (let n = 0; n < 4; n++) await counted([noa, ben], { seed: 9_300 + 4 * n, ...PLAN });
		const earned = await achievementsOf(noa.playerId);
		expect(earned).toContain('first_win');
		const account = await db.newcomer();
		const playerId = await account.rpc<string>('save_profile', { profile: { display_name: 'Noa' } });
		expect(await claim(account, noa.person)).toEqual({ adopted: 4 });
		expect(await gamesOf(playerId)).toEqual([4]);
		expect(await achievementsOf(playerId)).toEqual(earned);
		expect(await gamesOf(noa.playerId)).toEqual([]);
		expect(await achievementsOf(noa.playerId)).toEqual([]);
		const wins = await db.sql(
			'select from public.games where winner_id = $1 or admin_id = $1 or exists (select from public.players p where p.id = $1 and p.is_active)',
			[noa.playerId],
		);
		expect(wins).toEqual([]);
	});

	it('leaves both seats of a table where both have sat, and the numbers of both', async () => {
		const [dana, omer] = [await db.signIn(personNumbered(303)), await db.signIn(personNumbered(304))];
		await counted([dana, omer], { seed: 9_320, ...PLAN });
		expect(await claim(omer, dana.person)).toEqual({ adopted: 0 });
		expect(await gamesOf(dana.playerId)).toEqual([1]);
		expect(await gamesOf(omer.playerId)).toEqual([1]);
	});

	it('leaves what was played to an account that has another device', async () => {
		const tal = await db.signIn(personNumbered(305));
		await claim(tal, personNumbered(306));
		await counted([tal, ben], { seed: 9_324, ...PLAN });
		const account = await db.signIn(personNumbered(307));
		expect(await claim(account, tal.person)).toEqual({ adopted: 0 });
		expect(await gamesOf(tal.playerId)).toEqual([1]);
		expect(await gamesOf(account.playerId)).toEqual([]);
	});
});
