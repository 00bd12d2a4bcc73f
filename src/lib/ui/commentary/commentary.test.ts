import { beforeAll, describe, expect, it } from 'vitest';
import { SEAT_FACTS, SHARED_FACTS, TABLE_FACTS, type Fact, type SeatFact } from '../../stats/facts.ts';
import { MAX_WORDINGS, MIN_WORDINGS } from '../../stats/opening-words.ts';
import { toSeat } from '../../game/seats.ts';
import { withoutMarks } from '../messages/bidi.ts';
import { commentaryText, type CommentaryMessages } from './commentary.en.ts';
import { sentenceOf, wordings } from './told.ts';

const NAMES = ['נועה', 'Dan', 'Ruth'];
const FACTS: readonly Fact[] = [0, 1, 2, 3, 7, -12].flatMap((number) => [
	...SEAT_FACTS.map((type) => ({ about: 'seat' as const, type, seat: toSeat(0), number, weight: 0 })),
	...SHARED_FACTS.map((type) => ({
		about: 'seats' as const,
		type,
		seats: [toSeat(1), toSeat(0)],
		number,
		weight: 0,
	})),
	...TABLE_FACTS.map((type) => ({ about: 'table' as const, type, number, weight: 0 })),
]);

describe('the words of the commentary', () => {
	let hebrew: CommentaryMessages;
	beforeAll(async () => {
		await commentaryText.load('he');
		hebrew = commentaryText.in('he') ?? commentaryText.english;
	});
	const say = (words: CommentaryMessages, fact: Fact, wording: number) =>
		withoutMarks(sentenceOf(words, { fact, wording }, (seat) => NAMES[seat] ?? ''));

	it('are four to six a fact, as many in Hebrew', () => {
		for (const fact of FACTS) {
			const count = wordings(fact);
			expect(count, fact.type).toBeGreaterThanOrEqual(MIN_WORDINGS);
			expect(count, fact.type).toBeLessThanOrEqual(MAX_WORDINGS);
			expect(say(hebrew, fact, count - 1), fact.type).not.toBe('');
			expect(say(hebrew, fact, count), fact.type).toBe('');
		}
	});

	it('are no line twice, and short enough for two lines of a phone', () => {
		for (const words of [commentaryText.english, hebrew]) {
			const all = FACTS.filter(({ number }) => number === 7).flatMap((fact) =>
				Array.from({ length: wordings(fact) }, (_, wording) => say(words, fact, wording)),
			);
			expect(new Set(all).size).toBe(all.length);
			for (const line of all) expect(line.length, line).toBeLessThanOrEqual(90);
		}
	});

	it('speak of one trick only where it was one: of a zero that is broken, not of one that is burst', () => {
		const wordingsOf = (words: CommentaryMessages, type: SeatFact, number: number) =>
			FACTS.filter((fact) => fact.type === type && fact.number === number).flatMap((fact) =>
				Array.from({ length: wordings(fact) }, (_, wording) => say(words, fact, wording)),
			);
		const ONE_TRICK = /\b(one|a trick)\b|אחת/u;
		for (const words of [commentaryText.english, hebrew]) {
			expect(wordingsOf(words, 'zero_broken', 1).some((line) => ONE_TRICK.test(line))).toBe(true);
			for (const number of [2, 3, 7]) {
				for (const line of wordingsOf(words, 'zero_burst', number)) expect(line).not.toMatch(ONE_TRICK);
			}
		}
	});

	it('do not say at what time of day the game was', () => {
		for (const words of [commentaryText.english, hebrew]) {
			for (const fact of FACTS) {
				for (let wording = 0; wording < wordings(fact); wording += 1) {
					expect(say(words, fact, wording)).not.toMatch(/tonight|evening|הערב|(?<!\p{L})ערב/u);
				}
			}
		}
	});

	it('name whom they are about', () => {
		for (const words of [commentaryText.english, hebrew]) {
			for (const fact of FACTS) {
				if (fact.about === 'table') continue;
				for (let wording = 0; wording < wordings(fact); wording += 1) {
					expect(say(words, fact, wording)).toContain('נועה');
				}
			}
		}
	});
});
