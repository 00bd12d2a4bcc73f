/**
 * With and against whom: everybody plays for themselves, so a rival is whoever sat at the same table. Between two
 * players the higher score of a game is its win, whoever else was ahead of both. Bots of one level are one rival, and
 * a game against three of them is one game: against the best of the three.
 */
import type { Face, PlayerId } from '../game/table-types.ts';
import type { GameSummary, PlayerLine } from './summary-types.ts';

/** A record of fewer games together is chance: nobody is a nemesis for one bad evening. */
export const ENOUGH_TOGETHER = 5;

/** One's record against somebody. */
export interface Rival {
	/** null for bots, which are one rival a level, and for who had no phone: one rival a name. */
	readonly player: PlayerId | null;
	readonly bot: PlayerLine['bot'];
	/** As they looked in the last game that was folded. */
	readonly face: Face;
	readonly games: number;
	/** Games in which one's own score was higher, lower, the same. */
	readonly wins: number;
	readonly losses: number;
	readonly ties: number;
	/** Own scores less theirs, over all games. */
	readonly difference: number;
	/** ms since 1970. */
	readonly lastAt: number;
}

/** By whom a rival is known in a record of them. */
export function rivalKey({ player, bot, face }: Pick<PlayerLine, 'player' | 'bot' | 'face'>): string {
	return player ?? (bot === null ? `name.${face.name}` : `bot.${bot}`);
}

export function withRivals(
	rivals: Readonly<Record<string, Rival>>,
	summary: GameSummary,
	own: PlayerLine,
): Readonly<Record<string, Rival>> {
	const all: Record<string, Rival> = { ...rivals };
	for (const [key, { player, bot, face, score }] of bestLines(summary, own)) {
		const before = all[key];
		all[key] = {
			player,
			bot,
			face,
			games: (before?.games ?? 0) + 1,
			wins: (before?.wins ?? 0) + (own.score > score ? 1 : 0),
			losses: (before?.losses ?? 0) + (own.score < score ? 1 : 0),
			ties: (before?.ties ?? 0) + (own.score === score ? 1 : 0),
			difference: (before?.difference ?? 0) + own.score - score,
			lastAt: Math.max(before?.lastAt ?? 0, summary.endedAt),
		};
	}
	return all;
}

/** Of everybody else who played, each rival once: with the highest score that it has in the game. */
function bestLines({ players }: GameSummary, own: PlayerLine): ReadonlyMap<string, PlayerLine> {
	const best = new Map<string, PlayerLine>();
	for (const line of players) {
		if (line.seat === own.seat || line.rounds === 0) continue;
		const key = rivalKey(line);
		if (line.score > (best.get(key)?.score ?? -Infinity)) best.set(key, line);
	}
	return best;
}

/** Who has won against one most often, and more often than lost; null for nobody. Bots are nobody's nemesis. */
export function nemesisOf(rivals: Readonly<Record<string, Rival>>): Rival | null {
	const people = Object.values(rivals).filter(({ player }) => player !== null);
	return nemesisAmong(people.sort((a, b) => b.lastAt - a.lastAt));
}

/** The first of equals; null while there are not enough games with anybody who is ahead. */
export function nemesisAmong<T extends Pick<Rival, 'games' | 'wins' | 'losses'>>(
	rivals: readonly T[],
): T | null {
	const ahead = rivals.filter(({ games, wins, losses }) => games >= ENOUGH_TOGETHER && losses > wins);
	return ahead.toSorted((a, b) => b.losses - b.wins - (a.losses - a.wins))[0] ?? null;
}

export interface HeadToHead {
	readonly games: number;
	/** Games in which the first scored higher, lower, the same. */
	readonly wins: number;
	readonly losses: number;
	readonly ties: number;
	/** Scores of the first less those of the second, a game; null before the first. */
	readonly meanDifference: number | null;
}

/** A record against somebody who sat under any of these keys: sums of the one's rivals. */
export function recordAgainst(
	rivals: Readonly<Record<string, Rival>>,
	keys: readonly PlayerId[],
): HeadToHead {
	const found = keys.flatMap((key) => rivals[key] ?? []);
	const sum = (of: (rival: Rival) => number): number => found.reduce((all, one) => all + of(one), 0);
	const games = sum((rival) => rival.games);
	return {
		games,
		wins: sum((rival) => rival.wins),
		losses: sum((rival) => rival.losses),
		ties: sum((rival) => rival.ties),
		meanDifference: games === 0 ? null : sum((rival) => rival.difference) / games,
	};
}

/** Two players over all games that both played to the end; the same in any order. */
export function headToHead(a: PlayerId, b: PlayerId, summaries: readonly GameSummary[]): HeadToHead {
	const differences = new Map<string, number>();
	for (const summary of summaries) {
		const [first, second] = [a, b].map((player) =>
			summary.players.find((line) => line.player === player && line.rounds > 0),
		);
		if (summary.status !== 'completed' || first === undefined || second === undefined) continue;
		differences.set(summary.game, first.score - second.score);
	}
	const all = [...differences.values()];
	return {
		games: all.length,
		wins: all.filter((difference) => difference > 0).length,
		losses: all.filter((difference) => difference < 0).length,
		ties: all.filter((difference) => difference === 0).length,
		meanDifference: all.length === 0 ? null : all.reduce((sum, one) => sum + one, 0) / all.length,
	};
}
