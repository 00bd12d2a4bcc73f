/**
 * WebRTC first; where two cannot connect, through a third page that both are linked with; and for a page that
 * reaches nobody, through the signalling server: one Transport made of three. A page that has tried a peer twice in
 * vain, or whose browser cannot connect at all, looks for another way; the direct one goes on being tried, and
 * replaces the other when it is there. To the room it is one link at a time to each peer, lost and made anew, that
 * says how it runs (`via`).
 *
 *     const transport = createFallback({
 *         direct: (fallback) => createLinks({ ..., fallback }),
 *         carried: async (via, fallback, signalling) => (await import('./relay.ts')).createRelay({ ... }),
 *     });
 */
import type { Clock } from '../room/clock.ts';
import type { Neighbours } from './neighbours.ts';
import type { Fallback, PairsTransport } from './pairs.ts';
import {
	FAULTS,
	type Finding,
	type MeetingPlace,
	type PeerId,
	type PeerInfo,
	type PeerRole,
	type Transport,
	type TransportConfig,
	type TransportHandlers,
	type Via,
} from './transport.ts';

export interface FallbackOptions {
	readonly clock: Clock;
	readonly direct: (fallback: Fallback) => PairsTransport;
	/** Loads and makes a relay for this way: asked for when the first pair needs it, and again if that failed. */
	readonly carried: (way: CarriedWay) => Promise<Transport>;
	/** The site relays; else pages that reach nobody stay alone. */
	readonly relays: boolean;
}

/** What a relay (`relay.ts`) is made with, beside what all of them share. */
export interface CarriedWay {
	readonly via: Way;
	readonly fallback: Pick<Fallback, 'onParted'>;
	/** Who carries; null: the site's server. */
	readonly neighbours: Pick<Neighbours, 'signalling' | 'rate'> | null;
}

type Way = Exclude<Via, 'direct'>;

interface Carried {
	readonly via: Way;
	transport: Transport | null;
	isLoading: boolean;
}

/** The first may have met a page that was just going. */
const TRIES = 2;
/** With these no second try is needed. */
const HOPELESS: readonly Finding[] = ['no_candidates', 'webrtc_refused'];
/** Ten seats and fifty spectators. */
const MAX_CARRIED = 64;
const MAX_COUNTED = 256;

export function createFallback(options: FallbackOptions): Transport {
	return new FallbackTransport(options);
}

class FallbackTransport implements Transport {
	readonly #options: FallbackOptions;
	readonly #direct: PairsTransport;
	/** Loaded with the first direct link. */
	#neighbours: Neighbours | null = null;
	#isCalling = false;
	readonly #ways: Readonly<Record<Way, Carried>> = {
		neighbour: { via: 'neighbour', transport: null, isLoading: false },
		relay: { via: 'relay', transport: null, isLoading: false },
	};
	#config: TransportConfig | null = null;
	#handlers: TransportHandlers | null = null;
	#role: PeerRole = 'new';
	#wants: (info: PeerInfo) => boolean = () => true;
	/** Linked directly now. */
	readonly #linked = new Set<PeerId>();
	/** To be linked by another way until they are linked directly; the newest last. */
	readonly #carried = new Map<PeerId, Way>();
	readonly #refused = new Set<PeerId>();
	/** Tries in vain since the last direct link. */
	readonly #failures = new Map<PeerId, number>();
	#isHopeless = false;

	constructor(options: FallbackOptions) {
		this.#options = options;
		this.#direct = options.direct({
			onFailed: (peer) => this.#failed(peer),
			onAsked: (peer) => this.#want(peer, 'relay'),
			onParted: (peer, reason) => {
				if (reason === 'refuse') this.#refuse(peer);
			},
			onCarry: (peer, load) => this.#neighbours?.received(peer, load),
		});
	}

	open(config: TransportConfig, handlers: TransportHandlers): void {
		this.#config = config;
		this.#handlers = handlers;
		this.#role = config.role;
		this.#direct.open(config, {
			...handlers,
			onLink: (link) => {
				this.#linked.add(link.peer);
				this.#failures.delete(link.peer);
				// The room has one link to a peer at a time.
				this.#release(link.peer);
				this.#review();
				if (this.#neighbours === null) void this.#callNeighbours();
				else this.#neighbours.linked(link.peer);
				handlers.onLink(link);
			},
			onLost: (link) => {
				this.#linked.delete(link.peer);
				this.#neighbours?.lost(link.peer);
				handlers.onLost(link);
			},
			onStatus: (status) => {
				this.#isHopeless = HOPELESS.some((finding) => status.findings.includes(finding));
				// Without WebRTC a page is slower, not lost.
				const mayIgnore = this.#options.relays ? 'no_webrtc' : null;
				const fault = FAULTS.find((code) => code !== mayIgnore && status.findings.includes(code)) ?? null;
				handlers.onStatus({ ...status, fault });
			},
		});
	}

	setRole(role: PeerRole): void {
		this.#role = role;
		this.#direct.setRole(role);
		for (const { transport } of Object.values(this.#ways)) transport?.setRole(role);
	}

	setPolicy(wants: (info: PeerInfo) => boolean): void {
		this.#wants = wants;
		this.#direct.setPolicy(wants);
		this.#review();
	}

	through(peer: PeerId): PeerId | null {
		return this.#carried.get(peer) === 'relay' ? null : (this.#neighbours?.through(peer) ?? null);
	}

	checkLinks(): void {
		this.#direct.checkLinks();
		for (const { transport } of Object.values(this.#ways)) transport?.checkLinks();
	}

	move(place: MeetingPlace): void {
		if (this.#config !== null) this.#config = { ...this.#config, ...place };
		this.#direct.move(place);
		for (const { transport } of Object.values(this.#ways)) transport?.move?.(place);
	}

	close(): void {
		this.#handlers = null;
		// While the neighbours are still there to carry the goodbye.
		for (const { transport } of Object.values(this.#ways)) transport?.close();
		this.#direct.close();
	}

	/** Whoever is linked with somebody is carried by that one; the server is for pages that reach nobody. */
	#failed(peer: PeerId): void {
		const failures = (this.#failures.get(peer) ?? 0) + 1;
		// Names can be made up; forgetting all of them costs a pair two more tries.
		if (this.#failures.size >= MAX_COUNTED) this.#failures.clear();
		this.#failures.set(peer, failures);
		if (this.#linked.size > 0) {
			if (failures >= TRIES || this.#isHopeless) this.#want(peer, 'neighbour');
			return;
		}
		if (!this.#options.relays || (failures < TRIES && !this.#isHopeless)) return;
		this.#want(peer, 'relay');
		// Every time: it may not have heard, or could not load its half.
		this.#direct.ask(peer);
	}

	#want(peer: PeerId, way: Way): void {
		if (this.#refused.has(peer) || this.#linked.has(peer)) return;
		if (way === 'relay' && !this.#options.relays) return;
		const before = this.#carried.get(peer);
		// One that reaches nobody has no neighbour to be carried by.
		if (before === 'relay' && way === 'neighbour') return;
		const isNew = before !== way;
		this.#carried.set(peer, way);
		for (const oldest of this.#carried.keys()) {
			if (this.#carried.size <= MAX_CARRIED) break;
			this.#carried.delete(oldest);
		}
		if (this.#ways[way].transport === null) void this.#openWay(way);
		if (isNew) this.#review();
	}

	#release(peer: PeerId): void {
		if (this.#carried.delete(peer)) this.#review();
	}

	#refuse(peer: PeerId): void {
		this.#refused.add(peer);
		this.#release(peer);
	}

	/**
	 * Links are made and dropped as the policy says now. A peer that asks by a neighbour has tried the direct way in
	 * vain: that is answered by whoever is not linked with it by another.
	 */
	#review(): void {
		const { relay, neighbour } = this.#ways;
		relay.transport?.setPolicy((info) => this.#carried.get(info.peer) === 'relay' && this.#wants(info));
		neighbour.transport?.setPolicy(
			(info) =>
				!this.#linked.has(info.peer) &&
				!this.#refused.has(info.peer) &&
				this.#carried.get(info.peer) !== 'relay' &&
				this.#wants(info),
		);
	}

	async #callNeighbours(): Promise<void> {
		if (this.#isCalling) return;
		this.#isCalling = true;
		try {
			const { createNeighbours } = await import('./neighbours.ts');
			this.#neighbours = createNeighbours({
				clock: this.#options.clock,
				self: () => this.#config?.self ?? null,
				give: (neighbour, load) => this.#direct.carry(neighbour, load),
				onCalled: () => void this.#openWay('neighbour'),
			});
			for (const peer of this.#linked) this.#neighbours.linked(peer);
		} catch {
			// Offline, or a new version has taken its place: tried again with the next link.
		}
		this.#isCalling = false;
	}

	async #openWay(via: Way): Promise<void> {
		const way = this.#ways[via];
		if (way.isLoading || way.transport !== null) return;
		if (via === 'neighbour' && this.#neighbours === null) return;
		way.isLoading = true;
		const transport = await this.#load(via);
		way.isLoading = false;
		const [config, handlers] = [this.#config, this.#handlers];
		if (transport === null || config === null || handlers === null) return;
		way.transport = transport;
		this.#review();
		// How signalling fares is told by the direct half, which uses the same servers.
		transport.open({ ...config, role: this.#role }, { ...handlers, onStatus: () => undefined });
	}

	async #load(via: Way): Promise<Transport | null> {
		const isRelay = via === 'relay';
		try {
			return await this.#options.carried({
				via,
				neighbours: isRelay ? null : this.#neighbours,
				fallback: {
					onParted: (peer, reason) => {
						if (reason === 'refuse') this.#refuse(peer);
						else this.#release(peer);
						this.#direct.part(peer, reason);
					},
				},
			});
		} catch {
			// Offline, or a new version has taken its place: asked again with the next try in vain.
			return null;
		}
	}
}
