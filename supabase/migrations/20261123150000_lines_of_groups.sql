-- Rankings of a group with thousands of games. Its lines lay scattered among those of all games, one page of the table for
-- each game; now a line says whose group played it, and an index that holds all that is added up keeps a group's lines together.

alter table public.game_players add column group_id uuid;
comment on column public.game_players.group_id is 'Of the game, for the index.';
update public.game_players p set group_id = g.group_id from public.games g where g.id = p.game_id and g.group_id is not null;

create index ix_game_players_group on public.game_players (group_id, game_id, player_id)
	include (variant, final_score, is_winner, contracts_attempted, contracts_made, completed_at)
	where group_id is not null and is_counted and rounds > 0;

create function private.follow_group_in_lines() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if tg_table_name = 'games' then
		update public.game_players p set group_id = new.group_id where p.game_id = new.id;
		return null;
	end if;
	new.group_id := (select g.group_id from public.games g where g.id = new.game_id);
	return new;
end
$$;
comment on function private.follow_group_in_lines() is 'The group of a game stands in its lines too, whoever says it and whenever.';
create trigger tr_games_group after update of group_id on public.games
	for each row when (old.group_id is distinct from new.group_id) execute function private.follow_group_in_lines();
create trigger tr_game_players_group before insert on public.game_players
	for each row execute function private.follow_group_in_lines();
revoke all on function private.follow_group_in_lines() from public, anon, authenticated;

create or replace function private.leaderboard(
	wanted_variant public.game_variant, metric text, wanted_group uuid, after jsonb, since timestamptz, wanted_period text
)
	returns table (
		player_id uuid, username text, display_name text, avatar_seed bigint, avatar_url text, color smallint, value double precision,
		games_played integer, games_won integer
	)
	language plpgsql stable security definer set search_path = '' set random_page_cost = 1.1
as $$
declare
	page constant integer := 50;
	-- Metric, column, and what it asks of a row: a rate of a game or two says nothing.
	is_rate boolean := metric in ('win_rate', 'mean_score', 'contract_rate');
	-- Wins in a row go on over the turn of a month: in a period, as in a group, they are not counted.
	column_name text := case metric
		when 'wins' then 'games_won' when 'points' then 'total_points' when 'best_game' then 'highest_score'
		when 'best_streak' then case when wanted_period is null then 'most_consecutive_wins' else 'games_won' end
		when 'win_rate' then 'win_rate' when 'mean_score' then 'mean_score' when 'contract_rate' then 'contract_rate' end;
	-- The cursor's value in the column's own type: compared as another, no index would begin where the page before ended.
	column_type text := case metric when 'points' then 'bigint' else case when is_rate then 'double precision' else 'integer' end end;
	first_day timestamp;
	period_from timestamptz;
	period_to timestamptz;
begin
	if wanted_variant is null or column_name is null then perform private.refuse(422, 'bad_metric'); end if;
	if wanted_period is not null then
		if wanted_period !~ '^20[0-9]{2}(-(0[1-9]|1[0-2]))?$' then perform private.refuse(422, 'bad_period'); end if;
		first_day := (case length(wanted_period) when 4 then wanted_period || '-01-01' else wanted_period || '-01' end)::timestamp;
		period_from := first_day at time zone 'UTC';
		period_to := (first_day + case length(wanted_period) when 4 then interval '1 year' else interval '1 month' end) at time zone 'UTC';
	end if;
	if wanted_group is null then
		return query execute format($q$
			select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, s.%1$I::double precision,
				s.games_played, s.games_won
			from (
				select * from %5$s s
				where s.variant = $1 %2$s and ($2 is null or (s.%1$I, s.player_id) < ($2::%4$s, $3))
				order by s.%1$I desc, s.player_id desc
				limit %3$s
			) s join public.players p on p.id = s.player_id
			order by s.%1$I desc, s.player_id desc
		$q$, column_name,
			case when wanted_period is null then '' else 'and s.period = $4' end
			|| case when is_rate then ' and s.games_played >= 5' else '' end
			|| case when metric = 'contract_rate' then ' and s.contract_rate is not null' else '' end, page, column_type,
			case when wanted_period is null then 'public.player_lifetime_stats' else 'private.player_period_stats' end)
		using wanted_variant, (after ->> 'value')::double precision, (after ->> 'player_id')::uuid, wanted_period;
		return;
	end if;
	perform private.require_group(wanted_group);
	return query
		with lines as (
			select gp.player_id as player, count(*)::integer as played, count(*) filter (where gp.is_winner)::integer as won,
				sum(gp.final_score) as points, max(gp.final_score) as best, sum(gp.contracts_attempted) as attempted,
				sum(gp.contracts_made) as made
			from public.game_players gp
			where gp.group_id = wanted_group and gp.variant = wanted_variant and gp.is_counted and gp.rounds > 0
				and (since is null or gp.completed_at >= since)
				and (wanted_period is null or (gp.completed_at >= period_from and gp.completed_at < period_to))
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

create or replace function private.group_rivals(wanted_group uuid, wanted_variant public.game_variant)
	returns table (player_id uuid, rival_id uuid, games integer, wins integer, losses integer, mean_difference double precision)
	language plpgsql stable security definer set search_path = '' set random_page_cost = 1.1
as $$
begin
	perform private.require_group(wanted_group);
	return query
		with lines as materialized (
			select gp.game_id, gp.player_id as player, gp.final_score as score
			from public.game_players gp
			where gp.group_id = wanted_group and gp.is_counted and gp.rounds > 0
				and (wanted_variant is null or gp.variant = wanted_variant)
		), pairs as (
			-- Each pair once, and shown from both sides.
			select x.player as one, y.player as other, count(*)::integer as games,
				count(*) filter (where x.score > y.score)::integer as wins,
				count(*) filter (where x.score < y.score)::integer as losses,
				sum(x.score - y.score)::double precision / count(*) as mean_difference
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

-- Records of a group are the largest of thousands of summaries, each on a page of its own.
create index ix_game_summaries_records on public.game_summaries (game_id)
	include (highest_score, lowest_score, highest_round_score, most_consecutive_wins, frischs, duration_ms);
