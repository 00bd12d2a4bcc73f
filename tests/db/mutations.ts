/**
 * Do the tests notice? Breaks the migrated template one policy, grant, check or lock at a time, runs the suites against
 * it, and says which test failed. Exit 1 when a break goes unnoticed.
 *
 *     npx tsx tests/db/mutations.ts              all, a few minutes
 *     npx tsx tests/db/mutations.ts policy       those whose name has this in it
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Cluster } from './global-setup.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { startPostgres, temporaryFolder, type Postgres } from './stack/postgres.ts';

interface Mutation {
	readonly name: string;
	/** Run in a copy of the migrated template, as its owner; functions are rewritten by `replaced`. */
	readonly sql: string;
	/** Test files that should notice. */
	readonly files: readonly string[];
}

/** A function with one piece of its body replaced; fails when there is no such piece. */
function replaced(name: string, from: string, to: string): string {
	return `do $mutation$
		declare old text := pg_get_functiondef('${name}'::regproc); new text;
		begin
			new := replace(old, ${literal(from)}, ${literal(to)});
			if new = old then raise exception 'nothing to break in ${name}'; end if;
			execute new;
		end $mutation$;`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const MUTATIONS: readonly Mutation[] = [
	{
		name: 'policy: games are open to all',
		sql: 'alter policy games_by_players on public.games using (true)',
		files: ['api'],
	},
	{
		name: 'policy: events of a running game are all open',
		sql: 'alter policy events_by_players on public.game_events using (private.can_see_game(game_id))',
		files: ['api'],
	},
	{
		name: 'policy: summaries are open to all',
		sql: 'alter policy summaries_by_players on public.game_summaries using (true)',
		files: ['api'],
	},
	{
		name: 'policy: any member manages the group',
		sql: 'alter policy groups_by_owner on public.groups using (private.is_group_member(id)) with check (true)',
		files: ['api'],
	},
	{
		name: 'policy: any member makes itself owner',
		sql: 'alter policy roles_by_owner on public.group_members using (private.is_group_member(group_id)) with check (true)',
		files: ['api'],
	},
	{
		name: 'policy: rooms outlive their lease',
		sql: 'alter policy rooms_with_a_lease on public.room_directory using (true)',
		files: ['api'],
	},
	{
		name: 'policy: any member sees the invitations',
		sql: 'alter policy invites_by_owner on public.group_invites using (private.is_group_member(group_id))',
		files: ['group-pages'],
	},
	{
		name: 'policy: any member takes invitations back',
		sql: `alter policy invites_by_owner on public.group_invites using (true);
			alter policy invites_back_by_owner on public.group_invites using (private.is_group_member(group_id))`,
		files: ['group-pages'],
	},
	{
		name: 'rooms: a table is listed in the place of another host’s',
		sql: replaced('private.publish_room', 'where r.host_id = excluded.host_id', ''),
		files: ['open-tables'],
	},
	{
		name: 'policy: groups are open to all',
		sql: 'alter policy groups_by_members on public.groups using (true)',
		files: ['api'],
	},
	{
		name: 'security: row-level security off on events',
		sql: 'alter table public.game_events disable row level security',
		files: ['pgtap'],
	},
	{
		name: 'grant: preferences are read by all',
		sql: 'grant select (preferences) on public.players to anon, authenticated',
		files: ['api', 'pgtap'],
	},
	{
		name: 'grant: anybody archives',
		sql: 'grant execute on function public.archive_game(jsonb), private.archive_game(jsonb) to anon',
		files: ['pgtap'],
	},
	{
		name: 'grant: clients derive statistics',
		sql: 'grant execute on function private.refresh_lifetime(uuid) to authenticated',
		files: ['pgtap'],
	},
	{
		name: 'grant: clients insert events',
		sql: 'grant insert on public.game_events to authenticated',
		files: ['pgtap'],
	},
	{
		name: 'trigger: events may be changed',
		sql: 'drop trigger tr_game_events_append_only on public.game_events',
		files: ['upload'],
	},
	{
		name: 'trigger: groups have no limit',
		sql: 'drop trigger tr_group_members_full on public.group_members',
		files: ['concurrency'],
	},
	{
		name: 'trigger: the last owner may go',
		sql: 'drop trigger tr_group_members_owner on public.group_members',
		files: ['people'],
	},
	{
		name: 'trigger: a finished game needs no summary',
		sql: 'drop trigger tr_games_summary on public.games',
		files: ['upload'],
	},
	{
		name: 'check: a secret before the end',
		sql: 'alter table public.games drop constraint ck_games_session_seed',
		files: ['pgtap'],
	},
	{
		name: 'check: user names differ by case',
		sql: 'drop index public.uq_players_username; create unique index uq_players_username on public.players (username)',
		files: ['people'],
	},
	{
		name: 'upload: the signature is not looked at',
		sql: replaced(
			'private.check_log',
			'or not private.ed25519_verify(',
			'or null is not distinct from private.ed25519_verify(',
		),
		files: ['upload'],
	},
	{
		name: 'upload: indexes may have gaps',
		sql: replaced('private.check_log', "b.body -> 'index' is distinct from to_jsonb(b.at)", 'false'),
		files: ['upload'],
	},
	{
		name: 'upload: by who was not there',
		sql: replaced('private.archive_game', 'where k.player_id = me and', 'where true or'),
		files: ['upload'],
	},
	{
		name: 'upload: another log takes the place of the first',
		sql: replaced('private.archive_game', 'standing.log_hash = final_hash', 'true'),
		files: ['upload'],
	},
	{
		name: 'upload: one device does not wait for another',
		sql: replaced(
			'private.archive_game',
			'perform pg_advisory_xact_lock(hashtextextended(log.game_id::text, 0));',
			'',
		),
		files: ['concurrency'],
	},
	{
		name: 'upload: no limit an hour',
		sql: replaced('private.take_rate', 'if taken > most', 'if false'),
		files: ['upload', 'people'],
	},
	{
		name: 'confirmation: one word is enough',
		sql: replaced('private.count_game', 'agreed * 2 <= humans or agreed < 2', 'agreed < 1'),
		files: ['upload'],
	},
	{
		name: 'confirmation: any hash will do',
		sql: replaced('private.count_game', 'gp.confirmed_hash = game.log_hash', 'gp.confirmed_hash is not null'),
		files: ['upload'],
	},
	{
		name: 'key: no proof is asked for',
		sql: replaced(
			'private.claim_key',
			'if not private.ed25519_verify(',
			'if null is not distinct from private.ed25519_verify(',
		),
		files: ['upload'],
	},
	{
		name: 'log: the link of a private game opens it',
		sql: "create or replace function private.can_read_game(wanted_game uuid) returns boolean language sql stable security definer set search_path = '' return true",
		files: ['api', 'upload'],
	},
	{
		name: 'invite: may be used for ever',
		sql: replaced('private.join_group', 'i.uses_left - 1', 'i.uses_left'),
		files: ['concurrency'],
	},
	{
		name: 'upload: the chain is not made of the records',
		sql: replaced('private.check_log', "convert_to(record_text, 'UTF8')", "convert_to('', 'UTF8')"),
		files: ['upload'],
	},
	{
		name: 'upload: terms may fall',
		sql: replaced('private.check_log', 'n.term < lag(n.term) over (order by n.at)', 'false'),
		files: ['upload'],
	},
	{
		name: 'upload: what comes after the end is taken',
		sql: replaced('private.check_log', "array_position(kinds, 'game_ended') < last_at", 'false'),
		files: ['upload'],
	},
	{
		name: 'upload: events of the other game are taken',
		sql: replaced('private.check_log', '<@ private.event_types(log.variant)', 'is null'),
		files: ['upload'],
	},
	{
		name: 'signature: a number beyond the order of the group is taken',
		sql: replaced('private.ed25519_verify', 'private.little_endian(s) >= l', 'false'),
		files: ['upload'],
	},
	{
		name: 'key: taken along from an account with an e-mail',
		sql: replaced('private.claim_key', 'not private.is_anonymous(holder)', 'false'),
		files: ['upload', 'cloud'],
	},
	{
		name: 'key: what it has played stays behind',
		sql: replaced('private.claim_key', 'private.adopt_games(former, me)', '0'),
		files: ['upload', 'cloud'],
	},
	{
		name: 'key: the account that loses it keeps its numbers',
		sql: replaced(
			'private.adopt_games',
			's.player_id in (to_player, from_player)',
			's.player_id = to_player',
		),
		files: ['claims'],
	},
	{
		name: 'key: the seat that stays at a table of both has no numbers any more',
		sql: replaced('private.adopt_games', 'perform private.refresh_lifetime(from_player);', ''),
		files: ['claims'],
	},
	{
		name: 'key: an account is given no numbers for what came along',
		sql: replaced('private.adopt_games', 'perform private.refresh_lifetime(to_player);', ''),
		files: ['claims'],
	},
	{
		name: 'key: both seats of one table become one player',
		sql: replaced(
			'private.adopt_games',
			'and not exists (select from public.game_players o where o.game_id = g.game_id and o.player_id = to_player)',
			'',
		),
		files: ['claims'],
	},
	{
		name: 'key: another device of the account that loses one is forgotten',
		sql: replaced(
			'private.claim_key',
			'former is null or exists (select from private.player_keys k where k.player_id = former)',
			'former is null',
		),
		files: ['claims'],
	},
	{
		name: 'history: of another it shows all',
		sql: replaced('private.player_history', 'whose = me', 'true'),
		files: ['people'],
	},
	{
		name: 'leaderboard: a month shows every month',
		sql: replaced('private.leaderboard', "'and s.period = $4'", "''"),
		files: ['periods'],
	},
	{
		name: 'derivation: months by the clock of who asks',
		sql: replaced(
			'private.derive_periods',
			"to_char(g.completed_at at time zone 'UTC', 'YYYY-MM')",
			"to_char(g.completed_at, 'YYYY-MM')",
		),
		files: ['periods'],
	},
	{
		name: 'grant: months are read by all',
		sql: 'grant select on private.player_period_stats to anon',
		files: ['pgtap'],
	},
	{
		name: 'schema: a column that nobody declared',
		sql: 'alter table public.games add column extra text',
		files: ['schema'],
	},
	{
		name: 'derivation: a void deal counts',
		sql: replaced('private.derive_summary', "having count(*) filter (where t = 'round_voided') = 0", ''),
		files: ['differential'],
	},
	{
		name: 'derivation: a tie has a winner',
		sql: replaced('private.derive_lines', "game.variant = 'el_dorado' or 1 =", 'true or 1 ='),
		files: ['differential'],
	},
	{
		name: 'derivation: corrections are not priced',
		sql: replaced(
			'private.derive_rounds',
			'score = private.points_of(options, game.variant, r.type, c.bid, c.tricks)',
			'score = l.score',
		),
		files: ['differential'],
	},
	{
		name: 'derivation: streaks in the order of upload',
		sql: replaced(
			'private.refresh_lifetime',
			'order by p.completed_at, private.game_name(p.game_id) collate "C"',
			'order by p.joined_at desc, p.id',
		),
		files: ['differential'],
	},
];

interface Report {
	readonly success: boolean;
	readonly testResults: readonly {
		readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
		readonly message: string;
	}[];
}

interface Server {
	readonly postgres: Postgres;
	readonly folder: string;
	/** Titles of the tests that fail over a template with this done to it. */
	failures(name: string, sql: string, files: readonly string[]): Promise<string[]>;
}

/** One server for all of them; each breaks a copy of its own. */
async function startServer(): Promise<Server> {
	const folder = temporaryFolder();
	const postgres = await startPostgres({ folder, keep: false });
	await createDatabase(postgres, 'sound');
	const owner = await postgres.connect('sound', 'postgres');
	await migrate(owner);
	await owner.end();
	let made = 0;

	return {
		postgres,
		folder,
		async failures(name, sql, files) {
			const template = `template_${made++}`;
			const admin = await postgres.connect('postgres');
			await admin.query(`create database ${template} template sound owner postgres`);
			await admin.end();
			const client = await postgres.connect(template, 'postgres');
			await client.query(sql);
			await client.end();
			const { port, password } = postgres;
			return run(name, files, JSON.stringify({ port, password, folder, template } satisfies Cluster));
		},
	};
}

function run(name: string, files: readonly string[], cluster: string): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'overtrick-mutation-'));
	const report = join(folder, 'report.json');
	const project = resolve(import.meta.dirname, '../..');
	spawnSync(
		process.execPath,
		[
			'node_modules/vitest/vitest.mjs',
			'run',
			'--config',
			'tests/db/vitest.config.ts',
			'--bail',
			'1',
			'--reporter=json',
			`--outputFile=${report}`,
			...files.map((file) => `tests/db/${file}.test.ts`),
		],
		{ cwd: project, env: { ...process.env, DB_CLUSTER: cluster }, stdio: 'ignore' },
	);
	try {
		const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
		const results = testResults.flatMap(({ assertionResults }) => assertionResults);
		if (results.length === 0) throw new Error(`${name}: the suite did not run`);
		return results.filter(({ status }) => status === 'failed').map(({ title }) => title);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function main(wanted: string): Promise<number> {
	const chosen = MUTATIONS.filter(({ name }) => name.includes(wanted));
	const server = await startServer();
	let unnoticed = 0;
	try {
		for (const { name, sql, files } of chosen) {
			const [first] = await server.failures(name, sql, files);
			if (first === undefined) unnoticed += 1;
			console.log(first === undefined ? `UNNOTICED  ${name}` : `noticed    ${name}  (${first})`);
		}
	} finally {
		await server.postgres.stop();
	}
	console.log(`${chosen.length - unnoticed} of ${chosen.length} noticed`);
	return unnoticed > 0 || chosen.length === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2] ?? '');
