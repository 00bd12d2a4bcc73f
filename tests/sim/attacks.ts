/**
 * The attacks of the simulated table: by a stranger with the link and a key of its own, and by a player whose page
 * sends what ours never would. Each says whether it could be tried; that it achieves nothing is for the witness.
 */
import * as Y from 'yjs';
import { concatBytes, encodeBase64url, utf8 } from '../../src/lib/game/bytes.ts';
import type { GameState, GameView } from '../../src/lib/game/game.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { Command, GameId } from '../../src/lib/game/table-types.ts';
import { bytes32 } from '../../src/lib/game/testing.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { isHello, encodeMessage, PROTOCOL_VERSION, type PlainMessage } from '../../src/lib/room/protocol.ts';
import { TableDocument } from '../../src/lib/room/table-document.ts';
import type { Link } from '../../src/lib/transport/transport.ts';
import type { Dice } from './dice.ts';
import { HOST_LIES, type AttackKind, type HostLie } from './kinds.ts';
import { openRawPeer, type RawPeer, type RawPeerOptions } from './raw-peer.ts';
import type { Device, World } from './world.ts';

export interface AttackStage {
	readonly world: World;
	readonly dice: Dice;
	readonly game: GameId;
	/** The device that hosts and runs. */
	readonly host: Device;
	/** The seated player who does not play fair; null where there is none, or it is out. */
	readonly cheater: Device | null;
	/** Another honest player with a seat. */
	readonly victim: Device | null;
	/** Commands that honest pages have sent, as they went over the links. */
	readonly overheard: readonly Uint8Array[];
	/** A page of nobody's, linked with host and seats; the one that is there, or a new one. */
	stranger(options?: RawPeerOptions): Promise<RawPeer>;
}

type Attack = (stage: AttackStage) => Promise<boolean> | boolean;
type Bytes = Uint8Array<ArrayBuffer>;

const KIND = { sync: 3, command: 4, envelopes: 8, claim: 10, vote: 11 } as const;
const MANY = 1_000_000;
const FLOOD_FRAMES = 400;
const HELLOS = 60;

function send(links: readonly Link[], frame: Uint8Array | PlainMessage): void {
	const bytes = frame instanceof Uint8Array ? frame : encodeMessage(frame);
	for (const link of links) link.send(bytes);
}

/** By a stranger who is linked with somebody; false when nobody lets it in. */
function byStranger(act: (stage: AttackStage, mallory: RawPeer) => Promise<void> | void): Attack {
	return async (stage) => {
		const mallory = await stage.stranger();
		if (mallory.links.length === 0) return false;
		await act(stage, mallory);
		return true;
	};
}

/** By the player who cheats, while its page is open at the table. */
function byCheater(act: (stage: AttackStage, cheater: Device) => boolean): Attack {
	return (stage) => {
		const { cheater } = stage;
		return cheater?.session?.snapshot.status === 'open' && act(stage, cheater);
	};
}

/** Any frame with text that claims to be of this kind. */
const textFrame = (kind: number, text: string): Bytes => concatBytes(Uint8Array.of(kind), utf8(text));

/** What a seat may do now by the rules, with its hand open; null where the hand is not known: the round is void. */
function moveOf(inner: GameState, seat: number): Command | null {
	const game = gameOf(inner.variant);
	if (game === null || inner.turn !== seat) return null;
	if (inner.deal > 0 && inner.phase === 'playing' && handOf(inner, seat).length === 0) return null;
	const { by: _, ...move } = game.forcedMove(inner, toSeat(seat)) as Command & { readonly by?: unknown };
	return move;
}

function handOf(inner: GameState, seat: number): readonly { readonly card: number }[] {
	const view = gameOf(inner.variant)?.view(inner, toSeat(seat)) as GameView & {
		readonly hand?: readonly { readonly card: number }[];
	};
	return view.hand ?? [];
}

function randomBytes({ world }: AttackStage, length: number): Bytes {
	return new Uint8Array(world.random(length));
}

let million: Uint8Array | null = null;
/** A document with a log of a million entries, none of them an event. */
function millionEntries(): Uint8Array {
	if (million === null) {
		const doc = new Y.Doc();
		doc.getArray('log').push(Array.from({ length: MANY }, () => 0));
		million = Y.encodeStateAsUpdate(doc);
	}
	return million;
}

/** A range of the log with as many events as a frame may hold, each of one byte. */
function manyEnvelopes(game: GameId): Uint8Array {
	const head = encodeMessage({ type: 'envelopes', game, from: 0, envelopes: [] });
	const frame = new Uint8Array(4 * MANY);
	for (let at = head.length; at + 5 <= frame.length; at += 5) frame[at + 3] = 1;
	frame.set(head);
	return frame.subarray(0, head.length + 5 * Math.floor((frame.length - head.length) / 5));
}

function forgedDocument(game: GameId, envelope: Uint8Array): Uint8Array {
	const document = new TableDocument(game);
	document.push([envelope]);
	return document.whole();
}

/** The end of the host's log, its last event changed by a bit. */
function alteredEvent({ world, host, game, dice }: AttackStage): PlainMessage | null {
	const tip = world.witness.tip(host, game);
	if (tip === null) return null;
	const envelope = new Uint8Array(tip.envelope);
	const at = dice.below(envelope.length);
	envelope[at] = (envelope[at] ?? 0) ^ (1 << dice.below(8));
	const from = tip.index + dice.below(2);
	return { type: 'envelopes', game, from, envelopes: [envelope] };
}

export const ATTACKS: Readonly<Record<Exclude<AttackKind, HostLie>, Attack>> = {
	wrong_turn: byCheater(({ host }, cheater) => {
		const { inner } = host;
		if (inner?.turn == null || inner.turn === cheater.session?.snapshot.you.seat) return false;
		const move = moveOf(inner, inner.turn);
		if (move === null) return false;
		cheater.ask(move);
		return true;
	}),
	card_not_held: byCheater(({ host, dice }, cheater) => {
		const { inner } = host;
		const seat = cheater.session?.snapshot.you.seat ?? null;
		if (inner === null || seat === null || inner.turn !== seat) return false;
		const move = moveOf(inner, seat);
		if (move === null || !('card' in move)) return false;
		const others = (cheater.session?.snapshot.seats ?? []).filter((one) => one.seat !== seat);
		const card = dice.pick(others.flatMap((one) => handOf(inner, one.seat)))?.card;
		if (card === undefined) return false;
		cheater.ask(Object.assign({}, move, { card }));
		return true;
	}),
	// Not begun but waited for: the cheater's next vote carries another share than its own.
	forged_share: byCheater((_, cheater) => {
		if (cheater.spoilsVotes) return false;
		cheater.spoilsVotes = true;
		return true;
	}),
	seated_flood: byCheater(({ world, host, game }, cheater) => {
		const links = cheater.page?.links.filter(({ peer }) => peer === host.page?.peer) ?? [];
		for (let n = 0; n < FLOOD_FRAMES; n++) send(links, { type: 'request', game, from: 0 });
		send(links, { type: 'sync', game, now: 0, update: forgedDocument(game, world.random(100)) });
		return links.length > 0;
	}),

	forged_seat: byStranger(async ({ host, victim }, mallory) => {
		const seat = victim?.session?.snapshot.you.seat ?? 0;
		const player = victim?.identity.player ?? host.identity.player;
		const body = (host.inner === null ? null : moveOf(host.inner, seat)) ?? { type: 'leave_seat' };
		send(mallory.links, await mallory.command(body, { player, number: 1_000 }));
		send(
			mallory.links,
			await mallory.command({ type: 'end_game' }, { player: host.identity.player, number: 1_000 }),
		);
	}),
	replayed_command: async (stage) => {
		if (stage.overheard.length === 0) return false;
		const mallory = await stage.stranger();
		for (const frame of stage.overheard) send(mallory.links, frame);
		const links = stage.cheater?.page?.links ?? [];
		for (const frame of stage.overheard) send(links, frame);
		return mallory.links.length > 0;
	},
	altered_event: byStranger((stage, mallory) => {
		for (let n = 0; n < 5; n++) {
			const message = alteredEvent(stage);
			if (message !== null) send(mallory.links, message);
		}
	}),
	oversized_message: byStranger(async ({ dice, game }, mallory) => {
		const long = 'x'.repeat(5_000);
		send(
			mallory.links,
			await mallory.command({ type: 'change_face', face: { name: long, color: 0, avatar: 0 } }),
		);
		send(mallory.links, textFrame(KIND.claim, JSON.stringify({ game, term: 2, length: 0, more: long })));
		if (dice.chance(0.1)) send(mallory.links.slice(0, 1), new Uint8Array(5 * 1024 * 1024).fill(KIND.sync));
	}),
	malformed_message: byStranger((stage, mallory) => {
		for (let kind = 0; kind < 16; kind++) {
			send(mallory.links, concatBytes(Uint8Array.of(kind), randomBytes(stage, stage.dice.below(200))));
		}
		send(mallory.links, new Uint8Array());
		send(mallory.links, textFrame(KIND.claim, '{"game":'));
		send(mallory.links, textFrame(KIND.vote, 'null'));
	}),
	proto_keys: byStranger(async ({ game }, mallory) => {
		const body: unknown = JSON.parse(
			'{"type":"take_seat","__proto__":{"seat":0},"constructor":{"prototype":{"isAdmin":true}}}',
		);
		send(mallory.links, await mallory.command(body, { number: 1 }));
		send(
			mallory.links,
			textFrame(KIND.claim, `{"game":"${game}","term":9,"length":0,"__proto__":{"term":9}}`),
		);
		send(mallory.links, textFrame(KIND.vote, '{"__proto__":{"polluted":true}}'));
		if ('polluted' in {} || 'isAdmin' in {}) throw new Error('a prototype is polluted');
	}),
	future_version: async (stage) => {
		const mallory = await stage.stranger({ polite: false });
		for (const link of mallory.links) {
			link.send(await mallory.hello({ v: PROTOCOL_VERSION + 1 }, { binding: link.binding, to: link.peer }));
		}
		const friendly = await stage.stranger();
		send(friendly.links, await friendly.command({ type: 'teleport', v: 99 }, { number: 1 }));
		send(friendly.links, textFrame(200, '{"v":99}'));
		return true;
	},
	poses_as_host: async (stage) => {
		const { game } = stage;
		const mallory = await stage.stranger({ role: 'host' });
		const other = bytes32(stage.dice.below(256)).slice(0, 22) as GameId;
		for (const message of [
			{ type: 'welcome', game, number: 0 },
			{ type: 'sync', game, now: 0, update: forgedDocument(game, randomBytes(stage, 120)) },
			{ type: 'welcome', game: other, number: 0 },
			{ type: 'refused', reason: 'kicked' },
			{ type: 'refused', reason: 'taken_over' },
			{ type: 'reply', number: 1, code: null },
			{ type: 'bye' },
		] as const satisfies readonly PlainMessage[]) {
			send(mallory.links, message);
		}
		return mallory.links.length > 0;
	},
	writes_document: byStranger((stage, mallory) => {
		const { game, host, world } = stage;
		const envelope = world.witness.tip(host, game)?.envelope ?? randomBytes(stage, 90);
		send(mallory.links, { type: 'sync', game, now: 1e15, update: forgedDocument(game, envelope) });
		const cheater = stage.cheater?.page?.links ?? [];
		send(cheater, { type: 'sync', game, now: 0, update: forgedDocument(game, randomBytes(stage, 90)) });
	}),
	flood: byStranger(({ game }, mallory) => {
		for (let n = 0; n < FLOOD_FRAMES; n++) send(mallory.links, { type: 'request', game, from: 0 });
	}),
	million_entries: async (stage) => {
		// Dear to make and to send: not at every table.
		if (!stage.dice.chance(0.2)) return false;
		const mallory = await stage.stranger({ role: stage.dice.chance(0.5) ? 'host' : 'seat' });
		const link = stage.dice.pick(mallory.links);
		link?.send(encodeMessage({ type: 'sync', game: stage.game, now: 0, update: millionEntries() }));
		link?.send(manyEnvelopes(stage.game));
		return link !== null;
	},
	replayed_hello: async (stage) => {
		const listener = await stage.stranger();
		const heard = listener.frames.filter((frame) => isHello(frame));
		const mallory = await stage.stranger({ polite: false });
		for (const hello of heard) send(mallory.links, hello);
		return heard.length > 0;
	},
	hello_flood: byStranger(async (_, mallory) => {
		for (let n = 0; n < HELLOS; n++) {
			for (const link of mallory.links) {
				link.send(await mallory.hello({ term: 0, length: 0 }, { binding: link.binding, to: link.peer }));
			}
		}
	}),
	// A log of terms to come: whoever believes it without a look at the log hosts no more.
	false_term: byStranger(async ({ game, dice }, mallory) => {
		for (const link of mallory.links) {
			const term = dice.pick([2, 3, 1_000, Number.MAX_SAFE_INTEGER]) ?? 2;
			const where = { binding: link.binding, to: link.peer };
			for (const role of ['seat', 'host'] as const) {
				link.send(await mallory.hello({ game, term, length: 20_000, role }, where));
			}
		}
	}),
	forged_vote: byStranger(async (stage, mallory) => {
		const { game } = stage;
		const signature = encodeBase64url(randomBytes(stage, 64));
		const share = encodeBase64url(randomBytes(stage, 81));
		for (let term = 2; term < 6; term++) send(mallory.links, { type: 'vote', game, term, signature, share });
	}),
	forged_claim: async (stage) => {
		const { game, dice, cheater } = stage;
		const term = dice.pick([2, 3, 4, 1_000_000, Number.MAX_SAFE_INTEGER]) ?? 2;
		const mallory = await stage.stranger();
		const claim = { type: 'claim', game, term, logTerm: term, length: 20_000 } as const;
		send(mallory.links, claim);
		send(cheater?.page?.links ?? [], claim);
		return true;
	},
	forged_handover: async (stage) => {
		const { game, cheater } = stage;
		const message = {
			type: 'handover',
			game,
			term: 2 + stage.dice.below(3),
			length: (stage.world.witness.tip(stage.host, game)?.index ?? -1) + 1,
			signature: encodeBase64url(randomBytes(stage, 64)),
			key: null,
		} as const;
		const mallory = await stage.stranger();
		send(mallory.links, message);
		send(cheater?.page?.links ?? [], message);
		return true;
	},
};

export const isLie = (kind: string): kind is HostLie => HOST_LIES.some((lie) => lie === kind);

/** Opens the page of a stranger at the table. */
export function openStranger(world: World, game: GameId | null, options: RawPeerOptions): Promise<RawPeer> {
	const { clock, network, tableKeys, keys, random, witness, code } = world;
	const table = {
		clock,
		network,
		tableKeys,
		code,
		keys,
		random,
		game,
		pass: (ms: number) => clock.advance(ms),
	};
	return openRawPeer(table, {
		role: 'seat',
		wants: () => true,
		polite: true,
		hear: (frame) => {
			witness.received('a stranger', frame);
		},
		...options,
	});
}
