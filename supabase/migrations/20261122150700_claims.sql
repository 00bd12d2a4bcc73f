-- A device that has played with an anonymous account signs in to another: what its key has played goes along.

create function private.adopt_games(from_player uuid, to_player uuid) returns integer
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
	update public.games g set winner_id = to_player where g.winner_id = from_player
		and exists (select from public.game_players o where o.game_id = g.id and o.player_id = to_player and o.is_winner);
	update public.games g set admin_id = to_player where g.admin_id = from_player
		and exists (select from public.game_players o where o.game_id = g.id and o.player_id = to_player and o.is_admin);
	delete from public.player_achievements a where a.player_id in (to_player, from_player);
	delete from public.player_lifetime_stats s where s.player_id in (to_player, from_player);
	perform private.refresh_lifetime(to_player);
	perform private.refresh_lifetime(from_player);
	return adopted;
end
$$;
comment on function private.adopt_games(uuid, uuid) is 'Makes the games of one player those of another; gives how many.';
revoke all on function private.adopt_games(uuid, uuid) from public;

create function private.is_anonymous(of_player uuid) returns boolean
	language sql stable security definer set search_path = ''
	return exists (
		select from public.players p join auth.users u on u.id::text = p.user_id
		where p.id = of_player and u.is_anonymous
	);
comment on function private.is_anonymous(uuid) is 'Whether the player''s account has neither an e-mail nor a password.';
revoke all on function private.is_anonymous(uuid) from public;

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
	update public.players p set is_active = false where p.id = former;
	return jsonb_build_object('adopted', private.adopt_games(former, me));
end
$$;
