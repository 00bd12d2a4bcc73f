/**
 * The value that `part` (0..1) of all are at or below.
 *
 * @throws Error when there are none
 */
export function quantile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
	if (value === undefined) throw new Error('nothing was measured');
	return value;
}
