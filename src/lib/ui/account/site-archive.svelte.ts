/**
 * The site's archive as pages see it: whether there is one, who this browser is to it, and what waits to go there. One
 * for the whole browser page; the archive itself is loaded when the first page asks.
 *
 *     const site = useSiteArchive();
 *     await site.open();
 */
import { createContext } from 'svelte';
import type { AccountState } from '../../archive/account.ts';
import type { OutboxState } from '../../archive/outbox.ts';
import type { SiteArchive } from '../../archive/site.ts';
import type { Face } from '../../game/table-types.ts';

export type SiteStatus = 'unknown' | 'none' | 'open' | 'failed';

export class SiteArchiveState {
	readonly #face: () => Face;
	#opening: Promise<SiteArchive | null> | null = null;
	#status: SiteStatus = $state('unknown');
	#account: AccountState = $state.raw({ type: 'nobody' });
	#outbox: OutboxState | null = $state.raw(null);

	constructor(face: () => Face) {
		this.#face = face;
	}

	get status(): SiteStatus {
		return this.#status;
	}
	get account(): AccountState {
		return this.#account;
	}
	/** null before the first look at what there is to send. */
	get outbox(): OutboxState | null {
		return this.#outbox;
	}

	/** null where the site has no archive, or it could not be loaded now. */
	async open(): Promise<SiteArchive | null> {
		this.#opening ??= this.#load();
		const site = await this.#opening;
		// Without a network it is asked for again.
		if (this.#status === 'failed') this.#opening = null;
		return site;
	}

	async #load(): Promise<SiteArchive | null> {
		try {
			const { loadConfig } = await import('../config.ts');
			const { supabase } = await loadConfig();
			if (supabase === null) {
				this.#status = 'none';
				return null;
			}
			const [{ openSiteArchive }, { groupOfGame }] = await Promise.all([
				import('../../archive/site.ts'),
				import('../groups/group-tables.ts'),
			]);
			const site = await openSiteArchive({
				...supabase,
				face: this.#face,
				onOutbox: (state) => (this.#outbox = state),
				groupOf: (game) => groupOfGame(game),
			});
			site.account.subscribe((state) => (this.#account = state));
			addEventListener('online', () => site.outbox.wake());
			this.#status = 'open';
			await site.outbox.collect();
			return site;
		} catch {
			this.#status = 'failed';
			return null;
		}
	}

	/** A game has ended: it goes to the archive as soon as it can. */
	async gameEnded(): Promise<void> {
		await (await this.open())?.outbox.collect();
	}
}

export const [useSiteArchive, giveSiteArchive] = createContext<SiteArchiveState>();
