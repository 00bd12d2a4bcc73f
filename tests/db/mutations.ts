/**
 * Do the tests notice? Breaks the migrated template one policy, grant, check or lock at a time, runs the suites against
 * it, and says which test failed. Exit 1 when a break goes unnoticed.
 *
 *     npm run mutations                all, a few minutes
 *     npm run mutations -- policy      those whose name has this in it; several with a | between them
 *     npm run mutations -- --quick     one or two of each kind, under a minute: a part of `npm test`
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Cluster } from './global-setup.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { postgresProblem, startPostgres, temporaryFolder, type Postgres } from './stack/postgres.ts';

interface Mutation {
	readonly name: string;
	/** Run in a copy of the migrated template, as its owner; functions are rewritten by `replaced`. */
	readonly sql: string;
	/** Test files that should notice. */
	readonly files: readonly string[];
	/** Its kind's proof in every run of the tests: what notices it takes a second or two. */
	readonly isQuick?: true;
}

/** Two cores: each has a template of its own, and its tests wait for the server half of the time. */
const AT_ONCE = 2;

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
		isQuick: true,
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
		isQuick: true,
	},
	{
		name: 'policy: any member makes itself owner',
		sql: 'alter policy roles_by_owner on public.group_members using (private.is_group_member(group_id)) with check (true)',
		files: ['api'],
	},
	{
		name: 'policy: members of any group are shown',
		sql: 'alter policy members_by_members on public.group_members using (true)',
		files: ['api'],
	},
	{
		name: 'policy: any member takes others out',
		sql: 'alter policy members_out_by_owner on public.group_members using (private.is_group_member(group_id))',
		files: ['api'],
	},
	...(
		[
			['seats_by_players', 'game_players'],
			['rounds_by_players', 'rounds'],
			['lines_by_players', 'round_players'],
			['calls_by_players', 'trump_bids'],
		] as const
	).map(([policy, table]) => ({
		name: `policy: ${policy} lets everybody in`,
		sql: `alter policy ${policy} on public.${table} using (true)`,
		files: ['api'],
	})),
	{
		name: 'policy: rooms outlive their lease',
		sql: 'alter policy rooms_with_a_lease on public.room_directory using (true)',
		files: ['api'],
	},
	{
		name: 'policy: any member sees the invitations',
		sql: 'alter policy invites_by_owner on public.group_invites using (private.is_group_member(group_id))',
		files: ['group-pages'],
		isQuick: true,
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
		isQuick: true,
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
		isQuick: true,
	},
	{
		name: 'grant: preferences are read by all',
		sql: 'grant select (preferences) on public.players to anon, authenticated',
		files: ['api', 'pgtap'],
		isQuick: true,
	},
	{
		name: 'grant: anybody archives',
		sql: 'grant execute on function public.archive_game(jsonb), private.archive_game(jsonb) to anon',
		files: ['pgtap'],
		isQuick: true,
	},
	{
		name: 'grant: clients derive statistics',
		sql: 'grant execute on function private.refresh_lifetime(uuid) to authenticated',
		files: ['pgtap'],
		isQuick: true,
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
		name: 'trigger: a part of the log may be emptied',
		sql: 'drop trigger tr_game_events_no_truncate on private.game_events_5',
		files: ['pgtap', 'upload'],
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
		isQuick: true,
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
		isQuick: true,
	},
	{
		name: 'check: user names differ by case',
		sql: 'drop index public.uq_players_username; create unique index uq_players_username on public.players (username)',
		files: ['people'],
		isQuick: true,
	},
	{
		name: 'upload: the signature is not looked at',
		sql: replaced(
			'private.check_log',
			'if not private.is_event_signed(game_name, log.host, hash, log.signatures[last_at])',
			'if false',
		),
		files: ['upload'],
		isQuick: true,
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
		isQuick: true,
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
		isQuick: true,
	},
	{
		name: 'confirmation: any hash will do',
		sql: replaced('private.count_game', 'gp.confirmed_hash = game.log_hash', 'gp.confirmed_hash is not null'),
		files: ['upload'],
	},
	{
		name: 'upload: what somebody made up keeps the real game out',
		sql: replaced(
			'private.archive_game',
			'g.log_hash = final_hash or g.uploaded_by = me or private.beginning_of(g.id) = log.hashes[1]',
			'true',
		),
		files: ['invented'],
		isQuick: true,
	},
	{
		name: 'upload: another end of a game that stands is a game of its own',
		sql: replaced('private.archive_game', ' or private.beginning_of(g.id) = log.hashes[1]', ''),
		files: ['invented'],
	},
	{
		name: 'upload: an account fills an id with games',
		sql: replaced('private.archive_game', ' or g.uploaded_by = me', ''),
		files: ['invented'],
	},
	{
		name: 'log: the beginning of a compacted one is forgotten',
		sql: "create or replace function private.beginning_of(of_game uuid) returns bytea language sql stable security definer set search_path = '' return (select e.hash from public.game_events e where e.game_id = of_game and e.event_index = 0)",
		files: ['invented'],
	},
	{
		name: 'log: of two games under one id everybody is shown the first',
		sql: replaced(
			'private.find_game',
			'coalesce(p.confirmed_hash = g.log_hash, false) desc, private.can_read_game(g.id) desc,\n\t\t\tg.counted_at nulls last, ',
			'',
		),
		files: ['invented'],
	},
	{
		name: 'log: what was made up is shown though another counts',
		sql: replaced('private.find_game', 'g.counted_at nulls last, ', ''),
		files: ['invented'],
	},
	{
		name: 'history: an id stands in it twice',
		sql: "create or replace function private.is_found(of_game uuid) returns boolean language sql stable security definer set search_path = '' return true",
		files: ['invented'],
	},
	{
		name: 'confirmation: of another game under the same id',
		sql: replaced('private.confirm_game', 'g.log_hash = said desc, ', ''),
		files: ['invented'],
	},
	{
		name: 'standings: of games of others',
		sql: replaced('private.game_standings', 'private.can_see_game(g.id)', 'true'),
		files: ['invented'],
	},
	{
		name: 'groups: lines do not follow their game',
		sql: 'drop trigger tr_games_group on public.games',
		files: ['invented', 'pgtap'],
	},
	{
		name: 'publish: who has not hosted says so',
		sql: replaced('private.publish_game', ' and k.player_id = me', ''),
		files: ['cloud'],
		isQuick: true,
	},
	{
		name: 'publish: who hosted before a takeover has no say',
		sql: replaced('private.publish_game', "e.type in ('game_created', 'host_changed')", 'false'),
		files: ['takeovers'],
	},
	{
		name: 'publish: the code is not looked at',
		sql: replaced('private.publish_game', "coalesce(table_code, '') !~ '^[A-HJKMNP-Z]{6}$'", 'false'),
		files: ['cloud'],
	},
	{
		name: 'publish: another code takes the place of the first',
		sql: replaced('private.publish_game', 'coalesce(g.room_code, table_code)', 'table_code'),
		files: ['cloud'],
	},
	{
		name: 'share: by who was not there',
		sql: replaced('private.share_game', 'p.game_id = wanted and p.player_id = me', 'p.game_id = wanted'),
		files: ['upload'],
	},
	{
		name: 'share: a public game is closed again',
		sql: replaced('private.share_game', "and g.visibility <> 'public'", ''),
		files: ['inputs'],
	},
	{
		name: 'groups: games are listed to anybody',
		sql: replaced('private.group_games', 'perform private.require_group(wanted_group);', ''),
		files: ['group-games'],
		isQuick: true,
	},
	{
		name: 'groups: a page of games repeats those of one moment',
		sql: replaced(
			'private.group_games',
			'(g.completed_at, g.id)\n\t\t\t\t<',
			'(g.completed_at, g.id)\n\t\t\t\t<=',
		),
		files: ['group-games'],
	},
	...(['group_page', 'group_rivals', 'group_evening', 'play_tonight', 'offer_group_table'] as const).map(
		(name) => ({
			name: `groups: ${name} is anybody’s`,
			sql: replaced(`private.${name}`, 'perform private.require_group(wanted_group);', ''),
			files: ['people', 'group-evenings'],
		}),
	),
	{
		name: 'groups: the leaderboard of one is anybody’s',
		sql: replaced('private.leaderboard', 'perform private.require_group(wanted_group);', ''),
		files: ['people', 'periods', 'group-evenings'],
	},
	{
		name: 'groups: any member invites',
		sql: replaced('private.invite_to_group', 'private.is_group_owner', 'private.is_group_member'),
		files: ['people', 'inputs'],
	},
	{
		name: 'invite: expired, it still opens',
		sql: replaced('private.join_group', 'and i.expires_at > now()', ''),
		files: ['people', 'inputs', 'group-evenings'],
	},
	{
		name: 'groups: a game goes to a group of others',
		sql: replaced('private.archive_game', 'not private.is_group_member(wanted_group)', 'false'),
		files: ['upload'],
	},
	{
		name: 'head to head: of strangers',
		sql: replaced('private.head_to_head', 'me not in (a, b)', 'false'),
		files: ['people'],
	},
	{
		name: 'rooms: anybody renews',
		sql: replaced('private.renew_room', 'and r.host_id = me', ''),
		files: ['people'],
	},
	{
		name: 'rooms: anybody closes',
		sql: replaced('private.close_room', 'and r.host_id = me', ''),
		files: ['people'],
	},
	{
		name: 'account: deleted, its keys stay',
		sql: replaced(
			'private.delete_my_account',
			'delete from private.player_keys k where k.player_id = me;',
			'',
		),
		files: ['account'],
	},
	{
		name: 'account: deleted, its name stays at the tables it sat at',
		sql: replaced(
			'private.delete_my_account',
			"set display_name = 'former player', avatar_seed = 0, color = 0",
			'set color = 0',
		),
		files: ['people', 'api', 'claims'],
	},
	...(
		[
			['players_are_public', 'players'],
			['lifetime_is_public', 'player_lifetime_stats'],
			['achievements_are_public', 'player_achievements'],
		] as const
	).map(([policy, table]) => ({
		name: `policy: ${policy} is open to nobody`,
		sql: `alter policy ${policy} on public.${table} using (false)`,
		files: ['api', 'people-read'],
	})),
	{
		name: 'policy: a closed table lets its readers in',
		sql: 'alter policy nobody on private.player_keys using (true); grant select on private.player_keys to authenticated',
		files: ['pgtap'],
	},
	{
		name: 'grant: groups are made by inserting them',
		sql: 'grant insert on public.groups to authenticated',
		files: ['api', 'pgtap'],
	},
	{
		name: 'grant: members change what the archive counts',
		sql: 'grant update (total_games) on public.groups to authenticated',
		files: ['pgtap'],
	},
	{
		name: 'trigger: games may be deleted and begin again',
		sql: 'drop trigger tr_games_hold on public.games',
		files: ['upload'],
	},
	{
		name: 'trigger: archived logs may be changed',
		sql: 'drop trigger tr_game_event_archives_append_only on public.game_event_archives',
		files: ['upload', 'pgtap'],
	},
	{
		name: 'trigger: a group shrinks below its members',
		sql: 'drop trigger tr_groups_max_members on public.groups',
		files: ['people'],
	},
	{
		name: 'check: a code is on two live tables',
		sql: 'drop index public.uq_games_live_room_code',
		files: ['pgtap', 'upload'],
	},
	{
		name: 'check: a picture from anywhere',
		sql: 'alter table public.players drop constraint ck_players_avatar_url',
		files: ['people', 'inputs'],
	},
	{
		name: 'check: settings of any size',
		sql: 'alter table public.players drop constraint ck_players_preferences',
		files: ['people', 'inputs'],
	},
	{
		name: 'check: a group of any size',
		sql: 'alter table public.groups drop constraint ck_groups_max_members',
		files: ['people', 'api', 'pgtap'],
	},
	{
		name: 'check: a table of any size is listed',
		sql: 'alter table public.room_directory drop constraint ck_room_directory_players',
		files: ['people', 'inputs'],
	},
	{
		name: 'check: a link to anywhere is shown to a group',
		sql: 'alter table private.group_evenings drop constraint ck_group_evenings_table_path',
		files: ['group-evenings'],
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
		sql: replaced('private.check_log', 'n.term <> lag(n.term, 1, 1) over (order by n.at)', 'false'),
		files: ['upload'],
	},
	{
		name: 'takeover: nobody need have voted',
		sql: replaced(
			'private.check_log',
			'if not private.is_elected(',
			'if null is not distinct from private.is_elected(',
		),
		files: ['takeovers'],
		isQuick: true,
	},
	{
		name: 'takeover: what the host before has written is not looked at',
		sql: replaced(
			'private.check_log',
			'if not private.is_event_signed(game_name, log.host, hashes[place - 1], log.signatures[place - 1])',
			'if false',
		),
		files: ['takeovers'],
	},
	{
		name: 'takeover: few votes are enough',
		sql: replaced('private.is_elected', 'or cardinality(voters) * 2 <= cardinality(may_vote)', ''),
		files: ['takeovers'],
	},
	{
		name: 'takeover: votes of anybody count',
		sql: replaced('private.is_elected', 'or not voters <@ may_vote', ''),
		files: ['takeovers'],
	},
	{
		name: 'takeover: one voter counts for many',
		sql: replaced(
			'private.is_elected',
			'or cardinality(voters) <> (select count(distinct v) from unnest(voters) as v)',
			'',
		),
		files: ['takeovers'],
	},
	{
		name: 'takeover: signatures of votes are not looked at',
		sql: replaced(
			'private.is_elected',
			'or not private.ed25519_verify(',
			'or null is not distinct from private.ed25519_verify(',
		),
		files: ['takeovers'],
	},
	{
		name: 'takeover: a term may have two hosts',
		sql: replaced('private.is_elected', '<> (case when is_lost then 0 else 1 end)', '> 1'),
		files: ['takeovers'],
	},
	{
		name: 'takeover: who is away votes',
		sql: replaced('private.is_elected', "and s ->> 'presence' = 'here'", ''),
		files: ['takeovers'],
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
		name: 'lock: players before games',
		sql: "create or replace function private.lock_belongings(of_players uuid[]) returns void language sql security definer set search_path = '' as ''",
		files: ['concurrency'],
	},
	{
		name: 'key: the player it leaves keeps its name',
		sql: replaced('private.claim_key', 'perform private.erase_player(former);', ''),
		files: ['claims'],
	},
	{
		name: 'account: the name at a second seat stays when it is deleted',
		sql: replaced('private.archive_game', 'and p.player_id is null', 'and false'),
		files: ['claims'],
	},
	{
		name: 'account: a second seat is forgotten when the account goes over to another',
		sql: replaced(
			'private.adopt_games',
			'update private.second_seats s set player_id = to_player where s.player_id = from_player;',
			'',
		),
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
		name: 'groups: a game is told by who did not sit there',
		sql: replaced(
			'private.put_game_in_group',
			'p.game_id = wanted and p.player_id = me',
			'p.game_id = wanted',
		),
		files: ['group-evenings'],
	},
	{
		name: 'groups: anybody’s word makes a table the group’s',
		sql: replaced('private.put_game_in_group', 'and p.player_id = t.player_id', ''),
		files: ['group-evenings'],
		isQuick: true,
	},
	{
		name: 'groups: tables are shown to all',
		sql: replaced('private.group_tables', 'm.player_id = private.my_player_id()', 'true'),
		files: ['group-evenings'],
	},
	{
		name: 'groups: a game goes on to another group',
		sql: replaced('private.put_game_in_group', 'and g.group_id is null', ''),
		files: ['group-evenings'],
	},
	{
		name: 'key: its groups stay behind',
		sql: replaced('private.adopt_games', 'perform private.adopt_groups(from_player, to_player);', ''),
		files: ['claims'],
		isQuick: true,
	},
	{
		name: 'lists: a cursor is taken as it is',
		sql: "create or replace function private.checked_cursor(after jsonb, fields jsonb) returns jsonb language sql stable security definer set search_path = '' return after",
		files: ['inputs'],
		isQuick: true,
	},
	{
		name: 'rooms: any number of one host',
		sql: replaced('private.publish_room', '>= 3', '>= 3000'),
		files: ['inputs'],
	},
	{
		name: 'groups: any number of invitations',
		sql: replaced('private.invite_to_group', '>= 20', '>= 2000'),
		files: ['inputs'],
	},
	{
		name: 'groups: games that nobody confirmed hold records',
		sql: replaced('private.group_page', 'where c.counted_at is not null', 'where true'),
		files: ['inputs'],
	},
	{
		name: 'leaderboard: a month shows every month',
		sql: replaced('private.leaderboard', "'and s.period = $4'", "''"),
		files: ['periods'],
		isQuick: true,
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
		name: 'derivation: calls of every frisch are of the first',
		sql: replaced('private.derive_rounds', 'and f.i < e.i', 'and false'),
		files: ['differential'],
	},
	{
		name: 'derivation: a frisch does not raise the lowest bid',
		sql: replaced('private.derive_rounds', '5 + coalesce', '5 + 0 * coalesce'),
		files: ['differential'],
	},
	{
		name: 'derivation: a correction leaves over and under as they were',
		sql: replaced(
			'private.derive_rounds',
			"type = case when s.bids > r.cards then 'over'",
			"type = case when true then r.type when s.bids > r.cards then 'over'",
		),
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
	/** One copy after the other: nobody may be connected to what is copied. */
	let copying: Promise<unknown> = Promise.resolve();
	async function broken(sql: string): Promise<string> {
		const template = `template_${made++}`;
		const admin = await postgres.connect('postgres');
		await admin.query(`create database ${template} template sound owner postgres`);
		await admin.end();
		const client = await postgres.connect(template, 'postgres');
		await client.query(sql);
		await client.end();
		return template;
	}

	return {
		postgres,
		folder,
		async failures(name, sql, files) {
			const copied = copying.then(() => broken(sql));
			copying = copied.catch(() => undefined);
			const template = await copied;
			const { port, password } = postgres;
			return run(name, files, JSON.stringify({ port, password, folder, template } satisfies Cluster));
		},
	};
}

async function run(name: string, files: readonly string[], cluster: string): Promise<string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'overtrick-mutation-'));
	const report = join(folder, 'report.json');
	const project = resolve(import.meta.dirname, '../..');
	const args = ['run', '--config', 'tests/db/vitest.config.ts', '--bail', '1', '--reporter=json'];
	const tests = spawn(
		process.execPath,
		[
			'node_modules/vitest/vitest.mjs',
			...args,
			`--outputFile=${report}`,
			...files.map((file) => `tests/db/${file}.test.ts`),
		],
		{ cwd: project, env: { ...process.env, DB_CLUSTER: cluster }, stdio: 'ignore' },
	);
	await new Promise((done) => tests.once('close', done));
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
	const problem = postgresProblem();
	if (problem !== null) {
		console.warn(`mutations: nothing can be broken: ${problem}`);
		return 0;
	}
	const isQuick = wanted === '--quick';
	const chosen = MUTATIONS.filter((one) =>
		isQuick ? one.isQuick === true : wanted.split('|').some((part) => one.name.includes(part)),
	);
	const server = await startServer();
	const left = [...chosen];
	let unnoticed = 0;
	async function work(): Promise<void> {
		for (let one = left.shift(); one !== undefined; one = left.shift()) {
			const [first] = await server.failures(one.name, one.sql, one.files);
			if (first === undefined) unnoticed += 1;
			console.log(first === undefined ? `UNNOTICED  ${one.name}` : `noticed    ${one.name}  (${first})`);
		}
	}
	try {
		await Promise.all(Array.from({ length: AT_ONCE }, work));
	} finally {
		await server.postgres.stop();
	}
	console.log(`${chosen.length - unnoticed} of ${chosen.length} noticed`);
	return unnoticed > 0 || chosen.length === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2] ?? '');
