/**
 * What travels over a link: frames of one kind byte and a body, each kind with its own size limit, every body
 * parsed whole before anything looks at it. `hello` comes first; nothing else is read before it verifies.
 */
import * as z from 'zod/mini';
import { assertNever } from '../game/assert.ts';
import { concatBytes, decodeBase64url, decodeJson, encodeBase64url, utf8 } from '../game/bytes.ts';
import { REFUSAL_CODES, type RefusalCode } from '../game/game.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import { faceSchema, gameIdSchema, playerIdSchema } from '../game/table-parse.ts';
import type { Face, GameId, PlayerId } from '../game/table-types.ts';
import type { PeerId, PeerRole } from '../transport/transport.ts';
import { PEER_ROLES } from '../transport/transport.ts';
import type { Identity, Keys } from './keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const PROTOCOL_VERSION = 4;

/** First byte of a frame. Numbers are for ever: a new meaning gets a new number. */
const KIND = {
	hello: 1,
	welcome: 2,
	sync: 3,
	command: 4,
	reply: 5,
	refused: 6,
	request: 7,
	envelopes: 8,
	bye: 9,
	claim: 10,
	vote: 11,
	handover: 12,
	join: 20,
	secret: 21,
	kept: 22,
} as const;

/** Largest body by kind, bytes. A command may have 4 kB (room-protocol); a whole document of a long log stays under 4 MB. */
const MAX_BYTES: Readonly<Record<keyof typeof KIND, number>> = {
	hello: 2_000,
	welcome: 500,
	sync: 4 * 1024 * 1024,
	command: 4_096,
	reply: 200,
	refused: 200,
	request: 200,
	envelopes: 4 * 1024 * 1024,
	bye: 0,
	claim: 300,
	vote: 600,
	handover: 600,
	join: 0,
	secret: 100,
	kept: 100,
};
const KINDS = Object.keys(KIND) as (keyof typeof KIND)[];
/** Of a kind that this version does not know: small ones pass for garbage. */
const MAX_STRANGE_BYTES = 4_096;

/** Whether a frame is larger than its kind may be, or of no kind at all: the message it may hold is not looked for. */
export function isOversized(frame: Uint8Array): boolean {
	const signature = isHello(frame) || isCommand(frame) ? SIGNATURE_BYTES : 0;
	const kind = KINDS.find((name) => KIND[name] === frame[0]);
	return frame.length - 1 - signature > (kind === undefined ? MAX_STRANGE_BYTES : MAX_BYTES[kind]);
}

/** Both ends, first. */
export interface Hello {
	readonly type: 'hello';
	readonly v: number;
	readonly player: PlayerId;
	readonly role: PeerRole;
	readonly face: Face;
	/** The page is in the background: a phone may stop running it at any moment. */
	readonly hidden: boolean;
	/** When this page was opened, ms: the newest page of a player holds the seat. */
	readonly session: number;
	/** The log this peer holds, if any, and the term it has reached. */
	readonly game: GameId | null;
	readonly term: number;
	readonly length: number;
}
/** Host to a peer whose hello it has accepted. */
export interface Welcome {
	readonly type: 'welcome';
	readonly game: GameId;
	/** The last command number of this player that was dealt with. */
	readonly number: number;
}
/** Host to all: one Yjs update of the table document. */
export interface Sync {
	readonly type: 'sync';
	readonly game: GameId;
	/** Host's clock, ms. */
	readonly now: number;
	readonly update: Uint8Array;
}
/** Player to host, signed by the player. */
export interface CommandMessage {
	readonly type: 'command';
	readonly player: PlayerId;
	readonly game: GameId;
	/** 1, 2, 3 ... by player and game; dealt with once. */
	readonly number: number;
	/** Length of the log it was made at. */
	readonly index: number;
	/** Not parsed yet: what commands there are is the game's matter. */
	readonly body: unknown;
}
/** Host to the player: the command is dealt with. */
export interface Reply {
	readonly type: 'reply';
	readonly number: number;
	/** null: taken. */
	readonly code: RefusalCode | null;
}
export const REFUSED_REASONS = ['kicked', 'full', 'taken_over', 'version'] as const;
/** Host to a peer it will not have. */
export interface Refused {
	readonly type: 'refused';
	readonly reason: (typeof REFUSED_REASONS)[number];
}
/** Asks for the log from an index on. */
export interface Request {
	readonly type: 'request';
	readonly game: GameId;
	readonly from: number;
}
export interface Envelopes {
	readonly type: 'envelopes';
	readonly game: GameId;
	readonly from: number;
	readonly envelopes: readonly Bytes[];
}
/** Seat to seats: the host is gone, and the sender would take over. */
export interface Claim {
	readonly type: 'claim';
	readonly game: GameId;
	readonly term: number;
	/** Of the sender's log as it stands: who has one of a higher term does not vote, and sends it. */
	readonly logTerm: number;
	/** Likewise: who has more sends the rest before its vote. */
	readonly length: number;
}
/** Seat to the one who claims. */
export interface Vote {
	readonly type: 'vote';
	readonly game: GameId;
	readonly term: number;
	/** Over `voteBytes`, base64url. */
	readonly signature: string;
	/** The voter's share of the round key, sealed to the one who claims; null when it has none. */
	readonly share: string | null;
}
/** Host to the seat that takes over: the table is yours. */
export interface Handover {
	readonly type: 'handover';
	readonly game: GameId;
	readonly term: number;
	/** Length of the log it is handed over at. */
	readonly length: number;
	readonly signature: string;
	/** The key of the round under way, sealed; null between rounds. */
	readonly key: string | null;
}
/** To a host that this page did not follow until now: its welcome, if there was one, went unheard. */
export interface Join {
	readonly type: 'join';
}
/** Host to those who stay when somebody was put out: the table has another secret, which the link carries from now on. */
export interface NewSecret {
	readonly type: 'secret';
	readonly secret: string;
	/** Keep it; or all who have a seat keep it, and the table meets there now. */
	readonly step: (typeof SECRET_STEPS)[number];
}
export const SECRET_STEPS = ['keep', 'move'] as const;
/** Seat to host: this new secret is stored. Which one counts: another may have been made since. */
export interface Kept {
	readonly type: 'kept';
	readonly secret: string;
}
/** The page is going away. */
export interface Bye {
	readonly type: 'bye';
}
export type Message =
	| Hello
	| Welcome
	| Sync
	| CommandMessage
	| Reply
	| Refused
	| Request
	| Envelopes
	| Claim
	| Vote
	| Handover
	| Join
	| NewSecret
	| Kept
	| Bye;
/** What can be sent without a signature of its own. */
export type PlainMessage = Exclude<Message, Hello | CommandMessage>;

const count = z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const logLength = z.int().check(z.gte(0), z.lte(MAX_EVENTS));

const helloSchema = z.strictObject({
	v: z.int(),
	player: playerIdSchema,
	role: z.enum(PEER_ROLES),
	face: faceSchema,
	hidden: z.boolean(),
	session: count,
	game: z.nullable(gameIdSchema),
	term: count,
	length: logLength,
});
const welcomeSchema = z.strictObject({ game: gameIdSchema, number: count });
const commandSchema = z.strictObject({
	player: playerIdSchema,
	game: gameIdSchema,
	number: count,
	index: logLength,
	body: z.unknown(),
});
const replySchema = z.strictObject({ number: count, code: z.nullable(z.enum(REFUSAL_CODES)) });
const refusedSchema = z.strictObject({ reason: z.enum(REFUSED_REASONS) });
const sealedText = z.nullable(z.string().check(z.maxLength(400)));
const signatureText = z.string().check(z.regex(/^[\w-]{86}$/));
const claimSchema = z.strictObject({ game: gameIdSchema, term: count, logTerm: count, length: logLength });
const voteSchema = z.strictObject({
	game: gameIdSchema,
	term: count,
	signature: signatureText,
	share: sealedText,
});
const handoverSchema = z.strictObject({
	game: gameIdSchema,
	term: count,
	length: logLength,
	signature: signatureText,
	key: sealedText,
});
const newSecret = z.string().check(z.regex(/^[\w-]{22}$/));
const secretSchema = z.strictObject({ secret: newSecret, step: z.enum(SECRET_STEPS) });
const keptSchema = z.strictObject({ secret: newSecret });
const requestSchema = z.strictObject({ game: gameIdSchema, from: logLength });

const SIGNATURE_BYTES = 64;
const GAME_BYTES = 16;
const HELLO_DOMAIN = utf8('overtrick/hello/1\0');
const COMMAND_DOMAIN = utf8('overtrick/command/1\0');

/** The one link and direction a hello is good for. */
export interface HelloContext {
	/** Names the table, so that a hello is no use at another. */
	readonly topic: string;
	readonly binding: Uint8Array;
	/** The peer that says hello. */
	readonly from: PeerId;
	readonly to: PeerId;
}

function helloBytes(context: HelloContext, body: Uint8Array): Bytes {
	const where = utf8(
		JSON.stringify([context.topic, context.from, context.to, encodeBase64url(context.binding)]),
	);
	return concatBytes(HELLO_DOMAIN, where, body);
}

export async function encodeHello(hello: Hello, identity: Identity, context: HelloContext): Promise<Bytes> {
	const { type: _, ...fields } = hello;
	const body = utf8(JSON.stringify(fields));
	return concatBytes(Uint8Array.of(KIND.hello), await identity.sign(helloBytes(context, body)), body);
}

/** The hello, once its signature proves the key over this very link; else null. */
export async function openHello(frame: Uint8Array, keys: Keys, context: HelloContext): Promise<Hello | null> {
	const body = frame.subarray(1 + SIGNATURE_BYTES);
	if (frame[0] !== KIND.hello || body.length === 0 || body.length > MAX_BYTES.hello) return null;
	const parsed = helloSchema.safeParse(decodeJson(body));
	if (!parsed.success) return null;
	const signature = new Uint8Array(frame.subarray(1, 1 + SIGNATURE_BYTES));
	const isSigned = await keys.verify(parsed.data.player, helloBytes(context, body), signature);
	return isSigned ? { type: 'hello', ...parsed.data } : null;
}

/**
 * The version a hello is said in; null when it is none. Of another version nothing else can be relied on, the place of
 * the signature least: good for a word to the page, and for nothing that has to be true.
 */
export function versionOfHello(frame: Uint8Array): number | null {
	const body = frame.subarray(1 + SIGNATURE_BYTES);
	if (frame[0] !== KIND.hello || body.length === 0 || body.length > MAX_BYTES.hello) return null;
	const parsed = z.object({ v: z.int() }).safeParse(decodeJson(body));
	return parsed.success ? parsed.data.v : null;
}

export function isHello(frame: Uint8Array): boolean {
	return frame[0] === KIND.hello;
}

export async function encodeCommand(message: CommandMessage, identity: Identity): Promise<Bytes> {
	const { type: _, ...fields } = message;
	const body = utf8(JSON.stringify(fields));
	return concatBytes(
		Uint8Array.of(KIND.command),
		await identity.sign(concatBytes(COMMAND_DOMAIN, body)),
		body,
	);
}

/** The command, once its player's signature verifies; else null. */
export async function openCommand(frame: Uint8Array, keys: Keys): Promise<CommandMessage | null> {
	const body = frame.subarray(1 + SIGNATURE_BYTES);
	if (frame[0] !== KIND.command || body.length === 0 || body.length > MAX_BYTES.command) return null;
	const parsed = commandSchema.safeParse(decodeJson(body));
	if (!parsed.success) return null;
	const signature = new Uint8Array(frame.subarray(1, 1 + SIGNATURE_BYTES));
	const isSigned = await keys.verify(parsed.data.player, concatBytes(COMMAND_DOMAIN, body), signature);
	return isSigned ? { type: 'command', ...parsed.data } : null;
}

export function isCommand(frame: Uint8Array): boolean {
	return frame[0] === KIND.command;
}

export function encodeMessage(message: PlainMessage): Bytes {
	switch (message.type) {
		case 'sync': {
			const now = new DataView(new ArrayBuffer(8));
			now.setFloat64(0, message.now);
			return concatBytes(
				Uint8Array.of(KIND.sync),
				gameBytes(message.game),
				new Uint8Array(now.buffer),
				message.update,
			);
		}
		case 'envelopes': {
			const head = new DataView(new ArrayBuffer(4));
			head.setUint32(0, message.from);
			const parts = message.envelopes.flatMap((envelope) => {
				const length = new DataView(new ArrayBuffer(4));
				length.setUint32(0, envelope.length);
				return [new Uint8Array(length.buffer), envelope];
			});
			return concatBytes(
				Uint8Array.of(KIND.envelopes),
				gameBytes(message.game),
				new Uint8Array(head.buffer),
				...parts,
			);
		}
		case 'bye':
		case 'join':
			return Uint8Array.of(KIND[message.type]);
		case 'welcome':
		case 'reply':
		case 'refused':
		case 'request':
		case 'claim':
		case 'vote':
		case 'handover':
		case 'secret':
		case 'kept': {
			const { type, ...fields } = message;
			return concatBytes(Uint8Array.of(KIND[type]), utf8(JSON.stringify(fields)));
		}
		default:
			return assertNever(message);
	}
}

function gameBytes(game: GameId): Uint8Array {
	return decodeBase64url(game) ?? new Uint8Array(GAME_BYTES);
}

/** The message of an unsigned frame, whole payload checked; null for anything else. */
export function decodeMessage(frame: Uint8Array): PlainMessage | null {
	const body = frame.subarray(1);
	switch (frame[0]) {
		case KIND.sync:
			return body.length <= MAX_BYTES.sync ? decodeSync(body) : null;
		case KIND.envelopes:
			return body.length <= MAX_BYTES.envelopes ? decodeEnvelopes(body) : null;
		case KIND.bye:
			return body.length === 0 ? { type: 'bye' } : null;
		case KIND.join:
			return body.length === 0 ? { type: 'join' } : null;
		case KIND.kept:
			return decodeFields('kept', keptSchema, body);
		case KIND.secret:
			return decodeFields('secret', secretSchema, body);
		case KIND.welcome:
			return decodeFields('welcome', welcomeSchema, body);
		case KIND.reply:
			return decodeFields('reply', replySchema, body);
		case KIND.refused:
			return decodeFields('refused', refusedSchema, body);
		case KIND.claim:
			return decodeFields('claim', claimSchema, body);
		case KIND.vote:
			return decodeFields('vote', voteSchema, body);
		case KIND.handover:
			return decodeFields('handover', handoverSchema, body);
		case KIND.request:
			return decodeFields('request', requestSchema, body);
		default:
			return null;
	}
}

function decodeFields<T extends keyof typeof KIND, F>(
	type: T,
	schema: { safeParse(input: unknown): { success: true; data: F } | { success: false } },
	body: Uint8Array,
): ({ readonly type: T } & F) | null {
	if (body.length > MAX_BYTES[type]) return null;
	const parsed = schema.safeParse(decodeJson(body));
	return parsed.success ? { type, ...parsed.data } : null;
}

function decodeSync(body: Uint8Array): Sync | null {
	const game = gameOf(body);
	if (game === null || body.length < GAME_BYTES + 8) return null;
	const now = viewOf(body).getFloat64(GAME_BYTES);
	if (!Number.isFinite(now)) return null;
	return { type: 'sync', game, now, update: body.subarray(GAME_BYTES + 8) };
}

function decodeEnvelopes(body: Uint8Array): Envelopes | null {
	const game = gameOf(body);
	if (game === null || body.length < GAME_BYTES + 4) return null;
	const view = viewOf(body);
	const envelopes: Bytes[] = [];
	let at = GAME_BYTES + 4;
	while (at < body.length) {
		// Four megabytes hold a million events of a byte each: no log is that long.
		if (at + 4 > body.length || envelopes.length === MAX_EVENTS) return null;
		const length = view.getUint32(at);
		at += 4;
		if (length === 0 || at + length > body.length) return null;
		envelopes.push(new Uint8Array(body.subarray(at, at + length)));
		at += length;
	}
	return { type: 'envelopes', game, from: view.getUint32(GAME_BYTES), envelopes };
}

function gameOf(body: Uint8Array): GameId | null {
	const parsed = gameIdSchema.safeParse(encodeBase64url(body.subarray(0, GAME_BYTES)));
	return parsed.success ? parsed.data : null;
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Spectators a host keeps informed, beside its seats, where its site does not say otherwise. */
export const MAX_SPECTATORS = 50;
