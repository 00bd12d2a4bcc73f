/**
 * What statistics need to know of each game that the `Game` interface does not say: its score sheet in common words,
 * who has won, and what only its own log tells. One reader a game; nothing else here names one.
 */
import { assertNever } from '../game/assert.ts';
import type { GameState, SeatIndex, Variant } from '../game/game.ts';
import type { LogEvent } from '../game/table-types.ts';
import type { ElDoradoState } from '../games/el-dorado/state.ts';
import type { IsraeliWhistState } from '../games/israeli-whist/state.ts';
import { summarize as summarizeIsraeliWhist } from '../games/israeli-whist/summary.ts';
import { roundsOfElDorado, roundsOfIsraeliWhist, type ReadRound } from './sheet-rounds.ts';

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
	rounds: ({ sheet }) => roundsOfElDorado(sheet),
	// 5.2.
	winners: (best) => best,
	extras: () => NO_EXTRAS,
};

const ISRAELI_WHIST: Reader<IsraeliWhistState> = {
	rounds: ({ sheet }) => roundsOfIsraeliWhist(sheet),
	// 5.4.
	winners: (best) => (best.length === 1 ? best : []),
	extras(events) {
		const { passedOut, frischs, highlights } = summarizeIsraeliWhist(events);
		return { passedOut, frischs, hasThreeFrischs: highlights.includes('three_frischs') };
	},
};

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
