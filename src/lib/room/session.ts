/**
 * A table as this browser takes part in it: as its host, as a guest, as a spectator, or alone with bots. It holds
 * the links, says hello, and puts whichever part the page plays behind one face, the `TableClient`.
 *
 *     const session = await TableSession.open({ record, store, ... });
 *     session.subscribe(() => draw(session.snapshot));
 */
import type { BotRunner } from '../bots/bot.ts';
import { assert } from '../game/assert.ts';
import { encodeBase64url, equalBytes } from '../game/bytes.ts';
import type { GameView, RefusalCode, SeatIndex } from '../game/game.ts';
import { hasChecked, seatOf } from '../game/seats.ts';
import { isTableCommand } from '../game/table-parse.ts';
import type { Command, Face, GameId, PlayerId, TableState } from '../game/table-types.ts';
import type {
	Link,
	LinkState,
	PeerId,
	PeerInfo,
	PeerRole,
	Transport,
	TransportStatus,
} from '../transport/transport.ts';
import type { DealCheck } from './audit.ts';
import type { Clock } from './clock.ts';
import type { Contributing } from './contributing.ts';
import { DealWatch, type DealWatchOptions } from './deal-watch.ts';
import type { Following, FollowingContext, Mandate } from './following.ts';
import { firstMove, foreseen } from './foreseen.ts';
import type { NewGame, Outcome } from './host.ts';
import type { Hosting, HostingContext } from './hosting.ts';
import type { Identity, Keys } from './keys.ts';
import type { LogBook } from './log-book.ts';
import { MeetingPlace } from './meeting-place.ts';
import type { GameParts, PartContext } from './part.ts';
import type { Introduction, Peer, Peers } from './peers.ts';
import { openerOf, OwnRecord } from './own-record.ts';
import { lastMovedFor, snapshotOf } from './snapshot.ts';
import { StoppedError } from './stopped.ts';
import { LogConflictError, type Store, type TableRecord } from './store.ts';
import type { Connections, TableClient, TableSnapshot, TableStatus } from './table-client.ts';
import type { TableKeys } from './table-keys.ts';
import { writeAgain } from './write-again.ts';

/** All fifty spectators of the fullest table find a seat. */
const MAX_WATCHERS_A_SEAT = 6;
/** How long a joiner looks before the page says that nobody is there; it goes on looking. */
const NOBODY_AFTER_MS = 8_000;

export interface SessionOptions {
	readonly record: TableRecord;
	/** Whether this key may be the founding host: from the link's fingerprint, or from meeting it before. */
	readonly acceptsFounder: (host: PlayerId) => boolean;
	readonly tableKeys: TableKeys;
	/** Where the table meets under a secret. */
	readonly keysFor: (secret: string | null) => Promise<TableKeys>;
	readonly store: Store;
	readonly identity: Identity;
	readonly keys: Keys;
	readonly clock: Clock;
	readonly bots: BotRunner;
	/** null: the table never leaves this device. */
	readonly transport: Transport | null;
	/** Loads what a page needs only once there is a game; asked for once. */
	readonly parts: () => Promise<GameParts>;
	/** Brings what deals a finished round again; for tests, in which no time may pass that is not theirs. */
	readonly loadAudit?: DealWatchOptions['load'];
	readonly random: (bytes: number) => Uint8Array<ArrayBuffer>;
	readonly face: Face;
	/** This device may stop a page that is in the background, as phones do. */
	readonly stopsWhenHidden: boolean;
	/** How many may watch while this page hosts, as the site has it; null: as many as the program says. */
	readonly maxSpectators: number | null;
	/** What to share; `founder` opened the game on the table, null before one is known. */
	readonly linkTo: (founder: PlayerId | null, secret: string | null) => string;
}

export class TableSession implements TableClient {
	readonly #options: SessionOptions;
	/** There with the parts: before that nobody is linked. */
	#peers: Peers | null = null;
	readonly #self: PeerId;
	readonly #record: OwnRecord;
	#face: Face;
	#parts: Promise<GameParts> | null = null;
	/** What links brought while this page had no part to play yet, in order. */
	#held: (() => void)[] = [];
	#isStarting = false;
	/** At most one of the two is there. */
	#hosting: Hosting | null = null;
	#following: Following | null = null;
	/** Commands that the host before left unanswered, while this page, which hosts now, answers them itself. */
	#unanswered: readonly Command[] = [];
	#hasSearchedInVain = false;
	#isTakenOver = false;
	#refused: TableSnapshot['refused'] = null;
	#fault: string | null = null;
	#reach: TransportStatus = { signalling: 'closed', fault: null, findings: [] };
	#role: PeerRole = 'new';
	/** The seat that this page is linked with beside the host, while it watches. */
	#secondLink: PeerId | null = null;
	#contributing: Contributing | null = null;
	#frames: Promise<unknown> = Promise.resolve();
	readonly #linkStates = new WeakMap<Link, LinkState>();
	readonly #meeting: MeetingPlace;
	#cancelSearch: () => void = () => undefined;
	readonly #listeners = new Set<() => void>();
	#snapshot: TableSnapshot | null = null;
	#view: { state: TableState; seat: SeatIndex | null; view: GameView | null } | null = null;
	readonly #dealWatch: DealWatch;
	/** What this browser found when it dealt the finished rounds again. */
	#dealCheck: { readonly game: GameId; readonly found: DealCheck } | null = null;
	#hasBroughtFace = false;
	/** The page is in the background. */
	#isHidden = false;
	#closed = false;

	private constructor(options: SessionOptions) {
		this.#options = options;
		this.#face = options.face;
		this.#self = encodeBase64url(options.random(16)) as PeerId;
		this.#dealWatch = new DealWatch({
			keys: options.keys,
			load: options.loadAudit ?? (() => import('./audit.ts')),
			isGiven: (state) => this.#record.hasGiven(state, this.#book?.call ?? null),
			onFound: (found) => {
				const game = this.#book?.gameId;
				if (game !== undefined) this.#dealCheck = { game, found };
				this.#changed();
			},
			onRound: (round, fits) => {
				this.#tellCheck(round, fits);
			},
			onFault: this.#onFault,
		});
		this.#record = new OwnRecord(options, {
			onFault: this.#onFault,
			onFaultOver: this.#onFaultOver,
			isOver: () => this.#closed,
		});
		this.#meeting = new MeetingPlace({
			record: this.#record,
			clock: options.clock,
			random: options.random,
			moveTo: async (secret, isStill) => {
				const keys = await options.keysFor(secret);
				if (!this.#closed && isStill()) options.transport?.move?.(keys);
			},
			isAlone: () => this.#hosting?.isIncomplete ?? this.#following?.hasHost !== true,
			onFault: this.#onFault,
		});
	}

	/** Takes up the table where this device left it, and goes looking for the others. */
	static async open(options: SessionOptions): Promise<TableSession> {
		const session = new TableSession(options);
		await session.#start();
		return session;
	}

	async #start(): Promise<void> {
		const { record } = this.#options;
		if (record.game !== null) {
			await this.#follow(record.game);
			await this.#resumeHosting();
		}
		if (this.#hosting === null) this.#search();
		this.#meeting.lookLater();
		await this.#record.put({});
		this.#openTransport();
		this.#changed();
	}

	/** Looks for a host; after a while without one this page may be asked to become it. */
	#search(): void {
		this.#cancelSearch();
		this.#hasSearchedInVain = false;
		this.#cancelSearch = this.#options.clock.after(NOBODY_AFTER_MS, () => {
			this.#hasSearchedInVain = true;
			this.#following?.searchedInVain();
			this.#changed();
		});
	}

	// The part this page plays.

	async #load(): Promise<GameParts> {
		this.#parts ??= this.#options.parts();
		try {
			const parts = await this.#parts;
			this.#peers ??= this.#newPeers(parts);
			this.#contributing ??= this.#newContributing(parts);
			return parts;
		} catch (error) {
			// The network failed: asked for again with the next link.
			this.#parts = null;
			throw error;
		}
	}

	#newContributing({ Contributing }: GameParts): Contributing {
		const { identity, random } = this.#options;
		return new Contributing({
			identity,
			random,
			record: this.#record,
			ask: (command) => this.#ask(command),
			onFault: this.#onFault,
		});
	}

	#newPeers({ Peers }: GameParts): Peers {
		const { record, identity, keys, clock } = this.#options;
		return new Peers({
			// The name that stays: where the table meets may change under way.
			topic: record.code,
			self: this.#self,
			session: this.#record.session,
			identity,
			keys,
			clock,
			introduce: () => this.#introduction(),
			onPeer: (peer) => {
				this.#peerCame(peer);
			},
			onFrame: (peer, frame) => {
				this.#inOrder(() => this.#frame(peer, frame));
			},
			onGone: (peer) => {
				this.#hosting?.gone(peer);
				this.#following?.gone(peer);
				if (this.#role === 'watch') this.#chooseSecondLink();
				this.#changed();
			},
			onOffence: (peer, offence) => {
				this.#following?.offended(peer, offence);
				this.#hosting?.offended(peer, offence).catch(this.#onFault);
			},
			onOtherVersion: () => {
				this.#changed();
			},
			mayFlood: (peer) => this.#following?.isHost(peer) ?? false,
		});
	}

	#partContext({ gameOf }: GameParts): PartContext {
		const { identity, keys, store, clock, bots, random } = this.#options;
		const peers = this.#peers;
		assert(peers !== null, 'peers come with the parts');
		return {
			identity,
			keys,
			store,
			clock,
			bots,
			random,
			gameOf,
			peers,
			inOrder: (task) => {
				this.#inOrder(task);
			},
			onChange: () => {
				this.#changed();
			},
			onFault: this.#onFault,
			onFaultOver: this.#onFaultOver,
			mayMove: this.#options.transport?.move !== undefined,
			onSecret: async (secret, step) => {
				await this.#meeting.keep(secret, step);
				this.#changed();
			},
			wordGiven: () => this.#record.now.votedTerm,
			giveWord: (votedTerm) => this.#record.keep({ votedTerm }),
		};
	}

	#hostingContext(parts: GameParts): HostingContext {
		return {
			...this.#partContext(parts),
			maxSpectators: this.#options.maxSpectators,
			onHigherTerm: (envelopes) => {
				this.#inOrder(async () => {
					(await this.#stepDown())?.adopt(envelopes);
				});
			},
			onForgotten: (envelopes) => {
				this.#inOrder(() => this.#startOver(envelopes));
			},
			onNextGame: (finished) => {
				this.#inOrder(() => this.#stepDown(finished));
			},
		};
	}

	#followingContext(parts: GameParts): FollowingContext {
		return {
			...this.#partContext(parts),
			acceptsFounder: (player) => {
				const { founder } = this.#record.now;
				return founder === null ? this.#options.acceptsFounder(player) : founder === player;
			},
			onGame: (game) => {
				this.#record.change({ game });
			},
			onMandate: (mandate) => this.#takeOver(mandate),
			onPutOut: () => {
				this.#record.change({ isPutOut: true });
			},
			onTakenOver: () => {
				this.takenOver();
			},
		};
	}

	/** Becomes a guest: of the game, with what this device already has of it, or of whichever a host names. */
	async #follow(game: GameId | null): Promise<Following> {
		this.#isStarting = true;
		try {
			const parts = await this.#load();
			const following = await parts.Following.start(this.#followingContext(parts), game);
			if (this.#closed) following.close();
			this.#following = following;
			if (this.#hasSearchedInVain) following.searchedInVain();
			return following;
		} finally {
			this.#isStarting = false;
			if (this.#following !== null) for (const held of this.#held.splice(0)) held();
		}
	}

	/** Takes up a game that this player hosted when the page was closed. */
	async #resumeHosting(): Promise<void> {
		const parts = await this.#load();
		const book = this.#following?.book ?? null;
		if (book === null) return;
		const asksFirst = this.#options.transport !== null;
		const hosting = await parts.Hosting.resume(this.#hostingContext(parts), book, asksFirst);
		if (hosting !== null) this.#hostWith(hosting);
	}

	#hostWith(hosting: Hosting): void {
		this.#following?.close();
		this.#following = null;
		this.#hosting = hosting;
		this.#role = 'host';
	}

	/** Opens the first game of a new table, or the next one on it. */
	async host(game: NewGame): Promise<void> {
		const parts = await this.#load();
		if (this.#hosting === null) this.#hostWith(await parts.Hosting.open(this.#hostingContext(parts), game));
		else await this.#hosting.openNext(game);
		const hosting = this.#hosting;
		assert(hosting !== null, 'a page that opened a game hosts it');
		const founder = this.#options.identity.player;
		this.#record.change({ game: hosting.book.gameId, founder, variant: game.variant });
		await this.#showAsHost(hosting);
	}

	/** Whoever is linked with this page hears that it hosts, and is let in. */
	async #showAsHost(hosting: Hosting): Promise<void> {
		this.#options.transport?.setRole('host');
		await this.#peers?.reintroduce();
		for (const peer of this.#linked) hosting.admit(peer);
		this.#changed();
	}

	/** Elected, or chosen by the host: from here on this page runs the rules. */
	async #takeOver({ change, recovered }: Mandate): Promise<void> {
		const parts = await this.#load();
		const following = this.#following;
		await following?.rest();
		const book = following?.book ?? null;
		if (following === null || book === null) return;
		const context = this.#hostingContext(parts);
		const hosting = await parts.Hosting.takeOver(context, book, change, recovered);
		const unanswered = following.handOn();
		this.#unanswered = unanswered.map(({ command }) => command);
		this.#hostWith(hosting);
		await this.#showAsHost(hosting);
		for (const { command, settle } of unanswered) {
			const outcome = await this.send(command).finally(() => {
				this.#unanswered = this.#unanswered.filter((one) => one !== command);
			});
			settle(outcome);
			this.#changed();
		}
	}

	/**
	 * Another hosts this game in a higher term, or the one that comes after `finished`: this page is a guest again, in its
	 * old seat.
	 */
	async #stepDown(finished?: GameId): Promise<Following | null> {
		const hosting = this.#hosting;
		if (hosting === null) return null;
		this.#hosting = null;
		await hosting.stop();
		// Who told of the new host need not be the new host, which may be gone by now.
		this.#search();
		const following = await this.#follow(finished ?? hosting.book.gameId);
		this.#role = 'seat';
		this.#options.transport?.setRole('seat');
		// Whoever hosts has answered our old hello with silence: say who we are now, and wait for its welcome.
		await this.#peers?.reintroduce();
		for (const peer of this.#linked) following.meet(peer);
		this.#changed();
		return following;
	}

	/** This host has lost its last writes, and went on from an earlier event: it takes up what it had signed before. */
	async #startOver(envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
		const hosting = this.#hosting;
		if (hosting === null) return;
		const { gameId } = hosting.book;
		const own = hosting.book.envelopes();
		this.#hosting = null;
		await hosting.stop();
		const fork = own.findIndex((envelope, at) => !equalBytes(envelope, envelopes[at] ?? envelope));
		const rows = envelopes
			.slice(fork)
			.map((envelope, place) => ({ game: gameId, index: fork + place, envelope }));
		await writeAgain(() => this.#options.store.replace(rows), {
			clock: this.#options.clock,
			onFault: this.#onFault,
			onFaultOver: this.#onFaultOver,
			isOver: () => this.#closed,
		});
		const following = await this.#follow(gameId);
		const state = following.book?.state ?? null;
		const isUnderWay = state?.inner != null && state.inner.deal > state.revealedRounds;
		await this.#takeOver(await hosting.ownMandate(isUnderWay ? (state.inner?.deal ?? null) : null));
	}

	async passTable(seat: SeatIndex): Promise<Outcome> {
		if (this.#hosting === null) return { ok: false, code: 'no_such_seat' };
		const outcome = await this.#hosting.handOver(seat);
		if (outcome.ok) (await this.#stepDown())?.awaitHost();
		return outcome;
	}

	async playAgain(): Promise<void> {
		const next = this.#part?.nextGame ?? null;
		if (next === null) return;
		const kicked = this.#book?.state?.kicked ?? [];
		await this.host(next);
		// A new log knows nothing of the one before: who was kicked stays out.
		for (const player of kicked) await this.#hosting?.ask({ type: 'kick', player });
	}

	// Links.

	#openTransport(): void {
		const { transport, tableKeys } = this.#options;
		if (transport === null) return;
		transport.setPolicy((info) => this.#wants(info));
		transport.open(
			{ topic: tableKeys.topic, key: tableKeys.key, self: this.#self, role: this.#role },
			{
				onLink: (link) => {
					this.#withParts(() => {
						this.#peers?.opened(link);
					});
				},
				onFrame: (link, frame) => {
					this.#withParts(() => {
						this.#peers?.received(link, frame);
					});
				},
				onLinkState: (link) => {
					this.#withParts(() => {
						this.#linkStateChanged(link);
					});
				},
				onLost: (link) => {
					this.#withParts(() => {
						this.#peers?.lost(link);
					});
				},
				// Somebody is there: what it takes to play is fetched while the link is made.
				onPeer: () => {
					this.#withParts(() => undefined);
				},
				onStatus: (status) => {
					this.#transportStatus(status);
				},
			},
		);
	}

	/** At once when there is a part to play, else as soon as its code is there; in order. */
	#withParts(run: () => void): void {
		if (this.#hosting !== null || this.#following !== null) {
			run();
			return;
		}
		this.#held.push(run);
		if (!this.#isStarting) this.#follow(null).catch(this.#onFault);
	}

	/**
	 * Seats are linked with one another and with the host; who watches with the host and one seat, so that it is still at
	 * the table when the host is gone; who has only come with the host alone.
	 */
	#wants({ peer, role }: PeerInfo): boolean {
		if (this.#role === 'host' || role === 'host') return true;
		if (this.#role === 'watch') return role === 'seat' && (this.#secondLink ?? peer) === peer;
		if (this.#role !== 'seat') return false;
		if (role !== 'watch') return role === 'seat';
		const watching = this.#linked.filter(({ hello }) => hello.role === 'watch');
		return watching.length < MAX_WATCHERS_A_SEAT || watching.some(({ link }) => link.peer === peer);
	}

	/** A watcher keeps the first seat it is linked with, and lets go of the others. */
	#chooseSecondLink(): void {
		const seats = this.#linked.filter(({ hello }) => hello.role === 'seat');
		const kept = seats.some(({ link }) => link.peer === this.#secondLink);
		const chosen = kept ? this.#secondLink : (seats[0]?.link.peer ?? null);
		if (chosen === this.#secondLink) return;
		this.#secondLink = chosen;
		this.#options.transport?.setPolicy((info) => this.#wants(info));
	}

	connections(): Connections {
		const { transport } = this.#options;
		const faceOf = (id: PeerId | null) =>
			this.#linked.find(({ link }) => link.peer === id)?.hello.face ?? null;
		return {
			signalling: this.#reach.signalling,
			findings: this.#reach.findings,
			links: this.#linked.map(({ link, hello }) => ({
				player: hello.player,
				face: hello.face,
				via: link.via,
				through: link.via === 'neighbour' ? faceOf(transport?.through?.(link.peer) ?? null) : null,
				state: link.state,
				roundTripMs: link.roundTripMs,
				hidden: hello.hidden,
			})),
		};
	}

	#transportStatus(status: TransportStatus): void {
		this.#reach = status;
		this.#fault = status.fault;
		this.#changed();
	}

	get #linked(): readonly Peer[] {
		return this.#peers?.all ?? [];
	}

	#linkStateChanged(link: Link): void {
		const peer = this.#linked.find((one) => one.link === link);
		if (peer === undefined) return;
		this.#hosting?.linkStateChanged(peer);
		if (this.#linkStates.get(link) === link.state) return;
		// Round-trip times come once a second, and are looked at by whoever shows them.
		this.#linkStates.set(link, link.state);
		this.#changed();
	}

	#introduction(): Introduction {
		const book = this.#book;
		return {
			role: this.#role,
			face: this.#face,
			hidden: this.#isHidden,
			game: book?.gameId ?? null,
			term: book?.state?.term ?? 0,
			length: book?.length ?? 0,
		};
	}

	#peerCame(peer: Peer): void {
		if (this.#role === 'watch') this.#chooseSecondLink();
		this.#hosting?.meet(peer);
		this.#following?.meet(peer);
		// A host that says it hosts no more has not gone: nothing else would show the page that it waits for one.
		this.#changed();
	}

	#inOrder(task: () => Promise<unknown>): void {
		this.#frames = this.#frames.then(task).catch(this.#onFault);
	}

	async #frame(peer: Peer, frame: Uint8Array): Promise<void> {
		if (this.#closed) return;
		await this.#part?.frame(peer, frame);
	}

	// What the page sees and does.

	get #part(): Hosting | Following | null {
		return this.#hosting ?? this.#following;
	}

	get #book(): LogBook | null {
		return this.#part?.book ?? null;
	}

	get #isPutOut(): boolean {
		return this.#record.now.isPutOut === true;
	}

	get #status(): TableStatus {
		if (this.#isTakenOver) return 'taken_over';
		if (this.#hosting !== null) return 'open';
		const status = this.#following?.status ?? (this.#hasSearchedInVain ? 'nobody_here' : 'joining');
		return this.#isPutOut && status !== 'open' ? 'refused' : status;
	}

	get snapshot(): TableSnapshot {
		this.#snapshot ??= this.#makeSnapshot();
		return this.#snapshot;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#makeSnapshot(): TableSnapshot {
		const hosting = this.#hosting;
		const following = this.#following;
		const book = this.#book;
		const state = hosting === null ? (following?.shown ?? null) : this.#shownWhileHosting(hosting);
		const times = hosting ?? following?.notes;
		const { identity, linkTo } = this.#options;
		return snapshotOf(
			{
				status: this.#status,
				refusal: following?.refusal ?? (this.#isPutOut && this.#status === 'refused' ? 'kicked' : null),
				code: this.#record.now.code,
				link: linkTo(openerOf(book) ?? this.#record.now.founder, this.#meeting.secret),
				solo: this.#record.now.solo,
				game: book?.gameId ?? null,
				variant: state?.variant ?? this.#record.now.variant,
				player: identity.player,
				face: this.#face,
				isHost: hosting !== null,
				mayPlayAgain: this.#part?.nextGame != null,
				state,
				table: book?.table ?? null,
				watchers: hosting?.watchers ?? following?.notes.watchers ?? [],
				connectionOf: (player) => this.#part?.connectionOf(player) ?? 'lost',
				pending: following?.pending ?? this.#unanswered[0] ?? null,
				deadline: times?.deadline ?? null,
				nextRoundAt: times?.nextRoundAt ?? null,
				takeoverAt: following?.takeoverAt ?? null,
				waitsFor: following?.waitsFor ?? [],
				dealCheck: this.#dealCheck?.game === book?.gameId ? (this.#dealCheck?.found ?? null) : null,
				refused: this.#refused,
				twoHosts: following?.twoHosts ?? false,
				otherVersion: this.#peers?.otherVersion ?? null,
				movedFor: lastMovedFor(book?.entries ?? []),
				events: book?.length ?? 0,
				offences: hosting?.offences ?? [],
				fault: this.#fault ?? following?.offence ?? null,
			},
			this.#viewOf(state),
		);
	}

	/** A move that this player made under the host before stays where it was put until this page has taken it. */
	#shownWhileHosting({ state, book: { table } }: Hosting): TableState {
		const move = firstMove(this.#unanswered);
		return move === null || table === null
			? state
			: foreseen(table, state, this.#options.identity.player, move);
	}

	#viewOf(state: TableState | null): GameView | null {
		const table = this.#book?.table ?? null;
		if (state === null || table === null) return null;
		const seat = seatOf(state, this.#options.identity.player);
		if (this.#view?.state.inner !== state.inner || this.#view.seat !== seat) {
			this.#view = { state, seat, view: table.view(state, seat) };
		}
		return this.#view.view;
	}

	async send(command: Command): Promise<Outcome> {
		if (command.type === 'change_face' && 'face' in command) this.#setFace(command.face);
		if (this.#isFaceOfItsOwn(command)) return { ok: true };
		const outcome = await this.#ask(command);
		if (!outcome.ok) this.#showRefusal(command, outcome.code);
		return outcome;
	}

	#showRefusal(command: Command, code: RefusalCode): void {
		this.#refused = { command, code, at: this.#options.clock.now() };
		this.#changed();
	}

	async #ask(command: Command): Promise<Outcome> {
		for (;;) {
			const part = this.#part;
			if (part === null || this.#closed) return { ok: false, code: 'invalid_phase' };
			try {
				return await part.ask(command);
			} catch (error) {
				if (!(error instanceof StoppedError)) throw error;
				// This page has stopped hosting: whoever hosts now is asked.
				await this.#frames;
				if (part === this.#part) return { ok: false, code: 'invalid_phase' };
			}
		}
	}

	#setFace(face: Face): void {
		this.#face = face;
		this.#hasBroughtFace &&= this.#book?.state?.stage !== 'finished';
		void this.#peers?.reintroduce();
		this.#changed();
	}

	/** Somebody without a seat changes only how the host lists it; after the end, how it sits down at the next game. */
	#isFaceOfItsOwn(command: Command): boolean {
		const { you, stage } = this.snapshot;
		if (!isTableCommand(command) || command.type !== 'change_face') return false;
		return you.seat === null || stage === 'finished';
	}

	async sit(seat: SeatIndex | null): Promise<Outcome> {
		const { boxKey } = this.#options.identity;
		const { gameId, state = null } = this.#book ?? {};
		await this.#load();
		if (gameId === undefined || this.#contributing === null) return { ok: false, code: 'invalid_phase' };
		const command = { type: 'take_seat', seat, face: this.#face, boxKey } as const;
		if (state !== null && !this.#contributing.mayGive(state)) {
			this.#showRefusal({ ...command, contribution: '' }, 'unknown_command');
			return { ok: false, code: 'unknown_command' };
		}
		return this.send({ ...command, contribution: await this.#contributing.give(gameId, state) });
	}

	// Housekeeping.

	#changed(): void {
		if (this.#closed) return;
		this.#snapshot = null;
		this.#followSeat();
		const book = this.#book;
		if (book !== null) {
			this.#record.follow(book);
			this.#dealWatch.look(book);
		}
		for (const listener of this.#listeners) listener();
	}

	/** The role this browser announces follows the seat, and a seat carried over gives its part to the deal. */
	#followSeat(): void {
		const state = this.#book?.state ?? null;
		const { identity, transport } = this.#options;
		const seat = state === null ? null : seatOf(state, identity.player);
		const role = this.#hosting !== null ? 'host' : seat !== null ? 'seat' : state === null ? 'new' : 'watch';
		if (role !== this.#role) {
			this.#role = role;
			transport?.setRole(role);
			void this.#peers?.reintroduce();
		}
		const holder = seat === null ? undefined : state?.seats[seat];
		// At a keeper's table a seat keeps the name that the real table knows it by.
		if (holder?.kind === 'human' && state?.options.mode !== 'keeper') this.#bringFace(holder.face);
		if (this.#book !== null) this.#contributing?.follow(this.#book);
	}

	/** A face changed elsewhere since this player sat down (the settings, another table) is changed here too. */
	#bringFace(seated: Face): void {
		if (this.#hasBroughtFace || this.#status !== 'open' || this.#book?.state?.stage === 'finished') return;
		this.#hasBroughtFace = true;
		const { name, color, avatar } = this.#face;
		if (seated.name === name && seated.color === color && seated.avatar === avatar) return;
		void this.send({ type: 'change_face', face: this.#face });
	}

	/** A seated player tells the table what its browser found, once a round. */
	#tellCheck(round: number, fits: boolean): void {
		const state = this.#book?.state ?? null;
		const seat = state === null ? null : seatOf(state, this.#options.identity.player);
		if (state?.stage !== 'playing' || seat === null || hasChecked(state, seat, round)) return;
		this.#ask({ type: 'check_deal', round, fits }).catch(this.#onFault);
	}

	readonly #onFault = (error: unknown): void => {
		if (this.#closed || error instanceof StoppedError) return;
		// Another page of this player went on with the log: this one must not.
		if (error instanceof LogConflictError) {
			this.takenOver();
			return;
		}
		this.#fault = error instanceof Error ? error.name : 'unknown';
		this.#changed();
	};

	readonly #onFaultOver = (): void => {
		this.#fault = null;
		this.#changed();
	};

	/** The page is going: the others need not wait for a heartbeat to miss. */
	sayBye(): void {
		this.#peers?.leave();
	}

	/** Something may have happened to the links while the page did not look: the network came back, or the page. */
	wake(): void {
		this.#options.transport?.checkLinks();
		this.#peers?.stay().catch(this.#onFault);
	}

	/**
	 * The page went to the background or came back from it. One that may be stopped there (a phone's) hands a running
	 * game over while it still can: the others need not wait until they miss it.
	 */
	async setHidden(isHidden: boolean): Promise<void> {
		if (this.#closed || isHidden === this.#isHidden) return;
		this.#isHidden = isHidden;
		if (!isHidden) this.wake();
		const heir = isHidden && this.#options.stopsWhenHidden ? (this.#hosting?.heir ?? null) : null;
		await this.#peers?.reintroduce();
		if (heir !== null && this.#isHidden) await this.passTable(heir);
	}

	/** Another page of this player has the seat now: this one stops at once. */
	takenOver(): void {
		this.#isTakenOver = true;
		this.#changed();
		this.#shutDown();
	}

	/** Resolves when everything this session has begun is done. */
	async idle(): Promise<void> {
		await this.#frames;
		await this.#hosting?.idle();
		await this.#following?.idle();
	}

	close(): void {
		this.sayBye();
		this.#shutDown();
	}

	#shutDown(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#cancelSearch();
		this.#meeting.close();
		this.#peers?.close();
		this.#following?.close();
		this.#hosting?.close();
		this.#options.transport?.close();
		this.#options.bots.close();
	}
}
