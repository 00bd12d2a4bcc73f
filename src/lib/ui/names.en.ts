/** The words that made-up names are put together from. */
import { defineText } from './messages/text.ts';
import { wantedLanguage } from './settings.svelte.ts';

const en = {
	manners: [
		'Quiet',
		'Amber',
		'Brisk',
		'Calm',
		'Clever',
		'Dapper',
		'Early',
		'Gentle',
		'Golden',
		'Happy',
		'Honest',
		'Humming',
		'Idle',
		'Jolly',
		'Kind',
		'Lucky',
		'Mellow',
		'Merry',
		'Mild',
		'Nimble',
		'Patient',
		'Plucky',
		'Silver',
		'Sunny',
		'Tidy',
		'Velvet',
		'Warm',
		'Wry',
	],
	creatures: [
		'Heron',
		'Badger',
		'Beetle',
		'Curlew',
		'Dormouse',
		'Falcon',
		'Finch',
		'Fox',
		'Gecko',
		'Hare',
		'Ibis',
		'Jackdaw',
		'Kestrel',
		'Lark',
		'Lynx',
		'Magpie',
		'Marten',
		'Moth',
		'Newt',
		'Otter',
		'Owl',
		'Plover',
		'Robin',
		'Salmon',
		'Seal',
		'Sparrow',
		'Stork',
		'Swift',
		'Tern',
		'Wren',
	],
	both: (manner: string, creature: string) => `${manner} ${creature}`,
};

export type NameWords = typeof en;
export const namesText = defineText<NameWords>(en, { he: async () => (await import('./names.he.ts')).he });

/** Those of this person's language, as far as they are here: for newcomers, and for the bots they seat. */
export function ownNames(): NameWords {
	return namesText.in(wantedLanguage()) ?? namesText.english;
}
