/**
 * From somebody at a table of one's own to their page in the site's archive. A key is never shown there: who sat in a
 * seat of a game is what the site tells those who played it.
 */
import type { People } from '../../archive/people.ts';
import type { GameId, PlayerId } from '../../game/table-types.ts';

interface Site {
	open(): Promise<{
		readonly account: { readonly known: () => Promise<{ readonly type: string }> };
		readonly people: Pick<People, 'playersOf'>;
	} | null>;
}
interface Game {
	readonly game: GameId;
	readonly players: readonly { readonly seat: number; readonly player: PlayerId | null }[];
}

/** Of the newest games so many are asked for: one that was sent is usually among them. */
const ASKED_GAMES = 3;

/** `/player/<id>`; null where the site does not know them, or cannot be asked. Never rejects. */
export async function publicPageOf(
	site: Site,
	player: PlayerId,
	games: readonly Game[],
): Promise<`/player/${string}` | null> {
	try {
		const opened = await site.open();
		// Who has no account sees no game there, and to look is no reason to make one.
		if (opened === null || (await opened.account.known()).type === 'nobody') return null;
		for (const { game, players } of games.filter(isWithPeople).slice(0, ASKED_GAMES)) {
			const seat = players.find((line) => line.player === player)?.seat;
			const lines = await opened.people.playersOf(game).catch(() => []);
			const person = lines.find((line) => line.seat === seat)?.person ?? null;
			if (person !== null) return `/player/${person}`;
		}
	} catch {
		// No network: what is here is shown without it.
	}
	return null;
}

function isWithPeople({ players }: Game): boolean {
	return players.filter(({ player }) => player !== null).length > 1;
}
