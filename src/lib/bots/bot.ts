/**
 * A bot is given what its seat may see and a seed, and names a move. Nothing else reaches it, so it cannot
 * cheat; the same view and seed always give the same move, so a game with bots replays exactly.
 */
import type { GameCommand, GameView } from '../game/game.ts';
import type { BotLevel } from '../game/table-types.ts';

export interface Bot<V extends GameView = GameView> {
	/**
	 * @param view what the bot's own seat sees; it must be the seat's turn
	 * @param seed 32-bit; with the view it determines the move
	 */
	choose(view: V, level: BotLevel, seed: number): GameCommand;
}

/** Where bots are run: a worker in a browser, the same thread in a test. */
export interface BotRunner {
	choose(view: GameView, level: BotLevel, seed: number): Promise<GameCommand>;
	close(): void;
}
