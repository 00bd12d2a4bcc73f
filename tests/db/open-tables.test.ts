/** The list of open tables as browsers keep and read it: paged, and handed from host to host. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	createRoomLease,
	HAND_ON_MS,
	OF_ANOTHER_HOST,
	RENEW_MS,
	RETRY_MS,
	type LeaseState,
} from '../../src/lib/archive/room-lease.ts';
import { createSupabaseRooms, type Listing, type Rooms } from '../../src/lib/archive/rooms.ts';
import type { GameId, RoomCode } from '../../src/lib/game/table-types.ts';
import { createFakeClock } from '../../src/lib/room/clock.ts';
import { hasApi, openApi, type ApiWorld, type Visitor } from './api.ts';
import { personNumbered } from './games.ts';

const roomsOf = ({ client }: Pick<Visitor, 'client'>): Rooms =>
	createSupabaseRooms(client, () => Promise.resolve());

const TABLE: Listing = {
	code: 'ABCDEF' as RoomCode,
	game: 'AAAAAAAAAAAAAAAAAAAAAA' as GameId,
	variant: 'el_dorado',
	players: 2,
	seats: 4,
	spectators: true,
};

describe.skipIf(!hasApi)('the list of open tables', () => {
	let world: ApiWorld;
	let noa: Visitor;
	let ben: Visitor;
	let anybody: Rooms;
	beforeAll(async () => {
		world = await openApi();
		[noa, ben] = [
			await world.visitor(personNumbered(621, 'Noa')),
			await world.visitor(personNumbered(622, 'Ben')),
		];
		anybody = roomsOf({ client: world.stranger() });
	});
	beforeEach(() => world.db.sql('delete from public.room_directory'));
	afterAll(() => world.close());

	/** A host's page that keeps the table on the list. */
	function hostPage(by: Visitor) {
		const clock = createFakeClock();
		const states: LeaseState[] = [];
		const lease = createRoomLease({ rooms: roomsOf(by), clock, onChange: (state) => states.push(state) });
		return {
			lease,
			state: () => states.at(-1),
			async wait(ms: number) {
				await clock.advance(ms);
				await lease.idle();
			},
		};
	}
	const hostsShown = async () => (await anybody.list(null)).rooms.map(({ host }) => host.name);

	it('is of one game for who looks for that, however many tables of the other are newer', async () => {
		await roomsOf(noa).publish({ ...TABLE, variant: 'israeli_whist' });
		await world.db.sql(
			`insert into public.room_directory (room_code, game_id, host_id, variant, current_players, max_players,
				spectators_allowed, lease_expires_at, created_at)
			select 'BBBB' || chr(65 + n / 8) || chr(65 + n % 8), gen_random_uuid(), $1, 'el_dorado', 1, 4, true,
				now() + interval '1 hour', now() + n * interval '1 second'
			from generate_series(1, 60) n`,
			[ben.playerId],
		);
		expect((await anybody.list(null)).rooms.map(({ code }) => code)).not.toContain(TABLE.code);
		const { rooms, next } = await anybody.list(null, 'israeli_whist');
		expect([rooms.map(({ code }) => code), next]).toEqual([[TABLE.code], null]);
	});

	it('shows a table that was handed on under its new host, as soon as the former one is off it', async () => {
		const [old, heir] = [hostPage(noa), hostPage(ben)];
		old.lease.set(TABLE);
		await old.lease.idle();
		old.lease.handOn();
		// What the new host's page goes by.
		expect(await roomsOf(ben).isListed(TABLE.code)).toBe(true);
		heir.lease.set(TABLE);
		await heir.lease.idle();
		expect(heir.state()).toEqual({ type: 'failed', code: OF_ANOTHER_HOST });
		expect(await hostsShown()).toEqual(['Noa']);
		await old.wait(HAND_ON_MS);
		expect(await hostsShown()).toEqual([]);
		await heir.wait(RETRY_MS);
		expect(heir.state()).toEqual({ type: 'listed' });
		expect(await hostsShown()).toEqual(['Ben']);
		// The former host has no word in it any more.
		expect(await roomsOf(noa).renew(TABLE.code, 4)).toBe(false);
		await roomsOf(noa).close(TABLE.code);
		await heir.wait(RENEW_MS);
		expect(await hostsShown()).toEqual(['Ben']);
		await heir.lease.close();
	});

	it('shows the table of a host that is lost until its lease ends, and then under the next', async () => {
		const heir = hostPage(ben);
		await roomsOf(noa).publish(TABLE);
		heir.lease.set(TABLE);
		await heir.wait(RETRY_MS);
		expect(await hostsShown()).toEqual(['Noa']);
		await world.db.sql("update public.room_directory set lease_expires_at = now() - interval '1 second'");
		expect(await anybody.isListed(TABLE.code)).toBe(false);
		await heir.wait(RETRY_MS);
		expect(await hostsShown()).toEqual(['Ben']);
		await heir.lease.close();
		expect(await hostsShown()).toEqual([]);
	});

	it('goes on after its first fifty, keepers’ tables left out, each table once', async () => {
		await world.db.sql(
			`insert into public.room_directory (room_code, game_id, host_id, variant, mode, current_players, max_players,
				spectators_allowed, lease_expires_at, created_at)
			select 'AAAA' || chr(65 + n / 8) || chr(65 + n % 8), gen_random_uuid(), $1, 'el_dorado',
				(case when n % 10 = 9 then 'keeper' else 'cards' end)::public.game_mode, 1, 4, true, now() + interval '1 minute',
				-- Ten at a time in the same microsecond.
				now() - (n / 10) * interval '1 second'
			from generate_series(0, 59) n`,
			[noa.playerId],
		);
		const first = await anybody.list(null);
		expect(first.rooms).toHaveLength(45);
		const second = await anybody.list(first.next);
		expect(second.rooms).toHaveLength(9);
		expect(second.next).toBeNull();
		const codes = [...first.rooms, ...second.rooms].map(({ code }) => code);
		expect(new Set(codes).size).toBe(54);
	});
});
