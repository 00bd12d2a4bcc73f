/** A game on its way to friends: as a link on the clipboard where it fits into one, else as a file. */
import { resolve } from '$app/paths';
import { saveFile } from '../save-file.ts';
import { fragmentOf } from './link-code.ts';
import { markedSame, packGame } from './same-link.ts';

export type Sent =
	| { readonly type: 'copied' | 'saved' }
	/** The browser does not copy it: somebody may by hand. */
	| { readonly type: 'refused'; readonly link: string };

/** @param fileName what it is called where it becomes a file */
export async function sendGame(notation: string, fileName: string): Promise<Sent> {
	const code = await packGame(notation);
	if (code === null) {
		saveFile(fileName, 'text/plain', markedSame(notation));
		return { type: 'saved' };
	}
	const link = location.origin + resolve('/replay') + fragmentOf(code);
	try {
		await navigator.clipboard.writeText(link);
		return { type: 'copied' };
	} catch {
		// Refused, or a page without a secure context.
		return { type: 'refused', link };
	}
}
