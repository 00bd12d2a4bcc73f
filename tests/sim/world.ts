/**
 * The devices of a simulated game: each with a disk that outlives its pages, a clock of its own, and the program as a
 * browser runs it below its pages. Everything they store and show goes through the `Witness`, which holds it against
 * what must always be true.
 */
import { createInlineRunner } from '../../src/lib/bots/runner.ts';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { Game, GameState, SeatIndex } from '../../src/lib/game/game.ts';
import { VARIANTS } from '../../src/lib/game/game.ts';
import type { Command, Face, GameId, RoomCode } from '../../src/lib/game/table-types.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { Audit } from '../../src/lib/room/audit.ts';
import { createFakeClock, type Clock, type FakeClock } from '../../src/lib/room/clock.ts';
import { Contributing } from '../../src/lib/room/contributing.ts';
import { Following } from '../../src/lib/room/following.ts';
import { Hosting } from '../../src/lib/room/hosting.ts';
import { Peers } from '../../src/lib/room/peers.ts';
import { newIdentitySeeds, type Identity, type Keys } from '../../src/lib/room/keys.ts';
import { decodeMessage, encodeMessage, isCommand } from '../../src/lib/room/protocol.ts';
import { TableSession } from '../../src/lib/room/session.ts';
import { newRoomCode, type TableKeys } from '../../src/lib/room/table-keys.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../src/lib/transport/memory.ts';
import type { Link, PeerId, Transport } from '../../src/lib/transport/transport.ts';
import { Disk, type DiskHandle } from './disk.ts';
import { keysUnder, seededBytes } from './simulated-table.ts';
import type { Witness } from './witness.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface World {
	readonly clock: FakeClock;
	readonly network: MemoryNetwork;
	readonly keys: Keys;
	readonly tableKeys: TableKeys;
	readonly code: RoomCode;
	readonly random: (length: number) => Bytes;
	readonly witness: Witness;
	readonly devices: Device[];
	/** What the link that people share says now; null: the code is enough. */
	readonly secret: string | null;
}

export function createWorld(seed: number, keys: Keys, witness: Witness): World {
	const random = seededBytes(seed);
	const clock = createFakeClock();
	const code = newRoomCode(random);
	const devices: Device[] = [];
	return {
		clock,
		network: createMemoryNetwork({ clock, random }),
		keys,
		tableKeys: { topic: `topic-${code}`, key: random(32) },
		code,
		random,
		witness,
		devices,
		get secret() {
			const host = devices.find(({ session }) => session?.snapshot.isHost === true);
			return host?.sharedSecret ?? null;
		},
	};
}

/** More than a player sends in a round. */
const MAX_COMMANDS_KEPT = 20;

/** A page that is asked to stop finishes what it is writing within this (ui/one-page.ts). */
const FINISH_WITHIN_MS = 2_000;

/** How a device's rules are changed by who owns it: a host that lies. */
export type Tampering = (game: Game) => Game;

interface OpenPage {
	readonly session: TableSession;
	readonly peer: PeerId | null;
	readonly links: readonly Link[];
	readonly handle: DiskHandle;
}

export class Device {
	readonly world: World;
	readonly name: string;
	readonly face: Face;
	readonly disk: Disk;
	/** This device's clock is so far ahead of the true time, ms. */
	skewMs = 0;
	/** Its rules are not ours. */
	tampering: Tampering | null = null;
	/** What is sent or signed here may be anything: it counts as nobody's word. */
	isCheater = false;
	/** Its votes carry another share than its own. */
	spoilsVotes = false;
	/** Votes spoilt so far. */
	spoiltVotes = 0;
	/** The newest commands that reached this device, as frames: for who would play them again. */
	readonly commands: Uint8Array[] = [];
	isFrozen = false;
	/** Its newest writes were lost, once. */
	hasForgotten = false;
	/** A watcher who has seen enough: its page stays closed to the end. */
	hasGoneHome = false;
	/** Takes no logs from others: a host that will not hear what it has signed. */
	isDeaf = false;
	/** Its player is out for a few rounds. */
	hasLeft = false;
	/** What its player has asked for so far. */
	asked = 0;
	/** What each view was made of. */
	readonly #behind = new WeakMap<object, GameState>();
	#page: OpenPage | null = null;
	#identity: Identity | null = null;
	/** What its page would share. */
	sharedSecret: string | null = null;
	/** The secret of the link it was last opened by. */
	#link: string | null = null;
	#comesByLink = false;
	#asking: OpenPage | null = null;
	#isOpening = false;

	constructor(world: World, name: string) {
		this.world = world;
		this.name = name;
		this.face = { name, color: world.devices.length % 10, avatar: world.devices.length };
		this.disk = new Disk(world.clock, world.witness.watch(this));
		world.devices.push(this);
	}

	/** The game's own state behind what this device shows, with the hands it holds. */
	get inner(): GameState | null {
		const view = this.#page?.session.snapshot.view ?? null;
		return view === null ? null : (this.#behind.get(view) ?? null);
	}
	get page(): OpenPage | null {
		return this.#page;
	}
	/** The page that is open and runs. */
	get session(): TableSession | null {
		return this.isFrozen ? null : (this.#page?.session ?? null);
	}
	get identity(): Identity {
		if (this.#identity === null) throw new Error(`${this.name} was never at the table`);
		return this.#identity;
	}
	get hasIdentity(): boolean {
		return this.#identity !== null;
	}

	/** Opens a page on what the disk holds, unless one is open or about to be. It is there when the disk has answered. */
	async open(): Promise<void> {
		if (this.#page !== null || this.#isOpening) return;
		await this.#openPage();
	}

	async #openPage(): Promise<void> {
		this.#isOpening = true;
		try {
			await this.#openOn(this.disk.open());
		} finally {
			this.#isOpening = false;
		}
	}

	async #openOn(handle: DiskHandle): Promise<void> {
		const { world, face } = this;
		const { keys, code, random, tableKeys, clock } = world;
		const { store } = handle;
		this.#identity ??= await keys.identity(await store.identity(() => newIdentitySeeds(random)));
		const { transport, clock: pageClock } = world.network.page();
		const links: Link[] = [];
		const opened: { peer: PeerId | null } = { peer: null };
		const kept = await store.table(code);
		// Who has nothing of the table yet comes by the link as it is now (ui/open-table.ts).
		const known = kept?.game == null || this.#comesByLink ? null : kept;
		this.#comesByLink = false;
		this.#link = world.secret;
		const keysFor = (secret: string | null) => (secret === null ? tableKeys : keysUnder(code, secret));
		const session = await TableSession.open({
			record: known ?? {
				code,
				secret: this.#link,
				founder: null,
				solo: false,
				game: null,
				variant: VARIANTS[0],
				stage: 'lobby',
				round: 0,
				others: [],
				result: null,
				votedTerm: 0,
				updatedAt: clock.now(),
			},
			// As by a link, which names the founder.
			acceptsFounder: (player) => player === world.devices[0]?.identity.player,
			tableKeys: keysFor(known === null ? this.#link : known.secret),
			keysFor: (secret) => Promise.resolve(keysFor(secret)),
			store,
			identity: this.#identity,
			keys,
			clock: this.#skewed(pageClock),
			bots: createInlineRunner(),
			transport: overheard(transport, links, opened, {
				hear: (frame) => this.#hear(frame),
				say: (frame) => this.#say(frame),
			}),
			parts: () =>
				Promise.resolve({
					Hosting,
					Following,
					Peers,
					Contributing,
					gameOf: (variant) => this.#rulesOf(variant),
				}),
			loadAudit: () => Promise.resolve({ Audit }),
			random,
			face,
			stopsWhenHidden: false,
			maxSpectators: null,
			linkTo: (_, secret) => {
				this.sharedSecret = secret;
				return `/t/${code}`;
			},
		});
		const page: OpenPage = { session, peer: opened.peer, links, handle };
		this.#page = page;
		session.subscribe(() => {
			if (this.#page === page) world.witness.showed(this);
		});
		world.witness.showed(this);
	}

	#hear(frame: Uint8Array): boolean {
		this.world.witness.received(this.name, frame);
		if (isCommand(frame)) {
			this.commands.push(frame.slice());
			if (this.commands.length > MAX_COMMANDS_KEPT) this.commands.shift();
		}
		return !this.isDeaf || decodeMessage(frame)?.type !== 'envelopes';
	}

	#say(frame: Uint8Array): Uint8Array {
		if (!this.spoilsVotes) return frame;
		const message = decodeMessage(frame);
		if (message?.type !== 'vote' || message.share === null) return frame;
		this.spoiltVotes++;
		return encodeMessage({ ...message, share: encodeBase64url(this.world.random(81)) });
	}

	#skewed(clock: Clock): Clock {
		return { now: () => clock.now() + this.skewMs, after: (ms, run) => clock.after(ms, run) };
	}

	/** The rules, with an ear to the states they are asked to show. */
	#rulesOf(variant: string): Game | null {
		const known = VARIANTS.find((one) => one === variant);
		const game = known === undefined ? null : gameOf(known);
		if (game === null) return null;
		const own = this.tampering?.(game) ?? game;
		return {
			...own,
			view: (state, viewer) => {
				const view = own.view(state, viewer);
				this.#behind.set(view, state);
				return view;
			},
			deal: (state, active, deck) => {
				const event = own.deal(state, active, deck);
				this.world.witness.dealt(this.game, own, event, deck);
				return event;
			},
		};
	}

	/** The page says goodbye and is gone. */
	close(): void {
		this.#page?.session.close();
		this.#end();
	}

	/** The page is gone without a word. */
	kill(): void {
		const peer = this.#page?.peer ?? null;
		const hasStopped = this.#page?.session.snapshot.status === 'taken_over';
		if (peer !== null && !hasStopped) this.world.network.kill(peer);
		this.#end();
	}

	/** As `kill`, and the newest writes are lost. */
	async loseEvents(count: number): Promise<void> {
		this.kill();
		this.hasForgotten = true;
		await this.disk.forget(count);
	}

	#end(): void {
		this.#page?.handle.cut();
		this.#page = null;
		this.isFrozen = false;
	}

	/** A second tab: they agree which of them goes on, as pages of one browser do. */
	async openSecondTab(): Promise<void> {
		const before = this.#page;
		if (before === null) return;
		this.#page = null;
		this.#isOpening = true;
		before.session.takenOver();
		const patience = new Promise<void>((resolve) => this.world.clock.after(FINISH_WITHIN_MS, resolve));
		await Promise.race([before.session.idle(), patience]);
		before.handle.cut();
		await this.#openPage();
	}

	freeze(): void {
		const peer = this.#page?.peer ?? null;
		if (peer === null) return;
		this.world.network.freeze(peer);
		this.isFrozen = true;
	}
	thaw(): void {
		const peer = this.#page?.peer ?? null;
		if (peer !== null && this.isFrozen) this.world.network.thaw(peer);
		this.isFrozen = false;
	}

	/** Its player has asked this page for something that is not answered yet. */
	get isAsking(): boolean {
		return this.#asking === this.#page && this.#page !== null;
	}

	/** Who has no seat and whose link leads nowhere any more asks a friend for the one of now, and opens it. */
	async followNewLink(): Promise<void> {
		const snapshot = this.session?.snapshot;
		if (snapshot === undefined || snapshot.you.seat !== null || snapshot.isHost) return;
		const isLost = ['nobody_here', 'refused', 'host_away'].includes(snapshot.status);
		if (!isLost || this.#link === this.world.secret) return;
		this.#comesByLink = true;
		this.kill();
		await this.open();
	}

	/** Asks as its player would; what comes of it the log will show. */
	ask(command: Command): void {
		this.#await(this.session?.send(command));
	}
	/** On any free seat, or on that one. */
	sit(seat: SeatIndex | null = null): void {
		this.#await(this.session?.sit(seat));
	}

	#await(answer: Promise<unknown> | undefined): void {
		if (answer === undefined) return;
		this.asked++;
		const page = this.#page;
		this.#asking = page;
		const answered = (): void => {
			if (this.#asking === page) this.#asking = null;
		};
		// A host whose disk refuses a write says so: the player will try again.
		answer.then(answered, answered);
	}

	get game(): GameId | null {
		return this.#page?.session.snapshot.game ?? null;
	}
}

/** The transport of a page, its links in reach, what comes overheard and what goes in one's hand. */
function overheard(
	transport: Transport,
	links: Link[],
	opened: { peer: PeerId | null },
	{ hear, say }: { hear: (frame: Uint8Array) => boolean; say: (frame: Uint8Array) => Uint8Array },
): Transport {
	return {
		open: (config, handlers) => {
			opened.peer = config.self;
			transport.open(config, {
				...handlers,
				onLink: (link) => {
					links.push(link);
					const send = link.send.bind(link);
					link.send = (frame) => {
						send(say(frame));
					};
					handlers.onLink(link);
				},
				onLost: (link) => {
					links.splice(links.indexOf(link), 1);
					handlers.onLost(link);
				},
				onFrame: (link, frame) => {
					if (hear(frame)) handlers.onFrame(link, frame);
				},
			});
		},
		setRole: (role) => {
			transport.setRole(role);
		},
		setPolicy: (wants) => {
			transport.setPolicy(wants);
		},
		checkLinks: () => {
			transport.checkLinks();
		},
		move: (place) => {
			transport.move?.(place);
		},
		close: () => {
			transport.close();
		},
	};
}
