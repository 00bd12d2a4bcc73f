/**
 * Statistics counted on a thread of their own: what it is asked, what it answers, and the counting itself, which a
 * browser without workers does on the page's thread.
 */
import type { Variant } from '../game/game.ts';
import type { Achievement, Earned } from '../stats/achievements.ts';
import {
	achievementsOf,
	acquaintancesOf,
	newestVariant,
	reportOf,
	type Acquaintance,
	type Report,
} from '../stats/report.ts';
import { matches, type Archive, type GameFilter, type OnProgress } from './archive.ts';
import { asOwn, type OwnKeys } from './one-person.ts';

export interface CountRequest {
	readonly id: number;
	/** Whose games; a worker has the database alone and cannot know the account's other devices. */
	readonly own: OwnKeys;
	readonly filter: GameFilter;
	/** The filter's game is a guess: counted is the one that was played last, if any was. */
	readonly isGuess?: boolean | undefined;
}

export interface Counted {
	readonly report: Report;
	/** The game that is counted; null: both. */
	readonly variant: Variant | null;
	/** Of all games here, whatever the filter. */
	readonly achievements: Readonly<Partial<Record<Achievement, Earned>>>;
	readonly people: readonly Acquaintance[];
}

/** Answers of the worker; `id` is that of the request. */
export type CountReply =
	| { readonly id: number; readonly type: 'progress'; readonly done: number; readonly of: number }
	| { readonly id: number; readonly type: 'counted'; readonly counted: Counted }
	| { readonly id: number; readonly type: 'failed' };

/**
 * Equal to what `summaries` of an archive with an account gives: there they are one's own already, and stay so.
 * @param onProgress games that were never counted before, which are read from their logs first
 */
export async function countGames(
	archive: Pick<Archive, 'summaries'>,
	{ own, filter, isGuess = false }: Pick<CountRequest, 'own' | 'filter' | 'isGuess'>,
	onProgress: OnProgress = () => undefined,
): Promise<Counted> {
	const all = (await archive.summaries({}, onProgress)).map((summary) => asOwn(summary, own));
	const newest = isGuess ? newestVariant(own.player, all) : null;
	const variant = newest ?? filter.variant ?? null;
	const wanted = { ...filter, variant: variant ?? undefined };
	const chosen = all.filter((summary) => matches(wanted, summary));
	return {
		variant,
		report: reportOf(own.player, chosen),
		achievements: achievementsOf(own.player, all),
		people: acquaintancesOf(own.player, all),
	};
}
