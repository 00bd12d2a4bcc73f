/**
 * What counts towards a kept card's winning a trick: a logistic regression over the cards of simulated games in which
 * the bots name one off now and then. Made by `npx tsx tests/bench/bots-fit-whist.ts`, which prints these tables; not
 * to be edited by hand.
 */
import { weightsOf, type WeightTable } from '../trick-play/weights.ts';

const WITH_TRUMP: WeightTable = {
	base: [-1.93, -2.45],
	higherOut: [-0.22, -0.1],
	top: [0.77, 3.9],
	ownHigher: [-0.09, 0.26],
	ownLower: [-0.05, 0.72],
	suitEach: [0.87, 0.3],
	rank: [1.63, 2],
	topSuitEach: [0.3, -0.36],
	topOwnHigher: [-0.7, -0.43],
	trumpShare: [-1.04, -1.86],
	perCard: [-3.03, 0.45],
	perOpponent: [-0.64, -0.82],
	topPerOpponent: [0.26, 1.3],
	duel: [0, 0],
	demand: [-2.93, -0.57],
	demandPerOpponent: [-0.98, -0.19],
	leads: [15.08, 3.04],
	want: [3.74, 3.59],
	wantTop: [0.3, -0.24],
	wantSuitEach: [-1.19, -0.64],
};

/** No card is a trump: the second column stands for nothing. */
const NO_TRUMP: WeightTable = {
	base: [-2.76, 0],
	higherOut: [-0.37, 0],
	top: [1.54, 0],
	ownHigher: [0.34, 0],
	ownLower: [0.23, 0],
	suitEach: [0.41, 0],
	rank: [1.21, 0],
	topSuitEach: [0.53, 0],
	topOwnHigher: [-0.68, 0],
	trumpShare: [0, 0],
	perCard: [-1.06, 0],
	perOpponent: [-0.92, 0],
	topPerOpponent: [0.51, 0],
	duel: [0, 0],
	demand: [-0.71, 0],
	demandPerOpponent: [-0.24, 0],
	leads: [6.22, 0],
	want: [2.58, 0],
	wantTop: [-0.13, 0],
	wantSuitEach: [-0.32, 0],
};

export const WEIGHTS = { withTrump: weightsOf(WITH_TRUMP), noTrump: weightsOf(NO_TRUMP) };
export type WhistWeights = typeof WEIGHTS;
