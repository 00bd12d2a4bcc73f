/** The words of every page's frame, in Hebrew. */
import type { FrameMessages } from './frame.en.ts';

export const he: FrameMessages = {
	app: {
		name: 'Overtrick',
		description: 'משחקי קלפים עם חברים, מטלפון לטלפון: פותחים שולחן, שולחים קישור ומשחקים. בלי הרשמה.',
		title: (page) => `${page} · Overtrick`,
		skip: 'דילוג לתוכן',
		back: 'חזרה',
		home: 'לדף הבית',
		loading: 'רק רגע',
		offline: 'אין חיבור לרשת',
		update: 'יש גרסה חדשה.',
		updateNow: 'לטעון אותה',
		updateDone: 'החיבור חזר',
		languageMissing: 'לא הצלחנו להביא את השפה. כדאי לבדוק את הרשת ולנסות שוב.',
	},
	errors: {
		notFoundTitle: 'אין כאן שולחן',
		notFound: 'הכתובת הזאת לא מובילה לשום מקום. אולי חסרה אות בקישור.',
		brokenTitle: 'נפל קלף מהשולחן',
		broken: 'קרה משהו שלא היה צריך לקרות. המשחקים שלך שמורים במכשיר הזה; בדרך כלל עוזר לטעון את הדף מחדש.',
		offlineTitle: 'אין רשת',
		offline: 'החלק הזה עוד לא נמצא במכשיר. די בחיבור אחד לרשת כדי שיישמר.',
		again: 'לטעון מחדש',
		home: 'לדף הבית',
		details: 'מה קרה',
	},
};
