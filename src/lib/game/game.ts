/**
 * The interface every game stands behind: four pure functions over an append-only list of events.
 *
 * - `decide` gives the events that follow a command, or a coded refusal. It never throws on input, never
 *   looks at a clock or a random source.
 * - `evolve` gives the next state. It accepts exactly what `decide` can give and throws on anything else:
 *   a log that cannot be folded is corrupt.
 * - `view` gives what one viewer may see and nothing else, with the legal moves as data.
 * - `summarize` gives the numbers of a finished (or running) game from its events.
 *
 * A live table, a bot, a replay and an archive check all go through these same functions. What is the same
 * for every game (seats, lobby, people who come and go) is in `table.ts`, which wraps one of these.
 *
 * A game's state at the host holds every hand, at a player only the player's own, at a spectator none:
 * `cards_dealt` carries `hands[seat] = null` for a hand that this peer may not see. Everything public is
 * folded alike at all of them.
 */
import type { Brand, CardId } from '../cards/card.ts';

/** 0-based, clockwise: seat + 1 (mod seats) is to the left and acts next. */
export type SeatIndex = Brand<number, 'SeatIndex'>;
/** 10 seats are the most any game here has (El Dorado 1.1). */
export const MAX_SEATS = 10;

export const VARIANTS = ['el_dorado', 'israeli_whist'] as const;
export type Variant = (typeof VARIANTS)[number];

/** `cards`: dealt and played on screen. `keeper`: real cards on a real table, the phones keep score. */
export const MODES = ['cards', 'keeper'] as const;
export type Mode = (typeof MODES)[number];

/** Who looks: a seat, or `null` for a spectator, who sees what is public. */
export type Viewer = SeatIndex | null;

/** Cards of one seat, sorted as dealt; null when this peer may not see them. */
export type Hand = readonly CardId[];

/** Every code a refusal can carry, over all games (El Dorado 7, Israeli Whist 8) and the table around them. */
export const REFUSAL_CODES = [
	'not_your_turn',
	'invalid_phase',
	'invalid_bid',
	'card_not_in_hand',
	'must_follow_suit',
	'cannot_lead_trump',
	'unknown_card',
	'not_seated',
	'room_full',
	'game_over',
	'rate_limited',
	'not_admin',
	'seat_taken',
	'no_such_seat',
	'not_ready',
	'need_players',
	'invalid_options',
	'invalid_name',
	'already_seated',
	'unknown_command',
	'bid_below_minimum',
	'bid_not_higher',
	'contract_below_bid',
	'total_thirteen',
	'need_three_cards',
	'all_tricks_taken',
	'nothing_to_undo',
	'need_four_players',
	'tricks_do_not_add_up',
	'no_such_round',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type Result<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: RefusalCode };

/** What `decide` gives: the events that follow, in order, or why not. */
export type Decision<E> =
	{ readonly ok: true; readonly events: readonly E[] } | { readonly ok: false; readonly code: RefusalCode };

/** Who acted for a seat when its player did not: a bot, or the forced move of El Dorado 6.1. */
export const STAND_INS = ['bot', 'forced'] as const;
export type StandIn = (typeof STAND_INS)[number];

/**
 * Who asks, beyond the seat itself: what a keeper's rules want to know (Israeli Whist 4.2, 5.5). The time goes into
 * the event it decides, so that whoever folds the log later comes to the same.
 */
export interface Asking {
	/** The table's admin: acts for any seat of a keeper's table and corrects what stands. */
	readonly isAdmin: boolean;
	/** The host's clock, ms since 1970. */
	readonly timeMs: number;
}
/** A player at a time that does not matter: all that play with cards ever asks about. */
export const PLAYER_ASKING: Asking = { isAdmin: false, timeMs: 0 };

/** What the table needs to know of any game's state. */
export interface GameState {
	readonly variant: Variant;
	readonly phase: string;
	/** 1-based; 0 before the first round. */
	readonly round: number;
	/**
	 * Which deal of the game is on the table, 1-based: its key follows from it. The round's own number, unless a round
	 * was dealt again (Israeli Whist 2.5). 0 before the first, and always where nothing is dealt (`keeper`).
	 */
	readonly deal: number;
	/** The seat that must act now, or null when no one has to (a deal is due, the round rests, the game is over). */
	readonly turn: SeatIndex | null;
	/** All seats that must act, in any order, when it is not `turn` alone (Israeli Whist 2.4). */
	readonly pending?: readonly SeatIndex[];
	readonly over: boolean;
}

/** A message in the past tense; fields of each type are in the game's own `types.ts`. */
export interface GameEvent {
	readonly type: string;
}
/** A message in the imperative. */
export interface GameCommand {
	readonly type: string;
}
export interface GameOptions {
	/** Version of the options object, stored with the game. */
	readonly v: number;
	readonly mode: Mode;
}

/** What a seat or spectator may see. `legal` is data: a page computes no rules. */
export interface GameView {
	readonly variant: Variant;
	readonly viewer: Viewer;
	readonly phase: string;
	readonly round: number;
	readonly turn: SeatIndex | null;
}

/** A deal the host owes the game: which decks are shuffled, for which round, for whom. */
export interface DealPlan {
	/** `deal` of the state it leads to, 1-based. */
	readonly round: number;
	/** Decks to shuffle together: 1 or 2. */
	readonly decks: number;
}

/** The one event type that opens a deal, in every game: its record carries the hands, sealed. */
export const DEAL_EVENT = 'cards_dealt';

/** Cards that a seat has laid face down for the host alone; null where this peer may not see them. */
export interface FaceDown {
	readonly seat: SeatIndex;
	readonly cards: Hand | null;
}

/**
 * One game. Parameters are written with method syntax on purpose: the table handles any game as
 * `Game`, each game implements it with its own narrower types.
 */
export interface Game {
	readonly variant: Variant;
	readonly minSeats: number;
	readonly maxSeats: number;
	/** What a table with fewer than `minSeats` is told. */
	readonly tooFewSeats: RefusalCode;
	/** Rounds of a whole game; null when the table decides. */
	readonly rounds: number | null;

	defaultOptions(): GameOptions;
	/** Whole-payload check of options from outside; fills in what an older version lacked. */
	parseOptions(input: unknown): Result<GameOptions>;

	/** The state before the first deal. `seats` is the size of the table, absent seats included. */
	start(options: GameOptions, seats: number, firstDealer: SeatIndex): GameState;

	/** The deal that is due, or null. `active` are the seats that will be dealt in. */
	dealDue(state: GameState, active: readonly SeatIndex[]): DealPlan | null;
	/** The event that deals this shuffled deck; hands, trump and dealer follow from it alone. */
	deal(state: GameState, active: readonly SeatIndex[], deck: readonly CardId[]): GameEvent;

	/**
	 * @param seat who asks; null for the admin of a keeper's table who keeps the score without sitting at it
	 * @param asking a player who is not the admin when left out
	 */
	decide(
		state: GameState,
		command: GameCommand,
		seat: SeatIndex | null,
		asking?: Asking,
	): Decision<GameEvent>;
	/**
	 * The event that follows by itself: what a decision still owes when only its first events were kept (a host that
	 * vanished between two of them), such as a full trick to be taken, and the opening of a keeper's next round. null in
	 * every settled state, and where it would need a hand that this peer may not see.
	 * @param active seats that take part in a round that opens now
	 */
	owed(state: GameState, active: readonly SeatIndex[]): GameEvent | null;
	evolve(state: GameState, event: GameEvent): GameState;
	view(state: GameState, viewer: Viewer): GameView;
	/** Scores so far, by seat. */
	totals(state: GameState): readonly number[];

	/** The move El Dorado 6.1 `forced` makes for the seat whose turn it is. */
	forcedMove(state: GameState, seat: SeatIndex): GameCommand;

	/** Whole-payload checks where bytes enter; null for anything that is not exactly one of ours. */
	parseCommand(input: unknown): GameCommand | null;
	/** Payload of a stored event of version `v`, lifted to the present version; null when it is none of ours. */
	parseEvent(type: string, v: number, payload: unknown): GameEvent | null;
	/** The public payload of an event: what stands in the log. Hands never do (they are sealed by the room). */
	formatEvent(event: GameEvent): { readonly v: number; readonly payload: Readonly<Record<string, unknown>> };

	/**
	 * The hands an event gives out, by seat (null where this peer may not see them); null for an event that
	 * gives out none. The room seals each to its owner.
	 */
	handsOf(event: GameEvent): readonly (Hand | null)[] | null;
	/**
	 * The event with the hands this peer has opened put in: `parseEvent` leaves each of them null. Gives an event
	 * that deals nothing back as it is. Checked when folded: a hand that does not fit its event makes `evolve` throw.
	 */
	openHands(event: GameEvent, hands: readonly (Hand | null)[]): GameEvent;

	/**
	 * The cards an event lays face down (Israeli Whist 2.4); null for an event that lays none. They never stand in the
	 * payload: the room seals them to the key of the round, for the host and whoever takes its place.
	 */
	faceDownOf(event: GameEvent): FaceDown | null;
	/** Cards may be laid face down in this game: each deal then publishes a key that they are sealed to. */
	readonly laysFaceDown: boolean;
	/** Names cards of a closed hand, so that it travels to the host sealed: it may pass through another seat. */
	isSecretCommand(command: GameCommand): boolean;
	/** The event with those cards put in, as `openHands` does with hands. */
	openFaceDown(event: GameEvent, cards: Hand): GameEvent;
}
