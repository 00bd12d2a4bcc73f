/**
 * What follows from a command: the events, or a refusal with its code (Israeli Whist 8). Never throws, whatever the
 * command holds, and changes nothing. The order of the questions: is the game on, who asks, is it this phase, is it
 * this seat's turn, is the call, contract or card itself right.
 */
import { parseCardId, type CardId } from '../../cards/card.ts';
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
import { bidAs, bidRefusal } from './auction.ts';
import { contractRefusal } from './contracts.ts';
import { evolve } from './evolve.ts';
import { passRefusal } from './frisch.ts';
import { adjustmentRefusal, claimRefusal, correctionRefusal, entryRefusal, undoRefusal } from './keeping.ts';
import { owed, scoreOf } from './owed.ts';
import { cardRefusal } from './playing.ts';
import { SEATS, isKeeper, type IsraeliWhistState } from './state.ts';
import type {
	AdjustScore,
	ClaimTrick,
	CorrectRound,
	EnterContracts,
	IsraeliWhistCommand,
	IsraeliWhistEvent,
	MakeCall,
	MakeContract,
	PassCards,
	Phase,
	PlayCard,
} from './types.ts';

type Decided = Decision<IsraeliWhistEvent>;

const refuse = (code: RefusalCode) => ({ ok: false, code }) as const;

/** The asked-for event and all that follow from it by themselves. */
function accept(state: IsraeliWhistState, event: IsraeliWhistEvent): Decided {
	const events = [event];
	let next = evolve(state, event);
	for (let follows = owed(next); follows !== null; follows = owed(next)) {
		events.push(follows);
		next = evolve(next, follows);
	}
	return { ok: true, events };
}

export function decide(
	state: IsraeliWhistState,
	command: IsraeliWhistCommand,
	seat: SeatIndex | null,
	asking: Asking = PLAYER_ASKING,
): Decided {
	if (typeof command !== 'object' || command === null) return refuse('unknown_command');
	if (state.over) return refuse('game_over');
	if (seat === null ? !(asking.isAdmin && isKeeper(state)) : !SEATS.includes(seat))
		return refuse('not_seated');
	switch (command.type) {
		case 'make_call':
			return decideCall(state, command, seat, asking);
		case 'make_contract':
			return decideContract(state, command, seat, asking);
		case 'pass_cards':
			return seat === null || isKeeper(state) ? refuse('invalid_phase') : decidePass(state, command, seat);
		case 'play_card':
			return seat === null || isKeeper(state) ? refuse('invalid_phase') : decideCard(state, command, seat);
		case 'finish_game':
			if (!asking.isAdmin) return refuse('not_admin');
			return state.endCalled ? refuse('invalid_phase') : accept(state, { type: 'end_called', by: seat });
		default:
			return isKeeper(state) ? decideKept(state, command, seat, asking) : refuseUnkept(command);
	}
}

type KeeperCommand = Exclude<
	IsraeliWhistCommand,
	{ readonly type: 'make_call' | 'make_contract' | 'pass_cards' | 'play_card' | 'finish_game' }
>;
const KEEPER_COMMANDS = [
	'enter_contracts',
	'claim_trick',
	'undo_trick',
	'score_round',
	'correct_round',
] as const;

/** A keeper's command where cards are dealt; or something that is no command at all. */
function refuseUnkept(command: KeeperCommand): Decided {
	const isKnown = isOneOf(command.type, KEEPER_COMMANDS) || command.type === 'adjust_score';
	return refuse(isKnown ? 'invalid_phase' : 'unknown_command');
}

function decideKept(
	state: IsraeliWhistState,
	command: KeeperCommand,
	seat: SeatIndex | null,
	asking: Asking,
): Decided {
	switch (command.type) {
		case 'claim_trick':
			return decideClaim(state, command, seat, asking);
		case 'undo_trick':
			return decideUndo(state, seat, asking);
		case 'score_round': {
			const scored = scoreOf(state);
			return scored === null ? refuse('invalid_phase') : accept(state, scored);
		}
		case 'enter_contracts':
			return asking.isAdmin ? decideEntry(state, command, seat, asking) : refuse('not_admin');
		case 'correct_round':
			return asking.isAdmin ? decideCorrection(state, command, seat, asking) : refuse('not_admin');
		case 'adjust_score':
			return asking.isAdmin ? decideAdjustment(state, command, seat, asking) : refuse('not_admin');
		default:
			// No assertNever: what comes from outside may be anything, and is refused, not thrown.
			return refuse('unknown_command');
	}
}

// Whom it is for.

type Meant =
	| {
			readonly ok: true;
			readonly seat: SeatIndex;
			readonly entered: { readonly enteredBy?: SeatIndex | null };
	  }
	| { readonly ok: false; readonly code: RefusalCode };

/** The seat a command is about: the asker's own, or at a keeper's table any that the admin names (4.2). */
function meantSeat(
	state: IsraeliWhistState,
	named: SeatIndex | undefined,
	own: SeatIndex | null,
	{ isAdmin }: Asking,
): Meant {
	if (own !== null && (named === undefined || named === own)) return { ok: true, seat: own, entered: {} };
	if (named === undefined) return refuse('not_seated');
	if (!isAdmin || !isKeeper(state)) return { ok: false, code: 'not_admin' };
	if (!SEATS.includes(named)) return { ok: false, code: 'no_such_seat' };
	return { ok: true, seat: named, entered: { enteredBy: own } };
}

function turnRefusal(state: IsraeliWhistState, seat: SeatIndex, phase: Phase): RefusalCode | null {
	if (state.phase !== phase) return 'invalid_phase';
	return state.turn === seat ? null : 'not_your_turn';
}

// Both modes.

function decideCall(
	state: IsraeliWhistState,
	command: MakeCall,
	own: SeatIndex | null,
	asking: Asking,
): Decided {
	const meant = meantSeat(state, command.seat, own, asking);
	if (!meant.ok) return meant;
	const { seat, entered } = meant;
	const turn = turnRefusal(state, seat, 'auction');
	if (turn !== null) return refuse(turn);
	const asked = command.bid;
	const by = standIn(command.by);
	if (asked === null) return accept(state, { type: 'call_made', seat, bid: null, ...by, ...entered });
	const refusal = typeof asked === 'object' ? bidRefusal(state, asked) : 'invalid_bid';
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'call_made', seat, bid: bidAs(asked), ...by, ...entered });
}

function decideContract(
	state: IsraeliWhistState,
	command: MakeContract,
	own: SeatIndex | null,
	asking: Asking,
): Decided {
	const meant = meantSeat(state, command.seat, own, asking);
	if (!meant.ok) return meant;
	const { seat, entered } = meant;
	const refusal = turnRefusal(state, seat, 'contracts') ?? contractRefusal(state, command.contract);
	if (refusal !== null) return refuse(refusal);
	// Minus zero is a legal zero here, but would not survive a log as itself.
	const contract = command.contract + 0;
	return accept(state, { type: 'contract_made', seat, contract, ...standIn(command.by), ...entered });
}

// Cards.

function decidePass(state: IsraeliWhistState, command: PassCards, seat: SeatIndex): Decided {
	if (state.phase !== 'frisch') return refuse('invalid_phase');
	if (!state.pending.includes(seat)) return refuse('not_your_turn');
	const cards = Array.isArray(command.cards) ? command.cards.map(cardOfOneDeck) : [];
	if (cards.some((card) => card === null)) return refuse('unknown_card');
	const known = cards.filter((card) => card !== null);
	const refusal = passRefusal(state.hands[seat] ?? [], known);
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'frisch_chosen', seat, cards: known, ...standIn(command.by) });
}

function decideCard(state: IsraeliWhistState, command: PlayCard, seat: SeatIndex): Decided {
	const turn = turnRefusal(state, seat, 'playing');
	if (turn !== null) return refuse(turn);
	const card = cardOfOneDeck(command.card);
	if (card === null) return refuse('unknown_card');
	const refusal = cardRefusal(state, state.hands[seat] ?? [], card);
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'card_played', seat, card, ...standIn(command.by) });
}

function cardOfOneDeck(value: unknown): CardId | null {
	const card = parseCardId(value);
	return card !== null && isInDecks(card, 1) ? card : null;
}

// Keeping score.

function decideClaim(
	state: IsraeliWhistState,
	command: ClaimTrick,
	own: SeatIndex | null,
	asking: Asking,
): Decided {
	const meant = meantSeat(state, command.seat, own, asking);
	if (!meant.ok) return meant;
	const refusal = claimRefusal(state);
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'trick_claimed', seat: meant.seat, at: asking.timeMs, ...meant.entered });
}

function decideUndo(state: IsraeliWhistState, by: SeatIndex | null, asking: Asking): Decided {
	const undo = { by, at: asking.timeMs, asAdmin: asking.isAdmin };
	const refusal = undoRefusal(state, undo);
	const last = state.claims.at(-1);
	if (refusal !== null || last === undefined) return refuse(refusal ?? 'nothing_to_undo');
	return accept(state, { type: 'trick_undone', seat: last.seat, ...undo });
}

function decideEntry(
	state: IsraeliWhistState,
	command: EnterContracts,
	by: SeatIndex | null,
	{ timeMs }: Asking,
): Decided {
	const { declarer, strain, frischs } = command;
	const contracts = listOf(command.contracts);
	const refusal = entryRefusal(state, { declarer, strain, frischs, contracts });
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'contracts_entered', declarer, strain, contracts, frischs, by, at: timeMs });
}

function decideCorrection(
	state: IsraeliWhistState,
	command: CorrectRound,
	by: SeatIndex | null,
	{ timeMs }: Asking,
): Decided {
	const correction = {
		round: command.round,
		contracts: listOf(command.contracts),
		tricks: listOf(command.tricks),
	};
	const refusal = correctionRefusal(state, correction);
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'round_corrected', ...correction, by, at: timeMs });
}

function decideAdjustment(
	state: IsraeliWhistState,
	{ seat, points }: AdjustScore,
	by: SeatIndex | null,
	{ timeMs }: Asking,
): Decided {
	const refusal = adjustmentRefusal({ seat, points });
	if (refusal !== null) return refuse(refusal);
	return accept(state, { type: 'score_adjusted', seat, points, by, at: timeMs });
}

/** Numbers as they may stand in a log: minus zero would not survive one as itself. */
function listOf(numbers: readonly number[]): number[] {
	return Array.isArray(numbers) ? numbers.map((number: number) => number + 0) : [];
}

const BY_BOT: { readonly by?: StandIn } = { by: 'bot' };
const BY_FORCE: { readonly by?: StandIn } = { by: 'forced' };
const BY_OWNER: { readonly by?: StandIn } = {};

function standIn(by: unknown): { readonly by?: StandIn } {
	if (!isOneOf(by, STAND_INS)) return BY_OWNER;
	return by === 'bot' ? BY_BOT : BY_FORCE;
}
