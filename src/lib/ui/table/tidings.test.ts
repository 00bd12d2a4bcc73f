import { describe, expect, it } from 'vitest';
import { GAME_ID } from '../../game/testing.ts';
import type { GameId } from '../../game/table-types.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';
import { tidings } from './tidings.ts';

interface Looked {
	readonly you: number;
	readonly voided: number;
	readonly game: GameId | null;
}

/** Three at a table, this seat hosting. */
const look = (host: number | null, { you = 2, voided = 0, game = GAME_ID }: Partial<Looked> = {}) => ({
	game,
	voided,
	isAdmin: host === you,
	seats: [0, 1, 2].map((seat) => ({
		seat,
		player: `p${seat}`,
		host: seat === host,
	})) as unknown as SeatSnapshot[],
});

describe('what changed at a table by itself', () => {
	it('is who hosts now, after a takeover as after a handover', () => {
		expect(tidings(look(0), look(1))).toEqual(['hosts']);
		expect(tidings(look(0), look(2))).toEqual(['you_host']);
		expect(tidings(look(1), look(1))).toEqual([]);
	});

	it('is that a round was void and is dealt again, with the host who deals it', () => {
		expect(tidings(look(0), look(2, { voided: 1 }))).toEqual(['you_host', 'dealt_again']);
		expect(tidings(look(1, { voided: 1 }), look(1, { voided: 1 }))).toEqual([]);
	});

	it('is nothing at the first look, nor with another game', () => {
		expect(tidings(look(null, { game: null }), look(0))).toEqual([]);
		expect(tidings(look(0), look(1, { game: 'BBBBBBBBBBBBBBBBBBBBBB' as GameId, voided: 2 }))).toEqual([]);
	});
});
