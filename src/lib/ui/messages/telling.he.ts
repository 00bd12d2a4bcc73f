/** What is told of a game as it happens, in Hebrew. */
import { list, named, number, plural, to } from './hebrew.ts';
import type { TellingMessages } from './telling.en.ts';

const cards = (count: number): string =>
	plural(count, { one: 'קלף אחד', two: 'שני קלפים', other: '# קלפים' });

export const he: TellingMessages = {
	dealt: (round, count, suitName) => `סיבוב ${round}. ${cards(count)} לכל יד. השליט הוא ${suitName}.`,
	bid: (name, bid) => `${named(name)}: הכרזה ${bid}.`,
	youBid: (bid) => `ההכרזה שלך: ${bid}.`,
	played: (name, card) => `${named(name)}: ${card}.`,
	broken: (suitName) => `השליט נשבר: אפשר להוביל ${suitName}.`,
	trick: (name) => `הלקיחה ${to(name)}.`,
	yourTrick: 'הלקיחה שלך.',
	yourBid: 'תורך להכריז.',
	yourPlay: 'תורך לשחק.',
	yourLead: 'תורך להוביל.',
	round: (round) => `סיבוב ${round} נגמר.`,
	scored: (name, score, total) => `${named(name)} ${number(score)}, סך הכול ${number(total)}.`,
	won: (name) => `המשחק נגמר. הניצחון ${to(name)}.`,
	youWon: 'המשחק נגמר. הניצחון שלך.',
	shared: (names) => `המשחק נגמר. ניצחון משותף: ${list(names)}.`,
	brokenOff: 'המשחק נגמר.',

	watch: {
		watching: 'הגעת לצפות',
		takeSeat: 'לתפוס את המקום הפנוי',
		takeSeatHint: 'הקלפים שלך יחולקו בסיבוב הבא',
		takeOverHint: (name) => `ממשיכים מהסיבוב הבא עם הניקוד של ${named(name)}`,
		noSeat: 'כל המקומות תפוסים',
		nextRound: 'הקלפים שלך יחולקו מהסיבוב הבא',
		leftYou: 'עזבת את המשחק הזה',
		returnToSeat: 'לחזור למקום',
		returnHint: 'בחזרה למקום יחולקו לך קלפים בסיבוב הבא',
		returnNowHint: 'הקלפים שלך כאן; בוט משחק בהם',
	},

	timeIsUp: {
		bot: (name) => `הזמן תם: בוט שיחק במקום ${named(name)}`,
		forced: (name) => `הזמן תם: השולחן שיחק במקום ${named(name)}`,
	},
	yourTimeIsUp: {
		bot: 'הזמן שלך תם: בוט שיחק במקומך',
		forced: 'הזמן שלך תם: השולחן שיחק במקומך',
	},

	onTable: {
		label: 'הלקיחה',
		played: (card, name) => `${card}, ${named(name)}`,
		ledBy: (card, name) => `${card}, הובלה של ${named(name)}`,
		leads: 'הובלה',
		last: 'הלקיחה הקודמת',
		wonBy: (name, card) => `הלקיחה של ${named(name)}, עם ${card}`,
		wonByYou: (card) => `הלקיחה שלך, עם ${card}`,
	},

	summary: {
		over: (round) => `סיבוב ${round}`,
		made: (made, of) => `${made} מתוך ${of} עמדו בהכרזה`,
		allMade: 'כולם עמדו בהכרזה',
		noneMade: 'איש לא עמד בהכרזה',
		next: 'לסיבוב הבא',
		nextIn: (seconds) =>
			`הסיבוב הבא בעוד ${plural(seconds, { one: 'שנייה', two: 'שתי שניות', other: '# שניות' })}`,
		waitingForOthers: 'ממתינים לאחרים',
	},
};
