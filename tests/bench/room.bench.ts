/**
 * Tables as their guests feel them, over real data channels on the built app; three minutes in all.
 *
 * First a host and a guest, six rounds: two browsers, for on a machine of two cores a third would wait for the others
 * and not for the program.
 *
 * - `event_to_paint_ms`: from the moment the host's page first hands an event to a data channel (before it is on the
 *   host's own screen) until the guest, who did not make the move, runs the frame that paints it. Half a frame of
 *   waiting is in it, 8 ms on a screen of 60 Hz, whatever the network does.
 * - `event_to_dom_ms_p50`: the same until the card stands in the guest's document: verified, folded, rendered.
 * - `raw_rtt_ms_p50`: a byte there and back on a raw data channel between the same two pages during the same game, so
 *   that it finds the same idle and busy moments. Not often: the browser goes on drawing for a while after each, and an
 *   event that comes meanwhile waits for the screen's next frame, which it would not in a page that is left alone.
 * - `raw_to_paint_ms_p50`: the same byte, drawn by the page that sends it as well, from its sending until the other page
 *   runs the frame that paints it: what a program would need that does nothing but draw. It waits for the screen's next
 *   frame, and for the sender's on the same machine, as the event does.
 * - `ratio_p50`: event to paint against that. (Against the bare round trip of about 1 ms the wait for a frame alone,
 *   8 ms at 60 Hz, would be seven of it whatever the program did.)
 *
 * Then four people in four browsers, a whole game, and before its last round others come to watch.
 *
 * - `guest_bytes_per_game`: payload of every message that all data channels of one guest receive from the lobby to the
 *   end, pings included; what DTLS and SCTP add is not in it, nor what the measured joins caused.
 * - `join_ms_p95`: a browser that has never seen the table comes to its last round, with over 400 events to
 *   fetch and to verify: from the opening of its first data channel to the first frame that shows the table.
 * - `reload_ms_p95`: a seated guest reloads there: from asking for the page to the first frame with its hand.
 */
import type { Browser, Page } from '@playwright/test';
import { startApp, type RunningApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import type { Player } from '../e2e/fixtures.ts';
import { openPerson } from '../e2e/person.ts';
import { OVERHEAR, overheard } from '../e2e/overheard.ts';
import { hand, isOver, playUntil, roundOf, startedTable, strip } from '../e2e/table-driver.ts';
import { quantile } from './quantile.ts';

/** 10 + 9 + ... + 5 tricks, in each of them one card for the guest to see come. */
const DELAY_ROUNDS = 6;
const LAST_ROUND = 10;
const JOINS = 20;
const RELOADS = 10;
const RAW_EVERY_MS = 1_500;
/**
 * A finished trick lies for 240 ms at the quick pace, and a card led meanwhile waits for that: no matter of speed.
 * Bots do not look so long, which is why there are none.
 */
const LOOK_BEFORE_LEAD_MS = 400;
/** Seldom enough that the driver is not often at work in a page when an event comes. */
const LOOK_EVERY_MS = 100;

export const keys: readonly string[] = [
	'room.guest_bytes_per_game',
	'room.event_to_paint_ms_p50',
	'room.event_to_paint_ms_p95',
	'room.event_to_dom_ms_p50',
	'room.raw_rtt_ms_p50',
	'room.raw_to_paint_ms_p50',
	'room.ratio_p50',
	'room.join_ms_p95',
	'room.reload_ms_p95',
];

export default async function measure(): Promise<Record<string, number>> {
	const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
	try {
		return { ...(await measureDelays(browser, app)), ...(await measureGame(browser, app)) };
	} finally {
		await browser.close();
		await app.close();
	}
}

type Measured = Promise<Record<string, number>>;

async function measureDelays(browser: Browser, app: RunningApp): Measured {
	const host = await openPerson(browser, app.url, 'Noa', { initScript: NOTE_SENDS + NOTE_CARDS });
	const guest = await openPerson(browser, app.url, 'Dan', { initScript: NOTE_CARDS });
	const both = [host, guest] as const;
	await startedTable(both, { seats: 2 });
	await linkRaw(host.page, guest.page);
	await playUntil(both, async () => (await roundOf(host.page)) > DELAY_ROUNDS, {
		lookBeforeLeadMs: LOOK_BEFORE_LEAD_MS,
		lookEveryMs: LOOK_EVERY_MS,
	});
	const roundTrips = await host.page.evaluate<number[]>('globalThis.rawRoundTrips');
	const rawPaints = await host.page.evaluate<number[]>('globalThis.rawPaints');
	const delays = await delaysOf(host, guest);
	for (const { close } of both) await close();
	console.error(`  ${delays.length} cards seen, ${roundTrips.length} round trips`);

	const toDom = delays.map(({ dom }) => dom);
	const toPaint = delays.map(({ paint }) => paint);
	const paint = quantile(toPaint, 0.5);
	const rawPaint = quantile(rawPaints, 0.5);
	return {
		'room.event_to_paint_ms_p50': paint,
		'room.event_to_paint_ms_p95': quantile(toPaint, 0.95),
		'room.event_to_dom_ms_p50': quantile(toDom, 0.5),
		'room.raw_rtt_ms_p50': quantile(roundTrips, 0.5),
		'room.raw_to_paint_ms_p50': rawPaint,
		'room.ratio_p50': paint / rawPaint,
	};
}

async function measureGame(browser: Browser, app: RunningApp): Measured {
	const [host, dan, yael, counted] = await Promise.all([
		openPerson(browser, app.url, 'Noa'),
		openPerson(browser, app.url, 'Dan', { initScript: NOTE_HAND }),
		openPerson(browser, app.url, 'Yael'),
		openPerson(browser, app.url, 'Ben', { initScript: OVERHEAR }),
	]);
	const people = [host, dan, yael, counted] as const;
	const link = await startedTable(people, { seats: 4 });

	await playUntil(people, async () => (await roundOf(host.page)) === LAST_ROUND);
	const beforeJoins = (await overheard(counted.page)).bytes;
	const joins: number[] = [];
	for (let n = 0; n < JOINS; n++) joins.push(await joinMs(browser, app, link));
	const reloads: number[] = [];
	for (let n = 0; n < RELOADS; n++) reloads.push(await reloadMs(dan));
	const afterJoins = (await overheard(counted.page)).bytes;

	await playUntil(people, () => isOver(counted.page));
	const bytes = beforeJoins + ((await overheard(counted.page)).bytes - afterJoins);
	return {
		'room.guest_bytes_per_game': bytes,
		'room.join_ms_p95': quantile(joins, 0.95),
		'room.reload_ms_p95': quantile(reloads, 0.95),
	};
}

// Events.

/**
 * When a page hands a frame of the table's document to a data channel (first bytes of a message: framing.ts `whole`,
 * protocol.ts `sync`), ms since 1970.
 */
const NOTE_SENDS = `{
	const sends = (globalThis.documentSends = []);
	const send = RTCDataChannel.prototype.send;
	RTCDataChannel.prototype.send = function (data) {
		if (data[0] === 2 && data[1] === 3) sends.push(performance.timeOrigin + performance.now());
		return send.call(this, data);
	};
}`;

/** When each card of a trick came to stand in the document, and the frame that painted it, ms since 1970. */
const NOTE_CARDS = `{
	const cards = (globalThis.cardsSeen = {});
	const now = () => performance.timeOrigin + performance.now();
	const look = () => {
		const round = document.querySelector('[role=img][aria-label^="Round "]')?.ariaLabel;
		for (const card of document.querySelectorAll('ol[aria-label="The trick"] [role=img]')) {
			const key = round + ', ' + card.ariaLabel;
			if (key in cards) continue;
			const seen = (cards[key] = { dom: now(), paint: null });
			requestAnimationFrame(() => (seen.paint = now()));
		}
	};
	new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}`;

type CardsSeen = Readonly<Record<string, { readonly dom: number; readonly paint: number | null }>>;

interface Delay {
	readonly dom: number;
	readonly paint: number;
}

/** A burst of sends, one to each guest and the notes after it, is through within this time. */
const BURST_MS = 3;

async function delaysOf(host: Player, guest: Player): Promise<Delay[]> {
	const atHost = await host.page.evaluate<CardsSeen>('globalThis.cardsSeen');
	const sends = await host.page.evaluate<number[]>('globalThis.documentSends');
	const atGuest = await guest.page.evaluate<CardsSeen>('globalThis.cardsSeen');
	return Object.entries(atGuest).flatMap(([card, { dom, paint }]) => {
		const shownByHost = atHost[card];
		// Their own move they see before the host does.
		if (card.endsWith(` ${guest.name}`) || shownByHost === undefined || paint === null) return [];
		const sentAt = burstBefore(sends, shownByHost.dom);
		return sentAt === null ? [] : [{ dom: dom - sentAt, paint: paint - sentAt }];
	});
}

/** The first send of the last burst before the host itself showed the event. */
function burstBefore(sends: readonly number[], shownAt: number): number | null {
	const before = sends.filter((at) => at <= shownAt);
	let first = before.pop();
	while (first !== undefined) {
		const earlier = before.pop();
		if (earlier === undefined || first - earlier > BURST_MS) return first;
		first = earlier;
	}
	return null;
}

// Raw.

/** What both pages draw for each byte. */
const RAW_MARK = `
	const drawn = document.body.appendChild(document.createElement('output'));
	Object.assign(drawn.style, { position: 'fixed', opacity: 0.01 });`;

/** A channel between two pages and nothing on it but this byte, and when the other page has painted it, ms since 1970. */
async function linkRaw(a: Page, b: Page): Promise<void> {
	const offer = await a.evaluate<string>(`(async () => {
		const rtc = (globalThis.rawConnection = new RTCPeerConnection());
		const channel = rtc.createDataChannel('raw', { negotiated: true, id: 0 });
		const trips = (globalThis.rawRoundTrips = []);
		const paints = (globalThis.rawPaints = []);
		const now = () => performance.timeOrigin + performance.now();
		${RAW_MARK}
		channel.onopen = () => {
			let sentAt = 0;
			channel.onmessage = ({ data }) => (data === 'x' ? trips.push(now() - sentAt) : paints.push(data - sentAt));
			setInterval(() => {
				sentAt = now();
				channel.send('x');
				drawn.textContent = Math.random();
			}, ${RAW_EVERY_MS});
		};
		await rtc.setLocalDescription();
		await new Promise((done) => { rtc.onicegatheringstatechange = () => rtc.iceGatheringState === 'complete' && done(); });
		return rtc.localDescription.sdp;
	})()`);
	const answer = await b.evaluate<string>(`(async () => {
		const rtc = (globalThis.rawConnection = new RTCPeerConnection());
		const channel = rtc.createDataChannel('raw', { negotiated: true, id: 0 });
		${RAW_MARK}
		channel.onmessage = ({ data }) => {
			channel.send(data);
			drawn.textContent = Math.random();
			requestAnimationFrame(() => channel.send(performance.timeOrigin + performance.now()));
		};
		await rtc.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(offer)} });
		await rtc.setLocalDescription();
		await new Promise((done) => { rtc.onicegatheringstatechange = () => rtc.iceGatheringState === 'complete' && done(); });
		return rtc.localDescription.sdp;
	})()`);
	await a.evaluate(`rawConnection.setRemoteDescription({ type: 'answer', sdp: ${JSON.stringify(answer)} })`);
}

// Joining.

/** The first frame with the table on the screen, ms since 1970. */
const NOTE_TABLE = `{
	const look = () => {
		if (document.querySelector('[role=img][aria-label^="Round "]')?.checkVisibility()) {
			globalThis.tableSeenAt = performance.timeOrigin + performance.now();
		} else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}`;

async function joinMs(browser: Browser, app: RunningApp, link: string): Promise<number> {
	const late = await openPerson(browser, app.url, 'Late', { initScript: OVERHEAR + NOTE_TABLE });
	try {
		await late.page.goto(link);
		await strip(late.page).waitFor();
		const seenAt = await late.page.evaluate<number>('globalThis.tableSeenAt');
		const [first] = (await overheard(late.page)).openedAt;
		if (first === undefined) throw new Error('a table was seen and no channel had opened');
		return seenAt - first;
	} finally {
		await late.close();
	}
}

/** The first frame with a card in the hand, ms since the address was asked for. */
const NOTE_HAND = `{
	const look = () => {
		const card = document.querySelector('[role=group][aria-label^="Your hand"] button');
		if (card?.checkVisibility()) globalThis.handSeenAt = performance.now();
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}`;

async function reloadMs({ page }: Player): Promise<number> {
	await page.reload();
	await hand(page).waitFor();
	await page.waitForFunction('globalThis.handSeenAt !== undefined');
	return page.evaluate<number>('globalThis.handSeenAt');
}
