import wrtc from '@roamhq/wrtc';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { attachSignalling } from '../../serve/signalling.ts';
import { systemClock } from '../room/clock.ts';
import { describeTransport, type Harness } from './acceptance.ts';
import { linksAttacks } from '../../../tests/transport/attacks.ts';
import { createFaultyPage, cutBetween, type FaultyPage } from '../../../tests/transport/faults.ts';
import { createLinks } from './links.ts';
import { createSocketSignalling } from './socket-signalling.ts';
import type { PeerId, Transport } from './transport.ts';

const real = {
	clock: systemClock,
	RTCPeerConnection: wrtc.RTCPeerConnection,
	WebSocket: NodeWebSocket as unknown as typeof WebSocket,
};
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

/** Real connections over the loopback and a real signalling server; only pages are made to fail. */
async function createLinksHarness(): Promise<Harness> {
	const server = createServer();
	const signalling = attachSignalling(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`;

	const pages = new Map<PeerId, FaultyPage>();
	const transports: Transport[] = [];
	const newPage = (): FaultyPage => createFaultyPage(real);
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
				close: () => links.close(),
			};
			transports.push(transport);
			return transport;
		},
		async until(what, holds, limitMs = 20_000) {
			const end = Date.now() + limitMs;
			while (!holds()) {
				if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
				await new Promise((resolve) => setTimeout(resolve, 10));
			}
		},
		pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		now: () => Date.now(),
		slackMs: 2_500,
		largestBytes: 8 * 1024 * 1024,
		faults: {
			breakLink: (a, b) => cutBetween(at(a), at(b)),
			freeze: (peer) => at(peer).page.freeze(),
			thaw: (peer) => at(peer).page.thaw(),
			kill: (peer) => at(peer).page.kill(),
		},
		attacks: linksAttacks({ ...real, url, random }),
		async end() {
			for (const transport of transports) transport.close();
			await new Promise((resolve) => setTimeout(resolve, 50));
			for (const page of all) page.end();
			signalling.close();
			server.close();
		},
	};
}

// Most of these cases wait for real deadlines: they wait together.
describeTransport({ describe, it: it.concurrent }, 'links', createLinksHarness);
