import { describe, expect, it } from 'vitest';
import type { SeatIndex } from '../../game/game.ts';
import { tableText } from '../messages/table.en.ts';
import { tellingText } from '../messages/telling.en.ts';
import { whistText } from '../messages/whist.en.ts';
import { withoutMarks } from '../messages/bidi.ts';
import { wordsOf as elDoradoWords } from './el-dorado/words.ts';
import { wordsOf as whistWords } from './israeli-whist/words.ts';
import type { Listener } from './told-words.ts';

const NAMES = ['Noa', 'Dan', 'Ruth'];
const at = (seat: number) => seat as SeatIndex;
const listener = (own: number | null): Listener => ({
	say: tellingText.english,
	words: tableText.english,
	own: own === null ? null : at(own),
	nameOf: (seat) => NAMES[seat] ?? '',
});
const over = (winners: readonly number[], own: number | null) =>
	elDoradoWords({ type: 'over', winners: winners.map(at) }, null, listener(own));
const bid = (seat: number, own: number | null) =>
	elDoradoWords({ type: 'bid', seat: at(seat), bid: 3 }, null, listener(own));

describe('what is read aloud, in words', () => {
	it('tells a bid of another and one\u2019s own, each in its person', () => {
		expect([bid(1, 0), bid(0, 0), bid(0, null)]).toEqual(['Dan bids 3.', 'You bid 3.', 'Noa bids 3.']);
	});

	it('tells who won, alone or together, the listener as such', () => {
		expect([over([1], 0), over([0], 0), over([0, 1], null), over([1, 0], 0), over([], 0)]).toEqual([
			'The game is over. Dan wins.',
			'The game is over. You win.',
			'The game is over. Noa and Dan share the win.',
			'The game is over. You and Dan share the win.',
			'The game is over.',
		]);
	});

	it('says when trump is broken, and in which suit', () => {
		expect(elDoradoWords({ type: 'broken', suit: 'H' }, 'H', listener(0))).toBe(
			'Trump is broken: hearts may be led.',
		);
	});

	it('tells who plays the contract of Israeli Whist, the listener as such', () => {
		const won = { type: 'won', seat: at(1), bid: { amount: 6, strain: 'hearts' } } as const;
		const words = (own: number) => whistWords(won, whistText.english, listener(own));
		expect([words(0), words(1)]).toEqual(['Dan plays 6 hearts.', 'You play 6 hearts.']);
	});

	it('is said of nobody in the third person who hears it in Hebrew', async () => {
		await Promise.all([tellingText.load('he'), tableText.load('he')]);
		const say = tellingText.in('he');
		const words = tableText.in('he');
		if (say === null || words === null) throw new Error('no Hebrew');
		const own = { ...listener(0), say, words };
		expect(withoutMarks(elDoradoWords({ type: 'bid', seat: at(0), bid: 3 }, null, own))).toBe(
			'ההכרזה שלך: 3.',
		);
		expect(elDoradoWords({ type: 'over', winners: [at(0)] }, null, own)).toBe('המשחק נגמר. הניצחון שלך.');
	});
});
