/**
 * "The same log gives the same numbers in the browser and in the database": games of both kinds and both modes, with all
 * that can happen to a table, counted by both and compared field by field. `npm run db:differential -- 2000` does the
 * same for more of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import { archived, hasPostgres, openDatabase, type Member, type TestDatabase } from './database.ts';
import {
	achievementsKept,
	lifetimeKept,
	storedAchievements,
	storedLifetime,
	storedSummary,
	summaryOf,
} from './differential.ts';
import { personNumbered, someOf, type PlayedGame } from './games.ts';

/** Under half a minute; the script takes any number. */
const GAMES = Number(process.env['DB_GAMES'] ?? 120);
const PEOPLE = 7;

describe.skipIf(!hasPostgres)('numbers of the database and of the browser', () => {
	let db: TestDatabase;
	const members: Member[] = [];
	const games: { played: PlayedGame; browser: GameSummary }[] = [];

	beforeAll(async () => {
		db = await openDatabase();
		for (let n = 0; n < PEOPLE; n++) members.push(await db.signIn(personNumbered(n)));
	});
	afterAll(() => db.close());

	it('are the same for every game', { timeout: 600_000 }, async () => {
		for (let n = 0; n < GAMES; n++) {
			const seed = n * 2_654_435;
			const variant = n % 2 === 0 ? 'el_dorado' : 'israeli_whist';
			const mode = n % 4 < 2 ? 'cards' : 'keeper';
			const bots = mode === 'cards' ? n % 3 : 0;
			const people = variant === 'israeli_whist' ? 4 - bots : 2 + (n % (PEOPLE - 2));
			const at = someOf(
				members.map(({ person }) => person),
				people,
				seed,
			);
			const seated = at.map((person) => members.find((member) => member.person === person)!);
			const played = await archived(seated, { seed, variant, mode, bots, isAbandoned: n % 13 === 12 });
			for (const member of seated.slice(1)) {
				await member.rpc('confirm_game', { game_id: played.id, log_hash: played.hash });
			}
			await db.forgetRates();
			const browser = summaryOf(played);
			expect(await storedSummary(db, played, browser), `seed ${seed}`).toEqual(browser);
			games.push({ played, browser });
		}
		// The run was not empty: all that a log can say was in some of them.
		const types = new Set(games.flatMap(({ played }) => played.events.map(({ type }) => type)));
		for (const type of [
			'round_voided',
			'round_passed_out',
			'round_corrected',
			'score_adjusted',
			'trick_undone',
			'seat_left',
		]) {
			expect(types).toContain(type);
		}
		expect(games.some(({ browser }) => browser.highlights.includes('comeback'))).toBe(true);
		expect(games.some(({ browser }) => browser.players.some(({ rounds }) => rounds === 0))).toBe(true);
	});

	it('give the win to nobody who was never dealt in, however low the others score', async () => {
		// 286 games of the run above in, a seat that waited all game had 0 points and the others fewer.
		const seed = 286 * 2_654_435;
		const people = someOf(
			members.map(({ person }) => person),
			2 + (286 % (PEOPLE - 2)),
			seed,
		);
		const seated = people.map((person) => members.find((member) => member.person === person)!);
		const played = await archived(seated, { seed, variant: 'el_dorado', mode: 'keeper' });
		const browser = summaryOf(played);
		expect(browser.players.filter(({ isWinner, rounds }) => isWinner && rounds === 0)).toEqual([]);
		expect(await storedSummary(db, played, browser)).toEqual(browser);
	});

	it('are the same for every player over all games, in whatever order they came in', async () => {
		// A game with one account in it counts for nobody.
		const counts = games.filter(
			({ browser }) => browser.players.filter(({ player }) => player !== null).length > 1,
		);
		const summaries = counts.map(({ browser }) => browser);
		for (const { person, playerId } of members) {
			for (const variant of ['el_dorado', 'israeli_whist'] as const) {
				expect(await storedLifetime(db, playerId, variant)).toEqual(
					lifetimeKept(person.player, summaries, variant),
				);
			}
			expect(await storedAchievements(db, playerId)).toEqual(achievementsKept(person.player, summaries));
		}
	});
});
