/**
 * Open tables of a site: what their hosts have published, for anybody to find. To look needs no account; to publish
 * makes one.
 *
 *     const rooms = createSupabaseRooms(client, () => account.ready());
 *     const { rooms: open, next } = await rooms.list(null);
 */
import * as z from 'zod/mini';
import { VARIANTS, type Variant } from '../game/game.ts';
import { parseRoomCode } from '../game/room-code.ts';
import type { Face, GameId, RoomCode } from '../game/table-types.ts';
import { callsOf, read, type ArchiveClient } from './calls.ts';
import { faceFrom } from './groups.ts';
import { RemoteError } from './remote.ts';

/** A table as its host publishes it. */
export interface Listing {
	readonly code: RoomCode;
	readonly game: GameId;
	readonly variant: Variant;
	/** Seats taken, bots included, and seats. */
	readonly players: number;
	readonly seats: number;
	readonly spectators: boolean;
}

export interface OpenRoom {
	readonly code: RoomCode;
	readonly host: Face;
	readonly variant: Variant;
	readonly players: number;
	readonly seats: number;
	readonly spectators: boolean;
	/** ms since 1970. */
	readonly openedAt: number;
}

/** The row after which the next page begins, as the archive writes it: it compares to the microsecond. */
export interface RoomCursor {
	readonly createdAt: string;
	readonly code: string;
}
export interface RoomsPage {
	/** Newest first, at most 50. */
	readonly rooms: readonly OpenRoom[];
	/** null at the end. */
	readonly next: RoomCursor | null;
}

export interface Rooms {
	/** A page of them. @param variant of that game alone; of both when left out @throws {RemoteError} */
	list(after: RoomCursor | null, variant?: Variant): Promise<RoomsPage>;
	/** Whether it is on the list, whoever put it there. @throws {RemoteError} */
	isListed(code: RoomCode): Promise<boolean>;
	/** Lists a table for the length of a lease. @throws {RemoteError} */
	publish(listing: Listing): Promise<void>;
	/** false when the lease had run out: it is to be published again. @throws {RemoteError} */
	renew(code: RoomCode, players: number): Promise<boolean>;
	/** @throws {RemoteError} */
	close(code: RoomCode): Promise<void>;
}

/** Rows of the list in one answer. */
const ROOMS_PAGE = 50;

const rows = z.array(
	z.object({
		room_code: z.string(),
		host_name: z.string(),
		host_avatar_seed: z.int(),
		host_color: z.int(),
		variant: z.enum(VARIANTS),
		mode: z.enum(['cards', 'keeper']),
		current_players: z.int(),
		max_players: z.int(),
		spectators_allowed: z.boolean(),
		created_at: z.string(),
	}),
);

export function createSupabaseRooms(client: ArchiveClient, ready: () => Promise<void>): Rooms {
	const look = callsOf(client, () => Promise.resolve());
	const call = callsOf(client, ready);
	return {
		async list(after, variant) {
			const cursor = after === null ? null : { created_at: after.createdAt, room_code: after.code };
			const wanted = variant === undefined ? {} : { wanted_variant: variant };
			const found = await look('open_rooms', { cursor, ...wanted }, rows);
			const last = found.length === ROOMS_PAGE ? found.at(-1) : undefined;
			const next = last === undefined ? null : { createdAt: last.created_at, code: last.room_code };
			const open = found.flatMap((row) => {
				const code = parseRoomCode(row.room_code);
				// A keeper's table is around a real one: nobody joins it from afar.
				if (code === null || row.mode !== 'cards') return [];
				const host = faceFrom({
					display_name: row.host_name,
					avatar_seed: row.host_avatar_seed,
					color: row.host_color,
				});
				return [
					{
						code,
						host,
						variant: row.variant,
						players: row.current_players,
						seats: row.max_players,
						spectators: row.spectators_allowed,
						openedAt: Date.parse(row.created_at),
					},
				];
			});
			return { rooms: open, next };
		},
		async isListed(code) {
			// A lease that has run out hides the row (policy `rooms_with_a_lease`).
			const found = client.from('room_directory').select('room_code').eq('room_code', code);
			return read(await found, z.array(z.unknown())).length > 0;
		},
		async publish({ code, game, variant, players, seats, spectators }) {
			const room = {
				room_code: code,
				game_id: game,
				variant,
				current_players: players,
				max_players: seats,
				spectators_allowed: spectators,
			};
			await call('publish_room', { room }, z.string());
		},
		async renew(code, players) {
			try {
				await call('renew_room', { room_code: code, current_players: players }, z.string());
				return true;
			} catch (error) {
				if (error instanceof RemoteError && error.code === 'no_such_room') return false;
				throw error;
			}
		},
		async close(code) {
			await call('close_room', { room_code: code }, z.unknown());
		},
	};
}

/** The one to sit down at: of that game with a free seat, the one that starts soonest, then the one that waits longest. */
export function fittingRoom(
	list: readonly OpenRoom[],
	variant: Variant,
	isOwn: (code: RoomCode) => boolean,
): OpenRoom | null {
	const fitting = list.filter(
		(room) => room.variant === variant && room.players < room.seats && !isOwn(room.code),
	);
	const free = ({ seats, players }: OpenRoom): number => seats - players;
	return fitting.toSorted((a, b) => free(a) - free(b) || a.openedAt - b.openedAt)[0] ?? null;
}
