/**
 * Transports in real browsers. The acceptance suite runs inside one page (links and relay whole, y-webrtc its ordinary part,
 * which shows too that the stock client gets along with our signalling server); then pages of browsers apart meet,
 * freeze, vanish and lose their signalling, as they do on phones.
 */
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchBrowser } from '../browser.ts';
import type { CaseResult, SeatReport } from '../transport/page.ts';
import { serveTransportPage, type TransportServer } from '../transport/serve.ts';

let browser: Browser;
let server: TransportServer;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
	[browser, server] = await Promise.all([launchBrowser(), serveTransportPage()]);
});

test.afterAll(async () => {
	await browser.close();
	await server.close();
});

test.afterEach(async () => {
	for (const context of contexts.splice(0)) await context.close();
});

async function newPage(): Promise<Page> {
	const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
	contexts.push(context);
	const page = await context.newPage();
	await page.goto(server.url);
	await page.waitForFunction(() => 'transportPage' in window);
	return page;
}

async function sitDown(topic: string, count: number): Promise<Page[]> {
	const pages = await Promise.all(Array.from({ length: count }, newPage));
	await Promise.all(
		pages.map((page) =>
			page.evaluate((table) => window.transportPage.sit({ name: 'me', kind: 'links', topic: table }), topic),
		),
	);
	return pages;
}

function report(page: Page): Promise<SeatReport> {
	return page.evaluate(() => window.transportPage.report('me'));
}

async function untilLinks(pages: readonly Page[], count: number): Promise<void> {
	for (const page of pages) await expect.poll(async () => (await report(page)).links.length).toBe(count);
}

function failures(results: readonly CaseResult[]): string[] {
	return results.filter(({ error }) => error !== null).map(({ name, error }) => `${name}: ${error ?? ''}`);
}

test('links passes the whole acceptance suite in a browser', async () => {
	const page = await newPage();
	const results = await page.evaluate(() => window.transportPage.acceptance('links'));
	expect(failures(results)).toEqual([]);
	expect(results.length).toBeGreaterThanOrEqual(18);
});

test('the relay passes the whole acceptance suite in a browser', async () => {
	const page = await newPage();
	const results = await page.evaluate(() => window.transportPage.acceptance('relay'));
	expect(failures(results)).toEqual([]);
	expect(results.length).toBeGreaterThanOrEqual(18);
});

test('y-webrtc passes the ordinary part, over our signalling server', async () => {
	const page = await newPage();
	const results = await page.evaluate(() => window.transportPage.acceptance('y-webrtc'));
	expect(failures(results)).toEqual([]);
	expect(results.length).toBeGreaterThanOrEqual(9);
});

test('four browsers make six links, each with a binding of its own', async () => {
	const pages = await sitDown('four', 4);
	await untilLinks(pages, 3);
	const reports = await Promise.all(pages.map(report));
	const ends = reports.flatMap(({ links }) => links.map(({ binding }) => binding));
	expect(ends.length).toBe(12);
	expect(new Set(ends).size).toBe(6);
	expect(reports.map(({ made }) => made)).toEqual([3, 3, 3, 3]);
});

test('a browser that says goodbye is lost at once, one that is killed soon after', async () => {
	const [stays, leaves, killed] = (await sitDown('leaving', 3)) as [Page, Page, Page];
	await untilLinks([stays, leaves, killed], 2);
	await leaves.evaluate(() => window.transportPage.leave('me'));
	await expect.poll(async () => (await report(stays)).links.length, { timeout: 4_000 }).toBe(1);
	// A closed page runs nothing more, not even its goodbye.
	await killed.close({ runBeforeUnload: false });
	await expect.poll(async () => (await report(stays)).links.length, { timeout: 15_000 }).toBe(0);
});

test('a frozen page is doubtful, then lost, and linked anew when it wakes', async () => {
	const [awake, frozen] = (await sitDown('freezing', 2)) as [Page, Page];
	await untilLinks([awake, frozen], 1);
	const before = (await report(awake)).links[0];
	const session = await frozen.context().newCDPSession(frozen);
	// A page in front cannot be frozen by its life cycle; stopped in the debugger it is as deaf and as connected.
	await session.send('Debugger.enable');
	await session.send('Debugger.pause');
	await expect
		.poll(async () => (await report(awake)).links[0]?.state, { timeout: 15_000, intervals: [100] })
		.toBe('doubtful');
	await expect.poll(async () => (await report(awake)).links.length, { timeout: 15_000 }).toBe(0);
	await session.send('Debugger.resume');
	await session.send('Debugger.disable');
	await untilLinks([awake, frozen], 1);
	expect((await report(awake)).links[0]?.binding).not.toBe(before?.binding);
	expect((await report(frozen)).lost).toBe(1);
});

test('a page that is loaded again is linked again, as another peer', async () => {
	const [stays, loaded] = (await sitDown('loading', 2)) as [Page, Page];
	await untilLinks([stays, loaded], 1);
	const before = (await report(loaded)).self;
	await loaded.reload();
	await loaded.waitForFunction(() => 'transportPage' in window);
	await loaded.evaluate(() => window.transportPage.sit({ name: 'me', kind: 'links', topic: 'loading' }));
	await untilLinks([loaded], 1);
	await expect.poll(async () => (await report(stays)).links.length).toBe(1);
	expect((await report(stays)).links[0]?.peer).not.toBe(before);
	expect(await loaded.evaluate(() => window.transportPage.echoes('me', 1_000_000, 20_000))).toBe(true);
});
