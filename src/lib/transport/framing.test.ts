import { describe, expect, it } from 'vitest';
import {
	byeMessage,
	CHUNK_BYTES,
	createFrameReader,
	partBytes,
	partMessage,
	pingMessage,
	roleMessage,
	type Reading,
} from './framing.ts';
import { MAX_FRAME_BYTES } from './transport.ts';

function messagesOf(frame: Uint8Array): Uint8Array[] {
	const messages: Uint8Array[] = [];
	let at = 0;
	do {
		messages.push(partMessage(frame, at));
		at += partBytes(frame.length, at);
	} while (at < frame.length);
	return messages;
}

function readAll(messages: readonly Uint8Array[]): Reading[] {
	const reader = createFrameReader();
	return messages.map((message) => reader.read(message));
}

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
const EDGES = [0, 1, 2, CHUNK_BYTES - 5, CHUNK_BYTES - 2, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1];

describe('frames on a channel', () => {
	it('come back whole at every size around a chunk, and at the largest', () => {
		for (const length of [...EDGES, 2 * CHUNK_BYTES - 6, 2 * CHUNK_BYTES - 5, 100_000, MAX_FRAME_BYTES]) {
			const frame = bytes(length);
			const messages = messagesOf(frame);
			expect(Math.max(...messages.map((message) => message.length))).toBeLessThanOrEqual(CHUNK_BYTES);
			const readings = readAll(messages);
			expect(readings.slice(0, -1).every((reading) => reading.type === 'part')).toBe(true);
			const last = readings.at(-1);
			expect(last?.type).toBe('frame');
			expect(last?.type === 'frame' && Buffer.compare(last.frame, frame)).toBe(0);
		}
	});

	it('let pings and roles pass between two chunks', () => {
		const [first, ...rest] = messagesOf(bytes(40_000));
		const readings = readAll([first as Uint8Array, pingMessage('ping', 9), roleMessage('host'), ...rest]);
		expect(readings[1]).toEqual({ type: 'ping', id: 9 });
		expect(readings[2]).toEqual({ type: 'role', role: 'host' });
		expect(readings.at(-1)?.type).toBe('frame');
	});

	it('say goodbye with a reason', () => {
		expect(readAll([byeMessage('done'), byeMessage('refuse')])).toEqual([
			{ type: 'bye', reason: 'done' },
			{ type: 'bye', reason: 'refuse' },
		]);
	});

	it('are an offence where no honest peer would send them', () => {
		const [first, second] = messagesOf(bytes(40_000)) as [Uint8Array, Uint8Array];
		const promising = (length: number, size = CHUNK_BYTES) => {
			const message = new Uint8Array(size);
			message[0] = 3;
			new DataView(message.buffer).setUint32(1, length);
			return message;
		};
		const offences: Uint8Array[][] = [
			[new Uint8Array(0)],
			[Uint8Array.of(99)],
			[Uint8Array.of(0, 1)],
			[Uint8Array.of(5, 9)],
			[Uint8Array.of(6, 9)],
			[new Uint8Array(CHUNK_BYTES + 1).fill(2)],
			[promising(MAX_FRAME_BYTES + 1)],
			[promising(0xffff_ffff)],
			[promising(10)],
			[promising(50_000, 100)],
			[second],
			[first, first],
			[first, Uint8Array.of(2, 1)],
			[first, second.slice(0, 100)],
			[first, second, second],
		];
		for (const messages of offences) {
			expect(readAll(messages).at(-1)?.type, `of ${messages.map((m) => m.length).join()}`).toBe('offence');
		}
	});
});
