-- The way of a game into the archive and out of it: upload, confirmation, the log, compaction.

create function private.event_types(of_variant public.game_variant) returns text[]
	language sql immutable parallel safe set search_path = ''
	return array[
		'game_created', 'seat_taken', 'contribution_made', 'seat_cleared', 'bot_seated', 'seat_named', 'seats_swapped', 'face_changed',
		'ready_set', 'rules_set', 'player_kicked', 'game_started', 'seat_away', 'seat_back', 'seat_left', 'seat_returned',
		'continued', 'invalid_action', 'host_changed', 'round_voided', 'round_revealed', 'deal_checked', 'game_ended',
		'cards_dealt', 'round_opened', 'card_played', 'trick_taken', 'round_scored', 'round_corrected', 'score_adjusted',
		'end_called'
	] || case of_variant
		when 'el_dorado' then array['bid_made', 'active_set', 'bids_entered', 'tricks_noted']
		else array['call_made', 'frisch_opened', 'frisch_chosen', 'cards_exchanged', 'round_passed_out', 'auction_won',
			'contract_made', 'contracts_entered', 'trick_claimed', 'trick_undone']
	end;
comment on function private.event_types(public.game_variant) is 'Every event that can stand in a log of that game: the table''s and its own.';

create type private.checked_log as (
	game_id uuid,
	variant public.game_variant,
	mode public.game_mode,
	config jsonb,
	host text,
	seats jsonb,
	kind text,
	secret text,
	started_at timestamptz,
	ended_at timestamptz,
	types text[],
	payloads jsonb[],
	records text[],
	signatures bytea[],
	hashes bytea[],
	times timestamptz[]
);

create function private.check_log(game_name text, envelopes jsonb) returns private.checked_log
	language plpgsql set search_path = ''
as $$
declare
	-- As in src/lib/game/log-limits.ts.
	max_events constant integer := 20000;
	max_record_bytes constant integer := 10000 - 64;
	log private.checked_log;
	envelope jsonb;
	record_text text;
	body jsonb;
	kind text;
	payload jsonb;
	hash bytea := decode(repeat('00', 32), 'hex');
	allowed text[];
	signature text;
	seat text;
	term integer := 1;
	last_term integer := 0;
	at_index integer := 0;
	moment numeric;
	swapped jsonb;
begin
	log.game_id := private.game_uuid(game_name);
	if log.game_id is null then perform private.refuse(422, 'bad_game_id'); end if;
	if envelopes is null or jsonb_typeof(envelopes) <> 'array' then perform private.refuse(422, 'bad_shape'); end if;
	if jsonb_array_length(envelopes) > max_events then perform private.refuse(413, 'too_many_events'); end if;
	if jsonb_array_length(envelopes) < 3 then perform private.refuse(422, 'not_finished'); end if;

	for envelope in select value from jsonb_array_elements(envelopes) loop
		record_text := envelope ->> 'record';
		signature := envelope ->> 'signature';
		if jsonb_typeof(envelope) <> 'object' or record_text is null or signature is null
			or jsonb_typeof(envelope -> 'record') <> 'string' or envelope - '{record,signature}'::text[] <> '{}'
			or signature !~ '^[A-Za-z0-9_-]{85}[AQgw]$' then
			perform private.refuse(422, 'bad_envelope');
		end if;
		if octet_length(record_text) > max_record_bytes then perform private.refuse(413, 'event_too_large'); end if;
		if not pg_input_is_valid(record_text, 'jsonb') then perform private.refuse(422, 'bad_record'); end if;
		body := record_text::jsonb;
		payload := body -> 'payload';
		kind := body ->> 'type';
		-- `-` and `?&` are errors on what is no object.
		if jsonb_typeof(body) <> 'object' then perform private.refuse(422, 'bad_record'); end if;
		if not body ?& '{index,term,time,author,type,v,payload}'
			or body - '{index,term,time,author,type,v,payload,hands,roundBox,faceDown}'::text[] <> '{}'
			or jsonb_typeof(payload) <> 'object' or payload ? '_v'
			or jsonb_typeof(body -> 'type') <> 'string'
			or coalesce(body ->> 'term', '') !~ '^[1-9][0-9]{0,5}$' or coalesce(body ->> 'time', '') !~ '^[0-9]{1,15}$' then
			perform private.refuse(422, 'bad_record');
		end if;
		if body -> 'index' is distinct from to_jsonb(at_index) then perform private.refuse(422, 'bad_index'); end if;
		if body -> 'v' <> '1' then perform private.refuse(422, 'unknown_version'); end if;
		term := (body ->> 'term')::integer;
		if term < last_term then perform private.refuse(422, 'bad_term'); end if;
		last_term := term;
		moment := (body ->> 'time')::numeric;
		if moment > extract(epoch from now() + interval '1 day') * 1000 then perform private.refuse(422, 'from_the_future'); end if;

		if at_index = 0 then
			if kind <> 'game_created' or payload ->> 'game' is distinct from game_name
				or payload ->> 'variant' not in ('el_dorado', 'israeli_whist') then
				perform private.refuse(422, 'bad_beginning');
			end if;
			log.variant := (payload ->> 'variant')::public.game_variant;
			log.config := jsonb_build_object('rules', payload -> 'rules', 'options', payload -> 'options', 'previous', payload -> 'previous');
			log.host := payload ->> 'host';
			log.seats := payload -> 'seats';
			if jsonb_typeof(log.seats) <> 'array' or jsonb_array_length(log.seats) not between 2 and 10 then
				perform private.refuse(422, 'bad_beginning');
			end if;
			allowed := private.event_types(log.variant);
		elsif kind = 'game_created' then
			perform private.refuse(422, 'bad_event');
		end if;
		if not kind = any (allowed) then perform private.refuse(422, 'unknown_event'); end if;
		if log.kind is not null then perform private.refuse(422, 'events_after_the_end'); end if;

		-- Who sits where: the part of the fold that the archive needs.
		if kind in ('seat_taken', 'seat_cleared', 'bot_seated', 'seat_named', 'face_changed', 'seat_left', 'seat_returned', 'seats_swapped') then
			seat := coalesce(payload ->> 'seat', payload ->> 'a');
			if seat is null or seat !~ '^[0-9]$' or seat::integer >= jsonb_array_length(log.seats) then
				perform private.refuse(422, 'bad_event');
			end if;
		end if;
		case kind
			when 'seat_taken' then
				log.seats := jsonb_set(log.seats, array[seat], jsonb_build_object('kind', 'human', 'player', payload -> 'player',
					'face', payload -> 'face', 'presence', 'here', 'at', moment));
			when 'seat_cleared' then
				log.seats := jsonb_set(log.seats, array[seat], '{"kind": "empty"}');
			when 'bot_seated' then
				log.seats := jsonb_set(log.seats, array[seat],
					jsonb_build_object('kind', 'bot', 'level', payload -> 'level', 'face', payload -> 'face'));
			when 'seat_named' then
				-- Somebody without a phone at a keeper's table: a name, and nobody's key.
				log.seats := jsonb_set(log.seats, array[seat], jsonb_build_object('kind', 'named', 'face', payload -> 'face', 'at', moment));
			when 'face_changed' then
				log.seats := jsonb_set(log.seats, array[seat, 'face'], payload -> 'face');
			when 'seat_left' then
				log.seats := jsonb_set(log.seats, array[seat, 'presence'], '"left"');
			when 'seat_returned' then
				log.seats := jsonb_set(log.seats, array[seat, 'presence'], '"here"');
			when 'seats_swapped' then
				if coalesce(payload ->> 'b', '') !~ '^[0-9]$' or log.seats -> (payload ->> 'b')::integer is null then
					perform private.refuse(422, 'bad_event');
				end if;
				swapped := log.seats -> (payload ->> 'b')::integer;
				log.seats := jsonb_set(log.seats, array[payload ->> 'b'], log.seats -> seat::integer);
				log.seats := jsonb_set(log.seats, array[seat], swapped);
			when 'rules_set' then
				log.config := log.config || jsonb_build_object('rules', payload -> 'rules', 'options', payload -> 'options');
				select coalesce(jsonb_agg(coalesce(log.seats -> n, '{"kind": "empty"}') order by n), '[]') into log.seats
				from generate_series(0, least(9, (payload #>> '{rules,seats}')::integer - 1)) as s (n);
			when 'host_changed' then
				log.host := payload ->> 'host';
			when 'game_started' then
				log.started_at := to_timestamp(moment / 1000);
			when 'game_ended' then
				if payload ->> 'reason' not in ('completed', 'abandoned') or log.started_at is null then
					perform private.refuse(422, 'bad_event');
				end if;
				log.kind := payload ->> 'reason';
				log.secret := payload ->> 'secret';
				log.ended_at := to_timestamp(moment / 1000);
			else null;
		end case;

		hash := sha256(hash || convert_to(record_text, 'UTF8'));
		log.types[at_index + 1] := kind;
		log.payloads[at_index + 1] := payload || '{"_v": 1}';
		log.records[at_index + 1] := record_text;
		log.signatures[at_index + 1] := private.from_base64url(signature);
		log.hashes[at_index + 1] := hash;
		log.times[at_index + 1] := to_timestamp(moment / 1000);
		at_index := at_index + 1;
	end loop;
	if log.kind is null then perform private.refuse(422, 'not_finished'); end if;
	log.mode := coalesce(log.config #>> '{options,mode}', 'cards')::public.game_mode;

	-- The chain hangs on its last hash, and that is signed: nobody but the host of the last term can have made it.
	if log.host !~ '^[A-Za-z0-9_-]{43}$' or not private.ed25519_verify(
		private.from_base64url(log.host),
		convert_to('overtrick/event/1', 'UTF8') || '\x00'::bytea || private.from_base64url(game_name) || hash,
		log.signatures[at_index]
	) then
		perform private.refuse(422, 'bad_signature');
	end if;
	return log;
end
$$;
comment on function private.check_log(text, jsonb) is 'The log of a finished game, taken apart, or a refusal: shape, sizes, indexes, names, chain, and the signature under all of it.';

create function private.archive_game(game jsonb) returns jsonb
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
comment on function private.archive_game(jsonb) is 'Stores a finished game and everything that follows from it, in one transaction; the same game again changes nothing.';

create function public.archive_game(game jsonb) returns jsonb
	language sql volatile set search_path = '' as 'select private.archive_game(game)';
comment on function public.archive_game(jsonb) is 'Uploads a finished game: {id, envelopes: [{record, signature}], room_code?, visibility?, group_id?} gives {status: archived | exists, log_hash, counted}.';

create function private.confirm_game(game_name text, log_hash text) returns jsonb
	language plpgsql security definer set search_path = ''
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
comment on function private.confirm_game(text, text) is 'A player says of an archived game that it is the one it played, or that it is another.';

create function public.confirm_game(game_id text, log_hash text) returns jsonb
	language sql volatile set search_path = '' as 'select private.confirm_game(game_id, log_hash)';
comment on function public.confirm_game(text, text) is 'Says "the game I played has this hash" (hex): gives {agrees, counted}.';

create function private.game_log(game_name text, after_index integer, most integer)
	returns table (event_index integer, record text, signature text)
	language plpgsql stable security definer set search_path = ''
as $$
declare
	wanted uuid := private.game_uuid(game_name);
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
comment on function private.game_log(text, integer, integer) is 'Events after an index, from the table or from the archive: a reader never knows.';

create function public.game_log(game_id text, after_index integer default -1, most integer default 500)
	returns table (event_index integer, record text, signature text)
	language sql stable set search_path = '' rows 500 as 'select * from private.game_log(game_id, after_index, most)';
comment on function public.game_log(text, integer, integer) is 'The log of a game in order, by pages of at most 500 events after an index.';

create function private.compact_game(game_name text) returns boolean
	language plpgsql security definer set search_path = ''
as $$
declare
	wanted uuid := private.game_uuid(game_name);
	standing public.games;
begin
	select * into standing from public.games where id = wanted for update;
	if not found or standing.status not in ('completed', 'abandoned') then perform private.refuse(409, 'not_finished'); end if;
	if exists (select from public.game_event_archives a where a.game_id = wanted) then return false; end if;
	insert into public.game_event_archives (game_id, records, signatures, event_count, log_hash)
	select wanted, string_agg(e.record, E'\n' order by e.event_index), string_agg(e.signature, ''::bytea order by e.event_index),
		count(*), (select l.hash from public.game_events l where l.game_id = wanted order by l.event_index desc limit 1)
	from public.game_events e where e.game_id = wanted;
	delete from public.game_events e where e.game_id = wanted;
	return true;
end
$$;
comment on function private.compact_game(text) is 'Moves the log of a finished game into one compressed row.';

create function private.compact_old_games(older_than interval default '90 days', most integer default 100) returns integer
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
		if private.compact_game(private.game_name(one)) then moved := moved + 1; end if;
	end loop;
	return moved;
end
$$;
comment on function private.compact_old_games(interval, integer) is 'Compacts what is older than that, at most so many games a run.';

create function private.sweep() returns void
	language plpgsql security definer set search_path = ''
as $$
begin
	delete from public.room_directory where lease_expires_at < now();
	delete from public.group_invites where expires_at < now() or uses_left = 0;
	delete from private.rate_limits where window_start < now() - interval '1 day';
end
$$;
comment on function private.sweep() is 'Removes what has expired.';

do $$
begin
	-- A server without pg_cron sweeps when rooms are published; old games stay as they are until somebody compacts them.
	if exists (select from pg_available_extensions where name = 'pg_cron') then
		create extension if not exists pg_cron;
		perform cron.schedule('overtrick-sweep', '*/5 * * * *', 'select private.sweep()');
		perform cron.schedule('overtrick-compact', '17 3 * * *', 'select private.compact_old_games()');
	end if;
end
$$;
