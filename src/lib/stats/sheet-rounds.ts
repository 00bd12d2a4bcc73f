/**
 * The score sheet of either game in common words: scored rounds with the totals after them. A sheet is public, so a
 * state, a view and a finished log give the same rounds.
 */
import { SUITS, suitIndexOf } from '../cards/card.ts';
import type { SheetRow as ElDoradoRow } from '../games/el-dorado/types.ts';
import { TRICKS, type SheetRow as IsraeliWhistRow } from '../games/israeli-whist/types.ts';
import { TRUMPS, type RoundLine, type Trump } from './summary-types.ts';

/** A scored round with the totals after it, adjustments included, by seat. */
export interface ReadRound extends RoundLine {
	readonly totals: readonly number[];
}

export function roundsOfElDorado(sheet: readonly ElDoradoRow[]): readonly ReadRound[] {
	return sheet.map(({ round, cardsEach, dealer, trumpCard, bids, tricks, scores, totals }) => ({
		round,
		cards: cardsEach,
		dealer,
		trump: trumpCard === null ? null : trumpOfSuit(suitIndexOf(trumpCard)),
		declarer: null,
		frischs: 0,
		bids,
		tricks,
		scores,
		totals,
	}));
}

export function roundsOfIsraeliWhist(sheet: readonly IsraeliWhistRow[]): readonly ReadRound[] {
	return sheet.map(({ round, dealer, trump, declarer, frischs, contracts, tricks, scores, totals }) => ({
		round,
		cards: TRICKS,
		dealer,
		trump,
		declarer,
		frischs,
		bids: contracts,
		tricks,
		scores,
		totals,
	}));
}

/** Trumps stand in the order of suit numbers. */
function trumpOfSuit(suit: number): Trump | null {
	return suit < SUITS.length ? (TRUMPS[suit] ?? null) : null;
}
