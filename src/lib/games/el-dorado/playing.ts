/** Which cards may be played (El Dorado 4.2, 4.3), and what a card does to trump (4.4). */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import type { Hand, RefusalCode } from '../../game/game.ts';
import { FREE, dutyRefusal, type Duty } from '../trick-play/duty.ts';
import { holdsOnly, holdsSuit } from '../trick-play/following.ts';
import { trumpOf, type ElDoradoState } from './state.ts';

/** What the hand of the seat whose turn it is must do. */
export function dutyOf(state: ElDoradoState, hand: Hand): Duty {
	const lead = state.trick[0];
	if (lead !== undefined) {
		const led = suitIndexOf(lead.card);
		return holdsSuit(hand, led) ? { follow: led, barred: null } : FREE;
	}
	const trump = trumpOf(state);
	const mayLeadTrump = state.trumpBroken || state.options.trumpLead === 'free' || holdsOnly(hand, trump);
	return mayLeadTrump ? FREE : { follow: null, barred: trump };
}

/** Why the seat whose turn it is may not play this card from this hand, or null. */
export function cardRefusal(state: ElDoradoState, hand: Hand, card: CardId): RefusalCode | null {
	if (!hand.includes(card)) return 'card_not_in_hand';
	return dutyRefusal(dutyOf(state, hand), card);
}

/**
 * Does this card break trump? Only a trump on a led plain suit does (4.4): who may play it there is void.
 * Leading trump, forced or free, breaks nothing (4.3).
 */
export function breaksTrump(state: ElDoradoState, card: CardId): boolean {
	const lead = state.trick[0];
	if (lead === undefined) return false;
	const trump = trumpOf(state);
	return suitIndexOf(lead.card) !== trump && suitIndexOf(card) === trump;
}
