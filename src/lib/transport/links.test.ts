import { RTCPeerConnection } from '../../../tests/transport/native-rtc.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { attachSignalling } from '../../serve/signalling.ts';
import { createPatientClock } from '../../../tests/transport/patient-clock.ts';
import { CASE_LIMIT_MS, describeTransport, randomPeerId, type Harness } from './acceptance.ts';
import { linksAttacks } from '../../../tests/transport/attacks.ts';
import { createFaultyPage, cutBetween, type FaultyPage } from '../../../tests/transport/faults.ts';
import type { Description } from './carrier.ts';
import { Connection } from './connection.ts';
import { createLinks } from './links.ts';
import { PackedDescription } from './sdp.ts';
import { createSocketSignalling } from './socket-signalling.ts';
import type { Link, PeerId, Transport } from './transport.ts';

const real = {
	RTCPeerConnection,
	WebSocket: NodeWebSocket as unknown as typeof WebSocket,
};
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

const clock = createPatientClock();
afterAll(() => clock.end());

const until = (what: string, holds: () => boolean): Promise<void> => clock.until(what, holds, 30_000);

interface Sitting {
	readonly transport: Transport;
	readonly links: Link[];
	readonly frames: Uint8Array[];
	readonly statuses: string[];
	lost: number;
}

function sitDown(...urls: string[]): Sitting {
	const transport = createLinks({
		clock,
		random,
		rtc: real,
		signalling: createSocketSignalling({ ...real, clock, urls, random }),
		iceServers: async () => [],
	});
	const sitting: Sitting = { transport, links: [], frames: [], statuses: [], lost: 0 };
	transport.open(
		{ topic: 'sitting', key: new Uint8Array(32), self: randomPeerId(), role: 'seat' },
		{
			onLink: (link) => sitting.links.push(link),
			onFrame: (_link, frame) => sitting.frames.push(frame),
			onLinkState: () => undefined,
			onLost: () => sitting.lost++,
			onPeer: () => undefined,
			onStatus: ({ signalling }) => sitting.statuses.push(signalling),
		},
	);
	return sitting;
}

/** Real connections over the loopback and a real signalling server; only pages are made to fail. */
async function createLinksHarness(): Promise<Harness> {
	const server = createServer();
	const signalling = attachSignalling(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`;

	const pages = new Map<PeerId, FaultyPage>();
	const transports: Transport[] = [];
	const newPage = (): FaultyPage => createFaultyPage({ ...real, clock });
	const all: FaultyPage[] = [];
	const at = (peer: PeerId): FaultyPage => {
		const page = pages.get(peer);
		if (page === undefined) throw new Error(`no page of ${peer}`);
		return page;
	};

	return {
		create() {
			const page = newPage();
			all.push(page);
			const links = createLinks({
				clock: page.page,
				random,
				rtc: page,
				signalling: createSocketSignalling({
					urls: [url],
					clock: page.page,
					random,
					WebSocket: page.WebSocket,
				}),
				iceServers: async () => [],
			});
			const transport: Transport = {
				open: (config, handlers) => {
					pages.set(config.self, page);
					links.open(config, handlers);
				},
				setRole: (role) => links.setRole(role),
				setPolicy: (wants) => links.setPolicy(wants),
				checkLinks: () => links.checkLinks(),
				move: (place) => links.move(place),
				close: () => links.close(),
			};
			transports.push(transport);
			return transport;
		},
		until: (what, holds, limitMs = 20_000) => clock.until(what, holds, limitMs),
		pass: (ms) => clock.pass(ms),
		now: () => clock.now(),
		slackMs: 500,
		largestBytes: 8 * 1024 * 1024,
		faults: {
			breakLink: (a, b) => cutBetween(at(a), at(b)),
			freeze: (peer) => at(peer).page.freeze(),
			thaw: (peer) => at(peer).page.thaw(),
			kill: (peer) => at(peer).page.kill(),
		},
		attacks: linksAttacks({ ...real, clock, url, random }),
		async end() {
			for (const transport of transports) transport.close();
			await clock.pass(50);
			for (const page of all) page.end();
			signalling.close();
			server.close();
		},
	};
}

describe('links', () => {
	it.concurrent(
		'outlive signalling, and newcomers come when it is back',
		async () => {
			const http = createServer();
			let signalling = attachSignalling(http);
			await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
			const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signal`;
			const sit = (): Sitting => sitDown(url);
			const [a, b] = [sit(), sit()];
			await until('the two are linked', () => a.links.length === 1 && b.links.length === 1);

			signalling.close();
			await until(
				'both know that signalling is away',
				() => a.statuses.at(-1) === 'connecting' && b.statuses.at(-1) === 'connecting',
			);
			a.links[0]?.send(Uint8Array.of(7));
			const late = sit();
			await until('the link carries on', () => b.frames.length === 1);
			expect([a.lost, b.lost, late.links.length]).toEqual([0, 0, 0]);

			signalling = attachSignalling(http);
			await until('all three are linked', () => [a, b, late].every(({ links }) => links.length === 2));
			expect([a.lost, b.lost]).toEqual([0, 0]);
			for (const { transport } of [a, b, late]) transport.close();
			signalling.close();
			http.close();
		},
		CASE_LIMIT_MS,
	);
});

function ufragOf({ description }: Description): string {
	return PackedDescription.parse(description).ufrag;
}

describe('several signalling servers', () => {
	async function serve() {
		const http = createServer();
		const signalling = attachSignalling(http);
		await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
		const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signal`;
		const end = (): void => {
			signalling.close();
			http.close();
		};
		return { url, end };
	}
	const DEAD = 'ws://127.0.0.1:9/signal';

	it.concurrent(
		'link two pages once, though both hear everything twice and a third address is dead',
		async () => {
			const [one, two] = await Promise.all([serve(), serve()]);
			const [a, b] = [sitDown(DEAD, one.url, two.url), sitDown(two.url, DEAD, one.url)];
			await until('the two are linked', () => a.links.length === 1 && b.links.length === 1);
			await clock.pass(1_500);
			expect([a.links.length, b.links.length, a.lost, b.lost]).toEqual([1, 1, 0, 0]);
			expect([a.statuses.at(-1), b.statuses.at(-1)]).toEqual(['open', 'open']);
			// One of them dies: who comes now is met by the other.
			one.end();
			const late = sitDown(one.url, two.url);
			await until('the newcomer is linked', () => late.links.length === 2);
			expect([a.lost, b.lost]).toEqual([0, 0]);
			for (const { transport } of [a, b, late]) transport.close();
			two.end();
		},
		CASE_LIMIT_MS,
	);

	it.concurrent(
		'bring together pages that share only one of them',
		async () => {
			const [one, two, three] = await Promise.all([serve(), serve(), serve()]);
			const [a, b] = [sitDown(one.url, two.url), sitDown(two.url, three.url)];
			await until('the two are linked', () => a.links.length === 1 && b.links.length === 1);
			for (const { transport } of [a, b]) transport.close();
			for (const { end } of [one, two, three]) end();
		},
		CASE_LIMIT_MS,
	);
});

describe('a connection', () => {
	it.concurrent(
		'keeps its channel and what is sent on it through an ICE restart',
		async () => {
			const ends: Connection[] = [];
			const sent: string[] = [];
			const make = (isOfferer: boolean): Connection => {
				const other = (): Connection | undefined => ends[isOfferer ? 1 : 0];
				return new Connection({
					clock,
					rtc: real,
					iceServers: [],
					attempt: 'AAAAAAAAAAA',
					isOfferer,
					events: {
						sendOffer: (offer) => {
							sent.push(`offer ${offer.round} ${ufragOf(offer)}`);
							other()?.accept(offer);
						},
						sendAnswer: (answer) => {
							sent.push(`answer ${answer.round} ${ufragOf(answer)}`);
							other()?.answered(answer);
						},
						sendCandidates: (round, candidates) => other()?.candidates(round, candidates),
						onFailed: () => sent.push('failed'),
						onFinding: () => undefined,
					},
				});
			};
			ends.push(make(true), make(false));
			const [low, high] = ends as [Connection, Connection];
			const got: unknown[] = [];
			high.channel.onmessage = (event: MessageEvent<unknown>) => got.push(event.data);
			low.offer();
			await until(
				'the channel is open',
				() => low.channel.readyState === 'open' && high.channel.readyState === 'open',
			);
			expect(low.binding(true)).toEqual(high.binding(false));
			low.channel.send('before');
			low.offer();
			low.channel.send('during');
			await until('the restart is through', () => sent.length === 4);
			low.channel.send('after');
			await until('all arrived', () => got.length === 3);
			expect(got).toEqual(['before', 'during', 'after']);
			expect(sent.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
				'offer 0',
				'answer 0',
				'offer 1',
				'answer 1',
			]);
			expect(new Set(sent.map((line) => line.split(' ')[2])).size).toBe(4);
			for (const end of ends) end.close();
		},
		CASE_LIMIT_MS,
	);
});

// Most of these cases wait for real deadlines: they wait together.
describeTransport({ describe, it: it.concurrent }, 'links', createLinksHarness);
