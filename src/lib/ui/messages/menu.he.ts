/** Words of the menus at a table, in Hebrew. */
import { named, plural, to } from './hebrew.ts';
import type { MenuMessages } from './menu.en.ts';

export const he: MenuMessages = {
	menu: {
		title: 'שולחן',
		players: 'משתתפים',
		watches: 'בצפייה',
		invite: 'הזמנה',
		rules: 'כללים',
		settings: 'הגדרות',
		look: 'שם ומראה',
		pass: (name) => `להעביר את האירוח ${to(name)}`,
		leave: 'לעזוב לתמיד\u2026',
		leaveTitle: 'לעזוב את המשחק לתמיד?',
		leaveText: 'הסיבוב הזה יושלם במקומך, ומהסיבוב הבא המקום שלך ריק. אפשר לחזור באחד הסיבובים הבאים.',
		leaveYes: 'לעזוב',
		endGame: 'לסיים את המשחק\u2026',
		endTitle: 'לסיים את המשחק לכולם?',
		endText: 'הוא ייעצר כאן וייחשב כמשחק שהופסק.',
		endYes: 'לסיים',
		misplays: (count) => plural(count, { one: 'טעות אחת', two: 'שתי טעויות', other: '# טעויות' }),
		home: 'לדף הבית',
		theme: 'ערכת צבעים',
		hostNote: (name) => `המכשיר של ${named(name)} מריץ את השולחן ורואה את כל הידיים, כמו שרת.`,
		hostNoteYou: 'המכשיר שלך מריץ את השולחן: כדאי להשאיר אותו פתוח.',
		trouble: (count) =>
			plural(count, { one: 'מישהו מפריע', two: 'מישהו מפריע (פעמיים)', other: 'מישהו מפריע (# פעמים)' }),
		troubleTitle: 'מה מישהו ניסה',
	},

	net: {
		title: 'חיבורים',
		direct: 'ישיר',
		through: (name) => (name === '' ? 'דרך משתתף אחר' : `דרך ${named(name)}`),
		relay: 'דרך השרת של האתר',
		overHost: 'דרך המכשיר המארח',
		none: 'אין קשר מכאן',
		roundTrip: (ms) => `${ms} אלפיות שנייה`,
		doubtful: 'לא יציב',
		hidden: 'ברקע',
		nobody: 'אין כאן אף אחד אחר.',
		meeting: 'נקודת המפגש',
		signalling: {
			open: 'יש אליה קשר. היא נחוצה כדי למצוא זה את זה; משחק שכבר רץ ממשיך גם בלעדיה.',
			connecting: 'אין אליה קשר כרגע. משחק שכבר רץ ממשיך; מי שעוד לא הצטרף לא ימצא את השולחן.',
			closed: 'לא בשימוש: השולחן הזה נשאר במכשיר הזה.',
		},
		findings: 'מה מפריע',
	},
};
