/** El Dorado's bots behind the `Bot` interface: one strategy a level. */
import { assertNever } from '../../game/assert.ts';
import type { ElDoradoView } from '../../games/el-dorado/types.ts';
import type { Bot } from '../bot.ts';
import { chooseClub } from './club.ts';
import { chooseNovice } from './novice.ts';

export const EL_DORADO_BOT: Bot<ElDoradoView> = {
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
