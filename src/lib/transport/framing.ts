/**
 * Frames on a data channel: a message of the channel is one kind byte and what it needs. Frames up to a chunk go
 * whole; larger ones in chunks of 16 kB, which every browser passes on and which let a ping through between two.
 *
 *     for (let at = 0; at < frame.length; at += partBytes(frame.length, at)) channel.send(partMessage(frame, at));
 *     const result = reader.read(message);  // { type: 'frame', frame } when the last chunk is in
 */
import { assertNever } from './assert.ts';
import { MAX_FRAME_BYTES, PEER_ROLES, type PeerRole } from './transport.ts';

/** Of a whole channel message, header included: the size below which all implementations agree (RFC 8831 6.6). */
export const CHUNK_BYTES = 16_384;

const KINDS = ['ping', 'pong', 'whole', 'first', 'next', 'bye', 'role', 'carry'] as const;
type Kind = (typeof KINDS)[number];
const CODE = {
	ping: 0,
	pong: 1,
	whole: 2,
	first: 3,
	next: 4,
	bye: 5,
	role: 6,
	carry: 7,
} as const satisfies Record<Kind, number>;

const BYES = ['done', 'refuse'] as const;
export type Bye = (typeof BYES)[number];

/** Kind, and the length of the whole frame as 32 bits. */
const FIRST_HEADER_BYTES = 5;

/** What one channel message amounts to. `offence`: no honest peer sends this, and the link must end. */
export type Reading =
	| { readonly type: 'ping' | 'pong'; readonly id: number }
	| { readonly type: 'frame'; readonly frame: Uint8Array }
	| { readonly type: 'part' }
	| { readonly type: 'bye'; readonly reason: Bye }
	| { readonly type: 'role'; readonly role: PeerRole }
	/** For or from a page that is not at the other end (`neighbours.ts`). */
	| { readonly type: 'carry'; readonly load: Uint8Array }
	| { readonly type: 'offence'; readonly what: string };

export function pingMessage(kind: 'ping' | 'pong', id: number): Uint8Array<ArrayBuffer> {
	const message = new Uint8Array(5);
	message[0] = CODE[kind];
	new DataView(message.buffer).setUint32(1, id);
	return message;
}

export function byeMessage(reason: Bye): Uint8Array<ArrayBuffer> {
	return Uint8Array.of(CODE.bye, BYES.indexOf(reason));
}

export function roleMessage(role: PeerRole): Uint8Array<ArrayBuffer> {
	return Uint8Array.of(CODE.role, PEER_ROLES.indexOf(role));
}

/** The largest load that one message carries. */
export const MAX_LOAD_BYTES = CHUNK_BYTES - 1;

export function carryMessage(load: Uint8Array): Uint8Array<ArrayBuffer> {
	const message = new Uint8Array(1 + load.length);
	message[0] = CODE.carry;
	message.set(load, 1);
	return message;
}

/** Bytes of the frame that the message beginning at `offset` carries. */
export function partBytes(frameBytes: number, offset: number): number {
	const isWhole = frameBytes < CHUNK_BYTES;
	const header = isWhole || offset > 0 ? 1 : FIRST_HEADER_BYTES;
	return Math.min(frameBytes - offset, CHUNK_BYTES - header);
}

/** The message that carries the frame from `offset` on; the next one begins `partBytes` later. */
export function partMessage(frame: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
	const bytes = partBytes(frame.length, offset);
	const kind = frame.length < CHUNK_BYTES ? 'whole' : offset === 0 ? 'first' : 'next';
	const header = kind === 'first' ? FIRST_HEADER_BYTES : 1;
	const message = new Uint8Array(header + bytes);
	message[0] = CODE[kind];
	if (kind === 'first') new DataView(message.buffer).setUint32(1, frame.length);
	message.set(frame.subarray(offset, offset + bytes), header);
	return message;
}

export interface FrameReader {
	read(message: Uint8Array): Reading;
}

/** Puts chunks together; memory is taken as chunks come, not as a header promises. */
export function createFrameReader(): FrameReader {
	let parts: Uint8Array[] = [];
	let promised = 0;
	let received = 0;

	const begin = (message: Uint8Array): Reading => {
		if (promised > 0) return offence('a frame inside a frame');
		if (message.length !== CHUNK_BYTES) return offence('a first chunk that is not full');
		promised = new DataView(message.buffer, message.byteOffset).getUint32(1);
		if (promised > MAX_FRAME_BYTES) return offence(`a frame of ${promised} bytes`);
		if (promised < CHUNK_BYTES) return offence('a small frame in chunks');
		return add(message.subarray(FIRST_HEADER_BYTES));
	};

	const add = (part: Uint8Array): Reading => {
		parts.push(part);
		received += part.length;
		if (received < promised) {
			return parts.length > 1 && part.length !== CHUNK_BYTES - 1
				? offence('a chunk that is not full')
				: { type: 'part' };
		}
		if (received > promised) return offence('more than was promised');
		const frame = new Uint8Array(received);
		let at = 0;
		for (const piece of parts) {
			frame.set(piece, at);
			at += piece.length;
		}
		parts = [];
		promised = 0;
		received = 0;
		return { type: 'frame', frame };
	};

	return {
		read(message) {
			const kind = KINDS[message[0] ?? -1];
			if (kind === undefined || message.length > CHUNK_BYTES) return offence('no message of this protocol');
			switch (kind) {
				case 'ping':
				case 'pong':
					if (message.length !== 5) return offence(`a ${kind} of ${message.length} bytes`);
					return { type: kind, id: new DataView(message.buffer, message.byteOffset).getUint32(1) };
				case 'whole':
					if (promised > 0) return offence('a frame inside a frame');
					return { type: 'frame', frame: message.slice(1) };
				case 'first':
					return begin(message);
				case 'next':
					return promised === 0 ? offence('a chunk of no frame') : add(message.subarray(1));
				case 'bye': {
					const reason = BYES[message[1] ?? -1];
					return reason === undefined || message.length !== 2
						? offence('a goodbye of no kind')
						: { type: 'bye', reason };
				}
				case 'role': {
					const role = PEER_ROLES[message[1] ?? -1];
					return role === undefined || message.length !== 2
						? offence('a role of no kind')
						: { type: 'role', role };
				}
				case 'carry':
					return { type: 'carry', load: message.slice(1) };
				default:
					return assertNever(kind);
			}
		},
	};
}

function offence(what: string): Reading {
	return { type: 'offence', what };
}
