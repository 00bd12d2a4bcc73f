/**
 * Many games in one file, to be taken to another device: JSON that holds the file of each game as it would be saved by
 * itself, so nothing of their proof is lost, and since version 2 whose history it is.
 *
 *     {"format":"overtrick-history","v":2,"owner":{"player":"...","others":[],"signature":"..."},"games":[
 *     {"format":"overtrick-log","v":1,...},
 */
import * as z from 'zod/mini';
import { jsonOf, parseLogObject, type FileFault, type ParsedFile } from './log-file.ts';
import { MAX_OWN_KEYS } from './log-limits.ts';
import { playerIdSchema } from './table-parse.ts';
import type { PlayerId } from './table-types.ts';

const FORMAT = 'overtrick-history';
/** 1 says nothing of an owner. */
const VERSION = 2;

/** About a thousand games; a browser can hold the text of it, and more go into another file. */
export const MAX_HISTORY_BYTES = 200_000_000;
/** Far more than fit. */
const MAX_GAMES = 20_000;

/** Whose device has saved it: their keys, and the first one's signature under that. */
export interface HistoryOwner {
	readonly player: PlayerId;
	/** Of the same person's other devices. */
	readonly others: readonly PlayerId[];
	/** Base64url. */
	readonly signature: string;
}

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
	| {
			readonly ok: true;
			readonly games: readonly LogInFile[];
			/** null: the file does not say. */
			readonly owner: HistoryOwner | null;
	  }
	| { readonly ok: false; readonly code: Exclude<HistoryFault, 'bad_game'> }
	/** What is wrong with game number `game`, from 1, and at which event of it. */
	| {
			readonly ok: false;
			readonly code: 'bad_game';
			readonly game: number;
			readonly fault: FileFault;
			readonly index: number | null;
	  };

/** A piece of the text of a file; the first of each begins it, and the one before has come to its end. */
export interface HistoryPiece {
	readonly text: string;
	readonly isFirst: boolean;
}

/** Names of two-byte letters count once here and twice there. */
const FILLED = 0.5;

/**
 * Files piece by piece, so that nobody has to hold all of them: one, or more where one would be too large for any device.
 * None without a game.
 *
 * @param games each the text of `formatLogFile`
 */
export async function* historyPieces(
	games: AsyncIterable<string>,
	owner: HistoryOwner | null = null,
): AsyncGenerator<HistoryPiece> {
	const opening = owner === null ? { format: FORMAT, v: 1 } : { format: FORMAT, v: VERSION, owner };
	const ending = '\n]}\n';
	let size: number | null = null;
	for await (const game of games) {
		if (size !== null && size + game.length > MAX_HISTORY_BYTES * FILLED) {
			yield { text: ending, isFirst: false };
			size = null;
		}
		const begun = size === null ? `${JSON.stringify(opening).slice(0, -1)},"games":[\n` : ',\n';
		yield { text: begun + game.trimEnd(), isFirst: size === null };
		size = (size ?? 0) + game.length;
	}
	if (size !== null) yield { text: ending, isFirst: false };
}

const openingSchema = z.object({ format: z.literal(FORMAT), v: z.int() });
const content = { format: z.literal(FORMAT), games: z.array(z.unknown()) };
const ownerSchema = z.strictObject({
	player: playerIdSchema,
	others: z.array(playerIdSchema).check(z.maxLength(MAX_OWN_KEYS)),
	signature: z.string().check(z.maxLength(86)),
});
const fileSchema = z.discriminatedUnion('v', [
	z.strictObject({ ...content, v: z.literal(1) }),
	z.strictObject({ ...content, v: z.literal(VERSION), owner: ownerSchema }),
]);

/** Form alone, of a whole history or the file of a single game; signatures are looked at by whoever takes it in. */
export function parseHistory(text: string): ParsedHistory {
	if (text.length > MAX_HISTORY_BYTES) return { ok: false, code: 'too_large' };
	const input = jsonOf(text);
	if (input === undefined) return { ok: false, code: 'not_json' };
	const single = parseLogObject(input);
	if (single.ok) return { ok: true, games: [single], owner: null };
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
	return { ok: true, games, owner: file.data.v === 1 ? null : file.data.owner };
}

function badGame(game: number, { code, index }: Extract<ParsedFile, { readonly ok: false }>): ParsedHistory {
	return { ok: false, code: 'bad_game', game, fault: code, index };
}
