/**
 * The Archive port: finished games, to be listed, looked at again and counted. The browser has one of its own
 * (`local.ts`); whatever implements it passes `acceptance.ts`.
 *
 *     const page = await archive.games({ variant: 'el_dorado' }, null, 20);
 *     const more = page.next === null ? null : await archive.games({ variant: 'el_dorado' }, page.next, 20);
 */
import type { Brand } from '../cards/card.ts';
import type { Mode, Variant } from '../game/game.ts';
import type { GameId, PlayerId } from '../game/table-types.ts';
import type { Lifetime } from '../stats/lifetime.ts';
import type { GameCard } from '../stats/summary-parse.ts';
import type { GameSummary } from '../stats/summary-types.ts';

/** Which games; what is left out does not matter. */
export interface GameFilter {
	readonly variant?: Variant | undefined;
	readonly mode?: Mode | undefined;
	/** Ended at or after, and before, ms since 1970. */
	readonly from?: number | undefined;
	readonly to?: number | undefined;
	/** All of them sat at the table. */
	readonly players?: readonly PlayerId[] | undefined;
	/** With other people, or alone against bots. */
	readonly company?: 'people' | 'bots' | undefined;
	/** One of these: a group's, for no log says whose table it was. */
	readonly games?: ReadonlySet<GameId> | undefined;
}

/** Where a list goes on; for the archive that gave it alone. */
export type Cursor = Brand<string, 'Cursor'>;

export interface GamePage {
	/** Newest first. */
	readonly games: readonly GameCard[];
	/** null at the end of the list. */
	readonly next: Cursor | null;
}

export const KEEP_ANSWERS = [
	'kept',
	/** The same game is there already: nothing changed. */
	'exists',
	/** Another log is there under the same id; it stays. */
	'conflict',
	/** No log of a game that has ended. */
	'unfinished',
] as const;
export type KeepAnswer = (typeof KEEP_ANSWERS)[number];

/** How far long work has come. */
export type OnProgress = (done: number, of: number) => void;

export interface Archive {
	/** A page of at most `limit` games; a game that comes in meanwhile shifts nothing. */
	games(filter: GameFilter, cursor: Cursor | null, limit: number): Promise<GamePage>;
	/** null for a game that is not here. */
	summary(game: GameId): Promise<GameSummary | null>;
	/** Signed envelopes in order, empty for a game that is not here; that of a running game as far as it is known. */
	log(game: GameId): Promise<readonly Uint8Array<ArrayBuffer>[]>;
	/**
	 * Everything statistics are counted from, in no order.
	 * @param onProgress while games that were never counted are read from their logs
	 */
	summaries(filter: GameFilter, onProgress?: OnProgress): Promise<readonly GameSummary[]>;
	lifetime(player: PlayerId, filter: GameFilter): Promise<Lifetime>;
	/** Fetches what is elsewhere and not yet here, where there is an elsewhere; gives how many came, and never rejects. */
	gather(): Promise<number>;
	/** Takes in a whole log whose signatures have been checked. */
	keep(envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<KeepAnswer>;
	close(): void;
}

/** Whether a game is one of those asked for. */
export function matches(
	{ variant, mode, from, to, players = [], company, games }: GameFilter,
	game: Pick<GameCard, 'game' | 'variant' | 'mode' | 'endedAt'> & {
		readonly players: readonly Pick<GameCard['players'][number], 'player'>[];
	},
): boolean {
	const people = game.players.filter(({ player }) => player !== null).length;
	return (
		(variant === undefined || game.variant === variant) &&
		(mode === undefined || game.mode === mode) &&
		(from === undefined || game.endedAt >= from) &&
		(to === undefined || game.endedAt < to) &&
		(company === undefined || (company === 'people') === people > 1) &&
		(games === undefined || games.has(game.game)) &&
		players.every((wanted) => game.players.some(({ player }) => player === wanted))
	);
}
