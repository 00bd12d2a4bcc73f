-- A group's games are listed by an index, not row by row through the policy; and a game is the group's as well whose table was
-- opened for it by a member who left the lobby before it began.

create function private.group_games(wanted_group uuid, after jsonb, most integer)
	returns table (game_id text, completed_at timestamptz)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	-- Years of evenings in one answer, 60 kB.
	page integer := least(greatest(coalesce(most, 500), 1), 1000);
begin
	perform private.require_group(wanted_group);
	return query
		select private.game_name(g.id), g.completed_at
		from public.games g
		where g.group_id = wanted_group and g.completed_at is not null
			-- The index knows the time alone: games that ended in the same moment are told apart after it.
			and (after is null or g.completed_at <= (after ->> 'completed_at')::timestamptz)
			and (after is null or (g.completed_at, g.id)
				< ((after ->> 'completed_at')::timestamptz, private.game_uuid(after ->> 'game_id')))
		order by g.completed_at desc, g.id desc
		limit page;
end
$$;
comment on function private.group_games(uuid, jsonb, integer) is 'Finished games of a group of the caller''s, newest first.';

create function public.group_games(group_id uuid, cursor jsonb default null, most integer default 500)
	returns table (game_id text, completed_at timestamptz)
	language sql stable set search_path = '' rows 500 as 'select * from private.group_games(group_id, cursor, most)';
comment on function public.group_games(uuid, jsonb, integer) is
	'Finished games of a group of the caller''s, newest first, at most 1,000 a page; the cursor is {completed_at, game_id} of the last row.';

revoke all on function private.group_games(uuid, jsonb, integer), public.group_games(uuid, jsonb, integer)
	from public, anon, authenticated;
grant execute on function private.group_games(uuid, jsonb, integer), public.group_games(uuid, jsonb, integer) to authenticated;

create or replace function private.put_game_in_group(game_name text, wanted_group uuid, table_code text) returns boolean
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.game_uuid(game_name);
	standing public.games;
begin
	if wanted is null or wanted_group is null then perform private.refuse(422, 'bad_shape'); end if;
	perform private.require_group(wanted_group);
	if not exists (select from public.game_players p where p.game_id = wanted and p.player_id = me) then
		perform private.refuse(403, 'not_at_the_table');
	end if;
	-- Who goes by the code believes whoever showed the table. It must have been a player of this very game, or whoever founded
	-- it and has left its lobby since: a member who knows the code of a table of others could else have the games of its
	-- players shown to itself.
	if table_code is not null and not exists (
		select from private.group_tables t join public.game_players p on p.game_id = wanted and p.player_id = t.player_id
		where t.group_id = wanted_group and t.room_code = table_code
	) and not exists (
		select from private.group_tables t
		join private.player_keys k on k.player_id = t.player_id
		join public.game_events e on e.game_id = wanted and e.event_index = 0 and e.payload ->> 'host' = k.public_key
		where t.group_id = wanted_group and t.room_code = table_code
	) then
		perform private.refuse(403, 'not_a_table_of_the_group');
	end if;
	-- Whoever uploads first need not be of the group; who is says it afterwards. A game has one group, for good.
	update public.games g set group_id = wanted_group
	where g.id = wanted and g.group_id is null and g.status in ('completed', 'abandoned')
	returning * into standing;
	if not found then
		return exists (select from public.games g where g.id = wanted and g.group_id = wanted_group);
	end if;
	if standing.status = 'completed' then
		update public.groups g set
			total_games = g.total_games + 1,
			total_rounds = g.total_rounds + (select s.rounds from public.game_summaries s where s.game_id = wanted),
			last_played_at = greatest(g.last_played_at, standing.completed_at)
		where g.id = wanted_group;
	end if;
	return true;
end
$$;
