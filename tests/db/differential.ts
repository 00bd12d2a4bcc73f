/**
 * The database's numbers beside the browser's: a game's rows read back in the words of `src/lib/stats`, so that one
 * comparison covers every field both know.
 */
import { toSeat } from '../../src/lib/game/seats.ts';
import { tableOf } from '../../src/lib/game/table.ts';
import type { ElDoradoState } from '../../src/lib/games/el-dorado/state.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import type { IsraeliWhistState } from '../../src/lib/games/israeli-whist/state.ts';
import type { CallMade, RoundScored } from '../../src/lib/games/israeli-whist/types.ts';
import { summarizeGame } from '../../src/lib/stats/game-summary.ts';
import { lifetimeOf, type Lifetime } from '../../src/lib/stats/lifetime.ts';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import type { Variant } from '../../src/lib/game/game.ts';
import type { PlayerId, TableState } from '../../src/lib/game/table-types.ts';
import type { TestDatabase } from './database.ts';
import type { PlayedGame } from './games.ts';

/** What the browser makes of the game. */
export function summaryOf(played: PlayedGame): GameSummary {
	const game = gameOf(played.variant)!;
	return summarizeGame(
		game,
		played.events.map((event, index) => ({ event, time: played.timesMs[index] ?? 0 })),
	);
}

const ms = (moment: string): number => Date.parse(moment);

interface Card {
	readonly variant: Variant;
	readonly mode: GameSummary['mode'];
	readonly status: GameSummary['status'];
	readonly started_at: string;
	readonly completed_at: string;
	readonly event_count: number;
	readonly summary: Record<string, number> & { readonly highlights: GameSummary['highlights'] };
	readonly lines: readonly (Record<string, unknown> & { readonly seat: number })[];
	readonly sheet: readonly {
		readonly number: number;
		readonly cards: number;
		readonly dealer_seat: number;
		readonly trump: string | null;
		readonly declarer_seat: number | null;
		readonly frisch_count: number;
		readonly lines: readonly { seat: number; bid: number; tricks: number; score: number }[];
	}[];
}

/**
 * What the database makes of it, in the same words.
 * @param seats of the table: lists by seat are so long
 * @param keyOf the key at a seat, null for a bot: the database knows players, not keys
 */
function summaryFrom(
	card: Card,
	game: GameSummary['game'],
	seats: number,
	keyOf: (seat: number) => PlayerId | null,
) {
	const { summary } = card;
	const bySeat = (lines: Card['sheet'][number]['lines'], field: 'bid' | 'tricks' | 'score') =>
		Array.from({ length: seats }, (_, seat) => lines.find((line) => line.seat === seat)?.[field] ?? null);
	return {
		v: 1,
		game,
		variant: card.variant,
		mode: card.mode,
		status: card.status,
		startedAt: ms(card.started_at),
		endedAt: ms(card.completed_at),
		durationMs: summary['duration_ms'],
		events: card.event_count,
		players: card.lines.map((line) => ({
			seat: line.seat,
			player: keyOf(line.seat),
			bot: line['bot_level'],
			face: { name: line['display_name'], color: line['color'], avatar: line['avatar_seed'] },
			place: line['place'],
			isWinner: line['is_winner'],
			score: line['final_score'],
			rounds: line['rounds'],
			tricks: line['tricks'],
			bestRound: line['best_round'],
			worstRound: line['worst_round'],
			contractsAttempted: line['contracts_attempted'],
			contractsMade: line['contracts_made'],
			zerosAttempted: line['zeros_attempted'],
			zerosMade: line['zeros_made'],
			highestBid: line['highest_bid'],
			highestBidMade: line['highest_bid_made'],
			trumpWins: line['trump_wins'],
			suitWins: line['suit_wins'],
			misplays: line['misplays'],
			longestMadeRun: line['longest_made_run'],
			longestMissedRun: line['longest_missed_run'],
			mostBehind: line['most_behind'],
			madeAll: line['made_all'],
		})),
		rounds: card.sheet.map((round) => ({
			round: round.number,
			cards: round.cards,
			dealer: round.dealer_seat,
			trump: round.trump,
			declarer: round.declarer_seat,
			frischs: round.frisch_count,
			bids: bySeat(round.lines, 'bid'),
			tricks: bySeat(round.lines, 'tricks'),
			scores: bySeat(round.lines, 'score'),
		})),
		overRounds: summary['over_rounds'],
		underRounds: summary['under_rounds'],
		passedOut: summary['passed_out'],
		frischs: summary['frischs'],
		highestBid: summary['highest_bid'],
		highestScore: summary['highest_score'],
		lowestScore: summary['lowest_score'],
		highestRoundScore: summary['highest_round_score'],
		mostConsecutiveWins: summary['most_consecutive_wins'],
		mostConsecutiveLosses: summary['most_consecutive_losses'],
		highestMisplay: summary['highest_misplay'],
		highlights: summary.highlights,
	};
}

export async function storedSummary(db: TestDatabase, played: Pick<PlayedGame, 'id'>, browser: GameSummary) {
	const [row] = await db.sql<{ card: Card }>(
		`select private.game_card(g.id) || jsonb_build_object(
			'summary', (select to_jsonb(s) from public.game_summaries s where s.game_id = g.id),
			'lines', (select jsonb_agg(to_jsonb(p) order by p.seat) from public.game_players p where p.game_id = g.id),
			'sheet', (select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('lines',
				(select jsonb_agg(to_jsonb(l)) from public.round_players l where l.round_id = r.id)) order by r.number), '[]')
				from public.rounds r where r.game_id = g.id)) as card
		from public.games g where g.id = private.game_uuid($1)`,
		[played.id],
	);
	if (row === undefined) throw new Error(`game ${played.id} is not archived`);
	const seats = browser.rounds[0]?.bids.length ?? 0;
	const keys = new Map(browser.players.map(({ seat, player }) => [Number(seat), player]));
	return summaryFrom(row.card, played.id, seats, (seat) => keys.get(seat) ?? null);
}

/** What the database knows of a round beyond the browser's statistics. */
interface RoundMore {
	readonly number: number;
	readonly type: 'over' | 'under' | null;
	readonly total_contracts: number;
	readonly winning_bid: number | null;
	readonly minimum_bid: number | null;
	/** By seat. */
	readonly lines: readonly {
		readonly seat: number;
		readonly bid_order: number;
		readonly made: boolean;
	}[];
	/** Of the auction in which the round was won, passes among them. */
	readonly calls: readonly {
		readonly call_order: number;
		readonly seat: number;
		readonly frisch: number;
		readonly amount: number;
		readonly strain: string | null;
	}[];
}

/** The same as the game's own rules have it: its state before each score, its sheet, its calls. */
export function roundsOf(played: PlayedGame, { rounds }: GameSummary): RoundMore[] {
	const { evolve } = tableOf(gameOf(played.variant)!);
	const said = new Map<number, { order: readonly number[]; calls: RoundMore['calls'] }>();
	let state: TableState | null = null;
	let calls: RoundMore['calls'] = [];
	let frischs = 0;
	for (const event of played.events) {
		const { type } = event;
		if (type === 'cards_dealt' || type === 'round_opened') {
			calls = [];
			frischs = 0;
		} else if (type === 'frisch_opened') frischs += 1;
		else if (type === 'call_made') {
			const { seat, bid } = event as unknown as CallMade;
			const one = { seat, frisch: frischs, amount: bid?.amount ?? 0, strain: bid?.strain ?? null };
			calls = [...calls, { call_order: calls.length + 1, ...one }];
		} else if (type === 'round_scored' && state?.inner != null) {
			const order =
				played.variant === 'el_dorado'
					? (state.inner as ElDoradoState).bidOrder
					: ISRAELI_WHIST.view(state.inner as IsraeliWhistState, toSeat(0)).contractOrder;
			said.set((event as unknown as RoundScored).round, { order, calls });
		}
		state = evolve(state, event);
	}
	const sheet = played.variant === 'israeli_whist' ? (state?.inner as IsraeliWhistState).sheet : [];
	return rounds.map(({ round, cards, bids, tricks }) => {
		const { order, calls: heard } = said.get(round)!;
		const row = sheet.find((one) => one.round === round);
		const total = bids.reduce<number>((sum, bid) => sum + (bid ?? 0), 0);
		const balance = total === cards ? null : total > cards ? 'over' : 'under';
		return {
			number: round,
			type: row === undefined ? balance : row.type,
			total_contracts: total,
			winning_bid: row?.winningBid ?? null,
			minimum_bid: row === undefined ? null : 5 + row.frischs,
			lines: bids.flatMap((bid, seat) =>
				bid === null
					? []
					: [{ seat, bid_order: order.findIndex((one) => one === seat) + 1, made: bid === tricks[seat] }],
			),
			calls: heard,
		};
	});
}

export async function storedRounds(db: TestDatabase, { id }: Pick<PlayedGame, 'id'>): Promise<RoundMore[]> {
	const rows = await db.sql<{ round: RoundMore }>(
		`select to_jsonb(r) - '{id,game_id,cards,dealer_seat,trump,declarer_seat,frisch_count}'::text[] || jsonb_build_object(
			'lines', (select jsonb_agg(to_jsonb(l) - '{id,round_id,bid,tricks,score}'::text[] order by l.seat)
				from public.round_players l where l.round_id = r.id),
			'calls', (select coalesce(jsonb_agg(to_jsonb(b) - '{id,round_id}'::text[] order by b.call_order), '[]')
				from public.trump_bids b where b.round_id = r.id)) as round
		from public.rounds r where r.game_id = private.game_uuid($1) order by r.number`,
		[id],
	);
	return rows.map(({ round }) => round);
}

/** Of the statistics of many games what the database keeps. */
export function lifetimeKept(player: PlayerId, summaries: readonly GameSummary[], variant: Variant) {
	const stats = lifetimeOf(
		player,
		summaries.filter((summary) => summary.variant === variant),
	);
	if (stats.gamesPlayed === 0) return null;
	return {
		games_played: stats.gamesPlayed,
		games_won: stats.gamesWon,
		total_rounds: stats.totalRounds,
		total_points: stats.totalPoints,
		highest_score: stats.highestScore,
		lowest_score: stats.lowestScore,
		highest_round_score: stats.highestRoundScore,
		lowest_round_score: stats.lowestRoundScore,
		total_tricks_won: stats.totalTricksWon,
		contracts_attempted: stats.contractsAttempted,
		contracts_made: stats.contractsMade,
		zeros_attempted: stats.zerosAttempted,
		zeros_made: stats.zerosMade,
		trump_wins: stats.trumpWins,
		suit_wins: stats.suitWins,
		recent_form: stats.recentForm.map(({ isWon }) => (isWon ? 'W' : 'L')).join(''),
		current_streak: stats.currentStreak,
		most_consecutive_wins: stats.mostConsecutiveWins,
		most_consecutive_losses: stats.mostConsecutiveLosses,
		misplays: stats.misplays,
		total_duration_ms: stats.totalDurationMs,
		last_game_at: stats.lastGameAt,
	};
}

export async function storedLifetime(db: TestDatabase, playerId: string, variant: Variant) {
	const [row] = await db.sql<{ stats: Record<string, unknown> & { last_game_at: string } }>(
		`select to_jsonb(s) - '{player_id,variant,updated_at,win_rate,mean_score,contract_rate,zero_rate}'::text[] as stats
		from public.player_lifetime_stats s where s.player_id = $1 and s.variant = $2::public.game_variant`,
		[playerId, variant],
	);
	return row === undefined ? null : { ...row.stats, last_game_at: ms(row.stats.last_game_at) };
}

export function achievementsKept(
	player: PlayerId,
	summaries: readonly GameSummary[],
): Lifetime['achievements'] {
	return lifetimeOf(player, summaries).achievements;
}

export async function storedAchievements(
	db: TestDatabase,
	playerId: string,
): Promise<Lifetime['achievements']> {
	const rows = await db.sql<{ achievement: string; game: GameSummary['game']; at: string }>(
		`select achievement::text, private.game_name(game_id) as game, unlocked_at::text as at
		from public.player_achievements where player_id = $1`,
		[playerId],
	);
	return Object.fromEntries(
		rows.map(({ achievement, game, at }) => [achievement, { game, unlockedAt: ms(at) }]),
	);
}
