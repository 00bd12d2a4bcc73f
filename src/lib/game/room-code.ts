/** The code of a table, as it is typed and read out. Apart from the other borders: a page shows it before it loads them. */
import { CODE_LETTERS, type RoomCode } from './table-types.ts';

const LENGTH = 6;

/** Reads a code as people type it: any case, spaces and dashes ignored. null when it is none. */
export function parseRoomCode(input: unknown): RoomCode | null {
	if (typeof input !== 'string') return null;
	const text = input.toUpperCase().replace(/[\s-]/g, '');
	return text.length === LENGTH && [...text].every((letter) => CODE_LETTERS.includes(letter))
		? (text as RoomCode)
		: null;
}
