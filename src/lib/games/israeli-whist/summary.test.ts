import { describe, expect, it } from 'vitest';
import { BEN, DANA, HOST, YAEL, openTable } from '../../game/testing.ts';
import type { LogEvent } from '../../game/table-types.ts';
import { toSeat } from '../../game/seats.ts';
import { ISRAELI_WHIST } from './index.ts';
import { summarize } from './summary.ts';
import { entry, optionsWith } from './testing.ts';

interface Round {
	readonly declarer: number;
	readonly contracts: readonly number[];
	readonly tricks: readonly number[];
	readonly frischs?: number;
	readonly strain?: 'hearts' | 'no_trump';
}

/** The log of a keeper's game, by quick entries. */
function logOf(...rounds: readonly Round[]): readonly LogEvent[] {
	const options = optionsWith({ mode: 'keeper', end: { type: 'admin' } });
	const table = openTable({ game: ISRAELI_WHIST, created: { options } });
	for (const player of [DANA, BEN, YAEL]) table.sit(player);
	table.take(HOST, { type: 'start_game' });
	table.step();
	for (const { declarer, contracts, tricks, frischs = 0, strain } of rounds) {
		const quick = { ...entry(declarer, contracts, strain), frischs };
		table.take(HOST, quick);
		tricks.forEach((count, seat) => {
			for (let trick = 0; trick < count; trick += 1) {
				table.take(HOST, { type: 'claim_trick', seat: toSeat(seat) } as LogEvent);
			}
		});
		table.take(HOST, { type: 'score_round' });
	}
	return table.events;
}

describe('the summary of Israeli Whist', () => {
	it('is empty before the first round', () => {
		expect(summarize([])).toMatchObject({ rounds: 0, winners: [], winner: null, highestScore: null });
		const { players } = summarize(logOf());
		expect(players[0]).toMatchObject({ score: 0, bestRound: null, madeAll: false, mostBehind: 0 });
	});

	it('counts contracts, zeros, auctions by strain, best and worst rounds and runs', () => {
		const summary = summarize(
			logOf(
				{ declarer: 0, contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3] },
				{ declarer: 1, contracts: [0, 6, 4, 2], tricks: [0, 6, 4, 3], strain: 'no_trump' },
				{ declarer: 0, contracts: [7, 0, 4, 5], tricks: [7, 1, 2, 3] },
			),
		);
		expect(summary).toMatchObject({ rounds: 3, overRounds: 2, underRounds: 1, frischs: 0, passedOut: 0 });
		expect(summary.players.map(({ score }) => score)).toEqual([99, 15, 25, -11]);
		expect(summary.players[0]).toEqual({
			seat: 0,
			score: 99,
			tricks: 11,
			bestRound: 59,
			worstRound: -10,
			contractsAttempted: 2,
			contractsMade: 1,
			zerosAttempted: 1,
			zerosMade: 1,
			auctionsWon: 2,
			auctionsWonBy: { clubs: 0, diamonds: 0, hearts: 2, spades: 0, no_trump: 0 },
			misplays: 0,
			longestMadeRun: 2,
			longestMissedRun: 1,
			mostBehind: 29,
			madeAll: false,
		});
		expect(summary.players[1]).toMatchObject({ zerosAttempted: 1, zerosMade: 0, longestMadeRun: 2 });
		expect(summary).toMatchObject({
			winner: 0,
			highestScore: 99,
			lowestScore: -11,
			highestRoundScore: 59,
			highlights: [],
		});
	});

	it('tells a close finish, a tie, and that every zero was made', () => {
		const tie = summarize(logOf({ declarer: 0, contracts: [5, 0, 3, 3], tricks: [7, 0, 3, 3] }));
		expect(tie.highlights).toEqual(['all_zeros_made']);
		const close = summarize(logOf({ declarer: 0, contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3] }));
		expect(close).toMatchObject({ winner: null, winners: [1, 2, 3], highlights: ['close_finish'] });
	});

	it('tells a comeback, a blowout, zeros made and a round of three frischs', () => {
		const summary = summarize(
			logOf(
				{ declarer: 0, contracts: [5, 3, 3, 3], tricks: [0, 3, 3, 7] },
				{ declarer: 0, contracts: [9, 2, 1, 0], tricks: [9, 0, 4, 0], frischs: 3 },
				{ declarer: 0, contracts: [9, 2, 1, 3], tricks: [9, 4, 0, 0] },
			),
		);
		expect(summary.players[0]).toMatchObject({ score: 132, mostBehind: 69 });
		expect(summary.highlights).toEqual(['comeback', 'blowout', 'all_zeros_made', 'three_frischs']);
		expect(summary.frischs).toBe(3);
	});

	it('tells the duration from the start of the game, when the times are known', () => {
		const events = logOf({ declarer: 0, contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3] });
		const times = events.map((_, index) => 1_000 * index);
		const started = events.findIndex(({ type }) => type === 'game_started');
		expect(summarize(events, times).durationMs).toBe(1_000 * (events.length - 1 - started));
		expect(summarize(events).durationMs).toBeNull();
	});
});
