/** Words of what is shared of a game: its text, its picture, and the dialog that offers them. */
import { defineText } from '../messages/language.svelte.ts';
import { listsOf, total } from '../messages/numbers.ts';
import type { ResultTrump } from './result.ts';

const list = listsOf('en');
const SUITS: Readonly<Record<Exclude<ResultTrump, null>, string>> = {
	C: '\u2663',
	D: '\u2666',
	H: '\u2665',
	S: '\u2660',
	none: 'NT',
};

const en = {
	button: 'Share',
	title: 'Share the result',
	picture: 'Picture',
	text: 'Text',
	link: 'Link',
	linkHint: 'Opens this table, for whoever may come to it.',
	sharePicture: 'Share the picture',
	savePicture: 'Save the picture',
	copyPicture: 'Copy the picture',
	shareText: 'Share the text',
	copyText: 'Copy the text',
	copyLink: 'Copy the link',
	copied: 'Copied',
	failed: 'This browser does not let the page do that.',
	noPicture: 'This browser cannot draw the picture; the text says the same.',
	alt: 'The score sheet as a picture',
	fileName: 'overtrick',

	games: { el_dorado: 'El Dorado', israeli_whist: 'Israeli Whist' },
	wins: (names: readonly string[]) =>
		names.length === 1 ? `${list(names)} wins` : `${list(names)} share the win`,
	standing: 'How it stands',
	round: (round: number) => `Round ${round}`,
	trumps: SUITS,
	types: { over: 'over', under: 'under' },
	rounds: (rounds: number) => (rounds === 1 ? 'after 1 round' : `after ${rounds} rounds`),
	place: (place: number, name: string, points: number) => `${place}. ${name}  ${total(points)}`,
	kept: 'Kept with Overtrick',
	absent: '\u2013',
};

export type ShareMessages = typeof en;
export const shareText = defineText<ShareMessages>(en, {
	he: async () => (await import('./share.he.ts')).he,
});
