/** The statistics of the deal, small: `npm run sim -- --deals 1000000` has the millions. */
import { describe, expect, it } from 'vitest';
import type { Game } from '../../src/lib/game/game.ts';
import { DEALT_GAMES, dealChecks } from './deals.ts';

const DEALS = 3_000;

describe('the deal', () => {
	it('gives every card to every seat as often, in every game, and turns up any card as trump', () => {
		const { numbers, isUniform } = dealChecks(DEALS);
		expect(isUniform, JSON.stringify(numbers)).toBe(true);
		expect(numbers).toMatchObject({
			'chi_square.el_dorado_4.seat_freedom': 51 * 4,
			'chi_square.el_dorado_4.trump_freedom': 51,
			'chi_square.el_dorado_10.seat_freedom': 103 * 10,
			'chi_square.el_dorado_10.trump_freedom': 103,
			'chi_square.israeli_whist.seat_freedom': 51 * 3,
		});
	});

	it.each(DEALT_GAMES)('of $name that favours one seat a little is found out', ({ name, game, seats }) => {
		/** One deal in eight the first seat gets the highest card of the deck. */
		let deals = 0;
		const favours: Game = {
			...game,
			deal: (state, active, deck) => {
				const event = game.deal(state, active, deck);
				const own = game.handsOf(event)?.[0]?.[0];
				const ace = deck.find((card) => card === deck.length - 1);
				if (++deals % 8 !== 0 || own === undefined || ace === undefined) return event;
				return game.deal(state, active, deck.with(deck.indexOf(own), ace).with(deck.indexOf(ace), own));
			},
		};
		const { isUniform } = dealChecks(DEALS, [{ name, game: favours, seats }]);
		expect(isUniform).toBe(false);
	});
});
