/**
 * What a page sees of a table, whatever this browser's part in it is: host, guest, spectator, or alone with
 * bots. A snapshot is immutable and replaced whole; everything on the screen is computed from it.
 */
import type { GameOptions, GameView, RefusalCode, SeatIndex, StandIn, Variant } from '../game/game.ts';
import type { Finding, LinkState, TransportStatus, Via } from '../transport/transport.ts';
import type { DealCheck } from './audit.ts';
import type { CountedOffence } from './offences.ts';
import type {
	BotLevel,
	Command,
	Face,
	GameId,
	PlayerId,
	Presence,
	RoomCode,
	RoundCheck,
	Said,
	TableRules,
	TableStage,
} from '../game/table-types.ts';

export const TABLE_STATUSES = [
	/** Looking for the table: signalling, links, first log. */
	'joining',
	/** Nobody answers yet under this code; goes on trying. */
	'nobody_here',
	'open',
	/** The host is out of reach; what is on screen is the last that was seen. */
	'host_away',
	/** This key was kicked, the table is full of watchers, or this is not the table the link meant. */
	'refused',
	/** The same player opened the table in another tab or device, which holds the seat now. */
	'taken_over',
] as const;
export type TableStatus = (typeof TABLE_STATUSES)[number];

export interface SeatSnapshot {
	readonly seat: SeatIndex;
	/** `named`: sits at the real table and has no phone here. */
	readonly kind: 'empty' | 'human' | 'bot' | 'named';
	/** null for an empty seat. */
	readonly face: Face | null;
	readonly player: PlayerId | null;
	readonly botLevel: BotLevel | null;
	readonly you: boolean;
	readonly host: boolean;
	readonly ready: boolean;
	readonly presence: Presence;
	/** Its player was put out. */
	readonly putOut: boolean;
	/** Somebody may sit down here now: it is empty, or whoever was put out is played for no more. */
	readonly free: boolean;
	/** Of the link to this player, as far as this browser can tell; bots and oneself are always `open`. */
	readonly connection: 'open' | 'doubtful' | 'lost';
	readonly misplays: number;
}

export interface Watcher {
	readonly player: PlayerId;
	readonly face: Face;
	readonly you: boolean;
}

/** A move made for somebody whose time was up. */
export interface MovedFor {
	readonly seat: SeatIndex;
	readonly by: StandIn;
	/** Place of the move in the log: another move has another. */
	readonly index: number;
}

export interface TableSnapshot {
	readonly status: TableStatus;
	/** With `refused`: why. */
	readonly refusal: 'kicked' | 'full' | 'wrong_table' | null;
	readonly code: RoomCode;
	/** What to share, secret and host fingerprint included. */
	readonly link: string;
	/** A table that never leaves this device: no code to share. */
	readonly solo: boolean;
	readonly game: GameId | null;
	readonly variant: Variant;
	readonly stage: TableStage;
	readonly you: { readonly player: PlayerId; readonly face: Face; readonly seat: SeatIndex | null };
	/** This browser runs the rules. */
	readonly isHost: boolean;
	readonly isAdmin: boolean;
	/** The game is over, and this page may open the next: the host's, or any seat's when the host is gone. */
	readonly mayPlayAgain: boolean;
	readonly rules: TableRules;
	readonly options: GameOptions;
	readonly seats: readonly SeatSnapshot[];
	readonly watchers: readonly Watcher[];
	/** The game as this seat, or a spectator, may see it; null in the lobby. */
	readonly view: GameView | null;
	/** This player's own move that the host has not confirmed yet; `view` already shows it. */
	readonly pending: Command | null;
	/** When the turn timer or the grace time of the seat to act ends, in ms of this device's clock, or null. */
	readonly deadline: { readonly at: number; readonly totalMs: number } | null;
	/** When the next round is dealt by itself, in ms of this device's clock, or null when no round rests. */
	readonly nextRoundAt: number | null;
	/** Rounds that were void because the host was lost, and were dealt again. */
	readonly voided: number;
	readonly continued: readonly SeatIndex[];
	/** When this browser takes over from a lost host by itself, in ms of this device's clock; null when it is not about to. */
	readonly takeoverAt: number | null;
	/** The host is lost and too few are here to elect another: seats of whom some have to come back. */
	readonly waitsFor: readonly SeatIndex[];
	/** What this browser found when it dealt the finished rounds again; null before the first. */
	readonly dealCheck: DealCheck | null;
	/** What each player's browser found, by round. */
	readonly dealChecks: readonly RoundCheck[];
	/** The last move that a stand-in made, while it is among the newest events; null when none is. */
	readonly movedFor: MovedFor | null;
	/** What was said at the table last; null before anybody has spoken in this game. */
	readonly said: Said | null;
	/** The start is called: the pages open what they have promised, which takes them a moment. */
	readonly isStarting: boolean;
	/** Whose page did not answer when the start was last called. */
	readonly unopened: readonly SeatIndex[];
	/** Start is possible now; else why not. */
	readonly startRefusal: RefusalCode | null;
	/** The last command of this player that was refused, and when (ms), for the page to explain. */
	readonly refused: { readonly command: Command; readonly code: RefusalCode; readonly at: number } | null;
	/** More than one host answers under this code: the page warns before sitting down. */
	readonly twoHosts: boolean;
	/** Somebody came who has a newer, or else an older, version of this program: the two cannot play together. */
	readonly otherVersion: 'newer' | 'older' | null;
	/** Events folded so far. */
	readonly events: number;
	/** What peers have sent that no page of ours does, counted: at the host alone, empty elsewhere. */
	readonly offences: readonly CountedOffence[];
	/** Fault of the connection a user can act on: a stable code such as `no_webrtc`. */
	readonly fault: string | null;
}

/** One page that this one is linked with. */
export interface LinkSnapshot {
	readonly player: PlayerId;
	readonly face: Face;
	readonly via: Via;
	/** Whose page carries it, for `via: 'neighbour'`. */
	readonly through: Face | null;
	readonly state: LinkState;
	/** Smoothed, ms; null before it was measured. */
	readonly roundTripMs: number | null;
	/** The page is in the background. */
	readonly hidden: boolean;
}

/** How this page is connected, for who wants to know; times change once a second, so it is asked for and not told. */
export interface Connections {
	readonly signalling: TransportStatus['signalling'];
	/** What stands in the way, in the order it was found. */
	readonly findings: readonly Finding[];
	readonly links: readonly LinkSnapshot[];
}

export interface TableClient {
	readonly snapshot: TableSnapshot;
	/** As it is now. */
	connections(): Connections;
	/** Called after every change; gives the function that ends it. */
	subscribe(listener: () => void): () => void;
	/** Sends a command; resolves when the log shows it taken, or with the code it was refused with. */
	send(command: Command): Promise<{ ok: true } | { ok: false; code: RefusalCode }>;
	/** Sits down (any free seat when null), with the profile's face. */
	sit(seat: SeatIndex | null): Promise<{ ok: true } | { ok: false; code: RefusalCode }>;
	/** Hands the table to another seat, whose browser runs the rules from then on. Host only. */
	passTable(seat: SeatIndex): Promise<{ ok: true } | { ok: false; code: RefusalCode }>;
	/** After the end: a new game with the same people, where `mayPlayAgain`. */
	playAgain(): Promise<void>;
	close(): void;
}
