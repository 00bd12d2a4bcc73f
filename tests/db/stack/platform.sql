-- What a Supabase project has before the first migration, as far as this archive uses it: the roles, the schemas, and the
-- accounts. Run by the superuser in an empty database; the migrations themselves run as `postgres`, which is none.

create schema extensions;
create extension pgcrypto schema extensions;
grant usage on schema extensions to public;

grant all on schema public to postgres;
alter schema public owner to postgres;

create schema auth authorization postgres;
grant usage on schema auth to anon, authenticated, service_role;

create table auth.users (
	id uuid primary key default gen_random_uuid(),
	email text unique,
	encrypted_password text,
	is_anonymous boolean not null default false,
	raw_user_meta_data jsonb not null default '{}',
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);
create table auth.sessions (
	id uuid primary key default gen_random_uuid(),
	user_id uuid not null references auth.users (id) on delete cascade,
	created_at timestamptz not null default now()
);
create table auth.refresh_tokens (
	-- SHA-256 of the token: who reads the table cannot sign in with it.
	token_hash bytea primary key,
	session_id uuid not null references auth.sessions (id) on delete cascade,
	used_at timestamptz,
	created_at timestamptz not null default now()
);
alter table auth.users owner to postgres;
alter table auth.sessions owner to postgres;
alter table auth.refresh_tokens owner to postgres;

create function auth.jwt() returns jsonb language sql stable
	return coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;
create function auth.uid() returns uuid language sql stable
	return nullif(auth.jwt() ->> 'sub', '')::uuid;
create function auth.role() returns text language sql stable
	return auth.jwt() ->> 'role';
alter function auth.jwt() owner to postgres;
alter function auth.uid() owner to postgres;
alter function auth.role() owner to postgres;
