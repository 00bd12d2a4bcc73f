/**
 * Is the shuffle fair? Deals in numbers, each from a key of its own as the table makes them, counted by card and
 * place, by card and seat, and by trump; chi-square says how far the counts are from even.
 */
import { CARDS_PER_DECK } from '../../src/lib/cards/card.ts';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { GameId } from '../../src/lib/game/table-types.ts';
import { roundKeyOf, shuffledDeck } from '../../src/lib/room/deal.ts';
import { seededBytes } from './simulated-table.ts';

export interface DealChecks {
	/** By name: chi-square, degrees of freedom, and how many standard deviations off it is. */
	readonly numbers: Readonly<Record<string, number>>;
	readonly isUniform: boolean;
}

const SEATS = 4;
/** Round 1 of El Dorado at four seats: the card after forty is turned up. */
const TRUMP_PLACE = 40;
/** Beyond four standard deviations one run in 30,000 of a fair shuffle would be called unfair. */
const MAX_DEVIATION = 4;
const ROUNDS_PER_GAME = 10;

export function dealChecks(deals: number): DealChecks {
	const startedMs = performance.now();
	const places = table(CARDS_PER_DECK);
	const seats = table(SEATS);
	const trumps = table(1);
	const random = seededBytes(1);
	let [secret, contributions, game] = [random(32), encodeBase64url(random(32)), encodeBase64url(random(16))];
	for (let deal = 0; deal < deals; deal++) {
		const round = deal % ROUNDS_PER_GAME;
		if (round === 0)
			[secret, contributions, game] = [random(32), encodeBase64url(random(32)), encodeBase64url(random(16))];
		const deck = shuffledDeck(roundKeyOf({ game: game as GameId, secret, contributions }, round + 1), 1);
		for (const [place, card] of deck.entries()) {
			increment(places, card, place);
			increment(seats, card, place % SEATS);
			if (place === TRUMP_PLACE) increment(trumps, card, 0);
		}
	}
	// Every place has one card and every seat as many as the next: the cells vary less than those of free draws.
	const scale = (CARDS_PER_DECK - 1) / CARDS_PER_DECK;
	const results = {
		place: chiSquare(places, (CARDS_PER_DECK - 1) ** 2, deals / CARDS_PER_DECK, scale),
		seat: chiSquare(seats, (CARDS_PER_DECK - 1) * (SEATS - 1), deals / SEATS, scale),
		trump: chiSquare(trumps, CARDS_PER_DECK - 1, deals / CARDS_PER_DECK, 1),
	};
	const numbers: Record<string, number> = { deals };
	for (const [name, { square, freedom, deviation }] of Object.entries(results)) {
		numbers[`chi_square.${name}`] = Math.round(square * 10) / 10;
		numbers[`chi_square.${name}_freedom`] = freedom;
		numbers[`chi_square.${name}_deviation`] = Math.round(deviation * 100) / 100;
	}
	numbers['seconds'] = Math.round((performance.now() - startedMs) / 100) / 10;
	const isUniform = Object.values(results).every(({ deviation }) => Math.abs(deviation) < MAX_DEVIATION);
	return { numbers, isUniform };
}

type Counts = readonly Float64Array[];

function table(columns: number): Counts {
	return Array.from({ length: CARDS_PER_DECK }, () => new Float64Array(columns));
}

function increment(counts: Counts, row: number, column: number): void {
	const cells = counts[row];
	if (cells !== undefined) cells[column] = (cells[column] ?? 0) + 1;
}

function chiSquare(counts: Counts, freedom: number, even: number, scale: number) {
	let square = 0;
	for (const cells of counts) for (const seen of cells) square += (scale * (seen - even) ** 2) / even;
	// For so many degrees of freedom chi-square is as good as normal: mean k, variance 2k.
	return { square, freedom, deviation: (square - freedom) / Math.sqrt(2 * freedom) };
}
