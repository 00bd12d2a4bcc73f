/**
 * The built app on a port of its own, for the browser suites and the benches: one production build, made when
 * the last one is older than the sources, in a folder that no other build touches.
 *
 *     const app = await startApp();
 *     await page.goto(app.url);
 *     await app.close();
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp, isBuildFresh } from '../src/serve/build.ts';
import { startServer } from '../src/serve/server.ts';
import { attachSignalling } from '../src/serve/signalling.ts';

const project = resolve(import.meta.dirname, '..');
const folder = join(project, 'node_modules/.cache/overtrick');
const build = resolve(project, process.env['TEST_BUILD_DIR'] ?? join(folder, 'build'));

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
}

export async function startApp({ root, port = 0 }: StartOptions = {}): Promise<RunningApp> {
	const server = await startServer({
		root: root ?? (await builtApp()),
		port,
		// No ICE servers: the browsers of one machine find each other by themselves.
		config: () => ({ iceServers: [] }),
		attach: (http) => attachSignalling(http),
	});
	return { url: `http://localhost:${server.port}`, port: server.port, close: () => server.close() };
}

/** The folder of the production build, made first if need be. */
export async function builtApp(): Promise<string> {
	await freshBuild();
	return build;
}

/** Two runs at once share one build: the second waits for the first. */
async function freshBuild(): Promise<void> {
	await mkdir(folder, { recursive: true });
	const lock = `${build}.lock`;
	while (!(await tryLock(lock))) await sleep(LOCK_POLL_MS);
	try {
		if (await isBuildFresh(project, build)) return;
		console.error('Building the app for the browsers ...');
		await buildApp(project, build);
	} finally {
		await rm(lock, { recursive: true, force: true });
	}
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
