/** Leaderboards of a month and of a year: what ended in it and nothing else, by the archive's clock (UTC). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { counted, hasPostgres, openDatabase, refusal, type Member, type TestDatabase } from './database.ts';
import { claimOf, personNumbered } from './games.ts';

const PLAN = { variant: 'el_dorado', mode: 'keeper' } as const;
const METRICS = ['wins', 'points', 'best_game', 'best_streak', 'win_rate', 'mean_score', 'contract_rate'];
interface Row {
	readonly player_id: string;
	readonly value: number;
	readonly games_played: number;
	readonly games_won: number;
}

describe.skipIf(!hasPostgres)('the leaderboard of a period', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let dana: Member;
	let group: string;
	let seed = 40_000;

	/** One that counts and ended soon after. */
	const playAt = (iso: string, people: readonly Member[], extra: { readonly group_id?: string } = {}) =>
		counted([...people], { seed: (seed += 4), startMs: Date.parse(iso), ...PLAN }, extra);
	const board = async (period: string | null, args: object = {}, by: Pick<Member, 'rpc'> = db.anon) =>
		[await by.rpc<Row[]>('leaderboard', { variant: 'el_dorado', period, ...args })].flat();
	const playedIn = async (period: string | null, args: object = {}, by: Pick<Member, 'rpc'> = db.anon) =>
		Object.fromEntries((await board(period, args, by)).map((row) => [row.player_id, row.games_played]));

	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, dana] = (await Promise.all([501, 502, 503].map((n) => db.signIn(personNumbered(n))))) as [
			Member,
			Member,
			Member,
		];
		group = await noa.rpc<string>('create_group', { name: 'Home' });
		const code = await noa.rpc<string>('invite_to_group', { group_id: group });
		await ben.rpc('join_group', { code });
		// In no order: whatever comes late falls into its place.
		for (let n = 0; n < 5; n++) await playAt(`2026-01-0${2 + n}T12:00:00Z`, [noa, ben], { group_id: group });
		await playAt('2025-12-30T23:00:00Z', [noa, ben, dana], { group_id: group });
		await playAt('2026-03-01T00:00:00Z', [noa, dana]);
		await playAt('2025-12-01T00:00:00Z', [ben, dana]);
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	it('counts the games that ended in it, for anybody who asks', async () => {
		expect(await playedIn('2026-01')).toEqual({ [noa.playerId]: 5, [ben.playerId]: 5 });
		expect(await playedIn('2025-12')).toEqual({ [noa.playerId]: 1, [ben.playerId]: 2, [dana.playerId]: 2 });
		expect(await playedIn('2026')).toEqual({ [noa.playerId]: 6, [ben.playerId]: 5, [dana.playerId]: 1 });
		expect(await playedIn('2025')).toEqual({ [noa.playerId]: 1, [ben.playerId]: 2, [dana.playerId]: 2 });
		expect(await playedIn('2026-02')).toEqual({});
		expect(await playedIn(null)).toEqual({ [noa.playerId]: 7, [ben.playerId]: 7, [dana.playerId]: 3 });
	});

	it('begins and ends at midnight by UTC, whatever the clock of who derives it', async () => {
		const [one, two] = [await db.signIn(personNumbered(504)), await db.signIn(personNumbered(505))];
		await playAt('2024-02-29T23:00:00Z', [one, two]);
		await playAt('2024-03-01T00:00:00Z', [one, two]);
		await db.sql(`delete from private.player_period_stats;
			set local timezone to 'Pacific/Kiritimati';
			update public.player_lifetime_stats set updated_at = updated_at`);
		expect(await playedIn('2024-02')).toEqual({ [one.playerId]: 1, [two.playerId]: 1 });
		expect(await playedIn('2024-03')).toEqual({ [one.playerId]: 1, [two.playerId]: 1 });
		expect(await playedIn('2024')).toEqual({ [one.playerId]: 2, [two.playerId]: 2 });
	});

	it.each(METRICS)('ranks by %s as its games say, and goes on from a cursor', async (metric) => {
		const games = await db.sql<{
			player_id: string;
			won: boolean;
			score: number;
			bids: number;
			made: number;
		}>(
			`select player_id, is_winner as won, final_score as score, contracts_attempted as bids, contracts_made as made
			from public.game_players where completed_at >= '2026-01-01 00:00+00' and completed_at < '2027-01-01 00:00+00'`,
		);
		const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
		const expected = [noa, ben, dana].flatMap(({ playerId }) => {
			const own = games.filter((line) => line.player_id === playerId);
			const [wins, points] = [own.filter(({ won }) => won).length, sum(own.map(({ score }) => score))];
			const values: Readonly<Record<string, number>> = {
				wins,
				points,
				best_game: Math.max(...own.map(({ score }) => score)),
				// A row of wins goes on over the turn of a month: by wins.
				best_streak: wins,
				win_rate: wins / own.length,
				mean_score: points / own.length,
				contract_rate: sum(own.map(({ made }) => made)) / sum(own.map(({ bids }) => bids)),
			};
			const isEnough = own.length >= 5 || !/rate|mean/.test(metric);
			return isEnough ? [{ player_id: playerId, value: values[metric] ?? NaN }] : [];
		});
		const rows = await board('2026', { metric });
		const order = (
			a: { value: number; player_id: string },
			b: { value: number; player_id: string },
		): number => b.value - a.value || (a.player_id < b.player_id ? 1 : -1);
		expect(rows.map(({ player_id, value }) => ({ player_id, value }))).toEqual(expected.toSorted(order));
		const [first, ...rest] = rows;
		expect(await board('2026', { metric, cursor: first })).toEqual(rest);
	});

	it('of a group counts its games of the period, for its members', async () => {
		expect(await playedIn('2026-01', { group_id: group }, noa)).toEqual({
			[noa.playerId]: 5,
			[ben.playerId]: 5,
		});
		expect(await playedIn('2026', { group_id: group }, ben)).toEqual({
			[noa.playerId]: 5,
			[ben.playerId]: 5,
		});
		expect(await playedIn('2025', { group_id: group }, ben)).toEqual({
			[noa.playerId]: 1,
			[ben.playerId]: 1,
			[dana.playerId]: 1,
		});
		expect(await refusal(board('2026', { group_id: group }, dana))).toBe('PT403 not_in_the_group');
	});

	it.each(['2026-13', '2026-00', '1999', '26', '2026-1', '2026-01-01', '', "2026' or true"])(
		'refuses %j, which is none',
		async (period) => {
			expect(await refusal(board(period))).toBe('PT422 bad_period');
		},
	);

	it('follows games that become those of another account', async () => {
		const [tal, gil] = [await db.signIn(personNumbered(506)), await db.signIn(personNumbered(507))];
		await playAt('2023-06-10T12:00:00Z', [tal, gil]);
		const account = await db.newcomer();
		const playerId = await account.rpc<string>('save_profile', { profile: { display_name: 'Tal' } });
		expect(await account.rpc('claim_key', claimOf(tal.person, account.userId))).toEqual({ adopted: 1 });
		expect(await playedIn('2023-06')).toEqual({ [playerId]: 1, [gil.playerId]: 1 });
		expect(await playedIn('2023')).toEqual({ [playerId]: 1, [gil.playerId]: 1 });
	});

	it('holds no game of a clock that is out of its mind, which counts all the same', async () => {
		const [one, two] = [await db.signIn(personNumbered(508)), await db.signIn(personNumbered(509))];
		await playAt('1971-01-05T12:00:00Z', [one, two]);
		const periods = await db.sql('select from private.player_period_stats where player_id = $1', [
			one.playerId,
		]);
		expect(periods).toEqual([]);
		expect(await playedIn(null)).toMatchObject({ [one.playerId]: 1, [two.playerId]: 1 });
	});
});
