/** The games there are: the only place that names them all. Everything else asks `gameOf`. */
import type { Game, Variant } from '../game/game.ts';
import { EL_DORADO } from './el-dorado/index.ts';
import { ISRAELI_WHIST } from './israeli-whist/index.ts';

export const GAMES: readonly Game[] = [EL_DORADO, ISRAELI_WHIST];

/** The game of that name, or null for one that this version of the program does not play. */
export function gameOf(variant: Variant): Game | null {
	return GAMES.find((game) => game.variant === variant) ?? null;
}
