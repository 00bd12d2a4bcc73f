/**
 * Chances a club player reckons with: that a card wins the trick on the table, and how many tricks a hand will
 * make when so many are wanted. Both are estimates; what they are worth is measured by the share of bids made in
 * self-play (tests/bench/bots.bench.ts).
 */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import { beats } from '../../games/trick-play/trick.ts';
import { faceOf, higherUnseen, type Knowledge, type Opponent } from './knowledge.ts';
import { FIRST_WANT, TRAITS, fillTraits, shapeOf } from './traits.ts';
import type { Weights } from './weights.ts';

/** How many tricks a hand will make, given how many are wanted of it. */
export interface Outlook {
	/** Cards in the hand: it makes 0 .. size tricks. */
	readonly size: number;
	/** By card: log odds of winning a trick when none is wanted, and what is added when all are. */
	readonly odds: readonly number[];
	readonly pull: readonly number[];
}

/** Reused by every call: rows and distributions are the innermost loop of a bot. */
const row = new Float64Array(TRAITS.length);

/** @param without a card of the hand that is about to be played, or null */
export function outlookOf(known: Knowledge, without: CardId | null, weights: Weights): Outlook {
	const shape = shapeOf(known.hand, without);
	const odds: number[] = [];
	const pull: number[] = [];
	for (const card of known.hand) {
		if (card === without) continue;
		fillTraits(row, known, shape, card, without);
		const counts = suitIndexOf(card) === known.trump ? weights.trump : weights.plain;
		odds.push(weigh(counts, 0, FIRST_WANT));
		pull.push(weigh(counts, FIRST_WANT, TRAITS.length));
	}
	return { size: shape.size, odds, pull };
}

function weigh(counts: readonly number[], from: number, to: number): number {
	let sum = 0;
	for (let trait = from; trait < to; trait++) sum += (counts[trait] ?? 0) * (row[trait] ?? 0);
	return sum;
}

/**
 * The chance of each number of tricks, 0 .. size, when `wanted` are aimed at. Cards are taken to win or lose each
 * on its own: they do not, but hands are compared, and the error is much the same in all of them.
 */
export function trickChances(outlook: Outlook, wanted: number): number[] {
	const { size, odds, pull } = outlook;
	const want = size === 0 ? 0 : Math.min(1, Math.max(0, wanted / size));
	const chances = new Array<number>(size + 1).fill(0);
	chances[0] = 1;
	for (let card = 0; card < size; card++) {
		const wins = 1 / (1 + Math.exp(-((odds[card] ?? 0) + (pull[card] ?? 0) * want)));
		for (let tricks = card + 1; tricks > 0; tricks--) {
			chances[tricks] = (chances[tricks] ?? 0) * (1 - wins) + (chances[tricks - 1] ?? 0) * wins;
		}
		chances[0] = (chances[0] ?? 0) * (1 - wins);
	}
	return chances;
}

/** The chance that this legal card wins the trick on the table, or the one that it leads. */
export function winChance(known: Knowledge, card: CardId): number {
	if (known.winningCard !== null && !beats(card, known.winningCard, known.trump)) return 0;
	let chance = 1;
	for (const opponent of known.opponents) {
		if (opponent.toPlay) chance *= 1 - beatenBy(known, opponent, card);
	}
	return chance;
}

/**
 * How often an opponent who could take a trick does: hardly ever when it has its bid, the more the larger the
 * part of its cards that must still win. Rough on purpose: self-play hardly changes with twice or half of these.
 */
const TAKES_WHEN_MADE = 0.1;
const TAKES_AT_LEAST = 0.4;
const TAKES_MORE_BY_WANT = 3;

function takes(opponent: Opponent): number {
	const need = opponent.need ?? 0;
	if (need <= 0) return TAKES_WHEN_MADE;
	return Math.min(1, TAKES_AT_LEAST + (TAKES_MORE_BY_WANT * need) / Math.max(1, opponent.cardsLeft));
}

/** The chance that an opponent still to play beats this card, which wins so far. */
function beatenBy(known: Knowledge, opponent: Opponent, card: CardId): number {
	const suit = suitIndexOf(card);
	const led = known.ledSuit ?? suit;
	const higher = higherUnseen(known.unseen, faceOf(card), true);
	const noHigher = noneOf(opponent, suit, higher);
	if (suit !== led)
		return noneOf(opponent, led, known.unseenInSuit[led] ?? 0) * (1 - noHigher) * takes(opponent);

	const noLower = noneOf(opponent, suit, (known.unseenInSuit[suit] ?? 0) - higher);
	const mustBeat = (1 - noHigher) * noLower;
	const mayBeat = (1 - noHigher) * (1 - noLower);
	const mayTrump =
		suit === known.trump
			? 0
			: noHigher * noLower * (1 - noneOf(opponent, known.trump, known.unseenInSuit[known.trump] ?? 0));
	return mustBeat + (mayBeat + mayTrump) * takes(opponent);
}

/** The chance that the opponent holds none of so many unseen cards of a suit. */
function noneOf(opponent: Opponent, suit: number, cards: number): number {
	return Math.pow(1 - (opponent.share[suit] ?? 0), cards);
}
