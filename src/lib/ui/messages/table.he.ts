/** Words of the table, in Hebrew, as cards are talked of in Israel. */
import type { Suit } from '../../cards/card.ts';
import { leftToRight } from './bidi.ts';
import { list, named, number, plural } from './hebrew.ts';
import type { TableMessages } from './table.en.ts';

const SUIT_NAMES: Readonly<Record<Suit, string>> = { C: 'תלתן', D: 'יהלום', H: 'לב', S: 'עלה' };
const RANK_NAMES = {
	'2': '2',
	'3': '3',
	'4': '4',
	'5': '5',
	'6': '6',
	'7': '7',
	'8': '8',
	'9': '9',
	T: '10',
	J: 'נסיך',
	Q: 'מלכה',
	K: 'מלך',
	A: 'אס',
} as const;

const tricks = (count: number): string =>
	plural(count, { one: 'לקיחה אחת', two: 'שתי לקיחות', other: '# לקיחות' });
const cards = (count: number): string =>
	plural(count, { one: 'קלף אחד', two: 'שני קלפים', other: '# קלפים' });

export const he: TableMessages = {
	title: {
		description: 'שולחן קלפים בין חברים: פותחים את הקישור, מתיישבים ומשחקים. בלי הרשמה.',
		table: (code) => `שולחן ${leftToRight(code)}`,
		solo: 'משחק יחיד',
		kept: 'ניקוד',
		yourTurn: 'התור שלך',
		lobby: (code) => `לפני המשחק, ${leftToRight(code)}`,
		end: 'המשחק נגמר',
	},

	cards: {
		card: (rank, suit) => `${RANK_NAMES[rank]} ${SUIT_NAMES[suit]}`,
		suit: (suit) => SUIT_NAMES[suit],
		hand: (count) => `היד שלך, ${cards(count)}`,
		emptyHand: 'אין קלפים ביד',
		keys: 'החצים עוברים בין הקלפים, Enter משחק את הקלף.',
		pickKeys: 'החצים עוברים בין הקלפים, Enter בוחר קלף או מחזיר אותו.',
		new: 'חדש',
		play: (card) => `לשחק ${card}`,
		lifted: (card) => `${card} באוויר. עוד הקשה משחקת אותו.`,
		notNow: 'אי אפשר לשחק אותו עכשיו',
	},

	strip: {
		say: 'לומר משהו',
		round: (round, of) => `סיבוב ${round} מתוך ${of}`,
		roundShort: (round, of) => `${round}/${of}`,
		roundLabel: 'סיבוב',
		trump: 'שליט',
		trumpIs: (card, suit, broken) => `השליט הוא ${SUIT_NAMES[suit]}${broken ? ', ונשבר' : ''}; נפתח ${card}`,
		trumpNow: (suit) => `השליט: ${SUIT_NAMES[suit]}`,
		broken: 'נשבר',
		unbroken: 'לא נשבר',
		bids: 'הכרזות',
		bidsOf: (sum, of) => `${sum} מתוך ${of}`,
		left: (left) => (left === 0 ? 'בול' : left > 0 ? `חסר ${left}` : `עודף ${-left}`),
		sum: (sum, of) => `סכום ההכרזות ${sum}, על ${tricks(of)}`,
		lastTrick: 'לקיחה קודמת',
		noLastTrick: 'בסיבוב הזה עוד לא הייתה לקיחה',
		sheet: 'טבלת הניקוד',
		hideSheet: 'להסתיר את טבלת הניקוד',
		menu: 'תפריט השולחן',
	},

	bids: {
		question: 'כמה לקיחות להכריז?',
		yours: (bid) => `ההכרזה שלך: ${bid}`,
		bid: (bid) => `להכריז ${bid}`,
		forbidden: (bid, of) => `אסור ${bid}: סכום ההכרזות יהיה ${of}`,
		waiting: 'מכריזים כשמגיע התור',
	},

	why: {
		mustFollow: (suit) => `חובה ללכת אחרי הסדרה: יש לך ${SUIT_NAMES[suit]}`,
		trumpNotBroken: (suit) => `השליט עוד לא נשבר: אפשר להוביל הכול חוץ מ${SUIT_NAMES[suit]}`,
		notYourTurn: (name) => `עוד לא: התור של ${named(name)}`,
		bidFirst: 'קודם כולם מכריזים, ואז משחקים',
		hook: (sum) => `את זה אי אפשר: אסור שסכום ההכרזות יהיה ${sum}`,
		offline: 'אין חיבור: זה יעבור כשהוא יחזור',
	},

	refused: {
		not_your_turn: 'זה כבר לא היה התור שלך',
		invalid_phase: 'מאוחר מדי: המשחק כבר התקדם',
		invalid_bid: 'ההכרזה הזאת אסורה',
		card_not_in_hand: 'הקלף הזה לא אצלך',
		must_follow_suit: 'חובה ללכת אחרי הסדרה',
		cannot_lead_trump: 'עוד אי אפשר להוביל שליט',
		unknown_card: 'אין קלף כזה',
		not_seated: 'אין לך מקום בשולחן הזה',
		room_full: 'השולחן מלא',
		game_over: 'המשחק נגמר',
		rate_limited: 'מהר מדי: כדאי לחכות רגע ולנסות שוב',
		not_admin: 'זה שמור למי שמארח את השולחן',
		seat_taken: 'מישהו הקדים אותך: המקום תפוס',
		no_such_seat: 'אין מקום כזה',
		not_ready: 'לא כולם מוכנים',
		need_players: 'צריך לפחות שני משתתפים',
		invalid_options: 'כללי הבית האלה לא הולכים ביחד',
		invalid_name: 'אי אפשר להשתמש בשם הזה',
		already_seated: 'כבר יש לך מקום',
		unknown_command: 'אצל מי שמארח רצה גרסה אחרת של התוכנה',
		bid_below_minimum: 'ההכרזה נמוכה מהמינימום',
		bid_not_higher: 'הכרזה צריכה להיות גבוהה מהקודמת',
		contract_below_bid: 'החוזה לא יכול להיות נמוך מההכרזה שזכתה',
		total_thirteen: 'אסור שסכום החוזים יהיה 13',
		need_three_cards: 'מעבירים בדיוק שלושה קלפים',
		all_tricks_taken: 'כל הלקיחות של הסיבוב כבר נלקחו',
		nothing_to_undo: 'אין מה לבטל',
		need_four_players: 'צריך ארבעה משתתפים',
		tricks_do_not_add_up: 'סכום הלקיחות לא מסתדר',
		no_such_round: 'עוד אין סיבוב כזה',
	},

	status: {
		yourBid: 'ההכרזה שלך',
		yourLead: 'ההובלה שלך',
		yourPlay: 'התור שלך',
		bid: (name) => `ממתינים להכרזה של ${named(name)}`,
		lead: (name) => `ממתינים להובלה של ${named(name)}`,
		play: (name) => `ממתינים לקלף של ${named(name)}`,
		standInBot: (name) => `בוט משחק במקום ${named(name)}`,
		standInForced: (name) => `${named(name)} לא כאן: השולחן משחק בינתיים`,
		absent: (name) => `${named(name)} לא כאן: השולחן מחכה`,
		roundOver: 'הסיבוב נגמר',
		dealing: 'מחלקים',
		needPlayers: (count) =>
			plural(count, {
				one: 'ממתינים למשתתף',
				two: 'ממתינים: צריך שני משתתפים כדי לשחק',
				other: 'ממתינים: צריך # משתתפים כדי לשחק',
			}),
		hostAway: (name) => `אין קשר עם המכשיר המארח, של ${named(name)}. מכשיר אחר לוקח את השולחן`,
		hostAwayAlone: (name, seconds) =>
			`אין קשר עם המכשיר המארח, של ${named(name)}. השולחן עובר אליך בעוד ${plural(seconds, { one: 'שנייה', two: 'שתי שניות', other: '# שניות' })}`,
		hostAwayWaits: (names) => `אין קשר: ${list(names)}. המשחק ימשיך כשעוד מישהו מהם יחזור`,
		over: 'המשחק נגמר',
		standInForYou: {
			bot: 'בוט משחק במקומך. מהלך אחד שלך, והמקום שוב שלך',
			forced: 'השולחן משחק במקומך. מהלך אחד שלך, והמקום שוב שלך',
		},
	},

	seats: {
		/** On the viewer's own place, in their own words: the one neutral form there is. */
		you: 'אני',
		botOf: (level) => `בוט ${level}`,
		host: 'אירוח',
		ready: 'מוכן/ה',
		empty: 'מקום פנוי',
		seat: (seat) => `מקום ${seat}`,
		dealer: 'חלוקה',
		dealerShort: 'מ',
		standIn: 'בוט במקום',
		away: 'לא כאן',
		left: 'לא בשולחן',
		out: 'מהסיבוב הבא',
		weak: 'חיבור חלש',
		lost: 'אין חיבור',
		plate: (name, bid, taken, score) =>
			bid === null
				? `${named(name)}, עוד אין הכרזה, ניקוד ${number(score)}`
				: `${named(name)}, הכרזה ${bid}, נלקחו ${taken}, ניקוד ${number(score)}`,
		absentPlate: (name) => `${named(name)}, לא בסיבוב הזה`,
		bidTook: (bid, taken) => `הכרזה ${bid}, נלקחו ${taken}`,
		noBid: 'עוד אין הכרזה',
		people: 'משתתפים',
	},

	say: {
		away: (name) => `${named(name)} לא כאן.`,
		back: (name) => `${named(name)} שוב כאן.`,
		left: (name) => `${named(name)} כבר לא בשולחן.`,
		sat: (name) => `עוד מקום נתפס: ${named(name)}.`,
	},

	net: {
		finding: {
			no_webrtc: 'הדפדפן הזה לא יכול להתחבר ישירות לאחרים. Chrome, \u200fFirefox ו־Safari יכולים.',
			webrtc_refused:
				'הדפדפן מסרב להתחבר: תוסף, או הגדרה של המכשיר, אוסרים עליו. כדאי לנסות בלי התוסף, או בדפדפן אחר.',
			no_candidates:
				'הדפדפן לא מוצא כתובת שאפשר להגיע אליו בה. כדאי לבדוק שהמכשיר מחובר לרשת, ושאין תוסף שמסתיר את הכתובת.',
			hidden_addresses:
				'הדפדפן מסתיר את הכתובות שלו, והרשת הזאת לא יודעת לפענח אותן. אפשר להתחבר לאותה רשת אלחוטית, או להרשות פעם אחת מצלמה או מיקרופון.',
			servers_silent:
				'השרתים שעוזרים להתחבר לא עונים. אולי הרשת הזאת חוסמת אותם: כדאי לנסות רשת אלחוטית אחרת, או גלישה סלולרית.',
			turn: 'השרת שמעביר את החיבורים לא קיבל את פרטי הכניסה. את זה צריך לתקן מי שמפעיל את האתר.',
			ice_servers: 'לא הצלחנו לקבל את רשימת השרתים שעוזרים להתחבר. בניסיון הבא היא תתבקש שוב.',
			signalling: 'אין קשר עם נקודת המפגש. כדאי לבדוק את הרשת; הדף ממשיך לנסות.',
		},
	},

	join: {
		joining: 'מחפשים את השולחן',
		joiningHint: 'זה לוקח שנייה או שתיים.',
		joiningLong: 'עוד מחפשים. אולי המכשיר המארח ישן.',
		nobody: (code) => `אין תשובה בקוד ${leftToRight(code)}`,
		nobodyHint:
			'השולחן צריך להיות פתוח במכשיר המארח. אפשר לבקש שיעירו שם את הטלפון, או לבדוק את הקוד; הדף ממשיך לנסות.',
		kicked: 'הוציאו אותך מהשולחן',
		kickedHint: 'אפשר לפתוח שולחן משלך, או לבקש קישור אחר.',
		full: 'אין מקום לצפות',
		fullHint: 'כל המקומות תפוסים, ואי אפשר להצטרף כצופים. אפשר לבקש ממי שמארח, או לנסות אחר כך.',
		wrong: 'זה לא השולחן של הקישור הזה',
		wrongHint: 'בקוד הזה עונה מכשיר אחר. כדאי לבקש את הקישור שוב, כדי לדעת בוודאות עם מי משחקים.',
		taken: 'המשחק שלך בלשונית אחרת',
		takenHint: 'השולחן נפתח שוב, כאן או במכשיר אחר שלך, והמקום שלך שם עכשיו.',
		takeBack: 'לשחק כאן',
		newTable: 'פתיחת שולחן',
		home: 'לדף הבית',
		retry: 'לנסות שוב',
		partMissing: 'חסר חלק מהדף',
		partMissingHint: 'לא הצלחנו להביא אותו. כדאי לבדוק את הרשת; המשחק שמור.',
		failed: 'אי אפשר לפתוח את השולחן',
		failedHint: (why) => `משהו במכשיר הזה מפריע (${leftToRight(why)}). שום דבר לא אבד; כדאי לנסות שוב.`,
		hostAway: (name) => `אין קשר עם המכשיר של ${named(name)}, שמריץ את השולחן. מחפשים אותו.`,
	},

	lobby: {
		heading: 'ממתינים למשתתפים',
		soloHeading: 'השולחן שלך',
		intro: 'שולחים את הקישור לחברים. הם צריכים רק דפדפן.',
		code: 'קוד השולחן',
		spellCode: (code) => `קוד השולחן ${leftToRight(code.split('').join(' '))}`,
		share: 'שיתוף',
		copyLink: 'העתקה',
		copied: 'הקישור הועתק',
		copyFailed: 'הדפדפן לא מרשה לדף להעתיק. אפשר לסמן את הקישור ולהעתיק ידנית.',
		qr: 'קוד QR',
		qrHint: 'מכוונים אליו מצלמה של טלפון',
		shareText: 'בואו לשחק איתי קלפים ב־Overtrick',
		invite: 'הזמנה',
		seats: 'מקומות',
		seatsTaken: (taken, of) => `${taken} מתוך ${of} תפוסים`,
		sitHere: 'לשבת כאן',
		moveHere: 'לעבור לכאן',
		addBot: 'להוסיף בוט',
		fill: 'למלא בבוטים',
		remove: (name) => `להסיר את ${named(name)}`,
		more: (name) => `${named(name)}: עוד`,
		swapWith: 'החלפת מקומות\u2026',
		swapHere: 'להחליף לכאן',
		swapHint: (name) => `עם מי ${named(name)} בהחלפה?`,
		toWatchers: 'להעביר לצפייה',
		kick: 'הסרה לתמיד\u2026',
		kickTitle: (name) => `להסיר את ${named(name)} מהשולחן?`,
		kickText: (name) => `הקישור הזה כבר לא יעבוד אצל ${named(name)}. אי אפשר לבטל את זה.`,
		kickYes: 'להסיר',
		cancel: 'ביטול',
		standUp: 'לקום מהמקום',
		levels: { novice: 'מתחיל', club: 'מנוסה' },
		level: 'רמת הבוט',
		levelHint: { novice: 'לומד: מכריז באומץ, שוכח קלפים', club: 'יציב: סופר וזוכר' },
		ready: 'אפשר להתחיל מבחינתי',
		youAreReady: 'מבחינתך אפשר להתחיל',
		start: 'להתחיל לשחק',
		waitForHost: (name) => `ההתחלה בידי ${named(name)}`,
		rules: 'כללי הבית',
		watchers: 'בצפייה',
		youWatch: 'הגעת לצפות',
		watchHint: 'אפשר לתפוס מקום ולשחק.',
		youLook: 'איך רואים אותך',
		edit: 'שינוי השם והמראה',
		startWhy: {
			need_players: 'צריך לפחות שני משתתפים: אפשר להזמין מישהו או להוסיף בוט',
			need_four_players: 'צריך ארבעה משתתפים: אפשר להזמין מישהו או להוסיף בוט',
			not_ready: (names) => `ממתינים לאישור של ${list(names)}`,
			other: 'עוד אי אפשר להתחיל',
		},
	},

	rules: {
		seats: 'מקומות בשולחן',
		on: 'כן',
		off: 'לא',
		onlyHost: 'את אלה קובע מי שמארח.',
	},
};
