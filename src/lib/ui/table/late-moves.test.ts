import { describe, expect, it } from 'vitest';
import type { SeatIndex } from '../../game/game.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';
import { newlyLate } from './late-moves.ts';

const seat = (index: number, part: Partial<SeatSnapshot> = {}) =>
	({ seat: index, kind: 'human', you: index === 0, presence: 'here', ...part }) as SeatSnapshot;
const moved = (index: number, of: number, seats = [seat(0), seat(1)]) => ({
	movedFor: { seat: of as SeatIndex, by: 'forced' as const, index },
	seats,
});

describe('a move that the turn timer made', () => {
	it('is told of once, to its owner as their own', () => {
		expect(newlyLate(-1, moved(30, 1))).toEqual({ seat: 1, by: 'forced', isYou: false });
		expect(newlyLate(30, moved(30, 1))).toBeNull();
		expect(newlyLate(30, moved(34, 0))).toEqual({ seat: 0, by: 'forced', isYou: true });
		expect(newlyLate(-1, { ...moved(1, 1), movedFor: null })).toBeNull();
	});

	it('is not told of a player who is away: that is said all the time', () => {
		expect(newlyLate(-1, moved(30, 1, [seat(0), seat(1, { presence: 'away' })]))).toBeNull();
		expect(newlyLate(-1, moved(30, 1, [seat(0), seat(1, { kind: 'bot' })]))).toBeNull();
	});
});
