/** What others fell into (Israeli Whist 7): each trap that concerns the engine is a test with its name. */
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../game/table-types.ts';
import { openTable, HOST, DANA, BEN, YAEL } from '../../game/testing.ts';
import { fold } from '../../game/replay.ts';
import { toSeat } from '../../game/seats.ts';
import { bidRefusal } from './auction.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from './index.ts';
import { PRESETS } from './options.ts';
import { pointsFor } from './scoring.ts';
import { SEATS } from './state.ts';
import { summarize } from './summary.ts';
import { Trial, callNamed, entry, optionsWith } from './testing.ts';

describe('traps of Israeli Whist', () => {
	it('seat 0 opening every auction', () => {
		for (const dealer of [0, 1, 2, 3]) {
			expect(new Trial({}, dealer).deal().state.turn).toBe((dealer + 1) % 4);
			expect(new Trial({ mode: 'keeper' }, dealer).state.turn).toBe((dealer + 1) % 4);
		}
	});

	it('counting overtricks as made', () => {
		expect(pointsFor(PRESETS.standard, 'over', 5, 6)).toBe(-10);
		expect(pointsFor(PRESETS.standard, 'over', 5, 9)).toBe(-40);
		expect(pointsFor(PRESETS.linear, 'under', 1, 2)).toBe(-10);
	});

	it('comparing bids by number only', () => {
		const { state } = new Trial().deal().calls('5S');
		const refusal = (name: string) => bidRefusal(state, callNamed(name)!);
		expect([refusal('5NT'), refusal('5H'), refusal('6C')]).toEqual([null, 'bid_not_higher', null]);
	});

	it('forbidding total 13 to someone who is not last', () => {
		const table = new Trial({}, 3).deal().calls('5C - - -').contracts(5, 4);
		expect(ISRAELI_WHIST.view(table.state, SEATS[2]!)).toMatchObject({
			forbiddenContract: null,
			legalContracts: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
		});
		expect(table.refusal(2, { type: 'make_contract', contract: 4 })).toBeNull();
	});

	it('treating a contract of 0 as "no contract"', () => {
		const table = new Trial({}, 3).deal().calls('5C - - -').contracts(5, 0, 0, 0);
		expect(table.state.phase).toBe('playing');
		expect(table.state.seats.map(({ contract }) => contract)).toEqual([5, 0, 0, 0]);
		table.playOut();
		expect(table.state.sheet[0]?.contracts).toEqual([5, 0, 0, 0]);
	});

	it('dropping an honest quick second claim', () => {
		const table = new Trial({ mode: 'keeper' }).take(0, entry(0, [5, 3, 3, 3]));
		table.timeMs = 1_000;
		table.take(2, { type: 'claim_trick' }).take(2, { type: 'claim_trick' });
		expect(table.state.claims).toEqual([
			{ seat: 2, at: 1_000 },
			{ seat: 2, at: 1_000 },
		]);
	});

	it('scoring a round twice when it is completed twice', () => {
		const table = new Trial({ mode: 'keeper' }).take(0, entry(0, [5, 3, 3, 3])).claims(4, 3, 3, 3);
		table.take(1, { type: 'score_round' });
		expect(table.refusal(2, { type: 'score_round' })).toBe('invalid_phase');
		expect(table.totals).toEqual([-10, 19, 19, 19]);
		const scored = table.events.find(({ type }) => type === 'round_scored')!;
		expect(() => ISRAELI_WHIST.evolve(table.state, scored)).toThrow('not due');

		const onScreen = new Trial().deal().calls('5C - - -').contracts(5, 0, 0, 0).playOut();
		const again = onScreen.events.find(({ type }) => type === 'round_scored')!;
		expect(() => ISRAELI_WHIST.evolve(onScreen.state, again)).toThrow('not due');
	});

	it('taking "made" from the sign of the score', () => {
		// A zero broken by eight tricks brings 20 points and is broken all the same.
		const table = openTable({ game: ISRAELI_WHIST, created: { options: optionsWith({ mode: 'keeper' }) } });
		for (const player of [DANA, BEN, YAEL]) table.sit(player);
		table.take(HOST, { type: 'start_game' });
		table.step();
		table.take(HOST, entry(0, [5, 0, 0, 0]));
		const claims = { 0: 1, 1: 8, 2: 2, 3: 2 };
		for (const [seat, count] of Object.entries(claims)) {
			for (let trick = 0; trick < count; trick += 1) {
				table.take(HOST, { type: 'claim_trick', seat: toSeat(Number(seat)) } as LogEvent);
			}
		}
		table.take(HOST, { type: 'score_round' });
		expect(ISRAELI_WHIST.totals(table.state.inner as IsraeliWhistState)).toEqual([-40, 20, -40, -40]);
		const { players } = summarize(table.events);
		expect(players.map(({ zerosAttempted, zerosMade }) => [zerosAttempted, zerosMade])).toEqual([
			[0, 0],
			[1, 0],
			[1, 0],
			[1, 0],
		]);
	});

	it('losing the winner on reload', () => {
		const table = openTable({ game: ISRAELI_WHIST, created: { options: optionsWith({ mode: 'keeper' }) } });
		for (const player of [DANA, BEN, YAEL]) table.sit(player);
		table.take(HOST, { type: 'start_game' });
		table.step();
		table.take(HOST, entry(0, [5, 3, 3, 3]));
		[HOST, DANA, BEN, YAEL].forEach((player, seat) => {
			for (let trick = 0; trick < [5, 3, 3, 2][seat]!; trick += 1)
				table.take(player, { type: 'claim_trick' });
		});
		table.take(DANA, { type: 'score_round' });
		table.take(HOST, { type: 'finish_game' });
		table.playUntil(({ stage }) => stage === 'finished');
		const reloaded = fold(ISRAELI_WHIST, table.events);
		expect(table.table.view(reloaded, null)).toMatchObject({ phase: 'over', winners: [0] });
		expect(summarize(table.events)).toMatchObject({ winner: 0, winners: [0] });
	});
});
