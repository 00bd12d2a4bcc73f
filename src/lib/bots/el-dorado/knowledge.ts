/** What a seat knows of a round of El Dorado, from its view alone (El Dorado 2.3). */
import { CARDS_PER_DECK, suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { decksFor } from '../../games/el-dorado/dealing.ts';
import type { ElDoradoView } from '../../games/el-dorado/types.ts';
import {
	countBySuit,
	faceOf,
	opponentFrom,
	voidsShown,
	type Knowledge,
	type Opponent,
} from '../trick-play/knowledge.ts';

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

function opponentsOf(view: ElDoradoView, me: SeatIndex, unseenInSuit: readonly number[]): Opponent[] {
	const voids = voidsShown(view.seats.length, view.tricks, view.trick);
	return view.seats
		.filter((seat) => seat.active && seat.seat !== me)
		.map(({ seat, cardsLeft, bid, tricks }) => {
			const need = bid === null ? null : bid - tricks;
			const toPlay = !view.trick.some((play) => play.seat === seat);
			return opponentFrom({ seat, cardsLeft, need, toPlay }, voids[seat] ?? [], unseenInSuit);
		});
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
