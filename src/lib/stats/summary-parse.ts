/**
 * Summaries where they come in from a database: looked at whole, in all numbers. One that does not parse was written by
 * another version, or damaged; it is made again from its log.
 */
import * as z from 'zod/mini';
import { MAX_SEATS, MODES, VARIANTS, type SeatIndex } from '../game/game.ts';
import { MAX_TIME_MS } from '../game/log-limits.ts';
import { faceSchema } from '../game/table-parse.ts';
import { BOT_LEVELS, type GameId, type PlayerId } from '../game/table-types.ts';
import {
	GAME_STATUSES,
	HIGHLIGHTS,
	TRUMPS,
	type GameSummary,
	type PlayerLine,
	type RoundLine,
} from './summary-types.ts';

const orNull = <T extends z.core.$ZodType>(type: T) => z.nullable(type);
const whole = z.int();
const count = z.int().check(z.gte(0));
/** ms since 1970. */
const time = z.int().check(z.gte(0), z.lte(MAX_TIME_MS));
const seat = z.pipe(
	z.int().check(z.gte(0), z.lt(MAX_SEATS)),
	z.transform((index) => index as SeatIndex),
);
// By hand where there are many: thousands of games are read for one page of statistics, and as schemas these took half
// of its time.
const gameId = z.custom<GameId>((input) => typeof input === 'string' && /^[\w-]{22}$/.test(input));
const isPlayerId = (input: unknown): boolean => typeof input === 'string' && /^[\w-]{43}$/.test(input);
const playerId = z.custom<PlayerId>(isPlayerId);
const isWholeOrNull = (input: unknown): boolean => input === null || Number.isSafeInteger(input);
const isCount = (input: unknown): boolean => isWholeOrNull(input) && Number(input) >= 0 && input !== null;
const isSeat = (input: unknown): boolean => isCount(input) && Number(input) < MAX_SEATS;
const isBySeat = (input: unknown): boolean =>
	Array.isArray(input) && input.length > 0 && input.length <= MAX_SEATS && input.every(isWholeOrNull);

const roundLine = z.custom<RoundLine>((input) => {
	const line = fieldsOf(input);
	const { trump, declarer } = line;
	return (
		isCount(line['round']) &&
		isCount(line['cards']) &&
		isSeat(line['dealer']) &&
		(trump === null || TRUMPS.some((one) => one === trump)) &&
		(declarer === null || isSeat(declarer)) &&
		isCount(line['frischs']) &&
		isBySeat(line['bids']) &&
		isBySeat(line['tricks']) &&
		isBySeat(line['scores'])
	);
});

const COUNTS = [
	'place',
	'rounds',
	'tricks',
	'contractsAttempted',
	'contractsMade',
	'zerosAttempted',
	'zerosMade',
	'highestBid',
	'trumpWins',
	'misplays',
	'longestMadeRun',
	'longestMissedRun',
	'mostBehind',
] as const satisfies readonly (keyof PlayerLine)[];
const WHOLE_OR_NULL = [
	'bestRound',
	'worstRound',
	'highestBidMade',
] as const satisfies readonly (keyof PlayerLine)[];

const playerLine = z.custom<PlayerLine>((input) => {
	const line = fieldsOf(input);
	const suits = fieldsOf(line['suitWins']);
	return (
		isSeat(line['seat']) &&
		(line['player'] === null || isPlayerId(line['player'])) &&
		(line['bot'] === null || BOT_LEVELS.some((level) => level === line['bot'])) &&
		typeof line['isWinner'] === 'boolean' &&
		typeof line['madeAll'] === 'boolean' &&
		Number.isSafeInteger(line['score']) &&
		COUNTS.every((name) => isCount(line[name])) &&
		WHOLE_OR_NULL.every((name) => isWholeOrNull(line[name])) &&
		TRUMPS.every((trump) => isCount(suits[trump])) &&
		faceSchema.safeParse(line['face']).success
	);
});

function fieldsOf(input: unknown): Readonly<Record<string, unknown>> {
	return typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
}

const summarySchema = z.object({
	v: z.literal(1),
	game: gameId,
	variant: z.enum(VARIANTS),
	mode: z.enum(MODES),
	status: z.enum(GAME_STATUSES),
	startedAt: time,
	endedAt: time,
	durationMs: count,
	events: count,
	players: z.array(playerLine).check(z.maxLength(MAX_SEATS)),
	rounds: z.array(roundLine),
	overRounds: count,
	underRounds: count,
	passedOut: count,
	frischs: count,
	highestBid: orNull(count),
	highestScore: orNull(whole),
	lowestScore: orNull(whole),
	highestRoundScore: orNull(whole),
	mostConsecutiveWins: orNull(count),
	mostConsecutiveLosses: orNull(count),
	highestMisplay: orNull(count),
	highlights: z.array(z.enum(HIGHLIGHTS)),
});

/** The summary, or null when the row is none of this version. */
export function parseSummary(input: unknown): GameSummary | null {
	const result = summarySchema.safeParse(input);
	if (!result.success) return null;
	// Who deals has to sit at the table, or counting round it from the dealer never ends.
	const isWhole = result.data.rounds.every(({ bids, dealer }) => dealer < bids.length);
	return isWhole ? result.data : null;
}

const cardSchema = z.object({
	game: gameId,
	variant: z.enum(VARIANTS),
	mode: z.enum(MODES),
	status: z.enum(GAME_STATUSES),
	startedAt: time,
	endedAt: time,
	rounds: count,
	players: z
		.array(
			z.object({
				seat,
				player: orNull(playerId),
				bot: orNull(z.enum(BOT_LEVELS)),
				face: faceSchema,
				place: count,
				isWinner: z.boolean(),
				score: whole,
			}),
		)
		.check(z.maxLength(MAX_SEATS)),
});

/** A game as a list shows it. */
export type GameCard = z.infer<typeof cardSchema>;

export function parseGameCard(input: unknown): GameCard | null {
	const result = cardSchema.safeParse(input);
	return result.success ? result.data : null;
}

export function gameCardOf(summary: GameSummary): GameCard {
	const { game, variant, mode, status, startedAt, endedAt, rounds, players } = summary;
	return {
		game,
		variant,
		mode,
		status,
		startedAt,
		endedAt,
		rounds: rounds.length,
		players: players.map((line) => {
			const { seat: index, player, bot, face, place, isWinner, score } = line;
			return { seat: index, player, bot, face, place, isWinner, score };
		}),
	};
}
