/**
 * A page's part as a guest or a spectator: which of the peers it believes to be the host, and what it does when that
 * one is gone. The log it takes in, and the moves it asks for, are the `Guest`'s.
 */
import { assertNever } from '../game/assert.ts';
import { seatOf } from '../game/seats.ts';
import type { Command, GameId, HostChanged, PlayerId, TableState } from '../game/table-types.ts';
import type { Link } from '../transport/transport.ts';
import { Guest } from './guest.ts';
import type { CollectedVote } from './election.ts';
import type { Connection, Outcome } from './host.ts';
import { answerRequest } from './hosting.ts';
import type { LogBook } from './log-book.ts';
import type { PartContext } from './part.ts';
import { newestOf, type Peer } from './peers.ts';
import { decodeMessage, type Handover, type Hello, type PlainMessage, type Refused } from './protocol.ts';
import { openPassed } from './shares.ts';
import type { GameSecret } from './store.ts';
import { Succession } from './succession.ts';
import type { TableSnapshot, TableStatus } from './table-client.ts';
import { NO_NOTES, type TableNotes } from './table-document.ts';

export interface FollowingContext extends PartContext {
	/** Whether this key may be the founding host: from the link's fingerprint, or from meeting it before. */
	readonly acceptsFounder: (host: PlayerId) => boolean;
	/** The highest term this player has voted in. */
	readonly votedTerm: number;
	/** Persists before it resolves: a reloaded page must not vote again. */
	readonly rememberTerm: (term: number) => Promise<void>;
	/** Another game is followed from now on. */
	readonly onGame: (game: GameId) => void;
	/** This page is to host the game: it was elected, or the table was handed to it. */
	readonly onMandate: (mandate: Mandate) => Promise<void>;
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
	/** Links over which a host has said goodbye; they stay up a little longer. */
	readonly #left = new WeakSet<Link>();
	/** The host has welcomed this page: its document follows. */
	#isWelcome = false;
	#status: TableStatus = 'joining';
	#refusal: TableSnapshot['refusal'] = null;
	#twoHosts = false;
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
		const { identity, keys, store, clock, gameOf, onChange, onFault, onGame } = this.#context;
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
				this.#confirmHost();
				onChange();
			},
			onOffence: (offence) => {
				this.#offence = offence;
				onChange();
			},
			onFault,
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

	/** Commands that nobody has answered: whoever hosts next gets them. */
	handOn(): ReturnType<Guest['handOn']> {
		return this.#guest?.handOn() ?? [];
	}

	/** Nobody has answered for a while. */
	searchedInVain(): void {
		if (this.#hostPeer !== null) return;
		if (this.#status === 'joining') this.#status = 'nobody_here';
		// A table that sleeps: who comes back first wakes it, if enough of them do.
		this.#succession.hostLost();
		this.#context.onChange();
	}

	// Which peer hosts.

	/** A peer has said hello, for the first time or again. */
	meet(peer: Peer): void {
		this.#left.delete(peer.link);
		if (peer.hello.role === 'host') this.#meetHost(peer);
		else if (this.#hostPeer?.link === peer.link) this.#hostGone();
	}

	gone(peer: Peer): void {
		if (this.#hostPeer?.link === peer.link) this.#hostGone();
	}

	#hostGone(): void {
		this.#hostPeer = null;
		this.#isWelcome = false;
		this.#guest?.disconnect();
		if (this.#status === 'open') this.#status = this.#statusWithoutHost();
		this.#succession.hostLost();
	}

	#statusWithoutHost(): TableStatus {
		const state = this.book?.state ?? null;
		if (state === null) return 'joining';
		return state.stage === 'finished' ? 'open' : 'host_away';
	}

	#meetHost(peer: Peer): void {
		const { player } = peer.hello;
		const book = this.book;
		const state = book?.state ?? null;
		const mayHost = this.#mayHost(peer.hello);
		if (mayHost && !this.#hasHostBut(player)) {
			this.#hostPeer = peer;
			return;
		}
		if (mayHost && state !== null && book !== null) {
			// While the host is heard, another's word is not enough: its log has to show the votes.
			peer.send({ type: 'request', game: state.game, from: book.length });
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

	/** A host that has been heard, and confirmed by the log where there is one, is not changed for another's word. */
	#hasHostBut(player: PlayerId): boolean {
		const host = this.#hostPeer?.hello.player ?? null;
		if (host === null || host === player) return false;
		const state = this.book?.state ?? null;
		return state === null || state.host === host;
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
		this.#hostPeer = peer;
		this.#isWelcome = false;
		this.#guest?.disconnect();
		// It hears who we are once more, and welcomes us.
		void peers.reintroduce();
	}

	// What peers say.

	async frame(peer: Peer, frame: Uint8Array): Promise<void> {
		const message = decodeMessage(frame);
		if (message !== null && (await this.#seatSays(peer, message))) return;
		// Only the link that proved the host's key is believed.
		if (message === null || this.#hostPeer?.link !== peer.link) return;
		await this.#hostSays(peer, message);
	}

	/** What any seat may say to another; true when that is what it was. */
	async #seatSays(peer: Peer, message: PlainMessage): Promise<boolean> {
		const guest = this.#guest;
		switch (message.type) {
			case 'request':
				if (guest !== null) answerRequest(guest.book, peer, message.game, message.from);
				return true;
			case 'envelopes':
				if (message.game === guest?.book.gameId) guest.adopt(message.from, message.envelopes);
				return true;
			case 'claim':
				await this.#succession.answerClaim(peer, message);
				return true;
			case 'vote':
				await this.#succession.countVote(peer, message);
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
				if (this.book?.gameId !== message.game) {
					if (this.#guest !== null) this.#lastHost = peer.hello.player;
					await this.#follow(message.game);
				}
				this.#guest?.connect(message.number, peer.sendFrame);
				this.#isWelcome = true;
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
			case 'bye':
				this.#left.add(peer.link);
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
		this.#confirmHost();
		this.#context.onChange();
	}

	#refusedBy(reason: Refused['reason']): void {
		if (reason === 'taken_over') {
			this.#isWelcome = false;
			this.#context.onTakenOver();
			return;
		}
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

	async #elected(term: number, votes: readonly CollectedVote[]): Promise<void> {
		await this.#guest?.idle();
		const state = this.book?.state ?? null;
		// The host came back, or another was elected, while the votes were counted.
		if (state === null || state.term >= term || this.#hostPeer !== null) return;
		await this.#context.onMandate(await this.#succession.mandateOf(term, votes));
	}

	async #acceptHandover(peer: Peer, message: Handover): Promise<void> {
		const guest = this.#guest;
		await guest?.idle();
		const state = guest?.book.state ?? null;
		if (guest === null || state === null || message.game !== state.game || message.term <= state.term) return;
		if (peer.hello.player !== state.host || guest.book.length !== message.length) return;
		const key = message.key === null ? null : await openPassed(this.#context.identity, message.key);
		const votes = [{ player: state.host, signature: message.signature }];
		const round = state.inner?.round ?? 0;
		await this.#context.onMandate({
			change: { term: message.term, reason: 'handed_over', votes },
			recovered: key === null ? null : { round, key },
		});
	}

	idle(): Promise<unknown> {
		return this.#guest?.idle() ?? Promise.resolve();
	}

	close(): void {
		this.#succession.close();
		this.#guest?.close();
	}
}
