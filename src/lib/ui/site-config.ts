/**
 * What `config.json` beside the app may say of a site: how its players find and reach each other. A field that makes
 * no sense counts as left out, and the owner is told which and why: a typing error must not keep neighbours apart.
 *
 *     const { config, problem } = parseConfig(await response.json(), 'https://example.org/cards/');
 */
import * as z from 'zod/mini';

export interface SiteConfig {
	/** WebSocket addresses, and `supabase` for its realtime service; all are used at once. */
	readonly signalling: readonly string[];
	readonly iceServers: readonly RTCIceServer[];
	/** Whether players who reach nobody may play through the signalling server. */
	readonly relay: boolean;
	/** How many may watch a table; null: as many as the program says. */
	readonly spectators: number | null;
	readonly supabase: { readonly url: string; readonly anonKey: string } | null;
}

export interface ParsedConfig {
	readonly config: SiteConfig;
	/** For the owner of the site, in English; null when all of it was understood. */
	readonly problem: string | null;
}

/** In the list of signalling addresses: the realtime service of the site's Supabase project. */
export const SUPABASE = 'supabase';
/** Of what `npm start` serves, relative to the app. */
const OWN_SIGNALLING = 'signal';

const text = z.string().check(z.minLength(1));
const iceUrl = z.string().check(z.regex(/^(stun|turn)s?:./));
const FIELDS = {
	signalling: z.array(text),
	iceServers: z.array(
		z
			.object({
				urls: z.union([iceUrl, z.array(iceUrl)]),
				username: z.optional(text),
				credential: z.optional(text),
			})
			// A browser that is given one without makes no connection at all.
			.check(
				z.refine(
					({ urls, username, credential }) =>
						![urls].flat().some((url) => url.startsWith('turn')) || (username && credential),
				),
			),
	),
	relay: z.boolean(),
	// Pages link with at most 256 others.
	spectators: z.int().check(z.gte(0), z.lte(200)),
	supabase: z.object({ url: z.string().check(z.regex(/^https?:\/\/./)), anonKey: text }),
};

/** @param app address of the app, with the base path and a slash at the end: other addresses may be relative to it */
export function parseConfig(input: unknown, app: string): ParsedConfig {
	const problems: string[] = [];
	const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
	if (!isObject) problems.push('it is no JSON object');
	const given = new Map(isObject ? Object.entries(input) : []);

	const read = <T>(name: string, schema: z.ZodMiniType<T>): T | null => {
		const value: unknown = given.get(name);
		if (value === undefined) return null;
		const parsed = schema.safeParse(value);
		if (parsed.success) return parsed.data;
		const [issue] = parsed.error.issues;
		problems.push(`${[name, ...(issue?.path ?? [])].join('.')} is not understood`);
		return null;
	};

	const supabase = read('supabase', FIELDS.supabase);
	const signalling: string[] = [];
	for (const entry of read('signalling', FIELDS.signalling) ?? [OWN_SIGNALLING]) {
		const address = entry === SUPABASE ? SUPABASE : socketAddress(entry, app);
		if (address === null) problems.push(`signalling: "${entry}" is no address of a WebSocket`);
		else if (address === SUPABASE && supabase === null) problems.push('signalling: there is no "supabase"');
		else signalling.push(address);
	}
	const iceServers = (read('iceServers', FIELDS.iceServers) ?? []).map(({ urls, username, credential }) => ({
		urls,
		...(username === undefined ? {} : { username }),
		...(credential === undefined ? {} : { credential }),
	}));
	const relay = read('relay', FIELDS.relay) ?? true;
	const spectators = read('spectators', FIELDS.spectators);
	const config = { signalling: [...new Set(signalling)], iceServers, relay, spectators, supabase };
	const problem = problems.length === 0 ? null : `config.json of this site: ${problems.join('; ')}`;
	return { config, problem };
}

/** Null for what is no address, or one that no WebSocket can have. */
function socketAddress(entry: string, app: string): string | null {
	if (!URL.canParse(entry, app)) return null;
	const address = new URL(entry, app);
	if (!/^(https?|wss?):$/.test(address.protocol)) return null;
	// A page with https may open no other.
	address.protocol = address.protocol.replace('http', 'ws');
	address.hash = '';
	return address.href;
}
