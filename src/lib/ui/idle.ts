/** A table that nobody touches for a day is closed: it lies with the games that are over, and opens again where it was. */

/** A night between two halves of a game is no end of it. */
export const IDLE_MS = 24 * 60 * 60_000;

/** @param touchedAt,now ms of one clock */
export function isIdle(touchedAt: number, now: number): boolean {
	return now - touchedAt >= IDLE_MS;
}
