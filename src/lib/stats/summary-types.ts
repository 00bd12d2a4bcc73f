/**
 * A finished game in numbers, the same for every game and both modes: what the archive keeps beside the log, what
 * lists show, and all that statistics of many games are folded from. Names are those of the database
 * (`game_summaries`, `round_players`); a bid of El Dorado is a contract like any other.
 */
import type { Mode, SeatIndex, Variant } from '../game/game.ts';
import type { BotLevel, Face, GameId, PlayerId } from '../game/table-types.ts';

/** Trump of a round in words; a round of real cards whose trump nobody entered has none. */
export const TRUMPS = ['clubs', 'diamonds', 'hearts', 'spades', 'no_trump'] as const;
export type Trump = (typeof TRUMPS)[number];

export const GAME_STATUSES = ['completed', 'abandoned'] as const;
export type GameStatus = (typeof GAME_STATUSES)[number];

/** What is worth telling of a game (Israeli Whist 9). */
export const HIGHLIGHTS = ['comeback', 'blowout', 'close_finish', 'all_zeros_made', 'three_frischs'] as const;
export type Highlight = (typeof HIGHLIGHTS)[number];

/** One scored round as it stands at the end, corrections included. Lists are by seat, null for an absent one. */
export interface RoundLine {
	/** 1-based. */
	readonly round: number;
	readonly cards: number;
	readonly dealer: SeatIndex;
	readonly trump: Trump | null;
	/** Who named trump, where somebody does. */
	readonly declarer: SeatIndex | null;
	readonly frischs: number;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly scores: readonly (number | null)[];
}

export interface PlayerLine {
	readonly seat: SeatIndex;
	/** null for a bot. */
	readonly player: PlayerId | null;
	/** null for a person. */
	readonly bot: BotLevel | null;
	/** As it was at the end of the game. */
	readonly face: Face;
	/** 1-based; equal scores share a place. */
	readonly place: number;
	/** El Dorado 5.2: equal scores share the win. Israeli Whist 5.4: a tie has no winner. */
	readonly isWinner: boolean;
	readonly score: number;
	/** Rounds it was dealt in. */
	readonly rounds: number;
	readonly tricks: number;
	/** Points of its best and worst round; null for one that played none. */
	readonly bestRound: number | null;
	readonly worstRound: number | null;
	/** Bids of 1 and more. */
	readonly contractsAttempted: number;
	readonly contractsMade: number;
	readonly zerosAttempted: number;
	readonly zerosMade: number;
	readonly highestBid: number;
	/** null when none was met. */
	readonly highestBidMade: number | null;
	/** Rounds it declared, by strain. */
	readonly trumpWins: number;
	readonly suitWins: Readonly<Record<Trump, number>>;
	readonly misplays: number;
	/** Rounds in a row met and missed; a round it was absent from neither adds nor ends a run. */
	readonly longestMadeRun: number;
	readonly longestMissedRun: number;
	/** The most it trailed the leader by at the end of a round. */
	readonly mostBehind: number;
	/** Every bid of the game met; false before the first round. */
	readonly madeAll: boolean;
}

export interface GameSummary {
	readonly v: 1;
	readonly game: GameId;
	readonly variant: Variant;
	readonly mode: Mode;
	readonly status: GameStatus;
	/** Host's clock, ms since 1970. */
	readonly startedAt: number;
	readonly endedAt: number;
	readonly durationMs: number;
	/** Events of the log. */
	readonly events: number;
	/** Who sat at the table at the end or played a round, by seat, rising. */
	readonly players: readonly PlayerLine[];
	/** Scored rounds, in order. */
	readonly rounds: readonly RoundLine[];
	/** Rounds bid above and below their tricks (Israeli Whist 3.3), by the bids of all. */
	readonly overRounds: number;
	readonly underRounds: number;
	/** Void rounds (Israeli Whist 2.5), and all frischs, theirs included. */
	readonly passedOut: number;
	readonly frischs: number;
	/** Of all players; null while no round is scored. */
	readonly highestBid: number | null;
	readonly highestScore: number | null;
	readonly lowestScore: number | null;
	readonly highestRoundScore: number | null;
	readonly mostConsecutiveWins: number | null;
	readonly mostConsecutiveLosses: number | null;
	/** Misplays of the one who made most. */
	readonly highestMisplay: number | null;
	/** In the order of `HIGHLIGHTS`. */
	readonly highlights: readonly Highlight[];
}
