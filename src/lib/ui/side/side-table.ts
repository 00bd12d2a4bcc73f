/**
 * A table beside the record: one person against bots, from where a recorded game is left (`branch.ts`). It runs the same
 * pure engine as a real table and looks like one to the page, but it has no room, no keys and no storage: close it and
 * nothing was ever there.
 *
 *     const client = new SideTable({ branch, level: 'club', face, seed, bots: createWorkerRunner(), clock: systemClock });
 */
import { cardsOf } from '../../cards/deck.ts';
import { seeded } from '../../cards/seeded.ts';
import { shuffle, type RandomSource } from '../../cards/shuffle.ts';
import type { BotRunner } from '../../bots/bot.ts';
import { assert, assertNever } from '../../game/assert.ts';
import type { GameCommand, GameEvent, RefusalCode, SeatIndex } from '../../game/game.ts';
import { formatNotation } from '../../game/game-notation.ts';
import { dealKnown } from '../../game/known-deal.ts';
import { parseRoomCode } from '../../game/room-code.ts';
import { seatsToDeal, toSeat } from '../../game/seats.ts';
import { isResting, tableOf, type HostSecrets, type Table } from '../../game/table.ts';
import { parsePlayerId } from '../../game/table-parse.ts';
import type {
	BotLevel,
	Command,
	Face,
	LogEvent,
	Seat,
	TableRules,
	TableState,
} from '../../game/table-types.ts';
import type { Clock } from '../../room/clock.ts';
import { snapshotOf } from '../../room/snapshot.ts';
import type { Connections, TableClient, TableSnapshot } from '../../room/table-client.ts';
import type { Branch } from './branch.ts';

export interface SideOptions {
	readonly branch: Branch;
	/** Of everybody else. */
	readonly level: BotLevel;
	/** Of whoever plays. */
	readonly face: Face;
	/** 32-bit: fresh cards and the bots' choices follow from it. */
	readonly seed: number;
	readonly bots: BotRunner;
	readonly clock: Clock;
}

/** By pace: how long a bot thinks, how long a finished trick lies, ms. A little quicker than among people. */
const PACE_MS = {
	calm: { think: 500, lie: 1_300 },
	quick: { think: 60, lie: 260 },
} as const satisfies Record<TableRules['pace'], unknown>;

/** A key nobody has: a table beside the record signs nothing, and nobody finds it by a code. */
const NO_KEY = 'A'.repeat(43);
const NO_CODE = must(parseRoomCode('AAAAAA'));
const YOU = must(parsePlayerId(NO_KEY));
const YOUR_SEAT = {
	kind: 'human',
	player: YOU,
	boxKey: NO_KEY,
	contribution: NO_KEY,
	ready: true,
	presence: 'here',
} as const satisfies Omit<Extract<Seat, { kind: 'human' }>, 'face'>;

type Answer = { ok: true } | { ok: false; code: RefusalCode };

export class SideTable implements TableClient {
	readonly branch: Branch;
	readonly #options: SideOptions;
	readonly #table: Table;
	readonly #source: RandomSource;
	readonly #listeners = new Set<() => void>();
	#state: TableState;
	#events: readonly LogEvent[] = [];
	/** How often each round was dealt here. */
	readonly #dealt = new Map<number, number>();
	#isTrickOver = false;
	#isWaiting = false;
	#isClosed = false;
	#cancel: () => void = () => undefined;
	#snapshot: TableSnapshot;

	constructor(options: SideOptions) {
		const { branch, seed } = options;
		this.#options = options;
		this.branch = branch;
		this.#table = tableOf(branch.game);
		this.#source = seeded(seed);
		const { from } = branch;
		this.#state = { ...from, stage: 'playing', seats: this.#seats(null), continued: [] };
		this.#snapshot = this.#snapshotNow();
		this.#goOn();
	}

	get snapshot(): TableSnapshot {
		return this.#snapshot;
	}
	/** For the comparison with the record. */
	get state(): TableState {
		return this.#state;
	}
	/** The game as it was played here, in the notation; null where it cannot be written. */
	notation(date: string): string | null {
		const { game, before } = this.branch;
		try {
			return formatNotation(game, [...before, ...this.#events], date, this.#state.seats);
		} catch {
			// Somebody had left the record for good, and sits here as a bot: the log of one does not go on with the other.
			return null;
		}
	}
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	connections(): Connections {
		return { signalling: 'closed', findings: [], links: [] };
	}

	send(command: Command): Promise<Answer> {
		if (this.#isClosed) return Promise.resolve({ ok: false, code: 'game_over' });
		const decision = this.#table.decide(this.#state, command, YOU, this.#secrets);
		if (!decision.ok) return Promise.resolve(decision);
		this.#take(decision.events);
		this.#goOn();
		return Promise.resolve({ ok: true });
	}
	/** Nobody comes and goes here. */
	sit(): Promise<Answer> {
		return Promise.resolve({ ok: false, code: 'already_seated' });
	}
	passTable(): Promise<Answer> {
		return Promise.resolve({ ok: false, code: 'not_admin' });
	}
	/** The page opens another one. */
	playAgain(): Promise<void> {
		return Promise.resolve();
	}
	close(): void {
		this.#isClosed = true;
		this.#cancel();
		this.#options.bots.close();
		this.#listeners.clear();
	}

	readonly #secrets: HostSecrets = {
		timeMs: () => Math.round(this.#options.clock.now()),
		drawFirstDealer: ([first]) => {
			assert(first !== undefined, 'somebody deals');
			return first;
		},
		contributions: () => NO_KEY,
		keepsPromise: () => true,
		secret: () => NO_KEY,
	};

	/**
	 * You, and a bot under the name of everybody else. Who was absent from a round of the record stays so in it.
	 * @param present seats of the round that is dealt now; null: as they are
	 */
	#seats(present: readonly SeatIndex[] | null): readonly Seat[] {
		const { branch, level, face } = this.#options;
		return branch.from.seats.map((seat, index): Seat => {
			if (index === branch.seat) return { ...YOUR_SEAT, face };
			if (seat.kind === 'empty') return seat;
			const recorded = branch.record.seats[index] ?? seat;
			const shown = recorded.kind === 'empty' ? seat.face : recorded.face;
			const isAbsent =
				present === null
					? seat.kind === 'human' && seat.presence === 'left' && !this.#needsAll
					: !present.includes(toSeat(index));
			return isAbsent && seat.kind === 'human'
				? { ...seat, face: shown, presence: 'left' }
				: { kind: 'bot', level, face: shown };
		});
	}
	get #needsAll(): boolean {
		const { minSeats, maxSeats } = this.#options.branch.game;
		return minSeats === maxSeats;
	}

	/** Does what is due until somebody has to think. */
	#goOn(): void {
		if (this.#isWaiting || this.#isClosed) return;
		for (let due = this.#table.due(this.#state); ; due = this.#table.due(this.#state)) {
			switch (due.type) {
				case 'settle':
					this.#take([due.event]);
					break;
				case 'reveal':
					this.#take([{ type: 'round_revealed', round: due.round, key: NO_KEY }]);
					break;
				case 'deal':
					if (isResting(this.#state) && !this.#hasContinued()) return;
					if (!this.#deal()) return;
					break;
				case 'end':
					this.#take([{ type: 'game_ended', reason: 'completed', secret: NO_KEY }]);
					break;
				case 'act_for':
					void this.#think(due.seat);
					return;
				case 'turn':
				case 'nothing':
				case 'wait_for_players':
				case 'wait_for_openings':
					return;
				default:
					return assertNever(due);
			}
		}
	}

	#hasContinued(): boolean {
		return this.#state.continued.includes(this.branch.seat);
	}

	/** false when the game ends instead: the record has no more cards. */
	#deal(): boolean {
		const { game, deals, kind, seat } = this.branch;
		const { inner } = this.#state;
		assert(inner !== null, 'a game was branched off');
		const active = seatsToDeal(game, this.#state);
		const plan = game.dealDue(inner, active);
		assert(plan !== null, 'a deal is due');
		const fresh = game.deal(inner, active, shuffle(cardsOf(plan.decks), this.#source));
		const round = 'round' in fresh && typeof fresh.round === 'number' ? fresh.round : 0;
		const nth = this.#dealt.get(round) ?? 0;
		this.#dealt.set(round, nth + 1);
		const known = deals.get(round)?.[nth];
		if (known !== undefined) {
			this.#state = { ...this.#state, seats: this.#seats([...known.hands.keys()]) };
			const event = dealKnown(game, inner, seatsToDeal(game, this.#state), known);
			assert(event !== null, 'what was dealt once can be dealt again');
			this.#take([event]);
			return true;
		}
		if (kind === 'same_deal' && !deals.has(round)) {
			const finish = game.parseCommand({ type: 'finish_game' });
			const end = finish === null ? null : game.decide(inner, finish, seat, { isAdmin: true, timeMs: 0 });
			if (end?.ok === true) {
				this.#take(end.events);
				return this.#state.inner?.over !== true;
			}
		}
		this.#take([fresh]);
		return true;
	}

	async #think(seat: SeatIndex): Promise<void> {
		const { bots, level, clock, branch } = this.#options;
		const pace = PACE_MS[this.#state.rules.pace];
		this.#isWaiting = true;
		const { inner } = this.#state;
		assert(inner !== null, 'a game was branched off');
		const view = branch.game.view(inner, seat);
		const thought = bots.choose(view, level, this.#source.next32()).catch(() => null);
		await new Promise<void>((resolve) => {
			this.#cancel = clock.after(this.#isTrickOver ? pace.lie : pace.think, resolve);
		});
		const command = await thought;
		this.#isWaiting = false;
		if (this.#isClosed) return;
		this.#take(this.#movesOf(seat, command));
		this.#goOn();
	}

	/** A bot that fails must not stop the game: then the move that can always be made is made. */
	#movesOf(seat: SeatIndex, command: GameCommand | null): readonly GameEvent[] {
		const { game } = this.branch;
		const { inner } = this.#state;
		assert(inner !== null, 'a game was branched off');
		const chosen = command === null ? null : game.decide(inner, command, seat);
		if (chosen?.ok === true) return chosen.events;
		const forced = game.decide(inner, game.forcedMove(inner, seat), seat);
		assert(forced.ok, 'a forced move can be made');
		return forced.events;
	}

	#take(events: readonly LogEvent[]): void {
		if (events.length === 0) return;
		for (const event of events) this.#state = this.#table.evolve(this.#state, event);
		this.#events = [...this.#events, ...events];
		this.#isTrickOver = events.some(({ type }) => type === 'trick_taken');
		this.#snapshot = this.#snapshotNow();
		for (const listener of [...this.#listeners]) listener();
	}

	#snapshotNow(): TableSnapshot {
		const state = this.#state;
		const { game, seat } = this.branch;
		const view = state.inner === null ? null : game.view(state.inner, seat);
		return snapshotOf(
			{
				status: 'open',
				refusal: null,
				code: NO_CODE,
				link: '',
				solo: true,
				game: null,
				variant: game.variant,
				player: YOU,
				face: this.#options.face,
				isHost: false,
				mayPlayAgain: false,
				state,
				table: this.#table,
				watchers: [],
				connectionOf: () => 'open',
				pending: null,
				deadline: null,
				nextRoundAt: null,
				takeoverAt: null,
				waitsFor: [],
				dealCheck: null,
				refused: null,
				twoHosts: false,
				otherVersion: null,
				events: this.#events.length,
				movedFor: null,
				offences: [],
				fault: null,
			},
			view,
		);
	}
}

function must<T>(value: T | null): T {
	assert(value !== null, 'made-up names are well formed');
	return value;
}
