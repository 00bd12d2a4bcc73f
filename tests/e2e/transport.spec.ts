/**
 * Transports in real browsers. The acceptance suite runs inside one page (links and relay whole, y-webrtc its ordinary part,
 * which shows too that the stock client gets along with our signalling server); then pages of browsers apart meet,
 * freeze, vanish and lose their signalling, as they do on phones.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { attachSignalling } from '../../src/serve/signalling.ts';
import { launchBrowser } from '../browser.ts';
import { startFakeRealtime } from '../transport/fake-realtime.ts';
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

test('links over Supabase Realtime passes it as well', async () => {
	const realtime = await startFakeRealtime();
	try {
		const page = await newPage();
		const { url, anonKey } = realtime;
		const results = await page.evaluate((project) => window.transportPage.acceptance('links', project), {
			url,
			anonKey,
		});
		expect(failures(results)).toEqual([]);
		expect(results.length).toBeGreaterThanOrEqual(18);
		expect(realtime.counts.broadcasts).toBeGreaterThan(0);
	} finally {
		await realtime.end();
	}
});

test('a connection keeps its channel and what is sent on it through an ICE restart', async () => {
	const page = await newPage();
	const { descriptions, arrived, isSameBinding, findings } = await page.evaluate(() =>
		window.transportPage.restart(),
	);
	expect(arrived).toEqual(['before', 'during', 'after']);
	expect(descriptions.map(({ kind, round }) => `${kind} ${round}`)).toEqual([
		'offer 0',
		'answer 0',
		'offer 1',
		'answer 1',
	]);
	expect(new Set(descriptions.map(({ ufrag }) => ufrag)).size).toBe(4);
	expect(isSameBinding).toBe(true);
	expect(findings).toEqual([]);
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

test.describe('signalling servers', () => {
	/** Nothing listens there. */
	const DEAD = 'ws://127.0.0.1:9/signal';

	/** Seats of one page, each with its own way to signalling. */
	async function seat(page: Page, name: string, ...urls: string[]): Promise<void> {
		await page.evaluate((spec) => window.transportPage.sit({ ...spec, kind: 'links', topic: 'servers' }), {
			name,
			urls,
		});
	}
	function reportOf(page: Page, name: string): Promise<SeatReport> {
		return page.evaluate((who) => window.transportPage.report(who), name);
	}
	async function untilLinked(page: Page, names: readonly string[], count: number): Promise<void> {
		for (const name of names)
			await expect.poll(async () => (await reportOf(page, name)).links.length).toBe(count);
	}
	async function lostBy(page: Page, names: readonly string[]): Promise<number[]> {
		return Promise.all(names.map(async (name) => (await reportOf(page, name)).lost));
	}

	async function serve() {
		const http = createServer();
		let signalling = attachSignalling(http);
		await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
		return {
			url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signal`,
			stop: () => signalling.close(),
			startAgain: () => {
				signalling = attachSignalling(http);
			},
			end: () => {
				signalling.close();
				http.close();
			},
		};
	}

	test('links outlive theirs, and newcomers come when it is back', async () => {
		const signalling = await serve();
		const page = await newPage();
		for (const name of ['a', 'b']) await seat(page, name, signalling.url);
		await untilLinked(page, ['a', 'b'], 1);

		signalling.stop();
		for (const name of ['a', 'b']) {
			await expect.poll(async () => (await reportOf(page, name)).signalling.at(-1)).toBe('connecting');
		}
		expect(await page.evaluate(() => window.transportPage.echoes('a', 100, 10_000))).toBe(true);
		await seat(page, 'late', signalling.url);
		expect(await lostBy(page, ['a', 'b'])).toEqual([0, 0]);
		expect((await reportOf(page, 'late')).links).toEqual([]);

		signalling.startAgain();
		await untilLinked(page, ['a', 'b', 'late'], 2);
		expect(await lostBy(page, ['a', 'b'])).toEqual([0, 0]);
		signalling.end();
	});

	test('several link two pages once, though both hear everything twice and a third address is dead', async () => {
		const [one, two] = await Promise.all([serve(), serve()]);
		const page = await newPage();
		await seat(page, 'a', DEAD, one.url, two.url);
		await seat(page, 'b', two.url, DEAD, one.url);
		await untilLinked(page, ['a', 'b'], 1);
		// A second link would be made in the handshake's time.
		await page.waitForTimeout(1_500);
		for (const name of ['a', 'b']) {
			const { links, made, lost, signalling } = await reportOf(page, name);
			expect([links.length, made, lost, signalling.at(-1)]).toEqual([1, 1, 0, 'open']);
		}
		// One of them dies: who comes now is met by the other.
		one.end();
		await seat(page, 'late', one.url, two.url);
		await untilLinked(page, ['late'], 2);
		expect(await lostBy(page, ['a', 'b'])).toEqual([0, 0]);
		two.end();
	});

	test('two pages that share only one of theirs meet', async () => {
		const [one, two, three] = await Promise.all([serve(), serve(), serve()]);
		const page = await newPage();
		await seat(page, 'a', one.url, two.url);
		await seat(page, 'b', two.url, three.url);
		await untilLinked(page, ['a', 'b'], 1);
		for (const { end } of [one, two, three]) end();
	});
});
