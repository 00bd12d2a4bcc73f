/** The rules for people, of each game in each language, fetched when somebody reads them. */
import type { Component } from 'svelte';
import type { Variant } from '../../game/game.ts';
import type { LanguageCode } from '../messages/text.ts';

export const RULES: Readonly<Record<Variant, Readonly<Record<LanguageCode, () => Promise<Component>>>>> = {
	el_dorado: {
		en: async () => (await import('./ElDorado.en.svelte')).default,
		he: async () => (await import('./ElDorado.he.svelte')).default,
	},
	israeli_whist: {
		en: async () => (await import('./IsraeliWhist.en.svelte')).default,
		he: async () => (await import('./IsraeliWhist.he.svelte')).default,
	},
};
