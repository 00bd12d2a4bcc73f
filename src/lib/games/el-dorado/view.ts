/**
 * What a seat, or a spectator, may see of El Dorado and nothing else (2.3). Made after every event for every
 * viewer, so it shares all it can with the state, and the cards of a hand with every other view.
 */
import { MAX_DECKS, SUITS, suitIndexOf, type CardId } from '../../cards/card.ts';
import { cardsOf } from '../../cards/deck.ts';
import type { RefusalCode, SeatIndex, Viewer } from '../../game/game.ts';
import { forbiddenBid, legalBids } from './bidding.ts';
import { dutyRefusal } from '../trick-play/duty.ts';
import { dutyOf } from './playing.ts';
import { winnersOf } from './scoring.ts';
import { isEndReached } from './keeping.ts';
import { isPlayedOut, type ElDoradoState } from './state.ts';
import type { ElDoradoView, HandCard, Kept, KeptView } from './types.ts';

function handCards(refusal: RefusalCode | null): readonly HandCard[] {
	return cardsOf(MAX_DECKS).map((card) => Object.freeze({ card, refusal }));
}

/** One object for each card and answer, made once. */
const PLAYABLE = handCards(null);
const REFUSED = {
	invalid_phase: handCards('invalid_phase'),
	not_your_turn: handCards('not_your_turn'),
	must_follow_suit: handCards('must_follow_suit'),
	cannot_lead_trump: handCards('cannot_lead_trump'),
} as const;

const NO_CARDS: readonly HandCard[] = Object.freeze([]);
const NO_BIDS: readonly number[] = Object.freeze([]);
const NO_WINNERS: readonly SeatIndex[] = Object.freeze([]);

export function view(state: ElDoradoState, viewer: Viewer): ElDoradoView {
	// A keeper's table has no secrets: there everybody sees what the seat in turn may say.
	const isAsked = state.kept !== null || (viewer !== null && state.turn === viewer);
	const isBidding = isAsked && state.phase === 'bidding';
	return {
		variant: 'el_dorado',
		viewer,
		phase: state.phase,
		options: state.options,
		round: state.round,
		cardsEach: state.cardsEach,
		dealer: state.dealer,
		turn: state.turn,
		trumpCard: state.trumpCard,
		trump: state.trumpCard === null ? null : (SUITS[suitIndexOf(state.trumpCard)] ?? null),
		trumpBroken: state.trumpBroken,
		seats: state.seats,
		hand: viewer === null ? NO_CARDS : handOf(state, viewer),
		legalBids: isBidding ? legalBids(state) : NO_BIDS,
		forbiddenBid: isBidding ? forbiddenBid(state) : null,
		bidOrder: state.bidOrder,
		sumOfBids: state.sumOfBids,
		trick: state.trick,
		leader: state.leader,
		winning: state.winning === null ? null : state.winning.seat,
		tricks: state.tricks,
		sheet: state.sheet,
		kept: state.kept === null ? null : keptView(state, state.kept),
		winners: state.over ? winnersOf(state) : NO_WINNERS,
	};
}

function keptView(state: ElDoradoState, { noted, adjustments, changes }: Kept): KeptView {
	return { noted, adjustments, changes, mayScore: isPlayedOut(state), endReached: isEndReached(state) };
}

/** The hand in dealt order, each card with why it may not be played now. */
function handOf(state: ElDoradoState, viewer: SeatIndex): readonly HandCard[] {
	const hand = state.hands[viewer] ?? null;
	if (hand === null || hand.length === 0) return NO_CARDS;
	if (state.phase !== 'playing') return hand.map((card) => shown('invalid_phase', card));
	if (state.turn !== viewer) return hand.map((card) => shown('not_your_turn', card));
	const duty = dutyOf(state, hand);
	return hand.map((card) => shown(dutyRefusal(duty, card), card));
}

function shown(refusal: keyof typeof REFUSED | null, card: CardId): HandCard {
	const cards = refusal === null ? PLAYABLE : REFUSED[refusal];
	return cards[card] ?? { card, refusal };
}
