/**
 * The screens of the games, each fetched when a table plays it. Its words come with it: whoever reads another language
 * sees no English in between.
 */
import { readyIn, type Text } from '../messages/text.ts';
import { wantedLanguage } from '../settings.svelte.ts';

export const SCREENS = {
	el_dorado: async () => {
		const [screen] = await Promise.all([import('./el-dorado/Screen.svelte'), telling()]);
		return screen.default;
	},
	israeli_whist: async () => {
		const [screen] = await Promise.all([
			import('./israeli-whist/Screen.svelte'),
			telling(),
			import('../messages/whist.en.ts').then(({ whistText }) => inWantedLanguage(whistText)),
		]);
		return screen.default;
	},
} as const;

async function telling(): Promise<void> {
	const { tellingText } = await import('../messages/telling.en.ts');
	await inWantedLanguage(tellingText);
}

async function inWantedLanguage(text: Text): Promise<void> {
	await readyIn(wantedLanguage(), [text]);
}
