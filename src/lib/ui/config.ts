/**
 * How this site connects people: ICE servers and signalling, from `config.json` beside the app, so that a built
 * site can be configured without building it again. `npm start` answers it from the environment.
 */
import * as z from 'zod/mini';
import { asset } from '$app/paths';

export interface AppConfig {
	/** WebSocket addresses; all are used. */
	readonly signalling: readonly string[];
	readonly iceServers: readonly RTCIceServer[];
}

const text = z.string().check(z.minLength(1));
const configSchema = z.object({
	/** Relative addresses are of this site. */
	signalling: z._default(z.array(text), ['/signal']),
	iceServers: z._default(
		z.array(
			z.object({
				urls: z.union([text, z.array(text)]),
				username: z.optional(text),
				credential: z.optional(text),
			}),
		),
		[],
	),
});

/** A configuration that cannot be had must not keep neighbours apart. ms */
const LOAD_WITHIN_MS = 3_000;

/** The site's configuration; the defaults when there is none. Rejects when it does not parse: its owner wants to know. */
export async function loadConfig(): Promise<AppConfig> {
	const parsed = configSchema.safeParse(await fetchConfig());
	if (!parsed.success) throw new Error('config.json of this site is not understood');
	const { signalling, iceServers } = parsed.data;
	return {
		signalling: signalling.map(socketAddress),
		iceServers: iceServers.map(({ urls, username, credential }) => ({
			urls,
			...(username === undefined ? {} : { username }),
			...(credential === undefined ? {} : { credential }),
		})),
	};
}

async function fetchConfig(): Promise<unknown> {
	try {
		const response = await fetch(asset('/config.json'), { signal: AbortSignal.timeout(LOAD_WITHIN_MS) });
		return response.ok ? ((await response.json()) as unknown) : {};
	} catch {
		// Offline, or no such file: the defaults serve.
		return {};
	}
}

function socketAddress(url: string): string {
	const address = new URL(url, location.href);
	address.protocol = address.protocol.replace('http', 'ws');
	return address.href;
}
