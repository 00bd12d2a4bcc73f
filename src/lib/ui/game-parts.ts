/** What a page needs only once there is a game on the table: both parts it can play, what it says to others, and the rules. */
import { gameNamed } from '../games/named.ts';
import { Contributing } from '../room/contributing.ts';
import { Following } from '../room/following.ts';
import { Hosting } from '../room/hosting.ts';
import type { GameParts } from '../room/part.ts';
import { Peers } from '../room/peers.ts';

export const GAME_PARTS: GameParts = {
	Hosting,
	Following,
	Peers,
	Contributing,
	gameOf: gameNamed,
};
