-- A key that is claimed at the moment of a game's end. Whoever uploads the game brings in a player for each key that the
-- archive has not seen; a claim that came at once met that player after it had looked for it, and was refused, so that its
-- game was not confirmed until much later. Now it looks again. And two accounts that one device has made at once (a page that
-- was left while it signed in, and the next one) claim their key one after the other.

create or replace function private.claim_key(public_key text, signature text) returns jsonb
	language plpgsql security definer set search_path = ''
as $$
declare
	caller text := private.require_user();
	me uuid := private.require_player();
	holder uuid;
	former uuid;
	-- After the first that player is there to be adopted.
	attempts constant integer := 3;
begin
	if coalesce(claim_key.public_key, '') !~ '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' or coalesce(signature, '') !~ '^[A-Za-z0-9_-]{85}[AQgw]$' then
		perform private.refuse(422, 'bad_shape');
	end if;
	perform private.take_rate(caller, 'claim_key', 20, interval '1 hour');
	perform pg_advisory_xact_lock(hashtextextended('key ' || claim_key.public_key, 0));
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

	-- Somebody else's upload may bring in a player for this key at the same moment.
	for attempt in 1 .. attempts loop
		begin
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
			exit;
		exception when unique_violation then
			if attempt = attempts then raise; end if;
		end;
	end loop;
	if former is null or exists (select from private.player_keys k where k.player_id = former) then
		return jsonb_build_object('adopted', 0);
	end if;
	-- Its owner has another player now: what this one showed of them goes, and its user name is free.
	perform private.erase_player(former);
	return jsonb_build_object('adopted', private.adopt_games(former, me));
end
$$;
