/** Words of the pages about games that are over: history and statistics. */
import type { Suit } from '../../cards/card.ts';
import { defineText } from './language.svelte.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en', { style: 'short', type: 'conjunction' });
const STRAINS: Readonly<Record<Suit, string>> = { C: 'Clubs', D: 'Diamonds', H: 'Hearts', S: 'Spades' };

const en = {
	history: {
		title: 'Your games',
		description: 'Every game that was played on this device, to look at again.',
		stats: 'How you are doing',
		boards: 'Leaderboards',
		pending: 'waits to go to the archive',
		refused: 'not taken by the archive',
		unconfirmed: 'not confirmed yet',
		hereOnly: 'The archive of the site does not answer: these are the games of this device.',
		file: 'Open a file',
		empty: 'No games yet',
		emptyLine: 'Games you finish are kept here, on this device, to look at again.',
		play: 'Play one',
		nothing: 'No game fits',
		nothingLine: 'Nothing here was played so. Change what is asked for above.',
		all: 'Show all games',
		more: 'Show more',
		loading: 'Looking for your games',
		failed: 'Your games cannot be read',
		failedLine: 'This browser does not let the page read its storage, or it is damaged.',
		filters: 'Which games',
		count: (shown: number) => plural(shown, { one: '# game shown', other: '# games shown' }),
		won: 'Won',
		place: (place: number, people: number) => `${place} of ${people}`,
		watched: 'Watched',
		broken: 'Broken off',
		keeper: 'real cards',
		names: list,
	},

	filter: {
		game: 'Game',
		allGames: 'All games',
		company: 'With',
		companies: { all: 'Anybody', people: 'Other people', bots: 'Bots only' },
		mode: 'Cards',
		modes: { all: 'Any', cards: 'On screen', keeper: 'Real ones' },
		period: 'Time',
		periods: { all: 'All time', month: 'Last 30 days', year: 'Last 12 months' },
		player: 'Against',
		anybody: 'Everybody',
	},

	stats: {
		title: 'How you are doing',
		description: 'Your games in numbers: wins, bids met, form, and against whom. Counted on this device.',
		history: 'All games',
		empty: 'Nothing to count yet',
		emptyLine: 'Finish a game, and your numbers are here.',
		few: (games: number) =>
			plural(games, {
				one: 'One game says little: see it as a beginning.',
				other: '# games say little: see it as a beginning.',
			}),
		games: 'Games',
		wins: 'Won',
		mean: 'Points a game',
		best: 'Best game',
		bids: 'Bids met',
		streak: 'In a row',
		streakWon: (games: number) => plural(games, { one: '# won', other: '# won' }),
		streakLost: (games: number) => plural(games, { one: '# lost', other: '# lost' }),
		rounds: 'Rounds',
		tricks: 'Tricks',
		zeros: 'Zeros met',
		misplays: 'Refused moves',
		bestRound: 'Best round',
		auctions: 'Auctions won',
		form: 'Last games',
		formSpoken: (won: number, of: number) => `${won} of the last ${of} won, oldest first`,
		wonOne: 'won',
		lostOne: 'lost',
		scores: 'Points over time',
		scoresSpoken: (games: number, low: string, high: string) =>
			`Points of the last ${games} games, from ${low} to ${high}`,
		accuracy: 'Bids met',
		accuracyLine: 'How often you took exactly what you said.',
		byCards: 'By number of cards',
		byBid: 'By the bid',
		byPlace: 'By seat',
		byTrump: 'By trump',
		cards: (count: number) => plural(count, { one: '# card', other: '# cards' }),
		bid: (bid: number) => `Bid ${bid}`,
		dealer: 'As dealer',
		after: (seats: number) => (seats === 1 ? 'First to speak' : `${seats} after the dealer`),
		trump: (suit: Suit | null) => (suit === null ? 'No trump' : STRAINS[suit]),
		of: (made: number, attempted: number) => `${made} of ${attempted}`,
		percent: (percent: number) => `${percent} %`,
		rate: 'Share',
		met: 'Met',
		rivals: 'Against whom',
		rival: 'Player',
		record: 'Ahead, behind',
		recordOf: (wins: number, losses: number) => `${wins}\u2013${losses}`,
		difference: 'Points a game',
		bots: { novice: 'Novice bots', club: 'Club bots' },
		nemesis: (name: string) => `${name} is ahead of you most often.`,
		achievements: 'Achievements',
		achievement: {
			first_win: 'First win',
			ten_zeros: 'Ten zeros met',
			all_made: 'Every bid of a game met',
			comeback_win: 'Won after trailing by 50',
			three_frisch_win: 'Won a game with three frischs in a round',
		},
		notYet: 'not yet',
		look: 'Look at the game',
	},
};

export type GamesMessages = typeof en;
export const gamesText = defineText<GamesMessages>(en, {
	he: async () => (await import('./games.he.ts')).he,
});
