/**
 * The nouns of El Dorado: options, commands, events, state and view. The rules are in the files beside this
 * one and in docs/rules-el-dorado.md, whose sections they cite.
 */
import type { CardId, Suit } from '../../cards/card.ts';
import type { Hand, Mode, RefusalCode, SeatIndex, StandIn, Viewer } from '../../game/game.ts';

export const SCORINGS = ['eldorado', 'ten-plus', 'ten-minus'] as const;
export const TRUMP_LEADS = ['broken', 'free'] as const;

/** House options (El Dorado 3.2, 4.6, 5.3). */
export interface ElDoradoOptions {
	/** 1 had no `mode`. */
	readonly v: 2;
	readonly mode: Mode;
	/** The last bidder may not make the bids add up to the tricks. */
	readonly hook: boolean;
	readonly trumpLead: (typeof TRUMP_LEADS)[number];
	readonly scoring: (typeof SCORINGS)[number];
}

/** El Dorado 1.3. */
export const ROUNDS = 10;

// Commands: what a seat asks for.

export interface MakeBid {
	readonly type: 'make_bid';
	/** 0 .. cards dealt (3.1). */
	readonly bid: number;
	readonly by?: StandIn;
}
export interface PlayCard {
	readonly type: 'play_card';
	readonly card: CardId;
	readonly by?: StandIn;
}
export type ElDoradoCommand = MakeBid | PlayCard;

// Events: what has happened.

/** Opens a round (2.1, 2.2). `hands[seat]` is null where this peer may not see it, [] for a seat not dealt in. */
export interface CardsDealt {
	readonly type: 'cards_dealt';
	readonly round: number;
	readonly dealer: SeatIndex;
	/** Seats dealt in, rising. */
	readonly active: readonly SeatIndex[];
	readonly cardsEach: number;
	/** The card turned up: its suit is trump and it stays out of play. */
	readonly trumpCard: CardId;
	/** By seat, one entry a seat of the table. Not in the log: the room seals each hand to its owner. */
	readonly hands: readonly (Hand | null)[];
}
export interface BidMade {
	readonly type: 'bid_made';
	readonly seat: SeatIndex;
	readonly bid: number;
	readonly by?: StandIn;
}
export interface CardPlayed {
	readonly type: 'card_played';
	readonly seat: SeatIndex;
	readonly card: CardId;
	readonly by?: StandIn;
}
/** Follows the card that completes a trick. */
export interface TrickTaken {
	readonly type: 'trick_taken';
	readonly seat: SeatIndex;
	readonly card: CardId;
}
/** Follows the last trick of a round. By seat; null for a seat that was absent ("-", 6.3). */
export interface RoundScored {
	readonly type: 'round_scored';
	readonly round: number;
	readonly scores: readonly (number | null)[];
}
export type ElDoradoEvent = CardsDealt | BidMade | CardPlayed | TrickTaken | RoundScored;

// State.

export const PHASES = ['dealing', 'bidding', 'playing', 'over'] as const;
export type Phase = (typeof PHASES)[number];

export interface Play {
	readonly seat: SeatIndex;
	readonly card: CardId;
}
export interface Trick {
	readonly leader: SeatIndex;
	readonly plays: readonly Play[];
	readonly winner: SeatIndex;
	readonly winningCard: CardId;
}

/** One row of the score sheet, by seat; null for an absent seat. */
export interface SheetRow {
	readonly round: number;
	readonly cardsEach: number;
	readonly dealer: SeatIndex;
	readonly trumpCard: CardId;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly scores: readonly (number | null)[];
	/** Running totals after the round, by seat. */
	readonly totals: readonly number[];
}

/** Public knowledge plus the hands this peer holds; the engine's own state type extends it in `state.ts`. */

// View.

export interface SeatView {
	readonly seat: SeatIndex;
	/** Dealt in this round. */
	readonly active: boolean;
	/** Cards still held; the cards themselves are seen by the owner only (2.3). */
	readonly cardsLeft: number;
	readonly bid: number | null;
	readonly tricks: number;
	readonly total: number;
}

/** A card or bid as the hand shows it: playable, or why not. */
export interface HandCard {
	readonly card: CardId;
	/** null: may be played now. A code: why it may not (also `not_your_turn`). */
	readonly refusal: RefusalCode | null;
}

export interface ElDoradoView {
	readonly variant: 'el_dorado';
	readonly viewer: Viewer;
	readonly phase: Phase;
	readonly options: ElDoradoOptions;
	/** 1-based; 0 before the first deal. */
	readonly round: number;
	readonly cardsEach: number;
	readonly dealer: SeatIndex;
	readonly turn: SeatIndex | null;
	readonly trumpCard: CardId | null;
	readonly trump: Suit | null;
	readonly trumpBroken: boolean;
	readonly seats: readonly SeatView[];
	/** The viewer's hand in dealt order; empty for a spectator. */
	readonly hand: readonly HandCard[];
	/** Bids the viewer may make now; empty when it is not the viewer's turn to bid. */
	readonly legalBids: readonly number[];
	/** The bid the hook forbids the viewer (3.2), else null. */
	readonly forbiddenBid: number | null;
	/** Seats in the order they bid this round. */
	readonly bidOrder: readonly SeatIndex[];
	readonly sumOfBids: number;
	/** The trick on the table, in order of play; empty between tricks. */
	readonly trick: readonly Play[];
	/** The seat that leads, or led, the current trick; null outside play. */
	readonly leader: SeatIndex | null;
	/** The seat whose card wins the current trick so far. */
	readonly winning: SeatIndex | null;
	/** Finished tricks of this round, oldest first: all public, all the memory a bot is given. */
	readonly tricks: readonly Trick[];
	readonly sheet: readonly SheetRow[];
	/** Seats with the highest total once the game is over (5.2: equal scores share the win), else empty. */
	readonly winners: readonly SeatIndex[];
}
