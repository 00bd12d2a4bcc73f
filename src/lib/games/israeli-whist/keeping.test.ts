import { describe, expect, it } from 'vitest';
import { ISRAELI_WHIST } from './index.ts';
import { SEATS } from './state.ts';
import { Trial, callNamed, entry } from './testing.ts';
import { UNDO_MS, type IsraeliWhistCommand } from './types.ts';

const claim: IsraeliWhistCommand = { type: 'claim_trick' };
const undo: IsraeliWhistCommand = { type: 'undo_trick' };
const score: IsraeliWhistCommand = { type: 'score_round' };
const keeper = () => new Trial({ mode: 'keeper', end: { type: 'admin' } });
/** A round by quick entry, declared by seat 0, to its score. */
const round = (table: Trial, contracts: number[], tricks: number[]) =>
	table
		.take(0, entry(0, contracts))
		.claims(...tricks)
		.take(0, score);

describe('a keeper’s table of Israeli Whist', () => {
	it('opens its first round by itself, and the next as soon as one is scored', () => {
		const table = new Trial({ mode: 'keeper' }, 2);
		expect(table.events).toEqual([{ type: 'round_opened', round: 1, dealer: 2 }]);
		expect(table.state).toMatchObject({ phase: 'auction', turn: 3, deal: 0 });
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		expect(table.state).toMatchObject({ phase: 'auction', round: 2, dealer: 3, turn: 0 });
	});

	it('takes an auction, frischs and contracts as on screen, without any card', () => {
		const table = keeper().calls('- - - -');
		expect(table.state).toMatchObject({ phase: 'auction', frischs: 1, turn: 1 });
		table.calls('6H - - -').contracts(6, 0, 4);
		expect(table.refusal(0, { type: 'make_contract', contract: 3 })).toBe('total_thirteen');
		table.contracts(2);
		expect(table.state).toMatchObject({ phase: 'playing', turn: null, declarer: 1, frischs: 1 });
		expect(ISRAELI_WHIST.dealDue(table.state, SEATS)).toBeNull();
		expect(table.refusal(1, { type: 'play_card', card: 3 as never })).toBe('invalid_phase');
	});

	it('opens a void round again with the same dealer and number', () => {
		const table = keeper();
		for (let auction = 0; auction < 4; auction += 1) table.calls('- - - -');
		expect(table.events.slice(-2)).toEqual([
			{ type: 'round_passed_out', round: 1 },
			{ type: 'round_opened', round: 1, dealer: 0 },
		]);
		expect(table.state).toMatchObject({ frischs: 0, turn: 1 });
	});

	it('lets the admin speak and claim for any seat, and nobody else', () => {
		const table = keeper();
		const forSeat1 = { type: 'make_call', bid: callNamed('5H'), seat: SEATS[1]! } as const;
		expect(table.refusal(2, forSeat1)).toBe('not_admin');
		table.take(0, forSeat1);
		expect(table.events.at(-1)).toMatchObject({ seat: 1, enteredBy: 0 });
		table.calls('- - -').contracts(5, 3, 3);
		table.take(0, { type: 'make_contract', contract: 3 });
		expect(table.events.at(-1)).not.toHaveProperty('enteredBy');
		expect(table.refusal(2, { type: 'claim_trick', seat: SEATS[3]! })).toBe('not_admin');
		table.take(0, { type: 'claim_trick', seat: SEATS[3]! });
		expect(table.events.at(-1)).toEqual({ type: 'trick_claimed', seat: 3, at: 0, enteredBy: 0 });
		expect(table.state.seats.map(({ tricks }) => tricks)).toEqual([0, 0, 0, 1]);
	});

	it('keeps the order of the tricks, thirteen of them', () => {
		const table = keeper().take(0, entry(0, [5, 3, 3, 3]));
		expect(table.refusal(1, score)).toBe('invalid_phase');
		for (const seat of [3, 1, 1, 0, 2, 2, 3, 0, 0, 0, 1, 2, 3]) table.take(seat, claim);
		expect(table.state.claims.map(({ seat }) => seat).join('')).toBe('3110223000123');
		expect(table.refusal(1, claim)).toBe('all_tricks_taken');
		expect(ISRAELI_WHIST.view(table.state, null).mayScore).toBe(true);
		table.take(3, score);
		expect(table.state.sheet[0]?.tricks).toEqual([4, 3, 3, 3]);
	});

	it('lets the claimer take a trick back within five seconds of the host’s clock, to the millisecond', () => {
		const claimed = () => {
			const table = keeper().take(0, entry(0, [5, 3, 3, 3]));
			table.timeMs = 60_000;
			return table.take(2, claim);
		};
		expect(claimed().refusal(2, undo, { timeMs: 60_000 + UNDO_MS })).toBeNull();
		expect(claimed().refusal(2, undo, { timeMs: 60_001 + UNDO_MS })).toBe('not_admin');
		expect(claimed().refusal(1, undo, { timeMs: 60_000 })).toBe('not_admin');
		expect(claimed().refusal(0, undo, { timeMs: 9_000_000 })).toBeNull();
	});

	it('undoes one trick after the other, down to none', () => {
		const table = keeper()
			.take(0, entry(0, [5, 3, 3, 3]))
			.claims(1, 2);
		table.take(0, undo).take(0, undo).take(0, undo);
		expect(table.state.claims).toEqual([]);
		expect(table.state.seats.every(({ tricks }) => tricks === 0)).toBe(true);
		expect(table.refusal(0, undo)).toBe('nothing_to_undo');
		expect(table.state.changes.map(({ type }) => type).slice(1)).toEqual(Array(3).fill('trick_undone'));
	});

	it('a peer refuses an undo that came too late, whatever the log calls it', () => {
		const table = keeper()
			.take(0, entry(0, [5, 3, 3, 3]))
			.take(2, claim);
		const event = { type: 'trick_undone', seat: SEATS[2]!, by: SEATS[2]!, asAdmin: false } as const;
		expect(() => ISRAELI_WHIST.evolve(table.state, { ...event, at: UNDO_MS + 1 })).toThrow('not_admin');
		expect(() => ISRAELI_WHIST.evolve(table.state, { ...event, at: UNDO_MS })).not.toThrow();
	});

	it('takes trump and contracts alone, at any time before the score, tricks kept', () => {
		const table = keeper().calls('5H - -');
		expect(table.refusal(1, entry(1, [3, 5, 3, 3]))).toBe('not_admin');
		expect(table.refusal(0, entry(1, [3, 4, 3, 4]))).toBe('contract_below_bid');
		expect(table.refusal(0, entry(1, [3, 5, 3, 2]))).toBe('total_thirteen');
		expect(table.refusal(0, entry(1, [3, 5, 3]))).toBe('invalid_bid');
		table.take(0, entry(1, [3, 5, 3, 3], 'spades')).claims(1, 1);
		table.take(0, entry(2, [0, 0, 6, 2], 'no_trump'));
		expect(table.state).toMatchObject({ declarer: 2, trump: 'no_trump', sumOfContracts: 8 });
		expect(table.state.claims).toHaveLength(2);
		expect(table.state.changes).toMatchObject([
			{ type: 'contracts_entered', round: 1, by: 0 },
			{ type: 'contracts_entered', round: 1, by: 0 },
		]);
	});

	it('a quick entry after frischs needs a higher contract of the declarer', () => {
		const quick = { ...entry(1, [0, 6, 2, 1]), frischs: 2 } as IsraeliWhistCommand;
		expect(keeper().refusal(0, quick)).toBe('contract_below_bid');
		expect(keeper().refusal(0, { ...quick, frischs: 1 } as IsraeliWhistCommand)).toBeNull();
		expect(keeper().refusal(0, { ...quick, frischs: 4 } as IsraeliWhistCommand)).toBe('invalid_bid');
	});

	it('corrects any past round, and every later total follows', () => {
		const table = keeper();
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		round(table, [6, 0, 4, 2], [6, 0, 4, 3]);
		expect(table.totals).toEqual([36, 69, 45, 9]);
		const correct = {
			type: 'correct_round',
			round: 1,
			contracts: [5, 3, 3, 3],
			tricks: [5, 3, 2, 3],
		} as const;
		expect(table.refusal(1, correct)).toBe('not_admin');
		table.timeMs = 777;
		table.take(0, correct);
		expect(table.state.sheet.map(({ totals }) => totals)).toEqual([
			[35, 19, -10, 19],
			[81, 69, 16, 9],
		]);
		expect(table.totals).toEqual([81, 69, 16, 9]);
		expect(table.state.changes.at(-1)).toEqual({
			type: 'round_corrected',
			round: 1,
			by: 0,
			at: 777,
			before: { contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3] },
			after: { contracts: [5, 3, 3, 3], tricks: [5, 3, 2, 3] },
		});
	});

	it('a correction can turn a round from over to under, and zeros are scored anew', () => {
		const table = keeper();
		round(table, [6, 0, 4, 4], [6, 0, 4, 3]);
		expect(table.state.sheet[0]).toMatchObject({ type: 'over', scores: [46, 25, 26, -10] });
		table.take(0, { type: 'correct_round', round: 1, contracts: [6, 0, 4, 2], tricks: [6, 0, 4, 3] });
		expect(table.state.sheet[0]).toMatchObject({ type: 'under', scores: [46, 50, 26, -10] });
	});

	it('refuses corrections that no round could have been', () => {
		const table = keeper();
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		const refused = (number: number, contracts: number[], tricks: number[]) =>
			table.refusal(0, { type: 'correct_round', round: number, contracts, tricks });
		expect(refused(2, [5, 3, 3, 3], [4, 3, 3, 3])).toBe('no_such_round');
		expect(refused(1, [4, 3, 3, 4], [4, 3, 3, 3])).toBe('contract_below_bid');
		expect(refused(1, [5, 3, 3, 2], [4, 3, 3, 3])).toBe('total_thirteen');
		expect(refused(1, [5, 3, 3, 14], [4, 3, 3, 3])).toBe('invalid_bid');
		expect(refused(1, [5, 3, 3, 3], [4, 3, 3, 2])).toBe('tricks_do_not_add_up');
		expect(refused(1, [5, 3, 3, 3], [14, -1, 0, 0])).toBe('tricks_do_not_add_up');
		expect(refused(1, [5, 3, 3, 3], [6.5, 6.5, 0, 0])).toBe('tricks_do_not_add_up');
	});

	it('adjusts a score by hand, from the last row on', () => {
		const table = keeper();
		table.take(0, { type: 'adjust_score', seat: SEATS[3]!, points: 5 });
		expect(table.totals).toEqual([0, 0, 0, 5]);
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		table.take(0, { type: 'adjust_score', seat: SEATS[1]!, points: -100 });
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		expect(table.state.sheet.map(({ totals }) => totals)).toEqual([
			[-10, -81, 19, 24],
			[-20, -62, 38, 43],
		]);
		const refused = (seat: number, points: number) =>
			table.refusal(0, { type: 'adjust_score', seat: seat as never, points });
		expect([refused(4, 1), refused(1, 0), refused(1, 1.5), refused(1, 1_001)]).toEqual([
			'no_such_seat',
			'invalid_bid',
			'invalid_bid',
			'invalid_bid',
		]);
		expect(table.refusal(1, { type: 'adjust_score', seat: SEATS[1]!, points: 100 })).toBe('not_admin');
	});

	it('ends when the admin says so, so that the last round can still be put right', () => {
		const table = new Trial({ mode: 'keeper', end: { type: 'rounds', rounds: 1 } });
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		expect(table.state).toMatchObject({ phase: 'dealing', over: false });
		expect(ISRAELI_WHIST.owed(table.state)).toBeNull();
		expect(ISRAELI_WHIST.view(table.state, null).endReached).toBe(true);
		table.take(0, { type: 'correct_round', round: 1, contracts: [5, 3, 3, 3], tricks: [5, 3, 2, 3] });
		table.take(0, { type: 'finish_game' });
		expect(ISRAELI_WHIST.view(table.state, null)).toMatchObject({ phase: 'over', winners: [0] });
	});

	it('a correction that takes the end back opens the next round', () => {
		const table = new Trial({ mode: 'keeper', end: { type: 'score', score: 30 } });
		round(table, [5, 3, 3, 3], [5, 3, 2, 3]);
		expect(table.state.phase).toBe('dealing');
		table.take(0, { type: 'correct_round', round: 1, contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3] });
		expect(table.state).toMatchObject({ phase: 'auction', round: 2 });
	});

	it('drops the round under way when the admin ends the game', () => {
		const table = keeper();
		round(table, [5, 3, 3, 3], [4, 3, 3, 3]);
		table.calls('5H - - -').take(0, { type: 'finish_game' });
		expect(table.state).toMatchObject({ over: true, totals: [-10, 19, 19, 19] });
		expect(table.state.sheet).toHaveLength(1);
	});
});
