/** Fetches what it takes to open a game, and the words of the screen that shows it. */
import { readyIn } from '../messages/text.ts';
import { wantedLanguage } from '../settings.svelte.ts';
import type * as opening from './opening.ts';

export type Opening = typeof opening;

/** Rejects when it is not here and there is no network; a page that is loaded again may have it. */
export async function loadOpening(): Promise<Opening> {
	const [parts, { tableText }, { dealText }] = await Promise.all([
		import('./opening.ts'),
		import('../messages/table.en.ts'),
		import('../messages/deal.en.ts'),
	]);
	await readyIn(wantedLanguage(), [tableText, dealText]);
	return parts;
}
