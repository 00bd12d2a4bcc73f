/** What an owner does on a group's page, through supabase-js, PostgREST and Postgres: by the owner, and by nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSupabaseGroups, type GroupId, type Groups } from '../../src/lib/archive/groups.ts';
import { hasApi, openApi, type ApiWorld, type Visitor } from './api.ts';
import { personNumbered } from './games.ts';

const groupsOf = ({ client }: Pick<Visitor, 'client'>): Groups =>
	createSupabaseGroups(client, () => Promise.resolve());

describe.skipIf(!hasApi)('the page of a group', () => {
	let world: ApiWorld;
	let group: GroupId;
	let owner: Groups;
	let member: Groups;
	/** Owns another group. */
	let stranger: Groups;
	let nobody: Groups;
	beforeAll(async () => {
		world = await openApi();
		[owner, member, stranger] = (
			await Promise.all([611, 612, 613].map((n) => world.visitor(personNumbered(n))))
		).map(groupsOf) as [Groups, Groups, Groups];
		nobody = groupsOf({ client: world.stranger() });
		group = await owner.create('Home');
		await stranger.create('Away');
		await member.join(await owner.invite(group, { uses: 1, hours: 24 }));
	});
	afterAll(() => world.close());

	it('is described by an owner, for its members', async () => {
		expect((await member.group(group)).description).toBe('');
		await owner.change(group, { description: ' Thursdays at eight\nat Noa’s. ' });
		expect((await member.group(group)).description).toBe('Thursdays at eight\nat Noa’s.');
		for (const other of [member, stranger]) await other.change(group, { description: 'Mine' });
		await expect(nobody.change(group, { description: 'Mine' })).rejects.toThrow();
		expect(await owner.group(group)).toMatchObject({
			name: 'Home',
			description: 'Thursdays at eight\nat Noa’s.',
		});
		await expect(owner.change(group, { description: 'x'.repeat(501) })).rejects.toThrow();
		await owner.change(group, { description: '' });
		expect((await member.group(group)).description).toBe('');
	});

	it('lists the invitations that still open it to its owners, and to nobody else', async () => {
		const [once, many] = [
			await owner.invite(group, { uses: 1, hours: 24 }),
			await owner.invite(group, { uses: 2, hours: 168 }),
		];
		const gone = await owner.invite(group, { uses: 1, hours: 1 });
		await world.db.sql(
			"update public.group_invites set expires_at = now() - interval '1 second' where code = $1",
			[gone],
		);
		const open = await owner.invites(group);
		// The one that let the member in is used up.
		expect(open.map(({ code, usesLeft }) => [code, usesLeft])).toEqual([
			[once, 1],
			[many, 2],
		]);
		expect(open[0]?.expiresAt).toBeGreaterThan(Date.now());
		for (const other of [member, stranger]) expect(await other.invites(group)).toEqual([]);
		await expect(nobody.invites(group)).rejects.toThrow();
	});

	it('lets an owner take an invitation back, and nobody else', async () => {
		const [first, second] = await owner.invites(group);
		if (first === undefined || second === undefined) throw new Error('two are open');
		for (const other of [member, stranger]) await other.takeBack(first.id);
		await expect(nobody.takeBack(first.id)).rejects.toThrow();
		expect(await owner.invites(group)).toHaveLength(2);
		await owner.takeBack(first.id);
		expect(await owner.invites(group)).toEqual([second]);
		expect(await stranger.invitation(first.code)).toBeNull();
		expect(await stranger.join(first.code)).toBeNull();
		expect(await stranger.invitation(second.code)).toMatchObject({ name: 'Home' });
	});
});
