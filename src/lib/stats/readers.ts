/**
 * What statistics need to know of each game that the `Game` interface does not say: its score sheet in common words,
 * who has won, and what only its own log tells. One reader a game; nothing else here names one.
 */
import { SUITS, suitIndexOf } from '../cards/card.ts';
import { assertNever } from '../game/assert.ts';
import type { GameState, SeatIndex, Variant } from '../game/game.ts';
import type { LogEvent } from '../game/table-types.ts';
import type { ElDoradoState } from '../games/el-dorado/state.ts';
import type { IsraeliWhistState } from '../games/israeli-whist/state.ts';
import { summarize as summarizeIsraeliWhist } from '../games/israeli-whist/summary.ts';
import { TRICKS } from '../games/israeli-whist/types.ts';
import { TRUMPS, type RoundLine, type Trump } from './summary-types.ts';

/** A scored round with the totals after it, adjustments included, by seat. */
export interface ReadRound extends RoundLine {
	readonly totals: readonly number[];
}

/** What is known of a whole game beside its rows. */
export interface Extras {
	readonly passedOut: number;
	/** Void rounds included. */
	readonly frischs: number;
	/** Some round of it, void ones included, saw three. */
	readonly hasThreeFrischs: boolean;
}

interface Reader<S extends GameState> {
	rounds(state: S): readonly ReadRound[];
	/** Seats that count as winners out of those with the highest score. */
	winners(best: readonly SeatIndex[]): readonly SeatIndex[];
	extras(events: readonly LogEvent[]): Extras;
}

const NO_EXTRAS: Extras = { passedOut: 0, frischs: 0, hasThreeFrischs: false };

const EL_DORADO: Reader<ElDoradoState> = {
	rounds: ({ sheet }) =>
		sheet.map(({ round, cardsEach, dealer, trumpCard, bids, tricks, scores, totals }) => ({
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
		})),
	// 5.2.
	winners: (best) => best,
	extras: () => NO_EXTRAS,
};

const ISRAELI_WHIST: Reader<IsraeliWhistState> = {
	rounds: ({ sheet }) =>
		sheet.map(({ round, dealer, trump, declarer, frischs, contracts, tricks, scores, totals }) => ({
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
		})),
	// 5.4.
	winners: (best) => (best.length === 1 ? best : []),
	extras(events) {
		const { passedOut, frischs, highlights } = summarizeIsraeliWhist(events);
		return { passedOut, frischs, hasThreeFrischs: highlights.includes('three_frischs') };
	},
};

/** Trumps stand in the order of suit numbers. */
function trumpOfSuit(suit: number): Trump | null {
	return suit < SUITS.length ? (TRUMPS[suit] ?? null) : null;
}

/** The reader of a game's own state, ready to be asked. */
export function readerOf(state: GameState): {
	readonly rounds: readonly ReadRound[];
	readonly winners: (best: readonly SeatIndex[]) => readonly SeatIndex[];
	readonly extras: (events: readonly LogEvent[]) => Extras;
} {
	const { variant } = state;
	switch (variant) {
		case 'el_dorado':
			return { ...EL_DORADO, rounds: isElDorado(state) ? EL_DORADO.rounds(state) : [] };
		case 'israeli_whist':
			return { ...ISRAELI_WHIST, rounds: isIsraeliWhist(state) ? ISRAELI_WHIST.rounds(state) : [] };
		default:
			return assertNever(variant);
	}
}

const isElDorado = (state: GameState): state is ElDoradoState => isOf('el_dorado', state);
const isIsraeliWhist = (state: GameState): state is IsraeliWhistState => isOf('israeli_whist', state);
const isOf = (variant: Variant, state: GameState): boolean => state.variant === variant;
