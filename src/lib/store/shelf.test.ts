import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { gameCardOf } from '../stats/summary-parse.ts';
import { madeUpSummary } from '../stats/testing.ts';
import { createDexieShelf } from './shelf.ts';

const MANY = 1_203;

describe('a shelf of more games than are read in one piece', () => {
	it('gives every summary once, leaves out what is known, and names what it cannot read', async () => {
		const shelf = createDexieShelf('many');
		const put = Array.from({ length: MANY }, (_, seed) => madeUpSummary(seed));
		await shelf.put(put, put.map(gameCardOf));
		const games = put.map(({ game }) => game).toSorted();
		const [damaged = '', ...known] = games.slice(400, 700);
		const raw = await new Dexie('many').open();
		await raw.table('summaries').put({ game: damaged, summary: '{"v":1' });
		raw.close();
		const all = await shelf.summaries();
		expect(all.stale).toEqual([damaged]);
		expect(all.summaries.map(({ game }) => game).toSorted()).toEqual(
			games.filter((game) => game !== damaged),
		);
		const others = await shelf.summaries(new Set(known));
		expect(others.stale).toEqual([damaged]);
		expect(others.summaries).toHaveLength(MANY - 1 - known.length);
		shelf.close();
	});
});
