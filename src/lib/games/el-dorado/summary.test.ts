import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../game/table-types.ts';
import { summarize } from './summary.ts';
import { playGame, seatAt, type SampleGame } from './testing.ts';
import { EL_DORADO } from './index.ts';

function logOf(game: SampleGame): LogEvent[] {
	const events: LogEvent[] = [];
	playGame({ ...game, onEvent: (event) => events.push(event) });
	return events;
}

/** Finished rounds of three seats: bids and tricks by seat, null for one that was absent. */
function roundsOf(...rounds: (readonly (readonly [number, number] | null)[])[]): LogEvent[] {
	return rounds.flatMap((seats, index): LogEvent[] => {
		const active = seats.flatMap((seat, number) => (seat === null ? [] : [seatAt(number)]));
		const card = 0 as never;
		const deal = { type: 'cards_dealt', round: index + 1, dealer: seatAt(0), active, cardsEach: 10 - index };
		return [
			{ ...deal, trumpCard: card, hands: [] } as LogEvent,
			...active.map((seat): LogEvent => ({ type: 'bid_made', seat, bid: seats[seat]![0] }) as LogEvent),
			...active.flatMap((seat) =>
				Array.from({ length: seats[seat]![1] }, () => ({ type: 'trick_taken', seat, card }) as LogEvent),
			),
			{
				type: 'round_scored',
				round: index + 1,
				scores: seats.map((seat) => seat && (seat[0] === seat[1] ? 5 + seat[0] : -5 - seat[0])),
			} as LogEvent,
		];
	});
}
const misplay = (seat: number): LogEvent => ({
	type: 'invalid_action',
	seat: seatAt(seat),
	code: 'invalid_bid',
});

describe('El Dorado 8 statistics of a game', () => {
	it('El Dorado 8: per player, score, tricks, bids made and missed, highest bid, misplays, runs', () => {
		const events = [
			misplay(1),
			...roundsOf(
				[
					[2, 2],
					[3, 1],
				],
				[
					[1, 1],
					[0, 2],
				],
				[
					[4, 3],
					[1, 1],
				],
				[
					[0, 0],
					[5, 0],
				],
			),
			misplay(1),
			misplay(0),
		];
		const { players } = summarize(events);
		expect(players[0]).toEqual({
			seat: 0,
			rounds: 4,
			score: 7 + 6 - 9 + 5,
			tricks: 6,
			bidsMade: 3,
			bidsMissed: 1,
			highestBid: 4,
			highestBidMade: 2,
			misplays: 1,
			longestMadeRun: 2,
			longestMissedRun: 1,
		});
		expect(players[1]).toMatchObject({ misplays: 2, bidsMade: 1, highestBidMade: 1, longestMissedRun: 2 });
	});

	it('El Dorado 8: per game, the records over all players and the duration', () => {
		const start = { type: 'game_started', firstDealer: seatAt(0), contributions: '' } as LogEvent;
		const events = [
			misplay(0),
			start,
			...roundsOf([
				[2, 2],
				[3, 1],
			]),
			misplay(0),
		];
		const times = events.map((_, index) => 1_000 + index * 100);
		expect(summarize(events, times)).toMatchObject({
			v: 1,
			rounds: 1,
			winners: [0],
			highestBid: 3,
			highestScore: 7,
			lowestScore: -8,
			longestMadeRun: 1,
			longestMissedRun: 1,
			highestMisplays: 2,
			durationMs: times.at(-1)! - times[1]!,
		});
		expect(summarize(events).durationMs).toBeNull();
	});

	it('El Dorado 6.3: an absent round neither adds to a run nor ends it', () => {
		const { players } = summarize(
			roundsOf(
				[
					[1, 1],
					[0, 0],
					[2, 2],
				],
				[[1, 1], [0, 0], null],
				[
					[1, 0],
					[0, 0],
					[3, 3],
				],
			),
		);
		expect(players[2]).toMatchObject({ rounds: 2, longestMadeRun: 2, score: 7 + 8 });
	});

	it('a round that was broken off does not count', () => {
		const events = roundsOf(
			[
				[2, 2],
				[3, 1],
			],
			[
				[9, 0],
				[9, 9],
			],
		).slice(0, -1);
		expect(summarize(events)).toMatchObject({ rounds: 1, highestBid: 3, winners: [0] });
	});

	it('an empty log has no records, and a seat that was never dealt in no summary', () => {
		expect(summarize([])).toMatchObject({
			rounds: 0,
			players: [],
			winners: [],
			highestBid: null,
			lowestScore: null,
		});
		expect(
			summarize([
				misplay(2),
				...roundsOf([
					[1, 1],
					[0, 0],
				]),
			]).players,
		).toHaveLength(2);
	});

	it('equal scores share the win', () => {
		expect(
			summarize(
				roundsOf([
					[1, 1],
					[1, 1],
					[0, 1],
				]),
			).winners,
		).toEqual([0, 1]);
	});

	it('agrees with the sheet and the winners of the table, in games with absences', () => {
		for (let seed = 0; seed < 30; seed += 1) {
			const seats = 3 + (seed % 8);
			const game = { seed, seats, absent: (round: number) => (round % 3 === seed % 3 ? [seed % seats] : []) };
			const state = playGame(game);
			const summary = summarize(logOf(game));
			expect(
				summary.players.map(({ score }) => score),
				`seed ${seed}`,
			).toEqual(state.sheet.at(-1)!.totals);
			expect(summary.winners).toEqual(EL_DORADO.view(state, null).winners);
			expect(summary.players.map(({ rounds }) => rounds)).toEqual(
				state.seats.map(({ seat }) => state.sheet.filter((row) => row.scores[seat] !== null).length),
			);
		}
	});
});
