-- Uploads in half the time, every check as it was. Three things had cost it: Ed25519 in SQL added a point for three bits
-- of four (now for one of six, and its powers take the short way); the log was taken apart an event at a time, and each
-- event copied all lists so far (a log of 20,000 events would have taken minutes); statements over one game were planned
-- anew for each game.

-- Ed25519.

create function private.power_25519_250(base numeric) returns numeric[]
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	p constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
	-- Named by the n of their power 2^n - 1.
	five numeric; ten numeric; twenty numeric; fifty numeric; hundred numeric;
	eleventh numeric;
	t numeric;
begin
	t := mod(base * base, p);
	five := mod(t * t, p);
	five := mod(mod(five * five, p) * base, p);
	eleventh := mod(five * t, p);
	five := mod(mod(eleventh * eleventh, p) * five, p);
	t := five;
	for i in 1 .. 5 loop t := mod(t * t, p); end loop;
	ten := mod(t * five, p);
	t := ten;
	for i in 1 .. 10 loop t := mod(t * t, p); end loop;
	twenty := mod(t * ten, p);
	t := twenty;
	for i in 1 .. 20 loop t := mod(t * t, p); end loop;
	t := mod(t * twenty, p);
	for i in 1 .. 10 loop t := mod(t * t, p); end loop;
	fifty := mod(t * ten, p);
	t := fifty;
	for i in 1 .. 50 loop t := mod(t * t, p); end loop;
	hundred := mod(t * fifty, p);
	t := hundred;
	for i in 1 .. 100 loop t := mod(t * t, p); end loop;
	t := mod(t * hundred, p);
	for i in 1 .. 50 loop t := mod(t * t, p); end loop;
	return array[mod(t * fifty, p), eleventh];
end
$$;
comment on function private.power_25519_250(numeric) is 'The powers 2^250 - 1 and 11 modulo 2^255 - 19: what roots and inverses begin with.';

create function private.sparse_digits(bytes bytea) returns integer[]
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	padded bytea := bytes || '\x0000'::bytea;
	digits integer[] := array_fill(0, array[258]);
	carry integer := 0;
	place integer := 0;
	word integer;
begin
	while place < 257 loop
		if get_bit(padded, place) = carry then
			place := place + 1;
			continue;
		end if;
		word := carry + get_bit(padded, place) + 2 * get_bit(padded, place + 1) + 4 * get_bit(padded, place + 2)
			+ 8 * get_bit(padded, place + 3) + 16 * get_bit(padded, place + 4);
		carry := word >> 4;
		digits[place + 1] := word - 32 * carry;
		place := place + 5;
	end loop;
	return digits;
end
$$;
comment on function private.sparse_digits(bytea) is 'A number of 32 bytes in binary digits of which few are not 0, and those odd, from -15 to 15; the first is the lowest.';

create or replace function private.ed25519_verify(public_key bytea, message bytea, signature bytea) returns boolean
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	p constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
	l constant numeric := 7237005577332262213973186563042994240857116359379907606001950938285454250989;
	d constant numeric := 37095705934669439343138083508754565189542113879843219016388785533085940283555;
	d2 constant numeric := 16295367250680780974490674513165176452449235426866156013048779062215315747161;
	root_minus_one constant numeric := 19681161376707505956807079304988542015446066515923890162744021073123829784752;
	-- The base point times 1, 3, ... 15: y - x, y + x, 2dxy.
	base_minus constant numeric[] := array[
		31204614345391077396927242593886631629853981173214368409736920319215404093758,
		19324154932736603031152325029326367275890211278985171650228672434569381466725,
		9630189248235390748103966146409333440210333639383242876188677650069613696698,
		13312953584136576304523025463821328163824699951717010248032899908581467496881,
		33358695950361614583925271808519256405884421684945271723330695989338484605028,
		11158256924779282454740543163093780811298074430862908234953982287139410690888,
		1087550798001203620797136749953957393762725578137024723030949917728262045587,
		30626176813774521173184229023175236149481611499753231178919926386272687148811
	];
	base_plus constant numeric[] := array[
		3533012425803781230144052908719740726127014226477800802100354883158534798213,
		55221577242988382633613921715755988927347615506430221002982523990194636363568,
		18668153700450365046820768141064729913722721519882092422277400263756282706739,
		31711222115254622247534096269438047277815809670749515453120456498656435938239,
		23848771936779537706600755363852330642691035199144679981329841599443567665967,
		30060548511792857161490863918616842674472112613249574336675186204794201058014,
		15972020931028765202356936322618908365444234765594279114894468132403870203757,
		44273937366294891980395583359278962421509549251851624370413480066653195594400
	];
	base_t constant numeric[] := array[
		50237614328228664512531835696112167678046477356841409204013502641986506238568,
		40779097241408971452228116607583414735230162954196233009433085899742953658505,
		30606639029984443449548711300126286734648431208933888345371544935567354135173,
		55464387603073125013932436385527479500842401496857817399907801729203523072930,
		52357765926424945578408752779084598596693712112103136963171288052321514532635,
		27941507066570052986778351271715755022397500567158991111890716087464763623913,
		33237312664213247073394209876351444910698636488186827598268510754927446762360,
		36689249660344293493892821654230283378144754582372867911177117475716794987798
	];
	-- The same of the key's point, which has a z as well.
	key_minus numeric[]; key_plus numeric[]; key_t numeric[]; key_z numeric[];
	s bytea := substring(signature from 33 for 32);
	s_digits integer[];
	h_digits integer[];
	sign integer;
	ay numeric; ax numeric; u numeric; v numeric; y2 numeric;
	-- The running sum, in extended coordinates; t only where it is added to next.
	x numeric; y numeric; z numeric; t numeric;
	a numeric; b numeric; c numeric; e numeric; f numeric; g numeric; k numeric;
	dx numeric; dy numeric; dt numeric; dz numeric;
	digit_s integer; digit_h integer; at integer;
begin
	if octet_length(public_key) <> 32 or octet_length(signature) <> 64 then return false; end if;
	if private.little_endian(s) >= l then return false; end if;

	-- The point of the key, negated: the sum below is s*B - h*A.
	sign := get_byte(public_key, 31) >> 7;
	ay := private.little_endian(set_byte(public_key, 31, get_byte(public_key, 31) & 127));
	if ay >= p then return false; end if;
	y2 := mod(ay * ay, p);
	u := mod(y2 - 1 + p, p);
	v := mod(d * y2 + 1, p);
	-- u/v to the power (p + 3) / 8, without dividing: u * v^3 * (u * v^7)^((p - 5) / 8).
	a := mod(v * v, p);
	ax := mod(mod(u * v, p) * a, p);
	a := mod(mod(a * a, p) * mod(a * v, p), p);
	a := mod(u * a, p);
	b := (private.power_25519_250(a))[1];
	b := mod(b * b, p);
	b := mod(mod(b * b, p) * a, p);
	ax := mod(ax * b, p);
	a := mod(v * mod(ax * ax, p), p);
	if a <> u then
		if a <> mod(p - u, p) then return false; end if;
		ax := mod(ax * root_minus_one, p);
	end if;
	if ax = 0 and sign = 1 then return false; end if;
	if mod(ax, 2) = sign then ax := mod(p - ax, p); end if;

	h_digits := private.sparse_digits(private.little_endian_32(mod(private.little_endian(
		sha512(substring(signature from 1 for 32) || public_key || message)), l)));
	s_digits := private.sparse_digits(s);

	-- The key's point times 1, 3, ... 15: each is the one before and twice the point.
	x := ax; y := ay; z := 1; t := mod(ax * ay, p);
	key_minus[1] := y - x; key_plus[1] := y + x; key_t[1] := mod(t * d2, p); key_z[1] := 1;
	a := mod(x * x, p);
	k := a + y2; e := mod(k - (x + y) * (x + y), p); g := a - y2; f := 2 + g;
	dx := mod(e * f, p); dy := mod(g * k, p); dt := mod(e * k, p); dz := mod(f * g, p);
	for i in 2 .. 8 loop
		a := mod((dy - dx) * key_minus[i - 1], p); b := mod((dy + dx) * key_plus[i - 1], p);
		c := mod(dt * key_t[i - 1], p); f := 2 * mod(dz * key_z[i - 1], p);
		e := b - a; g := f + c; f := f - c; k := b + a;
		x := mod(e * f, p); y := mod(g * k, p); t := mod(e * k, p); z := mod(f * g, p);
		key_minus[i] := y - x; key_plus[i] := y + x; key_t[i] := mod(t * d2, p); key_z[i] := z;
	end loop;

	x := 0; y := 1; z := 1;
	at := 258;
	while at > 0 and s_digits[at] = 0 and h_digits[at] = 0 loop at := at - 1; end loop;
	for i in reverse at .. 1 loop
		digit_s := s_digits[i];
		digit_h := h_digits[i];
		-- Double.
		a := mod(x * x, p); b := mod(y * y, p);
		k := a + b; e := mod(k - (x + y) * (x + y), p); g := a - b; f := 2 * mod(z * z, p) + g;
		x := mod(e * f, p); y := mod(g * k, p); z := mod(f * g, p);
		continue when digit_s = 0 and digit_h = 0;
		t := mod(e * k, p);
		if digit_h <> 0 then
			at := (abs(digit_h) + 1) / 2;
			if digit_h > 0 then
				a := mod((y - x) * key_minus[at], p); b := mod((y + x) * key_plus[at], p); c := mod(t * key_t[at], p);
			else
				a := mod((y - x) * key_plus[at], p); b := mod((y + x) * key_minus[at], p); c := mod(t * -key_t[at], p);
			end if;
			f := 2 * mod(z * key_z[at], p);
			e := b - a; g := f + c; f := f - c; k := b + a;
			x := mod(e * f, p); y := mod(g * k, p); t := mod(e * k, p); z := mod(f * g, p);
		end if;
		if digit_s <> 0 then
			at := (abs(digit_s) + 1) / 2;
			if digit_s > 0 then
				a := mod((y - x) * base_minus[at], p); b := mod((y + x) * base_plus[at], p); c := mod(t * base_t[at], p);
			else
				a := mod((y - x) * base_plus[at], p); b := mod((y + x) * base_minus[at], p); c := mod(t * -base_t[at], p);
			end if;
			f := 2 * z;
			e := b - a; g := f + c; f := f - c; k := b + a;
			x := mod(e * f, p); y := mod(g * k, p); z := mod(f * g, p);
		end if;
	end loop;

	-- The sum has to be the point that the signature begins with, written in the one way there is. 1/z is z to the power
	-- p - 2 = 32 * (2^250 - 1) + 11.
	key_z := private.power_25519_250(mod(mod(z, p) + p, p));
	z := key_z[1];
	for i in 1 .. 5 loop z := mod(z * z, p); end loop;
	z := mod(z * key_z[2], p);
	x := mod(mod(x * z, p) + p, p);
	y := mod(mod(y * z, p) + p, p);
	s := private.little_endian_32(y);
	s := set_byte(s, 31, get_byte(s, 31) | (mod(x, 2)::integer << 7));
	return s = substring(signature from 1 for 32);
end
$$;

drop function private.power_25519(numeric, bytea);

-- Taking a log apart.

create or replace function private.check_log(game_name text, envelopes jsonb) returns private.checked_log
	language plpgsql set search_path = ''
as $$
declare
	-- As in src/lib/game/log-limits.ts.
	max_events constant integer := 20000;
	max_record_bytes constant integer := 10000 - 64;
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
	last_at integer;
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
			when n.term < lag(n.term) over (order by n.at) then 'bad_term'
			when n.moment > extract(epoch from now() + interval '1 day') * 1000 then 'from_the_future'
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

	-- Who sits where: the part of the fold that the archive needs.
	for kind, payload, moment in
		select e.kind, e.payload, e.moment from unnest(kinds, payloads, moments) with ordinality as e (kind, payload, moment, at)
		where e.kind in ('seat_taken', 'seat_cleared', 'bot_seated', 'seat_named', 'face_changed', 'seat_left', 'seat_returned',
			'seats_swapped', 'rules_set', 'host_changed', 'game_started', 'game_ended')
		order by e.at
	loop
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

	foreach record_text in array records loop
		hash := sha256(hash || convert_to(record_text, 'UTF8'));
		hashes := array_append(hashes, hash);
	end loop;
	log.types := kinds;
	log.records := records;
	log.hashes := hashes;

	-- The chain hangs on its last hash, and that is signed: nobody but the host of the last term can have made it.
	if coalesce(log.host, '') !~ '^[A-Za-z0-9_-]{43}$' or not private.ed25519_verify(
		private.from_base64url(log.host),
		convert_to('overtrick/event/1', 'UTF8') || '\x00'::bytea || private.from_base64url(game_name) || hash,
		log.signatures[last_at]
	) then
		perform private.refuse(422, 'bad_signature');
	end if;
	return log;
end
$$;

-- Statements over one game have one plan, whichever game it is.
alter function private.archive_game(jsonb) set plan_cache_mode = 'force_generic_plan';
alter function private.confirm_game(text, text) set plan_cache_mode = 'force_generic_plan';
