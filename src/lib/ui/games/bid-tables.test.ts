import { describe, expect, it } from 'vitest';
import { lifetimeOf, NEW_LIFETIME } from '../../stats/lifetime.ts';
import { ME, madeUpSummary } from '../../stats/testing.ts';
import { gamesText } from '../messages/games.en.ts';
import { bidTables } from './bid-tables.ts';

const words = gamesText.in('en')?.stats;
if (words === undefined) throw new Error('English is always here');

describe('the tables of bids', () => {
	it('count every bid once each way, and are none before the first', () => {
		const stats = lifetimeOf(
			ME,
			Array.from({ length: 12 }, (_, seed) => madeUpSummary(seed)),
		);
		const tables = bidTables(stats, words);
		expect(tables.map(({ title }) => title)).toEqual([
			words.byCards,
			words.byBid,
			words.byPlace,
			words.byTrump,
		]);
		const sums = tables.map(({ rows }) => rows.reduce((sum, { tally }) => sum + tally.attempted, 0));
		expect(new Set(sums).size).toBe(1);
		expect(bidTables(NEW_LIFETIME, words)).toEqual([]);
	});
});
