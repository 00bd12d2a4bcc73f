/**
 * What the table was told after each round of a game that is looked at again: the same lines, at the positions where
 * they stood on everybody's screen.
 *
 *     const told = remarksIn(opened);
 *     told.at(walk.at).map((line) => sentenceOf(words, line, nameOf));
 */
import type { Game } from '../../game/game.ts';
import type { Replay } from '../../game/replay.ts';
import { isTableEvent } from '../../game/table-parse.ts';
import type { GameId, LogEvent } from '../../game/table-types.ts';
import type { Line } from '../../stats/commentary.ts';
import { isTableView } from '../table/game-view.ts';
import { linesAt } from './told.ts';

interface Recorded {
	readonly id: GameId;
	readonly game: Pick<Game, 'view'>;
	readonly events: readonly LogEvent[];
	readonly replay: Replay;
}

interface Remarks {
	/** From the score of a round to the next thing that happens in the game; of the whole game once it is over. */
	at(position: number): readonly Line[];
}

export function remarksIn({ id, game, events, replay }: Recorded): Remarks {
	// From the state as it was then: a round that was corrected later is told of as the table saw it.
	const known = new Map<number, readonly Line[]>();
	function linesOf(position: number): readonly Line[] {
		const { inner } = replay.at(position);
		const view = inner === null ? null : game.view(inner, null);
		return view !== null && isTableView(view) ? linesAt(view, id) : [];
	}
	return {
		at(position) {
			const scored = scoredBefore(events, position);
			if (scored === null) return [];
			const lines = known.get(scored) ?? linesOf(scored);
			known.set(scored, lines);
			return lines;
		},
	};
}

/** The position right after a score or the end, if nothing of the game has happened since; people come and go meanwhile. */
function scoredBefore(events: readonly LogEvent[], position: number): number | null {
	for (let at = position; at > 0; at--) {
		const event = events[at - 1];
		if (event === undefined) return null;
		if (event.type === 'round_scored' || event.type === 'game_ended') return at;
		if (!isTableEvent(event)) return null;
	}
	return null;
}
