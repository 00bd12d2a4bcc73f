/** Many at once, and trouble in the middle: a game is archived once and counted once, or not at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	clusterServer,
	hasPostgres,
	openDatabase,
	overDatabase,
	refusal,
	type Member,
	type TestDatabase,
} from './database.ts';
import { lifetimeKept, storedLifetime, summaryOf } from './differential.ts';
import { claimOf, personNumbered, playGame, uploadOf, type PlayedGame } from './games.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { startPostgres, temporaryFolder } from './stack/postgres.ts';
import { waitUntil } from './stack/program.ts';
import { rmSync } from 'node:fs';

const TABLE = [71, 72, 73, 74];

async function expectExact(
	db: TestDatabase,
	members: readonly Member[],
	games: readonly PlayedGame[],
): Promise<void> {
	const summaries = games.map(summaryOf);
	for (const { person, playerId } of members) {
		for (const variant of ['el_dorado', 'israeli_whist'] as const) {
			expect(await storedLifetime(db, playerId, variant)).toEqual(
				lifetimeKept(person.player, summaries, variant),
			);
		}
	}
}

describe.skipIf(!hasPostgres)('at the same time', () => {
	let db: TestDatabase;
	let members: Member[];
	beforeAll(async () => {
		db = await openDatabase(24);
		members = await Promise.all(TABLE.map((n) => db.signIn(personNumbered(n))));
	});
	afterAll(() => db.close());

	it('four devices upload one game: it is archived once', async () => {
		const people = members.map(({ person }) => person);
		const games = Array.from({ length: 6 }, (_, n) => playGame({ seed: 7_000 + n, people }));
		for (const played of games) {
			const answers = await Promise.all(
				members.map((one) => one.rpc<{ status: string }>('archive_game', { game: uploadOf(played) })),
			);
			expect(answers.map(({ status }) => status).sort()).toEqual(['archived', 'exists', 'exists', 'exists']);
		}
		expect(await db.sql('select count(*)::integer as n from public.game_summaries')).toEqual([{ n: 6 }]);
	});

	it('two hundred confirmations race, of ten games of the same people: statistics are exact, nobody waits for ever', async () => {
		await db.forgetRates();
		const people = members.map(({ person }) => person);
		const games = Array.from({ length: 10 }, (_, n) => playGame({ seed: 7_100 + n, people }));
		await Promise.all(
			games.map((played, n) => members[n % 4]!.rpc('archive_game', { game: uploadOf(played) })),
		);
		const calls = Array.from({ length: 200 }, (_, n) => {
			const played = games[n % games.length]!;
			return members[(n + Math.floor(n / 10)) % 4]!.rpc('confirm_game', {
				game_id: played.id,
				log_hash: played.hash,
			});
		});
		await Promise.all(calls);
		await expectExact(db, members, games);
	});

	it('uploads and confirmations of new games go on beside each other without a deadlock', async () => {
		await db.forgetRates();
		const guests = Array.from({ length: 8 }, (_, n) => personNumbered(700 + n));
		const games = Array.from({ length: 16 }, (_, n) =>
			playGame({
				seed: 7_200 + n * 4,
				// The same newcomers in another order each time: their players are made by whichever upload is first.
				people: [
					members[n % 4]!.person,
					guests[(n * 3) % 8]!,
					guests[(n * 5 + 1) % 8]!,
					guests[(n * 7 + 2) % 8]!,
				].filter((one, at, all) => all.indexOf(one) === at),
				variant: 'el_dorado',
				mode: 'cards',
			}),
		);
		const answers = await Promise.all(
			games.map((played, n) =>
				members[n % 4]!.rpc<{ status: string }>('archive_game', { game: uploadOf(played) }),
			),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['archived']));
		expect(
			await db.sql(
				'select public_key from public.players where public_key is not null group by public_key having count(*) > 1',
			),
		).toEqual([]);
	});

	it.each(['claim_key', 'delete_my_account'] as const)(
		'a confirmation and %s of one of its players follow one another, whoever comes first',
		async (name) => {
			await db.forgetRates();
			const from = name === 'claim_key' ? 790 : 793;
			const crowd = await Promise.all([0, 1, 2].map((n) => db.signIn(personNumbered(from + n))));
			// A confirmation takes its players in the order of their ids: it is held at the first, before it has the last.
			const [first, second, last] = crowd.sort((a, b) => (a.playerId < b.playerId ? -1 : 1)) as [
				Member,
				Member,
				Member,
			];
			const people = crowd.map(({ person }) => person);
			const played = playGame({ seed: 7_000 + 4 * from, people, variant: 'el_dorado', mode: 'cards' });
			await first.rpc('archive_game', { game: uploadOf(played) });
			const holder = await clusterServer().connect(db.name, 'postgres');
			await holder.query('begin');
			await holder.query('select from public.players where id = $1 for update', [first.playerId]);
			const waiting = (what: string) =>
				waitUntil(`${what} waits`, async () => {
					const rows = await db.sql(
						`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
							and query like '%public.' || $1 || '(%'`,
						[what],
					);
					return rows.length > 0;
				});
			const confirmed = second.rpc('confirm_game', { game_id: played.id, log_hash: played.hash });
			await waiting('confirm_game');
			const account = await db.newcomer();
			await account.rpc('save_profile', { profile: { display_name: 'Another' } });
			const other =
				name === 'claim_key'
					? account.rpc(name, claimOf(last.person, account.userId))
					: last.rpc('delete_my_account');
			await waiting(name);
			await holder.query('commit');
			await holder.end();
			const answers = await Promise.allSettled([confirmed, other]);
			expect(answers).toMatchObject([
				{ status: 'fulfilled', value: { agrees: true, counted: true } },
				{ status: 'fulfilled' },
			]);
			const counted = await db.sql(
				`select s.games_played from public.player_lifetime_stats s
				join public.game_players p on p.player_id = s.player_id where p.game_id = private.game_uuid($1)`,
				[played.id],
			);
			expect(counted).toEqual([{ games_played: 1 }, { games_played: 1 }, { games_played: 1 }]);
		},
	);

	it('a client killed in the middle of its upload leaves nothing, and the next one is whole', async () => {
		await db.forgetRates();
		const [noa] = members;
		const played = playGame({
			seed: 7_300,
			people: members.map(({ person }) => person),
			variant: 'el_dorado',
			mode: 'cards',
		});
		const client = await clusterServer().connect(db.name, 'postgres');
		const ended = new Promise((done) => client.on('error', done));
		const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
		await client.query('begin');
		await client.query("select set_config('request.jwt.claims', $1, true)", [
			JSON.stringify({ sub: noa!.userId, role: 'authenticated' }),
		]);
		await client.query('set local role authenticated');
		await client.query('select public.archive_game($1)', [JSON.stringify(uploadOf(played))]);
		const admin = await clusterServer().connect('postgres');
		await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
		await admin.end();
		await ended;
		expect(
			await db.sql('select from public.games where id = private.game_uuid($1)', [played.id]),
		).toHaveLength(0);
		expect(await noa!.rpc('archive_game', { game: uploadOf(played) })).toMatchObject({ status: 'archived' });
	});

	it('members come into a group at once: never more than fit', async () => {
		const [owner] = members;
		const group = await owner!.rpc<string>('create_group', { name: 'Full' });
		const code = await owner!.rpc<string>('invite_to_group', { group_id: group, uses: 10 });
		const crowd = await Promise.all(Array.from({ length: 7 }, (_, n) => db.signIn(personNumbered(750 + n))));
		const answers = await Promise.all(crowd.map((one) => refusal(one.rpc('join_group', { code }))));
		expect(answers.filter((answer) => answer === 'no refusal')).toHaveLength(3);
		expect(answers.filter((answer) => answer === 'PT409 group_full')).toHaveLength(4);
		expect(
			await db.sql('select count(*)::integer as n from public.group_members where group_id = $1', [group]),
		).toEqual([{ n: 4 }]);
	});

	it('a single-use invite lets one in, however many use it at once', async () => {
		const owner = await db.signIn(personNumbered(770));
		const group = await owner.rpc<string>('create_group', { name: 'One more' });
		const code = await owner.rpc<string>('invite_to_group', { group_id: group });
		const crowd = await Promise.all(Array.from({ length: 5 }, (_, n) => db.signIn(personNumbered(780 + n))));
		const answers = await Promise.all(crowd.map((one) => one.rpc<string | null>('join_group', { code })));
		expect(answers.filter((answer) => answer === group)).toHaveLength(1);
		expect(answers.filter((answer) => answer === null)).toHaveLength(4);
	});
});

describe.skipIf(!hasPostgres)('a server that goes down in the middle of uploads', () => {
	it(
		'comes back with whole games or none, and the clients that try again lose and double nothing',
		{ timeout: 400_000 },
		async () => {
			const folder = temporaryFolder();
			const server = await startPostgres({ folder, keep: true });
			try {
				await createDatabase(server, 'overtrick');
				const owner = await server.connect('overtrick', 'postgres');
				await migrate(owner);
				await owner.end();
				const db = overDatabase('overtrick', server.uri);
				const members = await Promise.all(TABLE.map((n) => db.signIn(personNumbered(n))));
				const people = members.map(({ person }) => person);
				const games = Array.from({ length: 12 }, (_, n) => playGame({ seed: 7_400 + n, people }));

				const attempt = () =>
					Promise.allSettled(
						games.map((played, n) =>
							members[n % 4]!.rpc<{ status: string }>('archive_game', { game: uploadOf(played) }),
						),
					);
				// The last of the four does not get past its own row, at the very end of an upload: however fast the server
				// and whatever else it does, one game is all there and not committed when it goes down.
				const holder = await server.connect('overtrick');
				await holder.query('begin');
				await holder.query('select from public.players where id = $1 for no key update', [
					members.at(-1)!.playerId,
				]);
				const first = attempt();
				const watcher = await server.connect('overtrick');
				await waitUntil('the middle of an upload', async () => {
					const { rows } = await watcher.query<{ archived: number; waiting: number }>(
						`select (select count(*) from public.games)::integer as archived, (select count(*) from pg_stat_activity
							where wait_event_type = 'Lock' and query like '%archive_game%')::integer as waiting`,
					);
					return rows[0]!.archived > 0 && rows[0]!.waiting > 0;
				});
				await server.restart();
				const outcomes = await first;
				expect(outcomes.filter((_, n) => n % 4 === 3).map(({ status }) => status)).toEqual([
					'rejected',
					'rejected',
					'rejected',
				]);
				expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
				const whole = await db.sql<{ ok: boolean }>(
					`select g.event_count = (select count(*) from public.game_events e where e.game_id = g.id)
					and exists (select from public.game_summaries s where s.game_id = g.id) as ok from public.games g`,
				);
				expect(whole.every(({ ok }) => ok)).toBe(true);

				const second = await attempt();
				expect(second.every(({ status }) => status === 'fulfilled')).toBe(true);
				await Promise.all(
					games.flatMap((played) =>
						members.map((one) => one.rpc('confirm_game', { game_id: played.id, log_hash: played.hash })),
					),
				);
				await expectExact(db, members, games);
				await db.close();
			} finally {
				await server.stop();
				rmSync(folder, { recursive: true, force: true });
			}
		},
	);
});
