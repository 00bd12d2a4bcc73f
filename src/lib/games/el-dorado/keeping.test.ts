/** El Dorado 9: the score of a real table. */
import { describe, expect, it } from 'vitest';
import type { Asking } from '../../game/game.ts';
import { fold } from '../../game/replay.ts';
import { DANA, HOST, openTable } from '../../game/testing.ts';
import type { LogEvent } from '../../game/table-types.ts';
import { toSeat } from '../../game/seats.ts';
import { EL_DORADO, type ElDoradoState } from './index.ts';
import { summarize } from './summary.ts';
import { allSeats, seatAt } from './testing.ts';
import type { ElDoradoCommand, ElDoradoEvent, ElDoradoOptions } from './types.ts';

/** A keeper's table in one hand; seat 0 is the admin. */
class Keeper {
	state: ElDoradoState;
	readonly events: ElDoradoEvent[] = [];
	readonly #seats: number;

	constructor(seats: number, options: Partial<ElDoradoOptions> = {}, firstDealer = 0) {
		this.#seats = seats;
		const all = { ...EL_DORADO.defaultOptions(), mode: 'keeper' as const, ...options };
		this.state = EL_DORADO.start(all, seats, seatAt(firstDealer));
		this.#settle();
	}
	#settle(): void {
		const next = EL_DORADO.owed(this.state, allSeats(this.#seats));
		if (next !== null) this.#fold([next]);
	}
	#fold(events: readonly ElDoradoEvent[]): void {
		for (const event of events) {
			this.state = EL_DORADO.evolve(this.state, event);
			this.events.push(event);
		}
	}
	decide(seat: number, command: ElDoradoCommand, asking: Partial<Asking> = {}) {
		return EL_DORADO.decide(this.state, command, seatAt(seat), { isAdmin: seat === 0, timeMs: 5, ...asking });
	}
	take(seat: number, command: ElDoradoCommand): this {
		const decision = this.decide(seat, command);
		if (!decision.ok) throw new Error(`${JSON.stringify(command)} is refused: ${decision.code}`);
		this.#fold(decision.events);
		this.#settle();
		return this;
	}
	refusal(seat: number, command: ElDoradoCommand): string | null {
		const decision = this.decide(seat, command);
		return decision.ok ? null : decision.code;
	}
	/** Bids in turn. */
	bids(...bids: readonly number[]): this {
		for (const bid of bids) this.take(this.state.turn!, { type: 'make_bid', bid });
		return this;
	}
	/** Tricks entered by the admin for each seat, null where the remainder is left to be. */
	tricks(...tricks: readonly (number | null)[]): this {
		tricks.forEach((count, seat) => {
			if (count !== null) this.take(0, { type: 'note_tricks', tricks: count, seat: seatAt(seat) });
		});
		return this;
	}
	round(bids: readonly (number | null)[], tricks: readonly (number | null)[]): this {
		return this.take(0, { type: 'enter_bids', bids })
			.tricks(...tricks)
			.take(1, { type: 'score_round' });
	}
	get totals(): readonly number[] {
		return EL_DORADO.totals(this.state);
	}
	get view() {
		return EL_DORADO.view(this.state, seatAt(1));
	}
}

const TEN = [4, 3, 3];

describe('El Dorado 9, keeping the score', () => {
	it('9.1 opens each round by itself, 10 cards to 1, the deal moving on', () => {
		const table = new Keeper(3, {}, 2);
		expect(table.state).toMatchObject({
			round: 1,
			phase: 'bidding',
			dealer: 2,
			turn: 0,
			cardsEach: 10,
			deal: 0,
		});
		table.round([4, 3, 3], [4, 3, null]);
		expect(table.state).toMatchObject({ round: 2, phase: 'bidding', dealer: 0, turn: 1, cardsEach: 9 });
		expect(table.view.sheet[0]).toMatchObject({ round: 1, trumpCard: null, tricks: TEN, scores: [9, 8, 8] });
	});

	it('9.1 two to ten players, no cards and no deal', () => {
		for (const seats of [2, 10]) {
			const table = new Keeper(seats);
			expect(table.state.active).toHaveLength(seats);
			expect(EL_DORADO.dealDue(table.state, allSeats(seats))).toBeNull();
			expect(table.refusal(0, { type: 'play_card', card: 3 as never })).toBe('invalid_phase');
		}
	});

	it('9.2 bids are made in order, with the sum to be seen, each by its own seat or by the admin', () => {
		const table = new Keeper(3);
		expect(table.view.legalBids).toHaveLength(11);
		expect(table.refusal(2, { type: 'make_bid', bid: 1 })).toBe('not_your_turn');
		table.take(1, { type: 'make_bid', bid: 3 });
		expect(table.refusal(1, { type: 'make_bid', bid: 1, seat: seatAt(2) })).toBe('not_admin');
		expect(table.refusal(0, { type: 'make_bid', bid: 1, seat: seatAt(3) })).toBe('no_such_seat');
		table.take(0, { type: 'make_bid', bid: 4, seat: seatAt(2) });
		expect(table.events.at(-1)).toEqual({ type: 'bid_made', seat: 2, bid: 4, enteredBy: 0 });
		expect(table.view.sumOfBids).toBe(7);
		table.bids(2);
		expect(table.state).toMatchObject({ phase: 'playing', turn: null });
	});

	it('9.2 the hook holds with real cards too', () => {
		const table = new Keeper(2, { hook: true }).bids(4);
		expect(table.view.forbiddenBid).toBe(6);
		expect(table.refusal(0, { type: 'make_bid', bid: 6 })).toBe('invalid_bid');
		expect(table.refusal(0, { type: 'enter_bids', bids: [6, 4] })).toBe('invalid_bid');
		expect(table.refusal(0, { type: 'enter_bids', bids: [5, 4] })).toBeNull();
	});

	it('9.2 the admin enters all bids at once, or puts them right until the round is scored', () => {
		const table = new Keeper(3).bids(3);
		expect(table.refusal(1, { type: 'enter_bids', bids: [1, 2, 3] })).toBe('not_admin');
		expect(table.refusal(0, { type: 'enter_bids', bids: [1, 2] })).toBe('invalid_bid');
		expect(table.refusal(0, { type: 'enter_bids', bids: [1, 2, 11] })).toBe('invalid_bid');
		expect(table.refusal(0, { type: 'enter_bids', bids: [1, 2, null] })).toBe('invalid_bid');
		table.take(0, { type: 'enter_bids', bids: [1, 2, 3] }).tricks(1, 2);
		table.take(0, { type: 'enter_bids', bids: [4, 2, 3] });
		expect(table.state.seats.map(({ bid, tricks }) => [bid, tricks])).toEqual([
			[4, 1],
			[2, 2],
			[3, 7],
		]);
		expect(table.state.kept?.changes).toMatchObject([
			{ type: 'bids_entered', round: 1, by: 0, at: 5 },
			{ type: 'bids_entered', round: 1, by: 0, at: 5 },
		]);
	});

	it('9.3 the last player’s tricks are the remainder', () => {
		const table = new Keeper(3).bids(3, 3, 3);
		expect(table.refusal(1, { type: 'score_round' })).toBe('invalid_phase');
		table.take(1, { type: 'note_tricks', tricks: 4 });
		expect(table.view.kept).toMatchObject({ noted: [null, 4, null], mayScore: false });
		table.take(2, { type: 'note_tricks', tricks: 5 });
		expect(table.view.seats.map(({ tricks }) => tricks)).toEqual([1, 4, 5]);
		expect(table.view.kept).toMatchObject({ noted: [null, 4, 5], mayScore: true });
	});

	it('9.3 a note can be changed, and taken back, until the round is scored', () => {
		const table = new Keeper(3).bids(3, 3, 3).tricks(null, 4, 5);
		table.take(1, { type: 'note_tricks', tricks: 2 });
		expect(table.view.seats.map(({ tricks }) => tricks)).toEqual([3, 2, 5]);
		table.take(2, { type: 'note_tricks', tricks: null });
		expect(table.view.kept).toMatchObject({ noted: [null, 2, null], mayScore: false });
	});

	it('9.3 a round opens with nothing noted, whatever was noted in the one before', () => {
		const keeper = new Keeper(3).round([4, 3, 3], [4, 3, null]);
		expect(keeper.view.kept?.noted).toEqual([null, null, null]);
		keeper.bids(1, 1, 1).tricks(9);
		expect(keeper.view).toMatchObject({ phase: 'playing', kept: { mayScore: false } });
	});

	it('9.3 tricks that cannot be are refused', () => {
		const table = new Keeper(3).bids(3, 3, 3).tricks(null, 4);
		const note = (seat: number, tricks: number) => table.refusal(seat, { type: 'note_tricks', tricks });
		expect([note(2, 7), note(2, 6), note(2, 11), note(2, -1), note(2, 1.5)]).toEqual([
			'tricks_do_not_add_up',
			null,
			'invalid_bid',
			'invalid_bid',
			'invalid_bid',
		]);
		table.tricks(null, null, 3);
		expect([note(0, 2), note(0, 3)]).toEqual(['tricks_do_not_add_up', null]);
		expect(table.refusal(1, { type: 'note_tricks', tricks: 1, seat: seatAt(2) })).toBe('not_admin');
	});

	it('9.4 who is absent has no bid, no tricks and no points, and may come back', () => {
		const table = new Keeper(4, {}, 1);
		table.round([1, 2, 3, 3], [1, 2, 3, null]);
		expect(table.state).toMatchObject({ round: 2, dealer: 2, turn: 3 });
		expect(table.refusal(1, { type: 'set_active', active: allSeats(2) })).toBe('not_admin');
		expect(table.refusal(0, { type: 'set_active', active: [seatAt(0)] })).toBe('no_such_seat');
		expect(table.refusal(0, { type: 'set_active', active: [seatAt(0), seatAt(4)] })).toBe('no_such_seat');
		table.take(0, { type: 'set_active', active: [0, 1, 3].map(seatAt) });
		// Seat 2 is absent, so the deal goes on to the next one (1.4).
		expect(table.state).toMatchObject({ dealer: 3, turn: 0, active: [0, 1, 3] });
		table.bids(2);
		expect(table.refusal(0, { type: 'set_active', active: allSeats(4) })).toBe('invalid_phase');
		table.bids(3, 3).tricks(2, 3).take(3, { type: 'score_round' });
		expect(table.state.sheet[1]).toMatchObject({ bids: [2, 3, null, 3], tricks: [2, 3, null, 4] });
		expect(table.state.sheet[1]?.scores).toEqual([7, 8, null, -8]);
		expect(table.state).toMatchObject({ round: 3, active: [0, 1, 3], dealer: 0 });
		table.take(0, { type: 'set_active', active: allSeats(4) });
		expect(table.state.dealer).toBe(0);
	});

	it('9.5 any past round can be corrected, and every later total follows', () => {
		const table = new Keeper(3);
		table.round([4, 3, 3], [4, 3, null]).round([4, 3, 3], [4, 3, null]);
		expect(table.totals).toEqual([18, 16, 0]);
		const correct = { type: 'correct_round', round: 1, bids: [4, 3, 3], tricks: [3, 4, 3] } as const;
		expect(table.refusal(1, correct)).toBe('not_admin');
		table.take(0, correct);
		expect(table.state.sheet.map(({ totals }) => totals)).toEqual([
			[-9, -8, 8],
			[0, 0, 0],
		]);
		expect(table.totals).toEqual([0, 0, 0]);
		expect(table.state.kept?.changes.at(-1)).toEqual({
			type: 'round_corrected',
			round: 1,
			by: 0,
			at: 5,
			before: { bids: [4, 3, 3], tricks: [4, 3, 3] },
			after: { bids: [4, 3, 3], tricks: [3, 4, 3] },
		});
		const refused = (number: number, bids: number[], tricks: number[]) =>
			table.refusal(0, { type: 'correct_round', round: number, bids, tricks });
		expect(refused(3, [4, 3, 3], [3, 4, 3])).toBe('no_such_round');
		expect(refused(1, [11, 3, 3], [3, 4, 3])).toBe('invalid_bid');
		expect(refused(2, [4, 3, 3], [3, 4, 3])).toBe('tricks_do_not_add_up');
	});

	it('9.5 points by hand count from the last row on', () => {
		const table = new Keeper(2).round([4, 3], [4, null]);
		table.take(0, { type: 'adjust_score', seat: seatAt(1), points: -20 });
		expect(table.state.sheet[0]?.totals).toEqual([9, -28]);
		table.round([4, 5], [4, null]);
		expect(table.totals).toEqual([18, -18]);
		expect(table.refusal(0, { type: 'adjust_score', seat: seatAt(2), points: 1 })).toBe('no_such_seat');
		expect(table.refusal(0, { type: 'adjust_score', seat: seatAt(1), points: 0 })).toBe('invalid_bid');
		expect(table.refusal(1, { type: 'adjust_score', seat: seatAt(1), points: 5 })).toBe('not_admin');
	});

	it('9.6 the tenth round waits for the admin, and can be put right until then', () => {
		const table = new Keeper(2);
		expect(table.refusal(0, { type: 'finish_game' })).toBe('invalid_phase');
		for (let round = 1; round <= 10; round += 1) table.round([0, 11 - round], [0, null]);
		expect(table.state).toMatchObject({ phase: 'dealing', over: false, round: 10 });
		expect(table.view.kept?.endReached).toBe(true);
		table.take(0, { type: 'correct_round', round: 10, bids: [0, 1], tricks: [1, 0] });
		expect(table.refusal(1, { type: 'finish_game' })).toBe('not_admin');
		table.take(0, { type: 'finish_game' });
		expect(table.view).toMatchObject({ phase: 'over', winners: [1] });
		expect(table.refusal(0, { type: 'finish_game' })).toBe('game_over');
	});

	it('commands of any shape are refused and change nothing', () => {
		const junk = [undefined, {}, 'x', 77, [], ['x'], Number.NaN];
		const commands = junk.flatMap((value) => [
			{ type: 'make_bid', bid: value },
			{ type: 'make_bid', bid: 1, seat: value ?? 99 },
			{ type: 'set_active', active: value },
			{ type: 'enter_bids', bids: value },
			{ type: 'note_tricks', tricks: value },
			{ type: 'correct_round', round: value, bids: value, tricks: value },
			{ type: 'adjust_score', seat: value, points: value },
		]);
		const tables = [new Keeper(3), new Keeper(3).bids(3, 3, 3), new Keeper(3).round([4, 3, 3], [4, 3, null])];
		for (const table of tables) {
			const before = JSON.stringify(table.state);
			for (const command of commands) {
				expect(table.decide(0, command as never).ok, JSON.stringify(command)).toBe(false);
			}
			expect(JSON.stringify(table.state)).toBe(before);
		}
	});

	it('events read and write the same, and others are none', () => {
		const table = new Keeper(3).bids(3, 3);
		table
			.take(0, { type: 'enter_bids', bids: [1, 2, 3] })
			.tricks(1, 2)
			.take(0, { type: 'score_round' });
		table.take(0, { type: 'set_active', active: allSeats(2) });
		table.take(0, { type: 'correct_round', round: 1, bids: [1, 2, 3], tricks: [2, 2, 6] });
		table.take(0, { type: 'adjust_score', seat: seatAt(1), points: -20 });
		const events: ElDoradoEvent[] = [...table.events, { type: 'end_called', by: seatAt(0) }];
		for (const event of events) {
			const { v, payload } = EL_DORADO.formatEvent(event);
			const text: Record<string, unknown> = JSON.parse(JSON.stringify(payload));
			expect(EL_DORADO.parseEvent(event.type, v, text)).toEqual(event);
			expect(EL_DORADO.parseEvent(event.type, v, { ...text, more: 1 })).toBeNull();
			for (const key of Object.keys(text)) {
				for (const value of ['x', 1.5, {}, [999], -7]) {
					if (key === 'points' && value === -7) continue;
					expect(
						EL_DORADO.parseEvent(event.type, v, { ...text, [key]: value }),
						`${event.type} ${key}`,
					).toBeNull();
				}
			}
		}
	});

	it('commands are taken by their shape', () => {
		const good = [
			{ type: 'make_bid', bid: 99, seat: 3 },
			{ type: 'set_active', active: [0, 2] },
			{ type: 'enter_bids', bids: [1, null, 3] },
			{ type: 'note_tricks', tricks: null },
			{ type: 'note_tricks', tricks: 4, seat: 1 },
			{ type: 'score_round' },
			{ type: 'correct_round', round: 1, bids: [1, null], tricks: [2, null] },
			{ type: 'adjust_score', seat: 1, points: -20 },
			{ type: 'finish_game' },
		];
		for (const command of good) {
			expect(EL_DORADO.parseCommand(command)).toEqual(command);
			expect(EL_DORADO.parseCommand({ ...command, more: 1 })).toBeNull();
		}
		expect(EL_DORADO.parseCommand({ type: 'set_active', active: Array(11).fill(0) })).toBeNull();
		expect(EL_DORADO.parseCommand({ type: 'note_tricks', tricks: '4' })).toBeNull();
	});

	it('a whole table keeps a game of ten rounds: it folds, and its summary counts what was put right', () => {
		const options = { ...EL_DORADO.defaultOptions(), mode: 'keeper' as const };
		const table = openTable({
			game: EL_DORADO,
			created: { options },
			rules: { seats: 2, firstDealer: 'first_seat' },
		});
		table.sit(DANA);
		table.take(HOST, { type: 'start_game' });
		for (let round = 1; round <= 10; round += 1) {
			table.step();
			table.take(HOST, { type: 'enter_bids', bids: [0, 11 - round] } as LogEvent);
			table.take(DANA, { type: 'note_tricks', tricks: 11 - round } as LogEvent);
			table.take(DANA, { type: 'score_round' });
		}
		table.take(HOST, { type: 'correct_round', round: 10, bids: [0, 1], tricks: [1, 0] } as LogEvent);
		table.take(HOST, { type: 'adjust_score', seat: toSeat(0), points: 7 } as LogEvent);
		table.take(HOST, { type: 'finish_game' });
		table.playUntil(({ stage }) => stage === 'finished');
		const folded = fold(EL_DORADO, table.events);
		expect(folded).toEqual(table.state);
		const { players, rounds, winners } = summarize(table.events);
		expect(rounds).toBe(10);
		expect(players.map(({ score }) => score)).toEqual(EL_DORADO.totals(folded.inner as ElDoradoState));
		expect(players[0]).toMatchObject({ bidsMade: 9, bidsMissed: 1, tricks: 1, longestMadeRun: 9 });
		expect(winners).toEqual([1]);
	});

	it('play with cards knows none of it', () => {
		const state = EL_DORADO.start(EL_DORADO.defaultOptions(), 3, seatAt(0));
		expect(EL_DORADO.owed(state, allSeats(3))).toBeNull();
		expect(EL_DORADO.view(state, null).kept).toBeNull();
		const asking = { isAdmin: true, timeMs: 0 };
		for (const command of [{ type: 'score_round' }, { type: 'finish_game' }] as const) {
			const decision = EL_DORADO.decide(state, command, seatAt(0), asking);
			expect(decision).toEqual({ ok: false, code: 'invalid_phase' });
		}
		const opened = {
			type: 'round_opened',
			round: 1,
			dealer: seatAt(0),
			seats: 3,
			active: allSeats(3),
		} as const;
		expect(() => EL_DORADO.evolve(state, opened)).toThrow('where cards are dealt');
	});
});
