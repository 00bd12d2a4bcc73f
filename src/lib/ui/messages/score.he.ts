/** Words of the score sheet and of the end of a game, in Hebrew. */
import { list, named, number } from './hebrew.ts';
import type { ScoreMessages } from './score.en.ts';

export const he: ScoreMessages = {
	sheet: {
		title: 'טבלת הניקוד',
		caption: 'הכרזה, לקיחות וניקוד בכל סיבוב',
		round: 'סיבוב',
		cards: 'קלפים',
		trump: 'שליט',
		total: 'סה״כ',
		player: 'שם',
		bid: 'הכרזה',
		took: 'נלקחו',
		score: 'ניקוד',
		absent: '\u2013',
		absentLong: 'לא בסיבוב הזה',
		running: 'משוחק עכשיו',
		made: 'עמידה בהכרזה',
		missed: 'החטאה',
		cell: (bid, taken) => `${bid}/${taken}`,
		dealer: 'חלוקה',
		chart: 'סיכום אחרי כל סיבוב',
		chartSummary: (name, total) => `${named(name)} ${number(total)}`,
		close: 'לסגור את הטבלה',
	},

	end: {
		wins: (name) => `הניצחון של ${named(name)}`,
		youWin: 'ניצחת!',
		shared: (names) => `ניצחון משותף: ${list(names)}`,
		abandoned: 'המשחק הופסק לפני הסוף',
		with: (total) => `עם ${number(total)}`,
		place: 'מקום',
		share: 'שיתוף',
		again: 'לשחק שוב',
		replay: 'צפייה חוזרת',
		waitForHost: (name) => `משחק נוסף עם כל מי שכאן: בידי ${named(name)}`,
		hostGone: (name) => `${named(name)} כבר לא כאן: כל אחד יכול לפתוח את המשחק הבא`,
		home: 'לדף הבית',
		leave: 'לעזוב את השולחן',
		standings: 'תוצאות סופיות',
		chart: 'איך זה הלך',
		points: 'נקודות',
		bidsMade: (made, of) => `עמידה ב־${number(`${made}/${of}`)} הכרזות`,
	},
};
