/**
 * A whole record of a game as a file: JSON, one event a line, each with its signature and the very bytes that were
 * signed, and at the end the hash that fixes them all. Complete, and as good a proof as the log itself.
 *
 *     {"format":"overtrick-log","v":1,"game":"...","variant":"el_dorado","hash":"...","events":[
 *     {"signature":"...","record":"{\"index\":0,...}"},
 */
import * as z from 'zod/mini';
import { decodeBase64url, decodeUtf8, encodeBase64url, utf8 } from './bytes.ts';
import { joinEnvelope, SIGNATURE_BYTES, type EventHash } from './log.ts';
import { MAX_ENVELOPE_BYTES, MAX_EVENTS } from './log-limits.ts';
import type { ReadLog } from './read-log.ts';

const FORMAT = 'overtrick-log';
const VERSION = 1;

/** Ten players over a hundred rounds come to 8 MB; whatever is larger is no game and is not even read. */
export const MAX_FILE_BYTES = 16_000_000;

export const FILE_FAULTS = ['too_large', 'not_json', 'not_a_log', 'newer', 'too_many', 'bad_event'] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

export type ParsedFile =
	| {
			readonly ok: true;
			readonly envelopes: readonly Uint8Array<ArrayBuffer>[];
			/** What the file says its last event's hash is, base64url. */
			readonly hash: string;
	  }
	/** `index` of the event it is about; null where it is about none. */
	| { readonly ok: false; readonly code: FileFault; readonly index: number | null };

/** @param envelopes as they were stored: the file holds their bytes and nothing is written anew */
export function formatLogFile(
	{ id, game, head }: Pick<ReadLog, 'id' | 'game' | 'head'>,
	envelopes: readonly Uint8Array[],
): string {
	const opening = {
		format: FORMAT,
		v: VERSION,
		game: id,
		variant: game.variant,
		hash: encodeBase64url(head),
	};
	const lines = envelopes.map((bytes) =>
		JSON.stringify({
			signature: encodeBase64url(bytes.subarray(0, SIGNATURE_BYTES)),
			record: decodeUtf8(bytes.subarray(SIGNATURE_BYTES)),
		}),
	);
	return `${JSON.stringify(opening).slice(0, -1)},"events":[\n${lines.join(',\n')}\n]}\n`;
}

const openingSchema = z.object({ format: z.literal(FORMAT), v: z.int() });
const fileSchema = z.strictObject({
	format: z.literal(FORMAT),
	v: z.literal(VERSION),
	game: z.string(),
	variant: z.string(),
	hash: z.string().check(z.maxLength(43)),
	events: z.array(z.unknown()),
});
const eventSchema = z.strictObject({
	signature: z.string().check(z.maxLength(86)),
	record: z.string().check(z.maxLength(MAX_ENVELOPE_BYTES)),
});

/** Form alone: order, hash, signatures and rules are looked at by whoever reads the log on. */
export function parseLogFile(text: string): ParsedFile {
	if (text.length > MAX_FILE_BYTES) return fault('too_large');
	const input = jsonOf(text);
	return input === undefined ? fault('not_json') : parseLogObject(input);
}

/** The same of a file's content that is read already, as one of many. */
export function parseLogObject(input: unknown): ParsedFile {
	const opening = openingSchema.safeParse(input);
	if (!opening.success) return fault('not_a_log');
	if (opening.data.v > VERSION) return fault('newer');
	const file = fileSchema.safeParse(input);
	if (!file.success) return fault('not_a_log');
	const { events, hash } = file.data;
	if (events.length > MAX_EVENTS) return fault('too_many');
	const envelopes: Uint8Array<ArrayBuffer>[] = [];
	for (const [index, event] of events.entries()) {
		const bytes = envelopeOf(event);
		if (bytes === null) return fault('bad_event', index);
		envelopes.push(bytes);
	}
	return { ok: true, envelopes, hash };
}

function fault(code: FileFault, index: number | null = null): ParsedFile {
	return { ok: false, code, index };
}

/** undefined for what is no JSON: null is some. */
export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function envelopeOf(input: unknown): Uint8Array<ArrayBuffer> | null {
	const event = eventSchema.safeParse(input);
	const signature = event.success ? decodeBase64url(event.data.signature) : null;
	if (!event.success || signature?.length !== SIGNATURE_BYTES) return null;
	return joinEnvelope(signature, utf8(event.data.record));
}

/** Whether the file ends with the hash it says it does. */
export function isHashOf(hash: string, head: EventHash): boolean {
	return hash === encodeBase64url(head);
}
