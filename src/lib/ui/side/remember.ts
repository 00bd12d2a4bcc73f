/** A game whose cards are played again, put among the results this device knows; one's own seats in it are told by their keys. */
import type { Seat } from '../../game/table-types.ts';
import { ownKeys } from '../account/own-keys.ts';
import { browserStorage } from '../stored.ts';
import type { Recorded } from './branch.ts';
import { knownResults, resultsIn, type KnownResults } from './known-results.ts';

/** Where the database is refused nobody's seat is one's own, and the results are known all the same. */
export async function rememberGame(recorded: Recorded): Promise<KnownResults> {
	const own = await ownKeys().then(
		({ player, others }) => new Set([player, ...others]),
		() => new Set(),
	);
	const isOwn = (holder: Seat): boolean => holder.kind === 'human' && own.has(holder.player);
	const known = knownResults(browserStorage());
	known.add(resultsIn(recorded, isOwn));
	return known;
}
