import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import type { Game, GameCommand } from './game.ts';
import { fold } from './replay.ts';
import { activeSeats, toSeat } from './seats.ts';
import type { Command } from './table-types.ts';
import {
	BEN,
	bytes32,
	DANA,
	faceNamed,
	gameCreated,
	HOST,
	openTable,
	YAEL,
	type SampleTable,
} from './testing.ts';
import { DEFAULT_RULES } from './table-types.ts';

const keeping = (game: Game) => ({ ...game.defaultOptions(), mode: 'keeper' as const });
const name = (seat: number, face: string): Command => ({
	type: 'name_seat',
	seat: toSeat(seat),
	face: faceNamed(face),
});
const sitAt = (seat: number): Command => ({
	type: 'take_seat',
	seat: toSeat(seat),
	face: faceNamed('Quiet Otter'),
	boxKey: bytes32(1),
	contribution: bytes32(2),
});
/** A game's own command. */
const asked = (command: object): GameCommand => command as GameCommand;
const kindsOf = ({ state }: SampleTable) => state.seats.map(({ kind }) => kind);

function lobby(game: Game = EL_DORADO, standing = false): SampleTable {
	return openTable({ game, standing, created: { options: keeping(game) } });
}
/** Host and Dana with phones, Ruth and Abe without. */
function started(): SampleTable {
	const table = lobby();
	table.sit(DANA, 1);
	table.take(HOST, name(2, 'Ruth'));
	table.take(HOST, name(3, 'Abe'));
	table.take(HOST, { type: 'start_game' });
	table.step();
	return table;
}

describe('somebody without a phone at a keeper’s table', () => {
	it('is put on an empty seat by the admin alone, and is given another name as often as needed', () => {
		const table = lobby();
		table.sit(DANA, 1);
		expect(table.refusal(DANA, name(2, 'Ruth'))).toBe('not_admin');
		expect(table.refusal(HOST, name(1, 'Ruth'))).toBe('seat_taken');
		expect(table.refusal(HOST, name(9, 'Ruth'))).toBe('no_such_seat');
		expect(table.refusal(HOST, name(2, ' '))).toBe('invalid_name');
		table.take(HOST, name(2, 'Ruth'));
		table.take(HOST, name(2, 'Ruthie'));
		expect(table.state.seats[2]).toEqual({ kind: 'named', face: faceNamed('Ruthie') });
		table.take(HOST, { type: 'clear_seat', seat: toSeat(2) });
		expect(kindsOf(table)).toEqual(['human', 'human', 'empty', 'empty']);
	});

	it('is a keeper’s matter: with cards there is none, and the table does not become one of cards', () => {
		const cards = openTable({ game: EL_DORADO });
		expect(cards.refusal(HOST, name(2, 'Ruth'))).toBe('invalid_phase');
		expect(() => cards.fold({ type: 'seat_named', seat: toSeat(2), face: faceNamed('Ruth') })).toThrow();
		const table = lobby();
		table.take(HOST, name(2, 'Ruth'));
		const set = (options: object): Command => ({
			type: 'set_rules',
			rules: DEFAULT_RULES,
			options: { ...EL_DORADO.defaultOptions(), ...options },
		});
		expect(table.refusal(HOST, set({ mode: 'cards' }))).toBe('invalid_options');
		table.take(HOST, set({ mode: 'keeper', hook: true }));
	});

	it('keeps nobody waiting, is dealt in, and moves with the table when it shrinks', () => {
		const table = lobby();
		table.take(HOST, name(3, 'Abe'));
		expect(table.table.startRefusal(table.state)).toBeNull();
		table.take(HOST, {
			type: 'set_rules',
			rules: { ...DEFAULT_RULES, seats: 2 },
			options: keeping(EL_DORADO),
		});
		expect(table.state.seats).toEqual([
			expect.objectContaining({ kind: 'human' }),
			{ kind: 'named', face: faceNamed('Abe') },
		]);
		expect(activeSeats(table.state)).toEqual([0, 1]);
	});

	it('may bring a phone at any time, and sits down under the name the table has for the seat', () => {
		const table = started();
		expect(table.refusal(DANA, sitAt(2))).toBe('already_seated');
		expect(table.refusal(BEN, { ...sitAt(0) })).toBe('seat_taken');
		expect(table.refusal(BEN, { ...sitAt(0), seat: null } as Command)).toBe('room_full');
		table.take(BEN, sitAt(2));
		expect(table.state.seats[2]).toMatchObject({ kind: 'human', player: BEN, face: faceNamed('Ruth') });
	});

	it('is who stays when a phone leaves the game, or is put out of it', () => {
		const table = started();
		const before = table.state.seats[1];
		const face = before?.kind === 'human' ? before.face : null;
		expect(table.take(DANA, { type: 'leave_seat' })).toEqual([{ type: 'seat_named', seat: 1, face }]);
		table.take(YAEL, sitAt(1));
		table.take(HOST, { type: 'kick', player: YAEL });
		expect(kindsOf(table)).toEqual(['human', 'named', 'named', 'named']);
		expect(table.refusal(YAEL, sitAt(1))).toBe('not_seated');
		expect(activeSeats(table.state)).toEqual([0, 1, 2, 3]);
		expect(fold(EL_DORADO, table.events)).toEqual(table.state);
	});

	it('stands in for a player whose phone is out of use, at the admin’s word', () => {
		const table = started();
		table.take(HOST, name(1, 'Dana'));
		expect(kindsOf(table)).toEqual(['human', 'named', 'named', 'named']);
		table.take(BEN, sitAt(1));
	});

	it('is entered for by the admin', () => {
		const table = started();
		const turn = table.state.inner?.turn ?? null;
		expect(turn).not.toBeNull();
		for (let said = 0; said < 4; said++) {
			const seat = table.state.inner?.turn ?? toSeat(0);
			table.take(HOST, { type: 'make_bid', bid: 1, ...(seat === 0 ? {} : { seat }) } as GameCommand);
		}
		expect(table.state.inner?.phase).toBe('playing');
	});

	it('has no place in a log of cards, nor where somebody else sits', () => {
		const created = gameCreated(EL_DORADO, DEFAULT_RULES);
		const seats = created.seats.with(0, { kind: 'named', face: faceNamed('Ruth') });
		expect(() => openTable({ game: EL_DORADO, created: { seats } })).toThrow("a keeper's");
		const table = lobby();
		table.sit(DANA, 1);
		const named = { type: 'seat_named', seat: toSeat(1), face: faceNamed('Ruth') } as const;
		expect(() => table.fold(named)).toThrow('not named');
	});
});

describe.each<Game>([EL_DORADO, ISRAELI_WHIST])('a host that does not sit ($variant)', (game) => {
	it('keeps the score of a table of people without phones, and what it enters is nobody’s seat’s', () => {
		const table = lobby(game, true);
		for (const [seat, who] of ['Ruth', 'Abe', 'Lea', 'Max'].entries()) table.take(HOST, name(seat, who));
		table.take(HOST, { type: 'start_game' });
		table.step();
		const seat = toSeat(2);
		const [adjusted] = table.take(HOST, { type: 'adjust_score', seat, points: -10 } as GameCommand);
		expect(adjusted).toMatchObject({ type: 'score_adjusted', seat, points: -10, by: null });
		const turn = table.state.inner?.turn ?? toSeat(0);
		const move =
			game.variant === 'el_dorado' ? { type: 'make_bid', bid: 3 } : { type: 'make_call', bid: null };
		expect(table.refusal(HOST, move)).toBe('not_seated');
		const [made] = table.take(HOST, asked({ ...move, seat: turn }));
		expect(made).toMatchObject({ seat: turn, enteredBy: null });
		// Through the log and back.
		for (const event of [adjusted, made]) {
			if (event === undefined) throw new Error('something was entered');
			const { v, payload } = game.formatEvent(event);
			expect(game.parseEvent(event.type, v, JSON.parse(JSON.stringify(payload)))).toEqual(event);
		}
		expect(fold(game, table.events)).toEqual(table.state);
		expect(table.refusal(DANA, { type: 'adjust_score', seat, points: 1 } as GameCommand)).toBe('not_seated');
	});

	it('has no say where cards are dealt', () => {
		const state = game.start(game.defaultOptions(), 4, toSeat(0));
		const asking = { isAdmin: true, timeMs: 0 };
		for (const command of [
			{ type: 'finish_game' },
			{ type: 'play_card', card: 1 },
			{ type: 'make_bid', bid: 1 },
		])
			expect(game.decide(state, command, null, asking).ok).toBe(false);
	});
});
