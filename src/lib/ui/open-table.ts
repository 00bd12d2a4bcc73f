/**
 * Where a browser's real things are put together to a table: database, keys, clock, worker, WebRTC. Everything
 * below is given them as ports; everything above sees a `TableClient`.
 *
 *     const href = await createTable(request, face);   // '/t/ABCDEF#h=...'
 *     const table = await openTable('ABCDEF', location.hash, face);
 */
import type { BotRunner } from '../bots/bot.ts';
import { encodeBase64url } from '../game/bytes.ts';
import type { GameOptions, Variant } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { BotLevel, Command, Face, PlayerId, RoomCode, TableRules } from '../game/table-types.ts';
import { systemClock } from '../room/clock.ts';
import { createKeys, newIdentitySeeds, randomBytes, type Identity, type Keys } from '../room/keys.ts';
import { TableSession } from '../room/session.ts';
import type { GameParts } from '../room/part.ts';
import type { Store, TableRecord } from '../room/store.ts';
import type { TableClient } from '../room/table-client.ts';
import {
	formatFragment,
	hasFingerprint,
	newRoomCode,
	parseFragment,
	tableKeysOf,
} from '../room/table-keys.ts';
import { createDexieStore } from '../store/dexie.ts';
import { createFallback } from '../transport/fallback.ts';
import { createLinks } from '../transport/links.ts';
import type { Fallback } from '../transport/pairs.ts';
import { createSocketSignalling } from '../transport/socket-signalling.ts';
import type { SignallingFactory } from '../transport/signalling.ts';
import type { Transport } from '../transport/transport.ts';
import { addressOf } from './home/addresses.ts';
import { loadConfig } from './config.ts';
import { madeUpFace } from './faces.ts';
import { claimTable } from './one-page.ts';
import { SUPABASE, type SiteConfig } from './site-config.ts';

export interface TableRequest {
	readonly variant: Variant;
	readonly rules: TableRules;
	readonly options: GameOptions;
	/** Level of the bots in the other seats; null leaves them empty. */
	readonly bots: BotLevel | null;
	/** A table that never leaves this device. */
	readonly solo: boolean;
	/** The code alone does not open it: the link carries a secret. */
	readonly private: boolean;
}

/** Bytes of a private table's secret: more than anyone can guess. */
const SECRET_BYTES = 16;

interface Device {
	readonly store: Store;
	readonly keys: Keys;
	readonly identity: Identity;
}

async function thisDevice(): Promise<Device> {
	const keys = await createKeys();
	const store = createDexieStore();
	const seeds = await store.identity(() => newIdentitySeeds(randomBytes));
	return { store, keys, identity: await keys.identity(seeds) };
}

/**
 * Opens a table on this device, sits down and fills it with bots; gives its address below the base path. Rejects
 * when the browser keeps nothing for the site.
 */
export async function createTable(request: TableRequest, face: Face): Promise<`/${string}`> {
	const device = await thisDevice();
	const code = newRoomCode(randomBytes);
	const record = {
		...newRecord(code, request.private && !request.solo ? encodeBase64url(randomBytes(SECRET_BYTES)) : null),
		solo: request.solo,
		variant: request.variant,
	};
	const session = await openSession(device, record, face, null, () => true);
	const { variant, rules, options } = request;
	const seats = Array.from({ length: rules.seats }, () => ({ kind: 'empty' }) as const);
	await session.host({ variant, rules, options, seats, previous: null });
	const commands: Command[] = [
		...(request.bots === null ? [] : botsFor(rules.seats, request.bots)),
		...(request.solo ? [{ type: 'start_game' } as const] : []),
	];
	for (const outcome of [await session.sit(null), ...(await inOrder(session, commands))]) {
		if (!outcome.ok) throw new Error(outcome.code);
	}
	await session.idle();
	session.close();
	device.store.close();
	return `/t/${code}${formatFragment(record.secret, device.identity.player)}`;
}

async function inOrder(session: TableSession, commands: readonly Command[]) {
	const outcomes = [];
	for (const command of commands) outcomes.push(await session.send(command));
	return outcomes;
}

/** Bots for every seat but the first, each with a name of its own. */
function botsFor(seats: number, level: BotLevel): Command[] {
	const names = new Set<string>();
	return Array.from({ length: seats - 1 }, (_, index) => {
		let face = madeUpFace(Math.random);
		while (names.has(face.name)) face = madeUpFace(Math.random);
		names.add(face.name);
		return { type: 'add_bot', seat: toSeat(index + 1), level, face } as const;
	});
}

function newRecord(code: RoomCode, secret: string | null): TableRecord {
	return {
		code,
		secret,
		founder: null,
		solo: false,
		game: null,
		variant: 'el_dorado',
		stage: 'lobby',
		round: 0,
		others: [],
		result: null,
		votedTerm: 0,
		updatedAt: Date.now(),
	};
}

/** Takes part in the table of this code: as its host when this device founded it, else as a guest. */
export async function openTable(code: RoomCode, fragment: string, face: Face): Promise<TableClient> {
	let session: TableSession | null = null;
	// Side by side: a page that comes back shows its hand as soon as the slowest of them is there.
	const [release, device, config] = await Promise.all([
		claimTable(code, async () => {
			session?.takenOver();
			await session?.idle();
		}),
		thisDevice(),
		loadConfig(),
	]);
	const { secret, founder } = parseFragment(fragment);
	const known = await device.store.table(code);
	const isMeant = known !== null && isSameTable(known, secret, founder);
	const record = isMeant ? known : newRecord(code, secret);
	const accepts = (host: PlayerId) => founder === null || hasFingerprint(host, founder);
	session = await openSession(device, record, face, record.solo ? null : config, accepts);
	return attend(session, () => {
		release();
		device.store.close();
	});
}

/** Codes come round again: a link that names another host or secret means another table. */
function isSameTable(known: TableRecord, secret: string | null, founder: string | null): boolean {
	const isSameFounder = founder === null || known.founder === null || hasFingerprint(known.founder, founder);
	return isSameFounder && (secret === null || known.secret === secret);
}

async function openSession(
	{ store, keys, identity }: Device,
	record: TableRecord,
	face: Face,
	config: SiteConfig | null,
	acceptsFounder: (host: PlayerId) => boolean,
): Promise<TableSession> {
	return TableSession.open({
		record,
		acceptsFounder,
		tableKeys: await tableKeysOf(record.code, record.secret),
		store,
		identity,
		keys,
		clock: systemClock,
		bots: botsWhenNeeded(),
		transport: config === null ? null : await transportFor(config),
		parts: loadGameParts,
		random: randomBytes,
		face,
		// Phones and tablets stop pages that nobody looks at; a desk's go on, only their timers are slow.
		stopsWhenHidden: matchMedia('(hover: none) and (pointer: coarse)').matches,
		linkTo: (founder) =>
			`${location.origin}${addressOf(`/t/${record.code}${formatFragment(record.secret, founder)}`)}`,
	});
}

/** With the first answer under the code: the screens come beside what feeds them, not after it. */
async function loadGameParts(): Promise<GameParts> {
	// What fails now is asked for again when it is shown.
	void Promise.allSettled([import('./lobby/Lobby.svelte'), import('./table/PlayScreen.svelte')]);
	const { GAME_PARTS } = await import('./game-parts.ts');
	return GAME_PARTS;
}

/** The bots' code and their worker are loaded for the first move they make: a table of people never needs them. */
function botsWhenNeeded(): BotRunner {
	let runner: Promise<BotRunner> | null = null;
	return {
		async choose(view, level, seed) {
			runner ??= import('../bots/runner.ts').then(({ createWorkerRunner }) => createWorkerRunner());
			return (await runner).choose(view, level, seed);
		},
		close() {
			void runner?.then((bots) => {
				bots.close();
			});
		},
	};
}

async function transportFor(config: SiteConfig): Promise<Transport> {
	const { iceServers, relay } = config;
	// Old browsers and some embedded ones have no WebRTC, whatever the types say.
	const RTCPeerConnection: typeof globalThis.RTCPeerConnection | undefined = globalThis.RTCPeerConnection;
	const parts = {
		clock: systemClock,
		random: randomBytes,
		signalling: await signallingFor(config),
	};
	const direct = (fallback?: Fallback) =>
		createLinks({
			...parts,
			rtc: RTCPeerConnection === undefined ? null : { RTCPeerConnection },
			iceServers: () => Promise.resolve(iceServers),
			fallback,
		});
	return createFallback({
		clock: systemClock,
		direct,
		relays: relay,
		carried: async ({ neighbours, ...way }) => {
			const { createRelay } = await import('../transport/relay.ts');
			return createRelay({
				...parts,
				...way,
				...(neighbours === null ? {} : { signalling: neighbours.signalling, rate: neighbours.rate }),
			});
		},
	});
}

/** Every address at once; what only some sites need is loaded by those. */
async function signallingFor({ signalling, supabase }: SiteConfig): Promise<SignallingFactory> {
	const parts = { clock: systemClock, random: randomBytes };
	const urls = signalling.filter((address) => address !== SUPABASE);
	const sockets = createSocketSignalling({ ...parts, urls });
	if (supabase === null || urls.length === signalling.length) return sockets;
	const [{ createRealtimeSignalling }, { severalSignalling }] = await Promise.all([
		import('../transport/realtime-signalling.ts'),
		import('../transport/several-signalling.ts'),
	]);
	return severalSignalling([sockets, createRealtimeSignalling({ ...parts, ...supabase })]);
}

/** Ties a session to its page: goodbye when it goes, a look at all links when it comes back. */
function attend(session: TableSession, release: () => void): TableClient {
	const leaving = new AbortController();
	const { signal } = leaving;
	addEventListener('pagehide', () => session.sayBye(), { signal });
	addEventListener('pageshow', () => session.wake(), { signal });
	addEventListener('online', () => session.wake(), { signal });
	document.addEventListener('visibilitychange', () => void session.setHidden(document.hidden), { signal });
	return {
		get snapshot() {
			return session.snapshot;
		},
		connections: () => session.connections(),
		subscribe: (listener) => session.subscribe(listener),
		send: (command) => session.send(command),
		sit: (seat) => session.sit(seat),
		passTable: (seat) => session.passTable(seat),
		playAgain: () => session.playAgain(),
		close() {
			leaving.abort();
			session.close();
			release();
		},
	};
}
