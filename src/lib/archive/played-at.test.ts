import { describe, expect, it } from 'vitest';
import type { GameId, RoomCode } from '../game/table-types.ts';
import { withTables } from './played-at.ts';
import type { GroupId } from './groups.ts';
import { RemoteError, type PlayedTable, type Remote } from './remote.ts';

/** Opened for a group by this device, played at somebody else's table, and at a table nobody remembers. */
const [OWN, JOINED, OTHER] = [
	'AAAAAAAAAAAAAAAAAAAAAA',
	'BAAAAAAAAAAAAAAAAAAAAA',
	'CAAAAAAAAAAAAAAAAAAAAA',
].map((id) => id as GameId) as [GameId, GameId, GameId];
/** At a table that this device had opened to anybody. */
const OPEN = 'DAAAAAAAAAAAAAAAAAAAAA' as GameId;
const [GROUP, SECOND] = [1, 2].map((n) => `${n}1111111-1111-1111-1111-111111111111` as GroupId) as [
	GroupId,
	GroupId,
];
const CODE = 'ABCDEF' as RoomCode;

type Answer = boolean | RemoteError;

/** @param tables codes and groups as the archive lists them @param answers of each `putGame` in turn */
function setUp(
	tables: readonly (readonly [string, GroupId])[] | RemoteError,
	answers: readonly Answer[] = [],
	status: 'archived' | 'exists' = 'archived',
) {
	const told: string[] = [];
	const sent: (PlayedTable | null)[] = [];
	const left = [...answers];
	const remote = {
		upload: (game: GameId, _: unknown, table: PlayedTable | null) => {
			told.push(`upload ${game}`);
			sent.push(table);
			return Promise.resolve({ status, hash: 'ab' });
		},
		confirm: (game: GameId) => {
			told.push(`confirm ${game}`);
			return Promise.resolve(true);
		},
		publish: (game: GameId, code: RoomCode) => {
			told.push(`publish ${game} ${code}`);
			return Promise.resolve('public' as const);
		},
	} as unknown as Remote;
	const groups = {
		tables() {
			told.push('tables');
			if (tables instanceof RemoteError) return Promise.reject(tables);
			return Promise.resolve(
				tables.map(([code, id]) => ({ code: code as RoomCode, group: { id, name: '' } })),
			);
		},
		putGame(game: GameId, group: GroupId, code: RoomCode | null) {
			told.push(`put ${game} ${group} ${code ?? '-'}`);
			const answer = left.shift() ?? true;
			return typeof answer === 'boolean' ? Promise.resolve(answer) : Promise.reject(answer);
		},
	};
	const played = {
		groupOf: (game: GameId) => (game === OWN ? GROUP : null),
		tableOf: (game: GameId) => (game === OTHER ? null : CODE),
		publicTableOf: (game: GameId) => (game === OPEN ? CODE : null),
	};
	return { told, sent, remote: withTables(remote, groups, played) };
}
const REFUSED = (code: string) => new RemoteError(code, true);
const SENT = { status: 'archived', hash: 'ab' };

describe('a game played at a group’s table', () => {
	it('is the group’s once the device that opened the table has sent it, and another game nobody’s', async () => {
		const { told, remote } = setUp([]);
		expect(await remote.upload(OWN, [])).toEqual(SENT);
		await remote.upload(OTHER, []);
		expect(told).toEqual([`upload ${OWN}`, `put ${OWN} ${GROUP} -`, `upload ${OTHER}`]);
	});

	it('is told by who joined it, by the code of its table, and by nobody at a table of no group', async () => {
		const found = setUp([
			['ZZZZZZ', SECOND],
			[CODE, GROUP],
		]);
		await found.remote.upload(JOINED, []);
		expect(found.told).toEqual([`upload ${JOINED}`, 'tables', `put ${JOINED} ${GROUP} ${CODE}`]);
		const none = setUp([['ZZZZZZ', SECOND]]);
		await none.remote.upload(JOINED, []);
		expect(none.told).toEqual([`upload ${JOINED}`, 'tables']);
	});

	it('is told after it was confirmed where another device was faster: the group holds nobody’s numbers up', async () => {
		const { told, remote } = setUp([], [], 'exists');
		const { hash } = await remote.upload(OWN, []);
		expect(told).toEqual([`upload ${OWN}`]);
		expect(await remote.confirm(OWN, hash)).toBe(true);
		expect(told.slice(1)).toEqual([`confirm ${OWN}`, `put ${OWN} ${GROUP} -`]);
	});

	it('is offered to the next group that was shown such a table where the first does not have it', async () => {
		for (const first of [false, REFUSED('not_a_table_of_the_group')]) {
			const { told, remote } = setUp(
				[
					[CODE, SECOND],
					[CODE, GROUP],
				],
				[first, true],
			);
			expect(await remote.upload(JOINED, [])).toEqual(SENT);
			expect(told.slice(2)).toEqual([`put ${JOINED} ${SECOND} ${CODE}`, `put ${JOINED} ${GROUP} ${CODE}`]);
		}
	});

	it('is archived even when its sender has left the group, or the archive knows of no such tables', async () => {
		expect(await setUp([], [REFUSED('not_in_the_group')]).remote.upload(OWN, [])).toEqual(SENT);
		expect(await setUp(REFUSED('status_404')).remote.upload(JOINED, [])).toEqual(SENT);
	});

	it('is sent again when the group could not be told', async () => {
		const away = new RemoteError('unreachable', false);
		await expect(setUp([], [away]).remote.upload(OWN, [])).rejects.toThrow('unreachable');
		await expect(setUp(away).remote.upload(JOINED, [])).rejects.toThrow('unreachable');
		await expect(setUp([[CODE, GROUP]], [away]).remote.upload(JOINED, [])).rejects.toThrow('unreachable');
	});
});

describe('a game played at a table that was open to anybody', () => {
	it('is sent as public with the code of its table, and any other as its players’', async () => {
		const { sent, remote } = setUp([]);
		for (const game of [OPEN, JOINED, OTHER]) await remote.upload(game, []);
		expect(sent).toEqual([{ code: CODE, isPublic: true }, { code: CODE, isPublic: false }, null]);
	});

	it('is made public after another device has sent it, which could not know, and no other is', async () => {
		const { told, remote } = setUp([], [], 'exists');
		for (const game of [OPEN, OTHER]) {
			const { hash } = await remote.upload(game, []);
			await remote.confirm(game, hash);
		}
		expect(told.filter((call) => call.startsWith('publish'))).toEqual([`publish ${OPEN} ${CODE}`]);
	});
});
