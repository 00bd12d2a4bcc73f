/** What is told of Israeli Whist, in words. */
import { assertNever } from '../../../game/assert.ts';
import { cardName } from '../../cards/card-name.ts';
import type { WhistMessages } from '../../messages/whist.en.ts';
import { calledBy, sharedWords, type Listener } from '../told-words.ts';
import type { Fact } from './narrate.ts';

export function wordsOf(fact: Fact, { say }: WhistMessages, listener: Listener): string {
	const { words, own, nameOf } = listener;
	switch (fact.type) {
		case 'dealt':
			return say.dealt(fact.round);
		case 'dealt_again':
			return say.dealtAgain(fact.round);
		case 'called':
			return fact.bid === null
				? say.pass(calledBy(listener, fact.seat))
				: say.call(calledBy(listener, fact.seat), fact.bid.amount, fact.bid.strain);
		case 'frisch':
			return say.frisch(fact.to === null ? null : nameOf(fact.to), fact.direction);
		case 'chosen':
			return say.chosen(nameOf(fact.seat));
		case 'received':
			return say.received(fact.cards.map((card) => cardName(words, card)));
		case 'passed_out':
			return say.passedOut;
		case 'won':
			return fact.seat === own
				? say.youWon(fact.bid.amount, fact.bid.strain)
				: say.won(nameOf(fact.seat), fact.bid.amount, fact.bid.strain);
		case 'contract':
			return say.contract(calledBy(listener, fact.seat), fact.contract);
		case 'all_named':
			return say.type(fact.sum);
		case 'played':
		case 'trick':
		case 'scored':
		case 'over':
			return sharedWords(fact, listener);
		case 'turn':
			return {
				call: say.yourCall,
				pass: say.yourPass,
				contract: say.yourContract,
				lead: listener.say.yourLead,
				play: listener.say.yourPlay,
			}[fact.move];
		default:
			return assertNever(fact);
	}
}
