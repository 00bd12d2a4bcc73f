import { describe, expect, it } from 'vitest';
import { seeded } from '../cards/seeded.ts';
import { shuffle } from '../cards/shuffle.ts';
import { lifetimeOf } from './lifetime.ts';
import { achievementsOf, acquaintancesOf, newestVariant, reportOf } from './report.ts';
import type { GameSummary } from './summary-types.ts';
import { madeUpSummary, ME } from './testing.ts';

const GAMES = Array.from({ length: 50 }, (_, seed) => madeUpSummary(seed));

describe('the report of a player', () => {
	it('is the same in whatever order the games come, and twice is once', () => {
		const expected = reportOf(ME, GAMES);
		expect(expected.results).toHaveLength(expected.lifetime.gamesPlayed);
		for (const seed of [1, 2, 3]) {
			const games = shuffle([...GAMES, ...GAMES.slice(0, 7)], seeded(seed));
			expect(reportOf(ME, games), `seed ${seed}`).toEqual(expected);
		}
	});

	it('lists the games it counts, oldest first, and their sum is the lifetime’s', () => {
		const { results, lifetime } = reportOf(ME, GAMES);
		expect(results.map(({ endedAt }) => endedAt)).toEqual(
			results.map(({ endedAt }) => endedAt).toSorted((a, b) => a - b),
		);
		expect(results.reduce((sum, { score }) => sum + score, 0)).toBe(lifetime.totalPoints);
		expect(results.filter(({ isWon }) => isWon)).toHaveLength(lifetime.gamesWon);
		expect(lifetime).toEqual(lifetimeOf(ME, GAMES));
	});

	it('knows no records before the first game', () => {
		const { highestBidMade, longestMadeRun, longestMissedRun, results } = reportOf(ME, []);
		expect([highestBidMade, longestMadeRun, longestMissedRun, results]).toEqual([null, null, null, []]);
	});

	it('has the achievements of both kinds of games together, each with the game that earned it first', () => {
		const made = (n: number, variant: 'el_dorado' | 'israeli_whist'): GameSummary => {
			const summary = madeUpSummary(n);
			const players = summary.players.map((line) => ({ ...line, zerosMade: 5, zerosAttempted: 5 }));
			return { ...summary, variant, status: 'completed', endedAt: 1_000 * n, players };
		};
		const [first, second] = [made(1, 'el_dorado'), made(2, 'israeli_whist')];
		for (const one of [first, second]) expect(achievementsOf(ME, [one]).ten_zeros).toBeUndefined();
		expect(achievementsOf(ME, [second, first]).ten_zeros).toEqual({ game: second.game, unlockedAt: 2_000 });
		expect(newestVariant(ME, [second, first])).toBe('israeli_whist');
		expect(newestVariant(ME, [{ ...second, status: 'abandoned' }, first])).toBe('el_dorado');
		expect(newestVariant(ME, [])).toBeNull();
		// Of one kind alone they are what a lifetime of it holds.
		expect(achievementsOf(ME, GAMES)).toEqual(lifetimeOf(ME, GAMES).achievements);
	});

	it('knows everybody one has met but oneself and bots, each once', () => {
		const people = acquaintancesOf(ME, GAMES).map(({ player }) => player);
		expect(people.length).toBeGreaterThan(3);
		expect(new Set(people).size).toBe(people.length);
		expect(people).not.toContain(ME);
	});
});
