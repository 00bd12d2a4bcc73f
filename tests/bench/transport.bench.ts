/**
 * The transports side by side, and beside a raw data channel: two Chromium pages in contexts (and so processes) of
 * their own, our signalling server between them. About 70 s.
 *
 * - Round trip: a frame of 200 bytes there and back, one after another; by the relay fewer, as many as it carries at once.
 * - Messages per update: data channel messages sent by all of ten peers when the host tells the others one thing.
 *   Links: a frame to each. The stock provider: one entry in its document, its best case.
 * - Signalling: messages the server delivers until those ten are linked each to each, and go again.
 * - Recovered: twenty linked pairs lose their connections at one end without a word to the transport; how many
 *   carry a frame both ways again within 20 s. The stock provider alone, and with our supervisor.
 * - Largest: the largest frame tried that came back within 10 s.
 */
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../browser.ts';
import type { Kind } from '../transport/page.ts';
import { serveTransportPage, type TransportServer } from '../transport/serve.ts';

const FRAME_BYTES = 200;
const WARM_UP = 50;
const ROUND_TRIPS = 400;
/** Within the burst that a page may relay: what the way itself takes, not what the rate makes of it. */
const RELAYED_WARM_UP = 10;
const RELAYED_ROUND_TRIPS = 60;
const PEERS = 10;
const PAIRS = 20;
const RECOVERY_MS = 20_000;
const LARGEST_MS = 10_000;
const SIZES = [64 * 1024, 128 * 1024, 255 * 1024, 256 * 1024, 1024 * 1024, 8 * 1024 * 1024];
const LINK_LIMIT_MS = 30_000;

export default async function measure(): Promise<Record<string, number>> {
	const [browser, server] = await Promise.all([launchBrowser(), serveTransportPage()]);
	try {
		const run = (measurement: (a: Page, b: Page) => Promise<number>): Promise<number> =>
			withPages(browser, server, measurement);
		const raw = await run(rawRoundTrip);
		const links = await run((a, b) => roundTrip(a, b, 'links'));
		const relay = await run((a, b) => roundTrip(a, b, 'relay', RELAYED_WARM_UP, RELAYED_ROUND_TRIPS));
		const stock = await run((a, b) => roundTrip(a, b, 'y-webrtc'));
		const before = server.delivered;
		const linksPerUpdate = await run(linksMessages);
		const between = server.delivered;
		const stockPerUpdate = await run(stockMessages);
		const after = server.delivered;
		const linksLargest = await run((a, b) => largest(a, b, 'links'));
		const stockLargest = await run((a, b) => largest(a, b, 'y-webrtc'));
		// Mostly waiting, so they wait together.
		const [linksRecovered, stockRecovered, supervisedRecovered] = await Promise.all([
			run((a, b) => recovered(a, b, 'links')),
			run((a, b) => recovered(a, b, 'y-webrtc', false)),
			run((a, b) => recovered(a, b, 'y-webrtc', true)),
		]);
		return {
			'transport.raw_rtt_ms_p50': raw,
			'transport.links_rtt_ms_p50': links,
			'transport.relay_rtt_ms_p50': relay,
			'transport.ywebrtc_rtt_ms_p50': stock,
			'transport.links_messages_per_update': linksPerUpdate,
			'transport.ywebrtc_messages_per_update': stockPerUpdate,
			'transport.links_signalling_of_10': between - before,
			'transport.ywebrtc_signalling_of_10': after - between,
			'transport.links_recovered_of_20': linksRecovered,
			'transport.ywebrtc_recovered_of_20': stockRecovered,
			'transport.ywebrtc_supervised_recovered_of_20': supervisedRecovered,
			'transport.links_largest_bytes': linksLargest,
			'transport.ywebrtc_largest_bytes': stockLargest,
		};
	} finally {
		await browser.close();
		await server.close();
	}
}

/** Fresh pages for each measurement: nothing of the one before runs on. */
async function withPages(
	browser: Browser,
	server: TransportServer,
	run: (a: Page, b: Page) => Promise<number>,
): Promise<number> {
	const contexts = await Promise.all(
		[0, 1].map(() => browser.newContext({ permissions: ['camera', 'microphone'] })),
	);
	try {
		const [a, b] = await Promise.all(
			contexts.map(async (context) => {
				const page = await context.newPage();
				await page.goto(server.url);
				await page.waitForFunction(() => 'transportPage' in window);
				return page;
			}),
		);
		if (a === undefined || b === undefined) throw new Error('no pages');
		return await run(a, b);
	} finally {
		for (const context of contexts) await context.close();
	}
}

function sit(page: Page, name: string, kind: Kind, topic: string, supervised = true): Promise<void> {
	return page.evaluate((spec) => window.transportPage.sit(spec), { name, kind, topic, supervised });
}

async function untilLinked(page: Page, names: readonly string[], links: number): Promise<void> {
	await page.waitForFunction(
		({ all, count }) => all.every((name) => window.transportPage.report(name).links.length === count),
		{ all: names, count: links },
		{ timeout: LINK_LIMIT_MS, polling: 50 },
	);
}

async function pair(a: Page, b: Page, kind: Kind): Promise<void> {
	await Promise.all([sit(a, 'one', kind, 'pair'), sit(b, 'one', kind, 'pair')]);
	await Promise.all([untilLinked(a, ['one'], 1), untilLinked(b, ['one'], 1)]);
}

async function rawRoundTrip(a: Page, b: Page): Promise<number> {
	const offer = await a.evaluate(() => window.transportPage.rawOffer());
	const answer = await b.evaluate((sdp) => window.transportPage.rawAnswer(sdp), offer);
	await a.evaluate((sdp) => window.transportPage.rawAccept(sdp), answer);
	const times = await a.evaluate(({ count, bytes }) => window.transportPage.rawRoundTrips(count, bytes), {
		count: WARM_UP + ROUND_TRIPS,
		bytes: FRAME_BYTES,
	});
	return median(times.slice(WARM_UP));
}

async function roundTrip(
	a: Page,
	b: Page,
	kind: Kind,
	warmUp = WARM_UP,
	count = ROUND_TRIPS,
): Promise<number> {
	await pair(a, b, kind);
	const times = await a.evaluate((spec) => window.transportPage.roundTrips('one', spec.count, spec.bytes), {
		count: warmUp + count,
		bytes: FRAME_BYTES,
	});
	return median(times.slice(warmUp));
}

async function linksMessages(a: Page, b: Page): Promise<number> {
	const names = Array.from({ length: PEERS / 2 }, (_, seat) => `seat ${seat}`);
	for (const page of [a, b]) for (const name of names) await sit(page, name, 'links', 'ten');
	await Promise.all([a, b].map((page) => untilLinked(page, names, PEERS - 1)));
	return messagesOf(a, b, () => a.evaluate(() => window.transportPage.tellAll('seat 0')));
}

async function stockMessages(a: Page, b: Page): Promise<number> {
	const names = Array.from({ length: PEERS / 2 }, (_, seat) => `seat ${seat}`);
	for (const page of [a, b]) {
		for (const name of names) {
			await page.evaluate((seat) => window.transportPage.openDocument(seat, 'ten'), name);
		}
	}
	const write = (): Promise<void> => a.evaluate(() => window.transportPage.writeDocument('seat 0'));
	await write();
	for (const page of [a, b]) {
		await page.waitForFunction(
			(all) => all.every((name) => window.transportPage.readDocument(name) === 1),
			names,
			{ timeout: LINK_LIMIT_MS, polling: 50 },
		);
	}
	// All pairs connected, not merely everybody reached: the provider says nothing of it, its chatter ends.
	await quiet(a, b);
	return messagesOf(a, b, write);
}

/** Of both pages, until what was told has spread. */
async function messagesOf(a: Page, b: Page, tell: () => Promise<void>): Promise<number> {
	const before = await sent(a, b);
	await tell();
	await quiet(a, b);
	return (await sent(a, b)) - before;
}

/** Until no page has sent an update for half a second. */
async function quiet(a: Page, b: Page): Promise<void> {
	for (let tries = 0; tries < 20; tries++) {
		const before = await sent(a, b);
		await a.waitForTimeout(500);
		if ((await sent(a, b)) === before) return;
	}
}

async function sent(a: Page, b: Page): Promise<number> {
	const counts = await Promise.all([a, b].map((page) => page.evaluate(() => window.transportPage.sent())));
	return counts.reduce((sum, count) => sum + count, 0);
}

async function recovered(a: Page, b: Page, kind: Kind, supervised = true): Promise<number> {
	const names = Array.from({ length: PAIRS }, (_, number) => `pair ${number}`);
	for (const page of [a, b]) {
		await Promise.all(
			names.map((name) => sit(page, name, kind, `${kind} ${supervised} ${name}`, supervised)),
		);
	}
	await Promise.all([a, b].map((page) => untilLinked(page, names, 1)));
	await a.evaluate(() => window.transportPage.breakConnections());
	const until = Date.now() + RECOVERY_MS;
	const left = new Set(names);
	while (left.size > 0 && Date.now() < until) {
		await Promise.all(
			[...left].map(async (name) => {
				const there = await a.evaluate((seat) => window.transportPage.echoes(seat, 200, 2_000), name);
				if (there) left.delete(name);
			}),
		);
		await a.waitForTimeout(100);
	}
	return PAIRS - left.size;
}

async function largest(a: Page, b: Page, kind: Kind): Promise<number> {
	await pair(a, b, kind);
	let best = 0;
	for (const bytes of SIZES) {
		const came = await a.evaluate(({ size, ms }) => window.transportPage.echoes('one', size, ms), {
			size: bytes,
			ms: LARGEST_MS,
		});
		if (!came) break;
		best = bytes;
	}
	return best;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
}
