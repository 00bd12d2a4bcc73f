/**
 * Builds the app when the build is missing or older than what it is made from, so that `npm start` is the one
 * command there is.
 */
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Everything a build depends on, relative to the project. */
const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json', '.env'];
/** Files beside the sources that never end up in a build. */
const NOT_BUILT = /\.(test|spec|bench)\.ts$/;
/** Written by every build, whatever pages there are. */
const MARK = '200.html';

/** Whether the build in the folder is younger than every source. */
export async function isBuildFresh(project: string, build: string): Promise<boolean> {
	const built = await modifiedMs(join(build, MARK));
	return built !== null && built >= (await sourcesChangedMs(project));
}

/** When anything that a build is made from was last changed, ms since 1970. */
export async function sourcesChangedMs(project: string): Promise<number> {
	return Math.max(...(await Promise.all(SOURCES.map((source) => newestMs(join(project, source))))));
}

/**
 * Runs the production build into the folder; what it prints is shown only when it fails.
 * @throws Error with the builder's own words when the build fails
 */
export async function buildApp(project: string, build: string): Promise<void> {
	const require = createRequire(join(project, 'package.json'));
	const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
	const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: project,
		env: { ...process.env, BUILD_DIR: build, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) throw new Error(`the build failed:\n${output}`);
}

/** The time of the last change at or below the path, ms; 0 when there is nothing. */
async function newestMs(path: string): Promise<number> {
	const own = await modifiedMs(path);
	if (own === null) return 0;
	const inside = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
	let newest = inside.length === 0 ? own : 0;
	for (const entry of inside) {
		if (!entry.isFile() || NOT_BUILT.test(entry.name)) continue;
		newest = Math.max(newest, (await modifiedMs(join(entry.parentPath, entry.name))) ?? 0);
	}
	return newest;
}

async function modifiedMs(path: string): Promise<number | null> {
	const found = await stat(path).catch(() => null);
	return found === null ? null : found.mtimeMs;
}
