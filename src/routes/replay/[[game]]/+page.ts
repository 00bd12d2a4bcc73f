import { error } from '@sveltejs/kit';
import { toSeat } from '$lib/game/seats.ts';
import { MAX_SEATS } from '$lib/game/game.ts';
import { replayText } from '$lib/ui/messages/replay.en.ts';
import { loadOpening } from '$lib/ui/replay/load-opening.ts';
import { readyIn } from '$lib/ui/messages/text.ts';
import { wantedLanguage } from '$lib/ui/settings.svelte.ts';
import type { PageLoad } from './$types';

// What there is to see lives in the browser that opens it.
export const prerender = false;
export const ssr = false;

/** What a game is called, at a glance: 16 bytes as text. What opens it looks closer. */
const GAME_NAME = /^[\w-]{22}$/;

/** `?at=` events folded, `?seat=` 1-based: whose eyes; anything else in them counts as nothing. */
export const load: PageLoad = async ({ params, url }) => {
	const game = params.game ?? null;
	if (game !== null && !GAME_NAME.test(game)) error(404, `no game is called ${game}`);
	// What opens it comes beside the page, with the first touch of a link; what cannot be fetched the page itself says.
	if (game !== null) loadOpening().catch(() => undefined);
	await readyIn(wantedLanguage(), [replayText]);
	const at = numberOf(url.searchParams.get('at'));
	const seat = numberOf(url.searchParams.get('seat'));
	const isSeat = seat !== null && seat >= 1 && seat <= MAX_SEATS;
	return { game, at, eyes: isSeat ? toSeat(seat - 1) : ('all' as const) };
};

function numberOf(text: string | null): number | null {
	return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
