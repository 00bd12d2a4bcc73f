/**
 * Lighthouse, mobile preset, on the built app: performance, accessibility, best practices and search engines,
 * 0 to 100 each. Performance is the median of three runs, for it moves with whatever else the machine does.
 */
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { startApp } from '../app.ts';
import { findBrowser } from '../browser.ts';
import type { Measured } from './run.ts';

const PAGES = {
	'lighthouse.home': '/',
	'lighthouse.table': '/t/ABCDEF',
	'lighthouse.replay': '/replay',
} as const;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const RUNS = 3;
/** A page that never started to load in time is a fault of the busy machine, not of the page. */
const ATTEMPTS = 2;

export const keys: readonly string[] = Object.keys(PAGES);

export default async function measure(): Promise<Measured> {
	const app = await startApp();
	try {
		const measured: Record<string, number | readonly number[]> = {};
		for (const [key, path] of Object.entries(PAGES)) {
			const runs: number[][] = [];
			for (let run = 0; run < RUNS; run += 1) runs.push(await scores(app.url + path));
			const middle = CATEGORIES.map((_, index) => median(runs.map((run) => run[index] ?? 0)));
			measured[key] = middle;
			CATEGORIES.forEach((category, index) => {
				measured[`${key}.${category.replace('-', '_')}`] = middle[index] ?? 0;
			});
		}
		return measured;
	} finally {
		await app.close();
	}
}

/** One run in a browser of its own, in the order of CATEGORIES. */
async function scores(url: string): Promise<number[]> {
	const { executablePath, args } = await findBrowser();
	for (let attempt = 1; ; attempt += 1) {
		const chrome = await launch({
			chromePath: executablePath,
			chromeFlags: ['--headless=new', '--disable-gpu', '--disable-dev-shm-usage', ...args],
			logLevel: 'silent',
		});
		try {
			const result = await lighthouse(url, {
				port: chrome.port,
				output: 'json',
				logLevel: 'error',
				onlyCategories: [...CATEGORIES],
			});
			if (result === undefined) throw new Error('Lighthouse gave no result');
			const { lhr } = result;
			if (lhr.runtimeError === undefined) {
				explain(url, lhr);
				return CATEGORIES.map((name) => Math.round((lhr.categories[name]?.score ?? 0) * 100));
			}
			if (attempt >= ATTEMPTS) throw new Error(`${url}: ${lhr.runtimeError.message}`);
		} finally {
			chrome.kill();
		}
	}
}

interface Report {
	readonly categories: Readonly<
		Record<string, { readonly auditRefs: readonly { readonly id: string; readonly weight: number }[] }>
	>;
	readonly audits: Readonly<
		Record<string, { readonly title: string; readonly score: number | null; readonly displayValue?: string }>
	>;
}

/** Says what cost points, so that a missed bar is not a riddle. */
function explain(url: string, report: Report): void {
	for (const [name, category] of Object.entries(report.categories))
		for (const { id, weight } of category.auditRefs) {
			const audit = report.audits[id];
			if (weight === 0 || audit === undefined || audit.score === null || audit.score >= 0.9) continue;
			console.error(`  ${url} ${name}: ${audit.title} ${audit.displayValue ?? ''} (${audit.score})`);
		}
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
