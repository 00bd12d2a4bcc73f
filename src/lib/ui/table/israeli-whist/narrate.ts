/**
 * What happened between two looks at a table of Israeli Whist, as facts to be read aloud: calls, a frisch, contracts,
 * cards and tricks, and whose turn it is.
 */
import type { CardId } from '../../../cards/card.ts';
import type { SeatIndex } from '../../../game/game.ts';
import {
	SEAT_COUNT,
	type Bid,
	type Direction,
	type IsraeliWhistView,
	type SheetRow,
} from '../../../games/israeli-whist/types.ts';
import { plays, type TrickFact } from '../narrate-tricks.ts';

export type Fact =
	| { readonly type: 'dealt' | 'dealt_again'; readonly round: number }
	| { readonly type: 'called'; readonly seat: SeatIndex; readonly bid: Bid | null }
	| { readonly type: 'frisch'; readonly to: SeatIndex | null; readonly direction: Direction }
	| { readonly type: 'chosen'; readonly seat: SeatIndex }
	| { readonly type: 'received'; readonly cards: readonly CardId[] }
	| { readonly type: 'passed_out' }
	| { readonly type: 'won'; readonly seat: SeatIndex; readonly bid: Bid }
	| { readonly type: 'contract'; readonly seat: SeatIndex; readonly contract: number }
	| { readonly type: 'all_named'; readonly sum: number }
	| TrickFact
	| { readonly type: 'scored'; readonly row: SheetRow }
	| { readonly type: 'over'; readonly winners: readonly SeatIndex[] }
	/** The listener's own turn. */
	| { readonly type: 'turn'; readonly move: OwnMove };
type OwnMove = 'call' | 'pass' | 'contract' | 'lead' | 'play';

/** Facts in the order they happened; none at the first look, but for the listener's own turn. */
export function narrate(before: IsraeliWhistView | null, after: IsraeliWhistView): readonly Fact[] {
	const facts: Fact[] = before === null ? [] : [...happened(before, after)];
	const move = ownMove(after);
	if (move !== null && (before === null || move !== ownMove(before) || hasMoved(before, after))) {
		facts.push({ type: 'turn', move });
	}
	return facts;
}

function happened(before: IsraeliWhistView, after: IsraeliWhistView): readonly Fact[] {
	const isSameDeal = after.deal === before.deal;
	const known = isSameDeal ? before : null;
	const facts: Fact[] = [];
	if (!isSameDeal) {
		facts.push({ type: after.round === before.round ? 'dealt_again' : 'dealt', round: after.round });
	}
	facts.push(...auction(known, after), ...contracts(known, after), ...plays(known, after));
	const row = after.sheet.at(-1);
	if (row !== undefined && after.sheet.length > before.sheet.length) facts.push({ type: 'scored', row });
	if (after.phase === 'over' && before.phase !== 'over') facts.push({ type: 'over', winners: after.winners });
	return facts;
}

/** Calls, and what became of them. Four passes that a look did not see are told by the frisch they led to. */
function auction(before: IsraeliWhistView | null, after: IsraeliWhistView): readonly Fact[] {
	const facts: Fact[] = [];
	const isSameAuction = before !== null && before.frischs === after.frischs;
	const known = isSameAuction ? before.calls.length : 0;
	const isOpened = after.phase === 'frisch' && before?.phase !== 'frisch';
	if (isOpened && after.frisch) {
		facts.push({ type: 'frisch', to: after.frisch.to, direction: after.frisch.direction });
	}
	if (after.phase === 'frisch') {
		const isChosen = (seat: SeatIndex): boolean => before?.seats[seat]?.chosen === true && !isOpened;
		for (const { seat, chosen } of after.seats) {
			if (chosen && seat !== after.viewer && !isChosen(seat)) facts.push({ type: 'chosen', seat });
		}
		return facts;
	}
	if (before?.phase === 'frisch' && after.received !== null) {
		facts.push({ type: 'received', cards: after.received });
	}
	facts.push(...after.calls.slice(known).map(({ seat, bid }): Fact => ({ type: 'called', seat, bid })));
	if (isPassedOut(after) && (before === null || !isPassedOut(before))) facts.push({ type: 'passed_out' });
	if (after.declarer !== null && before?.declarer == null && after.highest !== null) {
		facts.push({ type: 'won', ...after.highest });
	}
	return facts;
}

function isPassedOut({ phase, round, sheet }: IsraeliWhistView): boolean {
	return phase === 'dealing' && round > 0 && sheet.at(-1)?.round !== round;
}

function contracts(before: IsraeliWhistView | null, after: IsraeliWhistView): readonly Fact[] {
	const news = after.contractOrder.flatMap((seat): Fact[] => {
		const contract = after.seats[seat]?.contract ?? null;
		const known = before?.seats[seat]?.contract ?? null;
		return contract === null || known !== null ? [] : [{ type: 'contract', seat, contract }];
	});
	const isComplete = news.length > 0 && after.type !== null;
	return isComplete ? [...news, { type: 'all_named', sum: after.sumOfContracts }] : news;
}

function ownMove(view: IsraeliWhistView): OwnMove | null {
	if (view.turn === null || view.turn !== view.viewer) return null;
	switch (view.phase) {
		case 'auction':
			return 'call';
		case 'frisch':
			return view.frisch?.mayChoose === true ? 'pass' : null;
		case 'contracts':
			return 'contract';
		case 'playing':
			return view.trick.length === 0 ? 'lead' : 'play';
		case 'dealing':
		case 'over':
			return null;
	}
}

/** The same kind of turn again is another turn when a call, a card or a deal lies between. */
function hasMoved(before: IsraeliWhistView, after: IsraeliWhistView): boolean {
	return (
		before.deal !== after.deal ||
		before.phase !== after.phase ||
		before.tricks.length !== after.tricks.length ||
		after.calls.length >= before.calls.length + SEAT_COUNT
	);
}
