/**
 * A host without a network: players are identities whose commands are handed to it. For what links would only hide
 * (numbers, rates, what is stored when), and to write whole signed logs.
 */
import { createInlineRunner } from '../../src/lib/bots/runner.ts';
import type { BotRunner } from '../../src/lib/bots/bot.ts';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { Variant } from '../../src/lib/game/game.ts';
import { seatOf, toSeat } from '../../src/lib/game/seats.ts';
import {
	DEFAULT_RULES,
	type Command,
	type GameId,
	type TableRules,
	type TableState,
} from '../../src/lib/game/table-types.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { createFakeClock, type FakeClock } from '../../src/lib/room/clock.ts';
import { Host, type Outcome } from '../../src/lib/room/host.ts';
import { newIdentitySeeds, type Identity, type Keys } from '../../src/lib/room/keys.ts';
import type { Store } from '../../src/lib/room/store.ts';
import { createMemoryStore } from '../../src/lib/store/memory.ts';
import { nodeKeys } from './node-keys.ts';
import { gameNamed, seededBytes, simpleMove } from './simulated-table.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface LoneHostOptions {
	readonly seed: number;
	/** The host's own player among them; all take seats and get ready. */
	readonly humans: number;
	readonly bots?: number;
	/** El Dorado when left out. */
	readonly variant?: Variant;
	readonly rules?: Partial<TableRules>;
	readonly store?: Store;
	readonly runner?: BotRunner;
	/** The box key that a player takes its seat with, in place of its own. */
	readonly boxKeyOf?: (player: number) => string | null;
}

export interface LoneHost {
	readonly host: Host;
	readonly clock: FakeClock;
	readonly keys: Keys;
	readonly store: Store;
	readonly gameId: GameId;
	readonly secret: Bytes;
	/** 0 is the host's own. */
	readonly players: readonly Identity[];
	/** What the host reported as faults. */
	readonly faults: readonly unknown[];
	/** As the player's own page would send it, under its next number. */
	ask(player: number, command: Command): Promise<Outcome>;
	/** Everybody moves, and taps on between rounds, until `done`. */
	playUntil(done: (state: TableState) => boolean): Promise<void>;
	/** The page is gone, with all that was in memory; a new one takes up what is stored. */
	reload(): Promise<LoneHost>;
	/** A second page beside this one, on the same store or on what is left of it. */
	open(store?: Store): Promise<LoneHost>;
}

/** Opens a table and seats everybody. */
export async function openLoneHost(options: LoneHostOptions): Promise<LoneHost> {
	const { seed, humans, bots = 0, variant = 'el_dorado' } = options;
	const random = seededBytes(seed);
	const keys = nodeKeys();
	const players: Identity[] = [];
	for (let n = 0; n < humans; n++) players.push(await keys.identity(newIdentitySeeds(random)));
	const lone = await start(options, {
		keys,
		players,
		clock: createFakeClock(),
		store: options.store ?? createMemoryStore(),
		gameId: encodeBase64url(random(16)) as GameId,
		secret: random(32),
	});
	const rules = {
		...DEFAULT_RULES,
		pace: 'quick',
		seats: Math.max(2, humans + bots),
		...options.rules,
	} as const;
	await lone.host.create({
		variant,
		rules,
		options: (gameOf(variant) ?? EL_DORADO).defaultOptions(),
		seats: Array.from({ length: rules.seats }, () => ({ kind: 'empty' }) as const),
		previous: null,
	});
	for (const [n, { player, boxKey }] of players.entries()) {
		lone.host.setConnection(player, 'open');
		await lone.ask(n, {
			type: 'take_seat',
			seat: toSeat(n),
			face: { name: `Player ${n}`, color: n % 10, avatar: n },
			boxKey: options.boxKeyOf?.(n) ?? boxKey,
			contribution: encodeBase64url(random(32)),
		});
		if (n > 0) await lone.ask(n, { type: 'set_ready', ready: true });
	}
	for (let n = 0; n < bots; n++) {
		const face = { name: `Bot ${n}`, color: n % 10, avatar: n };
		await lone.ask(0, { type: 'add_bot', seat: toSeat(humans + n), level: 'novice', face });
	}
	return lone;
}

type Fixed = Pick<LoneHost, 'keys' | 'players' | 'clock' | 'store' | 'gameId' | 'secret'>;

async function start(options: LoneHostOptions, fixed: Fixed): Promise<LoneHost> {
	const { keys, players, clock, store, gameId, secret } = fixed;
	const own = players[0];
	if (own === undefined) throw new Error('a host is somebody');
	const faults: unknown[] = [];
	const numbers = new Map<number, number>();
	const host = new Host({
		secret: { game: gameId, secret, recovered: null },
		identity: own,
		keys,
		store,
		clock,
		bots: options.runner ?? createInlineRunner(),
		gameOf: gameNamed,
		onChange: () => undefined,
		onFault: (error) => faults.push(error),
		onFaultOver: () => undefined,
	});

	const ask = (n: number, command: Command): Promise<Outcome> => {
		const { player } = players[n] ?? own;
		const number = (numbers.get(n) ?? host.numberOf(player)) + 1;
		numbers.set(n, number);
		return host.submit(command, player, number);
	};
	const act = async (n: number): Promise<void> => {
		const { state } = host;
		const seat = seatOf(state, (players[n] ?? own).player);
		if (state.inner === null || seat === null) return;
		const move = simpleMove((gameOf(state.variant) ?? EL_DORADO).view(state.inner as never, seat));
		if (move !== null) await ask(n, move);
		else if (host.nextRoundAt !== null && !state.continued.includes(seat)) await ask(n, { type: 'continue' });
	};

	const open = async (from: Store): Promise<LoneHost> => {
		const next = await start(options, { ...fixed, store: from });
		await next.host.resume((await from.events(gameId)).map(({ envelope }) => envelope));
		return next;
	};

	return {
		...fixed,
		host,
		faults,
		ask,
		async playUntil(done) {
			const end = clock.now() + 3_600_000;
			while (!done(host.state)) {
				if (clock.now() > end) throw new Error(`it never comes to that: ${JSON.stringify(host.state.inner)}`);
				for (const n of players.keys()) {
					if (done(host.state)) return;
					await act(n);
				}
				// Slower than the rate limit for one who is asked at every turn.
				await clock.advance(1_100);
			}
		},
		async reload() {
			await host.idle();
			host.close();
			return open(store);
		},
		open: (other = store) => open(other),
	};
}
