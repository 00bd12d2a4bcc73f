/** What every archive must do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DANA, HOST, STRANGER } from '../game/testing.ts';
import { lifetimeOf, NEW_LIFETIME } from '../stats/lifetime.ts';
import { gameNumbered } from '../stats/testing.ts';
import type { Archive, Cursor, GameFilter } from './archive.ts';
import { sampleLog } from './testing.ts';

/** Of both games, so many ms apart. */
const LOGS = [1, 2, 3, 4, 5, 6, 7].map((n) => sampleLog(n, n % 3 === 0 ? 'israeli_whist' : 'el_dorado'));

export function describeArchive(name: string, create: () => Archive): void {
	describe(`the archive ${name}`, () => {
		let archive: Archive;
		beforeEach(() => {
			archive = create();
		});
		afterEach(() => archive.close());

		/** Out of order, as uploads come. */
		async function filled(): Promise<void> {
			for (const at of [3, 0, 6, 2, 5, 1, 4]) await archive.keep(LOGS[at]?.envelopes ?? []);
		}
		async function listed(filter: GameFilter = {}, limit = 100): Promise<readonly string[]> {
			const games: string[] = [];
			for (let cursor: Cursor | null = null; ;) {
				const page = await archive.games(filter, cursor, limit);
				expect(page.games.length).toBeLessThanOrEqual(limit);
				games.push(...page.games.map(({ game }) => game));
				if (page.next === null) return games;
				cursor = page.next;
			}
		}
		const numbered = (...games: number[]) => games.map(gameNumbered);

		it('is empty at first, and says so', async () => {
			expect(await archive.games({}, null, 10)).toEqual({ games: [], next: null });
			expect(await archive.summaries({})).toEqual([]);
			expect(await archive.lifetime(HOST, {})).toEqual(NEW_LIFETIME);
			expect(await archive.summary(gameNumbered(1))).toBeNull();
			expect(await archive.log(gameNumbered(1))).toEqual([]);
		});

		it('keeps a game whole: card, summary, log', async () => {
			const [first] = LOGS;
			if (first === undefined) throw new Error('there are logs');
			expect(await archive.keep(first.envelopes)).toBe('kept');
			expect((await archive.log(first.game)).map((bytes) => [...bytes])).toEqual(
				first.envelopes.map((bytes) => [...bytes]),
			);
			const summary = await archive.summary(first.game);
			expect(summary).toMatchObject({ status: 'completed', endedAt: first.endedAt, variant: 'el_dorado' });
			const { games } = await archive.games({}, null, 10);
			expect(games).toHaveLength(1);
			expect(games[0]).toMatchObject({ game: first.game, rounds: 10, endedAt: first.endedAt });
			expect(games[0]?.players.map(({ score }) => score)).toEqual(summary?.players.map(({ score }) => score));
		});

		it('takes the same game twice without a change, and another log of its name never', async () => {
			const [first] = LOGS;
			if (first === undefined) throw new Error('there are logs');
			await archive.keep(first.envelopes);
			expect(await archive.keep(first.envelopes)).toBe('exists');
			const other = sampleLog(1, 'el_dorado', 77_000_000);
			expect(await archive.keep(other.envelopes)).toBe('conflict');
			expect((await archive.games({}, null, 10)).games).toHaveLength(1);
			expect((await archive.summary(first.game))?.endedAt).toBe(first.endedAt);
		});

		it('takes no log that has not ended, is torn, or is none', async () => {
			const whole = LOGS[0]?.envelopes ?? [];
			expect(await archive.keep(whole.slice(0, -1))).toBe('unfinished');
			expect(await archive.keep(whole.slice(1))).toBe('unfinished');
			expect(await archive.keep([new Uint8Array(80)])).toBe('unfinished');
			expect(await archive.keep([])).toBe('unfinished');
			expect(await listed()).toEqual([]);
		});

		it('lists the newest first, in pages that neither skip nor repeat', async () => {
			await filled();
			const all = numbered(7, 6, 5, 4, 3, 2, 1);
			for (const limit of [1, 2, 3, 7, 50]) expect(await listed({}, limit)).toEqual(all);
		});

		it('shifts no page when a game comes in between two', async () => {
			for (const log of LOGS.slice(0, 5)) await archive.keep(log.envelopes);
			const first = await archive.games({}, null, 2);
			await archive.keep(LOGS[6]?.envelopes ?? []);
			const second = await archive.games({}, first.next, 2);
			expect(second.games.map(({ game }) => game)).toEqual(numbered(3, 2));
		});

		it('filters by game, mode, period, group, opponents and company, also across pages', async () => {
			await filled();
			for (const limit of [1, 50]) {
				expect(await listed({ variant: 'israeli_whist' }, limit)).toEqual(numbered(6, 3));
				expect(await listed({ mode: 'keeper' }, limit)).toEqual([]);
				expect(await listed({ from: 3_000_000, to: 5_000_000 }, limit)).toEqual(numbered(4, 3));
				expect(await listed({ players: [HOST, DANA] }, limit)).toHaveLength(7);
				expect(await listed({ players: [STRANGER] }, limit)).toEqual([]);
				expect(await listed({ company: 'bots' }, limit)).toEqual([]);
				expect(await listed({ games: new Set(numbered(2, 5, 9)) }, limit)).toEqual(numbered(5, 2));
				expect(await listed({ games: new Set() }, limit)).toEqual([]);
			}
		});

		it('counts what the summaries say, of all games or some', async () => {
			await filled();
			for (const filter of [
				{},
				{ variant: 'el_dorado' },
				{ from: 4_000_000 },
				{ games: new Set(numbered(2, 5)) },
			] as const) {
				const summaries = await archive.summaries(filter);
				expect(summaries.length).toBeGreaterThan(0);
				expect(await archive.lifetime(DANA, filter)).toEqual(lifetimeOf(DANA, summaries));
			}
			expect((await archive.lifetime(HOST, { variant: 'el_dorado' })).gamesPlayed).toBe(5);
		});

		it('sets one against another over all games, and over those of either game', async () => {
			await filled();
			const games = async (filter: GameFilter) => (await archive.lifetime(HOST, filter)).rivals[DANA]?.games;
			expect(await games({})).toBe(7);
			expect(await games({ variant: 'el_dorado' })).toBe(5);
			expect(await games({ variant: 'israeli_whist' })).toBe(2);
		});
	});
}
