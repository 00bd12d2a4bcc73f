/**
 * The pages of finished games in a real browser, over its own IndexedDB with thousands of games in it: how long somebody
 * waits from the tap on a link until the page shows what it is for.
 */
import type { Page } from '@playwright/test';
import { parseLogFile } from '../../src/lib/game/log-file.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { summarizeGame } from '../../src/lib/stats/game-summary.ts';
import type { GameSummary } from '../../src/lib/stats/summary-types.ts';
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { movedBack, putGames } from '../e2e/own-games.ts';
import { openPerson } from '../e2e/person.ts';
import { recordings } from '../golden/recordings.ts';
import { quantile } from './quantile.ts';

export interface PageTimes {
	readonly historyMs: number;
	readonly statsMs: number;
	readonly replayMs: number;
}

/** The largest game there is: ten seats. */
const LARGEST = 'el-dorado-ten-absent';
const RUNS = 5;
/** Nobody taps before having seen where: what a page does behind its first picture is done by then. */
const READING_MS = 1_000;
/** Between a made-up game and now at least, so that the largest game is the newest. ms */
const APART_MS = 60_000;
export async function pageTimes(summaries: readonly GameSummary[]): Promise<PageTimes> {
	const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
	try {
		const { page } = await openPerson(browser, app.url, 'Noa', { viewport: { width: 360, height: 740 } });
		const largest = await fill(page, summaries);
		// By the page's own links, as somebody goes from page to page; the first time each brings its program along.
		const times = { history: [] as number[], stats: [] as number[], replay: [] as number[] };
		await page.goto('/stats');
		for (let run = 0; run < RUNS; run += 1) {
			times.history.push(await follow(page, 'a[href$="/history"]', 'ul[aria-label="Your games"] li'));
			times.stats.push(await follow(page, 'a[href$="/stats"]', 'dl dd'));
			await page.goBack();
			times.replay.push(await follow(page, `a[href$="/replay/${largest}"]`, 'input[type="range"]'));
			await page.goBack();
			await follow(page, 'a[href$="/stats"]', 'dl dd');
		}
		for (const [name, ms] of Object.entries(times)) console.log(`${name}: ${ms.join(', ')} ms`);
		return {
			historyMs: quantile(times.history, 0.5),
			statsMs: quantile(times.stats, 0.5),
			replayMs: quantile(times.replay, 0.5),
		};
	} finally {
		await browser.close();
		await app.close();
	}
}

/** From the tap until what is waited for is on the page, ms; the page it is tapped on is at rest by then. */
async function follow(page: Page, link: string, shown: string): Promise<number> {
	await page.locator(link).first().waitFor();
	await page.waitForTimeout(READING_MS);
	const ms = await page.evaluate(
		([tapped, wanted]) =>
			new Promise<number>((done) => {
				const from = performance.now();
				document.querySelector<HTMLElement>(tapped)?.click();
				const look = (): void => {
					const isThere = location.pathname !== before && document.querySelector(wanted) !== null;
					if (isThere) done(performance.now() - from);
					else requestAnimationFrame(look);
				};
				const before = location.pathname;
				look();
			}),
		[link, shown] as const,
	);
	return Math.round(ms);
}

/** Gives the id of the largest game. */
async function fill(page: Page, summaries: readonly GameSummary[]): Promise<string> {
	const now = Date.now();
	const { id, envelopes, summary } = await largestGame(now);
	await putGames(page, [summary, ...movedBack(summaries, now - APART_MS)], [{ game: id, envelopes }]);
	return id;
}

/** The newest of all, so that it is on the first page of the list. */
async function largestGame(endedAt: number) {
	const text = recordings().find(({ name }) => name === LARGEST)?.text ?? '';
	const file = parseLogFile(text);
	const log = file.ok ? await readLog(file.envelopes, loadGame) : null;
	if (!file.ok || log === null) throw new Error(`${LARGEST} can be read`);
	const summary = summarizeGame(log.game, log.entries);
	return { id: log.id, envelopes: file.envelopes, summary: { ...summary, endedAt } };
}
