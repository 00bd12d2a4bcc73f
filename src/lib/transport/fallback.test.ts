import { describe, expect, it } from 'vitest';
import { createFakeRtc, type FakeRtc } from '../../../tests/transport/fake-rtc.ts';
import { createHub, type Hub } from '../../../tests/transport/hub.ts';
import { createFakeClock, type FakeClock } from '../room/clock.ts';
import { describeTransport, randomPeerId, type Harness } from './acceptance.ts';
import { createFallback } from './fallback.ts';
// Loaded when the first peer comes: no time passes on a fake clock while that goes on.
import './channel-link.ts';
import './webrtc.ts';
import './neighbours.ts';
import { createLinks } from './links.ts';
import { createRelay } from './relay.ts';
import type { Link, PeerId, PeerRole, Transport, TransportStatus } from './transport.ts';

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

interface Network {
	readonly clock: FakeClock;
	readonly hub: Hub;
	readonly rtc: FakeRtc;
}

function newNetwork(): Network {
	const clock = createFakeClock();
	return { clock, hub: createHub(clock), rtc: createFakeRtc(clock) };
}

interface PageOptions {
	readonly rtc?: FakeRtc | null;
	/** In place of loading the relay. */
	readonly load?: () => Promise<void>;
}

function newTransport(
	{ clock, hub, rtc: works }: Network,
	{ rtc = works, load }: PageOptions = {},
): Transport {
	const parts = { clock, random, signalling: hub.signalling };
	return createFallback({
		clock,
		direct: (fallback) =>
			createLinks({ ...parts, rtc: rtc?.api ?? null, iceServers: async () => [], fallback }),
		relays: true,
		carried: async ({ neighbours, ...way }) => {
			await load?.();
			return createRelay({
				...parts,
				...way,
				...(neighbours === null ? {} : { signalling: neighbours.signalling, rate: neighbours.rate }),
			});
		},
	});
}

interface Page {
	readonly id: PeerId;
	readonly transport: Transport;
	readonly links: Map<PeerId, Link>;
	/** `link direct`, `lost relay` and so on, in order. */
	readonly log: string[];
	readonly frames: number[];
	status: TransportStatus | null;
}

const KEY = new Uint8Array(32).fill(3);

function sit(network: Network, options: PageOptions & { role?: PeerRole; id?: string } = {}): Page {
	const page: Page = {
		id: (options.id?.padEnd(22, '-') ?? randomPeerId()) as PeerId,
		transport: newTransport(network, options),
		links: new Map(),
		log: [],
		frames: [],
		status: null,
	};
	page.transport.open(
		{ topic: 'table', key: KEY, self: page.id, role: options.role ?? 'seat' },
		{
			onLink: (link) => {
				if (page.links.has(link.peer)) page.log.push('WRONG: a second link');
				page.links.set(link.peer, link);
				page.log.push(`link ${link.via}`);
			},
			onFrame: (link, frame) => {
				if (page.links.get(link.peer) !== link) page.log.push('WRONG: a frame of another link');
				page.frames.push(frame[0] ?? -1);
			},
			onLinkState: () => undefined,
			onLost: (link) => {
				page.links.delete(link.peer);
				page.log.push(`lost ${link.via}`);
			},
			onPeer: () => undefined,
			onStatus: (status) => {
				page.status = status;
			},
		},
	);
	return page;
}

/** A WebRTC of its own, which meets nobody. */
function blocked(network: Network): FakeRtc {
	const rtc = createFakeRtc(network.clock);
	rtc.setWorks(false);
	return rtc;
}

describe('falling back to the relay', () => {
	it('links directly where that works, and never loads the relay', async () => {
		const network = newNetwork();
		let loads = 0;
		const load = async () => void loads++;
		const [a, b] = [sit(network, { load }), sit(network, { load })];
		await network.clock.advance(60_000);
		expect([a.log, b.log]).toEqual([['link direct'], ['link direct']]);
		expect([loads, network.hub.counts.relayed]).toEqual([0, 0]);
	});

	it('links two that cannot connect through the relay, after two tries', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(15_000);
		expect([a.log, b.log]).toEqual([[], []]);
		await network.clock.advance(5_000);
		expect([a.log, b.log]).toEqual([['link relay'], ['link relay']]);
		a.links.get(b.id)?.send(Uint8Array.of(7));
		b.links.get(a.id)?.send(Uint8Array.of(8));
		await network.clock.advance(100);
		expect([a.frames, b.frames]).toEqual([[8], [7]]);
		await network.clock.advance(120_000);
		expect([a.log, b.log]).toEqual([['link relay'], ['link relay']]);
	});

	it('measures the round trip of a relayed link', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(25_000);
		expect(a.links.get(b.id)).toMatchObject({ via: 'relay', state: 'open', roundTripMs: 10 });
	});

	it('changes to a direct link when one is made later, one link at a time', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(30_000);
		network.rtc.setWorks(true);
		await network.clock.advance(30_000);
		for (const page of [a, b]) expect(page.log).toEqual(['link relay', 'lost relay', 'link direct']);
		a.links.get(b.id)?.send(Uint8Array.of(7));
		await network.clock.advance(100);
		expect(b.frames).toEqual([7]);
		const before = network.hub.counts.relayed;
		await network.clock.advance(60_000);
		expect(network.hub.counts.relayed).toBe(before);
	});

	it('falls back again when the direct link is lost for good', async () => {
		const network = newNetwork();
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(1_000);
		network.rtc.setWorks(false);
		await network.clock.advance(40_000);
		for (const page of [a, b]) expect(page.log).toEqual(['link direct', 'lost direct', 'link relay']);
	});

	it('links a browser without WebRTC at once, and says so as a finding, not as a fault', async () => {
		const network = newNetwork();
		for (const id of ['-lowest', 'zhighest']) {
			const [other, without] = [sit(network, { id: 'middle' }), sit(network, { id, rtc: null })];
			await network.clock.advance(1_000);
			expect([other.log, without.log]).toEqual([['link relay'], ['link relay']]);
			expect(without.status).toMatchObject({ signalling: 'open', fault: null, findings: ['no_webrtc'] });
			expect(other.status).toMatchObject({ fault: null, findings: [] });
			await network.clock.advance(60_000);
			expect(other.log).toEqual(['link relay']);
			for (const { transport } of [other, without]) transport.close();
		}
		expect(network.rtc.made).toBe(0);
	});

	it('links a browser that finds no address of its own within seconds, and names it', async () => {
		const network = newNetwork();
		const rtc = createFakeRtc(network.clock);
		rtc.candidates = [];
		const [other, without] = [sit(network, { id: 'a' }), sit(network, { id: 'b', rtc })];
		await network.clock.advance(4_000);
		expect([other.log, without.log]).toEqual([['link relay'], ['link relay']]);
		expect(without.status?.findings).toEqual(['no_candidates']);
		expect(other.status?.findings).toEqual([]);
	});

	it('names a browser that refuses to connect', async () => {
		const network = newNetwork();
		const rtc = createFakeRtc(network.clock);
		rtc.refuses = true;
		const [other, without] = [sit(network, { id: 'b' }), sit(network, { id: 'a', rtc })];
		await network.clock.advance(4_000);
		expect([other.log, without.log]).toEqual([['link relay'], ['link relay']]);
		expect(without.status).toMatchObject({ fault: null, findings: ['webrtc_refused'] });
	});

	it('relays for the one that reaches nobody, and for no other pair', async () => {
		const network = newNetwork();
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(1_000);
		const cut = sit(network, { rtc: blocked(network) });
		await network.clock.advance(25_000);
		expect([a.log, b.log]).toEqual([
			['link direct', 'link relay'],
			['link direct', 'link relay'],
		]);
		expect(cut.log).toEqual(['link relay', 'link relay']);
		expect([...cut.links.values()].map(({ via }) => via)).toEqual(['relay', 'relay']);
	});

	it('relays for nobody who reaches somebody: others pass on what these two say', async () => {
		const network = newNetwork();
		const [left, right] = [createFakeRtc(network.clock), createFakeRtc(network.clock)];
		const [a, b] = [sit(network, { rtc: left }), sit(network, { rtc: right })];
		for (const rtc of [left, right]) sit(network, { rtc });
		await network.clock.advance(60_000);
		expect([a.log, b.log]).toEqual([['link direct'], ['link direct']]);
		expect(network.hub.counts.relayed).toBe(0);
	});

	it('keeps to the policy: an unwanted peer is not relayed either', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [host, watcher] = [sit(network, { role: 'host' }), sit(network, { role: 'watch' })];
		host.transport.setPolicy((info) => info.role !== 'watch');
		await network.clock.advance(30_000);
		expect([host.log, watcher.log]).toEqual([[], []]);
		watcher.transport.setRole('seat');
		await network.clock.advance(30_000);
		expect([host.log, watcher.log]).toEqual([['link relay'], ['link relay']]);
		host.transport.setPolicy(() => false);
		await network.clock.advance(1_000);
		expect(watcher.log).toEqual(['link relay', 'lost relay']);
	});

	it('never links by any way a peer that was refused on the other', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(25_000);
		a.links.get(b.id)?.close('refuse');
		network.rtc.setWorks(true);
		b.transport.setRole('host');
		await network.clock.advance(60_000);
		expect([a.log, b.log]).toEqual([['link relay'], ['link relay', 'lost relay']]);
	});

	it('never relays for a peer whose direct link was refused', async () => {
		const network = newNetwork();
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(1_000);
		a.links.get(b.id)?.close('refuse');
		network.rtc.setWorks(false);
		b.transport.setRole('host');
		await network.clock.advance(90_000);
		expect([a.log, b.log]).toEqual([['link direct'], ['link direct', 'lost direct']]);
		expect(network.hub.counts.relayed).toBe(0);
	});

	it('asks again for a relay that could not be loaded', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		let loads = 0;
		const load = async () => {
			loads++;
			if (loads < 3) throw new Error('offline');
		};
		const [a, b] = [sit(network, { load }), sit(network)];
		await network.clock.advance(90_000);
		expect(loads).toBe(3);
		expect([a.log, b.log]).toEqual([['link relay'], ['link relay']]);
	});

	it('lives through signalling that comes and goes, and is relayed again when it is back', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(25_000);
		network.hub.setUp(false);
		await network.clock.advance(30_000);
		expect([a.log, b.log]).toEqual([
			['link relay', 'lost relay'],
			['link relay', 'lost relay'],
		]);
		expect(a.status).toMatchObject({ signalling: 'connecting', fault: 'signalling' });
		network.hub.setUp(true);
		await network.clock.advance(25_000);
		expect([a.log.at(-1), b.log.at(-1)]).toEqual(['link relay', 'link relay']);
		expect(a.status).toMatchObject({ signalling: 'open', fault: null });
	});

	it('shows the server nothing but sealed pieces', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const [a, b] = [sit(network), sit(network)];
		await network.clock.advance(25_000);
		const secret = new TextEncoder().encode('the ace of spades is mine');
		const before = network.hub.relayed.length;
		a.links.get(b.id)?.send(secret);
		await network.clock.advance(100);
		const carried = network.hub.relayed.slice(before).map((data) => Buffer.from(data, 'base64url'));
		expect(carried.length).toBeGreaterThan(0);
		for (const piece of carried) expect(piece.includes(Buffer.from('spades'))).toBe(false);
	});

	it('leaves nothing behind when it is closed', async () => {
		const network = newNetwork();
		network.rtc.setWorks(false);
		const pages = [sit(network), sit(network)];
		await network.clock.advance(25_000);
		for (const { transport } of pages) transport.close();
		await network.clock.advance(60_000);
		expect(network.clock.waiting).toBe(0);
		const sent = network.hub.counts.sent;
		await network.clock.advance(60_000);
		expect(network.hub.counts.sent).toBe(sent);
	});
});

/** Three pages in a row: the outer two meet nobody but the one between them. */
function threeInARow(network: Network) {
	const meet = (name: string, others: readonly string[]) => {
		const api = network.rtc.pageThatMeets(name, others);
		return sit(network, { rtc: { ...network.rtc, api }, id: name });
	};
	return { left: meet('left', ['mid']), mid: meet('mid', ['left', 'right']), right: meet('right', ['mid']) };
}

describe('two that only a third can reach', () => {
	it('are linked through it, and the server carries nothing of theirs', async () => {
		const network = newNetwork();
		const { left, mid, right } = threeInARow(network);
		await network.clock.advance(25_000);
		expect(left.log).toEqual(['link direct', 'link neighbour']);
		expect(right.log).toEqual(['link direct', 'link neighbour']);
		expect(mid.log).toEqual(['link direct', 'link direct']);
		expect(left.transport.through?.(right.id)).toBe(mid.id);
		left.links.get(right.id)?.send(Uint8Array.of(7));
		right.links.get(left.id)?.send(new Uint8Array(60_000).fill(8));
		await network.clock.advance(5_000);
		expect([left.frames, right.frames, mid.frames]).toEqual([[8], [7], []]);
		await network.clock.advance(120_000);
		expect(left.log).toEqual(['link direct', 'link neighbour']);
		expect(network.hub.counts.relayed).toBe(0);
		expect(left.links.get(right.id)).toMatchObject({ state: 'open', roundTripMs: 12 });
	});

	it('show nothing but sealed pieces to the one that carries them', async () => {
		const network = newNetwork();
		const { left, right, mid } = threeInARow(network);
		await network.clock.advance(25_000);
		expect(left.links.get(right.id)?.binding).toEqual(right.links.get(left.id)?.binding);
		expect(left.links.get(right.id)?.binding).not.toEqual(left.links.get(mid.id)?.binding);
	});

	it('lose each other with it, and are relayed then, for they reach nobody', async () => {
		const network = newNetwork();
		const { left, mid, right } = threeInARow(network);
		await network.clock.advance(25_000);
		mid.transport.close();
		await network.clock.advance(40_000);
		for (const { log } of [left, right]) {
			expect(log.slice(0, 2).sort()).toEqual(['link direct', 'link neighbour']);
			expect(log.slice(2)).toEqual(['lost direct', 'lost neighbour', 'link relay']);
		}
	});

	it('change to a direct link when one is made later', async () => {
		const network = newNetwork();
		const meets = { left: ['mid'], right: ['mid'] };
		const page = (name: 'left' | 'right') =>
			sit(network, {
				rtc: { ...network.rtc, api: network.rtc.pageThatMeets(name, meets[name]) },
				id: name,
			});
		const [left, right] = [page('left'), page('right')];
		sit(network, {
			id: 'mid',
			rtc: { ...network.rtc, api: network.rtc.pageThatMeets('mid', ['left', 'right']) },
		});
		await network.clock.advance(25_000);
		expect(left.log.at(-1)).toBe('link neighbour');
		meets.left.push('right');
		meets.right.push('left');
		await network.clock.advance(60_000);
		for (const { log } of [left, right]) expect(log.slice(-2)).toEqual(['lost neighbour', 'link direct']);
	});
});

async function createFallbackHarness(newPage: (network: Network) => Transport): Promise<Harness> {
	const network = newNetwork();
	const { clock } = network;
	return {
		create: () => newPage(network),
		async until(what, holds, limitMs = 20_000) {
			const end = clock.now() + limitMs;
			while (!holds()) {
				if (clock.now() >= end) throw new Error(`not within ${limitMs} ms: ${what}`);
				await clock.advance(10);
			}
		},
		pass: (ms) => clock.advance(ms),
		now: () => clock.now(),
		slackMs: 50,
		largestBytes: 200 * 1024,
		faults: null,
		attacks: [],
		end: async () => undefined,
	};
}

describeTransport({ describe, it }, 'links with the relay to fall back on', () =>
	createFallbackHarness((network) => newTransport(network)),
);
describeTransport({ describe, it }, 'relay as all that is left to fall back on', () =>
	createFallbackHarness((network) => newTransport(network, { rtc: null })),
);
