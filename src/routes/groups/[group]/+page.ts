import { error } from '@sveltejs/kit';
import { parseGroupId } from '$lib/archive/groups.ts';
import { groupText } from '$lib/ui/groups/groups.en.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	const id = parseGroupId(params.group);
	if (id === null) error(404, `no group is called ${params.group}`);
	await readyIn(wantedLanguage(), [groupText]);
	return { id };
};
