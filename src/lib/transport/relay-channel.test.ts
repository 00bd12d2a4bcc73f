import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { createPace, type Rate } from './pace.ts';
import { PIECE_BYTES, RelayChannel, type Cipher } from './relay-channel.ts';

/** Shows whether it was kept: one more byte, which depends on number and header. */
const CIPHER: Cipher = {
	seal: (plain, nonce, header) => Uint8Array.of(sum(nonce) ^ sum(header), ...plain),
	unseal: (sealed, nonce, header) => {
		if (sealed[0] !== (sum(nonce) ^ sum(header))) throw new Error('not sealed so');
		return sealed.slice(1);
	},
};
const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => (total * 31 + byte) & 0xff, 7);

const FAST: Rate = { messages: 1e6, messagesPerS: 1e6, bytes: 1e9, bytesPerS: 1e9 };
const SLOW: Rate = { messages: 1, messagesPerS: 10, bytes: 1e9, bytesPerS: 1e9 };

function setUp(rate: Rate = FAST) {
	const clock = createFakeClock();
	const pieces: Uint8Array[] = [];
	const got: Uint8Array[] = [];
	const events: string[] = [];
	const make = (send: (piece: Uint8Array) => void): RelayChannel =>
		new RelayChannel({
			clock,
			pace: createPace(clock, rate, () => true),
			name: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
			send,
		});
	const from = make((piece) => pieces.push(piece));
	const to = make(() => undefined);
	to.onmessage = (event: MessageEvent<ArrayBuffer>) => got.push(new Uint8Array(event.data));
	to.onclose = () => events.push('closed');
	from.onbufferedamountlow = () => events.push(`low at ${from.bufferedAmount}`);
	from.open(CIPHER);
	to.open(CIPHER);
	return { clock, from, to, pieces, got, events };
}

const message = (length: number, fill = 1): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(fill);

describe('the channel of a relayed link', () => {
	it('carries messages whole and in order, whatever their size', () => {
		const { from, to, pieces, got } = setUp();
		const lengths = [0, 1, 2, 500, PIECE_BYTES - 3, PIECE_BYTES - 2, PIECE_BYTES, 16_384, 3];
		for (const [index, length] of lengths.entries()) from.send(message(length, index));
		for (const piece of pieces) to.received(piece);
		expect(got.map(({ length }) => length)).toEqual(lengths);
		expect(got.every((bytes, index) => bytes.every((byte) => byte === index))).toBe(true);
		expect(from.bufferedAmount).toBe(0);
	});

	it('sends in one piece what gathered while it had to wait', async () => {
		const { clock, from, to, pieces, got } = setUp(SLOW);
		for (let count = 0; count < 101; count++) from.send(message(20));
		expect(pieces.length).toBe(1);
		await clock.advance(110);
		expect(pieces.length).toBe(2);
		for (const piece of pieces) to.received(piece);
		expect(got.length).toBe(101);
	});

	it('tells when it has room again, but not in the middle of a send', async () => {
		const { clock, from, events } = setUp(SLOW);
		from.bufferedAmountLowThreshold = 100;
		for (let count = 0; count < 3; count++) from.send(message(PIECE_BYTES - 2));
		expect(events).toEqual([]);
		await clock.advance(110);
		expect(events).toEqual([]);
		await clock.advance(110);
		expect(events).toEqual(['low at 0']);
	});

	it('drops what comes twice, and waits for what is late', () => {
		const { from, to, pieces, got } = setUp();
		for (let count = 0; count < 5; count++) from.send(message(1, count));
		for (const index of [0, 0, 2, 4, 2, 1, 1, 3, 0, 4]) to.received(pieces[index] ?? message(0));
		expect(got.map(([byte]) => byte)).toEqual([0, 1, 2, 3, 4]);
	});

	it('closes when a piece never comes, whatever comes behind it', async () => {
		const { clock, from, to, pieces, events } = setUp();
		for (let count = 0; count < 4; count++) from.send(message(1, count));
		to.received(pieces[0] ?? message(0));
		to.received(pieces[2] ?? message(0));
		await clock.advance(1_000);
		to.received(pieces[3] ?? message(0));
		expect(events).toEqual([]);
		await clock.advance(1_000);
		expect([events, to.readyState]).toEqual([['closed'], 'closed']);
		expect(clock.waiting).toBe(0);
	});

	it('ignores what is forged, and takes the true piece after it', () => {
		const { from, to, pieces, got, events } = setUp();
		from.send(message(9, 9));
		const [piece = message(0)] = pieces;
		for (let at = 8; at < 13; at++) {
			const forged = piece.slice();
			forged[at] = (forged[at] ?? 0) ^ 0x11;
			to.received(forged);
		}
		for (let length = 0; length < 13; length++) to.received(piece.slice(0, length));
		expect(got).toEqual([]);
		to.received(piece);
		expect([got, events]).toEqual([[message(9, 9)], []]);
	});

	it('holds a limited number of pieces back, and always takes the one that is due', () => {
		const { from, to, pieces, got } = setUp();
		for (let count = 0; count < 200; count++) from.send(message(1, count));
		for (const piece of pieces.slice(1)) to.received(piece);
		expect(got).toEqual([]);
		to.received(pieces[0] ?? message(0));
		expect(got.length).toBe(65);
	});

	it('keeps what comes before it has a key', () => {
		const { clock, from, pieces } = setUp();
		from.send(message(1, 1));
		from.send(message(1, 2));
		const late = new RelayChannel({
			clock,
			pace: createPace(clock, FAST, () => true),
			name: message(8),
			send: () => undefined,
		});
		const log: unknown[] = [];
		late.onopen = () => log.push('open');
		late.onmessage = (event: MessageEvent<ArrayBuffer>) => log.push(new Uint8Array(event.data)[0]);
		for (const piece of pieces) late.received(piece);
		expect(log).toEqual([]);
		late.open(CIPHER);
		expect(log).toEqual(['open', 1, 2]);
	});

	it('sends nothing before it is open or after it is closed', async () => {
		const { clock, from, to, pieces, got } = setUp(SLOW);
		from.send(message(1));
		from.send(message(1));
		from.close();
		await clock.advance(1_000);
		expect(pieces.length).toBe(1);
		expect(() => from.send(message(1))).toThrow('not open');
		to.close();
		for (const piece of pieces) to.received(piece);
		expect(got).toEqual([]);
	});

	it('closes when all has left, if it is told so', async () => {
		const { clock, from, pieces } = setUp(SLOW);
		from.send(message(1));
		from.send(message(1));
		from.closeWhenEmpty();
		expect(from.readyState).toBe('open');
		await clock.advance(200);
		expect([pieces.length, from.readyState]).toEqual([2, 'closed']);
	});
});
