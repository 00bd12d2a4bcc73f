/**
 * Who is linked with whom: every pair of peers that want each other, connected by the peer with the lower id, so two
 * never offer at once. Signalling is used to meet and to make links; a link that is up is touched by nothing that
 * comes over signalling, whoever forged it. A link that falls silent is renewed when doubtful, given up at 5 s and
 * made anew, for as long as the table is open.
 *
 * What the links run on is a Carrier's business: WebRTC makes these pairs `links.ts`, the server makes them `relay.ts`.
 */
import type { Clock } from '../room/clock.ts';
import { assertNever } from './assert.ts';
import { backoffMs } from './backoff.ts';
import type { Carrier, CarrierConnection, Description } from './carrier.ts';
import type { ChannelLink, LinkEnd } from './channel-link.ts';
import { createBox, encodeBase64Url, type Box } from './sealing.ts';
import { parseSignal, type SignalMessage, type Signalling, type SignallingFactory } from './signalling.ts';
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
	type TransportStatus,
} from './transport.ts';

export interface PairsOptions {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	readonly signalling: SignallingFactory;
	/** Null where there is none, a browser without WebRTC: without a `fallback` nothing is done then. */
	readonly carrier: Carrier | null;
	/** Who finds another way for pairs that cannot be linked by this one. */
	readonly fallback?: Fallback | undefined;
}

export interface Fallback {
	/** A handshake came to nothing though the other end was there to answer it. */
	onFailed(peer: PeerId): void;
	/** This peer cannot be linked from here at all, or asked for another way itself. */
	onAsked(peer: PeerId): void;
	/** The room closed the link, or with `refuse` the other end did: it holds for any other way too. */
	onParted(peer: PeerId, reason: 'done' | 'refuse'): void;
	/** A linked peer has something from another, or for one. */
	onCarry?(peer: PeerId, load: Uint8Array): void;
}

/** The transport, and what another one beside it needs to know and to say. */
export interface PairsTransport extends Transport {
	move(place: MeetingPlace): void;
	/** Tells a peer that this one reaches nobody and would be linked with it by another way. */
	ask(peer: PeerId): void;
	/** Takes over how a link to this peer was closed on another way. */
	part(peer: PeerId, reason: 'done' | 'refuse'): void;
	found(finding: Finding, holds: boolean): void;
	/** Gives a linked peer something that is from another, or for one; dropped when it is not linked. */
	carry(peer: PeerId, load: Uint8Array): void;
}

/** From the start to the first echo. */
export const CONNECT_TIMEOUT_MS = 8_000;
/** At once: a host that fifty spectators join in one second must keep its own game going. */
export const MAX_HANDSHAKES = 8;
/** Most are through in a fraction of a second, over a slow relay in two. */
const PATIENCE_MS = 3_000;
/** Ten seats, fifty spectators, and as many pages again that were reloaded and not yet forgotten. */
const MAX_PEERS = 256;
/** An ICE restart is taken from a peer that missed two pings; a fresh link is nobody's to restart. */
const RESTART_AFTER_MS = 2_000;
/** A peer that sees nobody says again that it is there: a realtime service may have dropped the first one. */
const LONELY_EVERY_MS = 10_000;
/** Away for so long, signalling is no passing trouble any more: nobody new can come. */
const AWAY_MS = 10_000;
/** Payloads come once per signalling server, and may be repeated by one that is hostile. */
const MAX_REMEMBERED = 2_000;
const NONCE_CHARS = 32;
const ATTEMPT_BYTES = 8;
/**
 * Offers or greetings without a word from the other end, after which it has to speak first: whoever comes back
 * announces itself. Fewer for a peer that never said anything to us alone, which may be made up.
 */
const MAX_TRIES = 8;
const MAX_TRIES_UNMET = 3;
/** A table of sixty is greeted at once; beyond that slowly, so that no crowd makes us the flood (the server counts). */
const GREETINGS_AT_ONCE = 60;
const GREETINGS_PER_S = 5;

export function createPairs(options: PairsOptions): PairsTransport {
	return new Pairs(options);
}

type Offer = Extract<SignalMessage, { type: 'offer' }>;

/** All that is known of one other peer. */
interface Pair {
	readonly peer: PeerId;
	role: PeerRole;
	/** Closed with `refuse`, here or there: never again. */
	refused: boolean;
	/** Closed with `done`, or declined by the other: not until one of the two speaks anew. */
	resting: boolean;
	/** It cannot be linked by this carrier and says so itself. */
	isBeyondReach: boolean;
	/** In the queue for a handshake. */
	queued: boolean;
	/** The newest offer that waits for a handshake, or for the old link to end. */
	offer: { readonly message: Offer; readonly at: number } | null;
	/** Under way or up. */
	current: Attempt | null;
	failures: number;
	/** Since it was last heard. */
	tries: number;
	/** It has said something to us alone. */
	met: boolean;
	cancelRetry: (() => void) | null;
	lastHeardAt: number;
}

/** One connection of a pair, from the handshake to its end. */
interface Attempt {
	readonly id: string;
	connection: CarrierConnection | null;
	link: ChannelLink | null;
	readonly startedAt: number;
	/** Both directions were proved. */
	wasUp: boolean;
	cancelTimeout: () => void;
}

class Pairs implements PairsTransport {
	readonly #options: PairsOptions;
	#config: TransportConfig | null = null;
	#handlers: TransportHandlers | null = null;
	#signalling: Signalling | null = null;
	#box: Box | null = null;
	#role: PeerRole = 'new';
	#wants: (info: PeerInfo) => boolean = () => true;
	#pairs = new Map<PeerId, Pair>();
	#queue: Pair[] = [];
	/** Under way, oldest first. */
	#handshakes = new Map<Attempt, Pair>();
	#cancelPump: () => void = () => undefined;
	#remembered = new Set<string>();
	#status: TransportStatus = { signalling: 'closed', fault: null, findings: [] };
	#cancelAway: () => void = () => undefined;
	/** Whose link a policy ends now: that is no word of the room's. */
	#dropping: Pair | null = null;
	#cancelLonely: () => void = () => undefined;
	#greetings = new Set<Pair>();
	#greetingsLeft = GREETINGS_AT_ONCE;
	#greetedAt = 0;
	#cancelGreetings: () => void = () => undefined;

	constructor(options: PairsOptions) {
		this.#options = options;
	}

	open(config: TransportConfig, handlers: TransportHandlers): void {
		if (this.#config !== null) throw new Error('a transport is opened once');
		this.#config = config;
		this.#handlers = handlers;
		this.#role = config.role;
		if (this.#options.carrier === null) {
			this.found('no_webrtc', true);
			if (this.#options.fallback === undefined) return;
		}
		this.#meetAt(config);
		this.#waitLonely();
	}

	#meetAt({ topic, key }: MeetingPlace): void {
		this.#box = createBox(key, topic, this.#options.random);
		const signalling = this.#options.signalling({ topic, self: this.#self });
		this.#signalling = signalling;
		// What still comes from the place before is nothing to this one.
		const here =
			<Args extends readonly unknown[]>(run: (...args: Args) => void) =>
			(...args: Args) => {
				if (this.#signalling === signalling) run(...args);
			};
		signalling.open({
			onState: here((state) => this.#signallingIs(state)),
			onConnected: here(() => this.#announce(true)),
			onPayload: here((sealed) => this.#receive(sealed)),
			onRelayed: () => undefined,
		});
	}

	/** Who is linked stays so, and is at the other place soon; everybody else is met there or not at all. */
	move(place: MeetingPlace): void {
		if (this.#config === null || this.#handlers === null || this.#box === null) return;
		this.#config = { ...this.#config, ...place };
		for (const pair of [...this.#pairs.values()]) {
			if (isUp(pair) || pair.refused) continue;
			if (pair.current !== null) this.#discardOf(pair);
			this.#forget(pair);
		}
		this.#signalling?.close();
		this.#meetAt(place);
	}

	setRole(role: PeerRole): void {
		this.#role = role;
		for (const pair of this.#pairs.values()) pair.current?.link?.sendRole(role);
		this.#announce(false);
		this.#askAgain();
	}

	setPolicy(wants: (info: PeerInfo) => boolean): void {
		this.#wants = wants;
		for (const pair of [...this.#pairs.values()]) {
			if (!wants({ peer: pair.peer, role: pair.role })) this.#dropUnwanted(pair);
		}
		this.#askAgain();
	}

	checkLinks(): void {
		let isMissing = false;
		for (const pair of [...this.#pairs.values()]) {
			if (isUp(pair)) pair.current?.link?.check();
			else if (this.#isWanted(pair)) isMissing = true;
		}
		this.#signalling?.check();
		if (isMissing) this.#announce(true);
		this.#askAgain();
	}

	close(): void {
		if (this.#handlers === null) return;
		this.#handlers = null;
		this.#cancelLonely();
		this.#cancelAway();
		this.#cancelPump();
		this.#cancelGreetings();
		for (const pair of this.#pairs.values()) {
			pair.cancelRetry?.();
			const attempt = pair.current;
			if (attempt === null) continue;
			attempt.cancelTimeout();
			if (attempt.link?.isUp === true) attempt.link.close('done');
			else this.#discard(attempt);
		}
		this.#send({ type: 'bye', from: this.#self }, null);
		this.#signalling?.close();
		this.#pairs.clear();
		this.#queue = [];
	}

	get #self(): PeerId {
		if (this.#config === null) throw new Error('the transport is not open');
		return this.#config.self;
	}

	ask(peer: PeerId): void {
		const relay = this.#options.carrier === null ? 'only' : 'too';
		this.#send({ type: 'here', from: this.#self, to: peer, role: this.#role, relay }, peer);
	}

	part(peer: PeerId, reason: 'done' | 'refuse'): void {
		const pair = this.#pairs.get(peer);
		if (pair === undefined) return;
		if (reason === 'refuse') pair.refused = true;
		else pair.resting = true;
		this.#dropUnwanted(pair);
	}

	carry(peer: PeerId, load: Uint8Array): void {
		this.#pairs.get(peer)?.current?.link?.carry(load);
	}

	found(finding: Finding, holds: boolean): void {
		const { findings } = this.#status;
		if (findings.includes(finding) === holds) return;
		const now = holds ? [...findings, finding] : findings.filter((other) => other !== finding);
		this.#setStatus({ findings: now, fault: FAULTS.find((fault) => now.includes(fault)) ?? null });
	}

	#setStatus(change: Partial<TransportStatus>): void {
		this.#status = { ...this.#status, ...change };
		this.#handlers?.onStatus(this.#status);
	}

	#signallingIs(signalling: TransportStatus['signalling']): void {
		this.#setStatus({ signalling });
		this.#cancelAway();
		if (signalling === 'open') this.found('signalling', false);
		else this.#cancelAway = this.#options.clock.after(AWAY_MS, () => this.found('signalling', true));
	}

	#announce(answer: boolean): void {
		if (this.#handlers === null) return;
		const relay = this.#options.carrier === null ? 'only' : undefined;
		this.#send({ type: 'announce', from: this.#self, role: this.#role, relay, answer }, null);
	}

	#waitLonely(): void {
		this.#cancelLonely = this.#options.clock.after(LONELY_EVERY_MS, () => {
			const isAlone = [...this.#pairs.values()].every((pair) => pair.current === null);
			if (isAlone && this.#status.signalling === 'open') this.#announce(true);
			this.#waitLonely();
		});
	}

	#send(message: SignalMessage, to: PeerId | null): void {
		if (this.#box !== null) this.#signalling?.send(this.#box.seal(message), to);
	}

	// What comes by signalling

	#receive(sealed: string): void {
		if (this.#handlers === null) return;
		const nonce = sealed.slice(0, NONCE_CHARS);
		if (this.#remembered.has(nonce)) return;
		const message = parseSignal(this.#box?.open(sealed));
		if (message === null || message.from === this.#self) return;
		if ('to' in message && message.to !== this.#self) return;
		this.#remember(nonce);
		if ('to' in message) this.#metBy(message.from);
		switch (message.type) {
			case 'announce':
				this.#onAnnounce(message);
				return;
			case 'here': {
				const pair = this.#hear(message.from, message.role, message.relay);
				if (pair !== null) this.#tryNow(pair);
				return;
			}
			case 'offer':
				this.#onOffer(message);
				return;
			case 'answer':
				this.#attemptOf(message)?.connection?.answered(message);
				return;
			case 'candidates':
				this.#attemptOf(message)?.connection?.candidates(message.round, message.candidates);
				return;
			case 'decline': {
				const attempt = this.#attemptOf(message);
				const pair = this.#pairs.get(message.from);
				if (attempt === null || pair === undefined || attempt.link?.isUp === true) return;
				pair.resting = true;
				this.#giveUp(pair, attempt);
				return;
			}
			case 'bye':
				this.#onBye(message.from);
				return;
			default:
				assertNever(message);
		}
	}

	#metBy(peer: PeerId): void {
		const pair = this.#pairs.get(peer);
		if (pair === undefined) return;
		pair.met = true;
		pair.tries = 0;
	}

	#remember(nonce: string): void {
		this.#remembered.add(nonce);
		for (const oldest of this.#remembered) {
			if (this.#remembered.size <= MAX_REMEMBERED) break;
			this.#remembered.delete(oldest);
		}
	}

	#attemptOf(message: { from: PeerId; attempt: string }): Attempt | null {
		const attempt = this.#pairs.get(message.from)?.current ?? null;
		return attempt?.id === message.attempt ? attempt : null;
	}

	/** It spoke: whatever held the two apart is asked anew. Null when nobody more can be known. */
	#hear(peer: PeerId, role: PeerRole, relay?: 'too' | 'only'): Pair | null {
		const known = this.#pairs.get(peer);
		const pair = known ?? this.#meet(peer, role);
		if (pair === null) return null;
		pair.lastHeardAt = this.#options.clock.now();
		pair.tries = 0;
		// Signalling can be forged by whoever has the key: a link that is up brings its own news.
		if (isUp(pair)) return pair;
		pair.resting = false;
		pair.isBeyondReach = relay === 'only';
		this.#take(pair, role, known === undefined);
		const isAsked = relay !== undefined || this.#options.carrier === null;
		if (isAsked && !pair.refused) this.#options.fallback?.onAsked(peer);
		return pair;
	}

	#take(pair: Pair, role: PeerRole, isNew: boolean): void {
		const changed = isNew || pair.role !== role;
		pair.role = role;
		const info = { peer: pair.peer, role };
		if (changed) this.#handlers?.onPeer(info);
		if (!this.#wants(info)) this.#dropUnwanted(pair);
	}

	#meet(peer: PeerId, role: PeerRole): Pair | null {
		if (this.#pairs.size >= MAX_PEERS && !this.#forgetOldest()) return null;
		const pair: Pair = {
			peer,
			role,
			refused: false,
			resting: false,
			isBeyondReach: false,
			queued: false,
			offer: null,
			current: null,
			failures: 0,
			tries: 0,
			met: false,
			cancelRetry: null,
			lastHeardAt: 0,
		};
		this.#pairs.set(peer, pair);
		return pair;
	}

	/** A refusal is remembered longest: forgetting it undoes it. */
	#forgetOldest(): boolean {
		const idle = [...this.#pairs.values()].filter((pair) => pair.current === null);
		const [oldest] = idle.sort(
			(a, b) => Number(a.refused) - Number(b.refused) || a.lastHeardAt - b.lastHeardAt,
		);
		if (oldest !== undefined) this.#forget(oldest);
		return oldest !== undefined;
	}

	#forget(pair: Pair): void {
		pair.cancelRetry?.();
		this.#pairs.delete(pair.peer);
	}

	#onAnnounce({ from, role, relay, answer }: Extract<SignalMessage, { type: 'announce' }>): void {
		const pair = this.#hear(from, role, relay);
		if (pair === null || isUp(pair)) return;
		// What begins now tells it our role too.
		if (this.#isWanted(pair) && pair.current === null) this.#tryNow(pair);
		else if (answer) this.#greet(pair);
	}

	#onOffer(offer: Offer): void {
		if (this.#offersTo({ peer: offer.from })) return;
		const pair = this.#hear(offer.from, offer.role);
		if (pair === null) return;
		if (offer.round > 0) {
			const attempt = this.#attemptOf(offer);
			if (attempt?.link?.isUp === true && attempt.link.silentMs >= RESTART_AFTER_MS) {
				attempt.connection?.accept(offer);
			}
			return;
		}
		if (!this.#isWanted(pair)) {
			const { from, attempt } = offer;
			this.#send({ type: 'decline', from: this.#self, to: from, attempt }, from);
			return;
		}
		if (pair.current?.id === offer.attempt) return;
		pair.offer = { message: offer, at: this.#options.clock.now() };
		if (pair.current?.link?.isUp === true) {
			// Forged, or the other end lost this link before we did. The link itself will tell: if it ends soon, the offer
			// is still good.
			pair.current.link.check();
			return;
		}
		if (pair.current !== null) this.#discardOf(pair);
		this.#enqueue(pair);
	}

	#onBye(peer: PeerId): void {
		const pair = this.#pairs.get(peer);
		// A link that is up says goodbye itself.
		if (pair === undefined || isUp(pair)) return;
		if (pair.current !== null) this.#discardOf(pair);
		if (!pair.refused) this.#forget(pair);
	}

	// Making links

	/** The lower id offers. */
	#offersTo(pair: { readonly peer: PeerId }): boolean {
		return this.#self < pair.peer;
	}

	#isWanted(pair: Pair): boolean {
		if (pair.refused || pair.resting || pair.isBeyondReach || this.#options.carrier === null) return false;
		return this.#wants({ peer: pair.peer, role: pair.role });
	}

	/** Our own policy or role changed: everybody is asked again, even who was closed or declined before. */
	#askAgain(): void {
		if (this.#handlers === null) return;
		for (const pair of [...this.#pairs.values()]) {
			pair.resting = false;
			this.#tryNow(pair);
		}
	}

	#tryNow(pair: Pair): void {
		pair.failures = 0;
		pair.cancelRetry?.();
		pair.cancelRetry = null;
		this.#try(pair);
	}

	/** Begins a handshake, or asks the other to; again later if it comes to nothing. */
	#try(pair: Pair): void {
		if (this.#handlers === null || !this.#isWanted(pair)) return;
		// Who came or went meanwhile is told by the announcements when signalling is back.
		if (this.#status.signalling !== 'open') return;
		if (pair.current !== null || pair.queued || pair.cancelRetry !== null) return;
		if (pair.offer === null && pair.tries >= (pair.met ? MAX_TRIES : MAX_TRIES_UNMET)) return;
		if (this.#offersTo(pair) || pair.offer !== null) {
			this.#enqueue(pair);
			return;
		}
		pair.tries++;
		this.#greet(pair);
		this.#retryLater(pair);
	}

	#greet(pair: Pair): void {
		this.#greetings.add(pair);
		this.#sendGreetings();
	}

	/** To who spoke last first. */
	#sendGreetings(): void {
		this.#cancelGreetings();
		const now = this.#options.clock.now();
		const refill = ((now - this.#greetedAt) * GREETINGS_PER_S) / 1_000;
		this.#greetingsLeft = Math.min(GREETINGS_AT_ONCE, this.#greetingsLeft + refill);
		this.#greetedAt = now;
		const waiting = [...this.#greetings].sort((a, b) => b.lastHeardAt - a.lastHeardAt);
		for (const pair of waiting) {
			if (this.#greetingsLeft < 1) break;
			this.#greetings.delete(pair);
			if (this.#pairs.get(pair.peer) !== pair || isUp(pair)) continue;
			this.#greetingsLeft--;
			this.#send({ type: 'here', from: this.#self, to: pair.peer, role: this.#role }, pair.peer);
		}
		if (this.#greetings.size === 0) return;
		this.#cancelGreetings = this.#options.clock.after(1_000 / GREETINGS_PER_S, () => this.#sendGreetings());
	}

	#retryLater(pair: Pair): void {
		if (this.#handlers === null || pair.cancelRetry !== null || pair.current !== null) return;
		if (!this.#isWanted(pair)) return;
		pair.cancelRetry = this.#options.clock.after(backoffMs(pair.failures++, this.#options.random), () => {
			pair.cancelRetry = null;
			this.#try(pair);
		});
	}

	#enqueue(pair: Pair): void {
		pair.cancelRetry?.();
		pair.cancelRetry = null;
		if (!pair.queued) this.#queue.push(pair);
		pair.queued = true;
		this.#pump();
	}

	/**
	 * Who offers goes first, then who failed least, and who spoke last: a crowd of peers that are long gone, or made up,
	 * holds nobody up.
	 */
	#pump(): void {
		this.#cancelPump();
		while (this.#queue.length > 0 && this.#hasRoom()) {
			const [pair] = this.#queue.sort(
				(a, b) =>
					Number(a.offer === null) - Number(b.offer === null) ||
					a.failures - b.failures ||
					b.lastHeardAt - a.lastHeardAt,
			);
			if (pair === undefined) return;
			this.#queue.shift();
			pair.queued = false;
			if (this.#pairs.get(pair.peer) === pair && pair.current === null && this.#isWanted(pair)) {
				this.#begin(pair);
			}
		}
	}

	/** While others wait, a handshake that takes unusually long makes room and is tried again later. */
	#hasRoom(): boolean {
		if (this.#handshakes.size < MAX_HANDSHAKES) return true;
		const [oldest] = this.#handshakes;
		if (oldest === undefined) return true;
		const [attempt, pair] = oldest;
		const waitMs = attempt.startedAt + PATIENCE_MS - this.#options.clock.now();
		if (waitMs > 0) {
			this.#cancelPump = this.#options.clock.after(waitMs, () => this.#pump());
			return false;
		}
		this.#handshakes.delete(attempt);
		this.#giveUp(pair, attempt);
		return this.#handshakes.size < MAX_HANDSHAKES;
	}

	#begin(pair: Pair): void {
		const offer = this.#freshOffer(pair);
		if (offer === null && !this.#offersTo(pair)) {
			this.#retryLater(pair);
			return;
		}
		const attempt: Attempt = {
			id: offer?.attempt ?? encodeBase64Url(this.#options.random(ATTEMPT_BYTES)),
			connection: null,
			link: null,
			startedAt: this.#options.clock.now(),
			wasUp: false,
			cancelTimeout: this.#options.clock.after(CONNECT_TIMEOUT_MS, () => this.#failed(pair, attempt)),
		};
		pair.current = attempt;
		pair.tries++;
		this.#handshakes.set(attempt, pair);
		this.#connect(pair, attempt, offer).catch(() => {
			// The carrier has no connections left, or was given a server it cannot read.
			this.#failed(pair, attempt);
		});
	}

	/** The offer that waits, unless whoever made it has given it up by now. */
	#freshOffer(pair: Pair): Offer | null {
		const waiting = pair.offer;
		pair.offer = null;
		if (waiting === null) return null;
		return this.#options.clock.now() - waiting.at < CONNECT_TIMEOUT_MS ? waiting.message : null;
	}

	async #connect(pair: Pair, attempt: Attempt, offer: Offer | null): Promise<void> {
		const { clock, carrier } = this.#options;
		if (carrier === null) return;
		const address = { from: this.#self, to: pair.peer, attempt: attempt.id };
		const isOfferer = offer === null;
		// A table that nobody comes to needs no links: their code comes with the first.
		const loading = import('./channel-link.ts');
		const connecting = carrier.connect({
			peer: pair.peer,
			attempt: attempt.id,
			isOfferer,
			events: {
				sendOffer: (description: Description) =>
					this.#send({ type: 'offer', ...address, role: this.#role, ...description }, pair.peer),
				sendAnswer: (description: Description) =>
					this.#send({ type: 'answer', ...address, ...description }, pair.peer),
				sendCandidates: (round, candidates) =>
					this.#send({ type: 'candidates', ...address, round, candidates }, pair.peer),
				onFailed: () => this.#failed(pair, attempt),
			},
		});
		const [code, made] = await Promise.allSettled([loading, connecting]);
		if (code.status === 'rejected' || made.status === 'rejected') {
			if (made.status === 'fulfilled') made.value.close();
			throw new Error('no connection can be made here now');
		}
		const { ChannelLink } = code.value;
		const connection = made.value;
		if (pair.current !== attempt || this.#handlers === null) {
			connection.close();
			return;
		}
		attempt.connection = connection;
		const link = new ChannelLink({
			clock,
			channel: connection.channel,
			highWaterBytes: carrier.highWaterBytes,
			via: carrier.via,
			peer: pair.peer,
			binding: () => connection.binding(this.#self < pair.peer),
			events: {
				onUp: () => this.#up(pair, attempt, link),
				onFrame: (frame) => this.#handlers?.onFrame(link, frame),
				onRole: (role) => this.#take(pair, role, false),
				onCarry: (load) => this.#options.fallback?.onCarry?.(pair.peer, load),
				onChange: () => {
					if (link.state === 'doubtful' && isOfferer) connection.offer();
					this.#handlers?.onLinkState(link);
				},
				onEnd: (reason) => this.#ended(pair, attempt, link, reason),
				onClosed: (reason) => this.#closedHere(pair, attempt, reason),
			},
		});
		attempt.link = link;
		if (offer === null) connection.offer();
		else connection.accept(offer);
	}

	#up(pair: Pair, attempt: Attempt, link: ChannelLink): void {
		attempt.cancelTimeout();
		attempt.wasUp = true;
		pair.failures = 0;
		pair.tries = 0;
		pair.offer = null;
		pair.lastHeardAt = this.#options.clock.now();
		this.#release(attempt);
		link.sendRole(this.#role);
		this.#handlers?.onLink(link);
	}

	// Ending them

	/** The way there is closed, as far as this handshake could tell. */
	#failed(pair: Pair, attempt: Attempt): void {
		if (pair.current !== attempt || attempt.link?.isUp === true) return;
		this.#giveUp(pair, attempt);
		this.#options.fallback?.onFailed(pair.peer);
	}

	/** A handshake that came to nothing. */
	#giveUp(pair: Pair, attempt: Attempt): void {
		if (pair.current !== attempt) return;
		this.#discardOf(pair);
		this.#retry(pair);
	}

	/** The link ended without our doing. */
	#ended(pair: Pair, attempt: Attempt, link: ChannelLink, reason: LinkEnd): void {
		attempt.connection?.close();
		attempt.cancelTimeout();
		if (pair.current === attempt) pair.current = null;
		if (reason === 'closed_refuse' || reason === 'offence') {
			pair.refused = true;
			this.#options.fallback?.onParted(pair.peer, 'refuse');
		}
		if (reason === 'closed_done') pair.resting = true;
		if (attempt.wasUp) this.#handlers?.onLost(link);
		this.#release(attempt);
		this.#retry(pair);
	}

	/** The room closed it. */
	#closedHere(pair: Pair, attempt: Attempt, reason: 'done' | 'refuse'): void {
		if (reason === 'refuse') pair.refused = true;
		else pair.resting = true;
		pair.offer = null;
		attempt.connection?.closeLater();
		if (pair.current === attempt) pair.current = null;
		if (this.#dropping !== pair) this.#options.fallback?.onParted(pair.peer, reason);
	}

	#dropUnwanted(pair: Pair): void {
		const attempt = pair.current;
		if (attempt === null) return;
		const { link } = attempt;
		if (link?.isUp === true) {
			this.#dropping = pair;
			link.close('done');
			this.#dropping = null;
			this.#handlers?.onLost(link);
		} else {
			this.#discardOf(pair);
		}
	}

	#retry(pair: Pair): void {
		if (pair.offer !== null && this.#isWanted(pair)) this.#enqueue(pair);
		else this.#retryLater(pair);
	}

	#discardOf(pair: Pair): void {
		const attempt = pair.current;
		pair.current = null;
		if (attempt !== null) this.#discard(attempt);
	}

	#discard(attempt: Attempt): void {
		attempt.cancelTimeout();
		attempt.link?.abandon();
		attempt.connection?.close();
		this.#release(attempt);
	}

	#release(attempt: Attempt): void {
		if (this.#handshakes.delete(attempt)) this.#pump();
	}
}

function isUp(pair: Pair): boolean {
	return pair.current?.link?.isUp === true;
}
