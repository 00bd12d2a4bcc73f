/**
 * One page of a browser at a table at a time: a page that opens asks the one before to stop, and waits until it
 * has put down its pen, so that two never write the same log.
 */
import type { RoomCode } from '../game/table-types.ts';

/** Pages of one browser answer each other within a few ms; nobody there costs a joiner no more than this. */
const ANSWER_WITHIN_MS = 60;
/** The page before finishes what it is writing. */
const FINISH_WITHIN_MS = 2_000;

type Word = 'open' | 'stopping' | 'stopped';

/** Resolves when this page has the table to itself. Gives what ends the claim. */
export async function claimTable(code: RoomCode, stop: () => Promise<void>): Promise<() => void> {
	const pages = new BroadcastChannel(`overtrick.table.${code}`);
	await new Promise<void>((resolve) => {
		let timer = setTimeout(resolve, ANSWER_WITHIN_MS);
		pages.onmessage = ({ data }: MessageEvent<Word>) => {
			clearTimeout(timer);
			if (data === 'stopped') resolve();
			else timer = setTimeout(resolve, FINISH_WITHIN_MS);
		};
		pages.postMessage('open' satisfies Word);
	});
	pages.onmessage = async ({ data }: MessageEvent<Word>) => {
		if (data !== 'open') return;
		pages.onmessage = null;
		pages.postMessage('stopping' satisfies Word);
		await stop();
		pages.postMessage('stopped' satisfies Word);
		pages.close();
	};
	return () => pages.close();
}
