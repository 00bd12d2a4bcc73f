/**
 * What follows from a state by itself: the end of an auction, the exchange of a frisch, a full trick, a played-out
 * round, a keeper's next round. `decide` appends it to what was asked for, and a host that took over from one that
 * vanished between two events makes up for it.
 */
import { exchangedHands, directionOf } from './frisch.ts';
import { isEndReached, roundScores, typeOf } from './scoring.ts';
import {
	contractsOf,
	dealerOf,
	isKeeper,
	isPlayedOut,
	isTrickFull,
	nextRound,
	tricksOf,
	type IsraeliWhistState,
} from './state.ts';
import type { CardsExchanged, IsraeliWhistEvent, RoundOpened, RoundScored } from './types.ts';

/** null when everything is settled, and for an exchange of cards that this peer does not know. */
export function owed(state: IsraeliWhistState): IsraeliWhistEvent | null {
	switch (state.phase) {
		case 'dealing':
			return roundToOpen(state);
		case 'auction':
			return state.turn === null ? outcomeOf(state) : null;
		case 'frisch':
			return state.turn === null ? exchangeOf(state) : null;
		case 'playing':
			return takenOf(state) ?? (isKeeper(state) ? null : scoreOf(state));
		case 'contracts':
		case 'over':
			return null;
	}
}

/** A keeper's next round opens as soon as the one before is scored; at the end of the game the admin has the word. */
export function roundToOpen(state: IsraeliWhistState): RoundOpened | null {
	if (!isKeeper(state) || state.endCalled || isEndReached(state.options.end, state.sheet)) return null;
	const round = nextRound(state);
	return { type: 'round_opened', round, dealer: dealerOf(state, round) };
}

/** What a closed auction comes to (2.3-2.5). */
function outcomeOf({ highest, frischs, round, options }: IsraeliWhistState): IsraeliWhistEvent {
	if (highest !== null) return { type: 'auction_won', ...highest };
	if (frischs >= options.maxFrisch) return { type: 'round_passed_out', round };
	const frisch = frischs + 1;
	return { type: 'frisch_opened', frisch, direction: directionOf(options.frischDirection, frisch) };
}

function exchangeOf(state: IsraeliWhistState): CardsExchanged | null {
	const hands = exchangedHands(state);
	return hands === null ? null : { type: 'cards_exchanged', frisch: state.frischs, hands };
}

function takenOf(state: IsraeliWhistState): IsraeliWhistEvent | null {
	const { winning } = state;
	if (!isTrickFull(state) || winning === null) return null;
	return { type: 'trick_taken', seat: winning.seat, card: winning.card };
}

/** The score of a round whose thirteen tricks are in; null before. */
export function scoreOf(state: IsraeliWhistState): RoundScored | null {
	if (!isPlayedOut(state)) return null;
	const contracts = contractsOf(state);
	const type = typeOf(contracts);
	if (type === null) return null;
	const scores = roundScores(state.options.scoring, type, contracts, tricksOf(state));
	return { type: 'round_scored', round: state.round, scores };
}
