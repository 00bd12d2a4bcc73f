/**
 * Who sits round a real table, in order: as it is typed in, kept for the next time, and checked. Pure; the keeper's
 * first page shows it, `create-keeper.ts` makes a table of it.
 */
import { MAX_SEATS, VARIANTS, type Variant } from '../../game/game.ts';
import { PLAYER_COLORS, type Face } from '../../game/table-types.ts';
import { tidyName } from '../faces.ts';
import { fieldsOf, oneOf } from '../stored.ts';

export interface Line {
	/** Key for the list; of this page alone. */
	readonly id: number;
	/** As typed. */
	readonly name: string;
	/** The owner of this phone. */
	readonly isYou: boolean;
}
export const PHONES = ['one', 'all'] as const;
export type Phones = (typeof PHONES)[number];

export const SEAT_LIMITS: Readonly<Record<Variant, { readonly least: number; readonly most: number }>> = {
	el_dorado: { least: 2, most: MAX_SEATS },
	israeli_whist: { least: 4, most: 4 },
};

/** What was chosen last time. */
export interface LastTime {
	readonly variant: Variant;
	readonly phones: Phones;
	/** By game, in their order; empty before the first time. */
	readonly names: Readonly<Record<Variant, readonly { readonly name: string; readonly isYou: boolean }[]>>;
}

export function parseLastTime(input: unknown): LastTime {
	const fields = fieldsOf(input);
	const names = fieldsOf(fields.names);
	return {
		variant: oneOf(VARIANTS, fields.variant, 'el_dorado'),
		phones: oneOf(PHONES, fields.phones, 'one'),
		names: { el_dorado: namesIn(names.el_dorado), israeli_whist: namesIn(names.israeli_whist) },
	};
}

function namesIn(input: unknown): LastTime['names'][Variant] {
	if (!Array.isArray(input)) return [];
	return input.slice(0, MAX_SEATS).flatMap((entry: unknown) => {
		const { name, isYou } = fieldsOf(entry);
		const tidy = typeof name === 'string' ? tidyName(name) : null;
		return tidy === null ? [] : [{ name: tidy, isYou: isYou === true }];
	});
}

/** Why no table can be made of these lines: a code, or the name that stands there twice. */
export type LineUpFault = { readonly type: 'few' } | { readonly type: 'twice'; readonly name: string };

/** With phones of their own people may come to seats that are still free; on one phone everybody has a name. */
export function lineUpFault(lines: readonly Line[], variant: Variant, phones: Phones): LineUpFault | null {
	const names = lines.flatMap(({ name }) => tidyName(name) ?? []);
	const twice = names.find((name, place) => names.indexOf(name) !== place);
	if (twice !== undefined) return { type: 'twice', name: twice };
	const { least } = SEAT_LIMITS[variant];
	const count = phones === 'one' ? names.length : lines.length;
	return count < least ? { type: 'few' } : null;
}

/** One item taken out and put elsewhere; as it is where that is no place. */
export function movedTo<T>(items: readonly T[], from: number, to: number): readonly T[] {
	const item = items[from];
	if (item === undefined || to < 0 || to >= items.length || to === from) return items;
	return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** @param random a number from 0 up to, not including, 1 */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
	const left = [...items];
	const drawn: T[] = [];
	while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
	return drawn;
}

/** A face for a name without a phone: the same name is drawn alike every time, and seats differ in colour. */
export function faceFor(name: string, seat: number): Face {
	let hash = 2_166_136_261;
	for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
	return { name, color: (seat * 3) % PLAYER_COLORS, avatar: hash };
}

/** Swaps that bring the seats of a lobby into another order: `order[place]` is the seat that goes there. */
export function swapsFor(order: readonly number[]): readonly (readonly [number, number])[] {
	const at = order.map((_, place) => place);
	return order.flatMap((seat, place) => {
		const from = at.indexOf(seat);
		if (from === place) return [];
		[at[place], at[from]] = [at[from] ?? 0, at[place] ?? 0];
		return [[place, from] as const];
	});
}
