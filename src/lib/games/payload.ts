/**
 * Small checks where bytes enter a game: a command from a peer, a payload from a log, options from a link. They
 * look at the whole value: an unknown key (`__proto__` among them), a fraction or a list of a million entries is
 * refused before anything is done with it.
 */
import { parseCard } from '../cards/notation.ts';
import type { CardId } from '../cards/card.ts';
import { MAX_SEATS, STAND_INS, type SeatIndex, type StandIn } from '../game/game.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A plain object with exactly these keys, or with some of the optional ones as well; null for anything else. */
export function parseFields(
	input: unknown,
	required: readonly string[],
	optional: readonly string[] = [],
): Fields | null {
	if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
	const keys = Object.keys(input);
	if (keys.length > required.length + optional.length) return null;
	if (!keys.every((key) => required.includes(key) || optional.includes(key))) return null;
	if (!required.every((key) => Object.hasOwn(input, key))) return null;
	return input as Fields;
}

/** A whole number from low to high; minus zero is none, because it does not survive a log. */
export function isWhole(value: unknown, low: number, high: number): value is number {
	return (
		typeof value === 'number' &&
		Number.isInteger(value) &&
		value >= low &&
		value <= high &&
		!Object.is(value, -0)
	);
}

export function isOneOf<const T extends string>(value: unknown, literals: readonly T[]): value is T {
	return typeof value === 'string' && (literals as readonly string[]).includes(value);
}

export function parseSeat(value: unknown): SeatIndex | null {
	return isWhole(value, 0, MAX_SEATS - 1) ? (value as SeatIndex) : null;
}

/** Who entered something: a seat, or null for the admin who has none; undefined when it is neither. */
export function parseMaker(
	value: unknown,
	parse: (seat: unknown) => SeatIndex | null,
): SeatIndex | null | undefined {
	return value === null ? null : (parse(value) ?? undefined);
}

/** A card by its name in a log. */
export function parseCardText(value: unknown): CardId | null {
	return typeof value === 'string' ? parseCard(value) : null;
}

/** One entry a seat at most, each parsed; null when the list is longer or an entry is none. */
export function parseBySeat<T>(value: unknown, parseEntry: (entry: unknown) => T | undefined): T[] | null {
	if (!Array.isArray(value) || value.length > MAX_SEATS) return null;
	const entries: T[] = [];
	for (let index = 0; index < value.length; index += 1) {
		const entry = parseEntry(value[index]);
		if (entry === undefined) return null;
		entries.push(entry);
	}
	return entries;
}

/** The `by` of an event or nothing, ready to be spread into it; null when there is one that is none of ours. */
export function parseStandIn(fields: Fields): { readonly by?: StandIn } | null {
	if (!Object.hasOwn(fields, 'by')) return {};
	return isOneOf(fields.by, STAND_INS) ? { by: fields.by } : null;
}
