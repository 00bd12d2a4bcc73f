/**
 * El Dorado behind the `Game` interface: a ten-round nomination game of the Oh Hell family for 2 to 10 seats.
 * Rules and section numbers are in docs/rules-el-dorado.md.
 *
 *     let state = EL_DORADO.start(EL_DORADO.defaultOptions(), 4, seat);
 *     state = EL_DORADO.evolve(state, EL_DORADO.deal(state, active, shuffle(cardsOf(1), source)));
 */
import { MAX_SEATS, type Game } from '../../game/game.ts';
import { deal, dealDue } from './dealing.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { forcedMove } from './forced.ts';
import { owed } from './owed.ts';
import { DEFAULT_OPTIONS, parseOptions } from './options.ts';
import { formatEvent, handsOf, openHands, parseCommand, parseEvent } from './payloads.ts';
import { MIN_SEATS, start, type ElDoradoState } from './state.ts';
import { ROUNDS, type ElDoradoEvent } from './types.ts';
import { view } from './view.ts';

export type { ElDoradoState } from './state.ts';

export const EL_DORADO = {
	variant: 'el_dorado',
	minSeats: MIN_SEATS,
	maxSeats: MAX_SEATS,
	tooFewSeats: 'need_players',
	rounds: ROUNDS,
	defaultOptions: () => DEFAULT_OPTIONS,
	parseOptions,
	start,
	dealDue,
	deal,
	decide,
	owed,
	evolve,
	view,
	totals: (state: ElDoradoState) => state.seats.map((seat) => seat.total),
	forcedMove,
	parseCommand,
	parseEvent,
	formatEvent,
	handsOf,
	openHands,
	// Nothing is laid face down in this game.
	laysFaceDown: false,
	isSecretCommand: () => false,
	faceDownOf: () => null,
	openFaceDown: (event: ElDoradoEvent) => event,
} as const satisfies Game;
