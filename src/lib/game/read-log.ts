/**
 * A whole log from its envelopes, for whoever looks back at a game: parsed, and in its order.
 * Whether the signatures are right is for the room, which has the keys (`room/log-book.ts`).
 *
 *     const log = await readLog(envelopes, loadGame);      // null: it is none
 *     const read = await checkLog(envelopes, loadGame);    // the same, or what is wrong and at which event
 */
import { VARIANTS, type Game, type Variant } from './game.ts';
import { eventOf, GENESIS, hashRecord, parseEnvelope, type EventHash, type LogRecord } from './log.ts';
import { MAX_EVENTS } from './log-limits.ts';
import { isTableEvent } from './table-parse.ts';
import type { GameId, LogEvent } from './table-types.ts';

export interface ReadEntry {
	readonly record: LogRecord;
	readonly event: LogEvent;
	/** Host's clock, ms since 1970. */
	readonly time: number;
}

export interface ReadLog {
	readonly id: GameId;
	readonly game: Game;
	readonly entries: readonly ReadEntry[];
	/** Hash of the last event: it fixes the whole game. Worked out when it is asked for: a replay does without. */
	readonly head: EventHash;
}

/** Of a log as a whole. */
export const LOG_FAULTS = [
	/** It has no event at all. */
	'no_events',
	'too_many',
	/** Of a game that this version does not play. */
	'unknown_game',
] as const;
/** Of one event. */
export const ENTRY_FAULTS = [
	/** No envelope with a record in it. */
	'bad_event',
	/** Not at its own place: others are missing before it, or it stands there twice, or the beginning is none. */
	'bad_order',
	/** Of a kind or version that is not known here, or without something its kind has to say. */
	'unknown_event',
] as const;
export type LogFault =
	| { readonly code: (typeof LOG_FAULTS)[number] }
	| { readonly code: (typeof ENTRY_FAULTS)[number]; readonly index: number };
export type CheckedLog =
	{ readonly ok: true; readonly log: ReadLog } | { readonly ok: false; readonly fault: LogFault };

/** null for what is not the log of a game that this version of the program knows. */
export async function readLog(
	envelopes: readonly Uint8Array[],
	loadGame: (variant: Variant) => Promise<Game>,
): Promise<ReadLog | null> {
	const read = await checkLog(envelopes, loadGame);
	return read.ok ? read.log : null;
}

/** The log, or the first thing that is wrong with it: the events' form, order and kind, not their signatures. */
export async function checkLog(
	envelopes: readonly Uint8Array[],
	loadGame: (variant: Variant) => Promise<Game>,
): Promise<CheckedLog> {
	const [first] = envelopes;
	if (first === undefined) return wrong({ code: 'no_events' });
	if (envelopes.length > MAX_EVENTS) return wrong({ code: 'too_many' });
	const opening = parseEnvelope(first)?.record;
	if (opening === undefined) return wrong({ code: 'bad_event', index: 0 });
	if (opening.index !== 0 || opening.type !== 'game_created') return wrong({ code: 'bad_order', index: 0 });
	const variant = VARIANTS.find((one) => one === opening.payload['variant']);
	if (variant === undefined) return wrong({ code: 'unknown_game' });
	const game = await loadGame(variant);
	const entries: ReadEntry[] = [];
	const records: Uint8Array[] = [];
	for (const [index, bytes] of envelopes.entries()) {
		const envelope = parseEnvelope(bytes);
		if (envelope === null) return wrong({ code: 'bad_event', index });
		if (envelope.record.index !== index) return wrong({ code: 'bad_order', index });
		const event = eventOf(game, envelope.record);
		if (event === null) return wrong({ code: 'unknown_event', index });
		records.push(envelope.recordBytes);
		entries.push({ record: envelope.record, event, time: envelope.record.time });
	}
	const created = entries[0]?.event;
	if (created === undefined || !isTableEvent(created) || created.type !== 'game_created')
		return wrong({ code: 'unknown_event', index: 0 });
	const log: ReadLog = {
		id: created.game,
		game,
		entries,
		get head() {
			return records.reduce<EventHash>((head, record) => hashRecord(head, record), GENESIS);
		},
	};
	return { ok: true, log };
}

function wrong(fault: LogFault): CheckedLog {
	return { ok: false, fault };
}

/** The game has come to its end, played out or broken off. */
export function isOver({ entries }: Pick<ReadLog, 'entries'>): boolean {
	return entries.some(({ record }) => record.type === 'game_ended');
}
