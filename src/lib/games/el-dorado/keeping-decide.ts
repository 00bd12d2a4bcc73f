/** A keeper's commands (El Dorado 9): the events that follow, or a refusal with its code. Never throws. */
import type { Asking, Decision, RefusalCode, SeatIndex } from '../../game/game.ts';
import {
	activeRefusal,
	adjustmentRefusal,
	bidsRefusal,
	correctionRefusal,
	dealerWith,
	isEndReached,
	noteRefusal,
	roundToOpen,
} from './keeping.ts';
import { evolve } from './evolve.ts';
import { meantSeat } from './meant.ts';
import { roundScores } from './scoring.ts';
import { isPlayedOut, type ElDoradoState } from './state.ts';
import type { ElDoradoEvent, Kept, KeeperCommand, NoteTricks } from './types.ts';

type Decided = Decision<ElDoradoEvent>;

const refuse = (code: RefusalCode) => ({ ok: false, code }) as const;
/** The event, or why it may not be. */
const decided = (refusal: RefusalCode | null, event: ElDoradoEvent): Decided =>
	refusal === null ? { ok: true, events: [event] } : refuse(refusal);

export function decideKept(
	state: ElDoradoState,
	command: KeeperCommand,
	seat: SeatIndex | null,
	asking: Asking,
): Decided {
	const { kept } = state;
	if (state.over) return refuse('game_over');
	if (!mayAsk(state, seat, asking)) return refuse('not_seated');
	if (kept === null) return refuse('invalid_phase');
	if (command.type === 'note_tricks') return decideNote(state, kept, command, seat, asking);
	if (command.type === 'score_round') return decideScore(state);
	return asking.isAdmin ? decideAdmin(state, kept, command, seat, asking) : refuse('not_admin');
}

/** A seat of the table, or the admin who has none. */
function mayAsk(state: ElDoradoState, seat: SeatIndex | null, { isAdmin }: Asking): boolean {
	return seat === null ? isAdmin : Number.isInteger(seat) && state.seats[seat] !== undefined;
}

function decideAdmin(
	state: ElDoradoState,
	kept: Kept,
	command: Exclude<KeeperCommand, { readonly type: 'note_tricks' | 'score_round' }>,
	by: SeatIndex | null,
	{ timeMs: at }: Asking,
): Decided {
	switch (command.type) {
		case 'set_active': {
			const active = Array.isArray(command.active) ? command.active : [];
			const refusal = activeRefusal(state, active);
			if (refusal !== null) return refuse(refusal);
			const dealer = dealerWith(state, kept, active);
			return decided(null, { type: 'active_set', active, dealer, by, at });
		}
		case 'enter_bids': {
			const bids = listOf(command.bids);
			return decided(bidsRefusal(state, bids), { type: 'bids_entered', bids, by, at });
		}
		case 'correct_round': {
			const correction = {
				round: command.round,
				bids: listOf(command.bids),
				tricks: listOf(command.tricks),
			};
			return decided(correctionRefusal(state, correction), {
				type: 'round_corrected',
				...correction,
				by,
				at,
			});
		}
		case 'adjust_score': {
			const adjustment = { seat: command.seat, points: command.points };
			return decided(adjustmentRefusal(state, adjustment), { type: 'score_adjusted', ...adjustment, by, at });
		}
		case 'finish_game':
			return decided(isEndReached(state) ? null : 'invalid_phase', { type: 'end_called', by });
	}
}

function decideNote(
	state: ElDoradoState,
	kept: Kept,
	command: NoteTricks,
	own: SeatIndex | null,
	asking: Asking,
): Decided {
	const meant = meantSeat(state, command.seat, own, asking);
	if (!meant.ok) return meant;
	const tricks = command.tricks === null ? null : command.tricks + 0;
	const { seat, entered } = meant;
	return decided(noteRefusal(state, kept, seat, tricks), { type: 'tricks_noted', seat, tricks, ...entered });
}

/** The score, and the next round that opens with it. */
function decideScore(state: ElDoradoState): Decided {
	if (!isPlayedOut(state)) return refuse('invalid_phase');
	const scored = { type: 'round_scored', round: state.round, scores: roundScores(state, null) } as const;
	const opened = roundToOpen(evolve(state, scored), state.active);
	return { ok: true, events: opened === null ? [scored] : [scored, opened] };
}

/** Numbers as they may stand in a log: minus zero would not survive one as itself. */
function listOf(numbers: readonly (number | null)[]): (number | null)[] {
	return Array.isArray(numbers)
		? numbers.map((number: number | null) => (number === null ? null : number + 0))
		: [];
}
