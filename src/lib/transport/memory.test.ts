import { describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '../room/clock.ts';
import { describeTransport, randomPeerId, type Harness } from './acceptance.ts';
import { createMemoryNetwork, type MemoryNetwork, type MemoryPage } from './memory.ts';
import type { Link, PeerId } from './transport.ts';

/** Bytes of a small generator: the same in every run. */
function seededBytes(seed: number): (bytes: number) => Uint8Array {
	let state = seed >>> 0;
	return (bytes) =>
		Uint8Array.from({ length: bytes }, () => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return state >>> 24;
		});
}

async function createMemoryHarness(): Promise<Harness> {
	const clock = createFakeClock();
	const network = createMemoryNetwork({ clock, random: seededBytes(1) });
	return {
		create: () => network.transport(),
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
		largestBytes: 8 * 1024 * 1024,
		faults: {
			breakLink: (a, b) => network.silenceLink(a, b),
			freeze: (peer) => network.freeze(peer),
			thaw: (peer) => network.thaw(peer),
			kill: (peer) => network.kill(peer),
		},
		attacks: [],
		end: async () => undefined,
	};
}

describeTransport({ describe, it }, 'memory', createMemoryHarness);

interface Player {
	readonly id: PeerId;
	readonly page: MemoryPage;
	readonly links: Map<PeerId, Link>;
	readonly got: number[];
	/** What happened, with the time. */
	readonly log: string[];
	/** A link of its own is not doubtful any more. */
	onOpen: () => void;
}

function sitDown(network: MemoryNetwork, clock: FakeClock, names: readonly string[]): Player[] {
	return names.map((name) => {
		const page = network.page();
		const player: Player = {
			id: `${name}${'-'.repeat(22 - name.length)}` as PeerId,
			page,
			links: new Map(),
			got: [],
			log: [],
			onOpen: () => undefined,
		};
		const note = (what: string, link: Link) =>
			player.log.push(`${clock.now()} ${what} ${link.peer.slice(0, name.length)}`);
		page.transport.open(
			{ topic: 'table', key: new Uint8Array(32), self: player.id, role: 'seat' },
			{
				onLink: (link) => {
					player.links.set(link.peer, link);
					note('link', link);
				},
				onFrame: (_link, frame) => player.got.push(frame[0] ?? -1),
				onLinkState: (link) => {
					note(link.state, link);
					if (link.state === 'open') player.onOpen();
				},
				onLost: (link) => {
					player.links.delete(link.peer);
					note('lost', link);
				},
				onPeer: () => undefined,
				onStatus: () => undefined,
			},
		);
		return player;
	});
}

function setUp(names = 'a b c') {
	const clock = createFakeClock({ startMs: 0 });
	const network = createMemoryNetwork({ clock, random: seededBytes(7) });
	return { clock, network, players: sitDown(network, clock, names.split(' ')) as [Player, Player, Player] };
}

describe('the memory network', () => {
	it('runs the same twice from one seed, faults and all', async () => {
		const run = async () => {
			const { clock, network, players } = setUp('a b c d');
			const [a, b, c] = players;
			await clock.advance(1_000);
			network.silenceLink(a.id, b.id);
			await clock.advance(2_000);
			network.partition([[a.id, b.id], [c.id]]);
			await clock.advance(20_000);
			network.heal();
			network.dropLink(b.id, c.id);
			await clock.advance(20_000);
			return players.map((player) => player.log);
		};
		const first = await run();
		expect(first.flat().length).toBeGreaterThan(20);
		expect(await run()).toEqual(first);
	});

	it('loses a link that is cut one way at both ends, and links again when the way is free', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		await clock.advance(1_000);
		network.block(a.id, b.id);
		a.links.get(b.id)?.send(Uint8Array.of(1));
		b.links.get(a.id)?.send(Uint8Array.of(2));
		await clock.advance(4_000);
		expect(b.log.at(-1)).toBe('4500 doubtful a');
		expect(a.got).toEqual([2]);
		await clock.advance(1_100);
		expect(b.log.at(-1)).toBe('6000 lost a');
		expect(a.log.at(-1)).toBe('6005 lost b');
		await clock.advance(30_000);
		expect(network.links).toBe(0);
		network.unblock(a.id, b.id);
		await clock.advance(16_000);
		expect(network.links).toBe(1);
		expect(b.got).toEqual([]);
	});

	it('delivers what waited when a short interruption ends', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		await clock.advance(1_000);
		network.partition([[a.id], [b.id]]);
		for (const value of [1, 2, 3]) a.links.get(b.id)?.send(Uint8Array.of(value));
		await clock.advance(4_000);
		expect(b.got).toEqual([]);
		network.heal();
		await clock.advance(100);
		expect(b.got).toEqual([1, 2, 3]);
		expect(a.links.get(b.id)?.state).toBe('open');
		expect(a.log.filter((line) => line.includes('lost'))).toEqual([]);
	});

	it('delivers what waited before what is sent on the news that the way is free', async () => {
		const { clock, network, players } = setUp();
		const [a, b, c] = players;
		await clock.advance(1_000);
		network.partition([[a.id], [b.id], [c.id]]);
		for (const { id } of [b, c]) a.links.get(id)?.send(Uint8Array.of(1));
		await clock.advance(4_000);
		a.onOpen = () => {
			for (const { id } of [b, c]) a.links.get(id)?.send(Uint8Array.of(2));
		};
		network.heal();
		await clock.advance(50);
		expect([b.got, c.got]).toEqual([
			[1, 2, 2],
			[1, 2, 2],
		]);
	});

	it('keeps order though latency falls in mid-stream', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		await clock.advance(1_000);
		network.setLatency(500);
		a.links.get(b.id)?.send(Uint8Array.of(1));
		network.setLatency((from) => (from === a.id ? 1 : 9));
		a.links.get(b.id)?.send(Uint8Array.of(2));
		await clock.advance(600);
		expect(b.got).toEqual([1, 2]);
	});

	it('duplicates frames when asked to', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		await clock.advance(1_000);
		network.setDuplicates(1);
		a.links.get(b.id)?.send(Uint8Array.of(1));
		await clock.advance(100);
		expect(b.got).toEqual([1, 1]);
		expect(network.carried).toEqual({ frames: 1, bytes: 1 });
	});

	it('holds the timers of a frozen page and drops those of a dead one', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		const rang: string[] = [];
		a.page.clock.after(2_000, () => rang.push(`a ${clock.now()}`));
		b.page.clock.after(2_000, () => rang.push(`b ${clock.now()}`));
		await clock.advance(1_000);
		network.freeze(a.id);
		network.kill(b.id);
		await clock.advance(3_000);
		expect(rang).toEqual([]);
		network.thaw(a.id);
		expect(rang).toEqual(['a 4000']);
	});

	it('keeps links while signalling is down, and links newcomers when it is back', async () => {
		const { clock, network, players } = setUp('a b');
		const [a, b] = players;
		await clock.advance(1_000);
		network.setSignalling(false);
		const [late] = sitDown(network, clock, ['z']) as [Player];
		a.links.get(b.id)?.send(Uint8Array.of(1));
		await clock.advance(10_000);
		expect(b.got).toEqual([1]);
		expect(late.links.size).toBe(0);
		network.setSignalling(true);
		await clock.advance(1_000);
		expect(network.links).toBe(3);
	});

	it('leaves no timer behind when everybody has left', async () => {
		const { clock, network, players } = setUp('a b c');
		await clock.advance(1_000);
		network.silenceLink(players[0].id, players[1].id);
		await clock.advance(1_000);
		for (const player of players) player.page.transport.close();
		await clock.advance(10_000);
		expect(clock.waiting).toBe(0);
		expect(network.links).toBe(0);
	});

	it('refuses to name a page that nobody opened', () => {
		const { network } = setUp('a');
		expect(() => network.freeze(randomPeerId())).toThrow(/no page/);
	});
});
