/**
 * A game made ready to be walked through, wherever it comes from: the archive of this browser, or a file that somebody
 * brought. A file is believed only as far as its signatures go.
 */
import type { Game, SeatIndex, Variant } from '../../game/game.ts';
import { isHashOf, MAX_FILE_BYTES, parseLogFile } from '../../game/log-file.ts';
import { parseNotation, type NotationError } from '../../game/game-notation.ts';
import { isNotation } from '../../game/notation-mark.ts';
import { checkLog, ENTRY_FAULTS, isOver, type ReadLog } from '../../game/read-log.ts';
import { createReplay, type Replay } from '../../game/replay.ts';
import { toSeat } from '../../game/seats.ts';
import type { Face, GameId, LogEvent, TableState } from '../../game/table-types.ts';
import { loadGame } from '../../games/load.ts';
import { gameNamed } from '../../games/named.ts';
import { auditLog, type DealCheck } from '../../room/audit.ts';
import { createKeys, type Keys } from '../../room/keys.ts';
import { LogBook } from '../../room/log-book.ts';
import { openLog } from '../../room/open-log.ts';
import type { TimedEvent } from '../../stats/game-summary.ts';
import { timelineOf, whereIs, type Timeline } from '../../stats/timeline.ts';
import { resultOf, type Result } from '../share/result.ts';
import { isMarkedSame } from '../side/same-link.ts';

export interface OpenedGame {
	readonly id: GameId;
	readonly game: Game;
	/** With every hand that can be known. */
	readonly events: readonly LogEvent[];
	readonly replay: Replay;
	readonly timeline: Timeline;
	/** The state after the last event: the names and scores at the end. */
	readonly end: TableState;
	readonly isOver: boolean;
	/** Host's clock at the first deal, ms since 1970. */
	readonly startedAt: number;
	/** null for a game that was read from notation: nobody has signed it. */
	readonly record: { readonly log: ReadLog; readonly envelopes: readonly Uint8Array<ArrayBuffer>[] } | null;
}

export const FILE_ERRORS = [
	'too_large',
	'not_text',
	'unknown',
	'not_json',
	'not_a_log',
	'newer',
	'too_many',
	'no_events',
	'unknown_game',
	'bad_hash',
	/** What reads it could not be fetched. */
	'not_here',
	/** Something was thrown on the way. */
	'unreadable',
] as const;
/** Those that name an event. */
export const EVENT_ERRORS = [...ENTRY_FAULTS, 'bad_signature', 'bad_fold'] as const;

/** Of a record, signed event by event. */
export type RecordError =
	| { readonly code: (typeof FILE_ERRORS)[number] }
	| { readonly code: (typeof EVENT_ERRORS)[number]; readonly index: number };
export type OpenError = RecordError | { readonly code: 'notation'; readonly error: NotationError };

export type Opened<E = OpenError> =
	| {
			readonly ok: true;
			readonly value: OpenedGame;
			/** It was sent to be played, and is looked at afterwards. */
			readonly isForFriends: boolean;
	  }
	| { readonly ok: false; readonly error: E };

/** @param envelopes a log whose signatures were checked before it was stored */
export function openStored(envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<Opened<RecordError>> {
	return told(async () => {
		const read = await checkLog(envelopes, gameOf);
		return read.ok
			? { ok: true, value: await opened(read.log, envelopes, await createKeys()), isForFriends: false }
			: wrong(read.fault);
	});
}

async function opened(
	log: ReadLog,
	envelopes: readonly Uint8Array<ArrayBuffer>[],
	keys: Keys,
): Promise<OpenedGame> {
	const events = await openLog(log, keys);
	const replay = createReplay(log.game, events);
	return {
		id: log.id,
		game: log.game,
		events,
		replay,
		timeline: timelineOf(events),
		end: replay.at(events.length),
		isOver: isOver(log),
		startedAt: log.entries.find(({ record }) => record.type === 'game_started')?.time ?? 0,
		record: { log, envelopes },
	};
}

/** A file as it was dropped or chosen. */
export function openFile(file: Blob): Promise<Opened> {
	return told(() => openBlob(file));
}

/** The rules of a game come when they are wanted; there may be no network then. */
class NotHere extends Error {}
function gameOf(variant: Variant): Promise<Game> {
	return loadGame(variant).catch((cause: unknown) => {
		throw new NotHere(`the rules of ${variant} cannot be fetched`, { cause });
	});
}

/** What is thrown on the way, as an error that can be shown: a record may hold what no program has written. */
async function told<E>(open: () => Promise<Opened<E>>): Promise<Opened<E | RecordError>> {
	try {
		return await open();
	} catch (error) {
		return wrong({ code: error instanceof NotHere ? 'not_here' : 'unreadable' });
	}
}

async function openBlob(file: Blob): Promise<Opened> {
	if (file.size > MAX_FILE_BYTES) return wrong({ code: 'too_large' });
	const text = await textOf(file);
	if (text === null) return wrong({ code: 'not_text' });
	if (/^\s*\{/.test(text)) return openLogText(text);
	return isNotation(text) ? openNotation(text) : wrong({ code: 'unknown' });
}

async function textOf(file: Blob): Promise<string | null> {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
	} catch {
		// No UTF-8: a picture, a program, anything but our text.
		return null;
	}
}

async function openLogText(text: string): Promise<Opened> {
	const file = parseLogFile(text);
	if (!file.ok) {
		return file.code === 'bad_event'
			? wrong({ code: file.code, index: file.index ?? 0 })
			: wrong({ code: file.code });
	}
	const { envelopes, hash } = file;
	const read = await checkLog(envelopes, gameOf);
	if (!read.ok) return wrong(read.fault);
	const { log } = read;
	const keys = await createKeys();
	// Signatures first: they say which event was changed, the mark at the end only that something was.
	const error = await proofError(log, envelopes, keys);
	if (error !== null) return wrong(error);
	if (!isHashOf(hash, log.head)) return wrong({ code: 'bad_hash' });
	return { ok: true, value: await opened(log, envelopes, keys), isForFriends: false };
}

/** A game without signatures: it is legal, and that is all that is known of it. */
export async function openNotation(text: string): Promise<Opened> {
	const parsed = await parseNotation(text, gameOf);
	if (!parsed.ok) return wrong({ code: 'notation', error: parsed.error });
	const { game, events } = parsed;
	const replay = createReplay(game, events);
	const end = replay.at(events.length);
	const value = {
		id: end.game,
		game,
		events,
		replay,
		timeline: timelineOf(events),
		end,
		isOver: end.stage === 'finished',
		startedAt: Date.parse(parsed.date),
		record: null,
	};
	return { ok: true, value, isForFriends: isMarkedSame(text) };
}

/** What does not hold of a log whose events are in order: their signatures, their rules; null when all does. */
async function proofError(
	log: ReadLog,
	envelopes: readonly Uint8Array<ArrayBuffer>[],
	keys: Keys,
): Promise<OpenError | null> {
	const book = new LogBook({
		keys,
		gameId: log.id,
		gameOf: gameNamed,
		// Whoever founded it: the file is of the game it says it is of.
		acceptsFounder: () => true,
		openCards: (event) => Promise.resolve(event),
	});
	const { taken, offence } = await book.receive(envelopes);
	switch (offence) {
		case null:
			return null;
		case 'bad_signature':
		case 'not_elected':
			return { code: 'bad_signature', index: taken };
		case 'wrong_index':
		case 'wrong_term':
			return { code: 'bad_order', index: taken };
		case 'log_too_long':
			return { code: 'too_many' };
		case 'malformed_envelope':
			return { code: 'bad_event', index: taken };
		case 'unknown_event':
			return { code: 'unknown_event', index: taken };
		default:
			return { code: 'bad_fold', index: taken };
	}
}

function wrong<E extends OpenError>(error: E): Opened<E> {
	return { ok: false, error };
}

/** Every round dealt again and compared; null for a game that nobody signed. */
export async function checkDeal({ record, game }: OpenedGame): Promise<DealCheck | null> {
	return record === null ? null : auditLog(game, record.log.entries, await createKeys());
}

/** How somebody looked at the end of the game; null for a seat that nobody has. */
export function faceAt({ end }: OpenedGame, seat: SeatIndex): Face | null {
	const holder = end.seats[seat];
	return holder === undefined || holder.kind === 'empty' ? null : holder.face;
}

/** Somebody has sat there: an empty seat of a table sees nothing, nor does one that it does not have. */
export function isTaken({ end }: Pick<OpenedGame, 'end'>, seat: number): boolean {
	const holder = end.seats[seat];
	return holder !== undefined && holder.kind !== 'empty';
}

/** The round at this position is still being played: nobody can have its cards yet. */
export function isUnderWay({ isOver, timeline }: OpenedGame, at: number): boolean {
	return !isOver && whereIs(timeline, at).round === timeline.rounds.at(-1);
}

/** Every event with the host's clock at it, as far as that is known: a notation has the time of its start alone. */
export function timedEvents({ record, events, startedAt }: OpenedGame): readonly TimedEvent[] {
	return record?.log.entries ?? events.map((event) => ({ event, time: startedAt }));
}

/** What a saved file is called. */
export function fileNameOf({ game, id, startedAt }: OpenedGame, extension: string): string {
	const day = new Date(startedAt).toISOString().slice(0, 10);
	return `${game.variant.replaceAll('_', '-')}-${day}-${id.slice(0, 6)}.${extension}`;
}

/** The sheet as it stands at the end; null while no round is scored. */
export function sheetOf({ game, end }: OpenedGame): Result | null {
	if (end.inner === null) return null;
	const seats = end.seats.map((holder, index) => ({
		seat: toSeat(index),
		kind: holder.kind,
		face: holder.kind === 'empty' ? null : holder.face,
	}));
	const result = resultOf(game.view(end.inner, null), seats);
	return result.rows.some(({ isDone }) => isDone) ? result : null;
}
