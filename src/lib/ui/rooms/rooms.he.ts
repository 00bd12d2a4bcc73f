/** Words about tables that anybody may join, in Hebrew. */
import { isolatesOf, leftToRight } from '../messages/bidi.ts';
import { plural } from '../messages/hebrew.ts';
import type { RoomMessages } from './rooms.en.ts';

const isolated = isolatesOf('he');

export const he: RoomMessages = {
	title: 'שולחנות פתוחים',
	line: 'שולחנות שמחכים לכל אחד. אפשר לשבת לאחד מהם או לפתוח שולחן.',
	looking: 'מחפשים שולחנות פתוחים',
	none: 'לאתר הזה אין ארכיון',
	noneHint: 'באתר שיש לו ארכיון מופיעים כאן השולחנות הפתוחים לכולם.',
	failed: 'אין גישה לרשימה',
	failedHint: 'האם יש רשת? לשולחן של חברים מגיעים בכל זאת בקישור שלו.',
	again: 'לנסות שוב',
	game: 'משחק',
	find: 'למצוא לי משחק',
	finding: 'מחפשים שולחן',
	findHint: 'ליד השולחן שחסרים בו הכי מעט; כשאין כזה, ליד שולחן חדש שבוטים מצטרפים אליו אחרי דקה.',
	findFailed: 'לא מצאנו שולחן ולא הצלחנו לפתוח אחד. אפשר לנסות שוב.',
	empty: 'כרגע אין שולחן פתוח',
	emptyHint: 'אפשר למצוא משחק, והשולחן שלך יהיה הראשון.',
	tableOf: (name) => `השולחן של ${isolated(name)}`,
	players: (players, seats) => `${leftToRight(String(players))} מתוך ${leftToRight(String(seats))}`,
	playersSpoken: (players, seats) =>
		`${plural(players, { one: 'שחקן אחד', two: 'שני שחקנים', other: '# שחקנים' })}, ${plural(seats, {
			one: 'מקום אחד',
			two: 'שני מקומות',
			other: '# מקומות',
		})}`,
	watch: 'אפשר לצפות',
	join: 'להצטרף',
	more: 'עוד שולחנות',

	open: 'פתוח לכולם',
	openHint: 'השולחן מופיע ברשימה של האתר כל עוד יש בו מקום פנוי.',
	states: {
		listing: 'בדרך אל הרשימה.',
		listed: 'מופיע ברשימת השולחנות הפתוחים.',
		full: 'מלא: לא מופיע ברשימה עד שיתפנה מקום.',
	},
	problem: 'הרשימה לא עונה. מנסים שוב.',
	tooMany: 'יותר מדי שולחנות בזמן קצר: בינתיים השולחן הזה לא מופיע ברשימה.',
	bots: (seconds) =>
		`בוטים יתפסו את המקומות הפנויים בעוד ${plural(seconds, { one: 'שנייה אחת', two: 'שתי שניות', other: '# שניות' })}.`,
	stop: 'לחכות לאנשים',
	group: (name) => `שולחן של ${isolated(name)}: כל חברי הקבוצה רואים אותו.`,
	create: 'פתוח לכולם',
	createHint: 'מופיע לכל מי שבאתר כל עוד יש בו מקום פנוי.',
};
