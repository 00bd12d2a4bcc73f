/**
 * The language of the page, and the words written in it. Words come in parts; each part is one object of strings
 * and functions, English is its type, so another language that lacks a line does not compile. Languages beside
 * English are loaded when somebody reads them.
 *
 *     export const tableText = defineText(en, {});   // in table.en.ts, below the words
 *     const t = useText(tableText);                  // in a component, once, at its start
 *     t().bids.made(3)                               // in markup; follows the language
 */
import { createContext } from 'svelte';

/** Those the app is written in. `dir` and the native name are here so that a switch can be drawn before loading. */
export const LANGUAGES = {
	en: { name: 'English', dir: 'ltr' },
} as const satisfies Record<string, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>;
export type LanguageCode = keyof typeof LANGUAGES;
type OtherLanguage = Exclude<LanguageCode, 'en'>;
/** How each language beside English is fetched: `{ he: async () => (await import('./table.he.ts')).he }`. */
type Loaders<M> = { readonly [code in OtherLanguage]: () => Promise<M> };

/** One part of the app's words, in every language. */
export class Text<M = unknown> {
	/** Always there: what is shown until another language is. */
	readonly english: M;
	readonly #loaded: Map<LanguageCode, M>;
	readonly #loaders: Partial<Readonly<Record<LanguageCode, () => Promise<M>>>>;

	constructor(en: M, loaders: Loaders<M>) {
		this.english = en;
		this.#loaded = new Map([['en', en]]);
		this.#loaders = loaders;
	}

	/** The words in this language, or null while they are not loaded. */
	in(code: LanguageCode): M | null {
		return this.#loaded.get(code) ?? null;
	}

	/** Fetches this language's words, once. Rejects when they cannot be had. */
	async load(code: LanguageCode): Promise<M> {
		const words = this.in(code) ?? (await this.#loaders[code]?.()) ?? this.english;
		this.#loaded.set(code, words);
		return words;
	}
}

/** English is the type of the words. */
export function defineText<M>(en: M, loaders: Loaders<M>): Text<M> {
	return new Text(en, loaders);
}

export class Language {
	#code: LanguageCode = $state('en');
	/** Parts that some component on the page has asked for: all are there before the page changes language. */
	readonly #parts = new Set<Text>();
	/** Counts arrivals, so that what is shown in English meanwhile is shown again. */
	#arrivals = $state(0);

	get code(): LanguageCode {
		return this.#code;
	}
	get dir(): 'ltr' | 'rtl' {
		return LANGUAGES[this.#code].dir;
	}

	/** Changes the language once its words are here; rejects, and changes nothing, when they cannot be had. */
	async switchTo(code: LanguageCode): Promise<void> {
		await Promise.all(Array.from(this.#parts, (part) => part.load(code)));
		this.#code = code;
	}

	/** Makes a part known, and fetches it if the page is in another language already. */
	use<M>(part: Text<M>): () => M {
		this.#parts.add(part);
		if (part.in(this.#code) === null) {
			// Out of reach: the part stays in English, which is better than an empty screen.
			part.load(this.#code).then(
				() => this.#arrivals++,
				() => undefined,
			);
		}
		return () => {
			void this.#arrivals;
			return part.in(this.#code) ?? part.english;
		};
	}
}

export const [useLanguage, giveLanguage] = createContext<Language>();

/** The words of one part as a function, to be called where they are shown. Call it at a component's start. */
export function useText<M>(part: Text<M>): () => M {
	return useLanguage().use(part);
}
