/** Strains as the cards on the screen know them. */
import type { Suit } from '../../../cards/card.ts';
import type { Bid, Strain } from '../../../games/israeli-whist/types.ts';

const SUITS: Readonly<Record<Strain, Suit | null>> = {
	clubs: 'C',
	diamonds: 'D',
	hearts: 'H',
	spades: 'S',
	no_trump: null,
};

/** null for no-trump. */
export function suitOfStrain(strain: Strain): Suit | null {
	return SUITS[strain];
}

export function includesBid(bids: readonly Bid[], amount: number, strain: Strain): boolean {
	return bids.some((bid) => bid.amount === amount && bid.strain === strain);
}
