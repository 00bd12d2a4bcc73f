/**
 * What follows from a command: the events, or a refusal with its code (El Dorado 7). Never throws, whatever the
 * command holds, and changes nothing. The order of the questions: is the game on, is it this phase, is it this
 * seat's turn, is the bid or card itself right.
 */
import { parseCardId } from '../../cards/card.ts';
import { isInDecks } from '../../cards/deck.ts';
import {
	PLAYER_ASKING,
	STAND_INS,
	type Asking,
	type Decision,
	type RefusalCode,
	type SeatIndex,
	type StandIn,
} from '../../game/game.ts';
import { isOneOf } from '../payload.ts';
import { beats } from '../trick-play/trick.ts';
import { bidRefusal } from './bidding.ts';
import { decksFor } from './dealing.ts';
import { decideKept } from './keeping-decide.ts';
import { meantSeat } from './meant.ts';
import { cardRefusal } from './playing.ts';
import { roundScores } from './scoring.ts';
import { trumpOf, type ElDoradoState } from './state.ts';
import type { ElDoradoCommand, ElDoradoEvent, MakeBid, Phase, Play, PlayCard } from './types.ts';

function refuse(code: RefusalCode): { readonly ok: false; readonly code: RefusalCode } {
	return { ok: false, code };
}

export function decide(
	state: ElDoradoState,
	command: ElDoradoCommand,
	seat: SeatIndex | null,
	asking: Asking = PLAYER_ASKING,
): Decision<ElDoradoEvent> {
	if (typeof command !== 'object' || command === null) return refuse('unknown_command');
	switch (command.type) {
		case 'make_bid':
			return decideBid(state, command, seat, asking);
		case 'play_card':
			return seat === null ? refuse('not_seated') : decideCard(state, command, seat);
		case 'set_active':
		case 'enter_bids':
		case 'note_tricks':
		case 'score_round':
		case 'correct_round':
		case 'adjust_score':
		case 'finish_game':
			return decideKept(state, command, seat, asking);
		default:
			// No assertNever: what comes from outside may be anything, and is refused, not thrown.
			return refuse('unknown_command');
	}
}

function decideBid(
	state: ElDoradoState,
	command: MakeBid,
	own: SeatIndex | null,
	asking: Asking,
): Decision<ElDoradoEvent> {
	const { bid } = command;
	const meant = meantSeat(state, command.seat, own, asking);
	if (!meant.ok) return meant;
	const { seat, entered } = meant;
	const refusal = turnRefusal(state, seat, 'bidding') ?? bidRefusal(state, bid);
	if (refusal !== null) return refuse(refusal);
	// Minus zero is a legal zero here, but would not survive a log as itself.
	return { ok: true, events: [{ type: 'bid_made', seat, bid: bid + 0, ...standIn(command.by), ...entered }] };
}

function decideCard(state: ElDoradoState, command: PlayCard, seat: SeatIndex): Decision<ElDoradoEvent> {
	const turn = turnRefusal(state, seat, 'playing');
	if (turn !== null) return refuse(turn);
	const card = parseCardId(command.card);
	if (card === null || !isInDecks(card, decksFor(state.active.length))) return refuse('unknown_card');
	const refusal = cardRefusal(state, state.hands[seat] ?? [], card);
	if (refusal !== null) return refuse(refusal);

	const played: ElDoradoEvent = { type: 'card_played', seat, card, ...standIn(command.by) };
	if (state.trick.length + 1 < state.active.length) return { ok: true, events: [played] };
	const best = winnerWith(state, { seat, card });
	const taken: ElDoradoEvent = { type: 'trick_taken', seat: best.seat, card: best.card };
	if (state.tricks.length + 1 < state.cardsEach) return { ok: true, events: [played, taken] };
	const scores = roundScores(state, best.seat);
	return { ok: true, events: [played, taken, { type: 'round_scored', round: state.round, scores }] };
}

function turnRefusal(state: ElDoradoState, seat: SeatIndex, phase: Phase): RefusalCode | null {
	if (state.over) return 'game_over';
	// Not a number: whatever it is, looking it up must not run any of it.
	if (!Number.isInteger(seat) || state.seats[seat] === undefined) return 'not_seated';
	if (state.phase !== phase) return 'invalid_phase';
	return state.turn === seat ? null : 'not_your_turn';
}

/** Who wins the trick when this play closes it. */
function winnerWith(state: ElDoradoState, last: Play): Play {
	const best = state.winning;
	return best === null || beats(last.card, best.card, trumpOf(state)) ? last : best;
}

const BY_BOT: { readonly by?: StandIn } = { by: 'bot' };
const BY_FORCE: { readonly by?: StandIn } = { by: 'forced' };
const BY_OWNER: { readonly by?: StandIn } = {};

function standIn(by: unknown): { readonly by?: StandIn } {
	if (!isOneOf(by, STAND_INS)) return BY_OWNER;
	return by === 'bot' ? BY_BOT : BY_FORCE;
}
