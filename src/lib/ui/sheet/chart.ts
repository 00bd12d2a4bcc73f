/** Points of the chart of totals, in units of its 320 x 150 box: rounds to the right, totals up. */
import type { SeatIndex } from '../../game/game.ts';

const LEFT = 36;
const RIGHT = 296;
const TOP = 10;
const BOTTOM = 140;
/** Lines of the grid beside zero: enough to read a value off, not more. */
const MOST_TICKS = 5;

interface Point {
	readonly x: number;
	readonly y: number;
}
export interface Chart {
	/** In the order of `seats`. */
	readonly lines: readonly { readonly seat: SeatIndex; readonly points: string; readonly end: Point }[];
	readonly ticks: readonly { readonly value: number; readonly y: number }[];
}

/** @param sheet the totals after each round, by seat */
export function chartLines(
	sheet: readonly { readonly totals: readonly number[] }[],
	seats: readonly SeatIndex[],
): Chart {
	const totals = seats.map((seat) => [0, ...sheet.map((row) => row.totals[seat] ?? 0)]);
	const all = totals.flat();
	const step = tickStep(Math.max(...all, 1) - Math.min(...all, 0));
	const low = Math.floor(Math.min(...all, 0) / step) * step;
	const high = Math.ceil(Math.max(...all, 1) / step) * step;
	const rounds = Math.max(1, sheet.length);
	const x = (round: number): number => round1(LEFT + ((RIGHT - LEFT) * round) / rounds);
	const y = (value: number): number => round1(BOTTOM - ((BOTTOM - TOP) * (value - low)) / (high - low));
	return {
		lines: seats.map((seat, i) => {
			const line = (totals[i] ?? [0]).map((value, round) => ({ x: x(round), y: y(value) }));
			return {
				seat,
				points: line.map((point) => `${point.x},${point.y}`).join(' '),
				end: line.at(-1) ?? { x: x(0), y: y(0) },
			};
		}),
		ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => {
			const value = low + i * step;
			return { value, y: y(value) };
		}),
	};
}

/** A round distance between lines of the grid: 5, 10, 20, 50, 100. */
function tickStep(range: number): number {
	return [5, 10, 20, 50, 100].find((step) => range / step <= MOST_TICKS - 1) ?? 200;
}

function round1(value: number): number {
	return Math.round(value * 10) / 10;
}
