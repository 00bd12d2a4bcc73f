/** The games of a group: listed by pages for its members, and told by them when the member who opened the table has left. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSupabaseGroups, parseGroupId } from '../../src/lib/archive/groups.ts';
import { hasApi, openApi } from './api.ts';
import { archived, hasPostgres, openDatabase, refusal, type Member, type TestDatabase } from './database.ts';
import { personNumbered, playGame, uploadOf } from './games.ts';

interface Row {
	readonly game_id: string;
	readonly completed_at: string;
}

describe.skipIf(!hasPostgres)('the games of a group', () => {
	let db: TestDatabase;
	let noa: Member;
	let ben: Member;
	let stranger: Member;
	let group: string;
	beforeAll(async () => {
		db = await openDatabase();
		[noa, ben, stranger] = [
			await db.signIn(personNumbered(971, 'Noa')),
			await db.signIn(personNumbered(972, 'Ben')),
			await db.signIn(personNumbered(973, 'Eve')),
		];
		group = await noa.rpc<string>('create_group', { name: 'Home' });
		await ben.rpc('join_group', { code: await noa.rpc<string>('invite_to_group', { group_id: group }) });
	});
	afterAll(() => db.close());

	const PLAN = { variant: 'el_dorado', mode: 'keeper' } as const;
	const list = (by: Pick<Member, 'rpc'>, args: Readonly<Record<string, unknown>> = {}) =>
		by.rpc<Row | readonly Row[]>('group_games', { group_id: group, ...args });

	it('are listed newest first, in pages that neither skip nor repeat, also where two ended at once', async () => {
		const startMs = Date.UTC(2026, 0, 1);
		const ids: string[] = [];
		for (const n of [0, 1, 1, 2, 3]) {
			const plan = { ...PLAN, seed: 97_100 + 4 * ids.length, startMs: startMs + n * 86_400_000 };
			ids.push((await archived([noa, ben], plan, { group_id: group })).id);
		}
		await archived([noa, ben], { ...PLAN, seed: 97_140 });
		await db.sql(
			`update public.games set completed_at = (select max(completed_at) from public.games where id in (private.game_uuid($1), private.game_uuid($2)))
			where id in (private.game_uuid($1), private.game_uuid($2))`,
			[ids[1], ids[2]],
		);
		for (const by of [noa, ben]) {
			const found: string[] = [];
			for (let cursor: Row | null = null; ;) {
				const page: readonly Row[] = [await list(by, { cursor, most: 2 })].flat();
				found.push(...page.map(({ game_id: id }) => id));
				cursor = page.at(-1) ?? null;
				if (page.length < 2) break;
			}
			expect([...found].sort()).toEqual([...ids].sort());
			expect([found[0], found[1], found[4]]).toEqual([ids[4], ids[3], ids[0]]);
		}
	});

	it('are nobody else\u2019s to list', async () => {
		expect(await refusal(list(stranger))).toBe('PT403 not_in_the_group');
		expect(await refusal(list(db.anon))).toMatch(/^42501/);
		expect(await refusal(list(noa, { group_id: '00000000-0000-4000-8000-000000000000' }))).toBe(
			'PT403 not_in_the_group',
		);
		expect(await refusal(list(noa, { group_id: null }))).toMatch(/^PT4/);
	});

	it('include one whose table was opened by a member who left before it began', async () => {
		const game = uploadOf(
			playGame({ seed: 97_180, ...PLAN, people: [noa.person, ben.person, stranger.person] }),
		);
		await ben.rpc('archive_game', { game });
		// She founded it, and got up from the table in its lobby.
		await db.sql('delete from public.game_players where game_id = private.game_uuid($1) and player_id = $2', [
			game.id,
			noa.playerId,
		]);
		const put = (code: string) =>
			ben.rpc('put_game_in_group', { game_id: game.id, group_id: group, room_code: code });
		expect(await refusal(put('GHJKMT'))).toBe('PT403 not_a_table_of_the_group');
		await noa.rpc('offer_group_table', { group_id: group, path: '/t/GHJKMT#h=abc' });
		expect(await put('GHJKMT')).toBe(true);
		expect([await list(ben)].flat().map(({ game_id: id }) => id)).toContain(game.id);
	});

	it('are none of a table that a member only knows of: who founded it was another', async () => {
		const game = uploadOf(playGame({ seed: 97_184, ...PLAN, people: [stranger.person, ben.person] }));
		await ben.rpc('archive_game', { game });
		await noa.rpc('offer_group_table', { group_id: group, path: '/t/GHJKMU#h=abc' });
		const put = ben.rpc('put_game_in_group', { game_id: game.id, group_id: group, room_code: 'GHJKMU' });
		expect(await refusal(put)).toBe('PT403 not_a_table_of_the_group');
	});
});

describe.skipIf(!hasApi)('the games of a group, in a browser', () => {
	it('are all of them', async () => {
		const world = await openApi();
		try {
			const [noa, ben] = [await world.visitor(personNumbered(974)), await world.visitor(personNumbered(975))];
			const groups = createSupabaseGroups(noa.client, () => Promise.resolve());
			const id = parseGroupId(await groups.create('Home'));
			if (id === null) throw new Error('there is a group');
			expect(await groups.games(id)).toEqual(new Set());
			const played = playGame({ seed: 97_188, people: [noa.person, ben.person] });
			const game = { ...uploadOf(played), group_id: id };
			await noa.client.rpc('archive_game', { game }).throwOnError();
			expect(await groups.games(id)).toEqual(new Set([played.id]));
		} finally {
			await world.close();
		}
	});
});
