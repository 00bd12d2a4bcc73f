/**
 * The drawings of the cards: our own outlines, in a box of 100 x 100 each, filled by `currentColor`.
 * A card face is 100 x 140 units (5:7); pips stand on three columns and on heights given as parts of the face.
 */
import type { Suit } from '../../cards/card.ts';

export const SUIT_PATHS: Readonly<Record<Suit, string>> = {
	C: 'M50 5a21.5 21.5 0 0 1 17 34.6a21.5 21.5 0 1 1-11.5 38.4c1.5 8 5 14 11.5 18H33c6.5-4 10-10 11.5-18a21.5 21.5 0 1 1-11.5-38.4A21.5 21.5 0 0 1 50 5z',
	D: 'M50 2q15 26 37 48q-22 22-37 48q-15-26-37-48q22-22 37-48z',
	H: 'M50 95C36 76 5 59 5 31C5 17 15 7 27.5 7C38 7 46 13.5 50 24C54 13.5 62 7 72.5 7C85 7 95 17 95 31C95 59 64 76 50 95z',
	S: 'M50 3C59 25 94 41 94 66C94 78 85 86 74 86C66 86 59 82 54.5 76C55.5 85 59 92 66 96H34C41 92 44.5 85 45.5 76C41 82 34 86 26 86C15 86 6 78 6 66C6 41 41 25 50 3z',
};

/** What stands over the letter of a court card: a plume, a tiara with pearls, a closed crown. */
export const COURT_PATHS: Readonly<Record<'J' | 'Q' | 'K', string>> = {
	J: 'M14 88C22 52 44 18 90 10C88 20 84 26 77 31L84 32C79 42 73 48 64 52L71 54C62 66 48 71 34 70C28 76 24 82 21 90zM26 76C36 56 50 40 68 28C50 36 34 52 24 74z',
	Q: 'M8 34a7 7 0 1 1 8 7L30 60L42 30a7.5 7.5 0 1 1 16 0L70 60L84 41a7 7 0 1 1 8-7a7 7 0 0 1-3 6L80 76H20L11 40a7 7 0 0 1-3-6zM20 82H80V91H20z',
	K: 'M46 4H54V12H62V20H54V27C66 22 94 26 94 46C94 58 86 66 80 75H20C14 66 6 58 6 46C6 26 34 22 46 27V20H38V12H46zM46 36C34 30 16 34 16 46C16 54 22 60 26 66H46zM54 36V66H74C78 60 84 54 84 46C84 34 66 30 54 36zM20 81H80V91H20z',
};

/** Columns of pips, in units of the face. */
const LEFT = 34;
const MIDDLE = 50;
const RIGHT = 66;

/** x and y of the centre of every pip of a number card, by rank number (0 is the two); the ace has one. */
export interface Pip {
	readonly x: number;
	readonly y: number;
	/** Stands on its head, as all in the lower half do. */
	readonly flipped: boolean;
}

const TOP = 26;
const BOTTOM = 140 - TOP;
const CENTRE = 70;
const ROW_OF_FOUR = (BOTTOM - TOP) / 3;

/** Columns of the two sides and the heights of the middle, for the number cards two to ten. */
const SIDE_ROWS: readonly (readonly number[])[] = [
	[],
	[],
	[TOP, BOTTOM],
	[TOP, BOTTOM],
	[TOP, CENTRE, BOTTOM],
	[TOP, CENTRE, BOTTOM],
	[TOP, CENTRE, BOTTOM],
	[TOP, TOP + ROW_OF_FOUR, BOTTOM - ROW_OF_FOUR, BOTTOM],
	[TOP, TOP + ROW_OF_FOUR, BOTTOM - ROW_OF_FOUR, BOTTOM],
];
const MIDDLE_ROWS: readonly (readonly number[])[] = [
	[TOP, BOTTOM],
	[TOP, CENTRE, BOTTOM],
	[],
	[CENTRE],
	[],
	[TOP + 20],
	[TOP + 20, BOTTOM - 20],
	[CENTRE],
	[TOP + ROW_OF_FOUR / 2, BOTTOM - ROW_OF_FOUR / 2],
];

/** Pips of a number card; empty for courts and the ace, which are drawn another way. */
export function pipsOf(rank: number): readonly Pip[] {
	const sides = SIDE_ROWS[rank] ?? [];
	const middles = MIDDLE_ROWS[rank] ?? [];
	const at = (x: number) => (y: number) => ({ x, y, flipped: y > CENTRE });
	return [...sides.map(at(LEFT)), ...middles.map(at(MIDDLE)), ...sides.map(at(RIGHT))];
}

/** The index of a card as printed: `10`, not the `T` of the notation. */
export const INDEXES = ['2', '3', '4', '5', '6', '7', '8', '9', '10', 'J', 'Q', 'K', 'A'] as const;
