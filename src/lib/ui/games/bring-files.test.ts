import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { createLocalArchive } from '../../archive/local.ts';
import { MAX_HISTORY_BYTES } from '../../game/history-file.ts';
import { createKeys } from '../../room/keys.ts';
import { createDexieShelf } from '../../store/shelf.ts';
import { gamesText } from '../messages/games.en.ts';
import { bringFiles } from './bring-files.ts';
import { historyText } from './history.en.ts';
import { broughtText, problemText } from './history-words.ts';

const SIGNED = recordings()
	.filter(({ text }) => text.startsWith('{'))
	.slice(0, 3)
	.map(({ text }) => JSON.parse(text) as object);
const historyOf = (games: readonly object[]): string =>
	JSON.stringify({ format: 'overtrick-history', v: 1, games });
const fileOf = (name: string, text: string): File => new File([text], name);
let made = 0;
const newArchive = () => createLocalArchive(createDexieShelf(`bring-${made++}`));
const nothing = (): void => undefined;
const words = historyText.in('en');

describe('files that are brought', () => {
	it('are taken one after the other; one that is wrong leaves the others alone', async () => {
		const archive = newArchive();
		const files = [
			fileOf('one.json', JSON.stringify(SIGNED[0])),
			fileOf('none.json', '{'),
			fileOf('all.json', historyOf(SIGNED)),
		];
		const { counts, problems } = await bringFiles(files, archive, await createKeys(), nothing);
		expect(counts).toEqual({ kept: 3, exists: 1, conflict: 0, unfinished: 0 });
		expect(problems).toEqual([{ file: 'none.json', problem: { ok: false, code: 'not_json' } }]);
		expect((await archive.games({}, null, 10)).games).toHaveLength(3);
		archive.close();
	});

	it('tell how many were taken when storage is full in the middle', async () => {
		const archive = newArchive();
		let room = 2;
		const full = {
			...archive,
			keep: (envelopes: Parameters<typeof archive.keep>[0]) =>
				room-- > 0 ? archive.keep(envelopes) : Promise.reject(new DOMException('', 'QuotaExceededError')),
		};
		const brought = await bringFiles(
			[fileOf('all.json', historyOf(SIGNED))],
			full,
			await createKeys(),
			nothing,
		);
		expect(brought.counts.kept).toBe(2);
		expect(brought.problems).toMatchObject([{ problem: { code: 'not_stored', kept: 2, of: 3 } }]);
		expect((await archive.games({}, null, 10)).games).toHaveLength(2);
		archive.close();
	});

	it('say where a notation belongs, which nobody has signed', async () => {
		const archive = newArchive();
		const notation = recordings().find(({ text }) => !text.startsWith('{'));
		const { problems } = await bringFiles(
			[fileOf('game.txt', notation?.text ?? '')],
			archive,
			await createKeys(),
			nothing,
		);
		expect(problems).toEqual([{ file: 'game.txt', problem: { ok: false, code: 'notation' } }]);
		const [problem] = problems;
		if (words === null || problem === undefined) throw new Error('English is always here');
		expect(problemText(words, problem.problem)).toContain(gamesText.english.history.file);
		archive.close();
	});

	it('are not read when they are larger than any history, or cannot be', async () => {
		const archive = newArchive();
		const large = Object.defineProperty(fileOf('large.json', ''), 'size', { value: MAX_HISTORY_BYTES + 1 });
		const gone = Object.defineProperty(fileOf('gone.json', ''), 'text', {
			value: () => Promise.reject(new DOMException('', 'NotReadableError')),
		});
		const { problems } = await bringFiles([large, gone], archive, await createKeys(), nothing);
		expect(problems.map(({ problem }) => problem.code)).toEqual(['too_large', 'not_read']);
		archive.close();
	});
});

describe('what became of them', () => {
	it('is said of every game: new, there before, there otherwise, never begun', () => {
		if (words === null) throw new Error('English is always here');
		const none = { kept: 0, exists: 0, conflict: 0, unfinished: 0 };
		expect(broughtText(words, { ...none, kept: 2, exists: 1 })).toBe(
			'2 games are in your history now, 1 was already',
		);
		expect(broughtText(words, { ...none, conflict: 1 })).toBe(
			'Of one game another record is here, and stays',
		);
		expect(broughtText(words, { kept: 1, exists: 0, conflict: 2, unfinished: 1 })).toBe(
			'One game is in your history now. Of 2 games another record is here, and stays. ' +
				'One game was closed before its first deal and is not listed',
		);
	});

	it('names game and event, and says that nothing was taken only where that is so', () => {
		if (words === null) throw new Error('English is always here');
		const fault = { code: 'bad_order', index: 11 } as const;
		expect(problemText(words, { ok: false, code: 'bad_log', game: 2, fault })).toBe(
			'Game 2 of the file cannot be read: its events are not in order: some are missing, or change places, at event 11. Nothing of it was taken.',
		);
		expect(problemText(words, { ok: false, code: 'not_stored', kept: 1, of: 3 })).not.toContain('Nothing');
	});
});
