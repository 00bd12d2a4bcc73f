-- The list of a group's games looks at its cursor as the other lists do.

create or replace function public.group_games(group_id uuid, cursor jsonb default null, most integer default 500)
	returns table (game_id text, completed_at timestamptz)
	language sql stable set search_path = '' rows 500
	as $$
		select * from private.group_games(group_id,
			private.checked_cursor(cursor, '{"completed_at": "time", "game_id": "game"}'), most)
	$$;
