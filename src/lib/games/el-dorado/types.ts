/**
 * The nouns of El Dorado: options, commands, events, state and view. The rules are in the files beside this
 * one and in docs/rules-el-dorado.md, whose sections they cite.
 */
import type { CardId, Suit } from '../../cards/card.ts';
import type { Hand, Mode, RefusalCode, SeatIndex, StandIn, Viewer } from '../../game/game.ts';
import type { Adjustment, Made } from '../keeper/ledger.ts';

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

// Commands: what a seat asks for. `seat` names another than the asker's own: the admin of a keeper's table may (9.2).

export interface MakeBid {
	readonly type: 'make_bid';
	/** 0 .. cards dealt (3.1). */
	readonly bid: number;
	readonly seat?: SeatIndex;
	readonly by?: StandIn;
}
export interface PlayCard {
	readonly type: 'play_card';
	readonly card: CardId;
	readonly by?: StandIn;
}
/** Keeper: who takes part in the round that has just opened (9.1). Admin only. */
export interface SetActive {
	readonly type: 'set_active';
	readonly active: readonly SeatIndex[];
}
/** Keeper: all bids of the round at once, by seat, null for an absent one (9.2). Admin only. */
export interface EnterBids {
	readonly type: 'enter_bids';
	readonly bids: readonly (number | null)[];
}
/** Keeper: tricks that a seat has taken in all; null takes the note back (9.3). */
export interface NoteTricks {
	readonly type: 'note_tricks';
	readonly tricks: number | null;
	readonly seat?: SeatIndex;
}
/** Keeper: the tricks of the round are in and right. */
export interface ScoreRound {
	readonly type: 'score_round';
}
/** Keeper: bids and tricks of a past round as they should stand, by seat, null for an absent one (9.5). Admin only. */
export interface CorrectRound {
	readonly type: 'correct_round';
	readonly round: number;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
}
/** Keeper: points by hand (9.5). Admin only. */
export interface AdjustScore {
	readonly type: 'adjust_score';
	readonly seat: SeatIndex;
	readonly points: number;
}
/** Keeper: the ten rounds stand as they are (9.6). Admin only. */
export interface FinishGame {
	readonly type: 'finish_game';
}
export type KeeperCommand =
	SetActive | EnterBids | NoteTricks | ScoreRound | CorrectRound | AdjustScore | FinishGame;
/** What is asked for where cards are dealt. */
export type CardCommand = MakeBid | PlayCard;
export type ElDoradoCommand = CardCommand | KeeperCommand;

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
	/** Keeper: the admin's seat, when the admin bid for this one. */
	readonly enteredBy?: SeatIndex | null;
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
/** Opens a keeper's round (9.1): the cards are real. */
export interface RoundOpened {
	readonly type: 'round_opened';
	readonly round: number;
	readonly dealer: SeatIndex;
	/** Seats of the table, and those that take part, rising. */
	readonly seats: number;
	readonly active: readonly SeatIndex[];
}
export interface ActiveSet {
	readonly type: 'active_set';
	readonly active: readonly SeatIndex[];
	/** The deal may move on from a seat that is absent now. */
	readonly dealer: SeatIndex;
	readonly by: SeatIndex | null;
	readonly at: number;
}
export interface BidsEntered {
	readonly type: 'bids_entered';
	readonly bids: readonly (number | null)[];
	readonly by: SeatIndex | null;
	readonly at: number;
}
export interface TricksNoted {
	readonly type: 'tricks_noted';
	readonly seat: SeatIndex;
	readonly tricks: number | null;
	readonly enteredBy?: SeatIndex | null;
}
export interface RoundCorrected {
	readonly type: 'round_corrected';
	readonly round: number;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly by: SeatIndex | null;
	readonly at: number;
}
export interface ScoreAdjusted {
	readonly type: 'score_adjusted';
	readonly seat: SeatIndex;
	readonly points: number;
	readonly by: SeatIndex | null;
	readonly at: number;
}
export interface EndCalled {
	readonly type: 'end_called';
	readonly by: SeatIndex | null;
}
export type KeeperEvent =
	RoundOpened | ActiveSet | BidsEntered | TricksNoted | RoundCorrected | ScoreAdjusted | EndCalled;
export type ElDoradoEvent = CardsDealt | BidMade | CardPlayed | TrickTaken | RoundScored | KeeperEvent;

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
	/** null at a keeper's table, where it was turned up on the real one. */
	readonly trumpCard: CardId | null;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly scores: readonly (number | null)[];
	/** Running totals after the round, by seat. */
	readonly totals: readonly number[];
}

/** Something a keeper's table did out of the ordinary: who, when, and what stood before (9.5). */
export type Change = Made &
	(
		| { readonly type: 'active_set'; readonly active: readonly SeatIndex[] }
		| { readonly type: 'bids_entered' }
		| {
				readonly type: 'round_corrected';
				readonly before: Pick<SheetRow, 'bids' | 'tricks'>;
				readonly after: Pick<SheetRow, 'bids' | 'tricks'>;
		  }
		| { readonly type: 'score_adjusted'; readonly seat: SeatIndex; readonly points: number }
	);

/** What only a keeper's table has. */
export interface Kept {
	/** Tricks of the round under way as they were entered, by seat; the remainder is not among them (9.3). */
	readonly noted: readonly (number | null)[];
	readonly adjustments: readonly Adjustment[];
	/** Oldest first. */
	readonly changes: readonly Change[];
	/** Who dealt the round before: the deal goes on from there when a seat turns out to be absent. */
	readonly lastDealer: SeatIndex;
}

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

export interface KeptView extends Omit<Kept, 'lastDealer'> {
	/** All tricks are noted or follow from the others: the round may be scored (9.3). */
	readonly mayScore: boolean;
	/** All ten rounds are scored: the game waits for the admin (9.6). */
	readonly endReached: boolean;
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
	/** Bids the viewer may make now; empty when it is not its turn to bid. At a keeper's table: of the seat in turn. */
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
	/** null where cards are dealt. */
	readonly kept: KeptView | null;
	/** Seats with the highest total once the game is over (5.2: equal scores share the win), else empty. */
	readonly winners: readonly SeatIndex[];
}
