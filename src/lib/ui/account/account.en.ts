/** Words about the site's archive and one's account there. */
import { defineText } from '../messages/language.svelte.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');

const en = {
	title: 'Account and archive',
	line: 'Games are kept in this browser. Where the site has an archive they go there too, and come along to your other devices.',
	looking: 'Looking for the archive',
	none: 'This site has no archive',
	noneHint: 'Your games and numbers are in this browser, and work without a network.',
	failed: 'The archive cannot be reached',
	failedHint: 'Nothing is lost: what has to go there waits in this browser.',
	again: 'Try again',
	you: 'Your account',
	nobody: 'There is no account yet. One is made by itself with the first game that goes to the archive.',
	anonymous:
		'Your account lives in this browser alone. With an e-mail address you have it on other devices too.',
	signedIn: (email: string) => `Signed in as ${email}`,
	email: 'E-mail',
	password: 'Password',
	passwordHint: 'Eight characters or more. Without one, links by mail sign you in.',
	keep: 'Keep my account under this address',
	signIn: 'Sign in',
	signInHint: 'What this device has played goes along.',
	sendLink: 'Send me a link instead',
	linkSent: 'A link is on its way to you.',
	keepSent: (email: string) => `A link is on its way to ${email}. Open it, and your account is kept there.`,
	link: {
		looking: 'Signing in',
		title: 'A link to sign in',
		asks: (email: string | null) =>
			email === null
				? 'This link signs this browser in to an account.'
				: `This link signs this browser in as ${email}.`,
		hint: 'It was not asked for in this browser. What this device has played would go along to that account.',
		not: 'Not now',
		done: 'You are signed in.',
		failed: 'The link signed nobody in',
		failedHint: 'Nothing is lost: what you have played is in this browser as before.',
	},
	signOut: 'Sign out',
	remove: 'Delete my account',
	removeTitle: 'Delete your account?',
	removeText:
		'Your name, picture, address and keys are erased from the archive. Games you played stay for the others, without your name. Games in this browser stay here.',
	removed: 'Your account is deleted.',
	cancel: 'Keep it',
	done: 'Done.',
	games: 'Games in the archive',
	sent: (games: number) => plural(games, { one: 'One game is there', other: '# games are there' }),
	waiting: (games: number) => plural(games, { one: 'One game waits to go', other: '# games wait to go' }),
	held: (games: number) =>
		plural(games, { one: 'One game waits for you to sign in', other: '# games wait for you to sign in' }),
	heldHint: 'This device belongs to another account. What it has played goes there when you sign in.',
	sending: 'Sending',
	nextAt: (time: string) => `Tries again at ${time}`,
	empty: 'Nothing has been sent yet. Finished games go by themselves.',
	refused: (games: number) =>
		plural(games, { one: 'One game was not taken', other: '# games were not taken' }),
	retry: 'Send them again',
	now: 'Send now',
	history: 'All games',
	oneGame: (day: string) => `A game of ${day}`,
	/** Why the archive does not take a game. */
	refusals: {
		another_log: 'The archive has another record of this game.',
		from_the_future: 'The clock of its host was ahead. Send it again tomorrow.',
		not_finished: 'Its record has no end.',
		too_large: 'Its record is larger than any game.',
		unknown_version: 'It was played with a newer version than the archive knows.',
		other: 'Something in its record does not fit together.',
	},

	profile: {
		title: 'Your profile',
		line: 'Name, picture and settings are the same on all devices of your account.',
		edit: 'Name, picture, settings',
		page: 'How others see you',
		leaderboards: 'Leaderboards',
		username: 'Username',
		usernameHint: '3 to 32 characters without spaces. Nobody else has it, and you may change it.',
		choose: 'Choose',
		chosen: 'Your username is kept.',
		tooShort: 'That is too short: three characters at least.',
		noSpaces: 'A username has no spaces.',
		waiting: 'Your last changes wait for the archive.',
		same: 'Up to date on all your devices.',
		takenOver: 'Name and settings of your account are here now.',
		overruled: (isName: boolean): string =>
			isName
				? 'Your name was changed on another device after you changed it here.'
				: 'Your profile was changed on another device after you changed it here.',
		keepMine: 'Keep mine',
	},

	errors: {
		username_taken: 'Somebody has this username already.',
		bad_profile: 'That cannot be a username: 3 to 32 characters, without spaces.',
		rate_limited: 'That was a lot in a short time. Try again later.',
		unreachable: 'The archive does not answer. Is there a network?',
		invalid_credentials: 'This address and password do not belong together.',
		weak_password: 'The password is too short.',
		email_exists: 'This address has an account already: sign in to it.',
		user_already_exists: 'This address has an account already: sign in to it.',
		over_email_send_rate_limit: 'Too many mails in a short time. Try again later.',
		email_address_invalid: 'This is no e-mail address.',
		validation_failed: 'This is no e-mail address.',
		email_not_confirmed: 'First open the link in the mail that went to this address.',
		same_password: 'That is the password you have already.',
		otp_expired: 'The link was used before, or is more than an hour old. Ask for a new one.',
		otp_disabled: 'No account is kept under this address yet.',
		key_of_another_account: 'This device belongs to another account.',
		other: 'That did not work.',
	},
};

export type AccountMessages = typeof en;

export const accountText = defineText<AccountMessages>(en, {
	he: async () => (await import('./account.he.ts')).he,
});
