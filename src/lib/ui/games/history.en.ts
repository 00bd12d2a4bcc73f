/** Words for saving one's whole history and bringing it to another device. */
import type { FileFault } from '../../game/log-file.ts';
import { defineText } from '../messages/text.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');
const games = (count: number): string => plural(count, { one: 'one game', other: '# games' });
const atEvent = (index: number | null): string => (index === null ? '' : `, at event ${index}`);

const faults: Readonly<Record<FileFault, string>> = {
	too_large: 'it is larger than any game',
	not_json: 'it is damaged',
	not_a_log: 'it is no game',
	newer: 'a newer version has saved it',
	too_many: 'it has more events than any game',
	bad_event: 'it is damaged',
};

const en = {
	title: 'All your games',
	save: 'Save all games',
	saveHint: 'One file to bring to another device. Complete, signatures included.',
	table: 'Save as a table',
	tableHint: 'For a spreadsheet (CSV): a row for each player of each game. It cannot be brought back.',
	bring: 'Bring games from a file',
	bringHint: 'What is here already stays as it is.',
	progress: (done: number, of: number) => `${done} of ${games(of)}`,
	brought: (kept: number, exists: number) =>
		kept === 0
			? `Nothing new: ${plural(exists, { one: 'the game was', other: 'all # games were' })} here already`
			: `${plural(kept, { one: 'One game is', other: '# games are' })} in your history now${exists > 0 ? `, ${exists} ${exists === 1 ? 'was' : 'were'} already` : ''}`,
	nothing: 'There is no game to save yet',
	failed: 'This browser does not let the page use its storage, or it is full',
	untouched: 'Nothing of the file was taken.',
	wrong: {
		too_large: 'The file is larger than any history.',
		not_json: 'The file is damaged, or was not saved here.',
		not_a_history: 'The file holds no games.',
		newer: 'A newer version has saved this file. Reload the page to have it.',
		too_many: 'The file holds more games than anybody can have played.',
		bad_game: (game: number, fault: string, index: number | null) =>
			`Game ${game} of the file cannot be read: ${fault}${atEvent(index)}.`,
		unknown_game: (game: number) => `Game ${game} of the file is of a kind this version does not know.`,
		bad_hash: (game: number) => `Game ${game} of the file was changed after it was saved.`,
		unfinished: (game: number) => `Game ${game} of the file has no end.`,
		bad_event: (game: number, index: number) =>
			`Game ${game} of the file was changed: event ${index} is not as it was signed.`,
	},
	faults,
};

export type HistoryMessages = typeof en;
export const historyText = defineText<HistoryMessages>(en, {
	he: async () => (await import('./history.he.ts')).he,
});
