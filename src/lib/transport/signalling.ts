/**
 * The Signalling port: how the peers of one topic exchange the few sealed messages that it takes to make links.
 * Payloads are opaque here. It may lose, repeat and reorder them, and it may be away: links once made outlive it.
 * Today it is a WebSocket (`socket-signalling.ts`); a realtime service or a relay is another one.
 */
import * as z from 'zod/mini';
import { PEER_ROLES, type PeerId } from './transport.ts';

export interface Signalling {
	open(handlers: SignallingHandlers): void;
	/** To one peer where the carrier can address it, else to everybody on the topic; dropped while not open. */
	send(sealed: string, to: PeerId | null): void;
	/**
	 * The frames of a link that runs through the server (`relay.ts`), to that peer alone and at a lower rate; base64url,
	 * opaque. Dropped while not open, and by servers that do not relay.
	 */
	relay(data: string, to: PeerId): void;
	/** Makes sure of the connection now: the page came back to the foreground. */
	check(): void;
	close(): void;
}

export interface SignallingHandlers {
	onState(state: 'connecting' | 'open' | 'closed'): void;
	/** Subscribed, for the first time or again: whoever came meanwhile has not heard of us. */
	onConnected(): void;
	onPayload(sealed: string): void;
	/** What a peer sent by `relay`. */
	onRelayed(data: string): void;
}

export type SignallingFactory = (address: { readonly topic: string; readonly self: PeerId }) => Signalling;

/** 16 bytes in base64url. */
const peerId = z.custom<PeerId>((value) => typeof value === 'string' && /^[\w-]{22}$/.test(value));
/** Names one handshake; its answer and its later candidates carry it. */
const attempt = z.string().check(z.regex(/^[\w-]{11}$/));
/** ICE restarts of one connection, from 1; 0 is the first description. */
const round = z.int().check(z.minimum(0), z.maximum(1_000));
const address = { from: peerId, to: peerId };
const role = z.enum(PEER_ROLES);
/**
 * The sender asks to be linked through the server: `too` besides trying to connect, because it reaches nobody; `only`
 * because it cannot connect at all.
 */
const relay = z.optional(z.enum(['too', 'only']));
/** As the carrier of the link makes and reads it (`carrier.ts`): a session description, a public key. */
const description = z.unknown();

export const SignalMessage = z.discriminatedUnion('type', [
	/** To everybody: I am here, in this role. `answer`: tell me who you are. */
	z.object({ type: z.literal('announce'), from: peerId, role, relay, answer: z.boolean() }),
	/** To one: so am I; if you are the one to offer, offer. */
	z.object({ type: z.literal('here'), ...address, role, relay }),
	z.object({ type: z.literal('offer'), ...address, role, attempt, round, description }),
	z.object({ type: z.literal('answer'), ...address, attempt, round, description }),
	/** Candidates found after the description left. */
	z.object({ type: z.literal('candidates'), ...address, attempt, round, candidates: z.unknown() }),
	/** I do not want this link now; I announce when I do. */
	z.object({ type: z.literal('decline'), ...address, attempt }),
	/** To everybody: I leave. */
	z.object({ type: z.literal('bye'), from: peerId }),
]);
export type SignalMessage = z.infer<typeof SignalMessage>;

/** Null for anything that an honest peer would not send. */
export function parseSignal(payload: unknown): SignalMessage | null {
	const parsed = SignalMessage.safeParse(payload);
	return parsed.success ? parsed.data : null;
}
