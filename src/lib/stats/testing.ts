/**
 * Games to count, for tests and benches: whole tables played by the kernel from a seed, and summaries made up by the
 * thousand where only their numbers matter.
 */
import { seeded } from '../cards/seeded.ts';
import { uniform, type RandomSource } from '../cards/shuffle.ts';
import { encodeBase64url } from '../game/bytes.ts';
import type { Game, SeatIndex, Variant } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { GameId, PlayerId, TableRules } from '../game/table-types.ts';
import { faceNamed, openTable, playerNumbered, type SampleTable } from '../game/testing.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../games/israeli-whist/index.ts';
import { optionsWith, randomMove } from '../games/israeli-whist/testing.ts';
import { byTrump, type TimedEvent } from './game-summary.ts';
import { TRUMPS, type GameSummary, type PlayerLine, type RoundLine } from './summary-types.ts';

/** One minute passes between any two events. */
export const MINUTE_MS = 60_000;
const STARTED_AT = 1_760_000_000_000;

export function timed(events: SampleTable['events'], from = STARTED_AT): TimedEvent[] {
	return events.map((event, index) => ({ event, time: from + index * MINUTE_MS }));
}

/** A whole game of two people and bots, or of all the seats there are. */
export function playedTable(
	variant: Variant,
	seed: number,
	{
		seats = 4,
		rules = {},
		...created
	}: { readonly seats?: number; readonly rules?: Partial<TableRules>; readonly game?: GameId } = {},
): SampleTable {
	const game: Game = variant === 'el_dorado' ? EL_DORADO : ISRAELI_WHIST;
	const options = variant === 'el_dorado' ? EL_DORADO.defaultOptions() : optionsWith();
	const table = openTable({ game, seed, rules: { ...rules, seats }, created: { ...created, options } });
	table.sit(playerNumbered(2));
	for (let seat = 2; seat < seats; seat += 1) table.addBot(seat);
	table.take(playerNumbered(1), { type: 'start_game' });
	// Forced moves would pass for ever.
	if (variant === 'israeli_whist') playRandomly(table, seed);
	table.playUntil(({ stage }) => stage === 'finished');
	return table;
}

function playRandomly(table: SampleTable, seed: number): void {
	const source = seeded(seed);
	while (table.state.inner?.over !== true) {
		const inner = table.state.inner as IsraeliWhistState;
		const seat = inner.pending[0] ?? inner.turn;
		if (seat === null) {
			table.step();
			continue;
		}
		const decision = ISRAELI_WHIST.decide(inner, randomMove(ISRAELI_WHIST.view(inner, seat), source), seat);
		if (!decision.ok) throw new Error(`seed ${seed}: a random move is refused as ${decision.code}`);
		table.fold(...decision.events);
	}
}

export function gameNumbered(n: number): GameId {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setUint32(0, n);
	return encodeBase64url(bytes) as GameId;
}

/**
 * A summary with numbers that could be: four seats, the first that of `playerNumbered(1)`, the others out of nine
 * people and bots.
 */
export function madeUpSummary(seed: number): GameSummary {
	const source = seeded(seed);
	const variant: Variant = uniform(source, 2) === 0 ? 'el_dorado' : 'israeli_whist';
	const rounds = madeUpRounds(variant, source);
	const endedAt = STARTED_AT + uniform(source, 1_000_000) * MINUTE_MS;
	const drafts = [0, 1, 2, 3].map((index) => madeUpLine(toSeat(index), rounds, source));
	const best = Math.max(...drafts.map(({ score }) => score));
	const players = drafts.map((line) => ({
		...line,
		place: 1 + drafts.filter(({ score }) => score > line.score).length,
		isWinner: line.score === best,
	}));
	const scores = players.map(({ score }) => score);
	return {
		v: 1,
		game: gameNumbered(seed),
		variant,
		mode: uniform(source, 4) === 0 ? 'keeper' : 'cards',
		status: uniform(source, 20) === 0 ? 'abandoned' : 'completed',
		startedAt: endedAt - 30 * MINUTE_MS,
		endedAt,
		durationMs: 30 * MINUTE_MS,
		events: 435,
		players,
		rounds,
		overRounds: 4,
		underRounds: 5,
		passedOut: 0,
		frischs: 0,
		highestBid: 5,
		highestScore: Math.max(...scores),
		lowestScore: Math.min(...scores),
		highestRoundScore: 12,
		mostConsecutiveWins: 3,
		mostConsecutiveLosses: 3,
		highestMisplay: 1,
		highlights: uniform(source, 10) === 0 ? ['three_frischs'] : [],
	};
}

function madeUpRounds(variant: Variant, source: RandomSource): RoundLine[] {
	const upTo = (limit: number) => [0, 1, 2, 3].map(() => uniform(source, limit));
	return Array.from({ length: 10 }, (_, index) => ({
		round: index + 1,
		cards: variant === 'el_dorado' ? 10 - index : 13,
		dealer: toSeat(index % 4),
		trump: TRUMPS[uniform(source, TRUMPS.length)] ?? null,
		declarer: variant === 'el_dorado' ? null : toSeat(uniform(source, 4)),
		frischs: 0,
		bids: upTo(4),
		tricks: upTo(4),
		scores: upTo(20),
	}));
}

function madeUpLine(
	seat: SeatIndex,
	rounds: readonly RoundLine[],
	source: RandomSource,
): Omit<PlayerLine, 'place' | 'isWinner'> {
	const who = seat === 0 ? 1 : 2 + ((seat - 1) * 3 + uniform(source, 3));
	const isBot = seat > 0 && uniform(source, 3) === 0;
	const scores = rounds.map((round) => round.scores[seat] ?? 0);
	const made = uniform(source, 5);
	return {
		seat,
		player: isBot ? null : playerNumbered(who),
		bot: isBot ? 'club' : null,
		face: faceNamed(`Player ${who}`),
		score: scores.reduce((sum, score) => sum + score, 0) - 40,
		rounds: rounds.length,
		tricks: uniform(source, 20),
		bestRound: Math.max(...scores),
		worstRound: Math.min(...scores),
		contractsAttempted: 8,
		contractsMade: made,
		zerosAttempted: 2,
		zerosMade: uniform(source, 3),
		highestBid: 5,
		highestBidMade: made === 0 ? null : 3,
		trumpWins: 0,
		suitWins: byTrump(() => 0),
		misplays: uniform(source, 2),
		longestMadeRun: 2,
		longestMissedRun: 2,
		mostBehind: uniform(source, 80),
		madeAll: uniform(source, 30) === 0,
	};
}

export const ME: PlayerId = playerNumbered(1);
