/**
 * "The same log gives the same numbers in the browser and in the database": games of both kinds and both modes, with all
 * that can happen to a table, counted by both and compared field by field. `DB_GAMES=500 npm test -- db` does the same for
 * fewer of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headToHead } from '../../src/lib/stats/rivals.ts';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import { archived, hasPostgres, openDatabase, type Member, type TestDatabase } from './database.ts';
import {
	achievementsKept,
	lifetimeKept,
	roundsOf,
	storedAchievements,
	storedLifetime,
	storedRounds,
	storedSummary,
	summaryOf,
} from './differential.ts';
import { personNumbered, someOf, type PlayedGame } from './games.ts';

/** A minute on two cores. */
const GAMES = Number(process.env['DB_GAMES'] ?? 2_000);
const PEOPLE = 7;
/** Each with people of its own, whose statistics are derived anew from all their games after each. */
const CIRCLES = Math.max(4, Math.ceil(GAMES / 125));

interface Circle {
	readonly members: readonly Member[];
	readonly games: { readonly n: number; readonly played: PlayedGame; readonly browser: GameSummary }[];
}

describe.skipIf(!hasPostgres)('numbers of the database and of the browser', () => {
	let db: TestDatabase;
	let circles: Circle[] = [];
	let calls = 0;
	const allGames = () => circles.flatMap(({ games }) => games);

	beforeAll(async () => {
		db = await openDatabase(CIRCLES);
		// Other tests ask who has signed: made and looked at, signatures would be half of the time of this one.
		await db.sql(`create or replace function private.ed25519_verify(public_key bytea, message bytea, signature bytea)
			returns boolean language sql immutable parallel safe set search_path = '' return true`);
		circles = await Promise.all(
			Array.from({ length: CIRCLES }, async (_, circle) => ({
				members: await Promise.all(
					Array.from({ length: PEOPLE }, (__, n) => db.signIn(personNumbered(circle * 1_000 + n))),
				),
				games: [],
			})),
		);
	});
	afterAll(() => db.close());

	async function compare(circle: Circle, n: number): Promise<void> {
		const variant = n % 2 === 0 ? 'el_dorado' : 'israeli_whist';
		const mode = n % 4 < 2 ? 'cards' : 'keeper';
		const bots = mode === 'cards' ? n % 3 : 0;
		const people = variant === 'israeli_whist' ? 4 - bots : 2 + (n % (PEOPLE - 2));
		const { members } = circle;
		const seed = n * 2_654_435;
		const at = someOf(
			members.map(({ person }) => person),
			people,
			seed,
		);
		const seated = at.map((person) => members.find((member) => member.person === person)!);
		const played = await archived(seated, {
			seed,
			variant,
			mode,
			bots,
			isAbandoned: n % 13 === 12,
			isTakenOver: n % 9 === 5,
			isUnsigned: true,
		});
		for (const member of seated.slice(1)) {
			await member.rpc('confirm_game', { game_id: played.id, log_hash: played.hash });
		}
		const browser = summaryOf(played);
		expect(await storedSummary(db, played, browser), `game ${n}`).toEqual(browser);
		const rounds = roundsOf(played, browser);
		expect(await storedRounds(db, played), `rounds of game ${n}`).toEqual(rounds);
		calls += rounds.reduce((sum, round) => sum + round.calls.length, 0);
		circle.games.push({ n, played, browser });
		if (n % 20 === 0) await db.forgetRates();
	}

	it('are the same for every game', { timeout: 3_600_000 }, async () => {
		const share = Math.ceil(GAMES / CIRCLES);
		await Promise.all(
			circles.map(async (circle, place) => {
				for (let n = place * share; n < Math.min((place + 1) * share, GAMES); n++) await compare(circle, n);
			}),
		);
		const games = allGames();
		expect(games).toHaveLength(GAMES);
		// The run was not empty: all that a log can say was in some of them.
		const types = new Set(games.flatMap(({ played }) => played.events.map(({ type }) => type)));
		for (const type of [
			'round_voided',
			'round_passed_out',
			'round_corrected',
			'score_adjusted',
			'trick_undone',
			'seat_left',
			'host_changed',
		]) {
			expect(types).toContain(type);
		}
		expect(calls).toBeGreaterThan(GAMES);
		expect(games.some(({ browser }) => browser.highlights.includes('comeback'))).toBe(true);
		expect(games.some(({ browser }) => browser.players.some(({ rounds }) => rounds === 0))).toBe(true);
	});

	it('give the win to nobody who was never dealt in, however low the others score', () => {
		// Game 286: a seat that waited all game had 0 points, and the others fewer.
		const { browser } = allGames().find(({ n }) => n === 286)!;
		const waited = browser.players.filter(({ rounds }) => rounds === 0);
		expect(waited.some(({ score }) => browser.players.some((other) => other.score < score))).toBe(true);
		expect(waited.filter(({ isWinner }) => isWinner)).toEqual([]);
	});

	it('are the same for every player over all games, in whatever order they came in', async () => {
		for (const { members, games } of circles) {
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
		}
	});

	it('are the same between any two of a circle, over all games and of one or the other', async () => {
		let met = 0;
		for (const { members, games } of circles) {
			const counts = games
				.map(({ browser }) => browser)
				.filter(({ players }) => players.filter(({ player }) => player !== null).length > 1);
			for (const [place, one] of members.entries()) {
				const other = members[(place + 1) % members.length]!;
				for (const variant of [null, 'el_dorado', 'israeli_whist'] as const) {
					const own = counts.filter((game) => variant === null || game.variant === variant);
					const { meanDifference, ...expected } = headToHead(one.person.player, other.person.player, own);
					const stored = await one.rpc<Record<string, number | null>>('head_to_head', {
						a: one.playerId,
						b: other.playerId,
						variant,
					});
					expect(stored).toMatchObject(expected);
					if (meanDifference === null) expect(stored['mean_difference']).toBeNull();
					else expect(stored['mean_difference']).toBeCloseTo(meanDifference, 9);
					met += variant === null ? 0 : Math.min(1, expected.games);
				}
			}
		}
		expect(met).toBeGreaterThan(circles.length * PEOPLE);
	});
});
