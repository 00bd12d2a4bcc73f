/** Words about tables that anybody may join. */
import { defineText } from '../messages/language.svelte.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');

const en = {
	title: 'Open tables',
	line: 'Tables that wait for anybody. Sit down at one, or open your own.',
	looking: 'Looking for open tables',
	none: 'This site has no archive',
	noneHint: 'Where there is one, tables that are open to anybody are listed here.',
	failed: 'The list cannot be reached',
	failedHint: 'Is there a network? A friend’s table is reached by its link all the same.',
	again: 'Try again',
	game: 'Game',
	find: 'Find me a game',
	finding: 'Looking for a table',
	findHint:
		'At the table that lacks fewest; when there is none, at one of your own that bots join after a minute.',
	findFailed: 'No table could be found or opened. Try again.',
	empty: 'No table is open just now',
	emptyHint: 'Find a game, and yours is the first.',
	tableOf: (name: string) => `${name}’s table`,
	players: (players: number, seats: number) => `${players} of ${seats}`,
	playersSpoken: (players: number, seats: number) =>
		`${plural(players, { one: 'one player', other: '# players' })}, ${plural(seats, { one: '# seat', other: '# seats' })}`,
	watch: 'may be watched',
	join: 'Join',
	more: 'Show more',

	open: 'Open to anybody',
	openHint: 'The table is on the site’s list while it has a free seat.',
	states: {
		listing: 'On its way to the list.',
		listed: 'On the list of open tables.',
		full: 'Full: off the list until a seat is free.',
	},
	problem: 'The list does not answer. It is tried again.',
	tooMany: 'Too many tables in a short time: this one stays off the list for now.',
	bots: (seconds: number) =>
		`Bots take the free seats in ${plural(seconds, { one: '# second', other: '# seconds' })}.`,
	stop: 'Wait for people',
	group: (name: string) => `A table of ${name}: everybody in the group sees it.`,
	create: 'Open to anybody',
	createHint: 'Listed for everybody on this site while it has a free seat.',
};

export type RoomMessages = typeof en;

export const roomText = defineText<RoomMessages>(en, {
	he: async () => (await import('./rooms.he.ts')).he,
});
