/**
 * What players say to each other with one tap: known phrases, so that everybody reads them in a language of their own
 * and nobody has to be kept from anything.
 */
export const PHRASES = [
	'hello',
	'good_luck',
	'well_played',
	'wow',
	'oops',
	'thanks',
	'moment',
	'good_game',
] as const;
export type Phrase = (typeof PHRASES)[number];

/** In one game: more than the merriest evening, and little beside the cards of a log. */
export const MAX_PHRASES = 300;
