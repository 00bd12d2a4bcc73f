/**
 * A page's part as the host of a table: whom it lets in, what it tells them, and whose commands it takes. The rules
 * and the log are the `Host`'s, which this puts on the links.
 */
import { encodeBase64url } from '../game/bytes.ts';
import type { SeatIndex } from '../game/game.ts';
import { seatOf } from '../game/seats.ts';
import type { Command, GameId, HostChanged, PlayerId, Seat, TableState } from '../game/table-types.ts';
import type { Link } from '../transport/transport.ts';
import { commitmentOf } from './deal.ts';
import { Host, type Connection, type NewGame, type Outcome } from './host.ts';
import type { LogBook } from './log-book.ts';
import type { PartContext } from './part.ts';
import { newestOf, type Peer } from './peers.ts';
import {
	decodeMessage,
	isCommand,
	MAX_SPECTATORS,
	openCommand,
	type Hello,
	type Refused,
} from './protocol.ts';
import { passShare } from './shares.ts';
import type { GameSecret } from './store.ts';
import type { Watching } from './table-document.ts';
import { electorate, voteBytes } from './votes.ts';

/** How long a host that was reloaded waits to hear from a seat before it writes, ms. */
const ASK_BEFORE_WRITING_MS = 2_500;

export interface HostingContext extends PartContext {
	/** A peer shows that another hosts this game by now. */
	readonly onHigherTerm: () => void;
}

export class Hosting {
	readonly #context: HostingContext;
	#host: Host;
	/** Peers that have been let in and are kept informed. */
	readonly #welcomed = new Set<Link>();
	#ownNumber = 0;
	#mayWriteNow: () => void = () => undefined;

	private constructor(context: HostingContext, secret: GameSecret, mayWrite?: Promise<void>) {
		this.#context = context;
		this.#host = this.#newHost(secret, mayWrite);
	}

	/** Opens the first game of a table. */
	static async open(context: HostingContext, game: NewGame): Promise<Hosting> {
		const hosting = new Hosting(context, newSecret(context));
		await hosting.#host.create(game);
		return hosting;
	}

	/**
	 * Takes up a game that this player hosted when its page was closed; null when that is not this device's to do. With
	 * `asksFirst` it waits to hear from a seat before it writes: others may have gone on under another host.
	 */
	static async resume(context: HostingContext, book: LogBook, asksFirst: boolean): Promise<Hosting | null> {
		const { state, gameId } = book;
		if (state?.host !== context.identity.player) return null;
		const secret = await context.store.secret(gameId);
		// Without its secret this device cannot deal on: it shows what it has, and another may take over.
		if (secret === null || commitmentOf(secret.secret) !== state.commitment) return null;
		let mayWriteNow = (): void => undefined;
		const isAlone = !asksFirst || state.stage === 'finished' || electorate(state).length === 0;
		const mayWrite = new Promise<void>((resolve) => {
			mayWriteNow = resolve;
			if (isAlone) resolve();
			else context.clock.after(ASK_BEFORE_WRITING_MS, resolve);
		});
		const hosting = new Hosting(context, secret, mayWrite);
		hosting.#mayWriteNow = mayWriteNow;
		await hosting.#host.resume(book.envelopes());
		return hosting;
	}

	/** Becomes the host of a game it was a guest of. */
	static async takeOver(
		context: HostingContext,
		book: LogBook,
		change: Pick<HostChanged, 'term' | 'reason' | 'votes'>,
		recovered: GameSecret['recovered'],
	): Promise<Hosting> {
		const hosting = new Hosting(context, { ...newSecret(context), game: book.gameId, recovered });
		await hosting.#host.takeOver(book.envelopes(), change);
		return hosting;
	}

	/** Opens the next game with those who are here, or another on the same table. */
	async openNext(game: NewGame): Promise<void> {
		const before = this.#host;
		const { peers } = this.#context;
		const host = this.#newHost(newSecret(this.#context));
		await host.create(game);
		before.close();
		this.#host = host;
		this.#ownNumber = 0;
		this.#watchersChanged();
		for (const peer of peers.all) if (this.#welcomed.has(peer.link)) this.#welcome(peer);
		for (const { hello, link } of peers.all) host.setConnection(hello.player, link.state);
	}

	#newHost(secret: GameSecret, mayWrite?: Promise<void>): Host {
		const { identity, keys, store, clock, bots, gameOf, onChange, onFault } = this.#context;
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
				if (this.#host === host) onChange();
			},
			onFault,
		});
		host.document.onUpdate((update) => {
			if (this.#host !== host) return;
			const message = { type: 'sync', game: secret.game, now: clock.now(), update } as const;
			for (const peer of this.#context.peers.all) if (this.#welcomed.has(peer.link)) peer.send(message);
		});
		return host;
	}

	get book(): LogBook {
		return this.#host.book;
	}
	get state(): TableState {
		return this.#host.state;
	}
	get deadline() {
		return this.#host.deadline;
	}
	get nextRoundAt(): number | null {
		return this.#host.nextRoundAt;
	}
	connectionOf(player: PlayerId): Connection {
		return this.#host.connectionOf(player);
	}

	// Who is let in.

	/** A peer has said hello, for the first time or again: `before` is what it said then. */
	meet(peer: Peer, before: Hello | null): void {
		const { game, term, player } = peer.hello;
		const isThisGame = game === this.book.gameId;
		if (isThisGame && term > this.state.term) {
			this.#context.onHigherTerm();
			return;
		}
		if (isThisGame && seatOf(this.state, player) !== null) this.#mayWriteNow();
		this.admit(peer, before);
	}

	admit(peer: Peer, before: Hello | null): void {
		const { hello, link } = peer;
		const { peers } = this.#context;
		// It does not know yet that it hosts no more; its next hello will say so.
		if (hello.role === 'host') return;
		const reason = this.#reasonToRefuse(peer);
		if (reason !== null) {
			this.#refuse(peer, reason);
			return;
		}
		for (const older of peers.of(hello.player)) {
			if (older.link !== link) this.#refuse(older, 'taken_over');
		}
		if (hello.game === this.book.gameId && hello.length > this.book.length) {
			peer.send({ type: 'request', game: hello.game, from: this.book.length });
		}
		// One that followed another host until now starts afresh with this one's document.
		const hasTurned = before !== null && before.term > 0 && hello.term > before.term;
		if (hasTurned || !this.#welcomed.has(link)) this.#welcome(peer);
		this.#host.setConnection(hello.player, link.state);
		this.#watchersChanged();
	}

	#reasonToRefuse({ hello, link }: Peer): Refused['reason'] | null {
		const { state } = this;
		if (state.kicked.includes(hello.player)) return 'kicked';
		// A second page of the host's own player would be a second host.
		if (hello.player === state.host) return 'taken_over';
		const newer = this.#context.peers
			.of(hello.player)
			.some((one) => one.link !== link && one.hello.session > hello.session);
		if (newer) return 'taken_over';
		if (seatOf(state, hello.player) !== null || this.#welcomed.has(link)) return null;
		const hasFreeSeat = state.stage !== 'finished' && state.seats.some((seat) => seat.kind === 'empty');
		const mayCome = hasFreeSeat || state.rules.spectators;
		// Who has not sat down yet counts as well: a free seat is no way round the limit.
		return mayCome && this.#watching().length < MAX_SPECTATORS ? null : 'full';
	}

	#refuse(peer: Peer, reason: Refused['reason']): void {
		this.#welcomed.delete(peer.link);
		this.#context.peers.refuse(peer, reason);
	}

	#welcome(peer: Peer): void {
		this.#welcomed.add(peer.link);
		const { gameId } = this.book;
		const { player } = peer.hello;
		peer.send({ type: 'welcome', game: gameId, number: this.#host.numberOf(player) });
		for (const reply of this.#host.repliesTo(player)) peer.send(reply);
		const update = this.#host.document.whole();
		peer.send({ type: 'sync', game: gameId, now: this.#context.clock.now(), update });
	}

	/** Those who are let in and have no seat. */
	get watchers(): readonly Watching[] {
		return this.#watching().map(({ hello }) => ({ player: hello.player, face: hello.face }));
	}

	#watching(): Peer[] {
		return this.#context.peers.all.filter(
			({ link, hello }) => this.#welcomed.has(link) && seatOf(this.state, hello.player) === null,
		);
	}

	#watchersChanged(): void {
		this.#host.setWatchers(this.watchers);
	}

	linkStateChanged({ link, hello }: Peer): void {
		if (this.#welcomed.has(link)) this.#host.setConnection(hello.player, link.state);
	}

	gone({ link, hello }: Peer): void {
		this.#welcomed.delete(link);
		const other = newestOf(
			this.#context.peers.of(hello.player).filter((one) => this.#welcomed.has(one.link)),
		);
		this.#host.setConnection(hello.player, other?.link.state ?? 'lost');
		this.#watchersChanged();
	}

	// What peers say.

	async frame(peer: Peer, frame: Uint8Array): Promise<void> {
		if (!this.#welcomed.has(peer.link)) return;
		if (isCommand(frame)) {
			await this.#command(frame);
			return;
		}
		const message = decodeMessage(frame);
		if (message?.type === 'envelopes' && message.game === this.book.gameId) {
			const hasGrown = await this.#host.adopt(message.from, message.envelopes);
			if (!hasGrown) return;
			for (const one of this.#context.peers.all) if (this.#welcomed.has(one.link)) this.#welcome(one);
		} else if (message?.type === 'request') {
			answerRequest(this.book, peer, message.game, message.from);
		} else if (message?.type === 'bye') {
			this.#welcomed.delete(peer.link);
			this.#host.setConnection(peer.hello.player, 'lost');
			this.#watchersChanged();
		}
	}

	async #command(frame: Uint8Array): Promise<void> {
		const { keys, peers, onFault } = this.#context;
		const command = await openCommand(frame, keys);
		if (command?.game !== this.book.gameId) return;
		const { player, number, body } = command;
		// Not awaited: the host has a queue of its own, and the next frame need not wait for the disk.
		void this.#host.submit(body, player, number).then((outcome) => {
			const code = outcome.ok ? null : outcome.code;
			for (const to of peers.of(player)) to.send({ type: 'reply', number, code });
			this.#afterCommand();
		}, onFault);
	}

	/** A command of this host's own player. */
	async ask(command: Command): Promise<Outcome> {
		const { player } = this.#context.identity;
		const host = this.#host;
		// The host's counter runs ahead when it has adopted events of this player's own.
		this.#ownNumber = Math.max(this.#ownNumber, host.numberOf(player)) + 1;
		const outcome = await host.submit(command, player, this.#ownNumber);
		this.#afterCommand();
		return outcome;
	}

	/** Somebody may have sat down, left, or been kicked. */
	#afterCommand(): void {
		for (const peer of this.#context.peers.all) {
			if (!this.state.kicked.includes(peer.hello.player)) continue;
			this.#refuse(peer, 'kicked');
			this.#host.setConnection(peer.hello.player, 'lost');
		}
		this.#watchersChanged();
	}

	// The next host, and the next game.

	/**
	 * Hands the table to another seat: stops, signs its vote for that seat and gives it the key of the round under way.
	 * Once it is `ok` this page hosts no more.
	 */
	async handOver(seat: SeatIndex): Promise<Outcome> {
		const { identity, keys, random, peers } = this.#context;
		const host = this.#host;
		const target = host.state.seats[seat];
		if (target?.kind !== 'human' || target.player === identity.player)
			return { ok: false, code: 'no_such_seat' };
		const peer = newestOf(peers.of(target.player));
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
		return { ok: true };
	}

	/**
	 * Who should run a game if this page is stopped: the first player who is here, well connected and looking at the
	 * table. null between games and when there is nobody.
	 */
	get heir(): SeatIndex | null {
		const { state } = this;
		if (state.stage !== 'playing') return null;
		const heir = electorate(state).find(
			(player) =>
				newestOf(this.#context.peers.of(player))?.hello.hidden === false &&
				this.connectionOf(player) === 'open',
		);
		return heir === undefined ? null : seatOf(state, heir);
	}

	/** The next game as this one was set up; null while this one is not over. */
	get nextGame(): NewGame | null {
		const { state } = this;
		if (state.stage !== 'finished') return null;
		return {
			variant: state.variant,
			rules: state.rules,
			options: state.options,
			seats: state.seats.map((seat) => this.#carriedOver(seat)),
			previous: state.game,
		};
	}

	/** Bots stay, and so does who is there; each gives a new part to the new deal. */
	#carriedOver(seat: Seat): Seat {
		if (seat.kind !== 'human') return seat;
		if (seat.presence === 'left' || this.connectionOf(seat.player) === 'lost') return { kind: 'empty' };
		return { ...seat, contribution: null, ready: true, presence: 'here' };
	}

	idle(): Promise<unknown> {
		return this.#host.idle();
	}

	/** Writes nothing more; resolves when what was under way is done. */
	stop(): Promise<void> {
		this.#welcomed.clear();
		return this.#host.stop();
	}

	close(): void {
		this.#host.close();
	}
}

function newSecret({ random }: PartContext): GameSecret {
	return { game: encodeBase64url(random(16)) as GameId, secret: random(32), recovered: null };
}

/** What a peer lacks of the log, as far as this page has it. */
export function answerRequest(book: LogBook, peer: Peer, game: GameId, from: number): void {
	if (book.gameId !== game || from >= book.length) return;
	peer.send({ type: 'envelopes', game, from, envelopes: book.envelopes(from) });
}
