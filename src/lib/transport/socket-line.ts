/**
 * The socket to one server of messages in JSON, made again for as long as the table is open: later after each
 * failure, at once when the page comes back to the foreground; one that has gone quiet is asked, and left when it
 * does not answer.
 */
import type { Clock } from '../room/clock.ts';
import { backoffMs } from './backoff.ts';

/** Servers between us cut sockets that are quiet for a minute; stock servers answer every ping. */
const PING_AFTER_MS = 15_000;
/** Nothing heard for so long, pings unanswered: dead, whatever the browser thinks. */
const DEAD_AFTER_MS = 30_000;
/** The same, for a page that just came back and wants to know. */
const CHECK_MS = 3_000;
/** A socket that does not open in this time is tried anew. */
const OPEN_MS = 10_000;

export interface LineOptions {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	/** The browser's own by default. */
	readonly WebSocket?: new (url: string) => WebSocket;
}

export interface LineEvents {
	/** What to say for the server to answer anything at all. */
	ping(): object;
	onOpen(line: Line): void;
	onClosed(): void;
	onMessage(message: unknown): void;
}

export class Line {
	readonly #options: LineOptions;
	readonly #url: string;
	readonly #events: LineEvents;
	#socket: WebSocket | null = null;
	#failures = 0;
	#cancel: () => void = () => undefined;
	#closed = false;

	constructor(options: LineOptions, url: string, events: LineEvents) {
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
		this.send(this.#events.ping());
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
