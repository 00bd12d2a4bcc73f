-- Pages of a group with thousands of games: its games are gone through once for a page, each pair of players is counted from
-- one side, and names are looked up for those who are shown.

create or replace function private.leaderboard(
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
	-- The cursor's value in the column's own type: compared as another, no index would begin where the page before ended.
	column_type text := case metric when 'points' then 'bigint' else case when is_rate then 'double precision' else 'integer' end end;
begin
	if wanted_variant is null or column_name is null then perform private.refuse(422, 'bad_metric'); end if;
	if wanted_group is null then
		return query execute format($q$
			select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, s.%1$I::double precision,
				s.games_played, s.games_won
			from (
				select * from public.player_lifetime_stats s
				where s.variant = $1 %2$s and ($2 is null or (s.%1$I, s.player_id) < ($2::%4$s, $3))
				order by s.%1$I desc, s.player_id desc
				limit %3$s
			) s join public.players p on p.id = s.player_id
			order by s.%1$I desc, s.player_id desc
		$q$, column_name,
			case when is_rate then 'and s.games_played >= 5' else '' end
			|| case when metric = 'contract_rate' then ' and s.contract_rate is not null' else '' end, page, column_type)
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
		-- Names of those alone who are shown.
		select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, v.value, v.played, v.won
		from (
			select * from valued where valued.value is not null order by valued.value desc, valued.player desc limit page
		) v join public.players p on p.id = v.player
		order by v.value desc, p.id desc;
end
$$;

create or replace function private.group_page(wanted_group uuid) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
begin
	perform private.require_group(wanted_group);
	return (
		with completed as materialized (
			select c.id, c.completed_at, c.counted_at from public.games c where c.group_id = wanted_group and c.status = 'completed'
		)
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
				from completed c join public.game_summaries s on s.game_id = c.id
				where c.counted_at is not null
			),
			'by_weekday', (
				-- Monday is 1.
				select coalesce(jsonb_object_agg(d.weekday, d.games), '{}')
				from (
					select extract(isodow from c.completed_at at time zone 'UTC')::text as weekday, count(*) as games
					from completed c group by 1
				) d
			),
			'by_month', (
				select coalesce(jsonb_object_agg(d.month, d.games), '{}')
				from (
					select to_char(c.completed_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as games
					from completed c where c.completed_at > now() - interval '24 months' group by 1
				) d
			))
		from public.groups g where g.id = wanted_group
	);
end
$$;

create or replace function private.group_rivals(wanted_group uuid, wanted_variant public.game_variant)
	returns table (player_id uuid, rival_id uuid, games integer, wins integer, losses integer, mean_difference double precision)
	language plpgsql stable security definer set search_path = ''
as $$
begin
	perform private.require_group(wanted_group);
	return query
		with lines as materialized (
			select gp.game_id, gp.player_id as player, gp.final_score as score
			from public.games g join public.game_players gp on gp.game_id = g.id and gp.is_counted and gp.rounds > 0
			where g.group_id = wanted_group and g.counted_at is not null and (wanted_variant is null or g.variant = wanted_variant)
		), pairs as (
			-- Each pair once, and shown from both sides.
			select x.player as one, y.player as other, count(*)::integer as games,
				count(*) filter (where x.score > y.score)::integer as wins,
				count(*) filter (where x.score < y.score)::integer as losses,
				avg(x.score - y.score)::double precision as mean_difference
			from lines x join lines y on y.game_id = x.game_id and y.player > x.player
			group by 1, 2
		)
		select r.* from (
			select p.one, p.other, p.games, p.wins, p.losses, p.mean_difference from pairs p
			union all
			select p.other, p.one, p.games, p.losses, p.wins, 0 - p.mean_difference from pairs p
		) r
		-- Ten members have ninety pairs; guests at the table make some more.
		order by 3 desc, 1, 2 limit 200;
end
$$;

-- What is asked for lies in memory or on a disk without a head: an index is worth its while for a group of hundreds of
-- games among hundreds of thousands, where the server's own guess is to go through all of them.
alter function private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz) set random_page_cost = 1.1;
alter function private.group_page(uuid) set random_page_cost = 1.1;
alter function private.group_rivals(uuid, public.game_variant) set random_page_cost = 1.1;
alter function private.head_to_head(uuid, uuid, public.game_variant) set random_page_cost = 1.1;
alter function private.player_history(uuid, jsonb, public.game_variant, integer) set random_page_cost = 1.1;
