/** Words for saving one's whole history and bringing it to another device, in Hebrew. */
import { plural } from '../messages/hebrew.ts';
import type { HistoryMessages } from './history.en.ts';

const games = (count: number): string =>
	plural(count, { one: 'משחק אחד', two: 'שני משחקים', other: '# משחקים' });

export const he: HistoryMessages = {
	title: 'כל המשחקים שלך',
	save: 'שמירת כל המשחקים',
	saveHint: 'קובץ אחד להעברה למכשיר אחר. שלם, עם כל החתימות.',
	table: 'שמירה כטבלה',
	tableHint: 'לגיליון אלקטרוני: שורה לכל משתתף בכל משחק. אי אפשר להביא אותה בחזרה.',
	bring: 'הבאת משחקים מקובץ',
	bringHint: 'מה שכבר כאן נשאר כמו שהוא.',
	progress: (done, of) => `${done} מתוך ${games(of)}`,
	brought: (kept, exists) =>
		kept === 0
			? `אין חדש: ${plural(exists, { one: 'המשחק כבר היה כאן', other: 'כל # המשחקים כבר היו כאן' })}`
			: `${plural(kept, { one: 'משחק אחד נוסף', two: 'שני משחקים נוספו', other: '# משחקים נוספו' })} להיסטוריה${exists > 0 ? `, ${exists} כבר היו כאן` : ''}`,
	nothing: 'עוד אין משחק לשמור',
	failed: 'הדפדפן לא מרשה לדף לשמור, או שאין עוד מקום',
	untouched: 'שום דבר מהקובץ לא נלקח.',
	wrong: {
		too_large: 'הקובץ גדול מכל היסטוריה.',
		not_json: 'הקובץ פגום, או שלא נשמר כאן.',
		not_a_history: 'אין משחקים בקובץ.',
		newer: 'גרסה חדשה יותר שמרה את הקובץ. לטעון את הדף מחדש כדי לקבל אותה.',
		too_many: 'יש בקובץ יותר משחקים ממה שאפשר לשחק.',
		bad_game: (game, fault, index) =>
			`אי אפשר לקרוא את משחק ${game} בקובץ: ${fault}${index === null ? '' : `, באירוע ${index}`}.`,
		unknown_game: (game) => `משחק ${game} בקובץ הוא מסוג שהגרסה הזאת לא מכירה.`,
		bad_hash: (game) => `משחק ${game} בקובץ שונה אחרי שנשמר.`,
		unfinished: (game) => `למשחק ${game} בקובץ אין סוף.`,
		bad_event: (game, index) => `משחק ${game} בקובץ שונה: אירוע ${index} אינו כפי שנחתם.`,
	},
	faults: {
		too_large: 'הוא גדול מכל משחק',
		not_json: 'הוא פגום',
		not_a_log: 'זה לא משחק',
		newer: 'גרסה חדשה יותר שמרה אותו',
		too_many: 'יש בו יותר אירועים מבכל משחק',
		bad_event: 'הוא פגום',
	},
};
