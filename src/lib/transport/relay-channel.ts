/**
 * The channel of a relayed link: messages in, sealed and numbered pieces out, at the pace the server allows. Messages
 * run together to a stream (two bytes of length before each) which is cut as pieces leave, so a hundred small
 * messages that had to wait cost one piece. At the other end pieces that come twice are dropped and pieces out of
 * order wait for those before them: with several servers each brings all of them, one sooner than the other.
 *
 * A piece: 8 bytes name the connection, 4 its number, the rest is sealed.
 */
import type { Clock } from '../room/clock.ts';
import type { Channel } from './carrier.ts';
import type { Pace, Turn } from './pace.ts';

export interface RelayChannelOptions {
	readonly clock: Clock;
	readonly pace: Pace;
	/** 8 bytes. */
	readonly name: Uint8Array;
	send(piece: Uint8Array): void;
}

export interface Cipher {
	seal(plain: Uint8Array, nonce: Uint8Array, header: Uint8Array): Uint8Array;
	/** @throws on what was not sealed so */
	unseal(cipher: Uint8Array, nonce: Uint8Array, header: Uint8Array): Uint8Array;
}

/** In base64 and with its address it stays below the 16 kB that the server takes at once. */
export const PIECE_BYTES = 10 * 1024;
const NAME_BYTES = 8;
const HEADER_BYTES = NAME_BYTES + 4;
const NONCE_BYTES = 12;
const LENGTH_BYTES = 2;
/** Two servers differ by a second or so; a piece that is still missing then is lost, and the link with it. */
const GAP_MS = 1_500;
/** What a fast server may be ahead of a slow one. */
const MAX_EARLY = 64;
const MAX_NUMBER = 0xffff_ffff;

export class RelayChannel implements Channel {
	binaryType = 'arraybuffer';
	bufferedAmountLowThreshold = 0;
	onopen: ((event: Event) => void) | null = null;
	onmessage: ((event: MessageEvent) => void) | null = null;
	onclose: ((event: Event) => void) | null = null;
	onbufferedamountlow: ((event: Event) => void) | null = null;
	readonly #options: RelayChannelOptions;
	#state: 'connecting' | 'open' | 'closed' = 'connecting';
	#cipher: Cipher | null = null;
	/** Of the stream: not sent yet. */
	#outgoing: Uint8Array[] = [];
	#outgoingBytes = 0;
	#nextOut = 0;
	/** Whoever sends now sees for itself how much waits, and would be called back in the middle of it. */
	#isSending = false;
	#closesWhenEmpty = false;
	/** Of the stream: no whole message yet. */
	#incoming = new Uint8Array(0);
	#nextIn = 0;
	/** Pieces by number, still sealed while there is no key. */
	#early = new Map<number, Uint8Array>();
	#cancelGap: (() => void) | null = null;

	constructor(options: RelayChannelOptions) {
		this.#options = options;
	}

	get readyState(): string {
		return this.#state;
	}

	get bufferedAmount(): number {
		return this.#outgoingBytes;
	}

	open(cipher: Cipher): void {
		if (this.#state !== 'connecting') return;
		this.#cipher = cipher;
		this.#state = 'open';
		this.onopen?.(new Event('open'));
		const early = [...this.#early.values()];
		this.#early.clear();
		for (const piece of early) this.received(piece);
	}

	send(message: Uint8Array<ArrayBuffer>): void {
		if (this.#state !== 'open') throw new Error('the channel is not open');
		const framed = new Uint8Array(LENGTH_BYTES + message.length);
		new DataView(framed.buffer).setUint16(0, message.length);
		framed.set(message, LENGTH_BYTES);
		this.#outgoing.push(framed);
		this.#outgoingBytes += framed.length;
		this.#isSending = true;
		this.#options.pace.want(this.#turn);
		this.#isSending = false;
	}

	close(): void {
		if (this.#state === 'closed') return;
		this.#state = 'closed';
		this.#options.pace.drop(this.#turn);
		this.#cancelGap?.();
		this.#outgoing = [];
		this.#outgoingBytes = 0;
		this.#early.clear();
		this.#cipher = null;
	}

	closeWhenEmpty(): void {
		this.#closesWhenEmpty = true;
		if (this.#outgoingBytes === 0) this.close();
	}

	/** A piece that names this connection, whoever sent it. */
	received(piece: Uint8Array): void {
		if (this.#state === 'closed' || piece.length < HEADER_BYTES) return;
		const number = new DataView(piece.buffer, piece.byteOffset).getUint32(NAME_BYTES);
		if (number < this.#nextIn || this.#early.has(number)) return;
		if (number > this.#nextIn && this.#early.size >= MAX_EARLY) return;
		if (this.#cipher === null) {
			this.#early.set(number, piece);
			return;
		}
		const plain = this.#unseal(this.#cipher, piece, number);
		// Forged or damaged: whoever carries pieces can make such, and the true one may still come.
		if (plain === null) return;
		this.#early.set(number, plain);
		this.#readOn();
	}

	readonly #turn: Turn = () => {
		const plain = this.#cut();
		if (plain.length === 0 || this.#cipher === null) return { bytes: 0, isDone: true };
		if (this.#nextOut > MAX_NUMBER) {
			this.#fail();
			return { bytes: 0, isDone: true };
		}
		const piece = new Uint8Array(HEADER_BYTES);
		piece.set(this.#options.name);
		new DataView(piece.buffer).setUint32(NAME_BYTES, this.#nextOut);
		const sealed = this.#cipher.seal(plain, nonceOf(this.#nextOut), piece);
		this.#nextOut++;
		const whole = new Uint8Array(HEADER_BYTES + sealed.length);
		whole.set(piece);
		whole.set(sealed, HEADER_BYTES);
		this.#options.send(whole);
		const isEmpty = this.#outgoingBytes === 0;
		if (isEmpty && this.#closesWhenEmpty) this.close();
		else if (!this.#isSending && this.#outgoingBytes <= this.bufferedAmountLowThreshold) {
			this.onbufferedamountlow?.(new Event('bufferedamountlow'));
		}
		// Base64 makes four of three.
		return { bytes: Math.ceil((whole.length * 4) / 3), isDone: this.#outgoingBytes === 0 };
	};

	/** The next piece of the stream, of all that waits. */
	#cut(): Uint8Array {
		const bytes = Math.min(PIECE_BYTES, this.#outgoingBytes);
		const plain = new Uint8Array(bytes);
		let at = 0;
		while (at < bytes) {
			const [next] = this.#outgoing;
			if (next === undefined) break;
			const part = next.subarray(0, bytes - at);
			plain.set(part, at);
			at += part.length;
			if (part.length === next.length) this.#outgoing.shift();
			else this.#outgoing[0] = next.subarray(part.length);
		}
		this.#outgoingBytes -= bytes;
		return plain;
	}

	#unseal(cipher: Cipher, piece: Uint8Array, number: number): Uint8Array | null {
		try {
			const header = piece.subarray(0, HEADER_BYTES);
			return cipher.unseal(piece.subarray(HEADER_BYTES), nonceOf(number), header);
		} catch {
			return null;
		}
	}

	/** Gives on all that is whole and in order; what comes after a gap waits for it to be filled. */
	#readOn(): void {
		const gapAt = this.#nextIn;
		for (;;) {
			const plain = this.#early.get(this.#nextIn);
			if (plain === undefined) break;
			this.#early.delete(this.#nextIn++);
			this.#read(plain);
			if (this.#state !== 'open') return;
		}
		// What comes behind a gap does not fill it, and gives it no more time.
		if (this.#nextIn === gapAt && this.#cancelGap !== null) return;
		this.#cancelGap?.();
		this.#cancelGap = null;
		if (this.#early.size > 0) this.#cancelGap = this.#options.clock.after(GAP_MS, () => this.#fail());
	}

	#read(plain: Uint8Array): void {
		const stream = new Uint8Array(this.#incoming.length + plain.length);
		stream.set(this.#incoming);
		stream.set(plain, this.#incoming.length);
		const view = new DataView(stream.buffer);
		let at = 0;
		while (this.#state === 'open' && at + LENGTH_BYTES <= stream.length) {
			const end = at + LENGTH_BYTES + view.getUint16(at);
			if (end > stream.length) break;
			const data = stream.buffer.slice(at + LENGTH_BYTES, end);
			at = end;
			this.onmessage?.(new MessageEvent('message', { data }));
		}
		this.#incoming = stream.slice(at);
	}

	#fail(): void {
		if (this.#state === 'closed') return;
		this.close();
		this.onclose?.(new Event('close'));
	}
}

function nonceOf(number: number): Uint8Array {
	const nonce = new Uint8Array(NONCE_BYTES);
	new DataView(nonce.buffer).setUint32(NONCE_BYTES - 4, number);
	return nonce;
}
