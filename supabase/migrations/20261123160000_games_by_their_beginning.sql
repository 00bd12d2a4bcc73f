-- An invented log cannot keep a real game out any more. Nothing binds a game's id to who founded it: whoever had heard it
-- could make up a game with itself as the founder under that id, be first, and the real one was refused. Now a game is its id
-- and its first event, which names the founder, whose signature the rest hangs on: another beginning is another game, and is
-- kept beside the first. Whoever asks by the id is given the one that it has confirmed; others the one that counted first, or
-- came first.

alter table public.games add column named uuid;
alter table public.games add constraint ck_games_named check (named <> id);
create index ix_games_named on public.games (named) where named is not null;
comment on column public.games.named is
	'The 16 bytes of its own id where another game with another beginning was here first under the same; else null: they are `id`.';

create function private.games_named(name uuid) returns setof uuid
	language sql stable security definer set search_path = '' rows 1
as $$
	select g.id from public.games g where g.id = name
	union all
	select g.id from public.games g where g.named = name
$$;
comment on function private.games_named(uuid) is 'All games under one id: one, or what somebody has made up besides.';

create function private.beginning_of(of_game uuid) returns bytea
	language sql stable security definer set search_path = ''
	return coalesce(
		(select e.hash from public.game_events e where e.game_id = of_game and e.event_index = 0),
		(
			select sha256(decode(repeat('00', 32), 'hex') || convert_to(split_part(a.records, E'\n', 1), 'UTF8'))
			from public.game_event_archives a where a.game_id = of_game
		)
	);
comment on function private.beginning_of(uuid) is 'Hash of the first event, wherever the log is.';

create function private.find_game(game_name text) returns uuid
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.game_uuid(game_name);
	me uuid;
begin
	if not exists (select from public.games g where g.named = wanted) then return wanted; end if;
	me := private.my_player_id();
	return (
		select n.id
		from private.games_named(wanted) as n (id)
		join public.games g on g.id = n.id
		left join public.game_players p on p.game_id = g.id and p.player_id = me
		order by coalesce(p.confirmed_hash = g.log_hash, false) desc, private.can_read_game(g.id) desc,
			g.counted_at nulls last, g.created_at, g.id
		limit 1
	);
end
$$;
comment on function private.find_game(text) is
	'The game that its id means for the caller: of several under one id the one it has confirmed, or may read, that counted first or came first.';

create function private.is_found(of_game uuid) returns boolean
	-- Asked last: its price is that of a look into an index, and more.
	language plpgsql stable security definer cost 5000 set search_path = ''
as $$
declare
	name uuid := (select g.named from public.games g where g.id = of_game and g.named is not null);
begin
	if name is null and not exists (select from public.games g where g.named = of_game) then return true; end if;
	return private.find_game(private.game_name(coalesce(name, of_game))) = of_game;
end
$$;
comment on function private.is_found(uuid) is 'Whether the game is the one its id means for the caller: a list shows no id twice.';

create function private.game_standings(game_names text[])
	returns table (game_id text, is_counted boolean, visibility public.game_visibility)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	-- Of a page of a history, and more than its largest.
	most constant integer := 200;
begin
	perform private.require_player();
	if coalesce(cardinality(game_names), 0) > most then perform private.refuse(413, 'too_many_games'); end if;
	return query
		select n.name, g.counted_at is not null, g.visibility
		from (select distinct u.name from unnest(game_names) as u (name)) n
		join public.games g on g.id = private.find_game(n.name)
		where private.can_see_game(g.id);
end
$$;
comment on function private.game_standings(text[]) is 'How games stand that the caller has played, or a group of its own.';

create function public.game_standings(game_ids text[])
	returns table (game_id text, is_counted boolean, visibility public.game_visibility)
	language sql stable set search_path = '' rows 50 as 'select * from private.game_standings(game_ids)';
comment on function public.game_standings(text[]) is
	'Of these games, those that the caller has played or a group of its own has: whether they count, and who may read them. At most 200.';

revoke all on function
	private.games_named(uuid), private.beginning_of(uuid), private.find_game(text), private.is_found(uuid),
	private.game_standings(text[]), public.game_standings(text[])
	from public, anon, authenticated;
grant execute on function private.game_standings(text[]), public.game_standings(text[]) to authenticated;

-- The way in.

create or replace function private.archive_game(game jsonb) returns jsonb
	language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare
	-- A game of ten seats and everything that can go wrong is under 1 MB.
	max_bytes constant integer := 8 * 1024 * 1024;
	caller text := private.require_user();
	me uuid := private.require_player();
	log private.checked_log;
	final_hash bytea;
	events integer;
	wanted_group uuid;
	named uuid;
	standing public.games;
begin
	if game is null or jsonb_typeof(game) <> 'object' or not game ?& '{id,envelopes}'
		or game - '{id,envelopes,room_code,visibility,group_id}'::text[] <> '{}'
		or coalesce(game ->> 'visibility', 'private') not in ('private', 'shared', 'public')
		or coalesce(game ->> 'room_code', 'AAAAAA') !~ '^[A-HJKMNP-Z]{6}$'
		or not pg_input_is_valid(coalesce(game ->> 'group_id', '00000000-0000-0000-0000-000000000000'), 'uuid') then
		perform private.refuse(422, 'bad_shape');
	end if;
	if pg_column_size(game) > max_bytes then perform private.refuse(413, 'too_large'); end if;
	perform private.take_rate(caller, 'upload', 60, interval '1 hour');
	begin
		log := private.check_log(game ->> 'id', game -> 'envelopes');
	exception when data_exception then
		-- A number that is none, bytes that are none: deeper in a payload than the checks above look.
		perform private.refuse(422, 'bad_event');
	end;
	events := cardinality(log.hashes);
	final_hash := log.hashes[events];

	if not exists (
		select from private.player_keys k
		where k.player_id = me and (k.public_key = log.host or k.public_key in (
			select s ->> 'player' from jsonb_array_elements(log.seats) as s where s ->> 'kind' = 'human'
		))
	) then
		perform private.refuse(403, 'not_at_the_table');
	end if;
	wanted_group := (game ->> 'group_id')::uuid;
	if wanted_group is not null and not private.is_group_member(wanted_group) then
		perform private.refuse(403, 'not_in_the_group');
	end if;

	-- Several devices upload the same game when it is over: one at a time.
	perform pg_advisory_xact_lock(hashtextextended(log.game_id::text, 0));
	-- The same game, or one that goes on otherwise from the same beginning; and nobody brings two under one id.
	select g.* into standing
	from private.games_named(log.game_id) as n (id) join public.games g on g.id = n.id
	where g.log_hash = final_hash or g.uploaded_by = me or private.beginning_of(g.id) = log.hashes[1]
	order by g.log_hash = final_hash desc
	limit 1;
	if found then
		if standing.log_hash = final_hash then
			return jsonb_build_object('status', 'exists', 'log_hash', encode(final_hash, 'hex'), 'counted', standing.counted_at is not null);
		end if;
		perform private.refuse(409, 'another_log');
	end if;
	-- Another game has the id: what somebody made up must not keep out what was played, nor the other way round.
	if exists (select from public.games g where g.id = log.game_id) then
		named := log.game_id;
		log.game_id := gen_random_uuid();
	end if;

	begin
		insert into public.games (id, named, variant, mode, room_code, group_id, uploaded_by, visibility, session_seed, config, status,
			phase, log_hash, event_count, open_event_count, started_at, completed_at)
		values (log.game_id, named, log.variant, log.mode, game ->> 'room_code', wanted_group, me,
			coalesce(game ->> 'visibility', 'private')::public.game_visibility, log.secret, log.config, log.kind::public.game_status,
			'finished', final_hash, events, events, log.started_at, log.ended_at);

		-- In the order of the keys, so that two uploads with the same newcomers never wait for each other.
		insert into public.players (display_name, avatar_seed, color, public_key)
		select s #>> '{face,name}', (s #>> '{face,avatar}')::bigint, (s #>> '{face,color}')::smallint, s ->> 'player'
		from jsonb_array_elements(log.seats) as s
		where s ->> 'kind' = 'human' and not exists (select from private.player_keys k where k.public_key = s ->> 'player')
		order by s ->> 'player'
		on conflict (public_key) do nothing;

		insert into public.game_players (game_id, seat, player_id, display_name, avatar_seed, color, is_admin, is_bot, bot_level,
			is_connected, joined_at, variant, completed_at)
		select log.game_id, s.at - 1,
			-- Two devices of one account at one table: the first seat is the player's.
			case when row_number() over (partition by p.id order by s.at) = 1 then p.id end,
			s.value #>> '{face,name}', (s.value #>> '{face,avatar}')::bigint, (s.value #>> '{face,color}')::smallint,
			s.value ->> 'player' is not distinct from log.host, s.value ->> 'kind' = 'bot', s.value ->> 'level',
			s.value ->> 'kind' = 'human' and coalesce(s.value ->> 'presence', 'here') <> 'left',
			to_timestamp((s.value ->> 'at')::numeric / 1000), log.variant, log.ended_at
		from jsonb_array_elements(log.seats) with ordinality as s (value, at)
		left join private.player_keys k on k.public_key = s.value ->> 'player'
		left join public.players p on p.id = coalesce(k.player_id, (select o.id from public.players o where o.public_key = s.value ->> 'player'))
		where s.value ->> 'kind' <> 'empty';
		insert into private.second_seats (game_id, seat, player_id)
		select log.game_id, s.at - 1, k.player_id
		from jsonb_array_elements(log.seats) with ordinality as s (value, at)
		join private.player_keys k on k.public_key = s.value ->> 'player'
		join public.game_players p on p.game_id = log.game_id and p.seat = s.at - 1 and p.player_id is null
		where s.value ->> 'kind' = 'human';

		insert into public.game_events (game_id, event_index, type, payload, record, signature, prev_hash, hash, created_at)
		select log.game_id, e.at - 1, e.type, e.payload, e.record, e.signature,
			coalesce(log.hashes[e.at - 1], decode(repeat('00', 32), 'hex')), e.hash, e.moment
		from unnest(log.types, log.payloads, log.records, log.signatures, log.hashes, log.times)
			with ordinality as e (type, payload, record, signature, hash, moment, at);

		perform private.derive_rounds(log.game_id);
		perform private.derive_lines(log.game_id);
		perform private.derive_summary(log.game_id);
	exception when integrity_constraint_violation or data_exception then
		-- The chain holds, but what it says is no game: a seat that is nobody's, a bid beyond the cards.
		perform private.refuse(422, 'does_not_derive');
	end;

	update public.games g set
		current_round_number = (select s.rounds from public.game_summaries s where s.game_id = g.id),
		admin_id = (select p.player_id from public.game_players p where p.game_id = g.id and p.is_admin),
		winner_id = (select min(p.player_id::text)::uuid from public.game_players p where p.game_id = g.id and p.is_winner having count(*) = 1)
	where g.id = log.game_id;
	update public.game_players p set confirmed_at = now(), confirmed_hash = final_hash
	where p.game_id = log.game_id and p.player_id = me;
	if wanted_group is not null and log.kind = 'completed' then
		update public.groups g set
			total_games = g.total_games + 1,
			total_rounds = g.total_rounds + (select s.rounds from public.game_summaries s where s.game_id = log.game_id),
			last_played_at = greatest(g.last_played_at, log.ended_at)
		where g.id = wanted_group;
	end if;
	update public.players set last_active = now() where id = me;
	return jsonb_build_object('status', 'archived', 'log_hash', encode(final_hash, 'hex'), 'counted', private.count_game(log.game_id));
end
$$;

create or replace function private.confirm_game(game_name text, log_hash text) returns jsonb
	language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.game_uuid(game_name);
	said bytea;
	standing public.games;
begin
	if wanted is null or coalesce(log_hash, '') !~ '^[0-9a-f]{64}$' then perform private.refuse(422, 'bad_shape'); end if;
	perform private.take_rate(private.require_user(), 'confirm', 300, interval '1 hour');
	said := decode(log_hash, 'hex');
	-- The one with that hash where it sat, if there is one; else the one it is mistaken about.
	select g.id into wanted
	from private.games_named(wanted) as n (id)
	join public.games g on g.id = n.id
	join public.game_players p on p.game_id = g.id and p.player_id = me
	order by g.log_hash = said desc, g.id = private.find_game(game_name) desc
	limit 1;
	-- The game first, then its seats: count_game locks in the same order.
	select * into standing from public.games where id = wanted for no key update;
	if not found or not exists (
		select from public.game_players p where p.game_id = wanted and p.player_id = me and not p.is_bot
	) then
		-- Whether the game is there is nobody else's business.
		perform private.refuse(403, 'not_at_the_table');
	end if;
	if standing.status not in ('completed', 'abandoned') then perform private.refuse(409, 'not_finished'); end if;
	update public.game_players p set confirmed_at = now(), confirmed_hash = said
	where p.game_id = wanted and p.player_id = me and p.confirmed_hash is distinct from standing.log_hash;
	return jsonb_build_object('agrees', said = standing.log_hash, 'counted', private.count_game(wanted));
end
$$;

-- What is done with it.

create or replace function private.share_game(game_name text, to_visibility text) returns text
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.find_game(game_name);
begin
	if wanted is null or coalesce(to_visibility, '') not in ('private', 'shared') then perform private.refuse(422, 'bad_shape'); end if;
	if not exists (select from public.game_players p where p.game_id = wanted and p.player_id = me) then
		perform private.refuse(403, 'not_at_the_table');
	end if;
	-- A public table was public to everybody who sat at it.
	update public.games g set visibility = to_visibility::public.game_visibility
	where g.id = wanted and g.status in ('completed', 'abandoned') and g.visibility <> 'public';
	return (select g.visibility::text from public.games g where g.id = wanted);
end
$$;

create or replace function private.put_game_in_group(game_name text, wanted_group uuid, table_code text) returns boolean
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.find_game(game_name);
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

create or replace function private.publish_game(game_name text, table_code text) returns text
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.game_uuid(game_name);
	shown text;
begin
	if wanted is null or coalesce(table_code, '') !~ '^[A-HJKMNP-Z]{6}$' then perform private.refuse(422, 'bad_shape'); end if;
	perform private.take_rate(private.require_user(), 'publish_game', 60, interval '1 hour');
	-- Only a host could open the table to anybody. Any of its hosts: the table may have been taken over since. Of a log that
	-- is compacted already the last one is known.
	select n.id into wanted
	from private.games_named(wanted) as n (id)
	where exists (
		select from public.games g where g.id = n.id and g.admin_id = me
	) or exists (
		select from public.game_events e
		join private.player_keys k on k.public_key = e.payload ->> 'host' and k.player_id = me
		where e.game_id = n.id and e.type in ('game_created', 'host_changed')
	)
	order by n.id = private.find_game(game_name) desc
	limit 1;
	if wanted is null then
		-- Whether the game is there is nobody else's business.
		perform private.refuse(403, 'not_the_host');
	end if;
	update public.games g set visibility = 'public', room_code = coalesce(g.room_code, table_code)
	where g.id = wanted and g.status in ('completed', 'abandoned')
	returning g.visibility::text into shown;
	if shown is null then perform private.refuse(409, 'not_finished'); end if;
	return shown;
end
$$;

create or replace function private.compact_game(game_name text) returns boolean
	language plpgsql security definer set search_path = ''
as $$
declare
	standing public.games;
	is_known boolean := false;
	has_moved boolean := false;
begin
	-- All that there are under the id.
	for standing in
		select g.* from public.games g
		where g.id in (select n.id from private.games_named(private.game_uuid(game_name)) as n (id)) order by g.id for update
	loop
		if standing.status not in ('completed', 'abandoned') then perform private.refuse(409, 'not_finished'); end if;
		is_known := true;
		continue when exists (select from public.game_event_archives a where a.game_id = standing.id);
		insert into public.game_event_archives (game_id, records, signatures, event_count, log_hash)
		select standing.id, string_agg(e.record, E'\n' order by e.event_index), string_agg(e.signature, ''::bytea order by e.event_index),
			count(*), (select l.hash from public.game_events l where l.game_id = standing.id order by l.event_index desc limit 1)
		from public.game_events e where e.game_id = standing.id;
		delete from public.game_events e where e.game_id = standing.id;
		has_moved := true;
	end loop;
	if not is_known then perform private.refuse(409, 'not_finished'); end if;
	return has_moved;
end
$$;

create or replace function private.compact_old_games(older_than interval default '90 days', most integer default 100) returns integer
	language plpgsql security definer set search_path = ''
as $$
declare
	moved integer := 0;
	one uuid;
begin
	for one in
		select g.id from public.games g
		where g.completed_at < now() - older_than and g.created_at < now() - older_than
			and not exists (select from public.game_event_archives a where a.game_id = g.id)
		order by g.completed_at limit most
	loop
		if private.compact_game((select private.game_name(coalesce(g.named, g.id)) from public.games g where g.id = one)) then
			moved := moved + 1;
		end if;
	end loop;
	return moved;
end
$$;

-- What is read of it.

create or replace function private.game_log(game_name text, after_index integer, most integer)
	returns table (event_index integer, record text, signature text)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.find_game(game_name);
	-- A page is at most 5 MB of the largest events, and usually 100 kB.
	page integer := least(greatest(coalesce(most, 500), 1), 500);
	past integer := coalesce(after_index, -1);
	open_events integer;
begin
	if wanted is null or not private.can_read_game(wanted) then perform private.refuse(404, 'no_such_game'); end if;
	select g.open_event_count into open_events from public.games g where g.id = wanted;
	if exists (select from public.game_event_archives a where a.game_id = wanted) then
		return query
			select (l.at - 1)::integer, l.line, private.to_base64url(substring(a.signatures from (64 * (l.at - 1) + 1)::integer for 64))
			from public.game_event_archives a
			cross join lateral string_to_table(a.records, E'\n') with ordinality as l (line, at)
			where a.game_id = wanted and l.at - 1 > past
			order by l.at limit page;
	else
		return query
			select e.event_index, e.record, private.to_base64url(e.signature)
			from public.game_events e
			where e.game_id = wanted and e.event_index > past and e.event_index < open_events
			order by e.event_index limit page;
	end if;
end
$$;

create or replace function private.game_summary(game_name text) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.find_game(game_name);
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

create or replace function private.game_card(of_game uuid) returns jsonb
	language sql stable set search_path = ''
	return (
		select jsonb_build_object(
			'game_id', private.game_name(coalesce(g.named, g.id)), 'variant', g.variant, 'mode', g.mode, 'status', g.status, 'visibility', g.visibility,
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

create or replace function private.player_history(wanted_player uuid, after jsonb, wanted_variant public.game_variant, most integer)
	returns setof jsonb
	language plpgsql stable security definer set search_path = '' set random_page_cost = 1.1
as $$
declare
	me uuid := private.require_player();
	whose uuid := coalesce(wanted_player, me);
	after_game uuid := private.find_game(after ->> 'game_id');
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
						< ((after ->> 'completed_at')::timestamptz, after_game))
					and private.is_found(p.game_id)
				order by p.completed_at desc, p.game_id desc
				limit page
			) h
			order by h.completed_at desc, h.game_id desc;
		return;
	end if;
	-- What can_see_game allows, from the side of who asks: games of both, and those of the other in groups of the caller.
	-- Whether the other was there is asked game by game, newest first: as a join it would be asked of all of them.
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
							< ((after ->> 'completed_at')::timestamptz, after_game))
						and (select true from public.game_players o where o.game_id = p.game_id and o.player_id = whose)
						and private.is_found(p.game_id)
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
							< ((after ->> 'completed_at')::timestamptz, after_game))
						and (select true from public.game_players o where o.game_id = g.id and o.player_id = whose)
						and private.is_found(g.id)
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

create or replace function private.group_games(wanted_group uuid, after jsonb, most integer)
	returns table (game_id text, completed_at timestamptz)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	-- Years of evenings in one answer, 60 kB.
	after_game uuid := private.find_game(after ->> 'game_id');
	page integer := least(greatest(coalesce(most, 500), 1), 1000);
begin
	perform private.require_group(wanted_group);
	return query
		-- private.game_name, written out: a call for each of a thousand is most of the time.
		select translate(encode(uuid_send(coalesce(g.named, g.id)), 'base64'), E'+/=\n', '-_'), g.completed_at
		from public.games g
		where g.group_id = wanted_group and g.completed_at is not null
			-- The index knows the time alone: games that ended in the same moment are told apart after it.
			and (after is null or g.completed_at <= (after ->> 'completed_at')::timestamptz)
			and (after is null or (g.completed_at, g.id)
				< ((after ->> 'completed_at')::timestamptz, after_game))
			and (g.named is null and not exists (select from public.games o where o.named = g.id) or private.is_found(g.id))
		order by g.completed_at desc, g.id desc
		limit page;
end
$$;

-- A thousand of a group's games are listed, and counted by weekday and month, from the index alone.
drop index public.ix_games_group;
create index ix_games_group on public.games (group_id, completed_at desc, id desc) include (named, status, counted_at)
	where group_id is not null;
