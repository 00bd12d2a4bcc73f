/**
 * A peer that does not host: it follows the host's document, takes in what verifies, stores it, and asks for its
 * own moves. A move is shown at once, as pending, and settles when the log has it or the host refuses it; until
 * then it is kept and sent again to whoever hosts.
 */
import { DEAL_EVENT, type RefusalCode } from '../game/game.ts';
import { equalBytes } from '../game/bytes.ts';
import { parseEnvelope } from '../game/log.ts';
import { seatOf } from '../game/seats.ts';
import { isTableCommand, isTableEvent } from '../game/table-parse.ts';
import type { Command, GameId, PlayerId, TableState } from '../game/table-types.ts';
import { LogConflictError, type Store } from './store.ts';
import type { Clock } from './clock.ts';
import { openHand, openOwnFaceDown, sealCommand } from './deal.ts';
import { firstMove, foreseen } from './foreseen.ts';
import type { Outcome } from './host.ts';
import { ACTIONS_WINDOW_MS, MAX_ACTIONS } from './host.ts';
import { MAX_WRITE_AGAIN_MS, StorageFault, writeAgain, WRITE_AGAIN_MS } from './write-again.ts';
import type { Identity, Keys } from './keys.ts';
import { LogBook, type FindGame, type CardOpener, type LogOffence } from './log-book.ts';
import { encodeCommand } from './protocol.ts';
import { TableDocument, type TableNotes } from './table-document.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Commands waiting at once: more than a page can ever ask for by hand. */
const MAX_PENDING = 32;
const NO_BYTES: Bytes = new Uint8Array();

export interface GuestOptions {
	readonly gameId: GameId;
	readonly identity: Identity;
	readonly keys: Keys;
	readonly store: Store;
	readonly clock: Clock;
	readonly random: (bytes: number) => Bytes;
	readonly gameOf: FindGame;
	readonly acceptsFounder: (host: PlayerId) => boolean;
	readonly onChange: () => void;
	/** The host sent something that does not verify; null: what was wrong has been put right. */
	readonly onOffence: (offence: LogOffence | null) => void;
	/** The host has another log than this one, in the same term: it has forgotten what this one keeps. */
	readonly onForgotten: () => void;
	/** The log could not be stored. Tried again, unless another page of this player wrote. */
	readonly onFault: (error: unknown) => void;
	/** It is stored after all. */
	readonly onFaultOver: () => void;
}

interface Pending {
	readonly command: Command;
	number: number | null;
	readonly settle: (outcome: Outcome) => void;
}

export class Guest {
	#book: LogBook;
	readonly #options: GuestOptions;
	#document: TableDocument;
	/** Entries of the document that have been judged: what did not verify is not looked at again. */
	#read = 0;
	#pending: Pending[] = [];
	/** The host's counter of this player's commands; null while there is no host. */
	#lastNumber: number | null = null;
	#send: ((frame: Bytes) => void) | null = null;
	#sentAt: number[] = [];
	#cancelPacing: (() => void) | null = null;
	#queue: Promise<unknown> = Promise.resolve();
	/** Where the disk's log goes on, and whether something else stands there that has lost. */
	#stored = 0;
	#replaces = false;
	#writeAgainMs = WRITE_AGAIN_MS;
	#cancelWriting: (() => void) | null = null;
	#isResting = false;
	/** A vote of this player's: the term it was for, and until when it may count, ms of the clock. */
	#promise: { readonly term: number; readonly until: number } | null = null;
	#cancelPromise: () => void = () => undefined;
	#closed = false;
	#foreseen: { length: number; move: Command; state: TableState } | null = null;

	constructor(options: GuestOptions) {
		this.#options = options;
		this.#document = new TableDocument(options.gameId);
		this.#book = this.#newBook();
	}

	get book(): LogBook {
		return this.#book;
	}

	#newBook(): LogBook {
		const { keys, gameId, gameOf, acceptsFounder } = this.#options;
		return new LogBook({ keys, gameId, gameOf, acceptsFounder, openCards: this.#openOwnCards });
	}

	/** What this device has of the game already. */
	async resume(envelopes: readonly Bytes[]): Promise<void> {
		const { taken, offence } = await this.book.receive(envelopes, { trusted: true });
		this.#stored = taken;
		// What cannot be folded is of no use: the host has it right.
		this.#replaces = taken < envelopes.length;
		if (offence !== null) this.#options.onOffence(offence);
	}

	readonly #openOwnCards: CardOpener = async (event, sealed, state) => {
		const { identity } = this.#options;
		const seat = seatOf(state, identity.player);
		const { table } = this.book;
		if (seat === null || table === null) return event;
		const hand = sealed.hands?.[seat] ?? null;
		if (hand !== null) {
			const own = await openHand(identity, hand);
			return table.game.openHands(
				event,
				state.seats.map((_, index) => (index === seat ? own : null)),
			);
		}
		if (sealed.faceDown === undefined || table.game.faceDownOf(event)?.seat !== seat) return event;
		const cards = await openOwnFaceDown(identity, sealed.faceDown);
		return cards === null ? event : table.game.openFaceDown(event, cards);
	};

	// From the host.

	/** One update of the host's document; false when it is none. */
	sync(update: Uint8Array): boolean {
		const { notes } = this.#document;
		if (!this.#document.apply(update)) return false;
		this.#readDocument();
		// After the events it came with, which are shown once verified: to draw the page before would only delay them.
		if (this.#document.notes !== notes) {
			this.#enqueue(() => {
				this.#options.onChange();
			});
		}
		return true;
	}

	#readDocument(): void {
		this.#enqueue(async () => {
			if (this.#isResting) return;
			if (this.#parts()) {
				await this.#turnTo(this.#document.envelopes(0));
				return;
			}
			const start = Math.max(this.#read, this.book.length);
			const news = this.#document.envelopes(start);
			if (this.#breaksPromise(news)) return;
			this.#read = start + news.length;
			const offence = news.length === 0 ? null : await this.#take(news);
			if (offence !== null) this.#options.onOffence(offence);
			else if (news.length > 0) this.#options.onOffence(null);
		});
	}

	/** This player has voted: for so long, ms, only a log of that term or a later one continues this one. */
	promise(term: number, forMs: number): void {
		const { clock } = this.#options;
		this.#cancelPromise();
		this.#promise = { term, until: clock.now() + forMs };
		this.#cancelPromise = clock.after(forMs, () => {
			this.#promise = null;
			this.#readDocument();
		});
	}

	#breaksPromise(news: readonly Bytes[]): boolean {
		const last = news.at(-1);
		if (this.#promise === null || last === undefined) return false;
		return (parseEnvelope(last)?.record.term ?? 0) < this.#promise.term;
	}

	/** Takes in what continues the log, shows it, and stores it meanwhile: another peer has it already. */
	async #take(news: readonly Bytes[]): Promise<LogOffence | null> {
		const start = this.book.length;
		const { taken, offence } = await this.book.receive(news);
		if (taken > 0) {
			this.#settleByLog(start);
			this.#options.onChange();
			await this.#store();
		}
		return offence;
	}

	/**
	 * Stores what the disk lacks. A disk that refuses is asked again with the next event, or after a while: the game goes
	 * on meanwhile, since others have the log as well.
	 */
	async #store(): Promise<void> {
		this.#cancelWriting?.();
		this.#cancelWriting = null;
		const { clock, onFault, onFaultOver } = this.#options;
		try {
			await this.#write();
			if (this.#writeAgainMs > WRITE_AGAIN_MS) onFaultOver();
			this.#writeAgainMs = WRITE_AGAIN_MS;
		} catch (error) {
			const isConflict = error instanceof LogConflictError;
			onFault(isConflict ? error : new StorageFault(error));
			if (isConflict || this.#closed) return;
			this.#cancelWriting = clock.after(this.#writeAgainMs, () => {
				this.#enqueue(() => this.#store());
			});
			this.#writeAgainMs = Math.min(2 * this.#writeAgainMs, MAX_WRITE_AGAIN_MS);
		}
	}

	async #write(): Promise<void> {
		const { store } = this.#options;
		const { length } = this.book;
		const rows = this.#rows(this.#stored, this.book.envelopes(this.#stored));
		if (rows.length === 0) return;
		await (this.#replaces ? store.replace(rows) : store.append(rows));
		this.#stored = length;
		this.#replaces = false;
	}

	#rows(start: number, envelopes: readonly Bytes[]) {
		const { gameId } = this.#options;
		return envelopes.map((envelope, place) => ({ game: gameId, index: start + place, envelope }));
	}

	/** Whether the host's log is another than ours. */
	#parts(): boolean {
		const shared = Math.min(this.#document.length, this.book.length);
		return shared > 0 && !this.#agreesAt(shared - 1);
	}

	/**
	 * The host's log parts from ours: two sides went on without each other. The higher term wins, if all of it verifies.
	 * In one and the same term the host has lost its last writes and does not know it.
	 */
	async #turnTo(theirs: readonly Bytes[]): Promise<void> {
		const { offence, isHigher } = await this.#follow(theirs);
		if (isHigher) {
			this.#read = this.book.length;
			this.#options.onOffence(null);
			return;
		}
		this.#options.onOffence(offence ?? 'forked_log');
		this.#options.onForgotten();
	}

	/** Puts a whole log in place of ours when all of it verifies and its term is higher. */
	async #follow(theirs: readonly Bytes[]): Promise<{ offence: LogOffence | null; isHigher: boolean }> {
		const book = this.#newBook();
		const { offence } = await book.receive(theirs);
		const isHigher = offence === null && (book.state?.term ?? 0) > (this.book.state?.term ?? 0);
		if (!isHigher) return { offence, isHigher };
		const ours = this.book.envelopes();
		const fork = ours.findIndex((envelope, at) => !equalBytes(envelope, theirs[at] ?? NO_BYTES));
		const start = fork < 0 ? ours.length : fork;
		this.#book = book;
		this.#foreseen = null;
		this.#settleByLog(start);
		this.#options.onChange();
		this.#replaces ||= this.#stored > start;
		this.#stored = Math.min(this.#stored, start);
		await this.#store();
		return { offence, isHigher };
	}

	#agreesAt(index: number): boolean {
		const [theirs] = this.#document.envelopes(index);
		const [ours] = this.book.envelopes(index);
		return theirs !== undefined && ours !== undefined && equalBytes(theirs, ours);
	}

	/**
	 * More of the same log from another peer; or, from the first event on, one of a higher term that parts from it. What
	 * does not verify is nobody's fault that this page could name: the log may come from a side that has lost.
	 */
	adopt(from: number, envelopes: readonly Bytes[]): void {
		this.#enqueue(async () => {
			const { length } = this.book;
			if (this.#isResting || from > length) return;
			const ours = this.book.envelopes(from);
			const parts = ours.some((envelope, place) => !equalBytes(envelope, envelopes[place] ?? envelope));
			const news = envelopes.slice(length - from);
			if (!parts) {
				if (!this.#breaksPromise(news)) await this.#take(news);
			} else if (from === 0) await this.#follow(envelopes);
		});
	}

	/**
	 * Takes in nothing more; resolves when all of the log is stored. This page is about to go on with it as its host, and
	 * an event of the host before that came now would stand in the way.
	 */
	async rest(): Promise<void> {
		this.#isResting = true;
		await this.#queue;
		await writeAgain(() => this.#write(), {
			...this.#options,
			isOver: () => this.#closed,
		});
	}

	/** Commands that nobody has answered: whoever hosts next gets them. */
	handOn(): readonly { command: Command; settle: (outcome: Outcome) => void }[] {
		const pending = this.#pending;
		this.#pending = [];
		return pending;
	}

	#enqueue(task: () => Promise<void> | void): void {
		this.#queue = this.#queue.then(task).catch((error: unknown) => {
			this.#options.onFault(error);
		});
	}

	/** What the host says of the table beside the log. */
	get notes(): TableNotes {
		return this.#document.notes;
	}

	/**
	 * A host that accepts us and will send its whole document: pending commands go to it, numbered on from its counter.
	 * A host that was reloaded has a new document, which must not be mixed with the one before.
	 */
	connect(lastNumber: number, send: (frame: Bytes) => void): void {
		this.#document.destroy();
		this.#document = new TableDocument(this.book.gameId);
		this.#read = 0;
		this.#send = send;
		// A host that lost its last writes counts on from an earlier command: a number is never given to two of them.
		this.#lastNumber = Math.max(lastNumber, this.#lastNumber ?? 0);
		// A number at or below the host's counter was dealt with: its event comes with the log, or its reply was lost.
		for (const pending of this.#pending) {
			if (pending.number !== null && pending.number > lastNumber) pending.number = null;
		}
		this.#flush();
	}

	disconnect(): void {
		this.#send = null;
	}

	reply(number: number, code: RefusalCode | null): void {
		const pending = this.#pending.find((one) => one.number === number);
		if (pending === undefined) return;
		if (code === 'rate_limited') {
			// Not the player's doing but this page's pace: asked again when the window has moved on.
			pending.number = null;
			this.#flush();
			return;
		}
		this.#settle(pending, code === null ? { ok: true } : { ok: false, code });
	}

	#settleByLog(from: number): void {
		for (const { record, event, player } of this.book.entries.slice(from)) {
			if (record.author === null || player !== this.#options.identity.player) continue;
			const [, number] = record.author;
			const pending = this.#pending.find((one) => one.number === number);
			if (pending === undefined) continue;
			// A refused move is in the log too, as a misplay.
			const isMisplay = isTableEvent(event) && event.type === 'invalid_action';
			this.#settle(pending, isMisplay ? { ok: false, code: event.code } : { ok: true });
		}
	}

	#settle(pending: Pending, outcome: Outcome): void {
		this.#pending = this.#pending.filter((one) => one !== pending);
		pending.settle(outcome);
		this.#options.onChange();
	}

	// To the host.

	/** Resolves when the log has it, or with the code it was refused with; waits for a host as long as it takes. */
	send(command: Command): Promise<Outcome> {
		if (this.#pending.length >= MAX_PENDING) return Promise.resolve({ ok: false, code: 'rate_limited' });
		return new Promise((resolve) => {
			this.#pending.push({ command, number: null, settle: resolve });
			this.#flush();
			this.#options.onChange();
		});
	}

	/** Sends what is not sent yet, no faster than the host takes it. */
	#flush(): void {
		this.#cancelPacing?.();
		this.#cancelPacing = null;
		const { clock } = this.#options;
		for (const pending of this.#pending) {
			if (pending.number !== null) continue;
			if (this.#send === null || this.#lastNumber === null) return;
			const now = clock.now();
			this.#sentAt = this.#sentAt.filter((at) => now - at < ACTIONS_WINDOW_MS);
			const oldest = this.#sentAt[0];
			if (this.#sentAt.length >= MAX_ACTIONS && oldest !== undefined) {
				this.#cancelPacing = clock.after(oldest + ACTIONS_WINDOW_MS - now, () => {
					this.#flush();
				});
				return;
			}
			this.#sentAt.push(now);
			this.#lastNumber += 1;
			pending.number = this.#lastNumber;
			void this.#sendCommand(pending.command, pending.number, this.#send);
		}
	}

	async #sendCommand(body: Command, number: number, send: (frame: Bytes) => void): Promise<void> {
		const { identity, gameId } = this.#options;
		const index = this.book.length;
		const sealed = await this.#sealed(body);
		send(
			await encodeCommand(
				{ type: 'command', player: identity.player, game: gameId, number, index, body: sealed },
				identity,
			),
		);
	}

	/** What names closed cards goes sealed to the key of the round: it may pass through another seat on its way. */
	async #sealed(body: Command): Promise<unknown> {
		const { keys, random } = this.#options;
		const { table, entries } = this.book;
		if (table === null || isTableCommand(body) || !table.game.isSecretCommand(body)) return body;
		const roundBox = entries.findLast(({ record }) => record.type === DEAL_EVENT)?.record.roundBox;
		// Without a deal, or a key that nothing can be sealed to, there is nothing to lay down: the host refuses it.
		const sealed = roundBox === undefined ? null : await sealCommand(keys, random(32), roundBox, body);
		return sealed ?? { type: body.type };
	}

	// What is shown.

	get pending(): Command | null {
		return this.#pending[0]?.command ?? null;
	}

	/** The state with this player's own unconfirmed move in it, when the rules allow the move. */
	get shown(): TableState | null {
		const { state, table, length } = this.book;
		const move = firstMove(this.#pending.map(({ command }) => command));
		if (state === null || table === null || move === null) return state;
		if (this.#foreseen?.length !== length || this.#foreseen.move !== move) {
			this.#foreseen = { length, move, state: foreseen(table, state, this.#options.identity.player, move) };
		}
		return this.#foreseen.state;
	}

	idle(): Promise<unknown> {
		return this.#queue;
	}

	close(): void {
		this.#closed = true;
		this.#cancelWriting?.();
		this.#cancelPacing?.();
		this.#cancelPromise();
		for (const pending of this.#pending) pending.settle({ ok: false, code: 'game_over' });
		this.#pending = [];
		this.#document.destroy();
	}
}
