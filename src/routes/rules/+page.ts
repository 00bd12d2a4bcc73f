/** The rules are ready-made, in English: they are read, and found by search engines. Other languages come with the page. */
import { RULES } from '$lib/ui/rules/in-language.ts';
import { browser } from '$app/environment';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

export const ssr = true;
export const prerender = true;

export const load: PageLoad = async () => {
	const language = browser ? wantedLanguage() : 'en';
	if (language === 'en') return { translated: null };
	try {
		return { translated: { language, rules: await RULES.el_dorado[language]() } };
	} catch {
		// Out of reach: the rules stay in English.
		return { translated: null };
	}
};
