/**
 * What people type or paste to join a table: a code in any spacing and case, or a whole link. Forgiving about form,
 * exact about letters: a code with a letter that is in no code is never guessed at.
 *
 *     readJoinInput(' kfr-bwz ')                          // { ok: true, code: 'KFRBWZ', fragment: '' }
 *     readJoinInput('https://host/t/KFRBWZ#secret')       // { ok: true, code: 'KFRBWZ', fragment: '#secret' }
 */
import { CODE_LETTERS, type RoomCode } from '../../game/table-types.ts';

export const CODE_LENGTH = 6;

export type JoinInput =
	| { readonly ok: true; readonly code: RoomCode; readonly fragment: string }
	| { readonly ok: false; readonly problem: 'empty' | 'long' | 'link' }
	| { readonly ok: false; readonly problem: 'short'; readonly missing: number }
	/** `found`: the first character that is in no code. */
	| { readonly ok: false; readonly problem: 'letters'; readonly found: string };

export function readJoinInput(text: string): JoinInput {
	const trimmed = text.trim();
	return looksLikeLink(trimmed) ? readLink(trimmed) : readCode(trimmed);
}

/** A code while it is being typed: upper case, without the spaces and dashes people put between letters. */
export function tidyCode(text: string): string {
	return looksLikeLink(text.trim()) ? text : text.toUpperCase().replace(/[\s\-–—_.·]+/gu, '');
}

function looksLikeLink(text: string): boolean {
	return /[/#?]/.test(text);
}

/** The site of the link is not compared: the same table has one address on the home network and another outside. */
function readLink(text: string): JoinInput {
	const [, code, fragment] = /\/t\/([^/?#]+)\/?(?:\?[^#]*)?(#.*)?$/u.exec(text) ?? [];
	const parsed = code === undefined ? null : readCode(code);
	return parsed?.ok ? { ...parsed, fragment: fragment ?? '' } : { ok: false, problem: 'link' };
}

function readCode(text: string): JoinInput {
	const code = tidyCode(text);
	if (code === '') return { ok: false, problem: 'empty' };
	const found = Array.from(code).find((letter) => !CODE_LETTERS.includes(letter));
	if (found !== undefined) return { ok: false, problem: 'letters', found };
	if (code.length > CODE_LENGTH) return { ok: false, problem: 'long' };
	if (code.length < CODE_LENGTH) return { ok: false, problem: 'short', missing: CODE_LENGTH - code.length };
	return { ok: true, code: code as RoomCode, fragment: '' };
}
