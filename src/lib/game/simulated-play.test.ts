import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { allSeats } from '../games/el-dorado/testing.ts';
import { simulatePlay } from './simulated-play.ts';

const forced = { game: EL_DORADO, seats: 4, seed: 11, choose: EL_DORADO.forcedMove };

describe('simulated play', () => {
	it('plays a whole game, and its events fold to its state', () => {
		const { events, state } = simulatePlay(forced);
		expect(state.over).toBe(true);
		// Ten deals and ten scores, forty bids, 220 cards, 55 tricks.
		expect(events).toHaveLength(335);
		const deal = events[0];
		if (deal?.type !== 'cards_dealt') throw new Error('a game begins with a deal');
		const start = EL_DORADO.start(EL_DORADO.defaultOptions(), 4, deal.dealer);
		expect(events.reduce<typeof state>(EL_DORADO.evolve, start)).toEqual(state);
	});

	it('gives the same game for the same seed and another for another', () => {
		const { events } = simulatePlay(forced);
		expect(simulatePlay(forced).events).toEqual(events);
		expect(simulatePlay({ ...forced, seed: 12 }).events).not.toEqual(events);
	});

	it('deals only to the seats that are active in a round', () => {
		const { state } = simulatePlay({
			...forced,
			activeIn: (round) => allSeats(4).filter((seat) => seat !== round % 4),
		});
		for (const { round, scores } of state.sheet) {
			expect(scores.map((score) => score === null)).toEqual(allSeats(4).map((seat) => seat === round % 4));
		}
	});

	it('plays by the options it is given', () => {
		const options = { ...EL_DORADO.defaultOptions(), hook: true };
		const { state } = simulatePlay({ ...forced, options });
		expect(state.options.hook).toBe(true);
		for (const { bids, cardsEach } of state.sheet) {
			expect(bids.reduce<number>((sum, bid) => sum + (bid ?? 0), 0)).not.toBe(cardsEach);
		}
	});

	it('stops at a move that is refused, and says which, of which seed', () => {
		const refused = { ...forced, choose: () => ({ type: 'make_bid', bid: 11 }) as const };
		expect(() => simulatePlay(refused)).toThrow(/seed 11, round 1.*"bid":11.*invalid_bid/);
	});

	it('stops when fewer seats are active than a deal needs', () => {
		const alone = { ...forced, activeIn: () => allSeats(1) };
		expect(() => simulatePlay(alone)).toThrow('seed 11: no one is to act');
	});
});
