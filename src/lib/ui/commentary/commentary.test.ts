import { beforeAll, describe, expect, it } from 'vitest';
import { SEAT_FACTS, SHARED_FACTS, TABLE_FACTS, type Fact } from '../../stats/facts.ts';
import { toSeat } from '../../game/seats.ts';
import { withoutMarks } from '../messages/bidi.ts';
import { commentaryText, type CommentaryMessages } from './commentary.en.ts';
import { sentenceOf, wordings } from './told.ts';

/** Those that come in nearly every game have more. */
const LEAST = 4;
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

	it('are at least four a fact, as many in Hebrew', () => {
		for (const fact of FACTS) {
			const count = wordings(fact);
			expect(count, fact.type).toBeGreaterThanOrEqual(LEAST);
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
