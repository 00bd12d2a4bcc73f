import { describe, expect, it } from 'vitest';
import type { GameId, RoomCode } from '../game/table-types.ts';
import { createFakeClock } from '../room/clock.ts';
import { RemoteError } from './remote.ts';
import {
	createRoomLease,
	HAND_ON_MS,
	OF_ANOTHER_HOST,
	RENEW_MS,
	RETRY_MS,
	type LeaseState,
} from './room-lease.ts';
import { fittingRoom, type Listing, type OpenRoom } from './rooms.ts';

const TABLE: Listing = {
	code: 'ABCDEF' as RoomCode,
	game: 'AAAAAAAAAAAAAAAAAAAAAA' as GameId,
	variant: 'el_dorado',
	players: 1,
	seats: 4,
	spectators: true,
};

/** A list that notes what it is told. */
function setUp() {
	const clock = createFakeClock();
	const told: string[] = [];
	const states: LeaseState[] = [];
	const world = { isThere: true, problem: null as RemoteError | null };
	const say = (word: string): Promise<void> => {
		told.push(word);
		return world.problem === null ? Promise.resolve() : Promise.reject(world.problem);
	};
	const lease = createRoomLease({
		clock,
		onChange: (state) => states.push(state),
		rooms: {
			publish: ({ code, players, seats }) => say(`publish ${code} ${players}/${seats}`),
			renew: async (code, players) => {
				await say(`renew ${code} ${players}`);
				return world.isThere;
			},
			close: (code) => say(`close ${code}`),
		},
	});
	const wait = async (ms: number): Promise<void> => {
		await clock.advance(ms);
		await lease.idle();
	};
	return { lease, told, states, world, wait };
}

describe('a table open to anybody', () => {
	it('is published at once and renewed every thirty seconds', async () => {
		const { lease, told, states, wait } = setUp();
		lease.set(TABLE);
		await lease.idle();
		expect(told).toEqual(['publish ABCDEF 1/4']);
		for (let n = 0; n < 3; n++) await wait(RENEW_MS);
		expect(told.slice(1)).toEqual(['renew ABCDEF 1', 'renew ABCDEF 1', 'renew ABCDEF 1']);
		expect(states.at(-1)).toEqual({ type: 'listed' });
	});

	it('tells at once who sits down, and is taken off when it is full', async () => {
		const { lease, told, wait } = setUp();
		lease.set(TABLE);
		await lease.idle();
		lease.set({ ...TABLE, players: 3 });
		lease.set({ ...TABLE, players: 3 });
		await lease.idle();
		lease.set({ ...TABLE, players: 4 });
		await lease.idle();
		await wait(10 * RENEW_MS);
		expect(told).toEqual(['publish ABCDEF 1/4', 'renew ABCDEF 3', 'close ABCDEF']);
	});

	it('is published again when somebody gets up, or its lease has run out', async () => {
		const { lease, told, world, wait } = setUp();
		lease.set({ ...TABLE, players: 4 });
		await lease.idle();
		lease.set(TABLE);
		await lease.idle();
		world.isThere = false;
		await wait(RENEW_MS);
		expect(told).toEqual(['publish ABCDEF 1/4', 'renew ABCDEF 1', 'publish ABCDEF 1/4']);
	});

	it('is published anew with another number of seats', async () => {
		const { lease, told } = setUp();
		lease.set(TABLE);
		await lease.idle();
		lease.set({ ...TABLE, seats: 6 });
		await lease.idle();
		expect(told).toEqual(['publish ABCDEF 1/4', 'publish ABCDEF 1/6']);
	});

	it('is tried again when the archive does not answer, and says why meanwhile', async () => {
		const { lease, told, states, world, wait } = setUp();
		world.problem = new RemoteError('unreachable', false);
		lease.set(TABLE);
		await lease.idle();
		expect(states.at(-1)).toEqual({ type: 'failed', code: 'unreachable' });
		world.problem = null;
		await wait(RENEW_MS);
		expect(told).toEqual(['publish ABCDEF 1/4', 'publish ABCDEF 1/4']);
		expect(states.at(-1)).toEqual({ type: 'listed' });
	});

	it('leaves the list when it is closed, and nothing follows', async () => {
		const { lease, told, wait } = setUp();
		lease.set(TABLE);
		await lease.close();
		await wait(10 * RENEW_MS);
		expect(told).toEqual(['publish ABCDEF 1/4', 'close ABCDEF']);
	});

	it('stays on the list for a moment when it is handed on, is not renewed, and then leaves it', async () => {
		const { lease, told, wait } = setUp();
		lease.set(TABLE);
		await lease.idle();
		await wait(RENEW_MS - 1);
		lease.handOn();
		await wait(HAND_ON_MS - 1);
		expect(told).toEqual(['publish ABCDEF 1/4']);
		await wait(1);
		expect(told).toEqual(['publish ABCDEF 1/4', 'close ABCDEF']);
		await wait(10 * RENEW_MS);
		expect(told).toHaveLength(2);
	});

	it('is handed on also while the list is being told of it', async () => {
		const { lease, told, wait } = setUp();
		lease.set(TABLE);
		lease.handOn();
		await lease.idle();
		await wait(HAND_ON_MS);
		await wait(10 * RENEW_MS);
		expect(told).toEqual(['publish ABCDEF 1/4', 'close ABCDEF']);
	});

	it('is tried every five seconds while who hosted it before is still on the list', async () => {
		const { lease, told, states, world, wait } = setUp();
		world.problem = new RemoteError(OF_ANOTHER_HOST, false);
		lease.set(TABLE);
		await lease.idle();
		expect(states.at(-1)).toEqual({ type: 'failed', code: OF_ANOTHER_HOST });
		await wait(RETRY_MS);
		await wait(RETRY_MS);
		expect(told).toHaveLength(3);
		world.problem = null;
		await wait(RETRY_MS);
		expect(states.at(-1)).toEqual({ type: 'listed' });
		await wait(RETRY_MS);
		expect(told).toHaveLength(4);
	});

	it('is asked for less often when another listing under its code does not end', async () => {
		const { lease, told, world, wait } = setUp();
		world.problem = new RemoteError(OF_ANOTHER_HOST, false);
		lease.set(TABLE);
		await lease.idle();
		for (let n = 0; n < 60; n++) await wait(RETRY_MS);
		const tries = told.length;
		for (let n = 0; n < 12; n++) await wait(RETRY_MS);
		expect(told.length - tries).toBe(2);
	});
});

describe('"find me a game"', () => {
	const room = (
		code: string,
		players: number,
		seats: number,
		openedAt = 0,
		variant = TABLE.variant,
	): OpenRoom => ({
		code: code as RoomCode,
		host: { name: 'Noa', color: 0, avatar: 1 },
		variant,
		players,
		seats,
		spectators: true,
		openedAt,
	});

	it('takes the table that lacks fewest, and of two the one that waits longest', () => {
		const list = [
			room('AAAAAA', 1, 4),
			room('BBBBBB', 3, 4, 20),
			room('CCCCCC', 3, 4, 10),
			room('DDDDDD', 4, 10),
		];
		expect(fittingRoom(list, 'el_dorado', () => false)?.code).toBe('CCCCCC');
	});

	it('takes none that is full, of another game, or one’s own', () => {
		const list = [room('AAAAAA', 4, 4), room('BBBBBB', 3, 4, 0, 'israeli_whist'), room('CCCCCC', 3, 4)];
		expect(fittingRoom(list, 'el_dorado', (code) => code === 'CCCCCC')).toBeNull();
	});
});
