/**
 * A database as a Supabase project has it: roles and accounts first, then every migration that has not been applied, in
 * the order of their names, each in one transaction.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from 'pg';
import type { Postgres } from './postgres.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../../supabase/migrations');
const NAME = /^(\d{14})_([a-z_]+)\.sql$/;

export interface Migration {
	readonly version: string;
	readonly name: string;
	readonly sql: string;
}

/** In order. @throws when a file there is not named as a migration */
export function migrations(): Migration[] {
	return readdirSync(MIGRATIONS)
		.sort()
		.map((file) => {
			const [, version, name] = NAME.exec(file) ?? [];
			if (version === undefined || name === undefined) throw new Error(`${file} is no name of a migration`);
			return { version, name, sql: readFileSync(join(MIGRATIONS, file), 'utf8') };
		});
}

/** Makes an empty database with what a project has before its first migration. */
export async function createDatabase(server: Postgres, database: string): Promise<void> {
	const admin = await server.connect('postgres');
	await admin.query(`create database ${database} owner postgres`);
	await admin.end();
	const client = await server.connect(database);
	await client.query(readFileSync(join(import.meta.dirname, 'platform.sql'), 'utf8'));
	await client.end();
}

/** Applies what is missing, as `postgres`, and notes it where the Supabase CLI does. Gives the names applied. */
export async function migrate(client: Client): Promise<string[]> {
	await client.query(`create schema if not exists supabase_migrations;
		create table if not exists supabase_migrations.schema_migrations (version text primary key, name text, statements text[])`);
	const done = await client.query<{ version: string }>(
		'select version from supabase_migrations.schema_migrations',
	);
	const applied = new Set(done.rows.map(({ version }) => version));
	const names: string[] = [];
	for (const { version, name, sql } of migrations()) {
		if (applied.has(version)) continue;
		try {
			await client.query('begin');
			await client.query(sql);
			await client.query('insert into supabase_migrations.schema_migrations values ($1, $2, $3)', [
				version,
				name,
				[sql],
			]);
			await client.query('commit');
		} catch (error) {
			await client.query('rollback');
			const position = error instanceof Error && 'position' in error ? Number(error.position) : 0;
			const line = sql.slice(0, position).split('\n').length;
			throw new Error(`migration ${name}, line ${line}: ${String(error)}`, { cause: error });
		}
		names.push(name);
	}
	return names;
}
