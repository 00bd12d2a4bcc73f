/**
 * What runs inside the browser pages of the transport tests and bench: the acceptance suite in one page, and seats
 * that a test in Node moves from outside, one or many a page. `serve.ts` builds and serves it; it talks through
 * `window.transportPage`.
 */
import { systemClock, type Clock } from '../../src/lib/room/clock.ts';
import {
	ACCEPTANCE,
	randomPeerId,
	runCase,
	type Attack,
	type Harness,
} from '../../src/lib/transport/acceptance.ts';
import type { Description } from '../../src/lib/transport/carrier.ts';
import { Connection } from '../../src/lib/transport/connection.ts';
import { createLinks } from '../../src/lib/transport/links.ts';
import { createRealtimeSignalling } from '../../src/lib/transport/realtime-signalling.ts';
import { createRelay } from '../../src/lib/transport/relay.ts';
import { PackedDescription } from '../../src/lib/transport/sdp.ts';
import { createSocketSignalling } from '../../src/lib/transport/socket-signalling.ts';
import type { SignallingFactory } from '../../src/lib/transport/signalling.ts';
import type { Link, PeerId, Transport } from '../../src/lib/transport/transport.ts';
import type { createYWebrtc } from '../../src/lib/transport/y-webrtc.ts';
import type { WebrtcProvider } from 'y-webrtc';
import type * as Y from 'yjs';
import { linksAttacks, relayAttacks } from './attacks.ts';
import { createFaultyPage, cutBetween, type FaultyPage } from './faults.ts';
import { createPatientClock } from './patient-clock.ts';
import { createRelayCuts } from './relay-faults.ts';

export type Kind = 'links' | 'relay' | 'y-webrtc';

/** A project whose Realtime carries the signalling, instead of our own server. */
export interface RealtimeProject {
	readonly url: string;
	readonly anonKey: string;
}

export interface CaseResult {
	readonly name: string;
	readonly error: string | null;
	readonly ms: number;
}

export interface SeatSpec {
	readonly name: string;
	readonly kind: Kind;
	readonly topic: string;
	/** Only with y-webrtc: whether our supervisor watches the stock provider. */
	readonly supervised?: boolean;
	/** Only with links: signalling servers in place of the page's own. */
	readonly urls?: readonly string[];
}

export interface SeatReport {
	readonly self: string;
	/** Up now: the peer, the state, the binding in hex. */
	readonly links: readonly { readonly peer: string; readonly state: string; readonly binding: string }[];
	readonly made: number;
	readonly lost: number;
	readonly roundTripMs: number | null;
	/** What it knew of signalling, in the order of time. */
	readonly signalling: readonly string[];
}

/** A connection that was restarted under its open channel. */
export interface RestartReport {
	/** Descriptions as they were sent: the kind, the round, and whose credentials. */
	readonly descriptions: readonly { readonly kind: string; readonly round: number; readonly ufrag: string }[];
	readonly arrived: readonly unknown[];
	readonly isSameBinding: boolean;
	/** What the browser or the network was found to lack. */
	readonly findings: readonly string[];
}

/** All of it can be called from outside: arguments and results are plain data. */
export interface TransportPage {
	/** @param realtime only with links */
	acceptance(kind: Kind, realtime?: RealtimeProject): Promise<CaseResult[]>;
	restart(): Promise<RestartReport>;
	sit(spec: SeatSpec): Promise<void>;
	report(name: string): SeatReport;
	/** A frame of so many bytes to the first link's peer, which echoes it; ms each. */
	roundTrips(name: string, count: number, bytes: number): Promise<number[]>;
	/** Whether a frame of so many bytes came back within the time. */
	echoes(name: string, bytes: number, withinMs: number): Promise<boolean>;
	/** A small frame to every link. */
	tellAll(name: string): void;
	leave(name: string): void;
	/** Closes every connection of this page under its transports, as a browser that lost them might. */
	breakConnections(): void;
	/** Data channel messages that carried an update (and no mere heartbeat) from this page so far. */
	sent(): number;
	/** A document of the stock provider alone, as its authors use it. */
	openDocument(name: string, topic: string): Promise<void>;
	writeDocument(name: string): void;
	readDocument(name: string): number;
	/** A raw connection: one side of offer, answer and channel. */
	rawOffer(): Promise<string>;
	rawAnswer(offer: string): Promise<string>;
	rawAccept(answer: string): Promise<void>;
	rawRoundTrips(count: number, bytes: number): Promise<number[]>;
}

declare global {
	interface Window {
		transportPage: TransportPage;
	}
}

const SIGNALLING = `ws://${location.host}/signal`;
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const RealConnection = RTCPeerConnection;
const connections: RTCPeerConnection[] = [];
/** Of what a host tells its table: larger than all that keeps a connection going. */
const UPDATE_BYTES = 300;
let sent = 0;
let copies = 0;

// Seen from outside by whatever transport runs here, its own or the stock one.
window.RTCPeerConnection = class extends RealConnection {
	constructor(config?: RTCConfiguration) {
		super(config);
		connections.push(this);
	}
};
const realSend = RTCDataChannel.prototype.send;
RTCDataChannel.prototype.send = function (
	this: RTCDataChannel,
	data: string | Blob | ArrayBuffer | ArrayBufferView,
) {
	if (typeof data === 'object' && 'byteLength' in data && data.byteLength >= UPDATE_BYTES) sent++;
	realSend.call(this, data as never);
};

/** What a copy exports. */
interface Copy {
	readonly createYWebrtc: typeof createYWebrtc;
	readonly WebrtcProvider: typeof WebrtcProvider;
	readonly Y: typeof Y;
}

function newCopy(): Promise<Copy> {
	copies++;
	// Yjs complains of a second copy of itself; here each peer is to have one.
	Reflect.deleteProperty(globalThis, '__ $YJS$ __');
	return import(/* @vite-ignore */ `${location.origin}/y-copy.js?copy=${copies}`) as Promise<Copy>;
}

function newSignalling(page: FaultyPage | null, urls: readonly string[] = [SIGNALLING]): SignallingFactory {
	return createSocketSignalling({
		urls,
		clock: page?.page ?? systemClock,
		random,
		WebSocket: page?.WebSocket ?? WebSocket,
	});
}

function newLinks(page: FaultyPage | null, signalling = newSignalling(page)): Transport {
	return createLinks({
		clock: page?.page ?? systemClock,
		random,
		rtc: page ?? window,
		signalling,
		iceServers: async () => [],
	});
}

async function newYWebrtc(supervised: boolean, clock: Clock = systemClock): Promise<Transport> {
	const { createYWebrtc } = await newCopy();
	return createYWebrtc({
		clock,
		random,
		urls: [SIGNALLING],
		iceServers: async () => [],
		supervised,
	});
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A busy machine runs this many cases at once without starving any. */
const CASES_AT_ONCE = 5;
/** The most seats of any case. */
const SEATS = 6;

async function createHarness(kind: Kind, realtime: RealtimeProject | null): Promise<Harness> {
	const clock = createPatientClock();
	const pages: FaultyPage[] = [];
	const byPeer = new Map<PeerId, FaultyPage>();
	const cuts = createRelayCuts();
	const transports: Transport[] = [];
	// The stock provider is loaded, and a case wants its transports at once.
	const ready =
		kind === 'y-webrtc'
			? await Promise.all(Array.from({ length: SEATS }, () => newYWebrtc(true, clock)))
			: [];
	const at = (peer: PeerId): FaultyPage => {
		const page = byPeer.get(peer);
		if (page === undefined) throw new Error(`no page of ${peer}`);
		return page;
	};
	const create = (): Transport => {
		if (kind === 'y-webrtc') {
			const transport = ready.pop();
			if (transport === undefined) throw new Error('more seats than copies of the provider');
			return transport;
		}
		const page = createFaultyPage({ clock, RTCPeerConnection: RealConnection, WebSocket });
		pages.push(page);
		const signalling =
			realtime === null
				? newSignalling(page)
				: createRealtimeSignalling({
						...realtime,
						clock: page.page,
						random,
						WebSocket: page.WebSocket,
					});
		const links =
			kind === 'links'
				? newLinks(page, signalling)
				: createRelay({ clock: page.page, random, signalling: cuts.wrap(signalling) });
		return {
			open: (config, handlers) => {
				byPeer.set(config.self, page);
				links.open(config, handlers);
			},
			setRole: (role) => links.setRole(role),
			setPolicy: (wants) => links.setPolicy(wants),
			checkLinks: () => links.checkLinks(),
			move: (place) => links.move?.(place),
			close: () => links.close(),
		};
	};
	return {
		create() {
			const transport = create();
			transports.push(transport);
			return transport;
		},
		until: (what, holds, limitMs = 30_000) => clock.until(what, holds, limitMs),
		pass: (ms) => clock.pass(ms),
		now: () => clock.now(),
		slackMs: 500,
		largestBytes: kind === 'links' ? 8 * 1024 * 1024 : 128 * 1024,
		faults:
			kind !== 'y-webrtc'
				? {
						breakLink: (a, b) => (kind === 'links' ? cutBetween(at(a), at(b)) : cuts.cut(a, b)),
						freeze: (peer) => at(peer).page.freeze(),
						thaw: (peer) => at(peer).page.thaw(),
						kill: (peer) => at(peer).page.kill(),
					}
				: null,
		attacks: realtime === null ? attacksOn(kind, clock) : [],
		async end() {
			for (const transport of transports) transport.close();
			await clock.pass(50);
			for (const page of pages) page.end();
			clock.end();
		},
	};
}

function attacksOn(kind: Kind, clock: Clock): readonly Attack[] {
	const tools = { clock, WebSocket, url: SIGNALLING, random };
	switch (kind) {
		case 'links':
			return linksAttacks({ ...tools, RTCPeerConnection: RealConnection });
		case 'relay':
			return relayAttacks(tools);
		case 'y-webrtc':
			return [];
	}
}

async function acceptance(kind: Kind, realtime: RealtimeProject | null): Promise<CaseResult[]> {
	const waiting = ACCEPTANCE.filter((item) => kind !== 'y-webrtc' || item.ordinary);
	const results: CaseResult[] = [];
	const work = async (): Promise<void> => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
			const from = Date.now();
			let error: string | null = null;
			try {
				await runCase(item, () => createHarness(kind, realtime));
			} catch (thrown) {
				const cause =
					thrown instanceof Error && thrown.cause instanceof Error ? `: ${thrown.cause.message}` : '';
				error = `${String(thrown)}${cause}`;
			}
			results.push({ name: item.name, error, ms: Date.now() - from });
		}
	};
	await Promise.all(Array.from({ length: CASES_AT_ONCE }, work));
	return results;
}

interface Seat {
	readonly self: PeerId;
	readonly transport: Transport;
	readonly links: Map<PeerId, Link>;
	made: number;
	lost: number;
	readonly signalling: string[];
	/** Called with the length of each echo. */
	onEcho: (bytes: number) => void;
}

const seats = new Map<string, Seat>();
const CALL = 1;
const ECHO = 2;

function seatOf(name: string): Seat {
	const seat = seats.get(name);
	if (seat === undefined) throw new Error(`nobody sits here as ${name}`);
	return seat;
}

async function newTransport({ kind, supervised = true, urls }: SeatSpec): Promise<Transport> {
	switch (kind) {
		case 'links':
			return newLinks(null, newSignalling(null, urls));
		case 'relay':
			return createRelay({ clock: systemClock, random, signalling: newSignalling(null) });
		case 'y-webrtc':
			return newYWebrtc(supervised);
	}
}

async function sit(spec: SeatSpec): Promise<void> {
	const { name, topic } = spec;
	const transport = await newTransport(spec);
	const seat: Seat = {
		self: randomPeerId(),
		transport,
		links: new Map(),
		made: 0,
		lost: 0,
		signalling: [],
		onEcho: () => undefined,
	};
	seats.set(name, seat);
	transport.open(
		{ topic, key: new Uint8Array(32).fill(5), self: seat.self, role: 'seat' },
		{
			onLink: (link) => {
				seat.links.set(link.peer, link);
				seat.made++;
			},
			onFrame: (link, frame) => {
				if (frame[0] === ECHO) {
					seat.onEcho(frame.length);
				} else if (frame[0] === CALL) {
					const echo = frame.slice();
					echo[0] = ECHO;
					link.send(echo);
				}
			},
			onLinkState: () => undefined,
			onLost: (link) => {
				seat.links.delete(link.peer);
				seat.lost++;
			},
			onPeer: () => undefined,
			onStatus: ({ signalling }) => seat.signalling.push(signalling),
		},
	);
}

function firstLink(seat: Seat): Link | undefined {
	return [...seat.links.values()][0];
}

async function echoes(name: string, bytes: number, withinMs: number): Promise<boolean> {
	const seat = seatOf(name);
	const frame = new Uint8Array(bytes).fill(7);
	frame[0] = CALL;
	const came = new Promise<boolean>((resolve) => {
		seat.onEcho = (length) => {
			if (length === bytes) resolve(true);
		};
	});
	const link = firstLink(seat);
	if (link === undefined) return false;
	link.send(frame);
	return Promise.race([came, pass(withinMs).then(() => false)]);
}

async function roundTrips(name: string, count: number, bytes: number): Promise<number[]> {
	const times: number[] = [];
	for (let number = 0; number < count; number++) {
		const from = performance.now();
		if (!(await echoes(name, bytes, 5_000))) throw new Error('an echo that never came');
		times.push(performance.now() - from);
	}
	return times;
}

// Two ends of one connection, whose descriptions are carried by hand

async function restart(): Promise<RestartReport> {
	const ends: Connection[] = [];
	const descriptions: { kind: string; round: number; ufrag: string }[] = [];
	const findings: string[] = [];
	const note = (kind: string, { round, description }: Description): void => {
		descriptions.push({ kind, round, ufrag: PackedDescription.parse(description).ufrag });
	};
	const clock = createPatientClock();
	const make = (isOfferer: boolean): Connection => {
		const other = (): Connection | undefined => ends[isOfferer ? 1 : 0];
		return new Connection({
			clock,
			rtc: window,
			iceServers: [],
			attempt: 'AAAAAAAAAAA',
			isOfferer,
			events: {
				sendOffer: (offer) => {
					note('offer', offer);
					other()?.accept(offer);
				},
				sendAnswer: (answer) => {
					note('answer', answer);
					other()?.answered(answer);
				},
				sendCandidates: (round, candidates) => other()?.candidates(round, candidates),
				onFailed: () => descriptions.push({ kind: 'failed', round: -1, ufrag: '' }),
				onFinding: (finding, holds) => {
					if (holds) findings.push(finding);
				},
			},
		});
	};
	ends.push(make(true), make(false));
	const [low, high] = ends as [Connection, Connection];
	const arrived: unknown[] = [];
	high.channel.onmessage = (event: MessageEvent<unknown>) => arrived.push(event.data);
	const limitMs = 20_000;
	try {
		low.offer();
		const isOpen = (): boolean => ends.every(({ channel }) => channel.readyState === 'open');
		await clock.until('the channel is open', isOpen, limitMs);
		const isSameBinding = hex(low.binding(true)) === hex(high.binding(false));
		low.channel.send('before');
		low.offer();
		low.channel.send('during');
		await clock.until('the restart is through', () => descriptions.length === 4, limitMs);
		low.channel.send('after');
		await clock.until('all arrived', () => arrived.length === 3, limitMs);
		return { descriptions, arrived, isSameBinding, findings };
	} finally {
		for (const end of ends) end.close();
		clock.end();
	}
}

// A document of the stock provider alone

const documents = new Map<string, { write(): void; read(): number }>();

async function openDocument(name: string, topic: string): Promise<void> {
	const { WebrtcProvider, Y } = await newCopy();
	const doc = new Y.Doc();
	const map = doc.getMap('frames');
	// Kept by itself: it is alive as long as the page.
	new WebrtcProvider(topic, doc, { signaling: [SIGNALLING], maxConns: 1_000, filterBcConns: false });
	documents.set(name, {
		write: () => map.set(String(map.size), new Uint8Array(UPDATE_BYTES)),
		read: () => map.size,
	});
}

// The raw connection to compare with

let raw: { connection: RTCPeerConnection; channel: RTCDataChannel } | null = null;

function openRaw(): { connection: RTCPeerConnection; channel: RTCDataChannel } {
	const connection = new RealConnection({ iceServers: [] });
	const channel = connection.createDataChannel('raw', { negotiated: true, id: 0, ordered: true });
	channel.binaryType = 'arraybuffer';
	channel.onmessage = (event: MessageEvent<ArrayBuffer>) => {
		const message = new Uint8Array(event.data);
		if (message[0] !== CALL) return;
		message[0] = ECHO;
		channel.send(message);
	};
	return (raw = { connection, channel });
}

async function gathered(connection: RTCPeerConnection): Promise<string> {
	while (connection.iceGatheringState !== 'complete') await pass(5);
	return connection.localDescription?.sdp ?? '';
}

async function rawRoundTrips(count: number, bytes: number): Promise<number[]> {
	const { channel } = raw ?? openRaw();
	while (channel.readyState !== 'open') await pass(5);
	const times: number[] = [];
	const message = new Uint8Array(bytes);
	message[0] = CALL;
	for (let number = 0; number < count; number++) {
		const from = performance.now();
		const came = new Promise((resolve) => {
			channel.onmessage = resolve;
		});
		channel.send(message);
		await came;
		times.push(performance.now() - from);
	}
	return times;
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

window.transportPage = {
	acceptance: (kind, realtime) => acceptance(kind, realtime ?? null),
	restart,
	sit,
	report(name) {
		const seat = seatOf(name);
		return {
			self: seat.self,
			links: [...seat.links.values()].map((link) => ({
				peer: link.peer,
				state: link.state,
				binding: hex(link.binding),
			})),
			made: seat.made,
			lost: seat.lost,
			roundTripMs: firstLink(seat)?.roundTripMs ?? null,
			signalling: seat.signalling,
		};
	},
	roundTrips,
	echoes,
	tellAll(name) {
		for (const link of seatOf(name).links.values()) link.send(new Uint8Array(UPDATE_BYTES));
	},
	leave: (name) => seatOf(name).transport.close(),
	breakConnections() {
		for (const connection of connections.splice(0)) connection.close();
	},
	sent: () => sent,
	openDocument,
	writeDocument: (name) => documents.get(name)?.write(),
	readDocument: (name) => documents.get(name)?.read() ?? 0,
	async rawOffer() {
		const { connection } = openRaw();
		await connection.setLocalDescription();
		return gathered(connection);
	},
	async rawAnswer(sdp) {
		const { connection } = openRaw();
		await connection.setRemoteDescription({ type: 'offer', sdp });
		await connection.setLocalDescription();
		return gathered(connection);
	},
	async rawAccept(sdp) {
		await raw?.connection.setRemoteDescription({ type: 'answer', sdp });
	},
	rawRoundTrips,
};
