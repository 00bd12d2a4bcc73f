/**
 * Whole tables in one process: sessions, hosts, guests and spectators with their logs and stores, on a fake clock
 * and a network in memory. Everything below the pages is the real thing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../src/lib/game/bytes.ts';
import { createInlineRunner } from '../../src/lib/bots/runner.ts';
import type { GameOptions, GameView } from '../../src/lib/game/game.ts';
import {
	DEFAULT_RULES,
	type Command,
	type Face,
	type GameId,
	type RoomCode,
	type TableRules,
} from '../../src/lib/game/table-types.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { VARIANTS, type Variant } from '../../src/lib/game/game.ts';
import { createFakeClock, type FakeClock } from '../../src/lib/room/clock.ts';
import { nodeKeys } from './node-keys.ts';
import { newIdentitySeeds } from '../../src/lib/room/keys.ts';
import { Audit } from '../../src/lib/room/audit.ts';
import { Contributing } from '../../src/lib/room/contributing.ts';
import { Following } from '../../src/lib/room/following.ts';
import { Hosting } from '../../src/lib/room/hosting.ts';
import { Peers } from '../../src/lib/room/peers.ts';
import { newRoomCode, type TableKeys } from '../../src/lib/room/table-keys.ts';
import { TableSession, type SessionOptions } from '../../src/lib/room/session.ts';
import { createMemoryStore } from '../../src/lib/store/memory.ts';
import type { Store } from '../../src/lib/room/store.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../src/lib/transport/memory.ts';
import type { PeerId, Transport } from '../../src/lib/transport/transport.ts';
import { seeded } from '../../src/lib/cards/seeded.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export function seededBytes(seed: number): (length: number) => Bytes {
	const source = seeded(seed);
	return (length) => Uint8Array.from({ length }, () => source.next32() & 255);
}

/** Where a table meets once somebody was put out: of the code and the new secret, as in a browser. */
export function keysUnder(code: string, secret: string): TableKeys {
	return { topic: `topic-${code}-${secret}`, key: sha256(utf8(`${code}/${secret}`)) };
}

/** A device: a store that outlives its pages, and at most one page at the table. */
export interface Device {
	readonly name: string;
	readonly store: Store;
	readonly face: Face;
	session: TableSession;
	isDead: boolean;
	/** Transport id of the page that is open. */
	readonly peer: PeerId | null;
	/** Everything that links brought to this device, in order. */
	readonly received: Uint8Array[];
	/** Closes the page without a goodbye and opens it again from the store. */
	reload(): Promise<void>;
	/** Opens a second page beside the first, as a second tab does. */
	openAgain(): Promise<void>;
	/** The browser is killed: no goodbye, nothing more runs. */
	kill(): void;
	/** The page stops running, as a frozen tab does, until `thaw`. */
	freeze(): void;
	thaw(): void;
	/** Closes the page; `reload` opens it again. */
	leave(): void;
}

export interface SimulatedTable {
	readonly clock: FakeClock;
	readonly network: MemoryNetwork;
	readonly host: Device;
	readonly devices: readonly Device[];
	/** Opens a page at the table; `options` in place of those a friend with the link would have. */
	join(name: string, options?: Partial<SessionOptions>): Promise<Device>;
	/** What the link says, and the bytes the table is made of: for a page that is none of ours. */
	readonly tableKeys: TableKeys;
	readonly random: (length: number) => Bytes;
	readonly code: RoomCode;
	/** The game on the table. */
	readonly game: GameId | null;
	/** Lets time pass. */
	pass(ms: number): Promise<void>;
}

export interface SimulatedTableOptions {
	readonly seed: number;
	readonly rules?: Partial<TableRules>;
	readonly variant?: Variant;
	/** The game's own default options when left out. */
	readonly options?: GameOptions;
	/** In place of what the host's page would have. */
	readonly host?: Partial<SessionOptions>;
}

export const variantOf = (name: string): Variant | null =>
	VARIANTS.find((variant) => variant === name) ?? null;
export const gameNamed = (name: string) => {
	const variant = variantOf(name);
	return variant === null ? null : gameOf(variant);
};

export async function openSimulatedTable(options: SimulatedTableOptions): Promise<SimulatedTable> {
	const random = seededBytes(options.seed);
	const clock = createFakeClock();
	const network = createMemoryNetwork({ clock, random });
	const keys = nodeKeys();
	const code = newRoomCode(random);
	const tableKeys = { topic: `topic-${code}`, key: random(32) };
	const devices: Device[] = [];
	const rules = { ...DEFAULT_RULES, pace: 'quick', ...options.rules } as const;
	const variant = options.variant ?? 'el_dorado';
	const game = gameNamed(variant);
	if (game === null) throw new Error('no such game');

	async function device(name: string, overrides: Partial<SessionOptions> = {}): Promise<Device> {
		const store = overrides.store ?? createMemoryStore();
		const identity = await keys.identity(await store.identity(() => newIdentitySeeds(random)));
		const received: Uint8Array[] = [];
		const face: Face = { name, color: devices.length % 10, avatar: devices.length };
		let page = network.page();
		let self: PeerId | null = null;
		const open = async () => {
			page = network.page();
			const known = await store.table(code);
			const keysFor = (secret: string | null) => (secret === null ? tableKeys : keysUnder(code, secret));
			return TableSession.open({
				record: known ?? {
					code,
					secret: null,
					founder: null,
					solo: false,
					game: null,
					variant,
					stage: 'lobby',
					round: 0,
					others: [],
					result: null,
					votedTerm: 0,
					updatedAt: clock.now(),
				},
				acceptsFounder: () => true,
				tableKeys: keysFor(known?.secret ?? null),
				keysFor: (secret) => Promise.resolve(keysFor(secret)),
				store,
				identity,
				keys,
				clock: page.clock,
				bots: createInlineRunner(),
				transport: overheard(page.transport, received, (opened) => {
					self = opened;
				}),
				loadAudit: () => Promise.resolve({ Audit }),
				parts: () => Promise.resolve({ Hosting, Following, Peers, Contributing, gameOf: gameNamed }),
				random,
				face,
				stopsWhenHidden: false,
				maxSpectators: null,
				linkTo: (founder, secret) => `/t/${code}#${founder ?? ''}${secret === null ? '' : `&${secret}`}`,
				...overrides,
			});
		};
		const made: Device = {
			name,
			store,
			face,
			received,
			session: await open(),
			kill() {
				if (self !== null) network.kill(self);
				made.isDead = true;
			},
			freeze() {
				if (self !== null) network.freeze(self);
			},
			thaw() {
				if (self !== null) network.thaw(self);
			},
			isDead: false,
			get peer() {
				return self;
			},
			async reload() {
				if (!made.isDead) made.session.takenOver();
				made.isDead = false;
				made.session = await open();
			},
			async openAgain() {
				await clock.advance(1_000);
				made.session = await open();
			},
			leave() {
				made.session.close();
			},
		};
		devices.push(made);
		return made;
	}

	const host = await device('Host', options.host);
	await host.session.host({
		variant: game.variant,
		rules,
		options: options.options ?? game.defaultOptions(),
		seats: Array.from({ length: rules.seats }, () => ({ kind: 'empty' }) as const),
		previous: null,
	});
	await host.session.sit(null);

	return {
		clock,
		network,
		host,
		devices,
		tableKeys,
		code,
		random,
		get game() {
			return host.session.snapshot.game;
		},
		async join(name, overrides) {
			const joined = await device(name, overrides);
			await clock.advance(1_000);
			return joined;
		},
		pass: (ms) => clock.advance(ms),
	};
}

/** Keeps a copy of every frame that arrives. */
function overheard(transport: Transport, received: Uint8Array[], onOpen: (self: PeerId) => void): Transport {
	return {
		...bound(transport),
		open: (config, handlers) => {
			onOpen(config.self);
			transport.open(config, {
				...handlers,
				onFrame: (link, frame) => {
					received.push(frame.slice());
					handlers.onFrame(link, frame);
				},
			});
		},
	};
}

function bound(transport: Transport): Transport {
	return {
		open: (config, handlers) => {
			transport.open(config, handlers);
		},
		setRole: (role) => {
			transport.setRole(role);
		},
		setPolicy: (wants) => {
			transport.setPolicy(wants);
		},
		checkLinks: () => {
			transport.checkLinks();
		},
		move: (place) => {
			transport.move?.(place);
		},
		close: () => {
			transport.close();
		},
	};
}

/** The simplest legal move of a view: a bid of one if there is one, the first card that may be played. */
export function simpleMove(view: GameView): Command | null {
	if (view.turn === null || view.turn !== view.viewer || view.variant !== 'el_dorado') return null;
	const { legalBids, hand } = view as GameView & {
		legalBids: readonly number[];
		hand: readonly { card: number; refusal: string | null }[];
	};
	const bid = legalBids[1] ?? legalBids[0];
	if (bid !== undefined) return { type: 'make_bid', bid } as Command;
	const card = hand.find(({ refusal }) => refusal === null)?.card;
	return card === undefined ? null : ({ type: 'play_card', card } as Command);
}

/** Everyone with a turn moves, until `done` or the time is up. Gives how many moves were made. */
export async function playUntil(
	table: SimulatedTable,
	players: readonly Device[],
	done: () => boolean,
	limitMs = 3_600_000,
	moveOf: (view: GameView) => Command | null = simpleMove,
): Promise<number> {
	const end = table.clock.now() + limitMs;
	let moves = 0;
	while (!done()) {
		if (table.clock.now() > end) throw new Error(`not done after ${limitMs} ms: ${describe(table)}`);
		for (const { session } of players) {
			const { snapshot } = session;
			if (snapshot.pending !== null || snapshot.view === null) continue;
			const move = moveOf(snapshot.view);
			if (move !== null) {
				moves++;
				void session.send(move);
			} else if (
				snapshot.nextRoundAt !== null &&
				snapshot.you.seat !== null &&
				!snapshot.continued.includes(snapshot.you.seat)
			) {
				void session.send({ type: 'continue' });
			}
		}
		await table.pass(1_100);
	}
	return moves;
}

function describe(table: SimulatedTable): string {
	return table.devices
		.map(({ name, session: { snapshot } }) => {
			const { status, stage, events, view, fault } = snapshot;
			return `${name}: ${status} ${stage} ${events} turn ${String(view?.turn)} round ${String(view?.round)} ${fault ?? ''}`;
		})
		.join('; ');
}
