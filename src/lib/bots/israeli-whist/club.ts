/**
 * A sound club player: bids when a contract in its best strain promises more than it can hope for as a defender,
 * names the contract with the most points to be expected, and plays the card after which the most are. It reckons
 * with what it has seen (`knowledge.ts`) and with what cards are worth (`trick-play/chances.ts`). No search, no dice.
 */
import { CARDS_PER_SUIT, rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import {
	SEAT_COUNT,
	STRAINS,
	TRICKS,
	type Bid,
	type IsraeliWhistCommand,
	type IsraeliWhistView,
	type Strain,
} from '../../games/israeli-whist/types.ts';
import { outlookOf, winChance, type Outlook } from '../trick-play/chances.ts';
import type { Knowledge } from '../trick-play/knowledge.ts';
import { cardsToPass } from './frisch.ts';
import { knowledgeOf } from './knowledge.ts';
import { WEIGHTS, type WhistWeights } from './weights.ts';
import { expectedPoints, type OverChance } from './worth.ts';

/** Points a defender makes in self-play: who expects less of a bid had better pass. */
const DEFENDER_POINTS = 8;
/** What others are likely to name, each: a little less than an even share, for bids are careful. */
const LIKELY_CONTRACT = 2.8;
/** How far the total must be from thirteen to be sure on which side it will end. */
const SURE_DISTANCE = 4;

/** @throws {InvariantError} when it is not the viewer's turn */
export function chooseClub(view: IsraeliWhistView, weights: WhistWeights = WEIGHTS): IsraeliWhistCommand {
	assert(view.viewer !== null && view.turn === view.viewer, 'a bot moves when it is its turn');
	switch (view.phase) {
		case 'auction':
			return { type: 'make_call', bid: bestBid(view, weights) };
		case 'frisch':
			return { type: 'pass_cards', cards: cardsToPass(view.hand.map(({ card }) => card)) };
		case 'contracts':
			return { type: 'make_contract', contract: bestContract(view, weights) };
		case 'playing':
			return { type: 'play_card', card: bestCard(view, weights) };
		case 'dealing':
		case 'over':
			throw new InvariantError(`nobody is to act while the game is ${view.phase}`);
	}
}

function outlookIn(known: Knowledge, strain: Strain, without: CardId | null, weights: WhistWeights): Outlook {
	return outlookOf(known, without, strain === 'no_trump' ? weights.noTrump : weights.withTrump);
}

/** The lowest bid in the strain that promises most, or a pass. */
function bestBid(view: IsraeliWhistView, weights: WhistWeights): Bid | null {
	let best: Bid | null = null;
	let bestPoints = DEFENDER_POINTS;
	for (const strain of STRAINS) {
		const bid = view.legalBids.find((one) => one.strain === strain);
		if (bid === undefined) continue;
		const points = pointsOfDeclaring(view, bid, weights);
		if (points > bestPoints) {
			best = bid;
			bestPoints = points;
		}
	}
	return best;
}

/** Of the best contract that the bid allows. */
function pointsOfDeclaring(view: IsraeliWhistView, { amount, strain }: Bid, weights: WhistWeights): number {
	const outlook = outlookIn(knowledgeOf(view, strain), strain, null, weights);
	let best = -Infinity;
	for (let contract = amount; contract <= TRICKS; contract++) {
		best = Math.max(best, expectedPoints(view.options.scoring, 0, contract, 0, outlook));
	}
	return best;
}

function trumpOf({ trump }: IsraeliWhistView): Strain {
	assert(trump !== null, 'trump is named before contracts are');
	return trump;
}

export function bestContract(view: IsraeliWhistView, weights: WhistWeights = WEIGHTS): number {
	const strain = trumpOf(view);
	const known = knowledgeOf(view, strain);
	const outlook = outlookIn(known, strain, null, weights);
	let best = view.legalContracts[0] ?? 0;
	let bestPoints = -Infinity;
	for (const contract of contractsToWeigh(view, known)) {
		const over = overChance(view, contract);
		const points = expectedPoints(view.options.scoring, over, contract, 0, outlook);
		if (points > bestPoints) {
			best = contract;
			bestPoints = points;
		}
	}
	return best;
}

/** Never 0 with the ace of trumps in hand, which is a sure trick, unless nothing else is left. */
export function contractsToWeigh(
	{ legalContracts }: Pick<IsraeliWhistView, 'legalContracts'>,
	{ hand, trump }: Pick<Knowledge, 'hand' | 'trump'>,
): readonly number[] {
	const hasAce = hand.some((card) => suitIndexOf(card) === trump && rankOf(card) === CARDS_PER_SUIT - 1);
	const others = hasAce ? legalContracts.filter((contract) => contract !== 0) : legalContracts;
	return others.length > 0 ? others : legalContracts;
}

/** How likely the contracts come to more than thirteen, ours among them. */
function overChance({ sumOfContracts, seats }: IsraeliWhistView, own: number): OverChance {
	const unnamed = seats.filter(({ contract }) => contract === null).length - 1;
	const total = sumOfContracts + own + unnamed * LIKELY_CONTRACT;
	if (unnamed === 0) return total > TRICKS ? 1 : 0;
	return Math.min(1, Math.max(0, 0.5 + (total - TRICKS) / SURE_DISTANCE / 2));
}

function bestCard(view: IsraeliWhistView, weights: WhistWeights): CardId {
	const strain = trumpOf(view);
	const known = knowledgeOf(view, strain);
	let best: CardId | null = null;
	let bestPoints = -Infinity;
	for (const { card, refusal } of view.hand) {
		if (refusal !== null) continue;
		const points = pointsOfPlaying(view, known, outlookIn(known, strain, card, weights), card);
		if (points > bestPoints) {
			best = card;
			bestPoints = points;
		}
	}
	if (best === null) throw new InvariantError('a seat in turn has a legal card');
	return best;
}

function pointsOfPlaying(view: IsraeliWhistView, known: Knowledge, rest: Outlook, card: CardId): number {
	const { scoring } = view.options;
	const own = view.seats[view.viewer ?? SEAT_COUNT];
	const contract = own?.contract ?? 0;
	const taken = own?.tricks ?? 0;
	const over = view.type === 'over' ? 1 : 0;
	const wins = winChance(known, card);
	let points = 0;
	if (wins > 0) points += wins * expectedPoints(scoring, over, contract, taken + 1, rest);
	if (wins < 1) points += (1 - wins) * expectedPoints(scoring, over, contract, taken, rest);
	return points;
}
