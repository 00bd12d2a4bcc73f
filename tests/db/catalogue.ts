/**
 * What a migrated database is made of, from its catalogue, as text that can be read and compared: `supabase/schema.txt`
 * is checked in, and a test holds the migrations to it. Functions are named with the hash of their body, which stands in
 * the migration that made them last.
 */
import type { Client } from 'pg';

/** Schemas of the archive; the others are the platform's. */
const OURS = "n.nspname in ('public', 'private')";
const ROLES = "('anon', 'authenticated', 'public')";

/** Each gives `head` (what it is part of) and `line`, in the order in which they stand. */
const PARTS: readonly string[] = [
	`select 'enum ' || t.oid::regtype as head, string_agg(e.enumlabel, ', ' order by e.enumsortorder) as line
	from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_enum e on e.enumtypid = t.oid
	where ${OURS} group by t.oid, n.nspname, t.typname order by n.nspname, t.typname`,

	`select 'type ' || c.oid::regclass as head, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) as line
	from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
	where ${OURS} and c.relkind = 'c' group by c.oid order by c.oid::regclass::text`,

	`with r as (
		select c.oid, c.relkind, c.relispartition, n.nspname || '.' || c.relname as name,
			case c.relkind when 'v' then 'view ' else 'table ' end || n.nspname || '.' || c.relname as head
		from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('r', 'p', 'v')
	), lines as (
		select r.head, 0 as kind, 0 as place, case r.relkind
			when 'v' then 'options ' || coalesce(array_to_string(c.reloptions, ', '), 'none') || E'\\n\\t' || regexp_replace(btrim(pg_get_viewdef(r.oid)), '\\s+', ' ', 'g')
			else case when c.relrowsecurity then 'row-level security' else 'NO row-level security' end
				|| case when r.relispartition then ', partition ' || pg_get_expr(c.relpartbound, c.oid) else '' end
				|| coalesce(', by ' || pg_get_partkeydef(c.oid), '') end as line
		from r join pg_class c on c.oid = r.oid
		union all
		select r.head, 1, a.attnum, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
			|| case when a.attnotnull then ' not null' else '' end
			|| case a.attgenerated when 's' then ' generated as ' || pg_get_expr(d.adbin, d.adrelid) else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end
		from r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
		left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
		where r.relkind <> 'v' and not r.relispartition
		union all
		select r.head, 2, row_number() over (partition by r.oid order by k.contype desc, k.conname), 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
		from r join pg_constraint k on k.conrelid = r.oid and k.contype in ('p', 'u', 'c', 'f') where not r.relispartition
		union all
		select r.head, 3, row_number() over (partition by r.oid order by i.indexrelid::regclass::text), pg_get_indexdef(i.indexrelid)
		from r join pg_index i on i.indrelid = r.oid
		where not r.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
		union all
		select r.head, 4, row_number() over (partition by r.oid order by t.tgname), pg_get_triggerdef(t.oid)
		from r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal where not r.relispartition
		union all
		select r.head, 5, row_number() over (partition by r.oid order by p.polname), 'policy ' || p.polname || ' for '
			|| case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
			|| ' to ' || (select string_agg(coalesce(o.rolname, 'public'), ', ' order by o.rolname) from unnest(p.polroles) as role (oid) left join pg_roles o on o.oid = role.oid)
			|| coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '') || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
		from r join pg_policy p on p.polrelid = r.oid
		union all
		select r.head, 6, row_number() over (partition by r.oid order by g.grantee, g.privilege_type), 'grant ' || lower(g.privilege_type) || ' to ' || g.grantee
		from r join information_schema.role_table_grants g on g.table_schema || '.' || g.table_name = r.name where g.grantee in ${ROLES}
		union all
		select r.head, 7, row_number() over (partition by r.oid order by g.grantee, g.privilege_type),
			'grant ' || lower(g.privilege_type) || ' (' || string_agg(g.column_name::text, ', ' order by g.column_name::text) || ') to ' || g.grantee
		from r join information_schema.column_privileges g on g.table_schema || '.' || g.table_name = r.name
		where g.grantee in ${ROLES} and not exists (
			select from information_schema.role_table_grants w where w.table_schema = g.table_schema and w.table_name = g.table_name
				and w.grantee = g.grantee and w.privilege_type = g.privilege_type)
		group by r.oid, r.head, g.grantee, g.privilege_type
	)
	select head, line from lines order by head, kind, place`,

	`select 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_arguments(p.oid) || ')' as head,
		'returns ' || pg_get_function_result(p.oid) || E'\\n\\t' || l.lanname || ', '
		|| case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end
		|| case when p.proisstrict then ', strict' else '' end || case when p.prosecdef then ', security definer' else '' end
		|| coalesce(', ' || array_to_string(p.proconfig, ', '), '')
		|| coalesce(E'\\n\\texecute: ' || (
			select string_agg(coalesce(o.rolname, 'public'), ', ' order by o.rolname)
			from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles o on o.oid = a.grantee
			where a.grantee <> p.proowner and coalesce(o.rolname, 'public') in ${ROLES}), '')
		|| E'\\n\\tbody ' || left(md5(regexp_replace(coalesce(nullif(p.prosrc, ''), pg_get_functiondef(p.oid)), '\\s+', ' ', 'g')), 12) as line
	from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
	where ${OURS} order by n.nspname, p.proname, pg_get_function_arguments(p.oid)`,
];

export async function describeSchema(client: Client): Promise<string> {
	const text: string[] = [];
	for (const part of PARTS) {
		// Names with their schema, whatever the path of whoever asks.
		const { rows } = await client.query<{ head: string; line: string }>(part);
		let last = '';
		for (const { head, line } of rows) {
			if (head !== last) text.push('', head);
			text.push(`\t${line}`);
			last = head;
		}
	}
	return `${text.slice(1).join('\n')}\n`;
}
