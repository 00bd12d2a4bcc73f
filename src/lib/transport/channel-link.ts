/**
 * The Link over one data channel: frames in chunks with backpressure, the heartbeat, and the goodbye. It is up when
 * its first ping came back, which proves both directions. It ends once, for one reason, and touches nothing after.
 */
import type { Clock } from '../room/clock.ts';
import { assertNever } from './assert.ts';
import type { Channel } from './carrier.ts';
import {
	type Bye,
	byeMessage,
	carryMessage,
	createFrameReader,
	partBytes,
	partMessage,
	pingMessage,
	roleMessage,
} from './framing.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import {
	MAX_FRAME_BYTES,
	type Link,
	type LinkState,
	type PeerId,
	type PeerRole,
	type Via,
} from './transport.ts';

/** Of the high-water mark: the channel asks for more while it still has something to send. */
const LOW_WATER_SHARE = 1 / 4;
/** Where the browser does not say that its buffer ran low, it is asked. */
const LOW_WATER_POLL_MS = 50;
/** Several of the largest frames; a sender that looks at `bufferedBytes` never gets here. */
export const MAX_QUEUED_BYTES = 64 * 1024 * 1024;
/** An honest end pings once a second, and once more for each return to the foreground. */
const MAX_PONGS_PER_S = 20;

/** For the frames before the goodbye to leave; after that the other end is as good as gone. */
const CLOSE_LIMIT_MS = 5_000;

/** `offence`: the other end sent what no honest peer sends. */
export type LinkEnd = 'lost' | 'closed_done' | 'closed_refuse' | 'offence';

export interface ChannelLinkEvents {
	onUp(): void;
	onFrame(frame: Uint8Array): void;
	/** What the other end is now; over the link nobody else can say it. */
	onRole(role: PeerRole): void;
	/** Something for, or from, a page that is not at the other end. */
	onCarry(load: Uint8Array): void;
	/** State or round trip changed. */
	onChange(): void;
	/** Not called for this end's own `close`. */
	onEnd(reason: LinkEnd): void;
	/** The last byte of this end's `close` has left: the connection may go. */
	onClosed(reason: Bye): void;
}

export interface ChannelLinkOptions {
	readonly clock: Clock;
	readonly channel: Channel;
	/** See `Carrier`. */
	readonly highWaterBytes: number;
	readonly via: Via;
	readonly peer: PeerId;
	/** Asked once, when the link is up: the descriptions are known then. */
	readonly binding: () => Uint8Array;
	readonly events: ChannelLinkEvents;
}

interface Outgoing {
	frame: Uint8Array;
	offset: number;
}

type Phase = 'opening' | 'proving' | 'up' | 'closing' | 'ended';

export class ChannelLink implements Link {
	readonly peer: PeerId;
	readonly via: Via;
	readonly #clock: Clock;
	readonly #channel: Channel;
	readonly #highWaterBytes: number;
	readonly #events: ChannelLinkEvents;
	readonly #readBinding: () => Uint8Array;
	readonly #reader = createFrameReader();
	#phase: Phase = 'opening';
	#state: LinkState = 'open';
	#binding: Uint8Array | null = null;
	#heartbeat: Heartbeat | null = null;
	#lastHeardAt: number;
	#shownRoundTripMs: number | null = null;
	#queue: Outgoing[] = [];
	#queuedBytes = 0;
	#bye: Bye | null = null;
	#cancelPoll: (() => void) | null = null;
	#cancelClose: () => void = () => undefined;
	#pongs = 0;
	#pongsSince = 0;

	constructor(options: ChannelLinkOptions) {
		this.peer = options.peer;
		this.via = options.via;
		this.#highWaterBytes = options.highWaterBytes;
		this.#clock = options.clock;
		this.#channel = options.channel;
		this.#events = options.events;
		this.#readBinding = options.binding;
		this.#lastHeardAt = options.clock.now();
		const channel = options.channel;
		channel.binaryType = 'arraybuffer';
		channel.bufferedAmountLowThreshold = options.highWaterBytes * LOW_WATER_SHARE;
		channel.onopen = () => this.#opened();
		channel.onmessage = (event: MessageEvent<unknown>) => this.#receive(event.data);
		channel.onclose = () => this.#gone();
		channel.onbufferedamountlow = () => this.#pump();
	}

	get binding(): Uint8Array {
		return (this.#binding ??= this.#readBinding());
	}

	get state(): LinkState {
		return this.#state;
	}

	get isUp(): boolean {
		return this.#phase === 'up';
	}

	get roundTripMs(): number | null {
		return this.#heartbeat?.roundTripMs ?? null;
	}

	get bufferedBytes(): number {
		return this.#queuedBytes + (this.#phase === 'ended' ? 0 : this.#channel.bufferedAmount);
	}

	/** Since the other end was last heard. */
	get silentMs(): number {
		return this.#clock.now() - this.#lastHeardAt;
	}

	send(frame: Uint8Array): void {
		if (frame.length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${frame.length} bytes`);
		if (this.#phase !== 'up') return;
		const outgoing: Outgoing = { frame, offset: 0 };
		this.#queue.push(outgoing);
		this.#queuedBytes += frame.length;
		this.#pump();
		if (this.#queue.at(-1) === outgoing) outgoing.frame = frame.slice();
		if (this.#queuedBytes > MAX_QUEUED_BYTES) this.#end('lost');
	}

	sendRole(role: PeerRole): void {
		if (this.#phase === 'up') this.#post(roleMessage(role));
	}

	/** At once, before the frames that wait; up to MAX_LOAD_BYTES. */
	carry(load: Uint8Array): void {
		if (this.#phase === 'up') this.#post(carryMessage(load));
	}

	close(reason: Bye): void {
		if (this.#phase === 'ended' || this.#phase === 'closing') return;
		const wasOpen = this.#phase !== 'opening';
		this.#phase = 'closing';
		this.#heartbeat?.stop();
		this.#bye = reason;
		if (!wasOpen) {
			this.#finish();
			return;
		}
		this.#cancelClose = this.#clock.after(CLOSE_LIMIT_MS, () => this.#finish());
		this.#pump();
	}

	check(): void {
		this.#heartbeat?.check();
	}

	/** The connection was given up: no more events. */
	abandon(): void {
		this.#phase = 'ended';
		this.#release();
	}

	#opened(): void {
		if (this.#phase !== 'opening') return;
		this.#phase = 'proving';
		this.#lastHeardAt = this.#clock.now();
		this.#heartbeat = startHeartbeat(this.#clock, {
			ping: (id) => this.#post(pingMessage('ping', id)),
			onDoubtful: () => this.#setState('doubtful'),
			onAgain: () => this.#setState('open'),
			onLost: () => this.#end('lost'),
			onRoundTrip: () => this.#measured(),
		});
	}

	#receive(data: unknown): void {
		// Some implementations deliver a first message before they say that the channel is open.
		if (this.#phase === 'opening') this.#opened();
		if (this.#phase !== 'proving' && this.#phase !== 'up') return;
		if (this.#heartbeat?.heard() !== true) return;
		this.#lastHeardAt = this.#clock.now();
		if (!(data instanceof ArrayBuffer)) {
			this.#end('offence');
			return;
		}
		const reading = this.#reader.read(new Uint8Array(data));
		switch (reading.type) {
			case 'ping':
				this.#echo(reading.id);
				return;
			case 'pong':
				this.#heartbeat.pong(reading.id);
				return;
			case 'frame':
				// The other end is up, so it has our echo; ours is on its way before this frame, on an ordered channel.
				if (this.isUp) this.#events.onFrame(reading.frame);
				else this.#end('offence');
				return;
			case 'role':
				this.#events.onRole(reading.role);
				return;
			case 'carry':
				if (this.isUp) this.#events.onCarry(reading.load);
				return;
			case 'part':
				return;
			case 'bye':
				this.#end(reading.reason === 'done' ? 'closed_done' : 'closed_refuse');
				return;
			case 'offence':
				this.#end('offence');
				return;
			default:
				assertNever(reading);
		}
	}

	#echo(id: number): void {
		const now = this.#clock.now();
		if (now - this.#pongsSince >= 1_000) {
			this.#pongsSince = now;
			this.#pongs = 0;
		}
		if (++this.#pongs <= MAX_PONGS_PER_S) this.#post(pingMessage('pong', id));
	}

	#measured(): void {
		if (this.#phase === 'proving') {
			this.#phase = 'up';
			this.#events.onUp();
		}
		const shown = this.roundTripMs === null ? null : Math.round(this.roundTripMs);
		if (this.#phase !== 'up' || shown === this.#shownRoundTripMs) return;
		this.#shownRoundTripMs = shown;
		this.#events.onChange();
	}

	#setState(state: LinkState): void {
		if (this.#state === state) return;
		this.#state = state;
		if (this.#phase === 'up') this.#events.onChange();
	}

	/** Sends what the channel takes; the rest when it says, or is seen, to have room again. */
	#pump(): void {
		if (this.#phase === 'ended') return;
		for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
			if (this.#channel.bufferedAmount >= this.#highWaterBytes) {
				this.#poll();
				return;
			}
			const bytes = partBytes(next.frame.length, next.offset);
			if (!this.#post(partMessage(next.frame, next.offset))) return;
			next.offset += bytes;
			this.#queuedBytes -= bytes;
			if (next.offset >= next.frame.length) this.#queue.shift();
		}
		if (this.#phase === 'closing') this.#finish();
	}

	#poll(): void {
		if (this.#cancelPoll !== null) return;
		this.#cancelPoll = this.#clock.after(LOW_WATER_POLL_MS, () => {
			this.#cancelPoll = null;
			this.#pump();
		});
	}

	#post(message: Uint8Array<ArrayBuffer>): boolean {
		try {
			this.#channel.send(message);
			return true;
		} catch {
			// Closed under our hands, or its buffer burst: either way this link carries nothing any more.
			this.#gone();
			return false;
		}
	}

	#finish(): void {
		if (this.#phase !== 'closing') return;
		const reason = this.#bye ?? 'done';
		this.#phase = 'ended';
		if (this.#channel.readyState === 'open') {
			try {
				this.#channel.send(byeMessage(reason));
			} catch {
				// It closed in this very moment: nobody is left to hear the goodbye.
			}
		}
		this.#release();
		this.#events.onClosed(reason);
	}

	#gone(): void {
		if (this.#phase === 'closing') this.#finish();
		else this.#end('lost');
	}

	#end(reason: LinkEnd): void {
		if (this.#phase === 'ended' || this.#phase === 'closing') return;
		this.#phase = 'ended';
		this.#release();
		this.#events.onEnd(reason);
	}

	#release(): void {
		this.#heartbeat?.stop();
		this.#cancelPoll?.();
		this.#cancelClose();
		this.#queue = [];
		this.#queuedBytes = 0;
		const channel = this.#channel;
		channel.onopen = null;
		channel.onmessage = null;
		channel.onclose = null;
		channel.onbufferedamountlow = null;
	}
}
