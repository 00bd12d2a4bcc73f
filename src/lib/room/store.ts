/**
 * The Store port: what this device keeps. Its identity, the tables it has been at, the verified logs of their
 * games, and the secrets of games it deals. Two implementations (Dexie and memory) pass one acceptance suite.
 */
import type { Face, GameId, PlayerId, RoomCode, TableStage } from '../game/table-types.ts';
import type { Mode, Variant } from '../game/game.ts';
import type { IdentitySeeds } from './keys.ts';

/** What led to a table before somebody was put out. */
export interface FormerSecret {
	/** null: the code was enough. */
	readonly secret: string | null;
	/** All who have a seat know the new one, and meet there. */
	readonly isLeft: boolean;
}

/** A table as this device knows it. */
export interface TableRecord {
	readonly code: RoomCode;
	/** Private tables: what the link's fragment carries, base64url; null when the code is enough. */
	readonly secret: string | null;
	/** Somebody was put out, and there was another secret before: a link from then still means this table. */
	readonly former?: FormerSecret | null;
	/** This player was put out: those who stayed may meet elsewhere by now, and will not say so again. */
	readonly isPutOut?: boolean;
	/** The founding host, as the link's fingerprint or the first meeting gave it; null until known. */
	readonly founder: PlayerId | null;
	/** A table that never leaves this device. */
	readonly solo: boolean;
	/** The game on it, null before the first event arrived. */
	readonly game: GameId | null;
	readonly variant: Variant;
	/** Records of an older version do not say it. */
	readonly mode?: Mode;
	readonly stage: TableStage;
	/** 1-based; 0 before the first deal. */
	readonly round: number;
	/** Everybody seated but this player, bots included: for the list of tables. */
	readonly others: readonly Face[];
	/** This player's, once the game is over: place 1 has won. null for a spectator. */
	readonly result: { readonly place: number; readonly players: number; readonly score: number } | null;
	/** The highest term this player has given its vote in, so that it never votes twice; 0 for none. */
	readonly votedTerm: number;
	/** What this player has given to the deal of a game, newest last: the log must show one of them. */
	readonly contributions?: {
		readonly game: GameId;
		readonly given: readonly string[];
		/** By what was given: the call to start that it was opened for, its hash as base64url. */
		readonly openedFor?: Readonly<Record<string, string>> | undefined;
	};
	/** Wall clock, ms. */
	readonly updatedAt: number;
}

export interface StoredEvent {
	readonly game: GameId;
	/** 0-based place in the game's log. */
	readonly index: number;
	/** The signed envelope, as it was received. */
	readonly envelope: Uint8Array<ArrayBuffer>;
}

/** What only the host of a game holds. */
export interface GameSecret {
	readonly game: GameId;
	/** 32 bytes behind the commitment. */
	readonly secret: Uint8Array<ArrayBuffer>;
	/** The key of a round that another host dealt, put together from the players' shares; null when there is none. */
	readonly recovered: { readonly round: number; readonly key: Uint8Array<ArrayBuffer> } | null;
}

/** The log on this device goes on from another place than the writer thought: somebody else wrote first. */
export class LogConflictError extends Error {
	override readonly name = 'LogConflictError';
}

export interface Store {
	/** This device's identity; `make` is called once in its life. */
	identity(make: () => IdentitySeeds): Promise<IdentitySeeds>;
	table(code: RoomCode): Promise<TableRecord | null>;
	putTable(table: TableRecord): Promise<void>;
	/** Newest first. */
	tables(limit: number): Promise<readonly TableRecord[]>;
	/** The whole log of a game in order, empty when there is none. */
	events(game: GameId): Promise<readonly StoredEvent[]>;
	/**
	 * Appends in one transaction, all or nothing. Rejects with a LogConflictError when an event does not continue
	 * the stored log.
	 */
	append(events: readonly StoredEvent[]): Promise<void>;
	/** Puts `events` in place of everything from the first one's index on, in one transaction: a higher term has won. */
	replace(events: readonly StoredEvent[]): Promise<void>;
	secret(game: GameId): Promise<GameSecret | null>;
	putSecret(secret: GameSecret): Promise<void>;
	close(): void;
}
