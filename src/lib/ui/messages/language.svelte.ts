/**
 * The language of the page, given by context, and the words in it:
 *
 *     const t = useText(tableText);   // in a component, once, at its start
 *     t().bids.made(3)                // in markup; follows the language
 */
import { createContext } from 'svelte';
import { LANGUAGES, type LanguageCode, type Text } from './text.ts';

export { defineText } from './text.ts';

export class Language {
	#code: LanguageCode = $state('en');
	/** The last one switched to: its words may still be on their way. */
	#asked: LanguageCode;
	/** Counts parts that came late, so that what is shown in English meanwhile is shown again. */
	#arrivals = $state(0);
	/** Parts that some component has asked for: all are there before the page changes its language. */
	readonly #parts: Text[] = [];

	/** @param code what the page begins in; its words should be here already */
	constructor(code: LanguageCode = 'en') {
		this.#code = code;
		this.#asked = code;
	}

	get code(): LanguageCode {
		return this.#code;
	}
	get dir(): 'ltr' | 'rtl' {
		return LANGUAGES[this.#code].dir;
	}

	/** Changes the language once its words are here; rejects, and changes nothing, when they cannot be had. */
	async switchTo(code: LanguageCode): Promise<void> {
		this.#asked = code;
		await Promise.all(this.#parts.map((part) => part.load(code)));
		// Whoever has thought again meanwhile has another switch under way.
		if (this.#asked === code) this.#code = code;
	}

	/** Makes a part known, and fetches it if the page is in another language already, or about to be. */
	use<M>(part: Text<M>): () => M {
		if (!this.#parts.includes(part)) this.#parts.push(part);
		if (part.in(this.#asked) === null) {
			part.load(this.#asked).then(
				() => this.#arrivals++,
				// Out of reach: the part stays in English, which is better than an empty screen.
				() => undefined,
			);
		}
		return () => part.in(this.#shown.code) ?? part.english;
	}

	/** Whoever reads it reads again when the language changes or words arrive. */
	get #shown(): { readonly code: LanguageCode; readonly arrivals: number } {
		return { code: this.#code, arrivals: this.#arrivals };
	}
}

export const [useLanguage, giveLanguage] = createContext<Language>();

/** The words of one part as a function, to be called where they are shown. Call it at a component's start. */
export function useText<M>(part: Text<M>): () => M {
	return useLanguage().use(part);
}
