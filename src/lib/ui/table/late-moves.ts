/**
 * Moves that the turn timer made for somebody who is there (El Dorado 6.2): the others, and whoever was too slow, are
 * told once. Of a player who is away the line of status and the plate say it all the time.
 */
import type { SeatIndex, StandIn } from '../../game/game.ts';
import type { TableSnapshot } from '../../room/table-client.ts';

type Looked = Pick<TableSnapshot, 'movedFor' | 'seats'>;

interface LateMove {
	readonly seat: SeatIndex;
	readonly by: StandIn;
	readonly isYou: boolean;
}

/** The late move to tell of now. @param told place in the log of the last that was told; -1 before any */
export function newlyLate(told: number, { movedFor, seats }: Looked): LateMove | null {
	if (movedFor === null || movedFor.index <= told) return null;
	const holder = seats[movedFor.seat];
	if (holder?.kind !== 'human' || holder.presence !== 'here') return null;
	return { seat: movedFor.seat, by: movedFor.by, isYou: holder.you };
}
