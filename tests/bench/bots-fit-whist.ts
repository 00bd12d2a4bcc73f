/**
 * Finds the weights of the club player of Israeli Whist (src/lib/bots/israeli-whist/weights.ts), as `bots-fit.ts` does
 * for El Dorado: plays games with the present ones, notes for every card held what was known about it and whether it
 * won a trick, fits a logistic regression to that, and plays again with the result, a few times over. Prints the
 * tables to paste.
 *
 *     npx tsx tests/bench/bots-fit-whist.ts
 */
import { suitIndexOf, type CardId } from '../../src/lib/cards/card.ts';
import { simulatePlay } from '../../src/lib/game/simulated-play.ts';
import { chooseClub } from '../../src/lib/bots/israeli-whist/club.ts';
import { knowledgeOf } from '../../src/lib/bots/israeli-whist/knowledge.ts';
import { WEIGHTS, type WhistWeights } from '../../src/lib/bots/israeli-whist/weights.ts';
import { FIRST_WANT, TRAITS, fillTraits, shapeOf } from '../../src/lib/bots/trick-play/traits.ts';
import type { Weights } from '../../src/lib/bots/trick-play/weights.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import { optionsWith } from '../../src/lib/games/israeli-whist/testing.ts';
import type {
	IsraeliWhistCommand,
	IsraeliWhistEvent,
	IsraeliWhistView,
} from '../../src/lib/games/israeli-whist/types.ts';
import { fit, type Samples } from './logistic.ts';

const GAMES = 400;
const ROUNDS = 10;
const PASSES = 4;
/** One contract in so many is moved by one, so that hands are seen wanting too much and too little as well. */
const ODD_CONTRACT_ONE_IN = 3;
/** One play in so many is noted: neighbouring plays say much the same. */
const NOTED_ONE_IN = 4;
/** One auction in so many is bid in no-trump whatever the hands, or there would be too few to learn from. */
const NO_TRUMP_ONE_IN = 4;

interface Note {
	readonly traits: Float64Array;
	readonly deal: number;
	readonly card: CardId;
	readonly kind: 'plain' | 'trump' | 'noTrump';
}
type AllSamples = Record<Note['kind'], Samples>;

let weights: WhistWeights = WEIGHTS;
for (let pass = 0; pass < PASSES; pass++) {
	const { samples, made } = samplesOf(weights, pass * GAMES);
	console.log(`pass ${pass + 1}: contracts made ${(100 * made).toFixed(2)} %, some moved on purpose`);
	const none = TRAITS.map(() => 0);
	weights = {
		withTrump: { plain: fit(samples.plain, TRAITS.length), trump: fit(samples.trump, TRAITS.length) },
		noTrump: { plain: fit(samples.noTrump, TRAITS.length), trump: none },
	};
}
print('WITH_TRUMP', weights.withTrump);
print('NO_TRUMP', weights.noTrump);

function print(name: string, { plain, trump }: Weights): void {
	console.log(`const ${name}: WeightTable = {`);
	TRAITS.forEach((trait, at) => console.log(`\t${trait}: [${rounded(plain[at])}, ${rounded(trump[at])}],`));
	console.log('};');
}

function rounded(weight = 0): string {
	return String(Number(weight.toFixed(2)));
}

function samplesOf(current: WhistWeights, firstSeed: number) {
	const samples: AllSamples = {
		plain: { rows: [], won: [] },
		trump: { rows: [], won: [] },
		noTrump: { rows: [], won: [] },
	};
	let contracts = 0;
	let made = 0;
	for (let game = 0; game < GAMES; game++) {
		const notes: Note[] = [];
		const { events, state } = simulatePlay({
			game: ISRAELI_WHIST,
			seats: 4,
			seed: firstSeed + game,
			options: optionsWith({ end: { type: 'rounds', rounds: ROUNDS } }),
			choose: (now, seat, seed) => {
				const view = ISRAELI_WHIST.view(now, seat);
				const command = move(view, current, seed);
				const isNoted = command.type === 'make_contract' || command.type === 'play_card';
				if (isNoted && (command.type === 'make_contract' || seed % NOTED_ONE_IN === 0)) {
					notes.push(...notesOf(view, command));
				}
				return command;
			},
		});
		const winners = winnersByDeal(events);
		for (const { kind, traits, deal, card } of notes) {
			samples[kind].rows.push(traits);
			samples[kind].won.push(winners[deal]?.has(card) === true);
		}
		for (const row of state.sheet) {
			contracts += row.contracts.length;
			made += row.contracts.filter((contract, seat) => contract === row.tricks[seat]).length;
		}
	}
	return { samples, made: made / contracts };
}

function winnersByDeal(events: readonly IsraeliWhistEvent[]): Set<CardId>[] {
	const winners: Set<CardId>[] = [];
	let deal = 0;
	for (const event of events) {
		if (event.type === 'cards_dealt') winners[(deal = event.deal)] = new Set();
		if (event.type === 'trick_taken') winners[deal]?.add(event.card);
	}
	return winners;
}

function move(view: IsraeliWhistView, current: WhistWeights, seed: number): IsraeliWhistCommand {
	const command = chooseClub(view, current);
	if (command.type === 'make_call' && view.round % NO_TRUMP_ONE_IN === 0) {
		const noTrump = view.legalBids.find(({ strain }) => strain === 'no_trump') ?? null;
		return { type: 'make_call', bid: view.highest === null ? noTrump : null };
	}
	if (command.type !== 'make_contract' || seed % ODD_CONTRACT_ONE_IN !== 0) return command;
	const moved = command.contract + ((seed >>> 16) % 2 === 0 ? 1 : -1);
	return view.legalContracts.includes(moved) ? { type: 'make_contract', contract: moved } : command;
}

/** What is known of each card in hand, wants multiplied in. */
function notesOf(view: IsraeliWhistView, command: IsraeliWhistCommand): Note[] {
	const strain = view.trump ?? 'no_trump';
	const known = knowledgeOf(view, strain);
	const shape = shapeOf(known.hand, null);
	const wanted = command.type === 'make_contract' ? command.contract : known.need;
	const want = Math.min(1, Math.max(0, wanted / shape.size));
	return known.hand.map((card) => {
		const traits = new Float64Array(TRAITS.length);
		fillTraits(traits, known, shape, card, null);
		for (let at = FIRST_WANT; at < traits.length; at++) traits[at] = (traits[at] ?? 0) * want;
		const suited = suitIndexOf(card) === known.trump ? 'trump' : 'plain';
		return { traits, deal: view.deal, card, kind: strain === 'no_trump' ? 'noTrump' : suited };
	});
}
