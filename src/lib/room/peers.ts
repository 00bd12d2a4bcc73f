/**
 * The peers of a table: one entry a link, none believed before its hello verifies. Gives verified frames on, in
 * order, no more of them than anybody sends who plays, and tells of those who send more.
 */
import type { Face, GameId, PlayerId } from '../game/table-types.ts';
import type { Link, PeerId, PeerRole } from '../transport/transport.ts';
import type { Clock } from './clock.ts';
import type { Identity, Keys } from './keys.ts';
import type { Offence } from './offences.ts';
import {
	encodeHello,
	encodeMessage,
	isHello,
	openHello,
	PROTOCOL_VERSION,
	versionOfHello,
	type Hello,
	type PlainMessage,
	type Refused,
} from './protocol.ts';
import { Rate } from './rate.ts';

/** How long a link may stay silent before its hello, ms. */
const HELLO_WITHIN_MS = 8_000;
/** Frames held back while a hello is being verified: a host sends a welcome and a whole document on its heels. */
const MAX_WAITING_FRAMES = 64;
const MAX_WAITING_BYTES = 6 * 1024 * 1024;
/** A hello is said again when a role, a seat or a face has changed: a few times a game. */
const MAX_HELLOS = 16;
/**
 * A guest sends five commands in five seconds at most, asks for the log now and then, and votes. Thrice what a page
 * sends that was frozen for half a minute and thawed.
 */
const MAX_FRAMES = 150;
const WINDOW_MS = 5_000;
/** One says it all; strangers can make up pages without end. */
const MAX_OTHER_VERSIONS = 16;

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
	/** A hello has verified: the first on its link, or another. */
	readonly onPeer: (peer: Peer) => void;
	readonly onFrame: (peer: Peer, frame: Uint8Array) => void;
	readonly onGone: (peer: Peer) => void;
	/** It sends more than anybody may; what was too much is not read. */
	readonly onOffence: (peer: Peer, offence: Offence) => void;
	/** A page of another version has come, and was let go: `otherVersion` says which is the older. */
	readonly onOtherVersion: () => void;
	/** Whoever hosts may send as much as there is to tell. */
	readonly mayFlood: (peer: Peer) => boolean;
}

interface Entry {
	readonly link: Link;
	peer: Peer | null;
	verifying: boolean;
	waiting: Uint8Array[];
	waitingBytes: number;
	/** Frames for the other end until our own first hello has gone; null from then on. */
	unsent: Uint8Array[] | null;
	readonly hellos: Rate;
	readonly frames: Rate;
	/** Our own first hello has gone. */
	greeted: Promise<void>;
	readonly cancelTimer: () => void;
}

export class Peers {
	readonly #options: PeersOptions;
	readonly #entries = new Map<Link, Entry>();
	/** The page has said goodbye, and has not come back. */
	#isLeaving = false;
	/** Of pages that were let go because they speak another version. */
	readonly #otherVersions = new Map<PeerId, number>();

	constructor(options: PeersOptions) {
		this.#options = options;
	}

	/** When this page was opened, as its hellos say it. */
	get session(): number {
		return this.#options.session;
	}

	get all(): Peer[] {
		return [...this.#entries.values()].flatMap(({ peer }) => (peer === null ? [] : [peer]));
	}

	/** All verified links to one player: usually one, two while it changes pages. */
	of(player: PlayerId): Peer[] {
		return this.all.filter(({ hello }) => hello.player === player);
	}

	/** Somebody who came has a newer version of this program than this page, or else an older one. */
	get otherVersion(): 'newer' | 'older' | null {
		if (this.#otherVersions.size === 0) return null;
		return [...this.#otherVersions.values()].some((version) => version > PROTOCOL_VERSION)
			? 'newer'
			: 'older';
	}

	opened(link: Link): void {
		const cancelTimer = this.#options.clock.after(HELLO_WITHIN_MS, () => {
			if (this.#entries.get(link)?.peer === null) this.#drop(link);
		});
		const entry: Entry = {
			link,
			peer: null,
			verifying: false,
			waiting: [],
			waitingBytes: 0,
			unsent: [],
			hellos: new Rate(MAX_HELLOS, WINDOW_MS),
			frames: new Rate(MAX_FRAMES, WINDOW_MS),
			greeted: Promise.resolve(),
			cancelTimer,
		};
		this.#entries.set(link, entry);
		entry.greeted = this.#sayHello(link);
	}

	/** Nothing goes before our hello: signing takes a moment, in which the other end may have said its own. */
	#send(link: Link, frame: Uint8Array): void {
		const unsent = this.#entries.get(link)?.unsent ?? null;
		if (unsent === null) link.send(frame);
		else unsent.push(frame);
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
		const frame = await encodeHello(hello, identity, {
			topic,
			binding: link.binding,
			from: self,
			to: link.peer,
		});
		// After a goodbye it would be heard as a return.
		if (this.#isLeaving) return;
		link.send(frame);
		const entry = this.#entries.get(link);
		const unsent = entry?.unsent ?? [];
		if (entry !== undefined) entry.unsent = null;
		for (const frame of unsent) link.send(frame);
	}

	/** Resolves when every peer has been sent it: what is sent after that is heard from who we are now. */
	async reintroduce(): Promise<void> {
		await Promise.all([...this.#entries.values()].map(({ link }) => this.#sayHello(link)));
	}

	/** The page is going, as far as it knows. */
	leave(): void {
		this.#isLeaving = true;
		for (const peer of this.all) peer.send({ type: 'bye' });
	}

	/** It has not gone. */
	async stay(): Promise<void> {
		if (!this.#isLeaving) return;
		this.#isLeaving = false;
		await this.reintroduce();
	}

	received(link: Link, frame: Uint8Array): void {
		const entry = this.#entries.get(link);
		if (entry === undefined || !this.#isInRate(entry, frame)) return;
		this.#take(entry, frame);
	}

	#isInRate(entry: Entry, frame: Uint8Array): boolean {
		const { peer } = entry;
		const now = this.#options.clock.now();
		const isOneHello = isHello(frame);
		if (isOneHello ? entry.hellos.takes(now) : peer !== null && this.#options.mayFlood(peer)) return true;
		if (!isOneHello && entry.frames.takes(now)) return true;
		if (peer !== null) this.#options.onOffence(peer, isOneHello ? 'too_many_hellos' : 'too_many_messages');
		return false;
	}

	/** One after the other: what follows a hello is heard from who that hello says it is. */
	#take(entry: Entry, frame: Uint8Array): void {
		if (this.#entries.get(entry.link) !== entry) return;
		if (entry.verifying) this.#hold(entry, frame);
		else if (isHello(frame)) void this.#verify(entry, frame);
		else if (entry.peer !== null) this.#options.onFrame(entry.peer, frame);
		else this.#drop(entry.link);
	}

	#hold(entry: Entry, frame: Uint8Array): void {
		entry.waiting.push(frame);
		entry.waitingBytes += frame.length;
		// What a host sent to a page that was frozen comes all at once.
		if (entry.peer !== null && this.#options.mayFlood(entry.peer)) return;
		const isTooMuch = entry.waiting.length > (entry.peer === null ? MAX_WAITING_FRAMES : MAX_FRAMES);
		// A frame left out would be missed for ever: rather no link.
		if (isTooMuch || entry.waitingBytes > MAX_WAITING_BYTES) this.#drop(entry.link);
	}

	async #verify(entry: Entry, frame: Uint8Array): Promise<void> {
		const { link } = entry;
		const { keys, topic, self } = this.#options;
		entry.verifying = true;
		const hello = await openHello(frame, keys, { topic, binding: link.binding, from: link.peer, to: self });
		const version = versionOfHello(frame);
		if (version !== null && version !== PROTOCOL_VERSION) {
			await this.#refuseVersion(entry, version, hello !== null);
			return;
		}
		entry.verifying = false;
		if (this.#entries.get(link) !== entry) return;
		// A link speaks for one key.
		if (hello === null || (entry.peer !== null && entry.peer.hello.player !== hello.player)) {
			this.#drop(link);
			return;
		}
		entry.cancelTimer();
		// Who was let go may have loaded the newest version, and be this one.
		for (const [page, other] of this.#otherVersions) {
			if (other < PROTOCOL_VERSION) this.#otherVersions.delete(page);
		}
		const peer: Peer = {
			link,
			hello,
			send: (message) => {
				this.#send(link, encodeMessage(message));
			},
			sendFrame: (bytes) => {
				this.#send(link, bytes);
			},
		};
		entry.peer = peer;
		this.#options.onPeer(peer);
		entry.waitingBytes = 0;
		for (const waiting of entry.waiting.splice(0)) this.#take(entry, waiting);
	}

	/** Both ends let each other go, and each page says so: by our hello, too, which must have gone before the link does. */
	async #refuseVersion(entry: Entry, version: number, isVerified: boolean): Promise<void> {
		const { link, greeted } = entry;
		if (this.#otherVersions.size < MAX_OTHER_VERSIONS) this.#otherVersions.set(link.peer, version);
		this.#options.onOtherVersion();
		await greeted;
		if (this.#entries.get(link) !== entry) return;
		if (isVerified) link.send(encodeMessage({ type: 'refused', reason: 'version' }));
		this.#drop(link);
	}

	/** Says why and closes the link for good; nobody counts this peer any more. */
	refuse({ link, send }: Peer, reason: Refused['reason']): void {
		send({ type: 'refused', reason });
		this.#drop(link);
	}

	/** Closes the link for good without a word. */
	shut(peer: Peer): void {
		this.#drop(peer.link);
		this.#options.onGone(peer);
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
