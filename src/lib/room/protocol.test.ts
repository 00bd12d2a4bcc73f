import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { concatBytes, encodeBase64url, utf8 } from '../game/bytes.ts';
import { REFUSAL_CODES } from '../game/game.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import { bytes32, faceNamed, GAME_ID } from '../game/testing.ts';
import type { GameId } from '../game/table-types.ts';
import { PEER_ROLES, type PeerId } from '../transport/transport.ts';
import type { Identity } from './keys.ts';
import {
	decodeMessage,
	encodeCommand,
	encodeHello,
	encodeMessage,
	isCommand,
	isHello,
	isOversized,
	openCommand,
	openHello,
	PROTOCOL_VERSION,
	REFUSED_REASONS,
	type CommandMessage,
	type Hello,
	type HelloContext,
	type PlainMessage,
} from './protocol.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const keys = nodeKeys();
let dana: Identity;
let ben: Identity;
beforeAll(async () => {
	const filled = (n: number) => new Uint8Array(32).fill(n);
	dana = await keys.identity({ sign: filled(1), box: filled(2) });
	ben = await keys.identity({ sign: filled(3), box: filled(4) });
});

const KINDS = { hello: 1, welcome: 2, sync: 3, command: 4, reply: 5, refused: 6, request: 7, envelopes: 8 };
const SIGNED_HEAD = 1 + 64;

const gameId = fc
	.uint8Array({ minLength: 16, maxLength: 16 })
	.map((bytes) => encodeBase64url(bytes) as GameId);
const bytesOf = (maxLength: number, minLength = 0) =>
	fc.uint8Array({ minLength, maxLength }).map((bytes) => new Uint8Array(bytes));
const plain: fc.Arbitrary<PlainMessage> = fc.oneof(
	fc.record({ type: fc.constant('welcome'), game: gameId, number: fc.maxSafeNat() }),
	fc.record({
		type: fc.constant('sync'),
		game: gameId,
		now: fc.double({ noNaN: true, noDefaultInfinity: true }),
		update: bytesOf(300),
	}),
	fc.record({
		type: fc.constant('reply'),
		number: fc.maxSafeNat(),
		code: fc.option(fc.constantFrom(...REFUSAL_CODES)),
	}),
	fc.record({ type: fc.constant('refused'), reason: fc.constantFrom(...REFUSED_REASONS) }),
	fc.record({ type: fc.constant('request'), game: gameId, from: fc.nat({ max: MAX_EVENTS }) }),
	fc.record({
		type: fc.constant('envelopes'),
		game: gameId,
		from: fc.nat({ max: MAX_EVENTS }),
		envelopes: fc.array(bytesOf(60, 1), { maxLength: 6 }),
	}),
	fc.record({
		type: fc.constant('claim'),
		game: gameId,
		term: fc.nat(),
		logTerm: fc.nat(),
		length: fc.nat({ max: MAX_EVENTS }),
	}),
	fc.record({
		type: fc.constant('vote'),
		game: gameId,
		term: fc.nat(),
		signature: fc.constant('A'.repeat(86)),
		share: fc.option(fc.constant('c2hhcmU')),
	}),
	fc.record({
		type: fc.constant('handover'),
		game: gameId,
		term: fc.nat(),
		length: fc.nat({ max: MAX_EVENTS }),
		signature: fc.constant('B'.repeat(86)),
		key: fc.option(fc.constant('a2V5')),
	}),
	fc.record({ type: fc.constant('bye') }),
);

const hello = (): Hello => ({
	type: 'hello',
	v: PROTOCOL_VERSION,
	player: dana.player,
	role: 'seat',
	hidden: false,
	face: faceNamed('Dana'),
	session: 1_764_000_000_000,
	game: GAME_ID,
	term: 2,
	length: 41,
});
const HERE: HelloContext = {
	topic: 'the table',
	binding: new Uint8Array(64).fill(8),
	from: 'page of Dana' as PeerId,
	to: 'page of Ben' as PeerId,
};
const command = (): CommandMessage => ({
	type: 'command',
	player: dana.player,
	game: GAME_ID,
	number: 3,
	index: 41,
	body: { type: 'make_bid', bid: 2 },
});

/** A frame whose body says whatever you like, signed for real. */
async function signedFrame(kind: 'hello' | 'command', fields: unknown, by = dana): Promise<Bytes> {
	const body = utf8(typeof fields === 'string' ? fields : JSON.stringify(fields));
	const where = JSON.stringify([HERE.topic, HERE.from, HERE.to, encodeBase64url(HERE.binding)]);
	const domain = kind === 'hello' ? `overtrick/hello/1\0${where}` : 'overtrick/command/1\0';
	return concatBytes(Uint8Array.of(KINDS[kind]), await by.sign(concatBytes(utf8(domain), body)), body);
}
const fieldsOf = ({ type: _, ...fields }: Hello | CommandMessage): Record<string, unknown> => ({ ...fields });
const frameOf = (kind: keyof typeof KINDS, fields: unknown): Bytes =>
	concatBytes(Uint8Array.of(KINDS[kind]), utf8(typeof fields === 'string' ? fields : JSON.stringify(fields)));

describe('a message', () => {
	it('comes out of its frame as it went in', () => {
		fc.assert(
			fc.property(plain, (message) => {
				expect(decodeMessage(encodeMessage(message))).toEqual(message);
			}),
			{ numRuns: 500 },
		);
	});

	it('is read from the middle of a larger buffer', () => {
		fc.assert(
			fc.property(plain, (message) => {
				const frame = encodeMessage(message);
				const larger = new Uint8Array(frame.length + 9).fill(0xff);
				larger.set(frame, 5);
				expect(decodeMessage(larger.subarray(5, 5 + frame.length))).toEqual(message);
			}),
		);
	});

	it('cut short anywhere is none, or, of a kind that may have any length, a shorter one', () => {
		fc.assert(
			fc.property(plain, fc.nat(), (message, cut) => {
				const frame = encodeMessage(message);
				const decoded = decodeMessage(frame.subarray(0, cut % frame.length));
				if (decoded === null) return;
				expect(['sync', 'envelopes']).toContain(decoded.type);
				expect(decoded.type).toBe(message.type);
			}),
			{ numRuns: 500 },
		);
	});

	it('of bytes from anywhere is one of ours or null, never an exception', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
				const decoded = decodeMessage(bytes);
				if (decoded !== null) expect(decodeMessage(encodeMessage(decoded))).toEqual(decoded);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each<[string, () => Bytes]>([
		['nothing', () => new Uint8Array()],
		['an unknown kind', () => frameOf('welcome', { game: GAME_ID, number: 1 }).fill(77, 0, 1)],
		['kind 0', () => Uint8Array.of(0)],
		['a kind alone', () => Uint8Array.of(KINDS.welcome)],
		['a body that is no JSON', () => frameOf('welcome', '{')],
		['a body that is no UTF-8', () => Uint8Array.of(KINDS.reply, 0xff, 0xfe)],
		['a key more', () => frameOf('welcome', { game: GAME_ID, number: 1, admin: true })],
		['a poisoned key', () => frameOf('reply', '{"__proto__":{"code":null},"number":1,"code":null}')],
		['a key less', () => frameOf('reply', { number: 1 })],
		['a negative number', () => frameOf('welcome', { game: GAME_ID, number: -1 })],
		['a number beyond the exact ones', () => frameOf('welcome', { game: GAME_ID, number: 2 ** 53 })],
		['a game id of another length', () => frameOf('welcome', { game: bytes32(1), number: 1 })],
		['a code that is none', () => frameOf('reply', { number: 1, code: 'because' })],
		['a reason that is none', () => frameOf('refused', { reason: 'ugly' })],
		['a request beyond the longest log', () => frameOf('request', { game: GAME_ID, from: MAX_EVENTS + 1 })],
		['a list in place of fields', () => frameOf('reply', [1, null])],
		['a goodbye with more in it', () => Uint8Array.of(9, 0)],
		['a sync without its time', () => concatBytes(Uint8Array.of(KINDS.sync), new Uint8Array(23))],
		['a sync at no time', () => encodeMessage({ ...SYNC, now: NaN })],
		['a sync at the end of time', () => encodeMessage({ ...SYNC, now: Infinity })],
		['envelopes without a place', () => concatBytes(Uint8Array.of(KINDS.envelopes), new Uint8Array(19))],
		['an envelope longer than its frame', () => encodeMessage(ENVELOPES).slice(0, -1)],
		['half a length of an envelope', () => concatBytes(encodeMessage(ENVELOPES), Uint8Array.of(0, 0))],
		['an envelope of nothing', () => concatBytes(encodeMessage(ENVELOPES), new Uint8Array(4))],
		[
			'an envelope of four billion bytes',
			() => concatBytes(encodeMessage(ENVELOPES), new Uint8Array(8).fill(255)),
		],
	])('is not %s', (_, frame) => {
		expect(decodeMessage(frame())).toBeNull();
	});
	const SYNC = { type: 'sync', game: GAME_ID, now: 1, update: new Uint8Array(3) } as const;
	const ENVELOPES = {
		type: 'envelopes',
		game: GAME_ID,
		from: 7,
		envelopes: [new Uint8Array(5).fill(1), new Uint8Array(6).fill(2)],
	} as const;

	it('has a limit by kind, and one byte more is none', () => {
		const limits = { welcome: 500, reply: 200, refused: 200, request: 200 } as const;
		const fields = {
			welcome: { game: GAME_ID, number: 1 },
			reply: { number: 1, code: null },
			refused: { reason: 'full' },
			request: { game: GAME_ID, from: 0 },
		} as const;
		for (const kind of ['welcome', 'reply', 'refused', 'request'] as const) {
			const text = JSON.stringify(fields[kind]);
			expect(decodeMessage(frameOf(kind, text.padEnd(limits[kind])))).toMatchObject({ type: kind });
			expect(decodeMessage(frameOf(kind, text.padEnd(limits[kind] + 1)))).toBeNull();
		}
		const large = 4 * 1024 * 1024;
		const sync = (size: number) => encodeMessage({ ...SYNC, update: new Uint8Array(size - 24) });
		expect(decodeMessage(sync(large))).toMatchObject({ type: 'sync' });
		expect(decodeMessage(sync(large + 1))).toBeNull();
		const envelopes = (size: number) =>
			encodeMessage({ ...ENVELOPES, envelopes: [new Uint8Array(size - 24)] });
		expect(decodeMessage(envelopes(large))).toMatchObject({ type: 'envelopes' });
		expect(decodeMessage(envelopes(large + 1))).toBeNull();
	});

	it('that must be signed is not read without its signature', async () => {
		expect(decodeMessage(await encodeHello(hello(), dana, HERE))).toBeNull();
		expect(decodeMessage(await encodeCommand(command(), dana))).toBeNull();
		expect(decodeMessage(frameOf('command', fieldsOf(command())))).toBeNull();
	});
});

describe('a hello', () => {
	it('comes out of its frame as it went in, at the other end of its own link', async () => {
		for (const role of PEER_ROLES) {
			for (const game of [null, GAME_ID]) {
				const said = { ...hello(), role, game };
				const frame = await encodeHello(said, dana, HERE);
				expect(isHello(frame)).toBe(true);
				expect(await openHello(frame, keys, HERE)).toEqual(said);
			}
		}
	});

	it('is no use on another link, at another table, to another page, or sent back to who said it', async () => {
		const frame = await encodeHello(hello(), dana, HERE);
		const others: HelloContext[] = [
			{ ...HERE, binding: new Uint8Array(64).fill(9) },
			{ ...HERE, binding: HERE.binding.slice(1) },
			{ ...HERE, topic: 'another table' },
			{ ...HERE, from: 'another page' as PeerId },
			{ ...HERE, to: 'another page' as PeerId },
			{ ...HERE, from: HERE.to, to: HERE.from },
		];
		for (const context of others) expect(await openHello(frame, keys, context)).toBeNull();
	});

	it('proves the key it names and no other', async () => {
		expect(await openHello(await signedFrame('hello', fieldsOf(hello())), keys, HERE)).not.toBeNull();
		expect(await openHello(await signedFrame('hello', fieldsOf(hello()), ben), keys, HERE)).toBeNull();
		const asBen = { ...fieldsOf(hello()), player: ben.player };
		expect(await openHello(await signedFrame('hello', asBen), keys, HERE)).toBeNull();
		// What was signed as a command says no hello.
		const frame = await signedFrame('command', fieldsOf(hello()));
		expect(await openHello(frame.fill(KINDS.hello, 0, 1), keys, HERE)).toBeNull();
	});

	it('altered anywhere, or cut, is none', async () => {
		const frame = await encodeHello(hello(), dana, HERE);
		for (let at = 0; at < frame.length; at += 3) {
			const altered = frame.slice();
			altered[at] = (altered[at] ?? 0) ^ 4;
			expect(await openHello(altered, keys, HERE)).toBeNull();
			expect(await openHello(frame.subarray(0, at), keys, HERE)).toBeNull();
		}
	});

	it.each<[string, object | string]>([
		['a key more', { admin: true }],
		['a role that is none', { role: 'admin' }],
		['a name that overrides its direction', { face: faceNamed('Dana\u202E') }],
		['a log longer than any', { length: MAX_EVENTS + 1 }],
		['a session before time', { session: -1 }],
		['a player that is no key', { player: 'Dana' }],
		['a version that is no number', { v: '1' }],
	])('with %s is none, however well it is signed', async (_, wrong) => {
		const frame = await signedFrame('hello', { ...fieldsOf(hello()), ...(wrong as object) });
		expect(await openHello(frame, keys, HERE)).toBeNull();
	});

	it('has a limit, and a byte more is none', async () => {
		const text = JSON.stringify(fieldsOf(hello()));
		expect(await openHello(await signedFrame('hello', text.padEnd(2_000)), keys, HERE)).not.toBeNull();
		expect(await openHello(await signedFrame('hello', text.padEnd(2_001)), keys, HERE)).toBeNull();
	});

	it('of a later version of the protocol is read, so that it can be told apart', async () => {
		const later = await openHello(await encodeHello({ ...hello(), v: 2 }, dana, HERE), keys, HERE);
		expect(later?.v).toBe(2);
	});
});

describe('a command', () => {
	it('comes out of its frame as it went in, whoever carried it', async () => {
		for (const body of [{ type: 'leave_seat' }, null, 'text', [1, { a: [] }], { type: '__proto__' }]) {
			const frame = await encodeCommand({ ...command(), body }, dana);
			expect(isCommand(frame)).toBe(true);
			expect(isHello(frame)).toBe(false);
			expect(await openCommand(frame, keys)).toEqual({ ...command(), body });
		}
	});

	it('is its player’s alone: another key, another game, number or body does not verify', async () => {
		expect(await openCommand(await signedFrame('command', fieldsOf(command()), ben), keys)).toBeNull();
		const frame = await encodeCommand(command(), dana);
		const text = new TextDecoder().decode(frame.subarray(SIGNED_HEAD));
		const replaced: [string, string][] = [
			[dana.player, ben.player],
			[GAME_ID, encodeBase64url(new Uint8Array(16))],
			['"number":3', '"number":4'],
			['"index":41', '"index":40'],
			['"bid":2', '"bid":3'],
		];
		for (const [from, to] of replaced) {
			expect(text).toContain(from);
			const forged = concatBytes(frame.slice(0, SIGNED_HEAD), utf8(text.replace(from, to)));
			expect(await openCommand(forged, keys)).toBeNull();
		}
	});

	it('altered anywhere, or cut, is none', async () => {
		const frame = await encodeCommand(command(), dana);
		for (let at = 0; at < frame.length; at += 3) {
			const altered = frame.slice();
			altered[at] = (altered[at] ?? 0) ^ 4;
			expect(await openCommand(altered, keys)).toBeNull();
			expect(await openCommand(frame.subarray(0, at), keys)).toBeNull();
		}
	});

	it.each<[string, object]>([
		['a key more', { admin: true }],
		['a number below zero', { number: -1 }],
		['a number that is not whole', { number: 1.5 }],
		['a log longer than any', { index: MAX_EVENTS + 1 }],
		['a game that is none', { game: 'game' }],
	])('with %s is none, however well it is signed', async (_, wrong) => {
		const frame = await signedFrame('command', { ...fieldsOf(command()), ...wrong });
		expect(await openCommand(frame, keys)).toBeNull();
	});

	it('has 4 kB, and a byte more is none', async () => {
		const text = JSON.stringify(fieldsOf(command()));
		expect(await openCommand(await signedFrame('command', text.padEnd(4_096)), keys)).not.toBeNull();
		expect(await openCommand(await signedFrame('command', text.padEnd(4_097)), keys)).toBeNull();
	});
});

describe('a frame that is too large', () => {
	it('is told from one that may be, by its kind', () => {
		const frame = (kind: number, length: number) => new Uint8Array(1 + length).fill(kind);
		const limits = {
			hello: 64 + 2_000,
			welcome: 500,
			sync: 4 * 1024 * 1024,
			command: 64 + 4_096,
			request: 200,
		};
		for (const [kind, limit] of Object.entries(limits)) {
			const number = KINDS[kind as keyof typeof KINDS];
			expect([isOversized(frame(number, limit)), isOversized(frame(number, limit + 1))]).toEqual([
				false,
				true,
			]);
		}
		expect([isOversized(frame(200, 4_096)), isOversized(frame(200, 4_097))]).toEqual([false, true]);
		expect(isOversized(new Uint8Array())).toBe(false);
	});

	it('and one of more events than any log has is not taken apart', () => {
		const event = Uint8Array.of(0, 0, 0, 1, 9);
		const head = encodeMessage({ type: 'envelopes', game: GAME_ID, from: 0, envelopes: [] });
		const of = (events: number) => {
			const bytes = new Uint8Array(head.length + events * event.length);
			bytes.set(head);
			for (let n = 0; n < events; n++) bytes.set(event, head.length + n * event.length);
			return bytes;
		};
		expect(decodeMessage(of(MAX_EVENTS))).toMatchObject({ envelopes: { length: MAX_EVENTS } });
		expect(decodeMessage(of(MAX_EVENTS + 1))).toBeNull();
	});
});
