-- Tables, columns, types and keys are those of docs/archive.md.
begin;
select no_plan();

select tables_are('public', array[
	'players', 'groups', 'group_members', 'group_invites', 'games', 'game_players', 'game_events', 'game_event_archives',
	'rounds', 'round_players', 'trump_bids', 'game_summaries', 'player_lifetime_stats', 'player_achievements', 'room_directory'
]);
select tables_are('private', array['player_keys', 'rate_limits', 'group_evenings', 'group_tables', 'player_period_stats', 'second_seats'] || array(select 'game_events_' || n from generate_series(0, 7) n));
select views_are('public', array['player_rates', 'player_stats']);
select enums_are('public', array[
	'game_variant', 'game_mode', 'game_status', 'game_phase', 'game_visibility', 'trump_strain', 'round_type', 'group_role', 'achievement'
]);
select enum_has_labels('public', 'game_status', array['created', 'in_progress', 'completed', 'abandoned']);
select enum_has_labels('public', 'game_phase', array[
	'waiting', 'bidding_trump', 'frisch', 'bidding_contract', 'bidding', 'playing', 'round_complete', 'finished'
]);
select enum_has_labels('public', 'trump_strain', array['clubs', 'diamonds', 'hearts', 'spades', 'no_trump']);

-- Every table has a key, every name says what it is, everything is commented.
select has_pk(schemaname, tablename, format('%I.%I has a primary key', schemaname, tablename))
from pg_tables where schemaname in ('public', 'private');
select is_empty(
	$$select c.relname || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('public', 'private') and k.contype in ('p', 'u', 'c', 'f') and k.conparentid = 0 and not c.relispartition
		and k.conname !~ case k.contype when 'p' then '^pk_' when 'u' then '^uq_' when 'c' then '^ck_' else '^fk_' end$$,
	'constraints are named by their kind'
);
select is_empty(
	$$select i.indexname from pg_indexes i where i.schemaname in ('public', 'private') and i.indexname !~ '^(pk|uq|ix)_' and i.tablename !~ '^game_events_'$$,
	'indexes are named by their kind'
);
select is_empty(
	$$select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v') and obj_description(c.oid, 'pg_class') is null$$,
	'every table and view has a comment'
);
select is_empty(
	$$select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
	join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
		and col_description(c.oid, a.attnum) is null$$,
	'every column has a comment'
);
select is_empty(
	$$select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname in ('public', 'private') and obj_description(p.oid, 'pg_proc') is null$$,
	'every function has a comment'
);
select is_empty(
	$$select c.conrelid::regclass || '.' || c.conname from pg_constraint c
	join pg_namespace n on n.oid = c.connamespace
	where c.contype = 'f' and n.nspname in ('public', 'private') and c.conparentid = 0 and not exists (
		select from pg_index i where i.indrelid = c.conrelid and (i.indkey::smallint[])[0] = c.conkey[1]
	)$$,
	'every foreign key has an index that begins with it'
);
select is_empty(
	$$select table_name || '.' || column_name from information_schema.columns
	where table_schema in ('public', 'private') and data_type = 'timestamp without time zone'$$,
	'every moment has a zone'
);

select has_column('public', 'players', one, 'players has ' || one) from unnest(array[
	'user_id', 'username', 'display_name', 'avatar_seed', 'avatar_url', 'color', 'is_bot', 'is_active', 'last_active',
	'preferences', 'public_key', 'created_at', 'updated_at']) one;
select has_column('public', 'games', one, 'games has ' || one) from unnest(array[
	'variant', 'mode', 'room_code', 'admin_id', 'group_id', 'session_seed', 'config', 'status', 'phase', 'current_round_number',
	'version', 'log_hash', 'event_count', 'winner_id', 'started_at', 'completed_at', 'created_at', 'updated_at']) one;
select has_column('public', 'game_players', one, 'game_players has ' || one) from unnest(array[
	'seat', 'player_id', 'display_name', 'is_admin', 'is_bot', 'is_connected', 'final_score', 'is_winner', 'joined_at',
	'confirmed_at', 'confirmed_hash']) one;
select has_column('public', 'rounds', one, 'rounds has ' || one) from unnest(array[
	'number', 'dealer_seat', 'trump', 'declarer_seat', 'winning_bid', 'frisch_count', 'minimum_bid', 'type', 'total_contracts']) one;
select has_column('public', 'game_summaries', one, 'game_summaries has ' || one) from unnest(array[
	'players', 'rounds', 'final_scores', 'highest_bid', 'highest_score', 'lowest_score', 'most_consecutive_wins',
	'most_consecutive_losses', 'highest_misplay']) one;
select has_column('public', 'player_lifetime_stats', one, 'player_lifetime_stats has ' || one) from unnest(array[
	'games_played', 'games_won', 'total_rounds', 'total_points', 'highest_score', 'lowest_score', 'highest_round_score',
	'total_tricks_won', 'contracts_attempted', 'contracts_made', 'zeros_attempted', 'zeros_made', 'trump_wins', 'suit_wins',
	'recent_form', 'current_streak', 'most_consecutive_wins', 'most_consecutive_losses', 'misplays', 'last_game_at']) one;

-- Checks hold at the table, whoever writes.
select throws_ok(format($$insert into players (display_name, %I) values ('x', %L)$$, col, bad), '23514', null, col || ' ' || left(bad, 20))
from (values ('username', 'ab'), ('username', repeat('x', 33)), ('username', 'a b c'), ('avatar_url', 'http://x'), ('color', '10'),
	('avatar_seed', '-1'), ('public_key', 'short'), ('preferences', '[]')) v (col, bad);
select throws_ok($$insert into players (display_name, user_id, is_bot) values ('x', 'u', true)$$, '23514', null, 'a bot has no account');
select throws_ok($$insert into players (display_name, username) values ('x', 'Noa'), ('y', 'NOA')$$, '23505', null, 'user names are unique whatever the case');
select throws_ok($$insert into games (id, variant, mode, room_code) values (gen_random_uuid(), 'el_dorado', 'cards', 'ABCDEF'), (gen_random_uuid(), 'el_dorado', 'cards', 'ABCDEF')$$, '23505', null, 'a room code is unique among live games');
select throws_ok($$insert into games (id, variant, mode, session_seed) values (gen_random_uuid(), 'el_dorado', 'cards', 'secret')$$, '23514', null, 'no secret of a game that is not over');
select throws_ok($$insert into games (id, variant, mode, status) values (gen_random_uuid(), 'el_dorado', 'cards', 'completed')$$, '23514', null, 'a completed game has an end');
select throws_ok($$insert into player_lifetime_stats (player_id, variant, games_played) values (gen_random_uuid(), 'el_dorado', 0)$$, null, null, 'no statistics before the first game');

select * from finish();
rollback;
