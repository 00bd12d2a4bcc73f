/**
 * Where each card of a hand lies in the fan: left to right in any script, overlapping as much as the width
 * demands, bent a little so that it looks held. All lengths in px of the page, from the fan's left edge.
 */

export interface FanInput {
	readonly count: number;
	/** Of the space there is. */
	readonly width: number;
	readonly cardWidth: number;
	/** The gap that sets trump apart lies before this card; null without one. */
	readonly gapBefore: number | null;
}

export interface FanPlace {
	/** Of the card's left edge. */
	readonly x: number;
	/** Down from the highest card. */
	readonly y: number;
	/** Degrees, clockwise. */
	readonly angle: number;
}

/** Cards never lie further apart than this part of their width: the hand stays one thing. */
const WIDEST_STEP = 0.7;
/** The trump gap, in card widths. */
const GAP = 0.16;
/** Degrees between neighbours, and at most over the whole fan: more would cut into the indexes. */
const DEGREES_A_CARD = 1.3;
const MOST_DEGREES = 11;
/** How much lower the outermost cards lie, in card widths, in a full hand. */
const SAG = 0.13;

export function fan({ count, width, cardWidth, gapBefore }: FanInput): readonly FanPlace[] {
	if (count === 0) return [];
	const gap = gapBefore === null || count < 2 ? 0 : cardWidth * GAP;
	const step =
		count === 1 ? 0 : Math.max(0, Math.min(cardWidth * WIDEST_STEP, (width - cardWidth - gap) / (count - 1)));
	const left = (width - (cardWidth + step * (count - 1) + gap)) / 2;
	const spread = Math.min(MOST_DEGREES, DEGREES_A_CARD * (count - 1));
	const sag = cardWidth * SAG * Math.min(1, (count - 1) / 7);
	return Array.from({ length: count }, (_, i) => {
		// From -1 at the left end to 1 at the right.
		const t = count === 1 ? 0 : (2 * i) / (count - 1) - 1;
		return {
			x: left + step * i + (gapBefore !== null && i >= gapBefore ? gap : 0),
			y: sag * t * t,
			angle: (spread / 2) * t,
		};
	});
}
