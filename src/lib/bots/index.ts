/** The bots there are, by game: the only place that names them all. */
import type { Variant } from '../game/game.ts';
import type { Bot } from './bot.ts';
import { EL_DORADO_BOT } from './el-dorado/index.ts';
import { ISRAELI_WHIST_BOT } from './israeli-whist/index.ts';

const BOTS: Readonly<Partial<Record<Variant, Bot>>> = {
	el_dorado: EL_DORADO_BOT,
	israeli_whist: ISRAELI_WHIST_BOT,
};

/** The bot that plays this game, or null while there is none. */
export function botOf(variant: Variant): Bot | null {
	return BOTS[variant] ?? null;
}
