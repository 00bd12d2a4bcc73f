/**
 * The groups of whoever has an account, for pages that look at the games of one of them. Which games a group has played
 * the site knows: it is asked once for each group that is looked at, as long as the page stands.
 *
 *     const groups = new OwnGroups(() => site.open());
 *     const choices = await groups.all();
 *     filters.group = { id, games: await groups.gamesOf(id) };
 */
import type { GroupId, Groups } from '../../archive/groups.ts';
import type { GameId } from '../../game/table-types.ts';
import { gamesOfGroup } from '../groups/group-tables.ts';

interface Site {
	readonly account: { readonly known: () => Promise<{ readonly type: string }> };
	readonly groups: Pick<Groups, 'mine' | 'games'>;
}

export interface OwnGroup {
	readonly id: GroupId;
	readonly name: string;
}

export class OwnGroups {
	readonly #open: () => Promise<Site | null>;
	readonly #games = new Map<GroupId, ReadonlySet<GameId>>();

	/** @param open null where the site has no archive */
	constructor(open: () => Promise<Site | null>) {
		this.#open = open;
	}

	/** None without an account, without a network, and where the site has no archive; never rejects. */
	async all(): Promise<readonly OwnGroup[]> {
		try {
			const site = await this.#open();
			// Who has no account is in no group, and to look is no reason to make one.
			if (site === null || (await site.account.known()).type === 'nobody') return [];
			return (await site.groups.mine()).map(({ id, name }) => ({ id, name }));
		} catch {
			// The site does not answer: the games that are here are shown without this choice.
			return [];
		}
	}

	/** The site's list and what this browser has yet to send. Rejects when the site cannot be asked. */
	async gamesOf(group: GroupId): Promise<ReadonlySet<GameId>> {
		const known = this.#games.get(group) ?? (await (await this.#open())?.groups.games(group));
		if (known === undefined) throw new Error('the archive of the site is not to be had');
		this.#games.set(group, known);
		return new Set([...known, ...gamesOfGroup(group)]);
	}
}
