/** Words of the table: cards, seats, bidding, play, the sheet, the lobby, the end. */
import type { Rank, Suit } from '../../cards/card.ts';
import { defineText } from './language.svelte.ts';
import { listsOf, pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');

const SUIT_NAMES: Readonly<Record<Suit, string>> = {
	C: 'clubs',
	D: 'diamonds',
	H: 'hearts',
	S: 'spades',
};
const RANK_NAMES: Readonly<Record<Rank, string>> = {
	'2': 'Two',
	'3': 'Three',
	'4': 'Four',
	'5': 'Five',
	'6': 'Six',
	'7': 'Seven',
	'8': 'Eight',
	'9': 'Nine',
	T: 'Ten',
	J: 'Jack',
	Q: 'Queen',
	K: 'King',
	A: 'Ace',
};

const list = listsOf('en');

const en = {
	title: {
		description: 'A card table among friends: open the link, sit down, play. No sign-up.',
		table: (code: string) => `Table ${code}`,
		solo: 'Solo table',
		kept: 'Score',
		yourTurn: 'Your turn',
		lobby: (code: string) => `Lobby ${code}`,
		end: 'Game over',
	},

	cards: {
		card: (rank: Rank, suit: Suit) => `${RANK_NAMES[rank]} of ${SUIT_NAMES[suit]}`,
		suit: (suit: Suit) => SUIT_NAMES[suit],
		hand: (count: number) => `Your hand, ${plural(count, { one: '# card', other: '# cards' })}`,
		emptyHand: 'Your hand is empty',
		keys: 'Arrow keys move through the hand, Enter plays the card.',
		pickKeys: 'Arrow keys move through the hand, Enter chooses a card or puts it back.',
		/** After the name of a card that has just come to this hand. */
		new: 'new',
		play: (card: string) => `Play ${card}`,
		lifted: (card: string) => `${card} lifted. Tap again to play it.`,
		/** After the card's name, for who hears and does not see it dimmed. */
		notNow: 'cannot be played now',
	},

	strip: {
		say: 'Say something',
		round: (round: number, of: number) => `Round ${round} of ${of}`,
		roundShort: (round: number, of: number) => `${round}/${of}`,
		roundLabel: 'Round',
		trump: 'Trump',
		trumpIs: (card: string, suit: Suit, broken: boolean) =>
			`Trump is ${SUIT_NAMES[suit]}${broken ? ', broken' : ''}; ${card} was turned up`,
		trumpNow: (suit: Suit) =>
			`${SUIT_NAMES[suit].charAt(0).toUpperCase()}${SUIT_NAMES[suit].slice(1)} are trump`,
		broken: 'broken',
		unbroken: 'not broken',
		bids: 'Bids',
		bidsOf: (sum: number, tricks: number) => `${sum} of ${tricks}`,
		/** How the bids stand against the tricks there are. */
		left: (left: number) => (left === 0 ? 'even' : left > 0 ? `${left} left` : `${-left} over`),
		sum: (sum: number, tricks: number) =>
			`Bids add up to ${sum} of ${plural(tricks, { one: '# trick', other: '# tricks' })}`,
		lastTrick: 'Last trick',
		noLastTrick: 'No trick has been played in this round yet',
		sheet: 'Score sheet',
		hideSheet: 'Hide the score sheet',
		menu: 'Table menu',
	},

	bids: {
		question: 'How many tricks will you take?',
		yours: (bid: number) => `You bid ${bid}`,
		bid: (bid: number) => `Bid ${bid}`,
		forbidden: (bid: number, tricks: number) => `${bid} is not allowed: the bids would add up to ${tricks}`,
		waiting: 'You bid when it is your turn',
	},

	/** Why a card or bid may not be played; stands in the line of status. */
	why: {
		mustFollow: (suit: Suit) => `You can follow, so it has to be ${SUIT_NAMES[suit]}`,
		trumpNotBroken: (suit: Suit) => `Trump is not broken yet: lead anything but ${SUIT_NAMES[suit]}`,
		notYourTurn: (name: string) => `Not yet: ${name} is to play`,
		bidFirst: 'First everybody bids, then cards are played',
		hook: (sum: number) => `Not this one: the bids may not add up to ${sum}`,
		offline: 'Your connection is away: this goes through when it is back',
	},

	/** A command the table refused, after all. */
	refused: {
		not_your_turn: 'It was not your turn any more',
		invalid_phase: 'Too late for that: the game has moved on',
		invalid_bid: 'That bid is not allowed',
		card_not_in_hand: 'You do not hold that card',
		must_follow_suit: 'You have to follow suit',
		cannot_lead_trump: 'Trump may not be led yet',
		unknown_card: 'There is no such card',
		not_seated: 'You have no seat at this table',
		room_full: 'The table is full',
		game_over: 'The game is over',
		rate_limited: 'Too fast: wait a moment and try again',
		not_admin: 'Only the host of the table can do that',
		seat_taken: 'Somebody else was faster: that seat is taken',
		no_such_seat: 'There is no such seat',
		not_ready: 'Not everybody is ready',
		need_players: 'At least two players are needed',
		invalid_options: 'These house rules do not go together',
		invalid_name: 'That name cannot be used',
		already_seated: 'You have a seat already',
		unknown_command: 'The host runs another version of the program',
		bid_below_minimum: 'That bid is below the minimum',
		bid_not_higher: 'A bid has to be higher than the last one',
		contract_below_bid: 'The contract may not be lower than the bid that won',
		total_thirteen: 'The contracts may not add up to 13',
		need_three_cards: 'Exactly three cards are passed on',
		all_tricks_taken: 'All tricks of this round are taken',
		nothing_to_undo: 'There is nothing to take back',
		need_four_players: 'Four players are needed',
		tricks_do_not_add_up: 'The tricks do not add up',
		no_such_round: 'There is no such round yet',
	},

	status: {
		yourBid: 'Your bid',
		yourLead: 'You lead',
		yourPlay: 'Your turn',
		bid: (name: string) => `Waiting for ${name} to bid`,
		lead: (name: string) => `Waiting for ${name} to lead`,
		play: (name: string) => `Waiting for ${name} to play`,
		standInBot: (name: string) => `A bot plays for ${name}`,
		standInForced: (name: string) => `${name} is away: the table plays for them`,
		absent: (name: string) => `${name} is away: the table waits`,
		roundOver: 'The round is over',
		dealing: 'Dealing',
		needPlayers: (count: number) =>
			plural(count, { one: 'Waiting: a game needs a player', other: 'Waiting: a game needs # players' }),
		hostAway: (name: string) => `${name}, who hosts, is out of reach. Somebody else takes over`,
		hostAwayAlone: (name: string, seconds: number) =>
			`${name}, who hosts, is out of reach. You take over in ${seconds} s`,
		hostAwayWaits: (names: readonly string[]) =>
			`Out of reach: ${list(names)}. The game goes on when more of them are back`,
		over: 'The game is over',
		standInForYou: {
			bot: 'A bot plays for you. Move, and the seat is yours again',
			forced: 'The table plays for you. Move, and the seat is yours again',
		},
	},

	seats: {
		you: 'You',
		botOf: (level: string) => `${level} bot`,
		host: 'Host',
		ready: 'Ready',
		empty: 'Empty seat',
		seat: (number: number) => `Seat ${number}`,
		dealer: 'Dealer',
		dealerShort: 'D',
		standIn: 'bot plays',
		away: 'away',
		left: 'left',
		out: 'next round',
		weak: 'weak link',
		lost: 'no link',
		/** Read for a plate: everything on it, in one sentence. */
		plate: (name: string, bid: number | null, tricks: number, score: string) =>
			bid === null
				? `${name}, has not bid, score ${score}`
				: `${name}, bid ${bid}, took ${tricks}, score ${score}`,
		absentPlate: (name: string) => `${name}, not in this round`,
		bidTook: (bid: number, tricks: number) => `Bid ${bid}, took ${tricks}`,
		noBid: 'No bid yet',
		people: 'Players',
	},

	/** Who comes and goes, read aloud; what happens in the game is in `telling.en.ts`. */
	say: {
		away: (name: string) => `${name} is away.`,
		back: (name: string) => `${name} is back.`,
		left: (name: string) => `${name} has left.`,
		sat: (name: string) => `${name} takes a seat.`,
	},

	net: {
		finding: {
			no_webrtc: 'This browser cannot connect to others directly. Chrome, Firefox and Safari can.',
			webrtc_refused:
				'The browser refuses to connect: an extension, or a rule of this device, forbids it. Try without the extension, or in another browser.',
			no_candidates:
				'The browser finds no address to be reached at. Check that this device is online, and that no extension hides it.',
			hidden_addresses:
				'The browser hides its addresses, which this network cannot look up. Being on the same Wi-Fi helps, and so does allowing the camera or microphone once.',
			servers_silent:
				'The servers that help to connect do not answer. This network may block them: try another Wi-Fi, or mobile data.',
			turn: 'The server that passes on connections refused the login. Whoever runs this site has to set it right.',
			ice_servers:
				'The list of servers that help to connect could not be had. It is asked for again with the next try.',
			signalling: 'The meeting point cannot be reached. Check the network; this page keeps trying.',
		},
	},

	join: {
		joining: 'Finding the table',
		joiningHint: 'This takes a second or two.',
		joiningLong: 'Still looking. The host\u2019s device may be asleep.',
		nobody: (code: string) => `Nobody answers under ${code}`,
		nobodyHint:
			'The host has to have the table open. Ask them to wake their phone, or check the code; this page keeps trying.',
		kicked: 'The host has taken you off this table',
		kickedHint: 'You can start a table of your own, or ask for another link.',
		full: 'No room to watch',
		fullHint: 'All seats are taken, and the table lets nobody else watch. Ask who hosts, or try again later.',
		wrong: 'This is not the table of that link',
		wrongHint: 'Another host answers under this code. Ask for the link again, to be sure who you play with.',
		taken: 'You play in another tab',
		takenHint: 'This table was opened again, here or on another device of yours, and your seat is there now.',
		takeBack: 'Play here',
		newTable: 'Start a table',
		home: 'Home',
		retry: 'Try again',
		partMissing: 'A part of the page is missing',
		partMissingHint: 'It could not be fetched. Check your network; your game is kept.',
		failed: 'The table cannot be opened',
		failedHint: (why: string) =>
			`Something on this device is in the way (${why}). Nothing is lost; try again.`,
		hostAway: (name: string) =>
			`${name}\u2019s device, which runs the table, is out of reach. Looking for it.`,
	},

	lobby: {
		heading: 'Waiting for players',
		soloHeading: 'Your table',
		intro: 'Send the link to your friends. They need nothing but a browser.',
		code: 'Table code',
		spellCode: (code: string) => `Table code ${code.split('').join(' ')}`,
		share: 'Share',
		copyLink: 'Copy link',
		copied: 'Link copied',
		copyFailed: 'This browser does not let the page copy. Select the link and copy it yourself.',
		qr: 'QR code',
		qrHint: 'Point a phone\u2019s camera at it',
		shareText: 'Play cards with me on Overtrick',
		invite: 'Invite',
		seats: 'Seats',
		seatsTaken: (taken: number, of: number) => `${taken} of ${of} taken`,
		sitHere: 'Sit here',
		moveHere: 'Move here',
		addBot: 'Add bot',
		fill: 'Fill with bots',
		remove: (name: string) => `Remove ${name}`,
		more: (name: string) => `${name}: more`,
		swapWith: 'Swap places\u2026',
		swapHere: 'Swap here',
		swapHint: (name: string) => `Choose whom ${name} swaps with`,
		toWatchers: 'Move to the watchers',
		kick: 'Remove for good\u2026',
		kickTitle: (name: string) => `Remove ${name} from this table?`,
		kickText: (name: string) => `${name} cannot come back with this link. This cannot be undone.`,
		kickYes: 'Remove',
		cancel: 'Cancel',
		standUp: 'Stand up',
		levels: { novice: 'Novice', club: 'Club' },
		level: 'Level of the bot',
		levelHint: { novice: 'Learning: bids boldly, forgets cards', club: 'Sound: counts and remembers' },
		ready: 'I am ready',
		youAreReady: 'You are ready',
		start: 'Start the game',
		waitForHost: (name: string) => `${name} starts the game`,
		rules: 'House rules',
		watchers: 'Watching',
		youWatch: 'You are watching',
		watchHint: 'Take a seat to play along.',
		youLook: 'How you look to the others',
		edit: 'Change your name and looks',
		startWhy: {
			need_players: 'At least two players are needed: invite somebody or add a bot',
			need_four_players: 'Four players are needed: invite somebody or add a bot',
			not_ready: (names: readonly string[]) => `Waiting for ${list(names)} to be ready`,
			starting: 'The game is about to start',
			unopened: (names: readonly string[]) => `There was no answer from ${list(names)}: start again`,
			other: 'The game cannot start yet',
		},
	},

	rules: {
		seats: 'Seats at the table',
		on: 'On',
		off: 'Off',
		onlyHost: 'The host chooses these.',
	},
};

export type TableMessages = typeof en;
export const tableText = defineText<TableMessages>(en, {
	he: async () => (await import('./table.he.ts')).he,
});
