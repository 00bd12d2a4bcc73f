/**
 * A network inside one process, for tests and the simulated table: the same Transport as in a browser, on a clock
 * that the test owns, with every fault of the real world to be had on demand. With a fake clock and a seeded
 * random source it always runs the same. Links are links of a moment: one that hears nothing is doubtful at 3.5 s
 * and lost at 5 s, as with real heartbeats, though none are sent (a simulated game would be mostly pings).
 *
 *     const network = createMemoryNetwork({ clock, random });
 *     const page = network.page();
 *     page.transport.open(config, handlers);
 *     network.partition([[a, b], [c]]);
 *     await clock.advance(6000);
 */
import type { Clock } from '../room/clock.ts';
import { backoffMs } from './backoff.ts';
import { DOUBTFUL_AFTER_MS, LOST_AFTER_MS } from './heartbeat.ts';
import { Page } from './page.ts';
import {
	MAX_FRAME_BYTES,
	type Link,
	type LinkState,
	type MeetingPlace,
	type PeerId,
	type PeerInfo,
	type PeerRole,
	type Transport,
	type TransportConfig,
	type TransportHandlers,
	type TransportStatus,
} from './transport.ts';

export interface MemoryNetworkOptions {
	readonly clock: Clock;
	/** So many random bytes: bindings, jitter and the choice of duplicates come from here. */
	readonly random: (bytes: number) => Uint8Array;
	/** One way, each frame; 5 ms by default. `setLatency` changes it later. */
	readonly latencyMs?: number;
}

/** One simulated browser page: its transport, and the clock that everything else in it must use. */
export interface MemoryPage {
	readonly transport: Transport;
	/** Stops with the page when it is frozen, and for ever when it is killed. */
	readonly clock: Clock;
}

/** Faults name pages by the peer id their transport was opened with; an unknown id throws. */
export interface MemoryNetwork {
	page(): MemoryPage;
	/** The transport of a new page, for who needs no clock of its own. */
	transport(): Transport;
	/** One way, for frames sent from now on; order on a link is kept. */
	setLatency(latencyMs: number | ((from: PeerId, to: PeerId) => number)): void;
	/** Both ends of the link are told at once, frames in flight are lost; it is made again. */
	dropLink(a: PeerId, b: PeerId): void;
	/** The link goes silent both ways without a word; the next link of the pair works. */
	silenceLink(a: PeerId, b: PeerId): void;
	/** Nothing passes from one to the other, on this link or later ones, until `unblock`. Signalling still works. */
	block(from: PeerId, to: PeerId): void;
	unblock(from: PeerId, to: PeerId): void;
	/** No links and no signalling between pages of different groups; who is in none is a group alone. */
	partition(groups: readonly (readonly PeerId[])[]): void;
	/** Ends the partition and every block. */
	heal(): void;
	/** Share of frames (0..1) that arrive twice: against the contract of a link, to test who relies on it too much. */
	setDuplicates(share: number): void;
	/** Announcements and new links stop while it is down; links once made go on. */
	setSignalling(up: boolean): void;
	/** The page runs nothing: no timer, no frame; what reaches it waits. */
	freeze(peer: PeerId): void;
	thaw(peer: PeerId): void;
	/** The page is gone without a goodbye, for ever. */
	kill(peer: PeerId): void;
	/** Links up now, each pair counted once. */
	readonly links: number;
	/** Frames and bytes that links have carried so far. */
	readonly carried: { readonly frames: number; readonly bytes: number };
}

const DEFAULT_LATENCY_MS = 5;
const BINDING_BYTES_PER_END = 32;

export function createMemoryNetwork(options: MemoryNetworkOptions): MemoryNetwork {
	return new Network(options);
}

/** One attempt of a pair to be linked: at most one is under way or up. */
interface Pair {
	wire: Wire | null;
	attempts: number;
	cancelRetry: (() => void) | null;
}

class Network implements MemoryNetwork {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	readonly peers = new Map<PeerId, Peer>();
	readonly carried = { frames: 0, bytes: 0 };
	signallingUp = true;
	duplicates = 0;
	#latencyMs: (from: PeerId, to: PeerId) => number;
	#blocked = new Set<string>();
	#groupOf: Map<PeerId, number> | null = null;
	#pairs = new Map<string, Pair>();

	constructor(options: MemoryNetworkOptions) {
		this.clock = options.clock;
		this.random = options.random;
		const latencyMs = options.latencyMs ?? DEFAULT_LATENCY_MS;
		this.#latencyMs = () => latencyMs;
	}

	page(): MemoryPage {
		const page = new Page(this.clock);
		return { transport: new Peer(this, page), clock: page };
	}

	transport(): Transport {
		return this.page().transport;
	}

	latencyMs(from: PeerId, to: PeerId): number {
		return this.#latencyMs(from, to);
	}

	setLatency(latencyMs: number | ((from: PeerId, to: PeerId) => number)): void {
		this.#latencyMs = typeof latencyMs === 'number' ? () => latencyMs : latencyMs;
	}

	dropLink(a: PeerId, b: PeerId): void {
		const wire = this.#pairs.get(pairKey(this.#peer(a).self, this.#peer(b).self))?.wire;
		for (const end of wire?.ends ?? []) end.lose();
	}

	silenceLink(a: PeerId, b: PeerId): void {
		const wire = this.#pairs.get(pairKey(this.#peer(a).self, this.#peer(b).self))?.wire;
		wire?.silence();
	}

	block(from: PeerId, to: PeerId): void {
		this.#blocked.add(`${this.#peer(from).self}>${this.#peer(to).self}`);
		this.#reviewAll();
	}

	unblock(from: PeerId, to: PeerId): void {
		this.#blocked.delete(`${from}>${to}`);
		this.#reviewAll();
	}

	partition(groups: readonly (readonly PeerId[])[]): void {
		this.#groupOf = new Map(groups.flatMap((group, index) => group.map((peer) => [peer, index] as const)));
		this.#reviewAll();
	}

	heal(): void {
		this.#groupOf = null;
		this.#blocked.clear();
		this.#reviewAll();
		for (const peer of this.peers.values()) peer.announce();
	}

	setDuplicates(share: number): void {
		this.duplicates = share;
	}

	setSignalling(up: boolean): void {
		if (this.signallingUp === up) return;
		this.signallingUp = up;
		for (const peer of [...this.peers.values()]) peer.signallingChanged();
	}

	freeze(peer: PeerId): void {
		this.#peer(peer).page.freeze();
		this.#reviewAll();
	}

	thaw(peer: PeerId): void {
		const target = this.#peer(peer);
		const frozenMs = target.page.frozenMs();
		target.page.thaw(() => {
			// The page that wakes looks at its deadlines first: after this long the others have given its links up.
			if (frozenMs >= LOST_AFTER_MS) target.loseAll();
		});
		this.#reviewAll();
	}

	kill(peer: PeerId): void {
		this.#peer(peer).page.kill();
		this.#reviewAll();
	}

	get links(): number {
		return [...this.#pairs.values()].filter((pair) => pair.wire?.isWhole() === true).length;
	}

	/** Whether link traffic passes one way. */
	passes(from: PeerId, to: PeerId): boolean {
		return !this.#blocked.has(`${from}>${to}`) && this.#together(from, to);
	}

	/** A signalling message from one page to another: dropped when either cannot be reached. */
	signal(from: Peer, to: Peer, run: () => void): void {
		if (!this.signals(from, to)) return;
		this.clock.after(this.latencyMs(from.self, to.self), () => to.page.run(run));
	}

	signals(a: Peer, b: Peer): boolean {
		return this.signallingUp && this.#together(a.self, b.self) && a.meets(b);
	}

	/** Peers of the same topic and key, in the order they came. */
	others(peer: Peer): Peer[] {
		return [...this.peers.values()].filter((other) => other !== peer && peer.meets(other));
	}

	/** Links the two if both know each other and want it, now or after the pair's back-off. */
	consider(a: Peer, b: Peer): void {
		const pair = this.#pairOf(a, b);
		if (pair.wire !== null || pair.cancelRetry !== null || !this.#isWanted(a, b)) return;
		const wire = new Wire(this, a, b, () => {
			pair.wire = null;
			this.#retry(a, b, pair);
		});
		pair.wire = wire;
		wire.connect(() => {
			pair.attempts = 0;
		});
	}

	/** The pair's next attempt is a first one: one of the two spoke anew. */
	forgive(a: Peer, b: Peer): void {
		const pair = this.#pairOf(a, b);
		pair.attempts = 0;
		pair.cancelRetry?.();
		pair.cancelRetry = null;
	}

	wireOf(a: Peer, b: Peer): Wire | null {
		return this.#pairOf(a, b).wire;
	}

	forget(peer: Peer): void {
		this.peers.delete(peer.self);
		for (const other of this.peers.values()) {
			const key = pairKey(peer.self, other.self);
			this.#pairs.get(key)?.cancelRetry?.();
			this.#pairs.delete(key);
		}
	}

	#retry(a: Peer, b: Peer, pair: Pair): void {
		if (!this.#isWanted(a, b)) return;
		const ms = backoffMs(pair.attempts++, this.random);
		pair.cancelRetry = this.clock.after(ms, () => {
			pair.cancelRetry = null;
			this.consider(a, b);
		});
	}

	#isWanted(a: Peer, b: Peer): boolean {
		return a.wantsNow(b) && b.wantsNow(a);
	}

	#pairOf(a: Peer, b: Peer): Pair {
		const key = pairKey(a.self, b.self);
		const known = this.#pairs.get(key);
		if (known !== undefined) return known;
		const pair: Pair = { wire: null, attempts: 0, cancelRetry: null };
		this.#pairs.set(key, pair);
		return pair;
	}

	#together(a: PeerId, b: PeerId): boolean {
		if (this.#groupOf === null) return true;
		const group = this.#groupOf.get(a);
		return group !== undefined && group === this.#groupOf.get(b);
	}

	#peer(id: PeerId): Peer {
		const peer = this.peers.get(id);
		if (peer === undefined) throw new Error(`no page is open as ${id}`);
		return peer;
	}

	#reviewAll(): void {
		for (const pair of [...this.#pairs.values()]) pair.wire?.review();
	}
}

class Peer implements Transport {
	readonly network: Network;
	readonly page: Page;
	readonly known = new Map<PeerId, PeerRole>();
	/** Closed with `refuse`, here or there: never again. */
	readonly refused = new Set<PeerId>();
	/** Closed with `done`, here or there: not until one of the two announces again. */
	readonly resting = new Set<PeerId>();
	readonly ends = new Map<PeerId, End>();
	#open: { config: TransportConfig; handlers: TransportHandlers } | null = null;
	#closed = false;
	#role: PeerRole = 'new';
	#wants: (info: PeerInfo) => boolean = () => true;

	constructor(network: Network, page: Page) {
		this.network = network;
		this.page = page;
	}

	get self(): PeerId {
		return this.#use().config.self;
	}

	get handlers(): TransportHandlers {
		return this.#use().handlers;
	}

	open(config: TransportConfig, handlers: TransportHandlers): void {
		if (this.#open !== null) throw new Error('a transport is opened once');
		if (this.network.peers.has(config.self)) throw new Error(`two pages call themselves ${config.self}`);
		this.#open = { config, handlers };
		this.#role = config.role;
		this.network.peers.set(config.self, this);
		this.#status('connecting');
		this.signallingChanged();
	}

	setRole(role: PeerRole): void {
		this.#role = role;
		this.announce();
	}

	setPolicy(wants: (info: PeerInfo) => boolean): void {
		this.#wants = wants;
		if (this.#open === null || this.#closed) return;
		for (const end of [...this.ends.values()]) {
			if (!wants({ peer: end.peer, role: this.known.get(end.peer) ?? 'new' })) end.closeUnwanted();
		}
		this.resting.clear();
		for (const other of this.network.others(this)) this.#invite(other);
	}

	checkLinks(): void {
		for (const end of [...this.ends.values()]) end.check();
	}

	close(): void {
		if (this.#open === null || this.#closed) return;
		for (const end of [...this.ends.values()]) end.close('done');
		const self = this.self;
		for (const other of this.network.others(this)) {
			this.network.signal(this, other, () => other.known.delete(self));
		}
		this.#closed = true;
		this.network.forget(this);
	}

	move({ topic, key }: MeetingPlace): void {
		if (this.#open === null || this.#closed) return;
		this.#open = { ...this.#open, config: { ...this.#open.config, topic, key } };
		this.announce();
	}

	meets(other: Peer): boolean {
		if (this.#closed || other.#closed) return false;
		const [a, b] = [this.#use().config, other.#use().config];
		return a.topic === b.topic && a.key.every((byte, index) => byte === b.key[index]);
	}

	/** Whether this end would be linked to that one now. */
	wantsNow(other: Peer): boolean {
		if (this.#closed || this.page.dead) return false;
		const role = this.known.get(other.self);
		if (role === undefined || this.refused.has(other.self) || this.resting.has(other.self)) return false;
		return this.#wants({ peer: other.self, role });
	}

	announce(): void {
		if (this.#open === null || this.#closed || !this.network.signallingUp) return;
		const role = this.#role;
		for (const other of this.network.others(this)) {
			this.network.signal(this, other, () => {
				other.#hear(this, role);
				const answer = other.#role;
				this.network.signal(other, this, () => this.#hear(other, answer));
			});
		}
	}

	signallingChanged(): void {
		if (!this.network.signallingUp) {
			this.page.run(() => this.#status('connecting'));
			return;
		}
		this.network.clock.after(this.network.latencyMs(this.self, this.self), () =>
			this.page.run(() => {
				if (this.#closed || !this.network.signallingUp) return;
				this.#status('open');
				this.announce();
			}),
		);
	}

	loseAll(): void {
		for (const end of [...this.ends.values()]) end.lose();
	}

	#hear(other: Peer, role: PeerRole): void {
		if (this.#closed || other.#closed) return;
		const before = this.known.get(other.self);
		this.known.set(other.self, role);
		this.resting.delete(other.self);
		if (before !== role) this.handlers.onPeer({ peer: other.self, role });
		const end = this.ends.get(other.self);
		if (end !== undefined && !this.#wants({ peer: other.self, role })) end.closeUnwanted();
		this.network.forgive(this, other);
		this.network.consider(this, other);
	}

	/** After a change of policy: the other end may have been waiting for this one to want it. */
	#invite(other: Peer): void {
		if (this.ends.has(other.self) || !this.wantsNow(other)) return;
		this.network.signal(this, other, () => {
			other.resting.delete(this.self);
			this.network.forgive(this, other);
			this.network.consider(this, other);
		});
	}

	#status(signalling: TransportStatus['signalling']): void {
		this.handlers.onStatus({ signalling, fault: null, findings: [] });
	}

	#use(): { config: TransportConfig; handlers: TransportHandlers } {
		if (this.#open === null) throw new Error('the transport is not open');
		return this.#open;
	}
}

/** One link: two ends, from the handshake to the loss at the second of them. */
class Wire {
	readonly #network: Network;
	readonly ends: readonly [End, End];
	#onGone: () => void;
	#connected = false;
	silenced = false;

	constructor(network: Network, a: Peer, b: Peer, onGone: () => void) {
		this.#network = network;
		this.#onGone = onGone;
		const [low, high] = a.self < b.self ? [a, b] : [b, a];
		const binding = new Uint8Array(2 * BINDING_BYTES_PER_END);
		binding.set(network.random(BINDING_BYTES_PER_END));
		binding.set(network.random(BINDING_BYTES_PER_END), BINDING_BYTES_PER_END);
		this.ends = [
			new End(network, this, low, high.self, binding),
			new End(network, this, high, low.self, binding),
		];
	}

	/** Offer and answer by signalling, then a round trip on the link itself. */
	connect(onUp: () => void): void {
		const [low, high] = [this.ends[0].owner, this.ends[1].owner];
		const tripMs =
			this.#network.latencyMs(low.self, high.self) + this.#network.latencyMs(high.self, low.self);
		this.#network.clock.after(2 * tripMs, () => {
			const possible =
				!this.silenced &&
				this.#network.signals(low, high) &&
				this.ends.every((end) => end.owner.page.runs && end.owner.wantsNow(end.other().owner)) &&
				this.#network.passes(low.self, high.self) &&
				this.#network.passes(high.self, low.self);
			if (!possible) {
				this.#onGone();
				return;
			}
			this.#connected = true;
			onUp();
			for (const end of this.ends) end.come();
		});
	}

	isWhole(): boolean {
		return this.#connected && this.ends.every((end) => !end.gone && !end.owner.page.dead);
	}

	silence(): void {
		this.silenced = true;
		this.review();
	}

	/** Whether what this end sends reaches the other now. */
	flows(from: End, to: End): boolean {
		return (
			!this.silenced &&
			!from.gone &&
			from.owner.page.runs &&
			this.#network.passes(from.owner.self, to.owner.self)
		);
	}

	review(): void {
		if (this.#connected) for (const end of this.ends) end.review();
	}

	ended(): void {
		if (this.ends.every((end) => end.gone || end.owner.page.dead)) this.#onGone();
		else this.review();
	}
}

class End implements Link {
	readonly #network: Network;
	readonly #wire: Wire;
	readonly owner: Peer;
	readonly peer: PeerId;
	readonly via = 'direct';
	readonly binding: Uint8Array;
	state: LinkState = 'open';
	roundTripMs: number | null = null;
	bufferedBytes = 0;
	gone = true;
	/** Its owner has been given it by `onLink`. */
	#shown = false;
	/** Sent while nothing passed: SCTP sends it again when the way is free within the 5 s. */
	#waiting: (() => void)[] = [];
	#lastArrivalAt = 0;
	#stopWatch: (() => void) | null = null;

	constructor(network: Network, wire: Wire, owner: Peer, peer: PeerId, binding: Uint8Array) {
		this.#network = network;
		this.#wire = wire;
		this.owner = owner;
		this.peer = peer;
		this.binding = binding;
	}

	come(): void {
		this.gone = false;
		this.roundTripMs =
			this.#network.latencyMs(this.owner.self, this.peer) +
			this.#network.latencyMs(this.peer, this.owner.self);
		this.owner.ends.set(this.peer, this);
		// Both ends must stand before the first frame is sent: the handler runs after them.
		this.#network.clock.after(0, () =>
			this.owner.page.run(() => {
				if (this.gone) return;
				this.#shown = true;
				this.owner.handlers.onLink(this);
			}),
		);
	}

	other(): End {
		const [low, high] = this.#wire.ends;
		return this === low ? high : low;
	}

	send(frame: Uint8Array): void {
		if (frame.length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${frame.length} bytes`);
		if (this.gone || this.owner.page.dead) return;
		const bytes = frame.slice();
		this.#network.carried.frames++;
		this.#network.carried.bytes += bytes.length;
		this.bufferedBytes += bytes.length;
		const deliver = () => {
			const end = this.other();
			if (!end.gone) end.owner.handlers.onFrame(end, bytes.slice());
		};
		const twice = this.#network.duplicates > 0 && this.#chance() < this.#network.duplicates;
		this.#post(() => {
			this.bufferedBytes -= bytes.length;
			this.other().owner.page.run(deliver);
			if (twice) this.other().owner.page.run(deliver);
		});
	}

	close(reason: 'done' | 'refuse'): void {
		if (this.gone) return;
		(reason === 'refuse' ? this.owner.refused : this.owner.resting).add(this.peer);
		this.#post(() => this.other().owner.page.run(() => this.other().closedThere(reason)));
		this.#leave();
	}

	/** The policy changed its mind: its owner did not close this link itself and is told. */
	closeUnwanted(): void {
		if (this.gone) return;
		this.close('done');
		if (this.#shown) this.owner.handlers.onLost(this);
	}

	closedThere(reason: 'done' | 'refuse'): void {
		if (this.gone) return;
		(reason === 'refuse' ? this.owner.refused : this.owner.resting).add(this.peer);
		this.#leave();
		if (this.#shown) this.owner.handlers.onLost(this);
	}

	lose(): void {
		if (this.gone || this.owner.page.dead) return;
		this.#leave();
		if (this.#shown) this.owner.handlers.onLost(this);
		// By signalling it asks for a new link, which tells the other end that this one is no more.
		const other = this.other();
		this.#network.signal(this.owner, other.owner, () => other.lose());
	}

	/** Starts or stops counting silence, when a fault began or ended. */
	review(): void {
		if (this.gone) return;
		const flowing = this.#wire.flows(this.other(), this);
		if (!flowing && this.#stopWatch === null) this.#watch();
		if (flowing && this.#stopWatch !== null) {
			this.#stopWatch();
			this.#stopWatch = null;
			this.#setState('open');
		}
		this.#flush();
	}

	/** A page back in the foreground asks: silent links are doubtful at once. */
	check(): void {
		if (!this.gone && this.#stopWatch !== null) this.#setState('doubtful');
	}

	#watch(): void {
		const { page } = this.owner;
		const stopDoubt = page.after(DOUBTFUL_AFTER_MS, () => this.#setState('doubtful'));
		const stopLoss = page.after(LOST_AFTER_MS, () => this.lose());
		this.#stopWatch = () => {
			stopDoubt();
			stopLoss();
		};
	}

	#setState(state: LinkState): void {
		if (this.gone || this.state === state) return;
		this.state = state;
		this.owner.page.run(() => {
			if (!this.gone && this.#shown) this.owner.handlers.onLinkState(this);
		});
	}

	/** Behind all that waits: who hears that the way is free may send before this link has been looked at. */
	#post(arrive: () => void): void {
		this.#waiting.push(arrive);
		this.#flush();
	}

	#flush(): void {
		const [from, to] = [this as End, this.other()];
		if (!this.#wire.flows(from, to)) return;
		const now = this.#network.clock.now();
		for (const arrive of this.#waiting.splice(0)) {
			this.#lastArrivalAt = Math.max(
				this.#lastArrivalAt,
				now + this.#network.latencyMs(from.owner.self, to.owner.self),
			);
			this.#network.clock.after(this.#lastArrivalAt - now, arrive);
		}
	}

	#leave(): void {
		this.gone = true;
		this.#stopWatch?.();
		this.#stopWatch = null;
		this.#waiting = [];
		this.bufferedBytes = 0;
		this.owner.ends.delete(this.peer);
		this.#wire.ended();
	}

	/** 0..1 in steps of 1/256. */
	#chance(): number {
		return (this.#network.random(1)[0] ?? 0) / 256;
	}
}

function pairKey(a: PeerId, b: PeerId): string {
	return a < b ? `${a} ${b}` : `${b} ${a}`;
}
