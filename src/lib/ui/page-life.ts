/** Ties a session to the life of its page: goodbye when it goes, a look at all links when it comes back. */
import type { TableSession } from '../room/session.ts';

/** The page as far as its comings and goings are concerned. */
export interface PageEvents {
	readonly window: EventTarget;
	readonly document: EventTarget & { readonly hidden: boolean };
}

/** Gives the function that ends it. */
export function followPage(
	session: Pick<TableSession, 'sayBye' | 'wake' | 'setHidden'>,
	{ window, document }: PageEvents,
): () => void {
	const leaving = new AbortController();
	const { signal } = leaving;
	window.addEventListener('pagehide', () => session.sayBye(), { signal });
	window.addEventListener('pageshow', () => session.wake(), { signal });
	window.addEventListener('online', () => session.wake(), { signal });
	document.addEventListener('visibilitychange', () => void session.setHidden(document.hidden), { signal });
	return () => leaving.abort();
}
