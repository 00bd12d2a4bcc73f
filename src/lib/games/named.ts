/** The game that a log names, loaded when asked for; null for one that this version of the program does not play. */
import { VARIANTS, type Game } from '../game/game.ts';
import { loadGame } from './load.ts';

export function gameNamed(name: string): Promise<Game> | null {
	const variant = VARIANTS.find((one) => one === name);
	return variant === undefined ? null : loadGame(variant);
}
