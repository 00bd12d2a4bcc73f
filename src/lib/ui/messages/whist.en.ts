/** Words of Israeli Whist at the table: calls, the frisch, contracts. They come with its screen. */
import type { Direction, RoundType, Strain } from '../../games/israeli-whist/types.ts';
import { defineText } from './language.svelte.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en');

const STRAIN_NAMES: Readonly<Record<Strain, string>> = {
	clubs: 'clubs',
	diamonds: 'diamonds',
	hearts: 'hearts',
	spades: 'spades',
	no_trump: 'no-trump',
};
const WAYS: Readonly<Record<Direction, string>> = {
	left: 'on your left',
	across: 'across the table',
	right: 'on your right',
};
const TYPES: Readonly<Record<RoundType, string>> = { over: 'Over', under: 'Under' };
const bid = (amount: number, strain: Strain): string => `${amount} ${STRAIN_NAMES[strain]}`;

const en = {
	strain: (strain: Strain) => STRAIN_NAMES[strain],
	/** In the place of a suit's mark. */
	noTrump: 'NT',
	bid,

	status: {
		yourCall: 'Your call',
		call: (name: string) => `Waiting for ${name} to call`,
		yourPass: 'Choose three cards to pass on',
		pass: (names: readonly string[]) => `Waiting for ${list(names)} to choose`,
		yourContract: 'Your contract',
		contract: (name: string) => `Waiting for ${name} to name a contract`,
	},

	why: {
		callFirst: 'First the auction, then cards are played',
		contractFirst: 'First everybody names a contract, then cards are played',
		enough: 'Three cards are enough: put one back first',
		notHigher: (asked: string, highest: string) => `${asked} is not higher than ${highest}`,
		minimum: (least: number) => `The lowest call now is ${least}`,
		most: 'There are only thirteen tricks',
		strain: 'Choose a suit, or no-trump, first',
	},

	auction: {
		label: 'Your call',
		fewer: 'A lower number',
		more: 'A higher number',
		number: (amount: number) => `${amount} tricks`,
		strains: 'Trump',
		pass: 'Pass',
		call: 'Call',
		callIt: (amount: number, strain: Strain) => `Call ${bid(amount, strain)}`,
		out: 'You have passed, and a pass is final here',
		calls: 'Calls so far',
		highest: (name: string) => `Highest call, by ${name}`,
		highestYours: 'Highest call, yours',
		open: (least: number) => `From ${least} up`,
		nobody: 'Nobody has called',
		passed: 'pass',
	},

	frisch: {
		title: (frisch: number, of: number) => (of === 1 ? 'Frisch' : `Frisch ${frisch} of ${of}`),
		to: (name: string, way: Direction) => `Three cards to ${name}, ${WAYS[way]}`,
		exchange: (name: string, way: Direction) => `You and ${name}, ${WAYS[way]}, give each other three cards`,
		from: (name: string) => `Three come from ${name}`,
		pick: (left: number) => plural(left, { one: 'One card to choose', other: '# cards to choose' }),
		confirm: (name: string) => `Pass to ${name}`,
		done: (name: string) => `Your three cards go to ${name} when everybody has chosen`,
		chosen: (count: number) => `${count} of 4 have chosen`,
		received: (name: string) => `From ${name}`,
	},

	contracts: {
		question: 'How many tricks will you take?',
		contract: (count: number) => `Contract ${count}`,
		yours: (count: number) => `Your contract: ${count}`,
		forbidden: (count: number) => `${count} is not allowed: the contracts would add up to 13`,
		least: (least: number) => `At least ${least}: that was your call`,
		belowBid: (count: number, least: number) => `${count} is too low: your call was ${least}`,
		sum: (sum: number) => `Contracts add up to ${sum} of 13`,
		label: 'Contracts',
		sumOf: (sum: number, of: number) => `${sum} of ${of}`,
		/** How the contracts stand against the tricks there are. */
		off: (sum: number) => (sum === 13 ? 'even' : sum > 13 ? `${sum - 13} over` : `${13 - sum} under`),
		plays: (name: string) => `${name} plays`,
		youPlay: 'You play',
	},

	strip: {
		round: (round: number, of: number | null) => (of === null ? `Round ${round}` : `Round ${round} of ${of}`),
		roundShort: (round: number, of: number | null) => (of === null ? String(round) : `${round}/${of}`),
		trumpIs: (strain: Strain) =>
			strain === 'no_trump' ? 'No trump in this round' : `Trump is ${STRAIN_NAMES[strain]}`,
		noTrump: 'No trump',
		minimum: 'Calls from',
		minimumIs: (least: number) => `The auction began at ${least}`,
		last: 'Last round',
		frisch: 'Frisch',
		frischs: (count: number, of: number) => `Frischs in this round: ${count} of ${of}`,
	},

	plate: {
		declarer: 'declarer',
		noCall: 'no call yet',
		called: (amount: number, strain: Strain) => `called ${bid(amount, strain)}`,
		passed: 'passed',
		choosing: 'choosing',
		hasChosen: 'cards chosen',
		noContract: 'no contract yet',
		contract: (count: number) => `contract ${count}`,
		took: (contract: number, taken: number) => `contract ${contract}, took ${taken}`,
		spoken: (name: string, what: string, score: string) => `${name}, ${what}, score ${score}`,
	},

	/** What is read aloud as it happens. */
	say: {
		dealt: (round: number) => `Round ${round}. Thirteen cards each.`,
		dealtAgain: (round: number) => `Round ${round} is dealt again.`,
		call: (name: string, amount: number, strain: Strain) => `${name}: ${bid(amount, strain)}.`,
		pass: (name: string) => `${name}: pass.`,
		frisch: (name: string | null, way: Direction) =>
			name === null
				? 'Everybody passed: frisch.'
				: `Everybody passed: frisch. Three cards go to ${name}, ${WAYS[way]}.`,
		chosen: (name: string) => `${name} has chosen.`,
		received: (cards: readonly string[]) => `You got ${list(cards)}.`,
		won: (name: string, amount: number, strain: Strain) => `${name} plays ${bid(amount, strain)}.`,
		youWon: (amount: number, strain: Strain) => `You play ${bid(amount, strain)}.`,
		contract: (name: string, count: number) => `${name}: contract ${count}.`,
		type: (sum: number) =>
			sum > 13 ? `The contracts add up to ${sum}: over.` : `The contracts add up to ${sum}: under.`,
		passedOut: 'Everybody passed: nobody scores.',
		yourCall: 'Your call.',
		yourPass: 'Choose three cards to pass on.',
		yourContract: 'Name your contract.',
	},

	sheet: {
		caption: 'Contract, tricks taken and score of every round',
		empty: 'The first round is being played',
		type: (type: RoundType, by: number) => `${TYPES[type]} by ${by}`,
	},

	round: {
		contract: 'Contract',
		over: (by: number) => `Over by ${by}`,
		under: (by: number) => `Under by ${by}`,
		made: (made: number) =>
			made === 4 ? 'everybody made it' : made === 0 ? 'nobody made it' : `${made} of 4 made it`,
		summary: (kind: string, made: string) => `${kind}, ${made}`,
		passedOut: 'Everybody passed. Nobody scores, and the cards are dealt again.',
		dealtAgain: (round: number) => `Round ${round} is dealt again: everybody had passed`,
	},

	end: {
		made: (made: number, of: number) => `${made} of ${of} contracts`,
	},

	menu: {
		finish: 'End after this round\u2026',
		finishTitle: 'End the game after this round?',
		finishText: 'The round is played to its end, and whoever has the most points then wins.',
		finishNow: 'Nothing is dealt any more, and whoever has the most points wins.',
		finishYes: 'Last round',
		finishNowYes: 'End the game',
	},
};

export type WhistMessages = typeof en;
export const whistText = defineText<WhistMessages>(en, {
	he: async () => (await import('./whist.he.ts')).he,
});
