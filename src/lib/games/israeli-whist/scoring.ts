/** Points (Israeli Whist 5): what a contract is worth, over and under, when the game is over and who has won. */
import type { SeatIndex } from '../../game/game.ts';
import type { IsraeliWhistState } from './state.ts';
import { TRICKS, type End, type RoundType, type Scoring, type SheetRow, type ZeroScore } from './types.ts';

/** 3.3; null for a total of exactly thirteen, which no round can have (3.2). */
export function typeOf(contracts: readonly number[]): RoundType | null {
	const total = contracts.reduce((sum, contract) => sum + contract, 0);
	if (total === TRICKS) return null;
	return total > TRICKS ? 'over' : 'under';
}

/** Points of one seat for one round (5.1, 5.2). More tricks than the contract are a miss like fewer. */
export function pointsFor(scoring: Scoring, type: RoundType, contract: number, tricks: number): number {
	if (contract === 0) return zeroPoints(scoring.zero[type], tricks);
	const { made, missed } = scoring;
	return tricks === contract
		? made.base + made.perTrick * contract + made.perSquare * contract * contract
		: missed.base + missed.perTrick * Math.abs(tricks - contract);
}

function zeroPoints({ made, broken, further }: ZeroScore, tricks: number): number {
	return tricks === 0 ? made : broken + further * (tricks - 1);
}

/** By seat. */
export function roundScores(
	scoring: Scoring,
	type: RoundType,
	contracts: readonly number[],
	tricks: readonly number[],
): number[] {
	return contracts.map((contract, seat) => pointsFor(scoring, type, contract, tricks[seat] ?? 0));
}

/** Whether the sheet has come to the end that the options name (5.4). */
export function isEndReached(end: End, sheet: readonly SheetRow[]): boolean {
	switch (end.type) {
		case 'admin':
			return false;
		case 'rounds':
			return sheet.length >= end.rounds;
		case 'score':
			return sheet.at(-1)?.totals.some((total) => total >= end.score) ?? false;
	}
}

/** Seats with the highest total; none before the first round is scored (5.4). */
export function winnersOf({ sheet, totals, seats }: IsraeliWhistState): SeatIndex[] {
	if (sheet.length === 0) return [];
	const best = Math.max(...totals);
	return seats.filter(({ seat }) => totals[seat] === best).map(({ seat }) => seat);
}
