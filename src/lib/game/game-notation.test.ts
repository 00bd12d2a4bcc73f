import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGame } from '../games/load.ts';
import { playedTable } from '../stats/testing.ts';
import { formatNotation, MAX_NOTATION_LENGTH, parseNotation } from './game-notation.ts';
import { isTableEvent } from './table-parse.ts';
import { DANA, HOST, openTable, type SampleTable } from './testing.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import type { LogEvent } from './table-types.ts';

const DATE = '2026-11-22T15:00:00.000Z';
const ofGame = (events: readonly LogEvent[]) => events.filter((event) => !isTableEvent(event));

function textOf({ table, events }: SampleTable): string {
	const text = formatNotation(table.game, events, DATE);
	if (text === null) throw new Error('a game with open hands can be written');
	return text;
}
async function errorIn(text: string) {
	const parsed = await parseNotation(text, loadGame);
	if (parsed.ok) throw new Error('it is read');
	const { code, line, column, refusal } = parsed.error;
	return [code, line, column, refusal];
}

describe('the notation of a game', () => {
	it('is read back to the same events of the game, for both games, from two to ten seats', async () => {
		const tables = [
			...[1, 2, 3, 4, 5, 6].map((seed) => playedTable('israeli_whist', seed)),
			...[2, 3, 4, 5, 6, 10].map((seats) => playedTable('el_dorado', seats, { seats })),
		];
		for (const table of tables) {
			const parsed = await parseNotation(textOf(table), loadGame);
			if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
			expect(ofGame(parsed.events)).toEqual(ofGame(table.events));
			expect(parsed.date).toBe(DATE);
		}
	});

	it('is the same text again when what was read is written', async () => {
		const text = textOf(playedTable('el_dorado', 8));
		const parsed = await parseNotation(text, loadGame);
		if (!parsed.ok) throw new Error(parsed.error.code);
		expect(formatNotation(parsed.game, parsed.events, parsed.date)).toBe(text);
	});

	it('keeps who was absent from which round (El Dorado 6.3)', async () => {
		const table = openTable({ game: EL_DORADO, rules: { seats: 4 } });
		table.sit(DANA);
		table.addBot(2);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 2);
		table.take(DANA, { type: 'leave_seat' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 5);
		table.take(DANA, { type: 'return_to_seat' });
		table.playUntil(({ stage }) => stage === 'finished');
		const parsed = await parseNotation(textOf(table), loadGame);
		if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
		expect(ofGame(parsed.events)).toEqual(ofGame(table.events));
	});

	it('is not to be had of a game with closed hands', () => {
		const { table, events } = playedTable('el_dorado', 1);
		const closed = events.map((event) =>
			event.type === 'cards_dealt' && !isTableEvent(event)
				? table.game.openHands(event, [null, null, null, null])
				: event,
		);
		expect(formatNotation(table.game, closed, DATE)).toBeNull();
	});

	it('says line, column and what is wrong', async () => {
		const text = textOf(playedTable('el_dorado', 4));
		const lines = text.split('\n');
		const bids = lines.findIndex((line) => line.startsWith('Bids'));
		const hand = lines.findIndex((line) => line.startsWith('  Hand'));
		const at = (index: number, from: string | RegExp, to: string) =>
			lines.with(index, (lines[index] ?? '').replace(from, to)).join('\n');
		expect(await errorIn('')).toEqual(['not_notation', 1, 1, null]);
		expect(await errorIn('[Event "chess"]')).toEqual(['not_notation', 1, 1, null]);
		expect(await errorIn(text.replace('[Overtrick 1]', '[Overtrick 9]'))).toEqual(['newer', 1, 1, null]);
		expect(await errorIn(text.replace('[Game el_dorado]', '[Game chess]'))).toEqual(['bad_tag', 2, 1, null]);
		for (const date of ['2026-19-39T29:59:59Z', '2026-02-30T00:00:00Z', 'today'])
			expect(await errorIn(text.replace(DATE, date)), date).toEqual(['bad_date', 3, 1, null]);
		expect(await errorIn(text.replace('[Seats', '[Chairs'))).toEqual(['unknown_tag', 5, 1, null]);
		expect(await errorIn(at(bids, /(\d+):(\d+)/, '$1:11'))).toEqual([
			'illegal_move',
			bids + 1,
			6,
			'invalid_bid',
		]);
		expect(await errorIn(at(bids, /(\d+):/, '9:'))).toEqual(['bad_move', bids + 1, 6, null]);
		expect(await errorIn(at(hand, / ([2-9TJQKA][CDHS])/, ' QX'))).toEqual(['bad_card', hand + 1, 10, null]);
		expect(await errorIn(at(hand, / [2-9TJQKA][CDHS]/, ''))).toEqual(['bad_deal', hand, 1, null]);
		expect(await errorIn(text.replace('Bids', 'Bets'))).toEqual(['unknown_word', bids + 1, 1, null]);
		const [, card] = /1\. \d:(\w\w)/.exec(text) ?? [];
		const second = text.indexOf(' 2. ');
		const twice = `${text.slice(0, second)}${text.slice(second).replace(/:(\w\w)/, `:${card ?? ''}`)}`;
		expect((await errorIn(twice))[3]).toBe('card_not_in_hand');
	});

	it('skips comments, blank lines and foreign line ends', async () => {
		const text = textOf(playedTable('el_dorado', 9));
		const commented = text
			.replace('\nPlay', '\n{ a long\nremark: Play 1:XX }\nPlay ; and another')
			.replaceAll('\n', '\r\n');
		expect((await parseNotation(commented, loadGame)).ok).toBe(true);
	});

	it('never throws and harms nothing, whatever it is given', async () => {
		const text = textOf(playedTable('el_dorado', 3));
		expect(await errorIn(' '.repeat(MAX_NOTATION_LENGTH + 1))).toEqual(['too_long', 1, 1, null]);
		const evil = text.replace(/\[Options .*\]/, '[Options {"__proto__":{"polluted":1}}]');
		expect(await errorIn(evil)).toEqual(['bad_tag', 4, 1, null]);
		expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
		const words = fc.constantFrom(
			'Round',
			'Hand',
			'trump',
			'QH',
			'Bids',
			'1:3',
			'Play',
			'2:AS!bot',
			'End',
			'[',
			'{',
			'1',
			'constructor',
			'__proto__',
		);
		const head = text.slice(0, text.indexOf('Round'));
		await fc.assert(
			fc.asyncProperty(fc.array(words, { maxLength: 40 }), async (list) => {
				await parseNotation(head + list.join(' '), loadGame);
			}),
			{ numRuns: 200 },
		);
		await fc.assert(
			fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), async (place, inserted) => {
				await parseNotation(text.slice(0, place) + inserted + text.slice(place + 1), loadGame);
			}),
			{ numRuns: 200 },
		);
	});
});
