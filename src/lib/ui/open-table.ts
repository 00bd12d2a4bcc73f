/**
 * Where a browser's real things are put together to a table: database, keys, clock, worker, transport. Everything
 * below is given them as ports; everything above sees a `TableClient`.
 *
 *     const table = await openTable('ABCDEF', location.hash, face);
 */
import { resolve } from '$app/paths';
import type { BotRunner } from '../bots/bot.ts';
import type { Variant } from '../game/game.ts';
import type { Face, GameId, PlayerId, RoomCode } from '../game/table-types.ts';
import { loadGame } from '../games/load.ts';
import { systemClock } from '../room/clock.ts';
import { createKeys, newIdentitySeeds, randomBytes, type Identity, type Keys } from '../room/keys.ts';
import { TableSession } from '../room/session.ts';
import type { GameParts } from '../room/part.ts';
import type { Store, TableRecord } from '../room/store.ts';
import type { TableClient } from '../room/table-client.ts';
import { formatFragment, hasFingerprint, parseFragment, tableKeysOf } from '../room/table-keys.ts';
import { createDexieStore } from '../store/dexie.ts';
import { loadConfig } from './config.ts';
import { claimTable } from './one-page.ts';
import { followPage } from './page-life.ts';
import type { SiteConfig } from './site-config.ts';
import { SCREENS } from './table/screens.ts';
import { transportFor } from './table-transport.ts';

export interface Device {
	readonly store: Store;
	readonly keys: Keys;
	readonly identity: Identity;
}

export async function thisDevice(): Promise<Device> {
	const keys = await createKeys();
	const store = createDexieStore();
	const seeds = await store.identity(() => newIdentitySeeds(randomBytes));
	return { store, keys, identity: await keys.identity(seeds) };
}

export function newRecord(code: RoomCode, secret: string | null): TableRecord {
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

/**
 * Takes part in the table of this code: as its host when this device founded it, else as a guest.
 *
 * @param onOver a game has ended; resolves when this browser's archive lists it, or cannot now
 */
export async function openTable(
	code: RoomCode,
	fragment: string,
	face: Face,
	onOver: (listed: Promise<void>) => void,
): Promise<TableClient> {
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
	return attend(
		session,
		() => {
			release();
			device.store.close();
		},
		onOver,
	);
}

/** Codes come round again: a link that names another host or secret means another table. */
function isSameTable(known: TableRecord, secret: string | null, founder: string | null): boolean {
	const isSameFounder = founder === null || known.founder === null || hasFingerprint(known.founder, founder);
	const isSameSecret = secret === null || secret === known.secret || secret === known.former?.secret;
	return isSameFounder && isSameSecret;
}

export async function openSession(
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
		keysFor: (secret) => tableKeysOf(record.code, secret),
		store,
		identity,
		keys,
		clock: systemClock,
		bots: botsWhenNeeded(),
		transport: config === null ? null : await transportFor(config),
		parts: () => loadGameParts(record.variant),
		random: randomBytes,
		face,
		// Phones and tablets stop pages that nobody looks at; a desk's go on, only their timers are slow.
		maxSpectators: config?.spectators ?? null,
		stopsWhenHidden: matchMedia('(hover: none) and (pointer: coarse)').matches,
		linkTo: (founder, secret) =>
			`${location.origin}${resolve(`/t/${record.code}${formatFragment(secret, founder)}`)}`,
	});
}

/** With the first answer under the code: screens and rules come beside what feeds them, not after it. */
async function loadGameParts(variant: Variant): Promise<GameParts> {
	const parts = import('./game-parts.ts');
	// What fails now is asked for again when it is shown.
	void Promise.allSettled([
		SCREENS[variant](),
		loadGame(variant),
		import('./lobby/Lobby.svelte'),
		import('./table/Trouble.svelte'),
	]);
	const { GAME_PARTS } = await parts;
	return GAME_PARTS;
}

/** The bots' code and their worker are loaded for the first move they make: a table of people never needs them. */
function botsWhenNeeded(): BotRunner {
	let runner: Promise<BotRunner> | null = null;
	return {
		async choose(view, level, seed) {
			runner ??= startBots();
			const starting = runner;
			try {
				return await (await starting).choose(view, level, seed);
			} catch (error) {
				// Could not be fetched just now: this move is the forced one, the next asks again.
				starting.catch(() => {
					if (runner === starting) runner = null;
				});
				throw error;
			}
		},
		close() {
			runner?.then(
				(bots) => {
					bots.close();
				},
				() => {
					// None were started.
				},
			);
		},
	};
}

async function startBots(): Promise<BotRunner> {
	const { createWorkerRunner } = await import('../bots/runner.ts');
	return createWorkerRunner();
}

/** A session as its page sees it. */
function attend(
	session: TableSession,
	release: () => void,
	onOver: (listed: Promise<void>) => void,
): TableClient {
	const unfollow = followPage(session, { window, document });
	const unlist = listWhenOver(session, onOver);
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
			unfollow();
			unlist();
			session.close();
			release();
		},
	};
}

/** A game that ends is listed at once, for history and replay; gives what ends the watch. */
function listWhenOver(session: TableSession, onOver: (listed: Promise<void>) => void): () => void {
	let listed: GameId | null = null;
	return session.subscribe(() => {
		const { stage, game, code } = session.snapshot;
		if (stage !== 'finished' || game === listed || game === null) return;
		listed = game;
		const listing = import('./archive.ts').then(({ listEnded }) => listEnded(game, code));
		onOver(
			listing.catch(() => {
				// Out of reach or refused: the archive finds the game by its table when it is next opened.
			}),
		);
	});
}
