/**
 * The next state after an event. Accepts what `decide` and `deal` can give at this state and throws on anything
 * else that this peer can know to be wrong: an event out of turn, a card seen twice, a revoke from a hand it
 * holds. (From a hand it does not hold a revoke shows when the round is revealed.) Pure.
 */
import { CARDS_PER_DECK } from '../../cards/card.ts';
import { assertNever } from '../../game/assert.ts';
import type { Hand, SeatIndex } from '../../game/game.ts';
import { without } from '../trick-play/following.ts';
import { beats } from '../trick-play/trick.ts';
import { unseenFault } from '../trick-play/unseen.ts';
import { bidRefusal, nextSpeaker } from './auction.ts';
import { contractRefusal } from './contracts.ts';
import { corrupt } from '../trick-play/corrupt.ts';
import { exchangeFault, passRefusal, receivedBy } from './frisch.ts';
import {
	contractsEntered,
	endCalled,
	roundCorrected,
	roundOpened,
	scoreAdjusted,
	trickClaimed,
	trickUndone,
} from './keeping.ts';
import { owed, scoreOf } from './owed.ts';
import { cardRefusal } from './playing.ts';
import { isEndReached, typeOf } from './scoring.ts';
import {
	bySeat,
	contractsOf,
	dealerOf,
	freshRound,
	hasContracts,
	isKeeper,
	isMaker,
	isTrickFull,
	leftOf,
	nextRound,
	roundFrom,
	tricksOf,
	trumpSuitOf,
	withSeat,
	type IsraeliWhistState,
	type SeatState,
} from './state.ts';
import {
	SEAT_COUNT,
	TRICKS,
	type AuctionWon,
	type CallMade,
	type CardPlayed,
	type CardsDealt,
	type CardsExchanged,
	type ContractMade,
	type FrischChosen,
	type FrischOpened,
	type IsraeliWhistEvent,
	type RoundPassedOut,
	type RoundScored,
	type TrickTaken,
} from './types.ts';
import { withTotals, currentTotals } from '../keeper/ledger.ts';

/** @throws {InvariantError} when the event cannot follow: the log is corrupt */
export function evolve(state: IsraeliWhistState, event: IsraeliWhistEvent): IsraeliWhistState {
	if (state.over) corrupt(`${event.type} after the end`);
	switch (event.type) {
		case 'card_played':
			return cardPlayed(state, event);
		case 'trick_taken':
			return trickTaken(state, event);
		case 'call_made':
			return callMade(state, event);
		case 'contract_made':
			return contractMade(state, event);
		case 'cards_dealt':
			return cardsDealt(state, event);
		case 'frisch_opened':
			return frischOpened(state, event);
		case 'frisch_chosen':
			return frischChosen(state, event);
		case 'cards_exchanged':
			return cardsExchanged(state, event);
		case 'round_passed_out':
			return roundPassedOut(state, event);
		case 'auction_won':
			return auctionWon(state, event);
		case 'round_scored':
			return roundScored(state, event);
		case 'round_opened':
			return roundOpened(state, event);
		case 'contracts_entered':
			return contractsEntered(state, event);
		case 'trick_claimed':
			return trickClaimed(state, event);
		case 'trick_undone':
			return trickUndone(state, event);
		case 'round_corrected':
			return roundCorrected(state, event);
		case 'score_adjusted':
			return scoreAdjusted(state, event);
		case 'end_called':
			return endCalled(state, event);
		default:
			return assertNever(event);
	}
}

function cardsDealt(state: IsraeliWhistState, event: CardsDealt): IsraeliWhistState {
	const { round, deal, dealer, hands } = event;
	if (state.phase !== 'dealing' || isKeeper(state)) corrupt('cards are dealt when they are not due');
	if (round !== nextRound(state) || deal !== state.deal + 1) corrupt(`deal ${deal} is of round ${round}`);
	if (dealer !== dealerOf(state, round)) corrupt(`seat ${dealer} deals round ${round} out of turn`);
	checkHands(hands);
	return {
		...state,
		...freshRound(TRICKS),
		phase: 'auction',
		round,
		deal,
		dealer,
		turn: leftOf(dealer),
		hands,
	};
}

function checkHands(hands: readonly (Hand | null)[]): void {
	if (hands.length !== SEAT_COUNT) corrupt(`${hands.length} hands are dealt`);
	const isDealt = new Uint8Array(CARDS_PER_DECK);
	for (const hand of hands) {
		if (hand === null) continue;
		if (hand.length !== TRICKS) corrupt(`a hand of ${hand.length} cards is dealt`);
		for (const card of hand) {
			if (isDealt[card] !== 0) corrupt(`card ${card} is dealt twice or is none`);
			isDealt[card] = 1;
		}
	}
}

function callMade(state: IsraeliWhistState, event: CallMade): IsraeliWhistState {
	const { seat, bid } = event;
	if (state.phase !== 'auction' || state.turn !== seat) corrupt(`seat ${seat} calls out of turn`);
	checkEntry(state, event);
	const refusal = bid === null ? null : bidRefusal(state, bid);
	if (refusal !== null) corrupt(`seat ${seat} calls what is refused as ${refusal}`);
	const calls = [...state.calls, { seat, bid }];
	return {
		...state,
		calls,
		highest: bid === null ? state.highest : { seat, bid },
		turn: nextSpeaker(calls, state.options.passIsFinal),
	};
}

/** Only at a keeper's table somebody else enters what a seat says. */
function checkEntry(state: IsraeliWhistState, { seat, enteredBy }: CallMade | ContractMade): void {
	if (enteredBy === undefined) return;
	if (!isKeeper(state) || enteredBy === seat || !isMaker(enteredBy)) {
		corrupt(`seat ${String(enteredBy)} speaks for seat ${seat}`);
	}
}

function frischOpened(state: IsraeliWhistState, { frisch, direction }: FrischOpened): IsraeliWhistState {
	const due = state.phase === 'auction' ? owed(state) : null;
	if (due?.type !== 'frisch_opened' || due.frisch !== frisch || due.direction !== direction) {
		corrupt(`frisch ${frisch} to the ${direction} is not due`);
	}
	const again = { ...state, frischs: frisch, calls: [], highest: null };
	const first = roundFrom(leftOf(state.dealer));
	// Real cards change hands at the table; the auction goes on as soon as everybody is ready to speak (2.4).
	if (isKeeper(state)) return { ...again, phase: 'auction', turn: leftOf(state.dealer) };
	const nobody = bySeat(() => null);
	return {
		...again,
		phase: 'frisch',
		pending: first,
		turn: leftOf(state.dealer),
		chosen: nobody,
		received: nobody,
	};
}

function frischChosen(state: IsraeliWhistState, { seat, cards }: FrischChosen): IsraeliWhistState {
	if (state.phase !== 'frisch' || !state.pending.includes(seat)) corrupt(`seat ${seat} chooses out of turn`);
	const hand = state.hands[seat] ?? null;
	const refusal = cards === null || hand === null ? null : passRefusal(hand, cards);
	if (refusal !== null) corrupt(`seat ${seat} passes on what is refused as ${refusal}`);
	const pending = state.pending.filter((one) => one !== seat);
	return {
		...state,
		pending,
		turn: pending[0] ?? null,
		chosen: withSeat(state.chosen, seat, { cards }),
	};
}

function cardsExchanged(state: IsraeliWhistState, { frisch, hands }: CardsExchanged): IsraeliWhistState {
	if (state.phase !== 'frisch' || state.turn !== null || frisch !== state.frischs) {
		corrupt('cards are exchanged before all have chosen');
	}
	const fault = exchangeFault(state, hands);
	if (fault !== null) corrupt(fault);
	return {
		...state,
		phase: 'auction',
		turn: leftOf(state.dealer),
		hands,
		chosen: bySeat(() => null),
		received: bySeat((seat) => receivedBy(state.hands[seat] ?? null, hands[seat] ?? null)),
	};
}

function roundPassedOut(state: IsraeliWhistState, { round }: RoundPassedOut): IsraeliWhistState {
	const due = state.phase === 'auction' ? owed(state) : null;
	if (due?.type !== 'round_passed_out' || due.round !== round) corrupt(`round ${round} is not passed out`);
	return { ...state, phase: state.endCalled ? 'over' : 'dealing', over: state.endCalled };
}

function auctionWon(state: IsraeliWhistState, { seat, bid }: AuctionWon): IsraeliWhistState {
	const due = state.phase === 'auction' ? owed(state) : null;
	const isDue =
		due?.type === 'auction_won' &&
		due.seat === seat &&
		due.bid.amount === bid.amount &&
		due.bid.strain === bid.strain;
	if (!isDue) corrupt(`seat ${seat} has not won the auction`);
	return {
		...state,
		phase: 'contracts',
		turn: seat,
		declarer: seat,
		trump: bid.strain,
		winningBid: bid.amount,
	};
}

function contractMade(state: IsraeliWhistState, event: ContractMade): IsraeliWhistState {
	const { seat, contract } = event;
	if (state.phase !== 'contracts' || state.turn !== seat)
		corrupt(`seat ${seat} names a contract out of turn`);
	checkEntry(state, event);
	const refusal = contractRefusal(state, contract);
	if (refusal !== null) corrupt(`contract ${contract} of seat ${seat}: ${refusal}`);
	const next = {
		...state,
		seats: changed(state.seats, seat, { contract }),
		sumOfContracts: state.sumOfContracts + contract,
	};
	if (!hasContracts(next)) return { ...next, turn: leftOf(seat) };
	// 4.1: the declarer leads. At a keeper's table whoever takes a trick says so.
	return { ...next, phase: 'playing', leader: state.declarer, turn: isKeeper(state) ? null : state.declarer };
}

function cardPlayed(state: IsraeliWhistState, { seat, card }: CardPlayed): IsraeliWhistState {
	if (state.phase !== 'playing' || state.turn !== seat) corrupt(`seat ${seat} plays out of turn`);
	const hand = state.hands[seat] ?? null;
	const { trick, tricks, hands, winning } = state;
	const fault =
		hand === null ? unseenFault({ decks: 1, trick, tricks, hands }, card) : cardRefusal(state, hand, card);
	if (fault !== null) corrupt(`seat ${seat} plays card ${card} of round ${state.round}: ${fault}`);
	const play = { seat, card };
	const cardsLeft = (state.seats[seat]?.cardsLeft ?? 0) - 1;
	return {
		...state,
		turn: trick.length + 1 === SEAT_COUNT ? null : leftOf(seat),
		seats: changed(state.seats, seat, { cardsLeft }),
		hands: hand === null ? hands : withSeat(hands, seat, without(hand, card)),
		trick: [...trick, play],
		winning: winning === null || beats(card, winning.card, trumpSuitOf(state)) ? play : winning,
	};
}

function trickTaken(state: IsraeliWhistState, { seat, card }: TrickTaken): IsraeliWhistState {
	const { winning, leader, trick } = state;
	if (!isTrickFull(state) || winning === null || leader === null) {
		return corrupt(`seat ${seat} takes a trick that is not full`);
	}
	if (winning.seat !== seat || winning.card !== card) corrupt(`seat ${seat} takes another's trick`);
	const tricks = [...state.tricks, { leader, plays: trick, winner: seat, winningCard: card }];
	const isLast = tricks.length === TRICKS;
	return {
		...state,
		turn: isLast ? null : seat,
		seats: changed(state.seats, seat, { tricks: (state.seats[seat]?.tricks ?? 0) + 1 }),
		leader: isLast ? null : seat,
		trick: [],
		winning: null,
		tricks,
	};
}

function roundScored(state: IsraeliWhistState, event: RoundScored): IsraeliWhistState {
	const { round, scores } = event;
	const due = scoreOf(state);
	if (due === null || due.round !== round) return corrupt(`round ${round} is scored when it is not due`);
	if (scores.length !== SEAT_COUNT || scores.some((score, seat) => score !== due.scores[seat])) {
		corrupt(`round ${round} is scored ${scores.join(', ')} instead of ${due.scores.join(', ')}`);
	}
	const { dealer, declarer, trump, winningBid, frischs, adjustments } = state;
	const contracts = contractsOf(state);
	const type = typeOf(contracts);
	if (declarer === null || trump === null || type === null) return corrupt(`round ${round} has no contracts`);
	const row = {
		round,
		dealer,
		declarer,
		trump,
		winningBid,
		frischs,
		type,
		contracts,
		tricks: tricksOf(state),
		scores: due.scores,
		totals: [],
	};
	const sheet = withTotals([...state.sheet, row], adjustments, SEAT_COUNT);
	const isOver = !isKeeper(state) && (state.endCalled || isEndReached(state.options.end, sheet));
	return {
		...state,
		phase: isOver ? 'over' : 'dealing',
		over: isOver,
		turn: null,
		sheet,
		totals: currentTotals(sheet, adjustments, SEAT_COUNT),
	};
}

function changed(
	seats: readonly SeatState[],
	seat: SeatIndex,
	change: Partial<Omit<SeatState, 'seat'>>,
): SeatState[] {
	return seats.map((one) => (one.seat === seat ? { ...one, ...change } : one));
}
