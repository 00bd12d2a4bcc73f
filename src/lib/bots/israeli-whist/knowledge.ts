/** What a seat knows of a round of Israeli Whist, from its view alone: played as it is, or with a trump to be weighed. */
import { CARDS_PER_DECK, suitIndexOf, type CardId } from '../../cards/card.ts';
import { assert } from '../../game/assert.ts';
import {
	SEAT_COUNT,
	SUIT_STRAINS,
	TRICKS,
	type IsraeliWhistView,
	type Strain,
} from '../../games/israeli-whist/types.ts';
import { NO_TRUMP } from '../../games/trick-play/trick.ts';
import {
	countBySuit,
	faceOf,
	opponentFrom,
	voidsShown,
	type Knowledge,
	type Opponent,
} from '../trick-play/knowledge.ts';

/** What a seat wants that has not named its contract yet. */
const EVEN_SHARE = TRICKS / SEAT_COUNT;

export function suitOfStrain(strain: Strain): number {
	return strain === 'no_trump' ? NO_TRUMP : SUIT_STRAINS.indexOf(strain);
}

/** @throws {InvariantError} for a spectator, who has no hand */
export function knowledgeOf(view: IsraeliWhistView, strain: Strain): Knowledge {
	const me = view.viewer;
	assert(me !== null, 'only a seat knows anything');
	const hand = view.hand.map((held) => held.card);
	const unseen = unseenFaces(view, hand);
	const unseenInSuit = countBySuit(unseen);
	const opponents = opponentsOf(view, unseenInSuit);
	const own = view.seats[me];
	const winning = view.trick.find((play) => play.seat === view.winning);
	const tricksLeft = TRICKS - view.tricks.length;
	const wanted = opponents.reduce((sum, { need }) => sum + Math.max(0, need ?? EVEN_SHARE), 0);
	return {
		trump: suitOfStrain(strain),
		hand,
		need: (own?.contract ?? 0) - (own?.tricks ?? 0),
		opponents,
		unseen,
		unseenInSuit,
		// All cards are dealt.
		density: 1,
		// Who wins the auction leads (4.1), so a bid is weighed as if it had.
		leadsRound: view.phase === 'auction' || (view.phase === 'contracts' && view.declarer === me),
		demand: tricksLeft === 0 ? 0 : wanted / tricksLeft,
		ledSuit: view.trick[0] === undefined ? null : suitIndexOf(view.trick[0].card),
		winningCard: winning?.card ?? null,
	};
}

function unseenFaces(view: IsraeliWhistView, hand: readonly CardId[]): Uint8Array {
	const unseen = new Uint8Array(CARDS_PER_DECK).fill(1);
	const see = (card: CardId) => {
		unseen[faceOf(card)] = 0;
	};
	hand.forEach(see);
	for (const trick of view.tricks) for (const play of trick.plays) see(play.card);
	for (const play of view.trick) see(play.card);
	return unseen;
}

function opponentsOf(view: IsraeliWhistView, unseenInSuit: readonly number[]): Opponent[] {
	const voids = voidsShown(SEAT_COUNT, view.tricks, view.trick);
	return view.seats
		.filter(({ seat }) => seat !== view.viewer)
		.map(({ seat, cardsLeft, contract, tricks }) => {
			const need = contract === null ? null : contract - tricks;
			const toPlay = !view.trick.some((play) => play.seat === seat);
			return opponentFrom({ seat, cardsLeft, need, toPlay }, voids[seat] ?? [], unseenInSuit);
		});
}
