/**
 * The log: an append-only list of signed envelopes, each chained to the one before by its hash.
 *
 * An envelope is 64 bytes of signature and a record, which is JSON text. Its hash is
 * SHA-256(hash of the envelope before | record bytes), so the hash of the last one fixes all. The signature, by
 * the host of the term, is over `signedBytes(game, hash)`. The previous hash does not travel: the receiver has it.
 *
 *     {"index":41,"term":1,"time":1764000000000,"author":[2,17],"type":"card_played","v":1,"payload":{"seat":2,"card":"QH"}}
 */
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod/mini';
import type { Brand } from '../cards/card.ts';
import { concatBytes, decodeBase64url, decodeJson, utf8 } from './bytes.ts';
import { assert } from './assert.ts';
import { MAX_SEATS, type Game, type SeatIndex } from './game.ts';
import { MAX_ENVELOPE_BYTES, MAX_EVENTS, MAX_TIME_MS } from './log-limits.ts';
import { isTableEvent, isTableEventType, parseTableEvent, TABLE_EVENT_VERSION } from './table-parse.ts';
import type { GameId, LogEvent } from './table-types.ts';

/** 32 bytes. */
export type EventHash = Brand<Uint8Array, 'EventHash'>;

/** What comes before the first event. */
export const GENESIS = new Uint8Array(32) as EventHash;
export const SIGNATURE_BYTES = 64;

/** A hand as it travels in the record of the deal: sealed to its owner, and bound by a commitment. */
export interface SealedHand {
	/** base64url; null for a bot, whose hand only the host needs. */
	readonly box: string | null;
	/** SHA-256 of blinding and cards, base64url. */
	readonly commitment: string;
	/** The owner's share of the round key, sealed to it, base64url; absent where the key is not shared. */
	readonly share?: string | undefined;
}

/** Cards that a seat has laid face down, as they travel in the record: sealed, and bound by a commitment. */
export interface SealedCards {
	/** Sealed to the round's own key, base64url: for the host and whoever takes its place. */
	readonly box: string;
	/** Sealed to the seat's player, base64url; null for a bot. */
	readonly own: string | null;
	/** SHA-256 of blinding and cards, base64url. */
	readonly commitment: string;
}

export interface LogRecord {
	/** 0-based, without gaps. */
	readonly index: number;
	/** Which host wrote it: 1 for the founder, one more with each takeover. */
	readonly term: number;
	/** Host's clock in ms since 1970, for display only. */
	readonly time: number;
	/** The seat whose command caused it and that command's number; null when the program itself acted. */
	readonly author: readonly [seat: SeatIndex, number: number] | null;
	readonly type: string;
	/** Version of the payload. */
	readonly v: number;
	readonly payload: Readonly<Record<string, unknown>>;
	/** By seat, with a deal or an exchange only. */
	readonly hands?: readonly (SealedHand | null)[] | undefined;
	/** X25519 public key of the round, base64url, with the deal of a game in which cards are laid face down. */
	readonly roundBox?: string | undefined;
	/** With an event that lays some. */
	readonly faceDown?: SealedCards | undefined;
}

const recordSchema = z.strictObject({
	index: z.int().check(z.gte(0), z.lt(MAX_EVENTS)),
	term: z.int().check(z.gte(1)),
	// What no calendar knows would stop every page that shows a day.
	time: z.int().check(z.gte(0), z.lte(MAX_TIME_MS)),
	author: z.nullable(
		z.tuple([
			z.pipe(
				z.int().check(z.gte(0), z.lt(MAX_SEATS)),
				z.transform((seat) => seat as SeatIndex),
			),
			z.int().check(z.gte(0)),
		]),
	),
	type: z.string().check(z.regex(/^[a-z]+(_[a-z]+)*$/), z.maxLength(40)),
	v: z.int().check(z.gte(1)),
	// As it is: the parser of its event must see every key there is.
	payload: z.custom<LogRecord['payload']>(
		(input) => typeof input === 'object' && input !== null && !Array.isArray(input),
	),
	hands: z.optional(
		z
			.array(
				z.nullable(
					z.strictObject({
						box: z.nullable(z.string().check(z.maxLength(400))),
						commitment: z.string().check(z.maxLength(43)),
						share: z.optional(z.string().check(z.maxLength(400))),
					}),
				),
			)
			.check(z.maxLength(MAX_SEATS)),
	),
	roundBox: z.optional(z.string().check(z.maxLength(43))),
	faceDown: z.optional(
		z.strictObject({
			box: z.string().check(z.maxLength(400)),
			own: z.nullable(z.string().check(z.maxLength(400))),
			commitment: z.string().check(z.maxLength(43)),
		}),
	),
});

export function encodeRecord(record: LogRecord): Uint8Array<ArrayBuffer> {
	return utf8(JSON.stringify(record));
}

/** The record, or null when the bytes are none. */
export function decodeRecord(bytes: Uint8Array): LogRecord | null {
	if (bytes.length > MAX_ENVELOPE_BYTES) return null;
	const parsed = recordSchema.safeParse(decodeJson(bytes));
	return parsed.success ? parsed.data : null;
}

export function hashRecord(previous: EventHash, recordBytes: Uint8Array): EventHash {
	return sha256.create().update(previous).update(recordBytes).digest() as EventHash;
}

const EVENT_DOMAIN = utf8('overtrick/event/1\0');

/** What the host of the term signs for an event. */
export function signedBytes(game: GameId, hash: EventHash): Uint8Array<ArrayBuffer> {
	const id = decodeBase64url(game);
	assert(id !== null, 'a game id is base64url');
	return concatBytes(EVENT_DOMAIN, id, hash);
}

export function joinEnvelope(signature: Uint8Array, recordBytes: Uint8Array): Uint8Array<ArrayBuffer> {
	assert(signature.length === SIGNATURE_BYTES, 'a signature has 64 bytes');
	return concatBytes(signature, recordBytes);
}

export interface Envelope {
	readonly signature: Uint8Array;
	readonly recordBytes: Uint8Array;
	readonly record: LogRecord;
}

/** Whole-payload check of an envelope's form, null when it is none. Says nothing of its signature or place. */
export function parseEnvelope(bytes: Uint8Array): Envelope | null {
	if (bytes.length <= SIGNATURE_BYTES || bytes.length > MAX_ENVELOPE_BYTES) return null;
	const recordBytes = bytes.subarray(SIGNATURE_BYTES);
	const record = decodeRecord(recordBytes);
	return record === null ? null : { signature: bytes.subarray(0, SIGNATURE_BYTES), recordBytes, record };
}

/** The event of a record, hands unseen; null when neither the table nor the game knows it. */
export function eventOf(game: Game, record: LogRecord): LogEvent | null {
	return isTableEventType(record.type)
		? parseTableEvent(record.type, record.v, record.payload)
		: game.parseEvent(record.type, record.v, record.payload);
}

/** Type, version and public payload of an event, as the record holds them. */
export function formatLogEvent(game: Game, event: LogEvent): Pick<LogRecord, 'type' | 'v' | 'payload'> {
	if (!isTableEvent(event)) return { type: event.type, ...game.formatEvent(event) };
	const { type, ...payload } = event;
	return { type, v: TABLE_EVENT_VERSION, payload };
}
