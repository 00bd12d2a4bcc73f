/**
 * Keeps a host's table on the site's list: published while it has a free seat, its lease renewed, taken off when it is
 * full, has started or is gone. A page that dies says nothing: its lease runs out by itself.
 *
 *     const lease = createRoomLease({ rooms, clock, onChange });
 *     lease.set(listing);   // and again whenever somebody sits down
 *     lease.set(null);
 */
import type { RoomCode } from '../game/table-types.ts';
import type { Clock } from '../room/clock.ts';
import { RemoteError } from './remote.ts';
import type { Listing, Rooms } from './rooms.ts';

/** The archive forgets a table after 90 s: two renewals may be lost. */
export const RENEW_MS = 30_000;

export type LeaseState =
	| { readonly type: 'off' }
	/** Asked for, and on its way. */
	| { readonly type: 'listing' }
	| { readonly type: 'listed' }
	/** The last try failed with this code; it is tried again. */
	| { readonly type: 'failed'; readonly code: string };

export interface RoomLease {
	/** What is to be listed; null: nothing. A table without a free seat is not. */
	set(listing: Listing | null): void;
	/** Resolves when nothing is under way. */
	idle(): Promise<void>;
	/** Takes the table off, and does nothing more. */
	close(): Promise<void>;
}

export interface RoomLeaseOptions {
	readonly rooms: Pick<Rooms, 'publish' | 'renew' | 'close'>;
	readonly clock: Clock;
	readonly onChange: (state: LeaseState) => void;
}

export function createRoomLease({ rooms, clock, onChange }: RoomLeaseOptions): RoomLease {
	let wanted: Listing | null = null;
	let listed: RoomCode | null = null;
	let running: Promise<void> | null = null;
	let again = false;
	let cancel = (): void => undefined;

	/** One request after the other: what is wanted meanwhile is done next. */
	function turn(): void {
		if (running !== null) {
			again = true;
			return;
		}
		cancel();
		running = step().finally(() => {
			running = null;
			if (!again) return;
			again = false;
			turn();
		});
	}

	async function step(): Promise<void> {
		const listing = wanted;
		try {
			if (listed !== null && listed !== listing?.code) {
				await rooms.close(listed);
				listed = null;
			}
			if (listing !== null) await list(listing);
			onChange({ type: listing === null ? 'off' : 'listed' });
		} catch (error) {
			onChange({ type: 'failed', code: error instanceof RemoteError ? error.code : String(error) });
		}
		if (listing !== null || listed !== null) cancel = clock.after(RENEW_MS, turn);
	}

	async function list(listing: Listing): Promise<void> {
		if (listed !== null && (await rooms.renew(listing.code, listing.players))) return;
		listed = null;
		await rooms.publish(listing);
		listed = listing.code;
	}

	function set(listing: Listing | null): void {
		const next = listing !== null && listing.players < listing.seats ? listing : null;
		const isSame =
			next === null
				? wanted === null
				: wanted?.code === next.code &&
					wanted.game === next.game &&
					wanted.variant === next.variant &&
					wanted.players === next.players &&
					wanted.seats === next.seats &&
					wanted.spectators === next.spectators;
		if (isSame) return;
		// More seats or another game are told by publishing anew, under the same code.
		if (next !== null && wanted !== null && (wanted.seats !== next.seats || wanted.game !== next.game))
			listed = null;
		if (wanted === null) onChange({ type: 'listing' });
		wanted = next;
		turn();
	}

	return {
		set,
		async idle() {
			while (running !== null) await running;
		},
		async close() {
			wanted = null;
			turn();
			while (running !== null) await running;
			cancel();
		},
	};
}
