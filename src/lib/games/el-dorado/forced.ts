/** The move made for a seat whose player is away when the table plays `forced` (El Dorado 6.1). */
import { rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { legalBids } from './bidding.ts';
import { dutyOf, dutyRefusal } from './playing.ts';
import { trumpOf, type ElDoradoState } from './state.ts';
import type { ElDoradoCommand } from './types.ts';

/**
 * The lowest legal bid; or the highest card of the led suit, else the lowest legal plain card, else the lowest
 * trump. Cards of one rank go in suit order, clubs first, so that every peer names the same one.
 * @throws {InvariantError} when it is not the seat's turn or its hand is not known here
 */
export function forcedMove(state: ElDoradoState, seat: SeatIndex): ElDoradoCommand {
	assert(state.turn === seat, `seat ${seat} is not to act`);
	if (state.phase === 'bidding') {
		const bid = legalBids(state)[0];
		assert(bid !== undefined, 'there is always a legal bid');
		return { type: 'make_bid', bid, by: 'forced' };
	}
	return { type: 'play_card', card: forcedCard(state, seat), by: 'forced' };
}

function forcedCard(state: ElDoradoState, seat: SeatIndex): CardId {
	const hand = state.hands[seat] ?? [];
	const duty = dutyOf(state, hand);
	const legal = hand.filter((card) => dutyRefusal(duty, card) === null);
	const rising = legal.sort((a, b) => rankOf(a) - rankOf(b) || a - b);
	const trump = trumpOf(state);
	const plain = rising.find((card) => suitIndexOf(card) !== trump);
	const card = duty.follow === null ? (plain ?? rising[0]) : rising.at(-1);
	assert(card !== undefined, `the hand of seat ${seat} is not known here`);
	return card;
}
