/** The move made for a seat whose player is away when the table plays `forced` (El Dorado 6.1). */
import type { CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { dutyRefusal } from '../trick-play/duty.ts';
import { forcedCard } from '../trick-play/forced-card.ts';
import { legalBids } from './bidding.ts';
import { dutyOf } from './playing.ts';
import { trumpOf, type ElDoradoState } from './state.ts';
import type { ElDoradoCommand } from './types.ts';

/**
 * The lowest legal bid, or the forced card.
 * @throws {InvariantError} when it is not the seat's turn or its hand is not known here
 */
export function forcedMove(state: ElDoradoState, seat: SeatIndex): ElDoradoCommand {
	assert(state.turn === seat, `seat ${seat} is not to act`);
	if (state.phase === 'bidding') {
		const bid = legalBids(state)[0];
		assert(bid !== undefined, 'there is always a legal bid');
		return { type: 'make_bid', bid, by: 'forced' };
	}
	return { type: 'play_card', card: cardOf(state, seat), by: 'forced' };
}

function cardOf(state: ElDoradoState, seat: SeatIndex): CardId {
	const hand = state.hands[seat] ?? [];
	const duty = dutyOf(state, hand);
	const legal = hand.filter((card) => dutyRefusal(duty, card) === null);
	return forcedCard(legal, duty.follow !== null, trumpOf(state));
}
