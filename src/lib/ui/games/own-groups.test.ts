import { describe, expect, it } from 'vitest';
import { parseGroupId, type GroupId } from '../../archive/groups.ts';
import { gameNumbered } from '../../stats/testing.ts';
import { OwnGroups } from './own-groups.ts';

function groupNumbered(number: number): GroupId {
	const id = parseGroupId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
	if (id === null) throw new Error('an id of a group');
	return id;
}
const THURSDAYS = groupNumbered(1);

const FRIDAYS = groupNumbered(2);
const NAMES: Readonly<Record<string, string>> = { [THURSDAYS]: 'Thursdays', [FRIDAYS]: 'Fridays' };

function site(account: 'nobody' | 'anonymous', ids = [THURSDAYS]) {
	const asked: string[] = [];
	return {
		asked,
		account: { known: () => Promise.resolve({ type: account }) },
		groups: {
			mine() {
				asked.push('mine');
				const card = {
					role: 'owner',
					members: 2,
					maxMembers: 4,
					games: 2,
					lastPlayedAt: null,
					tonight: 0,
				} as const;
				return Promise.resolve(ids.map((id) => ({ id, name: NAMES[id] ?? '', ...card })));
			},
			games(group: GroupId) {
				asked.push(group);
				return Promise.resolve(new Set([gameNumbered(2), gameNumbered(5)]));
			},
		},
	};
}
function storage() {
	const all = new Map<string, string>();
	return {
		getItem: (key: string) => all.get(key) ?? null,
		setItem: (key: string, value: string) => void all.set(key, value),
	};
}
const away = [() => Promise.resolve(null), () => Promise.reject(new Error('no network'))];
/** What is fetched ahead has come: nothing of it waits for anything but promises. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

describe('the groups whose games can be looked at', () => {
	it('are those of the account, and the site is asked once for the games of each', async () => {
		const archive = site('anonymous');
		const groups = new OwnGroups(() => Promise.resolve(archive), storage());
		expect(await groups.all()).toEqual([{ id: THURSDAYS, name: 'Thursdays' }]);
		await settled();
		for (let time = 0; time < 2; time++) {
			expect([...(await groups.gamesOf(THURSDAYS))]).toEqual([gameNumbered(2), gameNumbered(5)]);
		}
		expect(archive.asked).toEqual(['mine', THURSDAYS]);
	});

	it('are none without an account, without an archive, and while a site that was never asked does not answer', async () => {
		const archive = site('nobody');
		for (const open of [() => Promise.resolve(archive), ...away]) {
			expect(await new OwnGroups(open, storage()).all()).toEqual([]);
			expect(new OwnGroups(open, null).known()).toEqual([]);
		}
		expect(archive.asked).toEqual([]);
		await expect(new OwnGroups(() => Promise.resolve(null), storage()).gamesOf(THURSDAYS)).rejects.toThrow();
	});

	it('are there without a network as the site knew them last, with their games', async () => {
		const here = storage();
		await new OwnGroups(() => Promise.resolve(site('anonymous', [THURSDAYS, FRIDAYS])), here).all();
		await settled();
		for (const open of away) {
			const groups = new OwnGroups(open, here);
			const both = [
				{ id: THURSDAYS, name: 'Thursdays' },
				{ id: FRIDAYS, name: 'Fridays' },
			];
			expect(groups.known()).toEqual(both);
			expect(await groups.all()).toEqual(both);
			expect([...(await groups.gamesOf(FRIDAYS))]).toEqual([gameNumbered(2), gameNumbered(5)]);
		}
		// What has not changed is not fetched ahead again.
		const again = site('anonymous', [THURSDAYS, FRIDAYS]);
		await new OwnGroups(() => Promise.resolve(again), here).all();
		await settled();
		expect(again.asked).toEqual(['mine']);
	});

	it('are forgotten with the account, and so is one that was left', async () => {
		const here = storage();
		await new OwnGroups(() => Promise.resolve(site('anonymous', [THURSDAYS, FRIDAYS])), here).all();
		await settled();
		await new OwnGroups(() => Promise.resolve(site('anonymous', [FRIDAYS])), here).all();
		expect(new OwnGroups(() => Promise.resolve(null), here).known()).toEqual([
			{ id: FRIDAYS, name: 'Fridays' },
		]);
		await new OwnGroups(() => Promise.resolve(site('nobody')), here).all();
		expect(new OwnGroups(() => Promise.resolve(null), here).known()).toEqual([]);
	});
});
