/** Words of what is shared of a game, in Hebrew. */
import { list, named, number } from '../messages/hebrew.ts';
import { total } from '../messages/numbers.ts';
import type { ShareMessages } from './share.en.ts';

const SUITS = { C: '\u2663', D: '\u2666', H: '\u2665', S: '\u2660', none: 'ב״ש' } as const;

export const he: ShareMessages = {
	button: 'שיתוף',
	title: 'לשתף את התוצאה',
	picture: 'תמונה',
	text: 'טקסט',
	link: 'קישור',
	linkHint: 'פותח את השולחן הזה, למי שמותר לו לבוא.',
	sharePicture: 'לשתף את התמונה',
	savePicture: 'לשמור את התמונה',
	copyPicture: 'להעתיק את התמונה',
	shareText: 'לשתף את הטקסט',
	copyText: 'להעתיק את הטקסט',
	copyLink: 'להעתיק את הקישור',
	copied: 'הועתק',
	failed: 'הדפדפן לא מרשה את זה לדף.',
	noPicture: 'הדפדפן הזה לא יכול לצייר את התמונה; הטקסט אומר אותו דבר.',
	alt: 'טבלת הניקוד כתמונה',
	fileName: 'ניקוד',

	games: { el_dorado: 'אל דוראדו', israeli_whist: 'ויסט ישראלי' },
	wins: (names) => (names.length === 1 ? `הניצחון של ${list(names)}` : `ניצחון משותף: ${list(names)}`),
	standing: 'המצב',
	round: (round) => `סיבוב ${round}`,
	trumps: SUITS,
	types: { over: 'אובר', under: 'אנדר' },
	rounds: (rounds) => (rounds === 1 ? 'אחרי סיבוב אחד' : `אחרי ${rounds} סיבובים`),
	place: (place, name, points) => `${place}. ${named(name)}  ${number(total(points))}`,
	kept: 'נרשם ב־Overtrick',
	absent: '\u2013',
};
