/** What is checked in beside the migrations is what they give: the declared schema, and the types of the browser's client. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from 'pg';
import { describeSchema } from './catalogue.ts';
import { clusterServer, copyDatabase, hasPostgres } from './database.ts';
import { migrate } from './stack/migrate.ts';
import { databaseTypes, TYPES_FILE } from './typegen.ts';

const checkedIn = (path: string): string =>
	readFileSync(join(resolve(import.meta.dirname, '../..'), path), 'utf8');

describe.skipIf(!hasPostgres)('the migrations (after a new one: npm run db:schema)', () => {
	let client: Client;
	beforeAll(async () => {
		client = await clusterServer().connect(await copyDatabase(), 'postgres');
	});
	afterAll(() => client.end());

	it('give the schema that is declared, and nothing else', async () => {
		expect(await describeSchema(client)).toBe(checkedIn('supabase/schema.txt'));
	});

	it("give the types that the browser's client has", async () => {
		expect(await databaseTypes(client)).toBe(checkedIn(TYPES_FILE));
	});

	it('are told apart from a schema that somebody changed by hand', async () => {
		const declared = await describeSchema(client);
		for (const change of [
			'alter table public.games add column extra text',
			'alter table public.players drop constraint ck_players_color',
			'drop index public.ix_games_admin',
			'create policy extra on public.rounds for select to anon using (true)',
			'grant select on public.rounds to anon',
			'grant select (public_key) on public.players to anon',
			'drop trigger tr_games_hold on public.games',
			'alter function private.archive_game(jsonb) security invoker',
			'grant execute on function private.count_game(uuid) to authenticated',
			'create or replace view public.player_stats with (security_invoker = false) as select * from public.player_lifetime_stats',
		]) {
			await client.query('begin');
			await client.query(change);
			expect(await describeSchema(client), change).not.toBe(declared);
			await client.query('rollback');
		}
	});

	it('applied again change nothing', async () => {
		expect(await migrate(client)).toEqual([]);
		expect(await describeSchema(client)).toBe(checkedIn('supabase/schema.txt'));
	});
});
