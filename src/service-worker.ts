/**
 * The app without a network: everything of one version is fetched when the worker is installed and served from
 * there, so a page never mixes two versions. Any address inside the app opens, deep links included.
 *
 * - An update is fetched beside the running version and waits; the page offers it (ui/updates.svelte.ts).
 * - The version before is kept: a tab that was open during an update still finds its scripts.
 * - Signalling, its configuration and `_app/version.json` are always asked of the network.
 */
/// <reference types="@sveltejs/kit" />
import { base, build, files, prerendered, version } from '$service-worker';

// The DOM library knows `self` as a window; in here it is the worker.
declare const self: ServiceWorkerGlobalScope & typeof globalThis;

/** Two deployments on one host, at different paths, keep out of each other's caches. */
const PREFIX = `overtrick${base}-`;
const CACHE = `${PREFIX}${version}`;
/** Where the name of the version in charge is kept, for the one that follows it. */
const LEDGER = `overtrick${base}:ledger`;
const IN_CHARGE = `${base}/version-in-charge`;
/** The page that finds any address itself; the adapter writes it, and no list names it. */
const FALLBACK = `${base}/200.html`;
const IMMUTABLE = `${base}/_app/immutable/`;
const NEVER_CACHED: readonly string[] = ['/signal', '/config.json', '/_app/version.json'].map(
	(path) => base + path,
);

const pages = new Set(prerendered.map(withoutSlash));

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => {
	// What workbox-window sends when somebody has accepted the update.
	const data: unknown = event.data;
	if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING') {
		void self.skipWaiting();
	}
});
self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== self.location.origin) return;
	if (NEVER_CACHED.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`))) return;
	event.respondWith(request.mode === 'navigate' ? page(request, url) : file(request, url));
});

/** Fetches all of this version, or fails as a whole and is tried again at the next visit. */
async function fill(): Promise<void> {
	const cache = await caches.open(CACHE);
	const hashed = build.map((path) => keep(cache, path, 'default'));
	// Their names do not change with their content: the browser's own cache may hold the last version's.
	const listed = files.filter((path) => !NEVER_CACHED.includes(path));
	const named = [...listed, ...prerendered, FALLBACK].map((path) => keep(cache, path, 'reload'));
	try {
		await Promise.all([...hashed, ...named]);
	} catch (error) {
		await caches.delete(CACHE);
		throw error;
	}
}

async function keep(cache: Cache, path: string, mode: RequestCache): Promise<void> {
	const response = await fetch(path, { cache: mode });
	if (!response.ok) throw new Error(`${path} answered ${response.status}`);
	// A navigation may not be answered with a response that was redirected on its way here.
	await cache.put(path, response.redirected ? new Response(response.body, response) : response);
}

/**
 * Keeps this version and the one that was in charge until now, whose tabs may still be open; drops all others. Then
 * takes in pages that were loaded without a worker.
 */
async function takeOver(): Promise<void> {
	const ledger = await caches.open(LEDGER);
	const before = await (await ledger.match(IN_CHARGE))?.text();
	if (before !== CACHE) await ledger.put(IN_CHARGE, new Response(CACHE));
	const versions = (await caches.keys()).filter((key) => key.startsWith(PREFIX));
	await Promise.all(
		versions.filter((key) => key !== CACHE && key !== before).map((key) => caches.delete(key)),
	);
	await self.clients.claim();
}

async function page(request: Request, url: URL): Promise<Response> {
	const cache = await caches.open(CACHE);
	const path = withoutSlash(url.pathname);
	const kept =
		(pages.has(path) ? await cache.match(path, { ignoreSearch: true }) : undefined) ??
		(await cache.match(`${path}/`, { ignoreSearch: true })) ??
		// A picture or a licence opened by its address.
		(await cache.match(url.pathname)) ??
		(await cache.match(FALLBACK));
	return kept ?? fetch(request);
}

async function file(request: Request, url: URL): Promise<Response> {
	if (!url.pathname.startsWith(IMMUTABLE)) {
		return (await (await caches.open(CACHE)).match(request, { ignoreSearch: true })) ?? fetch(request);
	}
	// The hash in the name says what is inside, so any version's copy is right.
	const kept = await caches.match(request);
	if (kept) return kept;
	const fresh = await fetch(request);
	if (fresh.ok) await (await caches.open(CACHE)).put(request, fresh.clone());
	return fresh;
}

function withoutSlash(path: string): string {
	return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
