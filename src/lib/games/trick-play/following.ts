/**
 * What a hand can do when a suit is led: what every trick-taking game here asks of a hand. Suits are numbers
 * (0 clubs .. 3 spades), as `suitIndexOf` gives them.
 */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import type { Hand } from '../../game/game.ts';

export function holdsSuit(hand: Hand, suit: number): boolean {
	for (const card of hand) if (suitIndexOf(card) === suit) return true;
	return false;
}

/** Nothing but that suit; an empty hand holds nothing else either. */
export function holdsOnly(hand: Hand, suit: number): boolean {
	for (const card of hand) if (suitIndexOf(card) !== suit) return false;
	return true;
}

/** Follow the led suit if you can; void in it, any card will do. */
export function follows(hand: Hand, card: CardId, led: number): boolean {
	return suitIndexOf(card) === led || !holdsSuit(hand, led);
}

/** The hand with one card less, in the same order. The card must be in it. */
export function without(hand: Hand, card: CardId): Hand {
	const rest: CardId[] = [];
	for (const held of hand) if (held !== card) rest.push(held);
	return rest;
}
