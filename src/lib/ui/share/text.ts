/**
 * A result as plain lines, for a message: who won, the order of arrival, every round. Numbers with a sign keep it where
 * it belongs in a text from right to left. Pure.
 */
import { isolatesOf, leftToRight } from '../messages/bidi.ts';
import { total } from '../messages/numbers.ts';
import { LANGUAGES, type LanguageCode } from '../messages/text.ts';
import type { Result, ResultCell } from './result.ts';
import type { ShareMessages } from './share.en.ts';

export function resultText(result: Result, words: ShareMessages, language: LanguageCode): string {
	const isRightToLeft = LANGUAGES[language].dir === 'rtl';
	const done = result.rows.filter(({ isDone }) => isDone);
	const winners = result.players.filter(({ won }) => won).map(({ face }) => face.name);
	const places = result.players.toSorted((a, b) => a.place - b.place);
	const name = isolatesOf(language);
	const cell = (one: ResultCell | null, who: string): string => {
		const numbers =
			one === null ? words.absent : `${one.said ?? 0}/${one.took ?? 0} ${total(one.score ?? 0)}`;
		return `${name(who)} ${isRightToLeft ? leftToRight(numbers) : numbers}`;
	};
	const rounds = done.map((row) => {
		const head = [
			words.round(row.round),
			row.trump === null ? null : words.trumps[row.trump],
			row.type === null ? null : words.types[row.type],
		].filter((part) => part !== null);
		const cells = row.cells.map((one, place) => cell(one, result.players[place]?.face.name ?? ''));
		return `${head.join(' ')}: ${cells.join(', ')}`;
	});
	return [
		`${words.games[result.variant]}: ${winners.length === 0 ? words.standing : words.wins(winners)} (${words.rounds(done.length)})`,
		'',
		...places.map(({ place, face, total: points }) => words.place(place, face.name, points)),
		'',
		...rounds,
		'',
		words.kept,
	].join('\n');
}
