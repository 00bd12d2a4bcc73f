/** Going round the table: clockwise is rising seat number, and seats that are not dealt in are stepped over. */
import type { SeatIndex } from '../../game/game.ts';
import { assert } from '../../game/assert.ts';

/**
 * The next active seat to the left of this one, which need not be active itself.
 * @param active seats dealt in, rising, at least one
 */
export function nextSeat(active: readonly SeatIndex[], seat: SeatIndex): SeatIndex {
	for (const candidate of active) if (candidate > seat) return candidate;
	const first = active[0];
	assert(first !== undefined, 'nobody is dealt in');
	return first;
}

/** All active seats clockwise, the first one first. */
export function seatsFrom(active: readonly SeatIndex[], first: SeatIndex): SeatIndex[] {
	return [...active.filter((seat) => seat >= first), ...active.filter((seat) => seat < first)];
}
