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

interface Mutation {
	readonly name: string;
	/** Run in the template after the migrations; functions are rewritten by `replaced`. */
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
		sql: replaced('private.check_log', "body -> 'index' is distinct from to_jsonb(at_index)", 'false'),
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

function run(mutation: Mutation): string[] {
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
			...mutation.files.map((file) => `tests/db/${file}.test.ts`),
		],
		{ cwd: project, env: { ...process.env, DB_MUTATION: mutation.sql }, stdio: 'ignore' },
	);
	try {
		const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
		const noticed = testResults.flatMap(({ assertionResults }) =>
			assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
		);
		const ran = testResults.flatMap(({ assertionResults }) => assertionResults).length;
		if (ran === 0) throw new Error(`${mutation.name}: the suite did not run`);
		return noticed;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

let unnoticed = 0;
const wanted = process.argv[2] ?? '';
const chosen = MUTATIONS.filter(({ name }) => name.includes(wanted));
for (const mutation of chosen) {
	const [first] = run(mutation);
	if (first === undefined) unnoticed += 1;
	console.log(
		`${first === undefined ? 'UNNOTICED' : 'noticed  '}  ${mutation.name}${first === undefined ? '' : `  (${first})`}`,
	);
}
console.log(`${chosen.length - unnoticed} of ${chosen.length} noticed`);
process.exitCode = unnoticed > 0 || chosen.length === 0 ? 1 : 0;
