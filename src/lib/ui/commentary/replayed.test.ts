import { describe, expect, it } from 'vitest';
import type { Game } from '../../game/game.ts';
import { createReplay } from '../../game/replay.ts';
import { isTableEvent } from '../../game/table-parse.ts';
import { playedTable } from '../../stats/testing.ts';
import { EL_DORADO } from '../../games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../../games/israeli-whist/index.ts';
import { isTableView } from '../table/game-view.ts';
import { remarksIn } from './replayed.ts';
import { linesAt } from './told.ts';

const GAMES: readonly Game[] = [EL_DORADO, ISRAELI_WHIST];

describe('remarks in a replay', () => {
	it('are those the table was told, from each score to the next thing that happens, and nowhere else', () => {
		for (const game of GAMES) {
			const { events, state } = playedTable(game.variant, 5);
			const replay = createReplay(game, events);
			const told = remarksIn({ id: state.game, game, events, replay });
			let rounds = 0;
			let isBetween = false;
			for (const [index, event] of events.entries()) {
				const position = index + 1;
				if (event.type === 'game_ended') isBetween = true;
				else if (event.type === 'round_scored') {
					isBetween = true;
					rounds++;
					const { inner } = replay.at(position);
					const view = inner === null ? null : game.view(inner, null);
					if (view === null || !isTableView(view)) throw new Error('a game has begun');
					expect(told.at(position)).toEqual(linesAt(view, state.game));
					expect(told.at(position).length, `round ${rounds} of ${game.variant}`).toBeGreaterThan(0);
				} else if (!isTableEvent(event)) isBetween = false;
				expect(told.at(position).length > 0, `${game.variant} at ${position}, ${event.type}`).toBe(isBetween);
			}
			expect(rounds).toBeGreaterThan(2);
			expect(told.at(0)).toEqual([]);
			expect(told.at(events.length)).not.toEqual([]);
		}
	});
});
