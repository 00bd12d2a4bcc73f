/**
 * What a seat knows of a round, counted once a move from its view: which cards it has not seen, who is known
 * to be void of what, who wants how many tricks, who still plays to the trick. It holds nothing that the view
 * does not say (El Dorado 2.3), so a bot built on it cannot cheat.
 *
 * A card's *face* is its number without the copy, 0..51: two decks hold each face twice. Suits are numbers
 * here, 0 clubs .. 3 spades: this is a bot's hot loop.
 */
import { CARDS_PER_DECK, CARDS_PER_SUIT, SUITS, suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { decksFor } from '../../games/el-dorado/dealing.ts';
import type { ElDoradoView } from '../../games/el-dorado/types.ts';

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
	/** It is our bid, the first of the round, so we shall lead (El Dorado 4.1). */
	readonly leadsRound: boolean;
	/** Tricks the others still want, in parts of the tricks still to be won. */
	readonly demand: number;
	/** Led to the trick on the table; null when the lead is ours. */
	readonly ledSuit: number | null;
	/** The card that wins the trick so far. */
	readonly winningCard: CardId | null;
}

/** Counts out the view of a seat that is dealt in; throws when the viewer is a spectator. */
export function knowledgeOf(view: ElDoradoView): Knowledge {
	const me = view.viewer;
	assert(me !== null && view.trumpCard !== null, 'only a seat in a round knows anything');
	const hand = view.hand.map((held) => held.card);
	const unseen = unseenFaces(view, hand);
	const unseenInSuit = countBySuit(unseen);
	const opponents = opponentsOf(view, me, unseenInSuit);
	const cardsOut = unseenInSuit.reduce(add, 0);
	const cardsHeld = opponents.reduce((sum, opponent) => sum + opponent.cardsLeft, 0);
	const own = view.seats[me];
	const winning = view.trick.find((play) => play.seat === view.winning);
	return {
		trump: suitIndexOf(view.trumpCard),
		hand,
		need: (own?.bid ?? 0) - (own?.tricks ?? 0),
		opponents,
		unseen,
		unseenInSuit,
		density: cardsOut === 0 ? 0 : cardsHeld / cardsOut,
		leadsRound: view.phase === 'bidding' && view.bidOrder.length === 0,
		demand: demandOf(view, opponents),
		ledSuit: view.trick[0] === undefined ? null : suitIndexOf(view.trick[0].card),
		winningCard: winning?.card ?? null,
	};
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

function unseenFaces(view: ElDoradoView, hand: readonly CardId[]): Uint8Array {
	const active = view.seats.filter((seat) => seat.active).length;
	const unseen = new Uint8Array(CARDS_PER_DECK).fill(decksFor(active));
	const see = (card: CardId) => {
		const face = faceOf(card);
		unseen[face] = (unseen[face] ?? 1) - 1;
	};
	hand.forEach(see);
	if (view.trumpCard !== null) see(view.trumpCard);
	for (const trick of view.tricks) for (const play of trick.plays) see(play.card);
	for (const play of view.trick) see(play.card);
	return unseen;
}

function countBySuit(faces: Uint8Array): number[] {
	return SUITS.map((_, suit) => {
		let count = 0;
		for (let rank = 0; rank < CARDS_PER_SUIT; rank++) count += faces[suit * CARDS_PER_SUIT + rank] ?? 0;
		return count;
	});
}

function opponentsOf(view: ElDoradoView, me: SeatIndex, unseenInSuit: readonly number[]): Opponent[] {
	const voids = voidsShown(view);
	return view.seats
		.filter((seat) => seat.active && seat.seat !== me)
		.map((seat) => {
			const isVoid = voids[seat.seat] ?? [];
			const room = unseenInSuit.reduce((sum, count, suit) => (isVoid[suit] ? sum : sum + count), 0);
			const share = room === 0 ? 0 : Math.min(1, seat.cardsLeft / room);
			return {
				seat: seat.seat,
				cardsLeft: seat.cardsLeft,
				need: seat.bid === null ? null : seat.bid - seat.tricks,
				toPlay: !view.trick.some((play) => play.seat === seat.seat),
				isVoid,
				share: SUITS.map((_, suit) => (isVoid[suit] ? 0 : share)),
			};
		});
}

/** By seat and suit: did not follow when it was led, so holds none of it (El Dorado 4.2). */
function voidsShown(view: ElDoradoView): boolean[][] {
	const voids = view.seats.map(() => SUITS.map(() => false));
	const look = (plays: ElDoradoView['trick']) => {
		const led = plays[0];
		if (led === undefined) return;
		const suit = suitIndexOf(led.card);
		for (const play of plays) {
			const shown = voids[play.seat];
			if (shown !== undefined && suitIndexOf(play.card) !== suit) shown[suit] = true;
		}
	};
	for (const trick of view.tricks) look(trick.plays);
	look(view.trick);
	return voids;
}

/** Seats that have not bid yet are taken to want their even share. */
function demandOf(view: ElDoradoView, opponents: readonly Opponent[]): number {
	const tricksLeft = view.cardsEach - view.tricks.length;
	const evenShare = view.cardsEach / (opponents.length + 1);
	const wanted = opponents.reduce((sum, { need }) => sum + Math.max(0, need ?? evenShare), 0);
	return tricksLeft === 0 ? 0 : wanted / tricksLeft;
}

function add(a: number, b: number): number {
	return a + b;
}
