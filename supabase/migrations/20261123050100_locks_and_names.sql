-- Locks in one order: games, groups, players. A confirmation holds its game and waits for its players; a key that was
-- claimed and an account that was deleted held players and waited for the rows of their games, and one of the two was ended.
--
-- And what shows a person goes with the account whole: of a seat that is its second at a table, and of the player whose key
-- went over to it.

create function private.lock_belongings(of_players uuid[]) returns void
	language plpgsql security definer set search_path = ''
as $$
begin
	perform from public.games g where g.id in (select o.game_id from public.game_players o where o.player_id = any (of_players))
	order by g.id for no key update;
	perform from public.groups g where g.id in (select m.group_id from public.group_members m where m.player_id = any (of_players))
	order by g.id for update;
end
$$;
comment on function private.lock_belongings(uuid[]) is 'Locks games and groups of these players, before anybody locks the players themselves.';

create function private.erase_player(who uuid) returns void
	language sql volatile security definer set search_path = ''
begin atomic
	update public.players p set user_id = null, username = null, display_name = 'former player', avatar_seed = 0,
		avatar_url = null, color = 0, preferences = '{}', public_key = null, is_active = false
	where p.id = who;
end;
comment on function private.erase_player(uuid) is 'A player whom nobody is any more: no name, picture, key or account.';

create table private.second_seats (
	game_id uuid not null,
	seat smallint not null,
	player_id uuid not null,
	constraint pk_second_seats primary key (game_id, seat),
	constraint fk_second_seats_seat foreign key (game_id, seat) references public.game_players (game_id, seat) on delete restrict,
	constraint fk_second_seats_player foreign key (player_id) references public.players (id) on delete restrict
);
create index ix_second_seats_player on private.second_seats (player_id);
alter table private.second_seats enable row level security;
revoke all on private.second_seats from public, anon, authenticated;
comment on table private.second_seats is 'Seats of somebody who sits at the same table twice, with two devices: a game knows a player once.';
comment on column private.second_seats.game_id is 'The game.';
comment on column private.second_seats.seat is 'The seat whose row names no player, or one that went over to this.';
comment on column private.second_seats.player_id is 'Whose it is.';

-- Of games that are here already: a seat is taken at the moment at which its player came.
insert into private.second_seats (game_id, seat, player_id)
select distinct on (g.game_id, g.seat) g.game_id, g.seat, k.player_id
from public.game_players g
join public.game_events e on e.game_id = g.game_id and e.type = 'seat_taken' and e.created_at = g.joined_at
join private.player_keys k on k.public_key = e.payload ->> 'player'
where not g.is_bot
	and (g.player_id is null or g.player_id in (select p.id from public.players p where not p.is_active))
	and g.player_id is distinct from k.player_id
	and exists (select from public.game_players o where o.game_id = g.game_id and o.player_id = k.player_id)
order by g.game_id, g.seat, k.player_id;

-- Players whose games went over to another: they have neither key nor game, or one at the other's table.
update public.players p set user_id = null, username = null, display_name = 'former player', avatar_seed = 0,
	avatar_url = null, color = 0, preferences = '{}'
where not p.is_active;

create or replace function private.delete_my_account() returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid;
	one record;
begin
	select p.id into me from public.players p where p.user_id = caller;
	if me is not null then
		perform private.lock_belongings(array[me]);
		perform from public.players p where p.id = me for update;
		for one in select m.id, m.group_id, m.role from public.group_members m where m.player_id = me order by m.group_id loop
			-- A group whose only owner goes is handed to whoever has been in it longest.
			if one.role = 'owner' and not exists (
				select from public.group_members o where o.group_id = one.group_id and o.id <> one.id and o.role = 'owner'
			) then
				update public.group_members m set role = 'owner'
				where m.id = (
					select o.id from public.group_members o where o.group_id = one.group_id and o.id <> one.id
					order by o.joined_at, o.id limit 1
				);
			end if;
			delete from public.group_members m where m.id = one.id;
		end loop;
		delete from public.group_invites i where i.created_by = me;
		delete from public.room_directory r where r.host_id = me;
		delete from private.player_keys k where k.player_id = me;
		update public.game_players g set display_name = 'former player', avatar_seed = 0, color = 0
		where g.player_id = me
			or (g.game_id, g.seat) in (select s.game_id, s.seat from private.second_seats s where s.player_id = me);
		delete from private.second_seats s where s.player_id = me;
		perform private.erase_player(me);
	end if;
	delete from private.rate_limits r where r.subject = caller;
	delete from auth.users u where u.id = caller::uuid;
end
$$;

create or replace function private.adopt_games(from_player uuid, to_player uuid) returns integer
	language plpgsql security definer set search_path = ''
as $$
declare
	adopted integer;
begin
	-- Where both sat at one table, each seat stays.
	update public.game_players g set player_id = to_player
	where g.player_id = from_player
		and not exists (select from public.game_players o where o.game_id = g.game_id and o.player_id = to_player);
	get diagnostics adopted = row_count;
	update private.second_seats s set player_id = to_player where s.player_id = from_player;
	insert into private.second_seats (game_id, seat, player_id)
	select g.game_id, g.seat, to_player from public.game_players g where g.player_id = from_player;
	update public.games g set winner_id = to_player where g.winner_id = from_player
		and exists (select from public.game_players o where o.game_id = g.id and o.player_id = to_player and o.is_winner);
	update public.games g set admin_id = to_player where g.admin_id = from_player
		and exists (select from public.game_players o where o.game_id = g.id and o.player_id = to_player and o.is_admin);
	delete from public.player_achievements a where a.player_id in (to_player, from_player);
	delete from public.player_lifetime_stats s where s.player_id in (to_player, from_player);
	perform private.refresh_lifetime(to_player);
	perform private.refresh_lifetime(from_player);
	perform private.adopt_groups(from_player, to_player);
	return adopted;
end
$$;

create or replace function private.claim_key(public_key text, signature text) returns jsonb
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid := private.require_player();
	holder uuid;
	former uuid;
begin
	if coalesce(claim_key.public_key, '') !~ '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' or coalesce(signature, '') !~ '^[A-Za-z0-9_-]{85}[AQgw]$' then
		perform private.refuse(422, 'bad_shape');
	end if;
	perform private.take_rate(caller, 'claim_key', 20, interval '1 hour');
	select k.player_id into holder from private.player_keys k where k.public_key = claim_key.public_key;
	if holder = me then return jsonb_build_object('adopted', 0); end if;
	-- The key signs the account: nobody can bring another's key, nor another's signature.
	if not private.ed25519_verify(
		private.from_base64url(claim_key.public_key),
		convert_to('overtrick/account/1', 'UTF8') || '\x00'::bytea || convert_to(caller, 'UTF8'),
		private.from_base64url(signature)
	) then
		perform private.refuse(422, 'bad_signature');
	end if;
	-- Whoever holds the key may take it along from an account that nobody could sign in to elsewhere.
	if holder is not null and not private.is_anonymous(holder) then perform private.refuse(409, 'key_of_another_account'); end if;

	former := coalesce(holder, (select p.id from public.players p where p.public_key = claim_key.public_key and p.user_id is null));
	if former is not null then perform private.lock_belongings(array[me, former]); end if;
	perform from public.players p where p.id in (me, former) order by p.id for update;
	if former is not null then
		update public.players p set public_key = null where p.id = former and p.public_key = claim_key.public_key;
	end if;
	insert into private.player_keys as k (public_key, player_id) values (claim_key.public_key, me)
		on conflict on constraint pk_player_keys do update set player_id = me where k.player_id is not distinct from holder;
	if not found then perform private.refuse(409, 'key_of_another_account'); end if;
	update public.players p set public_key = claim_key.public_key, last_active = now() where p.id = me;
	if former is null or exists (select from private.player_keys k where k.player_id = former) then
		return jsonb_build_object('adopted', 0);
	end if;
	-- Its owner has another player now: what this one showed of them goes, and its user name is free.
	perform private.erase_player(former);
	return jsonb_build_object('adopted', private.adopt_games(former, me));
end
$$;

create or replace function private.leave_group(wanted_group uuid) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
begin
	-- The group before its members, as everywhere.
	perform from public.groups g where g.id = wanted_group for update;
	delete from public.group_members m where m.group_id = wanted_group and m.player_id = me;
	if not found then perform private.refuse(403, 'not_in_the_group'); end if;
end
$$;

create or replace function private.archive_game(game jsonb) returns jsonb
	language plpgsql security definer set search_path = ''
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
	standing public.games;
	started_at timestamptz;
	result text := 'archived';
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
	select * into standing from public.games where id = log.game_id;
	if found then
		if standing.log_hash = final_hash then
			return jsonb_build_object('status', 'exists', 'log_hash', encode(final_hash, 'hex'), 'counted', standing.counted_at is not null);
		end if;
		perform private.refuse(409, 'another_log');
	end if;

	begin
		insert into public.games (id, variant, mode, room_code, group_id, uploaded_by, visibility, session_seed, config, status,
			phase, log_hash, event_count, open_event_count, started_at, completed_at)
		values (log.game_id, log.variant, log.mode, game ->> 'room_code', wanted_group, me,
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
	return jsonb_build_object('status', result, 'log_hash', encode(final_hash, 'hex'), 'counted', private.count_game(log.game_id));
end
$$;

revoke all on function private.lock_belongings(uuid[]), private.erase_player(uuid) from public, anon, authenticated;

-- Made anew above, and this with it: statements over one game have one plan, whichever game it is.
alter function private.archive_game(jsonb) set plan_cache_mode = 'force_generic_plan';
