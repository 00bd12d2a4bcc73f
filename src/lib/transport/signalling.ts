/**
 * The Signalling port: how the peers of one topic exchange the few sealed messages that it takes to make links.
 * Payloads are opaque here. It may lose, repeat and reorder them, and it may be away: links once made outlive it.
 * Today it is a WebSocket (`socket-signalling.ts`); a realtime service or a relay is another one.
 */
import * as z from 'zod/mini';
import { PEER_ROLES, type PeerId } from './transport.ts';
import { Candidates, PackedDescription } from './sdp.ts';

export interface Signalling {
	open(handlers: SignallingHandlers): void;
	/** To one peer where the carrier can address it, else to everybody on the topic; dropped while not open. */
	send(sealed: string, to: PeerId | null): void;
	/** Makes sure of the connection now: the page came back to the foreground. */
	check(): void;
	close(): void;
}

export interface SignallingHandlers {
	onState(state: 'connecting' | 'open' | 'closed'): void;
	/** Subscribed, for the first time or again: whoever came meanwhile has not heard of us. */
	onConnected(): void;
	onPayload(sealed: string): void;
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

export const SignalMessage = z.discriminatedUnion('type', [
	/** To everybody: I am here, in this role. `answer`: tell me who you are. */
	z.object({ type: z.literal('announce'), from: peerId, role, answer: z.boolean() }),
	/** To one: so am I; if you are the one to offer, offer. */
	z.object({ type: z.literal('here'), ...address, role }),
	z.object({ type: z.literal('offer'), ...address, role, attempt, round, description: PackedDescription }),
	z.object({ type: z.literal('answer'), ...address, attempt, round, description: PackedDescription }),
	/** Candidates found after the description left. */
	z.object({ type: z.literal('candidates'), ...address, attempt, round, candidates: Candidates }),
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
