/**
 * The types that supabase-js takes, from the catalogue of a migrated database: tables, views, functions and enums of the
 * schema the API exposes, in the form of Supabase's own generator. `npm run db:schema` writes them.
 */
import type { Client } from 'pg';
import { format, resolveConfig } from 'prettier';

export const TYPES_FILE = 'src/lib/archive/database-types.ts';

const HEAD = `/**
 * What the archive's API takes and gives, for supabase-js. Written by \`npm run db:schema\` from the migrations; a test
 * holds it to them.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
`;

interface Column {
	readonly relation: string;
	readonly kind: string;
	readonly name: string;
	readonly type: string;
	readonly is_nullable: boolean;
	readonly is_optional: boolean;
	readonly is_generated: boolean;
}

interface Argument {
	readonly fn: string;
	readonly returns: string;
	readonly is_set: boolean;
	readonly name: string | null;
	readonly type: string;
	readonly mode: string;
	readonly is_optional: boolean;
}

const COLUMNS = `select c.relname as relation, c.relkind as kind, a.attname as name, t.typname as type,
		not a.attnotnull as is_nullable, a.atthasdef or not a.attnotnull as is_optional, a.attgenerated <> '' as is_generated
	from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') order by c.relname, a.attname`;

/** Input arguments first, then the columns of what is returned as a table; a function without either has one row. */
const FUNCTIONS = `select p.proname as fn, r.typname as returns, p.proretset as is_set, x.name, t.typname as type,
		coalesce(x.mode, 'i') as mode, x.at > p.pronargs - p.pronargdefaults as is_optional
	from pg_proc p join pg_type r on r.oid = p.prorettype
	left join lateral (
		select n as at, p.proargnames[n] as name, coalesce(p.proargmodes[n]::text, 'i') as mode, coalesce(p.proallargtypes[n], (p.proargtypes::oid[])[n - 1]) as type
		from generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) n
	) x on true left join pg_type t on t.oid = x.type
	where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype order by p.proname, x.mode, x.name`;

const ENUMS = `select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
	from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`;

const WORDS: Readonly<Record<string, string>> = {
	bool: 'boolean',
	int2: 'number',
	int4: 'number',
	int8: 'number',
	float4: 'number',
	float8: 'number',
	numeric: 'number',
	jsonb: 'Json',
	json: 'Json',
	text: 'string',
	uuid: 'string',
	// As PostgREST writes them: '\\x...'.
	bytea: 'string',
	timestamptz: 'string',
	void: 'undefined',
};

export async function databaseTypes(client: Client): Promise<string> {
	const columns = (await client.query<Column>(COLUMNS)).rows;
	const args = (await client.query<Argument>(FUNCTIONS)).rows;
	const enums = (await client.query<{ name: string; labels: string[] }>(ENUMS)).rows;
	const isEnum = (type: string): boolean => enums.some(({ name }) => name === type);
	const word = (type: string): string => {
		if (type.startsWith('_')) return `readonly ${word(type.slice(1))}[]`;
		const known = isEnum(type) ? `Database['public']['Enums']['${type}']` : WORDS[type];
		if (known === undefined) throw new Error(`no word for the type ${type}`);
		return known;
	};
	const field = ({ name, type, is_nullable: isNull }: Column, isOptional = false): string =>
		`${name}${isOptional ? '?' : ''}: ${word(type)}${isNull ? ' | null' : ''};`;

	const relation = (name: string, own: readonly Column[]): string => {
		const row = own.map((one) => field(one)).join('');
		if (own[0]?.kind === 'v') return `${name}: { Row: { ${row} }; Relationships: [] };`;
		const writable = own.filter(({ is_generated: isGenerated }) => !isGenerated);
		const insert = writable.map((one) => field(one, one.is_optional)).join('');
		const update = writable.map((one) => field(one, true)).join('');
		return `${name}: { Row: { ${row} }; Insert: { ${insert} }; Update: { ${update} }; Relationships: [] };`;
	};
	const relations = (kinds: string): string =>
		grouped(
			columns.filter(({ kind }) => kinds.includes(kind)),
			({ relation: name }) => name,
			relation,
		);

	const fn = (name: string, own: readonly Argument[]): string => {
		const [first] = own;
		const list = (mode: string): string[] =>
			own
				.filter((one) => one.mode === mode && one.name !== null)
				.map((one) =>
					// What has a default may be left out, or be null like the default.
					one.is_optional && mode === 'i'
						? `${one.name}?: ${word(one.type)} | null;`
						: `${one.name}: ${word(one.type)};`,
				);
		const inputs = list('i');
		const outputs = list('t');
		const one = outputs.length > 0 ? `{ ${outputs.join('')} }` : word(first?.returns ?? 'void');
		const given = inputs.length > 0 ? `{ ${inputs.join('')} }` : 'Record<PropertyKey, never>';
		return `${name}: { Args: ${given}; Returns: ${one}${first?.is_set === true ? '[]' : ''} };`;
	};

	const text = `${HEAD}
export type Database = {
	public: {
		Tables: { ${relations('rp')} };
		Views: { ${relations('v')} };
		Functions: { ${grouped(args, ({ fn: name }) => name, fn)} };
		Enums: { ${enums.map(({ name, labels }) => `${name}: ${labels.map((label) => `'${label}'`).join(' | ')};`).join('')} };
		CompositeTypes: Record<never, never>;
	};
};
`;
	return format(text, { ...(await resolveConfig(TYPES_FILE)), parser: 'typescript' });
}

function grouped<T>(
	rows: readonly T[],
	nameOf: (row: T) => string,
	write: (name: string, own: readonly T[]) => string,
): string {
	const names = [...new Set(rows.map(nameOf))];
	return names
		.map((name) =>
			write(
				name,
				rows.filter((row) => nameOf(row) === name),
			),
		)
		.join('');
}
