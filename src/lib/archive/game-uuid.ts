/** The 16 bytes of a game's id as the database keeps them in its rows. Its functions know games by their ids. */
import { encodeBase64url } from '../game/bytes.ts';
import { parseGameId } from '../game/table-parse.ts';
import type { GameId } from '../game/table-types.ts';

/** null for what is no UUID. */
export function gameOfUuid(uuid: string): GameId | null {
	const hex = uuid.replaceAll('-', '');
	if (!/^[\da-f]{32}$/.test(hex)) return null;
	const bytes = Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
	return parseGameId(encodeBase64url(Uint8Array.from(bytes)));
}
