/**
 * Numbers in words: plural forms by the rules of the language, and signed scores. No language is assumed: each
 * book of messages makes its own `plural` once.
 */

/** A form for each plural class the language has; `#` stands for the number. */
export type PluralForms = { readonly other: string } & Partial<
	Readonly<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>>
>;

/**
 *     const plural = pluralsOf('en');
 *     plural(1, { one: '# trick', other: '# tricks' })  // '1 trick'
 */
export function pluralsOf(language: string): (count: number, forms: PluralForms) => string {
	const rules = new Intl.PluralRules(language);
	return (count, forms) => (forms[rules.select(count)] ?? forms.other).replaceAll('#', String(count));
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
