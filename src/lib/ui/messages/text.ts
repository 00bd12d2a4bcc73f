/**
 * The words of the app come in parts; each part is one object of strings and functions, English is its type, so
 * another language that lacks a line does not compile. Languages beside English are loaded when somebody reads them.
 *
 *     export const tableText = defineText(en, { he: async () => (await import('./table.he.ts')).he });
 *
 * (in table.en.ts, below the words). A new part is two files: `x.en.ts` with its type, `x.he.ts` of that type.
 */

/** Those the app is written in. */
export const LANGUAGE_CODES = ['en', 'he'] as const;
export type LanguageCode = (typeof LANGUAGE_CODES)[number];
/** `dir` and the native name are here so that a switch can be drawn before loading. */
export const LANGUAGES: Readonly<
	Record<LanguageCode, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>
> = {
	en: { name: 'English', dir: 'ltr' },
	he: { name: 'עברית', dir: 'rtl' },
};

/** What somebody may choose: `system` is whatever the browser asks for. */
export const LANGUAGE_CHOICES = ['system', ...LANGUAGE_CODES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** Java, and phones that come from it, still write Hebrew as it was coded before 1989. */
const OLD_CODES: Readonly<Partial<Record<string, LanguageCode>>> = { iw: 'he' };

/**
 * The language for this choice, `preferred` being the browser's list, most wanted first: the first of them that the
 * app is written in, else English. The script in app.html decides the same before the first paint.
 */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): LanguageCode {
	if (choice !== 'system') return choice;
	for (const tag of preferred) {
		const name = tag.toLowerCase().split('-')[0] ?? '';
		const code = OLD_CODES[name] ?? LANGUAGE_CODES.find((known) => known === name);
		if (code !== undefined) return code;
	}
	return 'en';
}

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

/**
 * Has these parts in the language a page is to begin in, and gives it. What cannot be fetched leaves the page in
 * English, which is better than none.
 */
export async function readyIn(code: LanguageCode, parts: readonly Text[]): Promise<LanguageCode> {
	try {
		await Promise.all(parts.map((part) => part.load(code)));
		return code;
	} catch {
		// No network, and this language was never read on this device.
		return 'en';
	}
}
