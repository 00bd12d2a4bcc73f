/**
 * A database of its own for each test file: a copy of the migrated one.
 *
 *     const db = await openDatabase();
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { overDatabase, type TestDatabase } from './callers.ts';
import type { Cluster } from './global-setup.ts';
import type { Postgres } from './stack/postgres.ts';

export * from './callers.ts';

/** Whether there is a server; tests of it are skipped where there is none, and the set-up has said why. */
export const hasPostgres = inject('cluster') !== null;

export function clusterServer(): Pick<Postgres, 'connect' | 'uri'> & Cluster {
	const cluster = inject('cluster');
	if (cluster === null) throw new Error('there is no Postgres here');
	const uri = (database: string, role = 'supabase_admin'): string =>
		`postgres://${role}:${encodeURIComponent(cluster.password)}@127.0.0.1:${cluster.port}/${database}`;
	return {
		...cluster,
		uri,
		async connect(database, role) {
			const client = new pg.Client({ connectionString: uri(database, role) });
			await client.connect();
			return client;
		},
	};
}

/** A migrated database with nobody in it. */
export async function copyDatabase(): Promise<string> {
	const name = `test_${randomBytes(6).toString('hex')}`;
	const cluster = clusterServer();
	const admin = await cluster.connect('postgres');
	// Copies of one template follow one another, also those of other test files.
	await admin.query('select pg_advisory_lock(1)');
	await admin.query(`create database ${name} template ${cluster.template} owner postgres`);
	await admin.end();
	return name;
}

export async function openDatabase(connections = 10): Promise<TestDatabase> {
	return overDatabase(await copyDatabase(), clusterServer().uri, connections);
}
