/**
 * What the table is waiting for, as data: one thing at a time, said at one place, so that nobody has to ask.
 * Words are the messages' affair.
 */
import type { SeatIndex, StandIn, Variant } from '../../game/game.ts';
import type { TableSnapshot } from '../../room/table-client.ts';
import type { TableView } from './game-view.ts';

/** What a game asks for beside cards, by the phase that asks it. */
const ASKS = { bidding: 'bid', auction: 'call', frisch: 'pass', contracts: 'contract' } as const;
type Ask = (typeof ASKS)[keyof typeof ASKS];

/** What only the game itself has words for: asked of this player, or of another. */
export type OwnAsk = { readonly kind: `your_${Ask}` } | { readonly kind: Ask; readonly seat: SeatIndex };

export type Status =
	| OwnAsk
	/** It is this player's turn. */
	| { readonly kind: 'your_lead' | 'your_play' }
	/** The viewer's own seat is played by a stand-in until the viewer acts. */
	| { readonly kind: 'stand_in_for_you'; readonly by: StandIn }
	| { readonly kind: 'lead' | 'play'; readonly seat: SeatIndex }
	/** The seat to act is away. */
	| { readonly kind: 'stand_in_bot' | 'stand_in_forced' | 'absent'; readonly seat: SeatIndex }
	| { readonly kind: 'need_players'; readonly players: number }
	| { readonly kind: 'host_away' | 'round_over' | 'dealing' | 'over' };

/** Below this nobody is dealt to (El Dorado 6.3, Israeli Whist 10). */
const FEWEST_PLAYERS: Readonly<Record<Variant, number>> = { el_dorado: 2, israeli_whist: 4 };

type Asked = Pick<TableSnapshot, 'status' | 'seats' | 'rules' | 'you' | 'variant' | 'nextRoundAt'>;
type AskedView = Pick<TableView, 'phase' | 'round' | 'turn' | 'trick'>;

export function statusOf(snapshot: Asked, view: AskedView): Status {
	if (view.phase === 'over') return { kind: 'over' };
	if (snapshot.status === 'host_away') return { kind: 'host_away' };
	if (view.turn !== null) return turnStatus(snapshot, view, view.turn);
	const players = snapshot.seats.filter((seat) => seat.kind !== 'empty' && seat.presence !== 'left').length;
	// A round that is about to be dealt waits for nobody.
	const isWaiting = snapshot.nextRoundAt === null && players < FEWEST_PLAYERS[snapshot.variant];
	if (isWaiting) return { kind: 'need_players', players: FEWEST_PLAYERS[snapshot.variant] };
	return { kind: view.phase === 'dealing' && view.round > 0 ? 'round_over' : 'dealing' };
}

function turnStatus({ seats, rules, you }: Asked, view: AskedView, turn: SeatIndex): Status {
	const move = moveOf(view);
	const holder = seats[turn];
	const isAway = holder?.kind === 'human' && holder.presence !== 'here';
	// Who left for good is not waited for, and has no move to take the seat back with (6.3).
	const isOut = isAway && holder.presence !== 'away';
	const onAbsence = isOut && rules.onAbsence === 'wait' ? 'forced' : rules.onAbsence;
	if (turn === you.seat && !isOut) {
		return isAway && onAbsence !== 'wait'
			? { kind: 'stand_in_for_you', by: onAbsence }
			: { kind: `your_${move}` };
	}
	if (!isAway) return { kind: move, seat: turn };
	switch (onAbsence) {
		case 'bot':
			return { kind: 'stand_in_bot', seat: turn };
		case 'forced':
			return { kind: 'stand_in_forced', seat: turn };
		case 'wait':
			return { kind: 'absent', seat: turn };
	}
}

function moveOf({ phase, trick }: AskedView): Ask | 'lead' | 'play' {
	switch (phase) {
		case 'bidding':
		case 'auction':
		case 'frisch':
		case 'contracts':
			return ASKS[phase];
		case 'dealing':
		case 'playing':
		case 'over':
			return trick.length === 0 ? 'lead' : 'play';
	}
}

/** Something is asked of this player now. */
export function isYours({ kind }: Status): boolean {
	return kind.startsWith('your_');
}
