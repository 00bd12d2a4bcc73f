/**
 * `npm run golden -- FILE...`: feeds golden files to the engine and prints, block by block, how many cases were
 * checked and how many did not fit. Exit 1 on any mismatch, on a file of unknown format, and when there was
 * nothing to check.
 */
import { readFileSync } from 'node:fs';
import { checkGolden } from './check.ts';

function checkFile(path: string): boolean {
	console.log(path);
	const report = checkGolden(readFileSync(path, 'utf8'));
	if ('error' in report) {
		console.log(`  ${report.error}`);
		return false;
	}
	let cases = 0;
	let mismatches = 0;
	for (const block of report.blocks) {
		console.log(
			`  ${block.name.padEnd(28)} ${String(block.cases).padStart(7)} cases ${String(block.mismatches).padStart(5)} mismatches`,
		);
		for (const line of block.shown) console.log(`      ${line}`);
		cases += block.cases;
		mismatches += block.mismatches;
	}
	console.log(`  ${report.game}: ${cases} cases checked, ${mismatches} mismatches`);
	return report.ok;
}

function main(paths: readonly string[]): number {
	if (paths.length === 0) {
		console.error('usage: npm run golden -- FILE...');
		return 1;
	}
	const results = paths.map((path) => {
		try {
			return checkFile(path);
		} catch (error) {
			console.log(`  cannot be read: ${error instanceof Error ? error.message : String(error)}`);
			return false;
		}
	});
	return results.every(Boolean) ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
