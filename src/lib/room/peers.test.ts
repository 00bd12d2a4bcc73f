import { beforeAll, describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { faceNamed } from '../game/testing.ts';
import type { Link, PeerId } from '../transport/transport.ts';
import { createFakeClock } from './clock.ts';
import type { Identity } from './keys.ts';
import { newestOf, Peers, type Introduction } from './peers.ts';
import {
	decodeMessage,
	encodeHello,
	encodeMessage,
	isHello,
	PROTOCOL_VERSION,
	type Hello,
} from './protocol.ts';

const keys = nodeKeys();
let dana: Identity;
let ben: Identity;
beforeAll(async () => {
	dana = await keys.identity({ sign: new Uint8Array(32).fill(1), box: new Uint8Array(32).fill(1) });
	ben = await keys.identity({ sign: new Uint8Array(32).fill(2), box: new Uint8Array(32).fill(2) });
});

const TOPIC = 'the table';
const SELF = 'this page' as PeerId;
const REQUEST = (from: number) =>
	encodeMessage({ type: 'request', game: 'AAAAAAAAAAAAAAAAAAAAAA' as never, from });

interface TestLink extends Link {
	readonly sent: Uint8Array[];
	closed: string | null;
}
function linkTo(peer: string): TestLink {
	const link: TestLink = {
		peer: peer as PeerId,
		via: 'direct',
		binding: new TextEncoder().encode(`binding of ${peer}`),
		state: 'open',
		roundTripMs: null,
		bufferedBytes: 0,
		sent: [],
		closed: null,
		send: (frame) => void link.sent.push(frame),
		close: (reason) => (link.closed = reason),
	};
	return link;
}
const helloFrom = (identity: Identity, link: Link, change: Partial<Hello> = {}) =>
	encodeHello(
		{
			type: 'hello',
			v: PROTOCOL_VERSION,
			player: identity.player,
			role: 'seat',
			hidden: false,
			face: faceNamed('Ben'),
			session: 1,
			game: null,
			term: 0,
			length: 0,
			...change,
		},
		identity,
		{ topic: TOPIC, binding: link.binding, from: link.peer, to: SELF },
	);

/** Dana's page; `events` says what it was told, in order. */
function danasPeers() {
	const clock = createFakeClock();
	const events: string[] = [];
	const said: Introduction = {
		role: 'host',
		face: faceNamed('Dana'),
		hidden: false,
		game: null,
		term: 0,
		length: 0,
	};
	const peers = new Peers({
		topic: TOPIC,
		self: SELF,
		session: 5,
		identity: dana,
		keys,
		clock,
		introduce: () => said,
		onPeer: ({ hello }) => events.push(`peer ${hello.face.name}`),
		onFrame: (_, frame) => events.push(`frame ${frame.length}`),
		onGone: ({ hello }) => events.push(`gone ${hello.face.name}`),
		onOffence: ({ hello }, offence) => events.push(`${hello.face.name}: ${offence}`),
		onOtherVersion: () => events.push('another version'),
		mayFlood: ({ hello }) => hello.role === 'host',
	});
	return { peers, clock, events };
}

describe('the peers of a table', () => {
	it('are those whose hello has verified', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		expect(peers.all).toEqual([]);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		expect(events).toEqual(['peer Ben']);
		expect(peers.of(ben.player).map((peer) => peer.link)).toEqual([link]);
		expect(peers.of(dana.player)).toEqual([]);
		await clock.advance(60_000);
		expect(link.closed).toBeNull();
	});

	it('hear nothing after a goodbye, not even what was being signed, until the page is back', async () => {
		const { peers, clock } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		const before = link.sent.length;
		void peers.reintroduce();
		peers.leave();
		await clock.settle();
		expect(link.sent.slice(before).map((frame) => decodeMessage(frame)?.type)).toEqual(['bye']);
		await peers.stay();
		expect(link.sent.slice(before + 1).map(isHello)).toEqual([true]);
		await peers.stay();
		expect(link.sent).toHaveLength(before + 2);
	});

	it('are heard in order, what came while their hello was looked at after it', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		for (const from of [1, 22, 333]) peers.received(link, REQUEST(from));
		expect(events).toEqual([]);
		await clock.settle();
		peers.received(link, REQUEST(4_444));
		const sizes = [1, 22, 333, 4_444].map((from) => `frame ${REQUEST(from).length}`);
		expect(events).toEqual(['peer Ben', ...sizes]);
		expect(new Set(sizes).size).toBe(4);
	});

	it('may say hello again, and are known by the newest', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		peers.received(link, await helloFrom(ben, link, { face: faceNamed('Benny'), role: 'watch' }));
		peers.received(link, REQUEST(1));
		await clock.settle();
		expect(events).toEqual(['peer Ben', 'peer Benny', `frame ${REQUEST(1).length}`]);
		expect(peers.all).toHaveLength(1);
		expect(peers.all[0]?.hello.role).toBe('watch');
	});

	it('are gone with their link, once, and only if they were there', async () => {
		const { peers, clock, events } = danasPeers();
		const [known, unknown] = [linkTo('ben'), linkTo('nobody')];
		for (const link of [known, unknown]) peers.opened(link);
		peers.received(known, await helloFrom(ben, known));
		await clock.settle();
		for (const link of [known, unknown, known]) peers.lost(link);
		peers.received(known, REQUEST(1));
		expect(events).toEqual(['peer Ben', 'gone Ben']);
		expect([peers.all, clock.waiting]).toEqual([[], 0]);
	});

	it('whose link is lost while their hello is looked at never come', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		peers.lost(link);
		await clock.settle();
		expect(events).toEqual([]);
	});

	it('that are refused are told why, closed for good and forgotten without another word', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		const [peer] = peers.all;
		if (peer === undefined) throw new Error('Ben is there');
		peers.refuse(peer, 'full');
		expect(link.sent.at(-1)).toEqual(encodeMessage({ type: 'refused', reason: 'full' }));
		expect([link.closed, peers.all]).toEqual(['refuse', []]);
		peers.received(link, REQUEST(1));
		peers.lost(link);
		expect(events).toEqual(['peer Ben']);
	});

	it('hear again who this is when it has changed, each on its own link', async () => {
		const { peers, clock } = danasPeers();
		const links = [linkTo('ben'), linkTo('yael')];
		for (const link of links) peers.opened(link);
		await clock.settle();
		await peers.reintroduce();
		await clock.settle();
		const [bens, yaels] = links.map(({ sent }) => sent);
		expect([bens?.length, yaels?.length]).toEqual([2, 2]);
		expect(bens?.[0]).toEqual(bens?.[1]);
		expect(bens?.[0]).not.toEqual(yaels?.[0]);
	});

	it('that flood are not read beyond what anybody sends who plays, and are named', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		for (let n = 0; n < 400; n++) peers.received(link, REQUEST(1));
		expect(events.filter((event) => event.startsWith('frame'))).toHaveLength(150);
		expect(events.filter((event) => event === 'Ben: too_many_messages')).toHaveLength(250);
		await clock.advance(5_000);
		events.length = 0;
		peers.received(link, REQUEST(1));
		expect(events).toEqual([`frame ${REQUEST(1).length}`]);
	});

	it('that say hello again and again are named, and no more of it is looked at', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		for (let n = 0; n < 40; n++) {
			peers.received(link, await helloFrom(ben, link, { length: n }));
			await clock.settle();
		}
		expect(events.filter((event) => event === 'peer Ben')).toHaveLength(16);
		expect(events.filter((event) => event === 'Ben: too_many_hellos')).toHaveLength(24);
		expect(peers.all[0]?.hello.length).toBe(15);
	});

	it('may send as much as there is to tell when they host', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link, { role: 'host' }));
		await clock.settle();
		// A page that was frozen hears half a minute at once, a hello among it.
		peers.received(link, await helloFrom(ben, link, { role: 'host', length: 7 }));
		for (let n = 0; n < 1_000; n++) peers.received(link, REQUEST(1));
		await clock.settle();
		expect(events.filter((event) => event.startsWith('frame'))).toHaveLength(1_000);
		expect(link.closed).toBeNull();
	});

	it('that pile up frames behind a hello which is being looked at are closed', async () => {
		for (const [count, size] of [
			[65, 10],
			[3, 3 * 1024 * 1024],
		] as const) {
			const { peers, clock, events } = danasPeers();
			const link = linkTo('ben');
			peers.opened(link);
			peers.received(link, await helloFrom(ben, link));
			for (let n = 0; n < count; n++) peers.received(link, new Uint8Array(size).fill(7));
			await clock.settle();
			expect([link.closed, events]).toEqual(['refuse', []]);
		}
	});

	it('are heard as who they have become: what follows a second hello waits for it', async () => {
		const { peers, clock, events } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		peers.received(link, REQUEST(1));
		peers.received(link, await helloFrom(ben, link, { face: faceNamed('Benny') }));
		peers.received(link, REQUEST(22));
		await clock.settle();
		expect(events).toEqual([
			'peer Ben',
			`frame ${REQUEST(1).length}`,
			'peer Benny',
			`frame ${REQUEST(22).length}`,
		]);
	});

	it('are sent nothing before our own hello, however long signing takes', async () => {
		const { peers, clock } = danasPeers();
		const link = linkTo('ben');
		const hello = await helloFrom(ben, link);
		peers.opened(link);
		peers.received(link, hello);
		while (peers.all.length === 0) await Promise.resolve();
		peers.all[0]?.sendFrame(REQUEST(1));
		await clock.settle();
		expect(link.sent.map(([kind]) => kind)).toEqual([1, 7]);
	});

	it('of another version are let go, and the page is told which of the two is the older', async () => {
		for (const [change, which] of [
			[1, 'newer'],
			[-1, 'older'],
		] as const) {
			const { peers, clock, events } = danasPeers();
			const link = linkTo('ben');
			peers.opened(link);
			peers.received(link, await helloFrom(ben, link, { v: PROTOCOL_VERSION + change }));
			await clock.settle();
			expect([peers.otherVersion, link.closed, peers.all]).toEqual([which, 'refuse', []]);
			expect(events).toEqual(['another version']);
			// Our hello has gone before the link: the other page reads there what keeps them apart.
			expect(link.sent.map(([kind]) => kind)).toEqual([1, 6]);
		}
	});

	it('of another version are known by a hello of which nothing else is understood', async () => {
		const { peers, clock } = danasPeers();
		const link = linkTo('ben');
		peers.opened(link);
		const body = new TextEncoder().encode(JSON.stringify({ v: PROTOCOL_VERSION + 1, who: 'Ben' }));
		peers.received(link, Uint8Array.of(1, ...new Uint8Array(64), ...body));
		await clock.settle();
		expect([peers.otherVersion, link.closed]).toEqual(['newer', 'refuse']);
		// It has proved nothing, and is told nothing but who we are.
		expect(link.sent.map(([kind]) => kind)).toEqual([1]);
	});

	it('of an older version are forgotten when one of this version comes', async () => {
		const { peers, clock } = danasPeers();
		const old = linkTo('ben');
		peers.opened(old);
		peers.received(old, await helloFrom(ben, old, { v: PROTOCOL_VERSION - 1 }));
		await clock.settle();
		const link = linkTo('ben, loaded again');
		peers.opened(link);
		peers.received(link, await helloFrom(ben, link));
		await clock.settle();
		expect([peers.otherVersion, peers.all.length]).toEqual([null, 1]);
	});

	it('leave no timer behind when the page goes', async () => {
		const { peers, clock } = danasPeers();
		for (const name of ['a', 'b', 'c']) peers.opened(linkTo(name));
		expect(clock.waiting).toBe(3);
		peers.close();
		expect(clock.waiting).toBe(0);
	});
});

describe('the newest page of a player', () => {
	it('is the one opened last', async () => {
		const { peers, clock } = danasPeers();
		for (const session of [2, 9, 4]) {
			const link = linkTo(`page ${session}`);
			peers.opened(link);
			peers.received(link, await helloFrom(ben, link, { session }));
		}
		await clock.settle();
		expect(newestOf(peers.of(ben.player))?.hello.session).toBe(9);
		expect(newestOf([])).toBeUndefined();
	});
});
