/** Words of the replay: the walk through a game, what happened in sentences, files. Loaded with its page. */
import type { Suit } from '../../cards/card.ts';
import { defineText } from './language.svelte.ts';
import { isolatesOf } from './bidi.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');
const list = listsOf('en');
const named = isolatesOf('en');

const STRAINS: Readonly<Record<Suit, string>> = { C: 'clubs', D: 'diamonds', H: 'hearts', S: 'spades' };
/** null: no trump. */
const strain = (suit: Suit | null): string => (suit === null ? 'no trump' : STRAINS[suit]);

const en = {
	title: 'Replay',
	description: 'Look at a finished game again, card by card: from this device, or from a file.',
	people: (names: readonly string[]) => list(names),
	loading: 'Opening the game',

	walk: {
		controls: 'Playback',
		position: 'Position in the game',
		play: 'Play',
		pause: 'Pause',
		back: 'One step back',
		forward: 'One step forward',
		backTrick: 'Back to the trick before',
		forwardTrick: 'On to the end of the trick',
		backRound: 'To the round before',
		forwardRound: 'To the next round',
		speed: 'Speed',
		speeds: { slow: '½×', normal: '1×', fast: '2×', faster: '4×' },
		eyes: 'Seen by',
		all: 'All hands',
		seatOf: (name: string) => `As ${name} saw it`,
		keysTitle: 'Keys',
		keys: 'Arrow keys go step by step, with Shift by tricks, Page Up and Page Down by rounds. Space plays. A digit shows what that seat saw (0 is the tenth), A opens all hands.',
	},

	at: {
		before: 'Before the first deal',
		round: (round: number) => `Round ${round}`,
		bidding: (round: number) => `Round ${round}, bidding`,
		trick: (round: number, trick: number) => `Round ${round}, trick ${trick}`,
		over: 'The end',
		/** Read out on every step. */
		spoken: (where: string, what: string) => `${where}. ${what}`,
	},

	table: {
		hands: 'Hands',
		hand: (name: string, cards: string) => `${name}: ${cards}`,
		closed: (count: number) => plural(count, { one: '# card, closed', other: '# cards, closed' }),
		noCards: 'no cards left',
		mayPlay: (cards: string, playable: string) => `${cards}; may play ${playable}`,
		notOpen: 'This round was never opened: its cards stay closed.',
		stillOn: 'This round is still being played: its cards stay closed until it is over.',
		trick: 'The trick',
		noTrick: 'No card on the table',
		notThere: 'not in this round',
		away: 'away',
		left: 'left',
		dealer: 'Dealer',
		declarer: 'Declarer',
		toPlay: 'to play',
		toCall: 'to call',
		toBid: (least: number, forbidden: number | null) =>
			`to bid${least > 0 ? ` ${least} or more` : ''}${forbidden === null ? '' : `, not ${forbidden}`}`,
		pass: 'pass',
		trump: (suit: Suit | null) => (suit === null ? 'No trump' : `Trump: ${STRAINS[suit]}`),
		noTrumpYet: 'No trump yet',
		scored: (name: string, points: string) => `${named(name)} ${points}`,
		leads: 'led',
		wins: 'took it',
		bidTook: (bid: number, tricks: number) => `bid ${bid}, took ${tricks}`,
		cardsEach: (count: number) => plural(count, { one: '# card each', other: '# cards each' }),
	},

	/** One event in words. */
	log: {
		label: 'What happened',
		started: (name: string) => `The game begins. ${name} deals first.`,
		dealt: (round: number, cards: number) =>
			`Round ${round}: ${plural(cards, { one: '# card', other: '# cards' })} each.`,
		turnedUp: (card: string) => `${card} is turned up for trump.`,
		opened: (round: number) => `Round ${round} begins.`,
		bid: (name: string, bid: number) => `${name} bids ${bid}.`,
		bidsEntered: 'All bids are entered.',
		call: (name: string, amount: number, suit: Suit | null) => `${name} calls ${amount} ${strain(suit)}.`,
		pass: (name: string) => `${name} passes.`,
		auction: (name: string, amount: number, suit: Suit | null) =>
			`${name} wins the auction with ${amount} ${strain(suit)}.`,
		frisch: (number: number) => `All pass: frisch ${number}. Three cards go on.`,
		laid: (name: string) => `${name} lays three cards down.`,
		laidCards: (name: string, cards: readonly string[]) => `${name} lays down three cards: ${list(cards)}.`,
		exchanged: 'The cards change hands.',
		passedOut: 'All pass again: the round is void.',
		contract: (name: string, contract: number) => `${name} names ${contract}.`,
		contracts: (name: string, suit: Suit | null) =>
			`Contracts are entered: ${name} declares ${strain(suit)}.`,
		led: (name: string, card: string) => `${name} leads: ${card}.`,
		played: (name: string, card: string) => `${name}: ${card}.`,
		trick: (name: string) => `${name} takes the trick.`,
		lostOver: (name: string, bid: number) => `The bid of ${name}, ${bid}, is passed.`,
		lostShort: (name: string, bid: number) => `The bid of ${name}, ${bid}, is out of reach.`,
		/** Over the lines of one, for who hears them. */
		trickHead: (trick: number) => `Trick ${trick}`,
		undone: (name: string) => `The trick of ${name} is taken back.`,
		noted: (name: string, tricks: number) =>
			plural(tricks, { one: `${name} took # trick.`, other: `${name} took # tricks.` }),
		notNoted: (name: string) => `The tricks of ${name} are open again.`,
		seatsSet: 'Who takes part is set.',
		scored: (round: number) => `Round ${round} is scored.`,
		corrected: (round: number, name: string) => `${name} corrects round ${round}.`,
		adjusted: (name: string, points: string) => `By hand: ${points} for ${name}.`,
		endCalled: (name: string) => `${name} ends the game.`,
		away: (name: string) => `${name} is away: the table goes on without waiting.`,
		back: (name: string) => `${name} is back.`,
		left: (name: string) => `${name} leaves the game.`,
		returned: (name: string) => `${name} returns, and is dealt in with the next round.`,
		sat: (name: string) => `${name} takes a seat.`,
		hostLost: (name: string) => `The host was lost: ${name} hosts from here on.`,
		hostPassed: (name: string) => `${name} hosts from here on.`,
		voided: (round: number) => `Round ${round} is dealt again.`,
		slip: (name: string) => `A move of ${name} was refused.`,
		over: 'The game is over.',
		won: (names: readonly string[]) =>
			names.length === 1 ? `${list(names)} wins.` : `${list(names)} share the win.`,
		broken: 'The game was broken off.',
		standIn: (name: string) => `(for ${name}, who was away)`,
		keeper: 'The keeper',
		other: 'Something else happened.',
	},

	strip: {
		title: 'Rounds',
		caption: 'Bids and tricks of each round',
		player: 'Player',
		total: 'Total',
		goTo: (round: number) => `Go to round ${round}`,
		made: 'made',
		missed: 'missed',
		lostAt: (trick: number) => `lost at trick ${trick}`,
		lostNote: 'A small number is the trick at which the bid was lost.',
		cell: (bid: number, tricks: number) => `${bid}/${tricks}`,
		absent: '\u2013',
		absentLong: 'not in this round',
	},

	/** The game in numbers. */
	facts: {
		title: 'This game',
		soFar: 'This game so far',
		rounds: 'Rounds',
		duration: 'Time',
		highestScore: 'Highest score',
		lowestScore: 'Lowest score',
		bestRound: 'Best round',
		highestBid: 'Highest bid',
		madeRun: 'Most bids met in a row',
		missedRun: 'Most missed in a row',
		balance: 'Bids against tricks',
		overUnder: (over: number, under: number) => `${over} over, ${under} under`,
		frischs: 'Frischs',
		passedOut: 'Void rounds',
		misplays: 'Most refused moves',
		names: list,
		players: 'Each player in numbers',
		columns: [
			'Score',
			'Met',
			'Tricks',
			'Highest met',
			'Best',
			'Worst',
			'Met in a row',
			'Missed in a row',
			'Refused',
		],
		of: (made: number, attempted: number) => `${made}/${attempted}`,
		highlights: {
			comeback: 'Won from far behind.',
			blowout: 'Won by a wide margin.',
			close_finish: 'A close finish.',
			all_zeros_made: 'Every bid of zero was met.',
			three_frischs: 'Three frischs in one round.',
		},
	},

	marks: {
		title: 'On the way',
	},

	check: {
		title: 'Was the deal fair?',
		checking: 'Dealing every round again',
		fair: (rounds: number) =>
			plural(rounds, {
				one: 'The round was dealt again and compared: everything fits.',
				other: 'All # rounds were dealt again and compared: everything fits.',
			}),
		failed: 'The rounds could not be dealt again: what compares them does not run in this browser.',
		nothing: 'No round was opened, so there is nothing to compare.',
		keeper: 'Played with real cards: nothing was dealt here.',
		how: 'How this is checked',
		open: 'Look there',
		/** What does not fit, and whose it is. */
		whose: (what: string, name: string) => `${what} (${named(name)})`,
		unsigned: 'Read from notation: nobody has signed it, and nothing can be proved.',
	},

	files: {
		title: 'Open a game',
		line: 'Drop a game file here, or choose one.',
		choose: 'Choose a file',
		drop: 'Drop the file to open it',
		save: 'Save',
		saveLog: 'Whole record',
		saveLogHint: 'Every signed event: can be proved, and opened on another device',
		saveText: 'Notation',
		saveTextHint: 'To read, print and share as text',
		noText: {
			keeper: 'There is no notation of it: it was played with real cards, and no deal is known.',
			voided: 'There is no notation of it: a round was dealt again, and its first cards stay closed.',
			closed: 'There is no notation of it: some of its cards were never opened.',
		},
		another: 'Open another game',
		sheet: 'Score sheet',
		sheetHint: 'As a picture, or as lines of text',
		keep: 'Keep in history',
		kept: 'The game is in your history now.',
		keptAlready: 'The game is in your history already.',
		conflict: 'Another record of this game is in your history; that one stays.',
		unfinished: 'Only a game that has ended goes into the history.',
		copyLink: 'Copy the link to this moment',
		copied: 'Link copied. It opens where this game is kept.',
		copyFailed: 'The browser does not allow copying: the address of this page is the link.',
		more: 'Save and share',
		share: 'Let others look by the link',
		shareHint: 'Only those who played see this game in the archive now.',
		shared: 'Whoever has the link may look at this game now.',
		sharedHint: 'Whoever has the link may look at this game.',
		unshare: 'Close it again',
		unshared: 'Only those who played see this game now.',
		shareFailed: 'The archive did not do that. Try again later.',
		players: 'Who played',
	},

	/** Another way than it went. */
	side: {
		button: 'Play it yourself',
		hint: 'On from here, or the same cards from the start, against bots.',
	},

	missing: {
		title: 'This game is not on this device',
		line: 'It may be kept on the device it was played on. A game file opens it here.',
		refused: 'This game is not open to you',
		refusedLine:
			'It was played at a private table, or there is no such game. Whoever played it can share its link, or send it as a file.',
		unreachableLine:
			'The archive of the site cannot be asked now: there is no network, or it does not answer. A game file opens it here.',
		history: 'Your games',
		torn: 'This link is not complete',
		tornLine: 'Part of it was lost on the way. Ask for it again, or for the file.',
		part: 'A part of this page could not be fetched. It needs the network once.',
		retry: 'Try again',
		damaged: 'The record of this game is damaged',
		damagedLine: (why: string) => `${why} If it was saved as a file, that opens here.`,
		failed: 'The game could not be opened',
		failedLine:
			'This browser does not let the page read its storage. A game file can be opened all the same.',
	},

	/** What is wrong with a file. */
	wrong: {
		title: 'That file cannot be opened',
		again: 'Try another file',
		too_large: 'It is larger than any game.',
		not_text: 'It is not a text file.',
		unknown: 'It is neither a record nor the notation of a game.',
		not_json: 'It is damaged: its text ends too early, or something was changed in it.',
		not_a_log: 'It is a file of another kind.',
		newer: 'It was written by a newer version of the program.',
		too_many: 'It has more events than a game can have.',
		no_events: 'It has no events at all.',
		bad_event: (index: number) => `Event ${index} is damaged.`,
		unknown_event: (index: number) =>
			`Event ${index} is of a kind that this version does not know, or does not say what its kind has to say.`,
		bad_order: (index: number) =>
			`Where event ${index} should stand there is another: some were taken out, or put in, or change places.`,
		bad_hash:
			'Every event is as it was signed, but the mark at the end is of others: the last events are missing, or the mark was changed.',
		bad_signature: (index: number) => `The signature of event ${index} is wrong: somebody changed it.`,
		bad_fold: (index: number) => `Event ${index} cannot have happened by the rules.`,
		not_here: 'What opens it could not be fetched: it needs the network once.',
		unreadable: 'Its events contradict each other: no game goes like this.',
		unknown_game: 'It is of a game that this version does not play.',
		notation: {
			too_long: 'It is longer than any game.',
			not_notation: 'This is not the notation of a game.',
			newer: 'It was written by a newer version of the program.',
			unknown_tag: 'This line is not known here.',
			bad_tag: 'What stands here does not fit, or belongs to another kind of game.',
			bad_date: 'There is no such date. One is written as 2026-11-22T15:00:00Z.',
			missing_tag:
				'The head is not complete: the game, its date, options, seats or first dealer are missing.',
			unknown_word: 'This word does not belong here.',
			bad_card: 'There is no such card.',
			bad_move: 'This cannot be read as a move.',
			bad_deal: 'These hands cannot have been dealt: a card is there twice, or too many or too few.',
			illegal_move: 'The rules do not allow this.',
		},
		at: (line: number, column: number) => `Line ${line}, column ${column}:`,
	},
};

export type ReplayMessages = typeof en;
export const replayText = defineText<ReplayMessages>(en, {
	he: async () => (await import('./replay.he.ts')).he,
});
