/** Words of a table beside the record: what if, and the same cards. */
import { defineText } from '../messages/language.svelte.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');

const en = {
	kinds: { what_if: 'What if', same_deal: 'The same cards' },
	aside: {
		what_if: 'Beside the record: nothing of it is kept.',
		same_deal: 'Beside the record: your result is kept, to compare it with others.',
	},
	back: 'Back to the replay',

	start: {
		title: 'Play it yourself',
		seat: 'Your seat',
		bots: 'The others',
		levels: { novice: 'Novice bots', club: 'Club bots' },
		whatIf: 'Play on from here',
		whatIfLine:
			'With the cards as they lie now, and in later rounds those that were dealt, where they are known.',
		whatIfNot: 'From this moment nobody has a card to play: go back a step or two.',
		same: 'Play the same cards',
		sameLine: 'Every round from the first, with the hands that were dealt. At the end you are compared.',
		sameNot: 'The cards of this game are not all known, or the game is not over.',
		copy: 'Copy a link for friends',
		save: 'Save a file for friends',
		copied: 'Link copied. Whoever opens it plays the same cards.',
		copyFailed: 'The browser does not copy it. This is the link:',
	},

	results: {
		title: 'All who played this hand',
		titleOf: (name: string) => `The same cards as ${name}`,
		place: 'Place',
		who: 'Player',
		against: 'Against',
		points: 'Points',
		you: 'you',
		people: 'people',
		short: (rounds: number, of: number) => `${rounds} of ${of} rounds`,
		alone: 'Nobody else’s result is known on this device. A friend’s comes in by the link of their result.',
		others:
			'All that this device knows of; nobody has signed them. A friend’s result comes in by the link they send.',
		send: 'Copy a link with my result',
		save: 'Save a file with my result',
		copied: 'Link copied. Whoever opens it can play the same cards, and sees how you did.',
	},

	invited: {
		line: 'Somebody wants to know how you would have played these cards. Take a seat; the others are bots.',
		go: 'Deal the cards',
	},

	end: {
		better: (points: number, name: string) =>
			plural(points, { one: `# point more than ${name}`, other: `# points more than ${name}` }),
		worse: (points: number, name: string) =>
			plural(points, { one: `# point less than ${name}`, other: `# points less than ${name}` }),
		same: (name: string) => `Exactly as many points as ${name}`,
		place: (place: number) => `place ${place}`,
		you: 'You',
		caption: 'Bids, tricks and points of each round: in the record, and yours',
		round: 'Round',
		total: 'Total',
		bidTook: (bid: number, tricks: number) => `bid ${bid}, took ${tricks}`,
		notPlayed: 'not played',
		again: 'Once more',
		replay: 'Open the replay',
	},
};

export type SideMessages = typeof en;
export const sideText = defineText<SideMessages>(en, {
	he: async () => (await import('./side.he.ts')).he,
});
