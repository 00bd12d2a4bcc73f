/** Ready-made in English; another language comes with the page, its title too. */
import { RULES } from '$lib/ui/rules/in-language.ts';
import { browser } from '$app/environment';
import { whistHouseText } from '$lib/ui/messages/whist-house.en.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

export const ssr = true;
export const prerender = true;

export const load: PageLoad = async () => {
	const language = browser ? wantedLanguage() : 'en';
	if (language === 'en') return { translated: null };
	try {
		await whistHouseText.load(language);
		return { translated: { language, rules: await RULES.israeli_whist[language]() } };
	} catch {
		// Out of reach: the rules stay in English.
		return { translated: null };
	}
};
