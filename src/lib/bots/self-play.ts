/**
 * Bots as the players of a simulated game: each is given the view of its own seat and nothing else.
 *
 *     simulatePlay({ game: EL_DORADO, seats: 4, seed: 1, choose: byBots(EL_DORADO, () => 'club') });
 */
import { assert } from '../game/assert.ts';
import type { GameState, GameView, SeatIndex, Variant, Viewer } from '../game/game.ts';
import type { Choose } from '../game/simulated-play.ts';
import type { GameCommand } from '../game/game.ts';
import type { BotLevel } from '../game/table-types.ts';
import { botOf } from './index.ts';

interface Viewable<S extends GameState> {
	readonly variant: Variant;
	view(state: S, viewer: Viewer): GameView;
}

/**
 * @param levelOf the level of the bot in each seat
 * @throws {InvariantError} when no bot plays this game
 */
export function byBots<S extends GameState>(
	game: Viewable<S>,
	levelOf: (seat: SeatIndex) => BotLevel,
): Choose<S, GameCommand> {
	const bot = botOf(game.variant);
	assert(bot !== null, `no bot plays ${game.variant}`);
	return (state, seat, seed) => bot.choose(game.view(state, seat), levelOf(seat), seed);
}
