/**
 * What this device knows of the table at which a game was played, told to the archive with the game.
 *
 * A table that was open to anybody: its game is public. A player's device that was faster does not know it, so the one that
 * hosted says it of a game that is there already as well.
 *
 * A game that was played at a group's table becomes the group's once it is in the archive, whoever sent it first: every
 * device that sat there says so after its own upload or confirmation. The one that opened the table for the group knows by itself; the
 * others find the table's code among those that were opened for their groups. The room itself carries nothing of it.
 */
import type { GameId, RoomCode } from '../game/table-types.ts';
import type { GroupId, Groups } from './groups.ts';
import { RemoteError, type Remote } from './remote.ts';

export interface PlayedAt {
	/** The group that this device opened the game's table for; null for any other. */
	readonly groupOf: (game: GameId) => GroupId | null;
	/** The code of the table; null where it is not remembered. */
	readonly tableOf: (game: GameId) => RoomCode | null;
	/** The code of a table that this device hosted, and had opened to anybody; null for any other. */
	readonly publicTableOf: (game: GameId) => RoomCode | null;
}

export function withTables(
	remote: Remote,
	groups: Pick<Groups, 'putGame' | 'tables'>,
	{ groupOf, tableOf, publicTableOf }: PlayedAt,
): Remote {
	async function tell(game: GameId): Promise<void> {
		const own = groupOf(game);
		if (own !== null) {
			await groups.putGame(game, own, null);
			return;
		}
		const code = tableOf(game);
		if (code === null) return;
		for (const table of await groups.tables()) {
			if (table.code !== code) continue;
			if (await asked(() => groups.putGame(game, table.group.id, code))) return;
		}
	}

	return {
		...remote,
		async upload(game, envelopes) {
			const open = publicTableOf(game);
			const code = open ?? tableOf(game);
			const table = code === null ? null : { code, isPublic: open !== null };
			const answer = await remote.upload(game, envelopes, table);
			// What is there already is confirmed next: a group that cannot be told now holds nobody's numbers up.
			if (answer.status === 'archived') await asked(() => tell(game));
			return answer;
		},
		async confirm(game, hash) {
			const agrees = await remote.confirm(game, hash);
			const open = publicTableOf(game);
			if (open !== null) await asked(() => remote.publish(game, open));
			await asked(() => tell(game));
			return agrees;
		},
	};
}

/**
 * null for what is refused: somebody who has left the group meanwhile, or only watched, another table under the same
 * code, an archive that does not know the question yet. The game is archived all the same. Other trouble is tried again.
 */
async function asked<T>(task: () => Promise<T>): Promise<T | null> {
	try {
		return await task();
	} catch (error) {
		if (!(error instanceof RemoteError) || !error.isFinal) throw error;
		return null;
	}
}
