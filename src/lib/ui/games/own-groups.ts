/**
 * The groups of whoever has an account, for pages that look at the games of one of them. Which games a group has played
 * the site knows; what it has said last is kept in this browser, for when it cannot be asked.
 *
 *     const groups = new OwnGroups(() => site.open());
 *     let choices = groups.known();
 *     choices = await groups.all();
 *     filters.group = { id, games: await groups.gamesOf(id) };
 */
import { parseGroupId, type GroupId, type Groups } from '../../archive/groups.ts';
import { parseGameId } from '../../game/table-parse.ts';
import type { GameId } from '../../game/table-types.ts';
import { gamesOfGroup } from '../groups/group-tables.ts';
import { browserStorage, fieldsOf, readStored, writeStored } from '../stored.ts';

interface Site {
	readonly account: { readonly known: () => Promise<{ readonly type: string }> };
	readonly groups: Pick<Groups, 'mine' | 'games'>;
}

export interface OwnGroup {
	readonly id: GroupId;
	readonly name: string;
}
interface KnownGroup extends OwnGroup {
	/** null: never asked for. */
	readonly games: readonly GameId[] | null;
}

/** In storage: the groups of the account that was here last, each with its games. */
const KNOWN_KEY = 'overtrick.own-groups';
/** More than anybody is in, and the newest games of years: a quarter of a megabyte at most. */
const MOST_GROUPS = 20;
const MOST_GAMES = 500;

export class OwnGroups {
	readonly #open: () => Promise<Site | null>;
	readonly #storage: ReturnType<typeof browserStorage>;
	/** Of which the site was asked since the page stands. */
	readonly #games = new Map<GroupId, ReadonlySet<GameId>>();

	/** @param open null where the site has no archive, or it could not be loaded now */
	constructor(open: () => Promise<Site | null>, storage = browserStorage()) {
		this.#open = open;
		this.#storage = storage;
	}

	/** As they were when the site was last asked; none before. */
	known(): readonly OwnGroup[] {
		return this.#known().map(({ id, name }) => ({ id, name }));
	}

	/** None without an account; those known here when the site cannot be asked. Never rejects. */
	async all(): Promise<readonly OwnGroup[]> {
		try {
			const site = await this.#open();
			if (site === null) return this.known();
			// Who has no account is in no group, and to look is no reason to make one.
			const isNobody = (await site.account.known()).type === 'nobody';
			const groups = isNobody ? [] : await site.groups.mine();
			const before = this.#known();
			this.#keep(
				groups.map(({ id, name }) => {
					return { id, name, games: before.find((one) => one.id === id)?.games ?? null };
				}),
			);
			// Fetched ahead, one after the other, where a group has played since: the next look may be on a train.
			void this.#fetchAhead(groups.map(({ id, games }) => ({ id, games })));
			return groups.map(({ id, name }) => ({ id, name }));
		} catch {
			// The site does not answer.
			return this.known();
		}
	}

	/** The site's list and what this browser has yet to send. Rejects when the site cannot be asked and never was. */
	async gamesOf(group: GroupId): Promise<ReadonlySet<GameId>> {
		return new Set([...(this.#games.get(group) ?? (await this.#asked(group))), ...gamesOfGroup(group)]);
	}

	async #asked(group: GroupId): Promise<ReadonlySet<GameId>> {
		try {
			const found = await (await this.#open())?.groups.games(group);
			if (found === undefined) throw new Error('the archive of the site is not to be had');
			this.#games.set(group, found);
			this.#keep(
				this.#known().map((one) =>
					one.id === group ? { ...one, games: [...found].slice(0, MOST_GAMES) } : one,
				),
			);
			return found;
		} catch (error) {
			const games = this.#known().find(({ id }) => id === group)?.games ?? null;
			if (games === null) throw error;
			return new Set(games);
		}
	}

	async #fetchAhead(groups: readonly { readonly id: GroupId; readonly games: number }[]): Promise<void> {
		for (const { id, games } of groups) {
			const known = this.#known().find((one) => one.id === id)?.games ?? null;
			if (known !== null && known.length === Math.min(games, MOST_GAMES)) continue;
			// Whatever cannot be fetched now is asked for when it is chosen.
			await this.#asked(id).catch(() => undefined);
		}
	}

	#known(): readonly KnownGroup[] {
		const { groups } = fieldsOf(readStored(this.#storage, KNOWN_KEY));
		if (!Array.isArray(groups)) return [];
		return groups.flatMap((row: unknown): KnownGroup[] => {
			const { id, name, games } = fieldsOf(row);
			const group = typeof id === 'string' ? parseGroupId(id) : null;
			if (group === null || typeof name !== 'string') return [];
			const list = Array.isArray(games) ? games.map(parseGameId).filter((game) => game !== null) : null;
			return [{ id: group, name, games: list }];
		});
	}
	#keep(groups: readonly KnownGroup[]): void {
		writeStored(this.#storage, KNOWN_KEY, { groups: groups.slice(0, MOST_GROUPS) });
	}
}
