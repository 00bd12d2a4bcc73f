/**
 * How somebody is doing: many games of one player, folded one by one. The names are those of the database
 * (`player_lifetime_stats`). A game counts when it was played to its end and the player had a seat in it that was
 * dealt in; abandoned games count for nobody.
 *
 *     let stats = NEW_LIFETIME;
 *     for (const summary of chronological(summaries)) stats = fold(stats, summary, player);
 *
 * Everything is a sum, a highest or a lowest and comes out the same in whatever order the games are folded, but for
 * what is an order: `recentForm`, the streaks, which game won an achievement, how somebody was called last. Those want
 * the games as they ended; `lifetimeOf` sees to it, and takes any list in any order, the same game twice as once.
 */
import type { SeatIndex } from '../game/game.ts';
import type { GameId, PlayerId } from '../game/table-types.ts';
import { earned, type Achievement, type Earned } from './achievements.ts';
import { byTrump } from './game-summary.ts';
import { withRivals, type Rival } from './rivals.ts';
import type { GameSummary, PlayerLine, RoundLine, Trump } from './summary-types.ts';

/** Bids, and those of them that were met. */
export interface Tally {
	readonly attempted: number;
	readonly made: number;
}

export interface FormEntry {
	readonly game: GameId;
	readonly isWon: boolean;
}

/** A share of fewer games, of fewer bids, pretends to know. */
export const ENOUGH_GAMES = 5;
export const ENOUGH_BIDS = 10;
/** Games the form looks back on. */
export const FORM_GAMES = 10;
/** Points in one column of the distribution of scores. */
export const SCORE_STEP = 20;

export interface Lifetime {
	readonly gamesPlayed: number;
	readonly gamesWon: number;
	readonly totalRounds: number;
	readonly totalPoints: number;
	/** Of a game; null before the first. */
	readonly highestScore: number | null;
	readonly lowestScore: number | null;
	/** Of a round. */
	readonly highestRoundScore: number | null;
	readonly lowestRoundScore: number | null;
	readonly totalTricksWon: number;
	/** Bids of 1 and more. */
	readonly contractsAttempted: number;
	readonly contractsMade: number;
	readonly zerosAttempted: number;
	readonly zerosMade: number;
	/** Rounds declared, and by strain. */
	readonly trumpWins: number;
	readonly suitWins: Readonly<Record<Trump, number>>;
	/** The last `FORM_GAMES`, oldest first. */
	readonly recentForm: readonly FormEntry[];
	/** Games won in a row up to now; lost ones count below zero. */
	readonly currentStreak: number;
	readonly mostConsecutiveWins: number;
	readonly mostConsecutiveLosses: number;
	readonly misplays: number;
	/** ms since 1970. */
	readonly lastGameAt: number | null;
	readonly totalDurationMs: number;
	/** Bids met, by cards dealt, by the number bid, by seats after the dealer (the dealer itself is 0), by trump. */
	readonly byCards: Readonly<Record<number, Tally>>;
	readonly byBid: Readonly<Record<number, Tally>>;
	readonly byPlace: Readonly<Record<number, Tally>>;
	readonly byTrump: Readonly<Record<Trump, Tally>>;
	/** Games by their score, in columns of `SCORE_STEP` points: column 2 is 40 to 59. */
	readonly scores: Readonly<Record<number, number>>;
	/** By player, or kind of bot. */
	readonly rivals: Readonly<Record<string, Rival>>;
	readonly achievements: Readonly<Partial<Record<Achievement, Earned>>>;
}

const NO_TALLY: Tally = { attempted: 0, made: 0 };

/** Before the first game. */
export const NEW_LIFETIME: Lifetime = {
	gamesPlayed: 0,
	gamesWon: 0,
	totalRounds: 0,
	totalPoints: 0,
	highestScore: null,
	lowestScore: null,
	highestRoundScore: null,
	lowestRoundScore: null,
	totalTricksWon: 0,
	contractsAttempted: 0,
	contractsMade: 0,
	zerosAttempted: 0,
	zerosMade: 0,
	trumpWins: 0,
	suitWins: byTrump(() => 0),
	recentForm: [],
	currentStreak: 0,
	mostConsecutiveWins: 0,
	mostConsecutiveLosses: 0,
	misplays: 0,
	lastGameAt: null,
	totalDurationMs: 0,
	byCards: {},
	byBid: {},
	byPlace: {},
	byTrump: byTrump(() => NO_TALLY),
	scores: {},
	rivals: {},
	achievements: {},
};

/** The player's line in a game that counts; null in any other. */
export function countedLine(summary: GameSummary, player: PlayerId): PlayerLine | null {
	if (summary.status !== 'completed') return null;
	const line = summary.players.find((one) => one.player === player);
	return line === undefined || line.rounds === 0 ? null : line;
}

/** The same statistics with one game more; unchanged by one that does not count for this player. */
export function fold(stats: Lifetime, summary: GameSummary, player: PlayerId): Lifetime {
	const line = countedLine(summary, player);
	if (line === null) return stats;
	const { isWinner, score } = line;
	const streak = isWinner ? Math.max(0, stats.currentStreak) + 1 : Math.min(0, stats.currentStreak) - 1;
	const zerosMade = stats.zerosMade + line.zerosMade;
	return {
		gamesPlayed: stats.gamesPlayed + 1,
		gamesWon: stats.gamesWon + (isWinner ? 1 : 0),
		totalRounds: stats.totalRounds + line.rounds,
		totalPoints: stats.totalPoints + score,
		highestScore: higher(stats.highestScore, score),
		lowestScore: lower(stats.lowestScore, score),
		highestRoundScore: higher(stats.highestRoundScore, line.bestRound),
		lowestRoundScore: lower(stats.lowestRoundScore, line.worstRound),
		totalTricksWon: stats.totalTricksWon + line.tricks,
		contractsAttempted: stats.contractsAttempted + line.contractsAttempted,
		contractsMade: stats.contractsMade + line.contractsMade,
		zerosAttempted: stats.zerosAttempted + line.zerosAttempted,
		zerosMade,
		trumpWins: stats.trumpWins + line.trumpWins,
		suitWins: byTrump((trump) => stats.suitWins[trump] + line.suitWins[trump]),
		recentForm: [...stats.recentForm, { game: summary.game, isWon: isWinner }].slice(-FORM_GAMES),
		currentStreak: streak,
		mostConsecutiveWins: Math.max(stats.mostConsecutiveWins, streak),
		mostConsecutiveLosses: Math.max(stats.mostConsecutiveLosses, -streak),
		misplays: stats.misplays + line.misplays,
		lastGameAt: higher(stats.lastGameAt, summary.endedAt),
		totalDurationMs: stats.totalDurationMs + summary.durationMs,
		...accuracyWith(stats, summary.rounds, line.seat),
		scores: counted(stats.scores, Math.floor(score / SCORE_STEP)),
		rivals: withRivals(stats.rivals, summary, line),
		achievements: earned(stats.achievements, summary, line, zerosMade),
	};
}

/** Statistics of these games, in whatever order they come; a game that is there twice counts once. */
export function lifetimeOf(player: PlayerId, summaries: readonly GameSummary[]): Lifetime {
	return chronological(summaries).reduce((stats, summary) => fold(stats, summary, player), NEW_LIFETIME);
}

/** As they ended, each once; two that ended in the same millisecond by their ids. */
export function chronological(summaries: readonly GameSummary[]): readonly GameSummary[] {
	const once = new Map(summaries.map((summary) => [summary.game, summary]));
	return [...once.values()].sort((a, b) => a.endedAt - b.endedAt || (a.game < b.game ? -1 : 1));
}

function higher(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
function lower(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function counted(counts: Readonly<Record<number, number>>, at: number): Record<number, number> {
	return { ...counts, [at]: (counts[at] ?? 0) + 1 };
}

type Accuracy = Pick<Lifetime, 'byCards' | 'byBid' | 'byPlace' | 'byTrump'>;

function accuracyWith(stats: Accuracy, rounds: readonly RoundLine[], seat: SeatIndex): Accuracy {
	const byCards: Record<number, Tally> = { ...stats.byCards };
	const byBid: Record<number, Tally> = { ...stats.byBid };
	const byPlace: Record<number, Tally> = { ...stats.byPlace };
	const trumps: Record<Trump, Tally> = { ...stats.byTrump };
	for (const round of rounds) {
		const [bid, tricks] = [round.bids[seat], round.tricks[seat]];
		if (bid == null || tricks == null) continue;
		const isMade = bid === tricks;
		byCards[round.cards] = plus(byCards[round.cards], isMade);
		byBid[bid] = plus(byBid[bid], isMade);
		const place = seatsAfterDealer(round, seat);
		byPlace[place] = plus(byPlace[place], isMade);
		if (round.trump !== null) trumps[round.trump] = plus(trumps[round.trump], isMade);
	}
	return { byCards, byBid, byPlace, byTrump: trumps };
}

function plus(tally: Tally = NO_TALLY, isMade: boolean): Tally {
	return { attempted: tally.attempted + 1, made: tally.made + (isMade ? 1 : 0) };
}

/** Seats that were dealt in between the dealer and this one, itself included; 0 for the dealer. */
export function seatsAfterDealer(
	{ bids, dealer }: Pick<RoundLine, 'bids' | 'dealer'>,
	seat: SeatIndex,
): number {
	let places = 0;
	for (let at: number = dealer; at !== seat;) {
		at = (at + 1) % bids.length;
		if (bids[at] !== null) places += 1;
	}
	return places;
}

/** The part of the bids that was met, 0 .. 1; null for none. */
export function rateOf({ attempted, made }: Tally): number | null {
	return attempted === 0 ? null : made / attempted;
}

/** All bids, zeros included. */
export function bidsOf(stats: Lifetime): Tally {
	return {
		attempted: stats.contractsAttempted + stats.zerosAttempted,
		made: stats.contractsMade + stats.zerosMade,
	};
}
