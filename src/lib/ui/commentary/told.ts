/** The lines of the table on screen: which facts, and their words in the language of the page. */
import type { SeatIndex } from '../../game/game.ts';
import { gameLines, roundLines, type Line, type Told } from '../../stats/commentary.ts';
import type { Fact } from '../../stats/facts.ts';
import { roundsOfElDorado, roundsOfIsraeliWhist } from '../../stats/sheet-rounds.ts';
import type { TableView } from '../table/game-view.ts';
import { commentaryText, type CommentaryMessages } from './commentary.en.ts';

/** Of the round that was scored last, or of the whole game once it is over; all phones get the same. */
export function linesAt(view: TableView, game: string): readonly Line[] {
	const told: Told = {
		rounds: view.variant === 'el_dorado' ? roundsOfElDorado(view.sheet) : roundsOfIsraeliWhist(view.sheet),
		variant: view.variant,
		seed: game,
		wordings,
	};
	return view.phase === 'over' ? gameLines(told, view.winners) : roundLines(told);
}

/** A kept table goes straight on: its words stay until the next round is begun. */
export function isUntouched(view: TableView): boolean {
	if (view.variant === 'el_dorado') return view.phase === 'bidding' && view.bidOrder.length === 0;
	return (
		view.phase === 'auction' && view.seats.every(({ call, contract }) => call === null && contract === null)
	);
}

/** Every language has as many as English. */
export function wordings(fact: Fact): number {
	return wordingsOf(commentaryText.english, fact).length;
}

function wordingsOf(words: CommentaryMessages, fact: Fact): readonly unknown[] {
	switch (fact.about) {
		case 'seat':
			return words.seat[fact.type];
		case 'seats':
			return words.seats[fact.type];
		case 'table':
			return words.table[fact.type];
	}
}

export function sentenceOf(
	words: CommentaryMessages,
	{ fact, wording }: Line,
	nameOf: (seat: SeatIndex) => string,
): string {
	switch (fact.about) {
		case 'seat':
			return words.seat[fact.type][wording]?.(nameOf(fact.seat), fact.number) ?? '';
		case 'seats':
			return words.seats[fact.type][wording]?.(fact.seats.map(nameOf), fact.number) ?? '';
		case 'table':
			return words.table[fact.type][wording]?.(fact.number) ?? '';
	}
}
