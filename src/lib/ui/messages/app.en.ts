/** Words of the app around the table: home, new table, join, solo, settings, errors. */
import { defineText } from './language.svelte.ts';
import { pluralsOf, total } from './numbers.ts';

const plural = pluralsOf('en');
const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINAL_ENDINGS = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' } as const;
const ordinal = (place: number): string => `${place}${ORDINAL_ENDINGS[ORDINALS.select(place)]}`;
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const en = {
	app: {
		name: 'Overtrick',
		description:
			'Trick-taking card games with friends, phone to phone. Start a table, send the link, play. No sign-up.',
		title: (page: string) => `${page} · Overtrick`,
		skip: 'Skip to the content',
		back: 'Back',
		home: 'Home',
		loading: 'One moment',
		offline: 'You are offline',
		update: 'A new version is ready.',
		updateNow: 'Reload',
		updateDone: 'Back online',
	},
	games: {
		el_dorado: {
			name: 'El Dorado',
			line: 'Ten rounds, from ten cards down to one. Say how many tricks you will take, then take exactly that many.',
		},
		israeli_whist: {
			name: 'Israeli Whist',
			line: 'Four players, an auction, and contracts that never add up to thirteen.',
		},
	},
	home: {
		line: 'Card games with friends, phone to phone.',
		start: 'Start a table',
		or: 'or',
		yours: 'Your tables',
		solo: 'Play solo',
		soloLine: 'Against bots, also without a network',
		rules: 'How to play',
		rulesLine: 'El Dorado in five minutes',
		settings: 'You and settings',
		recent: 'Recent games',
		recentEmpty: 'No games yet',
		recentEmptyLine: 'The games you play are kept here, on this device.',
		resume: 'Resume',
		resumeTable: (code: string) => `Table ${code}`,
		resumeSolo: 'Solo game',
		offlineLine: 'You can play solo now. Meeting others needs a network.',
	},
	recent: {
		lobby: 'Not started yet',
		round: (round: number, of: number | null) => (of === null ? `Round ${round}` : `Round ${round} of ${of}`),
		won: (score: number) => `Won with ${total(score)}`,
		placed: (place: number, people: number, score: number) =>
			`${ordinal(place)} of ${people} with ${total(score)}`,
		watched: 'Watched',
		withPeople: (names: readonly string[]) =>
			new Intl.ListFormat('en', { style: 'short', type: 'conjunction' }).format(names),
		ago: (ms: number): string => {
			const minutes = Math.round(ms / 60_000);
			if (minutes < 60) return RELATIVE.format(-minutes, 'minute');
			const hours = Math.round(minutes / 60);
			return hours < 24 ? RELATIVE.format(-hours, 'hour') : RELATIVE.format(-Math.round(hours / 24), 'day');
		},
	},
	join: {
		title: 'Join a table',
		label: 'Join with a code',
		line: 'Ask whoever started the table for its code or link.',
		placeholder: 'ABCDEF',
		hint: 'Six letters, or paste the whole link',
		button: 'Join',
		empty: 'Type the six letters of the table, or paste its link.',
		short: (missing: number) =>
			plural(missing, { one: '# letter is missing.', other: '# letters are missing.' }),
		long: 'A code has six letters; this has more.',
		letters: (found: string) => `“${found}” is in no code: codes are letters only, without I, L and O.`,
		link: 'That link does not lead to a table.',
		offline: 'You are offline. The table is found as soon as you are back.',
	},
	create: {
		title: 'New table',
		game: 'Game',
		seats: 'Seats',
		seatsSpoken: (count: number) => plural(count, { one: '# seat', other: '# seats' }),
		twoDecks: 'From six players on, two decks are used.',
		you: 'You sit down as',
		youChange: 'Change',
		bots: 'Bots in the other seats',
		botsHint: 'Bots can be added and removed until the game starts.',
		botsNone: 'None',
		botLevels: { novice: 'Novice', club: 'Club' },
		private: 'Private table',
		privateHint: 'The link is needed to join; the code alone is not enough.',
		spectators: 'Spectators may watch',
		house: 'House rules',
		open: 'Open the table',
		opening: 'Opening',
		summary: (seats: number, bots: boolean) =>
			`${plural(seats, { one: '# seat', other: '# seats' })}, ${bots ? 'bots in the empty ones' : 'friends only'}`,
		failed: 'The table could not be opened. Try again.',
		failedWhy: (why: string) => `The table could not be opened: ${why}. Try again.`,
		offline:
			'You are offline: nobody can join yet. You can play solo, or open the table and wait for the network.',
	},
	house: {
		preset: 'Rules',
		every: 'Every rule by itself',
		presets: { el_dorado: 'El Dorado', hook: 'Hook', oh_hell: 'Oh Hell', own: 'Your own' },
		presetLines: {
			el_dorado: 'Hit your bid for 5 points and the bid; miss it and lose as much.',
			hook: 'As El Dorado, but the last bid may not make everybody happy.',
			oh_hell: 'Hook on, trump led at any time, 10 points and the bid when it is hit, nothing when not.',
			own: 'As chosen below.',
		},
		hook: 'The hook',
		hookHint: 'The last bidder may not make the bids add up to the tricks.',
		trumpLead: 'Leading trump',
		trumpLeads: { broken: 'Once it is broken', free: 'At any time' },
		scoring: 'Scoring',
		scorings: {
			eldorado: '±(5 + bid)',
			'ten-plus': '10 + bid, or 0',
			'ten-minus': '10 + bid, or −1 a trick',
		},
		grace: 'When somebody is away, wait',
		graces: { 10: '10 seconds', 30: '30 seconds', 60: '1 minute', 120: '2 minutes' },
		onAbsence: 'Then',
		onAbsences: { bot: 'A bot steps in', forced: 'The safest card is played', wait: 'The table waits' },
		turnTimer: 'Time for a turn',
		turnTimers: { 0: 'No limit', 30: '30 seconds', 60: '1 minute', 120: '2 minutes' },
		pace: 'Pace',
		paces: { calm: 'Calm', quick: 'Quick' },
		firstDealer: 'First dealer',
		firstDealers: { drawn: 'Drawn by lot', first_seat: 'The first seat' },
	},
	solo: {
		title: 'Play solo',
		line: 'You against bots, on this device only. It works without a network.',
		players: 'Players, with you',
		level: 'Bots',
		levels: { novice: 'Novice', club: 'Club' },
		levelLines: {
			novice: 'Knows the rules and means well.',
			club: 'Counts cards and keeps to its bid.',
		},
		deal: 'Deal the cards',
		dealing: 'Shuffling',
	},
	settings: {
		title: 'You and settings',
		you: 'How others see you',
		name: 'Name',
		nameHint: 'Others see it at the table. Change it whenever you like.',
		nameEmpty: 'A name needs at least one character.',
		anotherName: 'Another name',
		color: 'Colour',
		colors: ['Rose', 'Copper', 'Brass', 'Fern', 'Teal', 'Sky', 'Indigo', 'Violet', 'Orchid', 'Slate'],
		face: 'Face',
		anotherFace: 'Draw other faces',
		faceNumber: (index: number) => `Face ${index}`,
		look: 'Look',
		theme: 'Theme',
		themes: { system: 'System', light: 'Light', dark: 'Dark' },
		cards: 'Cards',
		preview: 'A hand as it will look, with hearts as trump',
		fourColours: 'Four colours',
		fourColoursHint: 'Diamonds blue and clubs green, so that no suit is taken for another.',
		handOrder: 'Trump in the hand',
		handOrders: {
			trump_last: 'At the end',
			trump_first: 'At the front',
			fixed: 'Like any suit',
			dealt: 'As dealt',
		},
		rankOrder: 'Within a suit',
		rankOrders: { high_first: 'High to low', low_first: 'Low to high' },
		touch: 'Playing',
		confirm: 'Lift a card first, play it with a second tap',
		confirmations: { touch: 'On touch screens', always: 'Always', never: 'Never' },
		sounds: 'Sounds',
		soundsHint: 'A card on the table, your turn, the end of a round.',
		haptics: 'Vibration',
		hapticsHint: 'A tick when it is your turn, on phones that can.',
		app: 'App',
		install: 'Install Overtrick',
		installHint: 'An icon on your home screen, and the whole screen for the cards.',
		installButton: 'Install',
		done: 'Done',
		kept: 'All of this is kept on this device only.',
	},
	rules: {
		title: 'How to play El Dorado',
		line: 'Say how many tricks you will take. Then take exactly that many.',
		description:
			'The rules of El Dorado, a ten-round nomination game of the Oh Hell family: bidding, following suit, breaking trump and scoring, with examples.',
		contents: 'On this page',
		play: 'Try it against bots',
	},
	errors: {
		notFoundTitle: 'No table here',
		notFound: 'This address leads nowhere. Maybe a letter is missing from the link.',
		brokenTitle: 'A card fell off the table',
		broken:
			'Something went wrong that should not have. Your games are kept on this device; loading the page again usually helps.',
		offlineTitle: 'No network',
		offline: 'This part of the app is not on your device yet. Connect once, and it will be.',
		again: 'Load again',
		home: 'Go home',
		details: 'What happened',
	},
};

export type AppMessages = typeof en;
export const appText = defineText<AppMessages>(en, {});
