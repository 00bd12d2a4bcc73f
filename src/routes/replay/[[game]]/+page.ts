import { error } from '@sveltejs/kit';
import { parseGameId } from '$lib/game/table-parse.ts';
import { toSeat } from '$lib/game/seats.ts';
import { MAX_SEATS } from '$lib/game/game.ts';
import { dealText } from '$lib/ui/messages/deal.en.ts';
import { replayText } from '$lib/ui/messages/replay.en.ts';
import { tableText } from '$lib/ui/messages/table.en.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

// What there is to see lives in the browser that opens it.
export const prerender = false;
export const ssr = false;

/** `?at=` events folded, `?seat=` 1-based: whose eyes; anything else in them counts as nothing. */
export const load: PageLoad = async ({ params, url }) => {
	const id = params.game === undefined ? null : parseGameId(params.game);
	if (params.game !== undefined && id === null) error(404, `no game is called ${params.game}`);
	await readyIn(wantedLanguage(), [tableText, replayText, dealText]);
	const at = numberOf(url.searchParams.get('at'));
	const seat = numberOf(url.searchParams.get('seat'));
	const isSeat = seat !== null && seat >= 1 && seat <= MAX_SEATS;
	return { id, at, eyes: isSeat ? toSeat(seat - 1) : ('all' as const) };
};

function numberOf(text: string | null): number | null {
	return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
