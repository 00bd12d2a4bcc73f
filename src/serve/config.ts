/**
 * The site's configuration as `npm start` answers it at `/config.json`, from the environment: how browsers that
 * do not see each other find a way. Nothing has to be set on a home network.
 *
 * - `SIGNALLING_URLS`: WebSocket addresses, separated by commas; all are used. Default: this server's own.
 * - `ICE_SERVERS`: a JSON list as RTCPeerConnection takes it, `[{"urls":"stun:stun.example.org"}]`.
 * - `TURN_URLS` and `TURN_SECRET`: addresses of a TURN server, separated by commas, and the secret it shares with
 *   this one (coturn: `use-auth-secret`); every page is given a login of its own that ends by itself.
 * - `SPECTATORS`: how many may watch a table, 0 to 200. Default: 50.
 * - `RELAY`: `off` where players who reach nobody may not play through this server. Default: they may.
 * - `SUPABASE_URL` and `SUPABASE_ANON_KEY`: a Supabase project; with `supabase` among the `SIGNALLING_URLS` its
 *   realtime service is used as well.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

export interface SiteConfig {
	readonly signalling?: readonly string[];
	readonly iceServers: readonly IceServer[];
	/** Left out: it is on. */
	readonly relay?: false;
	/** Left out: as many as the app says. */
	readonly spectators?: number;
	readonly supabase?: { readonly url: string; readonly anonKey: string };
}

interface IceServer {
	readonly urls: string | readonly string[];
	readonly username?: string | undefined;
	readonly credential?: string | undefined;
}

/** Longer than an evening of cards: a link that lives is not asked for its login again, but a new one may be needed. */
const TURN_LOGIN_S = 12 * 60 * 60;

const iceUrl = z.string().regex(/^(stun|stuns|turn|turns):\S+$/, 'an ICE address begins with stun: or turn:');
const iceServers = z.array(
	z.strictObject({
		urls: z.union([iceUrl, z.array(iceUrl).min(1)]),
		username: z.string().optional(),
		credential: z.string().optional(),
	}),
);
const signallingUrl = z
	.string()
	.regex(/^((wss?:\/\/|\/)\S*|supabase)$/, 'a signalling address begins with wss://, ws:// or /');
const spectatorLimit = z.coerce.number().int().min(0).max(200).optional();
const supabase = z.strictObject({ url: z.url({ protocol: /^https?$/ }), anonKey: z.string().min(1) });

/**
 * Reads the environment once; what it gives makes the answer to one request.
 * @param now the time of the request in ms since 1970
 * @throws Error naming the variable that makes no sense
 */
export function readSiteConfig(env: Readonly<NodeJS.ProcessEnv>): (now: number) => SiteConfig {
	const signalling = listOf(env, 'SIGNALLING_URLS', signallingUrl);
	const turn = listOf(env, 'TURN_URLS', iceUrl);
	const fixed = parse('ICE_SERVERS', iceServers, fromJson('ICE_SERVERS', env['ICE_SERVERS'] ?? '[]'));
	const secret = env['TURN_SECRET'] ?? '';
	if (turn.length > 0 && secret === '') throw new Error('TURN_URLS is set without TURN_SECRET');
	const relay = parse('RELAY', z.enum(['on', 'off']), env['RELAY'] || 'on');
	const spectators = parse('SPECTATORS', spectatorLimit, env['SPECTATORS'] || undefined);
	const project = readSupabase(env);
	if (signalling.includes('supabase') && project === null)
		throw new Error('SIGNALLING_URLS names supabase, but SUPABASE_URL is not set');
	return (now) => ({
		...(signalling.length === 0 ? {} : { signalling }),
		...(relay === 'on' ? {} : { relay: false }),
		...(spectators === undefined ? {} : { spectators }),
		...(project === null ? {} : { supabase: project }),
		iceServers: turn.length === 0 ? fixed : [...fixed, { urls: turn, ...turnLogin(secret, now) }],
	});
}

/**
 * Answers `/config.json`, below any base path; false for a request of anything else. The answer may hold a login:
 * no other site may read it, and nothing keeps it.
 */
export function answerConfig(
	request: IncomingMessage,
	response: ServerResponse,
	config: (now: number) => SiteConfig,
): boolean {
	if (!/\/config\.json(\?|$)/.test(request.url ?? '')) return false;
	const body = JSON.stringify(config(Date.now()));
	response.writeHead(200, {
		'Content-Type': 'application/json; charset=utf-8',
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'X-Content-Type-Options': 'nosniff',
	});
	response.end(request.method === 'HEAD' ? undefined : body);
	return true;
}

function readSupabase(env: Readonly<NodeJS.ProcessEnv>): NonNullable<SiteConfig['supabase']> | null {
	// Either pair of names: as Supabase's own tools call them, and as sites do whose pages are given them.
	const url = (env['SUPABASE_URL'] ?? '') || (env['PUBLIC_SUPABASE_URL'] ?? '');
	const anonKey = (env['SUPABASE_ANON_KEY'] ?? '') || (env['PUBLIC_SUPABASE_KEY'] ?? '');
	if (url === '' && anonKey === '') return null;
	return parse('SUPABASE_URL, SUPABASE_ANON_KEY', supabase, { url, anonKey });
}

/** A login as TURN servers with a shared secret check it: its end in seconds, and the HMAC of that. */
function turnLogin(secret: string, now: number): { username: string; credential: string } {
	const username = String(Math.floor(now / 1000) + TURN_LOGIN_S);
	return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

function listOf(env: Readonly<NodeJS.ProcessEnv>, name: string, item: z.ZodType<string>): string[] {
	const parts = (env[name] ?? '').split(',').map((part) => part.trim());
	return parse(name, z.array(item), parts.filter(Boolean));
}

function fromJson(name: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Error(`${name} is no JSON`);
	}
}

function parse<T>(name: string, schema: z.ZodType<T>, input: unknown): T {
	const parsed = schema.safeParse(input);
	if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
	return parsed.data;
}
