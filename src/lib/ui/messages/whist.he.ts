/** Words of Israeli Whist at the table, in Hebrew, as it is talked of in Israel. */
import type { Direction, RoundType, Strain } from '../../games/israeli-whist/types.ts';
import { list, named, number, plural, to } from './hebrew.ts';
import type { WhistMessages } from './whist.en.ts';

const STRAIN_NAMES: Readonly<Record<Strain, string>> = {
	clubs: 'תלתן',
	diamonds: 'יהלום',
	hearts: 'לב',
	spades: 'עלה',
	no_trump: 'ללא שליט',
};
const WAYS: Readonly<Record<Direction, string>> = { left: 'משמאל', across: 'ממול', right: 'מימין' };
const TYPES: Readonly<Record<RoundType, string>> = { over: 'אובר', under: 'אנדר' };
const bid = (amount: number, strain: Strain): string => `${amount} ${STRAIN_NAMES[strain]}`;

export const he: WhistMessages = {
	strain: (strain) => STRAIN_NAMES[strain],
	noTrump: 'ללא',
	bid,

	status: {
		yourCall: 'הקריאה שלך',
		call: (name) => `ממתינים לקריאה של ${named(name)}`,
		yourPass: 'לבחור שלושה קלפים להעביר',
		pass: (names) => `ממתינים לבחירה של ${list(names)}`,
		yourContract: 'החוזה שלך',
		contract: (name) => `ממתינים לחוזה של ${named(name)}`,
	},

	why: {
		callFirst: 'קודם המכרז, ואז משחקים',
		contractFirst: 'קודם כולם נוקבים בחוזה, ואז משחקים',
		enough: 'שלושה קלפים מספיקים: קודם להחזיר אחד',
		notHigher: (asked, highest) => `${asked} לא גבוה מ־${highest}`,
		minimum: (least) => `הקריאה הנמוכה ביותר עכשיו היא ${least}`,
		most: 'יש רק שלוש עשרה לקיחות',
		strain: 'קודם לבחור סדרה, או ללא',
	},

	auction: {
		label: 'הקריאה שלך',
		fewer: 'מספר נמוך יותר',
		more: 'מספר גבוה יותר',
		number: (amount) => `${amount} לקיחות`,
		strains: 'שליט',
		pass: 'פאס',
		call: 'קריאה',
		callIt: (amount, strain) => `לקרוא ${bid(amount, strain)}`,
		out: 'אמרת פאס, וכאן פאס הוא סופי',
		calls: 'הקריאות עד כה',
		highest: (name) => `הקריאה הגבוהה: ${named(name)}`,
		highestYours: 'הקריאה הגבוהה, שלך',
		open: (least) => `החל מ־${least}`,
		nobody: 'אין עוד קריאה',
		passed: 'פאס',
	},

	frisch: {
		title: (frisch, of) => (of === 1 ? 'פריש' : `פריש ${frisch} מתוך ${of}`),
		to: (name, way) => `שלושה קלפים ${to(name)}, ${WAYS[way]}`,
		exchange: (name, way) => `החלפת שלושה קלפים עם ${named(name)}, ${WAYS[way]}`,
		from: (name) => `ושלושה מגיעים מ־${named(name)}`,
		pick: (left) =>
			plural(left, { one: 'עוד קלף אחד לבחור', two: 'עוד שני קלפים לבחור', other: '# קלפים לבחור' }),
		confirm: (name) => `להעביר ${to(name)}`,
		done: (name) => `שלושת הקלפים יעברו ${to(name)} כשכולם יבחרו`,
		chosen: (count) => `${count} מתוך 4 בחרו`,
		received: (name) => `הגיעו מ־${named(name)}`,
	},

	contracts: {
		question: 'כמה לקיחות יהיו לך?',
		contract: (count) => `חוזה ${count}`,
		yours: (count) => `החוזה שלך: ${count}`,
		forbidden: (count) => `אסור ${count}: סכום החוזים יהיה 13`,
		least: (least) => `לפחות ${least}: זו הקריאה שלך`,
		belowBid: (count, least) => `${count} נמוך מדי: הקריאה שלך הייתה ${least}`,
		sum: (sum) => `סכום החוזים ${sum} מתוך 13`,
		label: 'חוזים',
		sumOf: (sum, of) => `${sum} מתוך ${of}`,
		off: (sum) => (sum === 13 ? 'בול' : sum > 13 ? `אובר ${sum - 13}` : `אנדר ${13 - sum}`),
		plays: (name) => `המכרז של ${named(name)}`,
		youPlay: 'המכרז שלך',
	},

	strip: {
		round: (round, of) => (of === null ? `סיבוב ${round}` : `סיבוב ${round} מתוך ${of}`),
		roundShort: (round, of) => (of === null ? String(round) : `${round}/${of}`),
		trumpIs: (strain) => (strain === 'no_trump' ? 'הסיבוב בלי שליט' : `השליט הוא ${STRAIN_NAMES[strain]}`),
		noTrump: 'ללא',
		minimum: 'קריאות מ־',
		minimumIs: (least) => `המכרז נפתח ב־${least}`,
		last: 'סיבוב אחרון',
		frisch: 'פריש',
		frischs: (count, of) => `פרישים בסיבוב: ${count} מתוך ${of}`,
	},

	plate: {
		declarer: 'זכייה במכרז',
		noCall: 'עוד אין קריאה',
		called: (amount, strain) => `קריאה ${bid(amount, strain)}`,
		passed: 'פאס',
		choosing: 'עוד לא נבחרו קלפים',
		hasChosen: 'הקלפים נבחרו',
		noContract: 'עוד אין חוזה',
		contract: (count) => `חוזה ${count}`,
		took: (contract, taken) => `חוזה ${contract}, נלקחו ${taken}`,
		spoken: (name, what, score) => `${named(name)}, ${what}, ניקוד ${number(score)}`,
	},

	say: {
		dealt: (round) => `סיבוב ${round}. שלושה עשר קלפים לכל יד.`,
		dealtAgain: (round) => `סיבוב ${round} מחולק מחדש.`,
		call: (name, amount, strain) => `${named(name)}: ${bid(amount, strain)}.`,
		pass: (name) => `${named(name)}: פאס.`,
		frisch: (receiver, way) =>
			receiver === null
				? 'כולם אמרו פאס: פריש.'
				: `כולם אמרו פאס: פריש. שלושה קלפים ${to(receiver)}, ${WAYS[way]}.`,
		chosen: (name) => `${named(name)}: הבחירה נעשתה.`,
		received: (cards) => `קיבלת ${list(cards)}.`,
		won: (name, amount, strain) => `המכרז של ${named(name)}: ${bid(amount, strain)}.`,
		youWon: (amount, strain) => `המכרז שלך: ${bid(amount, strain)}.`,
		contract: (name, count) => `${named(name)}: חוזה ${count}.`,
		type: (sum) => (sum > 13 ? `סכום החוזים ${sum}: אובר.` : `סכום החוזים ${sum}: אנדר.`),
		passedOut: 'כולם אמרו פאס: אין ניקוד.',
		yourCall: 'הקריאה שלך.',
		yourPass: 'לבחור שלושה קלפים להעביר.',
		yourContract: 'תורך לנקוב בחוזה.',
	},

	sheet: {
		caption: 'חוזה, לקיחות וניקוד בכל סיבוב',
		empty: 'הסיבוב הראשון משוחק עכשיו',
		type: (type, by) => `${TYPES[type]} ${by}`,
	},

	round: {
		contract: 'חוזה',
		over: (by) => `אובר ${by}`,
		under: (by) => `אנדר ${by}`,
		made: (made) =>
			made === 4 ? 'כולם עמדו בחוזה' : made === 0 ? 'איש לא עמד בחוזה' : `${made} מתוך 4 עמדו בחוזה`,
		summary: (kind, made) => `${kind}, ${made}`,
		passedOut: 'כולם אמרו פאס. אין ניקוד, והקלפים מחולקים מחדש.',
		dealtAgain: (round) => `סיבוב ${round} מחולק מחדש: כולם אמרו פאס`,
	},

	end: {
		made: (made, of) => `${made} מתוך ${of} חוזים`,
	},

	menu: {
		finish: 'לסיים אחרי הסיבוב הזה…',
		finishTitle: 'לסיים את המשחק אחרי הסיבוב הזה?',
		finishText: 'הסיבוב ישוחק עד סופו, ואז ינצח הניקוד הגבוה ביותר.',
		finishNow: 'לא יחולקו עוד קלפים, והניקוד הגבוה ביותר ינצח.',
		finishYes: 'סיבוב אחרון',
		finishNowYes: 'לסיים',
	},
};
