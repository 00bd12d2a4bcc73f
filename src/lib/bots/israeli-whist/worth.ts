/** What a hand is worth to a club player, in points: chances of tricks, put through the house's own scoring (5). */
import { pointsFor } from '../../games/israeli-whist/scoring.ts';
import { TRICKS, type RoundType, type Scoring } from '../../games/israeli-whist/types.ts';
import { trickChances, type Outlook } from '../trick-play/chances.ts';

/** How likely the round is to be over, which only a contract of 0 asks about. */
export type OverChance = number;

function pointsIn(scoring: Scoring, over: OverChance, contract: number, tricks: number): number {
	const points = (type: RoundType): number => pointsFor(scoring, type, contract, tricks);
	if (contract > 0) return points('over');
	return over * points('over') + (1 - over) * points('under');
}

/** How many of the cards left should win, for the best there still is in this contract. */
function aimOf(contract: number, taken: number, left: number): number {
	// A broken zero loses less with each further trick (5.2).
	if (contract === 0 && taken > 0) return left;
	return Math.min(left, Math.max(0, contract - taken));
}

/** Points to be expected of a contract, so many tricks taken and this hand left. */
export function expectedPoints(
	scoring: Scoring,
	over: OverChance,
	contract: number,
	taken: number,
	rest: Outlook,
): number {
	const chances = trickChances(rest, aimOf(contract, taken, rest.size));
	let expected = 0;
	chances.forEach((chance, tricks) => {
		expected += chance * pointsIn(scoring, over, contract, Math.min(TRICKS, taken + tricks));
	});
	return expected;
}
