/**
 * Finds the weights of the club player (src/lib/bots/el-dorado/weights.ts): plays games with the present ones, notes
 * for every card held what was known about it and whether it won a trick, fits a logistic regression to that, and
 * plays again with the result, a few times over. Prints the table to paste. Half a minute; the same code and table
 * always give the same result, and a table that has settled moves in the second decimal only.
 *
 *     npx tsx tests/bench/bots-fit.ts
 */
import { suitIndexOf, type CardId } from '../../src/lib/cards/card.ts';
import { simulatePlay } from '../../src/lib/game/simulated-play.ts';
import { chooseClub } from '../../src/lib/bots/el-dorado/club.ts';
import { knowledgeOf } from '../../src/lib/bots/el-dorado/knowledge.ts';
import { FIRST_WANT, TRAITS, fillTraits, shapeOf } from '../../src/lib/bots/trick-play/traits.ts';
import { WEIGHTS } from '../../src/lib/bots/el-dorado/weights.ts';
import type { Weights } from '../../src/lib/bots/trick-play/weights.ts';
import { fit, type Samples } from './logistic.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import type { ElDoradoCommand, ElDoradoEvent, ElDoradoView } from '../../src/lib/games/el-dorado/types.ts';

/** Seats of the games, in turn. */
const TABLES = [4, 2, 4, 3, 4, 5, 2, 4, 6, 4, 8, 10];
const GAMES = 960;
const PASSES = 5;
/** One bid in so many is moved by one, so that hands are seen wanting too much and too little as well. */
const ODD_BID_ONE_IN = 3;
/** One play in so many is noted: neighbouring plays say much the same. */
const NOTED_ONE_IN = 3;

interface Note {
	readonly traits: Float64Array;
	readonly round: number;
	readonly card: CardId;
	readonly isTrump: boolean;
}

let weights: Weights = WEIGHTS;
for (let pass = 0; pass < PASSES; pass++) {
	const { plain, trump, made } = samplesOf(weights, pass * GAMES);
	console.log(
		`pass ${pass + 1}: bids made ${(100 * made).toFixed(2)} % at all tables, some moved on purpose`,
	);
	weights = { plain: fit(plain, TRAITS.length), trump: fit(trump, TRAITS.length) };
}
for (const [at, trait] of TRAITS.entries()) {
	console.log(`\t${trait}: [${rounded(weights.plain[at])}, ${rounded(weights.trump[at])}],`);
}

function rounded(weight = 0): string {
	return String(Number(weight.toFixed(2)));
}

function samplesOf(current: Weights, firstSeed: number) {
	const plain: Samples = { rows: [], won: [] };
	const trump: Samples = { rows: [], won: [] };
	let bids = 0;
	let made = 0;
	for (let game = 0; game < GAMES; game++) {
		const notes: Note[] = [];
		const { events, state } = simulatePlay({
			game: EL_DORADO,
			seats: TABLES[game % TABLES.length] ?? 4,
			seed: firstSeed + game,
			choose: (now, seat, seed) => {
				const view = EL_DORADO.view(now, seat);
				const command = move(view, current, seed);
				if (command.type === 'make_bid' || seed % NOTED_ONE_IN === 0) notes.push(...notesOf(view, command));
				return command;
			},
		});
		const winners = winnersByRound(events);
		for (const note of notes) {
			const samples = note.isTrump ? trump : plain;
			samples.rows.push(note.traits);
			samples.won.push(winners[note.round]?.has(note.card) === true);
		}
		for (const { bids: called, tricks } of state.sheet) {
			bids += called.length;
			made += called.filter((bid, seat) => bid === tricks[seat]).length;
		}
	}
	return { plain, trump, made: made / bids };
}

function winnersByRound(events: readonly ElDoradoEvent[]): Set<CardId>[] {
	const winners: Set<CardId>[] = [];
	let round = 0;
	for (const event of events) {
		if (event.type === 'cards_dealt') winners[(round = event.round)] = new Set();
		if (event.type === 'trick_taken') winners[round]?.add(event.card);
	}
	return winners;
}

function move(view: ElDoradoView, current: Weights, seed: number): ElDoradoCommand {
	const command = chooseClub(view, current);
	if (command.type !== 'make_bid' || seed % ODD_BID_ONE_IN !== 0) return command;
	const moved = command.bid + ((seed >>> 16) % 2 === 0 ? 1 : -1);
	return view.legalBids.includes(moved) ? { type: 'make_bid', bid: moved } : command;
}

/** What is known of each card in hand, wants multiplied in. */
function notesOf(view: ElDoradoView, command: ElDoradoCommand): Note[] {
	const known = knowledgeOf(view);
	const shape = shapeOf(known.hand, null);
	const wanted = command.type === 'make_bid' ? command.bid : known.need;
	const want = Math.min(1, Math.max(0, wanted / shape.size));
	return known.hand.map((card) => {
		const traits = new Float64Array(TRAITS.length);
		fillTraits(traits, known, shape, card, null);
		for (let at = FIRST_WANT; at < traits.length; at++) traits[at] = (traits[at] ?? 0) * want;
		return { traits, round: view.round, card, isTrump: suitIndexOf(card) === known.trump };
	});
}
