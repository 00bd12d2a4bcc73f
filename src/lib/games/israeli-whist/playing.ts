/** Which cards may be played (Israeli Whist 4.1): follow suit if able, otherwise any. */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import type { Hand, RefusalCode } from '../../game/game.ts';
import { holdsSuit } from '../trick-play/following.ts';
import type { IsraeliWhistState } from './state.ts';

/** The suit this hand must play to the trick on the table; null when any card will do. */
export function mustFollow(state: IsraeliWhistState, hand: Hand): number | null {
	const lead = state.trick[0];
	if (lead === undefined) return null;
	const led = suitIndexOf(lead.card);
	return holdsSuit(hand, led) ? led : null;
}

/** Why the seat whose turn it is may not play this card from this hand, or null. */
export function cardRefusal(state: IsraeliWhistState, hand: Hand, card: CardId): RefusalCode | null {
	if (!hand.includes(card)) return 'card_not_in_hand';
	const suit = mustFollow(state, hand);
	return suit === null || suitIndexOf(card) === suit ? null : 'must_follow_suit';
}
