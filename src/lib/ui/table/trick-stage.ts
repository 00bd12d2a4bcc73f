/**
 * What lies on the table, which is not always what the game says: the engine moves on the moment a trick is
 * full, people want to see the finished trick for a moment. The stage follows the view, holds a finished trick
 * until its rest is over, and gives way at once when this player has already played to the next trick.
 *
 * Pure: `nextStage(stage, view, now)` gives the stage at `now`; `stage.until` says when to ask again. Nothing here
 * ever holds an input back.
 */
import type { SeatIndex } from '../../game/game.ts';
import type { Play, Trick } from '../../games/el-dorado/types.ts';

/** What the stage needs to know of a game with tricks. */
export interface TrickView {
	readonly viewer: SeatIndex | null;
	readonly round: number;
	readonly leader: SeatIndex | null;
	readonly winning: SeatIndex | null;
	readonly trick: readonly Play[];
	readonly tricks: readonly Trick[];
}

export interface TrickStage {
	readonly round: number;
	/** Tricks of the round that have left the table; the one shown is the next. */
	readonly gone: number;
	readonly plays: readonly Play[];
	readonly leader: SeatIndex | null;
	/** Who wins the trick as it lies. */
	readonly winning: SeatIndex | null;
	/** The trick is finished and rests before it goes to `winning`. */
	readonly resting: boolean;
	/** Ms of this device's clock at which the rest is over; null when nothing rests. */
	readonly until: number | null;
}

/** @param restMs how long a finished trick rests */
export function nextStage(
	stage: TrickStage | null,
	view: TrickView,
	now: number,
	restMs: number,
): TrickStage {
	const done = view.tricks.length;
	// A new deal, a first look, a reload, a gap in the connection: show what is, without a rest.
	if (stage === null || stage.round !== view.round || stage.gone > done || done - stage.gone > 1) {
		return present(view);
	}
	if (stage.gone === done) return present(view);

	const finished = view.tricks[stage.gone];
	if (finished === undefined || playedOn(view)) return present(view);
	const until = stage.resting && stage.until !== null ? stage.until : now + restMs;
	if (now >= until) return present(view);
	return {
		round: view.round,
		gone: stage.gone,
		plays: finished.plays,
		leader: finished.leader,
		winning: finished.winner,
		resting: true,
		until,
	};
}

/** This player has put a card to the next trick: their own finger is answered at once. */
function playedOn(view: TrickView): boolean {
	return view.trick.some((play) => play.seat === view.viewer);
}

function present(view: TrickView): TrickStage {
	return {
		round: view.round,
		gone: view.tricks.length,
		plays: view.trick,
		leader: view.leader,
		winning: view.trick.length === 0 ? null : view.winning,
		resting: false,
		until: null,
	};
}
