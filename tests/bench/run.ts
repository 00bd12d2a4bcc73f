/**
 * `npm run bench`: runs every tests/bench/*.bench.ts and prints what it measured beside the bar it has to meet.
 *
 *     npm run bench                        all of it, a few minutes
 *     npm run bench -- --only engine.      the benches with a key that begins so, and only those keys
 *     npm run bench -- --json              one flat JSON object on standard output and nothing else
 *
 * A bench exports as default a function that measures, and `keys`, the names it can give; without them `x.bench.ts`
 * gives keys that begin with `x.`. Exit 1 when a bench fails to measure; a missed bar is shown and is no failure,
 * for machines differ.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { BARS, isMet } from './bars.ts';

export type Measured = Readonly<Record<string, number | readonly number[]>>;

interface Bench {
	readonly keys?: readonly string[];
	readonly default: () => Promise<Measured>;
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
	});
	// Whatever a bench tells on its way is progress: standard output carries the result alone.
	console.log = console.error;

	const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.bench.ts')).sort();
	const all: Record<string, number | readonly number[]> = {};
	let failures = 0;
	let ran = 0;
	for (const file of files) {
		const bench = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as Bench;
		if (!mayGive(bench.keys ?? [file.replace('bench.ts', '')], values.only)) continue;
		ran += 1;
		console.error(`${file} ...`);
		try {
			const measured = await bench.default();
			for (const [key, value] of Object.entries(measured)) if (key.startsWith(values.only)) all[key] = value;
		} catch (error) {
			failures += 1;
			console.error(`${file} could not measure:`, error);
		}
	}
	if (ran === 0) {
		console.error(`no bench has a key that begins with "${values.only}"`);
		return 1;
	}
	process.stdout.write(values.json ? `${JSON.stringify(all)}\n` : table(all));
	return failures > 0 ? 1 : 0;
}

/** Whether a bench with these keys, or key prefixes, can give one that begins with `prefix`. */
function mayGive(keys: readonly string[], prefix: string): boolean {
	return keys.some((key) => key.startsWith(prefix) || prefix.startsWith(key));
}

function table(measured: Measured): string {
	const rows = Object.entries(measured).map(([key, value]) => {
		const row = BARS[key];
		const met = isMet(key, value);
		const sign = row?.better === 'higher' ? '>=' : '<=';
		return [
			key,
			show(value),
			row === undefined || row.bar === null ? '-' : `${sign} ${show(row.bar)}`,
			met === null ? '' : met ? 'met' : 'MISSED',
			row?.what ?? '',
		];
	});
	const head = ['key', 'measured', 'bar', '', 'what'];
	const widths = head.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
	);
	const line = (cells: readonly string[]): string =>
		cells
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
			})
			.join('  ')
			.trimEnd();
	return `${[head, ...rows].map(line).join('\n')}\n`;
}

function show(value: number | readonly number[]): string {
	return [value]
		.flat()
		.map((number) =>
			number.toLocaleString('en', {
				maximumSignificantDigits: Math.abs(number) < 1000 ? 3 : 21,
				maximumFractionDigits: 3,
			}),
		)
		.join(' / ');
}

process.exitCode = await main();
