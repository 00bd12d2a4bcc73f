/**
 * From the name of a game, a friend's link or a file to a game that can be walked through, and the screen that shows it.
 * Nobody needs any of it before there is something to open: `load-opening.ts` fetches it then.
 */
import { parseGameId } from '../../game/table-parse.ts';
import type { SiteArchiveState } from '../account/site-archive.svelte.ts';
import { openArchive } from '../archive.ts';
import { unpackGame } from '../side/same-link.ts';
import { openNotation, openStored, type OpenedGame, type RecordError } from './open-game.ts';

export { openFile } from './open-game.ts';
export { default as ReplayScreen } from './ReplayScreen.svelte';
export { recordErrorText } from './words.ts';
export { default as WrongFile } from './WrongFile.svelte';

export type Looked =
	| { readonly type: 'open'; readonly game: OpenedGame }
	/** It is nowhere; it is not for this account; the site could not be asked. */
	| { readonly type: 'missing' | 'refused' | 'unreachable' }
	/** It is here, and something is wrong with its record. */
	| { readonly type: 'damaged'; readonly error: RecordError };

/** A game by its name, in this browser or on the site. Rejects when storage is refused. */
export async function lookFor(name: string, site: SiteArchiveState): Promise<Looked> {
	const wanted = parseGameId(name);
	if (wanted === null) return { type: 'missing' };
	let problem: string | null = null;
	const archive = openArchive(site, { onProblem: (code) => (problem = code) });
	try {
		const envelopes = await archive.log(wanted);
		if (envelopes.length > 0) {
			const stored = await openStored(envelopes);
			if (!stored.ok) return { type: 'damaged', error: stored.error };
			if (stored.value.end.inner !== null) return { type: 'open', game: stored.value };
		}
		if (problem !== null) return { type: 'unreachable' };
		return { type: site.status === 'open' ? 'refused' : 'missing' };
	} finally {
		archive.close();
	}
}

/** The game that a friend's link brings; null when part of the link was lost. */
export async function openLink(code: string): Promise<OpenedGame | null> {
	const text = await unpackGame(code);
	const read = text === null ? null : await openNotation(text);
	return read?.ok === true ? read.value : null;
}
