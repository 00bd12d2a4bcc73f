/**
 * WebRTC first, and the relay for a pair of which one reaches nobody by it: one Transport made of two. A page that
 * has no direct link and has tried a peer twice in vain, or whose browser cannot connect at all, asks that peer to be
 * linked through the server; the direct way goes on being tried, and replaces the relayed link when it is there. To
 * the room it is one link at a time to each peer, lost and made anew, that says how it runs (`via`).
 *
 *     const transport = createFallback({
 *         direct: (fallback) => createLinks({ ..., fallback }),
 *         relay: async (fallback) => (await import('./relay.ts')).createRelay({ ..., fallback }),
 *     });
 */
import type { Fallback, PairsTransport } from './pairs.ts';
import {
	FAULTS,
	type Finding,
	type PeerId,
	type PeerInfo,
	type PeerRole,
	type Transport,
	type TransportConfig,
	type TransportHandlers,
} from './transport.ts';

export interface FallbackOptions {
	readonly direct: (fallback: Fallback) => PairsTransport;
	/** Loads and makes it: asked for when the first pair needs it, and again if that failed. */
	readonly relay: (fallback: Pick<Fallback, 'onParted'>) => Promise<Transport>;
}

/** The first may have met a page that was just going. */
const TRIES = 2;
/** With these no second try is needed. */
const HOPELESS: readonly Finding[] = ['no_candidates', 'webrtc_refused'];
/** Ten seats and fifty spectators. */
const MAX_RELAYED = 64;
const MAX_COUNTED = 256;

export function createFallback(options: FallbackOptions): Transport {
	return new FallbackTransport(options);
}

class FallbackTransport implements Transport {
	readonly #options: FallbackOptions;
	readonly #direct: PairsTransport;
	#relay: Transport | null = null;
	#isLoading = false;
	#config: TransportConfig | null = null;
	#handlers: TransportHandlers | null = null;
	#role: PeerRole = 'new';
	#wants: (info: PeerInfo) => boolean = () => true;
	/** Linked directly now. */
	readonly #linked = new Set<PeerId>();
	/** To be linked by the relay until they are linked directly; the newest last. */
	readonly #relayed = new Set<PeerId>();
	readonly #refused = new Set<PeerId>();
	/** Tries in vain since the last direct link. */
	readonly #failures = new Map<PeerId, number>();
	#isHopeless = false;

	constructor(options: FallbackOptions) {
		this.#options = options;
		this.#direct = options.direct({
			onFailed: (peer) => this.#failed(peer),
			onAsked: (peer) => this.#want(peer),
			onParted: (peer, reason) => {
				if (reason === 'refuse') this.#refuse(peer);
			},
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
				handlers.onLink(link);
			},
			onLost: (link) => {
				this.#linked.delete(link.peer);
				handlers.onLost(link);
			},
			onStatus: (status) => {
				this.#isHopeless = HOPELESS.some((finding) => status.findings.includes(finding));
				// Without WebRTC a page is slower, not lost.
				const fault = FAULTS.find((code) => code !== 'no_webrtc' && status.findings.includes(code)) ?? null;
				handlers.onStatus({ ...status, fault });
			},
		});
	}

	setRole(role: PeerRole): void {
		this.#role = role;
		this.#direct.setRole(role);
		this.#relay?.setRole(role);
	}

	setPolicy(wants: (info: PeerInfo) => boolean): void {
		this.#wants = wants;
		this.#direct.setPolicy(wants);
		this.#review();
	}

	checkLinks(): void {
		this.#direct.checkLinks();
		this.#relay?.checkLinks();
	}

	close(): void {
		this.#handlers = null;
		this.#direct.close();
		this.#relay?.close();
	}

	/** A page that others can be reached from is no matter for the relay: they pass on what it cannot say itself. */
	#failed(peer: PeerId): void {
		const failures = (this.#failures.get(peer) ?? 0) + 1;
		// Names can be made up; forgetting all of them costs a pair two more tries.
		if (this.#failures.size >= MAX_COUNTED) this.#failures.clear();
		this.#failures.set(peer, failures);
		if ((failures < TRIES && !this.#isHopeless) || this.#linked.size > 0) return;
		this.#want(peer);
		// Every time: it may not have heard, or could not load its half.
		this.#direct.ask(peer);
	}

	#want(peer: PeerId): void {
		if (this.#refused.has(peer) || this.#linked.has(peer)) return;
		const isNew = !this.#relayed.has(peer);
		this.#relayed.add(peer);
		for (const oldest of this.#relayed) {
			if (this.#relayed.size <= MAX_RELAYED) break;
			this.#relayed.delete(oldest);
		}
		if (this.#relay === null) void this.#openRelay();
		else if (isNew) this.#review();
	}

	#release(peer: PeerId): void {
		if (this.#relayed.delete(peer)) this.#review();
	}

	#refuse(peer: PeerId): void {
		this.#refused.add(peer);
		this.#release(peer);
	}

	/** Links are made and dropped as the policy says now. */
	#review(): void {
		this.#relay?.setPolicy((info) => this.#relayed.has(info.peer) && this.#wants(info));
	}

	async #openRelay(): Promise<void> {
		if (this.#isLoading) return;
		this.#isLoading = true;
		const relay = await this.#load();
		this.#isLoading = false;
		const [config, handlers] = [this.#config, this.#handlers];
		if (relay === null || config === null || handlers === null) return;
		this.#relay = relay;
		this.#review();
		// How signalling fares is told by the direct half, which uses the same servers.
		relay.open({ ...config, role: this.#role }, { ...handlers, onStatus: () => undefined });
	}

	async #load(): Promise<Transport | null> {
		try {
			return await this.#options.relay({
				onParted: (peer, reason) => {
					if (reason === 'refuse') this.#refuse(peer);
					else this.#release(peer);
					this.#direct.part(peer, reason);
				},
			});
		} catch {
			// Offline, or a new version has taken its place: asked again with the next try in vain.
			return null;
		}
	}
}
