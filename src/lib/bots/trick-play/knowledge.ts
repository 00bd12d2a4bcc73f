/**
 * What a seat knows of a round of tricks, counted once a move from its view: which cards it has not seen, who is
 * known to be void of what, who wants how many tricks, who still plays to the trick. It holds nothing that the view
 * does not say, so a bot built on it cannot cheat. Each game makes it of its own view.
 *
 * A card's *face* is its number without the copy, 0..51: two decks hold each face twice. Suits are numbers
 * here, 0 clubs .. 3 spades, and trump is `NO_TRUMP` where there is none: this is a bot's hot loop.
 */
import { CARDS_PER_DECK, CARDS_PER_SUIT, SUITS, suitIndexOf, type CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';

export interface Opponent {
	readonly seat: SeatIndex;
	readonly cardsLeft: number;
	/** Bid less tricks taken, negative when over; null before its bid. */
	readonly need: number | null;
	/** Still to play to the trick on the table (all of them when it is ours to lead). */
	readonly toPlay: boolean;
	/** By suit: it has shown that it holds none. */
	readonly isVoid: readonly boolean[];
	/** By suit: the chance that a given unseen card of it is in this hand. */
	readonly share: readonly number[];
}

export interface Knowledge {
	readonly trump: number;
	/** Our cards, as dealt. */
	readonly hand: readonly CardId[];
	/** Bid less tricks taken, negative when over; 0 before the bid. */
	readonly need: number;
	readonly opponents: readonly Opponent[];
	/** Cards that may be in an opponent's hand or undealt, by face: 0, 1, or with two decks 2. */
	readonly unseen: Uint8Array;
	readonly unseenInSuit: readonly number[];
	/** The chance that an unseen card was dealt and is still held. */
	readonly density: number;
	/** Nothing is played yet, and we shall lead the first trick. */
	readonly leadsRound: boolean;
	/** Tricks the others still want, in parts of the tricks still to be won. */
	readonly demand: number;
	/** Led to the trick on the table; null when the lead is ours. */
	readonly ledSuit: number | null;
	/** The card that wins the trick so far. */
	readonly winningCard: CardId | null;
}

export function faceOf(card: CardId): number {
	return card % CARDS_PER_DECK;
}

/** Unseen cards that would beat this face in its own suit; a card played later beats its twin (El Dorado 4.5). */
export function higherUnseen(unseen: Uint8Array, face: number, twinBeats: boolean): number {
	const end = face - (face % CARDS_PER_SUIT) + CARDS_PER_SUIT;
	let count = 0;
	for (let other = twinBeats ? face : face + 1; other < end; other++) count += unseen[other] ?? 0;
	return count;
}

/** How many of these faces each suit has. */
export function countBySuit(faces: Uint8Array): number[] {
	return SUITS.map((_, suit) => {
		let count = 0;
		for (let rank = 0; rank < CARDS_PER_SUIT; rank++) count += faces[suit * CARDS_PER_SUIT + rank] ?? 0;
		return count;
	});
}

interface Played {
	readonly seat: SeatIndex;
	readonly card: CardId;
}

/** By seat and suit: did not follow when it was led, so holds none of it. */
export function voidsShown(
	seats: number,
	tricks: readonly { readonly plays: readonly Played[] }[],
	trick: readonly Played[],
): boolean[][] {
	const voids = Array.from({ length: seats }, () => SUITS.map(() => false));
	const look = (plays: readonly Played[]) => {
		const led = plays[0];
		if (led === undefined) return;
		const suit = suitIndexOf(led.card);
		for (const play of plays) {
			const shown = voids[play.seat];
			if (shown !== undefined && suitIndexOf(play.card) !== suit) shown[suit] = true;
		}
	};
	for (const { plays } of tricks) look(plays);
	look(trick);
	return voids;
}

/** What is seen of another seat. */
export interface SeenSeat {
	readonly seat: SeatIndex;
	readonly cardsLeft: number;
	readonly need: number | null;
	readonly toPlay: boolean;
}

/** The seat with what follows from its voids: how likely it holds an unseen card of each suit. */
export function opponentFrom(
	seen: SeenSeat,
	isVoid: readonly boolean[],
	unseenInSuit: readonly number[],
): Opponent {
	const room = unseenInSuit.reduce((sum, count, suit) => (isVoid[suit] ? sum : sum + count), 0);
	const share = room === 0 ? 0 : Math.min(1, seen.cardsLeft / room);
	return { ...seen, isVoid, share: SUITS.map((_, suit) => (isVoid[suit] ? 0 : share)) };
}
