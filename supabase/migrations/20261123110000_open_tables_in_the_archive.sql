-- A game of a table that was open to anybody is public, whoever uploads it first: who hosted the table says so afterwards.

create function private.publish_game(game_name text, table_code text) returns text
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
	if not exists (
		select from public.games g where g.id = wanted and g.admin_id = me
	) and not exists (
		select from public.game_events e
		join private.player_keys k on k.public_key = e.payload ->> 'host' and k.player_id = me
		where e.game_id = wanted and e.type in ('game_created', 'host_changed')
	) then
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
comment on function private.publish_game(text, text) is 'Who has hosted the table of a finished game says that it was open to anybody, under that code: the game stays public.';

create function public.publish_game(game_id text, room_code text) returns text
	language sql volatile set search_path = '' as 'select private.publish_game(game_id, room_code)';
comment on function public.publish_game(text, text) is
	'Makes a finished game of a table that was open to anybody public, for whoever has hosted it; gives its visibility.';

revoke all on function private.publish_game(text, text), public.publish_game(text, text) from public, anon, authenticated;
grant execute on function private.publish_game(text, text), public.publish_game(text, text) to authenticated;
