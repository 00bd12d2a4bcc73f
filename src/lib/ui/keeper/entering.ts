/** Whom this page may speak for at a keeper's table: its own seat, and as the admin any. Pure. */
import type { SeatIndex } from '../../game/game.ts';
import type { TableSnapshot } from '../../room/table-client.ts';

type Asker = Pick<TableSnapshot, 'isAdmin' | 'you'>;

export function mayEnterFor({ isAdmin, you }: Asker, seat: SeatIndex | null): boolean {
	return seat !== null && (isAdmin || you.seat === seat);
}

/** The `seat` of a command, which one's own does without. */
export function enteredFor({ you }: Asker, seat: SeatIndex): { readonly seat?: SeatIndex } {
	return you.seat === seat ? {} : { seat };
}

/** In the order in which they speak: from the dealer's left round to the dealer. */
export function fromLeftOf<T extends { readonly seat: SeatIndex }>(
	dealer: SeatIndex,
	players: readonly T[],
): readonly T[] {
	const after = players.filter(({ seat }) => seat > dealer);
	return [...after, ...players.filter(({ seat }) => seat <= dealer)];
}
