/** The pgTAP files of `supabase/tests`, which `supabase test db` runs against a project, run here against the migrations. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from 'pg';
import { clusterServer, copyDatabase, hasPostgres } from './database.ts';

const FOLDER = resolve(import.meta.dirname, '../../supabase/tests');

/** pgTAP comes packed for another Postgres; its SQL is the same for all. */
function pgTap(): string {
	const archive = join(
		dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite-pgtap')),
		'pgtap.tar.gz',
	);
	const folder = mkdtempSync(join(tmpdir(), 'overtrick-pgtap-'));
	try {
		const { status } = spawnSync('tar', ['xzf', archive, '-C', folder]);
		if (status !== 0) throw new Error('pgTAP cannot be unpacked');
		const extension = join(folder, 'share/postgresql/extension');
		const file = readdirSync(extension).find((name) => /^pgtap--[\d.]+\.sql$/.test(name));
		return readFileSync(join(extension, file ?? ''), 'utf8');
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe.skipIf(!hasPostgres)('pgTAP', () => {
	let client: Client;
	beforeAll(async () => {
		client = await clusterServer().connect(await copyDatabase());
		await client.query('create schema tap; set search_path = tap');
		await client.query(pgTap().replace(/^\\.*$/gm, ''));
		await client.query('set search_path = public, tap');
	});
	afterAll(() => client.end());

	it.each(readdirSync(FOLDER).sort())('%s', async (file) => {
		const results = await client.query(readFileSync(join(FOLDER, file), 'utf8'));
		// One result a statement.
		const lines = [results]
			.flat()
			.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row as object).map(String)));
		const taps = lines.flatMap((line) => line.split('\n')).filter((line) => /^(not )?ok /.test(line));
		expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
		expect(taps.length).toBeGreaterThan(15);
	});
});
