/**
 * Who this browser is to the site's archive. Nobody is asked to sign up: the first time something is sent there is an
 * anonymous account, which holds the key of this device; an e-mail may be put to it later, or another account be signed
 * in to, and what this device has played goes along.
 *
 *     const account = createAccount({ client, identity, face: () => profile.face });
 *     await account.ready();
 */
import type { AuthError, Session, SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database-types.ts';
import * as z from 'zod/mini';
import { concatBytes, encodeBase64url, utf8 } from '../game/bytes.ts';
import { faceSchema, playerIdSchema } from '../game/table-parse.ts';
import { MAX_NAME_LENGTH, type Face, type PlayerId } from '../game/table-types.ts';
import type { Identity } from '../room/keys.ts';
import { RemoteError } from './remote.ts';
import { failureOf } from './supabase.ts';

const CLAIM_DOMAIN = utf8('overtrick/account/1\0');

export type AccountState =
	| { readonly type: 'nobody' }
	| { readonly type: 'anonymous' }
	| { readonly type: 'email'; readonly email: string };

/** `code` is Supabase's or the archive's word, or `unreachable`. */
export type AccountAnswer = { readonly ok: true } | { readonly ok: false; readonly code: string };

/** Everything the archive keeps of an account's own player. */
export interface AccountProfile {
	/** Of the player in the archive. */
	readonly id: string;
	/** null until one is chosen. */
	readonly username: string | null;
	readonly face: Face;
	readonly preferences: Readonly<Record<string, unknown>>;
	/** Keys of all its devices. */
	readonly keys: readonly PlayerId[];
	/** ms since 1970. */
	readonly updatedAt: number;
}

/** What is left out stays. */
export interface ProfileChange {
	readonly face?: Face;
	readonly preferences?: Readonly<Record<string, unknown>>;
}

export interface Account {
	readonly state: AccountState;
	/** The state once what this browser remembers has been read. */
	known(): Promise<AccountState>;
	/** Called at once and after every change; gives what ends it. */
	subscribe(listener: (state: AccountState) => void): () => void;
	/** Resolves once there is an account that holds this device's key. @throws {RemoteError} */
	ready(): Promise<void>;
	/** Puts an e-mail and a password to the account there is, the anonymous one included. */
	addEmail(email: string, password: string): Promise<AccountAnswer>;
	signIn(email: string, password: string): Promise<AccountAnswer>;
	/** Sends a link that signs in whoever opens it. */
	sendLink(email: string): Promise<AccountAnswer>;
	signOut(): Promise<AccountAnswer>;
	/** Erases name, keys and account; the games stay, with nobody's name. */
	remove(): Promise<AccountAnswer>;
	/** null before there is one. @throws {RemoteError} */
	profile(): Promise<AccountProfile | null>;
	/** @throws {RemoteError} */
	saveProfile(change: ProfileChange): Promise<void>;
	/** A name that nobody else has, 3-32 characters without a space; makes an account when there is none. */
	chooseUsername(username: string): Promise<AccountAnswer>;
	close(): void;
}

export interface AccountOptions {
	readonly client: SupabaseClient;
	readonly identity: Pick<Identity, 'player' | 'sign'>;
	/** What a new account is called. */
	readonly face: () => Face;
	/** Somebody has just signed in, or an account has been made: its player is there and holds this device's key. */
	readonly onBound?: () => void;
}

const profileSchema = z.nullable(
	z.object({
		id: z.string(),
		username: z.nullable(z.string()),
		display_name: z.string(),
		avatar_seed: z.number(),
		color: z.number(),
		// Not z.record: nothing else on a first visit needs it, and all of zod is one file.
		preferences: z.catchall(z.object({}), z.unknown()),
		keys: z.array(playerIdSchema),
		updated_at: z.string(),
	}),
);

export function createAccount(options: AccountOptions): Account {
	const { client, identity, face, onBound = () => undefined } = options;
	let state: AccountState = { type: 'nobody' };
	/** By user: its player exists and holds the key. */
	let bound: { readonly user: string; readonly done: Promise<void> } | null = null;
	let readying: Promise<void> | null = null;
	const listeners = new Set<(state: AccountState) => void>();

	const { data: watching } = client.auth.onAuthStateChange((_, session) => {
		show(session);
	});

	function show(session: Session | null): void {
		const { email = '' } = session?.user ?? {};
		const before = state;
		if (session === null) state = { type: 'nobody' };
		else state = email === '' ? { type: 'anonymous' } : { type: 'email', email };
		const isSame =
			before.type === 'email' && state.type === 'email'
				? before.email === state.email
				: before.type === state.type;
		if (isSame) return;
		for (const listener of listeners) listener(state);
	}

	/** A function that the archive has, with arguments of the names it has. */
	async function call<Name extends keyof Database['public']['Functions']>(
		name: Name,
		args: { readonly [Key in keyof Database['public']['Functions'][Name]['Args']]: unknown },
	): Promise<unknown> {
		const answer: { data: unknown; error: { message: string } | null; status: number } = await client.rpc(
			name,
			args,
		);
		const { data, error, status } = answer;
		if (error === null) return data;
		throw failureOf(status, error.message);
	}

	async function bind(user: string): Promise<void> {
		if ((await profile()) === null) await saveProfile({ face: face() });
		const signature = await identity.sign(concatBytes(CLAIM_DOMAIN, utf8(user)));
		try {
			await call('claim_key', { public_key: identity.player, signature: encodeBase64url(signature) });
		} catch (error) {
			// This device belongs to another account with an e-mail: the account is signed in all the same.
			if (!(error instanceof RemoteError) || error.code !== 'key_of_another_account') throw error;
		}
	}

	function bindOnce(user: string): Promise<void> {
		if (bound?.user === user) return bound.done;
		const done = bind(user);
		bound = { user, done };
		done.then(onBound, () => {
			bound = null;
		});
		return done;
	}

	/** Asked twice at once, nobody signs in twice. */
	function ready(): Promise<void> {
		readying ??= signedIn().finally(() => {
			readying = null;
		});
		return readying;
	}

	async function signedIn(): Promise<void> {
		const { data } = await client.auth.getSession();
		if (data.session !== null) return bindOnce(data.session.user.id);
		const { data: made, error } = await client.auth.signInAnonymously();
		if (error !== null || made.user === null) throw new RemoteError(codeOf(error), false);
		return bindOnce(made.user.id);
	}

	async function profile(): Promise<AccountProfile | null> {
		const parsed = profileSchema.safeParse(await call('my_profile', {}));
		if (!parsed.success) throw new RemoteError('unknown_answer', false);
		if (parsed.data === null) return null;
		const { id, username, display_name: name, avatar_seed: avatar, color, ...rest } = parsed.data;
		// The archive allows longer names than a table has room for.
		const read = faceSchema.safeParse({ name: name.slice(0, MAX_NAME_LENGTH).trim(), avatar, color });
		if (!read.success) throw new RemoteError('unknown_answer', false);
		const { preferences, keys, updated_at: updatedAt } = rest;
		return { id, username, face: read.data, preferences, keys, updatedAt: Date.parse(updatedAt) };
	}

	async function saveProfile({ face: changed, preferences }: ProfileChange): Promise<void> {
		const columns =
			changed === undefined
				? {}
				: { display_name: changed.name, avatar_seed: changed.avatar, color: changed.color };
		await call('save_profile', {
			profile: { ...columns, ...(preferences === undefined ? {} : { preferences }) },
		});
	}

	/** What an account is asked for is answered, never thrown: a form shows it. */
	async function answered(task: () => Promise<AuthError | null>): Promise<AccountAnswer> {
		try {
			const error = await task();
			return error === null ? { ok: true } : { ok: false, code: codeOf(error) };
		} catch (error) {
			return { ok: false, code: error instanceof RemoteError ? error.code : 'unreachable' };
		}
	}

	return {
		get state() {
			return state;
		},
		async known() {
			const { data } = await client.auth.getSession();
			show(data.session);
			return state;
		},
		subscribe(listener) {
			listeners.add(listener);
			listener(state);
			return () => listeners.delete(listener);
		},
		ready,
		addEmail: (email, password) =>
			answered(async () => {
				await ready();
				const { error } = await client.auth.updateUser({ email, password });
				return error;
			}),
		signIn: (email, password) =>
			answered(async () => {
				const { data, error } = await client.auth.signInWithPassword({ email, password });
				if (error !== null) return error;
				await bindOnce(data.user.id);
				return null;
			}),
		sendLink: (email) =>
			answered(async () => {
				const { error } = await client.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
				return error;
			}),
		signOut: () =>
			answered(async () => {
				bound = null;
				return (await client.auth.signOut({ scope: 'local' })).error;
			}),
		remove: () =>
			answered(async () => {
				await call('delete_my_account', {});
				bound = null;
				// The session is gone with the account: only this browser has to hear of it.
				await client.auth.signOut({ scope: 'local' });
				show(null);
				return null;
			}),
		profile,
		saveProfile,
		chooseUsername: (username) =>
			answered(async () => {
				await ready();
				await call('save_profile', { profile: { username } });
				return null;
			}),
		close() {
			watching.subscription.unsubscribe();
			listeners.clear();
		},
	};
}

function codeOf(error: AuthError | null): string {
	if (error === null) return 'unknown_answer';
	if (error.name === 'AuthRetryableFetchError') return 'unreachable';
	return error.code ?? 'unknown_answer';
}
