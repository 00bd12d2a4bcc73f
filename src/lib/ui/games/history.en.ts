/** Words for saving one's whole history and bringing it to another device. */
import type { FileFault } from '../../game/log-file.ts';
import type { LogFault } from '../../game/read-log.ts';
import { defineText } from '../messages/text.ts';
import { isolatesOf } from '../messages/bidi.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');
const named = isolatesOf('en');
const games = (count: number): string => plural(count, { one: 'one game', other: '# games' });
const atEvent = (index: number | null): string => (index === null ? '' : `, at event ${index}`);

const faults: Readonly<Record<FileFault | LogFault['code'], string>> = {
	too_large: 'it is larger than any game',
	not_json: 'it is damaged',
	not_a_log: 'it is no game',
	newer: 'a newer version has saved it',
	too_many: 'it has more events than any game',
	bad_event: 'it is damaged',
	no_events: 'it has no events',
	unknown_game: 'it is of a kind this version does not play',
	bad_order: 'its events are not in order: some are missing, or change places',
	unknown_event: 'it has an event that this version does not know, or one that does not say all it has to',
};

const en = {
	title: 'All your games',
	save: 'Save all games',
	saveHint: 'One file to bring to another device. Complete, signatures included.',
	table: 'Save as a table',
	tableHint: 'For a spreadsheet (CSV): a row for each player of each game. It cannot be brought back.',
	bring: 'Bring games from files',
	bringHint: 'What is here already stays as it is.',
	progress: (done: number, of: number) => `${done} of ${games(of)}`,
	brought: (kept: number, exists: number) =>
		kept === 0
			? `Nothing new: ${plural(exists, { one: 'the game was', other: 'all # games were' })} here already`
			: `${plural(kept, { one: 'One game is', other: '# games are' })} in your history now${exists > 0 ? `, ${exists} ${exists === 1 ? 'was' : 'were'} already` : ''}`,
	conflict: (count: number) =>
		`Of ${plural(count, { one: 'one game', other: '# games' })} another record is here, and stays`,
	unfinished: (count: number) =>
		plural(count, {
			one: 'One game was closed before its first deal and is not listed',
			other: '# games were closed before their first deal and are not listed',
		}),
	/** The file was saved by somebody who may be the same person. */
	whose: {
		title: (name: string) => `Was ${named(name)} you?`,
		line: 'This player has saved the file. If that was you, on another device, these games are your own here as well, in the history and in the statistics. If not, they are listed as watched.',
		mine: 'Yes, these are my games',
		theirs: 'No, somebody else’s',
		done: 'They count as your own now',
	},
	former: {
		line: 'Games that you brought from another device count as your own.',
		undo: 'No longer count them',
		undone: 'They are games of others again',
	},
	nothing: 'There is no game to save yet',
	failed: 'This browser does not let the page use its storage, or it is full',
	untouched: 'Nothing of it was taken.',
	/** Of one file among several. */
	inFile: (file: string, what: string) => `${named(file)}: ${what}`,
	wrong: {
		too_large: 'The file is larger than any history.',
		not_json: 'The file is damaged, or was not saved here.',
		not_a_history: 'The file holds no games.',
		notation: 'This is the notation of a game, which nobody has signed. “Open a file” shows it as a replay.',
		newer: 'A newer version has saved this file. Reload the page to have it.',
		too_many: 'The file holds more games than anybody can have played.',
		bad_game: (game: number, fault: string, index: number | null) =>
			`Game ${game} of the file cannot be read: ${fault}${atEvent(index)}.`,
		not_read: 'This device does not give the file to the page.',
		not_stored: (kept: number, of: number) =>
			`There was no more room for it in this browser: ${kept} of ${games(of)} ${kept === 1 ? 'is' : 'are'} in your history now. Brought again, the rest follows.`,
		bad_hash: (game: number) =>
			`Game ${game} of the file is not whole: its last events are missing, or the mark at its end was changed.`,
		unfinished: (game: number) => `Game ${game} of the file has no end.`,
		bad_owner: 'Whose games they are was changed after the file was saved.',
		bad_signature: (game: number, index: number) =>
			`Game ${game} of the file was changed: event ${index} is not as it was signed.`,
	},
	faults,
};

export type HistoryMessages = typeof en;
export const historyText = defineText<HistoryMessages>(en, {
	he: async () => (await import('./history.he.ts')).he,
});
