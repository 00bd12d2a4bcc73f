import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { utf8 } from './bytes.ts';
import type { GameId } from './table-types.ts';
import { MAX_ENVELOPE_BYTES, MAX_EVENTS, MAX_TIME_MS } from './log-limits.ts';
import {
	decodeRecord,
	encodeRecord,
	eventOf,
	formatLogEvent,
	GENESIS,
	hashRecord,
	joinEnvelope,
	parseEnvelope,
	SIGNATURE_BYTES,
	signedBytes,
	type LogRecord,
} from './log.ts';
import { toSeat } from './seats.ts';
import { bytes32, GAME_ID } from './testing.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const CARD: LogRecord = {
	index: 41,
	term: 1,
	time: 1_764_000_000_000,
	author: [toSeat(2), 17],
	type: 'card_played',
	v: 1,
	payload: { seat: 2, card: 'QH' },
};
const DEAL: LogRecord = {
	index: 7,
	term: 2,
	time: 0,
	author: null,
	type: 'cards_dealt',
	v: 1,
	payload: { round: 10 },
	hands: [{ box: bytes32(1), commitment: bytes32(2) }, { box: null, commitment: bytes32(3) }, null],
};

const record: fc.Arbitrary<LogRecord> = fc.record(
	{
		index: fc.nat({ max: MAX_EVENTS - 1 }),
		term: fc.integer({ min: 1, max: 1000 }),
		time: fc.nat(MAX_TIME_MS),
		author: fc.option(fc.tuple(fc.nat({ max: 9 }).map(toSeat), fc.maxSafeNat())),
		type: fc.stringMatching(/^[a-z]{1,9}(_[a-z]{1,9}){0,3}$/),
		v: fc.integer({ min: 1, max: 99 }),
		payload: fc.dictionary(
			fc.string({ maxLength: 12 }),
			fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
			{ maxKeys: 5 },
		),
		hands: fc.array(
			fc.option(
				fc.record({
					box: fc.option(fc.base64String({ maxLength: 400 })),
					commitment: fc.string({ maxLength: 43 }),
				}),
			),
			{ maxLength: 10 },
		),
	},
	{ requiredKeys: ['index', 'term', 'time', 'author', 'type', 'v', 'payload'] },
);

describe('a record', () => {
	it('comes back from its bytes as it went in', () => {
		for (const one of [CARD, DEAL]) expect(decodeRecord(encodeRecord(one))).toEqual(one);
		fc.assert(
			fc.property(record, (one) => {
				const bytes = encodeRecord(one);
				const decoded = decodeRecord(bytes);
				if (bytes.length <= MAX_ENVELOPE_BYTES) expect(decoded).toEqual(JSON.parse(JSON.stringify(one)));
			}),
			{ numRuns: 300 },
		);
	});

	it.each<[string, Partial<Record<keyof LogRecord | 'extra', unknown>>]>([
		['an index below zero', { index: -1 }],
		['an index that is no whole number', { index: 0.5 }],
		['an index beyond the longest log', { index: MAX_EVENTS }],
		['a term before the first', { term: 0 }],
		['a time before 1970', { time: -1 }],
		['a time that no calendar has: a page that shows it would stop for good', { time: 9e15 }],
		['a time with five digits of a year', { time: Date.UTC(10_000, 0) }],
		['an author without a number', { author: [1] }],
		['an author at no seat', { author: [10, 1] }],
		['an author who is a name', { author: 'Dana' }],
		['a type in capitals', { type: 'Card_Played' }],
		['a type with a way out', { type: '__proto__' }],
		['a type as long as a letter', { type: 'a'.repeat(41) }],
		['no version', { v: 0 }],
		['a payload that is a list', { payload: [] }],
		['a payload that is nothing', { payload: null }],
		['hands of eleven seats', { hands: Array.from({ length: 11 }, () => null) }],
		['a box of 401 letters', { hands: [{ box: 'A'.repeat(401), commitment: bytes32(1) }] }],
		['a commitment longer than a hash', { hands: [{ box: null, commitment: 'A'.repeat(44) }] }],
		['a hand that says more', { hands: [{ box: null, commitment: '', cards: ['QH'] }] }],
		['a key that no record has', { extra: 1 }],
	])('has no place for %s', (_, wrong) => {
		expect(decodeRecord(utf8(JSON.stringify({ ...CARD, ...wrong })))).toBeNull();
	});

	it('needs each of its fields, and keeps no poisoned key out of sight', () => {
		for (const key of ['index', 'term', 'time', 'author', 'type', 'v', 'payload']) {
			const { [key]: _, ...rest }: Record<string, unknown> = { ...CARD };
			expect(decodeRecord(utf8(JSON.stringify(rest)))).toBeNull();
		}
		const text = JSON.stringify(CARD);
		expect(decodeRecord(utf8(`{"__proto__":{},${text.slice(1)}`))).toBeNull();
		const poisoned = decodeRecord(utf8(text.replace('"seat"', '"__proto__":{"by":"bot"},"seat"')));
		expect(poisoned === null ? null : eventOf(EL_DORADO, poisoned)).toBeNull();
	});

	it('is not what is no JSON, no UTF-8, or too long', () => {
		expect(decodeRecord(utf8('{'))).toBeNull();
		expect(decodeRecord(Uint8Array.of(0xc0, 0x80))).toBeNull();
		const long = utf8(JSON.stringify({ ...CARD, payload: { text: 'x'.repeat(MAX_ENVELOPE_BYTES) } }));
		expect(decodeRecord(long)).toBeNull();
	});
});

describe('the hash chain', () => {
	// Fixed for ever: whoever changes the bytes of a record or the hash over them ends all logs there are.
	it('gives the known answer', () => {
		expect(new TextDecoder().decode(encodeRecord(CARD))).toBe(
			'{"index":41,"term":1,"time":1764000000000,"author":[2,17],"type":"card_played","v":1,' +
				'"payload":{"seat":2,"card":"QH"}}',
		);
		const first = hashRecord(GENESIS, encodeRecord(CARD));
		const second = hashRecord(first, encodeRecord(DEAL));
		expect(hex(first)).toBe('e4cc3b155c1064f56e2c9bb60f4f886cd37cb3b9db7dd1a808541b11f7319b2e');
		expect(hex(second)).toBe('028f4eae61d7d9f28a4045e6847e7db4438b417ee1dbfd6c537c879118f40aa2');
	});

	it('is SHA-256 over the hash before and the record, as anybody can compute it', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (previous, bytes) => {
				const expected = createHash('sha256').update(previous).update(bytes).digest('hex');
				expect(hex(hashRecord(previous as typeof GENESIS, bytes))).toBe(expected);
			}),
		);
	});

	it('is signed for one game: domain, game and hash', () => {
		const signed = signedBytes(GAME_ID, GENESIS);
		expect(hex(signed)).toBe(hex(utf8('overtrick/event/1\0')) + '09'.repeat(16) + '00'.repeat(32));
		expect(() => signedBytes('?' as GameId, GENESIS)).toThrow();
	});
});

describe('an envelope', () => {
	const signature = new Uint8Array(SIGNATURE_BYTES).fill(5);

	it('is a signature and a record', () => {
		const bytes = joinEnvelope(signature, encodeRecord(CARD));
		expect(parseEnvelope(bytes)).toEqual({ signature, recordBytes: encodeRecord(CARD), record: CARD });
		expect(() => joinEnvelope(signature.subarray(1), encodeRecord(CARD))).toThrow();
	});

	it('is read from the middle of a larger buffer', () => {
		const bytes = joinEnvelope(signature, encodeRecord(CARD));
		const larger = new Uint8Array(bytes.length + 20);
		larger.set(bytes, 10);
		expect(parseEnvelope(larger.subarray(10, 10 + bytes.length))?.record).toEqual(CARD);
	});

	it('is not what is empty, a signature alone, cut, followed by more, or too long', () => {
		const bytes = joinEnvelope(signature, encodeRecord(CARD));
		expect(parseEnvelope(new Uint8Array())).toBeNull();
		expect(parseEnvelope(signature)).toBeNull();
		expect(parseEnvelope(bytes.subarray(0, -1))).toBeNull();
		expect(parseEnvelope(bytes.subarray(1))).toBeNull();
		expect(parseEnvelope(Uint8Array.of(...bytes, 0x7d))).toBeNull();
		const spaces = joinEnvelope(signature, utf8(JSON.stringify(CARD).padEnd(MAX_ENVELOPE_BYTES - 64)));
		expect(spaces).toHaveLength(MAX_ENVELOPE_BYTES);
		expect(parseEnvelope(spaces)?.record).toEqual(CARD);
		expect(parseEnvelope(Uint8Array.of(...spaces, 0x20))).toBeNull();
	});
});

describe('the event of a record', () => {
	it('is the table’s or the game’s, by its type', () => {
		expect(eventOf(EL_DORADO, CARD)).toMatchObject({ type: 'card_played', seat: 2 });
		expect(eventOf(EL_DORADO, { ...CARD, type: 'seat_left', payload: { seat: 2 } })).toEqual({
			type: 'seat_left',
			seat: 2,
		});
		expect(eventOf(EL_DORADO, { ...CARD, type: 'seat_left' })).toBeNull();
		expect(eventOf(EL_DORADO, { ...CARD, type: 'cards_eaten' })).toBeNull();
		expect(eventOf(EL_DORADO, { ...CARD, v: 2 })).toBeNull();
	});

	it('never holds a hand: a deal is written without its cards', () => {
		const start = EL_DORADO.start(EL_DORADO.defaultOptions(), 2, toSeat(0));
		const deck = Array.from({ length: 52 }, (_, card) => card) as never;
		const deal = EL_DORADO.deal(start, [toSeat(0), toSeat(1)], deck);
		expect(Object.keys(formatLogEvent(EL_DORADO, deal).payload)).not.toContain('hands');
	});
});
