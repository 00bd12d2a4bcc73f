import { describe, expect, it } from 'vitest';
import { csvHeads, csvRows } from './history-csv.ts';
import { madeUpSummary } from './testing.ts';

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** As a spreadsheet reads it. */
function read(csv: string): string[][] {
	return csv
		.trimEnd()
		.split('\r\n')
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
				([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
			),
		);
}

describe('games as a table', () => {
	it('have a row for each player of each game, oldest first, and add up', () => {
		const games = [5, 3, 9].map(madeUpSummary);
		const [heads = [], ...rows] = read(csvHeads() + csvRows([...games, ...games], isoOf));
		expect(rows).toHaveLength(12);
		const column = (name: string) => rows.map((row) => row[heads.indexOf(name)] ?? '');
		expect(column('ended')).toEqual(column('ended').toSorted());
		const scores = games.flatMap(({ players }) => players.map(({ score }) => score));
		const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
		expect(sum(column('score').map(Number))).toBe(sum(scores));
		for (const row of rows) expect(row).toHaveLength(heads.length);
	});

	it('keep any name in its cell, and none of them a formula', () => {
		const game = madeUpSummary(1);
		const names = ['Dan, "the" Man', '=1+1', '@home', 'נועה'];
		const players = game.players.map((line, at) => ({
			...line,
			face: { ...line.face, name: names[at] ?? '' },
		}));
		const [heads = [], ...rows] = read(csvHeads() + csvRows([{ ...game, players }], isoOf));
		expect(rows.map((row) => row[heads.indexOf('player')])).toEqual([
			'Dan, "the" Man',
			"'=1+1",
			"'@home",
			'נועה',
		]);
	});
});
