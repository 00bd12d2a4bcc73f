/** Words for saving one's whole history and bringing it to another device, in Hebrew. */
import { named, plural } from '../messages/hebrew.ts';
import type { HistoryMessages } from './history.en.ts';

const games = (count: number): string =>
	plural(count, { one: 'משחק אחד', two: 'שני משחקים', other: '# משחקים' });

export const he: HistoryMessages = {
	title: 'כל המשחקים שלך',
	save: 'שמירת כל המשחקים',
	saveHint: 'קובץ אחד להעברה למכשיר אחר. שלם, עם כל החתימות.',
	table: 'שמירה כטבלה',
	tableHint: 'לגיליון אלקטרוני: שורה לכל משתתף בכל משחק. אי אפשר להביא אותה בחזרה.',
	bring: 'הבאת משחקים מקבצים',
	bringHint: 'מה שכבר כאן נשאר כמו שהוא.',
	progress: (done, of) => `${done} מתוך ${games(of)}`,
	brought: (kept, exists) =>
		kept === 0
			? `אין חדש: ${plural(exists, { one: 'המשחק כבר היה כאן', other: 'כל # המשחקים כבר היו כאן' })}`
			: `${plural(kept, { one: 'משחק אחד נוסף', two: 'שני משחקים נוספו', other: '# משחקים נוספו' })} להיסטוריה${exists > 0 ? `, ${exists} כבר היו כאן` : ''}`,
	conflict: (count) =>
		plural(count, {
			one: 'של משחק אחד יש כאן רישום אחר, והוא נשאר',
			two: 'של שני משחקים יש כאן רישום אחר, והוא נשאר',
			other: 'של # משחקים יש כאן רישום אחר, והוא נשאר',
		}),
	unfinished: (count) =>
		plural(count, {
			one: 'משחק אחד נסגר לפני החלוקה הראשונה ואינו ברשימה',
			two: 'שני משחקים נסגרו לפני החלוקה הראשונה ואינם ברשימה',
			other: '# משחקים נסגרו לפני החלוקה הראשונה ואינם ברשימה',
		}),
	whose: {
		title: (name) => `${named(name)} – זה אני?`,
		line: 'הקובץ נשמר במכשיר של השחקן הזה. אם זה אני, במכשיר אחר, המשחקים האלה הם שלי גם כאן, בהיסטוריה ובסטטיסטיקה. אם לא, הם מופיעים ברשימה כצפייה.',
		mine: 'כן, אלה המשחקים שלי',
		theirs: 'לא, של מישהו אחר',
		done: 'הם נספרים עכשיו כשלי',
	},
	former: {
		line: 'משחקים שהובאו ממכשיר אחר נספרים כשלי.',
		undo: 'להפסיק לספור אותם',
		undone: 'הם שוב משחקים של אחרים',
	},
	nothing: 'עוד אין משחק לשמור',
	failed: 'הדפדפן לא מרשה לדף לשמור, או שאין עוד מקום',
	untouched: 'שום דבר ממנו לא נלקח.',
	inFile: (file, what) => `${named(file)}: ${what}`,
	wrong: {
		too_large: 'הקובץ גדול מכל היסטוריה.',
		not_json: 'הקובץ פגום, או שלא נשמר כאן.',
		not_a_history: 'אין משחקים בקובץ.',
		newer: 'גרסה חדשה יותר שמרה את הקובץ. לטעון את הדף מחדש כדי לקבל אותה.',
		too_many: 'יש בקובץ יותר משחקים ממה שאפשר לשחק.',
		bad_game: (game, fault, index) =>
			`אי אפשר לקרוא את משחק ${game} בקובץ: ${fault}${index === null ? '' : `, באירוע ${index}`}.`,
		not_read: 'המכשיר לא נותן לדף את הקובץ.',
		not_stored: (kept, of) =>
			`לא היה עוד מקום בדפדפן: ${kept} מתוך ${games(of)} בהיסטוריה עכשיו. אפשר להביא את הקובץ שוב, והשאר יתווספו.`,
		bad_hash: (game) => `משחק ${game} בקובץ לא שלם: חסרים אירועים בסוף, או שהסימן שבסוף שונה.`,
		unfinished: (game) => `למשחק ${game} בקובץ אין סוף.`,
		bad_owner: 'מה שכתוב בקובץ על בעל המשחקים שונה אחרי שנשמר.',
		bad_signature: (game, index) => `משחק ${game} בקובץ שונה: אירוע ${index} אינו כפי שנחתם.`,
	},
	faults: {
		too_large: 'הוא גדול מכל משחק',
		not_json: 'הוא פגום',
		not_a_log: 'זה לא משחק',
		newer: 'גרסה חדשה יותר שמרה אותו',
		too_many: 'יש בו יותר אירועים מבכל משחק',
		bad_event: 'הוא פגום',
		no_events: 'אין בו אף אירוע',
		unknown_game: 'הוא מסוג שהגרסה הזאת לא משחקת',
		bad_order: 'האירועים בו לא לפי הסדר: חסרים אירועים, או שהוחלפו',
		unknown_event: 'יש בו אירוע שהגרסה הזאת לא מכירה, או שחסר בו משהו',
	},
};
