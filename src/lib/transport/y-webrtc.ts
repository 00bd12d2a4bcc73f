/**
 * The stock Yjs provider behind our port: the standard to compare with and to interoperate. Presence goes by
 * awareness, a frame is an entry of one shared map that its receiver acknowledges and its sender then deletes, and a
 * supervisor makes the provider anew when somebody falls silent. It does what any transport must (the ordinary part
 * of the acceptance suite) and cannot do the rest: every peer is connected to every other whatever the policy says,
 * any of them can read and rewrite all entries, a frame of 256 kB or more never arrives, and a binding binds nothing.
 *
 * Import it when it is asked for (`await import('./y-webrtc.ts')`): it brings 56 kB that nobody else needs.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { SignalingConn, WebrtcProvider } from 'y-webrtc';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import type { Clock } from '../room/clock.ts';
import { backoffMs } from './backoff.ts';
import { DOUBTFUL_AFTER_MS, LOST_AFTER_MS, PING_EVERY_MS } from './heartbeat.ts';
import { encodeBase64Url } from './sealing.ts';
import {
	MAX_FRAME_BYTES,
	PEER_ROLES,
	type Link,
	type LinkState,
	type PeerId,
	type PeerInfo,
	type PeerRole,
	type Transport,
	type TransportConfig,
	type TransportHandlers,
} from './transport.ts';

export interface YWebrtcOptions {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	/** Of signalling servers: ours or stock ones. */
	readonly urls: readonly string[];
	readonly iceServers: () => Promise<readonly RTCIceServer[]>;
	/** Whether silence makes a new provider, as it must where people play; the bench looks at it without. */
	readonly supervised?: boolean;
}

/** Below the number of peers the stock provider splits the room in two; it means "no limit". */
const MAX_CONNECTIONS = 1_000;
/** Frames written together travel as one update, as long as they are small. */
const BATCH_BYTES = 64 * 1024;
/** As long as links give one of theirs. */
const CONNECT_MS = 8_000;
const FRAMES = 'frames';
const ACKS = 'acks';

const peerId = z.custom<PeerId>((value) => typeof value === 'string' && /^[\w-]{22}$/.test(value));
const epoch = z.int().check(z.minimum(0));

/** What a peer says of itself in awareness. `links`: the peers it wants, its count of links to each, and theirs. */
const Presence = z.object({
	peer: peerId,
	role: z.enum(PEER_ROLES),
	beat: z.int(),
	links: z.record(z.string(), z.object({ mine: epoch, yours: epoch })),
});
type Presence = z.infer<typeof Presence>;

export function createYWebrtc(options: YWebrtcOptions): Transport {
	return new YWebrtc(options);
}

interface Other {
	readonly peer: PeerId;
	presence: Presence;
	lastHeardAt: number;
	/** How many links to it there have been here: a new one never reads the entries of an old one. */
	epoch: number;
	link: MapLink | null;
	refused: boolean;
	resting: boolean;
}

class YWebrtc implements Transport {
	readonly #options: YWebrtcOptions;
	readonly #doc = new Y.Doc();
	readonly #frames = this.#doc.getMap<unknown>(FRAMES);
	readonly #acks = this.#doc.getMap<unknown>(ACKS);
	readonly #awareness = new Awareness(this.#doc);
	readonly #others = new Map<PeerId, Other>();
	#config: TransportConfig | null = null;
	#handlers: TransportHandlers | null = null;
	#provider: WebrtcProvider | null = null;
	#role: PeerRole = 'new';
	#wants: (info: PeerInfo) => boolean = () => true;
	#beat = 0;
	#revivals = 0;
	#connectingSince: number | null = null;
	#cancelRevival: (() => void) | null = null;
	#cancelBeat: () => void = () => undefined;

	constructor(options: YWebrtcOptions) {
		this.#options = options;
	}

	open(config: TransportConfig, handlers: TransportHandlers): void {
		if (this.#config !== null) throw new Error('a transport is opened once');
		this.#config = config;
		this.#handlers = handlers;
		this.#role = config.role;
		if (typeof RTCPeerConnection === 'undefined') {
			handlers.onStatus({ signalling: 'closed', fault: 'no_webrtc', findings: ['no_webrtc'] });
			return;
		}
		this.#awareness.on('change', () => this.#review());
		this.#awareness.on('update', ({ updated }: { updated: number[] }) => this.#heard(updated));
		this.#frames.observe(() => this.#deliver());
		this.#acks.observe(() => this.#acknowledged());
		handlers.onStatus({ signalling: 'connecting', fault: null, findings: [] });
		this.#advertise();
		void this.#provide();
		this.#tick();
	}

	setRole(role: PeerRole): void {
		this.#role = role;
		this.#askAgain();
	}

	setPolicy(wants: (info: PeerInfo) => boolean): void {
		this.#wants = wants;
		this.#askAgain();
	}

	checkLinks(): void {
		this.#watch();
	}

	close(): void {
		if (this.#handlers === null) return;
		this.#handlers = null;
		this.#cancelBeat();
		this.#cancelRevival?.();
		for (const { link } of this.#others.values()) link?.end();
		this.#provider?.destroy();
		this.#provider = null;
		this.#awareness.destroy();
	}

	/** Of a link: writes, and says when they are taken. */
	readonly #writer: Writer = {
		write: (entries) => {
			this.#doc.transact(() => {
				for (const [key, frame] of entries) this.#frames.set(key, frame);
			});
		},
		erase: (keys) => {
			this.#doc.transact(() => {
				for (const key of keys) this.#frames.delete(key);
			});
		},
		acknowledge: (key, next) => {
			if (next === null) this.#acks.delete(key);
			else this.#acks.set(key, next);
		},
		read: (key) => this.#frames.get(key),
		acknowledged: (key) => this.#acks.get(key),
		close: (peer, reason) => {
			const other = this.#others.get(peer);
			if (other === undefined) return;
			if (reason === 'refuse') other.refused = true;
			else other.resting = true;
			this.#drop(other);
		},
	};

	get #self(): PeerId {
		if (this.#config === null) throw new Error('the transport is not open');
		return this.#config.self;
	}

	/** The provider, for as long as it works. */
	async #provide(): Promise<void> {
		const { topic, key } = this.#config ?? { topic: '', key: new Uint8Array() };
		const [{ WebrtcProvider }, iceServers] = await Promise.all([
			import('y-webrtc'),
			this.#options.iceServers().catch(() => []),
		]);
		if (this.#handlers === null) return;
		// The room's name depends on the key too: the stock provider stumbles over what it cannot decrypt.
		const name = encodeBase64Url(sha256(new TextEncoder().encode(`${topic} ${encodeBase64Url(key)}`)));
		const provider = new WebrtcProvider(name, this.#doc, {
			signaling: [...this.#options.urls],
			password: encodeBase64Url(key),
			awareness: this.#awareness,
			maxConns: MAX_CONNECTIONS,
			filterBcConns: false,
			peerOpts: { config: { iceServers } },
		});
		this.#provider = provider;
		for (const connection of provider.signalingConns as readonly SignalingConn[]) {
			connection.on('connect', () => this.#showSignalling());
			connection.on('disconnect', () => this.#showSignalling());
		}
		this.#showSignalling();
		this.#advertise();
	}

	#showSignalling(): void {
		const connections = (this.#provider?.signalingConns ?? []) as readonly SignalingConn[];
		const isOpen = connections.some((connection) => connection.connected);
		this.#handlers?.onStatus({ signalling: isOpen ? 'open' : 'connecting', fault: null, findings: [] });
	}

	#askAgain(): void {
		if (this.#handlers === null) return;
		for (const other of this.#others.values()) other.resting = false;
		this.#advertise();
		this.#review();
	}

	/** Says in awareness who we are and whom we would be linked with. */
	#advertise(): void {
		if (this.#handlers === null) return;
		const links: Record<string, { mine: number; yours: number }> = {};
		for (const other of this.#others.values()) {
			if (!this.#isWanted(other)) continue;
			links[other.peer] = { mine: other.epoch, yours: other.presence.links[this.#self]?.mine ?? 0 };
		}
		const presence: Presence = { peer: this.#self, role: this.#role, beat: this.#beat, links };
		this.#awareness.setLocalState(presence);
	}

	#isWanted(other: Other): boolean {
		const { peer, presence } = other;
		return !other.refused && !other.resting && this.#wants({ peer, role: presence.role });
	}

	#heard(clients: readonly number[]): void {
		const now = this.#options.clock.now();
		for (const client of clients) {
			const parsed = Presence.safeParse(this.#awareness.getStates().get(client));
			const other = parsed.success ? this.#others.get(parsed.data.peer) : undefined;
			if (other !== undefined) other.lastHeardAt = now;
		}
	}

	/** Compares what everybody says with the links there are. */
	#review(): void {
		if (this.#handlers === null) return;
		const present = new Set<PeerId>();
		let changed = false;
		for (const [client, state] of this.#awareness.getStates()) {
			const parsed = Presence.safeParse(state);
			if (client === this.#doc.clientID || !parsed.success || parsed.data.peer === this.#self) continue;
			present.add(parsed.data.peer);
			if (this.#meet(parsed.data)) changed = true;
		}
		for (const other of [...this.#others.values()]) {
			if (present.has(other.peer)) {
				if (this.#link(other)) changed = true;
				continue;
			}
			this.#drop(other);
			this.#others.delete(other.peer);
			changed = true;
		}
		if (changed) this.#advertise();
	}

	/** True when what we say of it must change. */
	#meet(presence: Presence): boolean {
		const { peer, role } = presence;
		const known = this.#others.get(peer);
		const now = this.#options.clock.now();
		const other: Other = known ?? {
			peer,
			presence,
			lastHeardAt: now,
			epoch: now,
			link: null,
			refused: false,
			resting: false,
		};
		const before = other.presence;
		other.presence = presence;
		this.#others.set(peer, other);
		if (known !== undefined && before.role === role) {
			return before.links[this.#self]?.mine !== presence.links[this.#self]?.mine;
		}
		other.resting = false;
		this.#handlers?.onPeer({ peer, role });
		return true;
	}

	/** Makes or ends the link, as both say; true when our own count of it changed. */
	#link(other: Other): boolean {
		const theirs = other.presence.links[this.#self];
		const agreed = this.#isWanted(other) && theirs?.yours === other.epoch;
		if (other.link !== null) {
			if (agreed && other.link.theirEpoch === theirs.mine) return false;
			this.#drop(other);
			return true;
		}
		if (!agreed) return false;
		other.lastHeardAt = this.#options.clock.now();
		const link = new MapLink(this.#options.clock, this.#writer, this.#self, other, theirs.mine);
		other.link = link;
		this.#handlers?.onLink(link);
		this.#deliver();
		return false;
	}

	#drop(other: Other): void {
		const { link } = other;
		if (link === null) return;
		other.link = null;
		other.epoch++;
		const wasClosedHere = link.closedHere;
		link.end();
		if (!wasClosedHere) this.#handlers?.onLost(link);
		this.#advertise();
	}

	#deliver(): void {
		for (const { link } of [...this.#others.values()]) {
			if (link === null) continue;
			for (const frame of link.take()) this.#handlers?.onFrame(link, frame);
		}
	}

	#acknowledged(): void {
		for (const { link } of [...this.#others.values()]) {
			if (link?.settle() === true) this.#handlers?.onLinkState(link);
		}
	}

	#tick(): void {
		this.#cancelBeat = this.#options.clock.after(PING_EVERY_MS, () => {
			this.#beat++;
			this.#advertise();
			this.#watch();
			this.#tick();
		});
	}

	#watch(): void {
		const now = this.#options.clock.now();
		for (const other of [...this.#others.values()]) {
			const { link } = other;
			if (link === null) continue;
			const silentMs = now - other.lastHeardAt;
			const state = silentMs >= DOUBTFUL_AFTER_MS ? 'doubtful' : 'open';
			if (silentMs >= LOST_AFTER_MS) {
				this.#drop(other);
				this.#revive();
			} else if (state !== link.state) {
				link.state = state;
				this.#handlers?.onLinkState(link);
			}
		}
		const isAlone = [...this.#others.values()].every((other) => other.link === null);
		if (!isAlone) this.#revivals = 0;
		this.#watchConnecting(isAlone, now);
	}

	/** The stock provider never gives up a connection that does not come about, nor tries another. */
	#watchConnecting(isAlone: boolean, now: number): void {
		const connections = [...(this.#provider?.room?.webrtcConns.values() ?? [])];
		const isStuck = isAlone && connections.length > 0;
		if (!isStuck) this.#connectingSince = null;
		else this.#connectingSince ??= now;
		if (this.#connectingSince === null || now - this.#connectingSince < CONNECT_MS) return;
		this.#connectingSince = null;
		this.#revive();
	}

	/** The stock provider keeps a connection that ICE believes in for ever: away with it. */
	#revive(): void {
		if (this.#options.supervised === false || this.#cancelRevival !== null || this.#provider === null) return;
		const provider = this.#provider;
		this.#provider = null;
		provider.destroy();
		const ms = backoffMs(this.#revivals++, this.#options.random);
		// The room's name is free again only after its key, which is a promise.
		this.#cancelRevival = this.#options.clock.after(ms, () => {
			this.#cancelRevival = null;
			void this.#provide();
		});
	}
}

interface Writer {
	write(entries: readonly (readonly [string, Uint8Array])[]): void;
	erase(keys: readonly string[]): void;
	acknowledge(key: string, next: number | null): void;
	read(key: string): unknown;
	acknowledged(key: string): unknown;
	close(peer: PeerId, reason: 'done' | 'refuse'): void;
}

/** A queue of entries each way, under keys that name the link, the sender and the number. */
class MapLink implements Link {
	readonly peer: PeerId;
	readonly via = 'direct';
	readonly binding: Uint8Array;
	readonly theirEpoch: number;
	state: LinkState = 'open';
	roundTripMs: number | null = null;
	bufferedBytes = 0;
	closedHere = false;
	readonly #clock: Clock;
	readonly #writer: Writer;
	readonly #out: string;
	readonly #in: string;
	#ended = false;
	#batch: Uint8Array[] = [];
	#batchBytes = 0;
	#nextOut = 0;
	#nextIn = 0;
	/** Written and not acknowledged: when, and how large. */
	readonly #waiting = new Map<number, { readonly at: number; readonly bytes: number }>();

	constructor(clock: Clock, writer: Writer, self: PeerId, other: Other, theirEpoch: number) {
		this.#clock = clock;
		this.#writer = writer;
		this.peer = other.peer;
		this.theirEpoch = theirEpoch;
		const [mine, theirs] = [`${self}:${other.epoch}`, `${other.peer}:${theirEpoch}`];
		const name = self < other.peer ? `${mine}-${theirs}` : `${theirs}-${mine}`;
		this.#out = `${name}>${other.peer}#`;
		this.#in = `${name}>${self}#`;
		this.binding = sha256(new TextEncoder().encode(name));
	}

	send(frame: Uint8Array): void {
		if (frame.length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${frame.length} bytes`);
		if (this.#ended) return;
		if (this.#batch.length > 0 && this.#batchBytes + frame.length > BATCH_BYTES) this.#flush();
		if (this.#batch.length === 0) queueMicrotask(() => this.#flush());
		this.#batch.push(frame.slice());
		this.#batchBytes += frame.length;
		this.bufferedBytes += frame.length;
	}

	close(reason: 'done' | 'refuse'): void {
		if (this.#ended) return;
		this.#flush();
		this.closedHere = true;
		this.#writer.close(this.peer, reason);
	}

	/** What came in, in order. */
	take(): Uint8Array[] {
		const frames: Uint8Array[] = [];
		for (;;) {
			const frame = this.#writer.read(`${this.#in}${this.#nextIn}`);
			if (this.#ended || !(frame instanceof Uint8Array)) break;
			frames.push(frame);
			this.#nextIn++;
		}
		if (frames.length > 0) this.#writer.acknowledge(this.#in, this.#nextIn);
		return frames;
	}

	/** Deletes what the other end has; true when there is a new round trip. */
	settle(): boolean {
		const next = this.#writer.acknowledged(this.#out);
		if (typeof next !== 'number') return false;
		const done: string[] = [];
		for (const [number, { at, bytes }] of this.#waiting) {
			if (number >= next) break;
			this.#waiting.delete(number);
			this.bufferedBytes -= bytes;
			this.roundTripMs = this.#clock.now() - at;
			done.push(`${this.#out}${number}`);
		}
		if (done.length > 0) this.#writer.erase(done);
		return done.length > 0;
	}

	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#writer.erase([...this.#waiting.keys()].map((number) => `${this.#out}${number}`));
		this.#writer.acknowledge(this.#in, null);
		this.bufferedBytes = 0;
	}

	#flush(): void {
		if (this.#batch.length === 0 || this.#ended) return;
		const at = this.#clock.now();
		const entries = this.#batch.map((frame) => {
			this.#waiting.set(this.#nextOut, { at, bytes: frame.length });
			return [`${this.#out}${this.#nextOut++}`, frame] as const;
		});
		this.#batch = [];
		this.#batchBytes = 0;
		this.#writer.write(entries);
	}
}
