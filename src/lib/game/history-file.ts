/**
 * Many games in one file, to be taken to another device: JSON that holds the file of each game as it would be saved by
 * itself, so nothing of their proof is lost.
 *
 *     {"format":"overtrick-history","v":1,"games":[
 *     {"format":"overtrick-log","v":1,...},
 */
import * as z from 'zod/mini';
import { jsonOf, parseLogObject, type FileFault, type ParsedFile } from './log-file.ts';

const FORMAT = 'overtrick-history';
const VERSION = 1;

/** About a thousand games; a browser can hold the text of it, and more go into another file. */
export const MAX_HISTORY_BYTES = 200_000_000;
/** Far more than fit. */
const MAX_GAMES = 20_000;

export const HISTORY_FAULTS = [
	'too_large',
	'not_json',
	'not_a_history',
	'newer',
	'too_many',
	'bad_game',
] as const;
export type HistoryFault = (typeof HISTORY_FAULTS)[number];

export type LogInFile = Extract<ParsedFile, { readonly ok: true }>;
export type ParsedHistory =
	| { readonly ok: true; readonly games: readonly LogInFile[] }
	| { readonly ok: false; readonly code: Exclude<HistoryFault, 'bad_game'> }
	/** What is wrong with game number `game`, from 1, and at which event of it. */
	| {
			readonly ok: false;
			readonly code: 'bad_game';
			readonly game: number;
			readonly fault: FileFault;
			readonly index: number | null;
	  };

/**
 * Parts of files, to be joined: one file, or more where one would be too large for any device.
 * @param games each the text of `formatLogFile`
 */
export function formatHistory(games: Iterable<string>): readonly (readonly string[])[] {
	const files: string[][] = [];
	let size = Infinity;
	for (const game of games) {
		if (size + game.length > MAX_HISTORY_BYTES * FILLED) {
			files.push([`{"format":"${FORMAT}","v":${VERSION},"games":[\n`]);
			size = 0;
		}
		files.at(-1)?.push(size === 0 ? game.trimEnd() : `,\n${game.trimEnd()}`);
		size += game.length;
	}
	return files.map((parts) => [...parts, '\n]}\n']);
}
/** Names of two-byte letters count once here and twice there. */
const FILLED = 0.5;

const openingSchema = z.object({ format: z.literal(FORMAT), v: z.int() });
const fileSchema = z.strictObject({
	format: z.literal(FORMAT),
	v: z.literal(VERSION),
	games: z.array(z.unknown()),
});

/** Form alone, of a whole history or the file of a single game; signatures are looked at by whoever takes it in. */
export function parseHistory(text: string): ParsedHistory {
	if (text.length > MAX_HISTORY_BYTES) return { ok: false, code: 'too_large' };
	const input = jsonOf(text);
	if (input === undefined) return { ok: false, code: 'not_json' };
	const single = parseLogObject(input);
	if (single.ok) return { ok: true, games: [single] };
	if (single.code !== 'not_a_log') return badGame(1, single);
	const opening = openingSchema.safeParse(input);
	if (!opening.success) return { ok: false, code: 'not_a_history' };
	if (opening.data.v > VERSION) return { ok: false, code: 'newer' };
	const file = fileSchema.safeParse(input);
	if (!file.success) return { ok: false, code: 'not_a_history' };
	if (file.data.games.length > MAX_GAMES) return { ok: false, code: 'too_many' };
	const games: LogInFile[] = [];
	for (const [at, one] of file.data.games.entries()) {
		const parsed = parseLogObject(one);
		if (!parsed.ok) return badGame(at + 1, parsed);
		games.push(parsed);
	}
	return { ok: true, games };
}

function badGame(game: number, { code, index }: Extract<ParsedFile, { readonly ok: false }>): ParsedHistory {
	return { ok: false, code: 'bad_game', game, fault: code, index };
}
