import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
// Loaded when the first peer comes: no time passes on a fake clock while that goes on.
import type { RtcApi } from './connection.ts';
import './channel-link.ts';
import './webrtc.ts';
import { createLinks } from './links.ts';
import { MAX_HANDSHAKES } from './pairs.ts';
import { createBox } from './sealing.ts';
import { parseSignal, type SignalMessage, type SignallingHandlers } from './signalling.ts';
import type { PeerId, PeerInfo, TransportStatus } from './transport.ts';

/** A connection that describes itself and never connects: the rules of the handshake are all there is to see. */
class FakeConnection {
	static open = new Set<FakeConnection>();
	static most = 0;
	/** The candidates they find. */
	static described = '';
	/** Servers that never answer them. */
	static silent = 0;
	/** Whatever servers they are given, the browser cannot read them. */
	static unreadable = false;

	static reset(): void {
		FakeConnection.open.clear();
		FakeConnection.most = 0;
		FakeConnection.described = 'a=candidate:1 1 udp 7 192.0.2.1 9 typ host\r\n';
		FakeConnection.silent = 0;
		FakeConnection.unreadable = false;
	}

	onicecandidateerror: ((event: object) => void) | null = null;
	onicecandidate: ((event: object) => void) | null = null;
	iceGatheringState = 'complete';
	localDescription: { sdp: string } | null = null;

	constructor({ iceServers = [] }: RTCConfiguration = {}) {
		if (FakeConnection.unreadable && iceServers.length > 0) throw new SyntaxError('no such server');
		FakeConnection.open.add(this);
		FakeConnection.most = Math.max(FakeConnection.most, FakeConnection.open.size);
	}

	createDataChannel = () => ({ readyState: 'connecting', bufferedAmount: 0, close: () => undefined });
	createOffer = async () => ({ type: 'offer' });
	createAnswer = async () => ({ type: 'answer' });
	addIceCandidate = async () => undefined;
	setRemoteDescription = async () => undefined;
	setLocalDescription = async () => {
		const silence = { url: 'stun:stun.example.org', errorCode: 701 };
		for (let server = 0; server < FakeConnection.silent; server++) this.onicecandidateerror?.(silence);
		const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
		this.localDescription = {
			sdp: `a=ice-ufrag:abcd\r\na=ice-pwd:${'p'.repeat(24)}\r\na=fingerprint:sha-256 ${fingerprint}\r\na=setup:active\r\n${FakeConnection.described}`,
		};
	};
	close = () => FakeConnection.open.delete(this);
}

const KEY = new Uint8Array(32);
/** In the order of the numbers, and all between `-` and `z`. */
const id = (number: number): PeerId => `m${String(number).padStart(21, '0')}` as PeerId;
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

function setUp(
	options: { self?: PeerId; rtc?: RtcApi | null; iceServers?: () => Promise<RTCIceServer[]> } = {},
) {
	FakeConnection.reset();
	const clock = createFakeClock();
	const box = createBox(KEY, 'topic', random);
	const self = options.self ?? id(0);
	const sent: { message: SignalMessage; to: PeerId | null }[] = [];
	const statuses: TransportStatus[] = [];
	const peers: PeerInfo[] = [];
	let handlers: SignallingHandlers | null = null;
	const transport = createLinks({
		clock,
		random,
		rtc:
			options.rtc === undefined ? ({ RTCPeerConnection: FakeConnection } as unknown as RtcApi) : options.rtc,
		iceServers: options.iceServers ?? (async () => []),
		signalling: () => ({
			open: (given) => {
				handlers = given;
				given.onState('open');
				given.onConnected();
			},
			send: (sealed, to) => {
				const message = parseSignal(box.open(sealed));
				if (message === null) throw new Error('sent what no honest peer sends');
				sent.push({ message, to });
			},
			relay: () => undefined,
			check: () => undefined,
			close: () => undefined,
		}),
	});
	transport.open(
		{ topic: 'topic', key: KEY, self, role: 'seat' },
		{
			onLink: () => undefined,
			onFrame: () => undefined,
			onLinkState: () => undefined,
			onLost: () => undefined,
			onPeer: (info) => peers.push(info),
			onStatus: (status) => statuses.push(status),
		},
	);
	return {
		clock,
		transport,
		sent,
		statuses,
		peers,
		self,
		/** To the transport; `sealed` again is a replay. */
		hear: (message: object): string => {
			const sealed = box.seal(message);
			handlers?.onPayload(sealed);
			return sealed;
		},
		state: (state: 'connecting' | 'open') => handlers?.onState(state),
		replay: (sealed: string) => handlers?.onPayload(sealed),
		of: (type: SignalMessage['type']) => sent.filter((entry) => entry.message.type === type),
	};
}

const announce = (from: PeerId) => ({ type: 'announce', from, role: 'seat', answer: true });

const offerFrom = (from: PeerId, to: PeerId) => ({
	type: 'offer',
	from,
	to,
	role: 'seat',
	attempt: 'AAAAAAAAAAA',
	round: 0,
	description: {
		fingerprint: '0'.repeat(64),
		ufrag: 'abcd',
		password: 'p'.repeat(22),
		setup: 'actpass',
		candidates: [],
	},
});

describe('links', () => {
	it('says that there is no WebRTC here, and does nothing more', async () => {
		const { statuses, sent, clock, transport } = setUp({ rtc: null });
		expect(statuses).toEqual([{ signalling: 'closed', fault: 'no_webrtc', findings: ['no_webrtc'] }]);
		await clock.advance(20_000);
		transport.setRole('host');
		transport.checkLinks();
		expect(sent).toEqual([]);
		transport.close();
	});

	it('offers to higher ids and greets lower ones, who offer', async () => {
		const { hear, sent, clock, self } = setUp({ self: id(5) });
		hear(announce(id(9)));
		hear(announce(id(1)));
		await clock.advance(10);
		expect(sent.map(({ message, to }) => [message.type, to])).toEqual([
			['announce', null],
			['here', id(1)],
			['offer', id(9)],
		]);
		expect(self).toBe(id(5));
	});

	it('never answers an offer that it should have made itself', async () => {
		const { hear, of, clock } = setUp({ self: id(1) });
		hear(offerFrom(id(9), id(1)));
		await clock.advance(10);
		expect(of('answer')).toEqual([]);
		hear(offerFrom(id(0), id(1)));
		await clock.advance(10);
		expect(of('answer').map(({ to }) => to)).toEqual([id(0)]);
	});

	it('never has more than eight handshakes under way, and serves who comes last first', async () => {
		const { hear, of, clock } = setUp();
		for (let peer = 1; peer <= 60; peer++) {
			hear(announce(id(peer)));
			await clock.advance(1);
		}
		expect(FakeConnection.open.size).toBe(MAX_HANDSHAKES);
		await clock.advance(3_100);
		expect(of('offer').some(({ to }) => to === id(60))).toBe(true);
		await clock.advance(60_000);
		expect(FakeConnection.most).toBe(MAX_HANDSHAKES);
		expect(new Set(of('offer').map(({ to }) => to)).size).toBe(60);
	});

	it('answers an offer within seconds though a crowd of made-up peers came before it', async () => {
		const { hear, of, clock } = setUp({ self: id(500) });
		for (let peer = 501; peer <= 700; peer++) hear(announce(id(peer)));
		for (let peer = 1; peer <= 40; peer++) hear(announce(id(peer)));
		await clock.advance(500);
		hear(announce(id(100)));
		await clock.advance(500);
		expect(of('here').some(({ to }) => to === id(100))).toBe(true);
		hear(offerFrom(id(100), id(500)));
		await clock.advance(3_100);
		expect(of('answer').map(({ to }) => to)).toEqual([id(100)]);
	});

	it('gives a handshake eight seconds, and stops after three to a peer that never said a word to it', async () => {
		const { hear, of, clock } = setUp();
		hear(announce(id(1)));
		await clock.advance(7_900);
		expect(of('offer').length).toBe(1);
		expect(FakeConnection.open.size).toBe(1);
		await clock.advance(1_000);
		expect(of('offer').length).toBe(2);
		await clock.advance(600_000);
		expect(of('offer').length).toBe(3);
		hear(announce(id(1)));
		await clock.advance(10);
		expect(of('offer').length).toBe(4);
	});

	it('tries for ever, ever more rarely, while the other end is there', async () => {
		const { hear, of, clock } = setUp();
		hear(announce(id(1)));
		for (let second = 0; second < 600; second++) {
			await clock.advance(1_000);
			const offer = of('offer').at(-1)?.message;
			if (offer?.type !== 'offer' || of('offer').length <= second / 30) continue;
			hear({ ...offer, type: 'candidates', from: id(1), to: id(0), candidates: [] });
		}
		const tries = of('offer').length;
		expect(tries).toBeGreaterThan(25);
		expect(tries).toBeLessThan(40);
	});

	it('greets a crowd slowly, and who came last first', async () => {
		const { hear, of, clock } = setUp({ self: 'zzzzzzzzzzzzzzzzzzzzzz' as PeerId });
		for (let peer = 1; peer <= 250; peer++) {
			hear(announce(id(peer)));
			await clock.advance(1);
		}
		expect(of('here').length).toBeLessThanOrEqual(61);
		hear(announce(id(999)));
		await clock.advance(400);
		expect(of('here').some(({ to }) => to === id(999))).toBe(true);
		await clock.advance(10_000);
		expect(of('here').length).toBeLessThanOrEqual(115);
	});

	it('stops when it is declined, until the other speaks again', async () => {
		const { hear, of, clock } = setUp();
		hear(announce(id(1)));
		await clock.advance(10);
		const offer = of('offer')[0]?.message;
		const attempt = offer?.type === 'offer' ? offer.attempt : '';
		hear({ type: 'decline', from: id(1), to: id(0), attempt });
		await clock.advance(5_000);
		expect(of('offer').length).toBe(1);
		expect(FakeConnection.open.size).toBe(0);
		hear({ type: 'here', from: id(1), to: id(0), role: 'seat' });
		await clock.advance(10);
		expect(of('offer').length).toBe(2);
	});

	it('drops what is repeated, addressed to others or said in its own name', async () => {
		const { hear, replay, peers, of, clock } = setUp();
		const sealed = hear(announce(id(1)));
		hear({ type: 'bye', from: id(1) });
		replay(sealed);
		hear({ type: 'here', from: id(2), to: id(3), role: 'seat' });
		hear(announce(id(0)));
		await clock.advance(100);
		expect(peers).toEqual([{ peer: id(1), role: 'seat' }]);
		expect(of('offer').length).toBe(0);
	});

	it('says again that it is there while it sees nobody', async () => {
		const { of, clock, transport } = setUp();
		await clock.advance(30_500);
		expect(of('announce').length).toBe(4);
		transport.close();
		await clock.advance(60_000);
		expect(clock.waiting).toBe(0);
	});

	it('goes on without ICE servers when their source fails or hangs, and says so', async () => {
		const failing = setUp({ iceServers: async () => Promise.reject(new Error('down')) });
		failing.hear(announce(id(1)));
		await failing.clock.advance(10);
		expect(failing.of('offer').length).toBe(1);
		expect(failing.statuses.at(-1)?.fault).toBe('ice_servers');

		const hanging = setUp({ iceServers: () => new Promise(() => undefined) });
		hanging.hear(announce(id(1)));
		await hanging.clock.advance(3_100);
		expect(hanging.of('offer').length).toBe(1);
	});

	it('does without ICE servers that the browser cannot read, and says so', async () => {
		const { hear, of, statuses, clock } = setUp({ iceServers: async () => [{ urls: 'turn:without.login' }] });
		FakeConnection.unreadable = true;
		hear(announce(id(1)));
		await clock.advance(10);
		expect(of('offer').length).toBe(1);
		expect(statuses.at(-1)).toMatchObject({ fault: 'ice_servers', findings: ['ice_servers'] });
		FakeConnection.unreadable = false;
		await clock.advance(9_000);
		expect(of('offer').length).toBe(2);
		expect(statuses.at(-1)).toMatchObject({ fault: null, findings: [] });
	});

	it('shows that a TURN login failed though the browser does not say at which server', async () => {
		const { hear, statuses, clock } = setUp();
		hear(announce(id(1)));
		await clock.advance(10);
		const [connection] = FakeConnection.open;
		connection?.onicecandidateerror?.({ url: '', errorCode: 400 });
		expect(statuses.at(-1)?.fault).toBe(null);
		connection?.onicecandidateerror?.({ url: '', errorCode: 401 });
		expect(statuses.at(-1)).toMatchObject({ fault: 'turn', findings: ['turn'] });
	});

	it('shows that a TURN login failed, until a relay works', async () => {
		const { hear, statuses, clock } = setUp();
		hear(announce(id(1)));
		await clock.advance(10);
		const [connection] = FakeConnection.open;
		connection?.onicecandidateerror?.({ url: 'stun:stun.example.org', errorCode: 701 });
		connection?.onicecandidateerror?.({ url: 'turn:turn.example.org', errorCode: 701 });
		expect(statuses.at(-1)?.fault).toBe(null);
		connection?.onicecandidateerror?.({ url: 'turn:turn.example.org', errorCode: 401 });
		expect(statuses.at(-1)?.fault).toBe('turn');
		connection?.onicecandidate?.({
			candidate: { candidate: 'candidate:1 1 udp 7 192.0.2.2 9 typ relay raddr 0.0.0.0 rport 0' },
		});
		expect(statuses.at(-1)?.fault).toBe(null);
	});

	it('names what the browser and the network refuse, for as long as they do', async () => {
		const { hear, statuses, clock } = setUp();
		const hidden = 'a=candidate:1 1 udp 7 6f1b2c3d-0000-4000-8000-000000000000.local 9 typ host\r\n';
		const mapped = 'a=candidate:2 1 udp 7 192.0.2.2 9 typ srflx raddr 0.0.0.0 rport 0\r\n';
		FakeConnection.described = hidden;
		FakeConnection.silent = 2;
		hear(announce(id(1)));
		await clock.advance(10);
		expect(statuses.at(-1)).toMatchObject({ fault: null, findings: ['hidden_addresses', 'servers_silent'] });

		// The next try, in another network.
		FakeConnection.described = hidden + mapped;
		await clock.advance(8_600);
		expect(statuses.at(-1)).toMatchObject({ fault: null, findings: [] });

		// And in none.
		FakeConnection.described = '';
		FakeConnection.silent = 0;
		await clock.advance(10_000);
		expect(statuses.at(-1)).toMatchObject({ fault: null, findings: ['no_candidates'] });
		expect(FakeConnection.open.size).toBe(0);
		FakeConnection.reset();
	});

	it('says that the meeting point is out of reach when it has been for a while', async () => {
		const { state, statuses, clock } = setUp();
		state('connecting');
		await clock.advance(9_000);
		expect(statuses.at(-1)).toEqual({ signalling: 'connecting', fault: null, findings: [] });
		state('open');
		state('connecting');
		await clock.advance(10_100);
		expect(statuses.at(-1)).toEqual({
			signalling: 'connecting',
			fault: 'signalling',
			findings: ['signalling'],
		});
		state('open');
		expect(statuses.at(-1)).toEqual({ signalling: 'open', fault: null, findings: [] });
	});

	it('knows a limited number of peers, and forgets those it has not heard of longest', async () => {
		const { hear, peers, clock } = setUp({ self: 'zzzzzzzzzzzzzzzzzzzzzz' as PeerId });
		for (let peer = 1; peer <= 300; peer++) {
			hear(announce(id(peer)));
			await clock.advance(1);
		}
		hear(announce(id(300)));
		hear(announce(id(1)));
		expect(peers.length).toBe(301);
		expect(peers.at(-1)?.peer).toBe(id(1));
	});
});
