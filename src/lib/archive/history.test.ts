import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordGame, type RecordedGame } from '../../../tests/sim/recorded-game.ts';
import { seeded } from '../cards/seeded.ts';
import { shuffle, uniform } from '../cards/shuffle.ts';
import { historyPieces, MAX_HISTORY_BYTES, parseHistory, type HistoryOwner } from '../game/history-file.ts';
import type { PlayerId } from '../game/table-types.ts';
import { createKeys, type Keys } from '../room/keys.ts';
import { reportOf } from '../stats/report.ts';
import { ME } from '../stats/testing.ts';
import { createDexieShelf } from '../store/shelf.ts';
import type { Archive } from './archive.ts';
import { exportHistory, exportTable, importHistory } from './history.ts';
import { signOwner } from './history-owner.ts';
import { createLocalArchive } from './local.ts';

const SEEDS = [61, 62, 63];
let made = 0;
const newArchive = (): Archive => createLocalArchive(createDexieShelf(`history-${made++}`));

let games: readonly RecordedGame[] = [];
let keys: Keys;
let file = '';

async function filesOf(archive: Archive, owner: HistoryOwner | null = null): Promise<readonly string[]> {
	const files: string[] = [];
	for await (const file of exportHistory(archive, undefined, owner)) files.push(await file.text());
	return files;
}
async function textOf(archive: Archive): Promise<string> {
	const files = await filesOf(archive);
	expect(files.length).toBeLessThanOrEqual(1);
	return files[0] ?? '';
}
async function contentOf(archive: Archive) {
	const { games: cards } = await archive.games({}, null, 100);
	const summaries = await archive.summaries({});
	return {
		cards,
		logs: await Promise.all(cards.map(({ game }) => archive.log(game))),
		report: reportOf(ME, summaries),
		summaries: summaries.toSorted((a, b) => (a.game < b.game ? -1 : 1)),
	};
}

beforeAll(async () => {
	keys = await createKeys();
	const recorded: RecordedGame[] = [];
	for (const [at, seed] of SEEDS.entries()) {
		const variant = at === 0 ? 'el_dorado' : 'israeli_whist';
		recorded.push(await recordGame({ seed, variant, people: ['Ruth', 'Dan'], seats: at === 0 ? 3 : 4 }));
	}
	games = recorded;
	const archive = newArchive();
	for (const { envelopes } of games) expect(await archive.keep(envelopes)).toBe('kept');
	file = await textOf(archive);
	archive.close();
}, 60_000);

/** The key under which Dan sat in the newest game of the file. */
async function dan(): Promise<PlayerId> {
	const archive = newArchive();
	await importHistory(archive, keys, file);
	const [newest] = (await archive.games({}, null, 1)).games;
	archive.close();
	const key = newest?.players.find(({ face }) => face.name === 'Dan')?.player;
	if (key == null) throw new Error('Dan plays in every game');
	return key;
}
/** The same games as another device saves them, whose owner was Dan before. */
async function owned(others?: readonly PlayerId[]) {
	const identity = await keys.identity({ sign: new Uint8Array(32).fill(7), box: new Uint8Array(32).fill(8) });
	const archive = newArchive();
	for (const { envelopes } of games) await archive.keep(envelopes);
	const owner = await signOwner(identity, others ?? [await dan()]);
	const files = await filesOf(archive, owner);
	archive.close();
	return { identity, text: files[0] ?? '' };
}

describe('a whole history in a file', () => {
	it('is the same on the other device, whatever was there of it, and twice changes nothing', async () => {
		for (const seed of [1, 2, 3, 4]) {
			const source = seeded(seed);
			const [from, to] = [newArchive(), newArchive()];
			for (const { envelopes } of games) await from.keep(envelopes);
			const there = shuffle([...games], source).slice(0, uniform(source, games.length + 1));
			for (const { envelopes } of there) await to.keep(envelopes);
			const text = await textOf(from);
			const counts = { kept: games.length - there.length, exists: there.length, conflict: 0, unfinished: 0 };
			expect(await importHistory(to, keys, text), `seed ${seed}`).toEqual({ ok: true, counts, owner: null });
			const content = await contentOf(to);
			expect(content).toEqual(await contentOf(from));
			expect(await importHistory(to, keys, text)).toMatchObject({
				ok: true,
				counts: { kept: 0, exists: games.length },
			});
			expect(await contentOf(to)).toEqual(content);
			expect(await textOf(to)).toBe(text);
			from.close();
			to.close();
		}
	});

	it('may be of one game, as its replay saves it', async () => {
		const one = parseHistory(file);
		if (!one.ok) throw new Error('it is our own file');
		const archive = newArchive();
		const single = JSON.stringify((JSON.parse(file) as { games: unknown[] }).games[1]);
		expect(await importHistory(archive, keys, single)).toMatchObject({ ok: true, counts: { kept: 1 } });
		archive.close();
	});

	it('is empty for an archive without games', async () => {
		expect(await filesOf(newArchive())).toEqual([]);
	});

	it('goes on in another file where one would be too large', async () => {
		const large = 'x'.repeat(MAX_HISTORY_BYTES / 4 + 1);
		async function* texts(): AsyncGenerator<string> {
			yield* await Promise.resolve([large, 'one', large, 'two']);
		}
		const shapes: string[][] = [];
		for await (const { text, isFirst } of historyPieces(texts())) {
			if (isFirst) shapes.push([]);
			shapes.at(-1)?.push(text.replace(large, 'LARGE'));
		}
		const opening = '{"format":"overtrick-history","v":1,"games":[\n';
		expect(shapes).toEqual([
			[`${opening}LARGE`, ',\none', '\n]}\n'],
			[`${opening}LARGE`, ',\ntwo', '\n]}\n'],
		]);
	});

	it('is a table as well, a line for each player of each game, and both say how far they have come', async () => {
		const archive = newArchive();
		for (const { envelopes } of games) await archive.keep(envelopes);
		const heard: string[] = [];
		const onProgress = (done: number, of: number): void => void heard.push(`${done} of ${of}`);
		const bytes = await (await exportTable(archive, String, onProgress)).arrayBuffer();
		// The mark of UTF-8 is there; as text it would be left out.
		expect([...new Uint8Array(bytes).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
		expect(lines).toHaveLength(1 + 3 + 4 + 4);
		const ended = lines.slice(1).map((line) => Number(line.split(',')[1]));
		expect(ended).toEqual(ended.toSorted((a, b) => a - b));
		expect(heard).toEqual(['0 of 3', '3 of 3']);
		heard.length = 0;
		for await (const file of exportHistory(archive, onProgress)) expect(file.size).toBeGreaterThan(10_000);
		expect(heard).toEqual(['0 of 3', '1 of 3', '2 of 3', '3 of 3']);
		archive.close();
	});

	it('is refused whole, with what is wrong and where, and nothing of it is kept', async () => {
		const change = (edit: (games: Record<string, unknown>[]) => void): string => {
			const content = JSON.parse(file) as { games: Record<string, unknown>[] };
			edit(content.games);
			return JSON.stringify(content);
		};
		const eventsOf = (game: Record<string, unknown> | undefined) =>
			game?.['events'] as Record<string, string>[];
		const cases: readonly (readonly [string, object])[] = [
			['', { code: 'not_json' }],
			[file.slice(0, -10), { code: 'not_json' }],
			['null', { code: 'not_a_history' }],
			['{"format":"overtrick-history","v":3,"games":[]}', { code: 'newer' }],
			['{"format":"overtrick-history","v":2,"games":[]}', { code: 'not_a_history' }],
			['{"format":"overtrick-history","v":1,"games":[],"more":1}', { code: 'not_a_history' }],
			['{"format":"overtrick-history","v":1,"games":[7]}', { code: 'bad_game', game: 1, fault: 'not_a_log' }],
			[
				change((all) => (eventsOf(all[1])[4] = { signature: 'x', record: '{}' })),
				{ code: 'bad_game', game: 2, fault: 'bad_event', index: 4 },
			],
			[
				change((all) => eventsOf(all[1]).splice(4, 1)),
				{ code: 'bad_log', game: 2, fault: { code: 'bad_order', index: 4 } },
			],
			[change((all) => eventsOf(all[1]).pop()), { code: 'bad_hash', game: 2 }],
			[change((all) => ((all[2] ?? {})['hash'] = 'A'.repeat(43))), { code: 'bad_hash', game: 3 }],
			[
				change((all) => {
					const [one, two] = [eventsOf(all[0])[3], eventsOf(all[0])[4]];
					if (one && two) one['signature'] = two['signature'] ?? '';
				}),
				{ code: 'bad_signature', game: 1, index: 3 },
			],
		];
		for (const [text, fault] of cases) {
			const archive = newArchive();
			expect(await importHistory(archive, keys, text), JSON.stringify(fault)).toMatchObject({
				ok: false,
				...fault,
			});
			expect((await archive.games({}, null, 10)).games).toEqual([]);
			archive.close();
		}
	});

	it('does no harm, wherever it is damaged', async () => {
		const source = seeded(9);
		for (let run = 0; run < 12; run += 1) {
			const at = uniform(source, file.length);
			const text = file.slice(0, at) + String.fromCharCode(32 + uniform(source, 90)) + file.slice(at + 1);
			if (text === file) continue;
			const archive = newArchive();
			const answer = await importHistory(archive, keys, text);
			const { games: kept } = await archive.games({}, null, 10);
			// White space may differ; whatever is taken in is what was played.
			if (answer.ok) expect(await textOf(archive), `run ${run}`).toBe(file);
			else expect(kept, `run ${run}`).toEqual([]);
			archive.close();
		}
	});

	it('says whose it is: the keys of who saved it, with the face they had in the newest of its games', async () => {
		const { identity, text } = await owned();
		const archive = newArchive();
		const owner = { player: identity.player, others: [await dan()], face: { name: 'Dan' } };
		expect(await importHistory(archive, keys, text)).toMatchObject({
			ok: true,
			counts: { kept: games.length },
			owner,
		});
		const content = await contentOf(archive);
		// Again: nothing new, and the same answer.
		expect(await importHistory(archive, keys, text)).toMatchObject({
			ok: true,
			counts: { kept: 0, exists: games.length },
			owner,
		});
		expect(await contentOf(archive)).toEqual(content);
		archive.close();
	});

	it('of somebody who sits in none of its games is nobody to be asked about', async () => {
		const archive = newArchive();
		const { text } = await owned([]);
		expect(await importHistory(archive, keys, text)).toMatchObject({ ok: true, owner: null });
		expect(await importHistory(archive, keys, file)).toMatchObject({ ok: true, owner: null });
		archive.close();
	});

	it('is refused where somebody else is named than has signed', async () => {
		const archive = newArchive();
		const { identity, text } = await owned();
		const forged = [
			text.replace(identity.player, await dan()),
			text.replace(`"others":["${await dan()}"]`, '"others":[]'),
			text.replace(`"others":["${await dan()}"]`, `"others":["${identity.player}"]`),
			text.replace(/"signature":"[^"]*"/, '"signature":"AAAA"'),
		];
		for (const one of forged) {
			expect(one).not.toBe(text);
			expect(await importHistory(archive, keys, one)).toEqual({ ok: false, code: 'bad_owner' });
		}
		expect((await archive.games({}, null, 10)).games).toEqual([]);
		archive.close();
	});
});
