/**
 * The numbers at the head of the statistics page, in words: of games, of bids, of rounds. A share is a percentage only
 * where there is enough for one, and says of how many all the same.
 */
import { bidsOf, ENOUGH_BIDS, ENOUGH_GAMES, type Tally } from '../../stats/lifetime.ts';
import type { Report } from '../../stats/report.ts';
import type { GamesMessages } from '../messages/games.en.ts';
import { signed, total } from '../messages/numbers.ts';
import type { LanguageCode } from '../messages/text.ts';
import { timeSpentOf } from '../messages/time-spent.ts';

export interface Figure {
	readonly label: string;
	readonly value: string;
	/** Below it: of how many. */
	readonly note?: string;
}
export interface FigureGroup {
	readonly title: string;
	readonly figures: readonly Figure[];
}

/** There is none yet. */
const NONE = '\u2013';

type Words = GamesMessages['stats'];

/** @param enough a share of fewer is told as it is counted */
export function shareIn(words: Words, { made, attempted }: Tally, enough: number): Omit<Figure, 'label'> {
	if (attempted === 0) return { value: NONE };
	const counted = words.of(made, attempted);
	return attempted < enough
		? { value: counted }
		: { value: words.percent(Math.round((100 * made) / attempted)), note: counted };
}

/** Of somebody who has played a game. */
export function figuresOf(report: Report, words: Words, language: LanguageCode): readonly FigureGroup[] {
	return [
		{ title: words.games, figures: ofGames(report, words, language) },
		{ title: words.bidsTitle, figures: ofBids(report, words) },
		{ title: words.rounds, figures: ofRounds(report, words) },
	];
}

function ofGames({ lifetime }: Report, words: Words, language: LanguageCode): Figure[] {
	const { gamesPlayed, gamesWon, totalPoints, currentStreak, lastGameAt } = lifetime;
	const streak = currentStreak < 0 ? words.streakLost(-currentStreak) : words.streakWon(currentStreak);
	const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
	return [
		{ label: words.played, value: String(gamesPlayed) },
		{ label: words.wins, ...shareIn(words, { made: gamesWon, attempted: gamesPlayed }, ENOUGH_GAMES) },
		{ label: words.mean, value: total(Math.round(totalPoints / Math.max(1, gamesPlayed))) },
		{ label: words.totalPoints, value: total(totalPoints) },
		{ label: words.best, value: totalOr(lifetime.highestScore) },
		{ label: words.worst, value: totalOr(lifetime.lowestScore) },
		{ label: words.streak, value: currentStreak === 0 ? NONE : streak },
		{ label: words.bestStreak, value: String(lifetime.mostConsecutiveWins) },
		{ label: words.worstStreak, value: String(lifetime.mostConsecutiveLosses) },
		{ label: words.timePlayed, value: timeSpentOf(language)(lifetime.totalDurationMs) },
		{ label: words.lastGame, value: lastGameAt === null ? NONE : day.format(lastGameAt) },
	];
}

function ofBids(
	{ lifetime, highestBidMade, longestMadeRun, longestMissedRun }: Report,
	words: Words,
): Figure[] {
	const { contractsMade, contractsAttempted, zerosMade, zerosAttempted, trumpWins } = lifetime;
	const contracts = { made: contractsMade, attempted: contractsAttempted };
	const zeros = { made: zerosMade, attempted: zerosAttempted };
	return [
		{ label: words.bids, ...shareIn(words, bidsOf(lifetime), ENOUGH_BIDS) },
		{ label: words.contracts, ...shareIn(words, contracts, ENOUGH_BIDS) },
		{ label: words.zeros, ...shareIn(words, zeros, ENOUGH_BIDS) },
		{ label: words.highestBid, value: totalOr(highestBidMade) },
		{ label: words.madeRun, value: totalOr(longestMadeRun) },
		{ label: words.missedRun, value: totalOr(longestMissedRun) },
		// Of Israeli Whist alone.
		...(trumpWins > 0 ? [{ label: words.auctions, value: String(trumpWins) }] : []),
	];
}

function ofRounds({ lifetime }: Report, words: Words): Figure[] {
	const { totalRounds, totalTricksWon, highestRoundScore, lowestRoundScore, misplays } = lifetime;
	return [
		{ label: words.roundsPlayed, value: String(totalRounds) },
		{ label: words.tricks, value: String(totalTricksWon) },
		{ label: words.bestRound, value: highestRoundScore === null ? NONE : signed(highestRoundScore) },
		{ label: words.worstRound, value: lowestRoundScore === null ? NONE : signed(lowestRoundScore) },
		{ label: words.misplays, value: String(misplays) },
	];
}

function totalOr(value: number | null): string {
	return value === null ? NONE : total(value);
}
