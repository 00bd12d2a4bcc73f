/** How often bids were met: by cards, by bid, by place after the dealer and by trump. A table of one row says nothing. */
import { TRUMPS } from '../../stats/summary-types.ts';
import type { Lifetime, Tally } from '../../stats/lifetime.ts';
import type { GamesMessages } from '../messages/games.en.ts';
import { suitOfTrump } from '../replay/words.ts';

export interface BidTable {
	readonly title: string;
	readonly rows: readonly { readonly key: string; readonly label: string; readonly tally: Tally }[];
}

type Counts = Pick<Lifetime, 'byCards' | 'byBid' | 'byPlace' | 'byTrump'>;

export function bidTables(counts: Counts, words: GamesMessages['stats']): readonly BidTable[] {
	const { byCards, byBid, byPlace, byTrump } = counts;
	return [
		{ title: words.byCards, rows: numbered(byCards, words.cards) },
		{ title: words.byBid, rows: numbered(byBid, words.bid) },
		{ title: words.byPlace, rows: numbered(byPlace, (n) => (n === 0 ? words.dealer : words.after(n))) },
		{
			title: words.byTrump,
			rows: TRUMPS.filter((trump) => byTrump[trump].attempted > 0).map((trump) => ({
				key: trump,
				label: words.trump(suitOfTrump(trump)),
				tally: byTrump[trump],
			})),
		},
	].filter(({ rows }) => rows.length > 1);
}

function numbered(tallies: Readonly<Record<number, Tally>>, label: (n: number) => string): BidTable['rows'] {
	return Object.entries(tallies).map(([key, tally]) => ({ key, label: label(Number(key)), tally }));
}
