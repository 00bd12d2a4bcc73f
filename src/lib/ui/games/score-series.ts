/** The chart of points over time, in units of its 320 x 120 box: games to the right, points up. */

export interface ScorePoint {
	readonly x: number;
	readonly y: number;
	readonly score: number;
	readonly isWon: boolean;
}

const LEFT = 34;
const RIGHT = 312;
const TOP = 8;
const BOTTOM = 112;
/** Of the running mean: a few games on either side smooth out luck, more hide a change. */
const MEAN_GAMES = 5;

export interface ScoreChart {
	readonly points: readonly ScorePoint[];
	/** Running mean, as `points` of a polyline. */
	readonly mean: string;
	readonly ticks: readonly { readonly value: number; readonly y: number }[];
}

/** @param games oldest first */
export function scoreChart(
	games: readonly { readonly score: number; readonly isWon: boolean }[],
): ScoreChart {
	const scores = games.map(({ score }) => score);
	const low = Math.min(0, ...scores);
	const high = Math.max(0, ...scores);
	const range = Math.max(1, high - low);
	const xAt = (index: number): number =>
		games.length === 1 ? (LEFT + RIGHT) / 2 : LEFT + ((RIGHT - LEFT) * index) / (games.length - 1);
	const yAt = (score: number): number => BOTTOM - ((BOTTOM - TOP) * (score - low)) / range;
	const mean = scores.map((_, index) => {
		const last = scores.slice(Math.max(0, index - MEAN_GAMES + 1), index + 1);
		const value = last.reduce((sum, one) => sum + one, 0) / last.length;
		return `${xAt(index).toFixed(1)},${yAt(value).toFixed(1)}`;
	});
	return {
		points: games.map(({ score, isWon }, index) => ({ x: xAt(index), y: yAt(score), score, isWon })),
		mean: mean.join(' '),
		ticks: [...new Set([low, 0, high])].map((value) => ({ value, y: yAt(value) })),
	};
}
