/**
 * The summary of a game from its log, for every game and both modes. It folds the log, so what a correction changed
 * counts as it was changed to; only scored rounds count. The log of a running game gives the numbers so far.
 *
 *     const summary = summarizeGame(EL_DORADO, entries);
 */
import { assert } from '../game/assert.ts';
import type { Game, SeatIndex } from '../game/game.ts';
import { fold } from '../game/replay.ts';
import { toSeat } from '../game/seats.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { LogEvent, Seat, TableState } from '../game/table-types.ts';
import { BLOWOUT, CLOSE_FINISH, COMEBACK } from '../games/israeli-whist/summary.ts';
import { readerOf, type Extras } from './readers.ts';
import type { ReadRound } from './sheet-rounds.ts';
import {
	HIGHLIGHTS,
	TRUMPS,
	type GameStatus,
	type GameSummary,
	type Highlight,
	type PlayerLine,
	type RoundLine,
	type Trump,
} from './summary-types.ts';

/** An event and the host's clock at it, ms since 1970. */
export interface TimedEvent {
	readonly event: LogEvent;
	readonly time: number;
}

/**
 * @param entries the whole log, or its beginning; hands may be closed
 * @throws {InvariantError} when the log cannot be folded, or no game was started in it
 */
export function summarizeGame(game: Game, entries: readonly TimedEvent[]): GameSummary {
	const events = entries.map(({ event }) => event);
	const state = fold(game, events);
	const { inner } = state;
	assert(inner !== null, 'a game that never started has no numbers');
	const reader = readerOf(inner);
	const totals = game.totals(inner);
	const drafts = state.seats.flatMap((seat, index) => {
		const line = playerLine(seat, toSeat(index), reader.rounds, totals[index] ?? 0, state);
		return line === null ? [] : [line];
	});
	// Who was never dealt in has not played (El Dorado 5.2), and is not ahead of scores below zero.
	const dealtIn = drafts.filter(({ rounds }) => rounds > 0);
	const best = Math.max(...dealtIn.map(({ score }) => score));
	const leaders = dealtIn.filter(({ score }) => score === best).map(({ seat }) => seat);
	const winners = reader.rounds.length === 0 ? [] : reader.winners(leaders);
	const players = drafts.map((line): PlayerLine => ({
		...line,
		place: 1 + drafts.filter(({ score }) => score > line.score).length,
		isWinner: winners.includes(line.seat),
	}));
	const extras = reader.extras(events);
	const startedAt = entries[events.findIndex(({ type }) => type === 'game_started')]?.time ?? 0;
	const endedAt = entries.at(-1)?.time ?? startedAt;
	return {
		v: 1,
		game: state.game,
		variant: state.variant,
		mode: state.options.mode,
		status: statusOf(events),
		startedAt,
		endedAt,
		durationMs: Math.max(0, endedAt - startedAt),
		events: entries.length,
		players,
		rounds: reader.rounds.map(withoutTotals),
		...countsOf(reader.rounds),
		passedOut: extras.passedOut,
		frischs: extras.frischs,
		...recordsOf(players.filter(({ rounds }) => rounds > 0)),
		highlights: reader.rounds.length === 0 ? [] : highlightsOf(players, leaders, extras),
	};
}

/** A log without its end is of a game that was broken off. */
function statusOf(events: readonly LogEvent[]): GameStatus {
	const last = events.findLast((event) => isTableEvent(event) && event.type === 'game_ended');
	return last !== undefined && 'reason' in last && last.reason === 'completed' ? 'completed' : 'abandoned';
}

function withoutTotals({ totals: _, ...line }: ReadRound): RoundLine {
	return line;
}

interface Played {
	readonly bid: number;
	readonly tricks: number;
	readonly score: number;
	readonly behind: number;
}

/** The rounds a seat was dealt in, in order. */
function playedBy(seat: SeatIndex, rounds: readonly ReadRound[]): Played[] {
	return rounds.flatMap(({ bids, tricks, scores, totals }) => {
		const [bid, taken, score] = [bids[seat], tricks[seat], scores[seat]];
		if (bid == null || taken == null || score == null) return [];
		return [{ bid, tricks: taken, score, behind: Math.max(...totals) - (totals[seat] ?? 0) }];
	});
}

type DraftLine = Omit<PlayerLine, 'place' | 'isWinner'>;

/** null for a seat that nobody has and nobody played. */
function playerLine(
	holder: Seat,
	seat: SeatIndex,
	rounds: readonly ReadRound[],
	score: number,
	{ misplays }: TableState,
): DraftLine | null {
	if (holder.kind === 'empty') return null;
	const played = playedBy(seat, rounds);
	// A bid is met by its tricks, never by the sign of its points: a broken zero can bring some (Israeli Whist 5.2).
	const isMet = played.map(({ bid, tricks }) => bid === tricks);
	const contracts = played.filter(({ bid }) => bid > 0);
	const zeros = played.filter(({ bid }) => bid === 0);
	const met = contracts.filter(({ bid, tricks }) => bid === tricks);
	const zerosMet = zeros.filter(({ tricks }) => tricks === 0);
	const points = played.map((round) => round.score);
	const declared = rounds.filter(({ declarer }) => declarer === seat);
	return {
		seat,
		player: holder.kind === 'human' ? holder.player : null,
		bot: holder.kind === 'bot' ? holder.level : null,
		face: holder.face,
		score,
		rounds: played.length,
		tricks: played.reduce((sum, { tricks }) => sum + tricks, 0),
		bestRound: most(points),
		worstRound: least(points),
		contractsAttempted: contracts.length,
		contractsMade: met.length,
		zerosAttempted: zeros.length,
		zerosMade: zerosMet.length,
		highestBid: Math.max(0, ...played.map(({ bid }) => bid)),
		highestBidMade: most([...met, ...zerosMet].map(({ bid }) => bid)),
		trumpWins: declared.length,
		suitWins: byTrump((trump) => declared.filter((round) => round.trump === trump).length),
		misplays: misplays[seat] ?? 0,
		longestMadeRun: longestRun(isMet, true),
		longestMissedRun: longestRun(isMet, false),
		mostBehind: Math.max(0, ...played.map(({ behind }) => behind)),
		madeAll: isMet.length > 0 && isMet.every(Boolean),
	};
}

export function byTrump<T>(of: (trump: Trump) => T): Record<Trump, T> {
	const [clubs, diamonds, hearts, spades, no_trump] = TRUMPS;
	return {
		clubs: of(clubs),
		diamonds: of(diamonds),
		hearts: of(hearts),
		spades: of(spades),
		no_trump: of(no_trump),
	};
}

function most(numbers: readonly number[]): number | null {
	return numbers.length === 0 ? null : Math.max(...numbers);
}
function least(numbers: readonly number[]): number | null {
	return numbers.length === 0 ? null : Math.min(...numbers);
}

function longestRun(list: readonly boolean[], of: boolean): number {
	let longest = 0;
	let run = 0;
	for (const one of list) {
		run = one === of ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}

function countsOf(rounds: readonly ReadRound[]): Pick<GameSummary, 'overRounds' | 'underRounds'> {
	const balances = rounds.map(({ bids, cards }) =>
		bids.reduce<number>((sum, bid) => sum + (bid ?? 0), -cards),
	);
	return {
		overRounds: balances.filter((balance) => balance > 0).length,
		underRounds: balances.filter((balance) => balance < 0).length,
	};
}

/** Of those who played a round. */
function recordsOf(players: readonly PlayerLine[]) {
	return {
		highestBid: most(players.map(({ highestBid }) => highestBid)),
		highestScore: most(players.map(({ score }) => score)),
		lowestScore: least(players.map(({ score }) => score)),
		highestRoundScore: most(players.flatMap(({ bestRound }) => bestRound ?? [])),
		mostConsecutiveWins: most(players.map(({ longestMadeRun }) => longestMadeRun)),
		mostConsecutiveLosses: most(players.map(({ longestMissedRun }) => longestMissedRun)),
		highestMisplay: most(players.map(({ misplays }) => misplays)),
	};
}

function highlightsOf(
	players: readonly PlayerLine[],
	leaders: readonly SeatIndex[],
	{ hasThreeFrischs }: Extras,
): Highlight[] {
	const [first = 0, second = 0] = players.map(({ score }) => score).sort((a, b) => b - a);
	const zeros = players.reduce((sum, { zerosAttempted }) => sum + zerosAttempted, 0);
	const holds: Readonly<Record<Highlight, boolean>> = {
		comeback: players.some(({ seat, mostBehind }) => leaders.includes(seat) && mostBehind >= COMEBACK),
		blowout: first - second >= BLOWOUT,
		close_finish: first - second <= CLOSE_FINISH,
		all_zeros_made:
			zeros > 0 && players.every(({ zerosMade, zerosAttempted }) => zerosMade === zerosAttempted),
		three_frischs: hasThreeFrischs,
	};
	return HIGHLIGHTS.filter((highlight) => holds[highlight]);
}
