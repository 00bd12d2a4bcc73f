/**
 * The built app on a port of its own, for the browser suites and the benches. Each state of the sources is built
 * once, into a folder of its own that nothing changes afterwards, so that runs can share it while others build.
 *
 *     const app = await startApp();
 *     await page.goto(app.url);
 *     await app.close();
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp, sourcesChangedMs } from '../src/serve/build.ts';
import { startServer } from '../src/serve/server.ts';
import { attachSignalling } from '../src/serve/signalling.ts';

const project = resolve(import.meta.dirname, '..');
const folder = join(project, 'node_modules/.cache/overtrick');
/** Builds kept: the run that uses the oldest has long ended when a fourth is made. */
const KEPT_BUILDS = 3;
/** A build takes seconds, minutes on a busy machine; a lock older than this was left by a killed run. */
const LOCK_STALE_MS = 5 * 60_000;
const LOCK_POLL_MS = 250;

export interface RunningApp {
	/** `http://localhost:<port>`, without a slash at its end: localhost is a secure context. */
	readonly url: string;
	readonly port: number;
	close(): Promise<void>;
}

export interface StartOptions {
	/** A folder to serve instead of the build: a changed copy of it. */
	readonly root?: string;
	/** Any free port when left out. */
	readonly port?: number;
	/** The archive of the site; none when left out. */
	readonly supabase?: { readonly url: string; readonly anonKey: string };
}

export async function startApp({ root, port = 0, supabase }: StartOptions = {}): Promise<RunningApp> {
	const server = await startServer({
		root: root ?? (await builtApp()),
		port,
		// No ICE servers: the browsers of one machine find each other by themselves.
		config: () => ({ iceServers: [], ...(supabase === undefined ? {} : { supabase }) }),
		attach: (http) => attachSignalling(http),
	});
	return { url: `http://localhost:${server.port}`, port: server.port, close: () => server.close() };
}

/**
 * The folder of the production build of the sources as they are, made first if need be. A run that has one already
 * (BUILT_APP) keeps to it.
 */
export async function builtApp(): Promise<string> {
	const given = process.env['BUILT_APP'];
	if (given !== undefined) return given;
	await mkdir(folder, { recursive: true });
	const lock = join(folder, 'lock');
	while (!(await tryLock(lock))) await sleep(LOCK_POLL_MS);
	try {
		const build = join(folder, `build-${Math.floor(await sourcesChangedMs(project)).toString(36)}`);
		if (await isFolder(build)) return build;
		console.error('Building the app for the browsers ...');
		const making = join(folder, 'making');
		await buildApp(project, making);
		await rename(making, build);
		await dropOldBuilds();
		return build;
	} finally {
		await rm(lock, { recursive: true, force: true });
	}
}

async function dropOldBuilds(): Promise<void> {
	// Named by time in base 36, all of one length until the year 2059: sorted by name is sorted by age.
	const builds = (await readdir(folder)).filter((name) => name.startsWith('build-')).sort();
	for (const name of builds.slice(0, -KEPT_BUILDS)) await rm(join(folder, name), { recursive: true });
}

async function isFolder(path: string): Promise<boolean> {
	const found = await stat(path).catch(() => null);
	return found !== null && found.isDirectory();
}

async function tryLock(lock: string): Promise<boolean> {
	try {
		// Making a folder is the one step that the file system lets only one of two do.
		await mkdir(lock);
		return true;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		const held = await stat(lock).catch(() => null);
		if (held !== null && Date.now() - held.mtimeMs > LOCK_STALE_MS)
			await rm(lock, { recursive: true, force: true });
		return false;
	}
}
