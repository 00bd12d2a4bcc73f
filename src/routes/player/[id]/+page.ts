import { error } from '@sveltejs/kit';
import { parsePersonId } from '$lib/archive/people.ts';
import { parsePlayerId } from '$lib/game/table-parse.ts';
import { gamesText } from '$lib/ui/messages/games.en.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { peopleText } from '$lib/ui/people/people.en.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	const [person, player] = [parsePersonId(params.id), parsePlayerId(params.id)];
	if (person === null && player === null) error(404, `no player is called ${params.id}`);
	await readyIn(wantedLanguage(), [peopleText, gamesText]);
	return { person, player };
};
