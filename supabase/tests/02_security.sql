-- Row-level security everywhere, grants one by one, and functions that nobody can bend.
begin;
select no_plan();

select is_empty(
	$$select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relrowsecurity$$,
	'row-level security is on for every table'
);
select is_empty(
	$$select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname in ('public', 'private') and not coalesce(p.proconfig, '{}') @> array['search_path=""']$$,
	'every function has its search path pinned'
);
select is_empty(
	$$select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef$$,
	'nothing that the API exposes runs as its owner'
);
select is_empty(
	$$select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
	and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']$$,
	'views ask as whoever asks'
);
select is_empty(
	$$select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
		lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	where n.nspname in ('public', 'private') and a.grantee = 0$$,
	'no function is for everybody by default'
);
select is_empty(
	$$select c.oid::regclass || ' ' || a.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace,
		lateral aclexplode(c.relacl) a where n.nspname in ('public', 'private') and a.grantee = 0$$,
	'no table is for everybody by default'
);
select set_eq(
	$$select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('anon', p.oid, 'execute')$$,
	array['leaderboard', 'open_rooms', 'game_log', 'game_summary'],
	'what who has not signed in may call'
);
select set_eq(
	$$select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')$$,
	array[
		'leaderboard', 'open_rooms', 'game_log', 'game_summary', 'archive_game', 'confirm_game', 'share_game', 'save_profile',
		'my_profile', 'claim_key', 'delete_my_account', 'create_group', 'invite_to_group', 'join_group', 'leave_group', 'group_page',
		'group_rivals', 'publish_room', 'renew_room', 'close_room', 'player_history', 'head_to_head',
		'my_groups', 'group_invite', 'play_tonight', 'offer_group_table', 'group_evening', 'put_game_in_group',
		'group_tables', 'publish_game', 'group_games', 'game_standings'
	],
	'what who has signed in may call'
);
select set_eq(
	$$select p.proname::text from pg_proc p where p.pronamespace = 'private'::regnamespace and has_function_privilege('anon', p.oid, 'execute')$$,
	array['leaderboard', 'game_log', 'game_summary', 'game_name', 'to_base64url', 'checked_cursor'],
	'bodies behind what anybody may call'
);
select is_empty(
	$$select one from unnest(array['derive_rounds', 'derive_lines', 'derive_summary', 'refresh_lifetime', 'count_game', 'check_log',
		'compact_game', 'compact_old_games', 'sweep', 'take_rate', 'derive_periods', 'adopt_games', 'adopt_groups', 'is_anonymous',
		'is_elected', 'is_event_signed', 'lock_belongings', 'erase_player', 'games_named', 'beginning_of', 'find_game', 'is_found',
		'follow_group_in_lines']) one
	join pg_proc p on p.proname = one and p.pronamespace = 'private'::regnamespace
	where has_function_privilege('authenticated', p.oid, 'execute')$$,
	'what the database does for itself nobody calls'
);
select is_empty(
	$$select c.oid::regclass || ' ' || p from pg_class c, unnest(array['insert', 'truncate', 'references', 'trigger']) p, unnest(array['anon', 'authenticated']) r
	where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v') and has_table_privilege(r, c.oid, p)$$,
	'nobody inserts into a table'
);
select set_eq(
	$$select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and has_table_privilege('authenticated', c.oid, 'delete')$$,
	array['group_members', 'group_invites'], 'what may be deleted'
);
select set_eq(
	$$select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and has_column_privilege('authenticated', c.oid, a.attnum, 'update')$$,
	array['groups.name', 'groups.description', 'groups.max_members', 'group_members.role'], 'what may be changed'
);
select set_eq(
	$$select a.attname::text from pg_attribute a where a.attrelid = 'public.players'::regclass and a.attnum > 0 and has_column_privilege('anon', a.attrelid, a.attnum, 'select')$$,
	array['id', 'username', 'display_name', 'avatar_seed', 'avatar_url', 'color', 'is_bot', 'is_active', 'created_at'],
	'what everybody sees of a player'
);
select is_empty(
	$$select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
	and c.relname not in ('players', 'player_lifetime_stats', 'player_achievements', 'player_rates', 'player_stats', 'room_directory')
	and has_any_column_privilege('anon', c.oid, 'select')$$,
	'who has not signed in reads nothing else'
);
select is_empty(
	$$select c.relname from pg_class c where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p')
	and (has_any_column_privilege('anon', c.oid, 'select') or has_any_column_privilege('authenticated', c.oid, 'select'))$$,
	'nobody reads a private table'
);

select policies_are('public', 'players', array['players_are_public']);
select policies_are('public', 'groups', array['groups_by_members', 'groups_by_owner']);
select policies_are('public', 'group_members', array['members_by_members', 'roles_by_owner', 'members_out_by_owner']);
select policies_are('public', 'group_invites', array['invites_by_owner', 'invites_back_by_owner']);
select policies_are('public', 'games', array['games_by_players']);
select policies_are('public', 'game_players', array['seats_by_players']);
select policies_are('public', 'game_events', array['events_by_players']);
select policies_are('public', 'rounds', array['rounds_by_players']);
select policies_are('public', 'round_players', array['lines_by_players']);
select policies_are('public', 'trump_bids', array['calls_by_players']);
select policies_are('public', 'game_summaries', array['summaries_by_players']);
select policies_are('public', 'player_lifetime_stats', array['lifetime_is_public']);
select policies_are('public', 'player_achievements', array['achievements_are_public']);
select policies_are('public', 'room_directory', array['rooms_with_a_lease']);
select policies_are(split_part(one, '.', 1), split_part(one, '.', 2), array['nobody']) from unnest(array['public.game_event_archives',
	'private.player_keys', 'private.second_seats', 'private.rate_limits', 'private.group_evenings', 'private.player_period_stats',
	'private.group_tables'] || array(select 'private.game_events_' || n from generate_series(0, 7) n)) one;
select is_empty(
	$$select polname from pg_policy where polname = 'nobody' and (pg_get_expr(polqual, polrelid) <> 'false' or pg_get_expr(polwithcheck, polrelid) <> 'false')$$,
	'a closed table lets nobody in'
);

select has_trigger('public', 'game_events', one, one) from unnest(array['tr_game_events_append_only', 'tr_game_events_no_truncate']) one;
select has_trigger('private', 'game_events_' || n, 'tr_game_events_no_truncate', 'no part is emptied') from generate_series(0, 7) n;
select has_trigger('public', 'game_event_archives', one, one) from unnest(array['tr_game_event_archives_append_only', 'tr_game_event_archives_no_truncate']) one;
select has_trigger('public', 'games', one, one) from unnest(array['tr_games_hold', 'tr_games_summary', 'tr_games_updated_at', 'tr_games_group']) one;
select has_trigger('public', 'game_players', 'tr_game_players_group', 'a line says whose group played');
select has_trigger('public', 'game_summaries', 'tr_game_summaries_group', 'and a summary');
select has_trigger('public', 'player_lifetime_stats', 'tr_lifetime_periods', 'months and years follow');
select has_trigger('public', 'group_members', one, one) from unnest(array['tr_group_members_full', 'tr_group_members_owner']) one;

select * from finish();
rollback;
