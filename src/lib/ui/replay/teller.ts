/**
 * The remarks of a game that is looked at again, in words; loaded once the game stands on the page, and only where
 * remarks are wanted.
 */
import type { SeatIndex } from '../../game/game.ts';
import { commentaryText } from '../commentary/commentary.en.ts';
import { remarksIn } from '../commentary/replayed.ts';
import { sentenceOf } from '../commentary/told.ts';
import type { LanguageCode } from '../messages/text.ts';
import { readyIn } from '../messages/text.ts';
import type { OpenedGame } from './open-game.ts';

interface Told {
	/** What the lines are, for who hears the page. */
	readonly label: string;
	/** None at most positions. */
	readonly lines: readonly string[];
}
/** null in a language that is not here yet: better nothing than another one. */
export type Teller = (at: number, language: LanguageCode) => Told | null;

/** Rejects without a network where it was never fetched. */
export async function loadTeller(
	opened: OpenedGame,
	nameOf: (seat: SeatIndex) => string,
	language: LanguageCode,
): Promise<Teller> {
	await readyIn(language, [commentaryText]);
	const remarks = remarksIn(opened);
	return (at, code) => {
		const words = commentaryText.in(code);
		if (words === null) return null;
		return { label: words.label, lines: remarks.at(at).map((line) => sentenceOf(words, line, nameOf)) };
	};
}
