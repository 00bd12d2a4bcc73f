import { describe, expect, it } from 'vitest';
import { toSeat } from '../../game/seats.ts';
import { goesOnWithout } from './hand-on.ts';

type Kind = Parameters<typeof goesOnWithout>[0]['seats'][number]['kind'];
const table = (...kinds: readonly Kind[]) => ({
	stage: 'lobby' as const,
	seats: kinds.map((kind, index) => ({ kind, seat: toSeat(index) })),
	you: { seat: toSeat(0) },
});

describe('a table whose host’s page has gone', () => {
	it('goes on while somebody else sits at it with a phone', () => {
		expect(goesOnWithout(table('human', 'human', 'empty'))).toBe(true);
	});

	it('ends with its host among bots and free seats', () => {
		expect(goesOnWithout(table('human', 'bot', 'empty'))).toBe(false);
	});

	it('goes on for a guest when the host does not sit at it', () => {
		expect(goesOnWithout({ ...table('human', 'empty'), you: { seat: null } })).toBe(true);
	});

	it('waits for nobody any more once its game has begun', () => {
		expect(goesOnWithout({ ...table('human', 'human'), stage: 'playing' })).toBe(false);
	});
});
