/**
 * Positions for tests, written as people say them: seat 0 is to act, the others' cards are not named because no bot
 * may look at them. What the rules allow is the engine's own answer.
 *
 *     positionOf({ hand: 'AS 2C', trump: '7S', bids: [0, 1, 1, 0], trumpBroken: true })
 */
import { suitIndexOf, type CardId } from '../../cards/card.ts';
import { parseCard } from '../../cards/notation.ts';
import { assert } from '../../game/assert.ts';
import { EL_DORADO } from '../../games/el-dorado/index.ts';
import { allSeats, seatAt } from '../../games/el-dorado/testing.ts';
import type { ElDoradoOptions, ElDoradoView, Play, Trick } from '../../games/el-dorado/types.ts';
import { winningPlay } from '../../games/trick-play/trick.ts';

export interface Position {
	/** Seat 0's cards. */
	readonly hand: string;
	/** The card turned up. */
	readonly trump: string;
	/** By seat, so they say how many there are; null: has not bid. Without a null it is the play. */
	readonly bids: readonly (number | null)[];
	/** Finished tricks, oldest first: the leader, then the cards in order of play. */
	readonly tricks?: readonly (readonly [leader: number, cards: string])[];
	/** The trick on the table; the seats before seat 0 have played it. */
	readonly trick?: string;
	readonly trumpBroken?: boolean;
	readonly options?: Partial<ElDoradoOptions>;
}

export function cardOf(name: string): CardId {
	const card = parseCard(name);
	assert(card !== null, `${name} is no card`);
	return card;
}

export function cardsOf(names: string): CardId[] {
	return names.split(' ').filter(Boolean).map(cardOf);
}

/** What seat 0 sees. */
export function positionOf(position: Position): ElDoradoView {
	const { bids, trumpBroken = false } = position;
	const me = seatAt(0);
	const active = allSeats(bids.length);
	const trumpCard = cardOf(position.trump);
	const trump = suitIndexOf(trumpCard);
	const hand = cardsOf(position.hand);
	const tricks = (position.tricks ?? []).map(([leader, cards]) => trickOf(leader, cards, bids.length, trump));
	const onTable = cardsOf(position.trick ?? '');
	const leader = (bids.length - onTable.length) % bids.length;
	const trick = playsOf(leader, onTable, bids.length);
	const isBidding = bids.includes(null);
	const bidOrder = active.filter((seat) => bids[seat] !== null);
	const start = EL_DORADO.start({ ...EL_DORADO.defaultOptions(), ...position.options }, bids.length, me);
	const state = {
		...start,
		phase: isBidding ? ('bidding' as const) : ('playing' as const),
		round: 11 - hand.length - tricks.length,
		cardsEach: hand.length + tricks.length,
		turn: me,
		active,
		trumpCard,
		trumpBroken,
		seats: active.map((seat) => ({
			seat,
			active: true,
			cardsLeft: hand.length - (trick.some((play) => play.seat === seat) ? 1 : 0),
			bid: bids[seat] ?? null,
			tricks: tricks.filter(({ winner }) => winner === seat).length,
			total: 0,
		})),
		hands: active.map((seat) => (seat === me ? hand : null)),
		bidOrder,
		sumOfBids: bids.reduce<number>((sum, bid) => sum + (bid ?? 0), 0),
		leader: isBidding ? null : seatAt(leader),
		trick,
		winning: winningPlay(trick, trump),
		tricks,
	};
	return EL_DORADO.view(state, me);
}

function playsOf(leader: number, cards: readonly CardId[], seats: number): Play[] {
	return cards.map((card, place) => ({ seat: seatAt((leader + place) % seats), card }));
}

function trickOf(leader: number, cards: string, seats: number, trump: number): Trick {
	const plays = playsOf(leader, cardsOf(cards), seats);
	const best = winningPlay(plays, trump);
	assert(best !== null, 'a finished trick has cards');
	return { leader: seatAt(leader), plays, winner: best.seat, winningCard: best.card };
}
