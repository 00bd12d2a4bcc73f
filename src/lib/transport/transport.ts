/**
 * The Transport port: how browsers at one table reach each other. It finds peers of a topic, keeps one link to
 * each that is wanted, and carries frames: whole byte messages, in order, delivered once or the link is lost.
 * It knows nothing of players or games, and proves nothing: the room verifies every link by `hello` over the
 * link's `binding` before it reads anything else.
 *
 * Every implementation (memory, links, y-webrtc, relay) passes `acceptance.ts`.
 *
 *     const transport = createLinks({ ... });
 *     transport.open({ topic, key, self, role: 'seat' }, handlers);
 */
import type { Brand } from '../cards/card.ts';

/** One running page: a random id of 16 bytes in base64url, new at each load. The player's key is proved by `hello`. */
export type PeerId = Brand<string, 'PeerId'>;

/** What a peer says of itself when it announces, sealed with the table's key but not yet proved. */
export const PEER_ROLES = ['host', 'seat', 'watch', 'new'] as const;
export type PeerRole = (typeof PEER_ROLES)[number];

export interface PeerInfo {
	readonly peer: PeerId;
	readonly role: PeerRole;
}

/** The largest frame a link carries; larger is a programming error at the sender and an offence at the receiver. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;

/** `open`: heard from within 3.5 s. `doubtful`: silent longer. A link silent for 5 s is lost and retried. */
export type LinkState = 'open' | 'doubtful';

/**
 * How a link runs: from browser to browser; through a third page that both are linked with; or through the site's
 * signalling server. The last two are sealed between the two ends, and slower.
 */
export type Via = 'direct' | 'neighbour' | 'relay';

export interface Link {
	readonly peer: PeerId;
	readonly via: Via;
	/**
	 * Bytes that both ends of this one link share, equal at both, different on every other link, and that nobody in
	 * between can choose: for WebRTC the two DTLS fingerprints, for the relay the two one-time public keys, in the order
	 * of the peer ids.
	 */
	readonly binding: Uint8Array;
	readonly state: LinkState;
	/** Smoothed round trip of the heartbeat, ms; null before the first. */
	readonly roundTripMs: number | null;
	/** Bytes accepted by `send` that have not left yet. */
	readonly bufferedBytes: number;
	/** Accepts a frame of up to MAX_FRAME_BYTES; frames arrive whole and in order. A closed link ignores it. */
	send(frame: Uint8Array): void;
	/**
	 * Closes on both sides, after the frames sent before; the other end's `onLost` is called, this end's is not. `done`:
	 * not linked again until one of the two announces anew (a role, a policy, a reconnection) and both want it.
	 * `refuse`: never again as long as the two pages live.
	 */
	close(reason: 'done' | 'refuse'): void;
}

export interface TransportHandlers {
	/** A link is up in both directions. Called again with a new Link after a loss. */
	onLink(link: Link): void;
	onFrame(link: Link, frame: Uint8Array): void;
	/** The state or round-trip time of a link changed. */
	onLinkState(link: Link): void;
	/**
	 * The link is gone, by loss, by the other end's `close` or because a policy no longer wants it; frames in flight may
	 * be lost. After a loss the transport tries again while the table is open.
	 */
	onLost(link: Link): void;
	/** A peer announced itself (first time, or with a new role). */
	onPeer(info: PeerInfo): void;
	/** Signalling came or went, or another fault a user can act on. */
	onStatus(status: TransportStatus): void;
}

/**
 * What stands between this page and the others, by stable names, so that a page can say what to do about it.
 *
 * - `no_webrtc`: the browser has no WebRTC.
 * - `webrtc_refused`: it has, and will not make a connection: a policy or an extension forbids it, or too many are open.
 * - `no_candidates`: it makes them and finds no address of its own: an extension, a policy, or no network at all.
 * - `hidden_addresses`: it shows only names that hide its addresses (mDNS), which few networks but homes can look up,
 *   and no server told it another.
 * - `servers_silent`: no STUN or TURN server answered: their address is wrong, or this network lets nothing through.
 * - `turn`: the TURN server refused the login.
 * - `ice_servers`: the list of these servers could not be had.
 * - `signalling`: the meeting point has been out of reach for a while.
 */
export type Finding =
	| 'no_webrtc'
	| 'webrtc_refused'
	| 'no_candidates'
	| 'hidden_addresses'
	| 'servers_silent'
	| 'turn'
	| 'ice_servers'
	| 'signalling';

/** Findings that a page shows unasked, the gravest first; the others explain why a link does not come. */
export const FAULTS = [
	'no_webrtc',
	'signalling',
	'turn',
	'ice_servers',
] as const satisfies readonly Finding[];

export interface TransportStatus {
	readonly signalling: 'connecting' | 'open' | 'closed';
	readonly fault: (typeof FAULTS)[number] | null;
	/** All that holds now, in the order they were found. */
	readonly findings: readonly Finding[];
}

/** Where the pages of a table meet, and what they seal there with. */
export interface MeetingPlace {
	/** Derived from the table's code and secret: names the meeting point and reveals neither. */
	readonly topic: string;
	/** 32 bytes from the same derivation; signalling payloads are sealed with it. */
	readonly key: Uint8Array;
}

export interface TransportConfig extends MeetingPlace {
	readonly self: PeerId;
	readonly role: PeerRole;
}

export interface Transport {
	/** Once: a closed transport is not opened again. */
	open(config: TransportConfig, handlers: TransportHandlers): void;
	/** Announces a new role to the topic. */
	setRole(role: PeerRole): void;
	/**
	 * Which announced peers to be linked with; asked whenever a peer announces or a role changes. A link needs both
	 * ends to want it, and one that either end no longer wants is closed. Default: everybody. May be set before `open`.
	 */
	setPolicy(wants: (info: PeerInfo) => boolean): void;
	/** Through whom a link with `via: 'neighbour'` runs, if that is known; a transport without such has no answer. */
	through?(peer: PeerId): PeerId | null;
	/** Checks all links at once (a page came back to the foreground). */
	checkLinks(): void;
	/**
	 * Meets elsewhere from now on, under another topic and key; links that stand go on. Who is not told stays behind. A
	 * transport that cannot has no such method.
	 */
	move?(place: MeetingPlace): void;
	/** Says goodbye on every link: the others' `onLost` comes at once. Nothing is called back after it. */
	close(): void;
}
