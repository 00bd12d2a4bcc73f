/**
 * What is worth telling of a round or a whole game: facts with their seats and numbers, no words. All are read from
 * the score sheet, which everybody at the table has, so every phone finds the same ones.
 *
 *     roundFacts(rounds, 'el_dorado')   // of the last of these rounds, the weightiest first
 *     gameFacts(rounds, 'el_dorado', winners)
 */
import type { SeatIndex, Variant } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import { BLOWOUT, CLOSE_FINISH, COMEBACK } from '../games/israeli-whist/summary.ts';
import type { ReadRound } from './sheet-rounds.ts';

/** About one seat. */
export const SEAT_FACTS = [
	'swept',
	'big_bid_made',
	'new_leader',
	'drought_ended',
	'far_over',
	'far_short',
	'only_made',
	'run_ended',
	'made_run',
	'only_missed',
	'zero_held',
	'climbed',
	'zero_broken',
	'zero_burst',
	'pulls_away',
	'missed_run',
	'one_over',
	'one_short',
	// Of a whole game.
	'perfect',
	'comeback',
	'last_gasp',
	'blowout',
	'narrow',
	'wire_to_wire',
	'below_zero',
	'sharpest',
	'zero_master',
	'best_round',
	'bold',
	'plain_win',
] as const;
export type SeatFact = (typeof SEAT_FACTS)[number];
/** About several. */
export const SHARED_FACTS = ['shared_lead', 'close_race', 'tie'] as const;
export type SharedFact = (typeof SHARED_FACTS)[number];
/** About the table. */
export const TABLE_FACTS = [
	'everyone_made',
	'nobody_made',
	'three_frischs',
	'frisch',
	'overbid',
	'underbid',
	'plain',
	'lead_changes',
	'sharp_table',
	'wild_table',
] as const;
export type TableFact = (typeof TABLE_FACTS)[number];
export type FactType = SeatFact | SharedFact | TableFact;

/** `number` is what the fact counts: a bid, tricks, points, rounds, a place; `WEIGHTS` says which. */
export type Fact =
	| {
			readonly about: 'seat';
			readonly type: SeatFact;
			readonly seat: SeatIndex;
			readonly number: number;
			readonly weight: number;
	  }
	| {
			readonly about: 'seats';
			readonly type: SharedFact;
			readonly seats: readonly SeatIndex[];
			readonly number: number;
			readonly weight: number;
	  }
	| { readonly about: 'table'; readonly type: TableFact; readonly number: number; readonly weight: number };

/** How much a fact wants to be told, 0 (only when there is nothing else) .. 100; in brackets what its number is. */
const WEIGHTS: Readonly<Record<FactType, number>> = {
	/** Took every trick of a round of four cards and more (tricks). */
	swept: 95,
	/** Met a bid of half the cards and more (the bid). */
	big_bid_made: 80,
	/** Alone at the top, and was not there at all (points ahead). */
	new_leader: 75,
	/** Met a bid after three misses and more (the misses). */
	drought_ended: 68,
	/** Three tricks off and more (tricks too many, too few). */
	far_over: 70,
	far_short: 70,
	/** One out of three and more (the bid). */
	only_made: 65,
	/** Missed after three met bids and more (those bids). */
	run_ended: 64,
	/** Three bids met in a row and more (bids). */
	made_run: 62,
	only_missed: 56,
	/** A zero met with many cards in hand (cards). */
	zero_held: 60,
	/** Two places up and more (the place now). */
	climbed: 57,
	/** A zero that took one trick, or more (tricks). */
	zero_broken: 48,
	zero_burst: 49,
	/** In the lead before, and much further now (points ahead). */
	pulls_away: 50,
	/** Three misses in a row and more (misses). */
	missed_run: 40,
	/** One off (the bid). */
	one_over: 20,
	one_short: 21,
	/** Every bid of a whole game met (rounds). */
	perfect: 98,
	/** Won after trailing far (points behind). */
	comeback: 95,
	/** Won, and did not lead before the last round (points ahead). */
	last_gasp: 92,
	/** Won by much, by little (points ahead). */
	blowout: 88,
	narrow: 86,
	/** Led alone after every round (rounds). */
	wire_to_wire: 80,
	/** Won with less than nothing (points below zero). */
	below_zero: 74,
	/** Met most bids and did not win (bids). */
	sharpest: 60,
	/** Three zeros met and more (zeros). */
	zero_master: 52,
	/** Best round of the game, by somebody who did not win (points). */
	best_round: 46,
	/** Highest bid met of the game, five and more (the bid). */
	bold: 40,
	/** Won, and nothing more is known of it: told first all the same (points ahead). */
	plain_win: 72,
	/** The lead is shared, and was not by them (their points). */
	shared_lead: 66,
	/** The first two are close, late in the game (points between them). */
	close_race: 25,
	/** More than one at the top in the end (their points). */
	tie: 100,
	/** Of three and more (players). */
	everyone_made: 90,
	nobody_made: 87,
	/** Of a round (frischs). */
	three_frischs: 93,
	frisch: 45,
	/** Bids far above, below the tricks there are (by how many). */
	overbid: 30,
	underbid: 30,
	/** Nothing stands out (bids met). */
	plain: 0,
	/** Four changes of the lead and more (changes). */
	lead_changes: 55,
	/** Bids met of all, many, few (percent). */
	sharp_table: 34,
	wild_table: 34,
};

/** A run worth a word, and the zeros of a game. */
const RUN = 3;
const OFF_BY_FAR = 3;
/** Fewer cards are swept by anybody. */
const SWEEP_CARDS = 4;
/** A zero with fewer cards is no feat. */
const ZERO_CARDS = 7;
const BIG_BID = 4;
/** Bids and tricks are that far apart. */
const UNBALANCED = 3;
/** Ups and downs before the third round are only dealing out. */
const EARLY = 2;
const BOLD_BID = 5;
const MANY_CHANGES = 4;
/** A whole game, for what is said of one. */
const WHOLE_ROUNDS = 4;
const SHARP_PERCENT = 60;
const WILD_PERCENT = 30;

interface Margins {
	readonly close: number;
	readonly wide: number;
	readonly comeback: number;
}
/** Points: a made bid of El Dorado is worth about 7, a contract of Israeli Whist about 25. */
const MARGINS: Readonly<Record<Variant, Margins>> = {
	el_dorado: { close: 3, wide: 25, comeback: 20 },
	israeli_whist: { close: CLOSE_FINISH, wide: BLOWOUT, comeback: COMEBACK },
};

const aboutSeat = (type: SeatFact, seat: SeatIndex, number: number): Fact => ({
	about: 'seat',
	type,
	seat,
	number,
	weight: WEIGHTS[type],
});
const aboutSeats = (type: SharedFact, seats: readonly SeatIndex[], number: number): Fact => ({
	about: 'seats',
	type,
	seats,
	number,
	weight: WEIGHTS[type],
});
const aboutTable = (type: TableFact, number: number): Fact => ({
	about: 'table',
	type,
	number,
	weight: WEIGHTS[type],
});

/** One seat in one round it was dealt in. */
interface Part {
	readonly seat: SeatIndex;
	readonly bid: number;
	readonly tricks: number;
	readonly isMade: boolean;
}

function partsOf({ bids, tricks, scores }: ReadRound): Part[] {
	return bids.flatMap((bid, index) => {
		const taken = tricks[index] ?? null;
		if (bid === null || taken === null || (scores[index] ?? null) === null) return [];
		return [{ seat: toSeat(index), bid, tricks: taken, isMade: bid === taken }];
	});
}

interface Standing {
	/** Everybody who has been dealt in, best first. */
	readonly seats: readonly { readonly seat: SeatIndex; readonly total: number; readonly place: number }[];
	/** With the highest total. */
	readonly leaders: readonly SeatIndex[];
	/** Points of the first ahead of the second; 0 for a shared lead and for one player. */
	readonly margin: number;
}

/** After the last of these rounds. */
function standingAfter(rounds: readonly ReadRound[]): Standing {
	const last = rounds.at(-1);
	const known = new Set(rounds.flatMap((round) => partsOf(round).map(({ seat }) => seat)));
	const totals = [...known].map((seat) => ({ seat, total: last?.totals[seat] ?? 0 }));
	totals.sort((a, b) => b.total - a.total || a.seat - b.seat);
	const seats = totals.map((one) => ({
		...one,
		place: 1 + totals.filter(({ total }) => total > one.total).length,
	}));
	return {
		seats,
		leaders: seats.filter(({ place }) => place === 1).map(({ seat }) => seat),
		margin: (seats[0]?.total ?? 0) - (seats[1]?.total ?? seats[0]?.total ?? 0),
	};
}

/** How many rounds in a row, up to the last of these, a seat has met (or missed) its bid. */
function runOf(rounds: readonly ReadRound[], seat: SeatIndex, isMade: boolean): number {
	const own = rounds.flatMap((round) => partsOf(round).filter((part) => part.seat === seat));
	const end = own.findLastIndex((part) => part.isMade !== isMade);
	return own.length - 1 - end;
}

/** Of the last of these rounds, weightiest first; at least one, but for no rounds at all. */
export function roundFacts(rounds: readonly ReadRound[], variant: Variant): readonly Fact[] {
	const round = rounds.at(-1);
	if (round === undefined) return [];
	const parts = partsOf(round);
	const facts = [
		...tableFacts(round, parts),
		...parts.flatMap((part) => seatFacts(rounds, round, part)),
		...outcomeFacts(parts),
		...standingFacts(rounds, MARGINS[variant]),
	];
	return facts.toSorted((a, b) => b.weight - a.weight);
}

function tableFacts({ frischs, cards }: ReadRound, parts: readonly Part[]): Fact[] {
	const by = parts.reduce((sum, { bid }) => sum + bid, -cards);
	const facts = [aboutTable('plain', parts.filter(({ isMade }) => isMade).length)];
	if (frischs >= RUN) facts.push(aboutTable('three_frischs', frischs));
	else if (frischs > 0) facts.push(aboutTable('frisch', frischs));
	if (by >= UNBALANCED) facts.push(aboutTable('overbid', by));
	if (-by >= UNBALANCED) facts.push(aboutTable('underbid', -by));
	return facts;
}

function outcomeFacts(parts: readonly Part[]): Fact[] {
	// Of two, one who met and one who missed are no news.
	if (parts.length < 3) return [];
	const [made, missed] = [parts.filter(({ isMade }) => isMade), parts.filter(({ isMade }) => !isMade)];
	if (missed.length === 0) return [aboutTable('everyone_made', parts.length)];
	if (made.length === 0) return [aboutTable('nobody_made', parts.length)];
	const [only] = made.length === 1 ? made : missed.length === 1 ? missed : [];
	return only === undefined
		? []
		: [aboutSeat(only.isMade ? 'only_made' : 'only_missed', only.seat, only.bid)];
}

function seatFacts(rounds: readonly ReadRound[], { cards }: ReadRound, part: Part): Fact[] {
	const { seat, bid, tricks, isMade } = part;
	const facts: Fact[] = [];
	const tell = (type: SeatFact, number: number): void => void facts.push(aboutSeat(type, seat, number));
	const off = tricks - bid;
	if (tricks === cards && cards >= SWEEP_CARDS) tell('swept', tricks);
	if (isMade && bid >= BIG_BID && bid * 2 >= cards) tell('big_bid_made', bid);
	if (isMade && bid === 0 && cards >= ZERO_CARDS) tell('zero_held', cards);
	if (!isMade && bid === 0) tell(tricks === 1 ? 'zero_broken' : 'zero_burst', tricks);
	if (bid > 0 && off >= OFF_BY_FAR) tell('far_over', off);
	if (-off >= OFF_BY_FAR) tell('far_short', -off);
	if (bid > 0 && off === 1) tell('one_over', bid);
	if (off === -1) tell('one_short', bid);
	const before = runOf(rounds.slice(0, -1), seat, !isMade);
	const now = runOf(rounds, seat, isMade);
	if (now >= RUN) tell(isMade ? 'made_run' : 'missed_run', now);
	if (before >= RUN) tell(isMade ? 'drought_ended' : 'run_ended', before);
	return facts;
}

function standingFacts(rounds: readonly ReadRound[], { close, wide }: Margins): Fact[] {
	if (rounds.length <= EARLY) return [];
	const before = standingAfter(rounds.slice(0, -1));
	const now = standingAfter(rounds);
	const facts: Fact[] = [];
	const [first] = now.leaders;
	if (now.leaders.length > 1) {
		const isNew = now.leaders.join() !== before.leaders.join();
		if (isNew) facts.push(aboutSeats('shared_lead', now.leaders, now.seats[0]?.total ?? 0));
	} else if (first !== undefined && !before.leaders.includes(first)) {
		facts.push(aboutSeat('new_leader', first, now.margin));
	} else if (first !== undefined && now.margin >= wide && now.margin > before.margin) {
		facts.push(aboutSeat('pulls_away', first, now.margin));
	}
	const second = now.seats[1];
	const isLate = rounds.length > WHOLE_ROUNDS;
	if (isLate && first !== undefined && second !== undefined && now.margin > 0 && now.margin <= close) {
		facts.push(aboutSeats('close_race', [first, second.seat], now.margin));
	}
	for (const { seat, place } of now.seats) {
		const was = before.seats.find((one) => one.seat === seat)?.place ?? place;
		if (was - place >= 2 && place > 1) facts.push(aboutSeat('climbed', seat, place));
	}
	return facts;
}

/**
 * Of a game that was played to its end, weightiest first.
 * @param winners with the highest total, more than one for a tie; none for a game that was broken off
 */
export function gameFacts(
	rounds: readonly ReadRound[],
	variant: Variant,
	winners: readonly SeatIndex[],
): readonly Fact[] {
	const [winner] = winners;
	if (rounds.length === 0 || winner === undefined) return [];
	const facts = [
		...(winners.length > 1
			? [aboutSeats('tie', winners, rounds.at(-1)?.totals[winner] ?? 0)]
			: winFacts(rounds, winner, MARGINS[variant])),
		...playerFacts(rounds, winners),
		...courseFacts(rounds),
	];
	return facts.toSorted((a, b) => b.weight - a.weight);
}

function winFacts(rounds: readonly ReadRound[], winner: SeatIndex, margins: Margins): Fact[] {
	const standings = rounds.map((_, at) => standingAfter(rounds.slice(0, at + 1)));
	const { margin, seats } = standings.at(-1) ?? standingAfter(rounds);
	const facts = [aboutSeat('plain_win', winner, margin)];
	const behind = rounds.map(({ totals }, at) => {
		const best = standings[at]?.seats[0]?.total ?? 0;
		return best - (totals[winner] ?? 0);
	});
	const most = Math.max(...behind);
	if (most >= margins.comeback) facts.push(aboutSeat('comeback', winner, most));
	if (margin >= margins.wide) facts.push(aboutSeat('blowout', winner, margin));
	if (margin > 0 && margin <= margins.close) facts.push(aboutSeat('narrow', winner, margin));
	const total = seats[0]?.total ?? 0;
	if (total < 0) facts.push(aboutSeat('below_zero', winner, -total));
	if (rounds.length < WHOLE_ROUNDS) return facts;
	const led = standings.map(({ leaders }) => leaders.length === 1 && leaders[0] === winner);
	if (led.every(Boolean)) facts.push(aboutSeat('wire_to_wire', winner, rounds.length));
	const wasLeader = standings.at(-2)?.leaders.includes(winner) === true;
	if (!wasLeader) facts.push(aboutSeat('last_gasp', winner, margin));
	return facts;
}

/** The one with the most of something; null when nobody has, or several have as much. */
function mostOf<T>(list: readonly T[], of: (one: T) => number, least: number): T | null {
	const most = Math.max(least, ...list.map(of));
	const those = list.filter((one) => of(one) === most);
	return those.length === 1 ? (those[0] ?? null) : null;
}

function playerFacts(rounds: readonly ReadRound[], winners: readonly SeatIndex[]): Fact[] {
	const all = rounds.map((round) => ({ round, parts: partsOf(round) }));
	const players = standingAfter(rounds).seats.map(({ seat }) => {
		const own = all.flatMap(({ parts }) => parts.filter((part) => part.seat === seat));
		const made = own.filter(({ isMade }) => isMade);
		return {
			seat,
			played: own.length,
			made: made.length,
			zeros: made.filter(({ bid }) => bid === 0).length,
			highest: Math.max(0, ...made.map(({ bid }) => bid)),
			best: Math.max(...all.map(({ round }) => round.scores[seat] ?? -Infinity)),
		};
	});
	const facts: Fact[] = [];
	for (const { seat, played, made } of players) {
		if (played >= WHOLE_ROUNDS && made === played) facts.push(aboutSeat('perfect', seat, made));
	}
	const sharpest = mostOf(players, ({ made }) => made, 1);
	if (sharpest !== null && !winners.includes(sharpest.seat)) {
		facts.push(aboutSeat('sharpest', sharpest.seat, sharpest.made));
	}
	const zeros = mostOf(players, (one) => one.zeros, RUN);
	if (zeros !== null) facts.push(aboutSeat('zero_master', zeros.seat, zeros.zeros));
	const best = mostOf(players, (one) => one.best, 1);
	if (best !== null && !winners.includes(best.seat))
		facts.push(aboutSeat('best_round', best.seat, best.best));
	const bold = mostOf(players, ({ highest }) => highest, BOLD_BID);
	if (bold !== null) facts.push(aboutSeat('bold', bold.seat, bold.highest));
	return facts;
}

function courseFacts(rounds: readonly ReadRound[]): Fact[] {
	if (rounds.length < WHOLE_ROUNDS) return [];
	const facts: Fact[] = [];
	let leader: SeatIndex | null = null;
	let changes = 0;
	for (let at = 1; at <= rounds.length; at += 1) {
		const { leaders } = standingAfter(rounds.slice(0, at));
		const alone = leaders.length === 1 ? (leaders[0] ?? null) : null;
		if (alone === null) continue;
		if (leader !== null && alone !== leader) changes += 1;
		leader = alone;
	}
	if (changes >= MANY_CHANGES) facts.push(aboutTable('lead_changes', changes));
	const parts = rounds.flatMap(partsOf);
	const percent = Math.round((100 * parts.filter(({ isMade }) => isMade).length) / Math.max(1, parts.length));
	if (percent >= SHARP_PERCENT) facts.push(aboutTable('sharp_table', percent));
	if (percent <= WILD_PERCENT) facts.push(aboutTable('wild_table', percent));
	return facts;
}
