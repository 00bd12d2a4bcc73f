import { error } from '@sveltejs/kit';
import { parseRoomCode } from '$lib/game/room-code.ts';
import { tableText } from '$lib/ui/messages/table.en.ts';
import { readyIn, type LanguageCode } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

// The address is somebody's code: there is no page to make before it is asked for.
export const prerender = false;
export const ssr = false;

export const load: PageLoad = async ({ params }) => {
	const code = parseRoomCode(params.code);
	if (code === null) error(404, `no table has the code ${params.code}`);
	const language = wantedLanguage();
	await readyIn(language, [tableText]);
	if (language !== 'en') void readyForRoundEnd(language);
	return { code };
};

/** What is shown when a round ends comes in its language at once; nobody waits for it here. */
async function readyForRoundEnd(language: LanguageCode): Promise<void> {
	try {
		const { dealText } = await import('$lib/ui/messages/deal.en.ts');
		await dealText.load(language);
	} catch {
		// Asked for again when it is shown.
	}
}
