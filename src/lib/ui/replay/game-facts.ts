/**
 * A whole game in numbers for its replay (El Dorado 8, Israeli Whist 9): of the table, and of each player, in words.
 * What never happened (a frisch, a refused move) is not listed.
 */
import type { GameSummary, PlayerLine } from '../../stats/summary-types.ts';
import { signed, total } from '../messages/numbers.ts';
import type { ReplayMessages } from '../messages/replay.en.ts';
import type { LanguageCode } from '../messages/text.ts';
import { timeSpentOf } from '../messages/time-spent.ts';

export interface GameFact {
	readonly label: string;
	readonly value: string;
	/** Whose it is. */
	readonly note?: string;
}
export interface PlayerFacts {
	readonly seat: number;
	readonly name: string;
	/** As many as `columns` of the words. */
	readonly cells: readonly string[];
}

type Words = ReplayMessages['facts'];
const NONE = '\u2013';

/** Of a game with a scored round. */
export function gameFacts(summary: GameSummary, words: Words, language: LanguageCode): readonly GameFact[] {
	const { overRounds, underRounds, passedOut, frischs, durationMs } = summary;
	const best = (label: string, value: number | null, of: (line: PlayerLine) => number | null): GameFact[] =>
		value === null ? [] : [{ label, value: total(value), note: namesWith(summary, words, value, of) }];
	return [
		{ label: words.rounds, value: String(summary.rounds.length) },
		// A notation has one time for all of it.
		...(durationMs > 0 ? [{ label: words.duration, value: timeSpentOf(language)(durationMs) }] : []),
		...best(words.highestScore, summary.highestScore, ({ score }) => score),
		...best(words.lowestScore, summary.lowestScore, ({ score }) => score),
		...best(words.bestRound, summary.highestRoundScore, ({ bestRound }) => bestRound),
		...best(words.highestBid, summary.highestBid, ({ highestBid }) => highestBid),
		...best(words.madeRun, positive(summary.mostConsecutiveWins), (line) => line.longestMadeRun),
		...best(words.missedRun, positive(summary.mostConsecutiveLosses), (line) => line.longestMissedRun),
		{ label: words.balance, value: words.overUnder(overRounds, underRounds) },
		...(frischs > 0 ? [{ label: words.frischs, value: String(frischs) }] : []),
		...(passedOut > 0 ? [{ label: words.passedOut, value: String(passedOut) }] : []),
		...best(words.misplays, positive(summary.highestMisplay), ({ misplays }) => misplays),
	];
}

function positive(value: number | null): number | null {
	return value === 0 ? null : value;
}

/** Everybody who has it, of those who played a round. */
function namesWith(
	{ players }: GameSummary,
	words: Words,
	value: number,
	of: (line: PlayerLine) => number | null,
): string {
	const having = players.filter((line) => line.rounds > 0 && of(line) === value);
	return words.names(having.map(({ face }) => face.name));
}

/** By seat; the cells in the order of `columns`. */
export function playerFacts({ players }: GameSummary, words: Words): readonly PlayerFacts[] {
	return players
		.filter(({ rounds }) => rounds > 0)
		.map((line) => ({
			seat: line.seat,
			name: line.face.name,
			cells: [
				total(line.score),
				words.of(line.contractsMade + line.zerosMade, line.contractsAttempted + line.zerosAttempted),
				String(line.tricks),
				line.highestBidMade === null ? NONE : String(line.highestBidMade),
				line.bestRound === null ? NONE : signed(line.bestRound),
				line.worstRound === null ? NONE : signed(line.worstRound),
				String(line.longestMadeRun),
				String(line.longestMissedRun),
				String(line.misplays),
			],
		}));
}

/** What the game is remembered by, a line each. */
export function highlightLines({ highlights }: GameSummary, words: Words): readonly string[] {
	return highlights.map((highlight) => words.highlights[highlight]);
}
