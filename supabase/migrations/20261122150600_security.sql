-- Who may what. Everything was closed until here: nothing is granted by default, each grant below is meant. The policies
-- ask `(select auth.uid())` and the like once a statement, not once a row.

revoke all on all tables in schema public, private from public, anon, authenticated;
revoke all on all functions in schema public, private from public, anon, authenticated;
alter default privileges in schema public revoke all on tables from public, anon, authenticated;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated;
alter default privileges in schema private revoke all on tables from public, anon, authenticated;
alter default privileges revoke execute on functions from public;

-- Schema private is used by the shells in public and by the policies, function by function.
grant usage on schema private to anon, authenticated;

-- Profiles: what everybody may see, column by column. Account, keys and preferences stay with my_profile().
grant select (id, username, display_name, avatar_seed, avatar_url, color, is_bot, is_active, created_at)
	on public.players to anon, authenticated;
create policy players_are_public on public.players for select to anon, authenticated using (true);

grant select on public.player_lifetime_stats, public.player_achievements, public.player_rates, public.player_stats to anon, authenticated;
create policy lifetime_is_public on public.player_lifetime_stats for select to anon, authenticated using (true);
create policy achievements_are_public on public.player_achievements for select to anon, authenticated using (true);

-- Groups: members read, owners manage.
grant select on public.groups, public.group_members, public.group_invites to authenticated;
grant update (name, description, max_members) on public.groups to authenticated;
grant update (role) on public.group_members to authenticated;
grant delete on public.group_members, public.group_invites to authenticated;
create policy groups_by_members on public.groups for select to authenticated using (private.is_group_member(id));
create policy groups_by_owner on public.groups for update to authenticated
	using (private.is_group_owner(id)) with check (private.is_group_owner(id));
create policy members_by_members on public.group_members for select to authenticated using (private.is_group_member(group_id));
create policy roles_by_owner on public.group_members for update to authenticated
	using (private.is_group_owner(group_id)) with check (private.is_group_owner(group_id));
create policy members_out_by_owner on public.group_members for delete to authenticated using (private.is_group_owner(group_id));
create policy invites_by_owner on public.group_invites for select to authenticated using (private.is_group_owner(group_id));
create policy invites_back_by_owner on public.group_invites for delete to authenticated using (private.is_group_owner(group_id));

-- Games: their players, and their group once they are over. Links are read through game_log and game_summary.
grant select (id, variant, mode, room_code, admin_id, group_id, visibility, session_seed, config, status, phase,
	current_round_number, version, log_hash, event_count, open_event_count, winner_id, started_at, completed_at, counted_at,
	created_at, updated_at) on public.games to authenticated;
grant select on public.game_players, public.game_events, public.rounds, public.round_players, public.trump_bids,
	public.game_summaries to authenticated;
create policy games_by_players on public.games for select to authenticated using (private.can_see_game(id));
create policy seats_by_players on public.game_players for select to authenticated using (private.can_see_game(game_id));
create policy events_by_players on public.game_events for select to authenticated using (private.can_read_event(game_id, event_index));
create policy rounds_by_players on public.rounds for select to authenticated using (private.can_see_game(game_id));
create policy lines_by_players on public.round_players for select to authenticated using (
	exists (select from public.rounds r where r.id = round_id)
);
create policy calls_by_players on public.trump_bids for select to authenticated using (
	exists (select from public.rounds r where r.id = round_id)
);
create policy summaries_by_players on public.game_summaries for select to authenticated using (private.can_see_game(game_id));

-- Open tables.
grant select on public.room_directory to anon, authenticated;
create policy rooms_with_a_lease on public.room_directory for select to anon, authenticated using (lease_expires_at > now());

-- Functions.
grant execute on function
	public.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz),
	private.leaderboard(public.game_variant, text, uuid, jsonb, timestamptz),
	public.open_rooms(jsonb, public.game_variant),
	private.game_name(uuid), private.to_base64url(bytea),
	public.game_log(text, integer, integer), private.game_log(text, integer, integer),
	public.game_summary(text), private.game_summary(text)
	to anon, authenticated;
grant execute on function
	private.is_group_member(uuid), private.is_group_owner(uuid), private.can_see_game(uuid), private.can_read_event(uuid, integer),
	public.archive_game(jsonb), private.archive_game(jsonb),
	public.confirm_game(text, text), private.confirm_game(text, text),
	public.share_game(text, text), private.share_game(text, text),
	public.save_profile(jsonb), private.save_profile(jsonb),
	public.my_profile(), private.my_profile(),
	public.claim_key(text, text), private.claim_key(text, text),
	public.delete_my_account(), private.delete_my_account(),
	public.create_group(text, text), private.create_group(text, text),
	public.invite_to_group(uuid, integer, integer), private.invite_to_group(uuid, integer, integer),
	public.join_group(text), private.join_group(text),
	public.leave_group(uuid), private.leave_group(uuid),
	public.group_page(uuid), private.group_page(uuid),
	public.group_rivals(uuid, public.game_variant), private.group_rivals(uuid, public.game_variant),
	public.publish_room(jsonb), private.publish_room(jsonb),
	public.renew_room(text, integer), private.renew_room(text, integer),
	public.close_room(text), private.close_room(text),
	public.player_history(uuid, jsonb, public.game_variant, integer), private.player_history(uuid, jsonb, public.game_variant, integer),
	public.head_to_head(uuid, uuid, public.game_variant), private.head_to_head(uuid, uuid, public.game_variant)
	to authenticated;
