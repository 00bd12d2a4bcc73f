/** What the games tell the frame they share (`PlayScreen.svelte`): what any card game on this table has. */
import type { CardId } from '../../cards/card.ts';
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import type { TrickView } from './trick-stage.ts';

export interface FrameView extends TrickView {
	readonly phase: string;
	readonly dealer: SeatIndex;
	readonly turn: SeatIndex | null;
	readonly hand: readonly { readonly card: CardId; readonly refusal: RefusalCode | null }[];
	readonly sheet: readonly { readonly totals: readonly number[] }[];
}

/** What a game says on a player's plate. */
export interface PlateFacts {
	/** Takes part in this round. */
	readonly active: boolean;
	readonly total: number;
	/** Is asked for something now; in a frisch that may be all of them. */
	readonly isTurn: boolean;
	/** Tricks against what was promised: on the way, met, or past it. Shown by shape and colour, read as numbers. */
	readonly standing: 'open' | 'met' | 'past';
	/** Everything on it, as it is read. */
	readonly spoken: string;
	/** In words, on the viewer's own. */
	readonly note: string;
}

/** Cards to be chosen out of the hand, not played. */
export interface Picking {
	readonly cards: readonly CardId[];
	readonly onpick: (card: CardId) => void;
}

/** How the tricks a seat took stand against the number it named. */
export function standingOf(promised: number | null, tricks: number): PlateFacts['standing'] {
	if (promised === null || tricks < promised) return 'open';
	return tricks === promised ? 'met' : 'past';
}
