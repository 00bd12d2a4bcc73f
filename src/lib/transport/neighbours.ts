/**
 * Who is linked with a page directly can pass on what it has for others: a Signalling made of those links, for two
 * that cannot reach each other while a third reaches both. Everything goes one step further and no more, so nothing
 * goes in circles; what is carried is sealed between the two ends (`relay.ts`) and opaque to who carries it, who does
 * so at a limited rate.
 *
 * A load: what it is, whether it was passed on already, the ids of sender and addressee (22 characters each; spaces:
 * everybody), the text.
 */
import type { Clock } from '../room/clock.ts';
import { MAX_LOAD_BYTES } from './framing.ts';
import type { Rate } from './pace.ts';
import type { Signalling, SignallingFactory, SignallingHandlers } from './signalling.ts';
import type { PeerId } from './transport.ts';

const WHAT = { payload: 1, relayed: 2 } as const;
const ID_LENGTH = 22;
const EVERYBODY = ' '.repeat(ID_LENGTH);
const FROM = 2;
const TO = FROM + ID_LENGTH;
const HEAD_BYTES = TO + ID_LENGTH;
const MAX_TEXT = MAX_LOAD_BYTES - HEAD_BYTES;

/** What one page asks its neighbours to carry: a late joiner's whole game in seconds, and no one's uplink filled. */
const FORWARD_RATE: Rate = {
	messages: 200,
	messagesPerS: 60,
	bytes: 512 * 1024,
	bytesPerS: 64 * 1024,
};
/** What a page carries for another in a second: its neighbours hold themselves to half of it. */
const MAX_CARRIED_PER_S = 128 * 1024;
const MAX_CARRIED_MESSAGES_PER_S = 120;
const BURST_S = 10;

export interface Neighbours {
	/** For the transport that links those who are two steps away. */
	readonly signalling: SignallingFactory;
	/** What this page may ask them to carry. */
	readonly rate: Rate;
	linked(peer: PeerId): void;
	lost(peer: PeerId): void;
	/** A load that a neighbour brought. */
	received(neighbour: PeerId, load: Uint8Array): void;
	/** Who carries what goes to this peer; null when nobody is known to. */
	through(peer: PeerId): PeerId | null;
}

export interface NeighboursOptions {
	readonly clock: Clock;
	/** null before the transport is open. */
	readonly self: () => PeerId | null;
	/** Hands a load to a neighbour. */
	readonly give: (neighbour: PeerId, load: Uint8Array) => void;
	/** Somebody two steps away has something to say while no transport listens. */
	readonly onCalled: () => void;
}

export function createNeighbours({ clock, self, give, onCalled }: NeighboursOptions): Neighbours {
	const neighbours = new Map<PeerId, Load>();
	/** By peer two steps away: the neighbour that brought its last word. */
	const routes = new Map<PeerId, PeerId>();
	let handlers: SignallingHandlers | null = null;

	const loadOf = (what: number, isPassedOn: boolean, from: PeerId, to: PeerId | null, text: Uint8Array) => {
		const load = new Uint8Array(HEAD_BYTES + text.length);
		load.set([what, isPassedOn ? 1 : 0]);
		load.set(ascii(from), FROM);
		load.set(ascii(to ?? EVERYBODY), TO);
		load.set(text, HEAD_BYTES);
		return load;
	};

	const say = (what: number, text: string, to: PeerId | null): void => {
		const from = self();
		if (from === null || text.length > MAX_TEXT) return;
		const load = loadOf(what, false, from, to, ascii(text));
		const by = to === null ? undefined : routes.get(to);
		for (const neighbour of by === undefined ? neighbours.keys() : [by]) give(neighbour, load);
	};

	const passOn = (from: PeerId, what: number, to: PeerId | null, text: Uint8Array): void => {
		if (neighbours.get(from)?.takes(text.length) !== true) return;
		const load = loadOf(what, true, from, to, text);
		for (const other of neighbours.keys()) {
			if (other !== from && (to === null || other === to)) give(other, load);
		}
	};

	const hear = (neighbour: PeerId, what: number, from: PeerId, text: string): void => {
		if (routes.size >= MAX_ROUTES) routes.clear();
		routes.set(from, neighbour);
		if (handlers === null) onCalled();
		else if (what === WHAT.payload) handlers.onPayload(text);
		else if (what === WHAT.relayed) handlers.onRelayed(text);
	};

	const tellState = (): void => {
		handlers?.onState(neighbours.size > 0 ? 'open' : 'connecting');
	};

	const signalling: Signalling = {
		open(opened) {
			handlers = opened;
			tellState();
			if (neighbours.size > 0) opened.onConnected();
		},
		send: (sealed, to) => say(WHAT.payload, sealed, to),
		relay: (data, to) => say(WHAT.relayed, data, to),
		check: () => undefined,
		close() {
			handlers = null;
		},
	};

	return {
		signalling: () => signalling,
		rate: FORWARD_RATE,
		linked(peer) {
			neighbours.set(peer, new Load(clock));
			tellState();
			// Whoever is behind the new neighbour has not heard of us.
			handlers?.onConnected();
		},
		lost(peer) {
			neighbours.delete(peer);
			for (const [other, by] of routes) if (by === peer) routes.delete(other);
			tellState();
		},
		received(neighbour, load) {
			const [what = 0, passedOn] = load;
			const from = idAt(load, FROM);
			const to = idAt(load, TO);
			const isToAll = to === null && textOf(load.subarray(TO, HEAD_BYTES)) === EVERYBODY;
			if (from === null || from === self() || (to === null && !isToAll)) return;
			const text = load.subarray(HEAD_BYTES);
			// Nobody speaks for another but by passing on, and nothing is passed on twice.
			if (passedOn === 0 && from === neighbour && to !== self()) passOn(from, what, to, text);
			else if (passedOn === 1 && (isToAll || to === self())) hear(neighbour, what, from, textOf(text));
		},
		through: (peer) => routes.get(peer) ?? null,
	};
}

/** Ten seats and fifty spectators, and as many pages that were reloaded. */
const MAX_ROUTES = 256;

/** What one neighbour has had carried lately. */
class Load {
	readonly #clock: Clock;
	#bytes = MAX_CARRIED_PER_S * BURST_S;
	#messages = MAX_CARRIED_MESSAGES_PER_S * BURST_S;
	#at: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#at = clock.now();
	}

	takes(bytes: number): boolean {
		const now = this.#clock.now();
		const seconds = Math.max(0, now - this.#at) / 1_000;
		this.#at = now;
		this.#bytes = Math.min(MAX_CARRIED_PER_S * BURST_S, this.#bytes + seconds * MAX_CARRIED_PER_S);
		const messages = this.#messages + seconds * MAX_CARRIED_MESSAGES_PER_S;
		this.#messages = Math.min(MAX_CARRIED_MESSAGES_PER_S * BURST_S, messages);
		if (this.#bytes < bytes || this.#messages < 1) return false;
		this.#bytes -= bytes;
		this.#messages -= 1;
		return true;
	}
}

/** Ids, base64url and sealed payloads are plain ASCII. */
function ascii(text: string): Uint8Array {
	return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0x7f);
}

function textOf(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte & 0x7f);
	return text;
}

function idAt(load: Uint8Array, at: number): PeerId | null {
	const id = textOf(load.subarray(at, at + ID_LENGTH));
	return /^[\w-]{22}$/.test(id) ? (id as PeerId) : null;
}
