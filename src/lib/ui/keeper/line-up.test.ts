import { describe, expect, it } from 'vitest';
import { PLAYER_COLORS } from '../../game/table-types.ts';
import { seeded } from '../../cards/seeded.ts';
import { faceFor, lineUpFault, movedTo, parseLastTime, shuffled, swapsFor } from './line-up.ts';

const lines = (...names: string[]) => names.map((name, id) => ({ id, name, isYou: id === 0 }));

describe('a line-up', () => {
	it('on one phone needs a name for as many as the game needs', () => {
		expect(lineUpFault(lines('Noa', ' '), 'el_dorado', 'one')).toEqual({ type: 'few' });
		expect(lineUpFault(lines('Noa', 'Dan'), 'el_dorado', 'one')).toBeNull();
		expect(lineUpFault(lines('Noa', 'Dan', 'Ruth'), 'israeli_whist', 'one')).toEqual({ type: 'few' });
		expect(lineUpFault(lines('Noa', 'Dan', 'Ruth', 'Gil'), 'israeli_whist', 'one')).toBeNull();
	});
	it('with everybody’s own phone may leave seats free', () => {
		expect(lineUpFault(lines('', '', '', ''), 'israeli_whist', 'all')).toBeNull();
		expect(lineUpFault(lines(''), 'el_dorado', 'all')).toEqual({ type: 'few' });
	});
	it('has every name once, however it is typed', () => {
		expect(lineUpFault(lines('Noa', ' Noa '), 'el_dorado', 'one')).toEqual({ type: 'twice', name: 'Noa' });
	});
	it('is moved by one place or to any, and stays as it is at its edge', () => {
		expect(movedTo(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
		expect(movedTo(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
		expect(movedTo(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
	});
	it('is shuffled without losing anybody', () => {
		const source = seeded(4);
		const mixed = shuffled(['a', 'b', 'c', 'd', 'e'], () => source.next32() / 2 ** 32);
		expect(mixed.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
		expect(mixed).not.toEqual(['a', 'b', 'c', 'd', 'e']);
	});
	it('is brought about by swaps', () => {
		for (const order of [
			[0, 1, 2],
			[2, 0, 1],
			[1, 0, 2],
			[3, 2, 1, 0],
			[1, 2, 3, 0],
		]) {
			const seats = order.map((_, place) => place);
			for (const [a, b] of swapsFor(order)) [seats[a], seats[b]] = [seats[b]!, seats[a]!];
			expect(seats).toEqual(order);
		}
		expect(swapsFor([0, 1, 2])).toEqual([]);
	});
	it('of last time is read whatever has become of it', () => {
		expect(parseLastTime(null)).toEqual({
			variant: 'el_dorado',
			phones: 'one',
			names: { el_dorado: [], israeli_whist: [] },
		});
		const kept = {
			variant: 'israeli_whist',
			phones: 'all',
			names: { israeli_whist: [{ name: ' Noa', isYou: true }, 7, { name: ' ' }] },
		};
		expect(parseLastTime(kept)).toEqual({
			variant: 'israeli_whist',
			phones: 'all',
			names: { el_dorado: [], israeli_whist: [{ name: 'Noa', isYou: true }] },
		});
	});
	it('has the same face for the same name, and another colour for every seat', () => {
		expect(faceFor('Noa', 1).avatar).toBe(faceFor('Noa', 4).avatar);
		expect(faceFor('Noa', 1).avatar).not.toBe(faceFor('Dan', 1).avatar);
		const colors = Array.from({ length: PLAYER_COLORS }, (_, seat) => faceFor('x', seat).color);
		expect(new Set(colors).size).toBe(PLAYER_COLORS);
	});
});
