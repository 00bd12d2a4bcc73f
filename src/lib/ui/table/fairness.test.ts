import { describe, expect, it } from 'vitest';
import { toSeat } from '../../game/seats.ts';
import { ISRAELI_WHIST } from '../../games/israeli-whist/index.ts';
import { Trial } from '../../games/israeli-whist/testing.ts';
import type { DealCheck } from '../../room/audit.ts';
import { fairnessOf } from './fairness.ts';

const check = (seat: number, round: number, fits = true) => ({ seat: toSeat(seat), round, fits });
const finding = (round: number | null) => ({ code: 'wrong_deal', index: 40, round, seat: null }) as const;
const found = (rounds: number, ...findings: DealCheck['findings'][number][]): DealCheck => ({
	rounds,
	secret: false,
	findings,
});

/** All four pass, and no frisch is left (2.5). */
const secondDealOfFirstRound = () =>
	ISRAELI_WHIST.view(new Trial({ maxFrisch: 0 }).deal(1).calls('- - - -').deal(2).state, null);

describe('the fairness of a deal', () => {
	it('is that of the deal on the table, where a round was passed out and dealt again', () => {
		const view = secondDealOfFirstRound();
		expect(view).toMatchObject({ round: 1, deal: 2 });
		const dealChecks = [check(0, 1), check(1, 1), check(2, 1), check(0, 2), check(3, 2, false)];
		const fairness = fairnessOf({ dealCheck: found(2, finding(2)), dealChecks }, view);
		expect(fairness).toEqual({ told: 2, findings: [finding(2)], doubters: [3], isChecked: true });
		// What did not fit in the deal before was told with it.
		expect(fairnessOf({ dealCheck: found(2, finding(1)), dealChecks }, view).findings).toEqual([]);
	});

	it('is not told before anybody has dealt it again', () => {
		const view = secondDealOfFirstRound();
		expect(fairnessOf({ dealCheck: found(1), dealChecks: [check(0, 1)] }, view).isChecked).toBe(false);
		expect(fairnessOf({ dealCheck: null, dealChecks: [] }, null).isChecked).toBe(false);
		expect(fairnessOf({ dealCheck: found(2), dealChecks: [] }, view).isChecked).toBe(true);
	});

	it('of a whole game has everything that was found, and each doubter once', () => {
		const dealChecks = [check(1, 1, false), check(1, 2, false), check(2, 2)];
		expect(fairnessOf({ dealCheck: found(2, finding(1), finding(null)), dealChecks }, null)).toEqual({
			told: 2,
			findings: [finding(1), finding(null)],
			doubters: [1],
			isChecked: true,
		});
	});
});
