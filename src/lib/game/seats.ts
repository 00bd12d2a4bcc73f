/** Seats around a table: whose they are, and which of them play. */
import type { Game, SeatIndex } from './game.ts';
import type { PlayerId, TableState } from './table-types.ts';

export function toSeat(index: number): SeatIndex {
	return index as SeatIndex;
}

/** The seat a player holds, or null. */
export function seatOf(state: TableState, player: PlayerId): SeatIndex | null {
	const index = state.seats.findIndex((seat) => seat.kind === 'human' && seat.player === player);
	return index < 0 ? null : toSeat(index);
}

/** Seats that somebody plays, rising: bots, people without a phone, and humans who have not left (El Dorado 6.3). */
export function activeSeats(state: TableState): SeatIndex[] {
	return state.seats.flatMap((seat, index) =>
		seat.kind === 'empty' || (seat.kind === 'human' && seat.presence === 'left') ? [] : [toSeat(index)],
	);
}

/**
 * Seats that the next deal includes, rising: those that somebody plays. A game that cannot do without any of its seats
 * deals to one that was left as well, and the stand-in plays it (Israeli Whist 10), unless the table is to wait.
 */
export function seatsToDeal(game: Pick<Game, 'minSeats' | 'maxSeats'>, state: TableState): SeatIndex[] {
	const needsAll = game.minSeats === game.maxSeats && state.rules.onAbsence !== 'wait';
	if (!needsAll) return activeSeats(state);
	return state.seats.flatMap((seat, index) => (seat.kind === 'empty' ? [] : [toSeat(index)]));
}

/** The player on this seat has said what it found when it dealt the round again. */
export function hasChecked({ dealChecks }: TableState, seat: SeatIndex, round: number): boolean {
	return dealChecks.some((check) => check.seat === seat && check.round === round);
}
