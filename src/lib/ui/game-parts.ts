/** What a page needs only once there is a game on the table: both parts it can play, and the rules. */
import { VARIANTS } from '../game/game.ts';
import { gameOf } from '../games/index.ts';
import { Following } from '../room/following.ts';
import { Hosting } from '../room/hosting.ts';
import type { GameParts } from '../room/part.ts';

export const GAME_PARTS: GameParts = {
	Hosting,
	Following,
	gameOf: (name) => {
		const variant = VARIANTS.find((one) => one === name);
		return variant === undefined ? null : gameOf(variant);
	},
};
