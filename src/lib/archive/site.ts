/**
 * A site's archive as one thing: the account of this browser, what goes there, what comes from there. With its library
 * it is a third of what a table loads: it is fetched only where a site has an archive.
 *
 *     const site = await openSiteArchive({ url, anonKey, own, memory, ...listeners });
 */
import { createClient } from '@supabase/supabase-js';
import { readLog } from '../game/read-log.ts';
import { loadGame } from '../games/load.ts';
import { systemClock } from '../room/clock.ts';
import { createKeys, newIdentitySeeds, randomBytes, type Keys } from '../room/keys.ts';
import { createDexieStore } from '../store/dexie.ts';
import { createDexieOutbox } from '../store/outbox.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { createAccount, type Account } from './account.ts';
import type { Database } from './database-types.ts';
import { withTables, type PlayedAt } from './played-at.ts';
import { createSupabaseGroups, type Groups } from './groups.ts';
import { createLocalArchive } from './local.ts';
import { createOutbox, type Outbox, type OutboxState } from './outbox.ts';
import { createSupabasePeople, type People } from './people.ts';
import {
	createProfileSync,
	faceOf,
	type Memory,
	type OwnProfile,
	type ProfileState,
	type ProfileSync,
	type Told,
} from './profile-sync.ts';
import type { Remote } from './remote.ts';
import { createSupabaseRooms, type Rooms } from './rooms.ts';
import { firstUnsound } from './soundness.ts';
import { createSupabaseRemote } from './supabase.ts';

/** Where the session lies in this browser's storage. */
const SESSION_KEY = 'overtrick.account';

export interface SiteArchiveOptions {
	/** Of the Supabase project. */
	readonly url: string;
	readonly anonKey: string;
	readonly own: OwnProfile;
	/** Of the profile, between visits. */
	readonly memory: Memory;
	readonly onOutbox: (state: OutboxState) => void;
	/** The page that links of mails lead to, in full. */
	readonly returnTo: string;
	/** What this browser remembers of where a game was played. */
	readonly played: PlayedAt;
	readonly onProfile: (state: ProfileState) => void;
	readonly onTold: (told: Told) => void;
}

export interface SiteArchive {
	readonly account: Account;
	readonly outbox: Outbox;
	readonly profile: ProfileSync;
	readonly remote: Remote;
	readonly groups: Groups;
	readonly rooms: Rooms;
	readonly people: People;
	/** Whether the chain and every signature of a log are right. */
	isSound(envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean>;
}

export async function openSiteArchive(options: SiteArchiveOptions): Promise<SiteArchive> {
	const { url, anonKey, own, memory, onOutbox, onProfile, onTold, returnTo, played } = options;
	const keys = await createKeys();
	const store = createDexieStore();
	const identity = await keys.identity(await store.identity(() => newIdentitySeeds(randomBytes)));
	store.close();
	const client = createClient<Database>(url, anonKey, {
		// A link works on whatever device it is opened (implicit), and is read by the page that asks first (MailLink.svelte).
		auth: { storageKey: SESSION_KEY, flowType: 'implicit', detectSessionInUrl: false },
	});
	const account = createAccount({
		client,
		stranger: () =>
			createClient<Database>(url, anonKey, {
				auth: {
					storageKey: `${SESSION_KEY}.link`,
					persistSession: false,
					autoRefreshToken: false,
					detectSessionInUrl: false,
				},
			}),
		identity,
		face: () => faceOf(own.read()),
		returnTo,
		onBound(holdsKey) {
			void profile.now();
			if (holdsKey) void outbox.claimed();
		},
	});
	const profile = createProfileSync({
		account,
		own,
		memory,
		clock: systemClock,
		onChange: onProfile,
		onTold,
	});
	const remote = createSupabaseRemote(client, account);
	const ready = (): Promise<void> => account.ready();
	const groups = createSupabaseGroups(client, ready);
	const rooms = createSupabaseRooms(client, ready);
	const archive = createLocalArchive(createDexieShelf());
	const outbox = createOutbox({
		rows: createDexieOutbox(),
		remote: withTables(remote, groups, played),
		archive,
		own: () => [identity.player, ...profile.keys],
		clock: systemClock,
		onChange: onOutbox,
	});
	return {
		account,
		outbox,
		profile,
		remote,
		people: createSupabasePeople(client, account),
		groups,
		rooms,
		isSound: (envelopes) => isSound(keys, envelopes),
	};
}

async function isSound(keys: Keys, envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean> {
	const log = await readLog(envelopes, loadGame);
	return log !== null && (await firstUnsound(keys, log, envelopes)) === null;
}
