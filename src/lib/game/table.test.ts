import { describe, expect, it } from 'vitest';
import { cardsOf } from '../cards/deck.ts';
import type { GameOptions } from './game.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { MAX_PHRASES } from './phrases.ts';
import { fold } from './replay.ts';
import { activeSeats, seatOf, toSeat } from './seats.ts';
import { isResting, tableOf } from './table.ts';
import {
	DEFAULT_RULES,
	type Command,
	type GameCreated,
	type LogEvent,
	type Seat,
	type TableRules,
	type TableState,
} from './table-types.ts';
import {
	BEN,
	bytes32,
	CONTRIBUTIONS,
	DANA,
	faceNamed,
	gameCreated,
	HOST,
	openTable as openAnyTable,
	playerNumbered,
	SECRET,
	STRANGER,
	YAEL,
	type OpenTable,
	type SampleTable,
} from './testing.ts';

const openTable = (options: Omit<OpenTable, 'game'> = {}) => openAnyTable({ game: EL_DORADO, ...options });

/** Host and Dana ready, two bots: may start. */
function fullLobby(rules: Partial<TableRules> = {}): SampleTable {
	const table = openTable({ rules });
	table.sit(DANA, 1);
	table.addBot(2);
	table.addBot(3);
	return table;
}
function startedTable(rules: Partial<TableRules> = {}): SampleTable {
	const table = fullLobby(rules);
	table.take(HOST, { type: 'start_game' });
	return table;
}
const roundIs = (round: number) => (state: TableState) => state.inner?.round === round;
const finishedTable = (): SampleTable => {
	const table = startedTable();
	table.playUntil(({ stage }) => stage === 'finished');
	return table;
};

const kindsOf = ({ state }: SampleTable) => state.seats.map(({ kind }) => kind);
function seatAt({ state }: SampleTable, index: number): Extract<Seat, { kind: 'human' }> {
	const seat = state.seats[index];
	if (seat?.kind !== 'human') throw new Error(`nobody sits at ${index}`);
	return seat;
}
const takeSeat = (seat: number | null): Command => ({
	type: 'take_seat',
	seat: seat === null ? null : toSeat(seat),
	face: faceNamed('Ben'),
	boxKey: bytes32(1),
	contribution: bytes32(2),
});
const setRules = (rules: Partial<TableRules>, options: object = EL_DORADO.defaultOptions()): Command => ({
	type: 'set_rules',
	rules: { ...DEFAULT_RULES, ...rules },
	options: options as GameOptions,
});
const addBot = (seat: number): Command => ({
	type: 'add_bot',
	seat: toSeat(seat),
	level: 'club',
	face: faceNamed('Bot'),
});
const swap = (a: number, b: number): Command => ({ type: 'swap_seats', a: toSeat(a), b: toSeat(b) });

describe('a new table', () => {
	it('is a lobby of empty seats, in the first term, with nothing played, kicked or revealed', () => {
		const { state } = openTable({ standing: true });
		expect(state).toMatchObject({
			stage: 'lobby',
			host: HOST,
			term: 1,
			kicked: [],
			inner: null,
			continued: [],
			misplays: [0, 0, 0, 0],
			revealedRounds: 0,
			dealChecks: [],
			said: null,
			secret: null,
		});
		expect(kindsOf(openTable({ standing: true }))).toEqual(['empty', 'empty', 'empty', 'empty']);
	});

	it('opens with game_created, which stands first and once', () => {
		const { evolve } = tableOf(EL_DORADO);
		const opening = gameCreated(EL_DORADO, DEFAULT_RULES);
		const state = evolve(null, opening);
		expect(() => evolve(state, opening)).toThrow('first and once');
		expect(() => evolve(null, { type: 'seat_cleared', seat: toSeat(0) })).toThrow('before game_created');
		expect(() => evolve(null, { type: 'bid_made' })).toThrow('outside a running game');
	});

	it.each<[string, Partial<GameCreated>]>([
		['another game', { variant: 'israeli_whist' }],
		['more seats than the rules say', { rules: { ...DEFAULT_RULES, seats: 3 } }],
		['options that are not its game’s', { options: { v: 1, mode: 'cards' } }],
		['a player in two seats', { seats: carriedOver([DANA, DANA, null, null]) }],
	])('is corrupt with %s', (_, wrong) => {
		const opening = { ...gameCreated(EL_DORADO, DEFAULT_RULES), ...wrong };
		expect(() => tableOf(EL_DORADO).evolve(null, opening)).toThrow();
	});

	it('may carry people over, who have yet to give their part to the new deal', () => {
		const table = openTable({ created: { seats: carriedOver([HOST, DANA, null, null]) } });
		expect(tableOf(EL_DORADO).startRefusal(table.state)).toBe('not_ready');
		for (const player of [HOST, DANA]) {
			const events = table.take(player, { type: 'contribute', contribution: bytes32(8) });
			expect(events).toMatchObject([{ type: 'contribution_made', contribution: bytes32(8) }]);
		}
		expect(tableOf(EL_DORADO).startRefusal(table.state)).toBeNull();
	});

	function carriedOver(players: readonly (typeof DANA | null)[]): Seat[] {
		return players.map((player) =>
			player === null
				? { kind: 'empty' }
				: {
						kind: 'human',
						player,
						boxKey: bytes32(1),
						contribution: null,
						face: faceNamed('Again'),
						ready: true,
						presence: 'here',
					},
		);
	}
});

describe('taking a seat', () => {
	it('gives the seat asked for, or the first free one', () => {
		const table = openTable();
		table.sit(DANA, 2);
		table.sit(BEN);
		table.sit(YAEL);
		expect([HOST, BEN, DANA, YAEL].map((player) => seatOf(table.state, player))).toEqual([0, 1, 2, 3]);
		expect(seatAt(table, 2)).toMatchObject({ presence: 'here', contribution: bytes32(44) });
	});

	it('makes the host ready at once and a guest when it says so', () => {
		const table = openTable({ standing: true });
		table.sit(HOST, 0, false);
		table.sit(DANA, 1, false);
		expect([seatAt(table, 0).ready, seatAt(table, 1).ready]).toEqual([true, false]);
	});

	it('is refused with its code', () => {
		const table = fullLobby();
		expect(table.refusal(DANA, takeSeat(null))).toBe('already_seated');
		expect(table.refusal(BEN, takeSeat(0))).toBe('seat_taken');
		expect(table.refusal(BEN, takeSeat(2))).toBe('seat_taken');
		expect(table.refusal(BEN, takeSeat(4))).toBe('no_such_seat');
		expect(table.refusal(BEN, takeSeat(null))).toBe('room_full');
		expect(openTable().refusal(BEN, { ...takeSeat(1), face: { name: '' } } as Command)).toBe('invalid_name');
		expect(finishedTable().refusal(BEN, takeSeat(null))).toBe('game_over');
	});

	it('in a running game waits for the next deal (El Dorado 6.4)', () => {
		const table = openTable();
		table.sit(DANA, 1);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(roundIs(1));
		table.sit(BEN, 3);
		expect(activeSeats(table.state)).toEqual([0, 1, 3]);
		table.playUntil(roundIs(2));
		expect(table.table.view(table.state, null)).toMatchObject({
			seats: [{ active: true }, { active: true }, { active: false }, { active: true }],
		});
	});
});

describe('leaving a seat', () => {
	it('frees it in the lobby', () => {
		const table = fullLobby();
		expect(table.take(DANA, { type: 'leave_seat' })).toEqual([{ type: 'seat_cleared', seat: 1 }]);
		expect(kindsOf(table)).toEqual(['human', 'empty', 'bot', 'bot']);
		expect(table.refusal(DANA, { type: 'leave_seat' })).toBe('not_seated');
	});

	it('in a game is for good: out from the next deal on, in again at the one after the return (6.3)', () => {
		const table = startedTable();
		table.playUntil(roundIs(1));
		expect(table.take(DANA, { type: 'leave_seat' })).toEqual([{ type: 'seat_left', seat: 1 }]);
		expect(activeSeats(table.state)).toEqual([0, 2, 3]);
		expect(table.refusal(DANA, { type: 'leave_seat' })).toBe('not_seated');
		table.playUntil(roundIs(3));
		expect(table.take(DANA, { type: 'return_to_seat' })).toEqual([{ type: 'seat_returned', seat: 1 }]);
		expect(table.refusal(DANA, { type: 'return_to_seat' })).toBe('already_seated');
		table.playUntil(roundIs(4));
		const { sheet, seats } = table.table.view(table.state, null) as unknown as {
			sheet: { bids: (number | null)[] }[];
			seats: { active: boolean }[];
		};
		expect(sheet.map(({ bids }) => bids[1] !== null)).toEqual([true, false, false]);
		expect(seats[1]?.active).toBe(true);
	});

	it('is for the whole round: whoever comes back within it is dealt in with the next (6.3)', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.take(DANA, { type: 'leave_seat' });
		expect(table.refusal(DANA, { type: 'make_bid', bid: 2 } as Command)).toBe('not_seated');
		expect(table.take(DANA, { type: 'return_to_seat' })).toEqual([{ type: 'return_announced', seat: 1 }]);
		expect(table.refusal(DANA, { type: 'return_to_seat' })).toBe('already_seated');
		expect(table.refusal(DANA, { type: 'make_bid', bid: 2 } as Command)).toBe('not_seated');
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 1, as: 'stand_in' });
		table.playUntil((state) => state.revealedRounds === 1);
		expect(seatAt(table, 1).presence).toBe('returning');
		expect(table.step()).toEqual({ type: 'settle', event: { type: 'seat_returned', seat: 1 } });
		expect(table.table.due(table.state)).toEqual({ type: 'deal', round: 2, decks: 1 });
		table.playUntil(({ inner, dealtIn }) => inner?.turn === 1 && dealtIn.includes(toSeat(1)));
		expect(table.table.due(table.state)).toEqual({ type: 'turn', seat: 1 });
		expect(fold(EL_DORADO, table.events)).toEqual(table.state);
	});

	it('may be meant after all: a return that was announced is taken back', () => {
		const table = startedTable();
		table.playUntil(roundIs(1));
		table.take(DANA, { type: 'leave_seat' });
		table.take(DANA, { type: 'return_to_seat' });
		expect(table.take(DANA, { type: 'leave_seat' })).toEqual([{ type: 'seat_left', seat: 1 }]);
		expect(activeSeats(table.state)).toEqual([0, 2, 3]);
	});

	it('is undone at once between rounds, and where the round that was left is void', () => {
		const table = startedTable();
		table.playUntil(roundIs(1));
		table.take(DANA, { type: 'leave_seat' });
		table.take(DANA, { type: 'return_to_seat' });
		table.fold({ type: 'round_voided', round: 1 });
		expect(table.step()).toEqual({ type: 'settle', event: { type: 'seat_returned', seat: 1 } });
		table.playUntil((state) => state.revealedRounds === 1);
		table.take(DANA, { type: 'leave_seat' });
		expect(table.take(DANA, { type: 'return_to_seat' })).toEqual([{ type: 'seat_returned', seat: 1 }]);
	});

	it('and the return within the round gave the hand back in logs from before that: they fold as they did', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.fold({ type: 'seat_left', seat: toSeat(1) }, { type: 'seat_returned', seat: toSeat(1) });
		expect(seatAt(table, 1).presence).toBe('here');
		expect(table.take(DANA, { type: 'make_bid', bid: 2 } as Command)).toHaveLength(1);
	});

	it('is over with the game', () => {
		expect(finishedTable().refusal(DANA, { type: 'leave_seat' })).toBe('game_over');
	});
});

describe('who is away (6.1)', () => {
	it('takes the seat back by acting, and the return stands in the log before the move', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.fold({ type: 'seat_away', seat: toSeat(1) });
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 1, as: 'stand_in' });
		const events = table.take(DANA, { type: 'make_bid', bid: 2 } as Command);
		expect(events).toEqual([
			{ type: 'seat_back', seat: 1 },
			{ type: 'bid_made', seat: 1, bid: 2 },
		]);
		expect(seatAt(table, 1).presence).toBe('here');
	});

	it('stays away with a move that is refused', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.fold({ type: 'seat_away', seat: toSeat(1) });
		expect(table.refusal(DANA, { type: 'make_bid', bid: 99 } as Command)).toBe('invalid_bid');
		expect(table.take(DANA, { type: 'return_to_seat' })).toEqual([{ type: 'seat_back', seat: 1 }]);
	});

	it('is still dealt in', () => {
		const table = startedTable();
		table.fold({ type: 'seat_away', seat: toSeat(1) });
		expect(activeSeats(table.state)).toEqual([0, 1, 2, 3]);
	});
});

describe('returning', () => {
	it('is for seated players of a running game', () => {
		expect(fullLobby().refusal(DANA, { type: 'return_to_seat' })).toBe('invalid_phase');
		expect(startedTable().refusal(STRANGER, { type: 'return_to_seat' })).toBe('not_seated');
		expect(finishedTable().refusal(DANA, { type: 'return_to_seat' })).toBe('invalid_phase');
	});
});

describe('a contribution to the deal', () => {
	it('is made once, before the start, by who sits', () => {
		const contribute: Command = { type: 'contribute', contribution: bytes32(9) };
		expect(fullLobby().refusal(DANA, contribute)).toBe('invalid_phase');
		expect(fullLobby().refusal(STRANGER, contribute)).toBe('not_seated');
		expect(startedTable().refusal(DANA, contribute)).toBe('invalid_phase');
	});
});

describe('a face', () => {
	it('can be changed until the end by who wears it', () => {
		for (const table of [fullLobby(), startedTable()]) {
			const face = { name: 'דנה', color: 3, avatar: 12 };
			expect(table.take(DANA, { type: 'change_face', face })).toEqual([
				{ type: 'face_changed', seat: 1, face },
			]);
			expect(seatAt(table, 1).face).toEqual(face);
			expect(table.refusal(STRANGER, { type: 'change_face', face })).toBe('not_seated');
			const bad = { ...face, name: 'Host\u202E' };
			expect(table.refusal(DANA, { type: 'change_face', face: bad })).toBe('invalid_name');
		}
		const face = { name: 'Dan', color: 3, avatar: 12 };
		expect(finishedTable().refusal(DANA, { type: 'change_face', face })).toBe('game_over');
	});
});

describe('readiness', () => {
	it('is said in the lobby by who sits; saying it twice changes nothing', () => {
		const table = fullLobby();
		expect(table.take(DANA, { type: 'set_ready', ready: true })).toEqual([]);
		expect(table.take(DANA, { type: 'set_ready', ready: false })).toHaveLength(1);
		expect(table.refusal(STRANGER, { type: 'set_ready', ready: true })).toBe('not_seated');
		expect(startedTable().refusal(DANA, { type: 'set_ready', ready: false })).toBe('invalid_phase');
	});
});

describe('swapping seats', () => {
	it('lets a guest move to an empty seat or change places with a bot, from either side', () => {
		const table = openTable();
		table.sit(DANA, 1);
		table.addBot(2);
		table.take(DANA, swap(1, 3));
		expect(seatOf(table.state, DANA)).toBe(3);
		table.take(DANA, swap(2, 3));
		expect(kindsOf(table)).toEqual(['human', 'empty', 'human', 'bot']);
	});

	it('lets the admin move anybody', () => {
		const table = fullLobby();
		table.take(HOST, swap(1, 2));
		table.take(HOST, swap(0, 2));
		expect([HOST, DANA].map((player) => seatOf(table.state, player))).toEqual([2, 0]);
	});

	it('is refused with its code', () => {
		const table = openTable();
		table.sit(DANA, 1);
		table.sit(BEN, 2);
		expect(table.refusal(DANA, swap(1, 2))).toBe('seat_taken');
		expect(table.refusal(DANA, swap(2, 3))).toBe('not_admin');
		expect(table.refusal(STRANGER, swap(2, 3))).toBe('not_seated');
		expect(table.refusal(HOST, swap(1, 1))).toBe('no_such_seat');
		expect(table.refusal(HOST, swap(1, 4))).toBe('no_such_seat');
		expect(startedTable().refusal(HOST, swap(0, 1))).toBe('invalid_phase');
	});
});

describe('the rules of the table', () => {
	it('are the admin’s, in the lobby, and complete', () => {
		const table = openTable();
		table.sit(DANA, 1);
		expect(table.refusal(DANA, setRules({}))).toBe('not_admin');
		expect(table.refusal(HOST, setRules({ seats: 11 }))).toBe('invalid_options');
		expect(table.refusal(HOST, setRules({ seats: 1 }))).toBe('invalid_options');
		expect(table.refusal(HOST, setRules({}, { v: 1, hook: 'yes' }))).toBe('invalid_options');
		expect(startedTable().refusal(HOST, setRules({}))).toBe('invalid_phase');
		const options = { ...EL_DORADO.defaultOptions(), hook: true };
		table.take(HOST, setRules({ turnTimerS: 30 }, options));
		expect(table.state).toMatchObject({ rules: { turnTimerS: 30 }, options: { hook: true } });
	});

	it('stay as they are in a running game, but for who may watch', () => {
		const table = startedTable();
		const { rules, options } = table.state;
		const closed: Command = { type: 'set_rules', rules: { ...rules, spectators: false }, options };
		expect(table.refusal(DANA, closed)).toBe('not_admin');
		expect(table.refusal(HOST, { ...closed, rules })).toBe('invalid_phase');
		expect(table.refusal(HOST, { ...closed, rules: { ...closed.rules, graceS: 10 } })).toBe('invalid_phase');
		expect(table.refusal(HOST, { ...closed, options: { ...options, hook: true } as GameOptions })).toBe(
			'invalid_phase',
		);
		const before = table.state;
		table.take(HOST, closed);
		expect(table.state).toEqual({ ...before, rules: closed.rules });
		table.take(HOST, { ...closed, rules });
		expect(table.state).toEqual(before);
	});

	it('can make the table larger: everybody stays where they sit', () => {
		const table = fullLobby();
		table.take(HOST, setRules({ seats: 6 }));
		expect(kindsOf(table)).toEqual(['human', 'human', 'bot', 'bot', 'empty', 'empty']);
		expect(table.state.misplays).toHaveLength(6);
	});

	it('can make it smaller: humans move up into empty seats, then into those of bots, and bots give way', () => {
		const table = openTable({ rules: { seats: 6 } });
		table.sit(DANA, 4);
		table.sit(BEN, 5);
		table.addBot(1);
		table.addBot(3);
		const events = table.take(HOST, setRules({ seats: 3 }));
		expect(events.at(-1)?.type).toBe('rules_set');
		expect([HOST, DANA, BEN].map((player) => seatOf(table.state, player))).toEqual([0, 2, 1]);
		expect(kindsOf(table)).toEqual(['human', 'human', 'human']);
	});

	it('keep what each player brought to a seat that moves', () => {
		const table = openTable();
		table.sit(DANA, 3);
		const before = seatAt(table, 3);
		table.take(HOST, setRules({ seats: 2 }));
		expect(seatAt(table, 1)).toEqual(before);
	});

	it('never drop a player: a table too small for its people is refused', () => {
		const table = openTable();
		table.sit(DANA);
		table.sit(BEN);
		expect(table.refusal(HOST, setRules({ seats: 2 }))).toBe('room_full');
	});
});

describe('bots and empty seats', () => {
	it('are the admin’s to set, in the lobby', () => {
		const table = fullLobby();
		expect(table.refusal(DANA, addBot(2))).toBe('not_admin');
		expect(table.refusal(HOST, addBot(1))).toBe('seat_taken');
		expect(table.refusal(HOST, addBot(4))).toBe('no_such_seat');
		expect(table.refusal(HOST, { ...addBot(2), face: { name: '' } } as Command)).toBe('invalid_name');
		expect(startedTable().refusal(HOST, addBot(2))).toBe('invalid_phase');
		// A bot in a bot's seat: another level.
		expect(table.take(HOST, addBot(2))).toMatchObject([{ type: 'bot_seated', level: 'club' }]);
	});

	it('clearing frees the seat of a bot or a human, which becomes a spectator', () => {
		const table = fullLobby();
		const clear = (seat: number): Command => ({ type: 'clear_seat', seat: toSeat(seat) });
		table.take(HOST, clear(1));
		table.take(HOST, clear(2));
		expect(kindsOf(table)).toEqual(['human', 'empty', 'empty', 'bot']);
		expect(table.refusal(HOST, clear(1))).toBe('no_such_seat');
		expect(table.refusal(HOST, clear(9))).toBe('no_such_seat');
		expect(table.refusal(DANA, clear(3))).toBe('not_admin');
		expect(startedTable().refusal(HOST, clear(1))).toBe('invalid_phase');
	});
});

describe('a kick', () => {
	it('frees the seat in the lobby and refuses everything the player asks for from then on', () => {
		const table = fullLobby();
		table.take(HOST, { type: 'kick', player: DANA });
		expect(kindsOf(table)[1]).toBe('empty');
		expect(table.state.kicked).toEqual([DANA]);
		for (const command of [takeSeat(null), { type: 'leave_seat' }, { type: 'make_bid', bid: 1 }]) {
			expect(table.refusal(DANA, command)).toBe('not_seated');
		}
	});

	it('leaves the seat in a game, in which the stand-in plays the round to its end', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.take(HOST, { type: 'kick', player: DANA });
		expect(seatAt(table, 1).presence).toBe('left');
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 1, as: 'stand_in' });
		expect(activeSeats(table.state)).toEqual([0, 2, 3]);
	});

	it('frees the seat in a game once its hand is played: a late comer goes on with its score (6.5)', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.take(HOST, { type: 'kick', player: DANA });
		expect(table.refusal(BEN, takeSeat(1))).toBe('seat_taken');
		expect(table.refusal(BEN, takeSeat(null))).toBe('room_full');
		table.playUntil((state) => state.revealedRounds === 1);
		const before = table.table.view(table.state, null);
		expect(table.refusal(DANA, takeSeat(null))).toBe('not_seated');
		table.playUntil(roundIs(2));
		expect(table.state.dealtIn).toEqual([0, 2, 3]);
		expect(table.take(BEN, takeSeat(null))).toMatchObject([{ type: 'seat_taken', seat: 1, player: BEN }]);
		expect(table.refusal(STRANGER, takeSeat(1))).toBe('seat_taken');
		table.playUntil(roundIs(3));
		expect(table.state.dealtIn).toEqual([0, 1, 2, 3]);
		const { sheet } = table.table.view(table.state, null) as unknown as { sheet: { totals: number[] }[] };
		const { seats } = before as unknown as { seats: { total: number }[] };
		expect(sheet.map(({ totals }) => totals[1])).toEqual([seats[1]?.total, seats[1]?.total]);
		expect(fold(EL_DORADO, table.events)).toEqual(table.state);
	});

	it('frees no seat of somebody who only left', () => {
		const table = startedTable();
		table.take(DANA, { type: 'leave_seat' });
		table.playUntil(roundIs(2));
		expect(table.refusal(BEN, takeSeat(1))).toBe('seat_taken');
		expect(table.refusal(BEN, takeSeat(null))).toBe('room_full');
	});

	it('of one who has left already, or of a spectator only closes the door', () => {
		const left = startedTable();
		left.take(DANA, { type: 'leave_seat' });
		expect(left.take(HOST, { type: 'kick', player: DANA })).toEqual([
			{ type: 'player_kicked', player: DANA },
		]);
		const table = fullLobby();
		expect(table.take(HOST, { type: 'kick', player: BEN })).toEqual([{ type: 'player_kicked', player: BEN }]);
		expect(table.take(HOST, { type: 'kick', player: BEN })).toEqual([]);
	});

	it('is not written into a game that is over', () => {
		expect(finishedTable().refusal(HOST, { type: 'kick', player: DANA })).toBe('game_over');
		expect(finishedTable().refusal(HOST, { type: 'kick', player: BEN })).toBe('game_over');
	});

	it('is the admin’s, and never the admin', () => {
		expect(fullLobby().refusal(DANA, { type: 'kick', player: HOST })).toBe('not_admin');
		expect(fullLobby().refusal(HOST, { type: 'kick', player: HOST })).toBe('no_such_seat');
	});
});

describe('the start', () => {
	it('needs the admin, two players and everybody ready', () => {
		const table = openTable();
		expect(table.refusal(HOST, { type: 'start_game' })).toBe('need_players');
		table.sit(DANA, 1, false);
		expect(table.refusal(DANA, { type: 'start_game' })).toBe('not_admin');
		expect(table.refusal(HOST, { type: 'start_game' })).toBe('not_ready');
		table.take(DANA, { type: 'set_ready', ready: true });
		// The admin's own readiness is the tap on "start".
		table.take(HOST, { type: 'set_ready', ready: false });
		expect(table.refusal(HOST, { type: 'start_game' })).toBeNull();
		table.take(HOST, { type: 'start_game' });
		expect(table.refusal(HOST, { type: 'start_game' })).toBe('invalid_phase');
	});

	it('fixes the contributions and draws the first dealer, or takes the first seat that is taken', () => {
		const drawn = startedTable();
		expect(drawn.events.at(-1)).toMatchObject({ type: 'game_started', contributions: CONTRIBUTIONS });
		const first = openTable({ rules: { firstDealer: 'first_seat' }, standing: true });
		first.sit(HOST, 2);
		first.sit(DANA, 3);
		first.take(HOST, { type: 'start_game' });
		expect(first.events.at(-1)).toMatchObject({ firstDealer: 2 });
	});

	it('is possible with a standing host and bots alone', () => {
		const table = openTable({ standing: true });
		table.addBot(0);
		table.addBot(3);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ stage }) => stage === 'finished');
		expect(table.state.inner?.round).toBe(10);
	});
});

describe('a move', () => {
	const bid = { type: 'make_bid', bid: 1 } as Command;

	it('is for seated players of a running game', () => {
		expect(fullLobby().refusal(DANA, bid)).toBe('invalid_phase');
		expect(finishedTable().refusal(DANA, bid)).toBe('game_over');
		expect(startedTable().refusal(STRANGER, bid)).toBe('not_seated');
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.turn === 1);
		expect(table.refusal(HOST, bid)).toBe('not_your_turn');
		expect(table.refusal(DANA, bid)).toBeNull();
	});

	it('of a kind that neither the table nor the game knows is refused', () => {
		const table = startedTable();
		table.playUntil(roundIs(1));
		expect(table.refusal(DANA, { type: 'call_the_police' })).toBe('unknown_command');
	});
});

describe('a misplay', () => {
	it('is counted by seat', () => {
		const table = startedTable();
		const misplay: LogEvent = { type: 'invalid_action', seat: toSeat(1), code: 'must_follow_suit' };
		table.fold(misplay, misplay);
		expect(table.state.misplays).toEqual([0, 2, 0, 0]);
	});
});

describe('the rest between two rounds', () => {
	it('is over for each who taps on, once; the next deal begins a new one', () => {
		const table = startedTable();
		expect(isResting(table.state)).toBe(false);
		table.playUntil((state) => isResting(state) && state.revealedRounds === 1);
		expect(table.take(DANA, { type: 'continue' })).toEqual([{ type: 'continued', seat: 1 }]);
		expect(table.take(DANA, { type: 'continue' })).toEqual([]);
		expect(table.refusal(STRANGER, { type: 'continue' })).toBe('not_seated');
		expect(table.state.continued).toEqual([1]);
		table.playUntil(roundIs(2));
		expect(table.state.continued).toEqual([]);
		expect(isResting(table.state)).toBe(false);
		expect(table.refusal(DANA, { type: 'continue' })).toBe('invalid_phase');
	});

	it('does not come after the last round, nor in the lobby', () => {
		const table = startedTable();
		table.playUntil(({ inner }) => inner?.over === true);
		expect(isResting(table.state)).toBe(false);
		expect(isResting(fullLobby().state)).toBe(false);
		expect(isResting(finishedTable().state)).toBe(false);
	});
});

describe('the check of a deal', () => {
	it('is each player’s own word on a finished round, once', () => {
		const table = startedTable();
		table.playUntil(roundIs(1));
		const check = { type: 'check_deal', round: 1, fits: true } as const;
		expect(table.refusal(DANA, check)).toBe('invalid_phase');
		table.playUntil((state) => state.revealedRounds === 1);
		expect(table.take(DANA, check)).toEqual([{ type: 'deal_checked', seat: 1, round: 1, fits: true }]);
		expect(table.take(DANA, { ...check, fits: false })).toEqual([]);
		expect(table.refusal(STRANGER, check)).toBe('not_seated');
		expect(table.refusal(DANA, { ...check, round: 2 })).toBe('invalid_phase');
		expect(table.state.dealChecks).toEqual([{ seat: 1, round: 1, fits: true }]);
		table.playUntil(roundIs(2));
		expect(table.take(HOST, { ...check, fits: false })).toHaveLength(1);
		expect(finishedTable().refusal(DANA, check)).toBe('invalid_phase');
	});
});

describe('a phrase', () => {
	it('is said by who has a seat while a game runs, and changes nothing else', () => {
		const table = startedTable();
		const hello = { type: 'say', phrase: 'hello' } as const;
		const before = table.state;
		expect(table.take(DANA, hello)).toEqual([{ type: 'phrase_said', seat: 1, phrase: 'hello' }]);
		expect(table.state).toEqual({ ...before, said: { seat: 1, phrase: 'hello', count: 1 } });
		table.take(HOST, { type: 'say', phrase: 'thanks' });
		expect(table.state.said).toEqual({ seat: 0, phrase: 'thanks', count: 2 });
		expect(table.refusal(STRANGER, hello)).toBe('not_seated');
		expect(fullLobby().refusal(DANA, hello)).toBe('invalid_phase');
		expect(finishedTable().refusal(DANA, hello)).toBe('invalid_phase');
	});

	it('is one too many after three hundred: a log is not for talking', () => {
		const table = startedTable();
		const wow = { type: 'say', phrase: 'wow' } as const;
		for (let n = 0; n < MAX_PHRASES; n++) table.take(n % 2 === 0 ? DANA : HOST, wow);
		expect(table.refusal(DANA, wow)).toBe('rate_limited');
	});
});

describe('the end', () => {
	it('publishes the secret; the admin can end a game early, nobody else can', () => {
		const table = startedTable();
		table.playUntil(roundIs(2));
		expect(table.refusal(DANA, { type: 'end_game' })).toBe('not_admin');
		expect(table.take(HOST, { type: 'end_game' })).toEqual([
			{ type: 'game_ended', reason: 'abandoned', secret: SECRET },
		]);
		expect(table.state).toMatchObject({ stage: 'finished', secret: SECRET });
		expect(table.refusal(HOST, { type: 'end_game' })).toBe('invalid_phase');
		expect(fullLobby().refusal(HOST, { type: 'end_game' })).toBe('invalid_phase');
		expect(table.table.due(table.state)).toEqual({ type: 'nothing' });
	});
});

describe('what is due', () => {
	it('is nothing in the lobby and after the end', () => {
		expect(fullLobby().step()).toEqual({ type: 'nothing' });
		expect(finishedTable().step()).toEqual({ type: 'nothing' });
	});

	it('is the deal, the moves, the reveal of the round, the next deal, and at last the end', () => {
		const table = startedTable({ firstDealer: 'first_seat' });
		const dues: string[] = [];
		while (table.state.stage === 'playing') {
			const due = table.step();
			dues.push(due.type === 'act_for' ? due.as : due.type);
		}
		const moves = ['turn', 'bot', 'bot', 'turn'];
		// Seat 0 deals, so seat 1, Dana, bids first; then two bots and the host.
		expect(dues.slice(0, 5)).toEqual(['deal', ...moves]);
		expect(dues.filter((due) => due === 'deal')).toHaveLength(10);
		expect(dues.filter((due) => due === 'reveal')).toHaveLength(10);
		expect(dues.flatMap((due, at) => (due === 'reveal' ? [dues[at + 1]] : []))).toEqual([
			...Array.from({ length: 9 }, () => 'deal'),
			'end',
		]);
		expect(dues.at(-1)).toBe('end');
	});

	it('names the round, its decks, the seat to act and who acts for it', () => {
		const table = startedTable({ firstDealer: 'first_seat' });
		expect(table.table.due(table.state)).toEqual({ type: 'deal', round: 1, decks: 1 });
		table.step();
		expect(table.table.due(table.state)).toEqual({ type: 'turn', seat: 1 });
		table.step();
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 2, as: 'bot' });
		table.playUntil((state) => isResting(state));
		expect(table.table.due(table.state)).toEqual({ type: 'reveal', round: 1 });
	});

	it('is the move of the stand-in for who left, and to wait when too few are left to deal to (6.3)', () => {
		const table = openTable({ rules: { seats: 2 } });
		table.sit(DANA);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ inner }) => inner?.turn === 1);
		table.take(DANA, { type: 'leave_seat' });
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 1, as: 'stand_in' });
		table.playUntil((state) => state.revealedRounds === 1);
		expect(table.table.due(table.state)).toEqual({ type: 'wait_for_players' });
		table.take(DANA, { type: 'return_to_seat' });
		expect(table.table.due(table.state)).toEqual({ type: 'deal', round: 2, decks: 1 });
	});
});

describe('the view', () => {
	it('is the game’s for that seat, and there is none before the start', () => {
		expect(tableOf(EL_DORADO).view(fullLobby().state, toSeat(0))).toBeNull();
		const table = startedTable();
		table.playUntil(roundIs(1));
		const { inner } = table.state;
		if (inner === null) throw new Error('a game is on');
		const game = table.table.game;
		expect(table.table.view(table.state, toSeat(1))).toEqual(game.view(inner, toSeat(1)));
		expect(table.table.view(table.state, null)).toEqual(game.view(inner, null));
	});
});

describe('a corrupt log', () => {
	const at = (seat: number) => ({ seat: toSeat(seat) });
	const taken: LogEvent = {
		type: 'seat_taken',
		...at(3),
		player: BEN,
		boxKey: bytes32(1),
		contribution: bytes32(2),
		face: faceNamed('Ben'),
	};
	const start: LogEvent = { type: 'game_started', firstDealer: toSeat(1), contributions: CONTRIBUTIONS };
	const rules: LogEvent = { type: 'rules_set', rules: DEFAULT_RULES, options: EL_DORADO.defaultOptions() };
	/** Host, Dana, a bot, an empty seat. */
	const lobby = () => {
		const table = openTable();
		table.sit(DANA, 1);
		table.addBot(2);
		return table;
	};
	const started = () => {
		const table = lobby();
		table.take(HOST, { type: 'start_game' });
		return table;
	};
	const dealTo = (seats: readonly number[]): LogEvent => {
		const start = EL_DORADO.start(EL_DORADO.defaultOptions(), 4, toSeat(0));
		return EL_DORADO.deal(start, seats.map(toSeat), cardsOf(1));
	};
	const playing = () => {
		const table = lobby();
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ inner }) => inner?.turn === 1);
		return table;
	};
	const resting = () => {
		const table = playing();
		table.playUntil((state) => isResting(state) && state.revealedRounds === 1);
		table.take(DANA, { type: 'continue' });
		return table;
	};
	const checked = () => {
		const table = resting();
		table.take(DANA, { type: 'check_deal', round: 1, fits: true });
		return table;
	};
	const kicked = () => {
		const table = lobby();
		table.take(HOST, { type: 'kick', player: BEN });
		return table;
	};
	const away = () => {
		const table = playing();
		table.fold({ type: 'seat_away', ...at(1) });
		return table;
	};

	it.each<[string, () => SampleTable, LogEvent]>([
		['a seat taken that is not empty', lobby, { ...taken, seat: toSeat(1) }],
		['a seat taken that is not there', lobby, { ...taken, seat: toSeat(4) }],
		['a player seated twice', lobby, { ...taken, player: DANA }],
		['a kicked player seated', kicked, taken],
		['a seat taken after the end', finishedTable, taken],
		['a second contribution', lobby, { type: 'contribution_made', ...at(1), contribution: bytes32(1) }],
		['the contribution of a bot', lobby, { type: 'contribution_made', ...at(2), contribution: bytes32(1) }],
		['an empty seat cleared', lobby, { type: 'seat_cleared', ...at(3) }],
		['a seat cleared in a game', playing, { type: 'seat_cleared', ...at(1) }],
		['a bot on a player', lobby, { type: 'bot_seated', ...at(1), level: 'club', face: faceNamed('B') }],
		[
			'a bot seated in a game',
			playing,
			{ type: 'bot_seated', ...at(3), level: 'club', face: faceNamed('B') },
		],
		['a seat swapped with itself', lobby, { type: 'seats_swapped', a: toSeat(1), b: toSeat(1) }],
		['a seat swapped with none', lobby, { type: 'seats_swapped', a: toSeat(1), b: toSeat(5) }],
		['seats swapped in a game', playing, { type: 'seats_swapped', a: toSeat(1), b: toSeat(2) }],
		['a face on an empty seat', lobby, { type: 'face_changed', ...at(3), face: faceNamed('B') }],
		['another face for a bot', lobby, { type: 'face_changed', ...at(2), face: faceNamed('B') }],
		['a bot getting ready', lobby, { type: 'ready_set', ...at(2), ready: true }],
		['a player getting ready in a game', playing, { type: 'ready_set', ...at(1), ready: true }],
		['rules set in a game', playing, rules],
		['rules that drop a player', lobby, { ...rules, rules: { ...DEFAULT_RULES, seats: 2 } }],
		['options of no game', lobby, { ...rules, options: { v: 2, mode: 'cards' } }],
		['the host kicked', lobby, { type: 'player_kicked', player: HOST }],
		['a player kicked twice', kicked, { type: 'player_kicked', player: BEN }],
		['a second start', playing, start],
		['a start without players', openTable, start],
		['a first dealer who is not there', lobby, { ...start, firstDealer: toSeat(3) }],
		['a player away in the lobby', lobby, { type: 'seat_away', ...at(1) }],
		['a player away twice', away, { type: 'seat_away', ...at(1) }],
		['a bot away', playing, { type: 'seat_away', ...at(2) }],
		['a player back who was not away', playing, { type: 'seat_back', ...at(1) }],
		['a player returned who had not left', away, { type: 'seat_returned', ...at(1) }],
		['a return announced by who is here', playing, { type: 'return_announced', ...at(1) }],
		['an empty seat left', playing, { type: 'seat_left', ...at(3) }],
		['a tap on in mid-round', playing, { type: 'continued', ...at(1) }],
		['a check of a round that is played', playing, { type: 'deal_checked', ...at(1), round: 1, fits: true }],
		['a check by a bot', resting, { type: 'deal_checked', ...at(2), round: 1, fits: true }],
		['a second check', checked, { type: 'deal_checked', ...at(1), round: 1, fits: false }],
		['a second tap on', resting, { type: 'continued', ...at(1) }],
		['the tap of a bot', resting, { type: 'continued', ...at(2) }],
		['the tap of a seat that is not there', resting, { type: 'continued', ...at(7) }],
		['a misplay in the lobby', lobby, { type: 'invalid_action', ...at(1), code: 'invalid_bid' }],
		['a misplay of nobody', playing, { type: 'invalid_action', ...at(3), code: 'invalid_bid' }],
		['a round revealed in the lobby', lobby, { type: 'round_revealed', round: 1, key: bytes32(1) }],
		['a round revealed while it is played', playing, { type: 'round_revealed', round: 1, key: bytes32(1) }],
		['a round revealed twice', resting, { type: 'round_revealed', round: 1, key: bytes32(1) }],
		['a round revealed that is not dealt', resting, { type: 'round_revealed', round: 2, key: bytes32(1) }],
		['an end in the lobby', lobby, { type: 'game_ended', reason: 'abandoned', secret: SECRET }],
		['a completed game in mid-round', playing, { type: 'game_ended', reason: 'completed', secret: SECRET }],
		['a second end', finishedTable, { type: 'game_ended', reason: 'abandoned', secret: SECRET }],
		['a card in the lobby', lobby, { type: 'card_played' }],
		['a bid out of turn', playing, { type: 'bid_made', seat: 0, bid: 1 } as LogEvent],
		['a deal to an empty seat', started, dealTo([0, 1, 2, 3])],
		['a deal that passes a player over', started, dealTo([0, 2])],
		['an event nobody knows', playing, { type: 'cards_eaten' }],
	])('with %s cannot be folded', (_, make, event) => {
		const { state, table } = make();
		expect(() => table.evolve(state, event)).toThrow();
	});
});

describe('players', () => {
	it('are found by their key alone', () => {
		const { state } = fullLobby();
		expect(seatOf(state, DANA)).toBe(1);
		expect(seatOf(state, playerNumbered(99))).toBeNull();
	});
});
