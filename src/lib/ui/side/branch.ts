/**
 * Where a game goes another way than it went: from any point of a recorded game with the cards of that point and of the
 * rounds after it (what if), or from its start with the cards of all its rounds (the same deal). Pure, and the record itself is never touched.
 *
 *     const branch = branchAt(recorded, at, seat);      // null: there is nothing to play on from
 *     const branch = sameDeal(recorded, seat);
 */
import { DEAL_EVENT, type Game, type Hand, type SeatIndex } from '../../game/game.ts';
import { turnedUp, type KnownDeal } from '../../game/known-deal.ts';
import type { Replay } from '../../game/replay.ts';
import { activeSeats, seatsToDeal, toSeat } from '../../game/seats.ts';
import type { LogEvent, TableState } from '../../game/table-types.ts';
import { sceneOf } from '../../stats/scene.ts';

/** A game to branch off, with every hand that can be known. */
export interface Recorded {
	readonly game: Game;
	readonly events: readonly LogEvent[];
	readonly replay: Replay;
}

export interface Branch {
	readonly kind: 'what_if' | 'same_deal';
	readonly game: Game;
	/** Where it goes on from, everybody as in the record. */
	readonly from: TableState;
	/** The record's last state: what it is compared with. */
	readonly record: TableState;
	readonly seat: SeatIndex;
	/** The cards to come by round, in the order they were dealt; a round that is not among them gets fresh ones. */
	readonly deals: ReadonlyMap<number, readonly KnownDeal[]>;
	/** What had happened by then. */
	readonly before: readonly LogEvent[];
}

/** The game as it stands after `at` events, to be played on from a seat; null when that seat has nothing to play. */
export function branchAt(recorded: Recorded, at: number, seat: SeatIndex): Branch | null {
	const { game, events, replay } = recorded;
	const from = replay.at(at);
	if (!seatsToPlayOn(game, from).includes(seat)) return null;
	const record = replay.at(replay.length);
	const deals = laterDeals({ ...recorded, events: events.slice(at) }, seat);
	return { kind: 'what_if', game, from, record, seat, deals, before: events.slice(0, at) };
}

/** Cards that were still to come: with them the rest can be compared. Not those of a round that the seat was absent from. */
function laterDeals(rest: Recorded, seat: SeatIndex): Branch['deals'] {
	const dealt = [...(dealsOf(rest) ?? [])];
	return new Map(dealt.filter(([, deals]) => deals.every(({ hands }) => hands.has(seat))));
}

/** Seats that somebody can play on from here: those of the round, if all its hands are known. */
export function seatsToPlayOn(game: Game, state: TableState): readonly SeatIndex[] {
	const { options, stage, inner } = state;
	if (options.mode !== 'cards' || stage !== 'playing' || inner === null || inner.over) return [];
	// Between two rounds nobody holds a card.
	if (inner.turn === null && game.dealDue(inner, seatsToDeal(game, state)) !== null)
		return activeSeats(state);
	const seats = sceneOf(game, state, 'all')?.seats.filter(({ isActive }) => isActive) ?? [];
	return seats.some(({ hand }) => hand === null) ? [] : seats.map(({ seat }) => seat);
}

/** The same cards in every round; null for a game whose cards are not all known, or a seat that was absent from a round. */
export function sameDeal(recorded: Recorded, seat: SeatIndex): Branch | null {
	const { game, events, replay } = recorded;
	const deals = dealsOf(recorded);
	const start = events.findIndex(({ type }) => type === 'game_started') + 1;
	if (deals === null || start === 0 || !seatsOfAll(deals).includes(seat)) return null;
	return {
		kind: 'same_deal',
		game,
		from: replay.at(start),
		record: replay.at(replay.length),
		seat,
		deals,
		before: events.slice(0, start),
	};
}

/** Seats that were dealt in to every round of a finished game whose cards are all known; else none. */
export function seatsOfSameDeal(recorded: Recorded): readonly SeatIndex[] {
	const { inner, options } = recorded.replay.at(recorded.replay.length);
	if (inner === null || !inner.over || options.mode !== 'cards') return [];
	const deals = dealsOf(recorded);
	return deals === null ? [] : seatsOfAll(deals);
}

function seatsOfAll(deals: Branch['deals']): readonly SeatIndex[] {
	const all = [...deals.values()].flat();
	const [first] = all;
	if (first === undefined) return [];
	return [...first.hands.keys()].filter((seat) => all.every(({ hands }) => hands.has(seat)));
}

/** The cards of all rounds; null when a hand is closed. */
export function dealsOf({ game, events }: Recorded): Branch['deals'] | null {
	const deals = new Map<number, KnownDeal[]>();
	let last: KnownDeal[] = [];
	for (const event of events) {
		// It was dealt again, and its cards count for nothing.
		if (event.type === 'round_voided') last.pop();
		if (event.type !== DEAL_EVENT) continue;
		const hands = new Map<SeatIndex, Hand>();
		for (const [seat, hand] of (game.handsOf(event) ?? []).entries()) {
			if (hand === null) return null;
			if (hand.length > 0) hands.set(toSeat(seat), hand);
		}
		const round = 'round' in event && typeof event.round === 'number' ? event.round : 0;
		last = deals.get(round) ?? [];
		last.push({ hands, trump: turnedUp(event) });
		deals.set(round, last);
	}
	return deals;
}
