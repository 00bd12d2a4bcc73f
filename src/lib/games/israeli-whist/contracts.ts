/** Contracts (Israeli Whist 3): the declarer first and at least the bid, the total of all never exactly thirteen. */
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import { roundFrom, type IsraeliWhistState } from './state.ts';
import { SEAT_COUNT, TRICKS } from './types.ts';

/** RANGE[low][forbidden + 1]: made once, because a view is made after every event. */
const RANGE: readonly (readonly (readonly number[])[])[] = Array.from({ length: TRICKS + 1 }, (_, low) =>
	Array.from({ length: TRICKS + 2 }, (_, column) =>
		Object.freeze(
			Array.from({ length: TRICKS + 1 }, (_, contract) => contract).filter(
				(contract) => contract >= low && contract !== column - 1,
			),
		),
	),
);

/** Seats in the order they name their contracts (3.1). */
export function contractOrder({ declarer }: IsraeliWhistState): readonly SeatIndex[] {
	return declarer === null ? [] : roundFrom(declarer);
}

function named({ seats }: IsraeliWhistState): number {
	return seats.filter(({ contract }) => contract !== null).length;
}

/** The contract that 3.2 forbids the seat whose turn it is: only the last to speak has one. */
export function forbiddenContract(state: IsraeliWhistState): number | null {
	if (state.phase !== 'contracts' || named(state) !== SEAT_COUNT - 1) return null;
	const contract = TRICKS - state.sumOfContracts;
	return contract >= 0 ? contract : null;
}

/** What the seat whose turn it is must name at least: the declarer its bid, anybody else nothing. */
function lowest({ turn, declarer, winningBid }: IsraeliWhistState): number {
	return turn === declarer ? (winningBid ?? 0) : 0;
}

/** Contracts of the seat whose turn it is, rising. */
export function legalContracts(state: IsraeliWhistState): readonly number[] {
	return RANGE[lowest(state)]?.[(forbiddenContract(state) ?? -1) + 1] ?? [];
}

/** Why the seat whose turn it is may not name this contract, or null. Any number is an answer. */
export function contractRefusal(state: IsraeliWhistState, contract: number): RefusalCode | null {
	if (!Number.isInteger(contract) || contract < 0 || contract > TRICKS) return 'invalid_bid';
	if (contract < lowest(state)) return 'contract_below_bid';
	return contract === forbiddenContract(state) ? 'total_thirteen' : null;
}

/**
 * Why four contracts cannot stand together, or null.
 * @param least what the declarer's must be at least
 */
export function contractsRefusal(
	contracts: readonly number[],
	declarer: SeatIndex,
	least: number,
): RefusalCode | null {
	const isWhole = (contract: number): boolean =>
		Number.isInteger(contract) && contract >= 0 && contract <= TRICKS;
	if (contracts.length !== SEAT_COUNT || !contracts.every(isWhole)) return 'invalid_bid';
	if ((contracts[declarer] ?? 0) < least) return 'contract_below_bid';
	return contracts.reduce((sum, contract) => sum + contract, 0) === TRICKS ? 'total_thirteen' : null;
}
