/** Words for what goes wrong at a table, or changes beside the game: they come when there is something to say. */
import { defineText } from './language.svelte.ts';
import { pluralsOf } from './numbers.ts';

const plural = pluralsOf('en');

const en = {
	/** By what stands in the way. */
	troubles: {
		newer_version: 'Others at this table have a newer version of the app. Load it to play with them.',
		older_version:
			'Somebody here has an older version of the app. Once the page has been loaded again there, it works.',
		log: 'What the host\u2019s device sent does not fit its own record of the game, and is not taken in. Ask the host to load the page again.',
		two_hosts:
			'Two hosts answer under this code. Make sure you know whose table this is before you sit down.',
		no_webrtc: 'This browser cannot connect to others directly. Open the link in Chrome, Firefox or Safari.',
		signalling: 'The meeting point cannot be reached. Players already connected go on; nobody new can join.',
		turn: 'The relay did not accept its login: players behind strict networks may not get through.',
		ice_servers:
			'The list of servers that help to connect could not be had: players behind strict networks may not get through.',
		storage:
			'This device cannot store the game; it may be full. It keeps trying: leave this page open until then.',
		other: 'The connection has a fault. Check your network; this page keeps trying.',
	},
	otherVersion: 'Another version of the app',
	load: 'Load the newest',
	/** What has changed without anybody\u2019s doing. */
	tidings: {
		hosts: (name: string) => `${name} hosts from here on.`,
		youHost: 'You host from here on: keep this page open.',
		dealtAgain: 'The cards could not be recovered: the round is dealt again, scores as they were.',
	},

	/** What somebody sent, for the one whose device runs the table. */
	offencesNote:
		'Nothing of it had any effect. Who goes on is put out by itself; you can also remove a player from the list of players.',
	times: (count: number) => plural(count, { one: 'once', other: '# times' }),
	offences: {
		malformed_message: 'Sent what no page of this game sends',
		oversized_message: 'Sent more at once than a message may hold',
		forged_command: 'Made a move in somebody else\u2019s name',
		writes_document: 'Tried to write the record of the game',
		poses_as_host: 'Spoke as if it were the host',
		false_log: 'Showed a record of the game that proves nothing',
		too_many_messages: 'Sent far more than anybody plays',
		too_many_hellos: 'Introduced itself over and over',
	},
};

export type TroubleMessages = typeof en;
export const troubleText = defineText<TroubleMessages>(en, {
	he: async () => (await import('./trouble.he.ts')).he,
});
