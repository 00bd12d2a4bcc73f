/** What a hand is held to when it is its turn to play, and what that says to each of its cards. */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import type { RefusalCode } from '../../game/game.ts';

/** What a hand is held to at its turn: computed once for a hand, asked for each card. */
export interface Duty {
	/** The suit that must be played, or null. */
	readonly follow: number | null;
	/** The suit that may not be led, or null. */
	readonly barred: number | null;
}

/** What a duty can refuse a card with. */
export type DutyRefusal = Extract<RefusalCode, 'must_follow_suit' | 'cannot_lead_trump'>;

/** Any card of the hand may be played. */
export const FREE: Duty = { follow: null, barred: null };

/** Why a card in hand may not be played under this duty, or null. */
export function dutyRefusal(duty: Duty, card: CardId): DutyRefusal | null {
	const suit = suitIndexOf(card);
	if (duty.follow !== null && suit !== duty.follow) return 'must_follow_suit';
	return suit === duty.barred ? 'cannot_lead_trump' : null;
}
