/** The local stack keeps its own house: hosted projects have pg_cron for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../src/lib/room/clock.ts';
import { hasPostgres, openDatabase, type TestDatabase } from './database.ts';
import { personNumbered, playGame, uploadOf } from './games.ts';
import { COMPACT_MS, startHousekeeping, SWEEP_MS } from './stack/housekeeping.ts';

describe('the housekeeping of a stack', () => {
	it('begins at once, goes on in its time, and outlives a failure', async () => {
		const clock = createFakeClock();
		const asked: string[] = [];
		const problems: unknown[] = [];
		const end = startHousekeeping({
			ask: (sql) => {
				asked.push(sql.replace(/.*private\.(\w+).*/, '$1'));
				return asked.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
			},
			clock,
			onProblem: (error) => problems.push(error),
		});
		await clock.settle();
		expect(asked).toEqual(['sweep', 'compact_old_games']);
		expect(problems).toHaveLength(1);
		await clock.advance(SWEEP_MS);
		expect(asked).toEqual(['sweep', 'compact_old_games', 'sweep']);
		await clock.advance(COMPACT_MS - SWEEP_MS);
		expect(asked.filter((job) => job === 'compact_old_games')).toHaveLength(2);
		end();
		const { length } = asked;
		await clock.advance(2 * COMPACT_MS);
		expect(asked).toHaveLength(length);
		expect(clock.waiting).toBe(0);
	});
});

describe.skipIf(!hasPostgres)('the housekeeping of a database', () => {
	let db: TestDatabase;
	beforeAll(async () => {
		db = await openDatabase();
	});
	afterAll(() => db.close());

	it('compacts old logs and sweeps what has expired', async () => {
		const noa = await db.signIn(personNumbered(811));
		const game = playGame({ seed: 811, people: [noa.person, personNumbered(812)] });
		await noa.rpc('archive_game', { game: uploadOf(game) });
		await db.sql("update public.games set created_at = now() - interval '91 days'");
		await db.sql(
			"insert into private.rate_limits (subject, action, window_start, count) values ('x', 'old', now() - interval '2 days', 1)",
		);
		const problems: unknown[] = [];
		const asking: Promise<unknown>[] = [];
		const end = startHousekeeping({
			ask: (sql) => {
				const answer = db.sql(sql);
				asking.push(answer);
				return answer;
			},
			clock: createFakeClock(),
			onProblem: (error) => problems.push(error),
		});
		await Promise.all(asking);
		end();
		expect(problems).toEqual([]);
		expect(await db.sql('select event_count from public.game_event_archives')).toEqual([
			{ event_count: game.envelopes.length },
		]);
		expect(await db.sql("select from private.rate_limits where action = 'old'")).toEqual([]);
	});
});
