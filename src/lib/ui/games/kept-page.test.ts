import { describe, expect, it } from 'vitest';
import { parseGroupId } from '../../archive/groups.ts';
import { gameNumbered } from '../../stats/testing.ts';
import { keptPage, parseKeptPage, putBack } from './kept-page.ts';

const GROUP = parseGroupId('0b8f2d4e-1c3a-4f5b-8d6e-7a9b0c1d2e3f');
const ALL: Parameters<typeof putBack>[0] = {
	variant: 'all',
	mode: 'all',
	company: 'all',
	period: 'all',
	player: 'all',
	group: null,
};

describe('a page that was left', () => {
	it('comes back with its fields, its rows and its place, through the storage of a reload too', () => {
		if (GROUP === null) throw new Error('that is an id of a group');
		const fields = {
			variant: 'israeli_whist',
			mode: 'keeper',
			company: 'people',
			period: 'year',
			player: 'somebody',
			group: { id: GROUP, games: new Set([gameNumbered(1), gameNumbered(2)]) },
		} as const;
		const kept = parseKeptPage(JSON.parse(JSON.stringify(keptPage(fields, 60, 812))));
		if (kept === null) throw new Error('it was kept');
		expect([kept.rows, kept.top]).toEqual([60, 812]);
		const back = { ...ALL };
		putBack(back, kept);
		expect(back).toEqual(fields);
	});

	it('is new where nothing was kept that this version knows', () => {
		const kept = keptPage(ALL, 20, 0);
		for (const other of [null, 7, {}, { ...kept, rows: -1 }, { ...kept, fields: { variant: 'bridge' } }]) {
			expect(parseKeptPage(other)).toBeNull();
		}
		expect(parseKeptPage({ ...kept, rows: 1e9 })?.rows).toBe(1000);
	});
});
