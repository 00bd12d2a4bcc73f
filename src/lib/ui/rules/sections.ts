/** The sections of the rules for people: the ids that headings have in every language, and their titles. */
import type { LanguageCode } from '../messages/text.ts';

export const EL_DORADO_SECTIONS = [
	'idea',
	'deal',
	'bids',
	'tricks',
	'trump',
	'score',
	'many',
	'house',
	'away',
] as const;

export const EL_DORADO_TITLES: Readonly<
	Record<LanguageCode, Readonly<Record<(typeof EL_DORADO_SECTIONS)[number], string>>>
> = {
	en: {
		idea: 'The idea',
		deal: 'The deal',
		bids: 'Bids',
		tricks: 'Tricks',
		trump: 'Breaking trump',
		score: 'The score',
		many: 'Six players and more',
		house: 'House rules',
		away: 'Coming and going',
	},
	he: {
		idea: 'הרעיון',
		deal: 'החלוקה',
		bids: 'ההכרזות',
		tricks: 'הלקיחות',
		trump: 'שבירת השליט',
		score: 'הניקוד',
		many: 'שישה משתתפים ויותר',
		house: 'כללי הבית',
		away: 'הולכים וחוזרים',
	},
};

export const ISRAELI_WHIST_SECTIONS = [
	'idea',
	'auction',
	'frisch',
	'contracts',
	'play',
	'score',
	'house',
	'away',
] as const;

export const ISRAELI_WHIST_TITLES: Readonly<
	Record<LanguageCode, Readonly<Record<(typeof ISRAELI_WHIST_SECTIONS)[number], string>>>
> = {
	en: {
		idea: 'The idea',
		auction: 'The auction',
		frisch: 'The frisch',
		contracts: 'Contracts',
		play: 'The play',
		score: 'The score',
		house: 'House rules',
		away: 'Coming and going',
	},
	he: {
		idea: 'הרעיון',
		auction: 'המכרז',
		frisch: 'הפריש',
		contracts: 'החוזים',
		play: 'המשחק',
		score: 'הניקוד',
		house: 'כללי הבית',
		away: 'הולכים וחוזרים',
	},
};
