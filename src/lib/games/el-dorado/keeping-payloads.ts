/** A keeper's commands and events (El Dorado 9) where they enter and leave, checked whole like the others. */
import { MAX_SEATS, type SeatIndex } from '../../game/game.ts';
import { MAX_ADJUSTMENT } from '../keeper/ledger.ts';
import { isWhole, parseBySeat, parseFields, parseMaker, parseSeat, type Fields } from '../payload.ts';
import type { Entered } from './meant.ts';
import { MIN_SEATS } from './state.ts';
import { ROUNDS, type KeeperCommand, type KeeperEvent } from './types.ts';

/** Its shape alone: what it asks for `decide` takes, or refuses with a code. */
export function parseKeeperCommand(input: unknown): KeeperCommand | null {
	const type: unknown = typeof input === 'object' && input !== null && 'type' in input ? input.type : null;
	switch (type) {
		case 'set_active': {
			const active = parseSeats(parseFields(input, ['type', 'active'])?.active);
			return active === null ? null : { type, active };
		}
		case 'enter_bids': {
			const bids = parseNumbers(parseFields(input, ['type', 'bids'])?.bids);
			return bids === null ? null : { type, bids };
		}
		case 'note_tricks': {
			const fields = parseFields(input, ['type', 'tricks'], ['seat']);
			const seat = parseAskedSeat(fields);
			const tricks = fields?.tricks;
			return seat === null || !isNumberOrNull(tricks) ? null : { type, tricks, ...seat };
		}
		case 'score_round':
		case 'finish_game':
			return parseFields(input, ['type']) === null ? null : { type };
		case 'correct_round': {
			const fields = parseFields(input, ['type', 'round', 'bids', 'tricks']);
			const bids = parseNumbers(fields?.bids);
			const tricks = parseNumbers(fields?.tricks);
			const round = fields?.round;
			return bids === null || tricks === null || !isNumber(round) ? null : { type, round, bids, tricks };
		}
		case 'adjust_score': {
			const fields = parseFields(input, ['type', 'seat', 'points']);
			const seat = parseSeat(fields?.seat);
			const points = fields?.points;
			return seat === null || !isNumber(points) ? null : { type, seat, points };
		}
		default:
			return null;
	}
}

/** The `seat` of a command or nothing, ready to be spread into it; null when it is none of ours. */
export function parseAskedSeat(fields: Fields | null): { readonly seat?: SeatIndex } | null {
	if (fields === null) return null;
	if (!Object.hasOwn(fields, 'seat')) return {};
	const seat = parseSeat(fields.seat);
	return seat === null ? null : { seat };
}

/** The `enteredBy` of an event, likewise. */
export function parseEntered(fields: Fields): Entered | null {
	if (!Object.hasOwn(fields, 'enteredBy')) return {};
	const enteredBy = parseMaker(fields.enteredBy, parseSeat);
	return enteredBy === undefined ? null : { enteredBy };
}

function isNumber(value: unknown): value is number {
	return Number.isSafeInteger(value);
}

function isNumberOrNull(value: unknown): value is number | null {
	return value === null || isNumber(value);
}

function parseNumbers(value: unknown): (number | null)[] | null {
	return parseBySeat(value, (entry) => (isNumberOrNull(entry) ? entry : undefined));
}

function parseSeats(value: unknown): SeatIndex[] | null {
	return parseBySeat(value, (entry) => parseSeat(entry) ?? undefined);
}

export function parseKeeperEvent(type: string, payload: unknown): KeeperEvent | null {
	switch (type) {
		case 'round_opened': {
			const fields = parseFields(payload, ['round', 'dealer', 'seats', 'active']);
			const dealer = parseSeat(fields?.dealer);
			const active = parseSeats(fields?.active);
			if (fields === null || dealer === null || active === null) return null;
			const { round, seats } = fields;
			return isRound(round) && isWhole(seats, MIN_SEATS, MAX_SEATS)
				? { type, round, dealer, seats, active }
				: null;
		}
		case 'active_set': {
			const fields = parseFields(payload, ['active', 'dealer', 'by', 'at']);
			const made = parseMade(fields);
			const dealer = parseSeat(fields?.dealer);
			const active = parseSeats(fields?.active);
			return made === null || dealer === null || active === null ? null : { type, active, dealer, ...made };
		}
		case 'bids_entered': {
			const fields = parseFields(payload, ['bids', 'by', 'at']);
			const made = parseMade(fields);
			const bids = parseTricks(fields?.bids);
			return made === null || bids === null ? null : { type, bids, ...made };
		}
		case 'tricks_noted': {
			const fields = parseFields(payload, ['seat', 'tricks'], ['enteredBy']);
			const seat = parseSeat(fields?.seat);
			const entered = fields === null ? null : parseEntered(fields);
			const tricks = fields?.tricks;
			if (seat === null || entered === null || !isTricks(tricks)) return null;
			return { type, seat, tricks, ...entered };
		}
		case 'round_corrected': {
			const fields = parseFields(payload, ['round', 'bids', 'tricks', 'by', 'at']);
			const made = parseMade(fields);
			const bids = parseTricks(fields?.bids);
			const tricks = parseTricks(fields?.tricks);
			const round = fields?.round;
			if (made === null || bids === null || tricks === null || !isRound(round)) return null;
			return { type, round, bids, tricks, ...made };
		}
		case 'score_adjusted': {
			const fields = parseFields(payload, ['seat', 'points', 'by', 'at']);
			const made = parseMade(fields);
			const seat = parseSeat(fields?.seat);
			const points = fields?.points;
			if (made === null || seat === null || !isWhole(points, -MAX_ADJUSTMENT, MAX_ADJUSTMENT)) return null;
			return { type, seat, points, ...made };
		}
		case 'end_called': {
			const by = parseMaker(parseFields(payload, ['by'])?.by, parseSeat);
			return by === undefined ? null : { type, by };
		}
		default:
			// No assertNever: the type of an event in a log may be anything.
			return null;
	}
}

function isRound(value: unknown): value is number {
	return isWhole(value, 1, ROUNDS);
}

/** A bid or a number of tricks; null for a seat that has none. */
function isTricks(value: unknown): value is number | null {
	return value === null || isWhole(value, 0, ROUNDS);
}

function parseTricks(value: unknown): (number | null)[] | null {
	return parseBySeat(value, (entry) => (isTricks(entry) ? entry : undefined));
}

function parseMade(fields: Fields | null): { readonly by: SeatIndex | null; readonly at: number } | null {
	const by = parseMaker(fields?.by, parseSeat);
	const at = fields?.at;
	return by === undefined || !isWhole(at, 0, Number.MAX_SAFE_INTEGER) ? null : { by, at };
}
