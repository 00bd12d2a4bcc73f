/**
 * The card laid for a seat whose player is away (El Dorado 6.1): the highest that follows suit, else the lowest plain
 * card, else the lowest trump. Cards of one rank go in suit order, clubs first, so that every peer names the same.
 */
import { rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';

/**
 * @param legal cards of the hand that may be played, at least one
 * @param trump suit number
 */
export function forcedCard(legal: readonly CardId[], follows: boolean, trump: number): CardId {
	const rising = [...legal].sort((a, b) => rankOf(a) - rankOf(b) || a - b);
	const plain = rising.find((card) => suitIndexOf(card) !== trump);
	const card = follows ? rising.at(-1) : (plain ?? rising[0]);
	assert(card !== undefined, 'a seat in turn whose hand is known has a legal card');
	return card;
}
