/**
 * A page that is none of ours at a table of memory: it knows what the link says, and sends whatever it likes,
 * in any order. Everything that reaches it is kept.
 */
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { GameId } from '../../src/lib/game/table-types.ts';
import { newIdentitySeeds, type Identity, type Keys } from '../../src/lib/room/keys.ts';
import {
	decodeMessage,
	encodeCommand,
	encodeHello,
	isHello,
	PROTOCOL_VERSION,
	type CommandMessage,
	type Hello,
	type HelloContext,
	type PlainMessage,
} from '../../src/lib/room/protocol.ts';
import type { Link, PeerId, PeerRole, Transport } from '../../src/lib/transport/transport.ts';
import { nodeKeys } from './node-keys.ts';
import type { FakeClock } from '../../src/lib/room/clock.ts';
import type { TableKeys } from '../../src/lib/room/table-keys.ts';
import type { MemoryNetwork } from '../../src/lib/transport/memory.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The table it comes to: what its link says, and the world it stands in. */
export interface RawTable {
	readonly clock: FakeClock;
	readonly network: MemoryNetwork;
	readonly tableKeys: TableKeys;
	/** The table's name, in every hello. */
	readonly code: string;
	readonly keys?: Keys;
	readonly random: (length: number) => Bytes;
	readonly game: GameId | null;
	/** Lets time pass. */
	pass(ms: number): Promise<void>;
}

export interface RawPeer {
	readonly identity: Identity;
	readonly self: PeerId;
	readonly transport: Transport;
	/** Links that stand, by arrival. */
	readonly links: readonly Link[];
	readonly frames: readonly Uint8Array[];
	/** What came, hellos left out. */
	readonly messages: readonly PlainMessage[];
	/** The first link; throws when there is none. */
	readonly link: Link;
	/** A hello for a link, true unless changed. */
	hello(change?: Partial<Hello>, context?: Partial<HelloContext>, signer?: Identity): Promise<Bytes>;
	/** A command, signed by this page's player unless by another. */
	command(body: unknown, change?: Partial<CommandMessage>, signer?: Identity): Promise<Bytes>;
}

export interface RawPeerOptions {
	readonly role?: PeerRole;
	/** A player to be in place of a new one. */
	readonly identity?: Identity;
	/** Whom to be linked with; the host alone when left out. */
	readonly wants?: (role: PeerRole) => boolean;
	/** Says a true hello on every link. */
	readonly polite?: boolean;
	/** Told of every frame as it comes. */
	readonly hear?: (frame: Uint8Array) => void;
}

/** Opens the page, and lets links come up. */
export async function openRawPeer(table: RawTable, options: RawPeerOptions = {}): Promise<RawPeer> {
	const { role = 'new', wants = (other: PeerRole) => other === 'host', polite = false } = options;
	const { topic, key } = table.tableKeys;
	const identity =
		options.identity ?? (await (table.keys ?? nodeKeys()).identity(newIdentitySeeds(table.random)));
	const self = encodeBase64url(table.random(16)) as PeerId;
	const transport = table.network.transport();
	const links: Link[] = [];
	const frames: Uint8Array[] = [];

	const helloOn = (
		link: Link,
		change: Partial<Hello> = {},
		context: Partial<HelloContext> = {},
		signer = identity,
	): Promise<Bytes> =>
		encodeHello(
			{
				type: 'hello',
				v: PROTOCOL_VERSION,
				player: signer.player,
				role,
				face: { name: 'Mallory', color: 0, avatar: 0 },
				hidden: false,
				session: Math.round(table.clock.now()),
				game: null,
				term: 0,
				length: 0,
				...change,
			},
			signer,
			{ topic: table.code, binding: link.binding, from: self, to: link.peer, ...context },
		);

	transport.setPolicy((info) => wants(info.role));
	transport.open(
		{ topic, key, self, role },
		{
			onLink: (link) => {
				links.push(link);
				if (polite) void helloOn(link).then((frame) => link.send(frame));
			},
			onFrame: (_, frame) => {
				frames.push(frame);
				options.hear?.(frame);
			},
			onLinkState: () => undefined,
			onLost: (link) => links.splice(links.indexOf(link), 1),
			onPeer: () => undefined,
			onStatus: () => undefined,
		},
	);
	await table.pass(100);

	const firstLink = (): Link => {
		const [link] = links;
		if (link === undefined) throw new Error('no link stands');
		return link;
	};
	return {
		identity,
		self,
		transport,
		links,
		frames,
		get messages() {
			return frames.flatMap((frame) => (isHello(frame) ? [] : (decodeMessage(frame) ?? [])));
		},
		get link() {
			return firstLink();
		},
		hello: (change, context, signer) => helloOn(firstLink(), change, context, signer),
		command: (body, change, signer = identity) =>
			encodeCommand(
				{
					type: 'command',
					player: identity.player,
					game: table.game as GameId,
					number: 1,
					index: 0,
					body,
					...change,
				},
				signer,
			),
	};
}
