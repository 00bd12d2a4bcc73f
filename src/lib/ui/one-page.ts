/**
 * One page of a browser at a table at a time: a page that opens asks the one before to stop, and waits until it
 * has put down its pen, so that two never write the same log.
 */
import type { RoomCode } from '../game/table-types.ts';

/** Pages of one browser answer each other within a few ms; nobody there costs a joiner no more than this. */
const ANSWER_WITHIN_MS = 60;
/** The page before finishes what it is writing. */
const FINISH_WITHIN_MS = 2_000;

/** The table was opened in a later page of this browser while this one was still opening it. */
export class LaterPageError extends Error {
	override readonly name = 'LaterPageError';
}

type Word =
	| { readonly type: 'open'; readonly since: number }
	| { readonly type: 'stopping' }
	| { readonly type: 'stopped' };

/**
 * Resolves when this page has the table to itself. Gives what ends the claim.
 *
 * @throws LaterPageError when another page came meanwhile, as when a browser opens all its tabs again at once
 */
export async function claimTable(code: RoomCode, stop: () => Promise<void>): Promise<() => void> {
	const pages = new BroadcastChannel(`overtrick.table.${code}`);
	const say = (word: Word): void => {
		pages.postMessage(word);
	};
	// No two pages of a browser open at the same fraction of a millisecond, but who knows.
	const since = performance.timeOrigin + performance.now() + Math.random() / 1_000;
	const isLater = (word: Word): boolean => word.type === 'open' && word.since > since;
	try {
		await new Promise<void>((resolve, reject) => {
			let timer = setTimeout(resolve, ANSWER_WITHIN_MS);
			pages.onmessage = ({ data }: MessageEvent<Word>) => {
				if (isLater(data)) {
					clearTimeout(timer);
					say({ type: 'stopped' });
					reject(new LaterPageError('opened in a later page'));
				} else if (data.type !== 'open') {
					clearTimeout(timer);
					if (data.type === 'stopped') resolve();
					else timer = setTimeout(resolve, FINISH_WITHIN_MS);
				}
			};
			say({ type: 'open', since });
		});
	} catch (error) {
		pages.close();
		throw error;
	}
	pages.onmessage = async ({ data }: MessageEvent<Word>) => {
		if (!isLater(data)) return;
		pages.onmessage = null;
		say({ type: 'stopping' });
		await stop();
		say({ type: 'stopped' });
		pages.close();
	};
	return () => pages.close();
}
