-- The records of a group lie together too: each of its thousands of summaries was looked up by itself.

alter table public.game_summaries add column group_id uuid;
comment on column public.game_summaries.group_id is 'Of the game, for the index.';
update public.game_summaries s set group_id = g.group_id from public.games g where g.id = s.game_id and g.group_id is not null;

drop index public.ix_game_summaries_records;
create index ix_game_summaries_group on public.game_summaries (group_id, game_id)
	include (highest_score, lowest_score, highest_round_score, most_consecutive_wins, frischs, duration_ms)
	where group_id is not null;

create or replace function private.follow_group_in_lines() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if tg_table_name = 'games' then
		update public.game_players p set group_id = new.group_id where p.game_id = new.id;
		update public.game_summaries s set group_id = new.group_id where s.game_id = new.id;
		return null;
	end if;
	new.group_id := (select g.group_id from public.games g where g.id = new.game_id);
	return new;
end
$$;
comment on function private.follow_group_in_lines() is 'The group of a game stands in its lines and its summary too, whoever says it and whenever.';
create trigger tr_game_summaries_group before insert on public.game_summaries
	for each row execute function private.follow_group_in_lines();

create or replace function private.group_page(wanted_group uuid) returns jsonb
	language plpgsql stable security definer set search_path = '' set random_page_cost = 1.1
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
				from public.game_summaries s
				where s.group_id = wanted_group
					and exists (select from completed c where c.id = s.game_id and c.counted_at is not null)
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

-- What is there for an index alone is nobody's to read.

create or replace function private.game_summary(game_name text) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.find_game(game_name);
begin
	if wanted is null or not private.can_read_game(wanted) then perform private.refuse(404, 'no_such_game'); end if;
	return private.game_card(wanted) || jsonb_build_object(
		'config', (select g.config from public.games g where g.id = wanted),
		'summary', (select to_jsonb(s) - '{game_id,group_id,created_at}'::text[] from public.game_summaries s where s.game_id = wanted),
		'lines', (
			select jsonb_agg(to_jsonb(p) - '{id,game_id,player_id,confirmed_hash,is_counted,variant,completed_at,group_id}'::text[] order by p.seat)
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
