-- Accounts and profiles, groups, open tables.

create function private.save_profile(profile jsonb) returns uuid
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid;
begin
	if profile is null or jsonb_typeof(profile) <> 'object'
		or profile - '{username,display_name,avatar_seed,avatar_url,color,preferences}'::text[] <> '{}' then
		perform private.refuse(422, 'bad_shape');
	end if;
	perform private.take_rate(caller, 'profile', 120, interval '1 hour');
	begin
		insert into public.players as p (user_id, username, display_name, avatar_seed, avatar_url, color, preferences)
		values (caller, profile ->> 'username', coalesce(profile ->> 'display_name', 'Player'),
			coalesce((profile ->> 'avatar_seed')::bigint, 0), profile ->> 'avatar_url',
			coalesce((profile ->> 'color')::smallint, 0), coalesce(profile -> 'preferences', '{}'))
		on conflict (user_id) do update set
			username = case when profile ? 'username' then excluded.username else p.username end,
			display_name = case when profile ? 'display_name' then excluded.display_name else p.display_name end,
			avatar_seed = case when profile ? 'avatar_seed' then excluded.avatar_seed else p.avatar_seed end,
			avatar_url = case when profile ? 'avatar_url' then excluded.avatar_url else p.avatar_url end,
			color = case when profile ? 'color' then excluded.color else p.color end,
			preferences = case when profile ? 'preferences' then excluded.preferences else p.preferences end,
			last_active = now()
		returning p.id into me;
	exception
		when unique_violation then perform private.refuse(409, 'username_taken');
		when integrity_constraint_violation or data_exception then perform private.refuse(422, 'bad_profile');
	end;
	return me;
end
$$;
comment on function private.save_profile(jsonb) is 'Makes the caller''s player, or changes the fields that are named.';

create function public.save_profile(profile jsonb) returns uuid
	language sql volatile set search_path = '' as 'select private.save_profile(profile)';
comment on function public.save_profile(jsonb) is 'Own profile: {display_name?, username?, avatar_seed?, avatar_url?, color?, preferences?} gives the player''s id.';

create function private.my_profile() returns jsonb
	language sql stable security definer set search_path = ''
	return (
		select jsonb_build_object('id', p.id, 'username', p.username, 'display_name', p.display_name, 'avatar_seed', p.avatar_seed,
			'avatar_url', p.avatar_url, 'color', p.color, 'preferences', p.preferences, 'created_at', p.created_at,
			'updated_at', p.updated_at,
			'keys', (select coalesce(jsonb_agg(k.public_key order by k.created_at), '[]') from private.player_keys k where k.player_id = p.id))
		from public.players p where p.user_id = (select auth.uid())::text
	);
comment on function private.my_profile() is 'Everything of the caller''s own player; null before there is one.';

create function public.my_profile() returns jsonb
	language sql stable set search_path = '' as 'select private.my_profile()';
comment on function public.my_profile() is 'Own profile with preferences and keys; null before there is one.';

create function private.claim_key(public_key text, signature text) returns jsonb
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid := private.require_player();
	holder uuid;
	former uuid;
	adopted integer := 0;
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
	if holder is not null then perform private.refuse(409, 'key_of_another_account'); end if;

	select p.id into former from public.players p where p.public_key = claim_key.public_key and p.user_id is null;
	-- Games before players, as a confirmation locks them.
	perform from public.games g where g.id in (select o.game_id from public.game_players o where o.player_id = former)
	order by g.id for no key update;
	perform from public.players p where p.id in (me, former) order by p.id for update;
	if former is not null then update public.players p set public_key = null where p.id = former; end if;
	insert into private.player_keys (public_key, player_id) values (claim_key.public_key, me)
		on conflict on constraint pk_player_keys do nothing;
	if not found then perform private.refuse(409, 'key_of_another_account'); end if;
	update public.players p set public_key = claim_key.public_key, last_active = now() where p.id = me;
	if former is not null then
		-- What this key played before it had an account is the account's; where both sat at one table, each seat stays.
		update public.game_players g set player_id = me
		where g.player_id = former
			and not exists (select from public.game_players o where o.game_id = g.game_id and o.player_id = me);
		get diagnostics adopted = row_count;
		update public.games g set winner_id = me where g.winner_id = former
			and exists (select from public.game_players o where o.game_id = g.id and o.player_id = me and o.is_winner);
		update public.games g set admin_id = me where g.admin_id = former
			and exists (select from public.game_players o where o.game_id = g.id and o.player_id = me and o.is_admin);
		delete from public.player_achievements a where a.player_id in (me, former);
		delete from public.player_lifetime_stats s where s.player_id in (me, former);
		perform private.refresh_lifetime(me);
		perform private.refresh_lifetime(former);
		update public.players p set is_active = false where p.id = former;
	end if;
	return jsonb_build_object('adopted', adopted);
end
$$;
comment on function private.claim_key(text, text) is 'Binds a device''s key to the caller''s player and brings along what the key has played.';

create function public.claim_key(public_key text, signature text) returns jsonb
	language sql volatile set search_path = '' as 'select private.claim_key(public_key, signature)';
comment on function public.claim_key(text, text) is 'Binds a key to the account. The signature is Ed25519 over "overtrick/account/1", a zero byte and the user id. Gives {adopted}: games it had played before.';

create function private.delete_my_account() returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid;
	one record;
begin
	select p.id into me from public.players p where p.user_id = caller for update;
	if me is not null then
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
		update public.game_players g set display_name = 'former player', avatar_seed = 0, color = 0 where g.player_id = me;
		update public.players p set user_id = null, username = null, display_name = 'former player', avatar_seed = 0,
			avatar_url = null, color = 0, preferences = '{}', public_key = null, is_active = false
		where p.id = me;
	end if;
	delete from private.rate_limits r where r.subject = caller;
	delete from auth.users u where u.id = caller::uuid;
end
$$;
comment on function private.delete_my_account() is 'Erases name, avatar, keys and account. The games stay, with "former player".';

create function public.delete_my_account() returns void
	language sql volatile set search_path = '' as 'select private.delete_my_account()';
comment on function public.delete_my_account() is 'Erases the caller''s personal data and account; the games stay.';

create function private.share_game(game_name text, to_visibility text) returns text
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.game_uuid(game_name);
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
comment on function private.share_game(text, text) is 'A player of a finished game lets others read it by its link, or takes that back.';

create function public.share_game(game_id text, visibility text) returns text
	language sql volatile set search_path = '' as 'select private.share_game(game_id, visibility)';
comment on function public.share_game(text, text) is 'A player of a game makes it "shared" (whoever has the link) or "private" again; gives what it is now.';

-- Groups.

create function private.create_group(name text, description text) returns uuid
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	made uuid;
begin
	-- An account belongs to so many groups at most.
	if (select count(*) from public.group_members m where m.player_id = me) >= 50 then perform private.refuse(409, 'too_many_groups'); end if;
	perform private.take_rate(private.require_user(), 'create_group', 10, interval '1 hour');
	begin
		insert into public.groups as g (name, description, created_by)
		values (btrim(create_group.name), coalesce(create_group.description, ''), me) returning g.id into made;
	exception when integrity_constraint_violation then
		perform private.refuse(422, 'bad_group');
	end;
	insert into public.group_members (group_id, player_id, role) values (made, me, 'owner');
	return made;
end
$$;
comment on function private.create_group(text, text) is 'Opens a group that the caller owns.';

create function public.create_group(name text, description text default '') returns uuid
	language sql volatile set search_path = '' as 'select private.create_group(name, description)';
comment on function public.create_group(text, text) is 'Opens a group; gives its id.';

create function private.invite_to_group(wanted_group uuid, uses integer, hours integer) returns text
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	letters constant text := 'ABCDEFGHJKMNPQRSTUVWXYZ';
	dice bytea;
	made text := '';
begin
	if not private.is_group_owner(wanted_group) then perform private.refuse(403, 'not_the_owner'); end if;
	if uses is null or hours is null or uses not between 1 and 10 or hours not between 1 and 24 * 30 then
		perform private.refuse(422, 'bad_shape');
	end if;
	perform private.take_rate(private.require_user(), 'invite', 60, interval '1 hour');
	delete from public.group_invites i where i.group_id = wanted_group and (i.expires_at < now() or i.uses_left = 0);
	if (select count(*) from public.group_invites i where i.group_id = wanted_group) >= 20 then
		perform private.refuse(409, 'too_many_invites');
	end if;
	-- The random bits of two ids; bytes that would favour the first letters are passed over.
	while length(made) < 12 loop
		dice := uuid_send(gen_random_uuid());
		for i in 0 .. 15 loop
			continue when i in (6, 8) or get_byte(dice, i) >= 253 or length(made) = 12;
			made := made || substr(letters, 1 + get_byte(dice, i) % 23, 1);
		end loop;
	end loop;
	insert into public.group_invites (group_id, code, created_by, uses_left, expires_at)
	values (wanted_group, made, me, uses, now() + make_interval(hours => hours));
	return made;
end
$$;
comment on function private.invite_to_group(uuid, integer, integer) is 'A code that lets so many people in until it expires.';

create function public.invite_to_group(group_id uuid, uses integer default 1, hours integer default 168) returns text
	language sql volatile set search_path = '' as 'select private.invite_to_group(group_id, uses, hours)';
comment on function public.invite_to_group(uuid, integer, integer) is 'Owner: gives an invite code of twelve letters.';

create function private.join_group(code text) returns uuid
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted text := upper(regexp_replace(coalesce(join_group.code, ''), '[\s-]', '', 'g'));
	invite public.group_invites;
begin
	perform private.take_rate(private.require_user(), 'join_by_code', 30, interval '1 minute');
	select * into invite from public.group_invites i
	where i.code = wanted and i.expires_at > now() and i.uses_left > 0 for update;
	if not found then
		-- Not raised: a refusal would take back the count of tries.
		return null;
	end if;
	if exists (select from public.group_members m where m.group_id = invite.group_id and m.player_id = me) then
		return invite.group_id;
	end if;
	if (select count(*) from public.group_members m where m.player_id = me) >= 50 then perform private.refuse(409, 'too_many_groups'); end if;
	insert into public.group_members (group_id, player_id) values (invite.group_id, me);
	update public.group_invites i set uses_left = i.uses_left - 1 where i.id = invite.id;
	return invite.group_id;
end
$$;
comment on function private.join_group(text) is 'Comes into a group by a code; null for a code that is none, used up or expired.';

create function public.join_group(code text) returns uuid
	language sql volatile set search_path = '' as 'select private.join_group(code)';
comment on function public.join_group(text) is 'Joins by an invite code; gives the group, or null when the code does not open any.';

create function private.leave_group(wanted_group uuid) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
begin
	delete from public.group_members m where m.group_id = wanted_group and m.player_id = me;
	if not found then perform private.refuse(403, 'not_in_the_group'); end if;
end
$$;
comment on function private.leave_group(uuid) is 'Leaves a group; the last owner only when nobody else is left.';

create function public.leave_group(group_id uuid) returns void
	language sql volatile set search_path = '' as 'select private.leave_group(group_id)';
comment on function public.leave_group(uuid) is 'Leaves a group.';

-- Open tables.

create function private.publish_room(room jsonb) returns timestamptz
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid := private.require_player();
	-- Three renewals may be lost.
	lease constant interval := '90 seconds';
	until timestamptz := now() + lease;
	holder uuid;
begin
	if room is null or jsonb_typeof(room) <> 'object'
		or not room ?& '{room_code,game_id,variant,current_players,max_players,spectators_allowed}'
		or room - '{room_code,game_id,variant,mode,current_players,max_players,spectators_allowed}'::text[] <> '{}' then
		perform private.refuse(422, 'bad_shape');
	end if;
	perform private.take_rate(caller, 'publish_room', 10, interval '1 hour');
	delete from public.room_directory r where r.lease_expires_at < now();
	if (select count(*) from public.room_directory r where r.host_id = me) >= 3 then perform private.refuse(409, 'too_many_rooms'); end if;
	begin
		insert into public.room_directory as r (room_code, game_id, host_id, variant, mode, current_players, max_players,
			spectators_allowed, lease_expires_at)
		values (room ->> 'room_code', private.game_uuid(room ->> 'game_id'), me, (room ->> 'variant')::public.game_variant,
			coalesce(room ->> 'mode', 'cards')::public.game_mode, (room ->> 'current_players')::smallint,
			(room ->> 'max_players')::smallint, (room ->> 'spectators_allowed')::boolean, until)
		on conflict (room_code) do update set
			game_id = excluded.game_id, variant = excluded.variant, mode = excluded.mode,
			current_players = excluded.current_players, max_players = excluded.max_players,
			spectators_allowed = excluded.spectators_allowed, lease_expires_at = excluded.lease_expires_at
			where r.host_id = excluded.host_id
		returning r.host_id into holder;
	exception when integrity_constraint_violation or data_exception then
		perform private.refuse(422, 'bad_room');
	end;
	if holder is null then perform private.refuse(409, 'room_of_another_host'); end if;
	return until;
end
$$;
comment on function private.publish_room(jsonb) is 'Lists the caller''s open table for the length of a lease.';

create function public.publish_room(room jsonb) returns timestamptz
	language sql volatile set search_path = '' as 'select private.publish_room(room)';
comment on function public.publish_room(jsonb) is 'Lists an open table: {room_code, game_id, variant, mode?, current_players, max_players, spectators_allowed} gives the end of its lease.';

create function private.renew_room(code text, players integer) returns timestamptz
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	until timestamptz := now() + interval '90 seconds';
begin
	update public.room_directory r set
		lease_expires_at = until,
		current_players = least(greatest(coalesce(players, r.current_players), 0), r.max_players)
	where r.room_code = code and r.host_id = me and r.lease_expires_at > now();
	if not found then perform private.refuse(404, 'no_such_room'); end if;
	return until;
end
$$;
comment on function private.renew_room(text, integer) is 'Every 30 s: the table is still open, with so many players.';

create function public.renew_room(room_code text, current_players integer default null) returns timestamptz
	language sql volatile set search_path = '' as 'select private.renew_room(room_code, current_players)';
comment on function public.renew_room(text, integer) is 'Renews the lease of an own room; 404 once it has expired.';

create function private.close_room(code text) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
begin
	delete from public.room_directory r where r.room_code = code and r.host_id = me;
end
$$;
comment on function private.close_room(text) is 'Takes an own table off the list; nothing when it is not on it.';

create function public.close_room(room_code text) returns void
	language sql volatile set search_path = '' as 'select private.close_room(room_code)';
comment on function public.close_room(text) is 'Takes an own room off the list.';

create function public.open_rooms(cursor jsonb default null, wanted_variant public.game_variant default null)
	returns table (
		room_code text, game_id text, host_name text, host_avatar_seed bigint, host_color smallint, variant public.game_variant,
		mode public.game_mode, current_players smallint, max_players smallint, spectators_allowed boolean,
		created_at timestamptz
	)
	language sql stable set search_path = '' rows 50
as $$
	select r.room_code, private.game_name(r.game_id), p.display_name, p.avatar_seed, p.color, r.variant, r.mode,
		r.current_players, r.max_players, r.spectators_allowed, r.created_at
	from public.room_directory r join public.players p on p.id = r.host_id
	where r.lease_expires_at > now()
		and (wanted_variant is null or r.variant = wanted_variant)
		and (open_rooms.cursor is null or (r.created_at, r.room_code)
			< ((open_rooms.cursor ->> 'created_at')::timestamptz, open_rooms.cursor ->> 'room_code'))
	order by r.created_at desc, r.room_code desc
	limit 50
$$;
comment on function public.open_rooms(jsonb, public.game_variant) is 'Open tables, newest first, 50 a page; the cursor is {created_at, room_code} of the last row.';
