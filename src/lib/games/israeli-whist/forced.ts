/**
 * The move made for a seat whose player is away when the table plays `forced`: what binds the player least. A pass;
 * in a frisch the three lowest cards; the lowest contract; in the play the card of El Dorado 6.1.
 */
import { rankOf, suitIndexOf, type CardId } from '../../cards/card.ts';
import { InvariantError, assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { forcedCard } from '../trick-play/forced-card.ts';
import { legalContracts } from './contracts.ts';
import { mustFollow } from './playing.ts';
import { trumpSuitOf, type IsraeliWhistState } from './state.ts';
import { FRISCH_CARDS, type IsraeliWhistCommand } from './types.ts';

/** @throws {InvariantError} when the seat has nothing to do or its hand is not known here */
export function forcedMove(state: IsraeliWhistState, seat: SeatIndex): IsraeliWhistCommand {
	assert(state.turn === seat || state.pending.includes(seat), `seat ${seat} is not to act`);
	switch (state.phase) {
		case 'auction':
			return { type: 'make_call', bid: null, by: 'forced' };
		case 'frisch':
			return { type: 'pass_cards', cards: lowestCards(state, seat), by: 'forced' };
		case 'contracts': {
			const contract = legalContracts(state)[0];
			assert(contract !== undefined, 'there is always a legal contract');
			return { type: 'make_contract', contract, by: 'forced' };
		}
		case 'playing':
			return { type: 'play_card', card: cardOf(state, seat), by: 'forced' };
		case 'dealing':
		case 'over':
			throw new InvariantError(`nobody is to act while the game is ${state.phase}`);
	}
}

/** Cards of one rank go in suit order, so that every peer names the same. */
function lowestCards(state: IsraeliWhistState, seat: SeatIndex): CardId[] {
	const hand = state.hands[seat] ?? [];
	return hand.toSorted((a, b) => rankOf(a) - rankOf(b) || a - b).slice(0, FRISCH_CARDS);
}

function cardOf(state: IsraeliWhistState, seat: SeatIndex): CardId {
	const hand = state.hands[seat] ?? [];
	const suit = mustFollow(state, hand);
	const legal = suit === null ? hand : hand.filter((card) => suitIndexOf(card) === suit);
	return forcedCard(legal, suit !== null, trumpSuitOf(state));
}
