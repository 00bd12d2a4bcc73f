/**
 * Where bytes become table commands and events: whole payloads, nothing unknown let through. The games parse
 * their own commands and events behind `Game`.
 */
import * as z from 'zod/mini';
import { decodeBase64url } from './bytes.ts';
import type { LogEvent, Command, Face, GameId, PlayerId, TableCommand, TableEvent } from './table-types.ts';
import {
	ABSENCE_ACTIONS,
	BOT_LEVELS,
	FIRST_DEALERS,
	GRACE_TIMES_S,
	MAX_NAME_LENGTH,
	HOST_CHANGE_REASONS,
	HOST_LOSS_ACTIONS,
	PACES,
	PLAYER_COLORS,
	TURN_TIMERS_S,
	type TableRules,
} from './table-types.ts';
import { MAX_SEATS, REFUSAL_CODES, VARIANTS, type GameOptions, type SeatIndex } from './game.ts';
import { MAX_EVENTS } from './log-limits.ts';
import { PHRASES } from './phrases.ts';

/** So many bytes, in their one spelling: whoever decodes a parsed field gets bytes, and a key has no second name. */
const base64url = (bytes: number) => {
	const length = Math.ceil((bytes * 4) / 3);
	return z.string().check(
		z.regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)),
		z.refine((text) => decodeBase64url(text) !== null),
	);
};
/** A signature. */
const bytes64 = base64url(64);
/** 32 bytes: a key, a hash, a contribution. */
const bytes32 = base64url(32);

export const playerIdSchema = z.pipe(
	bytes32,
	z.transform((text) => text as PlayerId),
);
export const gameIdSchema = z.pipe(
	base64url(16),
	z.transform((text) => text as GameId),
);
export const seatIndexSchema = z.pipe(
	z.int().check(z.gte(0), z.lt(MAX_SEATS)),
	z.transform((seat) => seat as SeatIndex),
);

/** Fillers of Hangul, and the empty cell of Braille. */
const BLANK_LETTERS = /[\u115F\u1160\u3164\uFFA0\u2800]/g;

export const faceSchema = z.strictObject({
	name: z.string().check(
		z.refine((name) => name.trim() === name && name.length > 0 && [...name].length <= MAX_NAME_LENGTH),
		// Control characters and direction overrides could dress a name up as the program's own words.
		z.refine((name) => !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name)),
		// Something to be seen: neither joiners alone nor the letters that are blank.
		z.refine((name) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(name.replace(BLANK_LETTERS, ''))),
	),
	color: z.int().check(z.gte(0), z.lt(PLAYER_COLORS)),
	avatar: z.int().check(z.gte(0), z.lt(2 ** 32)),
});

const rules = z.strictObject({
	seats: z.int().check(z.gte(2), z.lte(MAX_SEATS)),
	onAbsence: z.enum(ABSENCE_ACTIONS),
	graceS: z.literal(GRACE_TIMES_S),
	turnTimerS: z.literal(TURN_TIMERS_S),
	firstDealer: z.enum(FIRST_DEALERS),
	spectators: z.boolean(),
	pace: z.enum(PACES),
	onHostLoss: z.enum(HOST_LOSS_ACTIONS),
});

/** Checked in full by the game whose options they are, so not a key is dropped on the way there. */
const options = z.custom<GameOptions>(
	(input) => typeof input === 'object' && input !== null && 'v' in input && Number.isInteger(input.v),
);
const level = z.enum(BOT_LEVELS);
/** A round takes more than one event. */
const checkedRound = z.int().check(z.gte(1), z.lt(MAX_EVENTS));

const seat = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('empty') }),
	z.strictObject({ kind: z.literal('bot'), level, face: faceSchema }),
	z.strictObject({ kind: z.literal('named'), face: faceSchema }),
	z.strictObject({
		kind: z.literal('human'),
		player: playerIdSchema,
		boxKey: bytes32,
		contribution: z.nullable(bytes32),
		face: faceSchema,
		ready: z.boolean(),
		presence: z.enum(['here', 'away', 'left']),
	}),
]);

const commandSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('take_seat'),
		seat: z.nullable(seatIndexSchema),
		face: faceSchema,
		boxKey: bytes32,
		contribution: bytes32,
	}),
	z.strictObject({ type: z.literal('contribute'), contribution: bytes32 }),
	z.strictObject({ type: z.literal('open_contribution'), contribution: bytes32 }),
	z.strictObject({ type: z.literal('leave_seat') }),
	z.strictObject({ type: z.literal('return_to_seat') }),
	z.strictObject({ type: z.literal('change_face'), face: faceSchema }),
	z.strictObject({ type: z.literal('set_ready'), ready: z.boolean() }),
	z.strictObject({ type: z.literal('swap_seats'), a: seatIndexSchema, b: seatIndexSchema }),
	z.strictObject({ type: z.literal('set_rules'), rules, options }),
	z.strictObject({ type: z.literal('add_bot'), seat: seatIndexSchema, level, face: faceSchema }),
	z.strictObject({ type: z.literal('name_seat'), seat: seatIndexSchema, face: faceSchema }),
	z.strictObject({ type: z.literal('clear_seat'), seat: seatIndexSchema }),
	z.strictObject({ type: z.literal('kick'), player: playerIdSchema }),
	z.strictObject({ type: z.literal('start_game') }),
	z.strictObject({ type: z.literal('continue') }),
	z.strictObject({ type: z.literal('check_deal'), round: checkedRound, fits: z.boolean() }),
	z.strictObject({ type: z.literal('say'), phrase: z.enum(PHRASES) }),
	z.strictObject({ type: z.literal('end_game') }),
]);

const onSeat = { seat: seatIndexSchema };

const eventSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('game_created'),
		game: gameIdSchema,
		variant: z.enum(VARIANTS),
		host: playerIdSchema,
		commitment: bytes32,
		rules,
		options,
		seats: z.array(seat).check(z.minLength(2), z.maxLength(MAX_SEATS)),
		previous: z.nullable(gameIdSchema),
		promises: z.exactOptional(z.literal(true)),
	}),
	z.strictObject({
		type: z.literal('seat_taken'),
		...onSeat,
		player: playerIdSchema,
		boxKey: bytes32,
		contribution: bytes32,
		face: faceSchema,
	}),
	z.strictObject({ type: z.literal('contribution_made'), ...onSeat, contribution: bytes32 }),
	z.strictObject({ type: z.literal('start_called') }),
	z.strictObject({ type: z.literal('contribution_opened'), ...onSeat, contribution: bytes32 }),
	z.strictObject({ type: z.literal('start_called_off') }),
	z.strictObject({ type: z.literal('seat_cleared'), ...onSeat }),
	z.strictObject({ type: z.literal('bot_seated'), ...onSeat, level, face: faceSchema }),
	z.strictObject({ type: z.literal('seat_named'), ...onSeat, face: faceSchema }),
	z.strictObject({ type: z.literal('seats_swapped'), a: seatIndexSchema, b: seatIndexSchema }),
	z.strictObject({ type: z.literal('face_changed'), ...onSeat, face: faceSchema }),
	z.strictObject({ type: z.literal('ready_set'), ...onSeat, ready: z.boolean() }),
	z.strictObject({ type: z.literal('rules_set'), rules, options }),
	z.strictObject({ type: z.literal('player_kicked'), player: playerIdSchema }),
	z.strictObject({ type: z.literal('game_started'), firstDealer: seatIndexSchema, contributions: bytes32 }),
	z.strictObject({ type: z.literal('seat_away'), ...onSeat }),
	z.strictObject({ type: z.literal('seat_back'), ...onSeat }),
	z.strictObject({ type: z.literal('seat_left'), ...onSeat }),
	z.strictObject({ type: z.literal('return_announced'), ...onSeat }),
	z.strictObject({ type: z.literal('seat_returned'), ...onSeat }),
	z.strictObject({ type: z.literal('continued'), ...onSeat }),
	z.strictObject({ type: z.literal('invalid_action'), ...onSeat, code: z.enum(REFUSAL_CODES) }),
	z.strictObject({
		type: z.literal('host_changed'),
		term: z.int().check(z.gte(2)),
		host: playerIdSchema,
		reason: z.enum(HOST_CHANGE_REASONS),
		votes: z
			.array(z.strictObject({ player: playerIdSchema, signature: bytes64 }))
			.check(z.minLength(1), z.maxLength(MAX_SEATS)),
		commitment: bytes32,
	}),
	z.strictObject({ type: z.literal('round_voided'), round: z.int().check(z.gte(1)) }),
	z.strictObject({ type: z.literal('round_revealed'), round: z.int().check(z.gte(1)), key: bytes32 }),
	z.strictObject({
		type: z.literal('deal_checked'),
		...onSeat,
		round: checkedRound,
		fits: z.boolean(),
	}),
	z.strictObject({ type: z.literal('phrase_said'), ...onSeat, phrase: z.enum(PHRASES) }),
	z.strictObject({
		type: z.literal('game_ended'),
		reason: z.enum(['completed', 'abandoned']),
		secret: bytes32,
	}),
]);

const typesOf = (schema: {
	def: { options: readonly { shape: { type: { def: { values: unknown[] } } } }[] };
}) => new Set<unknown>(schema.def.options.map((option) => option.shape.type.def.values[0]));

const COMMAND_TYPES = typesOf(commandSchema);
const EVENT_TYPES = typesOf(eventSchema);
/** Version of the table's own events as written today. */
export const TABLE_EVENT_VERSION = 1;

export function isTableCommand(command: Command): command is TableCommand {
	return COMMAND_TYPES.has(command.type);
}

export function isTableEvent(event: LogEvent): event is TableEvent {
	return EVENT_TYPES.has(event.type);
}

export function isTableEventType(type: string): boolean {
	return EVENT_TYPES.has(type);
}

export function isTableCommandType(type: unknown): boolean {
	return COMMAND_TYPES.has(type);
}

export function parseTableCommand(input: unknown): TableCommand | null {
	const parsed = commandSchema.safeParse(input);
	return parsed.success ? parsed.data : null;
}

/** The event of a stored payload, lifted from version `v`; null when it is none of ours. */
export function parseTableEvent(type: string, v: number, payload: unknown): TableEvent | null {
	if (v !== TABLE_EVENT_VERSION || typeof payload !== 'object' || payload === null) return null;
	// Its type stands beside the payload; one within would be an unknown key that the next line hides.
	if (Object.hasOwn(payload, 'type')) return null;
	const parsed = eventSchema.safeParse({ ...payload, type });
	return parsed.success ? parsed.data : null;
}

export function isFace(input: unknown): input is Face {
	return faceSchema.safeParse(input).success;
}

export function isRules(input: unknown): input is TableRules {
	return rules.safeParse(input).success;
}

export function parsePlayerId(input: unknown): PlayerId | null {
	const parsed = playerIdSchema.safeParse(input);
	return parsed.success ? parsed.data : null;
}

export function parseGameId(input: unknown): GameId | null {
	const parsed = gameIdSchema.safeParse(input);
	return parsed.success ? parsed.data : null;
}
