/** A game's house rules as pairs of what is settled and how: read in the lobby and in the table's menu. */
import type { AppMessages } from '../messages/app.en.ts';
import type { WhistHouseMessages } from '../messages/whist-house.en.ts';
import { presetOf } from '../../games/israeli-whist/options.ts';
import type { IsraeliWhistOptions } from '../../games/israeli-whist/types.ts';
import type { GameRules } from '../table/game-view.ts';

export type Facts = readonly (readonly [name: string, value: string])[];

export function gameFacts(
	game: GameRules,
	words: { readonly house: AppMessages['house']; readonly whist: WhistHouseMessages },
	onOff: (on: boolean) => string,
): Facts {
	switch (game.variant) {
		case 'el_dorado': {
			const { house } = words;
			const { scoring, hook, trumpLead } = game.options;
			return [
				[house.scoring, house.scorings[scoring]],
				[house.hook, onOff(hook)],
				// How trump may be led at a real table is its own affair.
				...(game.options.mode === 'keeper' ? [] : [[house.trumpLead, house.trumpLeads[trumpLead]] as const]),
			];
		}
		case 'israeli_whist': {
			const { whist } = words;
			const { scoring, passIsFinal, frischDirection } = game.options;
			const frischs = frischsOf(game.options.maxFrisch);
			return [
				[whist.scoring, whist.presets[presetOf(scoring) ?? 'own']],
				[whist.end, endOf(game.options, whist)],
				[whist.passIsFinal, onOff(passIsFinal)],
				[whist.maxFrisch, whist.maxFrischs[frischs]],
				...(frischs === 0 ? [] : [[whist.direction, whist.directions[frischDirection]] as const]),
			];
		}
	}
}

function endOf({ end }: IsraeliWhistOptions, words: WhistHouseMessages): string {
	switch (end.type) {
		case 'admin':
			return words.ends.admin;
		case 'rounds':
			return words.endsAfter(end.rounds);
		case 'score':
			return words.endsAt(end.score);
	}
}

/** Israeli Whist 2.5. */
export const FRISCH_COUNTS = [0, 1, 2, 3] as const;

export function frischsOf(maxFrisch: number): (typeof FRISCH_COUNTS)[number] {
	return FRISCH_COUNTS.find((count) => count === maxFrisch) ?? 3;
}
