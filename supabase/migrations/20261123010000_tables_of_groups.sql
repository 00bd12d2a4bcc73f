-- A game that was played at a group's table is told to the group by any of its members who sat there, not by the device that
-- opened the table alone; and who signs in to another account takes its groups along with its games.

create table private.group_tables (
	group_id uuid not null,
	player_id uuid not null,
	room_code text not null,
	shown_at timestamptz not null default now(),
	constraint pk_group_tables primary key (group_id, player_id, room_code),
	-- Who leaves the group takes this along.
	constraint fk_group_tables_member foreign key (group_id, player_id)
		references public.group_members (group_id, player_id) on update cascade on delete cascade,
	constraint ck_group_tables_room_code check (room_code ~ '^[A-HJKMNP-Z]{6}$')
);
alter table private.group_tables enable row level security;
revoke all on private.group_tables from public, anon, authenticated;
comment on table private.group_tables is 'Tables that members have opened for their group, by code, for a month: a device that was offline still finds whose game it has played.';
comment on column private.group_tables.group_id is 'The group.';
comment on column private.group_tables.player_id is 'The member who showed it to the group.';
comment on column private.group_tables.room_code is 'Six letters; what else its link carries is not kept.';
comment on column private.group_tables.shown_at is 'When it was last shown.';

-- Those that are shown now.
insert into private.group_tables (group_id, player_id, room_code)
select e.group_id, e.player_id, substr(e.table_path, 4, 6) from private.group_evenings e where e.table_path is not null;

create or replace function private.offer_group_table(wanted_group uuid, path text) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	-- A game of ten with breaks; a table that stands longer is offered again.
	shown constant interval := '4 hours';
	-- As long as a game may wait for a network to be sent.
	kept constant interval := '30 days';
	-- Three evenings a week with a table each, and as many again that nobody came to.
	most_kept constant integer := 30;
begin
	perform private.require_group(wanted_group);
	perform private.take_rate(private.require_user(), 'offer_table', 60, interval '1 hour');
	begin
		insert into private.group_evenings as e (group_id, player_id, table_path, table_until)
		values (wanted_group, me, path, case when path is not null then now() + shown end)
		on conflict on constraint pk_group_evenings do update set
			table_path = excluded.table_path, table_until = excluded.table_until;
	exception when integrity_constraint_violation then
		perform private.refuse(422, 'bad_shape');
	end;
	if path is null then return; end if;
	insert into private.group_tables as t (group_id, player_id, room_code) values (wanted_group, me, substr(path, 4, 6))
	on conflict on constraint pk_group_tables do update set shown_at = now();
	delete from private.group_tables t where t.group_id = wanted_group and t.shown_at < now() - kept;
	delete from private.group_tables t
	where t.group_id = wanted_group and t.player_id = me and t.room_code in (
		select o.room_code from private.group_tables o where o.group_id = wanted_group and o.player_id = me
		order by o.shown_at desc, o.room_code offset most_kept
	);
end
$$;

create function private.group_tables() returns jsonb
	language sql stable security definer set search_path = ''
	return (
		select coalesce(jsonb_agg(jsonb_build_object('group_id', t.group_id, 'name', g.name, 'room_code', t.room_code)
			order by t.shown_at desc, t.group_id), '[]')
		from (
			select o.group_id, o.room_code, max(o.shown_at) as shown_at
			from public.group_members m join private.group_tables o on o.group_id = m.group_id
			where m.player_id = private.my_player_id() and o.shown_at > now() - interval '30 days'
			group by o.group_id, o.room_code
		) t join public.groups g on g.id = t.group_id
	);
comment on function private.group_tables() is 'Tables that were opened for groups of the caller within a month, the latest first: their codes alone.';

create function public.group_tables() returns jsonb
	language sql stable set search_path = '' as 'select private.group_tables()';
comment on function public.group_tables() is 'Tables of own groups, of the last thirty days: [{group_id, name, room_code}].';

-- One argument more; who names the others goes on as before.
drop function public.put_game_in_group(text, uuid);
drop function private.put_game_in_group(text, uuid);

create function private.put_game_in_group(game_name text, wanted_group uuid, table_code text) returns boolean
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted uuid := private.game_uuid(game_name);
	standing public.games;
begin
	if wanted is null or wanted_group is null then perform private.refuse(422, 'bad_shape'); end if;
	perform private.require_group(wanted_group);
	if not exists (select from public.game_players p where p.game_id = wanted and p.player_id = me) then
		perform private.refuse(403, 'not_at_the_table');
	end if;
	-- Who goes by the code believes whoever showed the table. It must have been a player of this very game: a member who
	-- knows the code of a table of others could else have the games of its players shown to itself.
	if table_code is not null and not exists (
		select from private.group_tables t join public.game_players p on p.game_id = wanted and p.player_id = t.player_id
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
comment on function private.put_game_in_group(text, uuid, text) is 'A player of a finished game says which of its own groups played it, once; gives whether it is that one''s.';

create function public.put_game_in_group(game_id text, group_id uuid, room_code text default null) returns boolean
	language sql volatile set search_path = '' as 'select private.put_game_in_group(game_id, group_id, room_code)';
comment on function public.put_game_in_group(text, uuid, text) is
	'Makes a finished game, played by the caller and by no group yet, one of a group of the caller''s. With the code of its table: only if another player of it has shown the group that table.';

-- Groups come along to another account.

alter table private.group_evenings drop constraint fk_group_evenings_member;
alter table private.group_evenings add constraint fk_group_evenings_member foreign key (group_id, player_id)
	references public.group_members (group_id, player_id) on update cascade on delete cascade;

create or replace function private.hold_owner() returns trigger
	language plpgsql security definer set search_path = ''
as $$
begin
	-- Whose it is changes when an account goes over into another (adopt_groups); clients may write the role alone.
	if tg_op = 'UPDATE' and new.group_id is distinct from old.group_id then
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

create function private.adopt_groups(from_player uuid, to_player uuid) returns void
	language plpgsql security definer set search_path = ''
as $$
begin
	-- In the groups of both there is one member afterwards, with what either might do.
	update public.group_members m set role = 'owner'
	where m.player_id = to_player and m.role <> 'owner' and exists (
		select from public.group_members o where o.group_id = m.group_id and o.player_id = from_player and o.role = 'owner'
	);
	delete from public.group_members m
	where m.player_id = from_player and exists (
		select from public.group_members o where o.group_id = m.group_id and o.player_id = to_player
	);
	update public.group_members m set player_id = to_player where m.player_id = from_player;
	update public.group_invites i set created_by = to_player where i.created_by = from_player;
	update public.groups g set created_by = to_player where g.created_by = from_player;
end
$$;
comment on function private.adopt_groups(uuid, uuid) is 'Makes the groups of one player those of another: an anonymous account that is left must not leave a group without its owner.';

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

revoke all on function
	private.group_tables(), public.group_tables(),
	private.put_game_in_group(text, uuid, text), public.put_game_in_group(text, uuid, text),
	private.adopt_groups(uuid, uuid)
	from public, anon, authenticated;
grant execute on function
	private.group_tables(), public.group_tables(),
	private.put_game_in_group(text, uuid, text), public.put_game_in_group(text, uuid, text)
	to authenticated;
