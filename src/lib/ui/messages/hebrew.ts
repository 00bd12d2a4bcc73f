/**
 * What every book of Hebrew needs: plurals, lists, names with the letters that Hebrew writes before them. Hebrew says
 * things of nobody's gender here: nouns, infinitives and plurals instead of "you play" and "he takes".
 *
 *     to('נועה')  // 'לנועה'
 *     to('Dan')   // 'ל-Dan'
 */
import { isolatesOf, leftToRight } from './bidi.ts';
import { pluralsOf } from './numbers.ts';

export const plural = pluralsOf('he');
/** A name as it stands in a Hebrew sentence. */
export const named = isolatesOf('he');

const HEBREW_LETTER = /^[\u05d0-\u05ea]/u;

/** A letter of one word grows onto a Hebrew name, and is joined to any other with a hyphen. */
function prefixed(letter: string, name: string): string {
	return `${letter}${HEBREW_LETTER.test(name) ? '' : '-'}${named(name)}`;
}
/** To, or for, somebody. */
export const to = (name: string): string => prefixed('ל', name);
/** From somebody, or than somebody. */
export const from = (name: string): string => prefixed('מ', name);

/** `נועה, דן ויעל`; `נועה ו-Dan`. */
export function list(names: readonly string[]): string {
	const last = names.at(-1) ?? '';
	if (names.length < 2) return named(last);
	return `${names.slice(0, -1).map(named).join(', ')} ${prefixed('ו', last)}`;
}

/** A number with its sign, ready-made by `signed` or `total`: the sign stays before it. */
export const number = leftToRight;
