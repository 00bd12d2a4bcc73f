/**
 * One's whole history out of an archive and into another. A history that is brought is looked at whole, every signature
 * of every game, before the first game of it is kept; games that are there already stay as they are. Whose history it
 * is the file says; whether that is oneself is for the page to ask.
 */
import {
	historyPieces,
	parseHistory,
	type HistoryOwner,
	type LogInFile,
	type ParsedHistory,
} from '../game/history-file.ts';
import { formatLogFile, isHashOf } from '../game/log-file.ts';
import { checkLog, isOver, readLog, type LogFault } from '../game/read-log.ts';
import type { Face } from '../game/table-types.ts';
import { loadGame } from '../games/load.ts';
import type { Keys } from '../room/keys.ts';
import { csvHeads, csvRows } from '../stats/history-csv.ts';
import { KEEP_ANSWERS, type Archive, type Cursor, type KeepAnswer, type OnProgress } from './archive.ts';
import { isOwnerProved } from './history-owner.ts';
import type { OwnKeys } from './one-person.ts';
import { firstUnsound } from './soundness.ts';

const PAGE = 100;
/** Letters that a file may have in memory before they are the browser's, which puts what is large on the disk. */
const HELD_LETTERS = 2_000_000;

/** A file that grows, and is never whole in memory. */
class GrowingFile {
	readonly #parts: Blob[] = [];
	#held: string[] = [];
	#letters = 0;

	add(text: string): void {
		this.#held.push(text);
		this.#letters += text.length;
		if (this.#letters > HELD_LETTERS) this.#hand();
	}
	content(): Blob {
		this.#hand();
		return new Blob(this.#parts);
	}
	#hand(): void {
		this.#parts.push(new Blob(this.#held));
		this.#held = [];
		this.#letters = 0;
	}
}

/** Files one after the other, newest games first; none when there is no game. */
export async function* exportHistory(
	archive: Archive,
	onProgress: OnProgress = () => undefined,
	owner: HistoryOwner | null = null,
): AsyncGenerator<Blob> {
	let file: GrowingFile | null = null;
	for await (const { text, isFirst } of historyPieces(gamesOf(archive, onProgress), owner)) {
		if (isFirst && file !== null) yield file.content();
		if (file === null || isFirst) file = new GrowingFile();
		file.add(text);
	}
	if (file !== null) yield file.content();
}

/** The file of each game. */
async function* gamesOf(archive: Archive, onProgress: OnProgress): AsyncGenerator<string> {
	const ids = await allGames(archive);
	for (const [at, id] of ids.entries()) {
		onProgress(at, ids.length);
		const envelopes = await archive.log(id);
		const log = await readLog(envelopes, loadGame);
		if (log !== null) yield formatLogFile(log, envelopes);
	}
	onProgress(ids.length, ids.length);
}

/**
 * All games as a table for a spreadsheet, oldest first.
 *
 * @param timeOf how a time, ms since 1970, stands in its cell
 */
export async function exportTable(
	archive: Archive,
	timeOf: (ms: number) => string,
	onProgress: OnProgress = () => undefined,
): Promise<Blob> {
	const ids = (await allGames(archive)).toReversed();
	const file = new GrowingFile();
	// The mark tells a spreadsheet that names are UTF-8.
	file.add('\ufeff');
	file.add(csvHeads());
	for (let from = 0; from < ids.length; from += PAGE) {
		onProgress(from, ids.length);
		const summaries = await Promise.all(ids.slice(from, from + PAGE).map((id) => archive.summary(id)));
		file.add(
			csvRows(
				summaries.filter((summary) => summary !== null),
				timeOf,
			),
		);
	}
	onProgress(ids.length, ids.length);
	return file.content();
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
	/** Who has saved it is not proved. */
	| { readonly ok: false; readonly code: 'bad_owner' }
	| { readonly ok: false; readonly code: 'bad_hash' | 'unfinished'; readonly game: number }
	| { readonly ok: false; readonly code: 'bad_signature'; readonly game: number; readonly index: number }
	/** Storage is full, or went away, when so many of its games were kept; what was kept stays. */
	| { readonly ok: false; readonly code: 'not_stored'; readonly kept: number; readonly of: number }
	/** Its events are none, or not in order. */
	| { readonly ok: false; readonly code: 'bad_log'; readonly game: number; readonly fault: LogFault };
export type ImportAnswer =
	| {
			readonly ok: true;
			readonly counts: Readonly<Record<KeepAnswer, number>>;
			/** Whose history it is, if the file says so and they sit in a game of it. */
			readonly owner: BroughtOwner | null;
	  }
	| ImportFault;
export interface BroughtOwner extends OwnKeys {
	/** As they looked in the newest of the games. */
	readonly face: Face;
}

/** Nothing is kept of a file in which anything is wrong; what storage has taken before it fails stays there. */
export async function importHistory(
	archive: Archive,
	keys: Keys,
	text: string,
	onProgress: OnProgress = () => undefined,
): Promise<ImportAnswer> {
	const file = parseHistory(text);
	if (!file.ok) return file;
	if (file.owner !== null && !(await isOwnerProved(keys, file.owner)))
		return { ok: false, code: 'bad_owner' };
	for (const [at, game] of file.games.entries()) {
		onProgress(at, file.games.length);
		const fault = await faultOf(keys, game, at + 1);
		if (fault !== null) return fault;
	}
	const answers: KeepAnswer[] = [];
	const count = (answer: KeepAnswer): number => answers.filter((one) => one === answer).length;
	for (const { envelopes } of file.games) {
		try {
			answers.push(await archive.keep(envelopes));
		} catch {
			return { ok: false, code: 'not_stored', kept: count('kept'), of: file.games.length };
		}
	}
	const [kept, exists, conflict, unfinished] = KEEP_ANSWERS.map(count);
	return {
		ok: true,
		counts: { kept: kept ?? 0, exists: exists ?? 0, conflict: conflict ?? 0, unfinished: unfinished ?? 0 },
		owner: file.owner === null ? null : await ownerIn(archive, file.owner, file.games),
	};
}

async function ownerIn(
	archive: Archive,
	{ player, others }: HistoryOwner,
	games: readonly LogInFile[],
): Promise<BroughtOwner | null> {
	const keys = [player, ...others];
	for (const { envelopes } of games) {
		const log = await readLog(envelopes, loadGame);
		const summary = log === null ? null : await archive.summary(log.id);
		const line = summary?.players.find((one) => one.player !== null && keys.includes(one.player));
		if (line !== undefined) return { player, others, face: line.face };
	}
	return null;
}

async function faultOf(
	keys: Keys,
	{ envelopes, hash }: LogInFile,
	game: number,
): Promise<ImportFault | null> {
	const read = await checkLog(envelopes, loadGame);
	if (!read.ok) return { ok: false, code: 'bad_log', game, fault: read.fault };
	const { log } = read;
	// Signatures first: they say which event was changed, the mark at the end only that something was.
	const index = await firstUnsound(keys, log, envelopes);
	if (index !== null) return { ok: false, code: 'bad_signature', game, index };
	if (!isHashOf(hash, log.head)) return { ok: false, code: 'bad_hash', game };
	return isOver(log) ? null : { ok: false, code: 'unfinished', game };
}
