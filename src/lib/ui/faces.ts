/**
 * Faces for people who have not chosen one: two pleasant words, a colour, a drawing. Pure, so that a bot's or a
 * newcomer's face follows from the random source it is given.
 *
 *     madeUpFace(Math.random, ownNames())  // { name: 'Quiet Heron', color: 4, avatar: 2735919224 }
 */
import { MAX_NAME_LENGTH, PLAYER_COLORS, type Face } from '../game/table-types.ts';
import type { NameWords } from './names.en.ts';
import { fieldsOf } from './stored.ts';

const AVATAR_SEEDS = 2 ** 32;

/** @param random a number from 0 up to, not including, 1 */
export function madeUpName(random: () => number, words: NameWords): string {
	return words.both(pick(words.manners, random), pick(words.creatures, random));
}

export function madeUpFace(random: () => number, words: NameWords): Face {
	return {
		name: madeUpName(random, words),
		color: Math.floor(random() * PLAYER_COLORS),
		avatar: Math.floor(random() * AVATAR_SEEDS),
	};
}

/** A name as it may be shown: one line, trimmed, cut to length; null when nothing is left. */
export function tidyName(input: string): string | null {
	const name = input.replace(/\s+/gu, ' ').trim().slice(0, MAX_NAME_LENGTH).trim();
	// A cut through a surrogate pair would leave half a character.
	const whole = name.replace(/[\uD800-\uDBFF]$/, '').trim();
	return whole === '' ? null : whole;
}

/** A face from storage, or null when it is not one. */
export function parseFace(input: unknown): Face | null {
	const { name, color, avatar } = fieldsOf(input);
	if (
		typeof name !== 'string' ||
		!isWholeBelow(color, PLAYER_COLORS) ||
		!isWholeBelow(avatar, AVATAR_SEEDS)
	) {
		return null;
	}
	const tidy = tidyName(name);
	return tidy === null ? null : { name: tidy, color, avatar };
}

function isWholeBelow(value: unknown, bound: number): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < bound;
}

function pick(words: readonly string[], random: () => number): string {
	return words[Math.floor(random() * words.length)] ?? '';
}
