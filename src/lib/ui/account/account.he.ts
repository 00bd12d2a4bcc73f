/** Words about the site's archive and one's account there, in Hebrew. */
import { plural } from '../messages/hebrew.ts';
import { leftToRight } from '../messages/bidi.ts';
import type { AccountMessages } from './account.en.ts';

export const he: AccountMessages = {
	title: 'חשבון וארכיון',
	line: 'המשחקים נשמרים בדפדפן הזה. אם לאתר יש ארכיון הם נשלחים גם אליו, ומגיעים למכשירים האחרים שלך.',
	looking: 'מחפשים את הארכיון',
	none: 'לאתר הזה אין ארכיון',
	noneHint: 'המשחקים והנתונים שלך נמצאים בדפדפן הזה, ועובדים גם בלי רשת.',
	failed: 'אין גישה לארכיון',
	failedHint: 'שום דבר לא אבד: מה שצריך להישלח מחכה בדפדפן הזה.',
	again: 'לנסות שוב',
	you: 'החשבון שלך',
	nobody: 'עדיין אין חשבון. הוא נוצר מעצמו עם המשחק הראשון שנשלח לארכיון.',
	anonymous: 'החשבון שלך קיים רק בדפדפן הזה. עם כתובת דוא״ל הוא יהיה גם במכשירים אחרים.',
	signedIn: (email) => `מחובר בתור ${leftToRight(email)}`,
	email: 'דוא״ל',
	password: 'סיסמה',
	passwordHint: 'שמונה תווים או יותר',
	keep: 'לשמור את החשבון תחת הכתובת הזאת',
	signIn: 'כניסה',
	signInHint: 'מה ששוחק במכשיר הזה מצטרף.',
	sendLink: 'לשלוח לי קישור במקום',
	linkSent: 'הקישור בדרך אליך.',
	signOut: 'יציאה',
	remove: 'מחיקת החשבון שלי',
	removeTitle: 'למחוק את החשבון?',
	removeText:
		'השם, התמונה, הכתובת והמפתחות שלך נמחקים מהארכיון. המשחקים נשארים לאחרים, בלי השם שלך. המשחקים שבדפדפן הזה נשארים כאן.',
	removed: 'החשבון נמחק.',
	cancel: 'להשאיר',
	done: 'בוצע.',
	games: 'משחקים בארכיון',
	sent: (games) =>
		plural(games, { one: 'משחק אחד נמצא שם', two: 'שני משחקים נמצאים שם', other: '# משחקים נמצאים שם' }),
	waiting: (games) =>
		plural(games, {
			one: 'משחק אחד מחכה לשליחה',
			two: 'שני משחקים מחכים לשליחה',
			other: '# משחקים מחכים לשליחה',
		}),
	sending: 'שולחים',
	nextAt: (time) => `ניסיון נוסף ב־${leftToRight(time)}`,
	empty: 'עדיין לא נשלח דבר. משחקים שהסתיימו נשלחים מעצמם.',
	refused: (games) =>
		plural(games, { one: 'משחק אחד לא התקבל', two: 'שני משחקים לא התקבלו', other: '# משחקים לא התקבלו' }),
	retry: 'לשלוח שוב',
	now: 'לשלוח עכשיו',
	errors: {
		unreachable: 'הארכיון לא עונה. האם יש רשת?',
		invalid_credentials: 'הכתובת והסיסמה לא מתאימות זו לזו.',
		weak_password: 'הסיסמה קצרה מדי.',
		email_exists: 'לכתובת הזאת כבר יש חשבון: אפשר להיכנס אליו.',
		user_already_exists: 'לכתובת הזאת כבר יש חשבון: אפשר להיכנס אליו.',
		over_email_send_rate_limit: 'נשלחו יותר מדי הודעות בזמן קצר. אפשר לנסות מאוחר יותר.',
		email_address_invalid: 'זאת לא כתובת דוא״ל.',
		key_of_another_account: 'המכשיר הזה שייך לחשבון אחר.',
		other: 'זה לא הצליח.',
	},
};
