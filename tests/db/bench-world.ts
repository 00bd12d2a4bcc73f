/** A server of its own for the bench of the archive: games to upload, and as many rows as it takes to be slow. */
import { personNumbered, playGame, uploadOf } from './games.ts';
import { overDatabase } from './callers.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { startPostgres, temporaryFolder } from './stack/postgres.ts';

/** A bench is a few minutes in all; `DB_BENCH_GAMES=1000000` takes a quarter of an hour longer. */
const GAMES = Number(process.env['DB_BENCH_GAMES'] ?? 200_000);
const PLAYERS = 10_000;

export interface ArchiveWorld {
	upload(n: number): Promise<unknown>;
	/** Of one game's log, in its rows and indexes, and compacted. */
	bytes(): Promise<{ rows: number; compacted: number }>;
	/** Makes up the rows. */
	fill(): Promise<void>;
	readonly reads: readonly (readonly [name: string, run: (n: number) => Promise<unknown>])[];
	close(): Promise<void>;
}

const FILL = [
	// Rows of finished games as the archive writes them: no trigger has anything to add.
	'set session_replication_role = replica',
	`insert into public.players (id, display_name, public_key)
		select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Player ' || n, null from generate_series(1, ${PLAYERS}) n`,
	`insert into public.games (id, variant, mode, status, phase, log_hash, event_count, open_event_count, started_at, completed_at, counted_at, group_id)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'el_dorado', 'cards', 'completed', 'finished', sha256(n::text::bytea),
			435, 435, now() - n * interval '1 minute', now() - n * interval '1 minute', now(), case when n % 400 = 0 then $1::uuid end
		from generate_series(1, ${GAMES}) n`,
	`insert into public.game_players (game_id, seat, player_id, display_name, final_score, place, is_winner, variant, completed_at, is_counted, rounds)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, seat,
			case when n % 400 = 0 and seat = 0 then $1::uuid
				else ('00000000-0000-4000-8000-' || lpad((1 + (n::bigint * 7919 + seat * 2503) % ${PLAYERS})::text, 12, '0'))::uuid end,
			'Player', (n * 31 + seat * 17) % 120, 1, (n + seat) % 4 = 0, 'el_dorado', now() - n * interval '1 minute', true, 10
		from generate_series(1, ${GAMES}) n, generate_series(0, 3) seat`,
	`insert into public.game_summaries (game_id, players, rounds, final_scores, highest_score)
		select ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 4, 10, '{}', n % 120 from generate_series(1, ${GAMES}) n`,
	`insert into public.player_lifetime_stats (player_id, variant, games_played, games_won, total_rounds, total_points, highest_score, lowest_score,
			highest_round_score, lowest_round_score, total_tricks_won, contracts_attempted, contracts_made, zeros_attempted, zeros_made, trump_wins,
			suit_wins, recent_form, current_streak, most_consecutive_wins, most_consecutive_losses, misplays, total_duration_ms, last_game_at)
		select id, 'el_dorado', 80, row_number() over () % 80, 800, 4000, 120, -80, 15, -15, 2000, 600, 300, 200, 90, 0, '{}', 'WL', 1, 3, 4, 5, 1, now()
		from public.players where public_key is null`,
	'set session_replication_role = origin',
	'analyze',
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
	const noa = members[0];
	if (noa === undefined) throw new Error('somebody uploads');
	const group = await noa.rpc<string>('create_group', { name: 'Bench' });
	const people = members.map(({ person }) => person);
	const game = (n: number) => playGame({ seed: 20_000 + n * 4, people, variant: 'el_dorado', mode: 'cards' });
	const first = game(-1);
	await noa.rpc('archive_game', { game: uploadOf(first) });
	const played = Array.from({ length: 100 }, (_, n) => game(n));
	const numbered = (n: number) => `00000000-0000-4000-8000-${String(1 + (n % PLAYERS)).padStart(12, '0')}`;
	const row = async (sql: string) => Number((await db.sql<{ n: string }>(sql))[0]?.n);

	return {
		async upload(n) {
			if (n % 50 === 0) await db.forgetRates();
			return noa.rpc('archive_game', { game: uploadOf(played[n] ?? first) });
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
		async fill() {
			const admin = await server.connect('bench');
			for (const sql of FILL) {
				const values = sql.includes('$1') ? [sql.includes('game_players') ? noa.playerId : group] : [];
				await admin.query(sql, values);
			}
			await admin.end();
		},
		reads: [
			['log', () => noa.rpc('game_log', { game_id: first.id })],
			['summary', () => noa.rpc('game_summary', { game_id: first.id })],
			['history', () => noa.rpc('player_history', { most: 25 })],
			[
				'leaderboard',
				(n) =>
					noa.rpc('leaderboard', { variant: 'el_dorado', metric: ['wins', 'win_rate', 'mean_score'][n % 3] }),
			],
			[
				'leaderboard, far down',
				() =>
					noa.rpc('leaderboard', {
						variant: 'el_dorado',
						metric: 'wins',
						cursor: { value: 40, player_id: numbered(9) },
					}),
			],
			['head to head', (n) => noa.rpc('head_to_head', { a: noa.playerId, b: numbered(n * 37) })],
			['group', () => noa.rpc('group_page', { group_id: group })],
			['open tables', () => db.anon.rpc('open_rooms')],
		],
		async close() {
			await db.close();
			await server.stop();
		},
	};
}
