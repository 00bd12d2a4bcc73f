/** Words of the menus at a table; they come with the first of them. */
import { defineText } from './language.svelte.ts';
import { pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');

const en = {
	menu: {
		title: 'Table',
		players: 'Players',
		watches: 'watches',
		invite: 'Invite',
		rules: 'Rules',
		settings: 'Settings',
		look: 'Name and looks',
		pass: (name: string) => `Let ${name} host`,
		leave: 'Leave for good\u2026',
		leaveTitle: 'Leave the game for good?',
		leaveText:
			'This round is finished for you; from the next on you are out. You can come back for a later round.',
		leaveYes: 'Leave',
		endGame: 'End the game\u2026',
		endTitle: 'End the game for everybody?',
		endText: 'It stops here and counts as abandoned.',
		endYes: 'End it',
		misplays: (count: number) => plural(count, { one: '# misplay', other: '# misplays' }),
		home: 'Home',
		theme: 'Theme',
		hostNote: (name: string) =>
			`${name}\u2019s device runs this table and sees all hands, as a server would.`,
		hostNoteYou: 'Your device runs this table: keep it open.',
		trouble: (count: number) =>
			plural(count, { one: 'Somebody misbehaves', other: 'Somebody misbehaves (#)' }),
		troubleTitle: 'What somebody tried',
	},

	net: {
		title: 'Connections',
		direct: 'direct',
		through: (name: string) => (name === '' ? 'through another player' : `through ${name}`),
		relay: 'through the site\u2019s server',
		overHost: 'over the host',
		none: 'not reached from here',
		roundTrip: (ms: number) => `${ms} ms`,
		doubtful: 'unsteady',
		hidden: 'in the background',
		nobody: 'Nobody else is here.',
		meeting: 'Meeting point',
		signalling: {
			open: 'Reached. It is needed for finding one another; a game that runs goes on without it.',
			connecting: 'Not reached now. A game that runs goes on; nobody new can find the table.',
			closed: 'Not used: this table stays on this device.',
		},
		findings: 'What stands in the way',
	},
};

export type MenuMessages = typeof en;
export const menuText = defineText<MenuMessages>(en, { he: async () => (await import('./menu.he.ts')).he });
