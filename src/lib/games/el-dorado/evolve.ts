/**
 * The next state after an event. Accepts what `decide` and `deal` can give at this state and throws on anything
 * else that this peer can know to be wrong: an event out of turn, a card seen twice, a revoke from a hand it
 * holds. (From a hand it does not hold a revoke shows when the round is revealed.) Pure: no state is changed,
 * what stays the same is shared.
 */
import { CARDS_PER_DECK, parseCardId, type CardId } from '../../cards/card.ts';
import { isInDecks } from '../../cards/deck.ts';
import { assertNever } from '../../game/assert.ts';
import { formatCard } from '../../cards/notation.ts';
import type { Hand, SeatIndex } from '../../game/game.ts';
import { without } from '../trick-play/following.ts';
import { nextSeat } from '../trick-play/seats.ts';
import { beats } from '../trick-play/trick.ts';
import { unseenFault } from '../trick-play/unseen.ts';
import { bidRefusal } from './bidding.ts';
import { cardsEachIn, dealDue, dealerOfNext, decksFor } from './dealing.ts';
import { breaksTrump, cardRefusal } from './playing.ts';
import {
	activeSet,
	bidsEntered,
	endCalled,
	roundCorrected,
	roundOpened,
	scoreAdjusted,
	tricksNoted,
	withNewTotals,
} from './keeping.ts';
import { corrupt } from '../trick-play/corrupt.ts';
import { roundScores } from './scoring.ts';
import { draftOf, isPlayedOut, isTrickFull, trumpOf, type ElDoradoState } from './state.ts';
import {
	ROUNDS,
	type BidMade,
	type CardPlayed,
	type CardsDealt,
	type ElDoradoEvent,
	type RoundScored,
	type SeatView,
	type TrickTaken,
} from './types.ts';

/** @throws {InvariantError} when the event cannot follow: the log is corrupt */
export function evolve(state: ElDoradoState, event: ElDoradoEvent): ElDoradoState {
	switch (event.type) {
		case 'card_played':
			return cardPlayed(state, event);
		case 'trick_taken':
			return trickTaken(state, event);
		case 'bid_made':
			return bidMade(state, event);
		case 'cards_dealt':
			return cardsDealt(state, event);
		case 'round_scored':
			return roundScored(state, event);
		case 'tricks_noted':
			return tricksNoted(state, event);
		case 'round_opened':
			return roundOpened(state, event);
		case 'active_set':
			return activeSet(state, event);
		case 'bids_entered':
			return bidsEntered(state, event);
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

function cardsDealt(state: ElDoradoState, event: CardsDealt): ElDoradoState {
	checkDeal(state, event);
	const { round, dealer, active, cardsEach, trumpCard } = event;
	const first = nextSeat(active, dealer);
	const draft = draftOf(state);
	draft.phase = 'bidding';
	draft.round = round;
	draft.deal = round;
	draft.turn = first;
	draft.dealer = dealer;
	draft.cardsEach = cardsEach;
	draft.active = active;
	draft.trumpCard = trumpCard;
	draft.trumpBroken = false;
	draft.seats = state.seats.map(({ seat, total }) => {
		const isActive = active.includes(seat);
		return { seat, active: isActive, cardsLeft: isActive ? cardsEach : 0, bid: null, tricks: 0, total };
	});
	draft.hands = state.seats.map(({ seat }) => (active.includes(seat) ? (event.hands[seat] ?? null) : []));
	draft.bidOrder = [];
	draft.sumOfBids = 0;
	draft.leader = null;
	draft.trick = [];
	draft.winning = null;
	draft.tricks = [];
	return draft;
}

/** Everything of a deal that can be known to be wrong: who, how many, from which decks, no card twice. */
function checkDeal(state: ElDoradoState, event: CardsDealt): void {
	const { round, dealer, active, cardsEach, trumpCard, hands } = event;
	const rises = active.every(
		(seat, place) => state.seats[seat] !== undefined && (place === 0 || seat > (active[place - 1] ?? seat)),
	);
	if (!rises) corrupt(`cards are dealt to seats ${active.join(', ')} of ${state.seats.length}`);
	const plan = dealDue(state, active);
	if (plan === null || plan.round !== round) corrupt(`round ${round} is dealt when it is not due`);
	if (dealer !== dealerOfNext(state, active)) corrupt(`seat ${dealer} deals round ${round} out of turn`);
	if (cardsEach !== cardsEachIn(round)) corrupt(`round ${round} deals ${cardsEach} cards each`);
	if (hands.length !== state.seats.length) corrupt(`${hands.length} hands for ${state.seats.length} seats`);

	const decks = decksFor(active.length);
	const isDealt = new Uint8Array(decks * CARDS_PER_DECK);
	const take = (card: CardId) => {
		if (parseCardId(card) === null || !isInDecks(card, decks)) corrupt(`card ${card} is not in the deck`);
		if (isDealt[card] === 1) corrupt(`${formatCard(card)} is dealt twice`);
		isDealt[card] = 1;
	};
	take(trumpCard);
	hands.forEach((hand, seat) => {
		if (hand === null) return;
		const due = active.some((one) => one === seat) ? cardsEach : 0;
		if (hand.length !== due) corrupt(`seat ${seat} is dealt ${hand.length} cards in round ${round}`);
		hand.forEach(take);
	});
}

function bidMade(state: ElDoradoState, event: BidMade): ElDoradoState {
	const { seat, bid } = event;
	const before = state.seats[seat];
	if (state.phase !== 'bidding' || state.turn !== seat || before === undefined) {
		return corrupt(`seat ${seat} bids out of turn`);
	}
	if (bidRefusal(state, bid) !== null) corrupt(`seat ${seat} bids ${bid}`);
	if (event.enteredBy !== undefined && state.kept === null)
		corrupt(`seat ${String(event.enteredBy)} bids for another`);
	const bidOrder = [...state.bidOrder, seat];
	const isLast = bidOrder.length === state.active.length;
	const leftOf = nextSeat(state.active, seat);
	const draft = draftOf(state);
	draft.phase = isLast ? 'playing' : 'bidding';
	// With real cards whoever takes a trick says so: it is nobody's turn.
	draft.turn = isLast && state.kept !== null ? null : leftOf;
	// The dealer bids last, so the next seat is the one to its left, who leads (4.1).
	draft.leader = isLast ? leftOf : null;
	draft.seats = withSeat(state.seats, seatWith(before, before.cardsLeft, bid, before.tricks));
	draft.bidOrder = bidOrder;
	draft.sumOfBids = state.sumOfBids + bid;
	return draft;
}

function cardPlayed(state: ElDoradoState, event: CardPlayed): ElDoradoState {
	const { seat, card } = event;
	const before = state.seats[seat];
	if (state.phase !== 'playing' || state.turn !== seat || before === undefined) {
		return corrupt(`seat ${seat} plays out of turn`);
	}
	const hand = state.hands[seat] ?? null;
	checkCard(state, hand, event);
	const play = { seat, card };
	const best = state.winning;
	const isFull = state.trick.length + 1 === state.active.length;
	const draft = draftOf(state);
	draft.turn = isFull ? null : nextSeat(state.active, seat);
	draft.trumpBroken = state.trumpBroken || breaksTrump(state, card);
	draft.seats = withSeat(state.seats, seatWith(before, before.cardsLeft - 1, before.bid, before.tricks));
	draft.hands = hand === null ? state.hands : withHand(state.hands, seat, without(hand, card));
	draft.trick = [...state.trick, play];
	draft.winning = best === null || beats(card, best.card, trumpOf(state)) ? play : best;
	return draft;
}

function checkCard(state: ElDoradoState, hand: Hand | null, { seat, card }: CardPlayed): void {
	const refusal = hand === null ? unseenRefusal(state, card) : cardRefusal(state, hand, card);
	if (refusal !== null) corrupt(`seat ${seat} plays card ${card} of round ${state.round}: ${refusal}`);
}

/** Why a card cannot come from a hand nobody here has seen, or null. */
function unseenRefusal(state: ElDoradoState, card: CardId): string | null {
	if (card === state.trumpCard) return 'turned up for trump';
	const { trick, tricks, hands } = state;
	return unseenFault({ decks: decksFor(state.active.length), trick, tricks, hands }, card);
}

function trickTaken(state: ElDoradoState, event: TrickTaken): ElDoradoState {
	const { winning, leader, trick } = state;
	const before = state.seats[event.seat];
	if (!isTrickFull(state) || winning === null || leader === null || before === undefined) {
		return corrupt(`seat ${event.seat} takes a trick that is not full`);
	}
	if (winning.seat !== event.seat || winning.card !== event.card) {
		corrupt(`seat ${event.seat} takes the trick of seat ${winning.seat}`);
	}
	const tricks = [...state.tricks, { leader, plays: trick, winner: winning.seat, winningCard: winning.card }];
	const isLast = tricks.length === state.cardsEach;
	const draft = draftOf(state);
	draft.turn = isLast ? null : winning.seat;
	draft.seats = withSeat(state.seats, seatWith(before, before.cardsLeft, before.bid, before.tricks + 1));
	draft.leader = isLast ? null : winning.seat;
	draft.trick = [];
	draft.winning = null;
	draft.tricks = tricks;
	return draft;
}

function roundScored(state: ElDoradoState, event: RoundScored): ElDoradoState {
	const { round, scores } = event;
	if (!isPlayedOut(state) || round !== state.round) corrupt(`round ${round} is scored before its end`);
	const due = roundScores(state, null);
	if (scores.length !== due.length || scores.some((score, seat) => score !== due[seat])) {
		corrupt(`round ${round} is scored ${scores.join(', ')} instead of ${due.join(', ')}`);
	}
	const { trumpCard } = state;
	// A keeper's last round can still be put right: the admin ends the game (9.6).
	const isOver = round === ROUNDS && state.kept === null;
	const seats = state.seats.map((view) => ({ ...view, total: view.total + (due[view.seat] ?? 0) }));
	const row = {
		round,
		cardsEach: state.cardsEach,
		dealer: state.dealer,
		trumpCard,
		bids: seats.map(({ active, bid }) => (active ? bid : null)),
		tricks: seats.map(({ active, tricks }) => (active ? tricks : null)),
		scores: due,
		totals: seats.map(({ total }) => total),
	};
	const draft = draftOf(state);
	draft.phase = isOver ? 'over' : 'dealing';
	draft.over = isOver;
	draft.seats = seats;
	draft.sheet = [...state.sheet, row];
	return state.kept === null ? draft : withNewTotals(draft);
}

/** By name for the same reason as `draftOf`. */
function seatWith(view: SeatView, cardsLeft: number, bid: number | null, tricks: number): SeatView {
	return { seat: view.seat, active: view.active, cardsLeft, bid, tricks, total: view.total };
}

function withSeat(seats: readonly SeatView[], changed: SeatView): SeatView[] {
	const copy = seats.slice();
	copy[changed.seat] = changed;
	return copy;
}

function withHand(hands: readonly (Hand | null)[], seat: SeatIndex, hand: Hand): (Hand | null)[] {
	const copy = hands.slice();
	copy[seat] = hand;
	return copy;
}
