/**
 * `npm run sim`: whole games at simulated tables, one a seed, over all processors.
 *
 *     npm run sim -- --games 500 --seed 1 --faults all --json
 *     npm run sim -- --games 1 --seed 4711 --faults all --story    one game again, and what happened in it
 *     npm run sim -- --games 20000 --minutes 35                    as many of them as there is time for
 *     npm run sim -- --deals 1000000                               chi-square of the shuffle
 *
 * `--faults` is `all`, `none` or a list of kinds with commas; `--workers` is how many processes play; `--json` prints
 * one flat object and nothing else. Exit 1 when anything was not as it must be.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { dealChecks } from './deals.ts';
import { ATTACK_KINDS, FAULT_KINDS, parseKinds } from './kinds.ts';
import type { GameReport } from './play.ts';
import type { PlayOrder } from './worker.ts';

/** Games a process is given at once: few enough that all end together, many enough that none waits. */
const BATCH = 4;
/** From so many games on, one in which a kind of trouble never came about has shown nothing of it. */
const ENOUGH_FOR_ALL = 500;
/** Failing games told in full; of the others the seed. */
const MAX_TOLD = 5;
const PROGRESS_EVERY_MS = 10_000;

const { values } = parseArgs({
	options: {
		games: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' },
		faults: { type: 'string', default: 'all' },
		workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
		minutes: { type: 'string' },
		deals: { type: 'string' },
		json: { type: 'boolean', default: false },
		story: { type: 'boolean', default: false },
	},
});

type Totals = Record<string, number>;

function wholeNumber(text: string, name: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 0)
		throw new Error(`--${name} is a whole number, not ${text}`);
	return number;
}

/** Plays the seeds from `first` on; `onReport` as each game ends. */
async function playAll(
	first: number,
	games: number,
	workers: number,
	mayBegin: () => boolean,
	onReport: (report: GameReport) => void,
): Promise<void> {
	let next = first;
	const end = first + games;
	const order = (child: ChildProcess): boolean => {
		if (next >= end || !mayBegin()) return false;
		const seeds = Array.from({ length: Math.min(BATCH, end - next) }, (_, place) => next + place);
		next += seeds.length;
		child.send({ seeds, faults: values.faults } satisfies PlayOrder);
		return true;
	};
	const playing = Array.from({ length: Math.min(workers, Math.ceil(games / BATCH)) }, async () => {
		const child = fork(new URL('./worker.ts', import.meta.url));
		await new Promise<void>((done, reject) => {
			child.on('message', (message: GameReport | 'more') => {
				if (message !== 'more') onReport(message);
				else if (!order(child)) child.disconnect();
			});
			child.on('error', reject);
			child.on('exit', (code) => (code === 0 ? done() : reject(new Error(`a process ended with ${code}`))));
			order(child);
		});
	});
	await Promise.all(playing);
}

function add(totals: Totals, name: string, count: number): void {
	totals[name] = (totals[name] ?? 0) + count;
}

function emptyTotals(): Totals {
	const totals: Totals = { games: 0, failures: 0, seconds: 0, events: 0 };
	for (const kind of FAULT_KINDS) totals[`faults.${kind}`] = 0;
	for (const kind of ATTACK_KINDS) totals[`attacks.${kind}`] = 0;
	return totals;
}

function count(totals: Totals, report: GameReport): void {
	add(totals, 'games', 1);
	add(totals, 'failures', report.failures.length > 0 ? 1 : 0);
	add(totals, `games.${report.variant}${report.mode === 'keeper' ? '_keeper' : ''}`, 1);
	add(totals, 'simulated_hours', report.simulatedMs / 3_600_000);
	for (const kind of FAULT_KINDS) add(totals, `faults.${kind}`, report.kinds[kind] ?? 0);
	for (const kind of ATTACK_KINDS) add(totals, `attacks.${kind}`, report.kinds[kind] ?? 0);
	const { events, ...counts } = report.counts;
	add(totals, 'events', events);
	for (const [name, number] of Object.entries(counts)) add(totals, `checks.${snakeCase(name)}`, number);
}

function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function tell(report: GameReport): void {
	const { seed, variant, mode, seats, humans, failures, story } = report;
	console.error(`\nseed ${seed}: ${variant} (${mode}), ${seats} seats, ${humans} people`);
	for (const failure of failures) console.error(`  ${failure}`);
	for (const line of story) console.error(`    ${line}`);
	console.error(`  again: npm run sim -- --games 1 --seed ${seed} --faults ${values.faults} --story`);
}

async function games(): Promise<number> {
	parseKinds(values.faults);
	const startedMs = performance.now();
	const seconds = () => (performance.now() - startedMs) / 1000;
	const totals = emptyTotals();
	const wanted = wholeNumber(values.games, 'games');
	const failed: number[] = [];
	const progress = setInterval(() => {
		if (!values.json)
			console.error(
				`${totals['games']} of ${wanted} games, ${failed.length} failed, ${seconds().toFixed(0)} s`,
			);
	}, PROGRESS_EVERY_MS);
	const minutes = values.minutes === undefined ? Infinity : wholeNumber(values.minutes, 'minutes');
	const [seed, workers] = [wholeNumber(values.seed, 'seed'), wholeNumber(values.workers, 'workers')];
	const mayBegin = () => seconds() < minutes * 60;
	await playAll(seed, wanted, workers, mayBegin, (report) => {
		count(totals, report);
		if (report.failures.length > 0) failed.push(report.seed);
		if (values.story || (report.failures.length > 0 && failed.length <= MAX_TOLD)) tell(report);
	});
	clearInterval(progress);
	totals['seconds'] = Math.round(seconds() * 10) / 10;
	totals['simulated_hours'] = Math.round((totals['simulated_hours'] ?? 0) * 10) / 10;
	if (failed.length > 0) console.error(`failed: seeds ${failed.toSorted((a, b) => a - b).join(', ')}`);
	print(totals);
	const missing =
		values.faults === 'all' && (totals['games'] ?? 0) >= ENOUGH_FOR_ALL ? neverHappened(totals) : [];
	if (missing.length > 0) console.error(`never happened: ${missing.join(', ')}`);
	const isShort = minutes === Infinity && totals['games'] !== wanted;
	return failed.length > 0 || missing.length > 0 || isShort ? 1 : 0;
}

function neverHappened(totals: Totals): string[] {
	return [
		...FAULT_KINDS.map((kind) => `faults.${kind}`),
		...ATTACK_KINDS.map((kind) => `attacks.${kind}`),
	].filter((name) => totals[name] === 0);
}

function print(totals: Readonly<Record<string, number>>): void {
	if (values.json) {
		process.stdout.write(`${JSON.stringify(totals)}\n`);
		return;
	}
	for (const [name, number] of Object.entries(totals)) process.stdout.write(`${name.padEnd(28)} ${number}\n`);
}

function deals(wanted: number): number {
	const checks = dealChecks(wanted);
	print(checks.numbers);
	return checks.isUniform ? 0 : 1;
}

process.exitCode = values.deals === undefined ? await games() : deals(wholeNumber(values.deals, 'deals'));
