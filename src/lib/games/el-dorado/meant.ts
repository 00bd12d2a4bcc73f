/** Whom a command is for: the asker's own seat, or at a keeper's table any that the admin names (El Dorado 9.2). */
import type { Asking, RefusalCode, SeatIndex } from '../../game/game.ts';
import type { ElDoradoState } from './state.ts';

/** Empty where a seat speaks for itself; null is the admin who has none. */
export interface Entered {
	readonly enteredBy?: SeatIndex | null;
}
export type Meant =
	| { readonly ok: true; readonly seat: SeatIndex; readonly entered: Entered }
	| { readonly ok: false; readonly code: RefusalCode };

export function meantSeat(
	state: ElDoradoState,
	named: SeatIndex | undefined,
	own: SeatIndex | null,
	{ isAdmin }: Asking,
): Meant {
	if (own !== null && (named === undefined || named === own)) return { ok: true, seat: own, entered: {} };
	if (named === undefined) return { ok: false, code: 'not_seated' };
	if (!isAdmin || state.kept === null) return { ok: false, code: 'not_admin' };
	if (!Number.isInteger(named) || state.seats[named] === undefined)
		return { ok: false, code: 'no_such_seat' };
	return { ok: true, seat: named, entered: { enteredBy: own } };
}
