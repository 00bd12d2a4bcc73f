/**
 * Which facts are told after a round and at the end, and in which of their wordings. It follows from the log alone, so
 * all phones at a table show the same lines; no wording comes again before all others of its fact were told, and the
 * next game at the table begins with others (`opening-words.ts`).
 *
 *     const lines = roundLines({ rounds, variant, seed: gameId, wordings });
 */
import type { SeatIndex, Variant } from '../game/game.ts';
import { gameFacts, roundFacts, type Fact, type FactType } from './facts.ts';
import { hash, openingOf } from './opening-words.ts';
import type { ReadRound } from './sheet-rounds.ts';

export interface Line {
	readonly fact: Fact;
	/** Which of the fact's wordings, from 0. */
	readonly wording: number;
}

export interface Told {
	readonly rounds: readonly ReadRound[];
	readonly variant: Variant;
	/** Of the game: its id. */
	readonly seed: string;
	/** How many wordings there are of a fact: the same in every language. */
	readonly wordings: (fact: Fact) => number;
}

/** A few: the table is waiting to go on. */
export const MAX_ROUND_LINES = 2;
export const MAX_GAME_LINES = 3;
/** Below this a fact is told only when there is no other. */
const WORTH_A_SECOND = 24;
/** What was told of the last round is told again only if there is little else. */
const JUST_TOLD = 35;

/** Of the last of these rounds. */
export function roundLines(told: Told): readonly Line[] {
	return linesOf(told).at(-1) ?? [];
}

/** @param winners more than one for a tie, none for a game that was broken off */
export function gameLines(told: Told, winners: readonly SeatIndex[]): readonly Line[] {
	const facts = withoutDoubles(gameFacts(told.rounds, told.variant, winners), MAX_GAME_LINES);
	return worded(facts, told, new Map());
}

/** Of every round in turn: what was said before decides what is said now. */
export function linesOf(told: Told): readonly (readonly Line[])[] {
	const uses = new Map<FactType, number>();
	let before: readonly FactType[] = [];
	return told.rounds.map((_, at) => {
		const facts = roundFacts(told.rounds.slice(0, at + 1), told.variant);
		const ranked = facts
			.map((fact) => ({ fact, rank: fact.weight - (before.includes(fact.type) ? JUST_TOLD : 0) }))
			.sort((a, b) => b.rank - a.rank || chance(told.seed, at, a.fact) - chance(told.seed, at, b.fact));
		const chosen = withoutDoubles(
			ranked.filter(({ rank }, place) => place === 0 || rank >= WORTH_A_SECOND).map(({ fact }) => fact),
			MAX_ROUND_LINES,
		);
		before = chosen.map(({ type }) => type);
		return worded(chosen, told, uses);
	});
}

/** Which of equals is told is not always the one in the first seat. */
function chance(seed: string, round: number, fact: Fact): number {
	return hash(`${seed} ${round} ${fact.about === 'seat' ? fact.seat : fact.type}`);
}

/** The same seat, or the same kind of fact, is not told of twice. */
function withoutDoubles(facts: readonly Fact[], most: number): readonly Fact[] {
	const told: Fact[] = [];
	for (const fact of facts) {
		const isDouble = told.some(
			(one) => one.type === fact.type || seatsOf(one).some((seat) => seatsOf(fact).includes(seat)),
		);
		if (!isDouble && told.length < most) told.push(fact);
	}
	return told;
}

function seatsOf(fact: Fact): readonly SeatIndex[] {
	if (fact.about === 'seat') return [fact.seat];
	return fact.about === 'seats' ? fact.seats : [];
}

/** From a place of the game's own through all wordings in turn. */
function worded(
	facts: readonly Fact[],
	{ seed, wordings }: Told,
	uses: Map<FactType, number>,
): readonly Line[] {
	return facts.map((fact) => {
		const used = uses.get(fact.type) ?? 0;
		uses.set(fact.type, used + 1);
		return { fact, wording: (openingOf(seed) + hash(fact.type) + used) % Math.max(1, wordings(fact)) };
	});
}
