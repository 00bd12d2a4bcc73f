/**
 * What the table is waiting for, as data: one thing at a time, said at one place, so that nobody has to ask.
 * Words are the messages' affair.
 */
import type { SeatIndex } from '../../game/game.ts';
import type { ElDoradoView } from '../../games/el-dorado/types.ts';
import type { TableSnapshot } from '../../room/table-client.ts';

export type Status =
	/** It is this player's turn. */
	| { readonly kind: 'your_bid' | 'your_lead' | 'your_play' }
	/** The viewer's own seat is played by a stand-in until the viewer acts. */
	| { readonly kind: 'stand_in_for_you' }
	| { readonly kind: 'bid' | 'lead' | 'play'; readonly seat: SeatIndex }
	/** The seat to act is away. */
	| { readonly kind: 'stand_in_bot' | 'stand_in_forced' | 'absent'; readonly seat: SeatIndex }
	| { readonly kind: 'host_away' | 'round_over' | 'dealing' | 'need_players' | 'over' };

/** Below this nobody is dealt to (El Dorado 6.3). */
const FEWEST_PLAYERS = 2;

type Asked = Pick<TableSnapshot, 'status' | 'seats' | 'rules' | 'you'>;
type AskedView = Pick<ElDoradoView, 'phase' | 'round' | 'turn' | 'trick'>;

export function statusOf(snapshot: Asked, view: AskedView): Status {
	if (view.phase === 'over') return { kind: 'over' };
	if (snapshot.status === 'host_away') return { kind: 'host_away' };
	if (view.turn !== null) return turnStatus(snapshot, view, view.turn);
	const players = snapshot.seats.filter((seat) => seat.kind !== 'empty' && seat.presence !== 'left').length;
	if (players < FEWEST_PLAYERS) return { kind: 'need_players' };
	return { kind: view.phase === 'dealing' && view.round > 0 ? 'round_over' : 'dealing' };
}

function turnStatus({ seats, rules, you }: Asked, view: AskedView, turn: SeatIndex): Status {
	const move = view.phase === 'bidding' ? 'bid' : view.trick.length === 0 ? 'lead' : 'play';
	const holder = seats[turn];
	const isAway = holder?.kind === 'human' && holder.presence !== 'here';
	if (turn === you.seat) {
		return isAway && rules.onAbsence !== 'wait' ? { kind: 'stand_in_for_you' } : { kind: `your_${move}` };
	}
	if (!isAway) return { kind: move, seat: turn };
	switch (rules.onAbsence) {
		case 'bot':
			return { kind: 'stand_in_bot', seat: turn };
		case 'forced':
			return { kind: 'stand_in_forced', seat: turn };
		case 'wait':
			return { kind: 'absent', seat: turn };
	}
}

/** Something is asked of this player now. */
export function isYours(status: Status): boolean {
	return status.kind === 'your_bid' || status.kind === 'your_lead' || status.kind === 'your_play';
}
