/**
 * The archive as a browser meets it: supabase-js over a real PostgREST. Every row of "Who sees what" of docs/archive.md,
 * from both sides, and the way of an account from anonymous to deleted.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserClient, hasApi, openApi, outcome, type ApiWorld, type Visitor } from './api.ts';
import { claimOf, personNumbered, playGame, uploadOf, type PlayedGame } from './games.ts';

const PEOPLE = [21, 22, 23, 24].map((n) => personNumbered(n));

describe.skipIf(!hasApi)('an account', () => {
	let world: ApiWorld;
	beforeAll(async () => {
		world = await openApi();
	});
	afterAll(() => world.close());

	it('begins anonymous, gets an e-mail and a password later, and stays the same', async () => {
		const noa = await world.visitor(PEOPLE[0]!);
		const { data, error } = await noa.client.auth.updateUser({
			email: 'noa@example.org',
			password: 'long enough',
		});
		expect(error).toBeNull();
		expect(data.user).toMatchObject({ id: noa.userId, email: 'noa@example.org', is_anonymous: false });

		const elsewhere = world.stranger();
		const signedIn = await elsewhere.auth.signInWithPassword({
			email: 'NOA@example.org',
			password: 'long enough',
		});
		expect(signedIn.data.user?.id).toBe(noa.userId);
		const { data: profile } = await elsewhere.rpc('my_profile');
		expect(profile).toMatchObject({
			id: noa.playerId,
			display_name: noa.person.name,
			keys: [noa.person.player],
		});
		await noa.client.auth.signOut();
		expect((await elsewhere.auth.getUser()).error).not.toBeNull();
	});

	it('is refused a wrong password, a weak one, and the address of another', async () => {
		const client = world.stranger();
		expect((await client.auth.signUp({ email: 'a@example.org', password: 'password 1' })).error).toBeNull();
		expect(
			(await world.stranger().auth.signUp({ email: 'a@example.org', password: 'password 1' })).error?.code,
		).toBe('user_already_exists');
		expect(
			(await world.stranger().auth.signUp({ email: 'b@example.org', password: 'short' })).error?.code,
		).toBe('weak_password');
		const wrong = await world
			.stranger()
			.auth.signInWithPassword({ email: 'a@example.org', password: 'password 2' });
		expect(wrong.error?.code).toBe('invalid_credentials');
	});

	it('refreshes with a new token each time, and a stolen old one ends the session', async () => {
		const client = world.stranger();
		const first = (await client.auth.signInAnonymously()).data.session!;
		const second = (await client.auth.refreshSession()).data.session!;
		expect(second.refresh_token).not.toBe(first.refresh_token);
		await world.db.sql("update auth.refresh_tokens set used_at = used_at - interval '1 minute'");
		expect(
			(await world.stranger().auth.refreshSession({ refresh_token: first.refresh_token })).error,
		).not.toBeNull();
		expect(
			(await world.stranger().auth.refreshSession({ refresh_token: second.refresh_token })).error,
		).not.toBeNull();
	});

	it('is nobody with a token that is not ours or was changed', async () => {
		const { data } = await world.stranger().auth.signInAnonymously();
		const [head, payload, signature] = data.session!.access_token.split('.');
		const claims = {
			...JSON.parse(Buffer.from(payload!, 'base64url').toString()),
			role: 'service_role',
		} as object;
		const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
		const answer = await fetch(`${world.api.url}/rest/v1/rpc/my_profile`, {
			method: 'POST',
			headers: {
				apikey: world.api.anonKey,
				authorization: `Bearer ${forged}`,
				'content-type': 'application/json',
			},
			body: '{}',
		});
		expect(answer.status).toBe(401);
	});

	it('is deleted with its name, keys and e-mail, and the games stay', async () => {
		const [ben, dana] = await Promise.all([world.visitor(PEOPLE[1]!), world.visitor(PEOPLE[2]!)]);
		await ben.client.auth.updateUser({ email: 'ben@example.org', password: 'long enough' });
		await ben.client
			.rpc('save_profile', { profile: { username: 'ben', preferences: { theme: 'dark' } } })
			.throwOnError();
		const played = playGame({
			seed: 900,
			people: [ben.person, dana.person],
			variant: 'el_dorado',
			mode: 'keeper',
		});
		await ben.client.rpc('archive_game', { game: uploadOf(played) }).throwOnError();
		await ben.client.rpc('delete_my_account').throwOnError();

		const { data: profile } = await dana.client
			.from('players')
			.select('username,display_name,is_active')
			.eq('id', ben.playerId)
			.single();
		expect(profile).toEqual({ username: null, display_name: 'former player', is_active: false });
		const { data: game } = await dana.client.rpc('game_summary', { game_id: played.id });
		const names = (game as { players: { display_name: string }[] }).players.map(
			(player) => player.display_name,
		);
		expect(names).toContain('former player');
		expect(names).not.toContain(ben.person.name);
		const again = await world
			.stranger()
			.auth.signInWithPassword({ email: 'ben@example.org', password: 'long enough' });
		expect(again.error).not.toBeNull();
		expect((await ben.client.rpc('my_profile')).data).toBeNull();
	});
});

describe.skipIf(!hasApi)('who sees what', () => {
	let world: ApiWorld;
	/** Host and guest of the games, a member of their group, somebody signed in, and nobody. */
	let host: Visitor;
	let guest: Visitor;
	let member: Visitor;
	let other: Visitor;
	let anon: SupabaseClient;
	let group: string;
	let secret: PlayedGame;
	let shared: PlayedGame;
	let open: PlayedGame;
	let running: PlayedGame;

	beforeAll(async () => {
		world = await openApi();
		[host, guest, member, other] = (await Promise.all(PEOPLE.map((person) => world.visitor(person)))) as [
			Visitor,
			Visitor,
			Visitor,
			Visitor,
		];
		anon = world.stranger();
		group = (await host.client.rpc('create_group', { name: 'Thursday' }).throwOnError()).data as string;
		for (const one of [guest, member]) {
			const code = (await host.client.rpc('invite_to_group', { group_id: group }).throwOnError())
				.data as string;
			await one.client.rpc('join_group', { code }).throwOnError();
		}
		const people = [host.person, guest.person];
		const plan = { people, variant: 'el_dorado', mode: 'cards' } as const;
		secret = playGame({ ...plan, seed: 1000 });
		shared = playGame({ ...plan, seed: 1002 });
		open = playGame({ ...plan, seed: 1004 });
		running = playGame({ ...plan, seed: 1006 });
		await host.client.rpc('archive_game', { game: uploadOf(secret, { group_id: group }) }).throwOnError();
		const auction = playGame({ ...plan, seed: 1008, variant: 'israeli_whist', bots: 2 });
		await host.client.rpc('archive_game', { game: uploadOf(auction, { group_id: group }) }).throwOnError();
		await host.client
			.rpc('archive_game', { game: uploadOf(shared, { visibility: 'shared' }) })
			.throwOnError();
		await host.client.rpc('archive_game', { game: uploadOf(open, { visibility: 'public' }) }).throwOnError();
		await guest.client.rpc('confirm_game', { game_id: open.id, log_hash: open.hash }).throwOnError();
		// A game that is still on, as a later version may keep it: two of its events belong to finished rounds.
		await world.db.sql(
			`insert into public.games (id, variant, mode, status, phase, group_id, event_count, open_event_count)
			values (private.game_uuid($1), 'el_dorado', 'cards', 'in_progress', 'playing', $2, 5, 2)`,
			[running.id, group],
		);
		await world.db.sql(
			`insert into public.game_players (game_id, seat, player_id, display_name, variant)
			values (private.game_uuid($1), 0, $2, 'host', 'el_dorado')`,
			[running.id, host.playerId],
		);
		await world.db.sql(
			`insert into public.game_events select private.game_uuid($1), event_index, type, payload, record, signature, prev_hash, hash, created_at
			from public.game_events where game_id = private.game_uuid($2) and event_index < 5`,
			[running.id, secret.id],
		);
	});
	afterAll(() => world.close());

	it('profiles and statistics: everybody', async () => {
		for (const client of [anon, other.client, host.client]) {
			const { data } = await client
				.from('players')
				.select('id,display_name,avatar_seed,color')
				.eq('id', host.playerId);
			expect(data).toHaveLength(1);
			const board = await client.rpc('leaderboard', { variant: 'el_dorado', metric: 'wins' }).throwOnError();
			expect(board.data).toHaveLength(2);
			expect((await client.from('player_lifetime_stats').select().throwOnError()).data).toHaveLength(2);
			expect((await client.from('player_rates').select().throwOnError()).data).toHaveLength(2);
		}
	});

	it.each(['user_id', 'preferences', 'public_key', 'last_active', '*'])(
		'%s of others: nobody',
		async (column) => {
			for (const client of [anon, other.client, guest.client, member.client]) {
				const { data, status } = await client.from('players').select(column).eq('id', host.playerId);
				expect(data).toBeNull();
				expect([401, 403]).toContain(status);
			}
		},
	);

	it('e-mail addresses and accounts: nobody, by no path', async () => {
		for (const client of [anon, other.client]) {
			expect((await client.schema('auth').from('users').select()).error).not.toBeNull();
			expect((await client.schema('private').from('player_keys').select()).error).not.toBeNull();
			expect((await client.from('users').select()).error).not.toBeNull();
		}
	});

	const log = (client: SupabaseClient, played: PlayedGame) => client.rpc('game_log', { game_id: played.id });
	const summary = (client: SupabaseClient, played: PlayedGame) =>
		client.rpc('game_summary', { game_id: played.id });

	it('a finished game, to whoever has the link of a public or shared one', async () => {
		for (const client of [anon, other.client]) {
			for (const played of [shared, open]) {
				expect((await log(client, played).throwOnError()).data).toHaveLength(played.envelopes.length);
				expect((await summary(client, played).throwOnError()).data).toMatchObject({ game_id: played.id });
			}
		}
	});

	it('a finished game of a private table: its players and their group, nobody else', async () => {
		for (const { client } of [host, guest, member]) {
			expect((await log(client, secret).throwOnError()).data).toHaveLength(secret.envelopes.length);
			expect((await summary(client, secret).throwOnError()).data).toMatchObject({ game_id: secret.id });
		}
		for (const client of [anon, other.client]) {
			expect(outcome(await log(client, secret))).toBe('404 no_such_game');
			expect(outcome(await summary(client, secret))).toBe('404 no_such_game');
		}
	});

	it("games in lists: those of one's own and of one's groups only, never by guessing", async () => {
		const tables = [
			'games',
			'game_players',
			'game_events',
			'rounds',
			'round_players',
			'trump_bids',
			'game_summaries',
		] as const;
		for (const table of tables) {
			const columns = table === 'games' ? 'id' : '*';
			const rows = async (client: SupabaseClient) =>
				(await client.from(table).select(columns).limit(1000)).data?.length ?? 'refused';
			expect(await rows(anon), table).toBe('refused');
			expect(await rows(other.client), table).toBe(0);
			expect(await rows(member.client), table).toBeGreaterThan(0);
			expect(await rows(host.client), table).toBeGreaterThan(Number(await rows(member.client)) - 1);
		}
		const ids = async (client: SupabaseClient) =>
			(await client.from('games').select('id').throwOnError()).data?.length;
		expect(await ids(host.client)).toBe(5);
		expect(await ids(guest.client)).toBe(4);
		expect(await ids(member.client)).toBe(2);
	});

	it('a game in progress: its players its row, and events up to the last finished round; nobody else anything', async () => {
		expect((await log(host.client, running).throwOnError()).data).toHaveLength(2);
		const rows = await host.client
			.from('game_events')
			.select('event_index')
			.eq('game_id', uuidOf(running.id))
			.throwOnError();
		expect(rows.data).toHaveLength(2);
		for (const client of [anon, other.client, guest.client, member.client]) {
			expect(outcome(await log(client, running))).toBe('404 no_such_game');
			const seen = await client.from('games').select('id').eq('id', uuidOf(running.id));
			expect(seen.data ?? []).toEqual([]);
		}
	});

	it('groups: members read, the owner manages, others see nothing', async () => {
		for (const { client } of [host, guest, member]) {
			expect((await client.from('groups').select().throwOnError()).data).toHaveLength(1);
			expect((await client.from('group_members').select().throwOnError()).data).toHaveLength(3);
			expect((await client.rpc('group_page', { group_id: group }).throwOnError()).data).toMatchObject({
				name: 'Thursday',
				total_games: 2,
			});
		}
		for (const table of ['groups', 'group_members']) {
			expect((await other.client.from(table).select().throwOnError()).data, table).toEqual([]);
			expect((await anon.from(table).select()).error, table).not.toBeNull();
		}
		expect(outcome(await other.client.rpc('group_page', { group_id: group }))).toBe('403 not_in_the_group');

		const rename = (client: SupabaseClient, name: string) =>
			client.from('groups').update({ name }).eq('id', group).select('name');
		expect((await rename(member.client, 'Mine')).data).toEqual([]);
		expect((await rename(other.client, 'Mine')).data).toEqual([]);
		expect((await rename(host.client, 'Fridays')).data).toEqual([{ name: 'Fridays' }]);
		expect(
			(await host.client.from('groups').update({ total_games: 99 }).eq('id', group)).error,
		).not.toBeNull();
		expect(
			(await member.client.from('group_members').delete().eq('player_id', guest.playerId).select()).data,
		).toEqual([]);
		expect(
			(
				await member.client
					.from('group_members')
					.update({ role: 'owner' })
					.eq('player_id', member.playerId)
					.select()
			).data,
		).toEqual([]);
		expect(outcome(await member.client.rpc('invite_to_group', { group_id: group }))).toBe(
			'403 not_the_owner',
		);
		expect((await member.client.from('group_invites').select().throwOnError()).data).toEqual([]);
	});

	it('members of a group: its owner sets their roles and takes them out, nobody else does', async () => {
		const rows = async (client: SupabaseClient) =>
			(
				await client
					.from('group_members')
					.select('player_id,role')
					.eq('group_id', theirs)
					.order('joined_at')
					.throwOnError()
			).data;
		const promote = (client: SupabaseClient, { playerId }: Visitor, role: string) =>
			client
				.from('group_members')
				.update({ role })
				.match({ group_id: theirs, player_id: playerId })
				.select('role');
		const remove = (client: SupabaseClient, { playerId }: Visitor) =>
			client
				.from('group_members')
				.delete()
				.match({ group_id: theirs, player_id: playerId })
				.select('player_id');
		const theirs = (await host.client.rpc('create_group', { name: 'Roles' }).throwOnError()).data as string;
		for (const one of [guest, member]) {
			const { data: code } = await host.client.rpc('invite_to_group', { group_id: theirs }).throwOnError();
			await one.client.rpc('join_group', { code }).throwOnError();
		}
		const [one, two, three] = [host, guest, member].map(({ playerId }) => playerId);
		for (const client of [guest.client, other.client]) {
			expect((await promote(client, guest, 'owner')).data).toEqual([]);
			expect((await remove(client, member)).data).toEqual([]);
		}
		for (const answer of [await promote(anon, guest, 'owner'), await remove(anon, member)]) {
			expect(answer.error).not.toBeNull();
		}
		expect(await rows(guest.client)).toEqual([
			{ player_id: one, role: 'owner' },
			{ player_id: two, role: 'member' },
			{ player_id: three, role: 'member' },
		]);

		expect((await promote(host.client, guest, 'owner')).data).toEqual([{ role: 'owner' }]);
		expect((await promote(host.client, guest, 'king')).error).not.toBeNull();
		// Now it is an owner as well.
		expect((await remove(guest.client, member)).data).toEqual([{ player_id: three }]);
		expect(await rows(member.client)).toEqual([]);
		expect((await promote(guest.client, host, 'member')).data).toEqual([{ role: 'member' }]);
		expect((await remove(host.client, guest)).data).toEqual([]);
		expect(await rows(host.client)).toEqual([
			{ player_id: one, role: 'member' },
			{ player_id: two, role: 'owner' },
		]);
	});

	it('writes to no table but those: everything else comes in by the functions', async () => {
		const tables = [
			'players',
			'games',
			'game_players',
			'game_events',
			'game_event_archives',
			'rounds',
			'round_players',
			'trump_bids',
			'game_summaries',
			'player_lifetime_stats',
			'player_achievements',
			'room_directory',
			'groups',
			'group_members',
			'group_invites',
		];
		for (const client of [anon, host.client]) {
			for (const table of tables) {
				expect((await client.from(table).insert({})).error, table).not.toBeNull();
				if (!['groups', 'group_members'].includes(table)) {
					expect(
						(
							await client
								.from(table)
								.update({ id: uuidOf(secret.id) })
								.neq('id', uuidOf(open.id))
						).error,
						table,
					).not.toBeNull();
				}
				if (!['group_members', 'group_invites'].includes(table)) {
					expect(
						(await client.from(table).delete().neq('created_at', '2000-01-01')).error,
						table,
					).not.toBeNull();
				}
			}
		}
	});

	it('open tables: everybody, as long as the lease is running', async () => {
		const room = {
			room_code: 'QWERTY',
			game_id: open.id,
			variant: 'el_dorado',
			current_players: 1,
			max_players: 4,
			spectators_allowed: true,
		};
		await host.client.rpc('publish_room', { room }).throwOnError();
		for (const client of [anon, other.client]) {
			expect((await client.rpc('open_rooms').throwOnError()).data).toMatchObject([
				{ room_code: 'QWERTY', game_id: open.id },
			]);
		}
		expect(outcome(await anon.rpc('publish_room', { room }))).toMatch(/^401|^403|^404/);
		expect(outcome(await other.client.rpc('publish_room', { room }))).toBe('409 room_of_another_host');
		await world.db.sql("update public.room_directory set lease_expires_at = now() - interval '1 second'");
		for (const client of [anon, host.client]) {
			expect((await client.rpc('open_rooms').throwOnError()).data).toEqual([]);
			expect((await client.from('room_directory').select().throwOnError()).data).toEqual([]);
		}
		expect(outcome(await host.client.rpc('renew_room', { room_code: 'QWERTY' }))).toBe('404 no_such_room');
	});

	it('functions for accounts: not for who has none', async () => {
		const browser = browserClient(world.api);
		for (const [name, args] of [
			['archive_game', { game: uploadOf(secret) }],
			['confirm_game', { game_id: secret.id, log_hash: secret.hash }],
			['share_game', { game_id: secret.id, visibility: 'shared' }],
			['save_profile', { profile: {} }],
			['claim_key', claimOf(PEOPLE[0]!, host.userId)],
			['create_group', { name: 'x' }],
			['join_group', { code: 'ABCDEFGHJKMN' }],
			['player_history', {}],
			['delete_my_account', {}],
		] as const) {
			expect((await browser.rpc(name, args)).error, name).not.toBeNull();
		}
	});
});

function uuidOf(id: string): string {
	return Buffer.from(id, 'base64url')
		.toString('hex')
		.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
