/**
 * Numbers in words: plural forms by the rules of the language, signed scores, lists of names, times gone by. No
 * language is assumed: each book of messages makes its own `plural` once.
 */
import { isolatesOf } from './bidi.ts';
import type { LanguageCode } from './text.ts';

/**
 * Made when it is first asked for, and kept: the first list format or plural rule of a page costs it several
 * milliseconds, more on a phone, and most pages ask few of the books they load.
 */
export function whenAsked<T>(make: () => T): () => T {
	let made: { readonly value: T } | null = null;
	return () => (made ??= { value: make() }).value;
}

/** A form for each plural class the language has; `#` stands for the number. */
export type PluralForms = { readonly other: string } & Partial<
	Readonly<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>>
>;

/**
 *     const plural = pluralsOf('en');
 *     plural(1, { one: '# trick', other: '# tricks' })  // '1 trick'
 */
export function pluralsOf(language: string): (count: number, forms: PluralForms) => string {
	const rules = whenAsked(() => new Intl.PluralRules(language));
	return (count, forms) => (forms[rules().select(count)] ?? forms.other).replaceAll('#', String(count));
}

const MINUS = '\u2212';

/** A score as it stands on a sheet: `+7`, `0`, `−7` with a real minus. Isolate it with the class `number`. */
export function signed(value: number): string {
	if (value === 0) return '0';
	return value > 0 ? `+${value}` : `${MINUS}${-value}`;
}

/** A total as it stands on a sheet: `42`, `−7`. */
export function total(value: number): string {
	return value < 0 ? `${MINUS}${-value}` : String(value);
}

/** `Noa, Dan and Ruth`; a name of another script keeps to itself. */
export function listsOf(
	language: LanguageCode,
	options: Intl.ListFormatOptions = { type: 'conjunction' },
): (names: readonly string[]) => string {
	const list = whenAsked(() => new Intl.ListFormat(language, options));
	const isolated = isolatesOf(language);
	return (names) => list().format(names.map(isolated));
}

/** A time gone by, given in ms, in the largest unit that fits: `3 hours ago`, `yesterday`. */
export function agoOf(language: LanguageCode): (ms: number) => string {
	const relative = whenAsked(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
	return (ms) => {
		const minutes = Math.round(ms / 60_000);
		if (minutes < 60) return relative().format(-minutes, 'minute');
		const hours = Math.round(minutes / 60);
		return hours < 24 ? relative().format(-hours, 'hour') : relative().format(-Math.round(hours / 24), 'day');
	};
}
