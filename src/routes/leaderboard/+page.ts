import { parsePersonId } from '$lib/archive/people.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { peopleText } from '$lib/ui/people/people.en.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

/** `?group=` of one's own; anything that is no id counts as nothing. */
export const load: PageLoad = async ({ url }) => {
	await readyIn(wantedLanguage(), [peopleText]);
	return { group: parsePersonId(url.searchParams.get('group') ?? '') };
};
