/**
 * A table as this browser takes part in it: as its host, as a guest, as a spectator, or alone with bots. It holds
 * the links, says hello, hears who is who, and puts a `Host` or a `Guest` behind one face, the `TableClient`.
 *
 *     const session = await TableSession.open({ record, store, ... });
 *     session.subscribe(() => draw(session.snapshot));
 */
import type { BotRunner } from '../bots/bot.ts';
import { assert, assertNever } from '../game/assert.ts';
import { encodeBase64url } from '../game/bytes.ts';
import type { Game, GameView, SeatIndex } from '../game/game.ts';
import { seatOf } from '../game/table.ts';
import { isTableCommand, isTableEvent } from '../game/table-parse.ts';
import type { Command, Face, GameId, HostChanged, PlayerId, Seat, TableState } from '../game/table-types.ts';
import { LogConflictError, type GameSecret, type Store, type TableRecord } from './store.ts';
import type { Link, PeerId, PeerInfo, PeerRole, Transport, TransportStatus } from '../transport/transport.ts';
import type { Clock } from './clock.ts';
import { commitmentOf } from './deal.ts';
import { Election, type CollectedVote } from './election.ts';
import { Guest } from './guest.ts';
import { Host, type Connection, type NewGame, type Outcome } from './host.ts';
import type { Identity, Keys } from './keys.ts';
import { newestOf, Peers, type Introduction, type Peer } from './peers.ts';
import {
	decodeMessage,
	isCommand,
	MAX_SPECTATORS,
	openCommand,
	type Claim,
	type Handover,
	type Hello,
	type PlainMessage,
	type Refused,
	type Vote,
} from './protocol.ts';
import { joinShares, openPassed, openShare, passShare } from './shares.ts';
import { snapshotOf, tableCardOf } from './snapshot.ts';
import type { TableClient, TableSnapshot, TableStatus } from './table-client.ts';
import { NO_NOTES, type TableNotes } from './table-document.ts';
import type { TableKeys } from './table-keys.ts';
import { electorate, isSigned, voteBytes } from './votes.ts';

/** How long a joiner looks before the page says that nobody is there; it goes on looking. */
const NOBODY_AFTER_MS = 8_000;
/** How long a host that was reloaded waits to hear from a seat before it writes, ms. */
const ASK_BEFORE_WRITING_MS = 2_500;

export interface SessionOptions {
	readonly record: TableRecord;
	/** Whether this key may be the founding host: from the link's fingerprint, or from meeting it before. */
	readonly acceptsFounder: (host: PlayerId) => boolean;
	readonly tableKeys: TableKeys;
	readonly store: Store;
	readonly identity: Identity;
	readonly keys: Keys;
	readonly clock: Clock;
	readonly bots: BotRunner;
	/** null: the table never leaves this device. */
	readonly transport: Transport | null;
	readonly gameOf: (variant: string) => Game | null;
	readonly random: (bytes: number) => Uint8Array<ArrayBuffer>;
	readonly face: Face;
	/** What to share, once the founding host is known. */
	readonly linkTo: (founder: PlayerId | null) => string;
}

export class TableSession implements TableClient {
	readonly #options: SessionOptions;
	readonly #peers: Peers;
	readonly #self: PeerId;
	#record: TableRecord;
	#face: Face;
	#host: Host | null = null;
	#guest: Guest | null = null;
	/** The peer that hosts, as a guest knows it. */
	#hostPeer: Peer | null = null;
	#founder: PlayerId | null;
	/** Peers that the host has accepted and keeps informed. */
	readonly #welcomed = new Set<Link>();
	#status: TableStatus = 'joining';
	#refusal: TableSnapshot['refusal'] = null;
	#twoHosts = false;
	#refused: TableSnapshot['refused'] = null;
	#fault: string | null = null;
	/** Host's clock to ours: the least seen of (arrival - sent), ms. */
	#clockOffset = Infinity;
	#role: PeerRole = 'new';
	#ownNumber = 0;
	#contributedTo: GameId | null = null;
	#frames: Promise<unknown> = Promise.resolve();
	#cancelNobody: () => void = () => undefined;
	readonly #listeners = new Set<() => void>();
	#snapshot: TableSnapshot | null = null;
	#view: { state: TableState; seat: SeatIndex | null; view: GameView | null } | null = null;
	/** The finished game that was dealt again, and what was found. */
	#audited: GameId | null = null;
	#dealCheck: TableSnapshot['dealCheck'] = null;
	/** The host peer has welcomed this one: its document follows. */
	#isWelcome = false;
	/** Who opened the next game at this table, one of us: its first event is believed from it. */
	#lastHost: PlayerId | null = null;
	readonly #election: Election;
	#mayWriteNow: () => void = () => undefined;
	#hasBroughtFace = false;
	/** What the list of tables shows of this one, as it was last stored. */
	#card = '';
	#closed = false;

	private constructor(options: SessionOptions) {
		this.#options = options;
		this.#record = options.record;
		this.#founder = options.record.founder;
		this.#face = options.face;
		this.#self = encodeBase64url(options.random(16)) as PeerId;
		this.#election = this.#newElection();
		this.#peers = new Peers({
			topic: options.tableKeys.topic,
			self: this.#self,
			session: Math.round(options.clock.now()),
			identity: options.identity,
			keys: options.keys,
			clock: options.clock,
			introduce: () => this.#introduction(),
			onPeer: (peer, before) => {
				this.#peerCame(peer, before);
			},
			onFrame: (peer, frame) => {
				this.#frames = this.#frames.then(() => this.#frame(peer, frame)).catch(this.#onFault);
			},
			onGone: (peer) => {
				this.#peerGone(peer);
			},
		});
	}

	/** Takes up the table where this device left it, and goes looking for the others. */
	static async open(options: SessionOptions): Promise<TableSession> {
		const session = new TableSession(options);
		await session.#start();
		return session;
	}

	async #start(): Promise<void> {
		const { record, store } = this.#options;
		if (record.game !== null) {
			await this.#follow(record.game);
			await this.#resumeHosting();
		}
		if (this.#host === null) {
			this.#status = this.#statusWithoutHost();
			this.#cancelNobody = this.#options.clock.after(NOBODY_AFTER_MS, () => {
				if (this.#hostPeer !== null) return;
				if (this.#status === 'joining') this.#status = 'nobody_here';
				// A table that sleeps: who comes back first wakes it, if enough of them do.
				this.#election.hostLost();
				this.#changed();
			});
		}
		await store.putTable(this.#record);
		this.#openTransport();
		this.#changed();
	}

	#statusWithoutHost(): TableStatus {
		const state = this.#guest?.book.state ?? null;
		if (state === null) return 'joining';
		return state.stage === 'finished' ? 'open' : 'host_away';
	}

	/** Takes up a game that this player hosted when the page was closed. */
	async #resumeHosting(): Promise<void> {
		const { store, identity } = this.#options;
		const book = this.#guest?.book;
		if (book?.state?.host !== identity.player) return;
		const secret = await store.secret(book.gameId);
		// Without its secret this device cannot deal on: it shows what it has, and another may take over.
		if (secret === null || commitmentOf(secret.secret) !== book.state.commitment) return;
		const host = this.#newHost(secret, this.#mayWrite(book.state));
		await host.resume(book.envelopes());
		this.#guest?.close();
		this.#guest = null;
		this.#host = host;
		this.#role = 'host';
		this.#status = 'open';
		this.#ownNumber = host.numberOf(identity.player);
	}

	/** Others may have gone on under another host: a page that comes back asks before it writes. */
	#mayWrite(state: TableState): Promise<void> {
		const { transport, clock } = this.#options;
		if (transport === null || state.stage === 'finished' || electorate(state).length === 0)
			return Promise.resolve();
		return new Promise((resolve) => {
			clock.after(ASK_BEFORE_WRITING_MS, resolve);
			this.#mayWriteNow = resolve;
		});
	}

	/** Opens the first game of a new table, or the next one on it. */
	async host(game: NewGame): Promise<void> {
		const { random, identity } = this.#options;
		const gameId = encodeBase64url(random(16)) as GameId;
		const before = this.#host;
		const host = this.#newHost({ game: gameId, secret: random(32), recovered: null });
		await host.create(game);
		before?.close();
		this.#host = host;
		this.#role = 'host';
		this.#status = 'open';
		this.#founder = identity.player;
		this.#ownNumber = 0;
		this.#setRecord({ game: gameId, founder: identity.player, variant: game.variant });
		this.#options.transport?.setRole('host');
		this.#watchersChanged();
		for (const peer of this.#peers.all) if (this.#welcomed.has(peer.link)) this.#welcome(peer);
		for (const { hello, link } of this.#peers.all) host.setConnection(hello.player, link.state);
		this.#changed();
	}

	#newHost(secret: GameSecret, mayWrite?: Promise<void>): Host {
		const gameId = secret.game;
		const { identity, keys, store, clock, bots, gameOf } = this.#options;
		const host: Host = new Host({
			secret,
			...(mayWrite === undefined ? {} : { mayWrite }),
			identity,
			keys,
			store,
			clock,
			bots,
			gameOf,
			onChange: () => {
				if (this.#host === host) this.#changed();
			},
			onFault: this.#onFault,
		});
		host.document.onUpdate((update) => {
			if (this.#host !== host) return;
			const message = { type: 'sync', game: gameId, now: clock.now(), update } as const;
			for (const peer of this.#peers.all) if (this.#welcomed.has(peer.link)) peer.send(message);
		});
		return host;
	}

	/** Becomes a guest of a game, with what this device already has of it. */
	async #follow(gameId: GameId): Promise<void> {
		const { identity, keys, store, clock, gameOf } = this.#options;
		this.#guest?.close();
		const guest = new Guest({
			gameId,
			identity,
			keys,
			store,
			clock,
			gameOf,
			acceptsFounder: (host) => this.#acceptsFounder(host),
			onChange: () => {
				this.#changed();
			},
			onOffence: (offence) => {
				this.#fault = offence;
				this.#changed();
			},
			onFault: this.#onFault,
		});
		this.#guest = guest;
		this.#setRecord({ game: gameId });
		await guest.resume((await store.events(gameId)).map(({ envelope }) => envelope));
	}

	/** Who may have opened the game: the founder of the link or of the table, or the last host of the game before. */
	#acceptsFounder(player: PlayerId): boolean {
		if (player === this.#lastHost) return true;
		return this.#founder === null ? this.#options.acceptsFounder(player) : this.#founder === player;
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
					this.#peers.opened(link);
				},
				onFrame: (link, frame) => {
					this.#peers.received(link, frame);
				},
				onLinkState: (link) => {
					this.#linkStateChanged(link);
				},
				onLost: (link) => {
					this.#peers.lost(link);
				},
				onPeer: () => undefined,
				onStatus: (status) => {
					this.#transportStatus(status);
				},
			},
		);
	}

	/** Seats are linked with one another and with the host; everybody else with the host alone. */
	#wants(info: PeerInfo): boolean {
		return this.#role === 'host' || info.role === 'host' || (this.#role === 'seat' && info.role === 'seat');
	}

	#transportStatus(status: TransportStatus): void {
		this.#fault = status.fault;
		this.#changed();
	}

	#linkStateChanged(link: Link): void {
		const peer = this.#peers.all.find((one) => one.link === link);
		if (peer === undefined) return;
		if (this.#welcomed.has(link)) this.#host?.setConnection(peer.hello.player, link.state);
		this.#changed();
	}

	#introduction(): Introduction {
		const book = this.#host?.book ?? this.#guest?.book;
		return {
			role: this.#role,
			face: this.#face,
			game: book?.gameId ?? null,
			term: book?.state?.term ?? 0,
			length: book?.length ?? 0,
		};
	}

	#peerCame(peer: Peer, before: Hello | null): void {
		const host = this.#host;
		if (host === null) {
			if (peer.hello.role === 'host') this.#meetHost(peer);
			else if (this.#hostPeer?.link === peer.link) this.#hostGone();
			return;
		}
		const { game, term } = peer.hello;
		if (game === host.book.gameId && term > host.state.term) {
			this.#frames = this.#frames.then(() => this.#stepDown()).catch(this.#onFault);
			return;
		}
		if (game === host.book.gameId && seatOf(host.state, peer.hello.player) !== null) this.#mayWriteNow();
		this.#admit(host, peer, before);
	}

	#peerGone(peer: Peer): void {
		this.#welcomed.delete(peer.link);
		const { player } = peer.hello;
		if (this.#host !== null) {
			const other = newestOf(this.#peers.of(player).filter(({ link }) => this.#welcomed.has(link)));
			this.#host.setConnection(player, other?.link.state ?? 'lost');
			this.#watchersChanged();
		}
		if (this.#hostPeer?.link === peer.link) this.#hostGone();
		this.#changed();
	}

	#hostGone(): void {
		this.#hostPeer = null;
		this.#isWelcome = false;
		this.#guest?.disconnect();
		if (this.#status === 'open') this.#status = this.#statusWithoutHost();
		this.#election.hostLost();
	}

	// As the host.

	#admit(host: Host, peer: Peer, before: Hello | null): void {
		const { hello, link } = peer;
		// It does not know yet that it hosts no more; its next hello will say so.
		if (hello.role === 'host') return;
		const reason = this.#reasonToRefuse(host, peer);
		if (reason !== null) {
			this.#refuse(peer, reason);
			return;
		}
		for (const older of this.#peers.of(hello.player)) {
			if (older.link !== link) this.#refuse(older, 'taken_over');
		}
		if (hello.game === host.book.gameId && hello.length > host.book.length) {
			peer.send({ type: 'request', game: hello.game, from: host.book.length });
		}
		// One that followed another host until now starts afresh with this one's document.
		const hasTurned = before !== null && before.term > 0 && hello.term > before.term;
		if (hasTurned || !this.#welcomed.has(link)) this.#welcome(peer);
		host.setConnection(hello.player, link.state);
		this.#watchersChanged();
	}

	#reasonToRefuse(host: Host, { hello, link }: Peer): Refused['reason'] | null {
		const { state } = host;
		if (state.kicked.includes(hello.player)) return 'kicked';
		// A second page of the host's own player would be a second host.
		if (hello.player === state.host) return 'taken_over';
		const newer = this.#peers
			.of(hello.player)
			.some((one) => one.link !== link && one.hello.session > hello.session);
		if (newer) return 'taken_over';
		if (seatOf(state, hello.player) !== null || this.#welcomed.has(link)) return null;
		const hasFreeSeat = state.stage !== 'finished' && state.seats.some((seat) => seat.kind === 'empty');
		const mayCome = hasFreeSeat || state.rules.spectators;
		// Who has not sat down yet counts as well: a free seat is no way round the limit.
		return mayCome && this.#watching(host).length < MAX_SPECTATORS ? null : 'full';
	}

	#refuse(peer: Peer, reason: Refused['reason']): void {
		this.#welcomed.delete(peer.link);
		this.#peers.refuse(peer, reason);
	}

	#welcome(peer: Peer): void {
		const host = this.#host;
		assert(host !== null, 'only a host welcomes');
		this.#welcomed.add(peer.link);
		const { gameId } = host.book;
		const { player } = peer.hello;
		peer.send({ type: 'welcome', game: gameId, number: host.numberOf(player) });
		for (const reply of host.repliesTo(player)) peer.send(reply);
		peer.send({ type: 'sync', game: gameId, now: this.#options.clock.now(), update: host.document.whole() });
	}

	#watching(host: Host): Peer[] {
		return this.#peers.all.filter(
			({ link, hello }) => this.#welcomed.has(link) && seatOf(host.state, hello.player) === null,
		);
	}

	#watchersChanged(): void {
		const host = this.#host;
		if (host === null) return;
		host.setWatchers(this.#watching(host).map(({ hello }) => ({ player: hello.player, face: hello.face })));
	}

	async #hostFrame(host: Host, peer: Peer, frame: Uint8Array): Promise<void> {
		if (!this.#welcomed.has(peer.link)) return;
		if (isCommand(frame)) {
			const command = await openCommand(frame, this.#options.keys);
			if (command?.game !== host.book.gameId) return;
			// Not awaited: the host has a queue of its own, and the next frame need not wait for the disk.
			void host.submit(command.body, command.player, command.number).then((outcome) => {
				const code = outcome.ok ? null : outcome.code;
				for (const to of this.#peers.of(command.player)) {
					to.send({ type: 'reply', number: command.number, code });
				}
				this.#afterCommand(host);
			}, this.#onFault);
			return;
		}
		const message = decodeMessage(frame);
		if (message?.type === 'envelopes' && message.game === host.book.gameId) {
			const hasGrown = await host.adopt(message.from, message.envelopes);
			if (hasGrown) for (const one of this.#peers.all) if (this.#welcomed.has(one.link)) this.#welcome(one);
		} else if (message?.type === 'request') {
			this.#answerRequest(peer, message.game, message.from);
		} else if (message?.type === 'bye') {
			this.#welcomed.delete(peer.link);
			host.setConnection(peer.hello.player, 'lost');
			this.#watchersChanged();
		}
	}

	/** Somebody may have sat down, left, or been kicked. */
	#afterCommand(host: Host): void {
		for (const peer of this.#peers.all) {
			if (!host.state.kicked.includes(peer.hello.player)) continue;
			this.#refuse(peer, 'kicked');
			host.setConnection(peer.hello.player, 'lost');
		}
		this.#watchersChanged();
	}

	// As a guest.

	#meetHost(peer: Peer): void {
		const { player } = peer.hello;
		const state = this.#guest?.book.state ?? null;
		const mayHost = this.#mayHost(peer.hello);
		if (mayHost && !this.#hasHostBut(player)) {
			this.#hostPeer = peer;
			return;
		}
		if (mayHost && state !== null && this.#guest !== null) {
			// While the host is heard, another's word is not enough: its log has to show the votes.
			peer.send({ type: 'request', game: state.game, from: this.#guest.book.length });
			return;
		}
		// One of the table who hosted before has only not heard yet who does now.
		const isKnown = state !== null && seatOf(state, player) !== null;
		if (state === null && this.#hostPeer === null) {
			this.#status = 'refused';
			this.#refusal = 'wrong_table';
		} else if (!isKnown) {
			this.#twoHosts = true;
		}
		this.#changed();
	}

	/** A host that has been heard, and confirmed by the log where there is one, is not changed for another's word. */
	#hasHostBut(player: PlayerId): boolean {
		const host = this.#hostPeer?.hello.player ?? null;
		if (host === null || host === player) return false;
		const state = this.#guest?.book.state ?? null;
		return state === null || state.host === host;
	}

	/** Whether to listen to a peer that says it hosts. Its log proves it, or nothing of it is taken in. */
	#mayHost({ player, game, term }: Hello): boolean {
		const state = this.#guest?.book.state ?? null;
		if (state === null) return term > 1 || this.#acceptsFounder(player);
		const isSeated = seatOf(state, player) !== null;
		// Another game: the next one at this table, opened by one of us.
		if (game !== state.game) return isSeated || player === state.host;
		return player === state.host ? term >= state.term : term > state.term && isSeated;
	}

	/** The host is believed when the log says that it is the host. */
	#confirmHost(): void {
		this.#turnToHost();
		const host = this.#hostPeer?.hello.player ?? null;
		if (!this.#isWelcome || host === null || this.#guest?.book.state?.host !== host) return;
		if (this.#status === 'open' && !this.#election.isHostLost) return;
		this.#cancelNobody();
		this.#election.hostFound();
		this.#status = 'open';
		this.#refusal = null;
	}

	/** The log names another host than the one that is followed: it is followed from here on, if it is linked. */
	#turnToHost(): void {
		const named = this.#guest?.book.state?.host ?? null;
		if (named === null || this.#hostPeer === null || this.#hostPeer.hello.player === named) return;
		const peer = newestOf(this.#peers.of(named).filter(({ hello }) => hello.role === 'host'));
		if (peer === undefined) return;
		this.#hostPeer = peer;
		this.#isWelcome = false;
		this.#guest?.disconnect();
		// It hears who we are once more, and welcomes us.
		void this.#peers.reintroduce();
	}

	async #guestFrame(peer: Peer, frame: Uint8Array): Promise<void> {
		const message = decodeMessage(frame);
		if (message !== null && (await this.#seatSays(peer, message))) return;
		// Only the link that proved the host's key is believed.
		if (message === null || this.#hostPeer?.link !== peer.link) return;
		await this.#hostSays(peer, message);
	}

	/** What any seat may say to another; true when that is what it was. */
	async #seatSays(peer: Peer, message: PlainMessage): Promise<boolean> {
		switch (message.type) {
			case 'request':
				this.#answerRequest(peer, message.game, message.from);
				return true;
			case 'envelopes':
				if (message.game === this.#guest?.book.gameId) this.#guest.adopt(message.from, message.envelopes);
				return true;
			case 'claim':
				await this.#answerClaim(peer, message);
				return true;
			case 'vote':
				await this.#countVote(peer, message);
				return true;
			default:
				return false;
		}
	}

	async #hostSays(peer: Peer, message: PlainMessage): Promise<void> {
		switch (message.type) {
			case 'handover':
				await this.#acceptHandover(peer, message);
				return;
			case 'welcome':
				if (this.#guest?.book.gameId !== message.game) {
					if (this.#guest !== null) this.#lastHost = peer.hello.player;
					await this.#follow(message.game);
				}
				this.#guest?.connect(message.number, peer.sendFrame);
				this.#isWelcome = true;
				break;
			case 'sync':
				this.#clockOffset = Math.min(this.#clockOffset, this.#options.clock.now() - message.now);
				if (this.#guest?.book.gameId !== message.game || !this.#guest.sync(message.update)) {
					this.#fault = 'malformed_update';
				}
				return;
			case 'reply':
				this.#guest?.reply(message.number, message.code);
				return;
			case 'refused':
				this.#refusedBy(message.reason);
				break;
			case 'bye':
				this.#hostGone();
				break;
			case 'envelopes':
			case 'request':
			case 'claim':
			case 'vote':
				return;
			default:
				assertNever(message);
		}
		this.#changed();
	}

	#refusedBy(reason: Refused['reason']): void {
		if (reason === 'taken_over') {
			this.takenOver();
			return;
		}
		this.#isWelcome = false;
		this.#status = 'refused';
		this.#refusal = reason === 'kicked' || reason === 'full' ? reason : 'wrong_table';
		this.#guest?.disconnect();
	}

	#answerRequest(peer: Peer, game: GameId, from: number): void {
		const book = this.#host?.book ?? this.#guest?.book;
		if (book?.gameId !== game || from >= book.length) return;
		peer.send({ type: 'envelopes', game, from, envelopes: book.envelopes(from) });
	}

	// Losing the host.

	#newElection(): Election {
		const { clock, identity, record } = this.#options;
		return new Election(
			{
				clock,
				self: identity.player,
				state: () => this.#guest?.book.state ?? null,
				rememberTerm: async (votedTerm) => {
					this.#record = { ...this.#record, votedTerm };
					await this.#options.store.putTable(this.#record);
				},
				sendClaim: (term) => {
					const book = this.#guest?.book;
					if (book === undefined) return;
					const claim = { type: 'claim', game: book.gameId, term, length: book.length } as const;
					for (const peer of this.#peers.all) peer.send(claim);
				},
				ownVote: (term) => this.#ownVote(term),
				onElected: (term, votes) => {
					this.#frames = this.#frames.then(() => this.#elected(term, votes)).catch(this.#onFault);
				},
				onChange: () => {
					this.#changed();
				},
			},
			record.votedTerm,
		);
	}

	async #ownVote(term: number): Promise<CollectedVote> {
		const { identity } = this.#options;
		const state = this.#guest?.book.state ?? null;
		const seat = state === null ? null : seatOf(state, identity.player);
		assert(state !== null && seat !== null, 'only a seat votes');
		const signature = encodeBase64url(await identity.sign(voteBytes(state.game, term, identity.player)));
		return { vote: { player: identity.player, signature }, seat, share: await this.#ownShare() };
	}

	/** This seat's share of the key of the round under way. */
	async #ownShare(): Promise<Uint8Array<ArrayBuffer> | null> {
		const { identity } = this.#options;
		const book = this.#guest?.book;
		const state = book?.state ?? null;
		const seat = state === null ? null : seatOf(state, identity.player);
		if (book === undefined || state?.inner == null || seat === null) return null;
		if (state.inner.round <= state.revealedRounds) return null;
		const dealt = book.entries.findLast(({ record }) => record.hands !== undefined);
		const share = dealt?.record.hands?.[seat]?.share ?? null;
		return share === null ? null : openShare(identity, share);
	}

	async #answerClaim(peer: Peer, claim: Claim): Promise<void> {
		const { identity, keys, random } = this.#options;
		const { player } = peer.hello;
		const guest = this.#guest;
		const state = guest?.book.state ?? null;
		if (guest === null || state === null || claim.game !== state.game) return;
		const voters = electorate(state);
		if (!voters.includes(player) || !voters.includes(identity.player)) return;
		if (!(await this.#election.mayVote(claim.term))) return;
		if (guest.book.length > claim.length) this.#answerRequest(peer, claim.game, claim.length);
		const holder = state.seats[seatOf(state, player) ?? -1];
		const share = await this.#ownShare();
		const signature = await identity.sign(voteBytes(claim.game, claim.term, player));
		peer.send({
			type: 'vote',
			game: claim.game,
			term: claim.term,
			signature: encodeBase64url(signature),
			share:
				share === null || holder?.kind !== 'human'
					? null
					: await passShare(keys, random(32), holder.boxKey, share),
		});
	}

	async #countVote(peer: Peer, message: Vote): Promise<void> {
		const { identity, keys } = this.#options;
		const { player } = peer.hello;
		const state = this.#guest?.book.state ?? null;
		const seat = state === null ? null : seatOf(state, player);
		if (state === null || seat === null || message.game !== state.game) return;
		const vote = { player, signature: message.signature };
		if (!(await isSigned(keys, vote, voteBytes(message.game, message.term, identity.player)))) return;
		const share = message.share === null ? null : await openPassed(identity, message.share);
		this.#election.voted(message.term, player, { vote, seat, share });
	}

	async #elected(term: number, collected: readonly CollectedVote[]): Promise<void> {
		await this.#guest?.idle();
		const state = this.#guest?.book.state ?? null;
		// The host came back, or another was elected, while the votes were counted.
		if (state === null || state.term >= term || this.#hostPeer !== null) return;
		const shares = collected.flatMap(({ share }) => (share === null ? [] : [share]));
		const key = await joinShares(shares);
		const round = state.inner?.round ?? 0;
		const votes = collected.map(({ vote }) => vote);
		await this.#takeOver({ term, reason: 'lost', votes }, key === null ? null : { round, key });
	}

	/** Becomes the host of the game it was a guest of. */
	async #takeOver(
		change: Pick<HostChanged, 'term' | 'reason' | 'votes'>,
		recovered: GameSecret['recovered'],
	): Promise<void> {
		const { random, identity, transport } = this.#options;
		const guest = this.#guest;
		if (guest === null) return;
		const host = this.#newHost({ game: guest.book.gameId, secret: random(32), recovered });
		await host.takeOver(guest.book.envelopes(), change);
		this.#host = host;
		this.#guest = null;
		this.#hostPeer = null;
		this.#election.hostFound();
		this.#role = 'host';
		this.#status = 'open';
		this.#ownNumber = host.numberOf(identity.player);
		transport?.setRole('host');
		await this.#peers.reintroduce();
		for (const peer of this.#peers.all) this.#admit(host, peer, null);
		const unanswered = guest.handOn();
		guest.close();
		this.#changed();
		for (const { command, settle } of unanswered) settle(await this.send(command));
	}

	/** Another hosts this game in a higher term: this page is a guest again, in its old seat. */
	async #stepDown(): Promise<void> {
		const host = this.#host;
		if (host === null) return;
		this.#host = null;
		this.#welcomed.clear();
		await host.stop();
		await this.#follow(host.book.gameId);
		this.#role = 'seat';
		this.#status = 'host_away';
		this.#options.transport?.setRole('seat');
		await this.#peers.reintroduce();
		for (const peer of this.#peers.all) if (peer.hello.role === 'host') this.#meetHost(peer);
		// Whoever hosts has answered our old hello with silence: say who we are now, and wait for its welcome.
		this.#changed();
	}

	async passTable(seat: SeatIndex): Promise<Outcome> {
		const host = this.#host;
		const { identity, keys, random } = this.#options;
		const target = host?.state.seats[seat];
		if (host === null || target?.kind !== 'human' || target.player === identity.player) {
			return { ok: false, code: 'no_such_seat' };
		}
		const peer = newestOf(this.#peers.of(target.player));
		if (peer === undefined) return { ok: false, code: 'need_players' };
		await host.stop();
		const { term, game } = host.state;
		const signature = await identity.sign(voteBytes(game, term + 1, target.player));
		const underWay = host.keyUnderWay;
		peer.send({
			type: 'handover',
			game,
			term: term + 1,
			length: host.book.length,
			signature: encodeBase64url(signature),
			key: underWay === null ? null : await passShare(keys, random(32), target.boxKey, underWay.key),
		});
		await this.#stepDown();
		this.#election.hostLost();
		return { ok: true };
	}

	async #acceptHandover(peer: Peer, message: Handover): Promise<void> {
		const { identity } = this.#options;
		const guest = this.#guest;
		await guest?.idle();
		const state = guest?.book.state ?? null;
		if (guest === null || state === null || message.game !== state.game || message.term <= state.term) return;
		if (peer.hello.player !== state.host || guest.book.length !== message.length) return;
		const key = message.key === null ? null : await openPassed(identity, message.key);
		const votes = [{ player: state.host, signature: message.signature }];
		const round = state.inner?.round ?? 0;
		await this.#takeOver(
			{ term: message.term, reason: 'handed_over', votes },
			key === null ? null : { round, key },
		);
	}

	async #frame(peer: Peer, frame: Uint8Array): Promise<void> {
		if (this.#closed) return;
		if (this.#host !== null) await this.#hostFrame(this.#host, peer, frame);
		else await this.#guestFrame(peer, frame);
	}

	// What the page sees and does.

	get snapshot(): TableSnapshot {
		this.#snapshot ??= this.#makeSnapshot();
		return this.#snapshot;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#makeSnapshot(): TableSnapshot {
		const host = this.#host;
		const guest = this.#guest;
		const book = host?.book ?? guest?.book ?? null;
		const state = host === null ? (guest?.shown ?? null) : host.book.state;
		const notes = host === null ? (guest?.notes ?? NO_NOTES) : null;
		const { identity, linkTo } = this.#options;
		return snapshotOf(
			{
				status: this.#status,
				refusal: this.#refusal,
				code: this.#record.code,
				link: linkTo(this.#founder),
				solo: this.#record.solo,
				game: book?.gameId ?? null,
				variant: state?.variant ?? this.#record.variant,
				player: identity.player,
				face: this.#face,
				isHost: host !== null,
				state,
				table: book?.table ?? null,
				watchers:
					notes?.watchers ??
					(host === null ? [] : this.#watching(host).map(({ hello }) => hello)).map(watchingOf),
				connectionOf: (player, seat) => this.#connectionOf(player, seat, notes),
				pending: guest?.pending ?? null,
				deadline: host?.deadline ?? this.#ours(notes?.deadline ?? null),
				nextRoundAt: host?.nextRoundAt ?? this.#toOurClock(notes?.nextRoundAt ?? null),
				takeoverAt: this.#election.aloneAt,
				dealCheck: this.#audited === book?.gameId ? this.#dealCheck : null,
				refused: this.#refused,
				twoHosts: this.#twoHosts,
				events: book?.length ?? 0,
				fault: this.#fault,
			},
			this.#viewOf(state),
		);
	}

	#viewOf(state: TableState | null): GameView | null {
		const table = (this.#host?.book ?? this.#guest?.book)?.table ?? null;
		if (state === null || table === null) return null;
		const seat = seatOf(state, this.#options.identity.player);
		if (this.#view?.state.inner !== state.inner || this.#view.seat !== seat) {
			this.#view = { state, seat, view: table.view(state, seat) };
		}
		return this.#view.view;
	}

	#connectionOf(player: PlayerId, seat: SeatIndex, notes: TableNotes | null): Connection {
		if (notes === null) return this.#host?.connectionOf(player) ?? 'lost';
		const state = this.#guest?.book.state;
		if (player === state?.host) return this.#hostPeer?.link.state ?? 'lost';
		if (notes.lost.includes(seat)) return 'lost';
		return notes.doubtful.includes(seat) ? 'doubtful' : 'open';
	}

	#toOurClock(at: number | null): number | null {
		return at === null || this.#clockOffset === Infinity ? at : at + this.#clockOffset;
	}

	#ours(deadline: TableNotes['deadline']): TableSnapshot['deadline'] {
		if (deadline === null) return null;
		const at = this.#toOurClock(deadline.at);
		return at === null ? null : { at, totalMs: deadline.totalMs };
	}

	async send(command: Command): Promise<Outcome> {
		if (command.type === 'change_face' && 'face' in command) this.#setFace(command.face);
		if (this.#isWatchersFace(command)) return { ok: true };
		const outcome = await this.#ask(command);
		if (!outcome.ok) {
			this.#refused = { command, code: outcome.code, at: this.#options.clock.now() };
			this.#changed();
		}
		return outcome;
	}

	#setFace(face: Face): void {
		this.#face = face;
		void this.#peers.reintroduce();
		this.#changed();
	}

	/** Somebody without a seat changes only how the host lists it. */
	#isWatchersFace(command: Command): boolean {
		return isTableCommand(command) && command.type === 'change_face' && this.snapshot.you.seat === null;
	}

	async #ask(command: Command): Promise<Outcome> {
		const host = this.#host;
		if (host === null) {
			return this.#guest === null ? { ok: false, code: 'invalid_phase' } : this.#guest.send(command);
		}
		const { player } = this.#options.identity;
		// The host's counter runs ahead when it has adopted events of this player's own.
		this.#ownNumber = Math.max(this.#ownNumber, host.numberOf(player)) + 1;
		const outcome = await host.submit(command, player, this.#ownNumber);
		this.#afterCommand(host);
		return outcome;
	}

	sit(seat: SeatIndex | null): Promise<Outcome> {
		const { identity, random } = this.#options;
		const contribution = encodeBase64url(random(32));
		return this.send({ type: 'take_seat', seat, face: this.#face, boxKey: identity.boxKey, contribution });
	}

	async playAgain(): Promise<void> {
		const host = this.#host;
		if (host?.state.stage !== 'finished') return;
		const { state } = host;
		await this.host({
			variant: state.variant,
			rules: state.rules,
			options: state.options,
			seats: state.seats.map((seat) => this.#carriedOver(host, seat)),
			previous: state.game,
		});
		// A new log knows nothing of the one before: who was kicked stays out.
		for (const player of state.kicked) await this.#ask({ type: 'kick', player });
	}

	/** Bots stay, and so does who is there; each gives a new part to the new deal. */
	#carriedOver(host: Host, seat: Seat): Seat {
		if (seat.kind !== 'human') return seat;
		if (seat.presence === 'left' || host.connectionOf(seat.player) === 'lost') return { kind: 'empty' };
		return { ...seat, contribution: null, ready: true, presence: 'here' };
	}

	// Housekeeping.

	#changed(): void {
		if (this.#closed) return;
		this.#snapshot = null;
		this.#confirmHost();
		this.#followSeat();
		this.#keepRecord();
		this.#auditWhenOver();
		for (const listener of this.#listeners) listener();
	}

	/** The role this browser announces follows the seat, and a seat carried over gives its part to the deal. */
	#followSeat(): void {
		const state = (this.#host?.book ?? this.#guest?.book)?.state ?? null;
		const { identity, transport, random } = this.#options;
		const seat = state === null ? null : seatOf(state, identity.player);
		const role = this.#host !== null ? 'host' : seat !== null ? 'seat' : state === null ? 'new' : 'watch';
		if (role !== this.#role) {
			this.#role = role;
			transport?.setRole(role);
			void this.#peers.reintroduce();
		}
		const holder = seat === null ? undefined : state?.seats[seat];
		if (holder?.kind === 'human') this.#bringFace(holder.face);
		if (holder?.kind !== 'human' || holder.contribution !== null || state?.stage !== 'lobby') return;
		if (this.#contributedTo === state.game) return;
		this.#contributedTo = state.game;
		void this.send({ type: 'contribute', contribution: encodeBase64url(random(32)) });
	}

	/** A face changed elsewhere since this player sat down (the settings, another table) is changed here too. */
	#bringFace(seated: Face): void {
		if (this.#hasBroughtFace || this.#status !== 'open') return;
		this.#hasBroughtFace = true;
		const { name, color, avatar } = this.#face;
		if (seated.name === name && seated.color === color && seated.avatar === avatar) return;
		void this.send({ type: 'change_face', face: this.#face });
	}

	#keepRecord(): void {
		const book = this.#host?.book ?? this.#guest?.book;
		if (book === undefined || book.state === null || book.table === null) return;
		const first = book.entries[0]?.event;
		if (
			this.#founder === null &&
			first !== undefined &&
			isTableEvent(first) &&
			first.type === 'game_created'
		) {
			this.#founder = first.host;
			this.#setRecord({ founder: first.host });
		}
		const card = tableCardOf(book.table.game, book.state, this.#options.identity.player);
		const text = JSON.stringify(card);
		if (text === this.#card) return;
		this.#card = text;
		this.#setRecord(card);
	}

	/** Deals a finished game again, once, and keeps what was found. */
	#auditWhenOver(): void {
		const book = this.#host?.book ?? this.#guest?.book;
		if (book?.state?.stage !== 'finished' || book.table === null || this.#audited === book.gameId) return;
		this.#audited = book.gameId;
		this.#dealCheck = null;
		const { game } = book.table;
		const { entries } = book;
		import('./audit.ts')
			.then(({ auditLog }) => auditLog(game, entries, this.#options.keys))
			.then((check) => {
				this.#dealCheck = check;
				this.#changed();
			})
			.catch(this.#onFault);
	}

	#setRecord(change: Partial<TableRecord>): void {
		this.#record = { ...this.#record, ...change, updatedAt: Math.round(this.#options.clock.now()) };
		this.#options.store.putTable(this.#record).catch(this.#onFault);
	}

	readonly #onFault = (error: unknown): void => {
		if (this.#closed) return;
		// Another page of this player went on with the log: this one must not.
		if (error instanceof LogConflictError) {
			this.takenOver();
			return;
		}
		this.#fault = error instanceof Error ? error.name : 'unknown';
		this.#changed();
	};

	/** The page is going: the others need not wait for a heartbeat to miss. */
	sayBye(): void {
		for (const peer of this.#peers.all) peer.send({ type: 'bye' });
	}

	/** The page came back to the foreground. */
	wake(): void {
		this.#options.transport?.checkLinks();
	}

	/** Another page of this player has the seat now: this one stops at once. */
	takenOver(): void {
		this.#isWelcome = false;
		this.#status = 'taken_over';
		this.#changed();
		this.#shutDown();
	}

	/** Resolves when everything this session has begun is done. */
	async idle(): Promise<void> {
		await this.#frames;
		await this.#host?.idle();
		await this.#guest?.idle();
	}

	close(): void {
		this.sayBye();
		this.#shutDown();
	}

	#shutDown(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#cancelNobody();
		this.#election.close();
		this.#peers.close();
		this.#host?.close();
		this.#guest?.close();
		this.#options.transport?.close();
		this.#options.bots.close();
	}
}

function watchingOf({ player, face }: { player: PlayerId; face: Face }) {
	return { player, face };
}
