/** What became of files that were brought, in sentences. */
import type { KeepAnswer } from '../../archive/archive.ts';
import type { FileProblem } from './bring-files.ts';
import type { HistoryMessages } from './history.en.ts';

/** What is in the history now, and what is not and why. */
export function broughtText(words: HistoryMessages, counts: Readonly<Record<KeepAnswer, number>>): string {
	const { kept, exists, conflict, unfinished } = counts;
	const sentences = [
		...(kept + exists > 0 || conflict + unfinished === 0 ? [words.brought(kept, exists)] : []),
		...(conflict > 0 ? [words.conflict(conflict)] : []),
		...(unfinished > 0 ? [words.unfinished(unfinished)] : []),
	];
	return sentences.join('. ');
}

/** What is wrong with a file, where in it, and what that means for its games. */
export function problemText(words: HistoryMessages, problem: FileProblem): string {
	const { wrong, faults, untouched } = words;
	switch (problem.code) {
		case 'not_stored':
			return wrong.not_stored(problem.kept, problem.of);
		case 'bad_game':
			return `${wrong.bad_game(problem.game, faults[problem.fault], problem.index)} ${untouched}`;
		case 'bad_log': {
			const { fault, game } = problem;
			return `${wrong.bad_game(game, faults[fault.code], 'index' in fault ? fault.index : null)} ${untouched}`;
		}
		case 'bad_hash':
		case 'unfinished':
			return `${wrong[problem.code](problem.game)} ${untouched}`;
		case 'bad_signature':
			return `${wrong.bad_signature(problem.game, problem.index)} ${untouched}`;
		default:
			return `${wrong[problem.code]} ${untouched}`;
	}
}
