/**
 * What the archive costs on a real Postgres: one game of 435 events uploaded (chain, signature, derivation and all), and
 * every read a page makes, at a million games. Those are rows made up in SQL: games, seats, summaries and lifetime
 * statistics, which are what lists are read from; only some have a log.
 */
import { archiveWorld, type ArchiveWorld } from '../db/bench-world.ts';
import { quantile } from './quantile.ts';

export const keys = [
	'db.upload_ms_p95',
	'db.read_ms_p95',
	'db.bytes_per_game',
	'db.bytes_per_compacted_game',
];

const UPLOADS = 60;
const READS = 200;

async function p95(times: number, run: (n: number) => Promise<unknown>): Promise<number> {
	const samples: number[] = [];
	for (let n = 0; n < times; n++) {
		const from = performance.now();
		await run(n);
		samples.push(performance.now() - from);
	}
	return quantile(samples, 0.95);
}

async function reads(world: ArchiveWorld): Promise<number> {
	const slowest: number[] = [];
	for (const [name, run] of world.reads) {
		await run(0);
		const ms = await p95(READS, run);
		console.error(`  ${name}: ${ms.toFixed(1)} ms`);
		slowest.push(ms);
	}
	return Math.max(...slowest);
}

export default async function database(): Promise<Record<string, number>> {
	const world = await archiveWorld();
	try {
		const upload = await p95(UPLOADS, (n) => world.upload(n));
		const { rows, compacted } = await world.bytes();
		await world.fill();
		return {
			'db.upload_ms_p95': upload,
			'db.read_ms_p95': await reads(world),
			'db.bytes_per_game': rows,
			'db.bytes_per_compacted_game': compacted,
		};
	} finally {
		await world.close();
	}
}
