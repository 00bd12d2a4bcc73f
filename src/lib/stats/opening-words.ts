/**
 * With which of its wordings a game begins each fact. It follows from the game's id alone, so every phone and every
 * replay says the same; whoever opens the next game at a table draws its id until that begins with others.
 *
 *     openingOf(game) % wordings   // the place of the first wording
 *     isNewOpening(next, game)     // no fact begins with the wording that it began with before
 */

/** How many wordings a fact can have: any number that divides `OPENINGS`. */
export const MIN_WORDINGS = 4;
export const MAX_WORDINGS = 6;
/** The least that 4, 5 and 6 divide: each place is as likely as any other. */
const OPENINGS = 60;

/** 0 .. 59 */
export function openingOf(game: string): number {
	return hash(game) % OPENINGS;
}

/** More than half of all ids are. */
export function isNewOpening(game: string, previous: string): boolean {
	const apart = openingOf(game) - openingOf(previous);
	for (let wordings = MIN_WORDINGS; wordings <= MAX_WORDINGS; wordings += 1) {
		if (apart % wordings === 0) return false;
	}
	return true;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1) {
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	}
	return value >>> 0;
}
