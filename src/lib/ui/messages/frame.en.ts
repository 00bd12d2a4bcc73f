/** The words of every page's frame: its title, the way back, what is said when something fails. */
import { defineText } from './language.svelte.ts';

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
		languageMissing: 'That language could not be fetched. Check your network and try again.',
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

export type FrameMessages = typeof en;
export const frameText = defineText<FrameMessages>(en, {
	he: async () => (await import('./frame.he.ts')).he,
});
