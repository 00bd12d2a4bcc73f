/**
 * The peers of a table: one entry a link, none believed before its hello verifies. Gives verified frames on, in
 * order, and counts what was wrong with the others.
 */
import type { Face, GameId, PlayerId } from '../game/table-types.ts';
import type { Link, PeerId, PeerRole } from '../transport/transport.ts';
import type { Clock } from './clock.ts';
import type { Identity, Keys } from './keys.ts';
import {
	encodeHello,
	encodeMessage,
	isHello,
	openHello,
	PROTOCOL_VERSION,
	type Hello,
	type PlainMessage,
	type Refused,
} from './protocol.ts';

/** How long a link may stay silent before its hello, ms. */
const HELLO_WITHIN_MS = 8_000;
/** Frames held back while a hello is being verified: a peer sends one or two on its heels. */
const MAX_WAITING_FRAMES = 64;

export interface Peer {
	readonly link: Link;
	readonly hello: Hello;
	readonly send: (message: PlainMessage) => void;
	readonly sendFrame: (frame: Uint8Array) => void;
}

/** What this peer says of itself. */
export interface Introduction {
	readonly role: PeerRole;
	readonly face: Face;
	readonly hidden: boolean;
	readonly game: GameId | null;
	readonly term: number;
	readonly length: number;
}

export interface PeersOptions {
	readonly topic: string;
	readonly self: PeerId;
	readonly session: number;
	readonly identity: Identity;
	readonly keys: Keys;
	readonly clock: Clock;
	readonly introduce: () => Introduction;
	/** A hello has verified; `before` is the one before it on the same link, if any. */
	readonly onPeer: (peer: Peer, before: Hello | null) => void;
	readonly onFrame: (peer: Peer, frame: Uint8Array) => void;
	readonly onGone: (peer: Peer) => void;
}

interface Entry {
	readonly link: Link;
	peer: Peer | null;
	verifying: boolean;
	waiting: Uint8Array[];
	readonly cancelTimer: () => void;
}

export class Peers {
	readonly #options: PeersOptions;
	readonly #entries = new Map<Link, Entry>();

	constructor(options: PeersOptions) {
		this.#options = options;
	}

	get all(): Peer[] {
		return [...this.#entries.values()].flatMap(({ peer }) => (peer === null ? [] : [peer]));
	}

	/** All verified links to one player: usually one, two while it changes pages. */
	of(player: PlayerId): Peer[] {
		return this.all.filter(({ hello }) => hello.player === player);
	}

	opened(link: Link): void {
		const cancelTimer = this.#options.clock.after(HELLO_WITHIN_MS, () => {
			if (this.#entries.get(link)?.peer === null) this.#drop(link);
		});
		this.#entries.set(link, { link, peer: null, verifying: false, waiting: [], cancelTimer });
		void this.#sayHello(link);
	}

	/** Also again on an open link, when what this peer says of itself has changed. */
	async #sayHello(link: Link): Promise<void> {
		const { identity, session, topic, self, introduce } = this.#options;
		const hello: Hello = {
			type: 'hello',
			v: PROTOCOL_VERSION,
			player: identity.player,
			session,
			...introduce(),
		};
		link.send(
			await encodeHello(hello, identity, { topic, binding: link.binding, from: self, to: link.peer }),
		);
	}

	/** Resolves when every peer has been sent it: what is sent after that is heard from who we are now. */
	async reintroduce(): Promise<void> {
		await Promise.all([...this.#entries.values()].map(({ link }) => this.#sayHello(link)));
	}

	received(link: Link, frame: Uint8Array): void {
		const entry = this.#entries.get(link);
		if (entry === undefined) return;
		if (isHello(frame)) void this.#verify(entry, frame);
		else if (entry.verifying) {
			if (entry.waiting.length < MAX_WAITING_FRAMES) entry.waiting.push(frame);
		} else if (entry.peer !== null) this.#options.onFrame(entry.peer, frame);
		else this.#drop(link);
	}

	async #verify(entry: Entry, frame: Uint8Array): Promise<void> {
		const { link } = entry;
		const { keys, topic, self } = this.#options;
		entry.verifying = true;
		const hello = await openHello(frame, keys, { topic, binding: link.binding, from: link.peer, to: self });
		entry.verifying = false;
		if (this.#entries.get(link) !== entry) return;
		// A link speaks for one key, and both ends speak the same protocol.
		if (hello === null || (entry.peer !== null && entry.peer.hello.player !== hello.player)) {
			this.#drop(link);
			return;
		}
		if (hello.v !== PROTOCOL_VERSION) {
			link.send(encodeMessage({ type: 'refused', reason: 'version' }));
			this.#drop(link);
			return;
		}
		entry.cancelTimer();
		const peer: Peer = {
			link,
			hello,
			send: (message) => {
				link.send(encodeMessage(message));
			},
			sendFrame: (bytes) => {
				link.send(bytes);
			},
		};
		const before = entry.peer?.hello ?? null;
		entry.peer = peer;
		this.#options.onPeer(peer, before);
		for (const waiting of entry.waiting.splice(0)) this.received(link, waiting);
	}

	/** Says why and closes the link for good; nobody counts this peer any more. */
	refuse({ link, send }: Peer, reason: Refused['reason']): void {
		send({ type: 'refused', reason });
		this.#drop(link);
	}

	/** A link closed here is gone without a word from the transport. */
	#drop(link: Link): void {
		this.#entries.get(link)?.cancelTimer();
		this.#entries.delete(link);
		link.close('refuse');
	}

	lost(link: Link): void {
		const entry = this.#entries.get(link);
		if (entry === undefined) return;
		entry.cancelTimer();
		this.#entries.delete(link);
		if (entry.peer !== null) this.#options.onGone(entry.peer);
	}

	close(): void {
		for (const { cancelTimer } of this.#entries.values()) cancelTimer();
		this.#entries.clear();
	}
}

/** The face of whoever is behind a peer, newest page first. */
export function newestOf(peers: readonly Peer[]): Peer | undefined {
	return peers.toSorted((a, b) => b.hello.session - a.hello.session)[0];
}
