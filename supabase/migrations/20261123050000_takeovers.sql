-- A guest could make a result up after all: it wrote itself into the log as the next host, and what followed was its own.
-- Now each takeover is looked at as every browser does (src/lib/room/votes.ts): the events before it are signed by the host
-- until then, and the next one was elected by more than half of the players who were there, or given the table by the host.

create function private.is_event_signed(game_name text, host text, hash bytea, signature bytea) returns boolean
	language sql immutable parallel safe set search_path = ''
	return case when coalesce(host, '') ~ '^[A-Za-z0-9_-]{43}$' then coalesce(private.ed25519_verify(
		private.from_base64url(host),
		convert_to('overtrick/event/1', 'UTF8') || '\x00'::bytea || private.from_base64url(game_name) || hash,
		signature
	), false) else false end;
comment on function private.is_event_signed(text, text, bytea, bytea) is 'Whether that host has signed the log up to the event with that hash.';

create function private.is_elected(game_name text, seats jsonb, host text, change jsonb) returns boolean
	language plpgsql immutable set search_path = ''
as $$
declare
	next_host text := change ->> 'host';
	is_lost boolean := change ->> 'reason' = 'lost';
	voters text[];
	may_vote text[];
	message bytea;
begin
	if coalesce(change ->> 'reason', '') not in ('lost', 'handed_over') or jsonb_typeof(change -> 'votes') is distinct from 'array'
		or coalesce(next_host, '') !~ '^[A-Za-z0-9_-]{43}$' then
		return false;
	end if;
	-- Who is elected has an even term, who is given the table an odd one: two of one term never meet.
	if mod((change ->> 'term')::integer, 2) <> (case when is_lost then 0 else 1 end) then return false; end if;
	-- A host that keeps the score without a seat goes on as it was; any other has one.
	if next_host is distinct from host and not exists (
		select from jsonb_array_elements(seats) as s where s ->> 'kind' = 'human' and s ->> 'player' = next_host
	) then
		return false;
	end if;
	voters := array(select v ->> 'player' from jsonb_array_elements(change -> 'votes') as v);
	may_vote := case when is_lost then array(
		select s ->> 'player' from jsonb_array_elements(seats) as s
		where s ->> 'kind' = 'human' and s ->> 'presence' = 'here' and s ->> 'player' is distinct from host
	) else array[host] end;
	-- Everybody once, and nobody else.
	if array_position(voters, null) is not null or not voters <@ may_vote
		or cardinality(voters) <> (select count(distinct v) from unnest(voters) as v)
		or cardinality(voters) * 2 <= cardinality(may_vote) then
		return false;
	end if;
	-- This player, this term of this game, and no other: JSON as a browser writes it.
	message := convert_to('overtrick/vote/1', 'UTF8') || '\x00'::bytea
		|| convert_to(format('["%s",%s,"%s"]', game_name, change ->> 'term', next_host), 'UTF8');
	return not exists (
		select from jsonb_array_elements(change -> 'votes') as v
		where v ->> 'player' !~ '^[A-Za-z0-9_-]{43}$' or coalesce(v ->> 'signature', '') !~ '^[A-Za-z0-9_-]{86}$'
			or not private.ed25519_verify(private.from_base64url(v ->> 'player'), message, private.from_base64url(v ->> 'signature'))
	);
end
$$;
comment on function private.is_elected(text, jsonb, text, jsonb) is 'Whether the votes in the event make its host the host, over the seats and the host before it.';

revoke all on function private.is_event_signed(text, text, bytea, bytea), private.is_elected(text, jsonb, text, jsonb)
	from public, anon, authenticated;

create or replace function private.check_log(game_name text, envelopes jsonb) returns private.checked_log
	language plpgsql set search_path = ''
as $$
declare
	-- As in src/lib/game/log-limits.ts.
	max_events constant integer := 20000;
	max_record_bytes constant integer := 10000 - 64;
	-- Of takeovers. A host hands over when its phone is put away, two signatures each time; a table that does so all
	-- evening stays below this, and an upload made to keep the server busy takes seconds and not hours.
	max_signatures constant integer := 400;
	log private.checked_log;
	fault text;
	-- Lists of their own, not of `log`: a list within a row is copied whole each time something is put into it.
	kinds text[];
	payloads jsonb[];
	records text[];
	moments numeric[];
	hashes bytea[];
	record_text text;
	kind text;
	payload jsonb;
	hash bytea := decode(repeat('00', 32), 'hex');
	seat text;
	moment numeric;
	swapped jsonb;
	place integer;
	last_at integer;
	signatures_left integer := max_signatures;
begin
	log.game_id := private.game_uuid(game_name);
	if log.game_id is null then perform private.refuse(422, 'bad_game_id'); end if;
	if envelopes is null or jsonb_typeof(envelopes) <> 'array' then perform private.refuse(422, 'bad_shape'); end if;
	last_at := jsonb_array_length(envelopes);
	if last_at > max_events then perform private.refuse(413, 'too_many_events'); end if;
	if last_at < 3 then perform private.refuse(422, 'not_finished'); end if;

	-- Each event by itself, and its term beside the one before. Every branch stands on those above it: a cast or an
	-- operator comes only after what makes it safe.
	with parts as materialized (
		select e.at - 1 as at, e.value as envelope, e.value ->> 'record' as record, e.value ->> 'signature' as signature
		from jsonb_array_elements(envelopes) with ordinality as e (value, at)
	), shaped as materialized (
		select p.at, p.record, p.signature, case
			when jsonb_typeof(p.envelope) <> 'object' or p.record is null or p.signature is null then 'bad_envelope'
			when jsonb_typeof(p.envelope -> 'record') <> 'string' or p.envelope - '{record,signature}'::text[] <> '{}'
				-- Counted repetitions are slow in an expression, so the length is looked at beside it.
				or length(p.signature) <> 86 or p.signature ~ '[^A-Za-z0-9_-]' or right(p.signature, 1) not in ('A', 'Q', 'g', 'w')
				then 'bad_envelope'
			when octet_length(p.record) > max_record_bytes then 'event_too_large'
			when not pg_input_is_valid(p.record, 'jsonb') then 'bad_record'
		end as fault
		from parts p
	), bodies as materialized (
		select s.*, case when s.fault is null then s.record::jsonb end as body from shaped s
	), fields as materialized (
		select b.at, b.record, b.signature, b.body -> 'payload' as payload, b.body ->> 'type' as kind,
			b.body ->> 'term' as term, b.body ->> 'time' as moment,
			case
				when b.fault is not null then b.fault
				-- `-` and `?&` are errors on what is no object.
				when jsonb_typeof(b.body) <> 'object' then 'bad_record'
				when not b.body ?& '{index,term,time,author,type,v,payload}'
					or b.body - '{index,term,time,author,type,v,payload,hands,roundBox,faceDown}'::text[] <> '{}'
					or jsonb_typeof(b.body -> 'payload') <> 'object' or b.body -> 'payload' ? '_v'
					or jsonb_typeof(b.body -> 'type') <> 'string'
					or coalesce(b.body ->> 'term', '') !~ '^[1-9][0-9]*$' or length(b.body ->> 'term') > 6
					or coalesce(b.body ->> 'time', '') !~ '^[0-9]+$' or length(b.body ->> 'time') > 15
					then 'bad_record'
				when b.body -> 'index' is distinct from to_jsonb(b.at) then 'bad_index'
				when b.body -> 'v' <> '1' then 'unknown_version'
			end as fault
		from bodies b
	), numbers as materialized (
		select f.at, f.record, f.signature, f.payload, f.kind, f.fault,
			case when f.fault is null then f.term::integer end as term,
			case when f.fault is null then f.moment::numeric end as moment
		from fields f
	), judged as materialized (
		select n.*, case
			when n.fault is not null then n.fault
			when n.moment > extract(epoch from now() + interval '1 day') * 1000 then 'from_the_future'
			-- Every event is of the term in which it stands, and who takes over begins another.
			when n.kind = 'host_changed' and n.at > 0 then
				case when n.payload -> 'term' is distinct from to_jsonb(n.term) or n.term <= lag(n.term) over (order by n.at)
					then 'bad_term' end
			when n.term <> lag(n.term, 1, 1) over (order by n.at) then 'bad_term'
		end as verdict
		from numbers n
	)
	select (array_agg(j.verdict) filter (where j.verdict is not null))[1], array_agg(j.kind), array_agg(j.payload),
		array_agg(j.record), array_agg(j.moment), array_agg(j.payload || '{"_v": 1}') filter (where j.verdict is null),
		-- 86 letters, 64 bytes: without a function, which would be called once an event.
		array_agg(decode(translate(j.signature, '-_', '+/') || '==', 'base64')) filter (where j.verdict is null),
		array_agg(to_timestamp(j.moment / 1000))
	into fault, kinds, payloads, records, moments, log.payloads, log.signatures, log.times
	from (select * from judged order by at) j;
	if fault is not null then
		perform private.refuse(case fault when 'event_too_large' then 413 else 422 end, fault);
	end if;

	payload := payloads[1];
	if kinds[1] <> 'game_created' or payload ->> 'game' is distinct from game_name
		or coalesce(payload ->> 'variant', '') not in ('el_dorado', 'israeli_whist') then
		perform private.refuse(422, 'bad_beginning');
	end if;
	log.variant := (payload ->> 'variant')::public.game_variant;
	log.config := jsonb_build_object('rules', payload -> 'rules', 'options', payload -> 'options', 'previous', payload -> 'previous');
	log.host := payload ->> 'host';
	log.seats := payload -> 'seats';
	if jsonb_typeof(log.seats) is distinct from 'array' or jsonb_array_length(log.seats) not between 2 and 10 then
		perform private.refuse(422, 'bad_beginning');
	end if;
	if array_position(kinds, 'game_created', 2) is not null then perform private.refuse(422, 'bad_event'); end if;
	if not array(select distinct t.kind from unnest(kinds) as t (kind)) <@ private.event_types(log.variant) then
		perform private.refuse(422, 'unknown_event');
	end if;
	if array_position(kinds, 'game_ended') < last_at then perform private.refuse(422, 'events_after_the_end'); end if;

	foreach record_text in array records loop
		hash := sha256(hash || convert_to(record_text, 'UTF8'));
		hashes := array_append(hashes, hash);
	end loop;

	-- Who sits where, and who hosts: the part of the fold that the archive needs.
	for kind, payload, moment, place in
		select e.kind, e.payload, e.moment, e.at from unnest(kinds, payloads, moments) with ordinality as e (kind, payload, moment, at)
		where e.kind in ('seat_taken', 'seat_cleared', 'bot_seated', 'seat_named', 'face_changed', 'seat_away', 'seat_back',
			'seat_left', 'seat_returned', 'seats_swapped', 'rules_set', 'host_changed', 'game_started', 'game_ended')
		order by e.at
	loop
		if kind in ('seat_taken', 'seat_cleared', 'bot_seated', 'seat_named', 'face_changed', 'seat_away', 'seat_back',
			'seat_left', 'seat_returned', 'seats_swapped') then
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
			when 'seat_away' then
				-- Its stand-in acts: it still plays, and has no vote.
				log.seats := jsonb_set(log.seats, array[seat, 'presence'], '"away"');
			when 'seat_returned', 'seat_back' then
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
				-- What the host before has left, it has signed; and who goes on from there was made the host by those whose
				-- business it was. So the last signature stands for all of the log.
				signatures_left := signatures_left - 1
					- case jsonb_typeof(payload -> 'votes') when 'array' then jsonb_array_length(payload -> 'votes') else 0 end;
				if signatures_left < 0 then perform private.refuse(413, 'too_many_takeovers'); end if;
				if not private.is_event_signed(game_name, log.host, hashes[place - 1], log.signatures[place - 1]) then
					perform private.refuse(422, 'bad_signature');
				end if;
				if not private.is_elected(game_name, log.seats, log.host, payload) then
					perform private.refuse(422, 'not_elected');
				end if;
				log.host := payload ->> 'host';
			when 'game_started' then
				log.started_at := to_timestamp(moment / 1000);
			when 'game_ended' then
				if coalesce(payload ->> 'reason', '') not in ('completed', 'abandoned') or log.started_at is null then
					perform private.refuse(422, 'bad_event');
				end if;
				log.kind := payload ->> 'reason';
				log.secret := payload ->> 'secret';
				log.ended_at := to_timestamp(moment / 1000);
		end case;
	end loop;
	if log.kind is null then perform private.refuse(422, 'not_finished'); end if;
	log.mode := coalesce(log.config #>> '{options,mode}', 'cards')::public.game_mode;
	log.types := kinds;
	log.records := records;
	log.hashes := hashes;

	-- The chain hangs on its last hash, and that is signed: nobody but the host of the last term can have made it.
	if not private.is_event_signed(game_name, log.host, hash, log.signatures[last_at]) then
		perform private.refuse(422, 'bad_signature');
	end if;
	return log;
end
$$;
