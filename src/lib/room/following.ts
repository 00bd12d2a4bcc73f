/**
 * A page's part as a guest or a spectator: which of the peers it believes to be the host, and what it does when that
 * one is gone. The log it takes in, and the moves it asks for, are the `Guest`'s.
 */
import { assertNever } from '../game/assert.ts';
import type { SeatIndex } from '../game/game.ts';
import { seatOf } from '../game/seats.ts';
import type { Command, GameId, HostChanged, PlayerId, TableState } from '../game/table-types.ts';
import type { Link } from '../transport/transport.ts';
import { Guest } from './guest.ts';
import type { CollectedVote } from './election.ts';
import type { Connection, NewGame, Outcome } from './host.ts';
import { answerRequest } from './hosting.ts';
import type { LogBook } from './log-book.ts';
import { mayOpenNext, nextGameOf } from './next-game.ts';
import type { PartContext } from './part.ts';
import { newestOf, type Peer } from './peers.ts';
import { Offences, type Offence } from './offences.ts';
import {
	decodeMessage,
	isCommand,
	isOversized,
	type Handover,
	type Hello,
	type NewSecret,
	type PlainMessage,
	type Refused,
} from './protocol.ts';
import { openPassed } from './shares.ts';
import type { GameSecret } from './store.ts';
import { Succession } from './succession.ts';
import type { TableSnapshot, TableStatus } from './table-client.ts';
import { NO_NOTES, type TableNotes } from './table-document.ts';
import { missingVoters } from './votes.ts';

/** A host sends what is new of the log with its welcome; a slow phone verifies five hundred events in a second. */
const PROOF_WITHIN_MS = 4_000;

export interface FollowingContext extends PartContext {
	/** Whether this key may be the founding host: from the link's fingerprint, or from meeting it before. */
	readonly acceptsFounder: (host: PlayerId) => boolean;
	/** Another game is followed from now on. */
	readonly onGame: (game: GameId) => void;
	/** This page is to host the game: it was elected, or the table was handed to it. */
	readonly onMandate: (mandate: Mandate) => Promise<void>;
	/** The host has put this player out. */
	readonly onPutOut: () => void;
	/** Another page of this player holds the seat now. */
	readonly onTakenOver: () => void;
}

/** What makes a page the host: the votes, and the key of the round under way where it could be recovered. */
export interface Mandate {
	readonly change: Pick<HostChanged, 'term' | 'reason' | 'votes'>;
	readonly recovered: GameSecret['recovered'];
}

export class Following {
	readonly #context: FollowingContext;
	readonly #succession: Succession;
	#guest: Guest | null = null;
	/** The peer that hosts, as far as this page knows. */
	#hostPeer: Peer | null = null;
	/** Links over which somebody has said goodbye; they stay up a little longer. */
	readonly #left = new WeakSet<Link>();
	/** The host has welcomed this page: its document follows. */
	#isWelcome = false;
	/** Where the table meets from now on, as a peer said that may turn out to be the host. */
	#told: { readonly peer: Peer; readonly message: NewSecret } | null = null;
	#status: TableStatus = 'joining';
	#refusal: TableSnapshot['refusal'] = null;
	#twoHosts = false;
	/** Links of peers that said they host, and opened another table than this. */
	readonly #disbelieved = new WeakSet<Link>();
	/** Players who said that they host, and showed no log of it: the next time the log has to come first. */
	readonly #unproven = new Set<PlayerId>();
	#cancelProof: () => void = () => undefined;
	/** The host of this welcome has been told what it forgot. */
	#hasReminded = false;
	readonly #offences = new Offences();
	#offence: string | null = null;
	/** Host's clock to ours: the least seen of (arrival - sent), ms. */
	#clockOffset = Infinity;
	/** Who opened the next game at this table, one of us: its first event is believed from it. */
	#lastHost: PlayerId | null = null;

	private constructor(context: FollowingContext) {
		this.#context = context;
		this.#succession = new Succession(
			context,
			() => this.#guest,
			(term, votes) => {
				context.inOrder(() => this.#elected(term, votes));
			},
			() => {
				context.inOrder(() => this.#goOn());
			},
		);
	}

	/** Follows a game from where this device left it; null: whichever the host names. */
	static async start(context: FollowingContext, game: GameId | null): Promise<Following> {
		const following = new Following(context);
		if (game !== null) {
			await following.#follow(game);
			following.#status = following.#statusWithoutHost();
		}
		return following;
	}

	async #follow(gameId: GameId): Promise<void> {
		const { identity, keys, store, clock, random, gameOf, onChange, onFault, onFaultOver, onGame } =
			this.#context;
		this.#guest?.close();
		const guest = new Guest({
			gameId,
			identity,
			keys,
			store,
			clock,
			random,
			gameOf,
			acceptsFounder: (host) => this.#acceptsFounder(host),
			onChange: () => {
				this.#confirmHost();
				for (const peer of this.#context.peers.all) this.#partFromPutOut(peer);
				onChange();
			},
			onOffence: (offence) => {
				if (offence === this.#offence) return;
				this.#offence = offence;
				if (offence !== null) this.#disbelieve();
				onChange();
			},
			onForgotten: () => {
				this.#remindHost(gameId);
			},
			onFault,
			onFaultOver,
		});
		this.#guest = guest;
		onGame(gameId);
		await guest.resume((await store.events(gameId)).map(({ envelope }) => envelope));
	}

	/** Who may have opened the game: the founder of the link or of the table, or the last host of the game before. */
	#acceptsFounder(player: PlayerId): boolean {
		return player === this.#lastHost || this.#context.acceptsFounder(player);
	}

	get book(): LogBook | null {
		return this.#guest?.book ?? null;
	}
	/** The state with this player's own pending move in it. */
	get shown(): TableState | null {
		return this.#guest?.shown ?? null;
	}
	get pending(): Command | null {
		return this.#guest?.pending ?? null;
	}
	get status(): TableStatus {
		return this.#status;
	}
	get refusal(): TableSnapshot['refusal'] {
		return this.#refusal;
	}
	get twoHosts(): boolean {
		return this.#twoHosts;
	}
	/** What the host sent that did not verify, last. */
	get offence(): string | null {
		return this.#offence;
	}
	/** What this page may open in place of a host that is gone after the end; null while the host is there. */
	get nextGame(): NewGame | null {
		const state = this.book?.state ?? null;
		const { identity } = this.#context;
		if (state === null || !this.#succession.isHostLost || !mayOpenNext(state, identity.player)) return null;
		return nextGameOf(state, (player) => this.#isHere(player));
	}
	/** Seats that have to come back before anybody can be elected, as this page sees it; none while nobody is needed. */
	get waitsFor(): readonly SeatIndex[] {
		const state = this.book?.state ?? null;
		const { identity } = this.#context;
		if (state === null || !this.#succession.isHostLost || state.stage === 'finished') return [];
		// Who watches is linked with one seat, and knows nothing of the others.
		if (seatOf(state, identity.player) === null) return [];
		return missingVoters(state, (player) => this.#isHere(player)).flatMap(
			(player) => seatOf(state, player) ?? [],
		);
	}
	#isHere(player: PlayerId): boolean {
		const { identity, peers } = this.#context;
		return player === identity.player || peers.of(player).some(({ link }) => !this.#left.has(link));
	}
	/** When this page takes over by itself, ms of its clock; null when it is not about to. */
	get takeoverAt(): number | null {
		return this.#succession.aloneAt;
	}
	/** What the host says of the table beside the log, its times in ms of this page's clock. */
	get notes(): TableNotes {
		const notes = this.#guest?.notes ?? NO_NOTES;
		const offset = this.#clockOffset;
		if (offset === Infinity) return notes;
		const { deadline, nextRoundAt } = notes;
		return {
			...notes,
			deadline: deadline === null ? null : { ...deadline, at: deadline.at + offset },
			nextRoundAt: nextRoundAt === null ? null : nextRoundAt + offset,
		};
	}

	connectionOf(player: PlayerId): Connection {
		const state = this.book?.state ?? null;
		if (player === state?.host) return this.#hostPeer?.link.state ?? 'lost';
		const seat = state === null ? null : seatOf(state, player);
		const { lost, doubtful } = this.#guest?.notes ?? NO_NOTES;
		if (seat === null || lost.includes(seat)) return 'lost';
		return doubtful.includes(seat) ? 'doubtful' : 'open';
	}

	ask(command: Command): Promise<Outcome> {
		return this.#guest?.send(command) ?? Promise.resolve({ ok: false, code: 'invalid_phase' });
	}

	/** Takes in nothing more; resolves when all of the log is stored. */
	rest(): Promise<void> {
		return this.#guest?.rest() ?? Promise.resolve();
	}

	/** Commands that nobody has answered: whoever hosts next gets them. */
	handOn(): ReturnType<Guest['handOn']> {
		return this.#guest?.handOn() ?? [];
	}

	/** Nobody has answered for a while. */
	searchedInVain(): void {
		this.#disbelieve();
		if (this.#hostPeer !== null) return;
		if (this.#status === 'joining') this.#status = 'nobody_here';
		// A table that sleeps: who comes back first wakes it, if enough of them do.
		this.#succession.hostLost();
		this.#context.onChange();
	}

	// Which peer hosts.

	/** A peer has said hello, for the first time or again. */
	meet(peer: Peer): void {
		if (this.#partFromPutOut(peer)) return;
		this.#left.delete(peer.link);
		if (peer.hello.role === 'host') this.#meetHost(peer);
		else if (this.#hostPeer?.link === peer.link) this.#hostGone();
		this.#catchUpWith(peer);
	}

	/** While nobody hosts, and after the end, whoever has more of the log has it for this page as well. */
	#catchUpWith({ hello: { game, length }, send }: Peer): void {
		const { book } = this;
		if (this.#hostPeer !== null || book === null || game !== book.gameId || length <= book.length) return;
		send({ type: 'request', game, from: book.length });
	}

	/** Who was put out of the table is nobody's neighbour any more; true when it was. */
	#partFromPutOut(peer: Peer): boolean {
		const isPutOut = this.book?.state?.kicked.includes(peer.hello.player) === true;
		if (isPutOut) this.#context.peers.shut(peer);
		return isPutOut;
	}

	gone(peer: Peer): void {
		if (this.#hostPeer?.link === peer.link) this.#hostGone();
	}

	#hostGone(): void {
		const gone = this.#hostPeer?.link;
		this.#hostPeer = null;
		this.#isWelcome = false;
		this.#guest?.disconnect();
		if (this.#status === 'open') this.#status = this.#statusWithoutHost();
		this.#succession.hostLost();
		// Another that said so before, while this one was heard.
		this.#turnToHost();
		if (this.#followed !== null) return;
		for (const peer of this.#context.peers.all) {
			const isHere = peer.link !== gone && !this.#left.has(peer.link);
			if (isHere && peer.hello.role === 'host') this.#meetHost(peer);
		}
		if (this.#followed !== null) this.#turnTo(this.#followed);
	}

	/** As it stands after whatever was called: the compiler would hold on to what was assigned before. */
	get #followed(): Peer | null {
		return this.#hostPeer;
	}

	/**
	 * A word is enough to be listened to, and not for ever: a seat that says it hosts and shows no log of it would keep
	 * this page from voting, and from hosting, as long as it likes.
	 */
	#awaitProof(peer: Peer): void {
		this.#cancelProof();
		if (this.book?.state == null || this.isHost(peer)) return;
		this.#cancelProof = this.#context.clock.after(PROOF_WITHIN_MS, () => {
			if (this.#hostPeer?.link !== peer.link || this.isHost(peer)) return;
			this.#unproven.add(peer.hello.player);
			this.#hostGone();
			this.#context.onChange();
		});
	}

	/** Follows a host whose hello was heard a while ago, and whose welcome was not. */
	#turnTo(peer: Peer): void {
		this.#hostPeer = peer;
		this.#awaitProof(peer);
		this.#isWelcome = false;
		this.#guest?.disconnect();
		peer.send({ type: 'join' });
	}

	#statusWithoutHost(): TableStatus {
		const state = this.book?.state ?? null;
		if (state === null) return 'joining';
		return state.stage === 'finished' ? 'open' : 'host_away';
	}

	#meetHost(peer: Peer): void {
		if (this.#disbelieved.has(peer.link)) return;
		const { player } = peer.hello;
		const book = this.book;
		const state = book?.state ?? null;
		const mayHost = this.#mayHost(peer.hello);
		if (mayHost && !this.#hasHostBut(player) && !this.#unproven.has(player)) {
			this.#hostPeer = peer;
			this.#awaitProof(peer);
			return;
		}
		const { game, term } = peer.hello;
		if (state !== null && book !== null && (mayHost || (game === state.game && term > state.term))) {
			// While the host is heard, or of who is not seated here, a word is not enough: the log has to show the votes.
			peer.send({ type: 'request', game: state.game, from: game === state.game ? 0 : book.length });
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
		this.#context.onChange();
	}

	/** A host of which there is not one event that may be believed: whoever else says that it hosts is heard. */
	#disbelieve(): void {
		const link = this.#hostPeer?.link;
		if (link === undefined || this.book?.state != null) return;
		this.#disbelieved.add(link);
		this.#hostPeer = null;
		this.#isWelcome = false;
		for (const peer of this.#context.peers.all) if (!this.#disbelieved.has(peer.link)) this.meet(peer);
		if (this.#followed !== null) this.#turnTo(this.#followed);
	}

	/** The host has lost its last writes and goes on from an earlier event: it is given what it has signed before. */
	#remindHost(game: GameId): void {
		const book = this.book;
		if (book === null || this.#hasReminded) return;
		this.#hasReminded = true;
		this.#hostPeer?.send({ type: 'envelopes', game, from: 0, envelopes: book.envelopes() });
	}

	/** A host that has been heard, and confirmed by the log where there is one, is not changed for another's word. */
	#hasHostBut(player: PlayerId): boolean {
		const host = this.#hostPeer?.hello.player ?? null;
		if (host === null || host === player) return false;
		const state = this.book?.state ?? null;
		if (state !== null) return state.host === host;
		// Before there is a log, the founder that the link names goes before one who says it follows from it.
		return this.#acceptsFounder(host) || !this.#acceptsFounder(player);
	}

	/** Whether to listen to a peer that says it hosts. Its log proves it, or nothing of it is taken in. */
	#mayHost({ player, game, term }: Hello): boolean {
		const state = this.book?.state ?? null;
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
		if (!this.#isWelcome || host === null || this.book?.state?.host !== host) return;
		this.#followSecret().catch(this.#context.onFault);
		if (this.#status === 'open' && !this.#succession.isHostLost) return;
		this.#succession.hostFound();
		this.#status = 'open';
		this.#refusal = null;
	}

	/**
	 * The log names another host than the one that is followed, or was until it stopped: that one is followed from here
	 * on, if it is linked and has not said goodbye.
	 */
	#turnToHost(): void {
		const named = this.book?.state?.host ?? null;
		if (named === null || this.#hostPeer?.hello.player === named) return;
		const { peers } = this.#context;
		const peer = newestOf(
			peers.of(named).filter(({ hello, link }) => hello.role === 'host' && !this.#left.has(link)),
		);
		if (peer === undefined) return;
		this.#turnTo(peer);
	}

	// What peers say.

	async frame(peer: Peer, frame: Uint8Array): Promise<void> {
		// To the host that this page was until a moment ago.
		if (isCommand(frame)) return;
		const message = decodeMessage(frame);
		if (message === null) {
			this.offended(peer, isOversized(frame) ? 'oversized_message' : 'malformed_message');
			return;
		}
		this.#offences.behaved(peer.hello.player);
		if (await this.#seatSays(peer, message)) return;
		// Only the link that proved the host's key is believed.
		if (this.#hostPeer?.link === peer.link) await this.#hostSays(peer, message);
	}

	/** A seat that only sends garbage loses its link to this one; the host's is the transport's to judge. */
	offended(peer: Peer, offence: Offence): void {
		const { player, face } = peer.hello;
		const isOut = this.#offences.note(player, face, offence);
		if (isOut && !this.isHost(peer)) this.#context.peers.shut(peer);
	}

	get hasHost(): boolean {
		return this.#hostPeer !== null;
	}

	/** Whether the log says that this peer hosts, and it is followed. */
	isHost(peer: Peer): boolean {
		return this.#hostPeer?.link === peer.link && this.book?.state?.host === peer.hello.player;
	}

	/** What any seat may say to another; true when that is what it was. */
	async #seatSays(peer: Peer, message: PlainMessage): Promise<boolean> {
		const guest = this.#guest;
		switch (message.type) {
			case 'request':
				if (guest !== null && this.#maySee(peer)) {
					answerRequest(guest.book, peer, message.game, message.from);
				}
				return true;
			case 'envelopes':
				if (message.game !== guest?.book.gameId) return true;
				guest.adopt(message.from, message.envelopes);
				await guest.idle();
				await this.#succession.caughtUp();
				return true;
			case 'claim':
				// Who follows nobody cannot say that the host is there.
				if (this.#hostPeer === null) this.#succession.hostLost();
				await this.#succession.answerClaim(peer, message);
				return true;
			case 'vote':
				await this.#succession.countVote(peer, message);
				return true;
			case 'bye':
				this.#left.add(peer.link);
				return false;
			default:
				return false;
		}
	}

	/** The log is for those at the table, and for who watches where that is allowed. */
	#maySee({ hello: { player } }: Peer): boolean {
		const state = this.book?.state ?? null;
		if (state === null || state.kicked.includes(player)) return false;
		return state.rules.spectators || seatOf(state, player) !== null;
	}

	async #hostSays(peer: Peer, message: PlainMessage): Promise<void> {
		switch (message.type) {
			case 'handover':
				await this.#acceptHandover(peer, message);
				return;
			case 'welcome':
				if (this.book?.gameId !== message.game) {
					if (this.#guest !== null) this.#lastHost = peer.hello.player;
					await this.#follow(message.game);
				}
				this.#guest?.connect(message.number, peer.sendFrame);
				this.#isWelcome = true;
				this.#hasReminded = false;
				break;
			case 'sync':
				this.#clockOffset = Math.min(this.#clockOffset, this.#context.clock.now() - message.now);
				if (this.book?.gameId !== message.game || !this.#guest?.sync(message.update)) {
					this.#offence = 'malformed_update';
				}
				return;
			case 'reply':
				this.#guest?.reply(message.number, message.code);
				return;
			case 'refused':
				this.#refusedBy(message.reason);
				break;
			case 'secret':
				this.#told = { peer, message };
				await this.#followSecret();
				return;
			case 'bye':
				this.#hostGone();
				break;
			case 'envelopes':
			case 'request':
			case 'claim':
			case 'vote':
			case 'join':
			case 'kept':
				return;
			default:
				assertNever(message);
		}
		this.#confirmHost();
		this.#context.onChange();
	}

	/** Of the host of a log that is followed: nobody else may lead this page anywhere. Told before the log, it waits. */
	async #followSecret(): Promise<void> {
		const told = this.#told;
		if (told === null || !this.isHost(told.peer)) return;
		this.#told = null;
		const { secret, step } = told.message;
		await this.#context.onSecret(secret, step);
		if (step === 'keep') told.peer.send({ type: 'kept', secret });
	}

	#refusedBy(reason: Refused['reason']): void {
		if (reason === 'taken_over') {
			this.#isWelcome = false;
			this.#context.onTakenOver();
			return;
		}
		if (reason === 'kicked') this.#context.onPutOut();
		this.#isWelcome = false;
		this.#status = 'refused';
		this.#refusal = reason === 'kicked' || reason === 'full' ? reason : 'wrong_table';
		this.#guest?.disconnect();
	}

	// The table changes hands.

	/** The host of this game is another, or handed it on: until one is found the table waits for it. */
	awaitHost(): void {
		this.#succession.hostLost();
	}

	/** The log names this page as its host, and nobody else hosts. */
	async #goOn(): Promise<void> {
		await this.#guest?.idle();
		if (this.#hostPeer !== null) return;
		const mandate = await this.#succession.ownMandate();
		if (mandate !== null) await this.#context.onMandate(mandate);
	}

	/** A log that proved itself to this page while it still hosted. */
	adopt(envelopes: readonly Uint8Array<ArrayBuffer>[]): void {
		this.#guest?.adopt(0, envelopes);
	}

	async #elected(term: number, votes: readonly CollectedVote[]): Promise<void> {
		await this.#guest?.idle();
		const state = this.book?.state ?? null;
		// The host came back, or another was elected, while the votes were counted.
		if (state === null || state.term >= term || this.#hostPeer !== null) return;
		const mandate = await this.#succession.mandateOf(term, votes);
		// The log has grown while they were counted, and by it others may vote: nobody would believe these.
		if (await this.#succession.isValid(mandate)) await this.#context.onMandate(mandate);
		else this.#succession.hostLost();
	}

	async #acceptHandover(peer: Peer, message: Handover): Promise<void> {
		const guest = this.#guest;
		await guest?.idle();
		const state = guest?.book.state ?? null;
		if (guest === null || state === null || message.game !== state.game || message.term <= state.term) return;
		if (peer.hello.player !== state.host || guest.book.length !== message.length) return;
		const key = message.key === null ? null : await openPassed(this.#context.identity, message.key);
		const votes = [{ player: state.host, signature: message.signature }];
		const round = state.inner?.deal ?? 0;
		await this.#context.onMandate({
			change: { term: message.term, reason: 'handed_over', votes },
			recovered: key === null ? null : { round, key },
		});
	}

	idle(): Promise<unknown> {
		return this.#guest?.idle() ?? Promise.resolve();
	}

	close(): void {
		this.#cancelProof();
		this.#succession.close();
		this.#guest?.close();
	}
}
