/**
 * A small fast generator for bots and tests (sfc32, Chris Doty-Humphrey's, public domain): the same seed gives the
 * same numbers everywhere, for ever. Not for the real deal: 32 bits of seed can be guessed from one hand.
 *
 *     const source = seeded(42);
 *     shuffle(cardsOf(1), source);
 */
import type { RandomSource } from './shuffle.ts';

/** Rounds until the state no longer shows the seed; the number its author gives. */
const WARM_UP_ROUNDS = 12;

/** @param seed any number; its low 32 bits count */
export function seeded(seed: number): RandomSource {
	let a = 0;
	let b = 0;
	let c = seed | 0;
	let counter = 1;

	function next32(): number {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		c |= 0;
		return sum >>> 0;
	}

	for (let round = 0; round < WARM_UP_ROUNDS; round += 1) next32();
	return { next32 };
}
