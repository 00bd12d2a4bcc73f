/** The rules for people in each language, fetched when somebody reads them. */
import type { Component } from 'svelte';
import type { LanguageCode } from '../messages/text.ts';

export const EL_DORADO_RULES: Readonly<Record<LanguageCode, () => Promise<Component>>> = {
	en: async () => (await import('./ElDorado.en.svelte')).default,
	he: async () => (await import('./ElDorado.he.svelte')).default,
};
