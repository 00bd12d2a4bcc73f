/**
 * Is the shuffle fair, and what each game deals from it? Deals in numbers, each from a key of its own as the table makes
 * them and dealt by the game's own rules, counted by card and place of the deck, by card and seat, and by the card that
 * is turned up; chi-square says how far the counts are from even.
 */
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { Game } from '../../src/lib/game/game.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { GameId } from '../../src/lib/game/table-types.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import { roundKeyOf, shuffledDeck, type DealSeed } from '../../src/lib/room/deal.ts';
import { seededBytes } from './simulated-table.ts';

export interface DealChecks {
	/** By name: chi-square, degrees of freedom, and how many standard deviations off it is. */
	readonly numbers: Readonly<Record<string, number>>;
	readonly isUniform: boolean;
}

/** A game at so many seats: the deals are shared out evenly among these. */
export interface DealtGame {
	readonly name: string;
	readonly game: Game;
	readonly seats: number;
}

export const DEALT_GAMES: readonly DealtGame[] = [
	{ name: 'el_dorado_4', game: EL_DORADO, seats: 4 },
	// Two decks, shuffled together.
	{ name: 'el_dorado_10', game: EL_DORADO, seats: 10 },
	{ name: 'israeli_whist', game: ISRAELI_WHIST, seats: 4 },
];

/** Beyond four standard deviations one run in 30,000 of a fair shuffle would be called unfair. */
const MAX_DEVIATION = 4;
const ROUNDS_PER_GAME = 10;

export function dealChecks(deals: number, games: readonly DealtGame[] = DEALT_GAMES): DealChecks {
	const startedMs = performance.now();
	const numbers: Record<string, number> = { deals };
	let isUniform = true;
	for (const [at, dealt] of games.entries()) {
		const results = countsOf(dealt, Math.ceil((deals - at) / games.length), at + 1);
		for (const [name, { square, freedom, deviation }] of Object.entries(results)) {
			const key = `chi_square.${dealt.name}.${name}`;
			numbers[key] = Math.round(square * 10) / 10;
			numbers[`${key}_freedom`] = freedom;
			numbers[`${key}_deviation`] = Math.round(deviation * 100) / 100;
			isUniform &&= Math.abs(deviation) < MAX_DEVIATION;
		}
	}
	numbers['seconds'] = Math.round((performance.now() - startedMs) / 100) / 10;
	return { numbers, isUniform };
}

/** First rounds, the deal going round the table; every tenth deal begins another game, with another secret. */
function countsOf(
	{ game, seats }: DealtGame,
	deals: number,
	stream: number,
): Readonly<Record<string, ChiSquare>> {
	const active = Array.from({ length: seats }, (_, seat) => toSeat(seat));
	const states = active.map((dealer) => game.start(game.defaultOptions(), seats, dealer));
	const decks = (states[0] === undefined ? null : game.dealDue(states[0], active))?.decks ?? 1;
	const seeds = seedsFrom(seededBytes(stream));
	let seed = seeds();
	const size = shuffledDeck(roundKeyOf(seed, 1), decks).length;
	const places = counts(size, size);
	// The last column is for what stays in the deck.
	const hands = counts(size, seats + 1);
	const trumps = counts(size, 1);
	for (let deal = 0; deal < deals; deal++) {
		if (deal % ROUNDS_PER_GAME === 0) seed = seeds();
		const deck = shuffledDeck(roundKeyOf(seed, (deal % ROUNDS_PER_GAME) + 1), decks);
		const state = states[deal % seats];
		if (state === undefined) throw new Error('every seat deals');
		const event = game.deal(state, active, deck);
		const holders = new Map<number, number>();
		for (const [seat, hand] of (game.handsOf(event) ?? []).entries())
			for (const card of hand ?? []) holders.set(card, seat);
		for (const [place, card] of deck.entries()) {
			increment(places, card, place);
			increment(hands, card, holders.get(card) ?? seats);
		}
		if ('trumpCard' in event && typeof event.trumpCard === 'number') increment(trumps, event.trumpCard, 0);
	}
	return {
		place: chiSquare(places, deals, true),
		seat: chiSquare(hands, deals, true),
		...(total(trumps) > 0 ? { trump: chiSquare(trumps, deals, false) } : {}),
	};
}

function seedsFrom(random: ReturnType<typeof seededBytes>): () => DealSeed {
	return () => ({
		secret: random(32),
		contributions: encodeBase64url(random(32)),
		game: encodeBase64url(random(16)) as GameId,
	});
}

/** By card, and by where it went. */
type Counts = readonly Float64Array[];

const counts = (cards: number, columns: number): Counts =>
	Array.from({ length: cards }, () => new Float64Array(columns));
const total = (table: Counts): number =>
	table.reduce((sum, cells) => sum + cells.reduce((part, seen) => part + seen, 0), 0);

function increment(table: Counts, card: number, column: number): void {
	const cells = table[card];
	if (cells === undefined) throw new Error(`card ${card} is of no deck`);
	cells[column] = (cells[column] ?? 0) + 1;
}

interface ChiSquare {
	readonly square: number;
	readonly freedom: number;
	readonly deviation: number;
}

/**
 * @param isShared every deal gives each column the same number of cards, each card once: the cells then vary less than
 * those of free draws, by one card in the deck
 */
function chiSquare(table: Counts, deals: number, isShared: boolean): ChiSquare {
	const cards = table.length;
	const columns = table[0]?.length ?? 0;
	let square = 0;
	let used = 0;
	for (let column = 0; column < columns; column++) {
		const seen = table.map((cells) => cells[column] ?? 0);
		const even = seen.reduce((sum, count) => sum + count, 0) / cards;
		// Nothing stays in the deck when all of it is dealt.
		if (even === 0) continue;
		used += 1;
		for (const count of seen) square += (count - even) ** 2 / even;
	}
	if (isShared) square *= (cards - 1) / cards;
	const freedom = (cards - 1) * (isShared ? used - 1 : 1);
	// For so many degrees of freedom chi-square is as good as normal: mean k, variance 2k.
	return { square, freedom, deviation: deals === 0 ? 0 : (square - freedom) / Math.sqrt(2 * freedom) };
}
