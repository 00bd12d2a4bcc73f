/**
 * Finds a Chromium that really launches, for the browser suites, the benches and Lighthouse: CHROME_PATH, then
 * Playwright's own, then one of the system; when there is none it is installed, by Playwright or as root by apt.
 *
 *     const { executablePath, args } = await findBrowser();
 *     await chromium.launch({ executablePath, args });
 */
import { chromium, type Browser } from 'playwright';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface FoundBrowser {
	readonly executablePath: string;
	/** Flags for every use: sandbox as the user allows, and no calls home. */
	readonly args: string[];
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_PATHS = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** Longer than any cold start on a busy machine; a browser that hangs longer is of no use. */
const LAUNCH_TIMEOUT_MS = 60_000;
const INSTALL_TIMEOUT_MS = 10 * 60_000;

const QUIET = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--no-default-browser-check',
	'--no-first-run',
];

/**
 * What two pages of one machine need to find each other by WebRTC without any server: addresses in the open
 * and links over the loopback. The context must permit camera and microphone as well, or a machine without a
 * default route gathers no address at all.
 */
export const WEBRTC_ARGS = [
	'--disable-features=WebRtcHideLocalIpsWithMdns',
	'--allow-loopback-in-peer-connection',
];

let found: Promise<FoundBrowser> | undefined;

/**
 * The browser to use; looked for once in a process, and handed to child processes as CHROME_PATH by the caller.
 * @throws Error of one line saying what to do when there is none and none can be installed
 */
export function findBrowser(): Promise<FoundBrowser> {
	found ??= search();
	return found;
}

/** The browser of the suites and benches: launched, and able to link its own pages by WebRTC. */
export async function launchBrowser(): Promise<Browser> {
	const { executablePath, args } = await findBrowser();
	return chromium.launch({ executablePath, args: [...args, ...WEBRTC_ARGS], timeout: LAUNCH_TIMEOUT_MS });
}

async function search(): Promise<FoundBrowser> {
	const args = process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : [...QUIET];
	const wanted = process.env['CHROME_PATH'];
	if (wanted !== undefined && wanted !== '') {
		const problem = await tryLaunch(wanted, args);
		if (problem === null) return { executablePath: wanted, args };
		throw new Error(`CHROME_PATH is ${wanted}, which does not start: ${problem}`);
	}
	const here = await firstThatLaunches(candidates(), args);
	if (here !== null) return here;

	console.error('No Chromium found; installing one ...');
	await run(process.execPath, [join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium']);
	const downloaded = await firstThatLaunches(candidates(), args);
	if (downloaded !== null) return downloaded;

	if (process.getuid?.() === 0 && onPath('apt-get') !== null) {
		await run('apt-get', ['update', '-qq']);
		await run('apt-get', ['install', '-y', '-qq', 'chromium']);
		const installed = await firstThatLaunches(candidates(), args);
		if (installed !== null) return installed;
	}
	throw new Error(
		'No Chromium starts here: install one (apt-get install chromium), or name one in CHROME_PATH.',
	);
}

function candidates(): string[] {
	const own = chromium.executablePath();
	return [own, ...SYSTEM_NAMES.map(onPath), ...MAC_PATHS].filter(
		(path): path is string => path !== null && path !== '' && existsSync(path),
	);
}

async function firstThatLaunches(paths: readonly string[], args: string[]): Promise<FoundBrowser | null> {
	for (const executablePath of paths) {
		const problem = await tryLaunch(executablePath, args);
		if (problem === null) return { executablePath, args };
		console.error(`${executablePath} does not start: ${problem}`);
	}
	return null;
}

/** null when it starts and opens a page, else the first line of what went wrong. */
async function tryLaunch(executablePath: string, args: string[]): Promise<string | null> {
	try {
		const browser = await chromium.launch({ executablePath, args, timeout: LAUNCH_TIMEOUT_MS });
		try {
			await browser.newPage();
		} finally {
			await browser.close();
		}
		return null;
	} catch (error) {
		return String(error instanceof Error ? error.message : error).split('\n')[0] ?? 'no reason given';
	}
}

function onPath(name: string): string | null {
	for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
		const path = join(folder, name);
		if (folder !== '' && existsSync(path)) return path;
	}
	return null;
}

/** Runs a command to its end, showing what it prints on standard error; failure is judged by what is there after. */
function run(command: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			stdio: ['ignore', 2, 2],
			timeout: INSTALL_TIMEOUT_MS,
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		child.on('error', (error) => {
			console.error(`${command}: ${error.message}`);
			resolve();
		});
		child.on('close', () => resolve());
	});
}
