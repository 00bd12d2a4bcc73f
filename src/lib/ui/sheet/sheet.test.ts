import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../cards/deck.ts';
import type { SeatIndex } from '../../game/game.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';
import { EL_DORADO, type ElDoradoState } from '../../games/el-dorado/index.ts';
import { ROUNDS, type ElDoradoCommand, type SheetRow } from '../../games/el-dorado/types.ts';
import { chartLines } from './chart.ts';
import { sheetRows } from './rows.ts';
import { standings } from './standings.ts';

const seat = (index: number) => index as SeatIndex;
const taken = (index: number) => ({ seat: seat(index), kind: 'human' }) as SeatSnapshot;

/** Seat 3 comes late: it is not dealt into the first round. */
function inSecondRound(): ElDoradoState {
	let state: ElDoradoState = EL_DORADO.start(EL_DORADO.defaultOptions(), 4, seat(0));
	const deal = (active: SeatIndex[]) => {
		state = EL_DORADO.evolve(state, EL_DORADO.deal(state, active, [...cardsOf(1)]));
	};
	deal([seat(0), seat(1), seat(2)]);
	while (state.turn !== null) {
		const view = EL_DORADO.view(state, state.turn);
		const card = view.hand.find(({ refusal }) => refusal === null)?.card;
		const command: ElDoradoCommand =
			card === undefined ? { type: 'make_bid', bid: view.legalBids[0] ?? 0 } : { type: 'play_card', card };
		const decision = EL_DORADO.decide(state, command, state.turn);
		if (!decision.ok) throw new Error(decision.code);
		for (const event of decision.events) state = EL_DORADO.evolve(state, event);
	}
	deal([seat(0), seat(1), seat(2), seat(3)]);
	return state;
}

describe('the score sheet', () => {
	it('has ten rows from the first card on, done, running and to come', () => {
		const rows = sheetRows(EL_DORADO.view(inSecondRound(), seat(0)));
		expect(rows).toHaveLength(ROUNDS);
		expect(rows.map((row) => row.state).slice(0, 3)).toEqual(['done', 'running', 'to_come']);
		expect(rows[0]?.cells[0]).toMatchObject({ bid: 0 });
		expect(rows[1]?.cells[0]).toEqual({ bid: null, tricks: 0, score: null, total: null });
		expect(rows[2]?.cardsEach).toBeNull();
	});

	it('leaves the cell of an absent seat empty, and fills it once it is dealt in', () => {
		const rows = sheetRows(EL_DORADO.view(inSecondRound(), seat(0)));
		expect(rows[0]?.cells[3]).toBeNull();
		expect(rows[1]?.cells[3]).not.toBeNull();
	});
});

describe('the standings', () => {
	it('give equal totals the same place and the next one the place after both', () => {
		const totals = [5, 9, 5, -3];
		const rows = standings(totals, [], [0, 1, 2, 3].map(taken));
		expect(rows.map((row) => [row.seat.seat, row.place])).toEqual([
			[1, 1],
			[0, 2],
			[2, 2],
			[3, 4],
		]);
	});

	it('leave out a seat that nobody ever played', () => {
		const view = EL_DORADO.view(inSecondRound(), seat(0));
		const rows = standings(
			view.seats.map(({ total }) => total),
			view.sheet.map((row) => ({ ...row, promised: row.bids })),
			[taken(0), taken(1), taken(2), { ...taken(3), kind: 'empty' }],
		);
		expect(rows).toHaveLength(3);
		expect(rows[0]?.played).toBe(1);
	});
});

describe('the chart of totals', () => {
	const row = (totals: number[]) => ({ totals }) as unknown as SheetRow;

	it('starts everybody at zero and ends inside its box', () => {
		const { lines, ticks } = chartLines([row([12, -15]), row([20, -30])], [seat(0), seat(1)]);
		expect(lines.map((line) => line.points.split(' ')[0])).toEqual([
			lines[0]?.points.split(' ')[0],
			lines[0]?.points.split(' ')[0],
		]);
		for (const { end } of lines) {
			expect(end.x).toBeLessThanOrEqual(300);
			expect(end.y).toBeGreaterThanOrEqual(10);
			expect(end.y).toBeLessThanOrEqual(140);
		}
		expect(ticks.map((tick) => tick.value)).toContain(0);
		expect(ticks.length).toBeLessThanOrEqual(7);
	});

	it('draws a game without a finished round too', () => {
		const { lines } = chartLines([], [seat(0)]);
		expect(lines[0]?.end.x).toBe(36);
	});
});
