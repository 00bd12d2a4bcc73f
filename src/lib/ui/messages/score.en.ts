/** Words of the score sheet and of the end of a game; they come with the first screen of a game. */
import { defineText } from './language.svelte.ts';
import { listsOf } from './numbers.ts';

const list = listsOf('en');

const en = {
	sheet: {
		title: 'Score sheet',
		caption: 'Bid, tricks taken and score of every round',
		round: 'Round',
		cards: 'Cards',
		trump: 'Trump',
		total: 'Total',
		player: 'Player',
		bid: 'Bid',
		took: 'Took',
		score: 'Score',
		absent: '\u2013',
		absentLong: 'not in this round',
		running: 'being played',
		made: 'made',
		missed: 'missed',
		cell: (bid: number, tricks: number) => `${bid}/${tricks}`,
		dealer: 'dealer',
		chart: 'Totals after each round',
		chartSummary: (name: string, total: string) => `${name} ${total}`,
		close: 'Close the sheet',
	},

	end: {
		wins: (name: string) => `${name} wins`,
		youWin: 'You win',
		shared: (names: readonly string[]) => `${list(names)} share the win`,
		abandoned: 'The game was ended before its end',
		with: (total: string) => `with ${total}`,
		place: 'Place',
		share: 'Share',
		again: 'Play again',
		replay: 'Replay',
		waitForHost: (name: string) => `${name} can start another game with everybody here`,
		hostGone: (name: string) => `${name} is gone: anybody here can start the next game`,
		home: 'Home',
		leave: 'Leave the table',
		standings: 'Final scores',
		chart: 'How it went',
		points: 'points',
		bidsMade: (made: number, of: number) => `${made}/${of} bids made`,
	},
};

export type ScoreMessages = typeof en;
export const scoreText = defineText<ScoreMessages>(en, {
	he: async () => (await import('./score.he.ts')).he,
});
