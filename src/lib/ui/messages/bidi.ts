/**
 * Text that runs both ways, inside plain strings where no element can isolate it: names of any script in a sentence
 * of another, signed numbers in a sentence from right to left.
 */
import { LANGUAGES, type LanguageCode } from './text.ts';

const FIRST_STRONG = '\u2068';
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** A letter of the scripts written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
/** Nothing but Hebrew letters and spaces: at home in a Hebrew sentence. */
const HEBREW_ONLY = /^[\u0590-\u05ff ]+$/u;

/** A name keeps its own direction and disturbs nobody else's; one that is at home in the language stays as it is. */
export function isolatesOf(language: LanguageCode): (name: string) => string {
	const isAtHome = (name: string): boolean =>
		LANGUAGES[language].dir === 'ltr' ? !RIGHT_TO_LEFT.test(name) : HEBREW_ONLY.test(name);
	return (name) => (name === '' || isAtHome(name) ? name : `${FIRST_STRONG}${name}${END}`);
}

/** Numbers with a sign, fractions, codes: from left to right wherever they stand. */
export function leftToRight(text: string): string {
	return `${LEFT_TO_RIGHT}${text}${END}`;
}

/** As a test or a comparison wants to see it: without the invisible marks. */
export function withoutMarks(text: string): string {
	return text.replace(/[\u2066-\u2069]/gu, '');
}
