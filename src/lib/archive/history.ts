/**
 * One's whole history out of an archive and into another. A history that is brought is looked at whole, every signature
 * of every game, before the first game of it is kept; games that are there already stay as they are.
 */
import { formatHistory, parseHistory, type LogInFile, type ParsedHistory } from '../game/history-file.ts';
import { formatLogFile, isHashOf } from '../game/log-file.ts';
import { isOver, readLog } from '../game/read-log.ts';
import { loadGame } from '../games/load.ts';
import type { Keys } from '../room/keys.ts';
import { KEEP_ANSWERS, type Archive, type Cursor, type KeepAnswer, type OnProgress } from './archive.ts';
import { firstUnsound } from './soundness.ts';

const PAGE = 100;

/** Files as parts to be joined, newest games first; empty when there is no game. */
export async function exportHistory(
	archive: Archive,
	onProgress: OnProgress = () => undefined,
): Promise<readonly (readonly string[])[]> {
	const ids = await allGames(archive);
	const games: string[] = [];
	for (const [at, id] of ids.entries()) {
		onProgress(at, ids.length);
		const envelopes = await archive.log(id);
		const log = await readLog(envelopes, loadGame);
		if (log !== null) games.push(formatLogFile(log, envelopes));
	}
	return formatHistory(games);
}

async function allGames(archive: Archive) {
	const ids = [];
	for (let cursor: Cursor | null = null; ;) {
		const page = await archive.games({}, cursor, PAGE);
		ids.push(...page.games.map(({ game }) => game));
		if (page.next === null) return ids;
		cursor = page.next;
	}
}

export type ImportFault =
	| Extract<ParsedHistory, { readonly ok: false }>
	| { readonly ok: false; readonly code: 'unknown_game' | 'bad_hash' | 'unfinished'; readonly game: number }
	| { readonly ok: false; readonly code: 'bad_event'; readonly game: number; readonly index: number };
export type ImportAnswer =
	{ readonly ok: true; readonly counts: Readonly<Record<KeepAnswer, number>> } | ImportFault;

/** Nothing is kept of a file in which anything is wrong. */
export async function importHistory(
	archive: Archive,
	keys: Keys,
	text: string,
	onProgress: OnProgress = () => undefined,
): Promise<ImportAnswer> {
	const file = parseHistory(text);
	if (!file.ok) return file;
	for (const [at, game] of file.games.entries()) {
		onProgress(at, file.games.length);
		const fault = await faultOf(keys, game, at + 1);
		if (fault !== null) return fault;
	}
	const answers: KeepAnswer[] = [];
	for (const { envelopes } of file.games) answers.push(await archive.keep(envelopes));
	const count = (answer: KeepAnswer): number => answers.filter((one) => one === answer).length;
	const [kept, exists, conflict, unfinished] = KEEP_ANSWERS.map(count);
	return {
		ok: true,
		counts: { kept: kept ?? 0, exists: exists ?? 0, conflict: conflict ?? 0, unfinished: unfinished ?? 0 },
	};
}

async function faultOf(
	keys: Keys,
	{ envelopes, hash }: LogInFile,
	game: number,
): Promise<ImportFault | null> {
	const log = await readLog(envelopes, loadGame);
	if (log === null) return { ok: false, code: 'unknown_game', game };
	if (!isHashOf(hash, log.head)) return { ok: false, code: 'bad_hash', game };
	const index = await firstUnsound(keys, log, envelopes);
	if (index !== null) return { ok: false, code: 'bad_event', game, index };
	return isOver(log) ? null : { ok: false, code: 'unfinished', game };
}
