/**
 * The screens of the games, each fetched when a table plays it. Its words come with it: whoever reads another language
 * sees no English in between.
 */
import { readyIn, type Text } from '../messages/text.ts';
import { wantedLanguage } from '../settings.svelte.ts';

export const SCREENS = {
	el_dorado: async () => (await import('./el-dorado/Screen.svelte')).default,
	israeli_whist: async () => {
		const [screen] = await Promise.all([
			import('./israeli-whist/Screen.svelte'),
			import('../messages/whist.en.ts').then(({ whistText }) => inWantedLanguage(whistText)),
		]);
		return screen.default;
	},
} as const;

async function inWantedLanguage(text: Text): Promise<void> {
	await readyIn(wantedLanguage(), [text]);
}
