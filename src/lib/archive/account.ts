/**
 * Who this browser is to the site's archive. Nobody is asked to sign up: the first time something is sent there is an
 * anonymous account, which holds the key of this device; an e-mail may be put to it later, or another account be signed
 * in to, and what this device has played goes along.
 *
 *     const account = createAccount({ client, identity, face: () => profile.face });
 *     await account.ready();
 */
import type { AuthError, Session } from '@supabase/supabase-js';
import * as z from 'zod/mini';
import { concatBytes, encodeBase64url, utf8 } from '../game/bytes.ts';
import { faceSchema, playerIdSchema } from '../game/table-parse.ts';
import { MAX_NAME_LENGTH, type Face, type PlayerId } from '../game/table-types.ts';
import type { Identity } from '../room/keys.ts';
import { callsOf, type ArchiveClient } from './calls.ts';
import type { Json } from './database-types.ts';
import type { MailLink } from './mail-link.ts';
import { RemoteError } from './remote.ts';

const CLAIM_DOMAIN = utf8('overtrick/account/1\0');

export type AccountState =
	| { readonly type: 'nobody' }
	| { readonly type: 'anonymous' }
	| { readonly type: 'email'; readonly email: string };

/** `code` is Supabase's or the archive's word, or `unreachable`. */
export type AccountAnswer = { readonly ok: true } | Refused;
interface Refused {
	readonly ok: false;
	readonly code: string;
}

/** Whom the link of a mail signs in. */
export interface LinkHolder {
	readonly ok: true;
	/** null where that is not known before it is used. */
	readonly email: string | null;
	/** The account that is signed in here. */
	readonly isOwn: boolean;
}

/** Everything the archive keeps of an account's own player. */
export interface AccountProfile {
	/** Of the player in the archive. */
	readonly id: string;
	/** null until one is chosen. */
	readonly username: string | null;
	readonly face: Face;
	readonly preferences: Readonly<Record<string, Json>>;
	/** Keys of all its devices. */
	readonly keys: readonly PlayerId[];
	/** ms since 1970. */
	readonly updatedAt: number;
}

/** What is left out stays. */
export interface ProfileChange {
	readonly face?: Face;
	readonly preferences?: Readonly<Record<string, Json>>;
}

export interface Account {
	readonly state: AccountState;
	/** The state once what this browser remembers has been read. */
	known(): Promise<AccountState>;
	/** Called at once and after every change; gives what ends it. */
	subscribe(listener: (state: AccountState) => void): () => void;
	/** Resolves once there is an account that holds this device's key. @throws {RemoteError} */
	ready(): Promise<void>;
	/**
	 * Puts an e-mail and a password to the account there is, the anonymous one included.
	 * @param password empty: links by mail sign in to it, and nothing else
	 * @returns `isSent`: the address holds once the link has been opened that went there; until then nothing is changed
	 */
	addEmail(
		email: string,
		password: string,
	): Promise<{ readonly ok: true; readonly isSent: boolean } | Refused>;
	signIn(email: string, password: string): Promise<AccountAnswer>;
	/** Sends a link that signs in whoever opens it, on whatever device. */
	sendLink(email: string): Promise<AccountAnswer>;
	/** Who would be signed in by a link; uses nothing up. */
	whoseLink(link: MailLink): Promise<LinkHolder | Refused>;
	/** Signs in by it; what this device has played goes along. A link that fails leaves who is signed in as it was. */
	followLink(link: MailLink): Promise<AccountAnswer>;
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
	readonly client: ArchiveClient;
	/**
	 * A client that nobody has signed in to and that keeps nothing: a token that is not good any more is asked about there,
	 * for the library drops the session of whoever it is asked by, and an anonymous account is lost with its session.
	 */
	readonly stranger: () => ArchiveClient;
	readonly identity: Pick<Identity, 'player' | 'sign'>;
	/** What a new account is called. */
	readonly face: () => Face;
	/** The page that links of mails lead to, in full; it must be among those that the project allows. */
	readonly returnTo: string;
	/**
	 * Somebody has just signed in, or an account has been made: its player is there.
	 * @param holdsKey false where this device belongs to another account with an e-mail
	 */
	readonly onBound?: (holdsKey: boolean) => void;
}

/** Of another version of the program, perhaps. Whatever an answer holds is JSON. */
const json = z.custom<Json>((value) => value !== undefined);
const profileSchema = z.nullable(
	z.object({
		id: z.string(),
		username: z.nullable(z.string()),
		display_name: z.string(),
		avatar_seed: z.number(),
		color: z.number(),
		// Not z.record: nothing else on a first visit needs it, and all of zod is one file.
		preferences: z.catchall(z.object({}), json),
		keys: z.array(playerIdSchema),
		updated_at: z.string(),
	}),
);

export function createAccount(options: AccountOptions): Account {
	const { client, stranger, identity, face, returnTo, onBound = () => undefined } = options;
	let state: AccountState = { type: 'nobody' };
	/** By user: its player exists and holds the key. */
	let bound: { readonly user: string; readonly done: Promise<boolean> } | null = null;
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

	// The session is there already, or is what the call is for.
	const call = callsOf(client, () => Promise.resolve());

	/** Gives whether it holds the key. */
	async function bind(user: string): Promise<boolean> {
		const own = await profile();
		if (own === null) await saveProfile({ face: face() });
		// Claimed before: the archive takes few claims an hour, and every page that is opened comes here.
		else if (own.keys.includes(identity.player)) return true;
		const signature = await identity.sign(concatBytes(CLAIM_DOMAIN, utf8(user)));
		try {
			const proof = { public_key: identity.player, signature: encodeBase64url(signature) };
			await call('claim_key', proof, z.unknown());
			return true;
		} catch (error) {
			// This device belongs to another account with an e-mail: the account is signed in all the same.
			if (!(error instanceof RemoteError) || error.code !== 'key_of_another_account') throw error;
			return false;
		}
	}

	function bindOnce(user: string): Promise<boolean> {
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
		if (data.session !== null) {
			await bindOnce(data.session.user.id);
			return;
		}
		const { data: made, error } = await client.auth.signInAnonymously();
		if (error !== null || made.user === null) throw new RemoteError(codeOf(error), false);
		await bindOnce(made.user.id);
	}

	async function profile(): Promise<AccountProfile | null> {
		const own = await call('my_profile', {}, profileSchema);
		if (own === null) return null;
		const { id, username, display_name: name, avatar_seed: avatar, color, ...rest } = own;
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
		const changes = { ...columns, ...(preferences === undefined ? {} : { preferences }) };
		await call('save_profile', { profile: changes }, z.unknown());
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

	async function whoseLink(link: MailLink): Promise<LinkHolder | Refused> {
		if (link.type === 'failed') return { ok: false, code: link.code };
		// A token is good for one look.
		if (link.type === 'token') return { ok: true, email: null, isOwn: false };
		const { data, error } = await stranger().auth.getUser(link.accessToken);
		if (error !== null) return { ok: false, code: linkCodeOf(error) };
		const { data: own } = await client.auth.getSession();
		return { ok: true, email: data.user.email ?? null, isOwn: own.session?.user.id === data.user.id };
	}

	async function follow(link: MailLink): Promise<AuthError | null> {
		if (link.type === 'failed') throw new RemoteError(link.code, true);
		const tokens = await tokensOf(link);
		if (!('access_token' in tokens)) return tokens;
		const { data, error } = await client.auth.setSession(tokens);
		if (error !== null) return error;
		if (data.user !== null) await bindOnce(data.user.id);
		return null;
	}

	/** Of a link that is good; else what is wrong with it. */
	async function tokensOf(
		link: Exclude<MailLink, { type: 'failed' }>,
	): Promise<Pick<Session, 'access_token' | 'refresh_token'> | AuthError> {
		if (link.type === 'session') {
			const { error } = await stranger().auth.getUser(link.accessToken);
			if (error !== null) throw new RemoteError(linkCodeOf(error), true);
			return { access_token: link.accessToken, refresh_token: link.refreshToken };
		}
		const { data, error } = await stranger().auth.verifyOtp({ token_hash: link.hash, type: link.kind });
		if (error !== null) return error;
		if (data.session === null) throw new RemoteError('unknown_answer', false);
		return data.session;
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
		async addEmail(email, password) {
			let isSent = false;
			const answer = await answered(async () => {
				await ready();
				const change = password === '' ? { email } : { email, password };
				const { data, error } = await client.auth.updateUser(change, { emailRedirectTo: returnTo });
				isSent = error === null && data.user.email?.toLowerCase() !== email.trim().toLowerCase();
				return error;
			});
			return answer.ok ? { ok: true, isSent } : answer;
		},
		signIn: (email, password) =>
			answered(async () => {
				const { data, error } = await client.auth.signInWithPassword({ email, password });
				if (error !== null) return error;
				await bindOnce(data.user.id);
				return null;
			}),
		sendLink: (email) =>
			answered(async () => {
				// Whoever has played here has an account already; an address that is mistyped makes no second one.
				const options = { shouldCreateUser: false, emailRedirectTo: returnTo };
				return (await client.auth.signInWithOtp({ email, options })).error;
			}),
		whoseLink,
		followLink: (link) => answered(() => follow(link)),
		signOut: () =>
			answered(async () => {
				bound = null;
				return (await client.auth.signOut({ scope: 'local' })).error;
			}),
		remove: () =>
			answered(async () => {
				await call('delete_my_account', {}, z.unknown());
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
				await call('save_profile', { profile: { username } }, z.unknown());
				return null;
			}),
		close() {
			watching.subscription.unsubscribe();
			listeners.clear();
		},
	};
}

/** A session that has ended, an account that is gone, bytes that are no token: for its owner the link is used up. */
function linkCodeOf(error: AuthError): string {
	const code = codeOf(error);
	return code === 'unreachable' ? code : 'otp_expired';
}

function codeOf(error: AuthError | null): string {
	if (error === null) return 'unknown_answer';
	if (error.name === 'AuthRetryableFetchError') return 'unreachable';
	return error.code ?? 'unknown_answer';
}
