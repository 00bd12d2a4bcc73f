/** What is told of El Dorado, in words. */
import { assertNever } from '../../../game/assert.ts';
import type { Suit } from '../../../cards/card.ts';
import { sharedWords, type Listener } from '../told-words.ts';
import type { Fact } from './narrate.ts';

/** @param trump of the round that is dealt; a deal without one is not told */
export function wordsOf(fact: Fact, trump: Suit | null, listener: Listener): string {
	const { say, words, own, nameOf } = listener;
	switch (fact.type) {
		case 'dealt':
			return trump === null ? '' : say.dealt(fact.round, fact.cardsEach, words.cards.suit(trump));
		case 'bid':
			return fact.seat === own ? say.youBid(fact.bid) : say.bid(nameOf(fact.seat), fact.bid);
		case 'broken':
			return say.broken(words.cards.suit(fact.suit));
		case 'played':
		case 'trick':
		case 'scored':
		case 'over':
			return sharedWords(fact, listener);
		case 'turn':
			return { bid: say.yourBid, lead: say.yourLead, play: say.yourPlay }[fact.move];
		default:
			return assertNever(fact);
	}
}
