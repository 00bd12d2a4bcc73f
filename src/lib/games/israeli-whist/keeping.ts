/**
 * The score keeper's part of the machine (Israeli Whist 4.2, 5.5): real cards on a real table, so tricks are claimed
 * instead of played, and what was entered wrongly is put right by events that say who did it and when. The engine has
 * no clock: each of these events carries the time its host gave it, and the five seconds of an undo are counted
 * between two of them.
 */
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import { MAX_ADJUSTMENT, currentTotals, withTotals } from '../keeper/ledger.ts';
import { contractsRefusal } from './contracts.ts';
import { corrupt } from '../trick-play/corrupt.ts';
import { roundToOpen } from './owed.ts';
import { roundScores, typeOf } from './scoring.ts';
import { SEATS, freshRound, isKeeper, isMaker, leftOf, withSeat, type IsraeliWhistState } from './state.ts';
import {
	FIRST_MINIMUM,
	SEAT_COUNT,
	STRAINS,
	TRICKS,
	UNDO_MS,
	type ContractsEntered,
	type EndCalled,
	type RoundCorrected,
	type RoundOpened,
	type ScoreAdjusted,
	type SheetRow,
	type TrickClaimed,
	type TrickUndone,
} from './types.ts';

// Why not: asked by `decide` for its answer and by `evolve` for its proof.

type Entry = Pick<ContractsEntered, 'declarer' | 'strain' | 'contracts' | 'frischs'>;

/** The quick entry: at any time of a round before its score, so that it also puts a wrong auction right. */
export function entryRefusal(state: IsraeliWhistState, entry: Entry): RefusalCode | null {
	const { declarer, strain, contracts, frischs } = entry;
	if (!isInRound(state)) return 'invalid_phase';
	if (!SEATS.includes(declarer)) return 'no_such_seat';
	const isFrisch = Number.isInteger(frischs) && frischs >= 0 && frischs <= state.options.maxFrisch;
	if (!STRAINS.includes(strain) || !isFrisch) return 'invalid_bid';
	return contractsRefusal(contracts, declarer, FIRST_MINIMUM + frischs);
}

function isInRound({ phase }: IsraeliWhistState): boolean {
	return phase === 'auction' || phase === 'contracts' || phase === 'playing';
}

export function claimRefusal(state: IsraeliWhistState): RefusalCode | null {
	if (state.phase !== 'playing') return 'invalid_phase';
	return state.claims.length === TRICKS ? 'all_tricks_taken' : null;
}

/** 4.2: its claimer within five seconds, the admin as long as the round is not scored. */
export function undoRefusal(
	state: IsraeliWhistState,
	{ by, at, asAdmin }: Pick<TrickUndone, 'by' | 'at' | 'asAdmin'>,
): RefusalCode | null {
	if (state.phase !== 'playing') return 'invalid_phase';
	const last = state.claims.at(-1);
	if (last === undefined) return 'nothing_to_undo';
	return asAdmin || (by === last.seat && at - last.at <= UNDO_MS) ? null : 'not_admin';
}

type Correction = Pick<RoundCorrected, 'round' | 'contracts' | 'tricks'>;

export function correctionRefusal(
	state: IsraeliWhistState,
	{ round, contracts, tricks }: Correction,
): RefusalCode | null {
	const row = state.sheet.find((one) => one.round === round);
	if (row === undefined) return 'no_such_round';
	const refusal = contractsRefusal(contracts, row.declarer, row.winningBid ?? FIRST_MINIMUM + row.frischs);
	if (refusal !== null) return refusal;
	const isTricks = (count: number): boolean => Number.isInteger(count) && count >= 0;
	const addUp =
		tricks.length === SEAT_COUNT &&
		tricks.every(isTricks) &&
		tricks.reduce((sum, count) => sum + count, 0) === TRICKS;
	return addUp ? null : 'tricks_do_not_add_up';
}

export function adjustmentRefusal({
	seat,
	points,
}: Pick<ScoreAdjusted, 'seat' | 'points'>): RefusalCode | null {
	if (!SEATS.includes(seat)) return 'no_such_seat';
	const isPoints = Number.isInteger(points) && points !== 0 && Math.abs(points) <= MAX_ADJUSTMENT;
	return isPoints ? null : 'invalid_bid';
}

// What they do.

export function roundOpened(state: IsraeliWhistState, { round, dealer }: RoundOpened): IsraeliWhistState {
	const due = state.phase === 'dealing' ? roundToOpen(state) : null;
	if (due === null || due.round !== round || due.dealer !== dealer) corrupt(`round ${round} is not due`);
	return { ...state, ...freshRound(0), phase: 'auction', round, dealer, turn: leftOf(dealer) };
}

export function contractsEntered(state: IsraeliWhistState, event: ContractsEntered): IsraeliWhistState {
	checkKept(state, event);
	const refusal = entryRefusal(state, event);
	if (refusal !== null) corrupt(`contracts that are refused as ${refusal}`);
	const { declarer, strain, contracts, frischs, by, at } = event;
	return {
		...state,
		phase: 'playing',
		turn: null,
		declarer,
		trump: strain,
		winningBid: null,
		frischs,
		seats: state.seats.map((seat) => ({ ...seat, contract: contracts[seat.seat] ?? 0 })),
		sumOfContracts: contracts.reduce((sum, contract) => sum + contract, 0),
		leader: declarer,
		changes: [...state.changes, { type: event.type, round: state.round, by, at }],
	};
}

export function trickClaimed(state: IsraeliWhistState, event: TrickClaimed): IsraeliWhistState {
	const { seat, at } = event;
	checkKept(state, { by: event.enteredBy === undefined ? seat : event.enteredBy });
	const refusal = SEATS.includes(seat) ? claimRefusal(state) : 'no_such_seat';
	if (refusal !== null) corrupt(`seat ${seat} claims a trick: ${refusal}`);
	return { ...state, seats: withTricks(state, seat, 1), claims: [...state.claims, { seat, at }] };
}

export function trickUndone(state: IsraeliWhistState, event: TrickUndone): IsraeliWhistState {
	checkKept(state, event);
	const { seat, by, at } = event;
	const refusal = undoRefusal(state, event);
	if (refusal !== null || state.claims.at(-1)?.seat !== seat)
		corrupt(`seat ${String(by)} undoes a trick: ${refusal}`);
	return {
		...state,
		seats: withTricks(state, seat, -1),
		claims: state.claims.slice(0, -1),
		changes: [...state.changes, { type: event.type, round: state.round, seat, by, at }],
	};
}

export function roundCorrected(state: IsraeliWhistState, event: RoundCorrected): IsraeliWhistState {
	checkKept(state, event);
	const refusal = correctionRefusal(state, event);
	const row = state.sheet.find(({ round }) => round === event.round);
	const type = typeOf(event.contracts);
	if (refusal !== null || row === undefined || type === null) {
		return corrupt(`round ${event.round} is corrected to what is refused as ${refusal}`);
	}
	const { round, contracts, tricks, by, at } = event;
	const scores = roundScores(state.options.scoring, type, contracts, tricks);
	const before = { contracts: row.contracts, tricks: row.tricks };
	const sheet = state.sheet.map((one) => (one === row ? { ...row, type, contracts, tricks, scores } : one));
	const change = { type: event.type, round, by, at, before, after: { contracts, tricks } };
	return { ...withSheet(state, sheet), changes: [...state.changes, change] };
}

export function scoreAdjusted(state: IsraeliWhistState, event: ScoreAdjusted): IsraeliWhistState {
	checkKept(state, event);
	const refusal = adjustmentRefusal(event);
	if (refusal !== null) corrupt(`an adjustment that is refused as ${refusal}`);
	const { seat, points, by, at } = event;
	const adjustments = [...state.adjustments, { round: state.sheet.length, seat, points, by, at }];
	const change = { type: event.type, round: state.round, seat, points, by, at };
	return { ...withSheet({ ...state, adjustments }, state.sheet), changes: [...state.changes, change] };
}

/** 5.4. On screen a round under way is played to its end; a keeper's is dropped without a score. */
export function endCalled(state: IsraeliWhistState, { by }: EndCalled): IsraeliWhistState {
	const isAsked = isMaker(by) && (by !== null || isKeeper(state));
	if (state.endCalled || !isAsked) corrupt('the end is called again');
	const isOver = isKeeper(state) || state.phase === 'dealing';
	return isOver
		? { ...state, endCalled: true, phase: 'over', over: true, turn: null }
		: { ...state, endCalled: true };
}

function checkKept(state: IsraeliWhistState, { by }: { readonly by: SeatIndex | null }): void {
	if (!isKeeper(state)) corrupt('a score is kept where cards are dealt');
	if (!isMaker(by)) corrupt(`seat ${String(by)} is not at this table`);
}

function withTricks({ seats }: IsraeliWhistState, seat: SeatIndex, change: number) {
	const one = seats[seat];
	return one === undefined ? seats : withSeat(seats, seat, { ...one, tricks: one.tricks + change });
}

/** Rows put right, and all totals after them (5.5). */
function withSheet(state: IsraeliWhistState, rows: readonly SheetRow[]): IsraeliWhistState {
	const sheet = withTotals(rows, state.adjustments, SEAT_COUNT);
	return { ...state, sheet, totals: currentTotals(sheet, state.adjustments, SEAT_COUNT) };
}
