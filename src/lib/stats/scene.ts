/**
 * A position of any game as a replay draws it: who sits where, what was bid and taken, the trick, and every hand that
 * is open. One shape for all games and both modes; the rules stay with the games.
 */
import { rankOf, SUITS, suitOf, type CardId } from '../cards/card.ts';
import { assertNever } from '../game/assert.ts';
import type { Game, GameState, GameView, SeatIndex, Viewer } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { Face, Presence, TableState } from '../game/table-types.ts';
import type { ElDoradoView } from '../games/el-dorado/types.ts';
import { TRICKS, type Bid, type IsraeliWhistView } from '../games/israeli-whist/types.ts';
import { TRUMPS, type RoundLine, type Trump } from './summary-types.ts';
import { readerOf } from './readers.ts';

export interface ScenePlay {
	readonly seat: SeatIndex;
	readonly card: CardId;
}

export interface SceneTrick {
	readonly plays: readonly ScenePlay[];
	readonly winner: SeatIndex;
}

export interface SceneCard {
	readonly card: CardId;
	/** The seat is to play, and this one is allowed. */
	readonly isLegal: boolean;
}

/** What the seat in turn owes, and what the rules leave it. */
export type Asked =
	| { readonly what: 'card' | 'call' }
	| {
			readonly what: 'bid';
			readonly least: number;
			/** Between the least and the cards of the round, and not allowed; null for none. */
			readonly forbidden: number | null;
	  };

export interface SceneSeat {
	readonly seat: SeatIndex;
	/** null for a seat that nobody has. */
	readonly face: Face | null;
	readonly isBot: boolean;
	readonly presence: Presence;
	/** In this round. */
	readonly isActive: boolean;
	readonly isDealer: boolean;
	readonly isDeclarer: boolean;
	/** null for a seat that is not in turn. */
	readonly asked: Asked | null;
	/** A pass is null; `undefined` before it has called, and in games without calls. */
	readonly call: Bid | null | undefined;
	readonly bid: number | null;
	readonly tricks: number;
	readonly total: number;
	readonly cardsLeft: number;
	/** null while it is closed to whoever looks. */
	readonly hand: readonly SceneCard[] | null;
}

export interface Scene {
	readonly round: number;
	readonly phase: string;
	readonly cards: number;
	readonly trump: Trump | null;
	/** The card that was turned up for it, where there is one. */
	readonly trumpCard: CardId | null;
	readonly seats: readonly SceneSeat[];
	/** On the table now; between tricks the one that was taken last. */
	readonly trick: readonly ScenePlay[];
	readonly leader: SeatIndex | null;
	/** Whose card is best so far, or took it. */
	readonly winning: SeatIndex | null;
	/** The trick shown is over. */
	readonly isTaken: boolean;
	/** Of this round, oldest first. */
	readonly tricks: readonly SceneTrick[];
	/** Scored rounds up to here. */
	readonly rows: readonly RoundLine[];
	readonly isOver: boolean;
	readonly winners: readonly SeatIndex[];
}

/**
 * @param viewer whose eyes: a seat sees its own hand, a spectator none, `all` every hand that is open
 * @returns null before the game has started
 */
export function sceneOf(game: Game, state: TableState, viewer: Viewer | 'all'): Scene | null {
	const { inner } = state;
	if (inner === null) return null;
	const view = game.view(inner, null);
	const picture = pictureOf(view);
	const asked = view.turn === null ? null : askedOf(game, inner, view.turn);
	const rows = readerOf(inner).rounds;
	const last = picture.tricks.at(-1);
	const isTaken = picture.trick.length === 0 && last !== undefined;
	return {
		round: inner.round,
		phase: inner.phase,
		cards: picture.cards,
		trump: picture.trump,
		trumpCard: picture.trumpCard,
		seats: picture.seats.map((seat, index) => ({
			...seat,
			...personOf(state, index),
			asked: view.turn === index ? asked : null,
			hand: viewer === 'all' || viewer === index ? handOf(game, inner, toSeat(index)) : null,
		})),
		trick: isTaken ? last.plays : picture.trick,
		leader: isTaken ? (last.plays[0]?.seat ?? null) : picture.leader,
		winning: isTaken ? last.winner : picture.winning,
		isTaken,
		tricks: picture.tricks,
		rows,
		isOver: inner.over,
		winners: picture.winners,
	};
}

function askedOf(game: Game, inner: GameState, turn: SeatIndex): Asked {
	if (inner.phase === 'auction') return { what: 'call' };
	if (inner.phase !== 'bidding' && inner.phase !== 'contracts') return { what: 'card' };
	const view = game.view(inner, turn);
	if (isElDorado(view)) return bidOf(view.legalBids, view.forbiddenBid);
	return isIsraeliWhist(view) ? bidOf(view.legalContracts, view.forbiddenContract) : missing();
}

function bidOf([least = 0]: readonly number[], forbidden: number | null): Asked {
	return { what: 'bid', least, forbidden: forbidden !== null && forbidden < least ? null : forbidden };
}

function personOf({ seats }: TableState, index: number): Pick<SceneSeat, 'face' | 'isBot' | 'presence'> {
	const seat = seats[index];
	if (seat === undefined || seat.kind === 'empty') return { face: null, isBot: false, presence: 'here' };
	const presence = seat.kind === 'human' ? seat.presence : 'here';
	return { face: seat.face, isBot: seat.kind === 'bot', presence };
}

/** null for a hand that the log does not open: its round's key was never published. */
function handOf(game: Game, inner: GameState, seat: SeatIndex): readonly SceneCard[] | null {
	const hands: unknown = 'hands' in inner ? inner.hands : null;
	const isOpen = Array.isArray(hands) && hands[seat] != null;
	if (!isOpen) return null;
	const shown = cardsOf(game.view(inner, seat));
	return [...shown].sort(byPlace).map(({ card, refusal }) => ({ card, isLegal: refusal === null }));
}

function cardsOf(view: GameView): readonly { readonly card: CardId; readonly refusal: string | null }[] {
	if (isElDorado(view) || isIsraeliWhist(view)) return view.hand;
	return [];
}

/** By suit, black and red in turn, high cards first. */
const SUIT_ORDER: readonly string[] = ['S', 'H', 'C', 'D'];
function byPlace(a: { readonly card: CardId }, b: { readonly card: CardId }): number {
	const suits = SUIT_ORDER.indexOf(suitOf(a.card)) - SUIT_ORDER.indexOf(suitOf(b.card));
	return suits !== 0 ? suits : rankOf(b.card) - rankOf(a.card);
}

type Person = 'face' | 'isBot' | 'presence' | 'asked' | 'hand';
interface Picture {
	readonly cards: number;
	readonly trump: Trump | null;
	readonly trumpCard: CardId | null;
	readonly seats: readonly Omit<SceneSeat, Person>[];
	readonly trick: readonly ScenePlay[];
	readonly leader: SeatIndex | null;
	readonly winning: SeatIndex | null;
	readonly tricks: readonly SceneTrick[];
	readonly winners: readonly SeatIndex[];
}

function pictureOf(view: GameView): Picture {
	switch (view.variant) {
		case 'el_dorado':
			return isElDorado(view) ? elDorado(view) : missing();
		case 'israeli_whist':
			return isIsraeliWhist(view) ? israeliWhist(view) : missing();
		default:
			return assertNever(view.variant);
	}
}

const isElDorado = (view: GameView): view is ElDoradoView => view.variant === 'el_dorado';
const isIsraeliWhist = (view: GameView): view is IsraeliWhistView => view.variant === 'israeli_whist';
function missing(): never {
	throw new TypeError('a view is of the game it names');
}

function elDorado(view: ElDoradoView): Picture {
	const { trump, dealer } = view;
	return {
		cards: view.cardsEach,
		trump: trump === null ? null : (TRUMPS[SUITS.indexOf(trump)] ?? null),
		trumpCard: view.trumpCard,
		seats: view.seats.map(({ seat, active, bid, tricks, total, cardsLeft }) => ({
			seat,
			isActive: active,
			isDealer: seat === dealer && view.round > 0,
			isDeclarer: false,
			call: undefined,
			bid,
			tricks,
			total,
			cardsLeft,
		})),
		trick: view.trick,
		leader: view.leader,
		winning: view.winning,
		tricks: view.tricks,
		winners: view.winners,
	};
}

function israeliWhist(view: IsraeliWhistView): Picture {
	const { dealer, declarer, round } = view;
	return {
		cards: TRICKS,
		trump: view.trump,
		trumpCard: null,
		seats: view.seats.map(({ seat, call, contract, tricks, total, cardsLeft }) => ({
			seat,
			isActive: true,
			isDealer: seat === dealer && round > 0,
			isDeclarer: seat === declarer,
			call: call === null ? undefined : call.bid,
			bid: contract,
			tricks,
			total,
			cardsLeft,
		})),
		trick: view.trick,
		leader: view.leader,
		winning: view.winning,
		tricks: view.tricks,
		winners: view.winners,
	};
}
