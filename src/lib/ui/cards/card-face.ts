/**
 * The two faces of a card, each as one outline: a hand of thirteen is on the screen in a moment, and a page full of hands
 * too. In units of the face, 100 x 140.
 */
import { rankOf, suitOf, type CardId } from '../../cards/card.ts';
import { COURT_PATHS, INDEXES, pipsOf, SUIT_PATHS } from './card-art.ts';

export interface CardFace {
	/** As it is printed in the corner. */
	readonly index: string;
	readonly isCourt: boolean;
	/** For a small card: one mark, large. */
	readonly plain: string;
	/** With its pips, or what a court has. */
	readonly full: string;
}

const drawn = new Map<CardId, CardFace>();

export function faceOf(card: CardId): CardFace {
	const face = drawn.get(card) ?? draw(card);
	drawn.set(card, face);
	return face;
}

function draw(card: CardId): CardFace {
	const [suit, rank] = [suitOf(card), rankOf(card)];
	const index = INDEXES[rank] ?? '';
	const court = index === 'J' || index === 'Q' || index === 'K' ? COURT_PATHS[index] : null;
	const mark = (x: number, y: number, size: number) => placed(SUIT_PATHS[suit], x, y, size);
	const plain = [mark(23, 64, 29)];
	const full = [mark(13, 34, 15), mark(87, 106, -15)];
	if (court !== null) {
		plain.push(placed(court, 64, 76, 34), mark(64, 110, 36));
		full.push(placed(court, 50, 33, 27), mark(50, 109, 20));
	} else {
		plain.push(mark(62, 98, 58));
		if (index === 'A') full.push(mark(50, 70, suit === 'S' ? 58 : 46));
		for (const { x, y, flipped } of pipsOf(rank)) full.push(mark(x, y, flipped ? -19 : 19));
	}
	return { index, isCourt: court !== null, plain: plain.join(''), full: full.join('') };
}

/** Which numbers of a command are lengths alone: the radii of an arc; its angle and flags stay as they are. */
const ARC = { numbers: 7, lengths: 2, kept: 5 };

/**
 * An outline of a box of 100 x 100 with its middle at a place.
 * @param size of the box there; negative: it stands on its head
 */
export function placed(outline: string, x: number, y: number, size: number): string {
	const scale = size / 100;
	const at = { x: x - 50 * scale, y: y - 50 * scale };
	return outline.replaceAll(/([a-z])([^a-z]*)/gi, (_, command: string, rest: string) => {
		const kind = command.toUpperCase();
		// Relative ones go with the size only.
		const from = command === kind ? at : { x: 0, y: 0 };
		const numbers = rest.match(/-?(?:\d+\.?\d*|\.\d+)/g)?.map(Number) ?? [];
		const moved = numbers.map((number, place) => {
			const inArc = place % ARC.numbers;
			if (kind === 'A' && inArc < ARC.lengths) return number * Math.abs(scale);
			if (kind === 'A' && inArc < ARC.kept) return number;
			const isAcross = kind === 'A' ? inArc === ARC.kept : kind === 'H' || (kind !== 'V' && place % 2 === 0);
			return number * scale + (isAcross ? from.x : from.y);
		});
		return command + moved.map((number) => Math.round(number * 100) / 100).join(' ');
	});
}
