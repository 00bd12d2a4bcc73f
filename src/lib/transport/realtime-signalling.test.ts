import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { startFakeRealtime, type FakeRealtime } from '../../../tests/transport/fake-realtime.ts';
import { createFaultyPage, noWebrtc, type FaultyPage } from '../../../tests/transport/faults.ts';
import { createPatientClock } from '../../../tests/transport/patient-clock.ts';
import { describeTransport, randomPeerId, type Harness } from './acceptance.ts';
import { createRealtimeSignalling } from './realtime-signalling.ts';
import { createRelay } from './relay.ts';
import type { Signalling } from './signalling.ts';
import type { PeerId, Transport } from './transport.ts';

const real = { WebSocket: NodeWebSocket as unknown as typeof WebSocket };
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const clock = createPatientClock();
afterAll(() => clock.end());

interface Person {
	readonly self: PeerId;
	readonly signalling: Signalling;
	readonly states: string[];
	readonly heard: string[];
	/** How often it was told to announce itself. */
	connected: number;
}

describe('signalling by Supabase Realtime', () => {
	const people: Person[] = [];
	let realtime: FakeRealtime;

	afterEach(async () => {
		for (const { signalling } of people.splice(0)) signalling.close();
		await realtime.end();
	});

	function person(topic = 'topic', anonKey = realtime.anonKey): Person {
		const self = randomPeerId();
		const { WebSocket } = real;
		const create = createRealtimeSignalling({ url: realtime.url, anonKey, clock, random, WebSocket });
		const one: Person = {
			self,
			signalling: create({ topic, self }),
			states: [],
			heard: [],
			connected: 0,
		};
		one.signalling.open({
			onState: (state) => one.states.push(state),
			onConnected: () => one.connected++,
			onPayload: (data) => one.heard.push(data),
			onRelayed: (data) => one.heard.push(`relayed ${data}`),
		});
		people.push(one);
		return one;
	}

	const until = (what: string, holds: () => boolean): Promise<void> => clock.until(what, holds, 20_000);

	async function meet(count: number): Promise<Person[]> {
		realtime = await startFakeRealtime();
		const all = Array.from({ length: count }, () => person());
		await until('all have joined', () => all.every(({ connected }) => connected === 1));
		return all;
	}

	it('joins its channel, and tells what is said to those who are meant', async () => {
		const [a, b, c] = (await meet(3)) as [Person, Person, Person];
		const stranger = person('other');
		await until('the stranger has joined', () => stranger.connected === 1);
		a.signalling.send('all', null);
		a.signalling.send('one', b.self);
		a.signalling.relay('piece', b.self);
		await until('it arrived', () => b.heard.length === 3 && c.heard.length === 1);
		expect(b.heard).toEqual(['all', 'one', 'relayed piece']);
		expect([a.heard, c.heard, stranger.heard]).toEqual([[], ['all'], []]);
		expect(a.states).toEqual(['connecting', 'open']);
	});

	it('says in one message what is said in a moment, and keeps to a rate', async () => {
		const [a, b] = (await meet(2)) as [Person, Person];
		for (let count = 0; count < 50; count++) a.signalling.send(`${count}`, b.self);
		await until('all arrived', () => b.heard.length === 50);
		expect(b.heard).toEqual(Array.from({ length: 50 }, (_, count) => `${count}`));
		expect(realtime.counts.broadcasts).toBe(1);
		// Much longer than a moment, and more often than the rate.
		for (let round = 0; round < 60; round++) {
			a.signalling.send(`x${round}`, null);
			await clock.pass(30);
		}
		await until('the last one arrived', () => b.heard.at(-1) === 'x59');
		expect(b.heard.length).toBe(110);
		expect(realtime.counts.broadcasts).toBeLessThan(20 + 1 + 8 * 4);
	});

	it('sends no message that is too large, and leaves out what would wait too long', async () => {
		const [a, b] = (await meet(2)) as [Person, Person];
		for (let count = 0; count < 250; count++) a.signalling.send(`${count} ${'x'.repeat(2_000)}`, null);
		await until('the last one arrived', () => b.heard.at(-1)?.startsWith('249 ') === true);
		expect(b.heard.length).toBe(200);
		expect(realtime.counts.largest).toBeLessThan(80_000);
	});

	it('joins again when the channel is closed, with more patience each time, on the same socket', async () => {
		const [a] = (await meet(1)) as [Person];
		realtime.refusesJoins = true;
		realtime.closeChannels();
		await until('it tried some times', () => realtime.counts.joins >= 4);
		expect(a.states).toEqual(['connecting', 'open', 'connecting']);
		a.signalling.send('to nobody', null);
		realtime.refusesJoins = false;
		await until('it is back', () => a.connected === 2);
		expect(a.states.at(-1)).toBe('open');
		expect(realtime.said).not.toContain('to nobody');
	});

	it('comes back when the socket breaks', async () => {
		const [a, b] = (await meet(2)) as [Person, Person];
		realtime.closeSockets();
		await until('both are back', () => a.connected === 2 && b.connected === 2);
		a.signalling.send('again', null);
		await until('it arrived', () => b.heard.length === 1);
	});

	it('leaves a service that says nothing any more', async () => {
		const [a] = (await meet(1)) as [Person];
		realtime.isSilent = true;
		a.signalling.check();
		await until('it noticed', () => a.states.at(-1) === 'connecting');
		realtime.isSilent = false;
		await until('it is back', () => a.connected === 2);
	});

	it('goes on trying with a key that is refused, and never counts as open', async () => {
		realtime = await startFakeRealtime();
		const wrong = person('topic', 'wrong');
		await clock.pass(1_500);
		expect([wrong.states, wrong.connected]).toEqual([['connecting'], 0]);
		expect(realtime.counts.joins).toBe(0);
	});

	it('says goodbye before it goes, and nothing after', async () => {
		const [a, b] = (await meet(2)) as [Person, Person];
		a.signalling.send('bye', null);
		a.signalling.close();
		a.signalling.send('late', null);
		await until('it arrived', () => b.heard.length === 1);
		await until('it is gone', () => realtime.joined === 1);
		expect(b.heard).toEqual(['bye']);
	});

	it('ignores what others put on the channel', async () => {
		const [a, b] = (await meet(2)) as [Person, Person];
		const socket = new NodeWebSocket(
			`${realtime.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${realtime.anonKey}&vsn=1.0.0`,
		);
		await new Promise((resolve) => socket.on('open', resolve));
		const topic = 'realtime:topic';
		socket.send(JSON.stringify({ topic, event: 'phx_join', ref: '1', payload: {} }));
		const payloads: unknown[] = [
			null,
			7,
			{ type: 'broadcast', event: 'other', payload: { items: [{ data: 'x' }] } },
			{ type: 'broadcast', event: 'table' },
			{ type: 'broadcast', event: 'table', payload: { items: 'x' } },
			{ type: 'broadcast', event: 'table', payload: { items: [{ data: 7 }] } },
			{ type: 'broadcast', event: 'table', payload: { items: [{ data: 'x'.repeat(20_000) }] } },
		];
		for (const payload of payloads) {
			socket.send(JSON.stringify({ topic, event: 'broadcast', ref: '2', join_ref: '1', payload }));
		}
		a.signalling.send('fine', null);
		await until('it arrived', () => b.heard.length > 0);
		expect([a.heard, b.heard]).toEqual([[], ['fine']]);
		socket.terminate();
	});
});

/** Links over it are tested where there is WebRTC: tests/e2e/transport.spec.ts. */
async function createRelayHarness(): Promise<Harness> {
	const realtime = await startFakeRealtime();
	const pages: FaultyPage[] = [];
	const transports: Transport[] = [];
	return {
		create() {
			const page = createFaultyPage({ ...real, clock, RTCPeerConnection: noWebrtc });
			pages.push(page);
			const { url, anonKey } = realtime;
			const { WebSocket } = page;
			const line = { url, anonKey, clock: page.page, random, WebSocket };
			const relay = createRelay({
				clock: page.page,
				random,
				signalling: createRealtimeSignalling(line),
			});
			transports.push(relay);
			return relay;
		},
		until: (what, holds, limitMs = 20_000) => clock.until(what, holds, limitMs),
		pass: (ms) => clock.pass(ms),
		now: () => clock.now(),
		slackMs: 500,
		largestBytes: 128 * 1024,
		faults: null,
		attacks: [],
		async end() {
			for (const transport of transports) transport.close();
			await clock.pass(50);
			for (const page of pages) page.end();
			await realtime.end();
		},
	};
}

// Most of these cases wait for real deadlines: they wait together.
describeTransport({ describe, it: it.concurrent }, 'relay over Supabase Realtime', createRelayHarness, {
	only: 'ordinary',
});
