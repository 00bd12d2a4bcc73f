/** What players say to each other. Apart: loaded when somebody speaks. */
import type { Phrase } from '../../game/phrases.ts';
import { defineText } from './language.svelte.ts';

const PHRASE_TEXTS: Readonly<Record<Phrase, string>> = {
	hello: 'Hello!',
	good_luck: 'Good luck!',
	well_played: 'Well played!',
	wow: 'Wow!',
	oops: 'Oops!',
	thanks: 'Thank you!',
	moment: 'One moment\u2026',
	good_game: 'Good game!',
};

const en = {
	title: 'Say it to the table',
	phrases: PHRASE_TEXTS,
	said: (name: string, phrase: string) => `${name}: ${phrase}`,
};

export type PhraseMessages = typeof en;
export const phraseText = defineText<PhraseMessages>(en, {
	he: async () => (await import('./phrases.he.ts')).he,
});
