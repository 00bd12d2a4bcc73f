/**
 * How long to wait before trying again: doubling from half a second to 15 s, with jitter, so that the peers of a
 * table that lost its network together do not all come back in the same instant.
 */

const FIRST_MS = 500;
/** Somebody is looking at the screen while this runs: rarer than this feels like giving up. */
const LONGEST_MS = 15_000;

/** @param attempt failures so far, from 0 */
export function backoffMs(attempt: number, random: (bytes: number) => Uint8Array): number {
	const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
	const share = (random(1)[0] ?? 0) / 256;
	return Math.round(full / 2 + (full / 2) * share);
}
