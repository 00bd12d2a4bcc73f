import { describe, expect, it } from 'vitest';
import type { GameId } from '../game/table-types.ts';
import { withGroups } from './group-games.ts';
import type { GroupId } from './groups.ts';
import { RemoteError, type Remote } from './remote.ts';

const GAME = 'AAAAAAAAAAAAAAAAAAAAAA' as GameId;
const GROUP = '11111111-1111-1111-1111-111111111111' as GroupId;

function setUp(problem: RemoteError | null) {
	const told: string[] = [];
	const remote = {
		upload: (game: GameId) => {
			told.push(`upload ${game}`);
			return Promise.resolve({ status: 'archived', hash: 'ab' } as const);
		},
	} as unknown as Remote;
	const groups = {
		putGame: (game: GameId, group: GroupId) => {
			told.push(`put ${game} ${group}`);
			return problem === null ? Promise.resolve(true) : Promise.reject(problem);
		},
	};
	return { told, remote: withGroups(remote, groups, (game) => (game === GAME ? GROUP : null)) };
}

describe('a game played at a group’s table', () => {
	it('is the group’s once it has been sent, and another game nobody’s', async () => {
		const { told, remote } = setUp(null);
		expect(await remote.upload(GAME, [])).toEqual({ status: 'archived', hash: 'ab' });
		const other = 'BAAAAAAAAAAAAAAAAAAAAA' as GameId;
		await remote.upload(other, []);
		expect(told).toEqual([`upload ${GAME}`, `put ${GAME} ${GROUP}`, `upload ${other}`]);
	});

	it('is archived even when its sender has left the group', async () => {
		const { remote } = setUp(new RemoteError('not_in_the_group', true));
		expect(await remote.upload(GAME, [])).toEqual({ status: 'archived', hash: 'ab' });
	});

	it('is sent again when the group could not be told', async () => {
		const { remote } = setUp(new RemoteError('unreachable', false));
		await expect(remote.upload(GAME, [])).rejects.toThrow('unreachable');
	});
});
