import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { attachSignalling } from '../../serve/signalling.ts';
import { relayAttacks } from '../../../tests/transport/attacks.ts';
import { createFaultyPage, noWebrtc, type FaultyPage } from '../../../tests/transport/faults.ts';
import { createPatientClock } from '../../../tests/transport/patient-clock.ts';
import { createRelayCuts } from '../../../tests/transport/relay-faults.ts';
import { createFakeClock } from '../room/clock.ts';
import { describeTransport, randomPeerId, type Harness } from './acceptance.ts';
import type { Description } from './carrier.ts';
import { createPace } from './pace.ts';
import { createRelay, RELAY_RATE, RelayConnection } from './relay.ts';
import { encodeBase64Url } from './sealing.ts';
import { createSocketSignalling } from './socket-signalling.ts';
import type { PeerId, Transport } from './transport.ts';

const real = { WebSocket: NodeWebSocket as unknown as typeof WebSocket };
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const clock = createPatientClock();
afterAll(() => clock.end());

/** Our own server with its limits, real sockets; only pages and single links are made to fail. */
async function createRelayHarness(): Promise<Harness> {
	const server = createServer();
	const signalling = attachSignalling(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`;
	const cuts = createRelayCuts();
	const pages = new Map<PeerId, FaultyPage>();
	const all: FaultyPage[] = [];
	const transports: Transport[] = [];
	const at = (peer: PeerId): FaultyPage => {
		const page = pages.get(peer);
		if (page === undefined) throw new Error(`no page of ${peer}`);
		return page;
	};
	return {
		create() {
			const page = createFaultyPage({ ...real, clock, RTCPeerConnection: noWebrtc });
			all.push(page);
			const { WebSocket } = page;
			const line = { urls: [url], clock: page.page, random, WebSocket };
			const relay = createRelay({
				clock: page.page,
				random,
				signalling: cuts.wrap(createSocketSignalling(line)),
			});
			const transport: Transport = {
				...relay,
				open: (config, handlers) => {
					pages.set(config.self, page);
					relay.open(config, handlers);
				},
			};
			transports.push(transport);
			return transport;
		},
		until: (what, holds, limitMs = 20_000) => clock.until(what, holds, limitMs),
		pass: (ms) => clock.pass(ms),
		now: () => clock.now(),
		slackMs: 500,
		// Of a whole game's log; a larger frame arrives too, at 24 kB a second.
		largestBytes: 200 * 1024,
		faults: {
			breakLink: (a, b) => cuts.cut(a, b),
			freeze: (peer) => at(peer).page.freeze(),
			thaw: (peer) => at(peer).page.thaw(),
			kill: (peer) => at(peer).page.kill(),
		},
		attacks: relayAttacks({ ...real, clock, url, random }),
		async end() {
			for (const transport of transports) transport.close();
			await clock.pass(50);
			for (const page of all) page.end();
			signalling.close();
			server.close();
		},
	};
}

describe('a relayed connection', () => {
	/** Two ends, each of which is told what the one in between makes of the other's words. */
	function connect(change: (description: unknown) => unknown = (description) => description) {
		const fake = createFakeClock();
		const got: number[] = [];
		const failed: string[] = [];
		const ends: RelayConnection[] = [];
		const carried: Uint8Array[] = [];
		for (const isOfferer of [true, false]) {
			const other = (): RelayConnection | undefined => ends[isOfferer ? 1 : 0];
			const pass = ({ round, description }: Description): Description => ({
				round,
				description: change(description),
			});
			const end = new RelayConnection({
				clock: fake,
				random,
				pace: createPace(fake, RELAY_RATE, () => true),
				key: new Uint8Array(32),
				topic: 'table',
				peer: randomPeerId(),
				attempt: 'AAAAAAAAAAA',
				isOfferer,
				events: {
					sendOffer: (offer) => other()?.accept(pass(offer)),
					sendAnswer: (answer) => other()?.answered(pass(answer)),
					sendCandidates: () => undefined,
					onFailed: () => failed.push(isOfferer ? 'offerer' : 'answerer'),
				},
				send: (piece) => {
					carried.push(piece);
					other()?.received(piece);
				},
				onClosed: () => undefined,
			});
			end.channel.onmessage = (event: MessageEvent<ArrayBuffer>) =>
				got.push(new Uint8Array(event.data)[0] ?? -1);
			ends.push(end);
		}
		const [low, high] = ends as [RelayConnection, RelayConnection];
		low.offer();
		return { low, high, got, failed, carried };
	}

	it('is bound to the two keys of its ends, and to no others', () => {
		const [one, two] = [connect(), connect()];
		expect(one.low.binding(true)).toEqual(one.high.binding(false));
		expect(one.low.binding(true).length).toBe(64);
		expect(one.low.binding(true)).not.toEqual(two.low.binding(true));
		one.low.channel.send(Uint8Array.of(7));
		one.high.channel.send(Uint8Array.of(8));
		expect(one.got).toEqual([7, 8]);
	});

	it('gives the ends different bindings, and carries nothing, when the keys were exchanged on the way', () => {
		const { low, high, got } = connect(() => encodeBase64Url(random(32)));
		expect(low.binding(true)).not.toEqual(high.binding(false));
		low.channel.send(Uint8Array.of(7));
		high.channel.send(Uint8Array.of(8));
		expect(got).toEqual([]);
	});

	it('seals the same message differently each time and each way', () => {
		const { low, high, carried } = connect();
		for (const { channel } of [low, low, high, high]) channel.send(Uint8Array.of(1, 2, 3));
		expect(new Set(carried.map((piece) => String(piece.subarray(12)))).size).toBe(4);
	});

	it.each([
		['nothing', undefined],
		['a session description', { fingerprint: '0'.repeat(64) }],
		['half a key', 'A'.repeat(22)],
		// The one point of order 1: whatever the other's secret is, the shared one is known.
		['a key that everybody can complete', 'A'.repeat(43)],
	])('fails on %s in place of a key', (_what, description) => {
		const { failed, low } = connect(() => description);
		expect(failed).toEqual(['answerer']);
		expect(low.channel.readyState).toBe('connecting');
	});
});

// Most of these cases wait for real deadlines: they wait together.
describeTransport({ describe, it: it.concurrent }, 'relay', createRelayHarness);
