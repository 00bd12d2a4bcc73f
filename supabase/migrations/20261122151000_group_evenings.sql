-- What a group does with its evenings: whose groups there are, whose invite this is, who plays tonight and at which
-- table, and which finished games are the group's.

create table private.group_evenings (
	group_id uuid not null,
	player_id uuid not null,
	plays_until timestamptz,
	table_path text,
	table_until timestamptz,
	constraint pk_group_evenings primary key (group_id, player_id),
	-- Who leaves the group takes this along.
	constraint fk_group_evenings_member foreign key (group_id, player_id)
		references public.group_members (group_id, player_id) on delete cascade,
	constraint ck_group_evenings_table_path check (table_path ~ '^/t/[A-HJKMNP-Z]{6}(#[A-Za-z0-9_.&=-]{1,200})?$'),
	constraint ck_group_evenings_table check ((table_path is null) = (table_until is null))
);
alter table private.group_evenings enable row level security;
revoke all on private.group_evenings from public, anon, authenticated;
comment on table private.group_evenings is 'Who of a group means to play, and at which table: for tonight, never for longer.';
comment on column private.group_evenings.group_id is 'The group.';
comment on column private.group_evenings.player_id is 'The member.';
comment on column private.group_evenings.plays_until is 'Means to play until then; null: has said nothing.';
comment on column private.group_evenings.table_path is 'Link to the table this member has opened for the group, below the site''s address; null: none.';
comment on column private.group_evenings.table_until is 'The table is shown until then.';

create function private.my_groups() returns jsonb
	language sql stable security definer set search_path = ''
	return (
		select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'role', m.role, 'max_members', g.max_members,
			'members', (select count(*) from public.group_members o where o.group_id = g.id),
			'total_games', g.total_games, 'last_played_at', g.last_played_at,
			'tonight', (select count(*) from private.group_evenings e where e.group_id = g.id and e.plays_until > now()))
			order by coalesce(g.last_played_at, g.created_at) desc, g.id), '[]')
		from public.group_members m join public.groups g on g.id = m.group_id
		where m.player_id = private.my_player_id()
	);
comment on function private.my_groups() is 'The caller''s groups, the one that played last first.';

create function public.my_groups() returns jsonb
	language sql stable set search_path = '' as 'select private.my_groups()';
comment on function public.my_groups() is 'Own groups: [{id, name, role, members, max_members, total_games, last_played_at, tonight}].';

create function private.group_invite(code text) returns jsonb
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	wanted text := upper(regexp_replace(coalesce(group_invite.code, ''), '[\s-]', '', 'g'));
begin
	-- Looking is a try at a code like any other, and is not raised for the same reason: see join_group.
	perform private.take_rate(private.require_user(), 'join_by_code', 30, interval '1 minute');
	return (
		select jsonb_build_object('group_id', g.id, 'name', g.name, 'max_members', g.max_members,
			'members', (select count(*) from public.group_members m where m.group_id = g.id),
			'invited_by', p.display_name,
			'is_member', exists (select from public.group_members m where m.group_id = g.id and m.player_id = me))
		from public.group_invites i
		join public.groups g on g.id = i.group_id
		join public.players p on p.id = i.created_by
		where i.code = wanted and i.expires_at > now() and i.uses_left > 0
	);
end
$$;
comment on function private.group_invite(text) is 'Whose group a code opens, for somebody who has it; null for a code that opens none.';

create function public.group_invite(code text) returns jsonb
	language sql volatile set search_path = '' as 'select private.group_invite(code)';
comment on function public.group_invite(text) is '{group_id, name, members, max_members, invited_by, is_member} of a code, or null when it opens nothing; uses nothing up.';

create function private.play_tonight(wanted_group uuid, plays boolean) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	-- From an afternoon past midnight.
	evening constant interval := '10 hours';
	until timestamptz := case when plays then now() + evening end;
begin
	perform private.require_group(wanted_group);
	insert into private.group_evenings as e (group_id, player_id, plays_until) values (wanted_group, me, until)
	on conflict on constraint pk_group_evenings do update set plays_until = excluded.plays_until;
end
$$;
comment on function private.play_tonight(uuid, boolean) is 'The caller means to play in this group tonight, or no longer does.';

create function public.play_tonight(group_id uuid, plays boolean) returns void
	language sql volatile set search_path = '' as 'select private.play_tonight(group_id, plays)';
comment on function public.play_tonight(uuid, boolean) is 'Says to a group whether the caller plays tonight; forgotten after ten hours.';

create function private.offer_group_table(wanted_group uuid, path text) returns void
	language plpgsql security definer set search_path = ''
as $$
declare
	me uuid := private.require_player();
	-- A game of ten with breaks; a table that stands longer is offered again.
	shown constant interval := '4 hours';
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
end
$$;
comment on function private.offer_group_table(uuid, text) is 'Shows a group the table that the caller has opened for it; null takes it back.';

create function public.offer_group_table(group_id uuid, path text default null) returns void
	language sql volatile set search_path = '' as 'select private.offer_group_table(group_id, path)';
comment on function public.offer_group_table(uuid, text) is 'Shows a group the caller''s table by its link (/t/CODE#...), or takes it back with null.';

create function private.group_evening(wanted_group uuid) returns jsonb
	language plpgsql stable security definer set search_path = ''
as $$
begin
	perform private.require_group(wanted_group);
	return (
		select jsonb_build_object(
			'tonight', coalesce(jsonb_agg(e.player_id order by e.plays_until, e.player_id) filter (where e.plays_until > now()), '[]'),
			'tables', coalesce(jsonb_agg(jsonb_build_object('player_id', e.player_id, 'path', e.table_path)
				order by e.table_until desc, e.player_id) filter (where e.table_until > now()), '[]'))
		from private.group_evenings e where e.group_id = wanted_group
	);
end
$$;
comment on function private.group_evening(uuid) is 'Who of a group plays tonight, and at which tables, for its members.';

create function public.group_evening(group_id uuid) returns jsonb
	language sql stable set search_path = '' as 'select private.group_evening(group_id)';
comment on function public.group_evening(uuid) is '{tonight: [player_id], tables: [{player_id, path}]} of a group.';

create function private.put_game_in_group(game_name text, wanted_group uuid) returns boolean
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
comment on function private.put_game_in_group(text, uuid) is 'A player of a finished game says which of its own groups played it, once; gives whether it is that one''s.';

create function public.put_game_in_group(game_id text, group_id uuid) returns boolean
	language sql volatile set search_path = '' as 'select private.put_game_in_group(game_id, group_id)';
comment on function public.put_game_in_group(text, uuid) is 'Makes a finished game, played by the caller and by no group yet, one of a group of the caller''s.';

revoke all on function
	private.my_groups(), public.my_groups(),
	private.group_invite(text), public.group_invite(text),
	private.play_tonight(uuid, boolean), public.play_tonight(uuid, boolean),
	private.offer_group_table(uuid, text), public.offer_group_table(uuid, text),
	private.group_evening(uuid), public.group_evening(uuid),
	private.put_game_in_group(text, uuid), public.put_game_in_group(text, uuid)
	from public, anon;
grant execute on function
	private.my_groups(), public.my_groups(),
	private.group_invite(text), public.group_invite(text),
	private.play_tonight(uuid, boolean), public.play_tonight(uuid, boolean),
	private.offer_group_table(uuid, text), public.offer_group_table(uuid, text),
	private.group_evening(uuid), public.group_evening(uuid),
	private.put_game_in_group(text, uuid), public.put_game_in_group(text, uuid)
	to authenticated;
