import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { attachSignalling, type SignallingOptions, type SignallingServer } from './signalling.ts';

interface Running {
	readonly url: string;
	readonly http: Server;
	readonly signalling: SignallingServer;
}

const running: Running[] = [];
const clients: Client[] = [];

async function start(options: SignallingOptions = {}): Promise<Running> {
	const http = createServer((_request, response) => response.end('the page'));
	const signalling = attachSignalling(http, options);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const entry = { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signal`, http, signalling };
	running.push(entry);
	return entry;
}

interface Client {
	readonly socket: WebSocket;
	readonly received: Record<string, unknown>[];
	send(message: unknown): void;
	/** The next message that is no pong. */
	next(): Promise<Record<string, unknown>>;
	/** When everything sent before has been dealt with. */
	settled(): Promise<void>;
	readonly closed: Promise<string>;
}

async function join(url: string, subscription?: object): Promise<Client> {
	const socket = new WebSocket(url);
	const received: Record<string, unknown>[] = [];
	let wake: () => void = () => undefined;
	let pongs = 0;
	socket.on('message', (data) => {
		const message = JSON.parse((data as Buffer).toString()) as Record<string, unknown>;
		if (message['type'] === 'pong') pongs++;
		else received.push(message);
		wake();
	});
	const closed = new Promise<string>((resolve) => {
		socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`.trim()));
	});
	await new Promise<void>((resolve, reject) => {
		socket.on('open', resolve);
		socket.on('error', reject);
	});
	const until = async (holds: () => boolean): Promise<void> => {
		while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
	};
	let read = 0;
	const client: Client = {
		socket,
		received,
		send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
		async next() {
			await until(() => received.length > read);
			return received[read++] ?? {};
		},
		async settled() {
			const before = pongs;
			client.send({ type: 'ping' });
			await until(() => pongs > before);
		},
		closed,
	};
	clients.push(client);
	if (subscription !== undefined) client.send({ type: 'subscribe', ...subscription });
	await client.settled();
	return client;
}

afterEach(() => {
	for (const client of clients.splice(0)) client.socket.terminate();
	for (const { http, signalling } of running.splice(0)) {
		signalling.close();
		http.close();
	}
});

describe('the signalling server', () => {
	it('tells everybody else on a topic what one publishes there', async () => {
		const { url } = await start();
		const [a, b, c] = await Promise.all([
			join(url, { topics: ['table'] }),
			join(url, { topics: ['table'] }),
			join(url, { topics: ['other'] }),
		]);
		a.send({ type: 'publish', topic: 'table', data: { any: ['json'] } });
		expect(await b.next()).toEqual({ type: 'publish', topic: 'table', clients: 2, data: { any: ['json'] } });
		await Promise.all([a.settled(), c.settled()]);
		expect([a.received.length, c.received.length]).toEqual([0, 0]);
	});

	it('delivers what is addressed to one to that one alone', async () => {
		const { url } = await start();
		const [a, b, c] = await Promise.all([
			join(url, { topics: ['table'], from: 'a' }),
			join(url, { topics: ['table'], from: 'b' }),
			join(url, { topics: ['table'], from: 'c' }),
		]);
		a.send({ type: 'publish', topic: 'table', to: 'b', data: 'for b' });
		a.send({ type: 'publish', topic: 'table', to: 'nobody', data: 'for nobody' });
		a.send({ type: 'publish', topic: 'table', data: 'for all' });
		expect((await b.next())['data']).toBe('for b');
		expect((await b.next())['data']).toBe('for all');
		expect((await c.next())['data']).toBe('for all');
	});

	it('takes nothing away from an address when somebody else gives the same', async () => {
		const { url } = await start();
		const victim = await join(url, { topics: ['table'], from: 'victim' });
		const thief = await join(url, { topics: ['table'], from: 'victim' });
		const other = await join(url, { topics: ['table'] });
		other.send({ type: 'publish', topic: 'table', to: 'victim', data: 1 });
		expect((await victim.next())['data']).toBe(1);
		expect((await thief.next())['data']).toBe(1);
	});

	it('lets nobody speak on a topic without listening to it, and stops at unsubscribe', async () => {
		const { url } = await start();
		const [a, b] = await Promise.all([join(url, { topics: ['table'] }), join(url)]);
		b.send({ type: 'publish', topic: 'table', data: 'from outside' });
		await b.settled();
		b.send({ type: 'subscribe', topics: ['table'] });
		b.send({ type: 'publish', topic: 'table', data: 'from inside' });
		expect((await a.next())['data']).toBe('from inside');
		a.send({ type: 'unsubscribe', topics: ['table'] });
		await a.settled();
		b.send({ type: 'publish', topic: 'table', data: 'too late' });
		await b.settled();
		await a.settled();
		expect(a.received.length).toBe(1);
	});

	it('cuts off who says what it does not understand', async () => {
		const { url } = await start();
		const bad = [
			'{',
			'null',
			'7',
			'[]',
			{ type: 'dance' },
			{ type: 'subscribe', topics: 'table' },
			{ type: 'subscribe', topics: [7] },
			{ type: 'subscribe', topics: ['x'.repeat(200)] },
			{ type: 'subscribe', topics: Array.from({ length: 17 }, (_, index) => `${index}`) },
			{ type: 'publish', topic: '' },
			{ type: 'relay', topic: 't', data: 'to nobody' },
			{ type: 'relay', topic: 't', to: 'b', data: 7 },
		];
		for (const message of bad) {
			const client = await join(url);
			client.send(message);
			expect(await client.closed).toBe('1008 not understood');
		}
	});

	it('cuts off a flood of messages, and the others never notice', async () => {
		const { url, signalling } = await start({ now: () => 0 });
		const [quiet, friend, flooder] = await Promise.all([
			join(url, { topics: ['table'] }),
			join(url, { topics: ['table'] }),
			join(url, { topics: ['flood', 'table'] }),
		]);
		for (let count = 0; count < 1_000; count++)
			flooder.send({ type: 'publish', topic: 'flood', data: count });
		expect(await flooder.closed).toBe('1008 too many messages');
		expect(signalling.counts.taken).toBeLessThan(320);
		friend.send({ type: 'publish', topic: 'table', data: 'still here' });
		expect((await quiet.next())['data']).toBe('still here');
	});

	it('cuts off a flood of bytes, and single messages that are too large', async () => {
		const { url } = await start({ now: () => 0 });
		const [many, large] = await Promise.all([join(url, { topics: ['t'] }), join(url, { topics: ['t'] })]);
		for (let count = 0; count < 60; count++) {
			many.send({ type: 'publish', topic: 't', data: 'x'.repeat(10_000) });
		}
		expect(await many.closed).toBe('1008 too many messages');
		large.send({ type: 'publish', topic: 't', data: 'x'.repeat(20_000) });
		expect(await large.closed).toMatch(/^1009/);
	});

	it('relays to one address on a topic that both listen to, and to nobody else', async () => {
		const { url, signalling } = await start();
		const [a, b, c, outside] = await Promise.all([
			join(url, { topics: ['table'], from: 'a' }),
			join(url, { topics: ['table'], from: 'b' }),
			join(url, { topics: ['table'], from: 'c' }),
			join(url, { topics: ['other'], from: 'b' }),
		]);
		a.send({ type: 'relay', topic: 'table', to: 'b', data: 'sealed' });
		expect(await b.next()).toEqual({ type: 'relay', topic: 'table', data: 'sealed' });
		outside.send({ type: 'relay', topic: 'table', to: 'b', data: 'from outside' });
		a.send({ type: 'relay', topic: 'table', to: 'nobody', data: 'x' });
		await Promise.all([a, b, c, outside].map((client) => client.settled()));
		expect([a, b, c, outside].map(({ received }) => received.length)).toEqual([0, 1, 0, 0]);
		expect(signalling.counts).toMatchObject({ delivered: 1, relayed: 1 });
	});

	it('has a rate of its own for what is relayed, and cuts off who relays more', async () => {
		const { url, signalling } = await start({ now: () => 0 });
		const [honest, flooder, sink, heavy] = await Promise.all(
			['a', 'b', 'c', 'd'].map((from) => join(url, { topics: ['t'], from })),
		);
		// What a page holds itself to, at once, and signalling besides.
		for (let count = 0; count < 100; count++) {
			honest?.send({ type: 'relay', topic: 't', to: 'c', data: 'x'.repeat(2_000) });
		}
		for (let count = 0; count < 200; count++) honest?.send({ type: 'ping' });
		await honest?.settled();
		expect(honest?.socket.readyState).toBe(WebSocket.OPEN);
		for (let count = 0; count < 1_000; count++) {
			flooder?.send({ type: 'relay', topic: 't', to: 'c', data: 'x' });
		}
		expect(await flooder?.closed).toBe('1008 too many messages');
		for (let count = 0; count < 60; count++) {
			heavy?.send({ type: 'relay', topic: 't', to: 'c', data: 'x'.repeat(12_000) });
		}
		expect(await heavy?.closed).toBe('1008 too many messages');
		await sink?.settled();
		expect(sink?.socket.readyState).toBe(WebSocket.OPEN);
		expect(signalling.counts.relayed).toBeLessThan(600);
	});

	it('relays nothing where the site does not want it, and cuts off who tries', async () => {
		const { url } = await start({ relay: false });
		const [a, b] = await Promise.all(['a', 'b'].map((from) => join(url, { topics: ['table'], from })));
		a?.send({ type: 'relay', topic: 'table', to: 'b', data: 'sealed' });
		expect(await a?.closed).toBe('1008 no relay here');
		await b?.settled();
		expect(b?.received).toEqual([]);
	});

	it('lets a client that waits go on', async () => {
		let now = 0;
		const { url } = await start({ now: () => now });
		const client = await join(url);
		for (let second = 0; second < 100; second++) {
			for (let count = 0; count < 15; count++) client.send({ type: 'ping' });
			now += 1_000;
			await client.settled();
		}
		expect(client.socket.readyState).toBe(WebSocket.OPEN);
	});

	it('limits the topics of one socket, the sockets of one topic and those of one address', async () => {
		const { url } = await start({ addressOf: () => String(clients.length) });
		const greedy = await join(url);
		for (let topic = 0; topic < 17; topic++) greedy.send({ type: 'subscribe', topics: [`t${topic}`] });
		expect(await greedy.closed).toBe('1008 too many subscriptions');
		for (let count = 0; count < 128; count++) await join(url, { topics: ['full'] });
		const late = new WebSocket(url);
		late.on('open', () => late.send(JSON.stringify({ type: 'subscribe', topics: ['full'] })));
		await new Promise((resolve) => late.on('close', resolve));

		const one = await start({ addressOf: () => 'the same' });
		for (let count = 0; count < 200; count++) await join(one.url);
		await expect(join(one.url)).rejects.toThrow('503');
	});

	it('counts who comes through a proxy on this machine by the address the proxy names', async () => {
		const { url } = await start();
		const from = (address: string): Promise<WebSocket> =>
			new Promise((resolve, reject) => {
				const socket = new WebSocket(url, { headers: { 'x-forwarded-for': address } });
				socket.on('open', () => resolve(socket));
				socket.on('error', reject);
			});
		// What a client claims stands before what the proxy adds.
		for (let count = 0; count < 200; count++) await from(`10.0.0.${count}, 203.0.113.7`);
		await expect(from('203.0.113.7')).rejects.toThrow('503');
		expect((await from('203.0.113.8')).readyState).toBe(WebSocket.OPEN);
		expect((await join(url)).socket.readyState).toBe(WebSocket.OPEN);
	});

	it('notices a client that has gone without a word', async () => {
		const { url, signalling } = await start({ pingEveryMs: 20 });
		// What a dead machine does: nothing.
		const dead = new WebSocket(url, { autoPong: false });
		await new Promise((resolve) => dead.on('close', resolve));
		const alive = await join(url);
		await alive.settled();
		expect(signalling.counts.sockets).toBe(1);
	});

	it('leaves other paths, and the page itself, to the server it is attached to', async () => {
		const { url, http } = await start();
		http.on('upgrade', (request, socket) => {
			if (request.url === '/other') socket.end('HTTP/1.1 418 Other\r\n\r\n');
		});
		await expect(join(url.replace('/signal', '/other'))).rejects.toThrow('418');
		const page = await fetch(url.replace('ws', 'http').replace('/signal', '/'));
		expect(await page.text()).toBe('the page');
		for (const own of [`${url}?x=1`, url.replace('/signal', '/cards/signal')]) {
			const client = await join(own);
			expect(client.socket.readyState).toBe(WebSocket.OPEN);
		}
	});
});
