/**
 * A deal of hands that are known: a game deals from a deck, so the deck is found that gives these hands. It is for games
 * that are played again from a record, never for one that counts.
 *
 *     const event = dealKnown(game, state, active, { hands, trump });   // or null: no deck gives them
 */
import { CARDS_PER_DECK, parseCardId, type CardId } from '../cards/card.ts';
import type { Game, GameEvent, GameState, Hand, SeatIndex } from './game.ts';
import { toSeat } from './seats.ts';

export interface KnownDeal {
	/** Of the seats that are dealt in. */
	readonly hands: ReadonlyMap<SeatIndex, Hand>;
	/** The card turned up; null in a game that turns none. */
	readonly trump: CardId | null;
}

/** The event that deals them; null when no deal is due, they are not those of these seats, or no deck has them. */
export function dealKnown(
	game: Game,
	state: GameState,
	active: readonly SeatIndex[],
	{ hands, trump }: KnownDeal,
): GameEvent | null {
	const plan = game.dealDue(state, active);
	if (plan === null || active.length !== hands.size) return null;
	// A deck whose cards say at which place of it they lay.
	const places = Array.from({ length: plan.decks * CARDS_PER_DECK }, (_, place) => parseCardId(place)).filter(
		(card) => card !== null,
	);
	const traced = game.deal(state, active, places);
	const deck = new Map<number, CardId>();
	const trumpPlace = turnedUp(traced);
	if ((trumpPlace === null) !== (trump === null)) return null;
	if (trumpPlace !== null && trump !== null) deck.set(trumpPlace, trump);
	for (const [seat, hand] of (game.handsOf(traced) ?? []).entries()) {
		const held = hands.get(toSeat(seat)) ?? [];
		if (hand === null || held.length !== hand.length) return null;
		for (const [index, place] of hand.entries()) deck.set(place, held[index] ?? place);
	}
	const used = new Set(deck.values());
	const rest = places.filter((card) => !used.has(card));
	const whole = places.map((place) => deck.get(place) ?? rest.shift() ?? place);
	try {
		const event = game.deal(state, active, whole);
		game.evolve(state, event);
		return event;
	} catch {
		// A card twice, or one that is in no deck of this round.
		return null;
	}
}

/** The card that a deal turned up; null where it turned none. */
export function turnedUp(event: GameEvent): CardId | null {
	return 'trumpCard' in event ? parseCardId(event.trumpCard) : null;
}
