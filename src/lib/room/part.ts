/**
 * A page's part in a game: it hosts, or it follows. What both are given by the session, and how their code comes: it
 * is loaded with the first link or the first stored game, so that finding a table costs little.
 */
import type { BotRunner } from '../bots/bot.ts';
import type { Clock } from './clock.ts';
import type { Contributing } from './contributing.ts';
import type { Following } from './following.ts';
import type { Hosting } from './hosting.ts';
import type { FindGame } from './log-book.ts';
import type { Identity, Keys } from './keys.ts';
import type { Peers } from './peers.ts';
import type { NewSecret } from './protocol.ts';
import type { Store } from './store.ts';

/** The code of both parts, and the rules of the games. */
export interface GameParts {
	readonly Hosting: typeof Hosting;
	readonly Following: typeof Following;
	readonly Peers: typeof Peers;
	readonly Contributing: typeof Contributing;
	readonly gameOf: FindGame;
}

export interface PartContext {
	readonly identity: Identity;
	readonly keys: Keys;
	readonly store: Store;
	readonly clock: Clock;
	readonly bots: BotRunner;
	readonly random: (bytes: number) => Uint8Array<ArrayBuffer>;
	readonly gameOf: GameParts['gameOf'];
	readonly peers: Peers;
	/** Runs a task after all frames that came before it. */
	readonly inOrder: (task: () => Promise<void>) => void;
	/** Something that is shown has changed. */
	readonly onChange: () => void;
	/** Trouble outside the game: the disk, a peer that errs. */
	readonly onFault: (error: unknown) => void;
	/** The disk takes what it had refused. */
	readonly onFaultOver: () => void;
	/** Whether this page can meet the others at another place. */
	readonly mayMove: boolean;
	/** Another secret leads to the table: it is stored, and used from `move` on. */
	readonly onSecret: (secret: string, step: NewSecret['step']) => Promise<void>;
	/** The highest term this player has given its word for, by a vote or by handing over. */
	readonly wordGiven: () => number;
	/** Persists before it resolves: a reloaded page must not give its word twice. */
	readonly giveWord: (term: number) => Promise<void>;
}
