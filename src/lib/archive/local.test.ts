import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { HOST } from '../game/testing.ts';
import { parseGameId } from '../game/table-parse.ts';
import { createDexieStore } from '../store/dexie.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { gameNumbered } from '../stats/testing.ts';
import { describeArchive } from './acceptance.ts';
import { createLocalArchive } from './local.ts';
import { sampleLog } from './testing.ts';

let made = 0;
const nextName = () => `archive-${made++}`;
describeArchive('in this browser', () => createLocalArchive(createDexieShelf(nextName())));

const rowsOf = ({ game, envelopes }: ReturnType<typeof sampleLog>) =>
	envelopes.map((envelope, index) => ({ game, index, envelope }));

const tableAt = (game: string, updatedAt: number, stage: string) => ({
	code: `T${updatedAt}`,
	secret: null,
	founder: null,
	solo: true,
	game,
	variant: 'el_dorado',
	stage,
	round: 10,
	others: [],
	result: null,
	votedTerm: 0,
	updatedAt,
});

/** A database as the first version of the program left it. */
async function firstVersion(name: string): Promise<Dexie> {
	const database = new Dexie(name);
	database
		.version(1)
		.stores({ identity: 'id', tables: 'code, updatedAt', events: '[game+index]', secrets: 'game' });
	await database.open();
	return database;
}

describe('a database of the first version', () => {
	it('has its finished games listed, those of tables that were played on at as well', async () => {
		const name = nextName();
		const before = await firstVersion(name);
		const [one, two, running] = [sampleLog(1), sampleLog(2, 'israeli_whist'), sampleLog(3)];
		await before.table('events').bulkAdd([...rowsOf(one), ...rowsOf(two), ...rowsOf(running).slice(0, 200)]);
		await before.table('tables').add(tableAt(two.game, 5, 'finished'));
		before.close();
		const archive = createLocalArchive(createDexieShelf(name));
		const { games } = await archive.games({}, null, 10);
		expect(games.map(({ game }) => game)).toEqual([two.game, one.game]);
		expect((await archive.lifetime(HOST, {})).gamesPlayed).toBe(2);
		expect(await archive.log(running.game)).toHaveLength(200);
		archive.close();
	});

	it('serves a page of the old program on', async () => {
		const name = nextName();
		const before = await firstVersion(name);
		const store = createDexieStore(name);
		await store.append(rowsOf(sampleLog(1)).slice(0, 3));
		expect(await before.table('events').count()).toBe(3);
		before.close();
		store.close();
	});
});

describe('a game that ended while nobody kept it', () => {
	it('is listed when the archive is opened again, by the table it was on', async () => {
		const name = nextName();
		const first = createLocalArchive(createDexieShelf(name));
		await first.games({}, null, 10);
		first.close();
		const store = createDexieStore(name);
		const log = sampleLog(4);
		await store.append(rowsOf(log));
		await store.putTable(tableAt(log.game, 9, 'finished') as never);
		store.close();
		const again = createLocalArchive(createDexieShelf(name));
		expect((await again.games({}, null, 10)).games.map(({ game }) => game)).toEqual([log.game]);
		again.close();
	});

	it('is listed although its page was closed before it wrote that the game is over', async () => {
		const name = nextName();
		const log = sampleLog(4);
		const store = createDexieStore(name);
		await store.append(rowsOf(log).slice(0, -1));
		await store.putTable(tableAt(log.game, 9, 'playing') as never);
		const first = createLocalArchive(createDexieShelf(name));
		expect((await first.games({}, null, 10)).games).toEqual([]);
		first.close();
		await store.append(rowsOf(log).slice(-1));
		store.close();
		const again = createLocalArchive(createDexieShelf(name));
		expect((await again.games({}, null, 10)).games.map(({ game }) => game)).toEqual([log.game]);
		again.close();
	});

	it('is counted again from its log when its row is of another version', async () => {
		const name = nextName();
		const archive = createLocalArchive(createDexieShelf(name));
		const log = sampleLog(5);
		await archive.keep(log.envelopes);
		const raw = new Dexie(name);
		await raw.open();
		await raw.table('summaries').put({ game: log.game, summary: { v: 99 } });
		raw.close();
		expect(await archive.summaries({})).toHaveLength(1);
		expect((await archive.summary(log.game))?.v).toBe(1);
		archive.close();
	});

	it('says how far counting has come, for what was never counted and for rows of another version', async () => {
		const name = nextName();
		const before = await firstVersion(name);
		const logs = [1, 2, 3].map((n) => sampleLog(n));
		await before.table('events').bulkAdd(logs.flatMap(rowsOf));
		before.close();
		const heard: string[] = [];
		const counted = async (): Promise<number> => {
			heard.length = 0;
			const archive = createLocalArchive(createDexieShelf(name));
			const found = await archive.summaries({}, (done, of) => void heard.push(`${done} of ${of}`));
			archive.close();
			return found.length;
		};
		expect(await counted()).toBe(3);
		expect(heard).toEqual(['0 of 3', '1 of 3', '2 of 3']);
		const raw = new Dexie(name);
		await raw.open();
		for (const { game } of logs.slice(1)) await raw.table('summaries').put({ game, summary: '{"v":99}' });
		raw.close();
		expect(await counted()).toBe(3);
		expect(heard).toEqual(['0 of 2', '1 of 2']);
		expect(await counted()).toBe(3);
		expect(heard).toEqual([]);
	});
});

describe('an archive that remembers what it has counted', () => {
	it('reads no row twice, and sees what has come meanwhile', async () => {
		const name = nextName();
		const [archive, page] = [
			createLocalArchive(createDexieShelf(name), { remembers: true }),
			createLocalArchive(createDexieShelf(name)),
		];
		const logs = [1, 2, 3].map((n) => sampleLog(n));
		for (const { envelopes } of logs.slice(0, 2)) await page.keep(envelopes);
		const [first] = await Promise.all([archive.summaries({}), archive.summaries({})]);
		expect(first).toHaveLength(2);
		await page.keep(logs[2]?.envelopes ?? []);
		const second = await archive.summaries({});
		expect(second.map(({ game }) => game).toSorted()).toEqual(logs.map(({ game }) => game).toSorted());
		for (const summary of first) expect(second).toContain(summary);
		expect(await archive.summaries({ games: new Set([logs[2]?.game ?? gameNumbered(9)]) })).toHaveLength(1);
		archive.close();
		page.close();
	});
});

describe('a cursor', () => {
	it('that is damaged begins at the beginning', async () => {
		const archive = createLocalArchive(createDexieShelf(nextName()));
		await archive.keep(sampleLog(1).envelopes);
		for (const cursor of ['', 'x y', `NaN ${gameNumbered(1)}`, '1 __proto__']) {
			expect((await archive.games({}, cursor as never, 10)).games).toHaveLength(1);
		}
		expect(parseGameId('__proto__')).toBeNull();
		archive.close();
	});
});
