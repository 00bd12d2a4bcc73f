/**
 * The table around any game: who sits where, the lobby, people who come, go, are away and come back. Its events
 * stand in the same log as the game's own, so one fold gives everything and one signature covers it.
 */
import type { Brand } from '../cards/card.ts';
import type { Phrase } from './phrases.ts';
import type {
	GameCommand,
	GameEvent,
	GameOptions,
	GameState,
	RefusalCode,
	SeatIndex,
	Variant,
} from './game.ts';

/** A player is a key: the Ed25519 public key, base64url (43 characters). */
export type PlayerId = Brand<string, 'PlayerId'>;
/** 16 random bytes, base64url (22 characters). */
export type GameId = Brand<string, 'GameId'>;
/** Six of `CODE_LETTERS`. */
export type RoomCode = Brand<string, 'RoomCode'>;

export const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ';

/** How a player looks to the others; made up for a newcomer and changeable at any time. */
export interface Face {
	/** 1-32 characters of any script, trimmed. */
	readonly name: string;
	/** Index into the palette of player colours, 0-9. */
	readonly color: number;
	/** The avatar is drawn from this seed, 0 .. 2^32-1. */
	readonly avatar: number;
}
export const MAX_NAME_LENGTH = 32;
export const PLAYER_COLORS = 10;

export const ABSENCE_ACTIONS = ['bot', 'forced', 'wait'] as const;
export const TURN_TIMERS_S = [0, 30, 60, 120] as const;
export const BOT_LEVELS = ['novice', 'club'] as const;
export type BotLevel = (typeof BOT_LEVELS)[number];
export const GRACE_TIMES_S = [10, 30, 60, 120] as const;
export const FIRST_DEALERS = ['drawn', 'first_seat'] as const;
/** How long bots think and a finished round rests: for a table of people, or for one who wants to get on. */
export const HOST_LOSS_ACTIONS = ['continue', 'redeal'] as const;
export const PACES = ['calm', 'quick'] as const;

/** House rules of the table itself; the game's own are beside them as `options`. */
export interface TableRules {
	/** Size of the table, empty seats included. */
	readonly seats: number;
	/** What acts for a seat that is away, and at the end of the turn timer (El Dorado 6.1, 6.2). */
	readonly onAbsence: (typeof ABSENCE_ACTIONS)[number];
	/** How long the turn of a disconnected seat waits, in seconds (6.1). */
	readonly graceS: (typeof GRACE_TIMES_S)[number];
	/** Turn timer for connected players, in seconds; 0 is off (6.2). */
	readonly turnTimerS: (typeof TURN_TIMERS_S)[number];
	readonly firstDealer: (typeof FIRST_DEALERS)[number];
	readonly spectators: boolean;
	readonly pace: (typeof PACES)[number];
	/** What becomes of a round whose host is lost: the players' shares open it, or it is dealt again. */
	readonly onHostLoss: (typeof HOST_LOSS_ACTIONS)[number];
}

export const DEFAULT_RULES: TableRules = {
	seats: 4,
	onAbsence: 'bot',
	graceS: 60,
	turnTimerS: 0,
	firstDealer: 'drawn',
	spectators: true,
	pace: 'calm',
	onHostLoss: 'continue',
};

// The seats of a table.

/**
 * - `here`
 * - `away`: the stand-in acts until the owner acts again (6.1)
 * - `left`: the stand-in plays the round to its end, and the seat is out from the next deal on (6.3)
 * - `returning`: the same round, but its player is back and is dealt in with the next one
 */
export type Presence = 'here' | 'away' | 'left' | 'returning';

export type Seat =
	| { readonly kind: 'empty' }
	| { readonly kind: 'bot'; readonly level: BotLevel; readonly face: Face }
	/** Keeper: somebody at the real table without a phone of its own. It has no key; the admin enters for it. */
	| { readonly kind: 'named'; readonly face: Face }
	| {
			readonly kind: 'human';
			readonly player: PlayerId;
			/** X25519 public key, base64url: hands are sealed to it. */
			readonly boxKey: string;
			/**
			 * This player's part in the deal, 32 bytes, base64url: the promise of it (its hash) where the table has promises,
			 * the number itself in games of earlier versions. null until it is given for this game.
			 */
			readonly contribution: string | null;
			readonly face: Face;
			readonly ready: boolean;
			readonly presence: Presence;
	  };

export const HOST_CHANGE_REASONS = ['lost', 'handed_over'] as const;

export const TABLE_STAGES = ['lobby', 'playing', 'finished'] as const;
export type TableStage = (typeof TABLE_STAGES)[number];

/** One player's word on one finished round. */
export interface RoundCheck {
	readonly seat: SeatIndex;
	readonly round: number;
	/** Everything the host said of the deal, and every play, was as the round's key gives it. */
	readonly fits: boolean;
}

/** What a player has said to the table. */
export interface Said {
	readonly seat: SeatIndex;
	readonly phrase: Phrase;
	/** 1 for the first of the game. */
	readonly count: number;
}

/** Everything the log says of a table, the game's own state within. */
export interface TableState {
	readonly game: GameId;
	readonly variant: Variant;
	readonly stage: TableStage;
	/** The player whose browser runs the rules in this term; also the admin of the table. */
	readonly host: PlayerId;
	readonly term: number;
	readonly rules: TableRules;
	readonly options: GameOptions;
	readonly seats: readonly Seat[];
	/** Keys that were kicked and may not come back. */
	readonly kicked: readonly PlayerId[];
	/** SHA-256 of the present host's secret, base64url: the rounds it deals follow from it. */
	readonly commitment: string;
	/** Players promise their contributions, and open them when the start is called: nobody can fit its own to the others'. */
	readonly promises: boolean;
	/** By seat, the contributions that have been opened since the start was called; null while it is not. */
	readonly opened: readonly (string | null)[] | null;
	/** Whose contribution was missing when the start was last called off; empty before, and when it is called again. */
	readonly unopened: readonly SeatIndex[];
	/** The game's own state; null in the lobby. */
	readonly inner: GameState | null;
	/** The game's state before the deal of the round under way: where a void round goes back to. */
	readonly beforeRound: GameState | null;
	/** Rounds that were void because the host was lost, and were dealt again. */
	readonly voided: number;
	/** Seats with a hand in the round under way, rising; none between rounds. */
	readonly dealtIn: readonly SeatIndex[];
	/** Seats that have tapped on to the next round while this one rests. */
	readonly continued: readonly SeatIndex[];
	/** Refused bids and cards by seat (El Dorado 7). */
	readonly misplays: readonly number[];
	/** Rounds whose key has been published. */
	readonly revealedRounds: number;
	/** What players found when they dealt those rounds again, in the order in which they said so. */
	readonly dealChecks: readonly RoundCheck[];
	/** What was said last; null before anybody has spoken. */
	readonly said: Said | null;
	/** The host's secret, published when the game is over; null before. */
	readonly secret: string | null;
}

// Commands.

export interface TakeSeat {
	readonly type: 'take_seat';
	/** null: any that is free. A named one is taken over with the face it has, one of somebody put out with its score. */
	readonly seat: SeatIndex | null;
	readonly face: Face;
	readonly boxKey: string;
	readonly contribution: string;
}
/** This player's part in the deal of a game it was carried over to; the page sends it by itself. */
export interface Contribute {
	readonly type: 'contribute';
	readonly contribution: string;
}
/** The number behind this player's promise, once the start is called; the page sends it by itself. */
export interface OpenContribution {
	readonly type: 'open_contribution';
	readonly contribution: string;
}
/**
 * In the lobby frees the seat; in a game leaves it for good, to be returned to between rounds (6.3). In a keeper's game
 * only the phone goes: the seat stays as a named one.
 */
export interface LeaveSeat {
	readonly type: 'leave_seat';
}
export interface ReturnToSeat {
	readonly type: 'return_to_seat';
}
export interface ChangeFace {
	readonly type: 'change_face';
	readonly face: Face;
}
export interface SetReady {
	readonly type: 'set_ready';
	readonly ready: boolean;
}
/** Move to an empty seat, or swap with a bot; the admin may swap any two seats. Lobby only. */
export interface SwapSeats {
	readonly type: 'swap_seats';
	readonly a: SeatIndex;
	readonly b: SeatIndex;
}
export interface SetRules {
	readonly type: 'set_rules';
	readonly rules: TableRules;
	readonly options: GameOptions;
}
export interface AddBot {
	readonly type: 'add_bot';
	readonly seat: SeatIndex;
	readonly level: BotLevel;
	readonly face: Face;
}
/**
 * Keeper: puts somebody without a phone on an empty seat, or gives such a seat another face. In a game also in place of
 * a player whose phone is out of use. Admin only.
 */
export interface NameSeat {
	readonly type: 'name_seat';
	readonly seat: SeatIndex;
	readonly face: Face;
}
/** Frees a seat in the lobby: a bot goes, a human becomes a spectator. Admin only. */
export interface ClearSeat {
	readonly type: 'clear_seat';
	readonly seat: SeatIndex;
}
/** Removes a player for good: the key is refused from now on. Admin only. */
export interface Kick {
	readonly type: 'kick';
	readonly player: PlayerId;
}
export interface StartGame {
	readonly type: 'start_game';
}
/** On to the next round. */
export interface Continue {
	readonly type: 'continue';
}
/** This player's browser has dealt a finished round again; the page says so by itself. */
export interface CheckDeal {
	readonly type: 'check_deal';
	readonly round: number;
	readonly fits: boolean;
}
/** A word to the others while a game runs. */
export interface Say {
	readonly type: 'say';
	readonly phrase: Phrase;
}
/** Ends a game before its end; it counts as abandoned. Admin only. */
export interface EndGame {
	readonly type: 'end_game';
}
export type TableCommand =
	| TakeSeat
	| Contribute
	| OpenContribution
	| LeaveSeat
	| ReturnToSeat
	| ChangeFace
	| SetReady
	| SwapSeats
	| SetRules
	| AddBot
	| NameSeat
	| ClearSeat
	| Kick
	| StartGame
	| Continue
	| CheckDeal
	| Say
	| EndGame;
/** Anything a player can ask for: of the table, or of the game on it. */
export type Command = TableCommand | GameCommand;

// Events.

export interface GameCreated {
	readonly type: 'game_created';
	readonly game: GameId;
	readonly variant: Variant;
	readonly host: PlayerId;
	readonly commitment: string;
	readonly rules: TableRules;
	readonly options: GameOptions;
	/** Seats carried over from the game before (play again), else all empty. Humans have yet to contribute. */
	readonly seats: readonly Seat[];
	/** The game these people played just before, if any. */
	readonly previous: GameId | null;
	/** Contributions are promised first. Left out in games of earlier versions and where nothing is dealt. */
	readonly promises?: true;
}
export interface SeatTaken {
	readonly type: 'seat_taken';
	readonly seat: SeatIndex;
	readonly player: PlayerId;
	readonly boxKey: string;
	readonly contribution: string;
	readonly face: Face;
}
export interface ContributionMade {
	readonly type: 'contribution_made';
	readonly seat: SeatIndex;
	readonly contribution: string;
}
/** All have promised: seats stand still, and the pages open their contributions. */
export interface StartCalled {
	readonly type: 'start_called';
}
export interface ContributionOpened {
	readonly type: 'contribution_opened';
	readonly seat: SeatIndex;
	/** 32 bytes, base64url: what the promise of this seat is the hash of. */
	readonly contribution: string;
}
/** Somebody's page did not open its contribution: back to the lobby, where all promise anew. */
export interface StartCalledOff {
	readonly type: 'start_called_off';
}
export interface SeatCleared {
	readonly type: 'seat_cleared';
	readonly seat: SeatIndex;
}
export interface BotSeated {
	readonly type: 'bot_seated';
	readonly seat: SeatIndex;
	readonly level: BotLevel;
	readonly face: Face;
}
/**
 * Keeper: whoever sits there needs no phone. Follows `name_seat`, and the leaving of a player in a game: at the real
 * table they still sit there.
 */
export interface SeatNamed {
	readonly type: 'seat_named';
	readonly seat: SeatIndex;
	readonly face: Face;
}
export interface SeatsSwapped {
	readonly type: 'seats_swapped';
	readonly a: SeatIndex;
	readonly b: SeatIndex;
}
export interface FaceChanged {
	readonly type: 'face_changed';
	readonly seat: SeatIndex;
	readonly face: Face;
}
export interface ReadySet {
	readonly type: 'ready_set';
	readonly seat: SeatIndex;
	readonly ready: boolean;
}
export interface RulesSet {
	readonly type: 'rules_set';
	readonly rules: TableRules;
	readonly options: GameOptions;
}
export interface PlayerKicked {
	readonly type: 'player_kicked';
	readonly player: PlayerId;
}
export interface GameStarted {
	readonly type: 'game_started';
	readonly firstDealer: SeatIndex;
	/** SHA-256 over all contributions in seat order, base64url: fixes the deal of every round. */
	readonly contributions: string;
}
/** Its turn waited too long: the stand-in acts for the seat from now on (6.1). */
export interface SeatAway {
	readonly type: 'seat_away';
	readonly seat: SeatIndex;
}
export interface SeatBack {
	readonly type: 'seat_back';
	readonly seat: SeatIndex;
}
export interface SeatLeft {
	readonly type: 'seat_left';
	readonly seat: SeatIndex;
}
/** Back in the round it left: the stand-in plays that to its end (6.3), and `seat_returned` follows. */
export interface ReturnAnnounced {
	readonly type: 'return_announced';
	readonly seat: SeatIndex;
}
export interface SeatReturned {
	readonly type: 'seat_returned';
	readonly seat: SeatIndex;
}
export interface Continued {
	readonly type: 'continued';
	readonly seat: SeatIndex;
}
/** A seated player's bid or card was refused: counted, nothing else (El Dorado 7). */
export interface InvalidAction {
	readonly type: 'invalid_action';
	readonly seat: SeatIndex;
	readonly code: RefusalCode;
}
/** A player's word that this player may host that term: Ed25519 over `voteBytes`. */
export interface SignedVote {
	readonly player: PlayerId;
	/** 64 bytes, base64url. */
	readonly signature: string;
}
/** Another browser runs the rules from here on. Signed by the new host; the votes make it so. */
export interface HostChanged {
	readonly type: 'host_changed';
	readonly term: number;
	readonly host: PlayerId;
	/** `lost`: more than half of the others voted; `handed_over`: the host before said so. */
	readonly reason: (typeof HOST_CHANGE_REASONS)[number];
	readonly votes: readonly SignedVote[];
	/** SHA-256 of the new host's own secret: it deals from the next deal on. */
	readonly commitment: string;
}
/** The round under way cannot be opened by who is left: it is dealt again, scores as they were. */
export interface RoundVoided {
	readonly type: 'round_voided';
	readonly round: number;
}
/** The key of a finished round: everyone can deal it again and check. */
export interface RoundRevealed {
	readonly type: 'round_revealed';
	readonly round: number;
	/** 32 bytes, base64url. */
	readonly key: string;
}
/** A player has dealt a finished round again: whether all of it fits. */
export interface DealChecked extends RoundCheck {
	readonly type: 'deal_checked';
}
export interface PhraseSaid {
	readonly type: 'phrase_said';
	readonly seat: SeatIndex;
	readonly phrase: Phrase;
}
export interface GameEnded {
	readonly type: 'game_ended';
	readonly reason: 'completed' | 'abandoned';
	/** The host's secret: its hash is the commitment of `game_created`. */
	readonly secret: string;
}
export type TableEvent =
	| GameCreated
	| SeatTaken
	| ContributionMade
	| StartCalled
	| ContributionOpened
	| StartCalledOff
	| SeatCleared
	| BotSeated
	| SeatNamed
	| SeatsSwapped
	| FaceChanged
	| ReadySet
	| RulesSet
	| PlayerKicked
	| GameStarted
	| SeatAway
	| SeatBack
	| SeatLeft
	| ReturnAnnounced
	| SeatReturned
	| Continued
	| InvalidAction
	| HostChanged
	| RoundVoided
	| RoundRevealed
	| DealChecked
	| PhraseSaid
	| GameEnded;
/** Anything that can stand in a log. */
export type LogEvent = TableEvent | GameEvent;
