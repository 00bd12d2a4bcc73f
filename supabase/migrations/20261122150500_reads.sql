-- What pages ask for. Each answer has a limit, each list a cursor: the last row of the page before.

create view public.player_rates with (security_invoker = true) as
	select s.player_id, s.variant, s.games_played, s.games_won, s.win_rate, s.mean_score, s.contract_rate, s.zero_rate
	from public.player_lifetime_stats s;
comment on view public.player_rates is 'Win rate, mean score, contract and zero rates by player and game.';

create view public.player_stats with (security_invoker = true) as
	select s.* from public.player_lifetime_stats s where s.variant = 'israeli_whist';
comment on view public.player_stats is 'Lifetime statistics of Israeli Whist.';

create function private.require_group(wanted_group uuid) returns void
	language plpgsql stable set search_path = ''
as $$
begin
	if not private.is_group_member(wanted_group) then perform private.refuse(403, 'not_in_the_group'); end if;
end
$$;
comment on function private.require_group(uuid) is 'Refuses who does not belong to the group.';

-- Leaderboards.

create function private.leaderboard(
	wanted_variant public.game_variant, metric text, wanted_group uuid, after jsonb, since timestamptz
)
	returns table (
		player_id uuid, username text, display_name text, avatar_seed bigint, avatar_url text, color smallint, value double precision,
		games_played integer, games_won integer
	)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	page constant integer := 50;
	-- Metric, column, and what it asks of a row: a rate of a game or two says nothing.
	is_rate boolean := metric in ('win_rate', 'mean_score', 'contract_rate');
	column_name text := case metric
		when 'wins' then 'games_won' when 'points' then 'total_points' when 'best_game' then 'highest_score'
		when 'best_streak' then 'most_consecutive_wins' when 'win_rate' then 'win_rate' when 'mean_score' then 'mean_score'
		when 'contract_rate' then 'contract_rate' end;
begin
	if wanted_variant is null or column_name is null then perform private.refuse(422, 'bad_metric'); end if;
	if wanted_group is null then
		return query execute format($q$
			select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, s.%1$I::double precision,
				s.games_played, s.games_won
			from (
				select * from public.player_lifetime_stats s
				where s.variant = $1 %2$s and ($2 is null or (s.%1$I, s.player_id) < ($2, $3))
				order by s.%1$I desc, s.player_id desc
				limit %3$s
			) s join public.players p on p.id = s.player_id
			order by s.%1$I desc, s.player_id desc
		$q$, column_name,
			case when is_rate then 'and s.games_played >= 5' else '' end
			|| case when metric = 'contract_rate' then ' and s.contract_rate is not null' else '' end, page)
		using wanted_variant, (after ->> 'value')::double precision, (after ->> 'player_id')::uuid;
		return;
	end if;
	perform private.require_group(wanted_group);
	return query
		with lines as (
			select gp.player_id as player, count(*)::integer as played, count(*) filter (where gp.is_winner)::integer as won,
				sum(gp.final_score) as points, max(gp.final_score) as best, sum(gp.contracts_attempted) as attempted,
				sum(gp.contracts_made) as made
			from public.games g join public.game_players gp on gp.game_id = g.id
			where g.group_id = wanted_group and g.variant = wanted_variant and gp.is_counted and gp.rounds > 0
				and (since is null or g.completed_at >= since)
			group by gp.player_id
		), valued as (
			select l.*, case metric
				when 'wins' then l.won when 'points' then l.points when 'best_game' then l.best
				when 'win_rate' then l.won::double precision / l.played when 'mean_score' then l.points::double precision / l.played
				when 'contract_rate' then l.made::double precision / nullif(l.attempted, 0)
				when 'best_streak' then l.won end::double precision as value
			from lines l
		)
		select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, v.value, v.played, v.won
		from valued v join public.players p on p.id = v.player
		where v.value is not null
		order by v.value desc, p.id desc
		limit page;
end
$$;
comment on function private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz) is 'Of everybody by an index; of a group from its games.';

create function public.leaderboard(
	variant public.game_variant, metric text default 'wins', group_id uuid default null, cursor jsonb default null,
	since timestamptz default null
)
	returns table (
		player_id uuid, username text, display_name text, avatar_seed bigint, avatar_url text, color smallint, value double precision,
		games_played integer, games_won integer
	)
	language sql stable set search_path = '' rows 50
	as 'select * from private.leaderboard(variant, metric, group_id, cursor, since)';
comment on function public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz) is
	'50 a page by wins, points, best_game, best_streak, win_rate, mean_score or contract_rate (rates from five games on); the cursor is {value, player_id} of the last row. With a group: its members'' games, all of them or since a time.';

-- Games.

create function private.game_card(of_game uuid) returns jsonb
	language sql stable set search_path = ''
	return (
		select jsonb_build_object(
			'game_id', private.game_name(g.id), 'variant', g.variant, 'mode', g.mode, 'status', g.status, 'visibility', g.visibility,
			'group_id', g.group_id, 'started_at', g.started_at, 'completed_at', g.completed_at, 'rounds', g.current_round_number,
			'event_count', g.event_count, 'log_hash', encode(g.log_hash, 'hex'), 'is_counted', g.counted_at is not null,
			'confirmations', (select count(*) from public.game_players c where c.game_id = g.id and c.confirmed_hash = g.log_hash),
			'players', (
				select jsonb_agg(jsonb_build_object('seat', p.seat, 'player_id', p.player_id, 'display_name', p.display_name,
					'avatar_seed', p.avatar_seed, 'color', p.color, 'bot_level', p.bot_level, 'score', p.final_score, 'place', p.place,
					'is_winner', p.is_winner) order by p.seat)
				from public.game_players p where p.game_id = g.id
			)
		)
		from public.games g where g.id = of_game
	);
comment on function private.game_card(uuid) is 'A game as lists show it.';

create function private.game_summary(game_name text) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.game_uuid(game_name);
begin
	if wanted is null or not private.can_read_game(wanted) then perform private.refuse(404, 'no_such_game'); end if;
	return private.game_card(wanted) || jsonb_build_object(
		'config', (select g.config from public.games g where g.id = wanted),
		'summary', (select to_jsonb(s) - '{game_id,created_at}'::text[] from public.game_summaries s where s.game_id = wanted),
		'lines', (
			select jsonb_agg(to_jsonb(p) - '{id,game_id,player_id,confirmed_hash,is_counted,variant,completed_at}'::text[] order by p.seat)
			from public.game_players p where p.game_id = wanted
		),
		'sheet', (
			select coalesce(jsonb_agg(to_jsonb(r) - '{id,game_id}'::text[] || jsonb_build_object('lines', (
				select jsonb_agg(to_jsonb(l) - '{id,round_id}'::text[] order by l.seat)
				from public.round_players l where l.round_id = r.id
			)) order by r.number), '[]')
			from public.rounds r where r.game_id = wanted
		)
	);
end
$$;
comment on function private.game_summary(text) is 'All numbers of a game for who may read it.';

create function public.game_summary(game_id text) returns jsonb
	language sql stable set search_path = '' as 'select private.game_summary(game_id)';
comment on function public.game_summary(text) is 'A game with summary, players'' lines and score sheet; 404 for who may not read it.';

create function private.player_history(wanted_player uuid, after jsonb, wanted_variant public.game_variant, most integer)
	returns setof jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	whose uuid := coalesce(wanted_player, me);
	page integer := least(greatest(coalesce(most, 25), 1), 100);
begin
	return query
		select private.game_card(h.game_id)
		from (
			select p.game_id, p.completed_at
			from public.game_players p
			where p.player_id = whose
				and p.completed_at is not null
				and (wanted_variant is null or p.variant = wanted_variant)
				and (after is null or (p.completed_at, p.game_id)
					< ((after ->> 'completed_at')::timestamptz, private.game_uuid(after ->> 'game_id')))
				and (whose = me or private.can_see_game(p.game_id))
			order by p.completed_at desc, p.game_id desc
			limit page
		) h
		order by h.completed_at desc, h.game_id desc;
end
$$;
comment on function private.player_history(uuid, jsonb, public.game_variant, integer) is
	'Finished games of the caller, or those of another player that the caller may see.';

create function public.player_history(
	player_id uuid default null, cursor jsonb default null, variant public.game_variant default null, most integer default 25
) returns setof jsonb
	language sql stable set search_path = '' rows 25
	as 'select private.player_history(player_id, cursor, variant, most)';
comment on function public.player_history(uuid, jsonb, public.game_variant, integer) is
	'Games, newest first: own ones, or of another player those the caller may see. The cursor is {completed_at, game_id} of the last.';

create function private.head_to_head(a uuid, b uuid, wanted_variant public.game_variant) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
begin
	if a is null or b is null or a = b then perform private.refuse(422, 'bad_shape'); end if;
	if me not in (a, b) and not exists (
		select from public.group_members x
		join public.group_members y on y.group_id = x.group_id and y.player_id = b
		join public.group_members z on z.group_id = x.group_id and z.player_id = me
		where x.player_id = a
	) then
		perform private.refuse(403, 'strangers');
	end if;
	return (
		select jsonb_build_object('games', count(*),
			'wins', count(*) filter (where x.final_score > y.final_score),
			'losses', count(*) filter (where x.final_score < y.final_score),
			'ties', count(*) filter (where x.final_score = y.final_score),
			'mean_difference', avg(x.final_score - y.final_score)::double precision,
			'last_at', max(x.completed_at))
		from public.game_players x join public.game_players y on y.game_id = x.game_id and y.player_id = b
		where x.player_id = a and x.is_counted and x.rounds > 0 and y.rounds > 0
			and (wanted_variant is null or x.variant = wanted_variant)
	);
end
$$;
comment on function private.head_to_head(uuid, uuid, public.game_variant) is 'Two players over the games that count, for themselves and for members of a group of both.';

create function public.head_to_head(a uuid, b uuid, variant public.game_variant default null) returns jsonb
	language sql stable set search_path = '' as 'select private.head_to_head(a, b, variant)';
comment on function public.head_to_head(uuid, uuid, public.game_variant) is '{games, wins, losses, ties, mean_difference, last_at} of a against b.';

-- Groups.

create function private.group_page(wanted_group uuid) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
begin
	perform private.require_group(wanted_group);
	return (
		select jsonb_build_object('id', g.id, 'name', g.name, 'description', g.description, 'total_games', g.total_games,
			'total_rounds', g.total_rounds, 'last_played_at', g.last_played_at, 'max_members', g.max_members,
			'members', (
				select jsonb_agg(jsonb_build_object('player_id', p.id, 'username', p.username, 'display_name', p.display_name,
					'avatar_seed', p.avatar_seed, 'avatar_url', p.avatar_url, 'color', p.color, 'role', m.role, 'joined_at', m.joined_at)
					order by m.joined_at, p.id)
				from public.group_members m join public.players p on p.id = m.player_id where m.group_id = g.id
			),
			'records', (
				select jsonb_build_object('highest_score', max(s.highest_score), 'lowest_score', min(s.lowest_score),
					'highest_round_score', max(s.highest_round_score), 'longest_made_run', max(s.most_consecutive_wins),
					'most_frischs', max(s.frischs), 'longest_ms', max(s.duration_ms))
				from public.games c join public.game_summaries s on s.game_id = c.id
				where c.group_id = g.id and c.counted_at is not null
			),
			'by_weekday', (
				-- Monday is 1.
				select coalesce(jsonb_object_agg(d.weekday, d.games), '{}')
				from (
					select extract(isodow from c.completed_at at time zone 'UTC')::text as weekday, count(*) as games
					from public.games c where c.group_id = g.id and c.status = 'completed' group by 1
				) d
			),
			'by_month', (
				select coalesce(jsonb_object_agg(d.month, d.games), '{}')
				from (
					select to_char(c.completed_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as games
					from public.games c where c.group_id = g.id and c.status = 'completed'
						and c.completed_at > now() - interval '24 months' group by 1
				) d
			))
		from public.groups g where g.id = wanted_group
	);
end
$$;
comment on function private.group_page(uuid) is 'A group with members, records and activity, for its members.';

create function public.group_page(group_id uuid) returns jsonb
	language sql stable set search_path = '' as 'select private.group_page(group_id)';
comment on function public.group_page(uuid) is 'A group with its members, records, and games by weekday and month (UTC).';

create function private.group_rivals(wanted_group uuid, wanted_variant public.game_variant)
	returns table (player_id uuid, rival_id uuid, games integer, wins integer, losses integer, mean_difference double precision)
	language plpgsql stable security definer set search_path = ''
as $$
begin
	perform private.require_group(wanted_group);
	return query
		select x.player_id, y.player_id, count(*)::integer, count(*) filter (where x.final_score > y.final_score)::integer,
			count(*) filter (where x.final_score < y.final_score)::integer,
			avg(x.final_score - y.final_score)::double precision
		from public.games g
		join public.game_players x on x.game_id = g.id and x.is_counted and x.rounds > 0
		join public.game_players y on y.game_id = g.id and y.is_counted and y.rounds > 0 and y.player_id <> x.player_id
		where g.group_id = wanted_group and g.counted_at is not null and (wanted_variant is null or g.variant = wanted_variant)
		group by 1, 2
		-- Ten members have ninety pairs; guests at the table make some more.
		order by 3 desc, 1, 2 limit 200;
end
$$;
comment on function private.group_rivals(uuid, public.game_variant) is 'Every pair of a group''s players over its games; the nemesis of each is the rival with most losses above wins.';

create function public.group_rivals(group_id uuid, variant public.game_variant default null)
	returns table (player_id uuid, rival_id uuid, games integer, wins integer, losses integer, mean_difference double precision)
	language sql stable set search_path = '' rows 90 as 'select * from private.group_rivals(group_id, variant)';
comment on function public.group_rivals(uuid, public.game_variant) is 'How each player of a group does against each other: head to head, and who is whose nemesis.';
