import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { createSocketSignalling } from './socket-signalling.ts';
import type { PeerId } from './transport.ts';

class FakeSocket {
	static all: FakeSocket[] = [];
	readyState = 0;
	sent: Record<string, unknown>[] = [];
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: unknown }) => void) | null = null;
	onclose: (() => void) | null = null;
	onerror: (() => void) | null = null;
	readonly url: string;

	constructor(url: string) {
		if (url.startsWith('http')) throw new SyntaxError('not a WebSocket');
		this.url = url;
		FakeSocket.all.push(this);
	}

	send(text: string): void {
		this.sent.push(JSON.parse(text) as Record<string, unknown>);
	}

	close(): void {
		this.readyState = 3;
	}

	open(): void {
		this.readyState = 1;
		this.onopen?.();
	}

	drop(): void {
		this.readyState = 3;
		this.onclose?.();
	}

	hear(message: unknown): void {
		this.onmessage?.({ data: JSON.stringify(message) });
	}
}

function setUp(urls: string[] = ['ws://one']) {
	FakeSocket.all = [];
	const clock = createFakeClock({ startMs: 0 });
	const log: string[] = [];
	const signalling = createSocketSignalling({
		urls,
		clock,
		random: (bytes) => new Uint8Array(bytes).fill(255),
		WebSocket: FakeSocket as unknown as new (url: string) => WebSocket,
	})({ topic: 'topic', self: 'me' as PeerId });
	signalling.open({
		onState: (state) => log.push(state),
		onConnected: () => log.push('connected'),
		onPayload: (sealed) => log.push(`payload ${sealed}`),
		onRelayed: (data) => log.push(`relayed ${data}`),
	});
	return { clock, log, signalling, sockets: FakeSocket.all };
}

describe('signalling by socket', () => {
	it('subscribes with its address when the socket opens, and says so', () => {
		const { log, sockets } = setUp();
		expect(log).toEqual(['connecting']);
		sockets[0]?.open();
		expect(sockets[0]?.sent).toEqual([{ type: 'subscribe', topics: ['topic'], from: 'me' }]);
		expect(log).toEqual(['connecting', 'open', 'connected']);
	});

	it('publishes to everybody or to one', () => {
		const { signalling, sockets } = setUp();
		signalling.send('too early', null);
		sockets[0]?.open();
		signalling.send('all', null);
		signalling.send('one', 'you' as PeerId);
		expect(sockets[0]?.sent.slice(1)).toEqual([
			{ type: 'publish', topic: 'topic', from: 'me', data: 'all' },
			{ type: 'publish', topic: 'topic', from: 'me', data: 'one', to: 'you' },
		]);
	});

	it('relays to one peer, and tells what was relayed from what was published', () => {
		const { log, signalling, sockets } = setUp();
		sockets[0]?.open();
		signalling.relay('abc', 'you' as PeerId);
		expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'relay', topic: 'topic', to: 'you', data: 'abc' });
		sockets[0]?.hear({ type: 'relay', topic: 'topic', data: 'x' });
		sockets[0]?.hear({ type: 'relay', topic: 'other', data: 'x' });
		expect(log.slice(3)).toEqual(['relayed x']);
	});

	it('passes payloads of its topic on and nothing else', () => {
		const { log, sockets } = setUp();
		const [socket] = sockets;
		socket?.open();
		socket?.hear({ type: 'publish', topic: 'topic', data: 'x' });
		socket?.hear({ type: 'publish', topic: 'other', data: 'x' });
		socket?.hear({ type: 'publish', topic: 'topic', data: { from: 'a stock client' } });
		socket?.hear({ type: 'pong' });
		socket?.hear(null);
		socket?.onmessage?.({ data: '{' });
		socket?.onmessage?.({ data: new ArrayBuffer(3) });
		expect(log.slice(3)).toEqual(['payload x']);
	});

	it('comes back after a loss, later each time, and subscribes again', async () => {
		const { clock, log, sockets } = setUp();
		sockets[0]?.open();
		sockets[0]?.drop();
		expect(log.at(-1)).toBe('connecting');
		const waits: number[] = [];
		for (let failures = 1; failures <= 8; failures++) {
			const from = clock.now();
			while (sockets.length === failures) await clock.advance(10);
			waits.push(clock.now() - from);
			if (failures < 8) sockets.at(-1)?.drop();
		}
		expect(waits.map((wait) => Math.round(wait / 500) * 500)).toEqual([
			500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
		]);
		sockets.at(-1)?.open();
		expect(log.slice(-2)).toEqual(['open', 'connected']);
	});

	it('pings a quiet server and leaves one that does not answer', async () => {
		const { clock, sockets } = setUp();
		const [socket] = sockets;
		socket?.open();
		await clock.advance(15_000);
		expect(socket?.sent.at(-1)).toEqual({ type: 'ping' });
		socket?.hear({ type: 'pong' });
		await clock.advance(29_000);
		expect(sockets.length).toBe(1);
		await clock.advance(2_000);
		expect(socket?.readyState).toBe(3);
		await clock.advance(1_000);
		expect(sockets.length).toBe(2);
	});

	it('gives up a socket that never opens', async () => {
		const { clock, sockets } = setUp();
		await clock.advance(11_000);
		expect(sockets[0]?.readyState).toBe(3);
		expect(sockets.length).toBe(2);
	});

	it('makes sure at once when asked to check', async () => {
		const { clock, signalling, sockets } = setUp();
		sockets[0]?.open();
		await clock.advance(5_000);
		signalling.check();
		expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'ping' });
		await clock.advance(3_000);
		expect(sockets[0]?.readyState).toBe(3);
		signalling.check();
		expect(sockets.length).toBe(2);
	});

	it('uses all its servers, and is open while one is', () => {
		const { log, signalling, sockets } = setUp(['ws://one', 'ws://two']);
		sockets[0]?.open();
		sockets[1]?.open();
		signalling.send('x', null);
		expect(sockets.map((socket) => socket.sent.length)).toEqual([2, 2]);
		sockets[0]?.drop();
		expect(log.filter((line) => line === 'connecting').length).toBe(1);
		sockets[1]?.drop();
		expect(log.at(-1)).toBe('connecting');
	});

	it('lives with an address that is none, and leaves nothing behind when closed', async () => {
		const { clock, signalling, sockets } = setUp(['http://not-a-socket', 'ws://two']);
		sockets[0]?.open();
		await clock.advance(1_000);
		signalling.close();
		expect(sockets[0]?.readyState).toBe(3);
		expect(clock.waiting).toBe(0);
	});
});
