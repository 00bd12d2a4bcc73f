/**
 * What happened between two looks at the table, as facts to be read aloud: bids, cards, who took the trick, that
 * trump is broken, whose turn it is.
 */
import type { Suit } from '../../../cards/card.ts';
import type { SeatIndex } from '../../../game/game.ts';
import type { ElDoradoView, SheetRow } from '../../../games/el-dorado/types.ts';
import { plays, type TrickFact } from '../narrate-tricks.ts';

export type Fact =
	| { readonly type: 'dealt'; readonly round: number; readonly cardsEach: number }
	| { readonly type: 'bid'; readonly seat: SeatIndex; readonly bid: number }
	| TrickFact
	/** Trump may be led from here on. */
	| { readonly type: 'broken'; readonly suit: Suit }
	| { readonly type: 'scored'; readonly row: SheetRow }
	| { readonly type: 'over'; readonly winners: readonly SeatIndex[] }
	/** The listener's own turn. */
	| { readonly type: 'turn'; readonly move: 'bid' | 'lead' | 'play' };

/** Facts in the order they happened; none at the first look, but for the listener's own turn. */
export function narrate(before: ElDoradoView | null, after: ElDoradoView): readonly Fact[] {
	const facts: Fact[] = [];
	if (before !== null) {
		if (after.round === before.round) {
			facts.push(...bids(before, after), ...plays(before, after));
		} else {
			facts.push({ type: 'dealt', round: after.round, cardsEach: after.cardsEach });
			facts.push(...bids(null, after), ...plays(null, after));
		}
		if (isNewlyBroken(before, after) && after.trump !== null) {
			facts.push({ type: 'broken', suit: after.trump });
		}
		const row = after.sheet.at(-1);
		if (row !== undefined && after.sheet.length > before.sheet.length) facts.push({ type: 'scored', row });
		if (after.phase === 'over' && before.phase !== 'over')
			facts.push({ type: 'over', winners: after.winners });
	}
	const move = ownMove(after);
	if (move !== null && (before === null || move !== ownMove(before) || moved(before, after))) {
		facts.push({ type: 'turn', move });
	}
	return facts;
}

/** Where trump may be led from the start nothing has changed. */
function isNewlyBroken(before: ElDoradoView, after: ElDoradoView): boolean {
	const wasBroken = before.round === after.round && before.trumpBroken;
	return after.options.trumpLead === 'broken' && after.trumpBroken && !wasBroken;
}

function bids(before: ElDoradoView | null, after: ElDoradoView): readonly Fact[] {
	return after.bidOrder.flatMap((seat): Fact[] => {
		const bid = after.seats[seat]?.bid ?? null;
		const known = before?.seats[seat]?.bid ?? null;
		return bid === null || known !== null ? [] : [{ type: 'bid', seat, bid }];
	});
}

function ownMove(view: ElDoradoView): 'bid' | 'lead' | 'play' | null {
	if (view.turn === null || view.turn !== view.viewer) return null;
	return view.phase === 'bidding' ? 'bid' : view.trick.length === 0 ? 'lead' : 'play';
}

/** The same kind of turn again is another turn when a card or a bid lies between. */
function moved(before: ElDoradoView, after: ElDoradoView): boolean {
	return (
		before.round !== after.round ||
		before.tricks.length !== after.tricks.length ||
		before.phase !== after.phase
	);
}
