/**
 * Signalling by WebSocket in y-webrtc's protocol: JSON messages `subscribe`, `publish` and `ping`, by topic. Several
 * servers can be named; all are used at once, and the peers meet if they share one. Our own server also delivers to
 * one peer (`to`) and learns who listens (`from` in `subscribe`), and it relays; a stock server ignores both fields, tells
 * all, and relays nothing.
 *
 *     const signalling = createSocketSignalling({ urls: ['wss://example.org/signal'], clock, random });
 *     createLinks({ signalling, ... });
 */
import * as z from 'zod/mini';
import type { Clock } from '../room/clock.ts';
import { backoffMs } from './backoff.ts';
import { MAX_SEALED_CHARS } from './sealing.ts';
import type { Signalling, SignallingFactory, SignallingHandlers } from './signalling.ts';

export interface SocketSignallingOptions {
	readonly urls: readonly string[];
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	/** The browser's own by default. */
	readonly WebSocket?: new (url: string) => WebSocket;
}

/** Servers between us cut sockets that are quiet for a minute; stock servers answer every ping. */
const PING_AFTER_MS = 15_000;
/** Nothing heard for so long, pings unanswered: dead, whatever the browser thinks. */
const DEAD_AFTER_MS = 30_000;
/** The same, for a page that just came back and wants to know. */
const CHECK_MS = 3_000;
/** A socket that does not open in this time is tried anew. */
const OPEN_MS = 10_000;

const ServerMessage = z.object({
	type: z.enum(['publish', 'relay']),
	topic: z.string(),
	data: z.string().check(z.maxLength(MAX_SEALED_CHARS)),
});

export function createSocketSignalling(options: SocketSignallingOptions): SignallingFactory {
	return (address) => new SocketSignalling(options, address);
}

type State = 'connecting' | 'open' | 'closed';

class SocketSignalling implements Signalling {
	readonly #options: SocketSignallingOptions;
	readonly #address: { readonly topic: string; readonly self: string };
	#lines: Line[] = [];
	#state: State = 'closed';

	constructor(options: SocketSignallingOptions, address: { topic: string; self: string }) {
		this.#options = options;
		this.#address = address;
	}

	open(handlers: SignallingHandlers): void {
		const { topic, self } = this.#address;
		const review = (): void => {
			const state = this.#lines.some((line) => line.isOpen) ? 'open' : 'connecting';
			if (state === this.#state) return;
			this.#state = state;
			handlers.onState(state);
		};
		this.#lines = this.#options.urls.map(
			(url) =>
				new Line(this.#options, url, {
					onOpen: (line) => {
						line.send({ type: 'subscribe', topics: [topic], from: self });
						review();
						handlers.onConnected();
					},
					onClosed: review,
					onMessage: (message) => {
						const parsed = ServerMessage.safeParse(message);
						if (!parsed.success || parsed.data.topic !== topic) return;
						const { type, data } = parsed.data;
						if (type === 'relay') handlers.onRelayed(data);
						else handlers.onPayload(data);
					},
				}),
		);
		review();
		for (const line of this.#lines) line.connect();
	}

	send(sealed: string, to: string | null): void {
		const { topic, self } = this.#address;
		const message = { type: 'publish', topic, from: self, data: sealed, ...(to === null ? {} : { to }) };
		for (const line of this.#lines) line.send(message);
	}

	relay(data: string, to: string): void {
		for (const line of this.#lines) line.send({ type: 'relay', topic: this.#address.topic, to, data });
	}

	check(): void {
		for (const line of this.#lines) line.check();
	}

	close(): void {
		for (const line of this.#lines) line.close();
		this.#lines = [];
	}
}

interface LineEvents {
	onOpen(line: Line): void;
	onClosed(): void;
	onMessage(message: unknown): void;
}

/** The socket to one server, made again for as long as the table is open. */
class Line {
	readonly #options: SocketSignallingOptions;
	readonly #url: string;
	readonly #events: LineEvents;
	#socket: WebSocket | null = null;
	#failures = 0;
	#cancel: () => void = () => undefined;
	#closed = false;

	constructor(options: SocketSignallingOptions, url: string, events: LineEvents) {
		this.#options = options;
		this.#url = url;
		this.#events = events;
	}

	get isOpen(): boolean {
		return this.#socket?.readyState === 1;
	}

	connect(): void {
		this.#cancel();
		let socket: WebSocket;
		try {
			socket = new (this.#options.WebSocket ?? WebSocket)(this.#url);
		} catch {
			// Not a WebSocket address, or one that the page's policy forbids: a later try may be let through.
			this.#again();
			return;
		}
		this.#socket = socket;
		socket.onopen = () => {
			this.#failures = 0;
			this.#heard();
			this.#events.onOpen(this);
		};
		socket.onmessage = (event: MessageEvent<unknown>) => {
			this.#heard();
			const message = parseJson(event.data);
			if (message !== undefined) this.#events.onMessage(message);
		};
		socket.onclose = () => this.#drop();
		socket.onerror = () => this.#drop();
		this.#cancel = this.#options.clock.after(OPEN_MS, () => this.#drop());
	}

	send(message: object): void {
		if (this.isOpen) this.#socket?.send(JSON.stringify(message));
	}

	check(): void {
		if (this.#closed) return;
		if (this.#socket === null) {
			this.#failures = 0;
			this.connect();
		} else if (this.isOpen) {
			this.#ping(CHECK_MS);
		}
	}

	close(): void {
		this.#closed = true;
		this.#cancel();
		this.#forget()?.close();
	}

	#heard(): void {
		this.#cancel();
		this.#cancel = this.#options.clock.after(PING_AFTER_MS, () => this.#ping(DEAD_AFTER_MS - PING_AFTER_MS));
	}

	/** Whatever comes back within the time will do. */
	#ping(withinMs: number): void {
		this.send({ type: 'ping' });
		this.#cancel();
		this.#cancel = this.#options.clock.after(withinMs, () => this.#drop());
	}

	#drop(): void {
		const socket = this.#forget();
		if (socket === null) return;
		socket.close();
		this.#events.onClosed();
		this.#again();
	}

	#forget(): WebSocket | null {
		const socket = this.#socket;
		this.#socket = null;
		if (socket === null) return null;
		socket.onopen = null;
		socket.onmessage = null;
		socket.onclose = null;
		// A socket that never opened reports its end to whoever listens; nobody does any more.
		socket.onerror = () => undefined;
		return socket;
	}

	#again(): void {
		this.#cancel();
		if (this.#closed) return;
		const ms = backoffMs(this.#failures++, this.#options.random);
		this.#cancel = this.#options.clock.after(ms, () => this.connect());
	}
}

/** Undefined for what is no JSON text. */
function parseJson(data: unknown): unknown {
	if (typeof data !== 'string') return undefined;
	try {
		const value: unknown = JSON.parse(data);
		return value;
	} catch {
		return undefined;
	}
}
