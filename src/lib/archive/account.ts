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
import { faceSchema } from '../game/table-parse.ts';
import type { Face } from '../game/table-types.ts';
import type { Identity } from '../room/keys.ts';
import { RemoteError } from './remote.ts';

const CLAIM_DOMAIN = utf8('overtrick/account/1\0');

export type AccountState =
	| { readonly type: 'nobody' }
	| { readonly type: 'anonymous' }
	| { readonly type: 'email'; readonly email: string };

/** `code` is Supabase's or the archive's word, or `unreachable`. */
export type AccountAnswer = { readonly ok: true } | { readonly ok: false; readonly code: string };

export interface Account {
	readonly state: AccountState;
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
	/** The face the account has; null before there is one. @throws {RemoteError} */
	face(): Promise<Face | null>;
	/** @throws {RemoteError} */
	saveFace(face: Face): Promise<void>;
	close(): void;
}

export interface AccountOptions {
	readonly client: SupabaseClient;
	readonly identity: Pick<Identity, 'player' | 'sign'>;
	/** What a new account is called. */
	readonly face: () => Face;
}

const profileSchema = z.nullable(
	z.object({ display_name: z.string(), avatar_seed: z.number(), color: z.number() }),
);

export function createAccount({ client, identity, face }: AccountOptions): Account {
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
		if (session === null) state = { type: 'nobody' };
		else state = email === '' ? { type: 'anonymous' } : { type: 'email', email };
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
		throw new RemoteError(status === 0 ? 'unreachable' : error.message, status >= 400 && status < 429);
	}

	async function bind(user: string): Promise<void> {
		const known = profileSchema.safeParse(await call('my_profile', {}));
		if (known.success && known.data === null) await saveFace(face());
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
		done.catch(() => {
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

	async function saveFace({ name, color, avatar }: Face): Promise<void> {
		await call('save_profile', { profile: { display_name: name, avatar_seed: avatar, color } });
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
		async face() {
			const parsed = profileSchema.safeParse(await call('my_profile', {}));
			if (!parsed.success || parsed.data === null) return null;
			const { display_name: name, avatar_seed: avatar, color } = parsed.data;
			const read = faceSchema.safeParse({ name, avatar, color });
			return read.success ? read.data : null;
		},
		saveFace,
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
