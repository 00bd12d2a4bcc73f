/** Seats around a table: whose they are, and which of them play. */
import type { Game, SeatIndex } from './game.ts';
import type { PlayerId, Seat, TableState } from './table-types.ts';

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

type Sizes = Pick<Game, 'minSeats' | 'maxSeats'>;

/** The game cannot do without any of its seats. */
export function needsAllSeats({ minSeats, maxSeats }: Sizes): boolean {
	return minSeats === maxSeats;
}

/**
 * Seats that the next deal includes, rising: those that somebody plays. A game that cannot do without any of its seats
 * deals to one that was left as well, and the stand-in plays it (Israeli Whist 10), unless the table is to wait.
 */
export function seatsToDeal(game: Sizes, state: TableState): SeatIndex[] {
	if (!needsAllSeats(game) || state.rules.onAbsence === 'wait') return activeSeats(state);
	return state.seats.flatMap((seat, index) => (seat.kind === 'empty' ? [] : [toSeat(index)]));
}

/**
 * Somebody may sit down here: nobody sits there, or at a keeper's table nobody with a phone; or it belonged to somebody
 * who was put out, whose hand in the round under way, if there is one, is played first (El Dorado 6.5).
 */
export function isFree({ kicked, dealtIn }: TableState, seat: Seat, index: SeatIndex): boolean {
	if (seat.kind !== 'human') return seat.kind === 'empty' || seat.kind === 'named';
	return seat.presence === 'left' && kicked.includes(seat.player) && !dealtIn.includes(index);
}

/** The player on this seat has said what it found when it dealt the round again. */
export function hasChecked({ dealChecks }: TableState, seat: SeatIndex, round: number): boolean {
	return dealChecks.some((check) => check.seat === seat && check.round === round);
}
