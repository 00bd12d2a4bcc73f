/** What is said after a round and at the end of a game, in Hebrew: of nobody's gender, as everywhere. */
import { leftToRight } from '../messages/bidi.ts';
import { list, named, number, plural, to } from '../messages/hebrew.ts';
import { total } from '../messages/numbers.ts';
import type { CommentaryMessages } from './commentary.en.ts';

const tricks = (count: number): string =>
	plural(count, { one: 'לקיחה אחת', two: 'שתי לקיחות', other: '# לקיחות' });
const points = (count: number): string =>
	plural(count, { one: 'נקודה אחת', two: 'שתי נקודות', other: '# נקודות' });
const rounds = (count: number): string =>
	plural(count, { one: 'סיבוב אחד', two: 'שני סיבובים', other: '# סיבובים' });
const misses = (count: number): string =>
	plural(count, { one: 'החטאה אחת', two: 'שתי החטאות', other: '# החטאות' });
const zeros = (count: number): string =>
	plural(count, { one: 'אפס אחד', two: 'שני אפסים', other: '# אפסים' });
const times = (count: number): string => plural(count, { one: 'פעם אחת', two: 'פעמיים', other: '# פעמים' });
const percent = (count: number): string => leftToRight(`${count}%`);
const at = (name: string): string => `אצל ${named(name)}`;
const of = (name: string): string => `של ${named(name)}`;

export const he: CommentaryMessages = {
	label: 'פרשנות',
	seat: {
		swept: [
			(name, count) => `כל ה־${count} ${to(name)}. השאר באו לצפות.`,
			(name) => `טאטוא מלא ${of(name)}. המטאטא עוד חם.`,
			(name, count) => `${tricks(count)}, כתובת אחת: ${named(name)}.`,
			(name) => `${named(name)} בלי להשאיר פירורים.`,
			(name) => `כל הקופה ${to(name)}. מתחלקים בסיבוב הבא.`,
		],
		big_bid_made: [
			(name, count) => `הובטחו ${count}, הגיעו ${count}: משלוח עד הבית ${of(name)}.`,
			(name, count) => `${count} על השולחן, ${count} ביד. ${named(name)} עם הסוף של הספר.`,
			(name, count) => `${count} אמיצות ${of(name)}, ואף לקיחה מיותרת.`,
			(name, count) => `${named(name)}, בפנים רציניות: ${count}. והיה אמת.`,
			(name, count) => `מילים גדולות ${of(name)}: ${count}. גם הקלפים לא קטנים.`,
			(name, count) => `היה צריך ${count}, היו ${count}. כל הכבוד ${to(name)}.`,
		],
		new_leader: [
			(name) => `המקום הראשון עובר ${to(name)}. הנוף משם יפה יותר.`,
			(name) => `שם חדש בראש: ${named(name)}.`,
			(name, count) => `${named(name)} בראש, בהפרש של ${points(count)}.`,
			(name) => `ההובלה עוברת דירה. מהיום היא ${at(name)}.`,
			(name) => `סליחה, אפשר לעבור? ${named(name)} בדרך לראש הטבלה.`,
			(name) => `${named(name)} בראש הטבלה. לכל השאר יש עכשיו את מי לרדוף.`,
		],
		drought_ended: [
			(name, count) => `אחרי ${misses(count)}, סוף סוף גשם: בול ${of(name)}.`,
			(name) => `הנה זה. ${at(name)} עוד זוכרים איך עושים את זה.`,
			(name, count) => `${rounds(count)} של סבלנות ${at(name)}, והשתלם.`,
			(name) => `הקללה הוסרה: ${named(name)} שוב בעניינים.`,
			(name) => `מישהו מצא את המתג. ברוכים השבים, ${named(name)}.`,
		],
		far_over: [
			(name, count) => `${at(name)} הגישו ${count} יותר ממה שהוזמן. מטבח נדיב.`,
			(name) => `הלקיחות פשוט הלכו אחרי ${named(name)} הביתה.`,
			(name, count) => `${count} יותר מדי ${to(name)}: קלפים טובים, תוכניות צנועות.`,
			(name) => `${named(name)} בניסיון להפסיד קצת. הקלפים לא שיתפו פעולה.`,
			(name, count) => `יותר מדי מהטוב, ב־${count}: ${named(name)}.`,
		],
		far_short: [
			(name, count) => `חסרו ${count}. ${at(name)} הוקרן סרט אחר.`,
			(name) => `הלקיחות שהובטחו ${to(name)} כנראה עוד בדואר.`,
			(name, count) => `${named(name)} בדרך לירח. הפספוס: ${count}.`,
			(name) => `תוכניות גדולות ${at(name)}. הקבלן לא הגיע.`,
			(name, count) => `אבדו ${tricks(count)}. המוצא הישר יחזיר ${to(name)}.`,
		],
		only_made: [
			(name) => `רק ${at(name)} מילה זו מילה.`,
			(name) => `יש בינינו מי שיודע לספור. כל הכבוד, ${named(name)}.`,
			(name) => `${named(name)} בול, וכל השאר לא בדיוק.`,
			(name) => `מכל השולחן, רק ${at(name)} ראו את זה בא.`,
			(name) => `הסיבוב הזה ${of(name)}. השאר היו בשכירות.`,
			(name) => `סימן אחד בודד בטבלה, ליד ${named(name)}.`,
		],
		run_ended: [
			(name, count) => `${count} ברצף, ואז זה. אין מושלמים, אפילו לא ${named(name)}.`,
			(name, count) => `הרצף ${of(name)} נעצר ב־${count}. דקת דומייה, בבקשה.`,
			(name) => `גם ${at(name)} מפספסים לפעמים. נרשם.`,
			(name, count) => `לכל דבר טוב יש סוף: ${at(name)} הוא הגיע אחרי ${count}.`,
		],
		made_run: [
			(name, count) => `${count} ברצף ${to(name)}. שמישהו יבדוק את השרוולים.`,
			(name, count) => `שוב ${named(name)}: ${count} הבטחות, בלי הפסקה.`,
			(name, count) => `${count} ברצף. ${at(name)} כבר לא מנחשים.`,
			(name) => `אפשר לכוון שעון לפי ${named(name)}.`,
			(name, count) => `${named(name)} עם ${count}. זה מתחיל להיראות קל.`,
			(name) => `מה שנאמר ${at(name)}, קורה. אולי מילה טובה על מזג האוויר?`,
		],
		only_missed: [
			(name) => `כולם הגיעו ליעד, ורק ${named(name)} דרך הנוף.`,
			(name) => `כולם עמדו במילה, ו${at(name)} שמרו על המתח.`,
			(name) => `מקום אחד משלמות. הסיבוב הבא של התה על חשבון ${named(name)}.`,
			(name) => `כמעט כולנו. בפעם הבאה ${named(name)} בראש.`,
		],
		zero_held: [
			(name, count) =>
				`${plural(count, { one: 'קלף אחד', two: 'שני קלפים', other: '# קלפים' })} ואף לקיחה: התחמקות למופת ${of(name)}.`,
			(name) => `הוזמן כלום, והגיע כלום. ${at(name)} זה קשה יותר ממה שזה נראה.`,
			(name) => `כלום הובטח, כלום נלקח. אמנות, מאת ${named(name)}.`,
			(name) => `סיבוב שלם בלי להשאיר עקבות: ${named(name)}.`,
			(name) => `אפס מושלם ${of(name)}.`,
		],
		climbed: [
			(name, count) => `${named(name)} במקום ${count}, שתי מדרגות בכל צעד.`,
			(name) => `זהירות במעלית: ${named(name)} למעלה.`,
			(name, count) => `ברוכים הבאים למקום ${count}: ${named(name)} בחברה טובה.`,
			(name) => `טיפוס חלק ${of(name)}.`,
		],
		zero_broken: [
			(name) => `${at(name)} אמרו אפס. לקיחה אחת מצאה את הדרך פנימה.`,
			(name) => `בלי לקיחות, ביקשו ${at(name)}, וקיבלו אחת.`,
			(name) => `לאפס ${of(name)} יש נזילה.`,
			(name) => `תמיד יש אחת שמתעקשת. היא הלכה ${to(name)}.`,
			(name) => `אפס זה מספר קטן. ${at(name)} פספסו אותו בקושי.`,
		],
		zero_burst: [
			(name, count) => `${at(name)} הזמינו אפס, והמטבח שלח ${count}.`,
			(name, count) =>
				`לאפס ${of(name)} יש ${plural(count, { one: 'חור אחד', two: 'שני חורים', other: '# חורים' })}.`,
			(name, count) => `${tricks(count)} הגיעו לאפס ${of(name)} בלי הזמנה.`,
			(name, count) => `האפס ${of(name)} טבע, ו${tricks(count)} על הסיפון.`,
		],
		pulls_away: [
			(name, count) => `${points(count)} קדימה: ${named(name)} כבר רק נקודה באופק.`,
			(name) => `מישהו מנופף מלמעלה. זה מהכיוון ${of(name)}.`,
			(name, count) => `${points(count)} של אור יום מאחורי ${named(name)}. יש מתנדבים?`,
			(name) => `שמישהו יביא ${to(name)} משהו לנשנש, ומשהו שיסיח את הדעת.`,
		],
		missed_run: [
			(name) => `הקלפים כבר חייבים ${to(name)} טובה.`,
			(name) => `המזל ${of(name)} נשמר לסוף. בטח הצטבר הרבה.`,
			(name, count) => `${count} שברחו ברצף. הבא בתור ${of(name)}.`,
			(name) => `לא לגלות ${to(name)} את הסיכויים. הם עומדים להתהפך.`,
			(name) => `ראש למעלה, ${named(name)}: לקלפים אין זיכרון.`,
		],
		one_over: [
			(name) => `לקיחה אחת נדבקה ${to(name)} בלי הזמנה.`,
			(name, count) => `הוזמנו ${count}, ואחת על חשבון הבית: ${named(name)}.`,
			(name) => `אחת יותר מדי ${to(name)}. פשוט באה הביתה, כמו חתול רחוב.`,
			(name) => `אחת מיותרת ${at(name)}. קורה בשולחנות הכי טובים.`,
			(name, count) => `${count} היה יוצא יפה, ${named(name)}. אבל הייתה עוד אחת.`,
			(name) => `מתנה שאף אחד לא ביקש, עם שליח עד ${named(name)}.`,
		],
		one_short: [
			(name) => `חסרה אחת. ${at(name)} כמעט נגעו בה.`,
			(name) => `${at(name)} ספרו לקיחה שהיו לה תוכניות אחרות.`,
			(name, count) => `${count} היה בקלפים, ${named(name)}. בקלפים של מישהו אחר.`,
			(name) => `כל כך קרוב, ${named(name)}. איפשהו נסיך מחייך.`,
			(name) => `חסרה ${to(name)} רק אחת. תמיד אותה אחת.`,
			(name) => `בין ${named(name)} לבול: קלף אחד.`,
		],
		perfect: [
			(name, count) => `${rounds(count)}, וכל מילה סלע. למסגר, ${named(name)}.`,
			(name) => `${at(name)} לא פספסו אפילו פעם אחת. ספרנו שוב, ליתר ביטחון.`,
			(name) => `משחק בלי רבב ${of(name)}. מתי השיעור?`,
			(name, count) => `${count} מתוך ${count}: יש קרבת משפחה בין ${named(name)} לקלפים.`,
		],
		comeback: [
			(name, count) => `פיגור של ${points(count)}, ובסוף ${named(name)}. איזו דרך חזרה.`,
			(name) => `לא מוותרים על ${named(name)}. אנחנו ויתרנו, והנה.`,
			(name, count) => `${points(count)} מאחור, ו${at(name)} שכחו להיכנע.`,
			(name) => `על זה עוד יספרו: ${named(name)}, מרחוק ועד הסוף.`,
		],
		last_gasp: [
			(name) => `${named(name)} בראש בדיוק כשצריך: ממש בסוף.`,
			(name) => `רק הסיבוב האחרון שואל מי בראש. ${at(name)} ידעו.`,
			(name) => `גנבה על סף הדלת, מאת ${named(name)}.`,
			(name) => `את הקלף הטוב ביותר שמרו ${at(name)} לסוף ההצגה.`,
		],
		blowout: [
			(name, count) => `${named(name)} בהפרש של ${points(count)}. נגמר לפני התה.`,
			(name) => `ניצחון כזה גדול ${of(name)}, שהפסקנו למדוד.`,
			(name, count) => `${points(count)} הפרש. ${to(name)} היה זמן לנופף.`,
			(name) => `היה מרוץ, ובנפרד היה גם ${named(name)}.`,
		],
		narrow: [
			(name, count) => `בין התהילה למקום השני: ${points(count)}. התהילה ${of(name)}.`,
			(name) => `גמר צילום, ומי שמחייך בתמונה: ${named(name)}.`,
			(name, count) => `${named(name)} בהפרש של ${points(count)}. וזה הספיק.`,
			(name) => `על חוט השערה: ${named(name)}. החוט בדרך למסגרת.`,
		],
		wire_to_wire: [
			(name) => `בראש מהסיבוב הראשון ועד האחרון, ובלי להזיע: ${named(name)}.`,
			(name, count) => `${rounds(count)} בראש. ${at(name)} לא ראו אף גב.`,
			(name) => `זינוק, כל ההקפות, דגל: ${named(name)}.`,
			(name) => `אף אחד לא עקף את ${named(name)}, ולא שלא ניסו.`,
		],
		below_zero: [
			(name) => `גם ניצחון מתחת לאפס הוא ניצחון. הנפילה ${of(name)} הייתה החיננית ביותר.`,
			(name) => `כולם הפסידו משהו, ו${at(name)} הפסידו הכי מעט.`,
			(name) => `מקום ראשון ${to(name)}, בערך. גם למרתף יש נוף.`,
			(name) => `משחק כזה. המעיל החם ביותר היה ${of(name)}.`,
		],
		sharpest: [
			(name, count) => `הכי הרבה הבטחות שקוימו: ${named(name)}, ${count}. הנקודות הלכו לשכנים.`,
			(name) => `הקריאה הטובה ביותר בקלפים הייתה ${of(name)}. הטבלה חולקת.`,
			(name, count) => `${count} בול ${to(name)}. מגיע על זה גביע.`,
			(name) => `אם דיוק היה מנצח, הנאום היה ${of(name)}.`,
		],
		zero_master: [
			(name, count) => `${zeros(count)} ${to(name)}: לעשות מהכול כלום.`,
			(name) => `אמנות ההיעלמות, מאת ${named(name)}.`,
			(name, count) => `כלום, ${times(count)}, ובכוונה: ${named(name)}.`,
			(name) => `לקיחות? ${at(name)} העדיפו שלא, וזה עבד.`,
		],
		best_round: [
			(name, count) => `סיבוב המשחק: ${named(name)}, ${points(count)} בבת אחת.`,
			(name, count) => `הסיבוב הטוב מכולם הולך הביתה עם ${named(name)}: ${count} במכה.`,
			(name) => `הסיבוב היפה ביותר היה ${of(name)}. לאלבום.`,
			(name) => `סיבוב אחד במשחק היה כולו ${of(name)}.`,
		],
		bold: [
			(name, count) => `המילה האמיצה שקוימה: ${count}, מאת ${named(name)}.`,
			(name, count) => `${count}, בקול רם, ואז גם במעשים: ${named(name)}.`,
			(name, count) => `המזל הולך עם האמיצים: ${count} נאמרו, ${count} נלקחו, והכול ${of(name)}.`,
			(name, count) => `המספר הגבוה ביותר שהתגשם: ${count}, ${of(name)}.`,
		],
		plain_win: [
			(name) => `ניצחון טוב וישר ${of(name)}.`,
			(name) => `${named(name)}, ובצדק. שיחקתם יפה, כולכם.`,
			(name, count) => `${named(name)}, עם עודף של ${points(count)}. לערבב שוב?`,
			(name) => `הפעם הקלפים אהבו את ${named(name)}. הם הפכפכים, כידוע.`,
			(name) => `הניצחון ${of(name)}, וגם הזכות להזכיר את זה עד המשחק הבא.`,
		],
	},
	seats: {
		shared_lead: [
			(names) => `${list(names)} חולקים את הראש. יש שם מקום לאחד.`,
			(names, count) => `${list(names)}, ${number(total(count))} לכל אחד. בנימוס, בינתיים.`,
			(names) => `צפוף למעלה: ${list(names)}.`,
			(names) => `${list(names)} צמודים. נא לאסוף מרפקים.`,
		],
		close_race: [
			(names, count) => `${points(count)} בין ${list(names)}. לנשום.`,
			(names) => `${list(names)} כבר יכולים ללחוץ ידיים.`,
			(names) => `קלף לא נכנס בין ${list(names)}.`,
			(names) => `${list(names)}: בסוף זה ייפול על שבע. תמיד זה נופל על שבע.`,
		],
		tie: [
			(names, count) => `${list(names)}, ${number(total(count))} לכל אחד. הקלפים סירבו לבחור.`,
			(names) => `תיקו בין ${list(names)}. זה מחייב עוד משחק.`,
			(names) => `אחרי כל זה, ${list(names)} בדיוק כמו בהתחלה: שווים.`,
			(names) => `${list(names)} נפגשים בפסגה. יש אוויר לכולם.`,
		],
	},
	table: {
		everyone_made: [
			() => 'כולם עמדו במילה. מישהו רושם את זה?',
			() => 'כולנו, בול. אף אחד לא זז.',
			(count) => `${count} משתתפים, ${count} הבטחות שקוימו. למסגר.`,
			() => 'אף החטאה בשולחן. הקלפים מסמיקים.',
			() => 'סיבוב מושלם. אולי זה לא יקרה שוב, אז ליהנות.',
			() => 'כולם צודקים בבת אחת. שמישהו יזמין עיתונאים.',
		],
		nobody_made: [
			() => 'אף אחד לא עמד במילה. על זה לא נדבר.',
			() => 'סיבוב לפח. הלאה.',
			() => 'כולנו טעינו, כל אחד בדרכו.',
			() => 'את הסיבוב הזה ניצחו הקלפים.',
			() => 'צרת רבים, חצי נחמה.',
			() => 'איפשהו מגדת עתידות מנידה בראשה.',
		],
		three_frischs: [
			() => 'שלושה פרישים בסיבוב. הקלפים כבר מכירים את כל השולחן.',
			() => 'שלוש פעמים הסתובבו הקלפים עד שמישהו אמר משהו. אנשים זהירים.',
			() => 'פריש שלישי גלידה: סוף סוף מישהו אמר משהו.',
			() => 'שלושה פרישים. היה כמעט מהר יותר פשוט לשחק.',
		],
		frisch: [
			() => 'אף אחד לא אהב את הקלפים שלו, אז כולם קיבלו של מישהו אחר.',
			(count) =>
				`${plural(count, { one: 'פריש קטן', two: 'שני פרישים קטנים', other: '# פרישים קטנים' })}, לאוורר את החדר.`,
			() => 'קודם ביישנות, אחר כך קלפים בטיול, ורק אז משחק.',
			() => 'אחרי פריש כולם יודעים כמה קלפים שלא היו צריכים לדעת.',
		],
		overbid: [
			(count) => `הובטחו ${tricks(count)} יותר ממה שיש. החשבון ניצח.`,
			() => 'שולחן עם ביטחון עצמי. לחפיסה הייתה דעה אחרת.',
			(count) => `השולחן ביקש ${count} יותר מדי. מישהו היה חייב להתאכזב.`,
			() => 'ביחד זה היה יותר מדי. זה לא היה אמור להיכנס.',
		],
		underbid: [
			(count) => `${tricks(count)} שאף אחד לא רצה. בסוף לכולן נמצא בית.`,
			() => 'שולחן צנוע: את הלקיחות חילקו בכוח.',
			(count) => `${count} יתומות בחלוקה הזאת, וכולן אומצו.`,
			() => 'אחריך. לא, אחריך. ככה הסתובבו הלקיחות.',
		],
		plain: [
			(count) =>
				`${plural(count, { one: 'הבטחה אחת קוימה', two: 'שתי הבטחות קוימו', other: '# הבטחות קוימו' })}. סיבוב כמו כוס תה.`,
			() => 'בלי זיקוקים. בחלוקה הבאה, בטוח.',
			() => 'סיבוב שקט. מישהו מתכנן משהו.',
			() => 'אין מה לכתוב הביתה, אז לא כתבנו.',
			() => 'סיבוב לאניני טעם.',
			() => 'בינתיים כולם מנומסים.',
		],
		lead_changes: [
			(count) => `ההובלה החליפה ידיים ${times(count)}. בטח מסתחרר לה הראש.`,
			(count) => `${count} חילופים בפסגה: אף אחד לא היה שם לבטח.`,
			(count) => `המקום הראשון עבר מיד ליד ${times(count)}, כמו העוגיות.`,
			(count) => `ההובלה עברה דירה ${times(count)} במשחק אחד.`,
		],
		sharp_table: [
			(count) => `${percent(count)} מההבטחות קוימו. שולחן של רואי חשבון.`,
			(count) => `חברה חדה: ${percent(count)} בול.`,
			(count) => `${percent(count)} קוימו. בשולחן הזה מילה זו מילה.`,
			(count) => `עם ${percent(count)} בול, מישהו פה התאמן בבית.`,
		],
		wild_table: [
			(count) => `${percent(count)} מההבטחות קוימו. העיקר הכוונה.`,
			(count) => `רק ${percent(count)} התגשמו. משחק אמיץ, או לפחות מצחיק.`,
			(count) => `${percent(count)} בול. גם בפוליטיקה היו מתרשמים.`,
			(count) => `${percent(count)} קוימו: הקלפים נהנו מאוד.`,
		],
	},
};
