/** A key that goes to another account, and what it has played: numbers go along whole, or stay whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, hasPostgres, openDatabase, type Member, type TestDatabase } from './database.ts';
import { claimOf, personNumbered, playGame, uploadOf, type Person, type PlayedGame } from './games.ts';

/** What is left of a player whom nobody is any more. */
const NOBODY = {
	user_id: null,
	username: null,
	display_name: 'former player',
	avatar_seed: 0,
	avatar_url: null,
	color: 0,
	preferences: {},
	public_key: null,
	is_active: false,
};

const PLAN = { variant: 'el_dorado', mode: 'cards' } as const;

describe.skipIf(!hasPostgres)('a key that another account claims', () => {
	let db: TestDatabase;
	let ben: Member;
	beforeAll(async () => {
		db = await openDatabase();
		ben = await db.signIn(personNumbered(301));
	});
	afterAll(() => db.close());

	const claim = (by: Pick<Member, 'rpc' | 'userId'>, person: Person) =>
		by.rpc('claim_key', claimOf(person, by.userId));
	const gamesOf = async (playerId: string) =>
		(
			await db.sql<{ games_played: number }>(
				'select games_played from public.player_lifetime_stats where player_id = $1',
				[playerId],
			)
		).map(({ games_played: games }) => games);
	const playerRow = async (playerId: string) =>
		(
			await db.sql<{ row: object }>(
				'select to_jsonb(p) - $2::text[] as row from public.players p where p.id = $1',
				[playerId, ['id', 'is_bot', 'last_active', 'created_at', 'updated_at']],
			)
		)[0]?.row;
	const achievementsOf = async (playerId: string) =>
		(
			await db.sql<{ achievement: string }>(
				'select achievement::text from public.player_achievements where player_id = $1 order by 1',
				[playerId],
			)
		).map(({ achievement }) => achievement);

	it('takes all games, numbers and achievements along, and leaves none', async () => {
		const noa = await db.signIn(personNumbered(302));
		for (let n = 0; n < 4; n++) await counted([noa, ben], { seed: 9_300 + 4 * n, ...PLAN });
		const earned = await achievementsOf(noa.playerId);
		expect(earned).toContain('first_win');
		const account = await db.newcomer();
		const playerId = await account.rpc<string>('save_profile', { profile: { display_name: 'Noa' } });
		expect(await claim(account, noa.person)).toEqual({ adopted: 4 });
		expect(await gamesOf(playerId)).toEqual([4]);
		expect(await achievementsOf(playerId)).toEqual(earned);
		expect(await gamesOf(noa.playerId)).toEqual([]);
		expect(await achievementsOf(noa.playerId)).toEqual([]);
		const wins = await db.sql(
			'select from public.games where winner_id = $1 or admin_id = $1 or exists (select from public.players p where p.id = $1 and p.is_active)',
			[noa.playerId],
		);
		expect(wins).toEqual([]);
	});

	it('leaves both seats of a table where both have sat, and the numbers of both', async () => {
		const [dana, omer] = [await db.signIn(personNumbered(303)), await db.signIn(personNumbered(304))];
		await counted([dana, omer], { seed: 9_320, ...PLAN });
		expect(await claim(omer, dana.person)).toEqual({ adopted: 0 });
		expect(await gamesOf(dana.playerId)).toEqual([1]);
		expect(await gamesOf(omer.playerId)).toEqual([1]);
	});

	it('leaves nothing of whom it was: name, picture and settings go, and the user name is free', async () => {
		const lior = await db.signIn(personNumbered(308));
		await counted([lior, ben], { seed: 9_328, ...PLAN });
		const profile = { username: 'lior', avatar_seed: 7, color: 3, avatar_url: 'https://example.org/a.png' };
		await lior.rpc('save_profile', { profile: { ...profile, preferences: { theme: 'dark' } } });
		const account = await db.newcomer();
		await account.rpc('save_profile', { profile: { display_name: 'Lior' } });
		expect(await claim(account, lior.person)).toEqual({ adopted: 1 });
		expect(await playerRow(lior.playerId)).toEqual(NOBODY);
		await account.rpc('save_profile', { profile: { username: 'Lior' } });
		expect(await account.rpc('my_profile')).toMatchObject({ username: 'Lior', display_name: 'Lior' });
	});

	describe('of one who sat at a table with two devices', () => {
		const namesAt = async (game: string) =>
			(
				await db.sql<{ display_name: string }>(
					'select display_name from public.game_players where game_id = private.game_uuid($1) order by display_name collate "C"',
					[game],
				)
			).map(({ display_name: name }) => name);
		/** A game in which nobody takes another name. */
		function tableOf(from: number, ...people: Person[]): PlayedGame {
			const played = playGame({ seed: from, people, ...PLAN });
			const isRenamed = played.events.some(({ type }) => type === 'face_changed');
			return isRenamed ? tableOf(from + 1_000, ...people) : played;
		}

		it('both names are erased with the account, and no other’s', async () => {
			const phone = await db.signIn(personNumbered(320, 'Phone'));
			const tablet = personNumbered(321, 'Tablet');
			await claim(phone, tablet);
			const own = tableOf(9_332, phone.person, tablet, ben.person);
			await phone.rpc('archive_game', { game: uploadOf(own) });
			// Somebody else's second device sits there, too.
			await claim(ben, personNumbered(322, 'Ben’s tablet'));
			const both = tableOf(9_336, phone.person, tablet, ben.person, personNumbered(322, 'Ben’s tablet'));
			await ben.rpc('archive_game', { game: uploadOf(both) });
			expect(await namesAt(both.id)).toEqual(['Ben’s tablet', 'Phone', 'Player 301', 'Tablet']);
			await phone.rpc('delete_my_account');
			expect(await namesAt(own.id)).toEqual(['Player 301', 'former player', 'former player']);
			expect(await namesAt(both.id)).toEqual([
				'Ben’s tablet',
				'Player 301',
				'former player',
				'former player',
			]);
		});

		it('both names are erased when the key of one came from another account, and that of a third', async () => {
			const [one, two] = [
				await db.signIn(personNumbered(323, 'One')),
				await db.signIn(personNumbered(324, 'Two')),
			];
			const played = tableOf(9_340, one.person, two.person, ben.person);
			await one.rpc('archive_game', { game: uploadOf(played) });
			await claim(two, one.person);
			expect(await namesAt(played.id)).toEqual(['One', 'Player 301', 'Two']);
			const third = await db.newcomer();
			await third.rpc('save_profile', { profile: { display_name: 'Three' } });
			await claim(third, one.person);
			await claim(third, two.person);
			await third.rpc('delete_my_account');
			expect(await namesAt(played.id)).toEqual(['Player 301', 'former player', 'former player']);
		});
	});

	it('is claimed once, however often it is asked for at once', async () => {
		const person = personNumbered(330);
		const account = await db.newcomer();
		await account.rpc('save_profile', { profile: { display_name: 'Page' } });
		const answers = await Promise.all(Array.from({ length: 6 }, () => claim(account, person)));
		expect(answers).toEqual(Array.from({ length: 6 }, () => ({ adopted: 0 })));
	});

	it('is claimed while somebody else brings it in with a game', async () => {
		for (let n = 0; n < 12; n++) {
			const person = personNumbered(340 + n);
			const account = await db.newcomer();
			await account.rpc('save_profile', { profile: { display_name: 'Newcomer' } });
			const played = playGame({ seed: 9_500 + n, people: [ben.person, person], ...PLAN });
			const [, answer] = await Promise.all([
				ben.rpc('archive_game', { game: uploadOf(played) }),
				claim(account, person),
			]);
			expect(answer).toEqual({ adopted: expect.toBeOneOf([0, 1]) as number });
			const seats = await db.sql(
				`select p.user_id from public.game_players g join public.players p on p.id = g.player_id
				join private.player_keys k on k.player_id = p.id where k.public_key = $1`,
				[claimOf(person, account.userId).public_key],
			);
			expect(seats).toEqual([{ user_id: account.userId }]);
		}
	});

	it('goes to the later of two accounts that a device has made at once', async () => {
		const person = personNumbered(331);
		const accounts = [await db.newcomer(), await db.newcomer()];
		for (const account of accounts) await account.rpc('save_profile', { profile: { display_name: 'Page' } });
		const answers = await Promise.all(accounts.map((account) => claim(account, person)));
		expect(answers).toEqual([{ adopted: 0 }, { adopted: 0 }]);
		const holders = await db.sql('select player_id from private.player_keys where public_key = $1', [
			claimOf(person, accounts[0]?.userId ?? '').public_key,
		]);
		expect(holders).toHaveLength(1);
	});

	it('leaves what was played to an account that has another device', async () => {
		const tal = await db.signIn(personNumbered(305));
		await claim(tal, personNumbered(306));
		await counted([tal, ben], { seed: 9_324, ...PLAN });
		const account = await db.signIn(personNumbered(307));
		expect(await claim(account, tal.person)).toEqual({ adopted: 0 });
		expect(await gamesOf(tal.playerId)).toEqual([1]);
		expect(await gamesOf(account.playerId)).toEqual([]);
	});

	describe('and its groups', () => {
		const rolesOf = async (group: string) =>
			Object.fromEntries(
				(
					await db.sql<{ player_id: string; role: string }>(
						'select player_id, role::text from public.group_members where group_id = $1',
						[group],
					)
				).map(({ player_id: id, role }) => [id, role]),
			);
		const another = async (name: string) => {
			const account = await db.newcomer();
			const playerId = await account.rpc<string>('save_profile', { profile: { display_name: name } });
			return { ...account, playerId };
		};

		it('come along, full ones and with what was said of tonight too: none is left without its owner', async () => {
			const gal = await db.signIn(personNumbered(310));
			const group = await gal.rpc<string>('create_group', { name: 'Home' });
			await db.sql('update public.groups set max_members = 2 where id = $1', [group]);
			await ben.rpc('join_group', { code: await gal.rpc<string>('invite_to_group', { group_id: group }) });
			await gal.rpc('play_tonight', { group_id: group, plays: true });
			await gal.rpc('offer_group_table', { group_id: group, path: '/t/ABCDEF' });
			const account = await another('Gal');
			await claim(account, gal.person);
			expect(await rolesOf(group)).toEqual({ [account.playerId]: 'owner', [ben.playerId]: 'member' });
			expect(await ben.rpc('group_evening', { group_id: group })).toEqual({
				tonight: [account.playerId],
				tables: [{ player_id: account.playerId, path: '/t/ABCDEF' }],
			});
			expect(await account.rpc('my_groups')).toMatchObject([{ id: group, role: 'owner', members: 2 }]);
			expect(await gal.rpc('my_groups')).toEqual([]);
		});

		it('have one member afterwards where both were in one, an owner if either was', async () => {
			const [dor, account] = [await db.signIn(personNumbered(311)), await another('Dor')];
			const group = await dor.rpc<string>('create_group', { name: 'Both' });
			await account.rpc('join_group', {
				code: await dor.rpc<string>('invite_to_group', { group_id: group }),
			});
			await claim(account, dor.person);
			expect(await rolesOf(group)).toEqual({ [account.playerId]: 'owner' });
		});

		it('stay with an account that has another device', async () => {
			const lia = await db.signIn(personNumbered(312));
			await claim(lia, personNumbered(313));
			const group = await lia.rpc<string>('create_group', { name: 'Hers' });
			await claim(await another('Lia'), lia.person);
			expect(await rolesOf(group)).toEqual({ [lia.playerId]: 'owner' });
		});
	});
});
