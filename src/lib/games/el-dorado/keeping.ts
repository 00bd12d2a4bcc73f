/**
 * El Dorado with real cards (9): rounds open by themselves, bids are called as in 3, and the tricks of each player are
 * entered at the end of the round. What was entered wrongly is put right by events that say who did it and when.
 */
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import { MAX_ADJUSTMENT, currentTotals, withTotals } from '../keeper/ledger.ts';
import { corrupt } from '../trick-play/corrupt.ts';
import { nextSeat, seatsFrom } from '../trick-play/seats.ts';
import { cardsEachIn, dealerOfNext } from './dealing.ts';
import { pointsFor } from './scoring.ts';
import { MIN_SEATS, draftOf, type ElDoradoState } from './state.ts';
import {
	ROUNDS,
	type ActiveSet,
	type BidsEntered,
	type ElDoradoOptions,
	type EndCalled,
	type Kept,
	type RoundCorrected,
	type RoundOpened,
	type ScoreAdjusted,
	type SeatView,
	type SheetRow,
	type TricksNoted,
} from './types.ts';

/** 9.6. */
export function isEndReached({ sheet }: ElDoradoState): boolean {
	return sheet.length === ROUNDS;
}

/** 9.1: the first round with all who are at the table, each later one with those of the round before. */
export function roundToOpen(state: ElDoradoState, atTable: readonly SeatIndex[]): RoundOpened | null {
	const active = state.round === 0 ? atTable : state.active;
	if (state.kept === null || state.phase !== 'dealing' || isEndReached(state)) return null;
	if (active.length < MIN_SEATS) return null;
	return {
		type: 'round_opened',
		round: state.round + 1,
		dealer: dealerOfNext(state, active),
		seats: state.seats.length,
		active,
	};
}

// Why not: asked by `decide` for its answer and by `evolve` for its proof.

/** Seats of the table, rising, at least two. */
function areSeats(state: ElDoradoState, active: readonly SeatIndex[]): boolean {
	return (
		active.length >= MIN_SEATS &&
		active.every(
			(seat, at) => state.seats[seat] !== undefined && (at === 0 || seat > (active[at - 1] ?? seat)),
		)
	);
}

/** Only as long as nobody has bid. */
export function activeRefusal(state: ElDoradoState, active: readonly SeatIndex[]): RefusalCode | null {
	if (state.phase !== 'bidding' || state.bidOrder.length > 0) return 'invalid_phase';
	return areSeats(state, active) ? null : 'no_such_seat';
}

/** Who deals the round under way when these take part in it. */
export function dealerWith(state: ElDoradoState, kept: Kept, active: readonly SeatIndex[]): SeatIndex {
	return dealerOfNext({ round: state.round - 1, dealer: kept.lastDealer }, active);
}

/** A whole number of tricks for each seat that takes part, null for each other. */
function areTricks(
	row: Pick<SheetRow, 'cardsEach'>,
	active: readonly SeatIndex[],
	seats: number,
	numbers: readonly (number | null)[],
): boolean {
	return (
		numbers.length === seats &&
		numbers.every((number, seat) =>
			active.some((one) => one === seat)
				? number !== null && Number.isInteger(number) && number >= 0 && number <= row.cardsEach
				: number === null,
		)
	);
}

function sumOf(numbers: readonly (number | null)[]): number {
	return numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
}

/** 9.2: at any time before the score, so that it also puts a wrong bid right. The hook holds here too (3.2). */
export function bidsRefusal(state: ElDoradoState, bids: readonly (number | null)[]): RefusalCode | null {
	if (state.phase !== 'bidding' && state.phase !== 'playing') return 'invalid_phase';
	if (!areTricks(state, state.active, state.seats.length, bids)) return 'invalid_bid';
	return state.options.hook && sumOf(bids) === state.cardsEach ? 'invalid_bid' : null;
}

/** 9.3. */
export function noteRefusal(
	state: ElDoradoState,
	kept: Kept,
	seat: SeatIndex,
	tricks: number | null,
): RefusalCode | null {
	if (state.phase !== 'playing') return 'invalid_phase';
	if (!state.active.includes(seat)) return 'no_such_seat';
	if (tricks === null) return null;
	if (!Number.isInteger(tricks) || tricks < 0 || tricks > state.cardsEach) return 'invalid_bid';
	const noted = kept.noted.with(seat, tricks);
	const isLast = state.active.every((one) => (noted[one] ?? null) !== null);
	const sum = sumOf(noted);
	const addsUp = isLast ? sum === state.cardsEach : sum <= state.cardsEach;
	return addsUp ? null : 'tricks_do_not_add_up';
}

/** 9.5. */
export function correctionRefusal(
	state: ElDoradoState,
	{ round, bids, tricks }: Pick<RoundCorrected, 'round' | 'bids' | 'tricks'>,
): RefusalCode | null {
	const row = state.sheet.find((one) => one.round === round);
	if (row === undefined) return 'no_such_round';
	const active = state.seats.flatMap(({ seat }) => ((row.bids[seat] ?? null) === null ? [] : [seat]));
	if (!areTricks(row, active, state.seats.length, bids)) return 'invalid_bid';
	if (state.options.hook && sumOf(bids) === row.cardsEach) return 'invalid_bid';
	const addsUp = areTricks(row, active, state.seats.length, tricks) && sumOf(tricks) === row.cardsEach;
	return addsUp ? null : 'tricks_do_not_add_up';
}

export function adjustmentRefusal(
	state: ElDoradoState,
	{ seat, points }: Pick<ScoreAdjusted, 'seat' | 'points'>,
): RefusalCode | null {
	if (!Number.isInteger(seat) || state.seats[seat] === undefined) return 'no_such_seat';
	const isPoints = Number.isInteger(points) && points !== 0 && Math.abs(points) <= MAX_ADJUSTMENT;
	return isPoints ? null : 'invalid_bid';
}

// What they do.

function keptOf(state: ElDoradoState): Kept {
	return state.kept ?? corrupt('a score is kept where cards are dealt');
}

export function roundOpened(state: ElDoradoState, event: RoundOpened): ElDoradoState {
	const { round, dealer, active, seats } = event;
	const kept = keptOf(state);
	if (!areSeats(state, active)) corrupt(`round ${round} opens with seats ${active.join(', ')}`);
	const due = roundToOpen(state, active);
	const isSame = due?.active.length === active.length && active.every((seat, at) => seat === due.active[at]);
	if (!isSame || due.round !== round || due.dealer !== dealer || due.seats !== seats) {
		corrupt(`round ${round} is opened when it is not due`);
	}
	const opened = { ...state, round, cardsEach: cardsEachIn(round), phase: 'bidding' } as const;
	return withSeats({ ...opened, kept: { ...kept, lastDealer: state.dealer } }, active, dealer);
}

/** A round that begins with these seats. */
function withSeats(state: ElDoradoState, active: readonly SeatIndex[], dealer: SeatIndex): ElDoradoState {
	return {
		...state,
		turn: nextSeat(active, dealer),
		dealer,
		active,
		seats: state.seats.map(({ seat, total }) => {
			const isActive = active.includes(seat);
			return { seat, active: isActive, cardsLeft: 0, bid: null, tricks: 0, total };
		}),
		bidOrder: [],
		sumOfBids: 0,
		leader: null,
		kept: { ...keptOf(state), noted: state.seats.map(() => null) },
	};
}

export function activeSet(state: ElDoradoState, event: ActiveSet): ElDoradoState {
	const kept = keptOf(state);
	const { active, dealer, by, at } = event;
	const refusal = activeRefusal(state, active);
	if (refusal !== null || dealer !== dealerWith(state, kept, active)) corrupt(`seats are set: ${refusal}`);
	const change = { type: event.type, round: state.round, active, by, at };
	return withSeats({ ...state, kept: { ...kept, changes: [...kept.changes, change] } }, active, dealer);
}

export function bidsEntered(state: ElDoradoState, event: BidsEntered): ElDoradoState {
	const kept = keptOf(state);
	const { bids, by, at } = event;
	const refusal = bidsRefusal(state, bids);
	if (refusal !== null) corrupt(`bids that are refused as ${refusal}`);
	const first = nextSeat(state.active, state.dealer);
	return {
		...state,
		phase: 'playing',
		turn: null,
		leader: first,
		seats: state.seats.map((seat) => ({ ...seat, bid: bids[seat.seat] ?? null })),
		bidOrder: seatsFrom(state.active, first),
		sumOfBids: sumOf(bids),
		kept: { ...kept, changes: [...kept.changes, { type: event.type, round: state.round, by, at }] },
	};
}

export function tricksNoted(state: ElDoradoState, { seat, tricks }: TricksNoted): ElDoradoState {
	const kept = keptOf(state);
	const refusal = noteRefusal(state, kept, seat, tricks);
	if (refusal !== null) corrupt(`tricks of seat ${seat}: ${refusal}`);
	const noted = kept.noted.with(seat, tricks);
	return { ...state, seats: seatsWith(state, noted), kept: { ...kept, noted } };
}

/** 9.3: when a single seat's tricks are missing, it has the remainder. */
function seatsWith({ seats, active, cardsEach }: ElDoradoState, noted: Kept['noted']): SeatView[] {
	const missing = active.filter((seat) => (noted[seat] ?? null) === null);
	const rest = missing.length === 1 ? cardsEach - sumOf(noted) : 0;
	return seats.map((view) => ({
		...view,
		tricks: noted[view.seat] ?? (missing.includes(view.seat) ? rest : 0),
	}));
}

export function roundCorrected(state: ElDoradoState, event: RoundCorrected): ElDoradoState {
	const kept = keptOf(state);
	const refusal = correctionRefusal(state, event);
	const row = state.sheet.find(({ round }) => round === event.round);
	if (refusal !== null || row === undefined) return corrupt(`a correction that is refused as ${refusal}`);
	const { round, bids, tricks, by, at } = event;
	const after = { bids, tricks };
	const scores = scoresOf(state.options, after);
	const sheet = state.sheet.map((one) => (one === row ? { ...row, ...after, scores } : one));
	const before = { bids: row.bids, tricks: row.tricks };
	const change = { type: event.type, round, by, at, before, after };
	return withNewTotals({ ...state, sheet, kept: { ...kept, changes: [...kept.changes, change] } });
}

/** By seat, null for one that was absent. */
export function scoresOf(
	{ scoring }: Pick<ElDoradoOptions, 'scoring'>,
	{ bids, tricks }: Pick<SheetRow, 'bids' | 'tricks'>,
): (number | null)[] {
	return bids.map((bid, seat) => (bid === null ? null : pointsFor(scoring, bid, tricks[seat] ?? 0)));
}

export function scoreAdjusted(state: ElDoradoState, event: ScoreAdjusted): ElDoradoState {
	const kept = keptOf(state);
	const refusal = adjustmentRefusal(state, event);
	if (refusal !== null) corrupt(`an adjustment that is refused as ${refusal}`);
	const { seat, points, by, at } = event;
	const adjustments = [...kept.adjustments, { round: state.sheet.length, seat, points, by, at }];
	const change = { type: event.type, round: state.round, seat, points, by, at };
	return withNewTotals({ ...state, kept: { ...kept, adjustments, changes: [...kept.changes, change] } });
}

/** The totals of all rows and of now, added up anew (9.5). */
export function withNewTotals(state: ElDoradoState): ElDoradoState {
	const adjustments = state.kept?.adjustments ?? [];
	const sheet = withTotals(state.sheet, adjustments, state.seats.length);
	const totals = currentTotals(sheet, adjustments, state.seats.length);
	const seats = state.seats.map((view) => ({ ...view, total: totals[view.seat] ?? 0 }));
	return { ...state, sheet, seats };
}

export function endCalled(state: ElDoradoState, { by }: EndCalled): ElDoradoState {
	keptOf(state);
	if (state.over || !isEndReached(state) || (by !== null && state.seats[by] === undefined)) {
		corrupt('the end is called before it is reached');
	}
	const draft = draftOf(state);
	draft.phase = 'over';
	draft.over = true;
	return draft;
}
