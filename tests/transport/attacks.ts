/**
 * What somebody who knows a table's key but is no honest peer can do to transports that meet by signalling and link
 * by WebRTC or by the relay: the acceptance suite runs each of these against two linked peers.
 */
import type { Clock } from '../../src/lib/room/clock.ts';
import { randomPeerId, type Attack } from '../../src/lib/transport/acceptance.ts';
import type { CarrierConnection, Channel, ConnectionEvents } from '../../src/lib/transport/carrier.ts';
import { Connection, type RtcApi } from '../../src/lib/transport/connection.ts';
import { CHUNK_BYTES, pingMessage } from '../../src/lib/transport/framing.ts';
import { createPace } from '../../src/lib/transport/pace.ts';
import { RelayChannel } from '../../src/lib/transport/relay-channel.ts';
import { RELAY_RATE, RelayConnection, relayTopic } from '../../src/lib/transport/relay.ts';
import { createBox, decodeBase64Url, encodeBase64Url } from '../../src/lib/transport/sealing.ts';
import { parseSignal, type SignalMessage } from '../../src/lib/transport/signalling.ts';
import type { PeerId, TransportConfig } from '../../src/lib/transport/transport.ts';

export interface AttackTools {
	readonly clock: Clock;
	readonly WebSocket: new (url: string) => WebSocket;
	readonly url: string;
	readonly random: (bytes: number) => Uint8Array;
}

type Table = Omit<TransportConfig, 'self' | 'role'>;

export function linksAttacks(tools: AttackTools & RtcApi): Attack[] {
	const connect: Connect = ({ attempt, events }) =>
		new Connection({
			...tools,
			rtc: tools,
			iceServers: [],
			attempt,
			isOfferer: true,
			events: { ...events, onFinding: () => undefined },
		});
	return attacks(tools, (table) => table, NOBODYS_DESCRIPTION, connect);
}

export function relayAttacks(tools: AttackTools): Attack[] {
	const connect: Connect = ({ attempt, to, events, line, table }) => {
		const connection = new RelayConnection({
			...tools,
			...table,
			attempt,
			peer: to,
			isOfferer: true,
			events,
			// Who floods the server itself is cut off by it, and harms nobody here.
			pace: createPace(tools.clock, RELAY_RATE, () => true),
			send: (piece) => line.relay(encodeBase64Url(piece), to),
			onClosed: () => undefined,
		});
		line.onRelayed = (data) => {
			const piece = decodeBase64Url(data);
			if (piece !== null) connection.received(piece);
		};
		return connection;
	};
	const place = (table: Table): Table => ({ ...table, topic: relayTopic(table.topic) });
	return [
		...attacks(tools, place, encodeBase64Url(tools.random(32)), connect),
		{
			name: 'pieces that are noise, repeated, changed or of another connection',
			run: (table, victims) => speak(tools, place(table), victims[0], (line) => meddle(line, victims)),
		},
	];
}

/** @param place where the peers meet for these links @param description well-formed, and of nobody who is there */
function attacks(
	tools: AttackTools,
	place: (table: Table) => Table,
	description: unknown,
	connect: Connect,
): Attack[] {
	const as = (table: Table, self: PeerId, say: (line: Line) => Promise<void>): Promise<void> =>
		speak(tools, place(table), self, say);
	return [
		{ name: 'noise instead of signalling', run: (table) => as(table, randomPeerId(), noise) },
		{ name: 'three hundred peers that do not exist', run: (table) => as(table, randomPeerId(), ghosts) },
		{
			name: 'messages in the name of the two',
			run: (table, victims) => as(table, victims[0], (line) => forge(line, victims, description)),
		},
		...Object.entries(OFFENCES).map(([name, messages]) => ({
			name: `a peer that links and then sends ${name}`,
			run: (table: Table, victims: readonly [PeerId, PeerId]) =>
				offend(tools, place(table), victims, messages(), connect),
		})),
	];
}

type Connect = (attack: {
	readonly attempt: string;
	readonly to: PeerId;
	readonly events: ConnectionEvents;
	readonly line: Line;
	readonly table: Table;
}) => CarrierConnection;

/** One socket of the attacker's, with what it needs to seal. */
interface Line {
	publish(data: unknown, to?: PeerId): void;
	relay(data: string, to: PeerId): void;
	onRelayed: (data: string) => void;
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
	const send = (message: object): void => {
		if (socket.readyState === 1) socket.send(JSON.stringify(message));
	};
	await new Promise<void>((resolve) => {
		socket.onopen = () => resolve();
	});
	send({ type: 'subscribe', topics: [table.topic], from: self });
	const pause = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			tools.clock.after(ms, resolve);
		});
	const line: Line = {
		publish: (data, to) => send({ type: 'publish', topic: table.topic, data, to }),
		relay: (data, to) => send({ type: 'relay', topic: table.topic, to, data }),
		onRelayed: () => undefined,
		seal: (payload) => box.seal(payload),
		random: tools.random,
		received,
		pause,
	};
	socket.onmessage = (event: MessageEvent<string>) => {
		const { type, data } = JSON.parse(event.data) as { type: string; data: string };
		const message = type === 'relay' ? null : parseSignal(box.open(data));
		if (message !== null) received.push(message);
		if (type === 'relay') line.onRelayed(data);
	};
	await say(line);
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

async function forge(line: Line, [a, b]: readonly [PeerId, PeerId], description: unknown): Promise<void> {
	for (const [from, to] of [
		[a, b],
		[b, a],
	] as const) {
		const attempt = encodeBase64Url(line.random(8));
		const say = (message: object): void => line.publish(line.seal({ from, to, attempt, ...message }), to);
		line.publish(line.seal({ type: 'announce', from, role: 'watch', answer: true }));
		say({ type: 'here', role: 'watch' });
		for (const round of [0, 1, 2]) {
			say({ type: 'offer', role: 'watch', round, description });
			say({ type: 'answer', round, description });
			say({ type: 'candidates', round, candidates: NOBODYS_DESCRIPTION.candidates });
		}
		say({ type: 'decline' });
		line.publish(line.seal({ type: 'bye', from }));
		await line.pause(100);
		// What the two now say to each other about it, told again.
		for (const heard of line.received.splice(0)) line.publish(line.seal(heard));
	}
}

/** At the address of one of the two: it hears what is relayed to it, and who the pieces name. */
async function meddle(line: Line, [a, b]: readonly [PeerId, PeerId]): Promise<void> {
	const heard: string[] = [];
	line.onRelayed = (data) => heard.push(data);
	await line.pause(2_500);
	if (heard.length === 0) throw new Error('nothing was relayed, so nothing was attacked');
	for (const data of heard.slice(0, 8)) {
		const piece = decodeBase64Url(data) ?? new Uint8Array(0);
		const changed = piece.slice();
		changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
		const ahead = piece.slice();
		ahead[9] = 1;
		const noise = line.random(200);
		noise.set(piece.subarray(0, 12));
		for (const bad of [piece, changed, ahead, noise, piece.subarray(0, 10), line.random(50)]) {
			for (const to of [a, b]) line.relay(encodeBase64Url(bad), to);
		}
		for (const to of [a, b]) line.relay('not base64!', to);
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
	connect: Connect,
): Promise<void> {
	const self = `---${randomPeerId().slice(3)}` as PeerId;
	await speak(tools, table, self, async (line) => {
		for (const to of victims) {
			const address = { from: self, to, attempt: encodeBase64Url(line.random(8)) };
			const connection = connect({
				attempt: address.attempt,
				to,
				line,
				table,
				events: {
					sendOffer: (offer) =>
						line.publish(line.seal({ type: 'offer', ...address, role: 'seat', ...offer }), to),
					sendAnswer: () => undefined,
					sendCandidates: () => undefined,
					onFailed: () => undefined,
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

/** The victim may hang up at any moment, as it should. Only WebRTC could carry a text. */
function sendIfOpen(channel: Channel, message: Uint8Array<ArrayBuffer> | string): void {
	if (channel.readyState !== 'open') return;
	try {
		if (typeof message !== 'string') channel.send(message);
		else if (channel instanceof RelayChannel) channel.send(new TextEncoder().encode(message));
		else (channel as RTCDataChannel).send(message);
	} catch (error) {
		if (channel.readyState === 'open') throw error;
	}
}
