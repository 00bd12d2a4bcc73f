/** What happened in the tricks between two looks at the table: the part of the telling that all games share. */
import type { CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';
import type { TrickView } from './trick-stage.ts';

export type TrickFact =
	| { readonly type: 'played'; readonly seat: SeatIndex; readonly card: CardId }
	| { readonly type: 'trick'; readonly seat: SeatIndex };

/** The listener's own turn interrupts what is being read. */
export function isUrgent({ type }: { readonly type: string }): boolean {
	return type === 'turn';
}

type Tricks = Pick<TrickView, 'trick' | 'tricks'>;

/** Cards and winners of the tricks that both looks do not share. */
export function plays(before: Tricks | null, after: Tricks): readonly TrickFact[] {
	const facts: TrickFact[] = [];
	const done = before?.tricks.length ?? 0;
	let known = before?.trick.length ?? 0;
	const card = (play: { readonly seat: SeatIndex; readonly card: CardId }): TrickFact => ({
		type: 'played',
		seat: play.seat,
		card: play.card,
	});
	for (const trick of after.tricks.slice(done)) {
		facts.push(...trick.plays.slice(known).map(card), { type: 'trick', seat: trick.winner });
		known = 0;
	}
	facts.push(...after.trick.slice(known).map(card));
	return facts;
}
