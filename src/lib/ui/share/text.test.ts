import { describe, expect, it } from 'vitest';
import { toSeat } from '../../game/seats.ts';
import { withoutMarks } from '../messages/bidi.ts';
import type { Result } from './result.ts';
import { shareText } from './share.en.ts';
import { resultText } from './text.ts';

const face = (name: string) => ({ name, color: 0, avatar: 1 });
const result = (names: readonly [string, string]): Result => ({
	variant: 'israeli_whist',
	isOver: true,
	players: [
		{ seat: toSeat(0), face: face(names[0]), total: -20, place: 2, won: false },
		{ seat: toSeat(1), face: face(names[1]), total: 35, place: 1, won: true },
	],
	rows: [
		{
			round: 1,
			isDone: true,
			dealer: toSeat(0),
			declarer: toSeat(1),
			trump: 'H',
			cards: null,
			type: 'over',
			cells: [
				{ said: 3, took: 5, score: -20, total: -20 },
				{ said: 5, took: 5, score: 35, total: 35 },
			],
		},
		{
			round: 2,
			isDone: false,
			dealer: toSeat(1),
			declarer: null,
			trump: null,
			cards: null,
			type: null,
			cells: [null, null],
		},
	],
});

describe('a result as text', () => {
	it('says who won, the order of arrival and every finished round, one a line', () => {
		expect(resultText(result(['Noa', 'Dan']), shareText.english, 'en').split('\n')).toEqual([
			'Israeli Whist: Dan wins (after 1 round)',
			'',
			'1. Dan  35',
			'2. Noa  \u221220',
			'',
			'Round 1 \u2665 over: Noa 3/5 \u221220, Dan 5/5 35',
			'',
			'Kept with Overtrick',
		]);
	});

	it('keeps a minus before its number and a foreign name to itself in Hebrew', async () => {
		await shareText.load('he');
		const words = shareText.in('he') ?? shareText.english;
		const text = resultText(result(['נועה', 'Dan']), words, 'he');
		expect(text).toContain('\u2066\u221220\u2069');
		expect(text).toContain('\u2068Dan\u2069 \u20665/5 35\u2069');
		expect(withoutMarks(text)).toContain('1. Dan  35');
	});

	it('of a game that goes on says how it stands', () => {
		const running = result(['Noa', 'Dan']);
		const players = running.players.map((player) => ({ ...player, won: false }));
		expect(resultText({ ...running, players }, shareText.english, 'en')).toMatch(
			/^Israeli Whist: How it stands/u,
		);
	});
});
