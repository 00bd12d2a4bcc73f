import { gamesText } from '$lib/ui/messages/games.en.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

// What there is to see lives in the browser that opens it.
export const prerender = false;
export const ssr = false;

export const load: PageLoad = async () => {
	await readyIn(wantedLanguage(), [gamesText]);
};
