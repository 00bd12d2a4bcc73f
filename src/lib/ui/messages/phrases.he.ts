/** What players say to each other, in Hebrew. */
import { named } from './hebrew.ts';
import type { PhraseMessages } from './phrases.en.ts';

export const he: PhraseMessages = {
	title: 'לומר לשולחן',
	phrases: {
		hello: 'שלום!',
		good_luck: 'בהצלחה!',
		well_played: 'יפה מאוד!',
		wow: 'וואו!',
		oops: 'אופס!',
		thanks: 'תודה!',
		moment: 'רק רגע\u2026',
		good_game: 'משחק טוב!',
	},
	said: (name, phrase) => `${named(name)}: ${phrase}`,
};
