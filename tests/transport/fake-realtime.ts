/**
 * A stand-in for Supabase Realtime: the part of its channel protocol that signalling uses (version 1.0.0, JSON), with
 * its limits, and with the ways in which it fails.
 *
 *     const realtime = await startFakeRealtime();
 *     createRealtimeSignalling({ url: realtime.url, anonKey: realtime.anonKey, ... });
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

export interface FakeRealtime {
	/** Of the project. */
	readonly url: string;
	readonly anonKey: string;
	/** Clients joined to any channel now. */
	readonly joined: number;
	/** Since the start: joins asked for, broadcasts taken, and the largest of them in bytes. */
	readonly counts: { joins: number; broadcasts: number; largest: number; heartbeats: number };
	/** What has been said, whole. */
	readonly said: string;
	/** Joins are answered with an error, as when the project has too many. */
	refusesJoins: boolean;
	/** Nothing is answered and nobody told anything any more. */
	isSilent: boolean;
	/** Ends every channel and leaves the sockets, as a server that restarts its channels. */
	closeChannels(): void;
	closeSockets(): void;
	end(): Promise<void>;
}

/** The smallest plan's, for the whole project; receivers count. */
const MESSAGES_PER_S = 100;
const WINDOW_S = 10;
const MAX_PAYLOAD_BYTES = 256 * 1024;
const ANON_KEY = 'anon.key';

interface Sent {
	topic: string;
	event: string;
	payload: unknown;
	ref: string;
	join_ref?: string;
}

export async function startFakeRealtime(): Promise<FakeRealtime> {
	const http = createServer();
	const sockets = new WebSocketServer({ noServer: true });
	/** By socket: the channels it has joined, and the reference of each join. */
	const clients = new Map<WebSocket, Map<string, string>>();
	const counts = { joins: 0, broadcasts: 0, largest: 0, heartbeats: 0 };
	const said: string[] = [];
	let delivered: number[] = [];

	const tell = (socket: WebSocket, message: object): void => {
		if (!realtime.isSilent && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
	};
	const reply = (socket: WebSocket, { topic, ref }: Sent, status: 'ok' | 'error', response: object): void =>
		tell(socket, { topic, event: 'phx_reply', ref, payload: { status, response } });

	/** Whether the project may send so many more; it is measured over some seconds. */
	const isWithinLimit = (messages: number): boolean => {
		const now = Date.now();
		delivered = delivered.filter((at) => now - at < WINDOW_S * 1_000);
		for (let count = 0; count < messages; count++) delivered.push(now);
		return delivered.length <= MESSAGES_PER_S * WINDOW_S;
	};

	const leave = (socket: WebSocket, topic: string): void => {
		const ref = clients.get(socket)?.get(topic);
		if (ref === undefined) return;
		clients.get(socket)?.delete(topic);
		tell(socket, { topic, event: 'phx_close', ref, payload: {} });
	};

	const broadcast = (socket: WebSocket, { topic, payload, join_ref }: Sent): void => {
		const channels = clients.get(socket);
		if (channels?.get(topic) !== join_ref) return;
		const bytes = JSON.stringify(payload).length;
		counts.broadcasts++;
		counts.largest = Math.max(counts.largest, bytes);
		const others = [...clients].filter(([other, joined]) => other !== socket && joined.has(topic));
		if (bytes > MAX_PAYLOAD_BYTES || !isWithinLimit(1 + others.length)) {
			const message = 'Too many messages per second';
			tell(socket, { topic, event: 'system', ref: null, payload: { status: 'error', message } });
			leave(socket, topic);
			return;
		}
		for (const [other] of others) tell(other, { topic, event: 'broadcast', ref: null, payload });
	};

	const hear = (socket: WebSocket, text: string): void => {
		said.push(text);
		const message = JSON.parse(text) as Sent;
		switch (message.event) {
			case 'heartbeat':
				counts.heartbeats++;
				reply(socket, message, 'ok', {});
				return;
			case 'phx_join':
				counts.joins++;
				if (!message.topic.startsWith('realtime:') || realtime.refusesJoins) {
					reply(socket, message, 'error', { reason: 'Too many joins per second' });
					return;
				}
				clients.get(socket)?.set(message.topic, message.ref);
				reply(socket, message, 'ok', { postgres_changes: [] });
				tell(socket, { topic: message.topic, event: 'presence_state', ref: null, payload: {} });
				return;
			case 'broadcast':
				broadcast(socket, message);
				return;
			case 'phx_leave':
				leave(socket, message.topic);
				return;
			default:
				reply(socket, message, 'error', { reason: 'unmatched topic' });
		}
	};

	http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const isMeant = pathname === '/realtime/v1/websocket' && searchParams.get('vsn') === '1.0.0';
		if (!isMeant || searchParams.get('apikey') !== ANON_KEY) {
			stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
			return;
		}
		sockets.handleUpgrade(request, stream, head, (socket) => {
			clients.set(socket, new Map());
			socket.on('message', (data: Buffer) => hear(socket, data.toString()));
			socket.on('close', () => clients.delete(socket));
		});
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

	const realtime: FakeRealtime = {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		anonKey: ANON_KEY,
		get joined() {
			return [...clients.values()].filter(({ size }) => size > 0).length;
		},
		counts,
		get said() {
			return said.join('\n');
		},
		refusesJoins: false,
		isSilent: false,
		closeChannels() {
			for (const [socket, channels] of clients)
				for (const topic of [...channels.keys()]) leave(socket, topic);
		},
		closeSockets() {
			for (const socket of [...clients.keys()]) socket.terminate();
		},
		async end() {
			realtime.closeSockets();
			sockets.close();
			await new Promise((resolve) => http.close(resolve));
		},
	};
	return realtime;
}
