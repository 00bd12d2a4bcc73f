/**
 * A whole log from its envelopes, for whoever looks back at a game: parsed, in its order, its hash chain run through.
 * Whether the signatures are right is for the room, which has the keys (`room/log-book.ts`).
 *
 *     const log = await readLog(envelopes, loadGame);
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
	/** Hash of the last event: it fixes the whole game. */
	readonly head: EventHash;
}

/** null for what is not the log of a game that this version of the program knows. */
export async function readLog(
	envelopes: readonly Uint8Array[],
	loadGame: (variant: Variant) => Promise<Game>,
): Promise<ReadLog | null> {
	const [first] = envelopes;
	const opening = first === undefined ? null : parseEnvelope(first);
	const variant = VARIANTS.find((one) => one === opening?.record.payload['variant']);
	if (variant === undefined || envelopes.length > MAX_EVENTS) return null;
	const game = await loadGame(variant);
	const entries: ReadEntry[] = [];
	let head = GENESIS;
	for (const [index, bytes] of envelopes.entries()) {
		const envelope = parseEnvelope(bytes);
		const event = envelope === null ? null : eventOf(game, envelope.record);
		if (envelope === null || event === null || envelope.record.index !== index) return null;
		head = hashRecord(head, envelope.recordBytes);
		entries.push({ record: envelope.record, event, time: envelope.record.time });
	}
	const created = entries[0]?.event;
	if (created === undefined || !isTableEvent(created) || created.type !== 'game_created') return null;
	return { id: created.game, game, entries, head };
}

/** The game has come to its end, played out or broken off. */
export function isOver({ entries }: Pick<ReadLog, 'entries'>): boolean {
	return entries.some(({ record }) => record.type === 'game_ended');
}
