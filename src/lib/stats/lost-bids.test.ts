import { describe, expect, it } from 'vitest';
import { recordings } from '../../../tests/golden/recordings.ts';
import { parseLogFile } from '../game/log-file.ts';
import { readLog } from '../game/read-log.ts';
import type { LogEvent } from '../game/table-types.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import { loadGame } from '../games/load.ts';
import { summarizeGame } from './game-summary.ts';
import { lostBids } from './lost-bids.ts';
import { playedTable, timed } from './testing.ts';
import { timelineOf } from './timeline.ts';

describe('where a bid was lost', () => {
	it('is known of every missed bid and of no other, at the first trick that decides it', () => {
		for (const seed of [1, 2, 3]) {
			for (const game of [EL_DORADO, ISRAELI_WHIST]) {
				const { events } = playedTable(game.variant, seed);
				const { rounds: rows } = summarizeGame(game, timed(events));
				const lost = lostBids(events, timelineOf(events), rows);
				for (const { round, cards, bids, tricks } of rows) {
					for (const [seat, bid] of bids.entries()) {
						const found = lost.filter((one) => one.round === round && one.seat === seat);
						const what = `${game.variant}, seed ${seed}, round ${round}, seat ${seat}`;
						expect(found, what).toHaveLength(bid === null || bid === tricks[seat] ? 0 : 1);
						for (const { trick, how, at } of found) {
							expect(how, what).toBe((tricks[seat] ?? 0) > (bid ?? 0) ? 'over' : 'short');
							expect(trick, what).toBeLessThanOrEqual(cards);
							expect(events[at - 1]?.type, what).toBe('trick_taken');
						}
					}
				}
				expect(lost.length).toBeGreaterThan(3);
			}
		}
	});

	it('is the trick that is one too many, or the last that could have been missed', () => {
		const { events } = playedTable('el_dorado', 2);
		const timeline = timelineOf(events);
		const [row] = summarizeGame(EL_DORADO, timed(events)).rounds;
		const stretch = timeline.rounds[0];
		if (row === undefined || stretch === undefined) throw new Error('there is a first round');
		const takers = events
			.slice(stretch.from, stretch.to)
			.flatMap((event) => (event.type === 'trick_taken' && 'seat' in event ? [Number(event.seat)] : []));
		const after = (seat: number, trick: number) =>
			takers.slice(0, trick).filter((one) => one === seat).length;
		for (const { seat, trick, bid, how } of lostBids(events, timeline, [row])) {
			const left = row.cards - trick;
			if (how === 'over') {
				expect([after(seat, trick - 1), after(seat, trick)]).toEqual([bid, bid + 1]);
			} else {
				expect(after(seat, trick) + left).toBe(bid - 1);
				expect(after(seat, trick - 1) + left + 1).toBe(bid);
			}
		}
	});

	it('is known of claimed tricks too, without those that were taken back', async () => {
		const text = recordings().find(({ name }) => name === 'israeli-whist-keeper')?.text ?? '';
		const file = parseLogFile(text);
		const log = file.ok ? await readLog(file.envelopes, loadGame) : null;
		if (log === null) throw new Error('it was recorded');
		const events = log.entries.map(({ event }) => event);
		const timeline = timelineOf(events);
		const rows = summarizeGame(log.game, log.entries).rounds;
		// Its first round was put right when it was over: where it went wrong nobody knows.
		const missed = rows
			.slice(1)
			.flatMap(({ bids, tricks }) => bids.filter((bid, seat) => bid !== (tricks[seat] ?? 0)));
		const lost = lostBids(events, timeline, rows);
		expect(missed.length).toBeGreaterThan(0);
		expect(lost).toHaveLength(missed.length);
		for (const { at } of lost) expect(events[at - 1]?.type).toBe('trick_claimed');

		// A trick that was taken back, and claimed again, changes nothing of where the bids were lost.
		const at = events.findIndex(({ type }) => type === 'trick_claimed');
		const claim = events[at];
		if (claim === undefined || !('seat' in claim)) throw new Error('a trick was claimed');
		const undone = {
			type: 'trick_undone',
			seat: claim.seat,
			by: null,
			at: 0,
			asAdmin: true,
		} as unknown as LogEvent;
		const longer = [...events.slice(0, at + 1), undone, ...events.slice(at)];
		const again = lostBids(longer, timelineOf(longer), rows);
		expect(again.map(({ round, seat, trick }) => [round, seat, trick])).toEqual(
			lost.map(({ round, seat, trick }) => [round, seat, trick]),
		);
		// Tricks that were put right afterwards are not those that were claimed.
		const corrected = rows.map((row) => ({ ...row, tricks: row.tricks.with(0, (row.tricks[0] ?? 0) + 1) }));
		expect(lostBids(events, timeline, corrected)).toEqual([]);
	});
});
