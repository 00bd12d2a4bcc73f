/**
 * Statistics counted on a thread of their own: what it is asked, what it answers, and the counting itself, which a
 * browser without workers does on the page's thread.
 */
import { acquaintancesOf, reportOf, type Acquaintance, type Report } from '../stats/report.ts';
import { matches, type Archive, type GameFilter, type OnProgress } from './archive.ts';
import { asOwn, type OwnKeys } from './one-person.ts';

export interface CountRequest {
	readonly id: number;
	/** Whose games; a worker has the database alone and cannot know the account's other devices. */
	readonly own: OwnKeys;
	readonly filter: GameFilter;
}

export interface Counted {
	readonly report: Report;
	/** Of all games here, whatever the filter. */
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
	{ own, filter }: Pick<CountRequest, 'own' | 'filter'>,
	onProgress: OnProgress = () => undefined,
): Promise<Counted> {
	const all = (await archive.summaries({}, onProgress)).map((summary) => asOwn(summary, own));
	const chosen = all.filter((summary) => matches(filter, summary));
	return { report: reportOf(own.player, chosen), people: acquaintancesOf(own.player, all) };
}
