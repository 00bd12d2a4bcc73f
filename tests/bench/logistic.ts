/** Logistic regression by Newton's method, for the fits of the bots' weights. */

const NEWTON_STEPS = 8;
/** Keeps weights that the games say little about near zero. */
const RIDGE = 1;

export interface Samples {
	readonly rows: Float64Array[];
	readonly won: boolean[];
}

/** @param size numbers a row */
export function fit({ rows, won }: Samples, size: number): number[] {
	const found = new Array<number>(size).fill(0);
	for (let step = 0; step < NEWTON_STEPS; step++) {
		const slope = new Float64Array(size);
		const bend = Array.from({ length: size }, () => new Float64Array(size));
		rows.forEach((row, sample) => {
			let odds = 0;
			for (let i = 0; i < size; i++) odds += found[i]! * row[i]!;
			const chance = 1 / (1 + Math.exp(-odds));
			const error = (won[sample] === true ? 1 : 0) - chance;
			const spread = chance * (1 - chance);
			for (let i = 0; i < size; i++) {
				slope[i]! += error * row[i]!;
				const line = bend[i]!;
				for (let j = 0; j <= i; j++) line[j]! += spread * row[i]! * row[j]!;
			}
		});
		for (let i = 0; i < size; i++) {
			slope[i]! -= RIDGE * found[i]!;
			bend[i]![i]! += RIDGE;
			for (let j = 0; j < i; j++) bend[j]![i] = bend[i]![j]!;
		}
		solve(bend, slope).forEach((change, i) => (found[i]! += change));
	}
	return found;
}

/** Gauss-Jordan with pivots; the matrix is positive definite. */
function solve(matrix: readonly Float64Array[], right: Float64Array): number[] {
	const size = right.length;
	const lines = matrix.map((line, i) => [...line, right[i]!]);
	for (let i = 0; i < size; i++) {
		let pivot = i;
		for (let r = i + 1; r < size; r++) if (Math.abs(lines[r]![i]!) > Math.abs(lines[pivot]![i]!)) pivot = r;
		[lines[i], lines[pivot]] = [lines[pivot]!, lines[i]!];
		for (let r = 0; r < size; r++) {
			if (r === i) continue;
			const share = lines[r]![i]! / lines[i]![i]!;
			for (let c = i; c <= size; c++) lines[r]![c]! -= share * lines[i]![c]!;
		}
	}
	return lines.map((line, i) => line[size]! / line[i]!);
}
