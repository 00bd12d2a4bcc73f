/** The one place where the screen asks which game is on the table, and narrows what it was given to that game. */
import type { GameOptions, GameView } from '../../game/game.ts';
import type { ElDoradoOptions, ElDoradoView } from '../../games/el-dorado/types.ts';

export function isElDoradoView(view: GameView): view is ElDoradoView {
	return view.variant === 'el_dorado';
}

export function isElDoradoOptions(options: GameOptions): options is ElDoradoOptions {
	return 'hook' in options && 'trumpLead' in options && 'scoring' in options;
}
