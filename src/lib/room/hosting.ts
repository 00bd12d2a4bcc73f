/**
 * A page's part as the host of a table: whom it lets in, what it tells them, and whose commands it takes. The rules
 * and the log are the `Host`'s, which this puts on the links.
 */
import { assertNever } from '../game/assert.ts';
import { encodeBase64url, equalBytes } from '../game/bytes.ts';
import type { SeatIndex } from '../game/game.ts';
import { isFree, seatOf, toSeat } from '../game/seats.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type {
	Command,
	GameId,
	HostChanged,
	LogEvent,
	PlayerId,
	Seat,
	TableState,
} from '../game/table-types.ts';
import type { Link } from '../transport/transport.ts';
import { commitmentOf } from './deal.ts';
import { Host, type Connection, type NewGame, type Outcome } from './host.ts';
import type { Mandate } from './following.ts';
import { LogBook } from './log-book.ts';
import { Offences, type CountedOffence, type Offence } from './offences.ts';
import type { PartContext } from './part.ts';
import { drawGameId, givesWayTo, nextGameOf, previousOf } from './next-game.ts';
import { newestOf, type Peer } from './peers.ts';
import {
	decodeMessage,
	isCommand,
	MAX_SPECTATORS,
	isOversized,
	openCommand,
	type Envelopes,
	type PlainMessage,
	type Refused,
} from './protocol.ts';
import { Rate } from './rate.ts';
import { passShare } from './shares.ts';
import type { GameSecret } from './store.ts';
import type { Watching } from './table-document.ts';
import { electorate, nextTerm, voteBytes } from './votes.ts';

/** How long a host that was reloaded waits to hear from a seat before it writes, ms. */
const ASK_BEFORE_WRITING_MS = 2_500;

/** Whole logs of other events that one peer may have looked at: each costs as much as joining late. */
const MAX_PROOFS = 3;
const PROOFS_WINDOW_MS = 10_000;
/** Welcomes that a peer may ask for in the same time: each brings it the whole log. */
const MAX_JOINS = 5;
/** Keys of strangers that were put out, remembered while this page hosts; players' are in the log. */
const MAX_BARRED = 1_000;
/** More than anyone can guess. */
const SECRET_BYTES = 16;
/** Who has left its seat and was here so short a while ago may be about to return: it is told where all go. */
const MAY_RETURN_MS = 120_000;

export interface HostingContext extends PartContext {
	/** As the site has it; null: `MAX_SPECTATORS`. */
	readonly maxSpectators: number | null;
	/** A peer has proved that another hosts this game by now. */
	readonly onHigherTerm: (envelopes: readonly Uint8Array<ArrayBuffer>[]) => void;
	/** A peer has proved that this host forgot events it had signed: the game goes on from there, in a new term. */
	readonly onForgotten: (envelopes: readonly Uint8Array<ArrayBuffer>[]) => void;
	/** Another has opened the game that all play after this finished one. */
	readonly onNextGame: (finished: GameId) => void;
}

export class Hosting {
	readonly #context: HostingContext;
	#host: Host;
	/** Peers that have been let in and are kept informed. */
	readonly #welcomed = new Set<Link>();
	#ownNumber = 0;
	#mayWriteNow: () => void = () => undefined;
	readonly #offences = new Offences();
	readonly #barred = new Set<PlayerId>();
	readonly #proofs = new WeakMap<Link, Rate>();
	readonly #joins = new WeakMap<Link, Rate>();
	/** Somebody was put out, and those who stay have no new secret yet. */
	#hasPutOut = false;
	#kicked = 0;
	/** The new secret, while it is being handed round, and who has stored it. */
	#secret: string | null = null;
	readonly #keepers = new Set<PlayerId>();
	#asked = new WeakSet<Link>();
	/** Where this host has led the table, and over which links it has said so. */
	#movedTo: string | null = null;
	#told = new WeakSet<Link>();
	/** Another page of this game hosts by now: nothing more is begun. */
	#isOver = false;

	private constructor(context: HostingContext, secret: GameSecret, mayWrite?: Promise<void>) {
		this.#context = context;
		this.#host = this.#newHost(secret, mayWrite);
	}

	/** Opens the first game of a table. */
	static async open(context: HostingContext, game: NewGame): Promise<Hosting> {
		const hosting = new Hosting(context, newSecret(context, game.previous));
		await hosting.#host.create(withPromises(game));
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
		hosting.#kicked = hosting.state.kicked.length;
		return hosting;
	}

	/** Becomes the host of a game it was a guest of. */
	static async takeOver(
		context: HostingContext,
		book: LogBook,
		change: Pick<HostChanged, 'term' | 'reason' | 'votes'>,
		recovered: GameSecret['recovered'],
	): Promise<Hosting> {
		const { state, gameId } = book;
		// Who goes on with its own game deals on with the secret it has; anybody else with a new one.
		const own = state?.host === context.identity.player ? await context.store.secret(gameId) : null;
		const isKnown = own !== null && commitmentOf(own.secret) === state?.commitment;
		const secret = isKnown ? own : { ...newSecret(context), game: gameId };
		const hosting = new Hosting(context, { ...secret, recovered: recovered ?? secret.recovered });
		await hosting.#host.takeOver(book.envelopes(), change);
		hosting.#kicked = hosting.state.kicked.length;
		return hosting;
	}

	/** Opens the next game with those who are here, or another on the same table. */
	async openNext(game: NewGame): Promise<void> {
		const before = this.#host;
		const { peers } = this.#context;
		const host = this.#newHost(newSecret(this.#context, game.previous));
		await host.create(withPromises(game));
		before.close();
		this.#host = host;
		this.#ownNumber = 0;
		this.#watchersChanged();
		for (const peer of peers.all) if (this.#welcomed.has(peer.link)) this.#welcome(peer);
		for (const { hello, link } of peers.all) host.setConnection(hello.player, link.state);
	}

	#newHost(secret: GameSecret, mayWrite?: Promise<void>): Host {
		const { identity, keys, store, clock, bots, gameOf, onChange, onFault, onFaultOver } = this.#context;
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
			onFaultOver,
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

	/** A peer has said hello, for the first time or again. */
	meet(peer: Peer): void {
		const { game, term, length } = peer.hello;
		if (game === this.book.gameId && term > this.state.term) {
			// Anybody can say so: the log of that term has to show it.
			peer.send({ type: 'request', game, from: 0 });
			if (peer.hello.role === 'host') return;
		}
		if (game !== null && game !== this.book.gameId && peer.hello.role === 'host') this.#meetNext(peer, game);
		this.admit(peer);
		if (game === this.book.gameId && term === this.state.term && length <= this.book.length) this.#heard();
	}

	/**
	 * Another of this table hosts another game: the next, when this one is over; or of two that were opened at once after
	 * the same one. Its log has to show it.
	 */
	#meetNext(peer: Peer, game: GameId): void {
		const { stage } = this.state;
		if (stage === 'finished' || (stage === 'lobby' && previousOf(this.book) !== null))
			peer.send({ type: 'request', game, from: 0 });
	}

	/** Once every seat that counts has been heard, a host that was reloaded knows all that survived. */
	#heard(): void {
		const { peers } = this.#context;
		const { gameId, length } = this.book;
		const isMissing = electorate(this.state).some((player) => {
			const hello = newestOf(peers.of(player))?.hello;
			if (hello === undefined) return true;
			return hello.game === gameId && (hello.length > length || hello.term > this.state.term);
		});
		if (!isMissing) this.#mayWriteNow();
	}

	admit(peer: Peer): void {
		const { hello, link } = peer;
		const { peers } = this.#context;
		if (hello.role === 'host') {
			// It does not know yet that it hosts no more; its next hello will say so, and what it was told till then it did
			// not take in.
			this.#welcomed.delete(link);
			return;
		}
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
		if (!this.#welcomed.has(link)) this.#welcome(peer);
		this.#host.setConnection(hello.player, link.state);
		this.#watchersChanged();
	}

	#reasonToRefuse({ hello, link }: Peer): Refused['reason'] | null {
		const { state } = this;
		if (state.kicked.includes(hello.player) || this.#barred.has(hello.player)) return 'kicked';
		// A second page of the host's own player would be a second host.
		if (hello.player === state.host) return 'taken_over';
		const newer = this.#context.peers
			.of(hello.player)
			.some((one) => one.link !== link && one.hello.session > hello.session);
		if (newer) return 'taken_over';
		if (seatOf(state, hello.player) !== null || this.#welcomed.has(link)) return null;
		// Who has not sat down yet counts as well: a free seat is no way round the limit.
		const limit = this.#context.maxSpectators ?? MAX_SPECTATORS;
		return this.#mayCome && this.#watching().length < limit ? null : 'full';
	}

	/** Somebody without a seat may be at the table: to take one, or to watch. */
	get #mayCome(): boolean {
		const { state } = this;
		const hasFree = state.seats.some((seat, index) => isFree(state, seat, toSeat(index)));
		return state.rules.spectators || (state.stage !== 'finished' && hasFree);
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
		this.#tellPlace(peer);
	}

	/** A link that was under way when the table moved is of a page that knows the place before only. */
	#tellPlace(peer: Peer): void {
		if (this.#movedTo === null || this.#told.has(peer.link)) return;
		this.#told.add(peer.link);
		peer.send({ type: 'secret', secret: this.#movedTo, step: 'move' });
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
		this.#renewSecret();
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
		if (!this.#welcomed.has(peer.link)) {
			await this.#rivalSays(peer, frame);
			return;
		}
		const offence = isOversized(frame)
			? 'oversized_message'
			: isCommand(frame)
				? await this.#command(frame)
				: await this.#message(peer, decodeMessage(frame));
		if (offence === null) this.#offences.behaved(peer.hello.player);
		else await this.offended(peer, offence);
	}

	/**
	 * Another that hosts this game, or did: the two compare logs, and say nothing else to one another. It may have sat
	 * down after this log ends.
	 */
	async #rivalSays(peer: Peer, frame: Uint8Array): Promise<void> {
		if (peer.hello.role !== 'host') return;
		const message = decodeMessage(frame);
		const maySee = this.#mayCome || seatOf(this.state, peer.hello.player) !== null;
		if (message?.type === 'request' && maySee) answerRequest(this.book, peer, message.game, message.from);
		if (message?.type !== 'envelopes' || message.from !== 0) return;
		const { game, envelopes } = message;
		const isOwn = game === this.book.gameId;
		const offence = await (isOwn ? this.#judge(peer, envelopes) : this.#compare(peer, game, envelopes));
		if (offence !== null) await this.offended(peer, offence);
	}

	/** The log of another game, whole, that may go before this one. */
	async #compare(peer: Peer, game: GameId, envelopes: Envelopes['envelopes']): Promise<Offence | null> {
		if (!this.#mayProve(peer)) return 'too_many_messages';
		const { book } = this;
		const finished = await givesWayTo(this.#context, { game, player: peer.hello.player, envelopes }, book);
		if (finished === null || book !== this.book || this.#isOver) return null;
		this.#isOver = true;
		this.#context.onNextGame(finished);
		return null;
	}

	#mayProve({ link }: Peer): boolean {
		const rate = this.#proofs.get(link) ?? new Rate(MAX_PROOFS, PROOFS_WINDOW_MS);
		this.#proofs.set(link, rate);
		return rate.takes(this.#context.clock.now());
	}

	/** What a peer says; gives what is wrong with it. */
	async #message(peer: Peer, message: PlainMessage | null): Promise<Offence | null> {
		switch (message?.type) {
			case undefined:
				return 'malformed_message';
			case 'envelopes':
				return message.game === this.book.gameId ? this.#adopt(peer, message) : null;
			case 'request':
				answerRequest(this.book, peer, message.game, message.from);
				return null;
			case 'bye':
				this.#welcomed.delete(peer.link);
				this.#host.setConnection(peer.hello.player, 'lost');
				this.#watchersChanged();
				return null;
			case 'sync':
			case 'welcome':
			case 'reply':
			case 'refused':
			case 'handover':
			case 'secret':
				// One that hosted until a moment ago says so in its hello.
				if (peer.hello.role === 'host') return null;
				return message.type === 'sync' ? 'writes_document' : 'poses_as_host';
			case 'join':
				return this.#join(peer);
			case 'kept':
				// Of a secret before: said on the way, as it was replaced.
				if (message.secret !== this.#secret) return null;
				this.#keepers.add(peer.hello.player);
				this.#renewSecret();
				return null;
			case 'claim':
			case 'vote':
				return null;
			default:
				return assertNever(message);
		}
	}

	/** A peer that followed another host, or nobody, when it was welcomed: it has not heard it. */
	#join(peer: Peer): Offence | null {
		const rate = this.#joins.get(peer.link) ?? new Rate(MAX_JOINS, PROOFS_WINDOW_MS);
		this.#joins.set(peer.link, rate);
		if (!rate.takes(this.#context.clock.now())) return 'too_many_messages';
		this.#welcome(peer);
		return null;
	}

	async #adopt(peer: Peer, { game, from, envelopes }: Envelopes): Promise<Offence | null> {
		const adopted = await this.#host.adopt(from, envelopes);
		if (adopted === 'grown') {
			for (const one of this.#context.peers.all) if (this.#welcomed.has(one.link)) this.#welcome(one);
		}
		this.#heard();
		if (adopted !== 'parted') return null;
		if (from === 0) return this.#judge(peer, envelopes);
		peer.send({ type: 'request', game, from: 0 });
		return null;
	}

	/** Another log of this game, whole: of a higher term, or of events that this host has signed and lost. */
	async #judge(peer: Peer, envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<Offence | null> {
		const { keys, gameOf, identity, onHigherTerm, onForgotten } = this.#context;
		if (!this.#mayProve(peer)) return 'too_many_messages';
		const own = this.book;
		const founder = own.entries[0]?.event;
		const theirs = new LogBook({
			keys,
			gameId: own.gameId,
			gameOf,
			acceptsFounder: (player) => founder !== undefined && 'host' in founder && founder.host === player,
			openCards: (event) => Promise.resolve(event),
		});
		const { offence } = await theirs.receive(envelopes);
		if (this.#isOver) return null;
		const term = theirs.state?.term ?? 0;
		if (offence !== null || term < peer.hello.term) return 'false_log';
		if (term > this.state.term) {
			this.#isOver = true;
			onHigherTerm(envelopes);
			return null;
		}
		const fork = own
			.envelopes()
			.findIndex((envelope, at) => !equalBytes(envelope, theirs.envelopes(at)[0] ?? envelope));
		// A side that has lost against this term keeps its log until it has heard so.
		if (fork < 0 || term < this.state.term || theirs.state?.host !== identity.player) return null;
		this.#isOver = true;
		onForgotten(envelopes);
		return null;
	}

	/** Counts what a peer did wrong. Who goes on is put out: a player by the log, anybody else for this page's time. */
	async offended(peer: Peer, offence: Offence): Promise<void> {
		const { player, face } = peer.hello;
		const isOut = this.#offences.note(player, face, offence);
		this.#context.onChange();
		if (!isOut) return;
		const { stage, host } = this.state;
		if (seatOf(this.state, player) !== null && player !== host && stage !== 'finished') {
			await this.ask({ type: 'kick', player });
			return;
		}
		if (this.#barred.size < MAX_BARRED) this.#barred.add(player);
		this.#hasPutOut = true;
		for (const one of this.#context.peers.of(player)) this.#refuse(one, 'kicked');
		this.#watchersChanged();
	}

	/**
	 * Somebody was put out who knows how to meet the others: those who stay get another secret. In two steps, so that no
	 * page is left behind: when everyone who has a seat has stored it, all meet there.
	 */
	#renewSecret(): void {
		const { peers, identity, random, mayMove, onSecret, onFault } = this.#context;
		if (!this.#hasPutOut || this.#isOver || !mayMove) return;
		const here = peers.all.filter(({ link }) => this.#welcomed.has(link));
		const seated = this.#belonging.filter((player) => player !== identity.player);
		// Who is away now would find nobody: it is done when all are here.
		if (!seated.every((player) => here.some(({ hello }) => hello.player === player))) return;
		if (this.#secret === null) {
			this.#secret = encodeBase64url(random(SECRET_BYTES));
			this.#keepOwn(this.#secret).catch(onFault);
		}
		const secret = this.#secret;
		const missing = here.filter(
			({ hello: { player } }) => seated.includes(player) && !this.#keepers.has(player),
		);
		for (const peer of missing) {
			if (this.#asked.has(peer.link)) continue;
			this.#asked.add(peer.link);
			peer.send({ type: 'secret', secret, step: 'keep' });
		}
		if (missing.length > 0 || !this.#keepers.has(identity.player)) return;
		this.#hasPutOut = false;
		this.#secret = null;
		this.#keepers.clear();
		this.#asked = new WeakSet();
		this.#movedTo = secret;
		this.#told = new WeakSet();
		for (const peer of here) this.#tellPlace(peer);
		onSecret(secret, 'move').catch(onFault);
	}

	/** Stored here before anybody moves: killed in between, this page would look for the others where they are no more. */
	async #keepOwn(secret: string): Promise<void> {
		const { identity, onSecret } = this.#context;
		await onSecret(secret, 'keep');
		if (secret !== this.#secret) return;
		this.#keepers.add(identity.player);
		this.#renewSecret();
	}

	/**
	 * Who has a seat; and at a keeper's table whoever has hosted or played without one now: the one would go on by
	 * itself, not finding the others, the other may come back to its name.
	 */
	get #belonging(): readonly PlayerId[] {
		const { seats, kicked, options } = this.state;
		const seated = seats.flatMap((seat) =>
			seat.kind === 'human' && this.#maySit(seat) ? [seat.player] : [],
		);
		if (options.mode !== 'keeper') return seated;
		const hosts = new Set(this.book.entries.flatMap(({ event }) => hostIn(event)));
		const known = [...hosts, ...this.book.entries.flatMap(({ event }) => playerIn(event))];
		const standing = known.filter((player) => {
			if (seatOf(this.state, player) !== null || kicked.includes(player) || this.#barred.has(player))
				return false;
			return hosts.has(player) || this.#host.lostForMs(player) < MAY_RETURN_MS;
		});
		return [...new Set([...seated, ...standing])];
	}

	#maySit({ presence, player }: Extract<Seat, { kind: 'human' }>): boolean {
		if (presence !== 'left') return true;
		return !this.state.kicked.includes(player) && this.#host.lostForMs(player) < MAY_RETURN_MS;
	}

	/** Somebody who has a seat is not connected: it may look for the others elsewhere. */
	get isIncomplete(): boolean {
		return this.state.seats.some(
			(seat) =>
				seat.kind === 'human' && seat.presence !== 'left' && this.connectionOf(seat.player) === 'lost',
		);
	}

	/** What peers have done that no page of ours does, while this page hosted. */
	get offences(): readonly CountedOffence[] {
		return this.#offences.list;
	}

	/** Takes a command; gives what is wrong with its frame. */
	async #command(frame: Uint8Array): Promise<Offence | null> {
		const { keys, peers, onFault } = this.#context;
		const command = await openCommand(frame, keys);
		if (command === null) return 'forged_command';
		if (command.game !== this.book.gameId) return null;
		const { player, number, body } = command;
		// Not awaited: the host has a queue of its own, and the next frame need not wait for the disk.
		void this.#host.submit(body, player, number).then((outcome) => {
			const code = outcome.ok ? null : outcome.code;
			for (const to of peers.of(player)) to.send({ type: 'reply', number, code });
			this.#afterCommand();
		}, onFault);
		return null;
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
		// The table was closed to those who watch.
		for (const peer of this.#watching()) if (!this.#mayCome) this.#refuse(peer, 'full');
		if (this.state.kicked.length > this.#kicked) this.#hasPutOut = true;
		this.#kicked = this.state.kicked.length;
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
		// Who has left is not there to take it, and would not vote either.
		if (target?.kind !== 'human' || target.player === identity.player || target.presence === 'left')
			return { ok: false, code: 'no_such_seat' };
		const peer = newestOf(peers.of(target.player));
		if (peer === undefined) return { ok: false, code: 'need_players' };
		await host.stop();
		const { game } = host.state;
		const { term, signature } = await this.#wordFor(target.player);
		const underWay = host.keyUnderWay;
		peer.send({
			type: 'handover',
			game,
			term,
			length: host.book.length,
			signature,
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

	/** This host's word that a player may host, for a term it has given it to nobody else. */
	async #wordFor(player: PlayerId): Promise<{ term: number; signature: string }> {
		const { identity, wordGiven, giveWord } = this.#context;
		const { term: now, game } = this.state;
		const term = nextTerm('handed_over', Math.max(now, wordGiven()));
		await giveWord(term);
		return { term, signature: encodeBase64url(await identity.sign(voteBytes(game, term, player))) };
	}

	/**
	 * What makes this player the host of its own game once more, in a new term: it has forgotten events that others have,
	 * and what it wrote in their place must not stand beside them in one term. `round` is the one under way there.
	 */
	async ownMandate(round: number | null): Promise<Mandate> {
		const { player } = this.#context.identity;
		const { term, signature } = await this.#wordFor(player);
		return {
			change: { term, reason: 'handed_over', votes: [{ player, signature }] },
			recovered: round === null ? null : { round, key: this.#host.keyOf(round) },
		};
	}

	/** The next game with those who are here; null while this one is not over. */
	get nextGame(): NewGame | null {
		return nextGameOf(this.state, (player) => this.connectionOf(player) !== 'lost');
	}

	idle(): Promise<unknown> {
		return this.#host.idle();
	}

	/** Writes nothing more; resolves when what was under way is done. */
	stop(): Promise<void> {
		this.#welcomed.clear();
		const stopped = this.#host.stop();
		// One that was reloaded may not have begun yet: it need not wait for that.
		this.#mayWriteNow();
		return stopped;
	}

	close(): void {
		this.#host.close();
	}
}

function newSecret({ random }: PartContext, previous: GameId | null = null): GameSecret {
	return { game: drawGameId(random, previous), secret: random(32), recovered: null };
}
/** Whom an event makes the host, if it does. */
function hostIn(event: LogEvent): readonly PlayerId[] {
	if (!isTableEvent(event)) return [];
	return event.type === 'game_created' || event.type === 'host_changed' ? [event.host] : [];
}
/** Whom an event gives a seat, likewise. */
function playerIn(event: LogEvent): readonly PlayerId[] {
	return isTableEvent(event) && event.type === 'seat_taken' ? [event.player] : [];
}

/** What a peer lacks of the log, as far as this page has it. */
export function answerRequest(book: LogBook, peer: Peer, game: GameId, from: number): void {
	if (book.gameId !== game || from >= book.length) return;
	peer.send({ type: 'envelopes', game, from, envelopes: book.envelopes(from) });
}

/** Where cards are dealt, players promise their contributions before they give them. */
function withPromises(game: NewGame): NewGame {
	return game.options.mode === 'cards' ? { ...game, promises: true } : game;
}
