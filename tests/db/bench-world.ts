/** A server of its own for the bench of the archive: games to upload, and as many rows as it takes to be slow. */
import { personNumbered, playGame, uploadOf, type PlayedGame } from './games.ts';
import { isListOfText, overDatabase, type Caller } from './callers.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { startPostgres, temporaryFolder } from './stack/postgres.ts';

/** Of every three games one is the other game: what is asked of one alone has others between. */
const VARIANT = `(case when n % 3 = 0 then 'israeli_whist' else 'el_dorado' end)::public.game_variant`;
/** Open tables at once: a busy evening of a hundred thousand players. */
const OPEN_ROOMS = 2_000;
/** Of a club that has played for years. */
const PLAYERS = 100_000;
/** Of a whole game as it is measured elsewhere: four players, ten rounds, a misplay now and then. */
export const EVENTS = 435;
/** One in so many games is of the bench's own group: 2,500 of a million, two a day for three years and a half. */
const OWN = 400;

/** Tables that grow with the games: no read may go through all of one. */
const GROWING = [
	'games',
	'game_players',
	'game_events',
	'game_event_archives',
	'game_summaries',
	'rounds',
	'round_players',
	'players',
	'player_lifetime_stats',
	'player_period_stats',
	'room_directory',
	'player_keys',
];

export interface ArchiveWorld {
	/** One of a hundred whole games, as one of four players; each once, else it is only looked up. */
	upload(n: number, by?: number): Promise<unknown>;
	/** Of one game's log, in its rows and indexes, and compacted. */
	bytes(): Promise<{ rows: number; compacted: number }>;
	/** Makes up rows until there are so many games. */
	fill(games: number): Promise<void>;
	readonly reads: readonly Read[];
	/** What goes through a whole growing table when the function is called: empty, where every step has its index. */
	scans(read: Read): Promise<string[]>;
	close(): Promise<void>;
}

interface Read {
	/** As in a key: `db.<name>_ms_p95`. */
	readonly name: string;
	readonly by: Caller;
	/** What is asked for the nth time. */
	readonly ask: (n: number) => Statement;
	run(n: number): Promise<unknown>;
}
interface Statement {
	readonly text: string;
	readonly values: readonly unknown[];
}

/** Once: who plays, and how they do. */
const FILL_PLAYERS = [
	`insert into public.players (id, display_name, public_key)
		select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Player ' || n, null from generate_series(1, ${PLAYERS}) n`,
	`insert into public.player_lifetime_stats (player_id, variant, games_played, games_won, total_rounds, total_points, highest_score, lowest_score,
			highest_round_score, lowest_round_score, total_tricks_won, contracts_attempted, contracts_made, zeros_attempted, zeros_made, trump_wins,
			suit_wins, recent_form, current_streak, most_consecutive_wins, most_consecutive_losses, misplays, total_duration_ms, last_game_at)
		select id, 'el_dorado', 80, row_number() over () % 80, 800, 4000, 120, -80, 15, -15, 2000, 600, row_number() over () % 600, 200, 90, 0, '{}',
			'WL', 1, 3, 4, 5, 1, now()
		from public.players where public_key is null`,
	// A device each.
	`insert into private.player_keys (public_key, player_id)
		select translate(rtrim(encode(sha256(id::text::bytea), 'base64'), '='), '+/', '-_'), id from public.players where public_key is null`,
	// This month and the eleven before it, and the year: all have played in each.
	`insert into private.player_period_stats (player_id, variant, period, games_played, games_won, total_points, highest_score,
			contracts_attempted, contracts_made)
		select s.player_id, s.variant, p.period, 8, s.games_won % 8, s.total_points / 10, s.highest_score, 60, s.contracts_made % 60
		from public.player_lifetime_stats s cross join (
			select to_char(now() at time zone 'UTC', 'YYYY') as period
			union all select to_char(now() at time zone 'UTC' - n * interval '1 month', 'YYYY-MM') from generate_series(0, 11) n
		) p
		where s.games_played = 80`,
];

/** Once: enough short logs of these that no plan would rather go through all of them. */
const FILL_LOGS = [
	`insert into public.game_events (game_id, event_index, type, payload, record, signature, prev_hash, hash, created_at)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, i, 'card_played', '{"_v": 1}', repeat('x', 200), decode(repeat('00', 64), 'hex'),
			sha256(''), sha256(''), now()
		from generate_series(1, 1000) n, generate_series(0, 99) i`,
	`insert into public.game_event_archives (game_id, records, signatures, event_count, log_hash)
		select ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', decode(repeat('00', 64), 'hex'), 1, sha256('') from generate_series(1, 10000) n`,
];

/** Once: open tables of others, of either game, whose leases outlast the bench. */
const FILL_ROOMS = `insert into public.room_directory (room_code, game_id, host_id, variant, current_players, max_players,
		spectators_allowed, lease_expires_at, created_at)
	select (select string_agg(substr('ABCDEFGHJKMNPQRSTUVWXYZ', 1 + n / (23 ^ k)::integer % 23, 1), '') from generate_series(0, 5) k),
		gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ${VARIANT}, 1 + n % 3, 4, true,
		now() + interval '1 day', now() - n * interval '1 second'
	from generate_series(1, ${OPEN_ROOMS}) n`;

/** Rows of finished games as the archive writes them, from one number to another. $1: the group; $2, $3: two of its members. */
const FILL_GAMES = [
	`insert into public.games (id, variant, mode, status, phase, log_hash, event_count, open_event_count, started_at, completed_at, counted_at, group_id)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ${VARIANT}, 'cards', 'completed', 'finished', sha256(n::text::bytea),
			435, 435, now() - n * interval '1 minute', now() - n * interval '1 minute', now(), case when n % ${OWN} = 0 then $1::uuid end
		from generate_series($4::integer, $5::integer) n where $2::uuid <> $3::uuid`,
	`insert into public.game_players (game_id, seat, player_id, display_name, final_score, place, is_winner, variant, completed_at, is_counted, rounds,
			group_id)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, seat,
			case when n % ${OWN} = 0 and seat = 0 then $2::uuid when n % ${OWN} = 0 and seat = 1 then $3::uuid
				-- A circle has its friends; the others sit down with anybody.
				when n % ${OWN} = 0 then ('00000000-0000-4000-8000-' || lpad((1 + (n / ${OWN} + seat) % 10)::text, 12, '0'))::uuid
				else ('00000000-0000-4000-8000-' || lpad((1 + (n::bigint * 7919 + seat * 2503) % ${PLAYERS})::text, 12, '0'))::uuid end,
			'Player', (n * 31 + seat * 17) % 120, 1, (n + seat) % 4 = 0, ${VARIANT}, now() - n * interval '1 minute', true, 10,
			case when n % ${OWN} = 0 then $1::uuid end
		from generate_series($4::integer, $5::integer) n, generate_series(0, 3) seat`,
	`insert into public.game_summaries (game_id, players, rounds, final_scores, highest_score, group_id)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 4, 10, '{}', n % 120, case when n % ${OWN} = 0 then $1::uuid end
		from generate_series($4::integer, $5::integer) n where $2::uuid <> $3::uuid`,
];

export async function archiveWorld(): Promise<ArchiveWorld> {
	const server = await startPostgres({
		folder: temporaryFolder(),
		keep: false,
		settings: ['shared_buffers=512MB', 'max_wal_size=8GB'],
	});
	await createDatabase(server, 'bench');
	const owner = await server.connect('bench', 'postgres');
	await migrate(owner);
	await owner.end();
	const db = overDatabase('bench', server.uri);
	const members = await Promise.all([1, 2, 3, 4].map((n) => db.signIn(personNumbered(n))));
	const [noa, ben, dana] = members;
	if (noa === undefined || ben === undefined || dana === undefined) throw new Error('somebody uploads');
	const group = await noa.rpc<string>('create_group', { name: 'Bench' });
	await ben.rpc('join_group', { code: await noa.rpc<string>('invite_to_group', { group_id: group }) });
	for (const by of [noa, ben]) {
		await by.rpc('play_tonight', { group_id: group, plays: true });
		for (const letter of 'ABCDEFGHJKMNPQRSTUVWXYZ')
			await by.rpc('offer_group_table', { group_id: group, path: `/t/AAAAA${letter}` });
	}
	const people = members.map(({ person }) => person);
	const plan = (n: number) =>
		({ seed: 20_000 + n * 4, people, variant: 'el_dorado', mode: 'cards' }) as const;
	const games: PlayedGame[] = [];
	// One with many slips and rounds that were dealt again has more.
	for (let n = 0; games.length <= 300; n++) {
		if (playGame(plan(n)).events.length <= EVENTS) games.push(playGame({ ...plan(n), events: EVENTS }));
	}
	const [first, ...played] = games;
	if (first === undefined) throw new Error('somebody plays');
	await noa.rpc('archive_game', { game: uploadOf(first) });
	const numbered = (n: number) => `00000000-0000-4000-8000-${String(1 + (n % PLAYERS)).padStart(12, '0')}`;
	const row = async (sql: string) => Number((await db.sql<{ n: string }>(sql))[0]?.n);
	let filled = 0;

	/** A function of the API. */
	const read = (
		name: string,
		fn: string,
		args: (n: number) => Readonly<Record<string, unknown>>,
		by: Caller = noa,
	): Read => ({
		name,
		by,
		ask: (n) => {
			const named = Object.entries(args(n));
			const list = named.map(([key], at) => `${key} => $${at + 1}`).join(', ');
			const values = named.map(([, value]) =>
				typeof value === 'object' && !isListOfText(value) ? JSON.stringify(value) : value,
			);
			return { text: `select * from public.${fn}(${list})`, values };
		},
		run: (n) => by.rpc(fn, args(n)),
	});
	/** What a page reads of the tables themselves, as PostgREST asks it: every row goes through its policy. */
	const readRows = (name: string, text: string, values: (n: number) => readonly unknown[]): Read => ({
		name,
		by: noa,
		ask: (n) => ({ text, values: values(n) }),
		run: (n) => noa.sql(text, values(n)),
	});
	/** Of games on one page of a history, some of them the caller's. */
	const page = (n: number) =>
		Array.from({ length: 25 }, (_, at) => {
			const game = at % 2 === 0 ? OWN * (1 + ((n + at) % 2)) : 1 + ((n * 25 + at) % 1_000);
			const bytes = Buffer.from(`10000000000040008000${String(game).padStart(12, '0')}`, 'hex');
			return bytes.toString('base64url');
		});
	const metrics = ['wins', 'win_rate', 'mean_score', 'points', 'best_game', 'best_streak', 'contract_rate'];
	// Seven measures and two periods: every pair in turn.
	const periods = [new Date().toISOString().slice(0, 7), new Date().toISOString().slice(0, 4)];
	const variant = 'el_dorado';

	return {
		async upload(n, by = 0) {
			if (n % 50 === 0) await db.forgetRates();
			return (members[by] ?? noa).rpc('archive_game', { game: uploadOf(played[n] ?? first) });
		},
		async bytes() {
			const parts = Array.from(
				{ length: 8 },
				(_, part) => `pg_total_relation_size('private.game_events_${part}')`,
			).join(' + ');
			const games = await row('select count(*) as n from public.games');
			const rows = await row(`select ${parts} as n`);
			for (const { id } of played.slice(0, 50)) await db.sql('select private.compact_game($1)', [id]);
			const moved = await row('select count(*) as n from public.game_event_archives');
			const archives = await row("select pg_total_relation_size('public.game_event_archives') as n");
			return { rows: Math.round(rows / games), compacted: Math.round(archives / moved) };
		},
		async fill(games) {
			const admin = await server.connect('bench');
			// No trigger has anything to add, and every reference holds.
			await admin.query('set session_replication_role = replica');
			if (filled === 0) for (const sql of [...FILL_PLAYERS, ...FILL_LOGS, FILL_ROOMS]) await admin.query(sql);
			for (const sql of FILL_GAMES)
				await admin.query(sql, [group, noa.playerId, ben.playerId, filled + 1, games]);
			filled = games;
			// As autovacuum leaves a database that has grown for years.
			await admin.query('vacuum (analyze)');
			await admin.end();
		},
		reads: [
			read('log', 'game_log', () => ({ game_id: first.id })),
			read('compacted_log', 'game_log', (n) => ({ game_id: played[n % 50]?.id })),
			read('summary', 'game_summary', () => ({ game_id: first.id })),
			read('history', 'player_history', () => ({ most: 25 })),
			read('history_of_a_rival', 'player_history', () => ({ player_id: ben.playerId, most: 25 })),
			// Dana does not belong to the group: of thousands of games she may see those she was in.
			read('history_of_another', 'player_history', () => ({ player_id: ben.playerId, most: 25 }), dana),
			read('leaderboard', 'leaderboard', (n) => ({ variant, metric: metrics[n % metrics.length] })),
			read('leaderboard_far_down', 'leaderboard', () => ({
				variant,
				metric: 'wins',
				cursor: { value: 40, player_id: numbered(9) },
			})),
			read('leaderboard_of_a_period', 'leaderboard', (n) => ({
				variant,
				metric: metrics[n % metrics.length],
				period: periods[n % periods.length],
			})),
			read('leaderboard_of_a_period_far_down', 'leaderboard', () => ({
				variant,
				metric: 'wins',
				period: periods[0],
				cursor: { value: 4, player_id: numbered(9) },
			})),
			read('history_of_one_game', 'player_history', () => ({ most: 25, variant: 'israeli_whist' })),
			read('history_of_a_rival_in_one_game', 'player_history', () => ({
				player_id: ben.playerId,
				most: 25,
				variant: 'israeli_whist',
			})),
			read('group_leaderboard', 'leaderboard', () => ({ variant, metric: 'win_rate', group_id: group })),
			read('group_leaderboard_of_a_period', 'leaderboard', (n) => ({
				variant,
				metric: metrics[n % metrics.length],
				group_id: group,
				period: periods[n % periods.length],
			})),
			read('head_to_head', 'head_to_head', (n) => ({ a: noa.playerId, b: numbered(n * 37) })),
			read('head_to_head_of_rivals', 'head_to_head', () => ({ a: noa.playerId, b: ben.playerId })),
			read('head_to_head_of_rivals_in_one_game', 'head_to_head', () => ({
				a: noa.playerId,
				b: ben.playerId,
				variant: 'israeli_whist',
			})),
			read('group', 'group_page', () => ({ group_id: group })),
			read('group_rivals', 'group_rivals', () => ({ group_id: group })),
			read('group_rivals_in_one_game', 'group_rivals', () => ({ group_id: group, variant })),
			read('own_groups', 'my_groups', () => ({})),
			read('group_evening', 'group_evening', () => ({ group_id: group })),
			read('group_tables', 'group_tables', () => ({})),
			read('group_games', 'group_games', () => ({ group_id: group, most: 1_000 })),
			read('group_games_far_down', 'group_games', () => ({
				group_id: group,
				most: 1_000,
				cursor: { completed_at: new Date(Date.now() - 7 * 86_400_000).toISOString(), game_id: first.id },
			})),
			read('own_profile', 'my_profile', () => ({})),
			read('standings', 'game_standings', (n) => ({ game_ids: page(n) })),
			readRows(
				'person',
				`select p.id, p.username, p.display_name, p.avatar_seed, p.color, p.is_active,
					(select json_agg(s) from public.player_lifetime_stats s where s.player_id = p.id) as stats,
					(select json_agg(a) from public.player_achievements a where a.player_id = p.id) as achievements
				from public.players p where p.id = $1 limit 1`,
				(n) => [numbered(n * 37)],
			),
			readRows('is_listed', 'select room_code from public.room_directory where room_code = $1', (n) => [
				n % 2 === 0 ? 'BAAAAA' : 'QQQQQQ',
			]),
			readRows(
				'invites',
				`select id, code, uses_left, expires_at from public.group_invites
				where group_id = $1 and uses_left > 0 and expires_at > now() order by expires_at limit 20`,
				() => [group],
			),
			read('open_rooms', 'open_rooms', () => ({})),
			read('open_rooms_of_one_game', 'open_rooms', () => ({ wanted_variant: 'israeli_whist' })),
		],
		async scans({ by, ask, name }) {
			const admin = await server.connect('bench');
			const plans: string[] = [];
			admin.on('notice', ({ message }) => plans.push(message ?? ''));
			const { text, values } = ask(1);
			// Plans of every statement within a function or a policy, with its own parameters: EXPLAIN shows only the call.
			await admin.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
				set auto_explain.log_level = notice; set client_min_messages = notice`);
			await admin.query("select set_config('request.jwt.claims', $1, false)", [
				JSON.stringify({ sub: by.userId, role: 'authenticated' }),
			]);
			// Whom the policies bind.
			await admin.query('set role authenticated');
			await admin.query(text, [...values]);
			await admin.end();
			if (!plans.some((plan) => /Scan/.test(plan))) throw new Error(`${name} shows no plan`);
			return plans
				.flatMap((plan) =>
					Array.from(plan.matchAll(/Seq Scan on (?:\w+\.)?(\w+)/g), ([, table = '']) => table),
				)
				.filter((table) => GROWING.some((one) => table === one || /^game_events_\d$/.test(table)));
		},
		async close() {
			await db.close();
			await server.stop();
		},
	};
}
