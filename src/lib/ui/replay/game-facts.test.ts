import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { summarizeGame } from '../../stats/game-summary.ts';
import { replayText } from '../messages/replay.en.ts';
import { gameFacts, highlightLines, playerFacts } from './game-facts.ts';
import { openFile, timedEvents } from './open-game.ts';

async function summaryOf(name: string) {
	const text = recordings().find((one) => one.name === name)?.text ?? '';
	const opened = await openFile(new Blob([text]));
	if (!opened.ok) throw new Error(`${name} can be opened`);
	return summarizeGame(opened.value.game, timedEvents(opened.value));
}
const words = () => {
	const found = replayText.in('en')?.facts;
	if (found === undefined) throw new Error('English is always here');
	return found;
};

describe('a game in numbers', () => {
	it('tells of the table what its record holds, and whose each is', async () => {
		const shown = async (name: string) =>
			Object.fromEntries(
				gameFacts(await summaryOf(name), words(), 'en').map(({ label, value, note }) => [
					label,
					note === undefined ? value : `${value} ${note}`,
				]),
			);
		expect(await shown('el-dorado-taken-over')).toEqual({
			Rounds: '10',
			Time: '4 min',
			'Highest score': '29 Dan',
			'Lowest score': '\u22123 Yael',
			'Best round': '9 Host and Dan',
			'Highest bid': '5 Yael',
			'Most bids met in a row': '4 Host',
			'Most missed in a row': '2 Host and Yael',
			'Bids against tricks': '1 over, 4 under',
		});
		expect(await shown('israeli-whist-frisch')).toMatchObject({ 'Highest score': '83 Host', Frischs: '2' });
		// Of a notation nobody knows how long it took.
		expect(await shown('israeli-whist-1')).not.toHaveProperty('Time');
	});

	it('tells of each player as much as the table has columns, and nobody who was never dealt in', async () => {
		const summary = await summaryOf('el-dorado-taken-over');
		const rows = playerFacts(summary, words());
		expect(rows.map(({ name, cells }) => [name, ...cells])).toEqual([
			['Host', '14', '6/10', '19', '4', '+9', '\u22127', '4', '2', '0'],
			['Dan', '29', '7/10', '16', '4', '+9', '\u22126', '3', '1', '0'],
			['Yael', '\u22123', '5/10', '20', '3', '+8', '\u221210', '2', '2', '0'],
		]);
		for (const { cells } of rows) expect(cells).toHaveLength(words().columns.length);
		const absent = { ...summary, players: summary.players.map((line) => ({ ...line, rounds: 0 })) };
		expect(playerFacts(absent, words())).toEqual([]);
	});

	it('remembers what stood out', async () => {
		const summary = await summaryOf('el-dorado-taken-over');
		expect(highlightLines({ ...summary, highlights: ['comeback', 'three_frischs'] }, words())).toEqual([
			words().highlights.comeback,
			words().highlights.three_frischs,
		]);
	});
});
