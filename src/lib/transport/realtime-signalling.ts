/**
 * Signalling by Supabase Realtime, for a site that has no server of its own: broadcasts on a channel named after the
 * topic, in the Phoenix protocol (`phx_join`, `broadcast`, `heartbeat`; version 1.0.0, JSON), of which this is the
 * small part that is needed. A channel tells everybody everything, so who is meant stands beside each payload.
 *
 * A project has a limited number of messages a second, counted once for every receiver: what is said within a moment,
 * or has to wait, goes out as one broadcast, and what would wait too long is left out (peers say it again).
 *
 *     const signalling = createRealtimeSignalling({ url, anonKey, clock, random });
 *     createLinks({ signalling, ... });
 */
import * as z from 'zod/mini';
import { backoffMs } from './backoff.ts';
import { createPace, type Pace, type Rate, type Turn } from './pace.ts';
import { MAX_SEALED_CHARS } from './sealing.ts';
import { Line, type LineOptions } from './socket-line.ts';
import type { Signalling, SignallingFactory, SignallingHandlers } from './signalling.ts';
import type { PeerId } from './transport.ts';

export interface RealtimeOptions extends LineOptions {
	/** Of the project: `https://abc.supabase.co`. */
	readonly url: string;
	readonly anonKey: string;
}

/** What is said within a blink is said at once: a newcomer is greeted by one message, not by nine. */
const GATHER_MS = 20;
/** The smallest plan allows a project 100 messages a second, receivers counted: a page of ten takes its share. */
const RATE: Rate = { messages: 20, messagesPerS: 8, bytes: 512 * 1024, bytesPerS: 64 * 1024 };
/** Of one broadcast, in characters: a quarter of what the smallest plan takes. */
const MAX_BROADCAST_CHARS = 64 * 1024;
/** More than a second's worth at a full table; the oldest is the stalest. */
const MAX_QUEUED = 200;
/** Phoenix cuts off who says nothing for a minute. */
const HEARTBEAT_MS = 25_000;
/** Joined for so long, a channel was lost by chance and not because it is refused: the next try is a first one. */
const STEADY_MS = 30_000;
/** For the answer to a join; then it is tried anew. */
const JOIN_MS = 10_000;
const EVENT = 'table';

/** One payload, and whom it is for; `relay` marks the frames of relayed links. */
const Item = z.object({
	data: z.string().check(z.maxLength(MAX_SEALED_CHARS)),
	to: z.optional(z.string()),
	relay: z.optional(z.literal(true)),
});
type Item = z.infer<typeof Item>;

const Reply = z.object({ status: z.string() });
const Broadcast = z.object({
	event: z.literal(EVENT),
	payload: z.object({ items: z.array(Item).check(z.maxLength(MAX_QUEUED)) }),
});
const Message = z.object({
	topic: z.string(),
	event: z.string(),
	ref: z.nullish(z.string()),
	payload: z.unknown(),
});

export function createRealtimeSignalling(options: RealtimeOptions): SignallingFactory {
	return (address) => new RealtimeSignalling(options, address);
}

type State = 'connecting' | 'joining' | 'joined' | 'closed';

class RealtimeSignalling implements Signalling {
	readonly #options: RealtimeOptions;
	readonly #self: PeerId;
	readonly #channel: string;
	readonly #line: Line;
	readonly #pace: Pace;
	#handlers: SignallingHandlers | null = null;
	#state: State = 'closed';
	#queue: Item[] = [];
	#cancelGather: (() => void) | null = null;
	#cancelHeartbeat: () => void = () => undefined;
	#cancelJoin: () => void = () => undefined;
	#failures = 0;
	#joinedAt = 0;
	#ref = 0;
	#joinRef = '';

	constructor(options: RealtimeOptions, { topic, self }: { topic: string; self: PeerId }) {
		this.#options = options;
		this.#self = self;
		this.#channel = `realtime:${topic}`;
		this.#pace = createPace(options.clock, RATE, () => this.#state === 'joined');
		this.#line = new Line(options, socketUrl(options), {
			ping: () => this.#heartbeat(),
			onOpen: () => {
				this.#beat();
				this.#join();
			},
			onClosed: () => this.#left('connecting'),
			onMessage: (message) => this.#receive(message),
		});
	}

	open(handlers: SignallingHandlers): void {
		this.#handlers = handlers;
		this.#state = 'connecting';
		handlers.onState('connecting');
		this.#line.connect();
	}

	send(data: string, to: PeerId | null): void {
		this.#enqueue(to === null ? { data } : { data, to });
	}

	relay(data: string, to: PeerId): void {
		this.#enqueue({ data, to, relay: true });
	}

	check(): void {
		if (this.#handlers === null) return;
		this.#line.check();
	}

	close(): void {
		if (this.#handlers === null) return;
		// The goodbye may still be in the queue.
		if (this.#state === 'joined' && this.#queue.length > 0) this.#turn();
		this.#left('closed');
		this.#handlers = null;
		this.#line.close();
		this.#pace.stop();
		this.#cancelHeartbeat();
	}

	// The channel

	#join(): void {
		this.#cancelJoin();
		this.#state = 'joining';
		this.#joinRef = this.#push(this.#channel, 'phx_join', {
			config: {
				broadcast: { ack: false, self: false },
				presence: { key: '' },
				postgres_changes: [],
				private: false,
			},
		});
		this.#cancelJoin = this.#options.clock.after(JOIN_MS, () => this.#joinAgain());
	}

	/** The project may be busy, out of its limits, or starting: later each time, on the socket that stands. */
	#joinAgain(): void {
		const { clock } = this.#options;
		if (this.#state === 'joined' && clock.now() - this.#joinedAt >= STEADY_MS) this.#failures = 0;
		this.#left('joining');
		const ms = backoffMs(this.#failures++, this.#options.random);
		this.#cancelJoin = clock.after(ms, () => {
			if (this.#line.isOpen) this.#join();
		});
	}

	#joined(): void {
		this.#cancelJoin();
		this.#joinedAt = this.#options.clock.now();
		this.#state = 'joined';
		this.#handlers?.onState('open');
		this.#handlers?.onConnected();
		this.#pace.wake();
	}

	#left(state: State): void {
		this.#cancelJoin();
		this.#cancelGather?.();
		this.#cancelGather = null;
		this.#queue = [];
		this.#pace.drop(this.#turn);
		const wasJoined = this.#state === 'joined';
		this.#state = state;
		if (wasJoined && state !== 'closed') this.#handlers?.onState('connecting');
	}

	#receive(input: unknown): void {
		const parsed = Message.safeParse(input);
		if (!parsed.success || parsed.data.topic !== this.#channel) return;
		const { event, ref, payload } = parsed.data;
		switch (event) {
			case 'phx_reply': {
				// Only the join's matters; a broadcast is not answered.
				if (ref !== this.#joinRef || this.#state !== 'joining') return;
				const reply = Reply.safeParse(payload);
				if (reply.success && reply.data.status === 'ok') this.#joined();
				else this.#joinAgain();
				return;
			}
			case 'phx_error':
			case 'phx_close':
				// Of the join that stands, or of none: an older one's end is no news.
				if (ref === null || ref === undefined || ref === this.#joinRef) this.#joinAgain();
				return;
			case 'broadcast':
				this.#deliver(payload);
				return;
			default:
				// Presence, system notices and what later versions bring.
				return;
		}
	}

	#deliver(payload: unknown): void {
		const parsed = Broadcast.safeParse(payload);
		if (!parsed.success || this.#state !== 'joined') return;
		for (const { data, to, relay } of parsed.data.payload.items) {
			if (to !== undefined && to !== this.#self) continue;
			if (relay === true) this.#handlers?.onRelayed(data);
			else this.#handlers?.onPayload(data);
		}
	}

	// What is sent

	#enqueue(item: Item): void {
		if (this.#state !== 'joined') return;
		this.#queue.push(item);
		if (this.#queue.length > MAX_QUEUED) this.#queue.shift();
		this.#cancelGather ??= this.#options.clock.after(GATHER_MS, () => {
			this.#cancelGather = null;
			this.#pace.want(this.#turn);
		});
	}

	readonly #turn: Turn = () => {
		let bytes = 0;
		let count = 0;
		for (const { data } of this.#queue) {
			if (count > 0 && bytes + data.length > MAX_BROADCAST_CHARS) break;
			bytes += data.length;
			count++;
		}
		if (count === 0) return { bytes: 0, isDone: true };
		const items = this.#queue.splice(0, count);
		this.#push(this.#channel, 'broadcast', { type: 'broadcast', event: EVENT, payload: { items } });
		return { bytes, isDone: this.#queue.length === 0 };
	};

	/** Gives the reference that its answer will carry. */
	#push(topic: string, event: string, payload: object): string {
		const ref = this.#nextRef();
		this.#line.send({ topic, event, payload, ref, join_ref: event === 'phx_join' ? ref : this.#joinRef });
		return ref;
	}

	#heartbeat(): object {
		return { topic: 'phoenix', event: 'heartbeat', payload: {}, ref: this.#nextRef() };
	}

	#beat(): void {
		this.#cancelHeartbeat();
		this.#cancelHeartbeat = this.#options.clock.after(HEARTBEAT_MS, () => {
			this.#line.send(this.#heartbeat());
			this.#beat();
		});
	}

	#nextRef(): string {
		return String(++this.#ref);
	}
}

function socketUrl({ url, anonKey }: RealtimeOptions): string {
	const address = new URL(`${url.replace(/\/+$/, '')}/realtime/v1/websocket`);
	address.protocol = address.protocol.replace('http', 'ws');
	address.searchParams.set('apikey', anonKey);
	address.searchParams.set('vsn', '1.0.0');
	return address.href;
}
