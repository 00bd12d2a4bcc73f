import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { checkLog } from '../../game/read-log.ts';
import { parseLogFile } from '../../game/log-file.ts';
import { loadGame } from '../../games/load.ts';
import { summarizeGame } from '../../stats/game-summary.ts';
import { reportOf, type Report } from '../../stats/report.ts';
import { gamesText } from '../messages/games.en.ts';
import { figuresOf } from './figures.ts';

/** The recorded game, counted for whoever sat at this seat. */
async function reportOfSeat(name: string, seat: number): Promise<Report> {
	const text = recordings().find((one) => one.name === name)?.text ?? '';
	const file = parseLogFile(text);
	const read = file.ok ? await checkLog(file.envelopes, loadGame) : null;
	if (read?.ok !== true) throw new Error(`${name} can be read`);
	const summary = summarizeGame(read.log.game, read.log.entries);
	const player = summary.players.find((line) => line.seat === seat)?.player ?? null;
	if (player === null) throw new Error(`nobody sits at ${seat}`);
	return reportOf(player, [summary]);
}
function shownOf(report: Report): Readonly<Record<string, string>> {
	const words = gamesText.in('en')?.stats;
	if (words === undefined) throw new Error('English is always here');
	const groups = figuresOf(report, words, 'en');
	return Object.fromEntries(
		groups.flatMap(({ title, figures }) =>
			figures.map(({ label, value, note }) => [
				`${title}: ${label}`,
				note === undefined ? value : `${value}, ${note}`,
			]),
		),
	);
}

describe('the numbers of the statistics page', () => {
	it('are those of the game that was played', async () => {
		expect(shownOf(await reportOfSeat('el-dorado-taken-over', 1))).toEqual({
			'Games: Played': '1',
			'Games: Won': '1 of 1',
			'Games: Points a game': '29',
			'Games: Points in all': '29',
			'Games: Best game': '29',
			'Games: Worst game': '29',
			'Games: In a row': '1 won',
			'Games: Most wins in a row': '1',
			'Games: Most losses in a row': '0',
			'Games: Time played': '4 min',
			'Games: Last game': 'Jan 1, 2026',
			'Bids: All bids met': '70 %, 7 of 10',
			'Bids: Bids above zero met': '5 of 7',
			'Bids: Zeros met': '2 of 3',
			'Bids: Highest bid met': '4',
			'Bids: Most bids met in a row': '3',
			'Bids: Most missed in a row': '1',
			'Rounds: Played': '10',
			'Rounds: Tricks': '16',
			'Rounds: Best round': '+9',
			'Rounds: Worst round': '\u22126',
			'Rounds: Refused moves': '0',
		});
		// Eight made, three made, one missed: 74 + 19 - 10.
		expect(shownOf(await reportOfSeat('israeli-whist-frisch', 0))).toMatchObject({
			'Games: Points in all': '83',
			'Bids: All bids met': '2 of 3',
			'Bids: Zeros met': '\u2013',
			'Bids: Highest bid met': '8',
			'Bids: Auctions won': '1',
			'Rounds: Tricks': '13',
			'Rounds: Best round': '+74',
			'Rounds: Worst round': '\u221210',
		});
	});

	it('give a share of hundred from enough games and bids on, and always of how many', async () => {
		const { lifetime, ...report } = await reportOfSeat('el-dorado-taken-over', 1);
		const shown = (games: number, won: number, zeros: number) =>
			shownOf({
				...report,
				lifetime: { ...lifetime, gamesPlayed: games, gamesWon: won, zerosAttempted: zeros, zerosMade: 3 },
			});
		expect(shown(4, 3, 9)).toMatchObject({ 'Games: Won': '3 of 4', 'Bids: Zeros met': '3 of 9' });
		expect(shown(5, 3, 10)).toMatchObject({
			'Games: Won': '60 %, 3 of 5',
			'Bids: Zeros met': '30 %, 3 of 10',
		});
	});
});
