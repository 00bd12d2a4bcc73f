/**
 * What the advisors of a Supabase project would say of the migrations: nothing. The checks are written after theirs, under
 * the same names; each is shown a schema that has its fault, too. Left out are those that need a project that has been
 * running (unused indexes, bloat, extension versions).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from 'pg';
import { clusterServer, copyDatabase, hasPostgres } from './database.ts';

interface Advisor {
	readonly name: string;
	/** One row a finding. */
	readonly finds: string;
	/** What it would find; null where the platform of the tests cannot have it. */
	readonly fault: string | null;
}

const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'private')`;
const POLICIES = `pg_policies p where p.schemaname in ('public', 'private')`;
const CLIENTS = `unnest(array['anon', 'authenticated']) as client`;

const ADVISORS: readonly Advisor[] = [
	{
		name: 'unindexed_foreign_keys',
		finds: `select c.relname || '.' || k.conname as found from pg_constraint k join ${TABLES} on c.oid = k.conrelid
			where k.contype = 'f' and not exists (
				select from pg_index i where i.indrelid = k.conrelid
					and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey
			)`,
		fault: 'create table public.faulty (id uuid primary key, game_id uuid references public.games (id))',
	},
	{
		name: 'auth_users_exposed',
		finds: `select c.relname as found from ${TABLES} join pg_rewrite w on w.ev_class = c.oid
			join pg_depend d on d.objid = w.oid and d.refobjid = 'auth.users'::regclass, ${CLIENTS}
			where c.relkind in ('v', 'm') and n.nspname = 'public' and has_table_privilege(client, c.oid, 'select')`,
		fault: 'create view public.faulty as select email from auth.users; grant select on public.faulty to anon',
	},
	{
		name: 'auth_rls_initplan',
		finds: `select p.tablename || '.' || p.policyname as found from ${POLICIES}
			and regexp_replace(coalesce(p.qual, '') || ' ' || coalesce(p.with_check, ''),
				'\\( SELECT (auth\\.(uid|jwt|role)\\(\\)|current_setting\\([^)]*\\))', '', 'g') ~ '(auth\\.(uid|jwt|role)|current_setting)\\('`,
		fault:
			'create policy faulty on public.players for insert to authenticated with check (user_id = auth.uid()::text)',
	},
	{
		name: 'no_primary_key',
		finds: `select c.relname as found from ${TABLES} where c.relkind in ('r', 'p')
			and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
		fault: 'create table public.faulty (id uuid)',
	},
	{
		name: 'multiple_permissive_policies',
		finds: `select p.tablename || ' ' || role || ' ' || action as found
			from pg_policies p, unnest(p.roles) as role, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as action
			where p.schemaname in ('public', 'private') and p.permissive = 'PERMISSIVE' and p.cmd in (action, 'ALL')
			group by p.schemaname, p.tablename, role, action having count(*) > 1`,
		fault: 'create policy faulty on public.players for select to anon using (true)',
	},
	{
		name: 'policy_exists_rls_disabled',
		finds: `select distinct c.relname as found from ${TABLES} join pg_policy p on p.polrelid = c.oid where not c.relrowsecurity`,
		fault: 'alter table public.games disable row level security',
	},
	{
		name: 'rls_enabled_no_policy',
		finds: `select c.relname as found from ${TABLES} where c.relkind in ('r', 'p') and c.relrowsecurity
			and not exists (select from pg_policy p where p.polrelid = c.oid)`,
		fault:
			'create table private.faulty (id uuid primary key); alter table private.faulty enable row level security',
	},
	{
		name: 'duplicate_index',
		finds: `select string_agg(i.indexrelid::regclass::text, ', ') as found from pg_index i join ${TABLES} on c.oid = i.indrelid
			group by i.indrelid, i.indkey::text, i.indclass::text, i.indoption::text, coalesce(pg_get_expr(i.indexprs, i.indrelid), ''),
				coalesce(pg_get_expr(i.indpred, i.indrelid), '') having count(*) > 1`,
		fault: 'create index ix_faulty on public.games (admin_id)',
	},
	{
		name: 'security_definer_view',
		finds: `select c.relname as found from ${TABLES} where c.relkind = 'v' and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']`,
		fault: 'create view public.faulty as select id from public.games',
	},
	{
		name: 'function_search_path_mutable',
		finds: `select p.proname as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname in ('public', 'private')
			where not exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%')`,
		fault: 'create function public.faulty() returns integer language sql return 1',
	},
	{
		name: 'rls_disabled_in_public',
		finds: `select c.relname as found from ${TABLES} where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relrowsecurity`,
		fault: 'create table public.faulty (id uuid primary key)',
	},
	{
		name: 'extension_in_public',
		finds: `select e.extname as found from pg_extension e where e.extnamespace = 'public'::regnamespace`,
		fault: 'alter extension pgcrypto set schema public',
	},
	{
		name: 'rls_references_user_metadata',
		finds: `select p.policyname as found from ${POLICIES} and coalesce(p.qual, '') || coalesce(p.with_check, '') ~ 'user_metadata'`,
		fault: `create policy faulty on public.groups for insert to authenticated with check ((select auth.jwt()) -> 'user_metadata' ? 'admin')`,
	},
	{
		name: 'materialized_view_in_api',
		finds: `select c.relname as found from ${TABLES}, ${CLIENTS} where n.nspname = 'public' and c.relkind = 'm' and has_table_privilege(client, c.oid, 'select')`,
		fault: 'create materialized view public.faulty as select 1 as one; grant select on public.faulty to anon',
	},
	{
		name: 'foreign_table_in_api',
		finds: `select c.relname as found from ${TABLES} where n.nspname = 'public' and c.relkind = 'f'`,
		fault: null,
	},
	{
		name: 'unsupported_reg_types',
		finds: `select c.relname || '.' || a.attname as found from ${TABLES} join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
			where a.atttypid in ('regcollation'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype, 'regnamespace'::regtype,
				'regoper'::regtype, 'regoperator'::regtype, 'regproc'::regtype, 'regprocedure'::regtype)`,
		fault: 'create table public.faulty (id uuid primary key, fn regproc)',
	},
	{
		name: 'fkey_to_auth_unique',
		finds: `select k.conname as found from pg_constraint k where k.contype = 'f' and k.confrelid = 'auth.users'::regclass
			and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
			and not exists (select from pg_index i where i.indexrelid = k.conindid and i.indisprimary)`,
		fault: 'create table public.faulty (id uuid primary key, email text references auth.users (email))',
	},
	{
		name: 'sensitive_columns_exposed',
		finds: `select c.relname || '.' || a.attname as found from ${TABLES} join pg_attribute a on a.attrelid = c.oid and a.attnum > 0, ${CLIENTS}
			where n.nspname = 'public' and a.attname ~ '^(password|secret|token|email|phone|ssn|credit_card|ip_address|user_id|preferences)$'
				and has_column_privilege(client, c.oid, a.attnum, 'select')`,
		fault: 'grant select (preferences) on public.players to anon',
	},
	{
		name: 'rls_policy_always_true',
		finds: `select p.policyname as found from ${POLICIES} and p.cmd <> 'SELECT' and coalesce(p.with_check, p.qual) = 'true'`,
		fault: 'create policy faulty on public.groups for insert to authenticated with check (true)',
	},
	{
		name: 'security_definer_function_executable',
		finds: `select p.proname as found from pg_proc p, ${CLIENTS} where p.pronamespace = 'public'::regnamespace and p.prosecdef
			and has_function_privilege(client, p.oid, 'execute')`,
		fault: `create function public.faulty() returns integer language sql security definer set search_path = '' return 1; grant execute on function public.faulty() to anon`,
	},
];

describe.skipIf(!hasPostgres)('an advisor of the project', () => {
	let client: Client;
	beforeAll(async () => {
		client = await clusterServer().connect(await copyDatabase());
	});
	afterAll(() => client.end());

	it.each(ADVISORS)('$name finds nothing, and would', async ({ finds, fault }) => {
		expect((await client.query(finds)).rows).toEqual([]);
		if (fault === null) return;
		await client.query('begin');
		await client.query(fault);
		const { rows } = await client.query(finds);
		await client.query('rollback');
		expect(rows).not.toEqual([]);
	});
});
