/**
 * Israeli Whist behind the `Game` interface: four players, an auction with frischs, contracts, thirteen tricks; with
 * cards on screen, or keeping the score of a real table. Rules and section numbers are in docs/rules-israeli-whist.md.
 *
 *     let state = ISRAELI_WHIST.start(ISRAELI_WHIST.defaultOptions(), 4, seat);
 *     state = ISRAELI_WHIST.evolve(state, ISRAELI_WHIST.deal(state, active, shuffle(cardsOf(1), source)));
 */
import type { Game } from '../../game/game.ts';
import { deal, dealDue } from './dealing.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { forcedMove } from './forced.ts';
import { DEFAULT_OPTIONS, parseOptions } from './options.ts';
import { owed } from './owed.ts';
import {
	faceDownOf,
	formatEvent,
	handsOf,
	openFaceDown,
	openHands,
	parseCommand,
	parseEvent,
} from './payloads.ts';
import { start, type IsraeliWhistState } from './state.ts';
import { SEAT_COUNT, type IsraeliWhistCommand } from './types.ts';
import { view } from './view.ts';

export type { IsraeliWhistState } from './state.ts';

export const ISRAELI_WHIST = {
	variant: 'israeli_whist',
	minSeats: SEAT_COUNT,
	maxSeats: SEAT_COUNT,
	tooFewSeats: 'need_four_players',
	rounds: null,
	defaultOptions: () => DEFAULT_OPTIONS,
	parseOptions,
	start,
	dealDue,
	deal,
	decide,
	owed,
	evolve,
	view,
	totals: (state: IsraeliWhistState) => state.totals,
	forcedMove,
	parseCommand,
	parseEvent,
	formatEvent,
	handsOf,
	openHands,
	laysFaceDown: true,
	isSecretCommand: ({ type }: IsraeliWhistCommand) => type === 'pass_cards',
	faceDownOf,
	openFaceDown,
} as const satisfies Game;
