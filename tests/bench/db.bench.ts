/**
 * What the archive costs on a real Postgres: games of 435 events (`EVENTS`) uploaded (chain, signature, derivation and
 * all), by one connection and by four, and every read a page makes, at 1,000, 10,000 and, with `npm run bench:db`, a million games.
 * Those are rows made up in SQL: games, seats, summaries and lifetime statistics, which are what lists are read from; only
 * some have a log. Fails when a read goes through a whole table that grows with the games.
 */
import { archiveWorld, type ArchiveWorld } from '../db/bench-world.ts';
import { quantile } from './quantile.ts';

export const keys = [
	'db.upload_ms_p50',
	'db.upload_ms_p95',
	'db.uploads_per_s',
	'db.uploads_per_s_by_four',
	'db.read_ms_p95',
	'db.bytes_per_game',
	'db.bytes_per_compacted_game',
	'db.read_',
];

/** Of the last of the steps; a bench of everything is a few minutes in all, and a million takes several of its own. */
const MOST_GAMES = Number(process.env['DB_BENCH_GAMES'] ?? 200_000);
const STEPS = [1_000, 10_000, MOST_GAMES];
const UPLOADS = 100;
const READS = 100;

async function timed(run: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await run();
	return performance.now() - from;
}

async function uploads(world: ArchiveWorld): Promise<Record<string, number>> {
	// Every statement has its plan, and what is small is in memory.
	for (let n = 0; n < 20; n++) await world.upload(n);
	const each: number[] = [];
	for (let n = 20; n < UPLOADS; n++) each.push(await timed(() => world.upload(n)));
	const seconds = each.reduce((sum, ms) => sum + ms, 0) / 1000;
	// Four devices, each with its own games.
	const together = await timed(() =>
		Promise.all(
			[0, 1, 2, 3].map(async (by) => {
				for (let n = UPLOADS + by; n < 2 * UPLOADS; n += 4) await world.upload(n, by);
			}),
		),
	);
	return {
		'db.upload_ms_p50': quantile(each, 0.5),
		'db.upload_ms_p95': quantile(each, 0.95),
		'db.uploads_per_s': each.length / seconds,
		'db.uploads_per_s_by_four': (UPLOADS * 1000) / together,
	};
}

async function reads(world: ArchiveWorld, games: number): Promise<Record<string, number>> {
	const all: Record<string, number> = {};
	for (const read of world.reads) {
		await read.run(0);
		const samples: number[] = [];
		for (let n = 0; n < READS; n++) samples.push(await timed(() => read.run(n)));
		const ms = quantile(samples, 0.95);
		console.error(
			`  ${games} games, ${read.name}: p50 ${quantile(samples, 0.5).toFixed(1)}, p95 ${ms.toFixed(1)} ms`,
		);
		all[`db.read_${read.name}_ms_p95_at_${games}`] = ms;
		// A small table is read whole because that is faster.
		if (games < 100_000) continue;
		const scanned = await world.scans(read);
		if (scanned.length > 0) throw new Error(`${read.name} reads all of ${scanned.join(', ')}`);
	}
	return all;
}

export default async function database(): Promise<Record<string, number>> {
	const world = await archiveWorld();
	try {
		const written = await uploads(world);
		const { rows, compacted } = await world.bytes();
		const read: Record<string, number> = {};
		let last: Record<string, number> = {};
		for (const games of STEPS) {
			const seconds = (await timed(() => world.fill(games))) / 1000;
			console.error(`${games} games after ${seconds.toFixed(0)} s`);
			last = await reads(world, games);
			Object.assign(read, last);
		}
		return {
			...written,
			'db.read_ms_p95': Math.max(...Object.values(last)),
			'db.bytes_per_game': rows,
			'db.bytes_per_compacted_game': compacted,
			...read,
		};
	} finally {
		await world.close();
	}
}
