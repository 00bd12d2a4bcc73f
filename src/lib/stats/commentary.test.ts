import { describe, expect, it } from 'vitest';
import type { SeatIndex } from '../game/game.ts';
import { BEN, DANA, HOST, openTable, playerNumbered } from '../game/testing.ts';
import type { Command } from '../game/table-types.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import { entry, optionsWith } from '../games/israeli-whist/testing.ts';
import { gameLines, linesOf, MAX_GAME_LINES, MAX_ROUND_LINES, roundLines, type Told } from './commentary.ts';
import { gameFacts, roundFacts, type FactType } from './facts.ts';
import { isNewOpening } from './opening-words.ts';
import { readerOf } from './readers.ts';
import type { ReadRound } from './sheet-rounds.ts';
import { playedTable } from './testing.ts';

const WORDINGS = 4;

/** Rounds of El Dorado from what was bid and taken, `null` for a seat that was absent (El Dorado 5.1). */
function rounds(
	...played: readonly (readonly [cards: number, ...seats: readonly (readonly [number, number] | null)[]])[]
): ReadRound[] {
	let totals: number[] = [];
	return played.map(([cards, ...seats], index) => {
		const scores = seats.map((seat) => seat && (seat[0] === seat[1] ? 5 + seat[0] : -5 - seat[0]));
		totals = scores.map((score, seat) => (totals[seat] ?? 0) + (score ?? 0));
		return {
			round: index + 1,
			cards,
			dealer: 0 as SeatIndex,
			trump: 'clubs',
			declarer: null,
			frischs: 0,
			bids: seats.map((seat) => seat && seat[0]),
			tricks: seats.map((seat) => seat && seat[1]),
			scores,
			totals,
		};
	});
}
const typesOf = (played: readonly ReadRound[]): FactType[] =>
	roundFacts(played, 'el_dorado').map(({ type }) => type);
const told = (played: readonly ReadRound[], seed = 'a game'): Told => ({
	rounds: played,
	variant: 'el_dorado',
	seed,
	wordings: () => WORDINGS,
});

describe('facts of a round', () => {
	it('begin with all, or none, who kept their bid', () => {
		expect(typesOf(rounds([3, [1, 1], [1, 1], [1, 1]]))[0]).toBe('everyone_made');
		expect(typesOf(rounds([3, [1, 0], [1, 2], [2, 1]]))[0]).toBe('nobody_made');
		// Of two that says nothing.
		expect(typesOf(rounds([3, [1, 1], [2, 2]]))).not.toContain('everyone_made');
	});

	it('name the only one who kept it, and the only one who did not', () => {
		const only = roundFacts(rounds([4, [1, 1], [2, 1], [3, 2]]), 'el_dorado');
		expect(only).toContainEqual(expect.objectContaining({ type: 'only_made', seat: 0, number: 1 }));
		const missed = roundFacts(rounds([4, [1, 1], [2, 2], [2, 1]]), 'el_dorado');
		expect(missed).toContainEqual(expect.objectContaining({ type: 'only_missed', seat: 2 }));
	});

	it('know a sweep, a big bid, zeros held and broken, and how far off', () => {
		const round = rounds([9, [9, 9], [0, 0], [3, 0]]);
		expect(typesOf(round)).toEqual(
			expect.arrayContaining(['swept', 'big_bid_made', 'zero_held', 'far_short']),
		);
		expect(roundFacts(rounds([5, [0, 2], [1, 3]]), 'el_dorado')).toContainEqual(
			expect.objectContaining({ type: 'zero_burst', number: 2 }),
		);
		// Of a zero that took one trick the words say that it was one.
		expect(typesOf(rounds([5, [0, 2], [1, 3]]))).not.toContain('zero_broken');
		expect(typesOf(rounds([5, [0, 1], [1, 4]]))).toContain('zero_broken');
		expect(typesOf(rounds([5, [0, 1], [1, 4]]))).not.toContain('zero_burst');
		// A zero of one card is luck, and a single card is swept by anybody.
		expect(typesOf(rounds([1, [0, 0], [1, 1]]))).not.toContain('zero_held');
		expect(typesOf(rounds([1, [0, 0], [1, 1]]))).not.toContain('swept');
	});

	it('count runs over the rounds a seat was dealt in, and say when they end', () => {
		const run = [
			[4, [1, 1], [1, 0], [1, 1]],
			[3, [1, 1], null, [1, 1]],
			[2, [1, 1], [1, 0], [1, 0]],
		] as const;
		const three = roundFacts(rounds(...run), 'el_dorado');
		expect(three).toContainEqual(expect.objectContaining({ type: 'made_run', seat: 0, number: 3 }));
		expect(three.some(({ type }) => type === 'missed_run')).toBe(false);
		const four = roundFacts(rounds(...run, [1, [1, 0], [1, 0], [0, 1]]), 'el_dorado');
		expect(four).toContainEqual(expect.objectContaining({ type: 'run_ended', seat: 0, number: 3 }));
		expect(four).toContainEqual(expect.objectContaining({ type: 'missed_run', seat: 1, number: 3 }));
	});

	it('follow the lead, after two rounds of dealing out', () => {
		const played = [
			[4, [2, 2], [1, 0], [1, 1]],
			[3, [1, 0], [2, 2], [1, 1]],
		] as const;
		expect(typesOf(rounds(...played))).not.toContain('new_leader');
		const lead = roundFacts(rounds(...played, [2, [1, 0], [0, 0], [2, 2]]), 'el_dorado');
		expect(lead.filter(({ type }) => type === 'new_leader')).toEqual([]);
		const taken = roundFacts(rounds(...played, [2, [1, 0], [2, 2], [1, 0]]), 'el_dorado');
		expect(taken).toContainEqual(expect.objectContaining({ type: 'new_leader', seat: 1 }));
		// Who shared the lead is no new name at the top.
		const level = [4, [1, 1], [1, 1], [2, 1]] as const;
		expect(typesOf(rounds(level, level, [2, [1, 1], [1, 0], [1, 1]]))).not.toContain('new_leader');
	});

	it('are there for the dullest round, and none for no round', () => {
		expect(typesOf(rounds([4, [2, 2], [1, 3]])).at(-1)).toBe('plain');
		expect(roundFacts([], 'el_dorado')).toEqual([]);
	});
});

describe('facts of a game', () => {
	const typesAt = (played: readonly ReadRound[], winners: readonly number[]) =>
		gameFacts(played, 'el_dorado', winners as SeatIndex[]).map(({ type }) => type);

	it('say how it was won', () => {
		const made = [4, [2, 2], [1, 0]] as const;
		expect(typesAt(rounds(made, made, made, made), [0])).toEqual(
			expect.arrayContaining(['perfect', 'blowout', 'wire_to_wire', 'plain_win']),
		);
		const lost = [4, [1, 0], [2, 2]] as const;
		const late = rounds(lost, lost, lost, [9, [9, 9], [9, 0]], [9, [9, 9], [9, 0]], [9, [9, 9], [9, 0]]);
		expect(typesAt(late, [0])).toEqual(expect.arrayContaining(['comeback']));
		expect(typesAt(late, [0])).not.toContain('wire_to_wire');
		const last = rounds(made, lost, lost, [3, [3, 3], [3, 0]]);
		expect(typesAt(last, [0])).toContain('last_gasp');
		expect(typesAt(rounds([3, [1, 0], [2, 0]]), [0])).toContain('below_zero');
	});

	it('know a tie from a win, and say nothing of a game that was broken off', () => {
		expect(typesAt(rounds([3, [1, 1], [1, 1]]), [0, 1])[0]).toBe('tie');
		expect(typesAt(rounds([3, [1, 1], [1, 1]]), [])).toEqual([]);
	});

	it('come from the log, corrections included', () => {
		const options = optionsWith({ mode: 'keeper', end: { type: 'rounds', rounds: 1 } });
		const table = openTable({ game: ISRAELI_WHIST, created: { options } });
		for (const player of [DANA, BEN, playerNumbered(4)]) table.sit(player);
		const take = (command: unknown): void => void table.take(HOST, command as Command);
		take({ type: 'start_game' });
		while (table.step().type !== 'nothing');
		take(entry(0, [5, 3, 3, 3]));
		for (const [seat, tricks] of [4, 3, 3, 3].entries()) {
			for (let trick = 0; trick < tricks; trick += 1) take({ type: 'claim_trick', seat });
		}
		take({ type: 'score_round' });
		const facts = () => {
			const { inner } = table.state;
			if (inner === null) throw new Error('the game has started');
			return roundFacts(readerOf(inner).rounds, 'israeli_whist').map(({ type }) => type);
		};
		expect(facts()[0]).toBe('only_missed');
		take({ type: 'correct_round', round: 1, contracts: [5, 3, 3, 3], tricks: [5, 3, 3, 2] });
		expect(facts()).toContain('only_missed');
		expect(facts()).toContain('one_short');
	});
});

describe('what is told', () => {
	const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
	const games = (['el_dorado', 'israeli_whist'] as const).flatMap((variant) =>
		SEEDS.map((seed) => {
			const { inner } = playedTable(variant, seed).state;
			if (inner === null) throw new Error('it was played');
			return { seed, told: { ...told(readerOf(inner).rounds, `game ${seed}`), variant }, inner };
		}),
	);

	it('is one or two lines a round, and never the same joke twice in a row', () => {
		const kinds = new Set<FactType>();
		for (const game of games) {
			const last = new Map<FactType, number>();
			let before = '';
			for (const lines of linesOf(game.told)) {
				expect(lines.length, `seed ${game.seed}`).toBeGreaterThan(0);
				expect(lines.length).toBeLessThanOrEqual(MAX_ROUND_LINES);
				const said = lines.map(({ fact, wording }) => `${fact.type} ${wording}`).join();
				expect(said).not.toBe(before);
				before = said;
				for (const { fact, wording } of lines) {
					kinds.add(fact.type);
					expect(wording, `seed ${game.seed}, ${fact.type}`).not.toBe(last.get(fact.type));
					last.set(fact.type, wording);
				}
			}
		}
		// Not a run over three facts only.
		expect(kinds.size).toBeGreaterThan(12);
	});

	it('goes through all wordings of a fact before one comes again', () => {
		const again = Array.from({ length: 8 }, () => [3, [1, 0], [1, 2], [2, 1]] as const);
		const lines = linesOf(told(rounds(...again)))
			.flat()
			.filter(({ fact }) => fact.type === 'nobody_made');
		const wordings = lines.map(({ wording }) => wording);
		expect(wordings.length).toBeGreaterThan(WORDINGS);
		for (let at = WORDINGS; at <= wordings.length; at += 1) {
			expect(new Set(wordings.slice(at - WORDINGS, at)).size).toBe(WORDINGS);
		}
	});

	it('is the same on every phone, and another in another game', () => {
		for (const game of games) {
			expect(linesOf(game.told)).toEqual(
				linesOf({ ...game.told, rounds: structuredClone(game.told.rounds) }),
			);
			const half = game.told.rounds.slice(0, 3);
			expect(roundLines({ ...game.told, rounds: half })).toEqual(linesOf(game.told)[2]);
		}
		const one = rounds([3, [1, 0], [1, 2], [2, 1]]);
		const openings = new Set(SEEDS.map((seed) => roundLines(told(one, `game ${seed}`))[0]?.wording));
		expect(openings.size).toBe(WORDINGS);
	});

	it('begins every fact otherwise than the game before at the table did, at the end as well', () => {
		const one = rounds([4, [2, 2], [1, 0]], [4, [2, 2], [1, 0]], [4, [2, 2], [1, 0]], [4, [2, 2], [1, 0]]);
		let compared = 0;
		for (const seed of SEEDS) {
			const [before, after] = [`game ${seed}`, `game ${seed + 1}`];
			if (!isNewOpening(after, before)) continue;
			for (const wordings of [4, 5, 6]) {
				const endOf = (game: string) =>
					gameLines({ ...told(one, game), wordings: () => wordings }, [0 as SeatIndex]);
				const [first, second] = [endOf(before), endOf(after)];
				expect(first.map(({ fact }) => fact)).toEqual(second.map(({ fact }) => fact));
				for (const [at, { wording }] of first.entries()) expect(wording).not.toBe(second[at]?.wording);
				compared += first.length;
			}
		}
		expect(compared).toBeGreaterThan(12);
	});

	it('ends with a few lines about different players', () => {
		for (const { told: all, inner, seed } of games) {
			const best = Math.max(...(all.rounds.at(-1)?.totals ?? []));
			const winners = (all.rounds.at(-1)?.totals ?? []).flatMap((total, seat) =>
				total === best ? [seat as SeatIndex] : [],
			);
			const lines = gameLines(all, winners);
			expect(inner.over, `seed ${seed}`).toBe(true);
			expect(lines.length, `seed ${seed}`).toBeGreaterThan(0);
			expect(lines.length).toBeLessThanOrEqual(MAX_GAME_LINES);
			const seats = lines.flatMap(({ fact }) => (fact.about === 'seat' ? [fact.seat] : []));
			expect(new Set(seats).size).toBe(seats.length);
		}
	});
});
