-- Tables of the archive. Everything here outlives the browser that wrote it: games are never deleted, events never
-- change, and whatever can be derived from a game's log is derived from it by functions of later migrations, never
-- taken from a client. Row-level security is switched on here and opened, table by table, in the migration `security`.

create schema private;
comment on schema private is 'Bodies of functions and tables that no API exposes.';
revoke all on schema private from public;

create type public.game_variant as enum ('el_dorado', 'israeli_whist');
create type public.game_mode as enum ('cards', 'keeper');
create type public.game_status as enum ('created', 'in_progress', 'completed', 'abandoned');
create type public.game_phase as enum (
	'waiting', 'bidding_trump', 'frisch', 'bidding_contract', 'bidding', 'playing', 'round_complete', 'finished'
);
create type public.game_visibility as enum ('private', 'shared', 'public');
create type public.trump_strain as enum ('clubs', 'diamonds', 'hearts', 'spades', 'no_trump');
create type public.round_type as enum ('over', 'under');
create type public.group_role as enum ('owner', 'member');
create type public.achievement as enum ('first_win', 'ten_zeros', 'all_made', 'comeback_win', 'three_frisch_win');

comment on type public.game_visibility is 'private: its players and their group; shared, public: whoever has the link.';
comment on type public.round_type is 'Bids of all above or below the tricks of the round; null where they are equal.';

-- People.

create table public.players (
	id uuid not null default gen_random_uuid(),
	user_id text,
	username text,
	display_name text not null,
	avatar_seed bigint not null default 0,
	avatar_url text,
	color smallint not null default 0,
	is_bot boolean not null default false,
	is_active boolean not null default true,
	last_active timestamptz not null default now(),
	preferences jsonb not null default '{}',
	public_key text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint pk_players primary key (id),
	constraint uq_players_user_id unique (user_id),
	constraint uq_players_public_key unique (public_key),
	constraint ck_players_username check (char_length(username) between 3 and 32 and username !~ '[\s[:cntrl:]]'),
	constraint ck_players_display_name check (
		char_length(display_name) between 1 and 64 and btrim(display_name) = display_name and display_name !~ '[[:cntrl:]]'
	),
	constraint ck_players_avatar_seed check (avatar_seed between 0 and 4294967295),
	constraint ck_players_avatar_url check (char_length(avatar_url) <= 500 and avatar_url ~ '^https://'),
	constraint ck_players_color check (color between 0 and 9),
	constraint ck_players_bot check (not is_bot or user_id is null),
	constraint ck_players_preferences check (jsonb_typeof(preferences) = 'object' and octet_length(preferences::text) <= 4000),
	constraint ck_players_public_key check (public_key ~ '^[A-Za-z0-9_-]{43}$')
);
create unique index uq_players_username on public.players (lower(username));

comment on table public.players is 'Somebody across games. A profile that changes never touches a game that was played.';
comment on column public.players.id is 'Identity in every other table.';
comment on column public.players.user_id is 'The account, auth.uid() as text; null for somebody who never signed in, a bot, or one who left.';
comment on column public.players.username is 'Unique whatever the case, 3-32 characters; null until chosen.';
comment on column public.players.display_name is 'Shown to others, 1-64 characters of any script.';
comment on column public.players.avatar_seed is 'The avatar is drawn from this number.';
comment on column public.players.avatar_url is 'A picture instead of the drawn avatar; https only.';
comment on column public.players.color is 'Index into the palette of player colours.';
comment on column public.players.is_bot is 'No person.';
comment on column public.players.is_active is 'False once the account was deleted.';
comment on column public.players.last_active is 'When the account last did something here.';
comment on column public.players.preferences is 'Theme, language, sounds: for the account''s own devices only, at most 4,000 bytes.';
comment on column public.players.public_key is 'Ed25519 key at the table, base64url: of somebody without an account the only one, else that of the device that came last.';
comment on column public.players.created_at is 'First seen.';
comment on column public.players.updated_at is 'Last change, by trigger.';

create table private.player_keys (
	public_key text not null,
	player_id uuid not null,
	created_at timestamptz not null default now(),
	constraint pk_player_keys primary key (public_key),
	constraint fk_player_keys_player foreign key (player_id) references public.players (id) on delete cascade,
	constraint ck_player_keys_public_key check (public_key ~ '^[A-Za-z0-9_-]{43}$')
);
create index ix_player_keys_player on private.player_keys (player_id);

comment on table private.player_keys is 'Whose key sat at a table. A player is a key; an account has one for each of its devices, each proved by a signature.';
comment on column private.player_keys.public_key is 'Ed25519, base64url.';
comment on column private.player_keys.player_id is 'The player whose device holds the key.';
comment on column private.player_keys.created_at is 'When it was proved.';

-- Groups.

create table public.groups (
	id uuid not null default gen_random_uuid(),
	name text not null,
	description text not null default '',
	created_by uuid not null,
	total_games integer not null default 0,
	total_rounds integer not null default 0,
	last_played_at timestamptz,
	max_members smallint not null default 4,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint pk_groups primary key (id),
	constraint fk_groups_created_by foreign key (created_by) references public.players (id) on delete restrict,
	constraint ck_groups_name check (char_length(name) between 1 and 64 and btrim(name) = name and name !~ '[[:cntrl:]]'),
	constraint ck_groups_description check (char_length(description) <= 500),
	constraint ck_groups_totals check (total_games >= 0 and total_rounds >= 0),
	constraint ck_groups_max_members check (max_members between 2 and 10)
);
create index ix_groups_created_by on public.groups (created_by);

comment on table public.groups is 'A circle that plays regularly.';
comment on column public.groups.id is 'Identity.';
comment on column public.groups.name is '1-64 characters.';
comment on column public.groups.description is 'At most 500 characters.';
comment on column public.groups.created_by is 'Who opened it.';
comment on column public.groups.total_games is 'Completed games, by the archive.';
comment on column public.groups.total_rounds is 'Their rounds, by the archive.';
comment on column public.groups.last_played_at is 'End of the latest of them.';
comment on column public.groups.max_members is '4 unless the owner says otherwise, up to 10 seats at a table.';
comment on column public.groups.created_at is 'When it was opened.';
comment on column public.groups.updated_at is 'Last change, by trigger.';

create table public.group_members (
	id uuid not null default gen_random_uuid(),
	group_id uuid not null,
	player_id uuid not null,
	role public.group_role not null default 'member',
	joined_at timestamptz not null default now(),
	constraint pk_group_members primary key (id),
	constraint uq_group_members_player unique (group_id, player_id),
	constraint fk_group_members_group foreign key (group_id) references public.groups (id) on delete cascade,
	constraint fk_group_members_player foreign key (player_id) references public.players (id) on delete restrict
);
create index ix_group_members_player on public.group_members (player_id);

comment on table public.group_members is 'Who belongs to a group.';
comment on column public.group_members.id is 'Identity.';
comment on column public.group_members.group_id is 'The group.';
comment on column public.group_members.player_id is 'The player.';
comment on column public.group_members.role is 'An owner manages; the last one cannot leave while others stay.';
comment on column public.group_members.joined_at is 'When.';

create table public.group_invites (
	id uuid not null default gen_random_uuid(),
	group_id uuid not null,
	code text not null,
	created_by uuid not null,
	uses_left smallint not null default 1,
	expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	constraint pk_group_invites primary key (id),
	constraint uq_group_invites_code unique (code),
	constraint fk_group_invites_group foreign key (group_id) references public.groups (id) on delete cascade,
	constraint fk_group_invites_created_by foreign key (created_by) references public.players (id) on delete restrict,
	constraint ck_group_invites_code check (code ~ '^[A-HJKMNP-Z]{12}$'),
	constraint ck_group_invites_uses_left check (uses_left between 0 and 10)
);
create index ix_group_invites_group on public.group_invites (group_id);
create index ix_group_invites_created_by on public.group_invites (created_by);

comment on table public.group_invites is 'Codes that let somebody into a group, once or until they expire.';
comment on column public.group_invites.id is 'Identity.';
comment on column public.group_invites.group_id is 'The group.';
comment on column public.group_invites.code is 'Twelve letters that cannot be mixed up: 54 bits, with 30 tries a minute.';
comment on column public.group_invites.created_by is 'The owner who made it.';
comment on column public.group_invites.uses_left is 'How many may still come in by it.';
comment on column public.group_invites.expires_at is 'Not usable from then on.';
comment on column public.group_invites.created_at is 'When.';

-- Games.

create table public.games (
	id uuid not null,
	variant public.game_variant not null,
	mode public.game_mode not null,
	room_code text,
	admin_id uuid,
	group_id uuid,
	uploaded_by uuid,
	visibility public.game_visibility not null default 'private',
	session_seed text,
	config jsonb not null default '{}',
	status public.game_status not null default 'created',
	phase public.game_phase not null default 'waiting',
	current_round_number smallint not null default 0,
	version integer not null default 1,
	log_hash bytea,
	event_count integer not null default 0,
	open_event_count integer not null default 0,
	winner_id uuid,
	started_at timestamptz,
	completed_at timestamptz,
	counted_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint pk_games primary key (id),
	constraint fk_games_admin foreign key (admin_id) references public.players (id) on delete restrict,
	constraint fk_games_group foreign key (group_id) references public.groups (id) on delete set null,
	constraint fk_games_uploaded_by foreign key (uploaded_by) references public.players (id) on delete restrict,
	constraint fk_games_winner foreign key (winner_id) references public.players (id) on delete restrict,
	constraint ck_games_room_code check (room_code ~ '^[A-HJKMNP-Z]{6}$'),
	constraint ck_games_session_seed check (session_seed is null or status in ('completed', 'abandoned')),
	constraint ck_games_config check (octet_length(config::text) <= 10000),
	constraint ck_games_log_hash check (octet_length(log_hash) = 32),
	constraint ck_games_event_count check (event_count between 0 and 20000 and open_event_count between 0 and event_count),
	constraint ck_games_round check (current_round_number between 0 and 1000),
	constraint ck_games_completed check ((status in ('completed', 'abandoned')) = (completed_at is not null)),
	constraint ck_games_counted check (counted_at is null or status = 'completed')
);
create unique index uq_games_live_room_code on public.games (room_code) where status in ('created', 'in_progress');
create index ix_games_group on public.games (group_id, completed_at desc) where group_id is not null;
create index ix_games_admin on public.games (admin_id);
create index ix_games_uploaded_by on public.games (uploaded_by);
create index ix_games_winner on public.games (winner_id);

comment on table public.games is 'A game, by the random id it was given at the table.';
comment on column public.games.id is 'The 16 random bytes of the game''s own id.';
comment on column public.games.variant is 'Which game.';
comment on column public.games.mode is 'Cards on screen, or the score of a real table.';
comment on column public.games.room_code is 'The table''s code; unique among live games.';
comment on column public.games.admin_id is 'Who hosted it at its end.';
comment on column public.games.group_id is 'The group that played it, if one did.';
comment on column public.games.uploaded_by is 'Whose device archived it.';
comment on column public.games.visibility is 'Whether its id is enough to read it.';
comment on column public.games.session_seed is 'The host''s secret behind the deals, base64url; null until the game is over.';
comment on column public.games.config is 'Rules of the table and options of the game, as in its log.';
comment on column public.games.status is 'Only moves forward.';
comment on column public.games.phase is 'Where the game stands.';
comment on column public.games.current_round_number is 'Scored rounds, for a finished game.';
comment on column public.games.version is 'Version of the derivation that filled the tables below.';
comment on column public.games.log_hash is 'Hash of the last event: fixes the whole log.';
comment on column public.games.event_count is 'Events of the log.';
comment on column public.games.open_event_count is 'Events from the first that its players may read: up to the last finished round of a running game.';
comment on column public.games.winner_id is 'Who won; null on a tie, or when a bot did.';
comment on column public.games.started_at is 'By the host''s clock.';
comment on column public.games.completed_at is 'By the host''s clock.';
comment on column public.games.counted_at is 'When enough players had confirmed it; null while it counts for nobody.';
comment on column public.games.created_at is 'When it came into the archive.';
comment on column public.games.updated_at is 'Last change, by trigger.';

create table public.game_players (
	id uuid not null default gen_random_uuid(),
	game_id uuid not null,
	seat smallint not null,
	player_id uuid,
	display_name text not null,
	avatar_seed bigint not null default 0,
	color smallint not null default 0,
	is_admin boolean not null default false,
	is_bot boolean not null default false,
	bot_level text,
	is_connected boolean not null default false,
	final_score integer,
	place smallint,
	is_winner boolean not null default false,
	joined_at timestamptz,
	confirmed_at timestamptz,
	confirmed_hash bytea,
	variant public.game_variant not null,
	completed_at timestamptz,
	is_counted boolean not null default false,
	rounds smallint not null default 0,
	tricks smallint not null default 0,
	best_round integer,
	worst_round integer,
	contracts_attempted smallint not null default 0,
	contracts_made smallint not null default 0,
	zeros_attempted smallint not null default 0,
	zeros_made smallint not null default 0,
	highest_bid smallint not null default 0,
	highest_bid_made smallint,
	trump_wins smallint not null default 0,
	suit_wins jsonb not null default '{}',
	misplays smallint not null default 0,
	longest_made_run smallint not null default 0,
	longest_missed_run smallint not null default 0,
	most_behind integer not null default 0,
	made_all boolean not null default false,
	constraint pk_game_players primary key (id),
	constraint uq_game_players_seat unique (game_id, seat),
	constraint uq_game_players_player unique (game_id, player_id),
	constraint fk_game_players_game foreign key (game_id) references public.games (id) on delete restrict,
	constraint fk_game_players_player foreign key (player_id) references public.players (id) on delete restrict,
	constraint ck_game_players_seat check (seat between 0 and 9),
	constraint ck_game_players_bot check (is_bot = (bot_level is not null) and not (is_bot and player_id is not null)),
	constraint ck_game_players_confirmed check ((confirmed_at is null) = (confirmed_hash is null))
);
create index ix_game_players_history on public.game_players (player_id, completed_at desc, game_id desc);
create index ix_game_players_counted on public.game_players (player_id, variant, completed_at) where is_counted;

comment on table public.game_players is 'Who sat where in a game, as it was then, and their numbers in it. Derived from the log.';
comment on column public.game_players.id is 'Identity.';
comment on column public.game_players.game_id is 'The game.';
comment on column public.game_players.seat is '0-9, clockwise.';
comment on column public.game_players.player_id is 'The player; null for a bot, and for a second seat of one account.';
comment on column public.game_players.display_name is 'As it was at the end of that game.';
comment on column public.game_players.avatar_seed is 'As it was then.';
comment on column public.game_players.color is 'As it was then.';
comment on column public.game_players.is_admin is 'Hosted the table at its end.';
comment on column public.game_players.is_bot is 'No person.';
comment on column public.game_players.bot_level is 'How well the bot plays; null for a person.';
comment on column public.game_players.is_connected is 'Still at the table at the end.';
comment on column public.game_players.final_score is 'Sum of the rounds and of what was given by hand.';
comment on column public.game_players.place is '1 is best; equal scores share a place.';
comment on column public.game_players.is_winner is 'El Dorado 5.2: equal scores share the win. Israeli Whist 5.4: a tie has no winner.';
comment on column public.game_players.joined_at is 'When the seat was taken.';
comment on column public.game_players.confirmed_at is 'When this player said "that is the game I played".';
comment on column public.game_players.confirmed_hash is 'The hash they said it of.';
comment on column public.game_players.variant is 'Of the game, for the index.';
comment on column public.game_players.completed_at is 'Of the game, for the index.';
comment on column public.game_players.is_counted is 'The game counts for this player.';
comment on column public.game_players.rounds is 'Rounds the seat was dealt in.';
comment on column public.game_players.tricks is 'Taken in all.';
comment on column public.game_players.best_round is 'Points of the best round; null before the first.';
comment on column public.game_players.worst_round is 'Points of the worst.';
comment on column public.game_players.contracts_attempted is 'Bids of 1 and more.';
comment on column public.game_players.contracts_made is 'Met by their tricks.';
comment on column public.game_players.zeros_attempted is 'Bids of 0.';
comment on column public.game_players.zeros_made is 'Met by no trick.';
comment on column public.game_players.highest_bid is 'Met or not.';
comment on column public.game_players.highest_bid_made is 'Null when none was met.';
comment on column public.game_players.trump_wins is 'Rounds declared.';
comment on column public.game_players.suit_wins is 'Rounds declared by strain.';
comment on column public.game_players.misplays is 'Refused bids and cards.';
comment on column public.game_players.longest_made_run is 'Rounds in a row with the bid met.';
comment on column public.game_players.longest_missed_run is 'Rounds in a row with the bid missed.';
comment on column public.game_players.most_behind is 'The most the seat trailed the leader by at the end of a round.';
comment on column public.game_players.made_all is 'Every bid of the game met.';

-- The log, in parts: by game, so that a game lies together and no index grows with all of them.

create table public.game_events (
	game_id uuid not null,
	event_index integer not null,
	type text not null,
	payload jsonb not null,
	record text not null,
	signature bytea not null,
	prev_hash bytea not null,
	hash bytea not null,
	created_at timestamptz not null,
	constraint pk_game_events primary key (game_id, event_index),
	constraint fk_game_events_game foreign key (game_id) references public.games (id) on delete restrict,
	constraint ck_game_events_index check (event_index between 0 and 19999),
	constraint ck_game_events_type check (type ~ '^[a-z]+(_[a-z]+)*$' and char_length(type) <= 40),
	constraint ck_game_events_payload check (jsonb_typeof(payload) = 'object' and payload ? '_v'),
	constraint ck_game_events_record check (octet_length(record) <= 9936),
	constraint ck_game_events_signature check (octet_length(signature) = 64),
	constraint ck_game_events_hashes check (octet_length(prev_hash) = 32 and octet_length(hash) = 32)
) partition by hash (game_id);

comment on table public.game_events is 'The log of each game. Append-only for everybody: nothing updates it, and only a log that has moved to the archive leaves it.';
comment on column public.game_events.game_id is 'The game.';
comment on column public.game_events.event_index is '0-based, without gaps.';
comment on column public.game_events.type is 'lower_snake_case; its meaning never changes.';
comment on column public.game_events.payload is 'Public part of the event; `_v` is its version.';
comment on column public.game_events.record is 'The very text that was hashed and signed.';
comment on column public.game_events.signature is 'Ed25519 of the term''s host over game and hash.';
comment on column public.game_events.prev_hash is 'Hash of the event before; zeros for the first.';
comment on column public.game_events.hash is 'SHA-256 of prev_hash and record.';
comment on column public.game_events.created_at is 'By the host''s clock.';

do $$
begin
	for part in 0..7 loop
		execute format(
			'create table private.game_events_%s partition of public.game_events for values with (modulus 8, remainder %s)',
			part, part
		);
		execute format('alter table private.game_events_%s enable row level security', part);
		execute format('comment on table private.game_events_%s is %L', part, 'Part of public.game_events.');
	end loop;
end
$$;

create table public.game_event_archives (
	game_id uuid not null,
	records text not null,
	signatures bytea not null,
	event_count integer not null,
	log_hash bytea not null,
	archived_at timestamptz not null default now(),
	constraint pk_game_event_archives primary key (game_id),
	constraint fk_game_event_archives_game foreign key (game_id) references public.games (id) on delete restrict,
	constraint ck_game_event_archives_count check (event_count between 1 and 20000),
	constraint ck_game_event_archives_signatures check (octet_length(signatures) = 64 * event_count),
	constraint ck_game_event_archives_hash check (octet_length(log_hash) = 32)
);

comment on table public.game_event_archives is 'Whole logs of old games, one compressed row each.';
comment on column public.game_event_archives.game_id is 'The game.';
comment on column public.game_event_archives.records is 'Its records in order, one a line (a record has no line break).';
comment on column public.game_event_archives.signatures is '64 bytes an event, in order.';
comment on column public.game_event_archives.event_count is 'How many.';
comment on column public.game_event_archives.log_hash is 'Hash of the last.';
comment on column public.game_event_archives.archived_at is 'When it moved here.';

do $$
begin
	-- A server built without lz4 keeps its own compression.
	alter table public.game_event_archives alter column records set compression lz4;
exception when others then
	raise notice 'no lz4 here: logs are compressed with pglz';
end
$$;

-- What the log gives, round by round.

create table public.rounds (
	id uuid not null default gen_random_uuid(),
	game_id uuid not null,
	number smallint not null,
	cards smallint not null,
	dealer_seat smallint not null,
	trump public.trump_strain,
	declarer_seat smallint,
	winning_bid smallint,
	frisch_count smallint not null default 0,
	minimum_bid smallint,
	type public.round_type,
	total_contracts smallint not null,
	constraint pk_rounds primary key (id),
	constraint uq_rounds_number unique (game_id, number),
	constraint fk_rounds_game foreign key (game_id) references public.games (id) on delete restrict,
	constraint ck_rounds_number check (number between 1 and 1000),
	constraint ck_rounds_cards check (cards between 1 and 13),
	constraint ck_rounds_seats check (dealer_seat between 0 and 9 and declarer_seat between 0 and 9),
	constraint ck_rounds_winning_bid check (winning_bid between 5 and 13),
	constraint ck_rounds_frisch_count check (frisch_count between 0 and 3),
	constraint ck_rounds_minimum_bid check (minimum_bid between 5 and 8)
);

comment on table public.rounds is 'Scored rounds, corrections included. Derived from the log.';
comment on column public.rounds.id is 'Identity.';
comment on column public.rounds.game_id is 'The game.';
comment on column public.rounds.number is '1-based.';
comment on column public.rounds.cards is 'Tricks of the round.';
comment on column public.rounds.dealer_seat is 'Who dealt.';
comment on column public.rounds.trump is 'Null where nobody entered it (real cards).';
comment on column public.rounds.declarer_seat is 'Who named trump; null in El Dorado.';
comment on column public.rounds.winning_bid is 'What won the auction; null in El Dorado and after a quick entry.';
comment on column public.rounds.frisch_count is 'Israeli Whist 2.4.';
comment on column public.rounds.minimum_bid is '5 and one more for each frisch; null in El Dorado.';
comment on column public.rounds.type is 'Over, under, or null when the bids make up the tricks.';
comment on column public.rounds.total_contracts is 'Sum of all bids.';

create table public.round_players (
	id uuid not null default gen_random_uuid(),
	round_id uuid not null,
	seat smallint not null,
	bid smallint not null,
	bid_order smallint not null,
	tricks smallint not null,
	score integer not null,
	made boolean not null,
	constraint pk_round_players primary key (id),
	constraint uq_round_players_seat unique (round_id, seat),
	constraint fk_round_players_round foreign key (round_id) references public.rounds (id) on delete restrict,
	constraint ck_round_players_seat check (seat between 0 and 9),
	constraint ck_round_players_bid check (bid between 0 and 13 and tricks between 0 and 13),
	constraint ck_round_players_bid_order check (bid_order between 1 and 10),
	constraint ck_round_players_made check (made = (bid = tricks))
);

comment on table public.round_players is 'A seat in a scored round; absent seats have no row. Derived from the log.';
comment on column public.round_players.id is 'Identity.';
comment on column public.round_players.round_id is 'The round.';
comment on column public.round_players.seat is '0-9.';
comment on column public.round_players.bid is 'Bid or contract.';
comment on column public.round_players.bid_order is '1 spoke first.';
comment on column public.round_players.tricks is 'Taken.';
comment on column public.round_players.score is 'Points of the round.';
comment on column public.round_players.made is 'Tricks met the bid; never read from the sign of the points.';

create table public.trump_bids (
	id uuid not null default gen_random_uuid(),
	round_id uuid not null,
	call_order smallint not null,
	seat smallint not null,
	frisch smallint not null default 0,
	amount smallint not null,
	strain public.trump_strain,
	constraint pk_trump_bids primary key (id),
	constraint uq_trump_bids_order unique (round_id, call_order),
	constraint fk_trump_bids_round foreign key (round_id) references public.rounds (id) on delete restrict,
	constraint ck_trump_bids_seat check (seat between 0 and 3),
	constraint ck_trump_bids_amount check ((amount = 0 and strain is null) or (amount between 5 and 13 and strain is not null)),
	constraint ck_trump_bids_frisch check (frisch between 0 and 3)
);

comment on table public.trump_bids is 'Every call of the auctions of a scored round. Derived from the log.';
comment on column public.trump_bids.id is 'Identity.';
comment on column public.trump_bids.round_id is 'The round.';
comment on column public.trump_bids.call_order is '1-based over all auctions of the round.';
comment on column public.trump_bids.seat is 'Who called.';
comment on column public.trump_bids.frisch is 'Frischs before this auction.';
comment on column public.trump_bids.amount is '0 for a pass.';
comment on column public.trump_bids.strain is 'Null for a pass.';

create table public.game_summaries (
	game_id uuid not null,
	players smallint not null,
	rounds smallint not null,
	final_scores jsonb not null,
	highest_bid smallint,
	highest_score integer,
	lowest_score integer,
	highest_round_score integer,
	most_consecutive_wins smallint,
	most_consecutive_losses smallint,
	highest_misplay smallint,
	over_rounds smallint not null default 0,
	under_rounds smallint not null default 0,
	passed_out smallint not null default 0,
	frischs smallint not null default 0,
	highlights text[] not null default '{}',
	duration_ms bigint not null default 0,
	created_at timestamptz not null default now(),
	constraint pk_game_summaries primary key (game_id),
	constraint fk_game_summaries_game foreign key (game_id) references public.games (id) on delete restrict,
	constraint ck_game_summaries_players check (players between 1 and 10)
);

comment on table public.game_summaries is 'A finished game in numbers. Derived from the log.';
comment on column public.game_summaries.game_id is 'The game.';
comment on column public.game_summaries.players is 'Seats that somebody had.';
comment on column public.game_summaries.rounds is 'Scored rounds.';
comment on column public.game_summaries.final_scores is 'Score by seat, {"0": 41, ...}.';
comment on column public.game_summaries.highest_bid is 'Of all players; null while no round is scored, as all records.';
comment on column public.game_summaries.highest_score is 'Of the game.';
comment on column public.game_summaries.lowest_score is 'Of the game.';
comment on column public.game_summaries.highest_round_score is 'Of one player in one round.';
comment on column public.game_summaries.most_consecutive_wins is 'Longest run of met bids.';
comment on column public.game_summaries.most_consecutive_losses is 'Longest run of missed bids.';
comment on column public.game_summaries.highest_misplay is 'Misplays of the one who made most.';
comment on column public.game_summaries.over_rounds is 'Rounds bid above their tricks.';
comment on column public.game_summaries.under_rounds is 'Rounds bid below their tricks.';
comment on column public.game_summaries.passed_out is 'Void rounds (Israeli Whist 2.5).';
comment on column public.game_summaries.frischs is 'All frischs, those of void rounds included.';
comment on column public.game_summaries.highlights is 'What is worth telling: comeback, blowout, close_finish, all_zeros_made, three_frischs.';
comment on column public.game_summaries.duration_ms is 'From the start to the last event by the host''s clock.';
comment on column public.game_summaries.created_at is 'When it was derived.';

create table public.player_lifetime_stats (
	player_id uuid not null,
	variant public.game_variant not null,
	games_played integer not null,
	games_won integer not null,
	total_rounds integer not null,
	total_points bigint not null,
	highest_score integer not null,
	lowest_score integer not null,
	highest_round_score integer not null,
	lowest_round_score integer not null,
	total_tricks_won integer not null,
	contracts_attempted integer not null,
	contracts_made integer not null,
	zeros_attempted integer not null,
	zeros_made integer not null,
	trump_wins integer not null,
	suit_wins jsonb not null,
	recent_form text not null,
	current_streak integer not null,
	most_consecutive_wins integer not null,
	most_consecutive_losses integer not null,
	misplays integer not null,
	total_duration_ms bigint not null,
	last_game_at timestamptz not null,
	win_rate double precision not null generated always as (games_won::double precision / games_played) stored,
	mean_score double precision not null generated always as (total_points::double precision / games_played) stored,
	contract_rate double precision generated always as (contracts_made::double precision / nullif(contracts_attempted, 0)) stored,
	zero_rate double precision generated always as (zeros_made::double precision / nullif(zeros_attempted, 0)) stored,
	updated_at timestamptz not null default now(),
	constraint pk_player_lifetime_stats primary key (player_id, variant),
	constraint fk_player_lifetime_stats_player foreign key (player_id) references public.players (id) on delete restrict,
	constraint ck_player_lifetime_stats_games check (games_played >= 1 and games_won between 0 and games_played),
	constraint ck_player_lifetime_stats_form check (recent_form ~ '^[WL]{1,10}$')
);
create index ix_lifetime_wins on public.player_lifetime_stats (variant, games_won desc, player_id desc);
create index ix_lifetime_points on public.player_lifetime_stats (variant, total_points desc, player_id desc);
create index ix_lifetime_highest on public.player_lifetime_stats (variant, highest_score desc, player_id desc);
create index ix_lifetime_streak on public.player_lifetime_stats (variant, most_consecutive_wins desc, player_id desc);
-- Rates mean nothing before a handful of games.
create index ix_lifetime_win_rate on public.player_lifetime_stats (variant, win_rate desc, player_id desc) where games_played >= 5;
create index ix_lifetime_mean_score on public.player_lifetime_stats (variant, mean_score desc, player_id desc) where games_played >= 5;
create index ix_lifetime_contract_rate on public.player_lifetime_stats (variant, contract_rate desc, player_id desc) where games_played >= 5 and contract_rate is not null;

comment on table public.player_lifetime_stats is 'How somebody does over all games that count; no row before the first. Derived.';
comment on column public.player_lifetime_stats.player_id is 'The player.';
comment on column public.player_lifetime_stats.variant is 'Which game.';
comment on column public.player_lifetime_stats.games_played is 'Games that count.';
comment on column public.player_lifetime_stats.games_won is 'Of these.';
comment on column public.player_lifetime_stats.total_rounds is 'Rounds dealt in.';
comment on column public.player_lifetime_stats.total_points is 'Sum of final scores.';
comment on column public.player_lifetime_stats.highest_score is 'Of a game.';
comment on column public.player_lifetime_stats.lowest_score is 'Of a game.';
comment on column public.player_lifetime_stats.highest_round_score is 'Of a round.';
comment on column public.player_lifetime_stats.lowest_round_score is 'Of a round.';
comment on column public.player_lifetime_stats.total_tricks_won is 'In all.';
comment on column public.player_lifetime_stats.contracts_attempted is 'Bids of 1 and more.';
comment on column public.player_lifetime_stats.contracts_made is 'Of these.';
comment on column public.player_lifetime_stats.zeros_attempted is 'Bids of 0.';
comment on column public.player_lifetime_stats.zeros_made is 'Of these.';
comment on column public.player_lifetime_stats.trump_wins is 'Rounds declared.';
comment on column public.player_lifetime_stats.suit_wins is 'Rounds declared by strain.';
comment on column public.player_lifetime_stats.recent_form is 'The last ten games, oldest first: W won, L lost.';
comment on column public.player_lifetime_stats.current_streak is 'Games won in a row up to now; lost ones count below zero.';
comment on column public.player_lifetime_stats.most_consecutive_wins is 'Games in a row.';
comment on column public.player_lifetime_stats.most_consecutive_losses is 'Games in a row.';
comment on column public.player_lifetime_stats.misplays is 'Refused bids and cards.';
comment on column public.player_lifetime_stats.total_duration_ms is 'Time at the table.';
comment on column public.player_lifetime_stats.last_game_at is 'End of the latest game.';
comment on column public.player_lifetime_stats.win_rate is 'Games won of games played.';
comment on column public.player_lifetime_stats.mean_score is 'Points a game.';
comment on column public.player_lifetime_stats.contract_rate is 'Null before the first contract.';
comment on column public.player_lifetime_stats.zero_rate is 'Null before the first zero.';
comment on column public.player_lifetime_stats.updated_at is 'When it was derived.';

create table public.player_achievements (
	player_id uuid not null,
	achievement public.achievement not null,
	game_id uuid not null,
	unlocked_at timestamptz not null,
	constraint pk_player_achievements primary key (player_id, achievement),
	constraint fk_player_achievements_player foreign key (player_id) references public.players (id) on delete restrict,
	constraint fk_player_achievements_game foreign key (game_id) references public.games (id) on delete restrict
);
create index ix_player_achievements_game on public.player_achievements (game_id);

comment on table public.player_achievements is 'What somebody has managed, over both games. Derived.';
comment on column public.player_achievements.player_id is 'The player.';
comment on column public.player_achievements.achievement is 'What.';
comment on column public.player_achievements.game_id is 'The game that earned it first.';
comment on column public.player_achievements.unlocked_at is 'End of that game.';

-- Open tables.

create table public.room_directory (
	room_code text not null,
	game_id uuid not null,
	host_id uuid not null,
	variant public.game_variant not null,
	mode public.game_mode not null default 'cards',
	current_players smallint not null,
	max_players smallint not null,
	spectators_allowed boolean not null,
	lease_expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	constraint pk_room_directory primary key (room_code),
	constraint fk_room_directory_host foreign key (host_id) references public.players (id) on delete cascade,
	constraint ck_room_directory_code check (room_code ~ '^[A-HJKMNP-Z]{6}$'),
	constraint ck_room_directory_players check (max_players between 2 and 10 and current_players between 0 and max_players)
);
create index ix_room_directory_lease on public.room_directory (lease_expires_at);
create index ix_room_directory_host on public.room_directory (host_id);
create index ix_room_directory_open on public.room_directory (created_at desc, room_code desc);

comment on table public.room_directory is 'Tables that anybody may join, as long as their hosts say they are there.';
comment on column public.room_directory.room_code is 'How to join.';
comment on column public.room_directory.game_id is 'The game on it.';
comment on column public.room_directory.host_id is 'Who published it and renews the lease.';
comment on column public.room_directory.variant is 'Which game.';
comment on column public.room_directory.mode is 'Cards or keeper.';
comment on column public.room_directory.current_players is 'Seats taken.';
comment on column public.room_directory.max_players is 'Seats of the table.';
comment on column public.room_directory.spectators_allowed is 'Whether watching is open.';
comment on column public.room_directory.lease_expires_at is 'Invisible from then on, and swept; the host renews it every 30 s.';
comment on column public.room_directory.created_at is 'When it was published.';

create table private.rate_limits (
	subject text not null,
	action text not null,
	window_start timestamptz not null,
	count integer not null default 1,
	constraint pk_rate_limits primary key (subject, action),
	constraint ck_rate_limits_count check (count >= 1)
);
create index ix_rate_limits_window on private.rate_limits (window_start);

comment on table private.rate_limits is 'How often an account has done something in the window under way.';
comment on column private.rate_limits.subject is 'The account.';
comment on column private.rate_limits.action is 'What.';
comment on column private.rate_limits.window_start is 'When the window began.';
comment on column private.rate_limits.count is 'Times since then.';

do $$
declare
	part regclass;
begin
	for part in
		select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')
	loop
		execute format('alter table %s enable row level security', part);
	end loop;
end
$$;
