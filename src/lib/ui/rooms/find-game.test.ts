import { describe, expect, it } from 'vitest';
import type { OpenRoom } from '../../archive/rooms.ts';
import type { RoomCode } from '../../game/table-types.ts';
import { createFakeClock } from '../../room/clock.ts';
import type { TableRequest } from '../create-table.ts';
import type { OpenTable } from '../groups/group-tables.ts';
import { FILL_AFTER_MS } from './fill-countdown.ts';
import { findGameWith } from './find-game.ts';

const ROOM: OpenRoom = {
	code: 'ABCDEF' as RoomCode,
	host: { name: 'Noa', color: 0, avatar: 1 },
	variant: 'el_dorado',
	players: 2,
	seats: 4,
	spectators: true,
	openedAt: 0,
};

function setUp(rooms: readonly OpenRoom[]) {
	const clock = createFakeClock();
	const created: TableRequest[] = [];
	const opened: [RoomCode, OpenTable][] = [];
	const parts = {
		clock,
		rooms: { list: () => Promise.resolve({ rooms, next: null }) },
		isOwn: (code: RoomCode) => code === 'QQQQQQ',
		create: (request: TableRequest) => {
			created.push(request);
			return Promise.resolve('/t/GHJKMN#h=x' as const);
		},
		keepOpen: (code: RoomCode, open: OpenTable) => void opened.push([code, open]),
	};
	return { clock, created, opened, parts };
}

describe('who looks for a game', () => {
	it('is sent to a table that waits, and opens none', async () => {
		const { parts, created } = setUp([ROOM]);
		expect(await findGameWith(parts, 'el_dorado')).toBe('/t/ABCDEF');
		expect(created).toEqual([]);
	});

	it('opens one of that game when none waits, open to anybody, for bots after a minute', async () => {
		const { parts, created, opened, clock } = setUp([
			ROOM,
			{ ...ROOM, code: 'QQQQQQ' as RoomCode, players: 3 },
		]);
		expect(await findGameWith(parts, 'israeli_whist')).toBe('/t/GHJKMN#h=x');
		expect(created).toMatchObject([
			{ variant: 'israeli_whist', rules: { seats: 4 }, bots: null, private: false, solo: false },
		]);
		expect(opened).toEqual([['GHJKMN', { fillAt: clock.now() + FILL_AFTER_MS }]]);
	});

	it('does not join a table of its own', async () => {
		const { parts, created } = setUp([{ ...ROOM, code: 'QQQQQQ' as RoomCode }]);
		await findGameWith(parts, 'el_dorado');
		expect(created).toHaveLength(1);
	});
});
