import { describe, expect, it } from 'vitest';
import { MONTHS_SHOWN, monthsOf } from './months.ts';

const NOW = Date.UTC(2026, 1, 14);

describe('the months of a group', () => {
	it('run from the first with a game to the present one, with those between in which nobody played', () => {
		const played = [
			{ month: '2025-11', games: 3 },
			{ month: '2026-01', games: 1 },
		];
		expect(monthsOf(played, NOW)).toEqual([
			{ month: '2025-11', games: 3 },
			{ month: '2025-12', games: 0 },
			{ month: '2026-01', games: 1 },
			{ month: '2026-02', games: 0 },
		]);
	});

	it('are a year at most, and none before the first game', () => {
		const months = monthsOf([{ month: '2024-06', games: 9 }], NOW);
		expect(months).toHaveLength(MONTHS_SHOWN);
		expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2025-03', '2026-02']);
		expect(months.every(({ games }) => games === 0)).toBe(true);
		expect(monthsOf([], NOW)).toEqual([]);
	});
});
