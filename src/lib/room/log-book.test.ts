import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLoneHost, type LoneHost } from '../../../tests/sim/lone-host.ts';
import { gameNamed } from '../../../tests/sim/simulated-table.ts';
import { encodeBase64url, utf8 } from '../game/bytes.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import {
	encodeRecord,
	GENESIS,
	hashRecord,
	joinEnvelope,
	parseEnvelope,
	SIGNATURE_BYTES,
	signedBytes,
	type EventHash,
	type LogRecord,
} from '../game/log.ts';
import { seatOf } from '../game/seats.ts';
import type { GameId, TableState } from '../game/table-types.ts';
import type { ElDoradoState } from '../games/el-dorado/index.ts';
import { openHand } from './deal.ts';
import type { Identity } from './keys.ts';
import { LogBook, type CardOpener, type LogBookOptions, type LogOffence } from './log-book.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Two humans and a bot in the second round, played by a real host. */
let table: LoneHost;
let log: readonly Bytes[];
let records: readonly LogRecord[];
let host: Identity;
let dana: Identity;

beforeAll(async () => {
	table = await openLoneHost({ seed: 41, humans: 2, bots: 1 });
	await table.ask(0, { type: 'start_game' });
	await table.playUntil(({ inner }) => inner?.round === 2 && inner.phase === 'playing');
	log = table.host.book.envelopes();
	records = table.host.book.entries.map(({ record }) => record);
	[host, dana] = table.players as [Identity, Identity];
});

const asSpectator: CardOpener = (event) => Promise.resolve(event);

function bookOf(options: Partial<LogBookOptions> = {}): LogBook {
	return new LogBook({
		keys: table.keys,
		gameId: table.gameId,
		gameOf: gameNamed,
		acceptsFounder: (player) => player === host.player,
		openCards: asSpectator,
		...options,
	});
}
/** A book that has taken in the first `length` events. */
async function bookWith(length: number, options: Partial<LogBookOptions> = {}): Promise<LogBook> {
	const book = bookOf(options);
	await book.receive(log.slice(0, length));
	expect(book.length).toBe(length);
	return book;
}

function headAt(length: number): EventHash {
	return records.slice(0, length).reduce((hash, record) => hashRecord(hash, encodeRecord(record)), GENESIS);
}
/** Any bytes as the event at an index of the log, signed by whom you like for the game you like. */
async function signedAt(
	index: number,
	recordBytes: Bytes,
	{ signer = host, game = table.gameId }: { signer?: Identity; game?: GameId } = {},
): Promise<Bytes> {
	const hash = hashRecord(headAt(index), recordBytes);
	return joinEnvelope(await signer.sign(signedBytes(game, hash)), recordBytes);
}
const recordAt = (index: number): LogRecord => records[index] as LogRecord;
const changed = (index: number, change: object): Bytes =>
	utf8(JSON.stringify({ ...recordAt(index), ...change }));

/** The event must be refused so, and nothing may have changed. */
async function expectRefusal(book: LogBook, batch: readonly Bytes[], offence: LogOffence): Promise<void> {
	const before = [book.length, book.head, book.state, book.envelopes().length] as const;
	expect(await book.receive(batch)).toEqual({ taken: 0, offence });
	expect([book.length, book.head, book.state, book.envelopes().length]).toEqual(before);
	expect(book.state).toBe(before[2]);
}

const handsOf = (state: TableState | null) => (state?.inner as ElDoradoState | null)?.hands ?? [];
/** All that does not hang on who looks. */
const publicPart = (state: TableState | null) => ({
	...state,
	inner: { ...state?.inner, hands: [] },
	beforeRound: { ...state?.beforeRound, hands: [] },
});

describe('an honest log', () => {
	it('is taken in, whole or in any pieces, to the same state, head and bytes as the host has', async () => {
		const hostBook = table.host.book;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }), async (sizes) => {
				const book = bookOf();
				let from = 0;
				for (const size of [...sizes, log.length]) {
					const batch = log.slice(from, from + size);
					expect(await book.receive(batch)).toEqual({ taken: batch.length, offence: null });
					from += batch.length;
				}
				expect(book.head).toEqual(hostBook.head);
				expect(publicPart(book.state)).toEqual(publicPart(hostBook.state));
				expect(book.envelopes()).toEqual(log);
			}),
			{ numRuns: 6 },
		);
	});

	it('with nothing new in it changes nothing', async () => {
		const book = await bookWith(5);
		expect(await book.receive([])).toEqual({ taken: 0, offence: null });
		expect(book.length).toBe(5);
	});

	it('opens to each player its own hand, and to a spectator none', async () => {
		const asDana: CardOpener = async (event, { hands = [] }, state) => {
			const seat = seatOf(state, dana.player);
			const sealed = seat === null ? null : (hands[seat] ?? null);
			const own = sealed === null ? null : await openHand(dana, sealed);
			const game = gameNamed('el_dorado');
			return game?.openHands(
				event,
				state.seats.map((_, index) => (index === seat ? own : null)),
			) as typeof event;
		};
		const danas = await bookWith(log.length, { openCards: asDana });
		const all = handsOf(table.host.book.state);
		expect(all.every((hand) => hand !== null)).toBe(true);
		expect(handsOf(danas.state)).toEqual([null, all[1], null]);
		expect(handsOf((await bookWith(log.length)).state)).toEqual([null, null, null]);
	});

	it('says of each event whose command caused it, whatever seat that player has by now', async () => {
		const moved = await openLoneHost({ seed: 42, humans: 2, rules: { seats: 4 } });
		await moved.ask(1, { type: 'swap_seats', a: 1 as never, b: 3 as never });
		await moved.ask(0, { type: 'swap_seats', a: 0 as never, b: 1 as never });
		// Brings the host from seat 1 to seat 0 of a table of two, in one command with several events.
		const { rules, options } = moved.host.state;
		await moved.ask(0, { type: 'set_rules', rules: { ...rules, seats: 2 }, options });
		await moved.ask(1, { type: 'leave_seat' });
		const names = new Map(moved.players.map(({ player }, n) => [player, n]));
		const authors = moved.host.book.entries.map(({ record, player }) => [
			record.type,
			player === null ? null : names.get(player),
		]);
		expect(authors).toEqual([
			['game_created', null],
			['seat_taken', 0],
			['seat_taken', 1],
			['ready_set', 1],
			['seats_swapped', 1],
			['seats_swapped', 0],
			['seats_swapped', 0],
			['rules_set', 0],
			['seat_cleared', 1],
		]);
	});
});

describe('an envelope is refused, and its offence named, that', () => {
	it('is malformed: empty, cut, too long, no record at all', async () => {
		const book = await bookWith(6);
		const next = log[6] as Bytes;
		for (const bytes of [
			new Uint8Array(),
			next.slice(0, SIGNATURE_BYTES),
			next.slice(0, -1),
			joinEnvelope(new Uint8Array(SIGNATURE_BYTES), utf8('null')),
			new Uint8Array(1_000_000),
			await signedAt(6, changed(6, { extra: true })),
		]) {
			await expectRefusal(book, [bytes], 'malformed_envelope');
		}
	});

	it('leaves a gap, or stands in the log already', async () => {
		const book = await bookWith(6);
		await expectRefusal(book, log.slice(7), 'wrong_index');
		await expectRefusal(book, log.slice(5), 'wrong_index');
		await expectRefusal(book, log.slice(0, 1), 'wrong_index');
		await expectRefusal(bookOf(), log.slice(1), 'wrong_index');
		await expectRefusal(book, [await signedAt(6, changed(6, { index: 7 }))], 'wrong_index');
	});

	it('comes twice in one batch', async () => {
		const book = await bookWith(6);
		const twice = [log[6], log[6]] as Bytes[];
		expect(await book.receive(twice)).toEqual({ taken: 1, offence: 'wrong_index' });
		expect(book.length).toBe(7);
	});

	it('is of another term', async () => {
		const book = await bookWith(6);
		await expectRefusal(book, [await signedAt(6, changed(6, { term: 2 }))], 'wrong_term');
		await expectRefusal(bookOf(), [await signedAt(0, changed(0, { term: 2 }))], 'wrong_term');
	});

	it('opens another game, or opens none', async () => {
		const other = encodeBase64url(new Uint8Array(16)) as GameId;
		const { payload } = recordAt(0);
		const elsewhere = changed(0, { payload: { ...payload, game: other } });
		await expectRefusal(bookOf(), [await signedAt(0, elsewhere)], 'wrong_game');
		// Honest, but of the other game: what its host signed says so.
		const otherGame = await signedAt(0, elsewhere, { game: other });
		await expectRefusal(bookOf(), [otherGame], 'bad_signature');
		await expectRefusal(bookOf({ gameId: other }), [otherGame, log[1] as Bytes].slice(1), 'wrong_index');
		const seat = changed(1, { index: 0, payload: { ...recordAt(1).payload, variant: 'el_dorado' } });
		const refused = await bookOf().receive([await signedAt(0, seat)]);
		expect(refused).toEqual({ taken: 0, offence: 'bad_signature' });
	});

	it('comes from a founder that is not the expected one, however well it is signed', async () => {
		const mine = changed(0, { payload: { ...recordAt(0).payload, host: dana.player } });
		const forged = await signedAt(0, mine, { signer: dana });
		await expectRefusal(bookOf(), [forged], 'wrong_game');
		// Only that refusal stands in its way.
		const anybody = bookOf({ acceptsFounder: () => true });
		expect(await anybody.receive([forged])).toEqual({ taken: 1, offence: null });
	});

	it('is signed by another than the host, or not at all', async () => {
		const book = await bookWith(6);
		const bytes = encodeRecord(recordAt(6));
		await expectRefusal(book, [await signedAt(6, bytes, { signer: dana })], 'bad_signature');
		await expectRefusal(book, [joinEnvelope(new Uint8Array(SIGNATURE_BYTES), bytes)], 'bad_signature');
		await expectRefusal(
			bookOf(),
			[await signedAt(0, encodeRecord(recordAt(0)), { signer: dana })],
			'bad_signature',
		);
		const nobody = changed(0, { payload: { ...recordAt(0).payload, host: 'x'.repeat(43) } });
		await expectRefusal(bookOf(), [await signedAt(0, nobody)], 'bad_signature');
		const noName = changed(0, { payload: { ...recordAt(0).payload, host: { toString: 1 } } });
		await expectRefusal(bookOf(), [await signedAt(0, noName)], 'bad_signature');
	});

	it('was altered by as much as a bit, in its record or its signature', async () => {
		const book = await bookWith(6);
		const next = log[6] as Bytes;
		let refused = 0;
		for (let at = 0; at < next.length; at += 7) {
			const altered = next.slice();
			altered[at] = (altered[at] ?? 0) ^ 1;
			const { taken, offence } = await book.receive([altered]);
			expect(taken).toBe(0);
			expect(['bad_signature', 'malformed_envelope', 'wrong_index']).toContain(offence);
			refused++;
		}
		expect(refused).toBeGreaterThan(20);
		expect(book.length).toBe(6);
	});

	it('is a true event of the host in another place: the chain says where it belongs', async () => {
		const book = await bookWith(6);
		// The record says it is the next one; the hash before it says it is not.
		const elsewhere = hashRecord(headAt(5), encodeRecord(recordAt(6)));
		const moved = joinEnvelope(
			await host.sign(signedBytes(table.gameId, elsewhere)),
			encodeRecord(recordAt(6)),
		);
		await expectRefusal(book, [moved], 'bad_signature');
		const otherGame = encodeBase64url(new Uint8Array(16)) as GameId;
		const replayed = await signedAt(6, encodeRecord(recordAt(6)), { game: otherGame });
		await expectRefusal(book, [replayed], 'bad_signature');
	});

	it('cannot be by the rules, though the host has signed it', async () => {
		const at = records.findIndex(({ type }) => type === 'bid_made');
		const book = await bookWith(at);
		const bid = recordAt(at);
		for (const payload of [
			{ ...bid.payload, bid: 11 },
			{ ...bid.payload, seat: (Number(bid.payload.seat) + 1) % 3 },
		]) {
			const { taken, offence } = await book.receive([await signedAt(at, changed(at, { payload }))]);
			expect(taken).toBe(0);
			expect(['event_does_not_fit', 'unknown_event']).toContain(offence);
		}
		const wrongSeat = { ...bid.payload, seat: (Number(bid.payload.seat) + 1) % 3 };
		await expectRefusal(
			book,
			[await signedAt(at, changed(at, { payload: wrongSeat }))],
			'event_does_not_fit',
		);
		const end = changed(at, { type: 'game_ended', payload: { reason: 'completed', secret: dana.player } });
		await expectRefusal(book, [await signedAt(at, end)], 'event_does_not_fit');
		const again = changed(at, { type: 'game_created', payload: recordAt(0).payload });
		await expectRefusal(book, [await signedAt(at, again)], 'event_does_not_fit');
	});

	it('deals a hand that its owner can see is not the one dealt', async () => {
		const at = records.findIndex(({ type }) => type === 'cards_dealt');
		const cheated: CardOpener = (event) =>
			Promise.resolve(gameNamed('el_dorado')?.openHands(event, [null, [1, 1] as never, null]) ?? event);
		const book = await bookWith(at, { openCards: cheated });
		await expectRefusal(book, [log[at] as Bytes], 'event_does_not_fit');
		const broken = await bookWith(at, { openCards: () => Promise.reject(new Error('no key')) });
		await expectRefusal(broken, [log[at] as Bytes], 'event_does_not_fit');
	});

	it('is of a type, a version or a game that this program does not know', async () => {
		const book = await bookWith(6);
		const eaten = changed(6, { type: 'cards_eaten', payload: {} });
		await expectRefusal(book, [await signedAt(6, eaten)], 'unknown_event');
		await expectRefusal(book, [await signedAt(6, changed(6, { v: 2 }))], 'unknown_event');
		await expectRefusal(book, [await signedAt(6, changed(6, { payload: { seat: 77 } }))], 'unknown_event');
		const whist = changed(0, { payload: { ...recordAt(0).payload, variant: 'poker' } });
		await expectRefusal(bookOf(), [await signedAt(0, whist)], 'unknown_event');
	});

	it('stands beyond the longest log there may be', async () => {
		const book = await bookWith(6);
		const beyond = await signedAt(6, changed(6, { index: MAX_EVENTS }));
		await expectRefusal(book, [beyond], 'malformed_envelope');
	});
});

describe('a batch with one bad envelope', () => {
	it('is taken in up to there, and goes on from there once the right one comes', async () => {
		const offences: [LogOffence, Bytes][] = [
			['malformed_envelope', new Uint8Array(100)],
			['wrong_index', log[3] as Bytes],
			['bad_signature', await signedAt(20, encodeRecord(recordAt(20)), { signer: dana })],
			['wrong_term', await signedAt(20, changed(20, { term: 3 }))],
			['unknown_event', await signedAt(20, changed(20, { type: 'cards_eaten' }))],
			['event_does_not_fit', await signedAt(20, changed(20, { type: 'seat_cleared', payload: { seat: 0 } }))],
		];
		for (const [offence, bad] of offences) {
			const book = bookOf();
			expect(await book.receive(log.toSpliced(20, 1, bad))).toEqual({ taken: 20, offence });
			expect(book.length).toBe(20);
			expect(book.head).toEqual(headAt(20));
			expect(await book.receive(log.slice(20))).toEqual({ taken: log.length - 20, offence: null });
			expect(book.head).toEqual(table.host.book.head);
		}
	});

	it('takes no event behind one that is missing', async () => {
		const book = bookOf();
		expect(await book.receive(log.toSpliced(20, 1))).toEqual({ taken: 20, offence: 'wrong_index' });
	});
});

describe('what this device has verified before', () => {
	it('is believed without its signatures, but not out of place or against the rules', async () => {
		const unsigned = log.map((bytes) =>
			joinEnvelope(new Uint8Array(SIGNATURE_BYTES), bytes.slice(SIGNATURE_BYTES)),
		);
		const book = bookOf();
		expect(await book.receive(unsigned, { trusted: true })).toEqual({ taken: log.length, offence: null });
		expect(await bookOf().receive(unsigned)).toEqual({ taken: 0, offence: 'bad_signature' });
		expect(await bookOf().receive(unsigned.slice(1), { trusted: true })).toMatchObject({ taken: 0 });
		const other = bookOf({ gameId: 'B'.repeat(22) as GameId });
		expect(await other.receive(unsigned, { trusted: true })).toEqual({ taken: 0, offence: 'wrong_game' });
	});

	it('is believed whoever opened it: this device knew why when it stored it', async () => {
		const book = bookOf({ acceptsFounder: () => false });
		expect(await book.receive(log)).toEqual({ taken: 0, offence: 'wrong_game' });
		expect(await book.receive(log, { trusted: true })).toEqual({ taken: log.length, offence: null });
	});
});

describe('a draft', () => {
	it('is signed and chained to the log, and not taken in until it is received', async () => {
		const book = await bookWith(6);
		const time = 123_456;
		const [first, second] = await book.draft(
			host,
			[
				{ event: { type: 'seat_cleared', seat: 2 as never }, sealed: {} },
				{ event: { type: 'seat_cleared', seat: 1 as never }, sealed: {} },
			],
			[0 as never, 9],
			time,
		);
		expect(book.length).toBe(6);
		const drafted = [first, second] as Bytes[];
		expect(drafted.map((bytes) => parseEnvelope(bytes)?.record)).toMatchObject([
			{ index: 6, term: 1, time, author: [0, 9], type: 'seat_cleared' },
			{ index: 7, term: 1, time, author: [0, 9], type: 'seat_cleared' },
		]);
		expect(await book.receive(drafted.slice(1))).toEqual({ taken: 0, offence: 'wrong_index' });
	});

	it('of a guest is worth nothing', async () => {
		const book = await bookWith(6);
		const drafted = await book.draft(
			dana,
			[{ event: { type: 'player_kicked', player: host.player }, sealed: {} }],
			null,
			0,
		);
		await expectRefusal(book, drafted, 'bad_signature');
	});
});
