/** Where the rules of each game are read, below the base path. */
import type { Variant } from '../../game/game.ts';

export const RULES_ADDRESSES: Readonly<Record<Variant, '/rules' | '/rules/israeli-whist'>> = {
	el_dorado: '/rules',
	israeli_whist: '/rules/israeli-whist',
};
