import { groupText } from '$lib/ui/groups/groups.en.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async () => {
	await readyIn(wantedLanguage(), [groupText]);
};
