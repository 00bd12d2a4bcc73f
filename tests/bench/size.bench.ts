/**
 * What a first visit costs: the JavaScript a fresh browser really asks for, as gzip, until the page is quiet.
 * The service worker is kept out: it fetches the rest of the app later, when nobody waits.
 */
import type { Browser } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import type { Measured } from './run.ts';

const PAGES = { 'size.home_js_gzip': '/', 'size.table_js_gzip': '/t/ABCDEF' } as const;

export const keys: readonly string[] = Object.keys(PAGES);

export default async function measure(): Promise<Measured> {
	const app = await startApp();
	const browser = await launchBrowser();
	try {
		const sizes: Record<string, number> = {};
		for (const [key, path] of Object.entries(PAGES)) sizes[key] = await scriptBytes(browser, app.url + path);
		return sizes;
	} finally {
		await browser.close();
		await app.close();
	}
}

/** Sum over all scripts of the first load, each as gzip packs it. */
async function scriptBytes(browser: Browser, url: string): Promise<number> {
	const context = await browser.newContext({
		serviceWorkers: 'block',
		permissions: ['camera', 'microphone'],
		viewport: { width: 360, height: 740 },
	});
	const page = await context.newPage();
	const bodies = new Map<string, Promise<Buffer>>();
	// Of the context, not the page: scripts of workers count as well.
	context.on('response', (response) => {
		const type = response.headers()['content-type'] ?? '';
		if (type.includes('javascript')) bodies.set(response.url(), response.body());
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	await page.waitForLoadState('networkidle');
	let bytes = 0;
	for (const body of await Promise.all(bodies.values())) bytes += gzipSync(body, { level: 9 }).length;
	await context.close();
	if (bytes === 0) throw new Error(`${url} asked for no script at all`);
	return bytes;
}
