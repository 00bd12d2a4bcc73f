-- Tables that no client may touch say so by a policy, not by having none; and no part of the log is emptied by itself.

do $$
declare
	closed text;
begin
	foreach closed in array array['public.game_event_archives', 'private.player_keys', 'private.second_seats', 'private.rate_limits',
		'private.group_evenings', 'private.group_tables', 'private.player_period_stats']
		|| array(select 'private.game_events_' || part from generate_series(0, 7) as part)
	loop
		execute format('create policy nobody on %s for all to anon, authenticated using (false) with check (false)', closed);
	end loop;
	for part in 0..7 loop
		execute format('create trigger tr_game_events_no_truncate before truncate on private.game_events_%s '
			'for each statement execute function private.hold_no_truncate()', part);
	end loop;
end
$$;
