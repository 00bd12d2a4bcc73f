/**
 * What a seat, or a spectator, may see of Israeli Whist and nothing else. A keeper's table has no secrets, so there a
 * view shows everybody what the seat in turn may say: whose tap counts is for `decide`.
 */
import { CARDS_PER_DECK, suitIndexOf, type CardId } from '../../cards/card.ts';
import { cardsOf } from '../../cards/deck.ts';
import type { RefusalCode, SeatIndex, Viewer } from '../../game/game.ts';
import { legalBids } from './auction.ts';
import { contractOrder, forbiddenContract, legalContracts } from './contracts.ts';
import { directionNow, giverOf, receiverOf } from './frisch.ts';
import { mustFollow } from './playing.ts';
import { isEndReached, typeOf, winnersOf } from './scoring.ts';
import {
	contractsOf,
	hasContracts,
	isKeeper,
	isPlayedOut,
	minimumOf,
	type IsraeliWhistState,
} from './state.ts';
import type { Bid, FrischView, HandCard, IsraeliWhistView, SeatView } from './types.ts';

const CARDS = cardsOf(1);

function handCards(refusal: RefusalCode | null): readonly HandCard[] {
	return CARDS.map((card) => Object.freeze({ card, refusal }));
}

/** One object for each card and answer, made once. */
const PLAYABLE = handCards(null);
const REFUSED = {
	invalid_phase: handCards('invalid_phase'),
	not_your_turn: handCards('not_your_turn'),
	must_follow_suit: handCards('must_follow_suit'),
} as const;

const NO_CARDS: readonly HandCard[] = Object.freeze([]);
const NO_BIDS: readonly Bid[] = Object.freeze([]);
const NO_CONTRACTS: readonly number[] = Object.freeze([]);
const NO_SEATS: readonly SeatIndex[] = Object.freeze([]);

export function view(state: IsraeliWhistState, viewer: Viewer): IsraeliWhistView {
	const { phase, turn, options } = state;
	const mayChoose = viewer !== null && state.pending.includes(viewer);
	const isAsked = turn !== null && (isKeeper(state) || turn === viewer);
	const calls = isAsked && phase === 'auction';
	const contracts = isAsked && phase === 'contracts';
	return {
		variant: 'israeli_whist',
		viewer,
		phase,
		options,
		round: state.round,
		deal: state.deal,
		dealer: state.dealer,
		turn: mayChoose ? viewer : turn,
		seats: seatViews(state),
		hand: viewer === null ? NO_CARDS : handOf(state, viewer),
		calls: state.calls,
		frischs: state.frischs,
		minimum: minimumOf(state),
		highest: state.highest,
		legalBids: calls ? legalBids(state) : NO_BIDS,
		mayPass: calls,
		frisch: phase === 'frisch' ? frischView(state, viewer, mayChoose) : null,
		received: viewer === null ? null : (state.received[viewer] ?? null),
		receivedFrom: giverTo(state, viewer),
		declarer: state.declarer,
		trump: state.trump,
		winningBid: state.winningBid,
		contractOrder: contractOrder(state),
		sumOfContracts: state.sumOfContracts,
		type: hasContracts(state) ? typeOf(contractsOf(state)) : null,
		legalContracts: contracts ? legalContracts(state) : NO_CONTRACTS,
		forbiddenContract: contracts ? forbiddenContract(state) : null,
		trick: state.trick,
		leader: state.leader,
		winning: state.winning === null ? null : state.winning.seat,
		tricks: state.tricks,
		claims: state.claims,
		mayScore: isKeeper(state) && isPlayedOut(state),
		sheet: state.sheet,
		adjustments: state.adjustments,
		changes: state.changes,
		endCalled: state.endCalled,
		endReached: isKeeper(state) && isEndReached(options.end, state.sheet),
		winners: state.over ? winnersOf(state) : NO_SEATS,
	};
}

/** Who gave what the last frisch brought this viewer. */
function giverTo(state: IsraeliWhistState, viewer: Viewer): SeatIndex | null {
	if (viewer === null || (state.received[viewer] ?? null) === null) return null;
	return giverOf(viewer, directionNow(state));
}

function seatViews(state: IsraeliWhistState): SeatView[] {
	return state.seats.map(({ seat, cardsLeft, contract, tricks }) => ({
		seat,
		cardsLeft,
		call: state.calls.findLast((call) => call.seat === seat) ?? null,
		chosen: state.phase === 'frisch' && !state.pending.includes(seat),
		contract,
		tricks,
		total: state.totals[seat] ?? 0,
	}));
}

function frischView(state: IsraeliWhistState, viewer: Viewer, mayChoose: boolean): FrischView {
	const direction = directionNow(state);
	return {
		number: state.frischs,
		direction,
		mayChoose,
		to: viewer === null ? null : receiverOf(viewer, direction),
		from: viewer === null ? null : giverOf(viewer, direction),
		chosen: viewer === null ? null : (state.chosen[viewer]?.cards ?? null),
	};
}

/** The hand in its order, each card with why it may not be played, or passed on, now. */
function handOf(state: IsraeliWhistState, viewer: SeatIndex): readonly HandCard[] {
	const hand = state.hands[viewer] ?? null;
	if (hand === null || hand.length === 0) return NO_CARDS;
	switch (state.phase) {
		case 'frisch': {
			const refusal = state.pending.includes(viewer) ? null : 'not_your_turn';
			return hand.map((card) => shown(refusal, card));
		}
		case 'playing': {
			if (state.turn !== viewer) return hand.map((card) => shown('not_your_turn', card));
			const suit = mustFollow(state, hand);
			return hand.map((card) =>
				shown(suit === null || suitIndexOf(card) === suit ? null : 'must_follow_suit', card),
			);
		}
		case 'dealing':
		case 'auction':
		case 'contracts':
		case 'over':
			return hand.map((card) => shown('invalid_phase', card));
	}
}

function shown(refusal: keyof typeof REFUSED | null, card: CardId): HandCard {
	const cards = refusal === null ? PLAYABLE : REFUSED[refusal];
	return cards[card % CARDS_PER_DECK] ?? { card, refusal };
}
