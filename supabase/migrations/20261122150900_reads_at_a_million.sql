-- Reads that went through more rows than they gave. A leaderboard's cursor was compared in another type than the column's,
-- so that every page began at the top; the history of another player asked of each of the games whether it may be seen.

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
		select p.id, p.username, p.display_name, p.avatar_seed, p.avatar_url, p.color, v.value, v.played, v.won
		from valued v join public.players p on p.id = v.player
		where v.value is not null
		order by v.value desc, p.id desc
		limit page;
end
$$;

create or replace function private.player_history(wanted_player uuid, after jsonb, wanted_variant public.game_variant, most integer)
	returns setof jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	whose uuid := coalesce(wanted_player, me);
	page integer := least(greatest(coalesce(most, 25), 1), 100);
begin
	if whose = me then
		return query
			select private.game_card(h.game_id)
			from (
				select p.game_id, p.completed_at
				from public.game_players p
				where p.player_id = me
					and p.completed_at is not null
					and (wanted_variant is null or p.variant = wanted_variant)
					and (after is null or (p.completed_at, p.game_id)
						< ((after ->> 'completed_at')::timestamptz, private.game_uuid(after ->> 'game_id')))
				order by p.completed_at desc, p.game_id desc
				limit page
			) h
			order by h.completed_at desc, h.game_id desc;
		return;
	end if;
	-- What can_see_game allows, from the side of who asks: games of both, and those of the other in groups of the caller.
	return query
		select private.game_card(h.game_id)
		from (
			select v.game_id, v.completed_at
			from (
				(
					select p.game_id, p.completed_at
					from public.game_players p
					where p.player_id = me
						and p.completed_at is not null
						and (wanted_variant is null or p.variant = wanted_variant)
						and (after is null or (p.completed_at, p.game_id)
							< ((after ->> 'completed_at')::timestamptz, private.game_uuid(after ->> 'game_id')))
						and exists (select from public.game_players o where o.game_id = p.game_id and o.player_id = whose)
					order by p.completed_at desc, p.game_id desc
					limit page
				)
				union
				select c.id, c.completed_at
				from public.group_members m cross join lateral (
					select g.id, g.completed_at
					from public.games g
					where g.group_id = m.group_id
						and g.status in ('completed', 'abandoned')
						and (wanted_variant is null or g.variant = wanted_variant)
						and (after is null or (g.completed_at, g.id)
							< ((after ->> 'completed_at')::timestamptz, private.game_uuid(after ->> 'game_id')))
						and exists (select from public.game_players o where o.game_id = g.id and o.player_id = whose)
					order by g.completed_at desc, g.id desc
					limit page
				) c
				where m.player_id = me
			) v
			order by v.completed_at desc, v.game_id desc
			limit page
		) h
		order by h.completed_at desc, h.game_id desc;
end
$$;
