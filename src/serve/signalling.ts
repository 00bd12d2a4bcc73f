/**
 * The signalling server: y-webrtc's protocol (JSON `subscribe`, `unsubscribe`, `publish`, `ping` by topic) at `/signal`
 * of an existing server. It keeps nothing and reads nothing: payloads are the table's secret. Beyond the protocol, a
 * subscriber may give an address (`from`), and a message that names one (`to`) goes to it alone. `relay` carries the
 * game itself for who reaches nobody otherwise: to one address, at a rate of its own, unless the site does not want
 * it. Clients that ask for more than a table of players needs are cut off, so that a stranger's flood stays the
 * stranger's problem.
 *
 *     const signalling = attachSignalling(httpServer);
 *     signalling.close();
 */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { z } from 'zod';

export const SIGNALLING_PATH = '/signal';

/** A page has one socket; this is a few hundred full tables, at some 20 kB each. */
const MAX_SOCKETS = 5_000;
/** A club behind one router, every member with a few tabs. */
const MAX_SOCKETS_PER_ADDRESS = 200;
/** One table each for some tabs that share a socket (the stock client does); nobody sits at more. */
const MAX_TOPICS_PER_SOCKET = 16;
/** Ten seats and fifty spectators, twice: their old pages may not be gone yet. */
const MAX_SOCKETS_PER_TOPIC = 128;
const MAX_TOPIC_CHARS = 128;
const MAX_ADDRESS_CHARS = 64;
/** An offer with all its candidates is 2 kB sealed; the stock client's, sealed and with trickle, less than 8 kB. */
const MAX_MESSAGE_BYTES = 16 * 1024;
/** Joining a table of ten costs a stock client about 150 messages in its first second, ours 20. */
const BURST_MESSAGES = 300;
const MESSAGES_PER_S = 20;
const BURST_BYTES = 512 * 1024;
const BYTES_PER_S = 32 * 1024;
/**
 * Relayed: a page holds itself to three quarters of this (`transport/relay.ts`), ten seats with their heartbeats and
 * a whole game for one who comes late. The bursts are ten seconds' worth more: the network may hold up so much, and
 * bring it at once.
 */
const BURST_RELAYED = 400;
const RELAYED_PER_S = 40;
const BURST_RELAYED_BYTES = 512 * 1024;
const RELAYED_BYTES_PER_S = 32 * 1024;
/** A receiver this far behind is not reading. */
const MAX_BEHIND_BYTES = 1024 * 1024;
/** As the stock server: shorter than what routers take for idle. */
const PING_EVERY_MS = 30_000;

/** What a server must be to be attached to: Node's http and https servers and those of vite are. */
export type UpgradeServer = Pick<EventEmitter, 'on' | 'off'>;

export interface SignallingOptions {
	/** `/signal` by default, and the same below any base path: a proxy may take that away or not. */
	readonly path?: string;
	/** False: links are not relayed here, and who asks for it is cut off. */
	readonly relay?: boolean;
	/** Who a request comes from, for the limit of sockets; through a proxy on this machine, by default, whom it names. */
	readonly addressOf?: (request: IncomingMessage) => string;
	/** A socket that has not answered a ping by the next one is cut off. */
	readonly pingEveryMs?: number;
	/** In ms, for rates. */
	readonly now?: () => number;
}

export interface SignallingServer {
	/** Sockets now, and since the start messages taken from clients, delivered to them, and of these relayed. */
	readonly counts: {
		readonly sockets: number;
		readonly taken: number;
		readonly delivered: number;
		readonly relayed: number;
	};
	/** Cuts everybody off and leaves the server as it was. */
	close(): void;
}

const topic = z.string().min(1).max(MAX_TOPIC_CHARS);
const address = z.string().min(1).max(MAX_ADDRESS_CHARS);

const ClientMessage = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('subscribe'),
		topics: z.array(topic).max(MAX_TOPICS_PER_SOCKET),
		from: address.optional(),
	}),
	z.object({ type: z.literal('unsubscribe'), topics: z.array(topic).max(MAX_TOPICS_PER_SOCKET) }),
	z.object({
		type: z.literal('publish'),
		topic,
		to: address.optional(),
		/** Sealed text, or with stock clients without a password any JSON: carried, never read. */
		data: z.unknown(),
	}),
	z.object({ type: z.literal('relay'), topic, to: address, data: z.string() }),
	z.object({ type: z.literal('ping') }),
]);
type ClientMessage = z.infer<typeof ClientMessage>;

export function attachSignalling(server: UpgradeServer, options: SignallingOptions = {}): SignallingServer {
	return new Signalling(server, options);
}

class Client {
	readonly socket: WebSocket;
	readonly remote: string;
	/** By topic, the address it listens at there, if it gave one. */
	readonly topics = new Map<string, string | null>();
	readonly #rates: Readonly<Record<'signal' | 'relay', { messages: Bucket; bytes: Bucket }>>;
	answered = true;

	constructor(socket: WebSocket, remote: string, now: () => number) {
		this.socket = socket;
		this.remote = remote;
		this.#rates = {
			signal: {
				messages: new Bucket(BURST_MESSAGES, MESSAGES_PER_S, now),
				bytes: new Bucket(BURST_BYTES, BYTES_PER_S, now),
			},
			relay: {
				messages: new Bucket(BURST_RELAYED, RELAYED_PER_S, now),
				bytes: new Bucket(BURST_RELAYED_BYTES, RELAYED_BYTES_PER_S, now),
			},
		};
	}

	/** Counts a message of so many bytes; false when it is one too many. */
	may(kind: 'signal' | 'relay', length: number): boolean {
		const { messages, bytes } = this.#rates[kind];
		return messages.take(1) && bytes.take(length);
	}

	/** True when it got through to the socket. */
	send(text: string): boolean {
		if (this.socket.readyState !== WebSocket.OPEN) return false;
		if (this.socket.bufferedAmount > MAX_BEHIND_BYTES) {
			this.socket.terminate();
			return false;
		}
		this.socket.send(text);
		return true;
	}
}

class Signalling implements SignallingServer {
	readonly #server: UpgradeServer;
	readonly #sockets = new WebSocketServer({
		noServer: true,
		maxPayload: MAX_MESSAGE_BYTES,
		perMessageDeflate: false,
	});
	readonly #clients = new Set<Client>();
	readonly #topics = new Map<string, Set<Client>>();
	readonly #perAddress = new Map<string, number>();
	readonly #path: string;
	readonly #addressOf: (request: IncomingMessage) => string;
	readonly #now: () => number;
	readonly #pings: NodeJS.Timeout;
	readonly #relays: boolean;
	#taken = 0;
	#delivered = 0;
	#relayed = 0;

	constructor(server: UpgradeServer, options: SignallingOptions) {
		this.#server = server;
		this.#path = options.path ?? SIGNALLING_PATH;
		this.#addressOf = options.addressOf ?? clientAddress;
		this.#now = options.now ?? Date.now;
		this.#relays = options.relay ?? true;
		server.on('upgrade', this.#upgrade);
		this.#pings = setInterval(() => this.#ping(), options.pingEveryMs ?? PING_EVERY_MS);
		this.#pings.unref();
	}

	get counts(): SignallingServer['counts'] {
		const [taken, delivered, relayed] = [this.#taken, this.#delivered, this.#relayed];
		return { sockets: this.#clients.size, taken, delivered, relayed };
	}

	close(): void {
		clearInterval(this.#pings);
		this.#server.off('upgrade', this.#upgrade);
		for (const client of this.#clients) client.socket.terminate();
		this.#sockets.close();
	}

	/** Other paths are other listeners' business (vite's reload socket is one). */
	readonly #upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		if (!isPath(request.url, this.#path)) return;
		const remote = this.#addressOf(request);
		const isFull =
			this.#clients.size >= MAX_SOCKETS || (this.#perAddress.get(remote) ?? 0) >= MAX_SOCKETS_PER_ADDRESS;
		if (isFull) {
			socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
			return;
		}
		this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#join(webSocket, remote));
	};

	#join(socket: WebSocket, remote: string): void {
		const client = new Client(socket, remote, this.#now);
		this.#clients.add(client);
		this.#perAddress.set(remote, (this.#perAddress.get(remote) ?? 0) + 1);
		socket.on('pong', () => {
			client.answered = true;
		});
		socket.on('message', (data, isBinary) => this.#receive(client, data, isBinary));
		// A frame beyond the limit or against the protocol: ws closes the socket itself.
		socket.on('error', () => undefined);
		socket.on('close', () => this.#leave(client));
	}

	#leave(client: Client): void {
		if (!this.#clients.delete(client)) return;
		for (const name of client.topics.keys()) this.#unsubscribe(client, name);
		const left = (this.#perAddress.get(client.remote) ?? 1) - 1;
		if (left > 0) this.#perAddress.set(client.remote, left);
		else this.#perAddress.delete(client.remote);
	}

	#receive(client: Client, data: RawData, isBinary: boolean): void {
		const text = textOf(data, isBinary);
		const message = text === null ? null : parseMessage(text);
		if (text === null || message === null) {
			client.socket.close(1008, 'not understood');
			return;
		}
		if (!client.may(message.type === 'relay' ? 'relay' : 'signal', text.length)) {
			client.socket.close(1008, 'too many messages');
			return;
		}
		this.#taken++;
		switch (message.type) {
			case 'subscribe':
				for (const name of message.topics) this.#subscribe(client, name, message.from ?? null);
				return;
			case 'unsubscribe':
				for (const name of message.topics) this.#unsubscribe(client, name);
				return;
			case 'publish':
				this.#publish(client, message.topic, message.to ?? null, message.data);
				return;
			case 'relay':
				if (this.#relays) this.#relay(client, message);
				else client.socket.close(1008, 'no relay here');
				return;
			case 'ping':
				client.send('{"type":"pong"}');
				return;
			default:
				assertNever(message);
		}
	}

	#subscribe(client: Client, name: string, at: string | null): void {
		const members = this.#topics.get(name) ?? new Set<Client>();
		const isNew = !members.has(client);
		if (isNew && (client.topics.size >= MAX_TOPICS_PER_SOCKET || members.size >= MAX_SOCKETS_PER_TOPIC)) {
			client.socket.close(1008, 'too many subscriptions');
			return;
		}
		members.add(client);
		this.#topics.set(name, members);
		client.topics.set(name, at);
	}

	#unsubscribe(client: Client, name: string): void {
		client.topics.delete(name);
		const members = this.#topics.get(name);
		if (members === undefined) return;
		members.delete(client);
		if (members.size === 0) this.#topics.delete(name);
	}

	/**
	 * To everybody else on the topic, or to whoever listens at the address: all of them, so that giving somebody
	 * else's address takes nothing away from its owner. Only who listens to a topic may speak on it.
	 */
	#publish(client: Client, name: string, to: string | null, data: unknown): void {
		const members = this.#topics.get(name);
		if (members?.has(client) !== true) return;
		const text = JSON.stringify({ type: 'publish', topic: name, clients: members.size, data });
		for (const member of members) {
			if (member === client || (to !== null && member.topics.get(name) !== to)) continue;
			if (member.send(text)) this.#delivered++;
		}
	}

	/** Links of one table, and of none else: both ends listen to its topic. */
	#relay(client: Client, { topic: name, to, data }: Extract<ClientMessage, { type: 'relay' }>): void {
		const members = this.#topics.get(name);
		if (members?.has(client) !== true) return;
		const text = JSON.stringify({ type: 'relay', topic: name, data });
		for (const member of members) {
			if (member === client || member.topics.get(name) !== to || !member.send(text)) continue;
			this.#delivered++;
			this.#relayed++;
		}
	}

	#ping(): void {
		for (const client of this.#clients) {
			if (!client.answered) {
				client.socket.terminate();
				continue;
			}
			client.answered = false;
			client.socket.ping();
		}
	}
}

/** So much at once, so much a second after that. */
class Bucket {
	readonly #size: number;
	readonly #perMs: number;
	readonly #now: () => number;
	#left: number;
	#at: number;

	constructor(size: number, perS: number, now: () => number) {
		this.#size = size;
		this.#perMs = perS / 1_000;
		this.#now = now;
		this.#left = size;
		this.#at = now();
	}

	take(amount: number): boolean {
		const now = this.#now();
		this.#left = Math.min(this.#size, this.#left + (now - this.#at) * this.#perMs);
		this.#at = now;
		if (this.#left < amount) return false;
		this.#left -= amount;
		return true;
	}
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Only a proxy on this machine is believed: anybody else could write into that header what they like. */
function clientAddress({ socket, headers }: IncomingMessage): string {
	const remote = socket.remoteAddress ?? 'unknown';
	const forwarded = LOOPBACK.test(remote) ? headers['x-forwarded-for'] : undefined;
	return [forwarded].flat().join().split(',').at(-1)?.trim() || remote;
}

function isPath(url: string | undefined, path: string): boolean {
	const [pathname = ''] = (url ?? '').split('?');
	return pathname.endsWith(path);
}

/** Null for a message that is no text. The stock client sends text; some send the same as binary. */
function textOf(data: RawData, isBinary: boolean): string | null {
	if (isBinary) return null;
	if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
	return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString('utf8');
}

function parseMessage(text: string): ClientMessage | null {
	try {
		const parsed = ClientMessage.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

function assertNever(value: never): never {
	throw new Error(`no case for ${JSON.stringify(value)}`);
}
