/** Israeli Whist's bots behind the `Bot` interface: one strategy a level. */
import { assertNever } from '../../game/assert.ts';
import type { IsraeliWhistView } from '../../games/israeli-whist/types.ts';
import type { Bot } from '../bot.ts';
import { chooseClub } from './club.ts';
import { chooseNovice } from './novice.ts';

export const ISRAELI_WHIST_BOT: Bot<IsraeliWhistView> = {
	choose(view, level, seed) {
		switch (level) {
			case 'novice':
				return chooseNovice(view, seed);
			case 'club':
				return chooseClub(view);
			default:
				return assertNever(level);
		}
	},
};
