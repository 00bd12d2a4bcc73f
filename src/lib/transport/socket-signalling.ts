/**
 * Signalling by WebSocket in y-webrtc's protocol: JSON messages `subscribe`, `publish` and `ping`, by topic. Several
 * servers can be named; all are used at once, and the peers meet if they share one. Our own server also delivers to
 * one peer (`to`) and learns who listens (`from` in `subscribe`), and it relays; a stock server ignores both fields,
 * tells all, and relays nothing.
 *
 *     const signalling = createSocketSignalling({ urls: ['wss://example.org/signal'], clock, random });
 *     createLinks({ signalling, ... });
 */
import * as z from 'zod/mini';
import { MAX_SEALED_CHARS } from './sealing.ts';
import { Line, type LineOptions } from './socket-line.ts';
import type { Signalling, SignallingFactory, SignallingHandlers } from './signalling.ts';

export interface SocketSignallingOptions extends LineOptions {
	readonly urls: readonly string[];
}

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
					ping: () => ({ type: 'ping' }),
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
