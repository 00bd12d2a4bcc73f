/**
 * A game that was played at a group's table becomes the group's once it is in the archive, whoever sent it first: this
 * device says so after its own upload.
 */
import type { GameId } from '../game/table-types.ts';
import type { GroupId, Groups } from './groups.ts';
import { RemoteError, type Remote } from './remote.ts';

/**
 * @param groupOf the group whose table a game was played at; null for any other
 */
export function withGroups(
	remote: Remote,
	groups: Pick<Groups, 'putGame'>,
	groupOf: (game: GameId) => GroupId | null,
): Remote {
	return {
		...remote,
		async upload(game, envelopes) {
			const answer = await remote.upload(game, envelopes);
			const group = groupOf(game);
			if (group === null) return answer;
			try {
				await groups.putGame(game, group);
			} catch (error) {
				// Somebody who has left the group meanwhile, or only watched: the game is archived all the same.
				if (!(error instanceof RemoteError) || !error.isFinal) throw error;
			}
			return answer;
		},
	};
}
