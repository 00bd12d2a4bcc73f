/**
 * Pages are drawn in the browser: what they show lives there. Home and the rules say otherwise for themselves.
 * Before a page is drawn, the words it begins with are here in the reader's language.
 */
import { browser } from '$app/environment';
import { kitText } from '$lib/ui/kit/kit.en.ts';
import { frameText } from '$lib/ui/messages/index.ts';
import { namesText } from '$lib/ui/names.en.ts';
import { readyIn, type LanguageCode } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;
export const prerender = false;

export const load: LayoutLoad = async (): Promise<{ readonly language: LanguageCode }> => ({
	// Ready-made pages are made in English.
	language: browser ? await firstLanguage(wantedLanguage()) : 'en',
});

async function firstLanguage(wanted: LanguageCode): Promise<LanguageCode> {
	if (wanted === 'en') return wanted;
	// Most pages show these, and would begin in English without them; a table in English does without.
	const app = await import('$lib/ui/messages/app.en.ts').catch(() => null);
	const parts = [frameText, kitText, namesText];
	return await readyIn(wanted, app === null ? parts : [...parts, app.appText]);
}
