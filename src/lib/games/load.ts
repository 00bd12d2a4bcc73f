/**
 * The games there are, each loaded when a table plays it: a page that shows one game need not fetch the others. What
 * runs outside a page, and tests, take them from `index.ts`.
 */
import type { Game, Variant } from '../game/game.ts';

const LOADERS: Readonly<Record<Variant, () => Promise<Game>>> = {
	el_dorado: async () => (await import('./el-dorado/index.ts')).EL_DORADO,
	israeli_whist: async () => (await import('./israeli-whist/index.ts')).ISRAELI_WHIST,
};

export function loadGame(variant: Variant): Promise<Game> {
	return LOADERS[variant]();
}
