/**
 * The words of the app come in parts; each part is one object of strings and functions, English is its type, so
 * another language that lacks a line does not compile. Languages beside English are loaded when somebody reads them.
 *
 *     export const tableText = defineText(en, {});   // in table.en.ts, below the words
 */

/** Those the app is written in. `dir` and the native name are here so that a switch can be drawn before loading. */
export const LANGUAGES = {
	en: { name: 'English', dir: 'ltr' },
} as const satisfies Record<string, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>;
export type LanguageCode = keyof typeof LANGUAGES;
/** How each language beside English is fetched: `{ he: async () => (await import('./table.he.ts')).he }`. */
type Loaders<M> = Readonly<Record<Exclude<LanguageCode, 'en'>, () => Promise<M>>>;

/** One part of the words, in every language. */
export class Text<M = unknown> {
	/** Always there: what is shown until another language is. */
	readonly english: M;
	readonly #loaded: Map<LanguageCode, M>;
	readonly #loaders: Readonly<Partial<Record<LanguageCode, () => Promise<M>>>>;

	constructor(english: M, loaders: Readonly<Partial<Record<LanguageCode, () => Promise<M>>>>) {
		this.english = english;
		this.#loaded = new Map([['en', english]]);
		this.#loaders = loaders;
	}

	/** The words in this language, or null while they are not loaded. */
	in(code: LanguageCode): M | null {
		return this.#loaded.get(code) ?? null;
	}

	/** Fetches this language's words, once. Rejects when they cannot be had. */
	async load(code: LanguageCode): Promise<void> {
		const words = this.in(code) ?? (await this.#loaders[code]?.());
		if (words !== undefined) this.#loaded.set(code, words);
	}
}

/** English is the type of the words; every other language must have a loader. */
export function defineText<M>(en: M, loaders: Loaders<M>): Text<M> {
	return new Text(en, loaders);
}
