/**
 * Everything the statistics page shows, counted in one go from summaries: what goes from the thread that counts to the
 * one that draws.
 *
 *     const report = reportOf(player, summaries);
 */
import type { Variant } from '../game/game.ts';
import type { Face, GameId, PlayerId } from '../game/table-types.ts';
import { earned, type Achievement, type Earned } from './achievements.ts';
import { chronological, countedLine, lifetimeOf, type Lifetime } from './lifetime.ts';
import type { GameSummary } from './summary-types.ts';

/** How a game ended for its player. */
export interface GameResult {
	readonly game: GameId;
	/** ms since 1970. */
	readonly endedAt: number;
	readonly score: number;
	readonly isWon: boolean;
	readonly place: number;
	readonly players: number;
}

export interface Report {
	readonly lifetime: Lifetime;
	/** Games that count, oldest first. */
	readonly results: readonly GameResult[];
	/** Highest bid met, and the longest runs of bids met and missed within a game; null before the first. */
	readonly highestBidMade: number | null;
	readonly longestMadeRun: number | null;
	readonly longestMissedRun: number | null;
}

export function reportOf(player: PlayerId, summaries: readonly GameSummary[]): Report {
	const lines = chronological(summaries).flatMap((summary) => {
		const line = countedLine(summary, player);
		return line === null ? [] : [{ summary, line }];
	});
	const most = (numbers: readonly (number | null)[]): number | null =>
		numbers.reduce<number | null>(
			(best, one) => (one === null || (best !== null && best >= one) ? best : one),
			null,
		);
	return {
		lifetime: lifetimeOf(player, summaries),
		results: lines.map(({ summary, line }) => ({
			game: summary.game,
			endedAt: summary.endedAt,
			score: line.score,
			isWon: line.isWinner,
			place: line.place,
			players: summary.players.length,
		})),
		highestBidMade: most(lines.map(({ line }) => line.highestBidMade)),
		longestMadeRun: most(lines.map(({ line }) => line.longestMadeRun)),
		longestMissedRun: most(lines.map(({ line }) => line.longestMissedRun)),
	};
}

/** Of all games of both kinds and of all time, as the database counts them: the ten zeros may be of both. */
export function achievementsOf(
	player: PlayerId,
	summaries: readonly GameSummary[],
): Readonly<Partial<Record<Achievement, Earned>>> {
	let found: Readonly<Partial<Record<Achievement, Earned>>> = {};
	let zerosMade = 0;
	for (const summary of chronological(summaries)) {
		const line = countedLine(summary, player);
		if (line === null) continue;
		zerosMade += line.zerosMade;
		found = earned(found, summary, line, zerosMade);
	}
	return found;
}

/** The game that was played last; null before the first that counts. */
export function newestVariant(player: PlayerId, summaries: readonly GameSummary[]): Variant | null {
	const counted = chronological(summaries).filter((summary) => countedLine(summary, player) !== null);
	return counted.at(-1)?.variant ?? null;
}

/** A person one has sat with, in any game. */
export interface Acquaintance {
	readonly player: PlayerId;
	/** As they looked last. */
	readonly face: Face;
}

/** Everybody else of these games, bots left out; whom one met last comes first. */
export function acquaintancesOf(me: PlayerId, summaries: readonly GameSummary[]): readonly Acquaintance[] {
	const met = new Map<PlayerId, Face>();
	for (const { players } of chronological(summaries).toReversed()) {
		for (const { player, face } of players) {
			if (player !== null && player !== me && !met.has(player)) met.set(player, face);
		}
	}
	return [...met].map(([player, face]) => ({ player, face }));
}
