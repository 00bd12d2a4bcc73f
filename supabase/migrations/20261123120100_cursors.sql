-- A cursor that is none is refused with a code of ours, like every other bad input; it was an error of the database.

create function private.checked_cursor(after jsonb, fields jsonb) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	-- No value that is ranked comes near, and each fits the column it is compared with.
	largest constant double precision := 2000000000;
	field text;
	kind text;
	said text;
begin
	if after is null or after = 'null' then return null; end if;
	if jsonb_typeof(after) <> 'object' then perform private.refuse(422, 'bad_cursor'); end if;
	for field, kind in select f.key, f.value from jsonb_each_text(fields) as f loop
		said := after ->> field;
		-- Each type by its own name: a call of `pg_input_is_valid` in a loop keeps the type that it was first asked for.
		if not coalesce(case kind
			when 'number' then pg_input_is_valid(said, 'double precision')
			when 'time' then pg_input_is_valid(said, 'timestamptz')
			when 'player' then pg_input_is_valid(said, 'uuid')
			when 'game' then private.game_uuid(said) is not null
			when 'code' then said is not null
		end, false) then
			perform private.refuse(422, 'bad_cursor');
		end if;
		if kind = 'number' and abs(said::double precision) > largest then perform private.refuse(422, 'bad_cursor'); end if;
	end loop;
	return after;
end
$$;
comment on function private.checked_cursor(jsonb, jsonb) is 'The cursor, when each of these fields is there and of its kind: number, time, player, game (an id as in a log) or code; refuses another.';

create or replace function public.leaderboard(
	variant public.game_variant, metric text default 'wins', group_id uuid default null, cursor jsonb default null,
	since timestamptz default null, period text default null
)
	returns table (
		player_id uuid, username text, display_name text, avatar_seed bigint, avatar_url text, color smallint, value double precision,
		games_played integer, games_won integer
	)
	language sql stable set search_path = '' rows 50
	as $$
		select * from private.leaderboard(variant, metric, group_id,
			private.checked_cursor(cursor, '{"value": "number", "player_id": "player"}'), since, period)
	$$;

create or replace function public.player_history(
	player_id uuid default null, cursor jsonb default null, variant public.game_variant default null, most integer default 25
) returns setof jsonb
	language sql stable set search_path = '' rows 25
	as $$
		select private.player_history(player_id,
			private.checked_cursor(cursor, '{"completed_at": "time", "game_id": "game"}'), variant, most)
	$$;

create or replace function public.open_rooms(cursor jsonb default null, wanted_variant public.game_variant default null)
	returns table (
		room_code text, game_id text, host_name text, host_avatar_seed bigint, host_color smallint, variant public.game_variant,
		mode public.game_mode, current_players smallint, max_players smallint, spectators_allowed boolean,
		created_at timestamptz
	)
	language plpgsql stable set search_path = '' rows 50
as $$
begin
	-- Before the rooms are looked at: where there are none, nothing of a query over them is.
	perform private.checked_cursor(open_rooms.cursor, '{"created_at": "time", "room_code": "code"}');
	return query
		select r.room_code, private.game_name(r.game_id), p.display_name, p.avatar_seed, p.color, r.variant, r.mode,
			r.current_players, r.max_players, r.spectators_allowed, r.created_at
		from public.room_directory r join public.players p on p.id = r.host_id
		where r.lease_expires_at > now()
			and (open_rooms.wanted_variant is null or r.variant = open_rooms.wanted_variant)
			and (coalesce(open_rooms.cursor, 'null') = 'null' or (r.created_at, r.room_code)
				< ((open_rooms.cursor ->> 'created_at')::timestamptz, open_rooms.cursor ->> 'room_code'))
		order by r.created_at desc, r.room_code desc
		limit 50;
end
$$;

revoke all on function private.checked_cursor(jsonb, jsonb) from public;
grant execute on function private.checked_cursor(jsonb, jsonb) to anon, authenticated;
