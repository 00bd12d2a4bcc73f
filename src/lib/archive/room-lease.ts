/**
 * Keeps a host's table on the site's list: published while it has a free seat, its lease renewed, taken off when it is
 * full, has started or is gone. A page that dies says nothing: its lease runs out by itself.
 *
 * A listing belongs to the account that published it: nobody else renews it, or puts the same code on the list beside
 * it. A table that another browser hosts now is so published anew, as soon as the listing of the former host has ended:
 * at once after it was handed on, with its lease where the former host is lost.
 *
 *     const lease = createRoomLease({ rooms, clock, onChange });
 *     lease.set(listing);   // and again whenever somebody sits down
 *     lease.set(null);
 *     lease.handOn();       // another browser hosts it now
 */
import type { RoomCode } from '../game/table-types.ts';
import type { Clock } from '../room/clock.ts';
import { RemoteError } from './remote.ts';
import type { Listing, Rooms } from './rooms.ts';

/** The archive forgets a table after 90 s: two renewals may be lost. */
export const RENEW_MS = 30_000;
/** How soon a table is tried again that is still listed by who hosted it before. */
export const RETRY_MS = 5_000;
/** So often, which outlives a lease; a listing that stays longer is renewed by somebody, and asked for less often. */
const MOST_RETRIES = 20;
/**
 * How long a table that was handed on, or left to others, stays on the list: from there the new host, elected within ten
 * seconds, sees that it is open to anybody.
 */
export const HAND_ON_MS = 20_000;
/** The archive's word for a listing that belongs to another account. */
export const OF_ANOTHER_HOST = 'room_of_another_host';

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
	/** The same after a moment, in which its listing is not renewed. */
	handOn(): void;
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
	let retries = 0;
	let isHandedOn = false;
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
		let waitMs = RENEW_MS;
		try {
			if (listed !== null && listed !== listing?.code) {
				await rooms.close(listed);
				listed = null;
			}
			if (listing !== null) await list(listing);
			retries = 0;
			onChange({ type: listing === null ? 'off' : 'listed' });
		} catch (error) {
			const code = error instanceof RemoteError ? error.code : String(error);
			if (code === OF_ANOTHER_HOST && retries++ < MOST_RETRIES) waitMs = RETRY_MS;
			onChange({ type: 'failed', code });
		}
		if (!isHandedOn && (listing !== null || listed !== null)) cancel = clock.after(waitMs, turn);
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

	async function idle(): Promise<void> {
		while (running !== null) await running;
	}
	async function close(): Promise<void> {
		wanted = null;
		turn();
		await idle();
		cancel();
	}

	return {
		set,
		idle,
		close,
		handOn() {
			isHandedOn = true;
			cancel();
			clock.after(HAND_ON_MS, () => void close());
		},
	};
}
