import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { encodeBase64url } from './bytes.ts';
import { toSeat } from './seats.ts';
import {
	isFace,
	isRules,
	isTableCommand,
	isTableCommandType,
	isTableEvent,
	isTableEventType,
	parseGameId,
	parsePlayerId,
	parseTableCommand,
	parseTableEvent,
	TABLE_EVENT_VERSION,
} from './table-parse.ts';
import { DEFAULT_RULES, type TableCommand, type TableEvent } from './table-types.ts';
import { bytes32, DANA, faceNamed, GAME_ID, gameCreated } from './testing.ts';

const seat = toSeat(2);
const face = faceNamed('Dana');
const options = EL_DORADO.defaultOptions();
const KEY = bytes32(3);

/** One of each, so that a new type without a parser fails here. */
const COMMANDS: { readonly [T in TableCommand['type']]: Extract<TableCommand, { type: T }> } = {
	take_seat: { type: 'take_seat', seat: null, face, boxKey: KEY, contribution: KEY },
	contribute: { type: 'contribute', contribution: KEY },
	open_contribution: { type: 'open_contribution', contribution: KEY },
	leave_seat: { type: 'leave_seat' },
	return_to_seat: { type: 'return_to_seat' },
	change_face: { type: 'change_face', face },
	set_ready: { type: 'set_ready', ready: true },
	swap_seats: { type: 'swap_seats', a: seat, b: toSeat(0) },
	set_rules: { type: 'set_rules', rules: DEFAULT_RULES, options },
	add_bot: { type: 'add_bot', seat, level: 'club', face },
	name_seat: { type: 'name_seat', seat, face },
	clear_seat: { type: 'clear_seat', seat },
	kick: { type: 'kick', player: DANA },
	start_game: { type: 'start_game' },
	continue: { type: 'continue' },
	check_deal: { type: 'check_deal', round: 3, fits: true },
	say: { type: 'say', phrase: 'wow' },
	end_game: { type: 'end_game' },
};

const human = {
	kind: 'human',
	player: DANA,
	boxKey: KEY,
	contribution: null,
	face,
	ready: true,
	presence: 'here',
} as const;
const EVENTS: { readonly [T in TableEvent['type']]: Extract<TableEvent, { type: T }> } = {
	game_created: {
		...gameCreated(EL_DORADO, { ...DEFAULT_RULES, seats: 3 }),
		seats: [human, { kind: 'bot', level: 'novice', face }, { kind: 'empty' }, { kind: 'named', face }],
		previous: GAME_ID,
	},
	seat_taken: { type: 'seat_taken', seat, player: DANA, boxKey: KEY, contribution: KEY, face },
	contribution_made: { type: 'contribution_made', seat, contribution: KEY },
	start_called: { type: 'start_called' },
	contribution_opened: { type: 'contribution_opened', seat, contribution: KEY },
	start_called_off: { type: 'start_called_off' },
	seat_cleared: { type: 'seat_cleared', seat },
	bot_seated: { type: 'bot_seated', seat, level: 'novice', face },
	seat_named: { type: 'seat_named', seat, face },
	seats_swapped: { type: 'seats_swapped', a: seat, b: toSeat(0) },
	face_changed: { type: 'face_changed', seat, face },
	ready_set: { type: 'ready_set', seat, ready: false },
	rules_set: { type: 'rules_set', rules: DEFAULT_RULES, options },
	player_kicked: { type: 'player_kicked', player: DANA },
	game_started: { type: 'game_started', firstDealer: seat, contributions: KEY },
	seat_away: { type: 'seat_away', seat },
	seat_back: { type: 'seat_back', seat },
	seat_left: { type: 'seat_left', seat },
	return_announced: { type: 'return_announced', seat },
	seat_returned: { type: 'seat_returned', seat },
	continued: { type: 'continued', seat },
	invalid_action: { type: 'invalid_action', seat, code: 'must_follow_suit' },
	round_revealed: { type: 'round_revealed', round: 3, key: KEY },
	host_changed: {
		type: 'host_changed',
		term: 2,
		host: DANA,
		reason: 'lost',
		votes: [{ player: DANA, signature: 'A'.repeat(86) }],
		commitment: KEY,
	},
	round_voided: { type: 'round_voided', round: 3 },
	deal_checked: { type: 'deal_checked', seat, round: 3, fits: false },
	phrase_said: { type: 'phrase_said', seat, phrase: 'oops' },
	game_ended: { type: 'game_ended', reason: 'completed', secret: KEY },
};

type Fields = Record<string, unknown>;
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const payloadOf = ({ type: _, ...payload }: TableEvent): Fields => throughJson(payload) as Fields;
const reading = (type: string, payload: unknown) => parseTableEvent(type, TABLE_EVENT_VERSION, payload);

describe('a command of the table', () => {
	it.each(Object.values(COMMANDS))('$type comes through as it is', (command) => {
		expect(parseTableCommand(throughJson(command))).toEqual(command);
		expect(isTableCommand(command)).toBe(true);
		expect(isTableCommandType(command.type)).toBe(true);
	});

	it.each(Object.values(COMMANDS))('$type with one key more, or one less, is none', (command) => {
		expect(parseTableCommand({ ...command, extra: 1 })).toBeNull();
		expect(parseTableCommand(JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(command).slice(1)}`))).toBe(
			null,
		);
		for (const key of Object.keys(command)) {
			const { [key]: _, ...rest }: Fields = { ...command };
			expect(parseTableCommand(rest)).toBeNull();
		}
	});

	it.each(Object.values(COMMANDS))('$type with any field of another kind is none', (command) => {
		for (const key of Object.keys(command)) {
			for (const wrong of [[], { toString: 1 }, 'x'.repeat(100_000), 1e9, -1, 0.5, NaN]) {
				expect(parseTableCommand({ ...command, [key]: wrong })).toBeNull();
			}
		}
	});

	it.each([null, undefined, 7, 'leave_seat', [], [COMMANDS.leave_seat], { type: 'make_bid', bid: 1 }])(
		'is not %j',
		(input) => {
			expect(parseTableCommand(input)).toBeNull();
		},
	);

	it('leaves the commands of a game to the game', () => {
		expect(isTableCommandType('play_card')).toBe(false);
		expect(isTableCommandType({ type: 'leave_seat' })).toBe(false);
		expect(isTableCommandType('__proto__')).toBe(false);
	});

	it('names no seat that no table has', () => {
		expect(parseTableCommand({ type: 'clear_seat', seat: 9 })).not.toBeNull();
		expect(parseTableCommand({ type: 'clear_seat', seat: 10 })).toBeNull();
	});

	it('brings options to their game with every key they have', () => {
		const input = JSON.parse('{"v":1,"__proto__":{"hook":true},"more":[1]}') as object;
		const command = parseTableCommand({ ...COMMANDS.set_rules, options: input });
		expect(command).toMatchObject({ type: 'set_rules' });
		const passed = command?.type === 'set_rules' ? Object.keys(command.options) : [];
		expect(passed).toEqual(['v', '__proto__', 'more']);
	});
});

describe('an event of the table', () => {
	it.each(Object.values(EVENTS))('$type comes back from a log as it went in', (event) => {
		expect(reading(event.type, payloadOf(event))).toEqual(event);
		expect(isTableEvent(event)).toBe(true);
		expect(isTableEventType(event.type)).toBe(true);
	});

	it.each(Object.values(EVENTS))('$type with one key more, or one less, is none', (event) => {
		const payload = payloadOf(event);
		expect(reading(event.type, { ...payload, extra: 1 })).toBeNull();
		expect(reading(event.type, { ...payload, type: event.type })).toBeNull();
		const poisoned: unknown = JSON.parse(
			`{"__proto__":{"a":1}${JSON.stringify(payload)
				.slice(1)
				.replace(/^(?=")/, ',')}`,
		);
		expect(Object.keys(poisoned as object)).toContain('__proto__');
		expect(reading(event.type, poisoned)).toBeNull();
		for (const key of Object.keys(payload)) {
			const { [key]: _, ...rest } = payload;
			expect(reading(event.type, rest)).toBeNull();
		}
	});

	it.each(Object.values(EVENTS))('$type with any field of another kind is none', (event) => {
		const payload = payloadOf(event);
		for (const key of Object.keys(payload)) {
			for (const wrong of [{ toString: 1 }, 'x'.repeat(9_000), 1e30, -1, 0.5]) {
				expect(reading(event.type, { ...payload, [key]: wrong })).toBeNull();
			}
		}
	});

	it('of a version this program does not know is none, and neither is one of a game', () => {
		const payload = payloadOf(EVENTS.seat_left);
		expect(parseTableEvent('seat_left', 2, payload)).toBeNull();
		expect(parseTableEvent('seat_left', 0, payload)).toBeNull();
		expect(reading('card_played', { seat: 1, card: 'QH' })).toBeNull();
		expect(reading('toString', {})).toBeNull();
		expect(isTableEventType('card_played')).toBe(false);
	});

	it.each([null, undefined, 7, 'seat', [], [2]])('has no payload like %j', (payload) => {
		expect(reading('seat_left', payload)).toBeNull();
	});
});

describe('a face', () => {
	it.each(['Dana', 'ד׳׳ר יעל', '\u{1F98A}'.repeat(32), 'a b', '٣ عمر'])('may be called %j', (name) => {
		expect(isFace({ ...face, name })).toBe(true);
	});

	it.each([
		['nothing', ''],
		['a space before', ' Dana'],
		['a space behind', 'Dana '],
		['33 letters', 'x'.repeat(33)],
		['a hundred thousand', 'x'.repeat(100_000)],
		['a second line', 'Dana\nHost'],
		['a NUL', 'Da\0na'],
		['a right-to-left override', 'Dana\u202Etsoh'],
		['an embedding', '\u202ADana'],
		['an isolate left open', 'Dana\u2066'],
		['joiners that nobody sees', '\u200B\u2060'],
		['a letter that is blank', '\u3164'],
	])('is not called by %s', (_, name) => {
		expect(isFace({ ...face, name })).toBe(false);
	});

	it.each([{ color: 10 }, { color: -1 }, { color: 0.5 }, { avatar: 2 ** 32 }, { avatar: '1' }, { more: 1 }])(
		'has none of %j',
		(wrong) => {
			expect(isFace({ ...face, ...wrong })).toBe(false);
		},
	);
});

describe('house rules', () => {
	it.each([
		{ seats: 1 },
		{ seats: 11 },
		{ onAbsence: 'nobody' },
		{ graceS: 0 },
		{ graceS: 61 },
		{ turnTimerS: 1 },
		{ firstDealer: 'host' },
		{ spectators: 1 },
		{ pace: 'slow' },
		{ more: true },
	])('do not say %j', (wrong) => {
		expect(isRules(DEFAULT_RULES)).toBe(true);
		expect(isRules({ ...DEFAULT_RULES, ...wrong })).toBe(false);
	});
});

describe('a player or a game', () => {
	it('is named by exactly so many bytes', () => {
		expect(parsePlayerId(DANA)).toBe(DANA);
		expect(parseGameId(GAME_ID)).toBe(GAME_ID);
		expect(parsePlayerId(GAME_ID)).toBeNull();
		expect(parseGameId(DANA)).toBeNull();
		expect(parsePlayerId(encodeBase64url(new Uint8Array(33)))).toBeNull();
		expect(parsePlayerId(`${DANA}\n`)).toBeNull();
	});

	it('has one name only: a second spelling of the same bytes is none', () => {
		// The last letter holds two bits that no byte uses.
		const other = `${bytes32(0).slice(0, -1)}B`;
		expect(other).toHaveLength(43);
		expect(parsePlayerId(bytes32(0))).not.toBeNull();
		expect(parsePlayerId(other)).toBeNull();
		expect(parseTableCommand({ ...COMMANDS.take_seat, boxKey: other })).toBeNull();
		expect(parseTableCommand({ ...COMMANDS.take_seat, contribution: other })).toBeNull();
	});
});
