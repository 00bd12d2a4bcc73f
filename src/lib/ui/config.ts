/**
 * How this site connects people, from `config.json` beside the app, so that a built site can be configured without
 * building it again. `npm start` and the development server answer it from the environment.
 */
import { asset, resolve } from '$app/paths';
import { parseConfig, type SiteConfig } from './site-config.ts';

/** A configuration that cannot be had must not keep neighbours apart. ms */
const LOAD_WITHIN_MS = 3_000;

/** The site's configuration; the defaults for what there is none of. What is wrong with it is said to its owner. */
export async function loadConfig(): Promise<SiteConfig> {
	const { config, problem } = parseConfig(await fetchConfig(), location.origin + resolve('/'));
	if (problem !== null) console.error(problem);
	return config;
}

async function fetchConfig(): Promise<unknown> {
	try {
		const response = await fetch(asset('/config.json'), { signal: AbortSignal.timeout(LOAD_WITHIN_MS) });
		// Many static hosts answer a page for a file they do not have.
		const isJson = response.headers.get('content-type')?.includes('json') ?? false;
		return response.ok && isJson ? parseJson(await response.text()) : {};
	} catch {
		// Offline: the defaults serve.
		return {};
	}
}

/** Null for what is no JSON, which no configuration is either. */
function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return null;
	}
}
