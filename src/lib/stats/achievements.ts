/** What somebody has managed for the first time, and the game it was in (Israeli Whist 9). */
import type { GameId } from '../game/table-types.ts';
import { COMEBACK } from '../games/israeli-whist/summary.ts';
import type { GameSummary, PlayerLine } from './summary-types.ts';

export const ACHIEVEMENTS = [
	'first_win',
	/** Ten bids of 0 met, over all games. */
	'ten_zeros',
	/** Every bid of a game met. */
	'all_made',
	/** Won after trailing by `COMEBACK` or more at the end of some round. */
	'comeback_win',
	/** Won a game that had a round with three frischs. */
	'three_frisch_win',
] as const;
export type Achievement = (typeof ACHIEVEMENTS)[number];

/** Zeros it takes. */
export const TEN_ZEROS = 10;

export interface Earned {
	readonly game: GameId;
	/** End of that game, ms since 1970. */
	readonly unlockedAt: number;
}

/**
 * With what this game adds; an achievement stays with the game that earned it first.
 * @param zerosMade bids of 0 met up to now, this game's included
 */
export function earned(
	achievements: Readonly<Partial<Record<Achievement, Earned>>>,
	{ game, endedAt, highlights }: GameSummary,
	line: PlayerLine,
	zerosMade: number,
): Readonly<Partial<Record<Achievement, Earned>>> {
	const holds: Readonly<Record<Achievement, boolean>> = {
		first_win: line.isWinner,
		ten_zeros: zerosMade >= TEN_ZEROS,
		all_made: line.madeAll,
		comeback_win: line.isWinner && line.mostBehind >= COMEBACK,
		three_frisch_win: line.isWinner && highlights.includes('three_frischs'),
	};
	const fresh = ACHIEVEMENTS.filter((one) => holds[one] && achievements[one] === undefined);
	if (fresh.length === 0) return achievements;
	return { ...achievements, ...Object.fromEntries(fresh.map((one) => [one, { game, unlockedAt: endedAt }])) };
}
