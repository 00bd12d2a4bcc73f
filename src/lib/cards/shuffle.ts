/**
 * Fisher-Yates over a source of 32-bit numbers, without bias: a draw that would favour low places is thrown away
 * and made again. The real deal feeds it a keyed stream, bots and tests a seeded generator (`seeded.ts`).
 *
 * The number of draws and their use are part of the deal's definition (a peer deals the round again to check
 * it), so this algorithm never changes: known answers in the tests hold it.
 *
 *     const deck = shuffle(cardsOf(1), source);
 */

/** Where chance comes from: the next whole number of 0 .. 2^32-1. */
export interface RandomSource {
	next32(): number;
}

const NUMBERS_IN_32_BITS = 2 ** 32;

/**
 * A whole number of 0 .. n-1, each equally likely.
 * @param n 1 .. 2^32
 * @throws {RangeError} for any other n
 */
export function uniform(source: RandomSource, n: number): number {
	if (!Number.isInteger(n) || n < 1 || n > NUMBERS_IN_32_BITS) throw new RangeError(`cannot draw of ${n}`);
	// The last numbers that do not fill a whole group of n would make the low results likelier.
	const limit = NUMBERS_IN_32_BITS - (NUMBERS_IN_32_BITS % n);
	let drawn = source.next32();
	while (drawn >= limit) drawn = source.next32();
	return drawn % n;
}

/** A new list with the same items, every order equally likely. From the last place down, one `uniform` a place. */
export function shuffle<T>(items: readonly T[], source: RandomSource): T[] {
	const shuffled = items.slice();
	for (let place = shuffled.length - 1; place > 0; place -= 1) {
		const other = uniform(source, place + 1);
		const item = shuffled[place] as T;
		shuffled[place] = shuffled[other] as T;
		shuffled[other] = item;
	}
	return shuffled;
}
