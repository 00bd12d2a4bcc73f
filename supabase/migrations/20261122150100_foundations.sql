-- What every function stands on: who calls, how often, bytes and base64url, Ed25519, and the triggers that hold what a
-- check constraint cannot.
--
-- Refusals are raised with sqlstate PTnnn, which the API answers as HTTP status nnn; the message is a stable code.

create function private.refuse(status integer, code text) returns void
	language plpgsql set search_path = ''
as $$
begin
	raise exception using errcode = 'PT' || status, message = code;
end
$$;
comment on function private.refuse(integer, text) is 'Ends the call with that HTTP status and code.';

-- Bytes.

create function private.from_base64url(input text) returns bytea
	language sql immutable strict parallel safe set search_path = ''
	return decode(translate(input, '-_', '+/') || repeat('=', (4 - length(input) % 4) % 4), 'base64');
comment on function private.from_base64url(text) is 'Bytes of unpadded base64url; raises for what is none.';

create function private.to_base64url(input bytea) returns text
	language sql immutable strict parallel safe set search_path = ''
	return translate(encode(input, 'base64'), E'+/=\n', '-_');
comment on function private.to_base64url(bytea) is 'Unpadded base64url.';

create function private.game_uuid(game text) returns uuid
	language sql immutable strict parallel safe set search_path = ''
	return case when game ~ '^[A-Za-z0-9_-]{21}[AQgw]$'
		then encode(private.from_base64url(game), 'hex')::uuid end;
comment on function private.game_uuid(text) is 'A game''s own id (22 characters) as the archive''s; null for what is none.';

create function private.game_name(game uuid) returns text
	language sql immutable strict parallel safe set search_path = ''
	return private.to_base64url(decode(replace(game::text, '-', ''), 'hex'));
comment on function private.game_name(uuid) is 'The archive''s id as the game''s own.';

-- Ed25519 (RFC 8032). One verification is two dozen milliseconds: done once for an upload and once for a device.

create function private.little_endian(bytes bytea) returns numeric
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	n numeric := 0;
begin
	for i in reverse octet_length(bytes) - 1 .. 0 loop
		n := n * 256 + get_byte(bytes, i);
	end loop;
	return n;
end
$$;
comment on function private.little_endian(bytea) is 'The number that these bytes are, least significant first.';

create function private.little_endian_32(n numeric) returns bytea
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	bytes bytea := decode(repeat('00', 32), 'hex');
	rest numeric := n;
	next numeric;
begin
	for i in 0 .. 31 loop
		next := div(rest, 256);
		bytes := set_byte(bytes, i, (rest - next * 256)::integer);
		rest := next;
	end loop;
	return bytes;
end
$$;
comment on function private.little_endian_32(numeric) is 'A number below 2^256 as 32 bytes, least significant first.';

create function private.power_25519(base numeric, exponent bytea) returns numeric
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	p constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
	result numeric := 1;
begin
	for i in reverse 255 .. 0 loop
		result := mod(result * result, p);
		if get_bit(exponent, i) = 1 then
			result := mod(result * base, p);
		end if;
	end loop;
	return result;
end
$$;
comment on function private.power_25519(numeric, bytea) is 'Power modulo 2^255 - 19; the exponent is 32 bytes, least significant first.';

create function private.ed25519_verify(public_key bytea, message bytea, signature bytea) returns boolean
	language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
	p constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
	l constant numeric := 7237005577332262213973186563042994240857116359379907606001950938285454250989;
	d constant numeric := 37095705934669439343138083508754565189542113879843219016388785533085940283555;
	d2 constant numeric := 16295367250680780974490674513165176452449235426866156013048779062215315747161;
	root_minus_one constant numeric := 19681161376707505956807079304988542015446066515923890162744021073123829784752;
	base_x constant numeric := 15112221349535400772501151409588531511454012693041857206046113283949847762202;
	base_y constant numeric := 46316835694926478169428394003475163141307993866256225615783033603165251855960;
	s bytea := substring(signature from 33 for 32);
	h bytea;
	sign integer;
	ay numeric; ax numeric; u numeric; v numeric; y2 numeric;
	-- Points in extended coordinates: the running sum, and what is added to it for each pair of bits.
	x numeric := 0; y numeric := 1; z numeric := 1; t numeric := 0;
	qx numeric; qy numeric; qt numeric; qz numeric;
	sx numeric; sy numeric; st numeric; sz numeric;
	a numeric; b numeric; c numeric; e numeric; f numeric; g numeric; k numeric;
	bit_s integer; bit_h integer;
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
	-- u/v to the power (p + 3) / 8, without dividing.
	ax := mod(mod(u * v, p) * mod(v * v, p), p);
	a := mod(v * v, p);
	a := mod(mod(a * a, p) * mod(a * v, p), p);
	ax := mod(ax * private.power_25519(mod(u * a, p), private.little_endian_32(div(p - 5, 8))), p);
	a := mod(v * mod(ax * ax, p), p);
	if a <> u then
		if a <> mod(p - u, p) then return false; end if;
		ax := mod(ax * root_minus_one, p);
	end if;
	if ax = 0 and sign = 1 then return false; end if;
	if mod(ax, 2) = sign then ax := mod(p - ax, p); end if;

	h := private.little_endian_32(mod(private.little_endian(
		sha512(substring(signature from 1 for 32) || public_key || message)), l));

	-- B - A, for where both bits are set.
	a := mod((base_y - base_x) * (ay - ax), p); b := mod((base_y + base_x) * (ay + ax), p);
	c := mod(mod(d2 * mod(base_x * base_y, p), p) * mod(ax * ay, p), p);
	e := b - a; f := 2 - c; g := 2 + c; k := b + a;
	sx := mod(e * f, p); sy := mod(g * k, p); st := mod(e * k, p); sz := mod(f * g, p);

	for i in reverse 252 .. 0 loop
		-- Double.
		a := mod(x * x, p); b := mod(y * y, p); c := 2 * mod(z * z, p);
		k := a + b; e := k - (x + y) * (x + y); g := a - b; f := c + g;
		e := mod(e, p);
		x := mod(e * f, p); y := mod(g * k, p); t := mod(e * k, p); z := mod(f * g, p);
		bit_s := get_bit(s, i);
		bit_h := get_bit(h, i);
		continue when bit_s = 0 and bit_h = 0;
		if bit_h = 0 then
			qx := base_x; qy := base_y; qz := 1; qt := mod(base_x * base_y, p);
		elsif bit_s = 0 then
			qx := ax; qy := ay; qz := 1; qt := mod(ax * ay, p);
		else
			qx := sx; qy := sy; qz := sz; qt := st;
		end if;
		-- Add.
		a := mod((y - x) * (qy - qx), p); b := mod((y + x) * (qy + qx), p);
		c := mod(mod(t * d2, p) * qt, p); f := 2 * mod(z * qz, p);
		e := b - a; g := f + c; f := f - c; k := b + a;
		x := mod(e * f, p); y := mod(g * k, p); t := mod(e * k, p); z := mod(f * g, p);
	end loop;

	-- The sum has to be the point that the signature begins with, written in the one way there is.
	z := private.power_25519(mod(mod(z, p) + p, p), private.little_endian_32(p - 2));
	x := mod(mod(x * z, p) + p, p);
	y := mod(mod(y * z, p) + p, p);
	h := private.little_endian_32(y);
	h := set_byte(h, 31, get_byte(h, 31) | (mod(x, 2)::integer << 7));
	return h = substring(signature from 1 for 32);
end
$$;
comment on function private.ed25519_verify(bytea, bytea, bytea) is 'Whether the signature is of that message by that key (RFC 8032, without cofactor).';

-- Who calls.

create function private.require_user() returns text
	language plpgsql stable set search_path = ''
as $$
declare
	caller uuid := auth.uid();
begin
	if caller is null then perform private.refuse(401, 'not_signed_in'); end if;
	return caller::text;
end
$$;
comment on function private.require_user() is 'The account that calls; refuses who is not signed in.';

create function private.my_player_id() returns uuid
	language sql stable security definer set search_path = ''
	return (select id from public.players where user_id = (select auth.uid())::text);
comment on function private.my_player_id() is 'The caller''s player; null before it has one.';

create function private.require_player() returns uuid
	language plpgsql stable security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	found_id uuid;
begin
	select id into found_id from public.players where user_id = caller;
	if found_id is null then perform private.refuse(403, 'no_profile'); end if;
	return found_id;
end
$$;
comment on function private.require_player() is 'The caller''s player; refuses an account without one.';

create function private.is_group_member(wanted_group uuid) returns boolean
	language sql stable security definer set search_path = ''
	return exists (
		select from public.group_members m
		where m.group_id = wanted_group and m.player_id = private.my_player_id()
	);
comment on function private.is_group_member(uuid) is 'Whether the caller belongs to the group.';

create function private.is_group_owner(wanted_group uuid) returns boolean
	language sql stable security definer set search_path = ''
	return exists (
		select from public.group_members m
		where m.group_id = wanted_group and m.player_id = private.my_player_id() and m.role = 'owner'
	);
comment on function private.is_group_owner(uuid) is 'Whether the caller manages the group.';

create function private.can_see_game(wanted_game uuid) returns boolean
	language sql stable security definer set search_path = ''
	return exists (
		select from public.game_players p where p.game_id = wanted_game and p.player_id = private.my_player_id()
	) or exists (
		select from public.games g
		where g.id = wanted_game and g.status in ('completed', 'abandoned') and private.is_group_member(g.group_id)
	);
comment on function private.can_see_game(uuid) is 'A player of the game, running or over, or a member of its group once it is over.';

create function private.can_read_game(wanted_game uuid) returns boolean
	language sql stable security definer set search_path = ''
	return private.can_see_game(wanted_game) or exists (
		select from public.games g
		where g.id = wanted_game and g.status in ('completed', 'abandoned') and g.visibility in ('shared', 'public')
	);
comment on function private.can_read_game(uuid) is 'The same, and whoever holds the link of a finished game that is shared.';

create function private.can_read_event(wanted_game uuid, wanted_index integer) returns boolean
	language sql stable security definer set search_path = ''
	return exists (
		select from public.games g
		where g.id = wanted_game and wanted_index < g.open_event_count and private.can_see_game(g.id)
	);
comment on function private.can_read_event(uuid, integer) is 'Up to the last finished round of a running game, for who may see the game at all.';

-- How often.

create function private.take_rate(caller text, what text, most integer, per interval) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	taken integer;
begin
	insert into private.rate_limits as r (subject, action, window_start, count)
	values (caller, what, now(), 1)
	on conflict (subject, action) do update set
		count = case when r.window_start <= now() - per then 1 else r.count + 1 end,
		window_start = case when r.window_start <= now() - per then now() else r.window_start end
	returning count into taken;
	if taken > most then perform private.refuse(429, 'rate_limited'); end if;
end
$$;
comment on function private.take_rate(text, text, integer, interval) is 'Counts one more of an action and refuses beyond the most of its window. What is refused for another reason is not counted.';

-- What holds by trigger.

create function private.touch_updated_at() returns trigger
	language plpgsql set search_path = ''
as $$
begin
	new.updated_at := now();
	return new;
end
$$;
comment on function private.touch_updated_at() is 'Keeps updated_at.';
create trigger tr_players_updated_at before update on public.players
	for each row execute function private.touch_updated_at();
create trigger tr_groups_updated_at before update on public.groups
	for each row execute function private.touch_updated_at();
create trigger tr_games_updated_at before update on public.games
	for each row execute function private.touch_updated_at();

create function private.hold_append_only() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if tg_op = 'DELETE' and tg_table_name <> 'game_event_archives' and exists (
		select from public.game_event_archives a join public.games g on g.id = a.game_id
		where a.game_id = old.game_id and a.event_count = g.event_count and a.log_hash = g.log_hash
	) then
		return old;
	end if;
	perform private.refuse(409, 'append_only');
	return null;
end
$$;
comment on function private.hold_append_only() is 'No event is changed; one is deleted only when its whole log stands in the archive.';
create trigger tr_game_events_append_only before update or delete on public.game_events
	for each row execute function private.hold_append_only();
create trigger tr_game_event_archives_append_only before update or delete on public.game_event_archives
	for each row execute function private.hold_append_only();

create function private.hold_no_truncate() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	perform private.refuse(409, 'append_only');
	return null;
end
$$;
comment on function private.hold_no_truncate() is 'Logs are not emptied.';
create trigger tr_game_events_no_truncate before truncate on public.game_events
	for each statement execute function private.hold_no_truncate();
create trigger tr_game_event_archives_no_truncate before truncate on public.game_event_archives
	for each statement execute function private.hold_no_truncate();

create function private.hold_game() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if tg_op = 'DELETE' then
		perform private.refuse(409, 'games_are_kept');
	end if;
	if new.status < old.status or (old.status in ('completed', 'abandoned') and new.status <> old.status) then
		perform private.refuse(409, 'status_moves_forward');
	end if;
	if new.id <> old.id or (old.status in ('completed', 'abandoned') and new.log_hash is distinct from old.log_hash) then
		perform private.refuse(409, 'a_finished_game_stands');
	end if;
	return new;
end
$$;
comment on function private.hold_game() is 'A game is never deleted, its status only moves forward, and what is over stands.';
create trigger tr_games_hold before update or delete on public.games
	for each row execute function private.hold_game();

create function private.hold_summary() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if new.completed_at is not null and not exists (select from public.game_summaries s where s.game_id = new.id) then
		perform private.refuse(409, 'a_finished_game_has_a_summary');
	end if;
	return null;
end
$$;
comment on function private.hold_summary() is 'Looked at when the transaction ends: a finished game has its summary.';
create constraint trigger tr_games_summary after insert or update of completed_at on public.games
	deferrable initially deferred for each row execute function private.hold_summary();

create function private.hold_members() returns trigger
	language plpgsql security definer set search_path = ''
as $$
declare
	most smallint;
	members integer;
begin
	-- One at a time: two that come in at once must not both be the last that fits.
	select g.max_members into most from public.groups g where g.id = new.group_id for update;
	select count(*) into members from public.group_members m where m.group_id = new.group_id;
	if members >= most then perform private.refuse(409, 'group_full'); end if;
	return new;
end
$$;
comment on function private.hold_members() is 'A group is no larger than its max_members.';
create trigger tr_group_members_full before insert on public.group_members
	for each row execute function private.hold_members();

create function private.hold_max_members() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if new.max_members < (select count(*) from public.group_members m where m.group_id = new.id) then
		perform private.refuse(409, 'group_full');
	end if;
	return new;
end
$$;
comment on function private.hold_max_members() is 'A group does not shrink below who is in it.';
create trigger tr_groups_max_members before update of max_members on public.groups
	for each row execute function private.hold_max_members();

create function private.hold_owner() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	if tg_op = 'UPDATE' and (new.group_id, new.player_id) is distinct from (old.group_id, old.player_id) then
		perform private.refuse(409, 'members_do_not_change_groups');
	end if;
	if old.role <> 'owner' or (tg_op = 'UPDATE' and new.role = 'owner') then
		return coalesce(new, old);
	end if;
	-- Two owners that leave at once must not leave nobody.
	perform from public.groups g where g.id = old.group_id for update;
	if exists (
		select from public.group_members m
		where m.group_id = old.group_id and m.id <> old.id and m.role = 'owner'
	) then
		return coalesce(new, old);
	end if;
	if tg_op = 'DELETE' and not exists (
		select from public.group_members m where m.group_id = old.group_id and m.id <> old.id
	) then
		return old;
	end if;
	perform private.refuse(409, 'last_owner');
	return null;
end
$$;
comment on function private.hold_owner() is 'The last owner neither leaves nor steps down while others are in the group.';
create trigger tr_group_members_owner before update or delete on public.group_members
	for each row execute function private.hold_owner();
