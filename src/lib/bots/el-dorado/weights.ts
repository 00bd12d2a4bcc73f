/**
 * How much each trait of a kept card counts towards its winning a trick: a logistic regression over the cards of
 * simulated games at 2 to 10 seats, half of them at four, in which the bots bid one off now and then. Made by
 * `npx tsx tests/bench/bots-fit.ts`, which prints this table; not to be edited by hand.
 */
import { weightsOf, type WeightTable } from '../trick-play/weights.ts';

const TABLE: WeightTable = {
	base: [-2.97, -1.66],
	higherOut: [-0.25, -0.1],
	top: [-0.9, 1.89],
	ownHigher: [0.13, 0.46],
	ownLower: [-0.45, 0.53],
	suitEach: [0.34, -0.3],
	rank: [2.42, 1.84],
	topSuitEach: [0.81, 0.77],
	topOwnHigher: [-0.88, -0.22],
	trumpShare: [0.02, -1.02],
	perCard: [-0.88, 0.73],
	perOpponent: [2.97, 1.41],
	topPerOpponent: [1.02, 0.1],
	duel: [-1.5, -0.67],
	demand: [-1.64, -0.87],
	demandPerOpponent: [-0.72, -0.66],
	leads: [1.89, 0.85],
	want: [0.47, 2.23],
	wantTop: [0.38, -1.5],
	wantSuitEach: [0.24, 0.11],
};

export const WEIGHTS = weightsOf(TABLE);
