import { describe, expect, it } from 'vitest';
import type { OpenRoom, RoomCursor } from '../../archive/rooms.ts';
import type { Variant } from '../../game/game.ts';
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

/** Tables of El Dorado, each under a code of its own. */
const many = (count: number): readonly OpenRoom[] =>
	Array.from({ length: count }, (_, n) => ({
		...ROOM,
		code: `A${String.fromCharCode(65 + Math.floor(n / 26))}${String.fromCharCode(65 + (n % 26))}AAA` as RoomCode,
	}));

function setUp(rooms: readonly OpenRoom[]) {
	const clock = createFakeClock();
	const asked: (Variant | undefined)[] = [];
	const created: TableRequest[] = [];
	const opened: [RoomCode, OpenTable][] = [];
	const parts = {
		clock,
		rooms: {
			// As the site's list is: of the game that is asked for, fifty at once, newest first.
			list(after: RoomCursor | null, variant?: Variant) {
				asked.push(variant);
				const wanted = rooms.filter((room) => variant === undefined || room.variant === variant);
				const start = after === null ? 0 : wanted.findIndex(({ code }) => code === after.code) + 1;
				const page = wanted.slice(start, start + 50);
				const last = page.length === 50 ? page.at(-1) : undefined;
				return Promise.resolve({
					rooms: page,
					next: last === undefined ? null : { code: last.code, createdAt: '' },
				});
			},
		},
		isOwn: (code: RoomCode) => code === 'QQQQQQ',
		create: (request: TableRequest) => {
			created.push(request);
			return Promise.resolve('/t/GHJKMN#h=x' as const);
		},
		keepOpen: (code: RoomCode, open: OpenTable) => void opened.push([code, open]),
	};
	return { asked, clock, created, opened, parts };
}

describe('who looks for a game', () => {
	it('is sent to a table that waits, and opens none', async () => {
		const { parts, created } = setUp([ROOM]);
		expect(await findGameWith(parts, 'el_dorado')).toBe('/t/ABCDEF');
		expect(created).toEqual([]);
	});

	it('is found one behind fifty tables of the other game', async () => {
		const whist: OpenRoom = { ...ROOM, code: 'WWWWWW' as RoomCode, variant: 'israeli_whist' };
		const { parts, asked } = setUp([...many(50), whist]);
		expect(await findGameWith(parts, 'israeli_whist')).toBe('/t/WWWWWW');
		expect(asked).toEqual(['israeli_whist']);
	});

	it('is sent to the fullest of all, and asks for so many pages at most', async () => {
		const fullest: OpenRoom = { ...ROOM, code: 'FFFFFF' as RoomCode, players: 3 };
		expect(await findGameWith(setUp([...many(60), fullest]).parts, 'el_dorado')).toBe('/t/FFFFFF');
		const { parts, asked } = setUp([...many(300), fullest]);
		expect(await findGameWith(parts, 'el_dorado')).not.toBe('/t/FFFFFF');
		expect(asked).toHaveLength(4);
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
