/**
 * A sound club player: bids the number it is likeliest to make, and plays the card after which its bid is
 * likeliest to be met, reckoning with what it has seen (`knowledge.ts`) and with what cards are worth
 * (`chances.ts`). No search and no dice: about ten microseconds a move, so a phone does not notice.
 */
import type { CardId } from '../../cards/card.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import type { ElDoradoCommand, ElDoradoView } from '../../games/el-dorado/types.ts';
import { outlookOf, trickChances, winChance, type Outlook } from '../trick-play/chances.ts';
import type { Knowledge } from '../trick-play/knowledge.ts';
import type { Weights } from '../trick-play/weights.ts';
import { knowledgeOf } from './knowledge.ts';
import { WEIGHTS } from './weights.ts';

/** Of two hopeless cards the one that misses by less: what a miss by one trick costs, in parts of a bid made. */
const MISS_BY_ONE = 0.002;

/** @throws {InvariantError} when it is not the viewer's turn */
export function chooseClub(view: ElDoradoView, weights: Weights = WEIGHTS): ElDoradoCommand {
	assert(view.turn !== null && view.turn === view.viewer, 'a bot moves when it is its turn');
	const known = knowledgeOf(view);
	return view.phase === 'bidding'
		? { type: 'make_bid', bid: likeliestBid(known, view.legalBids, weights) }
		: { type: 'play_card', card: bestCard(known, view, weights) };
}

function likeliestBid(known: Knowledge, legalBids: readonly number[], weights: Weights): number {
	const outlook = outlookOf(known, null, weights);
	let best = -1;
	let bestChance = -1;
	for (const bid of legalBids) {
		const chance = trickChances(outlook, bid)[bid] ?? 0;
		if (chance > bestChance) {
			best = bid;
			bestChance = chance;
		}
	}
	return best;
}

function bestCard(known: Knowledge, view: ElDoradoView, weights: Weights): CardId {
	let best: CardId | null = null;
	let bestWorth = -Infinity;
	for (const { card, refusal } of view.hand) {
		if (refusal !== null) continue;
		const worth = worthOfPlaying(known, card, weights);
		if (worth > bestWorth) {
			best = card;
			bestWorth = worth;
		}
	}
	if (best === null) throw new InvariantError('a seat in turn has a legal card');
	return best;
}

function worthOfPlaying(known: Knowledge, card: CardId, weights: Weights): number {
	const rest = outlookOf(known, card, weights);
	const wins = winChance(known, card);
	let worth = 0;
	if (wins > 0) worth += wins * worthOf(rest, known.need - 1);
	if (wins < 1) worth += (1 - wins) * worthOf(rest, known.need);
	return worth;
}

/** 1 for a hand that is sure to make exactly these tricks, near 0 for one that is sure not to. */
function worthOf(rest: Outlook, need: number): number {
	const chances = trickChances(rest, need);
	let worth = 0;
	chances.forEach((chance, tricks) => {
		worth += chance * (tricks === need ? 1 : -MISS_BY_ONE * Math.abs(tricks - need));
	});
	return worth;
}
