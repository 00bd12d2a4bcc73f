/**
 * How this person likes the table: language, theme, deck, order of the hand, sound, touch. Kept in this browser, the
 * same in all its tabs, and with an account on its other devices. Given by context:
 *
 *     const settings = useSettings();
 *     settings.current.fourColours
 *     settings.change({ theme: 'dark' });
 */
import { createContext } from 'svelte';
import { LANGUAGE_CHOICES, languageFor, type LanguageChoice, type LanguageCode } from './messages/text.ts';
import {
	browserStorage,
	fieldsOf,
	noteChange,
	oneOf,
	readStored,
	writeStored,
	type KeyValue,
} from './stored.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/** Where the trump group lies in the hand; `fixed`: suits always in the same place; `dealt`: as they came. */
export const HAND_ORDERS = ['trump_last', 'trump_first', 'fixed', 'dealt'] as const;
export type HandOrder = (typeof HAND_ORDERS)[number];
export const RANK_ORDERS = ['high_first', 'low_first'] as const;
export type RankOrder = (typeof RANK_ORDERS)[number];
/** A first tap lifts a card and a second plays it: only for fingers, for every pointer, or never. */
export const CONFIRMATIONS = ['touch', 'always', 'never'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

export interface SettingsData {
	readonly language: LanguageChoice;
	readonly theme: Theme;
	readonly fourColours: boolean;
	readonly handOrder: HandOrder;
	readonly rankOrder: RankOrder;
	readonly sounds: boolean;
	readonly haptics: boolean;
	/** A line about every round and game. */
	readonly commentary: boolean;
	readonly confirmSecondTap: Confirmation;
}

export const DEFAULT_SETTINGS: SettingsData = {
	language: 'system',
	theme: 'system',
	fourColours: true,
	handOrder: 'trump_last',
	rankOrder: 'high_first',
	sounds: true,
	haptics: true,
	commentary: true,
	confirmSecondTap: 'touch',
};

/** The script in app.html reads `theme`, `fourColours` and `language` under this key before the first paint. */
export const SETTINGS_KEY = 'overtrick.settings';

/** Settings from storage; whatever is missing or unknown becomes the default. */
export function parseSettings(input: unknown): SettingsData {
	const fields = fieldsOf(input);
	const flag = (key: 'fourColours' | 'sounds' | 'haptics' | 'commentary'): boolean => {
		const value = fields[key];
		return typeof value === 'boolean' ? value : DEFAULT_SETTINGS[key];
	};
	return {
		language: oneOf(LANGUAGE_CHOICES, fields.language, DEFAULT_SETTINGS.language),
		theme: oneOf(THEMES, fields.theme, DEFAULT_SETTINGS.theme),
		fourColours: flag('fourColours'),
		handOrder: oneOf(HAND_ORDERS, fields.handOrder, DEFAULT_SETTINGS.handOrder),
		rankOrder: oneOf(RANK_ORDERS, fields.rankOrder, DEFAULT_SETTINGS.rankOrder),
		sounds: flag('sounds'),
		haptics: flag('haptics'),
		commentary: flag('commentary'),
		confirmSecondTap: oneOf(CONFIRMATIONS, fields.confirmSecondTap, DEFAULT_SETTINGS.confirmSecondTap),
	};
}

/** The language a page is to be in, before there is anything to ask: as was chosen, else as the browser is. */
export function wantedLanguage(): LanguageCode {
	const { language } = parseSettings(readStored(browserStorage(), SETTINGS_KEY));
	// Ready-made pages are made where there is no browser to ask.
	return languageFor(language, typeof navigator === 'undefined' ? [] : navigator.languages);
}

export class Settings {
	readonly #storage: KeyValue | null;
	#current: SettingsData = $state.raw(DEFAULT_SETTINGS);

	constructor(storage: KeyValue | null = browserStorage()) {
		this.#storage = storage;
		this.reload();
	}

	get current(): SettingsData {
		return this.#current;
	}

	change(part: Partial<SettingsData>): void {
		this.take({ ...this.#current, ...part });
		noteChange(this.#storage);
	}

	/** As they were changed on another device. */
	take(settings: SettingsData): void {
		this.#current = settings;
		writeStored(this.#storage, SETTINGS_KEY, settings);
	}

	/** Reads storage again: at the start, and when another tab has changed it. */
	reload(): void {
		this.#current = parseSettings(readStored(this.#storage, SETTINGS_KEY));
	}

	/** Shows theme and deck on the document. Class names are those of tokens.css. */
	paint(root: HTMLElement): void {
		const { theme, fourColours } = this.#current;
		root.classList.toggle('theme-light', theme === 'light');
		root.classList.toggle('theme-dark', theme === 'dark');
		root.classList.toggle('two-colours', !fourColours);
	}
}

export const [useSettings, giveSettings] = createContext<Settings>();
