/**
 * Accounts: the part of Supabase Auth that supabase-js uses, over the tables in `platform.sql`. Sign-up, anonymous or
 * with e-mail and password; password; refresh with rotation (a token that is used again ends its session); own account,
 * read and changed (an anonymous account becomes one with an e-mail); sign-out; links to sign in by; the public key. No
 * mail is sent: the link is handed to whoever started it. An address is believed at once, or, as projects do that ask for
 * it, once the link has been opened that went there.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { issue, read, type Claims, type SigningKey } from './tokens.ts';

/** As long as Supabase's. */
const TOKEN_S = 3_600;
/** Two tabs that refresh at once present one token twice: that is no theft. */
const REUSE_S = 10;
const SHORTEST_PASSWORD = 8;
/** As long as Supabase's are good. */
const LINK_S = 3_600;

export interface AuthRequest {
	readonly method: string;
	/** Behind `/auth/v1`. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: Readonly<Record<string, unknown>>;
	/** Of the Authorization header, or null. */
	readonly token: string | null;
}

export interface AuthAnswer {
	readonly status: number;
	readonly body: unknown;
	/** Where the browser is sent on to. */
	readonly location?: string;
}

interface User {
	readonly id: string;
	readonly email: string | null;
	readonly is_anonymous: boolean;
	readonly raw_user_meta_data: object;
	readonly created_at: Date;
	readonly updated_at: Date;
}

interface Link {
	readonly user: User;
	readonly until: number;
	/** The address that it confirms; null: it only signs in. */
	readonly email: string | null;
}

const COLUMNS = 'id, email, is_anonymous, raw_user_meta_data, created_at, updated_at';

class Refused extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
	) {
		super(code);
	}
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

function publicUser(user: User) {
	return {
		id: user.id,
		aud: 'authenticated',
		role: 'authenticated',
		email: user.email ?? '',
		is_anonymous: user.is_anonymous,
		app_metadata: { provider: user.is_anonymous ? 'anonymous' : 'email' },
		user_metadata: user.raw_user_meta_data,
		identities: [],
		created_at: user.created_at,
		updated_at: user.updated_at,
	};
}

/**
 * @param mail to whom, and the link's path below `/auth/v1`
 * @param confirms whether a new address has to be confirmed
 */
export function createAuth(
	pool: Pool,
	key: SigningKey,
	mail: (to: string, path: string) => void,
	confirms: boolean,
): (request: AuthRequest) => Promise<AuthAnswer> {
	/** By the token of a link. They go with the program: another is asked for then. */
	const links = new Map<string, Link>();

	async function one(sql: string, values: readonly unknown[]): Promise<User | null> {
		return (await pool.query<User>(sql, [...values])).rows[0] ?? null;
	}

	async function session(user: User, sessionId: string) {
		const refreshToken = randomBytes(24).toString('base64url');
		await pool.query('insert into auth.refresh_tokens (token_hash, session_id) values ($1, $2)', [
			hashOf(refreshToken),
			sessionId,
		]);
		const exp = Math.floor(Date.now() / 1000) + TOKEN_S;
		const claims: Claims = {
			sub: user.id,
			aud: 'authenticated',
			role: 'authenticated',
			session_id: sessionId,
			is_anonymous: user.is_anonymous,
			email: user.email ?? '',
			exp,
		};
		return {
			access_token: issue(key, claims),
			token_type: 'bearer',
			expires_in: TOKEN_S,
			expires_at: exp,
			refresh_token: refreshToken,
			user: publicUser(user),
		};
	}

	async function open(user: User) {
		const made = await pool.query<{ id: string }>(
			'insert into auth.sessions (user_id) values ($1) returning id',
			[user.id],
		);
		return session(user, made.rows[0]?.id ?? '');
	}

	async function signUp({ body }: AuthRequest) {
		const [email, password] = [text(body['email'])?.toLowerCase() ?? null, text(body['password'])];
		const data = JSON.stringify(body['data'] ?? {});
		if (email !== null && (password?.length ?? 0) < SHORTEST_PASSWORD)
			throw new Refused(422, 'weak_password');
		const user = await one(
			`insert into auth.users (email, encrypted_password, is_anonymous, raw_user_meta_data)
			values ($1, extensions.crypt($2, extensions.gen_salt('bf', 8)), $1::text is null, $3)
			on conflict (email) do nothing returning ${COLUMNS}`,
			[email, password, data],
		);
		if (user === null) throw new Refused(422, 'user_already_exists');
		return open(user);
	}

	async function signIn({ body }: AuthRequest) {
		const user = await one(
			`select ${COLUMNS} from auth.users where email = $1 and encrypted_password = extensions.crypt($2, encrypted_password)`,
			[text(body['email'])?.toLowerCase(), text(body['password'])],
		);
		if (user === null) throw new Refused(400, 'invalid_credentials');
		return open(user);
	}

	async function refresh({ body }: AuthRequest) {
		const token = hashOf(text(body['refresh_token']) ?? '');
		const fresh = await pool.query<{ session_id: string }>(
			`update auth.refresh_tokens set used_at = coalesce(used_at, now())
			where token_hash = $1 and (used_at is null or used_at > now() - make_interval(secs => $2)) returning session_id`,
			[token, REUSE_S],
		);
		const sessionId = fresh.rows[0]?.session_id;
		if (sessionId === undefined) {
			// Somebody else has had it: nobody goes on with this session.
			await pool.query(
				'delete from auth.sessions where id = (select session_id from auth.refresh_tokens where token_hash = $1)',
				[token],
			);
			throw new Refused(400, 'refresh_token_not_found');
		}
		const user = await one(
			`select ${COLUMNS} from auth.users where id = (select user_id from auth.sessions where id = $1)`,
			[sessionId],
		);
		if (user === null) throw new Refused(400, 'session_not_found');
		return session(user, sessionId);
	}

	async function ownUser(request: AuthRequest): Promise<User> {
		const claims = request.token === null ? null : read(key, request.token);
		const user = await one(
			`select ${COLUMNS} from auth.users where id = (select user_id from auth.sessions where id = $1)`,
			[claims?.['session_id'] ?? null],
		);
		if (user === null) throw new Refused(403, 'session_not_found');
		return user;
	}

	async function change(request: AuthRequest) {
		const user = await ownUser(request);
		const [email, password] = [
			text(request.body['email'])?.toLowerCase() ?? null,
			text(request.body['password']),
		];
		if (password !== null && password.length < SHORTEST_PASSWORD) throw new Refused(422, 'weak_password');
		const isPending = confirms && email !== null && email !== user.email;
		const changed = await one(
			`update auth.users set email = case when $5 then email else coalesce($2, email) end,
				encrypted_password = coalesce(extensions.crypt($3, extensions.gen_salt('bf', 8)), encrypted_password),
				is_anonymous = case when $5 then is_anonymous else coalesce($2, email) is null end,
				raw_user_meta_data = raw_user_meta_data || $4, updated_at = now()
			where id = $1 and not exists (select from auth.users other where other.email = $2 and other.id <> $1) returning ${COLUMNS}`,
			[user.id, email, password, JSON.stringify(request.body['data'] ?? {}), isPending],
		);
		if (changed === null) throw new Refused(422, 'email_exists');
		if (isPending) sendTo(email, { user: changed, email }, 'email_change', request.query);
		return publicUser(changed);
	}

	async function sendLink({ body, query }: AuthRequest) {
		const email = text(body['email'])?.toLowerCase() ?? '';
		const user = await one(`select ${COLUMNS} from auth.users where email = $1`, [email]);
		// As Supabase says it of an address without an account.
		if (user === null) throw new Refused(422, 'otp_disabled');
		sendTo(email, { user, email: null }, 'magiclink', query);
		return {};
	}

	function sendTo(to: string, link: Omit<Link, 'until'>, type: string, query: URLSearchParams): void {
		const token = randomBytes(28).toString('hex');
		links.set(token, { ...link, until: Date.now() + LINK_S * 1000 });
		const back = encodeURIComponent(query.get('redirect_to') ?? '/');
		mail(to, `/verify?token=${token}&type=${type}&redirect_to=${back}`);
	}

	async function byLink(token: string | null) {
		const link = links.get(token ?? '');
		links.delete(token ?? '');
		if (link === undefined || link.until < Date.now()) throw new Refused(403, 'otp_expired');
		if (link.email === null) return open(link.user);
		const confirmed = await one(
			`update auth.users set email = $2, is_anonymous = false, updated_at = now()
			where id = $1 and not exists (select from auth.users other where other.email = $2 and other.id <> $1) returning ${COLUMNS}`,
			[link.user.id, link.email],
		);
		// Somebody else has confirmed the same address since.
		if (confirmed === null) throw new Refused(422, 'email_exists');
		return open(confirmed);
	}

	/** The link itself: back to the page it was asked from, with a session or the reason why there is none. */
	async function follow({ query }: AuthRequest): Promise<AuthAnswer> {
		const back = query.get('redirect_to') ?? '/';
		try {
			const { user: _, ...session } = await byLink(query.get('token'));
			const fields = Object.entries(session).map(([name, value]) => [name, String(value)]);
			const fragment = new URLSearchParams([...fields, ['type', query.get('type') ?? '']]);
			return { status: 303, body: null, location: `${back}#${fragment}` };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			const fragment = new URLSearchParams({
				error: 'access_denied',
				error_code: error.code,
				error_description: 'Email link is invalid or has expired',
			});
			return { status: 303, body: null, location: `${back}#${fragment}` };
		}
	}

	async function route(request: AuthRequest): Promise<unknown> {
		switch (`${request.method} ${request.path}`) {
			case 'POST /signup':
				return signUp(request);
			case 'POST /token':
				return request.query.get('grant_type') === 'refresh_token' ? refresh(request) : signIn(request);
			case 'POST /otp':
				return sendLink(request);
			case 'POST /verify':
				return byLink(text(request.body['token_hash']));
			case 'GET /user':
				return publicUser(await ownUser(request));
			case 'PUT /user':
				return change(request);
			case 'POST /logout': {
				const user = await ownUser(request);
				await pool.query('delete from auth.sessions where user_id = $1', [user.id]);
				return {};
			}
			case 'GET /.well-known/jwks.json':
				return { keys: [key.jwk] };
			case 'GET /health':
				return { name: 'overtrick', version: '1' };
			default:
				throw new Refused(404, 'not_found');
		}
	}

	return async (request) => {
		try {
			if (`${request.method} ${request.path}` === 'GET /verify') return await follow(request);
			return { status: 200, body: await route(request) };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return { status: error.status, body: { code: error.status, error_code: error.code, msg: error.code } };
		}
	};
}
