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

function site(account: 'nobody' | 'anonymous') {
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
				return Promise.resolve([{ id: THURSDAYS, name: 'Thursdays', ...card }]);
			},
			games(group: GroupId) {
				asked.push(group);
				return Promise.resolve(new Set([gameNumbered(2), gameNumbered(5)]));
			},
		},
	};
}

describe('the groups whose games can be looked at', () => {
	it('are those of the account, and the site is asked once for the games of each', async () => {
		const archive = site('anonymous');
		const groups = new OwnGroups(() => Promise.resolve(archive));
		expect(await groups.all()).toEqual([{ id: THURSDAYS, name: 'Thursdays' }]);
		for (let time = 0; time < 2; time++) {
			expect([...(await groups.gamesOf(THURSDAYS))]).toEqual([gameNumbered(2), gameNumbered(5)]);
		}
		expect(archive.asked).toEqual(['mine', THURSDAYS]);
	});

	it('are none without an account, without an archive, and while the site does not answer', async () => {
		const archive = site('nobody');
		const open = [
			() => Promise.resolve(archive),
			() => Promise.resolve(null),
			() => Promise.reject(new Error('no network')),
		];
		for (const one of open) {
			expect(await new OwnGroups(one).all()).toEqual([]);
		}
		expect(archive.asked).toEqual([]);
		await expect(new OwnGroups(() => Promise.resolve(null)).gamesOf(THURSDAYS)).rejects.toThrow();
	});
});
