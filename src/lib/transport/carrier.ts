/**
 * A Carrier makes the channel that one link runs on: a WebRTC connection (`connection.ts`), or the signalling server
 * itself (`relay.ts`). Who is to be linked with whom, and when to try again, is not its business (`pairs.ts`); nor
 * are frames, heartbeat and goodbye (`channel-link.ts`).
 */
import type { PeerId, Via } from './transport.ts';

/** What a link needs of its channel: the part of RTCDataChannel that it uses, messages whole and in order. */
export interface Channel {
	binaryType: string;
	bufferedAmountLowThreshold: number;
	readonly bufferedAmount: number;
	readonly readyState: string;
	onopen: ((event: Event) => void) | null;
	/** With an ArrayBuffer. */
	onmessage: ((event: MessageEvent) => void) | null;
	onclose: ((event: Event) => void) | null;
	onbufferedamountlow: ((event: Event) => void) | null;
	/** @throws when it is not open */
	send(message: Uint8Array<ArrayBuffer>): void;
	close(): void;
}

/** One end's half of a handshake; what `description` holds is the carrier's own affair. */
export interface Description {
	/** ICE restarts of one connection, from 1; 0 is the first description. */
	readonly round: number;
	readonly description: unknown;
}

export interface ConnectionEvents {
	sendOffer(description: Description): void;
	sendAnswer(description: Description): void;
	sendCandidates(round: number, candidates: readonly string[]): void;
	/** Nothing is to be saved here. */
	onFailed(): void;
}

export interface ConnectionSpec {
	readonly peer: PeerId;
	/** Names the handshake in signalling. */
	readonly attempt: string;
	readonly isOfferer: boolean;
	readonly events: ConnectionEvents;
}

/** One connection to one peer, whose channel the link uses. It is open when the channel's own ping came back. */
export interface CarrierConnection {
	readonly channel: Channel;
	/** The first offer, or a renewal later. Only the offerer calls it. */
	offer(): void;
	/** What comes from the other end is parsed here; whatever no honest peer sends ends in `onFailed`, or in nothing. */
	accept(offer: Description): void;
	answered(answer: Description): void;
	candidates(round: number, candidates: unknown): void;
	/** See `Link.binding`. Known when the channel is open. */
	binding(isLower: boolean): Uint8Array;
	close(): void;
	/** Closes when what the channel still holds has had time to leave. */
	closeLater(): void;
}

export interface Carrier {
	readonly via: Via;
	/** No more is given to the channel at once: enough to keep it busy, little enough for a ping to pass in time. */
	readonly highWaterBytes: number;
	/** @throws (rejects) where no connection can be made now */
	connect(spec: ConnectionSpec): Promise<CarrierConnection>;
}
