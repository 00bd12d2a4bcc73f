/** House rules of Israeli Whist, in Hebrew. */
import { plural } from './hebrew.ts';
import type { WhistHouseMessages } from './whist-house.en.ts';

const rounds = (count: number): string =>
	plural(count, { one: 'סיבוב אחד', two: 'שני סיבובים', other: '# סיבובים' });

export const he: WhistHouseMessages = {
	presets: {
		standard: 'רגיל',
		'israeli-30': 'ישראלי 30',
		flat: 'אפס קבוע',
		linear: 'לינארי',
		own: 'ניקוד משלך',
	},
	presetLines: {
		standard: 'עמידה בחוזה: החוזה בריבוע ועוד 10. אפס: 50 באנדר, 25 באובר.',
		'israeli-30': 'כמו הרגיל, אבל אפס שהצליח באובר שווה 30.',
		flat: 'אפס שווה 50 באנדר ו־25 באובר, בהצלחה ובכישלון, ולא משנה בכמה לקיחות.',
		linear: 'עמידה בחוזה: 10, ועוד 10 על כל לקיחה שבו.',
		own: 'ניקוד לפי הבית.',
	},
	scoring: 'ניקוד',
	points: {
		made: {
			title: 'עמידה בחוזה',
			names: { base: 'תמיד', perTrick: 'על כל לקיחה שבו', perSquare: 'החוזה בריבוע, כפול' },
		},
		missed: {
			title: 'כישלון בחוזה',
			names: { base: 'תמיד', perTrick: 'על כל לקיחה עודפת או חסרה' },
		},
		under: {
			title: 'אפס באנדר',
			names: { made: 'הצליח', broken: 'נכשל: הלקיחה הראשונה', further: 'כל לקיחה נוספת' },
		},
		over: {
			title: 'אפס באובר',
			names: { made: 'הצליח', broken: 'נכשל: הלקיחה הראשונה', further: 'כל לקיחה נוספת' },
		},
		examples: 'כלומר',
		example: (contract, tricks, type) => {
			if (contract > 0) return contract === tricks ? `${contract}, בדיוק` : `${contract}, ונלקחו ${tricks}`;
			if (tricks === 0) return `0 שהצליח, ${type === 'over' ? 'אובר' : 'אנדר'}`;
			return `0, ${plural(tricks, { one: 'לקיחה אחת', two: 'שתי לקיחות', other: '# לקיחות' })}`;
		},
	},
	less: (what) => `${what}: פחות`,
	more: (what) => `${what}: יותר`,
	end: 'המשחק נגמר',
	ends: { admin: 'כשמי שמארח מחליט', rounds: 'אחרי מספר סיבובים', score: 'בניקוד מסוים' },
	rounds: 'סיבובים',
	roundsOf: rounds,
	score: 'נקודות לסיום',
	scoreOf: (points) => `${points} נקודות`,
	endsAfter: (count) => `אחרי ${rounds(count)}`,
	endsAt: (points) => `ב־${points} נקודות`,
	passIsFinal: 'פאס הוא סופי',
	passIsFinalHint: 'אחרי פאס אי אפשר לקרוא שוב באותו מכרז.',
	maxFrisch: 'כשכולם אומרים פאס',
	maxFrischs: { 0: 'מחלקים מחדש', 1: 'פריש אחד', 2: 'עד שני פרישים', 3: 'עד שלושה פרישים' },
	direction: 'קלפי הפריש עוברים',
	directions: {
		left: 'שמאלה',
		right: 'ימינה',
		across: 'למי שממול',
		rotate: 'שמאלה, ממול, ימינה לפי התור',
	},
	seats: 'תמיד ארבעה משתתפים.',
	rules: {
		title: 'איך משחקים ויסט ישראלי',
		line: 'לזכות במכרז, או לוותר. ואז לקחת בדיוק כמה שאמרת.',
		description:
			'כללי הוויסט הישראלי לארבעה: המכרז, הפריש, חוזים שסכומם לעולם אינו שלוש עשרה, והניקוד, עם דוגמאות.',
	},
};
