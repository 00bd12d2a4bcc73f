/** Where a link carries a game (`same-link.ts`): a page sees whether there is one before it fetches what reads it. */
const KEY = '#same=';

export function fragmentOf(code: string): string {
	return KEY + code;
}
/** null for an address that brings no game. */
export function codeIn(fragment: string): string | null {
	return fragment.startsWith(KEY) ? fragment.slice(KEY.length) : null;
}
