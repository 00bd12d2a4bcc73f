/**
 * The host: the one browser that runs the rules of a game. It takes commands one at a time, decides, signs the
 * events, stores them, and only then shows them to anybody; it deals, plays for bots and stand-ins, keeps the
 * time, and publishes each round's key when the round is over.
 *
 * It owns the log book and the document of its game. Links and peers are the session's matter: the host is told
 * who is connected, and gives out bytes through the document.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { assert } from '../game/assert.ts';
import { decodeBase64url, encodeBase64url, equalBytes, utf8 } from '../game/bytes.ts';
import {
	DEAL_EVENT,
	type Game,
	type GameCommand,
	type GameEvent,
	type Hand,
	type RefusalCode,
	type SeatIndex,
} from '../game/game.ts';
import { hasChecked, seatOf, seatsToDeal, toSeat } from '../game/seats.ts';
import { isResting, type Due, type HostSecrets, type Table } from '../game/table.ts';
import { isTableCommand, isTableCommandType, isTableEvent, parseTableCommand } from '../game/table-parse.ts';
import type {
	BotLevel,
	Command,
	GameId,
	HostChanged,
	LogEvent,
	PlayerId,
	Seat,
	TableRules,
	TableState,
} from '../game/table-types.ts';
import type { BotRunner } from '../bots/bot.ts';
import type { GameSecret, Store } from './store.ts';
import { writeAgain } from './write-again.ts';
import type { Clock } from './clock.ts';
import {
	commitmentOf,
	contributionsOf,
	drawFirstDealer,
	handCommitment,
	isSealedCommand,
	openSealedCommand,
	openFaceDown,
	promiseOf,
	roundBoxKey,
	roundKeyOf,
	sealFaceDown,
	sealHand,
	shuffledDeck,
} from './deal.ts';
import type { Identity, Keys } from './keys.ts';
import { parseEnvelope, type SealedHand } from '../game/log.ts';
import { LogBook, type CardOpener, type Draft, type FindGame, type Sealed } from './log-book.ts';
import type { Reply } from './protocol.ts';
import { sealShares } from './shares.ts';
import { StoppedError } from './stopped.ts';
import { NO_NOTES, TableDocument, type Watching } from './table-document.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** By pace: how long a bot thinks, how long a finished trick lies, how long a finished round rests. All ms. */
const PACE_MS = {
	calm: { think: 700, lie: 1_600, rest: 8_000 },
	quick: { think: 60, lie: 260, rest: 2_500 },
} as const satisfies Record<TableRules['pace'], unknown>;

/** They stand beside the game: nobody's turn begins with them, and no wait grows longer by them. */
const ASIDE: ReadonlySet<LogEvent['type']> = new Set([
	'continued',
	'deal_checked',
	'face_changed',
	'invalid_action',
	'phrase_said',
	'player_kicked',
]);

/** How long the end of a game waits for the players' checks of the last deal, ms: they take a tenth of it. */
const CHECK_WAIT_MS = 2_000;
/** Pages open their contributions by themselves; one that has not by then is gone, or does not want to. */
const OPENING_MS = 10_000;

/** Actions one player may ask for in a sliding window (room-protocol): a hand on a screen is slower. */
export const MAX_ACTIONS = 5;
export const ACTIONS_WINDOW_MS = 5_000;

/** What the level of a stand-in is (El Dorado 6.1). */
const STAND_IN_LEVEL: BotLevel = 'club';

export type Connection = 'open' | 'doubtful' | 'lost';

export interface HostOptions {
	/** Secret behind the commitment, and the key of a round that was dealt by a host before. */
	readonly secret: GameSecret;
	readonly identity: Identity;
	readonly keys: Keys;
	readonly store: Store;
	readonly clock: Clock;
	readonly bots: BotRunner;
	readonly gameOf: FindGame;
	/** Nothing is written before it resolves: a host that was reloaded first hears whether it still is one. */
	readonly mayWrite?: Promise<void>;
	/** After every change of the log or the notes. */
	readonly onChange: () => void;
	/**
	 * The log could not be written: nothing was shown to anyone. Tried again, unless another page of this player wrote.
	 */
	readonly onFault: (error: unknown) => void;
	/** It is written after all. */
	readonly onFaultOver: () => void;
}

/** A game as it is opened: all that `game_created` says but what follows from the host's keys. */
export interface NewGame {
	readonly variant: TableState['variant'];
	readonly rules: TableRules;
	readonly options: TableState['options'];
	readonly seats: readonly Seat[];
	readonly previous: GameId | null;
	readonly promises?: true;
}

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode };

export class Host {
	readonly book: LogBook;
	readonly document: TableDocument;
	readonly #options: HostOptions;
	readonly #secrets: HostSecrets;
	/** By round, the key of its last deal; a void round's is replaced by the next deal's. */
	readonly #dealtKeys = new Map<number, Bytes>();
	/** Last command number dealt with, by player. */
	readonly #numbers = new Map<PlayerId, number>();
	/** What became of each player's last few commands, for one whose link broke before the reply. */
	readonly #replies = new Map<PlayerId, Reply[]>();
	readonly #actions = new Map<PlayerId, number[]>();
	readonly #connections = new Map<PlayerId, { state: Connection; since: number }>();
	#watchers: readonly Watching[] = [];
	#queue: Promise<unknown>;
	/** What survived elsewhere is taken in before anything is written. */
	#adoptions: Promise<unknown> = Promise.resolve();
	#mayWrite: boolean;
	#cancelTimer: () => void = () => undefined;
	/** When the present state began: turns, rests and grace times count from here. */
	#since: number;
	/** Since when several are asked at once: whoever is last to answer has had no more time than the first. */
	#togetherSince: number | null = null;
	/** The last decision finished something (a trick, a round): bots let it lie for a moment. */
	#lies = false;
	#deadline: { at: number; totalMs: number } | null = null;
	#nextRoundAt: number | null = null;
	#isStopping = false;
	#closed = false;

	constructor(options: HostOptions) {
		this.#options = options;
		this.#since = options.clock.now();
		this.#mayWrite = options.mayWrite === undefined;
		this.#queue = Promise.resolve(options.mayWrite).then(() => {
			this.#mayWrite = true;
			return this.#adoptions;
		});
		const { game: gameId, secret } = options.secret;
		this.document = new TableDocument(gameId);
		this.book = new LogBook({
			keys: options.keys,
			gameId,
			gameOf: options.gameOf,
			// A log that this device opened, or followed and verified as a guest.
			acceptsFounder: () => true,
			openCards: this.#openCards,
		});
		this.#secrets = {
			drawFirstDealer: (candidates, state) => drawFirstDealer(this.#seed(contributionsOf(state)), candidates),
			keepsPromise: ({ seats }, seat, contribution) => {
				const holder = seats[seat];
				return (
					holder?.kind === 'human' && holder.contribution === promiseOf(gameId, holder.player, contribution)
				);
			},
			contributions: contributionsOf,
			secret: () => encodeBase64url(secret),
			timeMs: () => Math.round(options.clock.now()),
		};
	}

	/** Opens a game: the commitment to the secret goes out before anybody can contribute to the deal. */
	async create(game: NewGame): Promise<void> {
		const { secret, identity, store } = this.#options;
		await store.putSecret(secret);
		await this.#enqueue(() =>
			this.#append(
				[
					{
						type: 'game_created',
						game: secret.game,
						host: identity.player,
						commitment: commitmentOf(secret.secret),
						...game,
					},
				],
				null,
			),
		);
	}

	/**
	 * Takes up a game from this device's own log, at any point of it. What ends between the change of host and the
	 * word that the round is void is ended as it had to be.
	 */
	async resume(envelopes: readonly Bytes[]): Promise<void> {
		const { taken, offence } = await this.book.receive(envelopes, { trusted: true });
		assert(offence === null, `the stored log cannot be folded after event ${taken}: ${offence}`);
		this.#countNumbers(0);
		this.document.push(this.book.envelopes());
		this.#arm();
		void this.#enqueue(async () => {
			const lost = this.#lostRound();
			if (lost.length > 0) await this.#append(lost, null);
		});
	}

	/**
	 * Goes on with a game whose host is gone or has handed over, from all that survived of its log. Without the key of
	 * the round under way the round is void and dealt again.
	 */
	async takeOver(
		envelopes: readonly Bytes[],
		change: Pick<HostChanged, 'term' | 'reason' | 'votes'>,
	): Promise<void> {
		const { secret, identity, store } = this.#options;
		await writeAgain(() => store.putSecret(secret), { ...this.#options, isOver: () => this.#closed });
		const { taken, offence } = await this.book.receive(envelopes, { trusted: true });
		assert(offence === null, `the log cannot be folded after event ${taken}: ${String(offence)}`);
		this.#countNumbers(0);
		this.document.push(this.book.envelopes());
		const commitment = commitmentOf(secret.secret);
		await this.#enqueue(() =>
			this.#append(
				[{ type: 'host_changed', host: identity.player, commitment, ...change }, ...this.#lostRound()],
				null,
			),
		);
	}

	/** What to say of a round under way whose key this host has not: it is void, and dealt again. */
	#lostRound(): readonly LogEvent[] {
		const { inner, revealedRounds, stage } = this.state;
		const isUnderWay = stage === 'playing' && inner !== null && inner.deal > revealedRounds;
		return isUnderWay && !this.#dealtKeys.has(inner.deal)
			? [{ type: 'round_voided', round: inner.deal }]
			: [];
	}

	get state(): TableState {
		const { state } = this.book;
		assert(state !== null, 'a host has opened or resumed its game');
		return state;
	}

	get deadline(): { at: number; totalMs: number } | null {
		return this.#deadline;
	}
	get nextRoundAt(): number | null {
		return this.#nextRoundAt;
	}

	/** The key of the round under way; null between rounds. For who takes over. */
	get keyUnderWay(): { readonly round: number; readonly key: Bytes } | null {
		const { inner, revealedRounds } = this.state;
		if (inner === null || inner.deal <= revealedRounds) return null;
		return { round: inner.deal, key: this.#dealtKey(inner.deal) };
	}

	/** The key of a round that this host has dealt, or would. */
	keyOf(round: number): Bytes {
		return this.#dealtKeys.get(round) ?? this.#ownRoundKey(round);
	}

	/** The last number of this player's commands that was dealt with. */
	numberOf(player: PlayerId): number {
		return this.#numbers.get(player) ?? 0;
	}

	/**
	 * Deals with a command of this host's own player, or of another whose signature the session has verified. A number
	 * that was dealt with before changes nothing.
	 */
	submit(body: unknown, player: PlayerId, number: number): Promise<Outcome> {
		return this.#enqueue(async () => {
			if (number <= this.numberOf(player)) return { ok: true };
			this.#numbers.set(player, number);
			const outcome = await this.#answer(body, player, number);
			const code = outcome.ok ? null : outcome.code;
			this.#replies.set(
				player,
				[...this.repliesTo(player), { type: 'reply' as const, number, code }].slice(-MAX_ACTIONS),
			);
			return outcome;
		});
	}

	repliesTo(player: PlayerId): readonly Reply[] {
		return this.#replies.get(player) ?? [];
	}

	async #answer(body: unknown, player: PlayerId, number: number): Promise<Outcome> {
		const isOwn = player === this.#options.identity.player;
		if (!isOwn && !this.#isInRate(player)) return { ok: false, code: 'rate_limited' };
		const command = await this.#parse(body);
		return command === null ? { ok: false, code: 'unknown_command' } : this.#execute(command, player, number);
	}

	async #parse(sealed: unknown): Promise<Command | null> {
		const body = await this.#unsealed(sealed);
		const type: unknown = typeof body === 'object' && body !== null && 'type' in body ? body.type : null;
		return isTableCommandType(type)
			? parseTableCommand(body)
			: (this.book.table?.game.parseCommand(body) ?? null);
	}

	/** What was sealed to the key of the round under way; anything else as it is. */
	async #unsealed(body: unknown): Promise<unknown> {
		if (!isSealedCommand(body)) return body;
		const key = this.#dealtKeys.get(this.book.state?.inner?.deal ?? 0);
		return key === undefined ? null : openSealedCommand(this.#options.keys, key, body);
	}

	async #execute(command: Command, player: PlayerId, number: number): Promise<Outcome> {
		const { table } = this.book;
		assert(table !== null, 'a host has a game');
		const { state } = this;
		const decision = table.decide(state, command, player, this.#secrets);
		const seat = seatOf(state, player);
		if (decision.ok) {
			const author = seat ?? seatIn(decision.events);
			await this.#append(decision.events, author === null ? null : [author, number]);
			return { ok: true };
		}
		// El Dorado 7: a refused bid or card of a seated player counts as one misplay. At a keeper's table two people may
		// well tap the last trick at the same moment: that is none.
		const isMove = state.stage === 'playing' && state.options.mode === 'cards' && !isTableCommand(command);
		if (seat !== null && isMove) {
			await this.#append([{ type: 'invalid_action', seat, code: decision.code }], [seat, number]);
		}
		return decision;
	}

	#isInRate(player: PlayerId): boolean {
		const now = this.#options.clock.now();
		const recent = (this.#actions.get(player) ?? []).filter((at) => now - at < ACTIONS_WINDOW_MS);
		const isInRate = recent.length < MAX_ACTIONS;
		this.#actions.set(player, isInRate ? [...recent, now] : recent);
		return isInRate;
	}

	/** The commands in the log from an index on were dealt with. */
	#countNumbers(from: number): void {
		for (const { record, player } of this.book.entries.slice(from)) {
			if (record.author === null || player === null) continue;
			this.#numbers.set(player, Math.max(record.author[1], this.numberOf(player)));
		}
	}

	/**
	 * Takes in what another peer has of this host's own log beyond its end: a device that lost its last writes goes on
	 * from what survived elsewhere and never writes over it. `grown`: the players' counters have moved, and they are to be
	 * welcomed anew. `parted`: it is not the same log, or another hosts by now.
	 */
	adopt(from: number, envelopes: readonly Bytes[]): Promise<'grown' | 'parted' | 'nothing'> {
		const task = async () => {
			const start = this.book.length;
			if (from > start) return 'nothing';
			const ours = this.book.envelopes(from);
			const isSame = ours.every((envelope, place) => equalBytes(envelope, envelopes[place] ?? envelope));
			const news = envelopes.slice(start - from);
			if (!isSame || news.some(isChangeOfHost)) return 'parted';
			const { taken, offence } = await this.book.receive(news);
			if (taken > 0) {
				this.#countNumbers(start);
				await this.#keep(start, this.book.envelopes(start));
				this.#since = this.#options.clock.now();
				this.#changed();
			}
			if (offence !== null) return 'parted';
			return taken === 0 ? 'nothing' : 'grown';
		};
		if (this.#mayWrite) return this.#enqueue(task);
		const run = this.#adoptions.then(task);
		this.#adoptions = run.catch((error: unknown) => {
			this.#options.onFault(error);
		});
		return run;
	}

	// Who is there.

	setConnection(player: PlayerId, connection: Connection): void {
		const known = this.#connections.get(player)?.state;
		if (known === connection) return;
		this.#connections.set(player, { state: connection, since: this.#options.clock.now() });
		if (connection === 'open' && known !== 'doubtful') void this.#takeBack(player);
		this.#arm();
		this.#options.onChange();
	}

	/** Coming back takes the seat back from the stand-in (El Dorado 6.1). */
	#takeBack(player: PlayerId): Promise<void> {
		return this.#enqueue(async () => {
			const seat = this.book.state === null ? null : seatOf(this.state, player);
			const holder = seat === null ? null : this.state.seats[seat];
			if (
				seat !== null &&
				holder?.kind === 'human' &&
				holder.presence === 'away' &&
				this.state.stage === 'playing'
			) {
				await this.#append([{ type: 'seat_back', seat }], null);
			}
		});
	}

	setWatchers(watchers: readonly Watching[]): void {
		this.#watchers = watchers;
		this.#publishNotes();
		this.#options.onChange();
	}

	connectionOf(player: PlayerId): Connection {
		if (player === this.#options.identity.player) return 'open';
		return this.#connections.get(player)?.state ?? 'lost';
	}
	/** How long a player has not been connected, ms; for one this page has never seen as its host, since it began. */
	lostForMs(player: PlayerId): number {
		const { state, since } = this.#connections.get(player) ?? { state: 'lost', since: this.#since };
		return state === 'lost' ? this.#options.clock.now() - since : 0;
	}

	// The log.

	#enqueue<T>(task: () => Promise<T>): Promise<T> {
		const run = this.#queue.then(task);
		this.#queue = run.catch((error: unknown) => {
			if (!(error instanceof StoppedError)) this.#options.onFault(error);
		});
		return run;
	}

	async #append(events: readonly LogEvent[], author: readonly [SeatIndex, number] | null): Promise<void> {
		if (events.length === 0 || this.#closed) return;
		if (this.#isStopping) throw new StoppedError('this page hosts no more');
		const { identity, clock } = this.#options;
		const start = this.book.length;
		const drafts = await Promise.all(events.map((event, place) => this.#draft(event, start + place)));
		const envelopes = await this.book.draft(identity, drafts, author, Math.round(clock.now()));
		// Stored before anybody sees it: what was shown as done survives this page (invariant 4).
		await this.#store(start, envelopes);
		const { offence } = await this.book.receive(envelopes, { trusted: true });
		assert(offence === null, `the host's own event was refused: ${offence}`);
		this.document.push(envelopes);
		if (!events.every(({ type }) => ASIDE.has(type))) {
			this.#since = clock.now();
			this.#lies = events.length > 1;
		}
		this.#changed();
	}

	/** @param index the place it will have in the log */
	async #draft(event: LogEvent, index: number): Promise<Draft> {
		const game = this.book.table?.game;
		const down = game?.faceDownOf(event) ?? null;
		if (down?.cards != null)
			return { event, sealed: await this.#sealedFaceDown(down.seat, down.cards, index) };
		const hands = game?.handsOf(event) ?? null;
		if (game === undefined || hands === null || this.book.state === null) return { event, sealed: {} };
		if (event.type !== DEAL_EVENT) {
			const key = this.#dealtKey(this.state.inner?.deal ?? 0);
			return { event, sealed: { hands: await this.#sealedHands(key, hands, index) } };
		}
		const roundKey = this.#ownRoundKey(this.#roundToDeal());
		const shares = await this.#sharesOf(roundKey);
		const entries = (await this.#sealedHands(roundKey, hands, null)).map((hand, seat) =>
			hand === null ? null : { ...hand, ...shareOf(shares.get(toSeat(seat))) },
		);
		const roundBox = game.laysFaceDown ? await roundBoxKey(this.#options.keys, roundKey) : undefined;
		return { event, sealed: { hands: entries, ...(roundBox === undefined ? {} : { roundBox }) } };
	}

	/** @param place index of an exchange in the log; null for the deal */
	#sealedHands(
		roundKey: Bytes,
		hands: readonly (Hand | null)[],
		place: number | null,
	): Promise<(SealedHand | null)[]> {
		const sealed = hands.map(async (hand, index) => {
			const seat = this.state.seats[index];
			if (hand === null || hand.length === 0 || seat === undefined) return null;
			return sealHand(this.#options.keys, roundKey, toSeat(index), hand, boxKeyOf(seat), place);
		});
		return Promise.all(sealed);
	}

	async #sealedFaceDown(seat: SeatIndex, cards: Hand, index: number): Promise<Draft['sealed']> {
		const key = this.#dealtKey(this.state.inner?.deal ?? 0);
		const boxKey = boxKeyOf(this.state.seats[seat]);
		return { faceDown: await sealFaceDown(this.#options.keys, key, { seat, cards }, boxKey, index) };
	}

	/** Each guest's share of the round key, sealed to it: together they open the round when this host is gone. */
	#sharesOf(roundKey: Bytes): Promise<ReadonlyMap<SeatIndex, string>> {
		const { rules, seats, host } = this.state;
		const holders = seats.flatMap((seat, index) =>
			seat.kind === 'human' && seat.presence !== 'left' && seat.player !== host
				? [{ seat: toSeat(index), boxKey: seat.boxKey }]
				: [],
		);
		return sealShares(this.#options.keys, roundKey, rules.onHostLoss === 'continue' ? holders : []);
	}

	/** Resolves when it is stored; a disk that refuses is asked again for as long as this page hosts. */
	async #store(start: number, envelopes: readonly Bytes[]): Promise<void> {
		const { store } = this.#options;
		const { gameId } = this.book;
		const rows = envelopes.map((envelope, place) => ({ game: gameId, index: start + place, envelope }));
		await writeAgain(() => store.append(rows), {
			...this.#options,
			isOver: () => this.#isStopping || this.#closed,
		});
	}

	async #keep(start: number, envelopes: readonly Bytes[]): Promise<void> {
		await this.#store(start, envelopes);
		this.document.push(envelopes);
	}

	#changed(): void {
		this.#arm();
		this.#options.onChange();
	}

	// The deal.

	#seed(contributions: string) {
		const { game, secret } = this.#options.secret;
		return { game, secret, contributions };
	}

	/** The key of a round that this host deals. */
	#ownRoundKey(round: number): Bytes {
		return roundKeyOf(this.#seed(contributionsInLog(this.book)), round);
	}

	/** The key that the last deal of a round was made with. */
	#dealtKey(round: number): Bytes {
		const key = this.#dealtKeys.get(round);
		assert(key !== undefined, `the key of round ${round} is known to its host`);
		return key;
	}

	#roundToDeal(): number {
		return (this.state.inner?.deal ?? 0) + 1;
	}

	/**
	 * The host sees every hand: it deals the round again from the key, its own or the recovered one, whichever the
	 * commitments of the deal confirm. Finished rounds of other hosts stay closed: nothing is to be played in them.
	 */
	readonly #openCards: CardOpener = (event, sealed) => {
		const { table } = this.book;
		if (table === null) return Promise.resolve(event);
		if (sealed.type === DEAL_EVENT) return Promise.resolve(this.#openDeal(table.game, event, sealed));
		return this.#openLater(table, event, sealed);
	};

	#openDeal(game: Game, event: LogEvent, { hands: sealed = [] }: Sealed): LogEvent {
		const round = this.#roundToDeal();
		const { recovered } = this.#options.secret;
		for (const key of [this.#ownRoundKey(round), ...(recovered?.round === round ? [recovered.key] : [])]) {
			const dealt = this.#dealWith(game, key);
			const hands = dealt === null ? null : game.handsOf(dealt);
			if (hands !== null && isDealtWith(key, hands, sealed)) {
				this.#dealtKeys.set(round, key);
				return game.openHands(event, hands);
			}
		}
		this.#dealtKeys.delete(round);
		return event;
	}

	/** Cards laid face down in the round, and the hands that came of them: as far as the key of the round is known. */
	async #openLater({ game }: Table, event: LogEvent, { faceDown, hands, index }: Sealed): Promise<LogEvent> {
		const { inner } = this.state;
		const key = inner === null ? undefined : this.#dealtKeys.get(inner.deal);
		if (inner === null || key === undefined) return event;
		if (faceDown !== undefined) {
			const cards = await openFaceDown(this.#options.keys, key, faceDown);
			return cards === null ? event : game.openFaceDown(event, cards);
		}
		const due = game.owed(inner, seatsToDeal(game, this.state));
		const after = due === null ? null : game.handsOf(due);
		return after !== null && isDealtWith(key, after, hands ?? [], index)
			? game.openHands(event, after)
			: event;
	}

	#dealWith(game: Game, roundKey: Bytes): GameEvent | null {
		const { inner } = this.state;
		const active = seatsToDeal(game, this.state);
		const plan = inner === null ? null : game.dealDue(inner, active);
		if (inner === null || plan === null) return null;
		return game.deal(inner, active, shuffledDeck(roundKey, plan.decks));
	}

	// What the host does by itself.

	/** Sets the one timer for what is due next. Runs after every change. */
	#arm(): void {
		this.#cancelTimer();
		this.#deadline = null;
		this.#nextRoundAt = null;
		const { table } = this.book;
		if (this.#closed || table === null || this.book.state === null) return;
		const due = this.#firstOf(table.due(this.state));
		const at = this.#dueAt(due);
		this.#publishNotes();
		if (at === null) return;
		const length = this.book.length;
		const { clock } = this.#options;
		this.#cancelTimer = clock.after(Math.max(0, at - clock.now()), () => {
			void this.#enqueue(async () => {
				// Something happened in between: it has set a timer of its own.
				if (this.book.length === length && !this.#closed) await this.#perform(due);
			});
		});
	}

	/** Where several may act in any order (Israeli Whist 2.4) all their times run, and the one that ends first counts. */
	#firstOf(due: Due): Due {
		const pending = this.state.inner?.pending ?? [];
		this.#togetherSince = pending.length === 0 ? null : (this.#togetherSince ?? this.#since);
		if (due.type !== 'turn') return due;
		const endOf = (seat: SeatIndex): number => this.#turnDeadline(seat)?.at ?? Infinity;
		const first = pending.reduce((best, seat) => (endOf(seat) < endOf(best) ? seat : best), due.seat);
		return { type: 'turn', seat: first };
	}

	/** When to do what is due, ms on the clock; null when there is nothing to do but wait. */
	#dueAt(due: Due): number | null {
		const pace = PACE_MS[this.state.rules.pace];
		switch (due.type) {
			case 'settle':
			case 'reveal':
				return this.#since;
			case 'end':
				return this.#allChecked() ? this.#since : this.#since + CHECK_WAIT_MS;
			case 'deal':
				if (!isResting(this.state) || this.#allContinued()) return this.#since;
				this.#nextRoundAt = this.#since + pace.rest;
				return this.#nextRoundAt;
			case 'act_for':
				return this.#since + (this.#lies ? pace.lie : pace.think);
			case 'turn':
				this.#deadline = this.#turnDeadline(due.seat);
				return this.#deadline?.at ?? null;
			case 'wait_for_openings':
				return this.#since + OPENING_MS;
			case 'wait_for_players':
			case 'nothing':
				return null;
		}
	}

	/** Everyone who is there has said what it found of the last deal, if there was one: the log ends after that. */
	#allChecked(): boolean {
		const { state } = this;
		if (state.revealedRounds === 0) return true;
		return state.seats.every(
			(seat, index) =>
				seat.kind !== 'human' ||
				seat.presence !== 'here' ||
				this.connectionOf(seat.player) === 'lost' ||
				hasChecked(state, toSeat(index), state.revealedRounds),
		);
	}

	/** Everyone who could tap on has: nobody is kept waiting for someone who is away. */
	#allContinued(): boolean {
		return this.state.seats.every(
			(seat, index) =>
				seat.kind !== 'human' ||
				seat.presence !== 'here' ||
				this.connectionOf(seat.player) === 'lost' ||
				this.state.continued.some((continued) => continued === index),
		);
	}

	/** El Dorado 6.1 for one who is not connected, 6.2 for one who is. */
	#turnDeadline(seat: SeatIndex): { at: number; totalMs: number } | null {
		const { rules } = this.state;
		const holder = this.state.seats[seat];
		if (holder?.kind !== 'human' || rules.onAbsence === 'wait') return null;
		const since = this.#togetherSince ?? this.#since;
		const timerMs = rules.turnTimerS * 1_000;
		const timer = timerMs > 0 ? { at: since + timerMs, totalMs: timerMs } : null;
		if (this.connectionOf(holder.player) !== 'lost') return timer;
		const graceMs = rules.graceS * 1_000;
		const lostAt = this.#connections.get(holder.player)?.since ?? since;
		const grace = { at: Math.max(since, lostAt) + graceMs, totalMs: graceMs };
		return timer !== null && timer.at < grace.at ? timer : grace;
	}

	async #perform(due: Due): Promise<void> {
		switch (due.type) {
			case 'settle':
				await this.#append([due.event], null);
				return;
			case 'reveal': {
				const key = encodeBase64url(this.#dealtKey(due.round));
				await this.#append([{ type: 'round_revealed', round: due.round, key }], null);
				return;
			}
			case 'end':
				await this.#append(
					[{ type: 'game_ended', reason: 'completed', secret: this.#secrets.secret() }],
					null,
				);
				return;
			case 'deal': {
				const { table } = this.book;
				const event = table === null ? null : this.#dealWith(table.game, this.#ownRoundKey(due.round));
				assert(event !== null, 'a deal that is due can be dealt');
				await this.#append([event], null);
				return;
			}
			case 'act_for':
				await this.#actFor(due.seat, due.as === 'stand_in');
				return;
			case 'turn':
				await this.#timeIsUp(due.seat);
				return;
			case 'wait_for_openings':
				await this.#append([{ type: 'start_called_off' }], null);
				return;
			case 'wait_for_players':
			case 'nothing':
				return;
		}
	}

	/** The grace time or the turn timer is over: the stand-in acts, and goes on acting for one who is not connected. */
	async #timeIsUp(seat: SeatIndex): Promise<void> {
		const holder = this.state.seats[seat];
		if (holder?.kind !== 'human') return;
		if (this.connectionOf(holder.player) === 'lost') await this.#append([{ type: 'seat_away', seat }], null);
		else await this.#actFor(seat, true);
	}

	async #actFor(seat: SeatIndex, isStandIn: boolean): Promise<void> {
		const { table } = this.book;
		const { inner, rules } = this.state;
		assert(table !== null && inner !== null, 'somebody acts in a running game');
		const holder = this.state.seats[seat];
		const by = isStandIn ? { by: rules.onAbsence === 'bot' ? ('bot' as const) : ('forced' as const) } : {};
		const level = holder?.kind === 'bot' ? holder.level : STAND_IN_LEVEL;
		const isForced = isStandIn && rules.onAbsence !== 'bot';
		const command = isForced
			? table.game.forcedMove(inner, seat)
			: await this.#botMove(table.game, seat, level);
		const decision = table.game.decide(inner, { ...command, ...by }, seat);
		if (decision.ok) {
			await this.#append(decision.events, null);
			return;
		}
		// A bot that errs must not stop the game: the forced move is always legal.
		const forced = table.game.decide(inner, { ...table.game.forcedMove(inner, seat), ...by }, seat);
		assert(forced.ok, `the forced move of seat ${seat} is legal`);
		await this.#append(forced.events, null);
	}

	async #botMove(game: Game, seat: SeatIndex, level: BotLevel): Promise<GameCommand> {
		assert(this.state.inner !== null, 'a bot plays in a running game');
		const { gameId, length } = this.book;
		const seed = new DataView(sha256(utf8(`${gameId}/${length}`)).buffer).getUint32(0);
		try {
			return await this.#options.bots.choose(game.view(this.state.inner, seat), level, seed);
		} catch (error) {
			this.#options.onFault(error);
			return game.forcedMove(this.state.inner, seat);
		}
	}

	#publishNotes(): void {
		if (this.book.state === null) return;
		const seatsThat = (connection: Connection) =>
			this.state.seats.flatMap((seat, index) =>
				seat.kind === 'human' && this.connectionOf(seat.player) === connection ? [toSeat(index)] : [],
			);
		this.document.setNotes({
			...NO_NOTES,
			watchers: [...this.#watchers],
			doubtful: seatsThat('doubtful'),
			lost: seatsThat('lost'),
			deadline: this.#deadline,
			nextRoundAt: this.#nextRoundAt,
		});
	}

	/** Resolves when everything asked for so far is done. */
	idle(): Promise<unknown> {
		return this.#queue;
	}

	/** Begins nothing more; resolves when what was under way is done. What was asked after that rejects. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		this.#cancelTimer();
		await this.#queue;
		this.close();
	}

	close(): void {
		this.#closed = true;
		this.#cancelTimer();
		this.document.destroy();
	}
}

/** The seat that somebody without one has just taken. */
function seatIn(events: readonly LogEvent[]): SeatIndex | null {
	const first = events[0];
	return first !== undefined && isTableEvent(first) && first.type === 'seat_taken' ? first.seat : null;
}

/** The contributions as `game_started` fixed them. */
function contributionsInLog(book: LogBook): string {
	const started = book.entries.find(({ record }) => record.type === 'game_started');
	const contributions = started?.record.payload['contributions'];
	assert(
		typeof contributions === 'string' && decodeBase64url(contributions) !== null,
		'a deal follows the start',
	);
	return contributions;
}

/**
 * Whether these hands, dealt with this key, are the ones the log commits to.
 * @param place index of an exchange in the log; null for the deal
 */
export function isDealtWith(
	roundKey: Bytes,
	hands: readonly (Hand | null)[],
	sealed: readonly (SealedHand | null)[],
	place: number | null = null,
): boolean {
	return hands.every((hand, index) => {
		const entry = sealed[index] ?? null;
		if (hand === null || hand.length === 0) return entry === null;
		return entry !== null && entry.commitment === handCommitment(roundKey, toSeat(index), hand, place);
	});
}

function isChangeOfHost(envelope: Bytes): boolean {
	return parseEnvelope(envelope)?.record.type === 'host_changed';
}

/** Where a hand is sealed to; null for a bot. */
function boxKeyOf(seat: Seat | undefined): string | null {
	return seat?.kind === 'human' ? seat.boxKey : null;
}

function shareOf(share: string | undefined): { share?: string } {
	return share === undefined ? {} : { share };
}
