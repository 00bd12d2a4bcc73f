/**
 * The transport for who cannot be reached by WebRTC: the same pairs and the same frames as `links.ts`, through the
 * signalling server, or through neighbours (`neighbours.ts`). It is slower, at a limited rate, and opaque to the
 * server: the two ends exchange one-time X25519 keys (sealed with the table's key, like all signalling), and
 * everything after that is sealed with a key made of theirs and the table's. So neither the server, nor another
 * member of the table together with it, can read or change a frame; and whoever exchanged the keys on the way gives
 * the two ends different bindings, which `hello` finds out.
 *
 * Loaded when it is needed: `const { createRelay } = await import('./relay.ts')`.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod/mini';
import type { Clock } from '../room/clock.ts';
import type { CarrierConnection, ConnectionSpec, Description } from './carrier.ts';
import { createPairs, type Fallback } from './pairs.ts';
import { createPace, type Pace, type Rate } from './pace.ts';
import { RelayChannel, type Cipher } from './relay-channel.ts';
import { decodeBase64Url, encodeBase64Url } from './sealing.ts';
import type { Signalling, SignallingFactory, SignallingHandlers } from './signalling.ts';
import type { PeerId, Transport, TransportConfig, Via } from './transport.ts';

export interface RelayOptions {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	readonly signalling: SignallingFactory;
	/** What the server lets one page relay; what our own does by default. */
	readonly rate?: Rate;
	/** What carries: `relay`, the server, if left out. */
	readonly via?: Exclude<Via, 'direct'>;
	/** Whom else it concerns that the room closed a link for good. */
	readonly fallback?: Pick<Fallback, 'onParted'>;
}

/**
 * A page's share, well below what the server cuts off (`serve/signalling.ts`): a burst that was held up on the way
 * arrives at once. Ten seats with their heartbeats are 20 messages a second, a late joiner's whole game 150 kB.
 */
export const RELAY_RATE: Rate = { messages: 100, messagesPerS: 30, bytes: 192 * 1024, bytesPerS: 24 * 1024 };
/** Two seconds' worth: a ping behind it is not late enough to raise a doubt. */
const HIGH_WATER_BYTES = 48 * 1024;
/** For the goodbye to leave at this rate; the link itself gives up after as long. */
const LINGER_MS = 5_000;
/**
 * The others of a table move within this time of each other. So long nothing is sent, for one who is not at the new
 * place yet would miss it, and what is on its way to the old place is taken in: a piece that is lost takes its link
 * with it. Shorter than a link waits for a missing ping before it is in doubt.
 */
const MOVE_MS = 1_000;
const KEY_BYTES = 32;
/** What the keys are for (RFC 5869 3.2). */
const KEYS = new TextEncoder().encode('overtrick/relay');
/** Of the handshake's name, which the messages of a connection begin with. */
const NAME_BYTES = 8;

const PublicKey = z.string().check(z.regex(/^[\w-]{43}$/));

/** Peers meet for each way at a place of its own: what goes on there touches no other link. */
export function relayTopic(topic: string, via: Exclude<Via, 'direct'> = 'relay'): string {
	return `${topic}.${via}`;
}

export function createRelay(options: RelayOptions): Transport {
	const { clock, random, rate = RELAY_RATE, via = 'relay' } = options;
	const connections = new Map<string, RelayConnection>();
	let table: TransportConfig | null = null;
	let line: Signalling | null = null;
	let isOpen = false;
	let isMoving = false;
	let cancelMoving = (): void => undefined;
	const mayRelay = (): boolean => isOpen && !isMoving;
	const pace = createPace(clock, rate, mayRelay);

	/** The pairs' own signalling, of which what is relayed is taken out for the connections. */
	const signalling: SignallingFactory = (address) => {
		const inner = options.signalling(address);
		line = inner;
		isOpen = false;
		let isLeft = false;
		return {
			open: (handlers: SignallingHandlers) =>
				inner.open({
					onState: (state) => {
						if (isLeft) return;
						isOpen = state === 'open';
						if (mayRelay()) pace.wake();
						handlers.onState(state);
					},
					onConnected: () => {
						if (!isLeft) handlers.onConnected();
					},
					onPayload: (sealed) => {
						if (!isLeft) handlers.onPayload(sealed);
					},
					onRelayed: (data) => receive(data),
				}),
			send: (sealed, to) => inner.send(sealed, to),
			relay: (data, to) => inner.relay(data, to),
			check: () => inner.check(),
			close: () => {
				isLeft = true;
				isOpen = false;
				if (isMoving) clock.after(MOVE_MS, () => inner.close());
				else inner.close();
			},
		};
	};

	const receive = (data: string): void => {
		const message = decodeBase64Url(data);
		if (message === null || message.length < NAME_BYTES) return;
		connections.get(encodeBase64Url(message.subarray(0, NAME_BYTES)))?.received(message);
	};

	const pairs = createPairs({
		clock,
		random,
		signalling,
		fallback: {
			onFailed: () => undefined,
			onAsked: () => undefined,
			onParted: (peer, reason) => options.fallback?.onParted(peer, reason),
		},
		carrier: {
			via,
			highWaterBytes: HIGH_WATER_BYTES,
			async connect(spec) {
				if (table === null || connections.has(spec.attempt)) throw new Error('no place for this connection');
				const connection = new RelayConnection({
					...spec,
					clock,
					random,
					pace,
					key: table.key,
					topic: table.topic,
					send: (message) => line?.relay(encodeBase64Url(message), spec.peer),
					onClosed: () => connections.delete(spec.attempt),
				});
				connections.set(spec.attempt, connection);
				return connection;
			},
		},
	});
	return {
		open: (config, handlers) => {
			table = { ...config, topic: relayTopic(config.topic, via) };
			pairs.open(table, handlers);
		},
		setRole: (role) => pairs.setRole(role),
		setPolicy: (wants) => pairs.setPolicy(wants),
		checkLinks: () => pairs.checkLinks(),
		move: ({ topic, key }) => {
			if (table === null) return;
			table = { ...table, key, topic: relayTopic(topic, via) };
			isMoving = true;
			cancelMoving();
			cancelMoving = clock.after(MOVE_MS, () => {
				isMoving = false;
				if (mayRelay()) pace.wake();
			});
			pairs.move(table);
		},
		close: () => {
			cancelMoving();
			isMoving = false;
			pairs.close();
			pace.stop();
		},
	};
}

export interface RelaySpec extends ConnectionSpec {
	readonly peer: PeerId;
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	readonly pace: Pace;
	/** The table's. */
	readonly key: Uint8Array;
	readonly topic: string;
	send(message: Uint8Array): void;
	onClosed(): void;
}

/** One handshake, one exchange of keys, one channel: a relay has nothing to renew. */
export class RelayConnection implements CarrierConnection {
	readonly channel: RelayChannel;
	readonly #spec: RelaySpec;
	readonly #secret: Uint8Array;
	readonly #public: Uint8Array;
	#theirs: Uint8Array | null = null;
	#hasOffered = false;
	#isClosed = false;

	constructor(spec: RelaySpec) {
		this.#spec = spec;
		this.#secret = spec.random(KEY_BYTES);
		this.#public = x25519.getPublicKey(this.#secret);
		const name = decodeBase64Url(spec.attempt) ?? new Uint8Array(NAME_BYTES);
		this.channel = new RelayChannel({
			clock: spec.clock,
			pace: spec.pace,
			name,
			send: (data) => spec.send(data),
		});
	}

	offer(): void {
		if (this.#hasOffered) return;
		this.#hasOffered = true;
		this.#spec.events.sendOffer(this.#describe());
	}

	accept(offer: Description): void {
		if (this.#spec.isOfferer || offer.round !== 0 || this.#theirs !== null) return;
		const cipher = this.#agree(offer);
		if (cipher === null) return;
		// Said before the channel is open: what follows on it needs our key.
		this.#spec.events.sendAnswer(this.#describe());
		this.channel.open(cipher);
	}

	answered(answer: Description): void {
		if (!this.#spec.isOfferer || answer.round !== 0 || this.#theirs !== null) return;
		const cipher = this.#agree(answer);
		if (cipher !== null) this.channel.open(cipher);
	}

	candidates(): void {
		// There is only one way, and both know it.
	}

	binding(isLower: boolean): Uint8Array {
		if (this.#theirs === null) throw new Error('no binding before both keys');
		return isLower ? concat(this.#public, this.#theirs) : concat(this.#theirs, this.#public);
	}

	received(message: Uint8Array): void {
		this.channel.received(message);
	}

	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.channel.close();
		this.#secret.fill(0);
		this.#spec.onClosed();
	}

	closeLater(): void {
		this.channel.closeWhenEmpty();
		this.#spec.clock.after(LINGER_MS, () => this.close());
	}

	#describe(): Description {
		return { round: 0, description: encodeBase64Url(this.#public) };
	}

	/**
	 * A key for each direction: the numbers of the messages are their nonces. Null when the other end sent no key, or one
	 * of the few that give everybody the same secret.
	 */
	#agree({ description }: Description): Cipher | null {
		const { key, topic, isOfferer, events } = this.#spec;
		const sent = PublicKey.safeParse(description);
		const theirKey = sent.success ? decodeBase64Url(sent.data) : null;
		const shared = theirKey === null ? null : sharedSecret(this.#secret, theirKey);
		if (theirKey === null || shared === null) {
			events.onFailed();
			return null;
		}
		this.#theirs = theirKey;
		const offered = isOfferer ? concat(this.#public, theirKey) : concat(theirKey, this.#public);
		const bound = concat(new TextEncoder().encode(topic), offered);
		const keys = hkdf(sha256, concat(shared, key), bound, KEYS, 2 * KEY_BYTES);
		const [fromOfferer, fromAnswerer] = [keys.slice(0, KEY_BYTES), keys.slice(KEY_BYTES)];
		const [mine, theirs] = isOfferer ? [fromOfferer, fromAnswerer] : [fromAnswerer, fromOfferer];
		return {
			seal: (plain, nonce, header) => chacha20poly1305(mine, nonce, header).encrypt(plain),
			unseal: (cipher, nonce, header) => chacha20poly1305(theirs, nonce, header).decrypt(cipher),
		};
	}
}

/** Null for a key that no honest end has. */
function sharedSecret(secret: Uint8Array, theirs: Uint8Array): Uint8Array | null {
	try {
		return x25519.getSharedSecret(secret, theirs);
	} catch {
		return null;
	}
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
