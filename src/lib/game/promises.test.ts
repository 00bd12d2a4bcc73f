import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { toSeat } from './seats.ts';
import { BEN, bytes32, DANA, faceNamed, HOST, openTable, YAEL, type SampleTable } from './testing.ts';
import type { Command, LogEvent } from './table-types.ts';

const PROMISED = bytes32(44);
const OTHER = bytes32(45);
const open = (contribution = PROMISED): Command => ({ type: 'open_contribution', contribution });
const START: Command = { type: 'start_game' };
const seat = toSeat(1);

/** The host, Dana, a bot and a free seat; all have promised. */
function lobby(): SampleTable {
	const table = openTable({ game: EL_DORADO, created: { promises: true } });
	table.sit(DANA, 1);
	table.addBot(2);
	return table;
}
function called(): SampleTable {
	const table = lobby();
	table.take(HOST, START);
	return table;
}
const typesOf = (events: readonly LogEvent[]) => events.map(({ type }) => type);

describe('a table whose players promise their contributions', () => {
	it('is started by the last one that is opened, whoever it is of', () => {
		const table = lobby();
		expect(typesOf(table.take(HOST, START))).toEqual(['start_called']);
		expect(table.state).toMatchObject({ stage: 'lobby', opened: [null, null, null, null] });
		expect(typesOf(table.take(HOST, open()))).toEqual(['contribution_opened']);
		expect(table.take(HOST, open())).toEqual([]);
		expect(typesOf(table.take(DANA, open()))).toEqual(['contribution_opened', 'game_started']);
		expect(table.state).toMatchObject({ stage: 'playing', opened: null });
	});

	it('draws the first dealer and the deal from what was opened', () => {
		const table = called();
		const seen: unknown[] = [];
		const state = [open(), open()].reduce((before, command, place) => {
			const decision = table.table.decide(before, command, place === 0 ? HOST : DANA, {
				timeMs: () => 0,
				secret: () => OTHER,
				keepsPromise: () => true,
				contributions: ({ opened }) => {
					seen.push(opened);
					return OTHER;
				},
				drawFirstDealer: ([first], { opened }) => {
					seen.push(opened);
					return first ?? toSeat(0);
				},
			});
			return decision.ok ? decision.events.reduce(table.table.evolve, before) : before;
		}, table.state);
		expect(state.stage).toBe('playing');
		expect(seen).toEqual(Array.from({ length: 2 }, () => [PROMISED, PROMISED, null, null]));
	});

	it('takes no number but the promised one, and none before the start is called', () => {
		expect(lobby().refusal(DANA, open())).toBe('invalid_phase');
		expect(called().refusal(DANA, open(OTHER))).toBe('not_ready');
		expect(called().refusal(BEN, open())).toBe('not_seated');
	});

	it('stands still once the start is called: who came now would know the others’ numbers', () => {
		const face = faceNamed('Ben');
		const commands: readonly (readonly [typeof HOST, Command])[] = [
			[BEN, { type: 'take_seat', seat: null, face, boxKey: bytes32(1), contribution: OTHER }],
			[DANA, { type: 'contribute', contribution: OTHER }],
			[DANA, { type: 'leave_seat' }],
			[DANA, { type: 'set_ready', ready: false }],
			[DANA, { type: 'swap_seats', a: seat, b: toSeat(3) }],
			[HOST, { type: 'add_bot', seat: toSeat(3), level: 'club', face }],
			[HOST, { type: 'clear_seat', seat }],
			[HOST, { type: 'kick', player: DANA }],
			[HOST, START],
		];
		for (const [player, command] of commands) expect(called().refusal(player, command)).toBe('invalid_phase');
		expect(called().refusal(DANA, { type: 'change_face', face })).toBeNull();
	});

	it('is not folded by any page where its host lets somebody come in between, or starts without a number', () => {
		const face = faceNamed('Yael');
		const late: readonly LogEvent[] = [
			{ type: 'seat_taken', seat: toSeat(3), player: YAEL, boxKey: bytes32(1), contribution: OTHER, face },
			{ type: 'seat_cleared', seat },
			{ type: 'contribution_made', seat, contribution: OTHER },
			{ type: 'game_started', firstDealer: toSeat(0), contributions: OTHER },
		];
		for (const event of late) expect(() => called().fold(event)).toThrow();
		const started: LogEvent = { type: 'game_started', firstDealer: toSeat(0), contributions: OTHER };
		expect(() => lobby().fold(started)).toThrow();
		const opened: LogEvent = { type: 'contribution_opened', seat, contribution: PROMISED };
		expect(() => called().fold(opened, opened)).toThrow();
		expect(() => called().fold({ ...opened, seat: toSeat(2) })).toThrow();
		expect(() => lobby().fold(opened)).toThrow();
	});

	it('goes back to the lobby when somebody does not open, says who, and all promise anew', () => {
		const table = called();
		table.take(HOST, open());
		expect(table.step()).toEqual({ type: 'wait_for_openings' });
		expect(table.state).toMatchObject({ stage: 'lobby', opened: null, unopened: [1] });
		expect(table.refusal(HOST, START)).toBe('not_ready');
		for (const player of [HOST, DANA]) table.take(player, { type: 'contribute', contribution: OTHER });
		table.take(HOST, START);
		expect(table.state.unopened).toEqual([]);
		for (const player of [HOST, DANA]) table.take(player, open(OTHER));
		expect(table.state.stage).toBe('playing');
	});

	it('cannot be called off when all have opened, nor where no start was called', () => {
		expect(() => lobby().fold({ type: 'start_called_off' })).toThrow();
		const table = called();
		for (const index of [0, 1])
			table.fold({ type: 'contribution_opened', seat: toSeat(index), contribution: PROMISED });
		expect(() => table.fold({ type: 'start_called_off' })).toThrow();
	});

	it('promises anew when the host is lost in the middle of it: the next one’s secret came after the numbers', () => {
		const lost: LogEvent = {
			type: 'host_changed',
			term: 2,
			host: DANA,
			reason: 'lost',
			votes: [],
			commitment: bytes32(67),
		};
		const table = called();
		table.take(HOST, open());
		table.fold(lost);
		expect(table.state).toMatchObject({ stage: 'lobby', host: DANA, opened: null });
		expect(table.state.seats.map((one) => one.kind === 'human' && one.contribution)).toEqual([
			null,
			null,
			false,
			false,
		]);
		// Before the call the promises say nothing, and hold.
		const early = lobby();
		early.fold(lost);
		expect(early.state.seats[1]).toMatchObject({ contribution: PROMISED });
	});

	it('starts at once where nothing is dealt, as did games of earlier versions', () => {
		const keeper = lobby();
		const { rules } = keeper.state;
		keeper.take(HOST, { type: 'clear_seat', seat: toSeat(2) });
		keeper.take(HOST, { type: 'set_rules', rules, options: { ...keeper.state.options, mode: 'keeper' } });
		expect(typesOf(keeper.take(HOST, START))).toContain('game_started');
		const older = openTable({ game: EL_DORADO });
		older.sit(DANA, 1);
		expect(typesOf(older.take(HOST, START))).toEqual(['game_started']);
	});
});
