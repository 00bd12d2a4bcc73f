/**
 * Which games can be on the table: the one place where the screen narrows what it was given to one of them. What each
 * shows of itself is in the folder of its name; `GameScreen.svelte` picks.
 */
import type { GameOptions, GameView } from '../../game/game.ts';
import type { ElDoradoOptions, ElDoradoView } from '../../games/el-dorado/types.ts';
import type { IsraeliWhistOptions, IsraeliWhistView } from '../../games/israeli-whist/types.ts';

export type TableView = ElDoradoView | IsraeliWhistView;

/** House options, and whose they are. */
export type GameRules =
	| { readonly variant: 'el_dorado'; readonly options: ElDoradoOptions }
	| { readonly variant: 'israeli_whist'; readonly options: IsraeliWhistOptions };

export function isTableView(view: GameView): view is TableView {
	return view.variant === 'el_dorado' || view.variant === 'israeli_whist';
}

/** The admin's word can make the round under way the last (Israeli Whist 5.4). */
export function mayCallEnd(view: TableView): boolean {
	return view.variant === 'israeli_whist' && view.phase !== 'over' && !view.endCalled;
}

export function gameRulesOf(options: GameOptions): GameRules | null {
	if (isElDoradoOptions(options)) return { variant: 'el_dorado', options };
	return isIsraeliWhistOptions(options) ? { variant: 'israeli_whist', options } : null;
}

function isElDoradoOptions(options: GameOptions): options is ElDoradoOptions {
	return 'hook' in options && 'trumpLead' in options;
}

function isIsraeliWhistOptions(options: GameOptions): options is IsraeliWhistOptions {
	return 'maxFrisch' in options && 'frischDirection' in options;
}
