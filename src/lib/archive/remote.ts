/**
 * The Remote port: a site's own archive, which other devices and the other players reach as well. One request a call.
 * What fails says whether asking again can help.
 */
import type { GameId, RoomCode } from '../game/table-types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A finished game of this account, as the remote lists it. */
export interface RemoteGame {
	readonly game: GameId;
	/** ms since 1970. */
	readonly endedAt: number;
	/** Of the log's last event, hexadecimal: it fixes the whole game. */
	readonly hash: string;
}

/** Who may read a finished game by its link: its players and their group, or anybody. */
export const VISIBILITIES = ['private', 'shared', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** How a game stands in the archive. */
export interface GameStanding {
	readonly game: GameId;
	/** Enough of its players have confirmed it: it counts in everybody's statistics. */
	readonly isCounted: boolean;
	readonly visibility: Visibility;
}

export interface UploadAnswer {
	/** `exists`: another device was first, with the same log. */
	readonly status: 'archived' | 'exists';
	readonly hash: string;
}

/** The table at which a game was played, as this device knows it. */
export interface PlayedTable {
	readonly code: RoomCode;
	/** This device hosted it, and had opened it to anybody. */
	readonly isPublic: boolean;
}

export interface Remote {
	/** @param table of the game, where that is known @throws {RemoteError} */
	upload(game: GameId, envelopes: readonly Bytes[], table?: PlayedTable | null): Promise<UploadAnswer>;
	/** Says of a game that is there that its table was open to anybody, as who hosted it. @throws {RemoteError} */
	publish(game: GameId, code: RoomCode): Promise<Visibility>;
	/** Says that this player's game is the one with this hash; gives whether it is. @throws {RemoteError} */
	confirm(game: GameId, hash: string): Promise<boolean>;
	/** Newest first, at most `limit` after that one; fewer at the end of the list. @throws {RemoteError} */
	games(after: RemoteGame | null, limit: number): Promise<readonly RemoteGame[]>;
	/** Of those games that are there for this account; others are left out. @throws {RemoteError} */
	standings(games: readonly GameId[]): Promise<readonly GameStanding[]>;
	/** Opens a game that one has played to whoever has its link, or closes it; gives what it is now. @throws {RemoteError} */
	share(game: GameId, visibility: 'private' | 'shared'): Promise<Visibility>;
	/** Needs no account. Envelopes in order; empty for a game that is not there for this account. @throws {RemoteError} */
	log(game: GameId): Promise<readonly Bytes[]>;
}

/** Something the remote did not do. */
export class RemoteError extends Error {
	override readonly name = 'RemoteError';
	/** The remote's word for it, or `unreachable`, `unknown_answer`. */
	readonly code: string;
	/** Asking again cannot help: what was asked is refused for what it is. */
	readonly isFinal: boolean;

	constructor(code: string, isFinal: boolean) {
		super(`the archive answers: ${code}`);
		this.code = code;
		this.isFinal = isFinal;
	}
}
