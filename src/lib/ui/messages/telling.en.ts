/** What is told of a game as it is played, much of it to who listens alone. Comes with the game's screen. */
import type { StandIn } from '../../game/game.ts';
import { defineText } from './language.svelte.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en');

const en = {
	dealt: (round: number, cards: number, suitName: string) =>
		`Round ${round}. ${plural(cards, { one: '# card', other: '# cards' })} each. Trump is ${suitName}.`,
	bid: (name: string, bid: number) => `${name} bids ${bid}.`,
	youBid: (bid: number) => `You bid ${bid}.`,
	played: (name: string, card: string) => `${name}: ${card}.`,
	broken: (suitName: string) => `Trump is broken: ${suitName} may be led.`,
	trick: (name: string) => `${name} takes the trick.`,
	yourTrick: 'You take the trick.',
	yourBid: 'Your turn to bid.',
	yourPlay: 'Your turn to play.',
	yourLead: 'You lead.',
	round: (round: number) => `Round ${round} is over.`,
	scored: (name: string, score: string, total: string) => `${name} ${score}, total ${total}.`,
	won: (name: string) => `The game is over. ${name} wins.`,
	youWon: 'The game is over. You win.',
	shared: (names: readonly string[]) => `The game is over. ${list(names)} share the win.`,
	brokenOff: 'The game is over.',

	/** For whoever has no hand, in its place. */
	watch: {
		watching: 'You are watching',
		takeSeat: 'Take the free seat',
		takeSeatHint: 'You are dealt in with the next round',
		takeOverHint: (name: string) => `You go on with the points of ${name}, from the next round`,
		noSeat: 'All seats are taken',
		nextRound: 'You are in from the next round on',
		leftYou: 'You have left this game',
		returnToSeat: 'Return to your seat',
		returnHint: 'Come back, and the next round deals you in',
		returnNowHint: 'Your cards are here; a bot plays them',
	},

	/** The turn timer has run out, and a move was made for somebody who is there. */
	timeIsUp: {
		bot: (name: string) => `Time is up: a bot moved for ${name}`,
		forced: (name: string) => `Time is up: the table moved for ${name}`,
	},
	yourTimeIsUp: {
		bot: 'Your time was up: a bot moved for you',
		forced: 'Your time was up: the table moved for you',
	} satisfies Readonly<Record<StandIn, string>>,

	/** The trick as it lies, and the last one. */
	onTable: {
		label: 'The trick',
		played: (card: string, name: string) => `${card}, ${name}`,
		ledBy: (card: string, name: string) => `${card}, led by ${name}`,
		leads: 'Led',
		last: 'The last trick',
		wonBy: (name: string, card: string) => `${name} took it with the ${card.toLowerCase()}`,
		wonByYou: (card: string) => `You took it with the ${card.toLowerCase()}`,
	},

	summary: {
		over: (round: number) => `Round ${round}`,
		made: (made: number, of: number) => `${made} of ${of} made their bid`,
		allMade: 'Everybody made their bid',
		noneMade: 'Nobody made their bid',
		next: 'Next round',
		nextIn: (seconds: number) => `Next round in ${seconds} s`,
		waitingForOthers: 'Waiting for the others',
	},
};

export type TellingMessages = typeof en;
export const tellingText = defineText<TellingMessages>(en, {
	he: async () => (await import('./telling.he.ts')).he,
});
