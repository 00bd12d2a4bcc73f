/** Words for what every game here tells: its tricks, its rounds, its end. Own deeds are told as one's own. */
import { assertNever } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { cardName } from '../cards/card-name.ts';
import { signed, total } from '../messages/numbers.ts';
import type { TableMessages } from '../messages/table.en.ts';
import type { TellingMessages } from '../messages/telling.en.ts';
import type { TrickFact } from './narrate-tricks.ts';

/** Who is told, and in which words. */
export interface Listener {
	readonly say: TellingMessages;
	readonly words: TableMessages;
	/** null for a spectator. */
	readonly own: SeatIndex | null;
	readonly nameOf: (seat: SeatIndex) => string;
}

/** The name of a seat where a name stands alone: `Dan: pass.`, `You: pass.` */
export function calledBy({ words, own, nameOf }: Listener, seat: SeatIndex): string {
	return seat === own ? words.seats.you : nameOf(seat);
}

interface ScoredRow {
	readonly round: number;
	readonly scores: readonly (number | null)[];
	readonly totals: readonly number[];
}
type SharedFact =
	| TrickFact
	| { readonly type: 'scored'; readonly row: ScoredRow }
	| { readonly type: 'over'; readonly winners: readonly SeatIndex[] };

export function sharedWords(fact: SharedFact, listener: Listener): string {
	const { say, words, own, nameOf } = listener;
	switch (fact.type) {
		case 'played':
			return say.played(calledBy(listener, fact.seat), cardName(words, fact.card));
		case 'trick':
			return fact.seat === own ? say.yourTrick : say.trick(nameOf(fact.seat));
		case 'scored': {
			const over = say.round(fact.row.round);
			const score = own === null ? null : (fact.row.scores[own] ?? null);
			if (own === null || score === null) return over;
			return `${over} ${say.scored(words.seats.you, signed(score), total(fact.row.totals[own] ?? 0))}`;
		}
		case 'over':
			return overWords(fact.winners, listener);
		default:
			return assertNever(fact);
	}
}

/** Nobody wins a game that was broken off; of several, the listener is named first. */
function overWords(winners: readonly SeatIndex[], listener: Listener): string {
	const { say, own, nameOf } = listener;
	const [first, ...others] = winners;
	if (first === undefined) return say.brokenOff;
	if (others.length === 0) return first === own ? say.youWon : say.won(nameOf(first));
	const ownFirst = [...winners].sort((a, b) => Number(b === own) - Number(a === own));
	return say.shared(ownFirst.map((seat) => calledBy(listener, seat)));
}
