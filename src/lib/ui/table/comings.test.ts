import { describe, expect, it } from 'vitest';
import type { SeatSnapshot } from '../../room/table-client.ts';
import { comings } from './comings.ts';

describe('who comes and goes', () => {
	const seat = (index: number, part: Partial<SeatSnapshot>) =>
		({
			seat: index,
			kind: 'human',
			player: `p${index}`,
			presence: 'here',
			you: false,
			...part,
		}) as SeatSnapshot;

	it('is told of the others, not of the listener', () => {
		const before = [seat(0, { you: true }), seat(1, {}), seat(2, { presence: 'away' })];
		const after = [seat(0, { you: true, presence: 'away' }), seat(1, { presence: 'left' }), seat(2, {})];
		expect(comings(before, after)).toEqual([
			{ type: 'left', seat: 1 },
			{ type: 'back', seat: 2 },
		]);
	});

	it('is back when the next round deals it in, not when it says so', () => {
		const left = [seat(0, { you: true }), seat(1, { presence: 'left' })];
		const returning = [seat(0, { you: true }), seat(1, { presence: 'returning' })];
		expect(comings(left, returning)).toEqual([]);
		expect(comings(returning, [seat(0, { you: true }), seat(1, {})])).toEqual([{ type: 'back', seat: 1 }]);
	});

	it('is nobody at the first look, and whoever takes an empty seat', () => {
		expect(comings([], [seat(0, {})])).toEqual([]);
		const empty = seat(1, { kind: 'empty', player: null });
		expect(comings([seat(0, {}), empty], [seat(0, {}), seat(1, {})])).toEqual([{ type: 'sat', seat: 1 }]);
	});
});
