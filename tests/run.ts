/**
 * `npm test`: every suite in order, what each prints as it goes, a failure stopping none of those behind it, and
 * what failed once more by its name, and the sum as the last line: `N passed, N failed`. Exit 1 on any failure, and on
 * a suite that ran nothing.
 *
 *     npm test                     everything
 *     npm test -- types units      these suites
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { findBrowser } from './browser.ts';

interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** What failed, by name. */
	readonly failures: readonly string[];
}

interface Suite {
	readonly name: string;
	run(): Promise<Counts>;
}

interface Outcome {
	/** null when it was ended by a signal, a time-out for one. */
	readonly code: number | null;
	/** What it printed on standard output, when that was asked for. */
	readonly output: string;
}

/** Far above what the slowest suite takes on two cores; without it a hung browser would hang the run for ever. */
const SUITE_TIMEOUT_MS = 25 * 60_000;
/** Enough that every kind of fault and attack happens many times; two minutes on two cores. */
const SIMULATED_GAMES = 500;
const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

const project = resolve(import.meta.dirname, '..');

/** Where the tools write their reports. */
let reports = '';

const SUITES: readonly Suite[] = [
	{
		name: 'types',
		run: () =>
			checks([
				tool('svelte-check', 'bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'),
				tool('typescript', 'bin/tsc', '-p', 'tsconfig.rest.json', '--noEmit'),
			]),
	},
	{
		name: 'lint',
		run: () =>
			checks([
				tool('eslint', 'bin/eslint.js', '.', '--max-warnings', '0'),
				tool('prettier', 'bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
				tool('knip', 'bin/knip.js'),
			]),
	},
	{ name: 'units', run: () => vitest('units', ['src', 'tests/lint', 'tests/golden']) },
	{ name: 'sim', run: async () => add(await vitest('sim', ['tests/sim']), await simulate()) },
	{ name: 'golden', run: golden },
	{
		name: 'db',
		run: async () =>
			add(
				await vitest('db', ['tests/db'], ['--config', 'tests/db/vitest.config.ts']),
				// Do these tests notice? A database broken on purpose, in one way after the other.
				await checks([tool('tsx', 'dist/cli.mjs', 'tests/db/mutations.ts', '--quick')]),
			),
	},
	{ name: 'browsers', run: browsers },
];

async function main(wanted: readonly string[]): Promise<number> {
	const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
	if (unknown.length > 0) {
		console.error(
			`no suite is called ${unknown.join(', ')}: ${SUITES.map((suite) => suite.name).join(', ')}`,
		);
		return 1;
	}
	reports = await mkdtemp(join(tmpdir(), 'overtrick-test-'));
	// A fresh clone has no generated types yet, and every tool reads them.
	await runTool(tool('@sveltejs/kit', 'svelte-kit.js', 'sync'));

	const lines: string[] = [];
	let sum = NOTHING;
	for (const suite of SUITES.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
		console.log(`\n=== ${suite.name}`);
		const startedMs = performance.now();
		const counts = await runSuite(suite);
		const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
		const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
		lines.push(`${suite.name.padEnd(10)} ${format(counts)}${skipped} (${seconds} s)`);
		sum = add(sum, counts);
	}
	await rm(reports, { recursive: true });
	// A log is often read from its end, or cut: the names are said again where they are found.
	for (const failure of sum.failures) console.log(`failed: ${failure}`);
	console.log(`\n${lines.join('\n')}\n${format(sum)}`);
	return sum.failed > 0 ? 1 : 0;
}

/** Turns a suite that fell over, or ran nothing, into a failure with a line that says so. */
async function runSuite(suite: Suite): Promise<Counts> {
	try {
		const counts = await suite.run();
		return counts.passed + counts.failed > 0 ? counts : oneFailure(`${suite.name}: ran nothing`);
	} catch (error) {
		return oneFailure(`${suite.name}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function oneFailure(what: string): Counts {
	return { ...NOTHING, failed: 1, failures: [what] };
}

/** Commands that each count as one: passed when they exit with 0. They run side by side; each is one thread. */
async function checks(commands: readonly (readonly string[])[]): Promise<Counts> {
	const results = await Promise.all(
		commands.map(async (command) => {
			const { code } = await runTool(command);
			return code === 0 ? { ...NOTHING, passed: 1 } : oneFailure(relative(project, command[0] ?? ''));
		}),
	);
	return results.reduce(add, NOTHING);
}

interface VitestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
	}[];
}

async function vitest(
	name: string,
	folders: readonly string[],
	options: readonly string[] = [],
): Promise<Counts> {
	const file = join(reports, `${name}.json`);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const { code } = await runTool(tool('vitest', 'vitest.mjs', 'run', ...options, ...reporters, ...folders));
	const report = await readReport<VitestReport>(file);
	const counts = {
		passed: report.numPassedTests,
		failed: report.numFailedTests,
		skipped: report.numPendingTests,
		failures: report.testResults.flatMap(({ name: file, status, assertionResults }) => {
			const failed = assertionResults.filter((test) => test.status === 'failed');
			const path = relative(project, file);
			if (failed.length === 0) return status === 'failed' ? [path] : [];
			return failed.map(({ fullName }) => `${path}: ${fullName}`);
		}),
	};
	return failWithCode(name, counts, code);
}

async function golden(): Promise<Counts> {
	const folder = join(project, 'tests/golden');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
	const paths = files.map((name) => join('tests/golden', name));
	const { code, output } = await runTool(tool('tsx', 'dist/cli.mjs', 'tests/golden/run.ts', ...paths), true);
	// Each block of cases counts as one.
	const blocks = Array.from(output.matchAll(/ (\d+) cases +(\d+) mismatches$/gm));
	const failed = blocks.filter(([, cases, mismatches]) => mismatches !== '0' || cases === '0');
	const failures = failed.map(([line]) => `golden:${line}`);
	const passed = blocks.length - failed.length;
	return failWithCode('golden', { passed, failed: failed.length, skipped: 0, failures }, code);
}

/** Whole games at simulated tables; each counts as one. */
async function simulate(): Promise<Counts> {
	const games = ['--games', String(SIMULATED_GAMES), '--seed', '1', '--faults', 'all', '--json'];
	const { code, output } = await runTool(tool('tsx', 'dist/cli.mjs', 'tests/sim/run.ts', ...games), true);
	const { games: played = 0, failures: failed = 0 } = JSON.parse(output || '{}') as Record<string, number>;
	const failures = failed > 0 ? [`sim: ${failed} simulated games, told above`] : [];
	return failWithCode('sim', { passed: played - failed, failed, skipped: 0, failures }, code);
}

interface PlaywrightReport {
	readonly stats: {
		readonly expected: number;
		readonly unexpected: number;
		readonly flaky: number;
		readonly skipped: number;
	};
	readonly suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
	readonly suites?: readonly PlaywrightSuite[];
	readonly specs: readonly { readonly file: string; readonly title: string; readonly ok: boolean }[];
}

/** The tests of a suite and of those within it that did not pass. */
function failedSpecs({ suites = [], specs }: PlaywrightSuite): string[] {
	const own = specs.filter(({ ok }) => !ok).map(({ file, title }) => `tests/e2e/${file}: ${title}`);
	return [...own, ...suites.flatMap(failedSpecs)];
}

async function browsers(): Promise<Counts> {
	const browser = await findBrowser();
	const file = join(reports, 'browsers.json');
	const { code } = await runTool(tool('@playwright/test', 'cli.js', 'test', '--reporter=list,json'), false, {
		CHROME_PATH: browser.executablePath,
		PLAYWRIGHT_JSON_OUTPUT_NAME: file,
		RESULTS: 'all',
	});
	const { stats, suites } = await readReport<PlaywrightReport>(file);
	const counts = {
		passed: stats.expected,
		// A test that passes only when it is tried again has failed.
		failed: stats.unexpected + stats.flaky,
		skipped: stats.skipped,
		failures: suites.flatMap(failedSpecs),
	};
	return failWithCode('browsers', counts, code);
}

/** A tool that fails without a failing test (an error between tests, a broken set-up) counts as one failure. */
function failWithCode(name: string, counts: Counts, code: number | null): Counts {
	if (code === 0 || counts.failed > 0) return counts;
	return { ...counts, failed: 1, failures: [`${name}: ended with ${code ?? 'a signal'}`] };
}

async function readReport<Report>(file: string): Promise<Report> {
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) throw new Error('it ended without a report');
	return JSON.parse(text) as Report;
}

/** The command line of an installed tool, run by this Node without a shell or npx in between. */
function tool(name: string, script: string, ...args: readonly string[]): readonly string[] {
	return [join(project, 'node_modules', name, script), ...args];
}

function runTool(
	command: readonly string[],
	capture = false,
	env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
	return new Promise((done, reject) => {
		const child = spawn(process.execPath, command, {
			cwd: project,
			env: { ...process.env, ...env },
			stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
			timeout: SUITE_TIMEOUT_MS,
		});
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			process.stdout.write(chunk);
			output += chunk.toString();
		});
		child.on('error', reject);
		child.on('close', (code) => done({ code, output }));
	});
}

function add(a: Counts, b: Counts): Counts {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped,
		failures: [...a.failures, ...b.failures],
	};
}

function format(counts: Counts): string {
	return `${counts.passed} passed, ${counts.failed} failed`;
}

process.exitCode = await main(process.argv.slice(2));
