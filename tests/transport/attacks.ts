/**
 * What somebody who knows a table's key but is no honest peer can do to transports that meet by signalling and link
 * by WebRTC: the acceptance suite runs each of these against two linked peers.
 */
import type { Clock } from '../../src/lib/room/clock.ts';
import { randomPeerId, type Attack } from '../../src/lib/transport/acceptance.ts';
import { Connection, type RtcApi } from '../../src/lib/transport/connection.ts';
import { CHUNK_BYTES, pingMessage } from '../../src/lib/transport/framing.ts';
import { createBox, encodeBase64Url } from '../../src/lib/transport/sealing.ts';
import { parseSignal, type SignalMessage } from '../../src/lib/transport/signalling.ts';
import type { PeerId, TransportConfig } from '../../src/lib/transport/transport.ts';

export interface AttackTools extends RtcApi {
	readonly clock: Clock;
	readonly WebSocket: new (url: string) => WebSocket;
	readonly url: string;
	readonly random: (bytes: number) => Uint8Array;
}

type Table = Omit<TransportConfig, 'self' | 'role'>;

export function linksAttacks(tools: AttackTools): Attack[] {
	return [
		{ name: 'noise instead of signalling', run: (table) => speak(tools, table, randomPeerId(), noise) },
		{
			name: 'three hundred peers that do not exist',
			run: (table) => speak(tools, table, randomPeerId(), ghosts),
		},
		{
			name: 'messages in the name of the two',
			run: (table, victims) => speak(tools, table, victims[0], (line) => forge(line, victims)),
		},
		...Object.entries(OFFENCES).map(([name, messages]) => ({
			name: `a peer that links and then sends ${name}`,
			run: (table: Table, victims: readonly [PeerId, PeerId]) => offend(tools, table, victims, messages()),
		})),
	];
}

/** One socket of the attacker's, with what it needs to seal. */
interface Line {
	publish(data: unknown, to?: PeerId): void;
	seal(payload: unknown): string;
	random(bytes: number): Uint8Array;
	readonly received: SignalMessage[];
	pause(ms: number): Promise<void>;
}

/** @param self the address to listen at, or another's */
async function speak(
	tools: AttackTools,
	table: Table,
	self: PeerId,
	say: (line: Line) => Promise<void>,
): Promise<void> {
	const box = createBox(table.key, table.topic, tools.random);
	const socket = new tools.WebSocket(tools.url);
	const received: SignalMessage[] = [];
	await new Promise<void>((resolve) => {
		socket.onopen = () => resolve();
	});
	socket.onmessage = (event: MessageEvent<string>) => {
		const { data } = JSON.parse(event.data) as { data: string };
		const message = parseSignal(box.open(data));
		if (message !== null) received.push(message);
	};
	socket.send(JSON.stringify({ type: 'subscribe', topics: [table.topic], from: self }));
	const pause = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			tools.clock.after(ms, resolve);
		});
	await say({
		publish: (data, to) => {
			if (socket.readyState === 1) {
				socket.send(JSON.stringify({ type: 'publish', topic: table.topic, data, to }));
			}
		},
		seal: (payload) => box.seal(payload),
		random: tools.random,
		received,
		pause,
	});
	await pause(300);
	socket.close();
}

async function noise(line: Line): Promise<void> {
	const payloads: unknown[] = [null, 7, '', 'x', {}, [], { type: 'signal', from: 'x' }, 'A'.repeat(4_000)];
	for (const payload of payloads) line.publish(payload);
	for (const payload of payloads) line.publish(line.seal(payload));
	for (let length = 0; length < 60; length++) line.publish(encodeBase64Url(line.random(length)));
	line.publish(line.seal({ type: 'announce', from: 'short', role: 'host', answer: true }));
	line.publish(line.seal({ type: 'announce', from: randomPeerId(), role: 'king', answer: true }));
	line.publish(line.seal({ type: 'announce', from: { toString: 1 }, role: 'host', answer: true }));
}

async function ghosts(line: Line): Promise<void> {
	for (let count = 0; count < 295; count++) {
		line.publish(line.seal({ type: 'announce', from: randomPeerId(), role: 'seat', answer: true }));
	}
}

const NOBODYS_DESCRIPTION = {
	fingerprint: '0'.repeat(64),
	ufrag: 'abcd',
	password: 'abcdefghijklmnopqrstuvwx',
	setup: 'actpass',
	candidates: ['candidate:1 1 udp 1 127.0.0.1 9 typ host'],
} as const;

async function forge(line: Line, [a, b]: readonly [PeerId, PeerId]): Promise<void> {
	for (const [from, to] of [
		[a, b],
		[b, a],
	] as const) {
		const attempt = encodeBase64Url(line.random(8));
		const say = (message: object): void => line.publish(line.seal({ from, to, attempt, ...message }), to);
		line.publish(line.seal({ type: 'announce', from, role: 'watch', answer: true }));
		say({ type: 'here', role: 'watch' });
		for (const round of [0, 1, 2]) {
			say({ type: 'offer', role: 'watch', round, description: NOBODYS_DESCRIPTION });
			say({ type: 'answer', round, description: { ...NOBODYS_DESCRIPTION, setup: 'active' } });
			say({ type: 'candidates', round, candidates: NOBODYS_DESCRIPTION.candidates });
		}
		say({ type: 'decline' });
		line.publish(line.seal({ type: 'bye', from }));
		await line.pause(100);
		// What the two now say to each other about it, told again.
		for (const heard of line.received.splice(0)) line.publish(line.seal(heard));
	}
}

const OFFENCES: Readonly<Record<string, () => (Uint8Array<ArrayBuffer> | string)[]>> = {
	'a header of 4 GB': () => [header(0xffff_ffff, CHUNK_BYTES)],
	'a header and never the rest': () => [header(8 * 1024 * 1024, CHUNK_BYTES)],
	'chunks of no frame': () => [Uint8Array.of(4, 1, 2, 3)],
	'nothing at all': () => [new Uint8Array(0)],
	text: () => ['{"type":"hello"}'],
	'unknown kinds': () => [Uint8Array.of(200, 1), Uint8Array.of(5, 77), Uint8Array.of(6, 77)],
	'more than a chunk': () => [new Uint8Array(60_000).fill(2)],
	'ten thousand pings': () => Array.from({ length: 10_000 }, (_, id) => pingMessage('ping', id)),
};

function header(promised: number, bytes: number): Uint8Array<ArrayBuffer> {
	const message = new Uint8Array(bytes);
	message[0] = 3;
	new DataView(message.buffer).setUint32(1, promised);
	return message;
}

/** Links to both, as a peer of its own whose id is lower than any: it is the one to offer. */
async function offend(
	tools: AttackTools,
	table: Table,
	victims: readonly [PeerId, PeerId],
	messages: readonly (Uint8Array<ArrayBuffer> | string)[],
): Promise<void> {
	const self = `---${randomPeerId().slice(3)}` as PeerId;
	await speak(tools, table, self, async (line) => {
		for (const to of victims) {
			const address = { from: self, to, attempt: encodeBase64Url(line.random(8)) };
			const connection = new Connection({
				...tools,
				rtc: tools,
				iceServers: [],
				attempt: address.attempt,
				isOfferer: true,
				events: {
					sendOffer: (offer) =>
						line.publish(line.seal({ type: 'offer', ...address, role: 'seat', ...offer }), to),
					sendAnswer: () => undefined,
					sendCandidates: () => undefined,
					onFailed: () => undefined,
					onFinding: () => undefined,
				},
			});
			const isOpen = new Promise<void>((resolve) => {
				connection.channel.onopen = () => resolve();
			});
			connection.offer();
			let answer: SignalMessage | undefined;
			while (answer === undefined) {
				await line.pause(20);
				answer = line.received.find((message) => message.type === 'answer' && message.from === to);
			}
			if (answer.type === 'answer') connection.answered(answer);
			await isOpen;
			// Pings and echoes first, as an honest peer: it is linked when it begins.
			connection.channel.onmessage = (event: MessageEvent<ArrayBuffer>) => {
				const message = new Uint8Array(event.data);
				if (message[0] === 0) sendIfOpen(connection.channel, Uint8Array.of(1, ...message.subarray(1)));
			};
			sendIfOpen(connection.channel, pingMessage('ping', 1));
			await line.pause(100);
			for (const message of messages) sendIfOpen(connection.channel, message);
			await line.pause(200);
			connection.close();
		}
	});
}

/** The victim may hang up at any moment, as it should. */
function sendIfOpen(channel: RTCDataChannel, message: Uint8Array<ArrayBuffer> | string): void {
	if (channel.readyState !== 'open') return;
	try {
		if (typeof message === 'string') channel.send(message);
		else channel.send(message);
	} catch (error) {
		if (channel.readyState === 'open') throw error;
	}
}
