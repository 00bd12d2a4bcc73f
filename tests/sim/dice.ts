/** Choices out of a seed, for tests that play: the same seed makes the same ones. */
import { seeded } from '../../src/lib/cards/seeded.ts';
import { uniform } from '../../src/lib/cards/shuffle.ts';

export interface Dice {
	/** 0 .. n-1. */
	below(n: number): number;
	/** `from` .. `to`, both in. */
	between(from: number, to: number): number;
	/** True that often: 0..1 in steps of a thousandth. */
	chance(share: number): boolean;
	/** Any of them; null of none. */
	pick<T>(items: readonly T[]): T | null;
}

export function createDice(seed: number): Dice {
	const source = seeded(seed);
	const below = (n: number) => uniform(source, n);
	return {
		below,
		between: (from, to) => from + below(to - from + 1),
		chance: (share) => below(1000) < share * 1000,
		pick: (items) => (items.length === 0 ? null : (items[below(items.length)] ?? null)),
	};
}
