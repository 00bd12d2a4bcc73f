/**
 * Where people sit on the screen. The viewer (or seat 0, for a watcher) is at the bottom; the others follow
 * clockwise, first to the left. Places are parts of the table's box, so that one geometry serves every size:
 * the page turns them into lengths with custom properties.
 */

export interface OvalPlace {
	/** Centre of the plate in parts of the table's box, 0 .. 1 from its left and top. */
	readonly x: number;
	readonly y: number;
}

export interface RowPlace {
	/** 1 is the upper row. */
	readonly row: 1 | 2;
	/** First of two grid columns that the plate takes; a row of fewer plates is centred or split by halves. */
	readonly column: number;
}

export interface TrickPlace {
	/** From the middle towards the player who played it, -1 .. 1 each way. */
	readonly x: number;
	readonly y: number;
	/** Degrees, clockwise: cards thrown on a table do not lie straight. */
	readonly angle: number;
}

/** How many seats clockwise of the viewer a seat is; 0 is the viewer's own. */
export function placeOf(seat: number, viewer: number | null, seats: number): number {
	return (seat - (viewer ?? 0) + seats) % seats;
}

/**
 * Degrees of the arc, on either side of the bottom, that are left to the hand, by the number of plates: few people
 * sit opposite and at the sides, many close in.
 */
const HAND_DEGREES = [180, 180, 116, 90, 78, 70, 64, 59, 55, 52] as const;

/**
 * Plates around an oval, evenly along the arc that the hand leaves free; the viewer's own is not among them.
 * A watcher has no hand, and the seats go all the way round. `place` is that of `placeOf`.
 */
export function ovalPlace(place: number, seats: number, hasHand: boolean): OvalPlace {
	const free = HAND_DEGREES[seats - 1] ?? 52;
	const degrees = hasHand
		? alongOval(90 + free, 450 - free, (place - 1) / Math.max(1, seats - 2))
		: alongOval(90, 450, place / seats);
	const angle = (degrees * Math.PI) / 180;
	return { x: round(0.5 + 0.5 * Math.cos(angle)), y: round(0.5 + 0.5 * Math.sin(angle)) };
}

/** How much wider than high the table is taken to be; on other screens the steps differ a little, nobody minds. */
const ASPECT = 1.7;

/**
 * The angle a part of the way from one angle to another, as one walks along the oval: even steps by angle would
 * crowd the plates at its narrow ends.
 */
function alongOval(from: number, to: number, part: number): number {
	const steps = Math.max(1, Math.round(to - from));
	const lengths = [0];
	for (let i = 0; i < steps; i++) {
		const angle = ((from + ((to - from) * (i + 0.5)) / steps) * Math.PI) / 180;
		// Not Math.hypot: a page that has just come would spend eight milliseconds on it before its first frame.
		lengths.push((lengths[i] ?? 0) + Math.sqrt((ASPECT * Math.sin(angle)) ** 2 + Math.cos(angle) ** 2));
	}
	const walked = part * (lengths[steps] ?? 0);
	const i = lengths.findIndex((length) => length >= walked - 1e-9);
	return from + ((to - from) * i) / steps;
}

/** Up to this many plates stand in one row of a phone. */
const ONE_ROW = 4;

/** Columns of the grid of plates on a phone, each plate taking two. */
export function rowColumns(plates: number): number {
	return plates <= ONE_ROW ? Math.max(plates, 2) * 2 : Math.ceil(plates / 2) * 2;
}

/**
 * Plates of the others on a phone. Up to four stand in a row. More stand in two: those beside the viewer in the
 * lower row, left and right of a gap, those across the table in the upper.
 */
export function rowPlace(index: number, plates: number): RowPlace {
	const columns = rowColumns(plates);
	if (plates <= ONE_ROW) {
		const start = (columns - plates * 2) / 2 + 1;
		return { row: 1, column: start + index * 2 };
	}
	const lower = Math.floor(plates / 2);
	const left = Math.ceil(lower / 2);
	const upper = plates - lower;
	// Lower left is read from the table's edge inwards: the seat next to the viewer is the outermost.
	if (index < left) return { row: 2, column: 1 + index * 2 };
	if (index < left + upper) return { row: 1, column: (columns - upper * 2) / 2 + 1 + (index - left) * 2 };
	const right = lower - left;
	return { row: 2, column: columns - right * 2 + 1 + (index - left - upper) * 2 };
}

/** Where a played card lies: around the middle, on its player's side, turned a little and always the same. */
export function trickPlace(place: number, seats: number): TrickPlace {
	const angle = ((90 + (360 * place) / seats) * Math.PI) / 180;
	return {
		x: round(Math.cos(angle)),
		y: round(Math.sin(angle)),
		angle: ((place * 47) % 15) - 7,
	};
}

function round(value: number): number {
	// Plus zero: a minus zero would be another number to a comparison.
	return Math.round(value * 1000) / 1000 + 0;
}
