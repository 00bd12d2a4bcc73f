/** Words of a table beside the record, in Hebrew. */
import { from, named, plural } from '../messages/hebrew.ts';
import type { SideMessages } from './side.en.ts';

export const he: SideMessages = {
	kinds: { what_if: 'מה אם', same_deal: 'אותם קלפים' },
	aside: {
		what_if: 'לצד הרישום: שום דבר מזה לא נשמר.',
		same_deal: 'לצד הרישום: התוצאה שלך נשמרת, להשוואה עם אחרים.',
	},
	back: 'חזרה לצפייה',

	start: {
		title: 'לשחק בעצמך',
		seat: 'המקום שלך',
		bots: 'האחרים',
		levels: { novice: 'בוטים מתחילים', club: 'בוטים מנוסים' },
		whatIf: 'להמשיך מכאן',
		whatIfLine: 'עם הקלפים כמו שהם עכשיו, ובסיבובים הבאים עם הקלפים שחולקו אז, אם הם ידועים.',
		whatIfNot: 'ברגע הזה לאף אחד אין קלף לשחק: כדאי לחזור צעד או שניים.',
		same: 'לשחק את אותם קלפים',
		sameLine: 'כל הסיבובים מהראשון, עם הידיים שחולקו. בסוף משווים אותך לרישום.',
		sameNot: 'לא כל הקלפים של המשחק ידועים, או שהוא עוד לא נגמר.',
		copy: 'להעתיק קישור לחברים',
		save: 'לשמור קובץ לחברים',
		copied: 'הקישור הועתק. מי שיפתח אותו ישחק את אותם קלפים.',
		copyFailed: 'הדפדפן לא מעתיק אותו. זה הקישור:',
	},

	results: {
		title: 'כל מי ששיחקו את היד הזאת',
		titleOf: (name) => `אותם קלפים כמו ${named(name)}`,
		place: 'מקום',
		who: 'שחקן',
		against: 'מול',
		points: 'נקודות',
		you: 'אני',
		people: 'אנשים',
		short: (rounds, of) => `${rounds} מתוך ${of} סיבובים`,
		alone: 'במכשיר הזה לא ידועה תוצאה של מישהו אחר. תוצאה של חבר מגיעה בקישור שהוא שולח.',
		others: 'כל מה שהמכשיר הזה יודע, בלי חתימה. תוצאה של חבר מגיעה בקישור שהוא שולח.',
		send: 'להעתיק קישור עם התוצאה שלי',
		save: 'לשמור קובץ עם התוצאה שלי',
		copied: 'הקישור הועתק. מי שיפתח אותו יוכל לשחק את אותם קלפים, ולראות איך הלך לך.',
	},

	invited: {
		line: 'מישהו רוצה לדעת איך היית משחק את הקלפים האלה. בוחרים מקום; האחרים בוטים.',
		go: 'לחלק קלפים',
	},

	end: {
		better: (points, name) =>
			plural(points, {
				one: `נקודה אחת יותר ${from(name)}`,
				two: `שתי נקודות יותר ${from(name)}`,
				other: `# נקודות יותר ${from(name)}`,
			}),
		worse: (points, name) =>
			plural(points, {
				one: `נקודה אחת פחות ${from(name)}`,
				two: `שתי נקודות פחות ${from(name)}`,
				other: `# נקודות פחות ${from(name)}`,
			}),
		same: (name) => `בדיוק כמו ${named(name)}`,
		place: (place) => `מקום ${place}`,
		you: 'אני',
		caption: 'הכרזות, לקיחות ונקודות בכל סיבוב: ברישום, ושלך',
		round: 'סיבוב',
		total: 'סך הכול',
		bidTook: (bid, tricks) => `הכרזה ${bid}, לקיחות ${tricks}`,
		notPlayed: 'לא שוחק',
		again: 'שוב',
		replay: 'לפתוח את הצפייה',
	},
};
