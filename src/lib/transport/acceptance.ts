/**
 * What every transport must do, as one suite: memory, links, relay and, in its ordinary part, y-webrtc. The cases
 * know nothing of test runners or of real time: a harness makes transports, passes time and breaks things, so that
 * the same cases run on a fake clock, on real sockets in Node and inside a real browser page.
 *
 *     describeTransport({ describe, it }, 'memory', createMemoryHarness);
 *     describeTransport({ describe, it }, 'y-webrtc', createHarness, { only: 'ordinary' });
 */
import { DOUBTFUL_AFTER_MS, LOST_AFTER_MS } from './heartbeat.ts';
import type {
	Link,
	LinkState,
	PeerId,
	PeerInfo,
	PeerRole,
	Transport,
	TransportConfig,
	TransportStatus,
} from './transport.ts';

export interface Harness {
	/** A transport in a page of its own, on the network that all of this harness share. */
	create(): Transport;
	/** Lets time pass until it holds; throws, naming `what`, after `limitMs` (by default what suits the network). */
	until(what: string, holds: () => boolean, limitMs?: number): Promise<void>;
	pass(ms: number): Promise<void>;
	now(): number;
	/** How far from its time a timer may run here: real machines are busy. */
	readonly slackMs: number;
	/** Of the largest frame to try. */
	readonly largestBytes: number;
	/** Null: the cases that need one are skipped. */
	readonly faults: HarnessFaults | null;
	/** Attacks on the wire itself, each of which must leave two honest peers linked and everybody running. */
	readonly attacks: readonly Attack[];
	/** Ends what it began, whatever state the case left. */
	end(): Promise<void>;
}

export interface HarnessFaults {
	/** The link between the two goes silent without a word; a new one would work. */
	breakLink(a: PeerId, b: PeerId): void;
	freeze(peer: PeerId): void;
	thaw(peer: PeerId): void;
	/** The page is gone without a goodbye. */
	kill(peer: PeerId): void;
}

export interface Attack {
	readonly name: string;
	/** Somebody who knows topic and key, but is no honest peer, does this while the two are linked. */
	run(config: Omit<TransportConfig, 'self' | 'role'>, victims: readonly [PeerId, PeerId]): Promise<void>;
}

export interface AcceptanceCase {
	readonly name: string;
	/** Any transport at all must do this, the stock provider too. */
	readonly ordinary: boolean;
	readonly needsFaults?: boolean;
	run(harness: Harness): Promise<void>;
}

/** What it needs of a test runner. */
export interface TestRunner {
	describe(name: string, body: () => void): unknown;
	it(name: string, body: () => Promise<void>, timeoutMs: number): unknown;
}

/** A case on a loaded machine with real handshakes; on a fake clock it takes milliseconds. */
export const CASE_LIMIT_MS = 120_000;

export function describeTransport(
	runner: TestRunner,
	name: string,
	createHarness: () => Promise<Harness>,
	options: { readonly only?: 'ordinary' } = {},
): void {
	runner.describe(`the transport ${name}`, () => {
		for (const item of ACCEPTANCE) {
			if (options.only === 'ordinary' && !item.ordinary) continue;
			runner.it(item.name, () => runCase(item, createHarness), CASE_LIMIT_MS);
		}
	});
}

export async function runCase(item: AcceptanceCase, createHarness: () => Promise<Harness>): Promise<void> {
	const harness = await createHarness();
	try {
		if (item.needsFaults === true && harness.faults === null) return;
		await item.run(harness);
	} finally {
		await harness.end();
	}
}

/** One player's view of its transport: everything the handlers were told. */
class Seat {
	readonly id: PeerId;
	readonly transport: Transport;
	/** Up now. */
	readonly links = new Map<PeerId, Link>();
	readonly allLinks: Link[] = [];
	readonly lost: Link[] = [];
	readonly states: { readonly link: Link; readonly state: LinkState; readonly at: number }[] = [];
	readonly lostAt: number[] = [];
	readonly frames: { readonly from: PeerId; readonly frame: Uint8Array }[] = [];
	readonly peers: PeerInfo[] = [];
	status: TransportStatus | null = null;
	/** Anything a transport must never do. */
	readonly wrongs: string[] = [];

	constructor(harness: Harness, id: PeerId) {
		this.id = id;
		this.transport = harness.create();
		this.#now = () => harness.now();
	}

	readonly #now: () => number;

	open(config: Omit<TransportConfig, 'self' | 'role'>, role: PeerRole = 'seat'): this {
		this.transport.open(
			{ ...config, self: this.id, role },
			{
				onLink: (link) => {
					if (this.links.has(link.peer)) this.wrongs.push(`a second link to ${link.peer}`);
					this.links.set(link.peer, link);
					this.allLinks.push(link);
				},
				onFrame: (link, frame) => {
					if (this.links.get(link.peer) !== link) this.wrongs.push('a frame on a link that is not up');
					this.frames.push({ from: link.peer, frame });
				},
				onLinkState: (link) => {
					if (this.states.findLast((entry) => entry.link === link)?.state === link.state) return;
					this.states.push({ link, state: link.state, at: this.#now() });
				},
				onLost: (link) => {
					if (this.links.get(link.peer) !== link) this.wrongs.push('lost a link that was not up');
					this.links.delete(link.peer);
					this.lost.push(link);
					this.lostAt.push(this.#now());
				},
				onPeer: (info) => this.peers.push(info),
				onStatus: (status) => {
					this.status = status;
				},
			},
		);
		return this;
	}

	to(other: Seat): Link {
		const link = this.links.get(other.id);
		if (link === undefined) throw new Error(`${this.id} has no link to ${other.id}`);
		return link;
	}

	hasLinkTo(other: Seat): boolean {
		return this.links.has(other.id);
	}

	framesFrom(other: Seat): Uint8Array[] {
		return this.frames.filter((entry) => entry.from === other.id).map((entry) => entry.frame);
	}
}

let tables = 0;

/** A topic, a key and peer ids that no other case uses. */
function newConfig(): Omit<TransportConfig, 'self' | 'role'> {
	tables++;
	const key = new Uint8Array(32);
	for (let index = 0; index < key.length; index++) key[index] = (tables * 31 + index * 7) & 0xff;
	return { topic: `acceptance-${tables}-${randomName(8)}`, key };
}

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function randomName(length: number): string {
	const bytes = crypto.getRandomValues(new Uint8Array(length));
	return [...bytes].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
}

/** 16 bytes in base64url: 22 letters, the last of which carries two bits. */
export function randomPeerId(): PeerId {
	return `${randomName(21)}A` as PeerId;
}

function seats(harness: Harness, count: number): Seat[] {
	return Array.from({ length: count }, () => new Seat(harness, randomPeerId()));
}

async function linkedPair(harness: Harness): Promise<[Seat, Seat, Omit<TransportConfig, 'self' | 'role'>]> {
	const config = newConfig();
	const [a, b] = seats(harness, 2) as [Seat, Seat];
	a.open(config);
	b.open(config);
	await untilLinked(harness, a, b);
	return [a, b, config];
}

async function untilLinked(harness: Harness, a: Seat, b: Seat): Promise<void> {
	await harness.until('the two are linked', () => a.hasLinkTo(b) && b.hasLinkTo(a));
}

/** Bytes that a shifted, cut or repeated frame does not match. */
function pattern(length: number, seed: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let state = (seed * 2654435761 + 1) >>> 0;
	for (let index = 0; index < length; index++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		bytes[index] = state >>> 24;
	}
	return bytes;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
	if (a?.length !== b.length) return false;
	for (let index = 0; index < b.length; index++) if (a[index] !== b[index]) return false;
	return true;
}

function check(holds: boolean, what: string): void {
	if (!holds) throw new Error(`not so: ${what}`);
}

function checkNoWrongs(...all: Seat[]): void {
	for (const seat of all) check(seat.wrongs.length === 0, `no wrongs, but ${seat.wrongs.join('; ')}`);
}

/** The last ping before the silence may have come as long before it. */
const PING_MS = 1_000;
/** Long enough for a link that must not come to have come. */
const NEVER_MS = 2_000;

export const ACCEPTANCE: readonly AcceptanceCase[] = [
	{
		name: 'lets two peers of one topic find each other and link',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			check(a.to(b).peer === b.id && a.to(b).state === 'open', 'the link names its peer and is open');
			check(
				a.peers.some((info) => info.peer === b.id && info.role === 'seat'),
				'the peer was announced',
			);
			check(a.status?.signalling === 'open' && a.status.fault === null, 'signalling is open without fault');
			checkNoWrongs(a, b);
		},
	},
	{
		name: 'never links peers of another topic or with another key',
		ordinary: true,
		async run(harness) {
			const [a, b, config] = await linkedPair(harness);
			const [otherTopic, otherKey] = seats(harness, 2) as [Seat, Seat];
			otherTopic.open({ ...newConfig(), key: config.key });
			otherKey.open({ topic: config.topic, key: config.key.map((byte) => byte ^ 1) });
			await harness.pass(NEVER_MS);
			check(otherTopic.links.size === 0 && otherTopic.peers.length === 0, 'another topic meets nobody');
			check(otherKey.links.size === 0 && otherKey.peers.length === 0, 'another key meets nobody');
			check(a.links.size === 1 && b.links.size === 1, 'the table is undisturbed');
		},
	},
	{
		name: 'carries frames whole, in order and both ways, from none to many bytes',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const sizes = [0, 1, 100, 16_383, 16_384, 16_385, 65_536, 100_000, 3].filter(
				(size) => size <= harness.largestBytes,
			);
			for (const [index, size] of sizes.entries()) {
				a.to(b).send(pattern(size, index));
				b.to(a).send(pattern(size, 100 + index));
			}
			await harness.until(
				'all frames arrived',
				() => a.frames.length === sizes.length && b.frames.length === sizes.length,
			);
			for (const [index, size] of sizes.entries()) {
				check(isSame(b.framesFrom(a)[index], pattern(size, index)), `${size} bytes there`);
				check(isSame(a.framesFrom(b)[index], pattern(size, 100 + index)), `${size} bytes back`);
			}
			checkNoWrongs(a, b);
		},
	},
	{
		name: 'carries its largest frame, and small ones behind it in order',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const large = pattern(harness.largestBytes, 5);
			a.to(b).send(large);
			a.to(b).send(Uint8Array.of(1, 2, 3));
			await harness.until('both arrived', () => b.frames.length === 2, 30_000);
			check(isSame(b.framesFrom(a)[0], large), 'the large frame is whole');
			check(isSame(b.framesFrom(a)[1], Uint8Array.of(1, 2, 3)), 'the small one came after it');
			await harness.until('nothing waits to be sent', () => a.to(b).bufferedBytes === 0);
			check(a.lost.length === 0 && b.lost.length === 0, 'the link held');
		},
	},
	{
		name: 'keeps what it was given to send, though the sender reuses its buffer',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const frame = Uint8Array.of(1, 2, 3);
			a.to(b).send(frame);
			frame.fill(9);
			await harness.until('it arrived', () => b.frames.length === 1);
			check(isSame(b.framesFrom(a)[0], Uint8Array.of(1, 2, 3)), 'as it was when it was sent');
		},
	},
	{
		name: 'carries a burst of 2,000 small frames both ways without losing or turning one',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const count = 2_000;
			for (let index = 0; index < count; index++) {
				a.to(b).send(Uint8Array.of(index & 0xff, index >> 8));
				b.to(a).send(Uint8Array.of(index & 0xff, index >> 8, 7));
			}
			await harness.until(
				'all arrived',
				() => a.frames.length === count && b.frames.length === count,
				30_000,
			);
			for (let index = 0; index < count; index++) {
				check(isSame(b.frames[index]?.frame, Uint8Array.of(index & 0xff, index >> 8)), `frame ${index}`);
				check(isSame(a.frames[index]?.frame, Uint8Array.of(index & 0xff, index >> 8, 7)), `back ${index}`);
			}
			checkNoWrongs(a, b);
		},
	},
	{
		name: 'links five peers each to each, with exactly one link a pair',
		ordinary: true,
		async run(harness) {
			const config = newConfig();
			const five = seats(harness, 5);
			for (const seat of five) seat.open(config);
			await harness.until('a full mesh', () => five.every((seat) => seat.links.size === 4), 30_000);
			for (const seat of five)
				for (const other of five) if (other !== seat) seat.to(other).send(bytesOf(seat.id));
			await harness.until('everybody heard everybody', () => five.every((seat) => seat.frames.length === 4));
			for (const seat of five) {
				check(seat.allLinks.length === 4, 'no link was made twice');
				for (const { from, frame } of seat.frames) check(isSame(frame, bytesOf(from)), 'from who it says');
			}
			checkNoWrongs(...five);
		},
	},
	{
		name: 'gives both ends of a link the same binding, and every link another',
		ordinary: false,
		async run(harness) {
			const config = newConfig();
			const three = seats(harness, 3);
			for (const seat of three) seat.open(config);
			await harness.until('a full mesh', () => three.every((seat) => seat.links.size === 2));
			const seen = new Map<string, string>();
			for (const seat of three) {
				for (const other of three) {
					if (other === seat) continue;
					check(seat.to(other).binding.length >= 32, 'a binding has 32 bytes or more');
					check(isSame(seat.to(other).binding, other.to(seat).binding), 'both ends share it');
					seen.set(String(seat.to(other).binding), [seat.id, other.id].sort().join());
				}
			}
			check(seen.size === 3 && new Set(seen.values()).size === 3, 'three links, three bindings');
		},
	},
	{
		name: 'links only those that both want it, and asks again when the policy or a role changes',
		ordinary: false,
		async run(harness) {
			const config = newConfig();
			const [host, seat, watcher] = seats(harness, 3) as [Seat, Seat, Seat];
			seat.transport.setPolicy((info) => info.role !== 'watch');
			watcher.transport.setPolicy((info) => info.role === 'host');
			host.open(config, 'host');
			seat.open(config, 'seat');
			watcher.open(config, 'watch');
			await harness.until('the wanted links', () => host.links.size === 2 && seat.hasLinkTo(host));
			await harness.pass(NEVER_MS);
			check(!seat.hasLinkTo(watcher) && !watcher.hasLinkTo(seat), 'the unwanted link never came');
			check(watcher.hasLinkTo(host), 'the watcher has the host');

			watcher.transport.setPolicy(() => true);
			await harness.pass(NEVER_MS);
			check(!seat.hasLinkTo(watcher) && !watcher.hasLinkTo(seat), 'one end that wants is not enough');

			seat.transport.setPolicy(() => true);
			await untilLinked(harness, seat, watcher);
			check(host.allLinks.length === 2 && host.lost.length === 0, 'the others were left alone');

			seat.transport.setPolicy((info) => info.role !== 'watch');
			await harness.until('a link unwanted is closed', () => !watcher.hasLinkTo(seat));
			watcher.transport.setRole('seat');
			await untilLinked(harness, seat, watcher);
			checkNoWrongs(host, seat, watcher);
		},
	},
	{
		name: 'announces a new role to everybody without touching the links',
		ordinary: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			a.transport.setRole('host');
			await harness.until('the role is known', () => b.peers.at(-1)?.role === 'host');
			check(b.peers.at(-1)?.peer === a.id, 'of the right peer');
			await harness.pass(500);
			check(a.allLinks.length === 1 && a.lost.length === 0, 'the link is the same');
		},
	},
	{
		name: 'tells a late joiner who is there',
		ordinary: true,
		async run(harness) {
			const config = newConfig();
			const [host, late] = seats(harness, 2) as [Seat, Seat];
			host.open(config, 'new');
			await harness.pass(500);
			host.transport.setRole('host');
			await harness.pass(500);
			late.open(config, 'new');
			await untilLinked(harness, host, late);
			check(late.peers.find((info) => info.peer === host.id)?.role === 'host', 'with its present role');
		},
	},
	{
		name: 'closes a link on both sides with `done`, after the frames sent before',
		ordinary: false,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const link = a.to(b);
			link.send(Uint8Array.of(1));
			link.close('done');
			await harness.until('the other is told', () => b.lost.length === 1, 2_000);
			check(b.frames.length === 1, 'the last frame arrived');
			check(a.lost.length === 0, 'who closed is not told what it knows');
			link.send(Uint8Array.of(2));
			await harness.pass(500);
			check(b.frames.length === 1, 'a closed link carries nothing');
		},
	},
	{
		name: 'never retries a peer that was closed with `refuse`, on either side',
		ordinary: false,
		async run(harness) {
			const [a, b, config] = await linkedPair(harness);
			a.to(b).close('refuse');
			a.links.delete(b.id);
			await harness.until('the other is told', () => b.lost.length === 1, 2_000);
			b.transport.setRole('host');
			b.transport.setPolicy(() => true);
			await harness.pass(NEVER_MS);
			check(a.allLinks.length === 1 && b.allLinks.length === 1, 'no second link');
			const [third] = seats(harness, 1) as [Seat];
			third.open(config);
			await untilLinked(harness, third, a);
			await untilLinked(harness, third, b);
		},
	},
	{
		name: 'tells the others within a second when a page says goodbye, and forgets it',
		ordinary: false,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			a.transport.close();
			await harness.until('the other is told', () => b.lost.length === 1, 1_000);
			await harness.pass(NEVER_MS);
			check(b.allLinks.length === 1 && a.allLinks.length === 1, 'it does not come back');
		},
	},
	{
		name: 'brings a broken link back by itself as a new link with a new binding',
		ordinary: false,
		needsFaults: true,
		async run(harness) {
			const [a, b] = await linkedPair(harness);
			const [first, firstThere] = [a.to(b), b.to(a)];
			harness.faults?.breakLink(a.id, b.id);
			await harness.until('both ends lost it', () => a.lost.length === 1 && b.lost.length === 1, 8_000);
			await untilLinked(harness, a, b);
			check(a.to(b) !== first && b.to(a) !== firstThere, 'the links are new ones');
			check(!isSame(a.to(b).binding, first.binding), 'so is the binding');
			first.send(Uint8Array.of(66));
			a.to(b).send(Uint8Array.of(1));
			b.to(a).send(Uint8Array.of(2));
			await harness.until('it carries frames', () => a.frames.length === 1 && b.frames.length === 1);
			check(b.frames[0]?.frame[0] === 1, 'the old link carries nothing');
			checkNoWrongs(a, b);
		},
	},
	{
		name: 'holds a silent peer doubtful at 3.5 s and lost at 5 s, though nothing says it is gone',
		ordinary: false,
		needsFaults: true,
		async run(harness) {
			const config = newConfig();
			const [a, b, other] = seats(harness, 3) as [Seat, Seat, Seat];
			for (const seat of [a, b, other]) seat.open(config);
			await harness.until('a full mesh', () => [a, b, other].every((seat) => seat.links.size === 2));
			const link = a.to(b);
			const from = harness.now();
			harness.faults?.freeze(b.id);
			await harness.until('doubtful', () => link.state === 'doubtful', DOUBTFUL_AFTER_MS + harness.slackMs);
			const doubtfulMs = (a.states.find((entry) => entry.state === 'doubtful')?.at ?? 0) - from;
			check(
				doubtfulMs >= DOUBTFUL_AFTER_MS - PING_MS - harness.slackMs,
				`doubt after ${DOUBTFUL_AFTER_MS} ms, not ${doubtfulMs}`,
			);
			await harness.until('lost', () => a.lost.includes(link), LOST_AFTER_MS);
			const lostMs = (a.lostAt[0] ?? 0) - from;
			check(
				lostMs >= LOST_AFTER_MS - PING_MS - harness.slackMs && lostMs <= LOST_AFTER_MS + harness.slackMs,
				`lost after ${LOST_AFTER_MS} ms, not ${lostMs}`,
			);
			check(a.hasLinkTo(other) && other.hasLinkTo(a), 'the link between the others held');
			harness.faults?.thaw(b.id);
			await untilLinked(harness, a, b);
			await untilLinked(harness, other, b);
			check(a.to(b) !== link, 'as a new link');
			checkNoWrongs(a, b, other);
		},
	},
	{
		name: 'loses a page that died without a goodbye within 5 s and goes on with the others',
		ordinary: false,
		needsFaults: true,
		async run(harness) {
			const config = newConfig();
			const [a, b, gone] = seats(harness, 3) as [Seat, Seat, Seat];
			for (const seat of [a, b, gone]) seat.open(config);
			await harness.until('a full mesh', () => [a, b, gone].every((seat) => seat.links.size === 2));
			harness.faults?.kill(gone.id);
			await harness.until(
				'both lost it',
				() => !a.hasLinkTo(gone) && !b.hasLinkTo(gone),
				LOST_AFTER_MS + harness.slackMs,
			);
			a.to(b).send(Uint8Array.of(1));
			await harness.until('the others go on', () => b.framesFrom(a).length === 1);
			check(a.allLinks.filter((link) => link.peer === b.id).length === 1, 'on the link they had');
		},
	},
	{
		name: 'meets elsewhere when it is moved: links go on, who knows the new place comes, who does not stays out',
		ordinary: false,
		async run(harness) {
			const [a, b, before] = await linkedPair(harness);
			const place = newConfig();
			// On its way while both move.
			a.to(b).send(pattern(100, 0));
			for (const seat of [a, b]) seat.transport.move?.(place);
			const [told, left] = seats(harness, 2) as [Seat, Seat];
			told.open(place);
			left.open(before);
			await untilLinked(harness, a, told);
			await untilLinked(harness, b, told);
			await harness.pass(NEVER_MS);
			check(left.links.size === 0, 'the old place is empty');
			check(a.lost.length === 0 && b.lost.length === 0, 'the links that stood go on');
			a.to(b).send(pattern(100, 1));
			await harness.until('both frames arrive on the old link', () => b.framesFrom(a).length === 2);
			// A link that breaks is made again at the new place.
			harness.faults?.breakLink(a.id, b.id);
			if (harness.faults !== null) await harness.until('the break is seen', () => a.lost.length > 0);
			await untilLinked(harness, a, b);
			checkNoWrongs(a, b, told);
		},
	},
	{
		name: 'lets nobody harm two honest peers on the wire',
		ordinary: false,
		async run(harness) {
			await Promise.all(
				harness.attacks.map(async (attack) => {
					try {
						await withstand(harness, attack);
					} catch (error) {
						throw new Error(`under attack by ${attack.name}`, { cause: error });
					}
				}),
			);
		},
	},
];

async function withstand(harness: Harness, attack: Attack): Promise<void> {
	const [a, b, config] = await linkedPair(harness);
	await attack.run(config, [a.id, b.id]);
	const [late] = seats(harness, 1) as [Seat];
	late.open(config);
	await untilLinked(harness, late, a);
	await untilLinked(harness, late, b);
	a.to(b).send(Uint8Array.of(1));
	late.to(b).send(Uint8Array.of(2));
	await harness.until(
		'the table goes on',
		() => b.framesFrom(a).length === 1 && b.framesFrom(late).length === 1,
	);
	check(
		a.lost.every((link) => link.peer !== b.id),
		'the link of the two held',
	);
	checkNoWrongs(a, b, late);
	for (const seat of [a, b, late]) seat.transport.close();
}

function bytesOf(id: PeerId): Uint8Array {
	return new TextEncoder().encode(id);
}
