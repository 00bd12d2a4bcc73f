import { describe, expect, it } from 'vitest';
import type { SeatIndex } from '../../../game/game.ts';
import type { Call } from '../../../games/israeli-whist/types.ts';
import { auctionRows } from './auction-rows.ts';

const DEALER = 3;
const pass = (seat: number): Call => ({ seat: seat as SeatIndex, bid: null });
const bid = (seat: number, amount: number): Call => ({
	seat: seat as SeatIndex,
	bid: { amount, strain: 'clubs' },
});
/** As it stands on the table: `5`, `pass`, nothing. */
const shown = (calls: readonly Call[], dealer = DEALER) =>
	auctionRows(calls, dealer).map((row) =>
		row.map((call) => (call === null ? '' : (call.bid?.amount ?? 'pass'))),
	);

describe('the calls on the table', () => {
	it('stand in a column a player, the dealer’s left first', () => {
		expect(shown([pass(0), bid(1, 5), pass(2), bid(3, 6), pass(0)])).toEqual([
			['pass', 5, 'pass', 6],
			['pass', '', '', ''],
		]);
		expect(shown([bid(2, 5), pass(3)], 1)).toEqual([[5, 'pass', '', '']]);
	});

	it('leave a gap for who is passed over, its pass being final', () => {
		expect(shown([pass(0), bid(1, 5), bid(2, 6), pass(3), bid(1, 7), bid(2, 8)])).toEqual([
			['pass', 5, 6, 'pass'],
			['', 7, 8, ''],
		]);
	});

	it('are none before anybody has spoken', () => {
		expect(shown([])).toEqual([]);
	});
});
