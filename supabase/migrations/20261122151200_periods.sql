-- Leaderboards of a month and of a year. What somebody has done in each month and year (UTC) is derived along with its
-- lifetime statistics, so that a ranking of everybody is read from an index however many games there are.

create table private.player_period_stats (
	player_id uuid not null,
	variant public.game_variant not null,
	period text not null,
	games_played integer not null,
	games_won integer not null,
	total_points bigint not null,
	highest_score integer not null,
	contracts_attempted integer not null,
	contracts_made integer not null,
	win_rate double precision not null generated always as (games_won::double precision / games_played) stored,
	mean_score double precision not null generated always as (total_points::double precision / games_played) stored,
	contract_rate double precision generated always as (contracts_made::double precision / nullif(contracts_attempted, 0)) stored,
	constraint pk_player_period_stats primary key (player_id, variant, period),
	-- Who has no lifetime statistics any more, its games being another's now, has none of a period.
	constraint fk_player_period_stats_lifetime foreign key (player_id, variant)
		references public.player_lifetime_stats (player_id, variant) on delete cascade,
	constraint ck_player_period_stats_period check (period ~ '^20[0-9]{2}(-(0[1-9]|1[0-2]))?$'),
	constraint ck_player_period_stats_games check (games_played >= 1 and games_won between 0 and games_played)
);
create index ix_period_wins on private.player_period_stats (variant, period, games_won desc, player_id desc);
create index ix_period_points on private.player_period_stats (variant, period, total_points desc, player_id desc);
create index ix_period_highest on private.player_period_stats (variant, period, highest_score desc, player_id desc);
-- Rates mean nothing before a handful of games.
create index ix_period_win_rate on private.player_period_stats (variant, period, win_rate desc, player_id desc)
	where games_played >= 5;
create index ix_period_mean_score on private.player_period_stats (variant, period, mean_score desc, player_id desc)
	where games_played >= 5;
create index ix_period_contract_rate on private.player_period_stats (variant, period, contract_rate desc, player_id desc)
	where games_played >= 5 and contract_rate is not null;
alter table private.player_period_stats enable row level security;

comment on table private.player_period_stats is 'How somebody does over the games of a month or a year that count; read through leaderboard(). Derived.';
comment on column private.player_period_stats.player_id is 'The player.';
comment on column private.player_period_stats.variant is 'Which game.';
comment on column private.player_period_stats.period is 'A year or a month, by UTC: 2026 or 2026-11.';
comment on column private.player_period_stats.games_played is 'Games that count and ended in it.';
comment on column private.player_period_stats.games_won is 'Of these.';
comment on column private.player_period_stats.total_points is 'Sum of final scores.';
comment on column private.player_period_stats.highest_score is 'Of a game.';
comment on column private.player_period_stats.contracts_attempted is 'Bids of 1 and more.';
comment on column private.player_period_stats.contracts_made is 'Of these.';
comment on column private.player_period_stats.win_rate is 'Games won of games played.';
comment on column private.player_period_stats.mean_score is 'Points a game.';
comment on column private.player_period_stats.contract_rate is 'Null before the first contract.';

create function private.derive_periods() returns trigger
	language plpgsql set search_path = ''
as $$
begin
	-- Always from all games that count, like the row that it follows; what has not changed is not written.
	insert into private.player_period_stats as known (player_id, variant, period, games_played, games_won, total_points,
		highest_score, contracts_attempted, contracts_made)
	select new.player_id, new.variant, p.period, count(*), count(*) filter (where g.is_winner), sum(g.final_score),
		max(g.final_score), sum(g.contracts_attempted), sum(g.contracts_made)
	from public.game_players g cross join lateral (values
		(to_char(g.completed_at at time zone 'UTC', 'YYYY')), (to_char(g.completed_at at time zone 'UTC', 'YYYY-MM'))
	) as p (period)
	where g.player_id = new.player_id and g.variant = new.variant and g.is_counted and g.rounds > 0
		-- A host's clock may say anything. Its game counts, but in no month.
		and g.completed_at >= '2000-01-01 00:00+00' and g.completed_at < '2100-01-01 00:00+00'
	group by p.period
	on conflict (player_id, variant, period) do update set
		games_played = excluded.games_played, games_won = excluded.games_won, total_points = excluded.total_points,
		highest_score = excluded.highest_score, contracts_attempted = excluded.contracts_attempted,
		contracts_made = excluded.contracts_made
	where (known.games_played, known.games_won, known.total_points, known.highest_score, known.contracts_attempted, known.contracts_made)
		is distinct from (excluded.games_played, excluded.games_won, excluded.total_points, excluded.highest_score,
			excluded.contracts_attempted, excluded.contracts_made);
	return null;
end
$$;
comment on function private.derive_periods() is 'Months and years of a player, whenever its lifetime statistics are derived.';
create trigger tr_lifetime_periods after insert or update on public.player_lifetime_stats
	for each row execute function private.derive_periods();

-- Those that there are already.
update public.player_lifetime_stats set updated_at = updated_at;

-- One argument more; who names the others goes on as before.
drop function public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz);
drop function private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz);

create function private.leaderboard(
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
			from public.games g join public.game_players gp on gp.game_id = g.id
			where g.group_id = wanted_group and g.variant = wanted_variant and gp.is_counted and gp.rounds > 0
				and (since is null or g.completed_at >= since)
				and (wanted_period is null or (g.completed_at >= period_from and g.completed_at < period_to))
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
comment on function private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text) is
	'Of everybody by an index; of a group from its games.';

create function public.leaderboard(
	variant public.game_variant, metric text default 'wins', group_id uuid default null, cursor jsonb default null,
	since timestamptz default null, period text default null
)
	returns table (
		player_id uuid, username text, display_name text, avatar_seed bigint, avatar_url text, color smallint, value double precision,
		games_played integer, games_won integer
	)
	language sql stable set search_path = '' rows 50
	as 'select * from private.leaderboard(variant, metric, group_id, cursor, since, period)';
comment on function public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text) is
	'50 a page by wins, points, best_game, best_streak, win_rate, mean_score or contract_rate (rates from five games on); the cursor is {value, player_id} of the last row. Of all games, or of a period: 2026 or 2026-11, by UTC. With a group: its members'' games, all of them, of a period, or since a time.';

revoke all on function
	private.derive_periods(),
	private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text),
	public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text)
	from public, anon, authenticated;
revoke all on private.player_period_stats from public, anon, authenticated;
grant execute on function
	private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text),
	public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz, text)
	to anon, authenticated;
