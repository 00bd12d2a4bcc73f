/**
 * Where bids were lost: the trick after which one could no longer be met, because it was passed, or because too few
 * tricks were left to reach it. Of rounds whose tricks stand in the log one by one, played or claimed.
 *
 *     for (const { round, seat, trick, how } of lostBids(events, timeline, rows)) ...
 */
import type { SeatIndex } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { LogEvent } from '../game/table-types.ts';
import type { RoundLine } from './summary-types.ts';
import type { RoundStretch, Timeline } from './timeline.ts';

export interface LostBid {
	readonly round: number;
	readonly seat: SeatIndex;
	/** 1-based. */
	readonly trick: number;
	/** The position right after that trick. */
	readonly at: number;
	readonly bid: number;
	/** It took more than it said, or can no longer take as many. */
	readonly how: 'over' | 'short';
}

/** @param rows scored rounds; of one that was dealt again the last deal counts */
export function lostBids(
	events: readonly LogEvent[],
	{ rounds }: Pick<Timeline, 'rounds'>,
	rows: readonly RoundLine[],
): readonly LostBid[] {
	return rows.flatMap((row) => {
		const stretch = rounds.findLast(({ round }) => round === row.round);
		return stretch === undefined ? [] : lostIn(events, stretch, row);
	});
}

function lostIn(
	events: readonly LogEvent[],
	stretch: RoundStretch,
	{ round, cards, bids, tricks }: RoundLine,
): readonly LostBid[] {
	const taken = takenIn(events, stretch);
	// What was put right afterwards, or noted as a sum, says nothing of where it happened.
	const isWhole = tricks.every((sum, seat) => taken.filter((one) => one.seat === seat).length === (sum ?? 0));
	if (!isWhole) return [];
	const lost: LostBid[] = [];
	const sums = bids.map(() => 0);
	for (const [before, { seat: winner, at }] of taken.entries()) {
		const trick = before + 1;
		sums[winner] = (sums[winner] ?? 0) + 1;
		for (const [index, bid] of bids.entries()) {
			if (bid === null || lost.some(({ seat }) => seat === index)) continue;
			const sum = sums[index] ?? 0;
			const how = sum > bid ? 'over' : sum + cards - trick < bid ? 'short' : null;
			if (how !== null) lost.push({ round, seat: toSeat(index), trick, at, bid, how });
		}
	}
	return lost;
}

/** The tricks of a round in their order, and where each stands; what a keeper took back is none (Israeli Whist 4.2). */
function takenIn(events: readonly LogEvent[], { from, to }: RoundStretch) {
	const taken: { readonly seat: number; readonly at: number }[] = [];
	for (let at = from; at <= to; at += 1) {
		const event = events[at - 1];
		if (event === undefined || isTableEvent(event)) continue;
		if (event.type === 'trick_undone') taken.pop();
		const isTaken = event.type === 'trick_taken' || event.type === 'trick_claimed';
		if (isTaken && 'seat' in event && typeof event.seat === 'number') taken.push({ seat: event.seat, at });
	}
	return taken;
}
