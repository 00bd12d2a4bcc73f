/**
 * The nouns of Israeli Whist: options, commands, events, state and view. The rules are in the files beside this
 * one and in docs/rules-israeli-whist.md, whose sections they cite.
 */
import type { CardId } from '../../cards/card.ts';
import type { Hand, Mode, RefusalCode, SeatIndex, StandIn, Viewer } from '../../game/game.ts';
import type { Adjustment, Made } from '../keeper/ledger.ts';

/** A suit's place is its suit number. */
export const SUIT_STRAINS = ['clubs', 'diamonds', 'hearts', 'spades'] as const;
/** In rising order (2.2). */
export const STRAINS = [...SUIT_STRAINS, 'no_trump'] as const;
export type Strain = (typeof STRAINS)[number];

/** All cards are dealt, so a round has this many tricks. */
export const TRICKS = 13;
export const SEAT_COUNT = 4;
/** The lowest bid of the first auction (2.1). */
export const FIRST_MINIMUM = 5;
/** 2.4: cards that each seat passes on. */
export const FRISCH_CARDS = 3;
export const MAX_FRISCHS = 3;
/** 4.2: how long the claimer of a trick may take it back. */
export const UNDO_MS = 5_000;

// Options.

export const FRISCH_DIRECTIONS = ['left', 'right', 'across', 'rotate'] as const;
/** The way of one frisch: `rotate` is resolved. */
export type Direction = Exclude<(typeof FRISCH_DIRECTIONS)[number], 'rotate'>;

/** What a contract of 0 is worth (5.2). */
export interface ZeroScore {
	readonly made: number;
	/** For the first trick. */
	readonly broken: number;
	/** For each further one. */
	readonly further: number;
}
/** Every number of 5.1 and 5.2: a house may edit any of them. */
export interface Scoring {
	/** A contract n of 1 or more, made: base + perTrick * n + perSquare * n * n. */
	readonly made: { readonly base: number; readonly perTrick: number; readonly perSquare: number };
	/** Missed: base, and perTrick for each trick over or short. */
	readonly missed: { readonly base: number; readonly perTrick: number };
	readonly zero: { readonly under: ZeroScore; readonly over: ZeroScore };
}
/** When the game is over (5.4). */
export type End =
	| { readonly type: 'admin' }
	| { readonly type: 'rounds'; readonly rounds: number }
	| { readonly type: 'score'; readonly score: number };

export interface IsraeliWhistOptions {
	readonly v: 1;
	readonly mode: Mode;
	/** 2.3: who has passed may not bid again in this auction. */
	readonly passIsFinal: boolean;
	/** 2.5: 0-3. */
	readonly maxFrisch: number;
	readonly frischDirection: (typeof FRISCH_DIRECTIONS)[number];
	readonly end: End;
	readonly scoring: Scoring;
}

// Commands: what a seat asks for. `seat` names another than the asker's own: the admin of a keeper's table may.

export interface Bid {
	/** 5 .. 13. */
	readonly amount: number;
	readonly strain: Strain;
}
export interface MakeCall {
	readonly type: 'make_call';
	/** null: a pass. */
	readonly bid: Bid | null;
	readonly seat?: SeatIndex;
	readonly by?: StandIn;
}
/** The three cards of a frisch. */
export interface PassCards {
	readonly type: 'pass_cards';
	readonly cards: readonly CardId[];
	readonly by?: StandIn;
}
export interface MakeContract {
	readonly type: 'make_contract';
	readonly contract: number;
	readonly seat?: SeatIndex;
	readonly by?: StandIn;
}
export interface PlayCard {
	readonly type: 'play_card';
	readonly card: CardId;
	readonly by?: StandIn;
}
/** Keeper: the quick entry, trump and contracts without the auction. Admin only. */
export interface EnterContracts {
	readonly type: 'enter_contracts';
	readonly declarer: SeatIndex;
	readonly strain: Strain;
	/** By seat. */
	readonly contracts: readonly number[];
	/** Frischs there were before. */
	readonly frischs: number;
}
/** Keeper: "my trick". */
export interface ClaimTrick {
	readonly type: 'claim_trick';
	readonly seat?: SeatIndex;
}
export interface UndoTrick {
	readonly type: 'undo_trick';
}
/** Keeper: all thirteen tricks are in and right. */
export interface ScoreRound {
	readonly type: 'score_round';
}
/** Keeper: the contracts and tricks of a past round as they should stand, by seat. Admin only. */
export interface CorrectRound {
	readonly type: 'correct_round';
	readonly round: number;
	readonly contracts: readonly number[];
	readonly tricks: readonly number[];
}
/** Keeper: points by hand. Admin only. */
export interface AdjustScore {
	readonly type: 'adjust_score';
	readonly seat: SeatIndex;
	readonly points: number;
}
/** 5.4: on screen after the round under way, at a keeper's table at once. Admin only. */
export interface FinishGame {
	readonly type: 'finish_game';
}
export type IsraeliWhistCommand =
	| MakeCall
	| PassCards
	| MakeContract
	| PlayCard
	| EnterContracts
	| ClaimTrick
	| UndoTrick
	| ScoreRound
	| CorrectRound
	| AdjustScore
	| FinishGame;

// Events: what has happened.

/** Opens a round, or deals one again (1.1, 2.5). `hands[seat]` is null where this peer may not see it. */
export interface CardsDealt {
	readonly type: 'cards_dealt';
	readonly round: number;
	readonly deal: number;
	readonly dealer: SeatIndex;
	/** By seat. Not in the log: the room seals each hand to its owner. */
	readonly hands: readonly (Hand | null)[];
}
/** Opens a keeper's round: the cards are real. */
export interface RoundOpened {
	readonly type: 'round_opened';
	readonly round: number;
	readonly dealer: SeatIndex;
}
export interface CallMade {
	readonly type: 'call_made';
	readonly seat: SeatIndex;
	/** null: a pass. */
	readonly bid: Bid | null;
	readonly by?: StandIn;
	/** Keeper: the admin's seat, when the admin called for this one. */
	readonly enteredBy?: SeatIndex | null;
}
/** Follows the fourth pass (2.4). */
export interface FrischOpened {
	readonly type: 'frisch_opened';
	/** 1 .. 3. */
	readonly frisch: number;
	readonly direction: Direction;
}
/** A seat has laid its three cards down; which ones only the seat and the host know. */
export interface FrischChosen {
	readonly type: 'frisch_chosen';
	readonly seat: SeatIndex;
	/** Not in the log: the room seals them to the round's key. null where this peer may not see them. */
	readonly cards: Hand | null;
	readonly by?: StandIn;
}
/** Follows the fourth choice. */
export interface CardsExchanged {
	readonly type: 'cards_exchanged';
	readonly frisch: number;
	/** The new hands, by seat, as in `cards_dealt`. */
	readonly hands: readonly (Hand | null)[];
}
/** Follows the fourth pass when no frisch is left: the round is void (2.5). */
export interface RoundPassedOut {
	readonly type: 'round_passed_out';
	readonly round: number;
}
/** Follows the call that closes an auction with a bid (2.3). */
export interface AuctionWon {
	readonly type: 'auction_won';
	readonly seat: SeatIndex;
	readonly bid: Bid;
}
export interface ContractMade {
	readonly type: 'contract_made';
	readonly seat: SeatIndex;
	readonly contract: number;
	readonly by?: StandIn;
	readonly enteredBy?: SeatIndex | null;
}
export interface ContractsEntered {
	readonly type: 'contracts_entered';
	readonly declarer: SeatIndex;
	readonly strain: Strain;
	readonly contracts: readonly number[];
	readonly frischs: number;
	readonly by: SeatIndex | null;
	readonly at: number;
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
export interface TrickClaimed {
	readonly type: 'trick_claimed';
	readonly seat: SeatIndex;
	/** Host's clock, ms: the claimer's five seconds run from here. */
	readonly at: number;
	readonly enteredBy?: SeatIndex | null;
}
export interface TrickUndone {
	readonly type: 'trick_undone';
	/** Whose trick it was. */
	readonly seat: SeatIndex;
	readonly by: SeatIndex | null;
	readonly at: number;
	/** Undone as the admin, at any time; else by its claimer within `UNDO_MS`. */
	readonly asAdmin: boolean;
}
/** By seat. Follows the last trick on screen; asked for at a keeper's table. */
export interface RoundScored {
	readonly type: 'round_scored';
	readonly round: number;
	readonly scores: readonly number[];
}
export interface RoundCorrected {
	readonly type: 'round_corrected';
	readonly round: number;
	readonly contracts: readonly number[];
	readonly tricks: readonly number[];
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
export type IsraeliWhistEvent =
	| CardsDealt
	| RoundOpened
	| CallMade
	| FrischOpened
	| FrischChosen
	| CardsExchanged
	| RoundPassedOut
	| AuctionWon
	| ContractMade
	| ContractsEntered
	| CardPlayed
	| TrickTaken
	| TrickClaimed
	| TrickUndone
	| RoundScored
	| RoundCorrected
	| ScoreAdjusted
	| EndCalled;

// State.

export const PHASES = ['dealing', 'auction', 'frisch', 'contracts', 'playing', 'over'] as const;
export type Phase = (typeof PHASES)[number];

export interface Call {
	readonly seat: SeatIndex;
	/** null: a pass. */
	readonly bid: Bid | null;
}
/** A call that is a bid. */
export interface SeatBid {
	readonly seat: SeatIndex;
	readonly bid: Bid;
}
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
/** A trick of a keeper's round. */
export interface Claim {
	readonly seat: SeatIndex;
	readonly at: number;
}

/** 3.3. */
export type RoundType = 'over' | 'under';

/** One row of the score sheet; lists are by seat. */
export interface SheetRow {
	readonly round: number;
	readonly dealer: SeatIndex;
	readonly declarer: SeatIndex;
	readonly trump: Strain;
	/** What won the auction; null after a quick entry. */
	readonly winningBid: number | null;
	readonly frischs: number;
	readonly type: RoundType;
	readonly contracts: readonly number[];
	readonly tricks: readonly number[];
	readonly scores: readonly number[];
	/** Running totals after the round, adjustments included. */
	readonly totals: readonly number[];
}

/** Something a keeper's table did out of the ordinary: who, when, and what stood before. */
export type Change = Made &
	(
		| { readonly type: 'contracts_entered' }
		| { readonly type: 'trick_undone'; readonly seat: SeatIndex }
		| {
				readonly type: 'round_corrected';
				readonly before: Pick<SheetRow, 'contracts' | 'tricks'>;
				readonly after: Pick<SheetRow, 'contracts' | 'tricks'>;
		  }
		| { readonly type: 'score_adjusted'; readonly seat: SeatIndex; readonly points: number }
	);

// View.

export interface SeatView {
	readonly seat: SeatIndex;
	/** Cards still held; the cards themselves are seen by the owner only. */
	readonly cardsLeft: number;
	/** Its last call of this auction; null before it has called. */
	readonly call: Call | null;
	/** It has laid down its cards in the frisch under way. */
	readonly chosen: boolean;
	readonly contract: number | null;
	readonly tricks: number;
	readonly total: number;
}

/** A card as the hand shows it: may be played, or passed on in a frisch, or why not. */
export interface HandCard {
	readonly card: CardId;
	readonly refusal: RefusalCode | null;
}

export interface FrischView {
	/** 1 .. 3. */
	readonly number: number;
	readonly direction: Direction;
	/** The viewer may choose now. */
	readonly mayChoose: boolean;
	/** The viewer gives to, and gets from, these seats; null for a spectator. */
	readonly to: SeatIndex | null;
	readonly from: SeatIndex | null;
	/** What the viewer has laid down, as far as this peer knows. */
	readonly chosen: Hand | null;
}

export interface IsraeliWhistView {
	readonly variant: 'israeli_whist';
	readonly viewer: Viewer;
	readonly phase: Phase;
	readonly options: IsraeliWhistOptions;
	/** 1-based; 0 before the first deal. A round that is dealt again keeps its number (2.5). */
	readonly round: number;
	/** Deals so far; more than rounds when one was void. 0 at a keeper's table. */
	readonly deal: number;
	readonly dealer: SeatIndex;
	/** Who is to call, contract or play; the viewer itself while it has to choose in a frisch. */
	readonly turn: SeatIndex | null;
	readonly seats: readonly SeatView[];
	/** The viewer's hand in dealt order, cards that came in a frisch last; empty for a spectator. */
	readonly hand: readonly HandCard[];

	/** Calls of this auction in order; the one before a frisch is gone with it (it was four passes). */
	readonly calls: readonly Call[];
	readonly frischs: number;
	/** The lowest amount of this auction (2.4). */
	readonly minimum: number;
	readonly highest: SeatBid | null;
	/** May be called now, rising; empty when it is not the viewer's turn. At a keeper's table: for the seat in turn. */
	readonly legalBids: readonly Bid[];
	readonly mayPass: boolean;
	readonly frisch: FrischView | null;
	/** What the last frisch of this round brought the viewer. */
	readonly received: Hand | null;
	/** Whose cards they were; null where nothing came. */
	readonly receivedFrom: SeatIndex | null;

	readonly declarer: SeatIndex | null;
	readonly trump: Strain | null;
	readonly winningBid: number | null;
	/** Seats in the order they name contracts; empty before there is a declarer. */
	readonly contractOrder: readonly SeatIndex[];
	readonly sumOfContracts: number;
	/** null until all are named. */
	readonly type: RoundType | null;
	/** As `legalBids`. */
	readonly legalContracts: readonly number[];
	/** What 3.2 forbids the last to speak, else null. */
	readonly forbiddenContract: number | null;

	/** The trick on the table, in order of play; empty between tricks. */
	readonly trick: readonly Play[];
	readonly leader: SeatIndex | null;
	/** The seat whose card wins the trick so far. */
	readonly winning: SeatIndex | null;
	/** Finished tricks of this round, oldest first. */
	readonly tricks: readonly Trick[];
	/** Keeper: tricks of this round in the order they were claimed. */
	readonly claims: readonly Claim[];
	/** Keeper: all tricks are in, the round may be scored. */
	readonly mayScore: boolean;

	readonly sheet: readonly SheetRow[];
	readonly adjustments: readonly Adjustment[];
	/** Oldest first. */
	readonly changes: readonly Change[];
	/** 5.4: on screen the game ends after the round under way. */
	readonly endCalled: boolean;
	/** Keeper: the end the options name is reached; it waits for the admin. */
	readonly endReached: boolean;
	/** Seats with the highest total once the game is over; more than one is a tie without a single winner. */
	readonly winners: readonly SeatIndex[];
}
