/** Words of the score keeper: setting a real table, entering what is said and taken, putting it right. */
import type { Suit } from '../../cards/card.ts';
import { defineText } from '../messages/language.svelte.ts';
import { listsOf, pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en');
const SUIT_NAMES: Readonly<Record<Suit, string>> = { C: 'clubs', D: 'diamonds', H: 'hearts', S: 'spades' };

const en = {
	title: 'Keep score',
	line: 'Real cards on a real table. The phones only count.',

	setUp: {
		game: 'Game',
		players: 'Players',
		playersHint: 'In the order in which they sit, clockwise.',
		name: (place: number) => `Name of player ${place}`,
		namePlaceholder: 'Name',
		freeSeat: 'Free seat',
		you: 'You',
		add: 'Add a player',
		remove: (name: string) => `Remove ${name}`,
		removePlace: (place: number) => `Remove seat ${place}`,
		move: (name: string) => `Move ${name}: arrow up and down`,
		movePlace: (place: number) => `Move seat ${place}: arrow up and down`,
		moved: (name: string, place: number) => `${name} sits at place ${place}.`,
		shuffle: 'Shuffle',
		last: 'As last time',
		lastLine: (names: readonly string[]) => list(names),
		phones: 'Phones',
		phone: 'One phone',
		phoneHint: 'This one keeps the score for everybody. It needs no network.',
		everybody: 'Everybody\u2019s own',
		everybodyHint: 'Each enters for themselves. Who has no phone with them is entered for.',
		rules: 'House rules',
		begin: 'Begin',
		open: 'Open the table',
		opening: 'Setting the table',
		needTwo: 'At least two players need a name.',
		needFour: 'Israeli Whist is for exactly four: everybody needs a name.',
		sameName: (name: string) => `Two players are called ${name}.`,
		dealer: 'Deals first',
		failed: 'The table could not be set. Try again.',
	},

	lobby: {
		heading: 'Who is who',
		/** One phone: before the next game. */
		again: 'The same again',
		line: 'Everybody opens the link and taps their own name. Who has no phone stays as they are.',
		thatsMe: 'That\u2019s me',
		sit: 'Sit here',
		whichOne: 'Which one are you?',
		noPhone: 'no phone',
		begin: 'Begin',
		name: 'Add without a phone',
		nameTitle: 'Who sits here?',
		save: 'Save',
		rename: 'Rename',
		free: 'Free the seat',
		standUp: 'Give up your seat',
		youKeep: 'You keep the score without playing.',
		waits: (name: string) => `${name} begins when all are there`,
	},

	strip: {
		round: (round: number) => `Round ${round}`,
		cards: (cards: number) => plural(cards, { one: '# card each', other: '# cards each' }),
		bids: 'Bids',
		contracts: 'Contracts',
		of: (sum: number, tricks: number) => `${sum} of ${tricks}`,
		left: (left: number) => (left === 0 ? 'even' : left > 0 ? `${left} left` : `${-left} over`),
		tricks: 'Tricks',
		over: 'over',
		under: 'under',
		frisch: (count: number) => plural(count, { one: 'after a frisch', other: 'after # frischs' }),
		declarer: 'Declarer',
		trump: 'Trump',
		suit: (suit: Suit) => SUIT_NAMES[suit],
		noTrump: 'no trump',
		noTrumpShort: 'NT',
	},

	board: {
		label: 'Players',
		dealer: 'deals',
		declares: 'declares',
		leads: 'leads',
		out: 'not in this round',
		bid: 'Bid',
		contract: 'Contract',
		took: 'Took',
		total: 'Total',
		pass: 'Pass',
	},

	bid: {
		ask: (name: string) => `${name} bids`,
		askYou: 'You bid',
		wait: (name: string) => `Waiting for ${name} to bid`,
		number: (number: number) => `${number}`,
		forbidden: (sum: number) => `Not this one: it would add up to ${sum}`,
		enterAll: 'All bids',
		absent: 'Who plays?',
		fix: 'Put bids right',
		whoPlays: 'Who plays this round?',
		whoPlaysHint: 'Whoever is away gets a dash on the sheet and no points.',
	},

	tricks: {
		ask: (name: string) => `${name} took`,
		askYou: 'You took',
		rest: (name: string, rest: number) => `${name} has the rest: ${rest}`,
		wait: 'Waiting for the others to count',
		left: (left: number) => plural(left, { one: '# trick left', other: '# tricks left' }),
		score: 'Score the round',
		check: 'All tricks are in. Right?',
		takeBack: (name: string) => `Take back what was entered for ${name}`,
	},

	auction: {
		ask: (name: string) => `${name} speaks`,
		askYou: 'You speak',
		wait: (name: string) => `Waiting for ${name} to call`,
		number: 'Tricks',
		strain: 'Trump',
		call: 'Call',
		pass: 'Pass',
		minimum: (minimum: number) => `from ${minimum}`,
		quick: 'Quick entry',
	},

	contract: {
		ask: (name: string) => `${name}\u2019s contract`,
		askYou: 'Your contract',
		wait: (name: string) => `Waiting for ${name}\u2019s contract`,
		frischs: 'Frischs before',
		declarer: 'Declarer',
		sumIs: (sum: number) => `${sum} in all`,
		thirteen: 'The contracts may not add up to 13.',
		low: (least: number) => `The declarer takes at least ${least}.`,
		enter: 'Enter',
		fix: 'Put contracts right',
	},

	play: {
		mine: 'My trick',
		of: (name: string) => `Trick for ${name}`,
		taken: (name: string) => `${name}\u2019s trick`,
		yours: 'Your trick',
		undo: 'Undo',
		undoLast: (name: string) => `Undo the last trick (${name})`,
		all: 'All 13 tricks are in.',
		order: 'Tricks in order',
	},

	end: {
		reached: 'All rounds are played.',
		reachedHint: 'Put right what is not, then end the game.',
		finish: 'End the game',
		waits: (name: string) => `${name} ends the game`,
	},

	correct: {
		title: (round: number) => `Put round ${round} right`,
		said: { bid: 'Bid', contract: 'Contract' },
		took: 'Took',
		less: (what: string) => `${what}: less`,
		more: (what: string) => `${what}: more`,
		sum: (sum: number, of: number) => `${sum} of ${of} tricks`,
		save: 'Put it right',
		cancel: 'Cancel',
	},

	adjust: {
		title: 'Points by hand',
		hint: 'A fine, or a gift. It counts from the latest scored round on.',
		who: 'For',
		points: 'Points',
		minus: 'Take away',
		plus: 'Give',
		save: 'Enter',
	},

	changes: {
		title: 'What was changed',
		none: 'Nothing was put right or given by hand.',
		corrected: (round: number) => `Round ${round} was put right`,
		entered: (round: number) => `Round ${round} was entered at once`,
		undone: (name: string, round: number) => `Round ${round}: a trick of ${name} was taken back`,
		adjusted: (name: string, points: string) => `${name} ${points} by hand`,
		active: (round: number) => `Round ${round}: who plays was changed`,
		keeper: 'the keeper',
	},

	sheet: {
		title: 'Sheet',
		show: 'Show the sheet',
		fix: (round: number) => `Put round ${round} right`,
		round: 'Round',
		total: 'Total',
		absent: 'absent',
	},

	menu: {
		open: 'Menu',
		title: 'This table',
		share: 'Share the score',
		invite: 'Invite',
		players: 'Players',
		adjust: 'Points by hand',
		changes: 'What was changed',
		settings: 'Settings',
		rules: 'Rules',
		connections: 'Connections',
		freePhone: (name: string) => `${name} goes on without a phone`,
		rename: (name: string) => `Rename ${name}`,
		pass: (name: string) => `Let ${name} keep the score`,
		end: 'End the game\u2026',
		endTitle: 'End the game here?',
		endText: 'The rounds that are scored stand. The round under way is dropped.',
		abandonText: 'Ten rounds are not played yet: it counts as abandoned.',
		endYes: 'End it',
		home: 'Home',
		back: 'Back',
		leave: 'This phone goes\u2026',
		leaveTitle: 'Take this phone out of the game?',
		leaveText: 'Your seat stays, and the keeper enters for you. Open the link again to take it back.',
		leaveYes: 'Take it out',
	},

	closed: {
		history: 'Past games',
		title: 'This table was closed',
		line: 'Nobody has entered anything for a day. It lies with your past games, and opens again where it was.',
		open: 'Open again',
	},

	say: {
		round: (round: number) => `Round ${round} is scored.`,
		standing: (name: string, total: string) => `${name} ${total}.`,
	},

	over: {
		again: 'Another game',
	},
};

export type KeeperMessages = typeof en;
export const keeperText = defineText<KeeperMessages>(en, {
	he: async () => (await import('./keeper.he.ts')).he,
});
