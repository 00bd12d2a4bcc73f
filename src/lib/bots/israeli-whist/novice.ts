/**
 * A cheerful beginner at Israeli Whist: bids on a long suit with high cards in it, counts them for a contract, with a
 * mood, passes on its lowest cards, and plays as beginners do.
 */
import { SUITS, rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import {
	FRISCH_CARDS,
	SUIT_STRAINS,
	type Bid,
	type IsraeliWhistCommand,
	type IsraeliWhistView,
} from '../../games/israeli-whist/types.ts';
import { FREE } from '../../games/trick-play/duty.ts';
import { noviceCard, scatter } from '../trick-play/novice-card.ts';
import { contractsToWeigh } from './club.ts';
import { suitOfStrain } from './knowledge.ts';

/** Worth of a card by rank, two .. ace, in hundredths of a trick. */
const PLAIN_WORTH = [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 20, 50, 85] as const;
const TRUMP_WORTH = [20, 20, 20, 25, 25, 30, 35, 40, 50, 60, 75, 90, 100] as const;
const HUNDREDTHS = 100;
/** How far the mood of the moment moves a wish, in hundredths of a trick either way. */
const MOOD = 90;
/** A suit shorter than this is nothing to name. */
const SHORTEST_TRUMP = 4;

/** @throws {InvariantError} when it is not the viewer's turn */
export function chooseNovice(view: IsraeliWhistView, seed: number): IsraeliWhistCommand {
	assert(view.viewer !== null && view.turn === view.viewer, 'a bot moves when it is its turn');
	const hand = view.hand.map(({ card }) => card);
	switch (view.phase) {
		case 'auction':
			return { type: 'make_call', bid: wishedBid(view, hand, moodOf(seed)) };
		case 'frisch':
			return { type: 'pass_cards', cards: lowest(hand) };
		case 'contracts':
			return { type: 'make_contract', contract: wishedContract(view, hand, moodOf(seed)) };
		case 'playing':
			return { type: 'play_card', card: card(view, seed) };
		case 'dealing':
		case 'over':
			throw new InvariantError(`nobody is to act while the game is ${view.phase}`);
	}
}

/** In hundredths of a trick. */
function moodOf(seed: number): number {
	return (scatter(seed) % (2 * MOOD + 1)) - MOOD;
}

function worthIn(hand: readonly CardId[], trump: number): number {
	let worth = 0;
	for (const held of hand) {
		worth += (suitIndexOf(held) === trump ? TRUMP_WORTH : PLAIN_WORTH)[rankOf(held)] ?? 0;
	}
	return worth;
}

/** The lowest bid in the best suit that the hand is good for; a beginner leaves no-trump to others. */
function wishedBid(view: IsraeliWhistView, hand: readonly CardId[], mood: number): Bid | null {
	const suits = SUITS.map((_, suit) => ({
		suit,
		length: hand.filter((held) => suitIndexOf(held) === suit).length,
		worth: worthIn(hand, suit),
	})).filter(({ length }) => length >= SHORTEST_TRUMP);
	const best = suits.toSorted((a, b) => b.worth - a.worth)[0];
	if (best === undefined) return null;
	const bid = view.legalBids.find(({ strain }) => strain === SUIT_STRAINS[best.suit]) ?? null;
	return bid !== null && best.worth + mood >= bid.amount * HUNDREDTHS ? bid : null;
}

function lowest(hand: readonly CardId[]): CardId[] {
	return hand.toSorted((a, b) => rankOf(a) - rankOf(b) || a - b).slice(0, FRISCH_CARDS);
}

/** The contract next to the wish; a beginner, too, knows that the ace of trumps is a trick. */
function wishedContract(view: IsraeliWhistView, hand: readonly CardId[], mood: number): number {
	const trump = trumpOf(view);
	const wish = Math.round((worthIn(hand, trump) + mood) / HUNDREDTHS);
	const contracts = contractsToWeigh(view, { hand, trump });
	let nearest = contracts[0] ?? 0;
	for (const contract of contracts) {
		if (Math.abs(contract - wish) < Math.abs(nearest - wish)) nearest = contract;
	}
	return nearest;
}

function trumpOf(view: IsraeliWhistView): number {
	assert(view.trump !== null, 'trump is named before contracts are');
	return suitOfStrain(view.trump);
}

function card(view: IsraeliWhistView, seed: number): CardId {
	const legal = view.hand.filter(({ refusal }) => refusal === null).map((held) => held.card);
	const own = view.seats.find(({ seat }) => seat === view.viewer);
	const best = view.trick.find(({ seat }) => seat === view.winning)?.card ?? null;
	const need = (own?.contract ?? 0) - (own?.tricks ?? 0);
	return noviceCard(legal, { duty: FREE, trump: trumpOf(view), best, need }, seed);
}
